//! `kunpeng`: records, imports and closing tables for enterprise-cultivation programmes that run in editions.
//!
//! The map of the house. Arrows point to what a layer may use; `tests/it/layers.rs` refuses any other.
//!
//! ```text
//! main ─→ cli ─→ import ─┐
//!          ├───→ report ─┼─→ model
//!          ├───→ store ──┘
//!          └───→ render ──→ report::{table, chart, document} (and the model's plain types)
//! ```
//!
//! - [`cli`]: the terminal, one file a command; `ui.rs` is the only writer to stdout and stderr.
//! - [`import`]: tables brought in: sheet → columns → rows → plan. Does not know the store.
//! - [`model`]: what records mean. Pure.
//! - [`report`]: questions to the records, answered as typed tables. Pure.
//! - [`render`]: tables and findings to bytes, a file a format. Pure.
//! - [`store`]: records on disk, the only code that touches the data folder.
//!
//! On disk: `DATA/programme.toml`, and one file a record in `industries/`, `editions/`, `enterprises/`,
//! `activities/`, `contacts/`, `rulesets/`; the lock and the history of changes in `.kunpeng/`; see the README.

pub mod cli;
pub mod import;
pub mod model;
pub mod render;
pub mod report;
pub mod store;
