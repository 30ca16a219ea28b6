//! How much a file may ask for. Every limit is named in the message of what it refuses.

/// The limits of one import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a file.
    pub bytes: u64,
    /// The bytes of everything in an archive.
    pub unpacked: u64,
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
            bytes: 100 * MEGABYTE,
            unpacked: 1024 * MEGABYTE,
            cells: 20_000_000,
            columns: 1024,
            characters: 32_767,
            seconds: 60,
        }
    }
}

/// A million bytes, as people count files.
pub const MEGABYTE: u64 = 1_000_000;

impl Limits {
    /// The memory a reader may take for a file of so many bytes: in proportion to the file.
    pub fn memory(&self, bytes: u64) -> u64 {
        bytes.saturating_mul(16).saturating_add(384 * MEGABYTE)
    }
}
