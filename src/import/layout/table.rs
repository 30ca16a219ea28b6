//! A table of cells with their places in the file they come from.

use std::collections::BTreeMap;

use crate::import::read::sheet::{Cell, Merge, SheetRow, SourceFormat, Stored, StoredCells};
use crate::model::amount::Unit;
use crate::model::finding::{Finding, Place};
use crate::model::period::Period;
use crate::model::text::Text;
use crate::text;

/// One table of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DataTable {
    /// The file, as it was named.
    pub file: String,
    /// The sheet of a workbook.
    pub name: Option<String>,
    /// The header, as written; the levels of one of two rows joined.
    pub header: Vec<String>,
    /// The number of the row of the header; 0 where it was given on the command line.
    pub header_row: usize,
    /// Whether `export` wrote it: every row is a record, whatever it says.
    pub is_export: bool,
    /// The rows below the header.
    pub rows: Vec<SheetRow>,
    /// The unit of a line above the header.
    pub unit: Option<Unit>,
    /// The units of columns by themselves: of the sections of a form.
    pub units: Vec<Option<Unit>>,
    /// The one year that the lines above the header name.
    pub year: Option<i32>,
    /// The one period that the lines above the header name.
    pub period: Option<Period>,
    /// What cells store that show something else, by their place in the sheet.
    pub stored: StoredCells,
    /// Whether serial days are counted from 1904.
    pub is_1904: bool,
    /// The rows up to the end of the header, as they stand in the file.
    pub top: Vec<SheetRow>,
    /// Lines above rows, each with the row they end before: what a sign-in sheet says of an activity.
    pub preambles: Vec<(usize, Vec<String>)>,
    /// Cells of those rows that are shown as one.
    pub merges: Vec<Merge>,
    /// The format the file came in.
    pub source_format: SourceFormat,
    /// What was taken for what, in words.
    pub taken: Vec<Text>,
    /// Rows that were taken for no records, in words: they are said even where nothing else is.
    pub dropped: Vec<Text>,
    /// What somebody should look at.
    pub warnings: Vec<Finding>,
    /// The column of the sheet that its first column is, of several tables side by side.
    pub first_column: usize,
    /// Where the cells of a form stand, as row and column: its one row is of cells from all over the sheet.
    pub places: Vec<(usize, usize)>,
    /// Headers of the file whose columns became others.
    pub replaced: Vec<String>,
    /// Where cells stand in the sheet that were put elsewhere, both as row and column.
    pub moved: BTreeMap<(usize, usize), (usize, usize)>,
    /// Rows that cannot be merged under the header, by their lines: which cell is whose is not known.
    pub faults: BTreeMap<usize, Finding>,
}

impl DataTable {
    /// The unit that stands over a column: of its section, or of the whole table.
    pub fn unit_of(&self, column: usize) -> Option<Unit> {
        self.units.get(column).copied().flatten().or(self.unit)
    }

    /// Says that rows were taken for no records.
    pub fn drop(&mut self, what: Text) {
        self.taken.push(what.clone());
        self.dropped.push(what);
    }

    /// The place of a cell; `column` counted from 0.
    pub fn cell(&self, row: &SheetRow, column: usize) -> Place {
        let text = row.cells.get(column).map_or_else(String::new, |cell| cell.text.to_string());
        match self.place_of(row, column) {
            Some((number, column)) => self.place(*number, Some(column + 1), text),
            None => self.place(row.number, Some(column.saturating_add(self.first_column + 1)), text),
        }
    }

    /// What a cell stores that shows something else; `column` counted from 0.
    pub fn stored(&self, row: &SheetRow, column: usize) -> Option<&Stored> {
        if self.stored.is_empty() {
            return None;
        }
        let place = self.place_of(row, column).copied();
        self.stored.get(&place.unwrap_or((row.number, column.saturating_add(self.first_column))))
    }

    /// Where a cell stands in the sheet that does not stand where it was put.
    fn place_of(&self, row: &SheetRow, column: usize) -> Option<&(usize, usize)> {
        self.places.get(column).or_else(|| self.moved.get(&(row.number, column)))
    }

    /// The place of a row.
    pub fn row(&self, number: usize) -> Place {
        self.place(number, None, String::new())
    }

    /// The place of a header.
    pub fn head(&self, column: usize) -> Place {
        let text = self.header.get(column).cloned().unwrap_or_default();
        match self.places.get(column) {
            Some((row, column)) => self.place(*row, Some(column + 1), text),
            None => self.place(self.header_row, Some(column + self.first_column + 1), text),
        }
    }

    fn place(&self, row: usize, column: Option<usize>, text: String) -> Place {
        Place::Cell { file: self.file.clone(), sheet: self.name.clone(), row, column, text }
    }

    /// The file, and the sheet where it has several.
    pub fn title(&self) -> Text {
        let file = &self.file;
        match &self.name {
            Some(name) => text!("{file}, sheet `{name}`", "{file}，工作表“{name}”"),
            None => Text::same(file.as_str()),
        }
    }

    /// The tables side by side under a header that repeats itself, or the table as it is.
    /// `field` tells what a header means: another word for the same is the same.
    pub fn side_by_side(self, field: &dyn Fn(&str) -> Option<String>) -> Vec<Self> {
        let width = self.header.len();
        let fields: Vec<Option<String>> = self.header.iter().map(|header| field(header)).collect();
        let names = |column: usize| {
            fields[column].as_deref().is_some_and(|id| ["enterprise", "name", "person"].contains(&id))
        };
        let is_same = |column: usize, other: usize| {
            self.header[column] == self.header[other]
                || fields[column].is_some() && fields[column] == fields[other]
        };
        let repeats = |period: usize| {
            width.is_multiple_of(period)
                && (period..width).all(|column| is_same(column, column - period))
                && ((0..period).any(names)
                    || (period..width).all(|it| self.header[it] == self.header[it - period]))
                && self.header.iter().take(period).all(|header| !header.trim().is_empty())
        };
        let Some(period) = (2..=width / 2).find(|period| repeats(*period)) else { return vec![self] };
        let part = |first: usize| {
            let cells = |row: &SheetRow| -> Vec<Cell> {
                row.cells.iter().skip(first).take(period).cloned().collect()
            };
            let rows = self.rows.iter().map(|row| SheetRow { number: row.number, cells: cells(row) });
            Self {
                header: self.header[first..first + period].to_vec(),
                rows: rows.filter(|row| !row.is_blank()).collect(),
                first_column: first,
                taken: if first == 0 { self.taken.clone() } else { Vec::new() },
                dropped: if first == 0 { self.dropped.clone() } else { Vec::new() },
                warnings: if first == 0 { self.warnings.clone() } else { Vec::new() },
                ..self.clone()
            }
        };
        (0..width).step_by(period).map(part).collect()
    }

    /// The lines that stand above a row, as far as the next lines above it.
    pub fn preamble_of(&self, number: usize) -> &[String] {
        let last = self.preambles.iter().rev().find(|(row, _)| *row <= number);
        last.map(|(_, lines)| &lines[..]).unwrap_or_default()
    }

    /// The cells of a column that say something.
    pub fn filled(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.cells.get(column)).filter(|cell| !cell.is_blank())
    }

    /// Whether no row says anything in a column.
    pub fn is_blank(&self, column: usize) -> bool {
        self.filled(column).next().is_none()
    }
}
