//! `kunpeng history prune` and `kunpeng enterprise erase-contacts`: history made shorter on purpose.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::record::{RecordCommand, meant};
use super::session::{Session, Write, for_writing};
use crate::model::kind::Kind;

/// What can be done with history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Forget the changes before a day; the records stay as they are
    Prune(Prune),
}

/// Options of `history prune`.
#[derive(Debug, Args)]
pub struct Prune {
    /// The first day to keep
    #[arg(long, value_name = "DATE")]
    before: NaiveDate,
    /// Show how many changes that are, and forget none
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// What can be done with enterprises.
#[derive(Debug, Subcommand)]
pub enum EnterpriseCommand {
    #[command(flatten)]
    Record(RecordCommand),
    /// Erase the personal data of one from the store and from its history, for good
    EraseContacts(EraseContacts),
}

/// Options of `enterprise erase-contacts`.
#[derive(Debug, Args)]
pub struct EraseContacts {
    /// The enterprise; one that has been removed by its id
    id: String,
    #[command(flatten)]
    write: Write,
}

/// A number of changes, in words.
fn changes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "change" } else { "changes" })
}

impl HistoryCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let Self::Prune(Prune { before, dry_run, yes }) = self;
        let store = for_writing(session.load()?)?.store;
        let day = before.to_string();
        if dry_run {
            let made = changes(store.prunable(&day)?.len());
            session.ui.say(&format!("{made} before {before} would be forgotten"));
            session.ui.say("dry run: nothing was forgotten");
            return Ok(());
        }
        if !yes {
            session.ui.confirm(&format!("Forget every change before {before}?"))?;
        }
        match session.take(&store)?.prune(&day)? {
            0 => {
                session
                    .ui
                    .say(&format!("nothing to forget: no change but the last was made before {before}"));
            }
            count => {
                let made = changes(count);
                session.ui.say(&format!("forgot {made} made before {before}: nobody can take that back"));
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
            Self::EraseContacts(command) => command.run(session),
        }
    }
}

impl EraseContacts {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = for_writing(session.load()?)?;
        let found = meant(loaded.records(), Kind::Enterprise, &self.id);
        let id = match found {
            Ok(record) => record.id.to_string(),
            Err(_) if loaded.store.knows_contacts(&self.id)? => self.id.clone(),
            Err(failure) => return Err(failure),
        };
        session.confirm(&self.write, &format!("Erase the persons of `{id}` from records and history?"))?;
        let paths = loaded.store.contact_files(&id)?;
        if self.write.dry_run {
            session.ui.say(&format!("the persons of `{id}` would be erased: {}", paths.join(", ")));
            session.ui.say("dry run: nothing was erased");
            return Ok(());
        }
        let writer = session.take(&loaded.store)?;
        let paths = loaded.store.contact_files(&id)?;
        let count = writer.erase(&paths, session.note(self.write.reason.as_deref()))?;
        session.tell(&writer);
        session.ui.say(&format!(
            "erased the persons of `{id}` from the records and from {} of history",
            changes(count)
        ));
        session.ui.say("copies elsewhere, in backups or in git, are not touched");
        Ok(())
    }
}
