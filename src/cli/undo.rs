//! `kunpeng undo` and `kunpeng redo`

use clap::Args;

use super::failure::Failure;
use super::session::{Loaded, Output, Session, Write, for_writing, records};
use crate::model::change::Change;
use crate::report::change::change_table;
use crate::store::history::{Act, Note};
use crate::store::image::FileChange;
use crate::store::past::{Reversal, edit_of};

/// Take a change back
///
/// A new change puts every file back as it was, to the byte. If later changes touched the same records, nothing is
/// done, unless `--only` limits it to the records that nothing touched since.
#[derive(Debug, Args)]
pub struct Undo {
    /// The number of the change [default: the last that has not been taken back]
    change: Option<u64>,
    /// Leave out records that were changed since
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    write: Write,
}

/// Make again a change that was taken back
#[derive(Debug, Args)]
pub struct Redo {
    /// The number of the change [default: the one that was taken back last]
    change: Option<u64>,
    /// Leave out records that were changed since
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    write: Write,
}

impl Undo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let none = || Failure::undone("there is nothing to take back", "`kunpeng log` lists the changes");
        let id = self.change.map_or_else(|| loaded.store.last_done(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        let reversal = loaded.store.reversal(loaded.store.entry(id)?, false)?;
        let files = chosen(reversal, self.only, id)?;
        let done = format!("took back change {id}: {}", records(files.len()));
        carry_out(session, &loaded, files, &self.write, &Deed { act: Act::Undo(id), done })
    }
}

impl Redo {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = loaded(session, &self.write)?;
        let none = || Failure::undone("no change was taken back", "`kunpeng log` lists the changes");
        let id =
            self.change.map_or_else(|| loaded.store.last_undone(), |id| Ok(Some(id)))?.ok_or_else(none)?;
        let reversal = loaded.store.reversal(loaded.store.entry(id)?, true)?;
        let files = chosen(reversal, self.only, id)?;
        let done = format!("made change {id} again: {}", records(files.len()));
        carry_out(session, &loaded, files, &self.write, &Deed { act: Act::Redo(id), done })
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
            format!("{path}: edited by hand")
        } else {
            format!("{path}: change {}", numbers.join(", "))
        }
    });
    let count = reversal.blocked.len();
    let records = if count == 1 { "a record" } else { "records" };
    Err(Failure::undone(
        format!("{count} of the files of change {id} were changed since; nothing was changed"),
        format!(
            "take back the later changes first, or give `--only` to leave out {records} changed since:\n{}",
            lines.collect::<Vec<_>>().join("\n")
        ),
    ))
}

/// What a change of files is, and what is said once it is made.
pub struct Deed {
    pub act: Act,
    pub done: String,
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
        session.ui.say("nothing to change");
        return Ok(());
    }
    let found = loaded.store.faults_with(&loaded.snapshot, &files)?;
    if !found.is_empty() {
        return Err(loaded.refused(found));
    }
    let Some(writer) = loaded.writer.as_ref().filter(|_| !write.dry_run) else {
        let change = Change { edits: files.iter().filter_map(edit_of).collect() };
        session.print(&[change_table(&session.view(loaded.records()), &change)], &Output::default())?;
        session.ui.say("dry run: nothing was written");
        return Ok(());
    };
    writer.replace(files, Note { act: deed.act, ..session.note(write.reason.as_deref()) })?;
    session.tell(writer);
    session.ui.say(&deed.done);
    Ok(())
}
