//! Why a file cannot be read as a table at all.

use crate::model::finding::{Finding, Place};
use crate::model::rule::{self, Rule};
use crate::model::text::Text;
use crate::text;

/// A file that is not read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadError {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// What was found; the file is named before it.
    pub message: Text,
    /// The way out.
    pub help: Option<Text>,
    /// The row or line, where one is meant.
    pub row: Option<usize>,
    /// The sheet, where one is meant.
    pub sheet: Option<String>,
}

impl ReadError {
    /// An error of the whole file.
    pub fn new(rule: &'static Rule, message: impl Into<Text>, help: impl Into<Text>) -> Self {
        Self { rule, message: message.into(), help: Some(help.into()), row: None, sheet: None }
    }

    /// A workbook that is broken.
    pub fn broken(why: impl Into<Text>) -> Self {
        Self::new(
            &rule::UNREADABLE_TABLE,
            text!("is a broken workbook: {why}", "是损坏的工作簿：{why}", why = why.into()),
            text!(
                "open it in a spreadsheet program and save it again as .xlsx",
                "请用电子表格软件打开，另存为 .xlsx"
            ),
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
        let finding = Finding::new(
            self.rule,
            text!("`{file}` {message}", "“{file}”{message}", message = self.message),
            place,
        );
        Finding { help: self.help, ..finding }
    }
}
