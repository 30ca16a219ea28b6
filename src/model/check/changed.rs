//! What is likely to be a slip in a change, and can be told only from what was there before.

use super::at;
use crate::model::change::Edit;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};
use crate::text;

/// What somebody should look at of a change.
pub fn changes(before: &Records, after: &Records, edits: &[Edit]) -> Vec<Finding> {
    let mut found = Vec::new();
    for edit in edits {
        match edit.record.kind {
            Kind::Activity => heads_lowered(before, after, &edit.record, &mut found),
            Kind::Edition => closed_another_day(before, after, &edit.record, &mut found),
            _ => {}
        }
    }
    found
}

/// `heads-lowered`
fn heads_lowered(before: &Records, after: &Records, record: &RecordRef, found: &mut Vec<Finding>) {
    let of = |records: &'_ Records| records.activities.get(record.id.as_str()).cloned();
    let (Some(old), Some(new)) = (of(before), of(after)) else { return };
    let lowered: Vec<_> = new
        .present
        .iter()
        .filter_map(|(id, heads)| Some((id, *old.present.get(id)?, *heads)))
        .filter(|(_, was, heads)| heads < was)
        .collect();
    let Some((id, was, heads)) = lowered.first() else { return };
    let message = match lowered.len() {
        1 => text!(
            "`{id}` had {was} heads at {record}, and has {heads} now",
            "{record}中“{id}”由 {was} 人减为 {heads} 人",
            record = record
        ),
        count => text!(
            "{count} enterprises have fewer heads at {record} than before, `{id}` first: {was}, and {heads} now",
            "{record}中有 {count} 家企业的人数减少，首家是“{id}”：由 {was} 人减为 {heads} 人",
            record = record
        ),
    };
    let place = KeyPath::key("present").then(Step::Key(id.to_string().into()));
    found.push(Finding::new(&rule::HEADS_LOWERED, message, at(record, place)).help(text!(
        "of a second sign-in sheet add up the heads of both; `kunpeng undo` takes the change back",
        "如为第二份签到表，请填两份合计的人数；kunpeng undo 可撤销此次变更"
    )));
}

/// `closed-another-day`
fn closed_another_day(before: &Records, after: &Records, record: &RecordRef, found: &mut Vec<Finding>) {
    let closed = |records: &Records| records.editions.get(record.id.as_str())?.closed;
    let (Some(old), Some(new)) = (closed(before), closed(after)) else { return };
    if old != new {
        found.push(another_day(record, &old.to_string(), &new.to_string()));
    }
}

/// An edition that was closed on one day, and is said to have been on another.
pub fn another_day(record: &RecordRef, old: &str, new: &str) -> Finding {
    let message = text!(
        "{record} was closed on {old}, and is closed on {new} now",
        "{record}原于 {old} 结束，现为 {new}",
        record = record
    );
    Finding::new(&rule::CLOSED_ANOTHER_DAY, message, at(record, KeyPath::key("closed"))).help(text!(
        "what counts in it changes with the day; to close it anew, reopen it first: `kunpeng edition reopen {id} --reason TEXT`",
        "结束日期变动会改变统计结果；确需改期，请先重新开启：kunpeng edition reopen {id} --reason 文本",
        id = record.id
    ))
}
