//! Rows that say again what an earlier one said.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::HashMap;
use foldhash::quality::FixedState;

use crate::import::columns::Columns;
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::SheetRow;
use crate::import::rows::row::{RowKey, RowView};

/// Rows by what they say, to find those that say it twice.
#[derive(Default)]
pub struct Earlier(HashMap<u64, RowKey>);

impl Earlier {
    /// The first row that says all that this one says in the columns that are read.
    pub fn same_as(&mut self, tables: &[DataTable], row: &RowView<'_>, hash: u64) -> Option<RowKey> {
        let first = *self.0.entry(hash).or_insert(row.key());
        let is_same = || {
            let DataTable { header, rows, .. } = &tables[first.0];
            let other = rows.binary_search_by_key(&first.1, |row| row.number).ok().map(|at| &rows[at]);
            let texts = |it| texts(it, row.columns);
            *header == row.table.header && other.is_some_and(|other| texts(other).eq(texts(row.sheet_row)))
        };
        (first != row.key() && is_same()).then_some(first)
    }
}

/// Rows that say the same have the same.
pub fn hash_of(row: &SheetRow, columns: &Columns) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    texts(row, columns).for_each(|text| text.hash(&mut hasher));
    hasher.finish()
}

/// What a row says in the columns that are read.
fn texts<'r>(row: &'r SheetRow, columns: &'r Columns) -> impl Iterator<Item = &'r str> {
    columns.all().map(|column| row.cells.get(column.index).map_or("", |cell| cell.text.trim()))
}
