//! A planned change as a table: what a dry run shows.

use super::label;
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::change::{Change, Difference};
use crate::model::contact::masked;
use crate::model::finding::RecordRef;
use crate::model::kind;
use crate::model::label::{path as path_label, value as value_label};
use crate::model::value::{KeyPath, Step, Value};

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
            let [old, new] = values(view, &edit.record, &difference);
            table.row(vec![record(view, &edit.record), field(view, &difference.path), old, new]);
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

/// A field by its path for programs, by its label for people.
pub fn field(view: &View, path: &KeyPath) -> Cell {
    Cell::coded(path, path_label(view.records, path, view.lang))
}

/// The old and the new value, persons masked.
pub fn values(view: &View, record: &RecordRef, difference: &Difference) -> [Cell; 2] {
    let Difference { path, old, new } = difference;
    [old, new].map(|value| cell(view, record, path, value.as_ref()))
}

/// A value that changes, persons masked; an id has its label for people.
pub fn cell(view: &View, record: &RecordRef, path: &KeyPath, value: Option<&Value>) -> Cell {
    match value {
        None => Cell::Missing,
        Some(value) if is_person(record, path) => Cell::Text(masked(&value.to_string())),
        Some(Value::Text(text)) => match value_label(view.records, path, text, view.lang) {
            Some(label) => Cell::coded(text, label),
            None => Cell::Text(text.clone()),
        },
        Some(Value::Number(number)) => Cell::Number(*number),
        Some(value) => Cell::Text(value.to_string()),
    }
}

/// Whether what lies at a path of a record, or of what an import says of it, is of a person.
pub fn is_person(record: &RecordRef, path: &KeyPath) -> bool {
    record.kind == kind::Kind::Contact || matches!(path.0.first(), Some(Step::Key(key)) if key == "contact")
}
