//! Questions to the records, answered as tables. Pure: the records, the day and the language are arguments.

pub mod table;
