//! `kunpeng status`

use clap::Args;

use super::failure::Failure;
use super::session::{Output, Session};
use crate::model::check;
use crate::report::status;

/// Show on one screen the editions, what is due and what `check` finds
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    output: Output,
}

impl Status {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = session.load()?;
        if loaded.snapshot.is_pending {
            let change = loaded.snapshot.change;
            session.ui.say(&format!(
                "change {change} is made; the next command that writes puts its files in place"
            ));
        }
        // A damaged HEAD is among the findings.
        if let Ok(Some(change)) = loaded.store.not_made() {
            session.ui.say(&format!("change {change} was begun, and was not made"));
        }
        let warnings = check::warnings(loaded.records(), session.environment.today);
        let findings = loaded.snapshot.findings.len() + warnings.len();
        session.print(&status(&session.view(loaded.records()), findings), &self.output)
    }
}
