//! What records mean. Pure: no files, no terminal, no clock, no command line.
//!
//! [`value`] is plain data and [`shape`] turns it into typed records and back; each record and each type of
//! field has its own file; [`records`] is a whole store in memory, [`lookup`] finds things in it, [`check`]
//! judges it against the catalogue of [`rule`]s, [`change`] is the difference between two states, and [`migration`]
//! leads from older formats to the present one.

pub mod activity;
pub mod alignment;
pub mod amount;
pub mod candidacy;
pub mod change;
pub mod check;
pub mod class;
pub mod code;
pub mod contact;
pub mod date;
pub mod edition;
pub mod enterprise;
pub mod entry;
pub mod expiry;
pub mod field;
pub mod figure;
pub mod finding;
pub mod id;
pub mod industry;
pub mod json;
pub mod kind;
pub mod label;
pub mod lang;
pub mod lookup;
pub mod membership;
pub mod merge;
pub mod meter;
pub mod migration;
pub mod name;
pub mod nearest;
pub mod need;
pub mod nfkc;
pub mod own_field;
pub mod period;
pub mod personal;
pub mod platform;
pub mod programme;
pub mod project;
pub mod recognition;
pub mod records;
pub mod rename;
pub mod reversal;
pub mod rule;
pub mod ruleset;
pub mod separated;
pub mod shape;
pub mod share;
pub mod text;
pub mod time_of_day;
pub mod value;
pub mod word;
