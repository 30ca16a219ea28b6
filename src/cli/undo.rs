//! `kunpeng undo` and `kunpeng redo`

use clap::Args;

use super::failure::Failure;
use super::load::{Loaded, for_writing, take, tell};
use super::output::Output;
use super::session::Session;
use super::write::{Write, dry_run, nothing_to_change, records};
use crate::model::change::Change;
use crate::model::text::Text;
use crate::report::change::change_table;
use crate::store::history::{ChangeKind, Note};
use crate::store::image::FileChange;
use crate::store::replay::{Again, Reversal, TakenBack, edit_of};
use crate::store::{Store, StoreError};
use crate::text;

/// Undo a change ‖ 撤销一次变更
///
/// A new change puts back what this one changed: to the byte where nothing came after, else value by value. If some of
/// it was changed again since, nothing is done and what it is is listed; `--only` takes back the rest.
/// ‖ 以一次新变更恢复此次变更所改的内容：此后未再改动的文件逐字节恢复，其余逐项恢复。若其中有内容此后又被修改，则不作改动
/// 并逐项列出；用 `--only` 可撤销其余部分。
#[derive(Debug, Args)]
pub struct Undo {
    /// Number of the change [default: the last one not undone] ‖ 变更编号 [默认：最近一次未撤销的变更]
    change: Option<u64>,
    /// Leave what was changed again since, and take back the rest ‖ 保留此后又被修改的内容，撤销其余部分
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
    /// Leave what was changed again since, and redo the rest ‖ 保留此后又被修改的内容，重做其余部分
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    write: Write,
}

impl Undo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let store = &loaded.store;
        let none =
            || Failure::undone(text!("there is nothing to undo", "没有可撤销的变更"), log_lists_them());
        let id = self.change.map_or_else(|| store.last_done(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        may_be_undone(store, id, self.only)?;
        let reversal = store.reversal(&[id])?;
        refuse_unless(self.only, &reversal, id)?;
        let count = records(reversal.files.len());
        let in_part = !reversal.again.is_empty();
        let done = if in_part {
            text!("undid change {id} in part: {count}", "已部分撤销变更 {id}：{count}", count = count)
        } else {
            text!("undid change {id}: {count}", "已撤销变更 {id}：{count}", count = count)
        };
        let deed = Deed { kind: ChangeKind::Undo { of: id, in_part }, done };
        carry_out(session, &loaded, reversal.files, &self.write, &deed)?;
        tell_rest(session, &reversal.again);
        Ok(())
    }
}

impl Redo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let store = &loaded.store;
        let none = || Failure::undone(text!("no change was undone", "没有被撤销的变更"), log_lists_them());
        let id = self.change.map_or_else(|| store.last_undone(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        store.entry(id)?;
        let Some(fate) = store.fate(id)? else {
            return Err(Failure::undone(
                text!("change {id} has not been undone", "变更 {id} 没有被撤销"),
                log_lists_them(),
            ));
        };
        let reversal = store.reversal(&fate.by.into_iter().rev().collect::<Vec<_>>())?;
        refuse_unless(self.only, &reversal, id)?;
        let done = text!(
            "redid change {id}: {count}",
            "已重做变更 {id}：{count}",
            count = records(reversal.files.len())
        );
        let deed = Deed { kind: ChangeKind::Redo(id), done };
        carry_out(session, &loaded, reversal.files, &self.write, &deed)?;
        tell_rest(session, &reversal.again);
        Ok(())
    }
}

fn log_lists_them() -> Text {
    text!("`kunpeng log` lists the changes", "可用 kunpeng log 查看变更记录")
}

/// A store that is not sound can be put right by taking back what made it so.
fn loaded(session: &Session<'_>, write: &Write) -> Result<Loaded, Failure> {
    if write.dry_run {
        return for_writing(Loaded::any(session)?);
    }
    let store = session.store()?;
    let writer = take(session, &store)?;
    Ok(Loaded { snapshot: writer.load()?, store, writer: Some(writer) })
}

/// Refuses what is no change of records, and what has been taken back.
fn may_be_undone(store: &Store, id: u64, only: bool) -> Result<(), Failure> {
    let (message, help) = match store.entry(id)?.note.kind {
        ChangeKind::Undo { of, .. } => (
            text!("change {id} is itself the undoing of change {of}", "变更 {id} 本身就是对变更 {of} 的撤销"),
            text!("`kunpeng redo {of}` makes change {of} again", "可用 kunpeng redo {of} 重做变更 {of}"),
        ),
        ChangeKind::Redo(of) => (
            text!("change {id} is change {of} made again", "变更 {id} 是对变更 {of} 的重做"),
            text!("`kunpeng undo {of}` takes it back", "可用 kunpeng undo {of} 撤销变更 {of}"),
        ),
        ChangeKind::Erasure => (
            text!(
                "change {id} erased personal data, which nothing can bring back",
                "变更 {id} 清除了个人信息，无法恢复"
            ),
            text!("enter them anew if they are needed", "如确有需要，请重新录入"),
        ),
        ChangeKind::Start => (
            text!(
                "change {id} is the state in which history begins: what was before is not known",
                "变更 {id} 是变更记录的起点，此前的内容不得而知"
            ),
            log_lists_them(),
        ),
        ChangeKind::Command | ChangeKind::ByHand => match store.fate(id)? {
            Some(TakenBack { by, in_part: false }) => (
                text!(
                    "change {id} has been undone already, by change {by}",
                    "变更 {id} 已由变更 {by} 撤销",
                    by = by
                ),
                text!("`kunpeng redo {id}` makes it again", "可用 kunpeng redo {id} 重做"),
            ),
            Some(TakenBack { by, .. }) if !only => (
                text!(
                    "change {id} has been undone in part already, by change {by}",
                    "变更 {id} 已由变更 {by} 部分撤销",
                    by = by
                ),
                text!(
                    "`kunpeng undo {id} --only` takes back what more of it can be; `kunpeng redo {id}` makes all of it again",
                    "可用 kunpeng undo {id} --only 继续撤销其余可撤销的内容，或用 kunpeng redo {id} 全部重做"
                ),
            ),
            _ => return Ok(()),
        },
    };
    Err(Failure::undone(message, help))
}

/// Refuses to leave anything unless that is wanted.
fn refuse_unless(only: bool, reversal: &Reversal, id: u64) -> Result<(), Failure> {
    if reversal.again.is_empty() || only {
        return Ok(());
    }
    if let Some(lost) = reversal.again.iter().find(|it| !it.is_kept) {
        return Err(Failure::undone(
            StoreError::NotKept { change: id, path: lost.path.clone() }.text(),
            text!(
                "it was there before history began, or has been erased on purpose; `--only` takes back the rest",
                "该内容早于变更记录，或已被有意清除；可用 --only 撤销其余部分"
            ),
        ));
    }
    let (count, en) = match reversal.again.len() {
        1 => (1, "value of change {id} was"),
        count => (count, "values of change {id} were"),
    };
    let en = en.replace("{id}", &id.to_string());
    Err(Failure::undone(
        text!(
            "{count} {en} changed again since; nothing was changed",
            "变更 {id} 中有 {count} 项此后又被修改，没有改动任何记录"
        ),
        text!(
            "undo the later changes first, or give `--only` to take back the rest:\n{lines}",
            "请先撤销后来的变更，或用 --only 撤销其余部分：\n{lines}",
            lines = listed(&reversal.again)
        ),
    ))
}

/// Says what was left.
fn tell_rest(session: &Session<'_>, again: &[Again]) {
    if !again.is_empty() {
        session.ui.say(&text!(
            "left as it is, because it changed since:\n{lines}",
            "以下内容此后又被修改，予以保留：\n{lines}",
            lines = listed(again)
        ));
    }
}

/// What changed again, and by which change, one a line.
fn listed(again: &[Again]) -> Text {
    let lines = again.iter().map(|it| {
        let what = match &it.field {
            Some(field) => format!("{} {field}", it.path),
            None => it.path.clone(),
        };
        match &it.changes[..] {
            _ if !it.is_kept => text!("{what}: not kept in history", "{what}：变更记录未保留"),
            [] => text!("{what}: edited by hand", "{what}：手工修改"),
            changes => {
                text!("{what}: change {numbers}", "{what}：变更 {numbers}", numbers = changes)
            }
        }
    });
    Text::join(&lines.collect::<Vec<_>>(), "\n", "\n")
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
        return Err(loaded.failure(found));
    }
    let Some(writer) = loaded.writer.as_ref().filter(|_| !write.dry_run) else {
        let change = Change { edits: files.iter().filter_map(edit_of).collect() };
        Output::default().print(session, &[change_table(&session.view(loaded.records()), &change)])?;
        session.ui.say(&dry_run());
        return Ok(());
    };
    writer.replace(files, Note { kind: deed.kind, ..session.note(write.reason.as_deref()) })?;
    tell(session, writer);
    session.ui.say(&deed.done);
    Ok(())
}
