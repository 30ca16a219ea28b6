//! Objects within the records of JSON: `"联系人": {"姓名": …, "手机": …}` is a column for each of its keys, as under a header
//! of two levels.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::import::columns::cell_type::CellType;
use crate::import::columns::names::ColumnNames;
use crate::import::layout::header_text::{HeaderText, LEVELS};
use crate::import::layout::table::DataTable;
use crate::import::read::json;
use crate::import::read::sheet::{Cell, CellKind, SheetRow};

/// How many keys the objects of a column have at most: more are no columns.
const MOST: usize = 30;

/// Spreads the columns of objects.
pub fn spread(table: &mut DataTable, headers: &ColumnNames) {
    let objects: Vec<usize> =
        (0..table.header.len()).filter(|index| is_of_objects(table, headers, *index)).collect();
    for index in objects {
        spread_column(table, index);
    }
}

/// Whether all cells of a column are objects, and its field is none that holds several values.
fn is_of_objects(table: &DataTable, headers: &ColumnNames, index: usize) -> bool {
    let mut cells = table.filled(index).peekable();
    if cells.peek().is_none_or(|cell| cell.kind != CellKind::Nested) {
        return false;
    }
    let field = headers
        .mapped(&table.header[index])
        .or_else(|| headers.first_of(&HeaderText::of(&table.header[index]).keys));
    field.is_none_or(|id| headers.cell_type(id) != CellType::Nested)
        && cells.all(|cell| cell.kind == CellKind::Nested && cell.text.starts_with('{'))
}

fn spread_column(table: &mut DataTable, index: usize) {
    let object = |row: &SheetRow| -> Map<String, Value> {
        row.cells.get(index).and_then(|cell| serde_json::from_str(&cell.text).ok()).unwrap_or_default()
    };
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = Vec::new();
    for row in &table.rows {
        for key in object(row).keys() {
            if !columns.contains_key(key) {
                columns.insert(key.clone(), table.header.len() + names.len());
                names.push(format!("{}{LEVELS}{key}", table.header[index]));
            }
        }
        if names.len() > MOST {
            return;
        }
    }
    let width = table.header.len() + names.len();
    for row in &mut table.rows {
        let object = object(row);
        row.cells.resize_with(width, Cell::empty);
        for (key, value) in object {
            if let Some(column) = columns.get(&key) {
                row.cells[*column] = json::cell(&value);
            }
        }
        row.cells[index] = Cell::empty();
    }
    table.header.extend(names);
    table.header[index].clear();
}
