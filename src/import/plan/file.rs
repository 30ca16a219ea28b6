//! A plan as a file: what each record was and what it will be. It is carried out only if the records it touches
//! are still as they were.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::model::change::{Change, Draft};
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::model::value::Value;
use crate::text;

/// The form of the file; a newer one is refused.
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
    let outdated: Vec<RecordRef> = edits
        .iter()
        .filter(|(record, before, _)| records.get(record).as_ref().map_or(Json::Null, codec.write) != *before)
        .map(|(record, ..)| record.clone())
        .collect();
    if !outdated.is_empty() {
        return Err(PlanError::Outdated(outdated));
    }
    let mut draft = Draft::of(records);
    for (record, _, after) in edits {
        if after.is_null() {
            draft.remove(record);
            continue;
        }
        let value = (codec.read)(&after.to_string()).ok_or_else(|| {
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

type Parts = (RecordRef, Json, Json);

fn edits(text: &str) -> Result<Vec<Parts>, PlanError> {
    let not = PlanError::NotAPlan;
    let plan: Json = serde_json::from_str(text).map_err(|error| {
        not(text!("it is not JSON: {error}", "它不是 JSON（{error}）", error = error.to_string()))
    })?;
    match plan.get("kunpeng-plan").and_then(Json::as_u64) {
        Some(FORMAT) => {}
        Some(_) => return Err(not(text!("it was saved by a newer version", "它由更新的版本保存"))),
        None => return Err(not(text!("it has no `kunpeng-plan`", "其中没有 kunpeng-plan"))),
    }
    let edits = plan
        .get("edits")
        .and_then(Json::as_array)
        .ok_or_else(|| not(text!("it has no list `edits`", "其中没有 edits 列表")))?;
    let record = |edit: &Json| {
        let text = |key: &str| edit.get(key).and_then(Json::as_str);
        let kind = text("kind").and_then(|id| Kind::FOLDERS.iter().find(|kind| kind.id() == id));
        Some(RecordRef::new(*kind?, text("id")?))
    };
    edits
        .iter()
        .map(|edit| {
            let record = record(edit)
                .ok_or_else(|| not(text!("an edit names no record", "有一项改动没有写明记录")))?;
            let side = |key: &str| edit.get(key).cloned().unwrap_or(Json::Null);
            Ok((record, side("before"), side("after")))
        })
        .collect()
}
