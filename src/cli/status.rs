//! `kunpeng status`

use clap::Args;

use super::failure::Failure;
use super::load::Loaded;
use super::output::Output;
use super::session::Session;
use crate::model::check;
use crate::report::{expect, status};
use crate::text;

/// Show editions, what is due and what `check` finds ‖ 一屏显示各期概况、到期事项和检查结果
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    output: Output,
}

impl Status {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::any(session)?;
        if loaded.snapshot.is_pending {
            let change = loaded.snapshot.change;
            session.ui.say(&text!(
                "change {change} is made; the next command that writes puts its files in place",
                "变更 {change} 已完成；下一个写入命令会将其文件就位"
            ));
        }
        // A damaged HEAD is among the findings.
        if let Ok(Some(change)) = loaded.store.not_made() {
            session.ui.say(&text!(
                "change {change} was begun, and was not made",
                "变更 {change} 已开始，但没有完成"
            ));
        }
        let broken = &loaded.records().broken;
        if let Some(first) = broken.first() {
            session.ui.warn(&text!(
                "the figures leave out what cannot be read: {what}; `kunpeng check` says why",
                "以下各数不含无法读取的记录：{what}；原因可用 kunpeng check 查看",
                what = match broken.len() {
                    1 => text!("{first}", "{first}", first = first),
                    count => text!("{count} records", "{count} 个记录"),
                }
            ));
        }
        let warnings = check::warnings(loaded.records(), session.environment.today);
        let view = session.view(loaded.records());
        let findings = loaded.snapshot.findings.len() + warnings.len() + expect::unmet(&view).len();
        self.output.print(session, &status(&view, findings))
    }
}
