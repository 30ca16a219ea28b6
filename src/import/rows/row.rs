//! One row with its columns: cells are asked for by field.

use std::borrow::Cow;

use crate::import::columns::{Column, Columns};
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::import::read::sheet::SheetRow;
use crate::import::rows::index::EnterpriseIndex;
use crate::model::amount::Unit;
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::shape::{Misread, Words};
use crate::model::value::{Table, Value};
use crate::text;

/// A row, by the place of its table among all that are imported and its line.
pub type RowKey = (usize, usize);

/// One row with its columns.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'s> {
    /// The table.
    pub sheet: &'s DataTable,
    /// Its place among all that are imported.
    pub sheet_index: usize,
    /// The row.
    pub row: &'s SheetRow,
    /// The columns.
    pub columns: &'s Columns,
    /// The unit of amounts whose header does not say one.
    pub unit: Option<Unit>,
}

impl<'s> RowView<'s> {
    /// Which row it is.
    pub fn key(&self) -> RowKey {
        (self.sheet_index, self.row.number)
    }

    /// What the cell of a field says, as it stands there.
    pub fn text(&self, id: &str) -> Option<&'s str> {
        let column = self.columns.by_id.get(id)?;
        blank::text(&self.row.cells.get(column.index)?.text)
    }

    /// What the cell of a column means: a number in a column of days is a day.
    fn read(&self, column: &Column) -> Result<Option<Cow<'s, str>>, Misread> {
        let cell = self.row.cells.get(column.index).filter(|cell| blank::text(&cell.text).is_some());
        let Some(cell) = cell else { return Ok(None) };
        let text = column.role.read(cell, self.sheet.is_1904)?;
        Ok(match text {
            Cow::Borrowed(text) => blank::text(text).map(Cow::Borrowed),
            Cow::Owned(text) => Some(Cow::Owned(text)),
        })
    }

    /// What the cell of a field means.
    pub fn value(&self, id: &str) -> Result<Option<Cow<'s, str>>, Misread> {
        self.columns.by_id.get(id).map_or(Ok(None), |column| self.read(column))
    }

    /// The same row with the columns of one period.
    #[must_use]
    pub fn with(self, columns: &'s Columns) -> Self {
        Self { columns, ..self }
    }

    /// The fields that have a column.
    pub fn fields(&self) -> impl Iterator<Item = &'s Column> + use<'s> {
        self.columns.by_id.values()
    }

    /// The place of a field's cell, or of the row.
    pub fn place(&self, id: &str) -> Place {
        match self.columns.by_id.get(id) {
            Some(column) => self.sheet.cell(self.row, column.index),
            None => self.sheet.row(self.row.number),
        }
    }

    /// The unit of a column of money.
    pub fn unit(&self, id: &str) -> (Option<Unit>, Option<Unit>) {
        (self.columns.by_id.get(id).and_then(|column| column.unit), self.unit)
    }

    /// Refers to a record by the cell of a column.
    pub fn record(
        &self,
        book: &EnterpriseIndex<'_>,
        column: &str,
        kind: Kind,
    ) -> Result<RecordRef, Vec<Finding>> {
        let misread = |misread| vec![Finding::of(misread, self.place(column))];
        let Some(text) = self.value(column).map_err(misread)? else {
            let mut cells = Cells::default();
            cells.missing(self, column);
            return Err(cells.found);
        };
        book.find(kind, &text).map(|id| RecordRef::new(kind, id)).map_err(misread)
    }
}

/// Collects the faults of the cells of one row.
#[derive(Debug, Default)]
pub struct Cells {
    /// What was read, by field.
    pub table: Table,
    /// What was wrong.
    pub found: Vec<Finding>,
}

impl Cells {
    /// Reads a cell, if it says anything, and puts the value under `key`.
    pub fn read(
        &mut self,
        line: &RowView<'_>,
        column: &str,
        key: &str,
        parse: impl FnOnce(&str) -> Result<Value, Misread>,
    ) {
        if let Some(column) = line.columns.by_id.get(column) {
            self.take(line, column, key, parse);
        }
    }

    /// Reads the cell of a column in the same way.
    pub fn take(
        &mut self,
        line: &RowView<'_>,
        column: &Column,
        key: &str,
        parse: impl FnOnce(&str) -> Result<Value, Misread>,
    ) {
        let value = line.read(column).and_then(|text| text.map(|text| parse(&text)).transpose());
        match value {
            Ok(Some(value)) => self.table.insert(key, value),
            Ok(None) => {}
            Err(misread) => self.found.push(Finding::of(misread, line.place(&column.id))),
        }
    }

    /// Reads a cell that must say something.
    pub fn need(
        &mut self,
        line: &RowView<'_>,
        column: &str,
        parse: impl FnOnce(&str) -> Result<Value, Misread>,
    ) -> Option<Value> {
        if line.text(column).is_none() {
            self.missing(line, column);
            return None;
        }
        self.read(line, column, column, parse);
        self.table.get(column).cloned()
    }

    /// Reports that a cell that must say something does not.
    pub fn missing(&mut self, line: &RowView<'_>, column: &str) {
        let message = if line.columns.by_id.contains_key(column) {
            text!("`{column}` is empty", "“{column}”为空")
        } else {
            text!("there is no column `{column}`", "没有“{column}”列")
        };
        let finding = Finding::new(&rule::MISSING_CELL, message, line.place(column));
        self.found.push(finding.help(text!("the row cannot be placed without it", "缺了它，该行无法归档")));
    }

    /// What was read, or what was wrong.
    pub fn finish(self) -> Result<Table, Vec<Finding>> {
        if self.found.is_empty() { Ok(self.table) } else { Err(self.found) }
    }
}
