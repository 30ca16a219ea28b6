//! From cells to values: a [`row`] is asked by field, [`index`] finds enterprises and [`vocabulary`] words, exactly and
//! never by a guess, the latter also by their [`parts`]; [`suggestion`] says what may have been meant.

pub mod index;
pub mod parts;
pub mod row;
mod shown;
pub mod suggestion;
pub mod value;
pub mod vocabulary;
