//! Tables brought in: bytes → [`read`] → [`sheet`] → [`mod@column`]s → [`row`]s → [`plan`]. It knows the records but
//! not where they are stored: what comes out is a change, or everything that is wrong with the file. [`export`] is the way
//! back: records as rows under the same columns.

pub mod book;
pub mod cell;
pub mod column;
pub mod export;
pub mod kind;
pub mod plan;
pub mod read;
mod row;
pub mod sheet;
