//! Tables brought in and taken out.

mod commands;
mod files;
mod forms;
mod layout;
mod offices;
mod refusals;
mod round_trip;
mod rows;
mod shown;
