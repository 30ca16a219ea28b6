//! From what a reader reports to sheets, within the limits.

use crate::import::read::error::ReadError;
use crate::import::read::limits::{Limits, Tally};
use crate::import::read::sheet::{Cell, Sheet, SheetRow};
use crate::import::read::workbook::event::Event;
use crate::model::finding::column_letters;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// Sheets that are being put together.
#[derive(Debug)]
pub struct Assembly {
    limits: Limits,
    is_1904: bool,
    sheets: Vec<Sheet>,
    tally: Tally,
}

impl Assembly {
    /// An empty one.
    pub fn new(limits: Limits) -> Self {
        Self { limits, is_1904: false, sheets: Vec::new(), tally: Tally::default() }
    }

    /// Takes a piece.
    pub fn take(&mut self, event: Event) -> Result<(), ReadError> {
        match event {
            Event::From1904 => self.is_1904 = true,
            Event::Sheet { name, is_hidden } => self.sheets.push(Sheet {
                name: Some(name),
                is_hidden,
                is_1904: self.is_1904,
                ..Sheet::default()
            }),
            Event::Failed(error) => return Err(error),
            Event::End => {}
            event => {
                if let Some(mut sheet) = self.sheets.pop() {
                    let put = self.put(&mut sheet, event);
                    self.sheets.push(sheet);
                    put?;
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, sheet: &mut Sheet, event: Event) -> Result<(), ReadError> {
        match event {
            Event::Merge(merge) if sheet.merges.len() < self.limits.rows => sheet.merges.push(merge),
            Event::Merge(_) => {
                let message = text!(
                    "has more than {areas} merged areas",
                    "合并区域超过 {areas} 个",
                    areas = self.limits.rows
                );
                let help = text!(
                    "unmerge cells, or allow more with `--max-rows`",
                    "请取消合并，或用 --max-rows 放宽"
                );
                let error = ReadError::new(&rule::TOO_LARGE, message, help);
                return Err(ReadError { sheet: sheet.name.clone(), ..error });
            }
            // Only given, never needed: beyond what can be read there is nothing to say.
            Event::HiddenRow(row) if sheet.hidden_rows.len() < self.limits.rows => {
                sheet.hidden_rows.push(row);
            }
            Event::HiddenColumn(column) if sheet.hidden_columns.len() < self.limits.columns => {
                sheet.hidden_columns.push(column);
            }
            Event::Stored(row, column, stored) => {
                sheet.stored.insert((row + 1, column), stored);
            }
            Event::Cell(row, column, kind, text) => {
                self.within(sheet, row, column, &text)?;
                self.count(sheet, row, column, text.len())?;
                let cells = row_of(sheet, row);
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::empty());
                }
                cells[column] = Cell { kind, text };
            }
            _ => {}
        }
        Ok(())
    }

    fn within(&self, sheet: &Sheet, row: usize, column: usize, text: &str) -> Result<(), ReadError> {
        let name = sheet.name.as_deref().unwrap_or_default();
        let cell = || format!("{}{}", column_letters(column + 1), row + 1);
        let refuse = |what: Text, help: Text| {
            Err(ReadError {
                sheet: sheet.name.clone(),
                ..ReadError::new(&rule::TOO_LARGE, what, help).at(row + 1)
            })
        };
        if column >= self.limits.columns {
            let message = text!(
                "has something in cell {cell} of sheet `{name}`, beyond {columns} columns",
                "工作表“{name}”的单元格 {cell} 有内容，超出 {columns} 列",
                cell = cell(),
                columns = self.limits.columns
            );
            return refuse(message, text!("clear the cells right of the table", "请清空表格右侧的单元格"));
        }
        if text.len() > self.limits.characters.saturating_mul(4) {
            let message = text!(
                "has more than {characters} characters in cell {cell} of sheet `{name}`",
                "工作表“{name}”的单元格 {cell} 超过 {characters} 个字符",
                characters = self.limits.characters,
                cell = cell()
            );
            return refuse(message, text!("shorten it", "请缩短"));
        }
        Ok(())
    }

    /// Counts a cell before room is made for it.
    fn count(&mut self, sheet: &Sheet, row: usize, column: usize, text: usize) -> Result<(), ReadError> {
        let last = sheet.rows.last().filter(|last| last.number == row + 1);
        let room = last.map_or(0, |last| last.cells.len());
        let rows = if last.is_none() { self.tally.row(&self.limits) } else { Ok(()) };
        let cells = (column + 1).saturating_sub(room);
        rows.and_then(|()| self.tally.cells(cells, text, &self.limits)).map_err(|error| {
            let cell = format!("{}{}", column_letters(column + 1), row + 1);
            let sheet = sheet.name.clone().unwrap_or_default();
            let message = text!(
                "{message} up to cell {cell} of sheet `{sheet}`",
                "到工作表“{sheet}”的单元格 {cell} 为止{message}",
                message = error.message
            );
            ReadError { message, sheet: Some(sheet), ..error }.at(row + 1)
        })
    }

    /// The sheets, without what merges cover and with rows in order.
    pub fn finish(self) -> Result<Vec<Sheet>, ReadError> {
        let mut sheets = self.sheets;
        for sheet in &mut sheets {
            in_order(&mut sheet.rows);
            uncover(sheet)?;
            sheet.rows.retain(|row| !row.is_blank());
        }
        Ok(sheets)
    }
}

/// Puts the rows in order, those that a file has in several pieces as one.
fn in_order(rows: &mut Vec<SheetRow>) {
    if rows.is_sorted_by(|one, other| one.number < other.number) {
        return;
    }
    rows.sort_by_key(|row| row.number);
    rows.dedup_by(|later, first| {
        let is_same = later.number == first.number;
        if is_same {
            let width = first.cells.len().max(later.cells.len());
            first.cells.resize(width, Cell::empty());
            let parsed = later.cells.drain(..).enumerate().filter(|(_, cell)| !cell.is_blank());
            parsed.for_each(|(column, cell)| first.cells[column] = cell);
        }
        is_same
    });
}

/// The cells of the row that is being read. A row that comes in pieces is put together in the end.
fn row_of(sheet: &mut Sheet, row: usize) -> &mut Vec<Cell> {
    let number = row + 1;
    if sheet.rows.last().is_none_or(|last| last.number != number) {
        // Most rows are as long as the one before.
        let cells = Vec::with_capacity(sheet.rows.last().map_or(0, |row| row.cells.len()));
        sheet.rows.push(SheetRow { number, cells });
    }
    let last = sheet.rows.len() - 1;
    &mut sheet.rows[last].cells
}

/// Only the top left cell of a merge is seen; what an earlier state left under it is not. Merges that lie side by
/// side cover no cell twice.
fn uncover(sheet: &mut Sheet) -> Result<(), ReadError> {
    let mut work = sheet.rows.iter().map(|row| row.cells.len() + 64).sum::<usize>();
    for merge in &sheet.merges {
        let first = sheet.rows.partition_point(|row| row.number <= merge.rows.0);
        let last = sheet.rows.partition_point(|row| row.number <= merge.rows.1.saturating_add(1));
        for row in sheet.rows.iter_mut().take(last).skip(first) {
            let covered = row.cells.len().min(merge.columns.1.saturating_add(1));
            let range = merge.columns.0.min(covered)..covered;
            work = work.checked_sub(range.len() + 1).ok_or_else(|| overlapping(sheet.name.as_deref()))?;
            let number = row.number - 1;
            for column in range.filter(|column| merge.hides(number, *column)) {
                row.cells[column] = Cell::empty();
            }
        }
    }
    Ok(())
}

fn overlapping(sheet: Option<&str>) -> ReadError {
    let error = ReadError::broken(text!("its merged areas lie over each other", "其合并区域互相重叠"));
    ReadError { sheet: sheet.map(str::to_owned), ..error }
}
