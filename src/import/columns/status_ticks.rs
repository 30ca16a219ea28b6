//! Columns headed by what somebody did, with ticks below: `出席 | 请假 | 缺席`. They are one column of the status.

use crate::import::columns::names::ColumnNames;
use crate::import::columns::tick::tick;
use crate::import::layout::header_text::HeaderText;
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::import::read::sheet::{Cell, SheetRow};
use crate::model::activity::Status;
use crate::model::finding::Finding;
use crate::model::lookup::NoWords;
use crate::model::rule;
use crate::model::shape::Scalar;
use crate::text;

/// A column of ticks.
struct Ticks {
    index: usize,
    status: Status,
    /// Whether any text is a tick: who was there wrote a name.
    is_signature: bool,
}

/// Makes one column of the columns of ticks, where a table of attendance has some.
pub fn join(table: &mut DataTable, headers: &ColumnNames) {
    if !headers.fields().iter().any(|id| id == "status")
        || !headers.fields().iter().any(|id| id == "activity")
    {
        return;
    }
    let columns: Vec<Ticks> =
        (0..table.header.len()).filter_map(|index| ticks(table, headers, index)).collect();
    let Some(first) = columns.first() else { return };
    if columns.iter().all(|column| column.status == first.status) {
        return;
    }
    let names: Vec<String> = columns.iter().map(|column| table.header[column.index].clone()).collect();
    table.taken.push(text!(
        "ticks under {names} are the status",
        "“{names}”各列的勾选作为出席状态",
        names = names
    ));
    for row in std::mem::take(&mut table.rows) {
        let ticked: Vec<&Ticks> = columns.iter().filter(|column| column.is_ticked(&row)).collect();
        match ticked[..] {
            [] => {
                let row = row.number;
                table.drop(text!(
                    "row {row} is ticked under none of {names}",
                    "第 {row} 行未勾选{names}中任何一项",
                    row = row,
                    names = names
                ));
                continue;
            }
            [_] => {}
            [one, other, ..] => {
                let message = text!(
                    "ticked under `{one}` and under `{other}`",
                    "同时勾选了“{one}”和“{other}”",
                    one = table.header[one.index].as_str(),
                    other = table.header[other.index].as_str()
                );
                let finding = Finding::new(&rule::BAD_ATTENDANCE, message, table.cell(&row, one.index));
                let help = text!("leave one of the two", "请只保留其中一项");
                table.faults.insert(row.number, finding.and(table.cell(&row, other.index)).help(help));
            }
        }
        let status = ticked[0].status;
        table.rows.push(with_status(row, &columns, status));
    }
    "status".clone_into(&mut table.header[first.index]);
    for column in &columns[1..] {
        table.header[column.index].clear();
    }
}

/// The column at a place, if it is one of ticks.
fn ticks(table: &DataTable, headers: &ColumnNames, index: usize) -> Option<Ticks> {
    let header = &table.header[index];
    if headers.mapped(header).is_some() {
        return None;
    }
    let heading = HeaderText::of(header);
    let status = |key| Status::from_cell(key, &NoWords).ok();
    let status = heading.keys[..heading.deepest].iter().find_map(|key| status(key.as_str()))?;
    let is_signature = headers.first_of(&heading.keys) == Some("signature");
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(index)).filter_map(said);
    let is_one = is_signature || cells.all(|text| tick(text).is_some());
    is_one.then_some(Ticks { index, status, is_signature })
}

fn said(cell: &Cell) -> Option<&str> {
    blank::text(cell.text.trim())
}

impl Ticks {
    fn is_ticked(&self, row: &SheetRow) -> bool {
        let text = row.cells.get(self.index).and_then(said);
        text.is_some_and(|text| tick(text).unwrap_or(self.is_signature))
    }
}

/// The row with the status in the first of the columns, and nothing in the others.
fn with_status(mut row: SheetRow, columns: &[Ticks], status: Status) -> SheetRow {
    for (at, column) in columns.iter().enumerate() {
        if row.cells.len() <= column.index {
            row.cells.resize(column.index + 1, Cell::empty());
        }
        row.cells[column.index] =
            if at == 0 { Cell::text(status.to_value().to_string()) } else { Cell::empty() };
    }
    row
}
