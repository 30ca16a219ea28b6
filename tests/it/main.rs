//! The one integration test: the built program, run in folders of its own.
//!
//! A module is a command or a topic. Whole outputs are compared; `SNAPSHOTS=overwrite cargo test` accepts new ones.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::needless_raw_string_hashes, reason = "accepted outputs are written so")]
#![expect(clippy::too_many_lines, reason = "whole outputs stand beside the command lines")]

mod agreement;
mod check;
mod closing;
mod examples;
mod field_help;
mod handed_over;
mod help;
mod hostile;
mod identity;
mod import;
mod languages;
mod layers;
mod migrate;
mod model;
mod narrowed;
mod own_fields;
mod plausible;
mod query;
mod readme;
mod reasons;
mod records;
mod recount;
mod sample;
mod sandbox;
mod seal;
mod stages;
mod store;
mod summary;
mod suppress;
mod terminal;
mod years;
