//! Tables brought in, in stages that each use only those before them:
//!
//! 1. [`read`]: bytes → sheets, as they stand in the file.
//! 2. [`layout`]: sheet → table: title, unit line, header, rows, totals, notes.
//! 3. [`columns`]: headers → fields, by ids, synonyms and the user's own mapping.
//! 4. [`rows`]: cells → values, and what they refer to.
//! 5. [`plan`]: rows → a change of the records, or everything that is wrong with the file.
//!
//! What a word means here:
//!
//! | word | meaning |
//! |---|---|
//! | workbook, sheet | a file of a spreadsheet program, and one of its [sheets](read::sheet::Sheet); a text file is one sheet |
//! | table | a [header with the rows below it](layout::table::DataTable); a sheet may have several |
//! | row | of a sheet or a table, numbered as in the file; with its columns a [`RowView`](rows::row::RowView) |
//! | line | of text: of a file that is no workbook, of what stands above a header, of a terminal |
//! | header | the names of the columns; one level of several, or all joined |
//! | section title | a row within a table that names the rows below it |
//! | form | a sheet of one enterprise with [labels beside values](layout) in place of a header |
//! | format | how something is written: a [file](read::format::FileFormat), a number in a cell |
//! | refused row | a row that cannot be imported; a file that cannot be read is a [`ReadError`](read::error::ReadError) |
//! | header map, word map | the field a header stands for, the id a word of a cell does, as the user says on the command line or [saved](columns::saved_map) before |
//!
//! It knows the records but not where they are stored. [`export`] is the way back: records as rows under the same
//! columns.

pub mod columns;
pub mod export;
pub mod layout;
pub mod plan;
pub mod read;
pub mod rows;
