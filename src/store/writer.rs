//! The only way to change a store. A [`Writer`] holds the lock, has finished what was interrupted, has recorded
//! what was edited by hand, and carries out changes that were planned against what it read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use super::disk::{Disk, Folder};
use super::document;
use super::file_index::FileIndex;
use super::head::Head;
use super::history::{ChangeKind, Entry, Note};
use super::image::{FileChange, Image, Source};
use super::load::Snapshot;
use super::lock::{self, LockOptions};
use super::mutation::{self, Mutation};
use super::notice::Notice;
use super::{Store, StoreError, commit, gate, inspect, on, recover, state_dir};
use crate::model::change::{Change, Edit};
use crate::model::finding::RecordRef;
use crate::model::meter::Meter;

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
    notices: Vec<Notice>,
}

impl Writer {
    /// The same, after making HEAD anew if that needs no guessing.
    pub fn repairing(store: &Store, options: &LockOptions<'_>) -> Result<(Self, bool), StoreError> {
        let disk = Folder::at(store.root());
        state_dir::create(&disk)?;
        let lock = lock::exclusive(store.root(), options)?;
        let is_rebuilt = inspect::rebuild_head(&disk)?;
        Ok((Self::over(store, Box::new(disk), Some(lock))?, is_rebuilt))
    }

    /// Waits for the lock, and brings the store in order.
    pub fn take(store: &Store, options: &LockOptions<'_>) -> Result<Self, StoreError> {
        let disk = Folder::at(store.root());
        state_dir::create(&disk)?;
        let lock = if mutation::is_active(Mutation::NoLock) {
            None
        } else {
            Some(lock::exclusive(store.root(), options)?)
        };
        Self::over(store, Box::new(disk), lock)
    }

    /// The same over any disk; for tests.
    pub(super) fn over(store: &Store, disk: Box<dyn Disk>, lock: Option<File>) -> Result<Self, StoreError> {
        state_dir::populate(&*disk)?;
        let (head, notices) = recover::recover(&*disk)?;
        let state = RefCell::new(State { head, notices });
        Ok(Self { store: store.clone(), disk, lock, state })
    }

    /// Whether the lock that was taken still keeps others out: its file may have been removed.
    fn is_held(&self) -> bool {
        self.lock.as_ref().is_none_or(|lock| lock::is_held(lock, self.root()))
    }

    fn meter(&self) -> &Meter {
        &self.store.meter
    }

    pub(super) fn root(&self) -> &Path {
        self.store.root()
    }

    pub(super) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// What there is to tell, once.
    pub fn notices(&self) -> Vec<Notice> {
        std::mem::take(&mut self.state.borrow_mut().notices)
    }

    /// The number of the last change.
    pub fn last(&self) -> u64 {
        self.state.borrow().head.change
    }

    /// Finishes a change whose files could not all be put in place.
    pub(super) fn finish_pending(&self) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let (head, notices) = recover::recover(&*self.disk)?;
        state.head = head;
        state.notices.extend(notices);
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
        self.apply_with(snapshot, change, sources, Vec::new(), note)
    }

    /// The same, with files that are no records as part of the change.
    pub fn apply_with(
        &self,
        snapshot: &Snapshot,
        change: &Change,
        sources: &Sources,
        more: Vec<FileChange>,
        note: Note,
    ) -> Result<u64, StoreError> {
        if snapshot.change != self.last() && !mutation::is_active(Mutation::StalePlan) {
            return Err(StoreError::Outdated);
        }
        // Each file is composed, staged and put in place.
        self.meter().expect(3 * (change.edits.len() + more.len()));
        let gone: Vec<&Edit> = change.edits.iter().filter(|edit| edit.after.is_none()).collect();
        let files = change.edits.iter().map(|edit| {
            self.meter().step();
            let mut file = match gone.iter().find(|old| is_renamed(old, edit)) {
                Some(old) => self.moved(snapshot, &old.record, &edit.record)?,
                None => self.file_change(snapshot, edit)?,
            };
            file.sources = sources.get(&edit.record).cloned().unwrap_or_default();
            Ok(file)
        });
        let mut files = files.collect::<Result<Vec<_>, StoreError>>()?;
        files.extend(more);
        self.make(files, note)
    }

    /// Gives files new contents; gives the number of the change. What was edited by hand since the last command
    /// is recorded first, and the first time, all there is.
    pub fn replace(&self, files: Vec<FileChange>, note: Note) -> Result<u64, StoreError> {
        self.meter().expect(2 * files.len());
        self.make(files, note)
    }

    fn make(&self, files: Vec<FileChange>, note: Note) -> Result<u64, StoreError> {
        let mut state = self.state.borrow_mut();
        let (mut index, edited) = self.scan(&state)?;
        gate::check(&files, index.paths())?;
        self.record_hand_edits(&mut state, &mut index, edited, &note)?;
        let (entry, notices) =
            commit::commit(&*self.disk, &|| self.is_held(), &state.head, note, files, self.meter())?;
        self.advance_to(&mut state, &mut index, &entry)?;
        state.notices.extend(notices);
        Ok(entry.id)
    }

    /// The index of files, and what was edited by hand since it was written.
    fn scan(&self, state: &State) -> Result<(FileIndex, Vec<FileChange>), StoreError> {
        let known = FileIndex::after(&*self.disk, state.head.change);
        let was_known = known.is_some();
        let mut index = known.unwrap_or_default();
        if state.head.change == 0 {
            // A clone has lost the modes of personal data. Only their owner can set them; `check` reports it to others.
            let _ = self.repair();
        }
        let edited = index.scan(&*self.disk, self.store.root())?;
        Ok((index, if was_known { edited } else { Vec::new() }))
    }

    fn record_hand_edits(
        &self,
        state: &mut State,
        index: &mut FileIndex,
        mut edited: Vec<FileChange>,
        note: &Note,
    ) -> Result<(), StoreError> {
        if edited.is_empty() {
            return Ok(());
        }
        let is_first = state.head.change == 0;
        let kind = if is_first { ChangeKind::Start } else { ChangeKind::ByHand };
        if is_first {
            // They were there before history, not made by this command.
            for file in &mut edited {
                file.before = Image::Unknown;
            }
        }
        let files = edited.len();
        let note = Note { kind, reason: None, command: String::new(), ..note.clone() };
        let entry = commit::record(&*self.disk, &|| self.is_held(), &state.head, note, edited)?;
        self.advance_to(state, index, &entry)?;
        if !is_first {
            state.notices.push(Notice::ByHand { change: entry.id, files });
        }
        Ok(())
    }

    fn advance_to(&self, state: &mut State, index: &mut FileIndex, entry: &Entry) -> Result<(), StoreError> {
        if let Some(head) = super::head::read(&*self.disk)? {
            state.head = head;
        }
        index.record(entry.id, &entry.files);
        // Throw-away: without it, the next edit by hand goes unrecorded.
        let _ = index.write(&*self.disk);
        Ok(())
    }

    /// The file of a record that has another id now: what a person wrote around the values goes with it.
    fn moved(&self, snapshot: &Snapshot, old: &RecordRef, new: &RecordRef) -> Result<FileChange, StoreError> {
        let file = snapshot.file_of(old);
        let bytes = self.disk.read(&file.path).map_err(on("read", &file.path))?;
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = format!("{folder}/{}.{}", new.id, file.format);
        Ok(FileChange::new(path, Image::Absent, Image::of(bytes)))
    }

    fn file_change(&self, snapshot: &Snapshot, edit: &Edit) -> Result<FileChange, StoreError> {
        let file = snapshot.file_of(&edit.record);
        let (old, new) = match (&edit.before, &edit.after) {
            // Whether there really is none is looked at when the change is made.
            (None, after) => {
                let Some(value) = after else {
                    return Ok(FileChange::new(file.path, Image::Absent, Image::Absent));
                };
                let text = document::write(file.format, value);
                if !document::reads_as(file.format, &text, value) {
                    return Err(StoreError::NotFaithful(file.path));
                }
                return Ok(FileChange::new(file.path, Image::Absent, Image::text(text)));
            }
            (Some(old), new) => (old, new),
        };
        let before = Image::of(self.disk.read(&file.path).map_err(on("read", &file.path))?);
        let text = before.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text
            .filter(|text| {
                mutation::is_active(Mutation::StaleFile) || snapshot.still_holds(&edit.record, text)
            })
            .ok_or_else(|| StoreError::ChangedMeanwhile(file.path.clone()))?;
        let after = match new {
            None => Image::Absent,
            Some(new) => document::update(file.format, text, old, new)
                .map(Image::text)
                .ok_or_else(|| StoreError::NotFaithful(file.path.clone()))?,
        };
        Ok(FileChange::new(file.path, before, after))
    }
}

/// Whether a record that goes is the one that comes, under another id.
fn is_renamed(old: &Edit, new: &Edit) -> bool {
    new.before.is_none()
        && new.after.is_some()
        && old.record.kind == new.record.kind
        && old.before == new.after
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
