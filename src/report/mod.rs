//! Questions to the records, answered as tables. Pure: the records, the day and the language are arguments.
//!
//! [`view`] is what every question is asked of, [`cohort`] the enterprises it is about and [`span`] the days
//! that count for each of them; [`counted`] tables keep what their figures are made of, the [`evidence`], which [`why`] shows. [`summary`] makes the tables of the closing day, [`named`] the reports that can
//! be asked for by name, [`list`] and [`entries`] what `list` shows, [`query`] which rows and columns of them are wanted, [`show`] one
//! record whole, [`document`] puts tables, their [`chart`]s and the [`basis`] of their figures into what is handed over, [`outline`] the tables of
//! an edition; [`change`] and [`import`] what would be written, [`mod@status`] the first screen. All words
//! people read stand in [`label`].

pub mod as_of;
pub mod basis;
pub mod change;
pub mod chart;
pub mod cohort;
pub mod counted;
pub mod detail;
pub mod diff;
pub mod document;
pub mod dossier;
pub mod due;
pub mod editions;
pub mod engagement;
pub mod entries;
pub mod evidence;
pub mod expect;
pub mod filter;
#[cfg(test)]
mod fixture;
pub mod growth;
pub mod import;
pub mod industries;
pub mod label;
pub mod list;
pub mod log;
pub mod missing;
pub mod named;
pub mod outline;
pub mod own_field;
pub mod presence;
pub mod query;
pub mod reasons;
pub mod redact;
pub mod roster;
mod says;
pub mod sealed;
pub mod show;
pub mod size;
pub mod span;
pub mod status;
pub mod sum;
pub mod summary;
pub mod suppress;
pub mod table;
pub mod view;
pub mod why;

pub use filter::Filter;
pub use named::{ReportName, report};
pub use status::status;
pub use view::View;
