//! Which record a row is about: one that is there, or a new one. Nothing is guessed.

use crate::import::plan::options::Namesakes;
use crate::import::plan::overlay::Overlay;
use crate::import::rows::row::{Cells, RowView};
use crate::model::code::Code;
use crate::model::date::Date;
use crate::model::field;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::label::FieldName;
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::shape::Scalar;
use crate::model::value::{Table, Value};
use crate::text;

/// The id of the record a row is about: one that is there, or a new one.
pub fn of_row(
    overlay: &Overlay<'_>,
    row: &RowView<'_>,
    kind: Kind,
    fields: &Table,
) -> Result<String, Vec<Finding>> {
    if kind == Kind::Enterprise {
        return enterprise(overlay, row, fields);
    }
    let id = match row.text("id") {
        Some(id) => {
            field::valid_id(id).map_err(|misread| vec![Finding::of(misread, row.place("id"))])?;
            overlay
                .records
                .ids(kind)
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(id))
                .unwrap_or(id)
                .to_owned()
        }
        None => known_or_new(overlay, row, kind, fields)?,
    };
    Ok(id)
}

/// Without an id, a row means the record of the same name (and day), or a new one.
fn known_or_new(
    overlay: &Overlay<'_>,
    row: &RowView<'_>,
    kind: Kind,
    fields: &Table,
) -> Result<String, Vec<Finding>> {
    let naming = if kind == Kind::Activity { "title" } else { "name" };
    let Some(Value::Text(name)) = fields.get(naming) else {
        let mut cells = Cells::default();
        cells.missing(row, naming);
        return Err(cells.found);
    };
    if kind == Kind::Activity && fields.get("date").is_none() {
        let mut cells = Cells::default();
        cells.missing(row, "date");
        return Err(cells.found);
    }
    if kind == Kind::Activity && row.columns.by_id.contains_key("enterprise") {
        return Ok(visited(overlay, fields));
    }
    let same = overlay.records.ids(kind).into_iter().find(|id| {
        let Some(Value::Table(old)) = overlay.records.get(&RecordRef::new(kind, id)) else { return false };
        let is_named =
            matches!(old.get(naming), Some(Value::Text(old)) if NameKey::of(old) == NameKey::of(name));
        is_named && (kind != Kind::Activity || old.get("date") == fields.get("date"))
    });
    let taken = |id: &str| overlay.exists(&RecordRef::new(kind, id));
    let earlier = || (kind != Kind::Activity).then(|| overlay.named(kind, name)).flatten();
    Ok(same.map(str::to_owned).or_else(earlier).unwrap_or_else(|| field::new_id(kind, fields, taken)))
}

/// The activity of a row of a ledger of visits: one that agrees in all the row says of it, or a new one.
fn visited(overlay: &Overlay<'_>, fields: &Table) -> String {
    let agrees = |old: &Value| fields.iter().all(|(key, value)| old.get(key) == Some(value));
    let in_store = || {
        overlay.records.ids(Kind::Activity).into_iter().find(|id| {
            overlay.records.get(&RecordRef::new(Kind::Activity, id)).is_some_and(|old| agrees(&old))
        })
    };
    let earlier =
        overlay.pending(Kind::Activity).find(|(_, value)| agrees(value)).map(|(id, _)| id.to_owned());
    let taken = |id: &str| overlay.exists(&RecordRef::new(Kind::Activity, id));
    let known = earlier.or_else(|| in_store().map(str::to_owned));
    known.unwrap_or_else(|| field::new_id(Kind::Activity, fields, taken))
}

/// An enterprise is known by its code, then by its id, then by its exact name; a name alone never joins a row
/// with a code to an enterprise that has another one or none.
fn enterprise(overlay: &Overlay<'_>, row: &RowView<'_>, fields: &Table) -> Result<String, Vec<Finding>> {
    let code = fields.get("code").map(ToString::to_string);
    let by_code = code.as_deref().and_then(|code| overlay.index.with_code(code));
    if let Some(id) = row.text("id") {
        field::valid_id(id).map_err(|misread| vec![Finding::of(misread, row.place("id"))])?;
        return match by_code {
            Some(other) if !other.eq_ignore_ascii_case(id) => {
                let message = text!(
                    "the row names `{id}`, its code belongs to `{other}`",
                    "该行写的是“{id}”，其代码属于“{other}”"
                );
                Err(vec![Finding::new(&rule::SAME_CODE, message, row.place("credit_code"))])
            }
            _ => Ok(overlay.index.with_id(id).unwrap_or(id).to_owned()),
        };
    }
    let name = fields.get("name").map(ToString::to_string);
    let same = name.as_deref().map(|name| overlay.index.with_name(name)).unwrap_or_default();
    if let Some(id) = by_code {
        // A name of another one is no renaming.
        let is_slipped = !same.is_empty() && !same.contains(&id);
        return if is_slipped { Err(vec![slipped(row, id, &same)]) } else { Ok(id.to_owned()) };
    }
    let Some(name) = name else {
        let mut cells = Cells::default();
        cells.missing(row, "name");
        return Err(cells.found);
    };
    let new = || Ok(field::new_id(Kind::Enterprise, fields, |id| overlay.index.has_id(id)));
    if same.iter().all(|id| has_other_code(overlay, id, code.as_deref())) {
        return new();
    }
    if code.is_some() {
        return Err(vec![taken(row, &name, &same)]);
    }
    let differing = |id: &&str| difference(overlay, row, id, fields);
    let agreeing: Vec<&str> = same.iter().copied().filter(|id| differing(id).is_none()).collect();
    match (&agreeing[..], &same[..], overlay.options.namesakes) {
        ([id], ..) | ([], [id], Namesakes::Same) => Ok((*id).to_owned()),
        ([], _, Namesakes::New) => new(),
        ([], [id], Namesakes::Ask) => Err(differing(id).into_iter().collect()),
        _ => Err(vec![taken(row, &name, &same)]),
    }
}

fn slipped(row: &RowView<'_>, id: &str, others: &[&str]) -> Finding {
    let message = text!(
        "the code belongs to `{id}`, the name to {others}",
        "该代码属于 {id}，而名称属于 {others}",
        id = id,
        others = others
    );
    Finding::new(&rule::CODE_AND_NAME, message, row.place("credit_code")).and(row.place("name")).help(text!(
        "codes may have slipped by a row against the names: compare both with their source",
        "代码与名称可能错了行：请与原始资料核对"
    ))
}

fn taken(row: &RowView<'_>, name: &str, others: &[&str]) -> Finding {
    let message = text!(
        "the name `{name}` is already that of {others}",
        "“{name}”已是 {others} 的名称",
        name = name,
        others = others
    );
    Finding::new(&rule::SAME_NAME_ROW, message, row.place("name"))
        .help(text!("say which enterprise it is with a column `id`", "请用 id 列写明是哪家企业"))
}

/// What tells firms of one name apart where neither has a code.
const TELLING: [&str; 3] = ["town", "industry", "founded"];

/// What a row says otherwise of an enterprise without a code, which may be another one of that name.
fn difference(overlay: &Overlay<'_>, row: &RowView<'_>, id: &str, fields: &Table) -> Option<Finding> {
    let old =
        overlay.current(&RecordRef::new(Kind::Enterprise, id)).filter(|old| old.get("code").is_none())?;
    let (field, before, now) = TELLING.iter().find_map(|field| {
        let (before, now) = (old.get(field)?, fields.get(field)?);
        (!agree(before, now)).then_some((*field, before, now))
    })?;
    let message = text!(
        "`{id}` has this name and another {field}: {before} there, {now} here",
        "与已有的 {id} 同名，但{field}不同：数据中为 {before}，表中为 {now}",
        id = id,
        field = FieldName::new(field),
        before = before.to_string(),
        now = now.to_string()
    );
    Some(Finding::new(&rule::SAME_NAME_ROW, message, row.place("name")).and(row.place(field)).help(text!(
        "`--same` if it is the same enterprise, `--new` if it is another one, or a column `id` that says which",
        "若为同一企业请加 --same，若为另一家请加 --new，或用 id 列写明"
    )))
}

/// Whether two values may be the same: a year is the same as a day of it.
fn agree(before: &Value, now: &Value) -> bool {
    let date = |value: &Value| Date::from_value(value.clone()).ok();
    match (date(before), date(now)) {
        (Some(before), Some(now)) => before.first() <= now.last() && now.first() <= before.last(),
        _ => NameKey::of(&before.to_string()) == NameKey::of(&now.to_string()),
    }
}

fn has_other_code(overlay: &Overlay<'_>, id: &str, code: Option<&str>) -> bool {
    let theirs = overlay.records.enterprises.get(id).and_then(|it| it.code.as_ref()).map(Code::as_str);
    theirs.is_some() && code.is_some() && theirs != code
}
