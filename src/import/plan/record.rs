//! A row that becomes a record with a file of its own.

use crate::import::plan::options::{Disposition, EnrolAs, Options};
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::import::rows::vocabulary::Vocabulary;
use crate::model::code::Code;
use crate::model::contact::Contact;
use crate::model::entry::{CANDIDATE, MEMBER};
use crate::model::field;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::shape::{Misread, Words};
use crate::model::value::{Table, Value};
use crate::text;

/// Columns that are not fields of the record itself.
const APART: [&str; 3] = ["id", "credit_code", "modules"];

/// What a row says by itself.
pub struct Parsed {
    fields: Result<Table, Vec<Finding>>,
    contact: Result<Table, Vec<Finding>>,
}

/// Reads a row.
pub fn read(words: &Vocabulary<'_>, options: &Options, line: &RowView<'_>, kind: Kind) -> Parsed {
    Parsed {
        fields: fields(words, options, line, kind),
        contact: if kind == Kind::Enterprise { contact_fields(line) } else { Ok(Table::default()) },
    }
}

/// Plans a row.
pub fn plan(
    overlay: &mut Overlay<'_>,
    line: &RowView<'_>,
    kind: Kind,
    parsed: Parsed,
) -> Result<Merged, Vec<Finding>> {
    let mut fields = parsed.fields?;
    let id = identify(overlay, line, kind, &fields)?;
    let record = RecordRef::new(kind, &id);
    overlay.reserve(line, &record, "")?;
    // Most rows of long tables are new, and the index tells so sooner than the store.
    let is_new = kind == Kind::Enterprise && !overlay.book.has_id(&id);
    let old = if is_new { None } else { overlay.current(&record) };
    if kind == Kind::Enterprise
        && line.text("id").is_none()
        && line.text("credit_code").is_none()
        && old.is_some()
    {
        // It was found by its name: another way of writing the same name is no news.
        fields.remove("name");
    }
    let (value, mut disposition) = overlay.merge(line, old.as_ref(), fields)?;
    if kind == Kind::Enterprise {
        remember(overlay, &id, &value);
    }
    overlay.set(line, &record, value);
    if kind == Kind::Enterprise {
        let more = [role(overlay, line, &record)?, contact(overlay, line, (&id, is_new), parsed.contact?)?];
        let is_news = |part: &Disposition| matches!(part, Disposition::Created | Disposition::Changed);
        if disposition == Disposition::Unchanged && more.iter().flatten().any(is_news) {
            disposition = Disposition::Changed;
        }
    }
    overlay.flush(&record);
    Ok(Merged { record, disposition, changes: Changes::Whole })
}

fn fields(
    words: &Vocabulary<'_>,
    options: &Options,
    line: &RowView<'_>,
    kind: Kind,
) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    let contact = |id: &str| kind == Kind::Enterprise && Contact::KEYS.contains(&id);
    for column in line.fields().filter(|column| !APART.contains(&column.id.as_str()) && !contact(&column.id))
    {
        cells.take(line, column, &column.id, |text| match (kind, column.id.as_str()) {
            (Kind::Enterprise, "town") => Ok(Value::Text(field::town(words.records, words, text))),
            (_, id) => field::parse(kind, &[id], text, words),
        });
    }
    cells.read(line, "credit_code", "code", |text| field::parse(kind, &["code"], text, words));
    if kind == Kind::Activity
        && line.text("edition").is_none()
        && let Some(edition) = &options.edition
    {
        cells.table.insert("edition", Value::Text(edition.to_string()));
    }
    if kind == Kind::Enterprise
        && line.text("town").is_none()
        && let Some(town) = line.sheet.name.as_deref().and_then(|name| known_town(words, name))
    {
        cells.table.insert("town", Value::Text(town));
    }
    if kind == Kind::Enterprise && line.text("modules").is_some() && options.role != Some(EnrolAs::Member) {
        let message = text!("`modules` belong to a membership", "模块属于某期的入选记录");
        cells.found.push(
            Finding::new(&rule::UNKNOWN_COLUMN, message, line.place("modules"))
                .help(text!("give `--edition N --as member`", "请加上 --edition 期次 --as member")),
        );
    }
    cells.finish()
}

/// The town that a sheet is named after.
fn known_town(words: &Vocabulary<'_>, name: &str) -> Option<String> {
    words.find(Kind::Town, name).is_ok().then(|| field::town(words.records, words, name))
}

/// The id of the record a row is about: one that is there, or a new one.
fn identify(
    overlay: &Overlay<'_>,
    line: &RowView<'_>,
    kind: Kind,
    fields: &Table,
) -> Result<String, Vec<Finding>> {
    if kind == Kind::Enterprise {
        return enterprise(overlay, line, fields);
    }
    let id = match line.text("id") {
        Some(id) => {
            field::valid_id(id).map_err(|misread| vec![Finding::of(misread, line.place("id"))])?;
            overlay
                .records
                .ids(kind)
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(id))
                .unwrap_or(id)
                .to_owned()
        }
        None => known_or_new(overlay, line, kind, fields)?,
    };
    Ok(id)
}

/// Without an id, a row means the record of the same name (and day), or a new one.
fn known_or_new(
    overlay: &Overlay<'_>,
    line: &RowView<'_>,
    kind: Kind,
    fields: &Table,
) -> Result<String, Vec<Finding>> {
    let naming = if kind == Kind::Activity { "title" } else { "name" };
    let Some(Value::Text(name)) = fields.get(naming) else {
        let mut cells = Cells::default();
        cells.missing(line, naming);
        return Err(cells.found);
    };
    let same = overlay.records.ids(kind).into_iter().find(|id| {
        let Some(Value::Table(old)) = overlay.records.get(&RecordRef::new(kind, id)) else { return false };
        let is_named =
            matches!(old.get(naming), Some(Value::Text(old)) if NameKey::of(old) == NameKey::of(name));
        is_named && (kind != Kind::Activity || old.get("date") == fields.get("date"))
    });
    let taken = |id: &str| overlay.exists(&RecordRef::new(kind, id));
    Ok(same.map_or_else(|| field::new_id(kind, fields, taken), str::to_owned))
}

/// An enterprise is known by its code, then by its id, then by its exact name; a name alone never joins a row
/// with a code to an enterprise that has another one or none.
fn enterprise(overlay: &Overlay<'_>, line: &RowView<'_>, fields: &Table) -> Result<String, Vec<Finding>> {
    let code = fields.get("code").map(ToString::to_string);
    let by_code = code.as_deref().and_then(|code| overlay.book.with_code(code));
    if let Some(id) = line.text("id") {
        field::valid_id(id).map_err(|misread| vec![Finding::of(misread, line.place("id"))])?;
        return match by_code {
            Some(other) if !other.eq_ignore_ascii_case(id) => {
                let message = text!(
                    "the row names `{id}`, its code belongs to `{other}`",
                    "该行写的是“{id}”，其代码属于“{other}”"
                );
                Err(vec![Finding::new(&rule::SAME_CODE, message, line.place("credit_code"))])
            }
            _ => Ok(overlay.book.with_id(id).unwrap_or(id).to_owned()),
        };
    }
    if let Some(id) = by_code {
        return Ok(id.to_owned());
    }
    let Some(Value::Text(name)) = fields.get("name") else {
        let mut cells = Cells::default();
        cells.missing(line, "name");
        return Err(cells.found);
    };
    let same = overlay.book.with_name(name);
    match (&code, &same[..]) {
        (_, []) | (Some(_), _) if same.iter().all(|id| has_other_code(overlay, id, code.as_deref())) => {
            Ok(field::new_id(Kind::Enterprise, fields, |id| overlay.book.has_id(id)))
        }
        (None, [id]) => Ok((*id).to_owned()),
        _ => {
            let message = text!(
                "the name `{name}` is already that of {others}",
                "“{name}”已是 {others} 的名称",
                others = same.join(", ")
            );
            Err(vec![
                Finding::new(&rule::SAME_NAME_ROW, message, line.place("name"))
                    .help(text!("say which enterprise it is with a column `id`", "请用 id 列写明是哪家企业")),
            ])
        }
    }
}

fn has_other_code(overlay: &Overlay<'_>, id: &str, code: Option<&str>) -> bool {
    let theirs = overlay.records.enterprises.get(id).and_then(|it| it.code.as_ref()).map(Code::as_str);
    theirs.is_some() && code.is_some() && theirs != code
}

/// Later rows may refer to an enterprise that this one made.
fn remember(overlay: &mut Overlay<'_>, id: &str, value: &Value) {
    let text = |key: &str| value.get(key).map(ToString::to_string);
    let names = ["name", "name_en"].into_iter().filter_map(text).map(|name| NameKey::of(&name));
    overlay.book.add_named(id, text("code"), names);
}

/// What a row says of persons.
fn contact_fields(line: &RowView<'_>) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    for key in Contact::KEYS {
        cells.read(line, key, key, |text| Ok::<_, Misread>(Value::Text(value::phone(text).to_owned())));
    }
    cells.finish()
}

/// The persons of a row, which are kept apart.
fn contact(
    overlay: &mut Overlay<'_>,
    line: &RowView<'_>,
    (id, is_new): (&str, bool),
    fields: Table,
) -> Result<Option<Disposition>, Vec<Finding>> {
    if fields.is_empty() {
        return Ok(None);
    }
    let record = RecordRef::new(Kind::Contact, id);
    let old = if is_new { None } else { overlay.current(&record) };
    let (value, disposition) = overlay.merge(line, old.as_ref(), fields)?;
    overlay.put(&record, value, &[line.key()]);
    Ok(Some(disposition))
}

/// The place of the enterprise in the edition of the command line.
fn role(
    overlay: &mut Overlay<'_>,
    line: &RowView<'_>,
    record: &RecordRef,
) -> Result<Option<Disposition>, Vec<Finding>> {
    let (Some(edition), Some(role)) = (&overlay.options.edition, overlay.options.role) else {
        return Ok(None);
    };
    let kind = match role {
        EnrolAs::Member => &MEMBER,
        EnrolAs::Candidate => &CANDIDATE,
    };
    let mut cells = Cells::default();
    cells.table.insert("edition", Value::Text(edition.to_string()));
    if role == EnrolAs::Member {
        cells.read(line, "modules", "modules", |text| (kind.parse)(&["modules"], text, &overlay.book));
    }
    let entry = cells.finish()?;
    let (disposition, _) = crate::import::plan::entry::merge(overlay, line, record, kind, entry, None)?;
    Ok(Some(disposition))
}
