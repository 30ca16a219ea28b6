//! `kunpeng completions`

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::session::Session;

/// Print shell completions ‖ 输出命令行补全脚本
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell ‖ shell 名称
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut super::help::localized(super::command(), session.ui.lang()),
            "kunpeng",
            &mut script,
        );
        session.ui.result(&script)
    }
}
