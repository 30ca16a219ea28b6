//! Tables brought in and taken out.

mod as_seen;
mod bad_input;
mod commands;
mod files;
mod forms;
mod identity;
mod layout;
mod many_faults;
mod offices;
mod refusals;
pub mod round_trip;
mod rows;
mod shown;
