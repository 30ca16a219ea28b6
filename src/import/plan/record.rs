//! A row that becomes a record with a file of its own.

use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::plan::identity;
use crate::import::plan::indicator;
use crate::import::plan::ledger;
use crate::import::plan::options::weightier;
use crate::import::plan::options::{Disposition, EnrolAs, Options};
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::plan::own_fields;
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::import::rows::vocabulary::Vocabulary;
use crate::model::contact::Contact;
use crate::model::enterprise::keep_former_name;
use crate::model::entry::{CANDIDATE, MEMBER};
use crate::model::field;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::name::{NameKey, is_invisible};
use crate::model::separated;
use crate::model::shape::{Misread, Words};
use crate::model::value::{Table, Value};

/// Columns that are not fields of the record itself.
const APART: [&str; 5] = ["id", "credit_code", "enterprise", ENTERPRISE_CODE, "heads"];

/// What a row says by itself.
pub struct Parsed {
    fields: Result<Table, Vec<Finding>>,
    contact: Result<Table, Vec<Finding>>,
}

/// Reads a row.
pub fn read(words: &Vocabulary<'_>, options: &Options, row: &RowView<'_>, kind: Kind) -> Parsed {
    Parsed {
        fields: fields(words, options, row, kind),
        contact: if kind == Kind::Enterprise {
            contact_fields(words, options, row)
        } else {
            Ok(Table::default())
        },
    }
}

/// Plans a row.
pub fn plan(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    kind: Kind,
    parsed: Parsed,
) -> Result<Merged, Vec<Finding>> {
    let mut fields = parsed.fields?;
    let id = identity::of_row(overlay, row, kind, &fields)?;
    let record = RecordRef::new(kind, &id);
    if !(kind == Kind::Activity && row.columns.by_id.contains_key("enterprise")) {
        overlay.reserve(row, &record, "")?;
    }
    // Most rows of long tables are new, and the index tells so sooner than the store.
    let is_new = kind == Kind::Enterprise && !overlay.index.has_id(&id);
    let old = if is_new { None } else { overlay.current(&record) };
    if let Some(old) = old.as_ref().filter(|_| kind == Kind::Enterprise) {
        // A sheet of last year has last year's code: it finds the enterprise and does not put it back.
        if fields.get("code").is_some_and(|code| old.list("former_codes").contains(code)) {
            fields.remove("code");
        }
        without_former_name(&mut fields, old);
        unite(&mut fields, old);
        let is_by_name = row.text("id").is_none() && row.text("credit_code").is_none();
        let is_respelt = || fields.get("name").map(letters) != old.get("name").map(letters);
        if is_by_name && (overlay.index.has_code(&id) || !is_respelt()) {
            // Another way of writing a name is no news; where there is no other key, its letters are put right.
            fields.remove("name");
        }
    }
    if kind == Kind::Activity && row.columns.by_id.contains_key("enterprise") {
        return ledger::plan(overlay, row, &record, fields);
    }
    let (mut value, mut disposition) = overlay.merge(row, old.as_ref(), fields)?;
    if kind == Kind::Enterprise {
        if let Some(old) = &old {
            keep_former_name(old, &mut value);
        }
        remember(overlay, &id, &value);
        for (period, figures) in indicator::by_period(overlay, row)? {
            let path = ["indicators", &period.to_string()];
            let old = value.get(path[0]).and_then(|all| all.get(path[1])).cloned();
            let (figures, part) = overlay.merge(row, old.as_ref(), figures)?;
            if part != Disposition::Unchanged && part != Disposition::Skipped {
                value.set(&path, Some(figures));
                disposition = weightier(disposition, Disposition::Changed);
            }
        }
        if is_new {
            disposition = Disposition::Created;
        }
    }
    overlay.set(row, &record, value);
    if kind == Kind::Enterprise {
        let more = [role(overlay, row, &record)?, contact(overlay, row, (&id, is_new), parsed.contact?)?];
        let is_news = |part: &Disposition| matches!(part, Disposition::Created | Disposition::Changed);
        if disposition == Disposition::Unchanged && more.iter().flatten().any(is_news) {
            disposition = Disposition::Changed;
        }
    }
    overlay.flush(&record);
    Ok(Merged { record, disposition, changes: Changes::Whole })
}

/// A name without white space, which is set in many ways.
fn letters(name: &Value) -> String {
    name.to_string().chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

/// A former name is no news: an old list does not rename an enterprise back.
fn without_former_name(fields: &mut Table, old: &Value) {
    let Some(Value::Text(new)) = fields.get("name") else { return };
    let key = NameKey::of(new);
    let is_it = |former: &Value| former.get("name").is_some_and(|name| NameKey::of(&name.to_string()) == key);
    if old.list("former_names").iter().any(is_it) {
        fields.remove("name");
    }
}

/// Lists that say what was: a table that names some of it does not say that the rest was not.
const UNITED: [&str; 3] = ["former_names", "former_codes", "not_same"];

/// Puts what a row adds to such a list behind what stands there.
fn unite(fields: &mut Table, old: &Value) {
    let name = |item: &Value| item.get("name").map(|name| NameKey::of(&name.to_string()));
    for key in UNITED {
        let (known, Some(Value::List(more))) = (old.list(key), fields.get_mut(key)) else { continue };
        let mut all = known.to_vec();
        for item in std::mem::take(more) {
            match all.iter_mut().find(|it| **it == item || name(it).is_some() && name(it) == name(&item)) {
                // Without a day, a name says nothing new.
                Some(it) if item.get("until").is_some() => *it = item,
                Some(_) => {}
                None => all.push(item),
            }
        }
        *more = all;
    }
}

fn fields(
    words: &Vocabulary<'_>,
    options: &Options,
    row: &RowView<'_>,
    kind: Kind,
) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    let is_own = |id: &str| options.kind.own_fields(words.records).any(|(own, _)| own.as_str() == id);
    let contact = |id: &str| kind == Kind::Enterprise && Contact::KEYS.contains(&id);
    let is_elsewhere = |id: &str| options.kind.is_elsewhere(id);
    let is_field = |id: &str| !APART.contains(&id) && !contact(id) && !is_elsewhere(id) && !is_own(id);
    for column in row.fields().filter(|column| is_field(&column.id)) {
        cells.take(row, column, &column.id, |text| match (kind, column.id.as_str()) {
            (Kind::Enterprise, "town") => Ok(Value::Text(field::town(words.records, words, text))),
            // Who it is may stand in a row below.
            (Kind::Enterprise, "not_same") => Ok(others(text, words)),
            (_, id) if NAMED.contains(&id) && !text.starts_with('[') => Ok(named(text)),
            (_, id) => field::parse(kind, &[id], text, words),
        });
    }
    own_fields::read(&mut cells, row, (options.kind, words.records), words, false);
    if kind == Kind::Activity
        && row.text("end").is_none()
        && let Some(end) = row.last_day("date")
    {
        match field::parse(kind, &["end"], &end, words) {
            Ok(end) => cells.table.insert("end", end),
            Err(misread) => cells.found.push(Finding::of(misread, row.place("date"))),
        }
    }
    cells.read(row, "credit_code", "code", |text| field::parse(kind, &["code"], text, words));
    if kind == Kind::Activity
        && row.text("edition").is_none()
        && let Some(edition) = &options.edition
    {
        cells.table.insert("edition", Value::Text(edition.to_string()));
    }
    if kind == Kind::Enterprise
        && row.text("town").is_none()
        && let Some(town) = row.table.name.as_deref().and_then(|name| known_town(words, name))
    {
        cells.table.insert("town", Value::Text(town));
    }
    cells.finish()
}

/// Fields that hold several things of which each has a name, and perhaps more.
const NAMED: [&str; 3] = ["former_names", "organisers", "undertaken_by"];

/// Enterprises of one cell; one that is not known yet by its id.
fn others(text: &str, words: &Vocabulary<'_>) -> Value {
    let id = |text: &str| words.find(Kind::Enterprise, text).unwrap_or_else(|_| text.to_owned());
    Value::List(separated::words(text).map(|part| Value::Text(id(part))).collect())
}

/// Several names of one cell. A comma may be part of one: `Sample Co., Ltd.`.
fn named(text: &str) -> Value {
    let names = text.split(['、', '；', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let entry = |name: &str| Value::Table(Table::from_iter([("name", Value::Text(name.to_owned()))]));
    Value::List(names.map(entry).collect())
}

/// The town that a sheet is named after.
fn known_town(words: &Vocabulary<'_>, name: &str) -> Option<String> {
    let is_town = words.find(Kind::Town, name).is_ok() || TOWNS.iter().any(|end| name.trim().ends_with(end));
    is_town.then(|| field::town(words.records, words, name))
}

/// How the names of sheets end that are named after a town.
const TOWNS: [&str; 9] = ["镇", "街道", "乡", "街", "园区", "开发区", "片区", "新区", "社区"];

/// Later rows may refer to an enterprise that this one made.
fn remember(overlay: &mut Overlay<'_>, id: &str, value: &Value) {
    let text = |key: &str| value.get(key).map(ToString::to_string);
    let names = ["name", "name_en"].into_iter().filter_map(text).map(|name| NameKey::of(&name));
    overlay.index.add_named(id, text("code"), names);
}

/// What a row says of persons.
fn contact_fields(
    words: &Vocabulary<'_>,
    options: &Options,
    row: &RowView<'_>,
) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    own_fields::read(&mut cells, row, (options.kind, words.records), words, true);
    for key in Contact::KEYS.iter().filter(|key| **key != "more") {
        cells.read(row, key, key, |text| Ok::<_, Misread>(Value::Text(value::phone(text).to_owned())));
    }
    cells.finish()
}

/// The persons of a row, which are kept apart.
fn contact(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    (id, is_new): (&str, bool),
    fields: Table,
) -> Result<Option<Disposition>, Vec<Finding>> {
    if fields.is_empty() {
        return Ok(None);
    }
    let record = RecordRef::new(Kind::Contact, id);
    let old = if is_new { None } else { overlay.current(&record) };
    let (value, disposition) = overlay.merge(row, old.as_ref(), fields)?;
    overlay.put(&record, value, &[row.key()]);
    Ok(Some(disposition))
}

/// What a list of enterprises may say of their place in the edition.
pub fn fields_of_role(role: EnrolAs) -> &'static [&'static str] {
    match role {
        EnrolAs::Member => &["modules", "joined"],
        EnrolAs::Candidate => &["modules", "applied"],
    }
}

/// The place of the enterprise in the edition of the command line.
fn role(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
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
    for field in fields_of_role(role) {
        cells.read(row, field, field, |text| (kind.parse)(&[field], text, &overlay.index));
    }
    let entry = cells.finish()?;
    let (disposition, _) = crate::import::plan::entry::merge(overlay, row, record, kind, entry, None)?;
    Ok(Some(disposition))
}
