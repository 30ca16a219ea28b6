//! A sheet as it stands in a file, before anything is known of it: cells with their kind, merges, what is hidden.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::name::is_invisible;

/// What a cell is, by the file's own account. Text files have only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKind {
    /// Text, or nothing.
    Text,
    /// A number, with every digit the file has.
    Number,
    /// A day, `2023-11-16`, perhaps with a time of day after it.
    Date,
    /// Yes or no.
    Bool,
    /// An error of the spreadsheet program: `#REF!`.
    Error,
    /// Several values in one, as JSON.
    Nested,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is.
    pub kind: CellKind,
    /// What it says.
    pub text: SmolStr,
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<SmolStr>) -> Self {
        Self { kind: CellKind::Text, text: text.into() }
    }

    /// A cell with nothing in it.
    pub fn empty() -> Self {
        Self::text("")
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        trimmed(&self.text).is_empty()
    }
}

/// How what a cell shows differs from what it stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownAs {
    /// It is written another way: with words around it, padded, as a percentage, as a month.
    Written,
    /// It is divided by this power of ten.
    Scaled(u32),
    /// It is a day without its year, which is this.
    Yearless(i32),
    /// Nobody who looks at it could say what it is.
    Unclear,
}

/// What a cell stores that shows something else. The cell has what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The value.
    pub text: SmolStr,
    /// How what is shown differs from it.
    pub how: ShownAs,
}

/// What cells store that show something else, by row, counted from 1, and column, counted from 0.
pub type StoredCells = BTreeMap<(usize, usize), Stored>;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the file, counted from 1.
    pub number: usize,
    /// Its cells up to the last that says something.
    pub cells: Vec<Cell>,
}

impl SheetRow {
    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The cells that say something, with their places counted from 0.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_blank())
            .map(|(column, cell)| (column, trimmed(&cell.text)))
    }
}

/// A text without white space and characters that nobody sees around it.
pub fn trimmed(text: &str) -> &str {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c) && c != '\0')
}

/// Cells shown as one. Rows and columns are counted from 0, both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The first and the last row.
    pub rows: (usize, usize),
    /// The first and the last column.
    pub columns: (usize, usize),
}

impl Merge {
    /// Whether a cell is part of it.
    pub fn covers(&self, row: usize, column: usize) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }

    /// Whether a cell is part of it and not the one that has the text.
    pub fn hides(&self, row: usize, column: usize) -> bool {
        self.covers(row, column) && (row, column) != (self.rows.0, self.columns.0)
    }
}

/// The format a sheet came in, and in which rows are given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SourceFormat {
    /// A workbook.
    #[default]
    Workbook,
    /// Text with separators.
    Separated {
        /// The encoding.
        encoding: &'static encoding_rs::Encoding,
        /// Whether it began with a byte order mark.
        has_mark: bool,
        /// What stands between cells.
        separator: u8,
    },
    /// A list of objects.
    Json,
    /// An object a line.
    JsonLines,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, in a workbook.
    pub name: Option<String>,
    /// Whether the workbook hides it.
    pub is_hidden: bool,
    /// The headers, where they do not stand in a row: JSON, or given by the user.
    pub header: Option<Vec<String>>,
    /// The rows that say something.
    pub rows: Vec<SheetRow>,
    /// What cells store that show something else.
    pub stored: StoredCells,
    /// Cells shown as one.
    pub merges: Vec<Merge>,
    /// Hidden rows, counted from 1.
    pub hidden_rows: Vec<usize>,
    /// Hidden columns, counted from 0.
    pub hidden_columns: Vec<usize>,
    /// Whether serial days are counted from 1904.
    pub is_1904: bool,
    /// The format it came in.
    pub source_format: SourceFormat,
}

impl Sheet {
    /// Whether a short row is a fault: in text each row has all its separators.
    pub fn is_separated(&self) -> bool {
        matches!(self.source_format, SourceFormat::Separated { .. })
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(SheetRow::is_blank)
    }
}
