//! Why a file cannot be read as a table at all.

use crate::model::finding::{Finding, Place};
use crate::model::rule::{self, Rule};

/// A file that is not read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadError {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// What was found; the file is named before it.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// The row or line, where one is meant.
    pub row: Option<usize>,
    /// The sheet, where one is meant.
    pub sheet: Option<String>,
}

impl ReadError {
    /// A refusal of the whole file.
    pub fn new(rule: &'static Rule, message: impl Into<String>, help: &str) -> Self {
        Self { rule, message: message.into(), help: Some(help.to_owned()), row: None, sheet: None }
    }

    /// A workbook that is broken.
    pub fn broken(why: impl std::fmt::Display) -> Self {
        Self::new(
            &rule::UNREADABLE_TABLE,
            format!("is a broken workbook: {why}"),
            "open it in a spreadsheet program and save it again as .xlsx",
        )
    }

    /// At a row.
    #[must_use]
    pub fn at(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    /// As a finding of a file.
    pub fn of(self, file: &str) -> Finding {
        let place = Place::Cell {
            file: file.to_owned(),
            sheet: self.sheet,
            row: self.row.unwrap_or(0),
            column: None,
            text: String::new(),
        };
        let finding = Finding::new(self.rule, format!("`{file}` {}", self.message), place);
        Finding { help: self.help.map(Into::into), ..finding }
    }
}
