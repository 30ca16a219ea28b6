//! `kunpeng history prune` and `kunpeng enterprise erase-contacts`: history made shorter on purpose.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::load::{Loaded, for_writing, take, tell};
use super::merge::Merge;
use super::named::record_named;
use super::record::RecordCommand;
use super::session::Session;
use super::write::Write;
use crate::model::kind::Kind;
use crate::model::text::Text;
use crate::text;

/// What can be done with history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Forget changes made before a day; records stay as they are ‖ 清除某日之前的变更记录，数据不变
    Prune(Prune),
}

/// Options of `history prune`.
#[derive(Debug, Args)]
pub struct Prune {
    /// First day to keep ‖ 保留的第一天
    #[arg(long, value_name = "DATE")]
    before: NaiveDate,
    /// Show how many changes would be forgotten ‖ 只显示将清除多少次变更，不实际清除
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for confirmation ‖ 不再询问确认
    #[arg(long)]
    yes: bool,
}

/// What can be done with enterprises.
#[derive(Debug, Subcommand)]
pub enum EnterpriseCommand {
    #[command(flatten)]
    Record(RecordCommand),
    /// Merge two records of one enterprise, with every reference ‖ 合并同一企业的两条记录，并更新所有引用
    Merge(Merge),
    /// Erase an enterprise's contacts from records and history for good
    /// ‖ 从记录和变更记录中永久清除一家企业的联系人信息
    EraseContacts(EraseContacts),
}

/// Options of `enterprise erase-contacts`.
#[derive(Debug, Args)]
pub struct EraseContacts {
    /// Enterprise; a removed one by its id ‖ 企业；已删除的企业用 id
    id: String,
    #[command(flatten)]
    write: Write,
}

/// A number of changes, in words.
fn changes(count: usize) -> Text {
    let en = if count == 1 { "change" } else { "changes" };
    text!("{count} {en}", "{count} 次变更")
}

impl HistoryCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let Self::Prune(Prune { before, dry_run, yes }) = self;
        let store = for_writing(Loaded::any(session)?)?.store;
        let day = before.to_string();
        if dry_run {
            let made = changes(store.prunable(&day)?.len());
            session.ui.say(&text!(
                "{made} before {before} would be dropped",
                "将清除 {before} 之前的{made}",
                made = made
            ));
            session.ui.say(&text!("dry run: nothing was dropped", "试运行：没有清除任何变更记录"));
            return Ok(());
        }
        if !yes {
            session.ui.confirm(&text!(
                "Drop every change before {before}?",
                "清除 {before} 之前的全部变更记录？"
            ))?;
        }
        match take(session, &store)?.prune(&day)? {
            0 => {
                session.ui.say(&text!(
                    "nothing to drop: no change but the last was made before {before}",
                    "没有可清除的记录：{before} 之前没有变更，或只有最后一次"
                ));
            }
            count => {
                let made = changes(count);
                session.ui.say(&text!(
                    "dropped {made} made before {before}: this cannot be undone",
                    "已清除 {before} 之前的{made}，无法撤销",
                    made = made
                ));
            }
        }
        Ok(())
    }
}

impl EnterpriseCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Record(command) => command.run(Kind::Enterprise, session),
            Self::Merge(command) => command.run(session),
            Self::EraseContacts(command) => command.run(session),
        }
    }
}

impl EraseContacts {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = for_writing(Loaded::any(session)?)?;
        let found = record_named(loaded.records(), Kind::Enterprise, &self.id);
        let id = match found {
            Ok(record) => record.id.to_string(),
            Err(_) if loaded.store.knows_contacts(&self.id)? => self.id.clone(),
            Err(failure) => return Err(failure),
        };
        self.write.confirm(
            session,
            &text!(
                "Erase the contacts of `{id}` from records and history?",
                "从记录和变更记录中清除“{id}”的联系信息？"
            ),
        )?;
        let paths = loaded.store.contact_files(&id)?;
        if self.write.dry_run {
            session.ui.say(&text!(
                "the contacts of `{id}` would be erased: {paths}",
                "将清除“{id}”的联系信息：{paths}",
                id = id,
                paths = paths
            ));
            session.ui.say(&text!("dry run: nothing was erased", "试运行：没有清除任何内容"));
            return Ok(());
        }
        let writer = take(session, &loaded.store)?;
        let paths = loaded.store.contact_files(&id)?;
        let found = writer.erase(&paths, session.note(self.write.reason.as_deref()))?;
        tell(session, &writer);
        session.ui.say(&text!(
            "erased the contacts of `{id}` from the records and from {count} of history",
            "已从记录和 {count} 变更记录中清除“{id}”的联系信息",
            count = changes(found.changes)
        ));
        if !found.records.is_empty() {
            session.ui.warn(&text!(
                "what was erased also stands in {records}: change it there",
                "被清除的内容还出现在 {records}：请在其中改去",
                records = found.records
            ));
        }
        if !found.entries.is_empty() {
            session.ui.warn(&text!(
                "what was erased also stands in other records or words of change {ids}: `kunpeng history prune` drops old changes",
                "被清除的内容还出现在变更 {ids} 的其他记录或说明中：可用 kunpeng history prune 清除旧的变更",
                ids = found.entries
            ));
        }
        session.ui.say(&text!(
            "copies elsewhere, in backups or in git, are not touched",
            "备份、git 等其他副本不受影响"
        ));
        Ok(())
    }
}
