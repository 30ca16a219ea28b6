//! Fields of one's own in tables: a column for each one a programme declares, behind the built-in ones. Personal ones
//! stand with the contacts and in no list.

use super::table::{Cell, Column, Kind as Holds, Table};
use super::view::{View, number};
use crate::model::id::WordKey;
use crate::model::own_field::{FieldOwner, FieldType, OwnField};
use crate::model::value::Value;

/// The declared fields of a kind of record or entry that lists show.
pub fn listed<'r>(view: &View<'r>, owner: FieldOwner) -> impl Iterator<Item = (&'r WordKey, &'r OwnField)> {
    let declared = view.records.programme.fields.get(&owner);
    declared.into_iter().flatten().filter(|(_, field)| !field.is_personal())
}

/// Adds a column for each of them.
pub fn add_columns(view: &View, owner: FieldOwner, table: &mut Table) {
    table.columns.extend(listed(view, owner).map(|(id, field)| column(view, id, field)));
}

/// The column of one field.
pub fn column(view: &View, id: &WordKey, field: &OwnField) -> Column {
    Column { id: id.to_string(), label: field.label(view.lang), kind: holds(field.kind), unit: None }
}

/// The cells under the columns of [`add_columns`].
pub fn cells<'v>(
    view: &View,
    owner: FieldOwner,
    value: impl Fn(&str) -> Option<&'v Value>,
) -> impl Iterator<Item = Cell> {
    listed(view, owner).map(move |(id, field)| cell(view, field, value(id.as_str())))
}

/// What the column of a field holds.
pub fn holds(kind: FieldType) -> Holds {
    match kind {
        FieldType::Text | FieldType::YesNo => Holds::Text,
        FieldType::Words => Holds::Coded,
        FieldType::Count => Holds::Count,
        FieldType::Number => Holds::Number,
        FieldType::Amount => Holds::Amount,
        FieldType::Share => Holds::Rate,
        FieldType::Date => Holds::Date,
    }
}

/// A value as people read it.
pub fn cell(view: &View, field: &OwnField, value: Option<&Value>) -> Cell {
    let Some(value) = value else { return Cell::Missing };
    match (field.kind, value) {
        (FieldType::Amount, Value::Number(amount)) => Cell::Amount(*amount),
        (FieldType::Share, Value::Number(share)) => Cell::Rate(*share),
        (FieldType::Count | FieldType::Number, Value::Number(count)) => number(*count),
        (FieldType::Date, value) => {
            value.to_string().parse().map_or_else(|_| Cell::Text(value.to_string()), Cell::Date)
        }
        (FieldType::Words, Value::List(ids)) => Cell::Codes {
            ids: ids.iter().map(ToString::to_string).collect(),
            label: field.shown(value, view.lang),
        },
        (_, value) => Cell::Text(field.shown(value, view.lang)),
    }
}
