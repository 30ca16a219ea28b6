//! `kunpeng summary`

use clap::Args;

use super::failure::Failure;
use super::member::edition_meant;
use super::output::Output;
use super::session::Session;
use crate::report::summary::{compare, summary};

/// Print the closing tables of an edition
///
/// Thirteen tables, each with its counting rule under it: overview, enterprises by industry, town, size and module,
/// targets, activities by aspect, attendance, recognitions, platforms, indicators, projects, needs. Figures of an
/// open edition are counted up to today.
#[derive(Debug, Args)]
pub struct Summary {
    /// The edition
    edition: String,
    /// Set its figures beside those of another edition
    #[arg(long, value_name = "EDITION")]
    compare: Option<String>,
    /// Count the store as it was after a change; `kunpeng log` lists them
    #[arg(long, value_name = "CHANGE", alias = "at")]
    rev: Option<u64>,
    #[command(flatten)]
    output: Output,
}

impl Summary {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        self.output.wanted()?;
        let loaded = session.sound_at(self.rev)?;
        let records = loaded.records();
        let view = session.view(records);
        let edition = edition_meant(records, &self.edition)?;
        let tables = match &self.compare {
            None => summary(&view, &edition),
            Some(other) => compare(&view, &[edition, edition_meant(records, other)?]),
        };
        session.print(&tables, &self.output)
    }
}
