//! The only way to change a store. A [`Writer`] holds the lock, has finished what was interrupted, has recorded
//! what was edited by hand, and carries out changes that were planned against what it read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use super::disk::{Disk, Folder};
use super::document;
use super::flaw::{self, Flaw};
use super::head::Head;
use super::history::{Act, Entry, Note};
use super::image::{FileChange, Image, Source};
use super::load::Snapshot;
use super::lock::{self, Patience};
use super::report::Report;
use super::seen::Seen;
use super::{Store, StoreError, commit, inspect, on, own, recover};
use crate::model::change::{Change, Edit};
use crate::model::finding::RecordRef;

/// The rows of imported files that say what a record is to be.
pub type Sources = HashMap<RecordRef, Vec<Source>>;

/// The holder of the lock.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    disk: Box<dyn Disk>,
    lock: Option<File>,
    state: RefCell<State>,
}

#[derive(Debug)]
struct State {
    head: Head,
    reports: Vec<Report>,
}

impl Writer {
    /// The same, after making HEAD anew if that needs no guessing.
    pub fn repairing(store: &Store, patience: &Patience<'_>) -> Result<(Self, bool), StoreError> {
        let disk = Folder::at(store.root());
        own::make(&disk)?;
        let lock = lock::exclusive(store.root(), patience)?;
        let is_rebuilt = inspect::rebuild_head(&disk)?;
        Ok((Self::over(store, Box::new(disk), Some(lock))?, is_rebuilt))
    }

    /// Waits for the lock, and brings the store in order.
    pub fn take(store: &Store, patience: &Patience<'_>) -> Result<Self, StoreError> {
        let disk = Folder::at(store.root());
        own::make(&disk)?;
        let lock =
            if flaw::has(Flaw::NoLock) { None } else { Some(lock::exclusive(store.root(), patience)?) };
        Self::over(store, Box::new(disk), lock)
    }

    /// The same over any disk; for tests.
    pub(super) fn over(store: &Store, disk: Box<dyn Disk>, lock: Option<File>) -> Result<Self, StoreError> {
        own::furnish(&*disk)?;
        let (head, reports) = recover::recover(&*disk)?;
        let state = RefCell::new(State { head, reports });
        Ok(Self { store: store.clone(), disk, lock, state })
    }

    pub(super) fn root(&self) -> &Path {
        self.store.root()
    }

    pub(super) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// What there is to tell, once.
    pub fn reports(&self) -> Vec<Report> {
        std::mem::take(&mut self.state.borrow_mut().reports)
    }

    /// The number of the last change.
    pub fn last(&self) -> u64 {
        self.state.borrow().head.change
    }

    /// Finishes a change whose files could not all be put in place.
    pub(super) fn come_to_rest(&self) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let (head, reports) = recover::recover(&*self.disk)?;
        state.head = head;
        state.reports.extend(reports);
        Ok(())
    }

    /// Reads everything, once and for all as far as commands are concerned; a store of another format is not for
    /// writing.
    pub fn load(&self) -> Result<Snapshot, StoreError> {
        self.store.load()?.of_this_format()
    }

    /// Carries out a change that was planned against `snapshot`; gives its number.
    pub fn apply(
        &self,
        snapshot: &Snapshot,
        change: &Change,
        sources: &Sources,
        note: Note,
    ) -> Result<u64, StoreError> {
        if snapshot.change != self.last() && !flaw::has(Flaw::OldPlan) {
            return Err(StoreError::Outdated);
        }
        let files = change.edits.iter().map(|edit| {
            let mut file = self.file_change(snapshot, edit)?;
            file.sources = sources.get(&edit.record).cloned().unwrap_or_default();
            Ok(file)
        });
        self.replace(files.collect::<Result<_, _>>()?, note)
    }

    /// Gives files new contents; gives the number of the change. What was edited by hand since the last command
    /// is recorded first, and the first time, all there is.
    pub fn replace(&self, files: Vec<FileChange>, note: Note) -> Result<u64, StoreError> {
        let mut state = self.state.borrow_mut();
        let mut seen = self.look_around(&mut state, &note)?;
        let (entry, reports) = commit::commit(&*self.disk, &state.head, note, files)?;
        self.move_on(&mut state, &mut seen, &entry)?;
        state.reports.extend(reports);
        Ok(entry.id)
    }

    fn look_around(&self, state: &mut State, note: &Note) -> Result<Seen, StoreError> {
        let known = Seen::read(&*self.disk);
        let (was_known, is_first) = (known.is_some(), state.head.change == 0);
        let mut seen = known.unwrap_or_default();
        if is_first {
            // A clone has lost the modes of personal data. Whose they are not cannot set them, and is told by `check`.
            let _ = self.repair();
        }
        let mut found = seen.look_again(&*self.disk, self.store.root())?;
        if found.is_empty() || !(was_known || is_first) {
            return Ok(seen);
        }
        let act = if is_first { Act::Start } else { Act::ByHand };
        if is_first {
            // They were there before history, not made by this command.
            for file in &mut found {
                file.before = Image::Unknown;
            }
        }
        let files = found.len();
        let note = Note { act, reason: None, command: String::new(), ..note.clone() };
        let entry = commit::record(&*self.disk, &state.head, note, found)?;
        self.move_on(state, &mut seen, &entry)?;
        if !is_first {
            state.reports.push(Report::ByHand { change: entry.id, files });
        }
        Ok(seen)
    }

    fn move_on(&self, state: &mut State, seen: &mut Seen, entry: &Entry) -> Result<(), StoreError> {
        if let Some(head) = super::head::read(&*self.disk)? {
            state.head = head;
        }
        seen.note(entry.id, &entry.files);
        // Throw-away: without it, the next edit by hand goes unrecorded.
        let _ = seen.write(&*self.disk);
        Ok(())
    }

    fn file_change(&self, snapshot: &Snapshot, edit: &Edit) -> Result<FileChange, StoreError> {
        let file = snapshot.file_of(&edit.record);
        let (old, new) = match (&edit.before, &edit.after) {
            // Whether there really is none is looked at when the change is made.
            (None, after) => {
                let after = after.as_ref().map(|it| Image::text(document::write(file.form, it)));
                return Ok(FileChange::new(file.path, Image::Absent, after.unwrap_or(Image::Absent)));
            }
            (Some(old), new) => (old, new),
        };
        let before = Image::of(self.disk.read(&file.path).map_err(on("read", &file.path))?);
        let text = before.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text
            .filter(|text| flaw::has(Flaw::OtherText) || snapshot.still_holds(&edit.record, text))
            .ok_or_else(|| StoreError::ChangedMeanwhile(file.path.clone()))?;
        let after = match new {
            None => Image::Absent,
            Some(new) => document::update(file.form, text, old, new)
                .map(Image::text)
                .ok_or_else(|| StoreError::NotFaithful(file.path.clone()))?,
        };
        Ok(FileChange::new(file.path, before, after))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            // A process being started at this instant may hold a copy of the file: closing ours would not do. If
            // this fails, the system gives the lock back when the last copy is closed.
            let _ = lock.unlock();
        }
    }
}
