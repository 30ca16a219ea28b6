//! How much a file may ask for. Every limit is named in the message of what it refuses.

use crate::import::read::error::ReadError;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// The limits of one import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a file, and of the text in its cells.
    pub bytes: u64,
    /// The bytes of everything in an archive.
    pub unpacked: u64,
    /// The rows of a file.
    pub rows: usize,
    /// The cells of a file.
    pub cells: usize,
    /// The columns of a sheet.
    pub columns: usize,
    /// The characters of one cell; a spreadsheet program has room for 32,767.
    pub characters: usize,
    /// The seconds a workbook may take to read.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 50 * MEGABYTE,
            unpacked: 500 * MEGABYTE,
            rows: 250_000,
            cells: 3_000_000,
            columns: 1024,
            characters: 32_767,
            seconds: 10,
        }
    }
}

/// A million bytes, as people count files.
pub const MEGABYTE: u64 = 1_000_000;

impl Limits {
    /// The memory a reader may take for a file of so many bytes: in proportion to the file.
    pub fn memory(&self, bytes: u64) -> u64 {
        bytes.saturating_mul(8).saturating_add(256 * MEGABYTE)
    }
}

/// What was taken from a file so far.
#[derive(Debug, Default)]
pub struct Tally {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Tally {
    /// Counts a row.
    pub fn row(&mut self, limits: &Limits) -> Result<(), ReadError> {
        self.rows += 1;
        let excess = || text!("has more than {rows} rows", "超过 {rows} 行", rows = limits.rows);
        if self.rows > limits.rows { Err(too_large(excess(), "--max-rows")) } else { Ok(()) }
    }

    /// Counts cells, and the bytes of the text in them.
    pub fn cells(&mut self, cells: usize, text: usize, limits: &Limits) -> Result<(), ReadError> {
        self.cells = self.cells.saturating_add(cells);
        self.text = self.text.saturating_add(text);
        if self.cells > limits.cells {
            return Err(too_large(
                text!("has more than {cells} cells", "超过 {cells} 个单元格", cells = limits.cells),
                "--max-cells",
            ));
        }
        if u64::try_from(self.text).unwrap_or(u64::MAX) > limits.bytes {
            let excess = text!(
                "has more than {megabytes} MB of text in its cells",
                "单元格中的文字超过 {megabytes} MB",
                megabytes = limits.bytes / MEGABYTE
            );
            return Err(too_large(excess, "--max-mb"));
        }
        Ok(())
    }
}

fn too_large(message: Text, option: &str) -> ReadError {
    ReadError::new(
        &rule::TOO_LARGE,
        message,
        text!("divide it, or allow more with `{option}`", "请拆分文件，或用 {option} 放宽"),
    )
}
