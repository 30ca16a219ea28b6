//! Fields of a record as a command line gives them, those of its persons among them.

use super::assignment::{Assignment, apply_all};
use super::failure::Failure;
use super::load::Loaded;
use crate::model::change::Draft;
use crate::model::entry::{self, EntryKind};
use crate::model::field;
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::separated;
use crate::model::shape::Misread;
use crate::model::value::{Table as Keys, Value};
use crate::text;

/// The fields of an enterprise's persons, which are kept apart, and the others.
pub fn parted(kind: Kind, fields: Vec<Assignment>) -> (Vec<Assignment>, Vec<Assignment>) {
    let persons = field::known(Kind::Contact);
    let is_person = |it: &Assignment| {
        kind == Kind::Enterprise
            && matches!(&it.path[..], [key] if key != "more" && persons.contains(&key.as_str()))
    };
    fields.into_iter().partition(is_person)
}

/// Sets fields of an enterprise's persons.
pub fn set_persons(
    loaded: &Loaded,
    draft: &mut Draft<'_>,
    id: &str,
    fields: &[Assignment],
) -> Result<(), Failure> {
    if fields.is_empty() {
        return Ok(());
    }
    let (records, record) = (loaded.records(), RecordRef::new(Kind::Contact, id));
    let mut value = records.get(&record).unwrap_or_else(|| Value::Table(Keys::default()));
    apply_all(fields, &mut value, &|path, text| field::parse(Kind::Contact, path, text, records))?;
    match &value {
        Value::Table(keys) if keys.iter().next().is_none() => draft.remove(record),
        _ => draft.put(record, value).map_err(|found| loaded.failure(found))?,
    }
    Ok(())
}

/// Sets fields from the command line.
pub fn set(records: &Records, kind: Kind, fields: &[Assignment], value: &mut Value) -> Result<(), Failure> {
    let parse = |path: &[&str], text: &str| match (kind, path) {
        (Kind::Enterprise, ["town"]) => Ok(Value::Text(field::town(records, records, text))),
        (Kind::Enterprise, ["former_names"]) | (Kind::Edition, ["organisers" | "undertaken_by"])
            if !text.starts_with(['[', '{']) =>
        {
            Ok(Value::List(separated::words(text).map(named).collect()))
        }
        (Kind::Enterprise, [list]) if !text.starts_with('[') && entry_kind(list).is_some() => {
            Err(entries(list))
        }
        (_, ["id"]) => Err(no_new_id(kind)),
        (Kind::Enterprise, ["indicators", ..]) => field::figure(records, path, text, records),
        _ => field::parse(kind, path, text, records),
    };
    let place = |path: &[&str]| {
        let owner = field::owner(kind);
        let place = owner.map(|it| field::place(it, field::known(kind), &records.programme.fields, path));
        place.unwrap_or_else(|| path.to_vec()).into_iter().map(str::to_owned).collect()
    };
    let placed: Vec<Assignment> = fields.iter().map(|it| it.clone().placed(place)).collect();
    apply_all(&placed, value, &parse)
}

/// An organiser, or a former name, of which no more is said.
fn named(name: &str) -> Value {
    Value::Table([("name".to_owned(), Value::Text(name.to_owned()))].into_iter().collect())
}

fn entry_kind(list: &str) -> Option<&'static EntryKind> {
    entry::ALL.into_iter().find(|kind| kind.list == list)
}

/// The fault of setting entries that have a command of their own.
fn entries(list: &str) -> Misread {
    let command = entry_kind(list).map_or(list, |kind| kind.name).to_owned();
    Misread::new(
        &rule::UNKNOWN_KEY,
        text!("`{list}` holds entries with fields of their own", "{list} 中每条都有各自的字段"),
    )
    .help(text!("`kunpeng {command} --help` shows how to change them", "修改方法见 kunpeng {command} --help"))
}

fn no_new_id(kind: Kind) -> Misread {
    let message = text!("an id is not set like a field", "id 不能作为字段修改");
    Misread::new(&rule::UNKNOWN_KEY, message).help(text!(
        "`kunpeng {kind} rename OLD NEW` gives another, with every reference",
        "可用 kunpeng {kind} rename 旧编号 新编号 改名，各处引用随之更新",
        kind = kind.id()
    ))
}
