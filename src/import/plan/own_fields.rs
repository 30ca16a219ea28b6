//! Fields of one's own in a row; their values stand under `more`.

use crate::import::columns::kind::ImportKind;
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::model::own_field::FieldType;
use crate::model::records::Records;
use crate::model::shape::Words;
use crate::model::value::{Table, Value};

/// The key their values stand under.
const MORE: &str = "more";

/// Reads the fields of one's own of a row: the personal ones, or the others.
pub fn read(
    cells: &mut Cells,
    row: &RowView<'_>,
    (kind, records): (ImportKind, &Records),
    words: &dyn Words,
    personal: bool,
) {
    let mut own = Cells::default();
    for (id, field) in kind.own_fields(records).filter(|(_, field)| field.is_personal() == personal) {
        own.read(row, id.as_str(), id.as_str(), |text| match field.kind {
            FieldType::Amount => {
                let (header, given) = row.unit(id.as_str());
                value::money(text, header, given)
            }
            _ => field.parse(text, words),
        });
    }
    cells.found.extend(own.found);
    if !own.table.is_empty() {
        let more: Table = own.table;
        cells.table.insert(MORE, Value::Table(more));
    }
}
