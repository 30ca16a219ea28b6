//! Tables brought in and taken out.

mod commands;
mod files;
mod forms;
mod offices;
mod refusals;
mod rows;
mod shown;
