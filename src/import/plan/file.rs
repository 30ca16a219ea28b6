//! A plan as a file: what each record was and what it will be. It is carried out only if the records it touches
//! are still as they were.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use crate::model::change::{Change, Draft};
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::model::value::Value;
use crate::text;

/// The format of the file; a newer one is refused.
const FORMAT: u64 = 1;

/// How plain data is written to JSON and read from it: the store knows.
#[derive(Clone, Copy)]
pub struct Codec {
    /// Writes.
    pub write: fn(&Value) -> Json,
    /// Reads.
    pub read: fn(&str) -> Option<Value>,
}

/// Why a saved plan is not carried out.
#[derive(Debug, PartialEq)]
pub enum PlanError {
    /// It is not a plan, or not one that this version knows.
    NotAPlan(Text),
    /// These records are no longer as they were.
    Outdated(Vec<RecordRef>),
    /// The store would not be sound with it.
    Unsound(Vec<Finding>),
}

/// The text of a plan.
pub fn text(change: &Change, codec: Codec) -> String {
    let side = |value: &Option<Value>| value.as_ref().map_or(Json::Null, codec.write);
    let edits: Vec<Json> = change
        .edits
        .iter()
        .map(|edit| {
            json!({
                "kind": edit.record.kind.id(),
                "id": edit.record.id.as_str(),
                "before": side(&edit.before),
                "after": side(&edit.after),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "kunpeng-plan": FORMAT, "edits": edits }))
}

/// The change a saved plan makes.
pub fn change(text: &str, records: &Records, codec: Codec) -> Result<Change, PlanError> {
    let edits = edits(text)?;
    let mut named = BTreeSet::new();
    if let Some((twice, ..)) = edits.iter().find(|(record, ..)| !named.insert(record)) {
        return Err(PlanError::NotAPlan(text!(
            "it names {record} twice",
            "其中两次写到{record}",
            record = twice
        )));
    }
    let is_outdated = |(record, before, _): &&Parts<'_>| {
        let before: Option<Json> = serde_json::from_str(before.get()).ok();
        before != Some(records.get(record).as_ref().map_or(Json::Null, codec.write))
    };
    let outdated: Vec<RecordRef> =
        edits.iter().filter(is_outdated).map(|(record, ..)| record.clone()).collect();
    if !outdated.is_empty() {
        return Err(PlanError::Outdated(outdated));
    }
    let mut draft = Draft::of(records);
    for (record, _, after) in edits {
        if after.get() == "null" {
            draft.remove(record);
            continue;
        }
        let value = (codec.read)(after.get()).ok_or_else(|| {
            PlanError::NotAPlan(text!(
                "{record} has no readable value",
                "{record}没有可读的值",
                record = record
            ))
        })?;
        draft.put(record, value).map_err(PlanError::Unsound)?;
    }
    draft.finish().map_err(PlanError::Unsound)
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "kunpeng-plan")]
    format: Option<u64>,
}

/// The whole file. Records stay text until each is looked at: a plan may have very many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'t> {
    #[serde(rename = "kunpeng-plan")]
    _format: IgnoredAny,
    #[serde(borrow)]
    edits: Vec<SavedEdit<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedEdit<'t> {
    kind: String,
    id: String,
    #[serde(borrow)]
    before: &'t RawValue,
    #[serde(borrow)]
    after: &'t RawValue,
}

type Parts<'t> = (RecordRef, &'t RawValue, &'t RawValue);

fn edits(text: &str) -> Result<Vec<Parts<'_>>, PlanError> {
    let not = PlanError::NotAPlan;
    let misread = |error: serde_json::Error| {
        let said = error.to_string();
        not(if error.is_data() {
            text!("it is not written as one: {said}", "写法不符（{said}）")
        } else {
            text!("it is not JSON: {said}", "它不是 JSON（{said}）")
        })
    };
    match serde_json::from_str::<Head>(text).map_err(misread)?.format {
        Some(FORMAT) => {}
        Some(_) => return Err(not(text!("it was saved by a newer version", "它由更新的版本保存"))),
        None => return Err(not(text!("it has no `kunpeng-plan`", "其中没有 kunpeng-plan"))),
    }
    let file: File<'_> = serde_json::from_str(text).map_err(misread)?;
    let mut edits = Vec::with_capacity(file.edits.len());
    for SavedEdit { kind, id, before, after } in file.edits {
        let known = Kind::FOLDERS.iter().find(|known| known.id() == kind);
        let kind =
            known.ok_or_else(|| not(text!("there are no records `{kind}`", "没有“{kind}”这类记录")))?;
        edits.push((RecordRef::new(*kind, id), before, after));
    }
    Ok(edits)
}
