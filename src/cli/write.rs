//! Writing to the store: what a command that changes something ends with.

use clap::Args;

use super::failure::{Failure, Traced};
use super::load::{Loaded, for_writing, take, tell};
use super::output::Output;
use super::session::Session;
use super::ui::SHOWN;
use crate::model::change::{Change, Edit};
use crate::model::check;
use crate::model::finding::Finding;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::report::change::change_table;
use crate::store::StoreError;
use crate::store::image::FileChange;
use crate::store::load::Snapshot;
use crate::store::writer::{Sources, Writer};
use crate::text;

/// Options of every command that writes.
#[derive(Debug, Clone, Default, Args)]
pub struct Write {
    /// Show the exact change and write nothing ‖ 显示将作的改动，不写入
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask for confirmation ‖ 不再询问确认
    #[arg(long)]
    pub yes: bool,
    /// Record why; `log` shows it ‖ 记下缘由，`log` 可查
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Of larger changes `check` tells what is to be looked at: their command would take twice as long.
pub const WARNED: usize = 5000;

impl Write {
    /// Reads the store to change it; with `--dry-run`, only to look.
    pub fn load(&self, session: &Session<'_>) -> Result<Loaded, Failure> {
        if self.dry_run { for_writing(Loaded::sound(session)?) } else { Loaded::locked(session) }
    }

    /// Reads the store to change it once somebody has said yes: nobody is kept waiting for the answer.
    pub fn load_to_ask(&self, session: &Session<'_>) -> Result<Loaded, Failure> {
        if self.yes { self.load(session) } else { for_writing(Loaded::sound(session)?) }
    }

    /// Asks before something that is hard to put back.
    pub fn confirm(&self, session: &Session<'_>, question: &Text) -> Result<(), Failure> {
        if self.yes || self.dry_run { Ok(()) } else { session.ui.confirm(question) }
    }

    /// Carries out a change, or shows it. `done` says in the past tense what was done.
    pub fn carry_out(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        change: &Change,
        done: &Text,
    ) -> Result<(), Failure> {
        self.carry_out_with(session, loaded, change, Vec::new(), done)
    }

    /// The same, with files that are no records as part of the change.
    pub fn carry_out_with(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        change: &Change,
        files: Vec<FileChange>,
        done: &Text,
    ) -> Result<(), Failure> {
        if change.is_empty() {
            session.ui.say(&nothing_to_change());
            return Ok(());
        }
        if self.dry_run {
            Output::default().print(session, &[change_table(&session.view(loaded.records()), change)])?;
            warn_of(session, loaded.records(), &change.edits, |_| true);
            session.ui.say(&dry_run());
            return Ok(());
        }
        self.apply(session, loaded, change, &Sources::new(), files)?;
        // Within a batch nothing is done before all of it is.
        if session.stage.is_none() {
            session.ui.say(done);
            warn_of(session, loaded.records(), &change.edits, |_| true);
        }
        Ok(())
    }

    /// Makes a change, with the rows of imported files it comes from and with files that are no records.
    pub fn apply(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        change: &Change,
        sources: &Sources,
        files: Vec<FileChange>,
    ) -> Result<(), Failure> {
        if let Some(stage) = session.stage {
            return stage.take(change);
        }
        let apply = |writer: &Writer, snapshot: &Snapshot| {
            let progress = session.ui.progress(&text!("writing", "正在写入"), &loaded.store.meter());
            writer.apply_with(snapshot, change, sources, files, session.note(self.reason.as_deref()))?;
            drop(progress);
            tell(session, writer);
            Ok(())
        };
        if let Some(writer) = &loaded.writer {
            return apply(writer, &loaded.snapshot);
        }
        let writer = take(session, &loaded.store)?;
        let snapshot = writer.load()?;
        if snapshot.records != loaded.snapshot.records {
            return Err(StoreError::Outdated.into());
        }
        apply(&writer, &snapshot)
    }
}

/// Says what somebody should look at because of a change, and did not have to before; `is_told` leaves out what is
/// said elsewhere.
pub fn warn_of(session: &Session<'_>, before: &Records, edits: &[Edit], is_told: impl Fn(&Finding) -> bool) {
    if edits.len() > WARNED {
        return;
    }
    let mut after = before.clone();
    for edit in edits {
        match &edit.after {
            // What is written has been read already.
            Some(value) => drop(after.put(&edit.record, value.clone())),
            None => after.remove(&edit.record),
        }
    }
    let today = session.environment.today;
    let known = check::warnings(before, today);
    let of_change = check::changes(before, &after, edits).into_iter();
    let new: Vec<Traced> = of_change
        .chain(check::warnings(&after, today))
        .filter(|finding| is_told(finding) && !known.contains(finding))
        .take(SHOWN)
        .map(|finding| (finding, Vec::new()))
        .collect();
    if !new.is_empty() {
        session.ui.say_findings(&new);
    }
}

/// A number of records, in words.
pub fn records(count: usize) -> Text {
    let en = if count == 1 { "record" } else { "records" };
    text!("{count} {en}", "{count} 个记录")
}

/// That so many records were written.
pub fn wrote(count: usize) -> Text {
    text!("wrote {records}", "已写入 {records}", records = records(count))
}

/// That there is no difference to be written.
pub fn nothing_to_change() -> Text {
    text!("nothing to change", "没有需要改动的内容")
}

/// That what was shown was not written.
pub fn dry_run() -> Text {
    text!("dry run: nothing was written", "试运行：没有写入任何内容")
}
