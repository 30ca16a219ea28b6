//! `kunpeng completions`

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::session::Session;

/// Print the completions for a shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "kunpeng", &mut script);
        session.ui.result(&script)
    }
}
