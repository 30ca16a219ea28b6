//! One row with its columns: cells are asked for by field.

use std::borrow::Cow;

use crate::import::columns::cell_type::CellType;
use crate::import::columns::date_text::DateContext;
use crate::import::columns::given::Given;
use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::columns::{Column, Columns};
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::import::read::sheet::{Cell, CellKind, SheetRow, Stored};
use crate::import::rows::index::EnterpriseIndex;
use crate::import::rows::parts;
use crate::import::rows::shown;
use crate::model::activity::Status;
use crate::model::amount::Unit;
use crate::model::date::Date;
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::kind::Kind;
use crate::model::label::FieldName;
use crate::model::lookup::NoWords;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar, Words};
use crate::model::text::Text;
use crate::model::value::{Table, Value};
use crate::text;

/// A row, by the place of its table among all that are imported and its number in the file.
pub type RowKey = (usize, usize);

/// One row with its columns.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'s> {
    /// The table.
    pub table: &'s DataTable,
    /// Its place among all that are imported.
    pub table_index: usize,
    /// The row as it stands in the sheet.
    pub sheet_row: &'s SheetRow,
    /// The columns.
    pub columns: &'s Columns,
    /// What the command line says of cells.
    pub given: &'s Given,
}

impl<'s> RowView<'s> {
    /// Which row it is.
    pub fn key(&self) -> RowKey {
        (self.table_index, self.sheet_row.number)
    }

    /// What the cell of a field says, as it stands there.
    pub fn text(&self, id: &str) -> Option<&'s str> {
        let column = self.columns.by_id.get(id)?;
        match &column.constant {
            Some(constant) => Some(constant),
            None => said(column, &self.sheet_row.cells.get(column.index)?.text),
        }
    }

    /// What the cell of a column means: a number in a column of days is a day.
    fn read(&self, column: &'s Column) -> Result<Option<Cow<'s, str>>, Misread> {
        if let Some(constant) = &column.constant {
            return Ok(Some(Cow::Borrowed(constant)));
        }
        let cell = self.sheet_row.cells.get(column.index).filter(|cell| said(column, &cell.text).is_some());
        let Some(cell) = cell else { return Ok(None) };
        let text = match self.stored(column) {
            None => self.plain(column, cell)?,
            Some(stored) => {
                shown::is_clear(self, column, cell, stored)?;
                match shown::same_amount(self, column, cell, stored) {
                    Some(same) => Some(Cow::Borrowed(same)),
                    None => {
                        self.plain(column, cell).map_err(|misread| self.with_readings(column, misread))?
                    }
                }
            }
        };
        Ok(text.map(|text| if column.beside.is_some() { self.given.words.substitute(text) } else { text }))
    }

    /// What a cell says by what its column holds.
    fn plain(&self, column: &Column, cell: &'s Cell) -> Result<Option<Cow<'s, str>>, Misread> {
        let text = match column.cell_type.read(cell, self.table.is_1904, self.dates())? {
            Cow::Borrowed(text) => said(column, text).map(Cow::Borrowed),
            Cow::Owned(text) => Some(Cow::Owned(text)),
        };
        match text {
            Some(text) if column.cell_type.is_figure() && cell.kind == CellKind::Text => {
                self.columns.numbers.plain(text, column.cell_type).map(Some)
            }
            text => Ok(text),
        }
    }

    /// What the cell of a column stores, where it shows something else.
    fn stored(&self, column: &Column) -> Option<&'s Stored> {
        if column.constant.is_some() { None } else { self.table.stored(self.sheet_row, column.index) }
    }

    /// What is wrong with a cell; where it shows something else than it stores, with both.
    fn with_readings(&self, column: &Column, misread: Misread) -> Misread {
        match self.sheet_row.cells.get(column.index).zip(self.stored(column)) {
            Some((cell, stored)) => shown::both(misread, cell, stored),
            None => misread,
        }
    }

    /// Whether the cell of a column says nothing.
    pub fn is_blank(&self, column: &Column) -> bool {
        self.sheet_row.cells.get(column.index).is_none_or(|cell| said(column, &cell.text).is_none())
    }

    /// The unit of the amounts of a column.
    pub fn unit_of(&self, column: &Column) -> Option<Unit> {
        column.unit.or(self.given.unit)
    }

    /// What the cell of a field means.
    pub fn value(&self, id: &str) -> Result<Option<Cow<'s, str>>, Misread> {
        self.columns.by_id.get(id).map_or(Ok(None), |column| self.read(column))
    }

    /// What is known of dates beside their cells.
    fn dates(&self) -> DateContext {
        DateContext { year: self.given.year.or(self.table.year), order: self.given.date_order }
    }

    /// A date as it stands outside the table, read as its cells are.
    pub fn date_of(&self, text: &str) -> Option<Date> {
        let text = CellType::Date.read(&Cell::text(text), false, self.dates()).ok()?.into_owned();
        Date::from_cell(&text, &NoWords).ok()
    }

    /// The last day of a range in the cell of a field.
    pub fn last_day(&self, id: &str) -> Option<String> {
        let column = self.columns.by_id.get(id).filter(|column| column.constant.is_none())?;
        CellType::last_day(self.sheet_row.cells.get(column.index)?, self.dates())
    }

    /// Whether the row has a word whose rows are left out.
    pub fn is_left_out(&self) -> bool {
        let words = self.columns.by_id.values().filter(|column| column.beside.is_some());
        words.into_iter().any(|column| {
            self.sheet_row.cells.get(column.index).is_some_and(|cell| self.given.words.leave_out(&cell.text))
        })
    }

    /// What the cell of any column means as a date.
    pub fn read_date(&self, column: &Column) -> Result<Cow<'s, str>, Misread> {
        match self.sheet_row.cells.get(column.index) {
            Some(cell) => CellType::Date.read(cell, self.table.is_1904, self.dates()),
            None => Ok(Cow::Borrowed("")),
        }
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
            Some(Column { constant: Some(text), .. }) => Place::Argument(format!("--set {id}={text}")),
            Some(column) => self.table.cell(self.sheet_row, column.index),
            None => self.table.row(self.sheet_row.number),
        }
    }

    /// The unit of a column of money.
    pub fn unit(&self, id: &str) -> (Option<Unit>, Option<Unit>) {
        (self.columns.by_id.get(id).and_then(|column| column.unit), self.given.unit)
    }

    /// Refers to a record by the cell of a column.
    pub fn record(
        &self,
        index: &EnterpriseIndex<'_>,
        column: &str,
        kind: Kind,
    ) -> Result<RecordRef, Vec<Finding>> {
        if self.columns.by_id.contains_key(ENTERPRISE_CODE) && kind == Kind::Enterprise {
            return self.enterprise_by_code(index);
        }
        let misread = |misread| vec![Finding::of(misread, self.place(column))];
        let Some(text) = self.value(column).map_err(misread)? else {
            let mut cells = Cells::default();
            cells.missing(self, column);
            return Err(cells.found);
        };
        index.find(kind, &text).map(|id| RecordRef::new(kind, id)).map_err(misread)
    }
}

/// The text of a cell; none if it says nothing. In a column of statuses `缺` is who stayed away, elsewhere a
/// value that is missing.
fn said<'t>(column: &Column, text: &'t str) -> Option<&'t str> {
    let is_status = || column.id == "status" && Status::from_cell(text.trim(), &NoWords).is_ok();
    blank::text(text).or_else(|| is_status().then(|| text.trim()))
}

/// Code and name side by side.
impl RowView<'_> {
    /// The code finds the enterprise; a name that belongs to another one is a fault. An enterprise without a code in
    /// the store is found by its name.
    fn enterprise_by_code(&self, index: &EnterpriseIndex<'_>) -> Result<RecordRef, Vec<Finding>> {
        let misread = |column: &'static str| move |misread| vec![Finding::of(misread, self.place(column))];
        let code = self.value(ENTERPRISE_CODE).map_err(misread(ENTERPRISE_CODE))?;
        let name = self.value("enterprise").map_err(misread("enterprise"))?;
        let named = name.as_deref().map(|name| index.with_name(name)).unwrap_or_default();
        let of = |id: &str| RecordRef::new(Kind::Enterprise, id);
        let find = |text: &str, column: &'static str| {
            index.find(Kind::Enterprise, text).map(|id| of(&id)).map_err(misread(column))
        };
        let (code, name) = match (code, name) {
            (Some(code), Some(name)) => (code, name),
            (Some(code), None) => return find(&code, ENTERPRISE_CODE),
            (None, Some(name)) => return find(&name, "enterprise"),
            (None, None) => {
                let mut cells = Cells::default();
                cells.missing(self, "enterprise");
                return Err(cells.found);
            }
        };
        match (index.find(Kind::Enterprise, &code), &named[..]) {
            (Ok(id), named) if named.is_empty() || named.contains(&id.as_str()) => Ok(of(&id)),
            (Ok(id), _) => {
                let message = text!(
                    "the code belongs to `{id}`, the name `{name}` to {others}",
                    "该代码属于 {id}，而名称“{name}”属于 {others}",
                    id = id,
                    name = name,
                    others = named
                );
                let finding = Finding::new(&rule::CODE_AND_NAME, message, self.place(ENTERPRISE_CODE));
                Err(vec![finding.and(self.place("enterprise")).help(text!(
                    "codes may have slipped by a row against the names: compare both with their source",
                    "代码与名称可能错了行：请与原始资料核对"
                ))])
            }
            (Err(_), [id]) if !index.has_code(id) => Ok(of(id)),
            (Err(_), [id]) => {
                let message = text!(
                    "no enterprise has the code `{code}`; `{name}` is `{id}`, which has another code",
                    "没有代码为 {code} 的企业；“{name}”是 {id}，其代码不同"
                );
                let finding = Finding::new(&rule::CODE_AND_NAME, message, self.place(ENTERPRISE_CODE));
                Err(vec![finding.and(self.place("enterprise")).help(text!(
                    "correct the code in the sheet or in the store",
                    "请更正表格或数据中的代码"
                ))])
            }
            (Err(unknown), []) => {
                // The name may be near to one that is known; the code is not.
                let help = index.enterprise(&name).err().and_then(|miss| miss.help());
                Err(vec![Finding::of(Misread { help, ..unknown }, self.place(ENTERPRISE_CODE))])
            }
            (Err(_), _) => find(&name, "enterprise"),
        }
    }

    /// The name the table uses for an enterprise, where the store knows it by none such.
    pub fn other_name(&self, index: &EnterpriseIndex<'_>) -> Option<Text> {
        self.columns.by_id.get(ENTERPRISE_CODE)?;
        let name = self.text("enterprise").filter(|_| self.text(ENTERPRISE_CODE).is_some())?;
        let is_known = !index.with_name(name).is_empty();
        (!is_known).then(|| {
            text!("found by its code; the sheet calls it `{name}`", "按代码匹配；表中名称为“{name}”")
        })
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
        row: &RowView<'_>,
        column: &str,
        key: &str,
        parse: impl Fn(&str) -> Result<Value, Misread>,
    ) {
        if let Some(column) = row.columns.by_id.get(column) {
            self.take(row, column, key, parse);
        }
    }

    /// Reads the cell of a column in the same way.
    pub fn take<'s>(
        &mut self,
        row: &RowView<'s>,
        column: &'s Column,
        key: &str,
        parse: impl Fn(&str) -> Result<Value, Misread>,
    ) {
        let read = |text: Cow<'_, str>| match (parse(&text), &column.beside) {
            (Err(misread), Some(beside)) if parts::is_unknown(&misread) => {
                parts::read(&text, beside, &parse).ok_or(misread)
            }
            (read, _) => read.map_err(|misread| row.with_readings(column, misread)),
        };
        let value = row.read(column).and_then(|text| text.map(read).transpose());
        match value {
            Ok(Some(value)) => self.table.insert(key, value),
            Ok(None) => {}
            Err(misread) => self.found.push(Finding::of(misread, row.place(&column.id))),
        }
    }

    /// Reads a cell that must say something.
    pub fn need(
        &mut self,
        row: &RowView<'_>,
        column: &str,
        parse: impl Fn(&str) -> Result<Value, Misread>,
    ) -> Option<Value> {
        if row.text(column).is_none() {
            self.missing(row, column);
            return None;
        }
        self.read(row, column, column, parse);
        self.table.get(column).cloned()
    }

    /// Reports that a cell that must say something does not.
    pub fn missing(&mut self, row: &RowView<'_>, column: &str) {
        let name = FieldName::new(column);
        let message = match row.columns.by_id.get(column).map(|column| row.table.header.get(column.index)) {
            Some(Some(header)) => text!("`{column}` is empty", "“{header}”为空"),
            Some(None) => text!("`{name}` is empty", "“{name}”为空", name = name),
            None => text!("there is no column `{name}`", "没有“{name}”列", name = name),
        };
        let finding = Finding::new(&rule::MISSING_CELL, message, row.place(column));
        self.found.push(finding.help(text!("the row cannot be placed without it", "缺了它，该行无法归档")));
    }

    /// What was read, or what was wrong.
    pub fn finish(self) -> Result<Table, Vec<Finding>> {
        if self.found.is_empty() { Ok(self.table) } else { Err(self.found) }
    }
}
