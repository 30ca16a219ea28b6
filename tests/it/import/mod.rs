//! Tables brought in and taken out.

mod commands;
mod files;
mod forms;
mod refusals;
mod rows;
