//! A planned change as a table: what a dry run shows.

use super::label;
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::change::{Change, Difference};
use crate::model::contact::masked;
use crate::model::finding::RecordRef;
use crate::model::kind;
use crate::model::value::Value;

/// Every value that changes.
pub fn change_table(view: &View, change: &Change) -> Table {
    let columns = [("record", Kind::Name), ("field", Kind::Id), ("old", Kind::Text), ("new", Kind::Text)];
    let mut table = view.table("change", &columns);
    for edit in &change.edits {
        if edit.after.is_none() {
            let gone = Cell::Text(label::item("taken_away", view.lang).to_owned());
            table.row(vec![record(view, &edit.record), Cell::Missing, Cell::Missing, gone]);
            continue;
        }
        for difference in edit.differences() {
            let [old, new] = values(&edit.record, &difference);
            table.row(vec![record(view, &edit.record), Cell::Text(difference.path.to_string()), old, new]);
        }
    }
    table
}

/// A record by its kind and id.
pub fn record(view: &View, record: &RecordRef) -> Cell {
    Cell::Text(match record.kind {
        kind::Kind::Programme => record.kind.label(view.lang).to_owned(),
        kind => format!("{} {}", kind.label(view.lang), record.id),
    })
}

/// The old and the new value, persons masked.
pub fn values(record: &RecordRef, difference: &Difference) -> [Cell; 2] {
    let first = difference.path.0.first();
    let is_person = record.kind == kind::Kind::Contact
        || matches!(first, Some(crate::model::value::Step::Key(key)) if key == "contact");
    [&difference.old, &difference.new].map(|value| match value {
        None => Cell::Missing,
        Some(value) if is_person => Cell::Text(masked(&value.to_string())),
        Some(Value::Number(number)) => Cell::Number(*number),
        Some(value) => Cell::Text(value.to_string()),
    })
}
