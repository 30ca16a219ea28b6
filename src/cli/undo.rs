//! `kunpeng undo` and `kunpeng redo`

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::session::{Loaded, Session, Write, dry_run, for_writing, nothing_to_change, records};
use crate::model::change::Change;
use crate::model::text::Text;
use crate::report::change::change_table;
use crate::store::history::{ChangeKind, Note};
use crate::store::image::FileChange;
use crate::store::replay::{Reversal, edit_of};
use crate::text;

/// Undo a change ‖ 撤销一次变更
///
/// A new change puts every file back as it was, to the byte. If later changes touched the same records, nothing
/// is done, unless `--only` limits it to the records that nothing touched since.
/// ‖ 以一次新变更把各文件逐字节恢复原状。若之后的变更动过同样的记录，则不作改动；用 `--only` 可只恢复此后未动过的记
/// 录。
#[derive(Debug, Args)]
pub struct Undo {
    /// Number of the change [default: the last one not undone] ‖ 变更编号 [默认：最近一次未撤销的变更]
    change: Option<u64>,
    /// Skip records changed since ‖ 跳过此后改动过的记录
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    write: Write,
}

/// Redo a change that was undone ‖ 重做一次已撤销的变更
#[derive(Debug, Args)]
pub struct Redo {
    /// Number of the change [default: the one undone last] ‖ 变更编号 [默认：最近撤销的变更]
    change: Option<u64>,
    /// Skip records changed since ‖ 跳过此后改动过的记录
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    write: Write,
}

impl Undo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let none = || {
            Failure::undone(
                text!("there is nothing to undo", "没有可撤销的变更"),
                text!("`kunpeng log` lists the changes", "可用 kunpeng log 查看变更记录"),
            )
        };
        let id = self.change.map_or_else(|| loaded.store.last_done(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        let reversal = loaded.store.reversal(loaded.store.entry(id)?, false)?;
        let files = chosen(reversal, self.only, id)?;
        let done =
            text!("undid change {id}: {count}", "已撤销变更 {id}：{count}", count = records(files.len()));
        carry_out(session, &loaded, files, &self.write, &Deed { kind: ChangeKind::Undo(id), done })
    }
}

impl Redo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let none = || {
            Failure::undone(
                text!("no change was undone", "没有被撤销的变更"),
                text!("`kunpeng log` lists the changes", "可用 kunpeng log 查看变更记录"),
            )
        };
        let id =
            self.change.map_or_else(|| loaded.store.last_undone(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        let reversal = loaded.store.reversal(loaded.store.entry(id)?, true)?;
        let files = chosen(reversal, self.only, id)?;
        let done =
            text!("redid change {id}: {count}", "已重做变更 {id}：{count}", count = records(files.len()));
        carry_out(session, &loaded, files, &self.write, &Deed { kind: ChangeKind::Redo(id), done })
    }
}

/// A store that is not sound can be put right by taking back what made it so.
fn loaded(session: &Session<'_>, write: &Write) -> Result<Loaded, Failure> {
    if write.dry_run {
        return for_writing(session.load()?);
    }
    let store = session.store()?;
    let writer = session.take(&store)?;
    Ok(Loaded { snapshot: writer.load()?, store, writer: Some(writer) })
}

fn chosen(reversal: Reversal, only: bool, id: u64) -> Result<Vec<FileChange>, Failure> {
    if reversal.blocked.is_empty() || only {
        return Ok(reversal.files);
    }
    let lines = reversal.blocked.iter().map(|(path, changes)| {
        let numbers: Vec<String> = changes.iter().map(ToString::to_string).collect();
        if numbers.is_empty() {
            text!("{path}: edited by hand", "{path}：手工修改")
        } else {
            text!("{path}: change {numbers}", "{path}：变更 {numbers}", numbers = numbers.join(", "))
        }
    });
    let count = reversal.blocked.len();
    let records = if count == 1 { "a record" } else { "records" };
    Err(Failure::undone(
        text!(
            "{count} of the files of change {id} were changed since; nothing was changed",
            "变更 {id} 涉及的文件中有 {count} 个此后又被修改，没有改动任何记录"
        ),
        text!(
            "undo the later changes first, or give `--only` to leave out {records} changed since:\n{lines}",
            "请先撤销后来的变更，或用 --only 略过此后又被修改的记录：\n{lines}",
            lines = Text::join(&lines.collect::<Vec<_>>(), "\n", "\n")
        ),
    ))
}

/// What a change of files is, and what is said once it is made.
pub struct Deed {
    pub kind: ChangeKind,
    pub done: Text,
}

/// Gives files new contents, or shows what would change in them.
pub fn carry_out(
    session: &Session<'_>,
    loaded: &Loaded,
    files: Vec<FileChange>,
    write: &Write,
    deed: &Deed,
) -> Result<(), Failure> {
    if files.is_empty() {
        session.ui.say(&nothing_to_change());
        return Ok(());
    }
    let found = loaded.store.faults_with(&loaded.snapshot, &files)?;
    if !found.is_empty() {
        return Err(loaded.refused(found));
    }
    let Some(writer) = loaded.writer.as_ref().filter(|_| !write.dry_run) else {
        let change = Change { edits: files.iter().filter_map(edit_of).collect() };
        session.print(&[change_table(&session.view(loaded.records()), &change)], &Output::default())?;
        session.ui.say(&dry_run());
        return Ok(());
    };
    writer.replace(files, Note { kind: deed.kind, ..session.note(write.reason.as_deref()) })?;
    session.tell(writer);
    session.ui.say(&deed.done);
    Ok(())
}
