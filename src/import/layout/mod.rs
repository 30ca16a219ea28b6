//! From a sheet to a table: [`find()`](find::find) looks for the [`header`] under titles and unit lines, for the
//! [`footer`] below the rows and for the [`preamble`] of a sign-in sheet; [`header_text`] takes a header apart.

mod body;
mod faults;
pub mod find;
pub mod footer;
mod form;
pub mod header;
pub mod header_text;
mod other_table;
pub mod preamble;
mod sums;
pub mod table;
