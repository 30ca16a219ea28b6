//! Tables brought in: bytes → [`form`] → [`grid`] → [`table`] → [`mod@column`]s → [`row`]s → [`plan`]. It knows the
//! records but not where they are stored: what comes out is a change, or everything that is wrong with the file.
//! [`export`] is the way back: records as rows under the same columns.
//!
//! [`read`] leads from the bytes to the sheets. [`decode`], [`separated`], [`json`] and [`workbook`] are the readers;
//! [`header`], [`heading`] and [`foot`] find the parts of a table, [`known`] has the names of columns, [`role`] and
//! [`cell`] the rules for one cell, [`book`] finds enterprises and [`vocabulary`] words, [`near`] what may have been
//! meant; [`line`] and [`work`] carry a row to its record.

pub mod book;
pub mod cell;
pub mod column;
pub mod decode;
pub mod export;
pub mod foot;
pub mod form;
pub mod grid;
pub mod header;
pub mod heading;
pub mod json;
pub mod jump;
pub mod kind;
pub mod known;
pub mod limits;
pub mod line;
pub mod maps;
pub mod near;
pub mod options;
pub mod plan;
pub mod read;
pub mod refusal;
pub mod refused;
pub mod role;
mod row;
pub mod saved;
pub mod separated;
pub mod sheet;
pub mod signin;
pub mod table;
mod vocabulary;
mod work;
pub mod workbook;
