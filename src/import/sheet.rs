//! A table of text cells with their places in the file they come from.

use crate::model::finding::Place;

/// One table of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file, as it was named.
    pub file: String,
    /// The header, as written.
    pub header: Vec<String>,
    /// The line of the header; 0 where it was given on the command line.
    pub header_row: usize,
    /// The rows below the header.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, counted from 1.
    pub number: usize,
    /// Its cells, as written.
    pub cells: Vec<String>,
}

impl Sheet {
    /// The place of a cell; `column` counted from 0.
    pub fn cell(&self, row: &Row, column: usize) -> Place {
        let text = row.cells.get(column).cloned().unwrap_or_default();
        Place::Cell { file: self.file.clone(), row: row.number, column: Some(column + 1), text }
    }

    /// The place of a row.
    pub fn row(&self, number: usize) -> Place {
        Place::Cell { file: self.file.clone(), row: number, column: None, text: String::new() }
    }

    /// The place of a header.
    pub fn head(&self, column: usize) -> Place {
        let text = self.header.get(column).cloned().unwrap_or_default();
        Place::Cell { file: self.file.clone(), row: self.header_row, column: Some(column + 1), text }
    }
}
