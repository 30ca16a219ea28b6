//! History read: the entries, the store as it was after a change, and what taking a change back would write.

use std::collections::HashMap;

use super::consistent_read::{Overlay, consistently};
use super::disk::{Disk, Folder};
use super::folder::{self, RecordFile};
use super::history::{self, ChangeKind, Entry};
use super::image::{FileChange, Image};
use super::load::Snapshot;
use super::lock::{self, LockOptions};
use super::{Store, StoreError, document, head, on};
use crate::model::change::{Change, Edit};
use crate::model::finding::Finding;
use crate::model::kind::Kind;
use crate::model::value::Value;

/// What taking a change back, or making it again, would write.
#[derive(Debug)]
pub struct Reversal {
    /// The files that are still as the change left them.
    pub files: Vec<FileChange>,
    /// The files that are not, with the changes that touched them since; none if it was done by hand.
    pub blocked: Vec<(String, Vec<u64>)>,
}

impl Store {
    fn disk(&self) -> Folder {
        Folder::at(self.root())
    }

    /// The number of the last change; 0 if there is none.
    pub fn last_change(&self) -> Result<u64, StoreError> {
        Ok(head::read(&self.disk())?.map_or(0, |head| head.change))
    }

    /// A change that was begun and not made, unless somebody is at it this moment. The next writer takes away what
    /// is left of it.
    pub fn not_made(&self) -> Result<Option<u64>, StoreError> {
        let disk = self.disk();
        let begun = || -> Result<Option<u64>, StoreError> {
            let next = self.last_change()? + 1;
            let path = history::file_of(next);
            Ok(disk.stat(&path).map_err(on("look at", &path))?.map(|_| next))
        };
        if begun()?.is_none() {
            return Ok(None);
        }
        match lock::shared(self.root(), &LockOptions::none()) {
            Ok(_lock) => begun(),
            Err(_) => Ok(None),
        }
    }

    /// The numbers of the changes history holds, the oldest first.
    pub fn changes(&self) -> Result<Vec<u64>, StoreError> {
        let last = self.last_change()?;
        let mut ids = history::ids(&self.disk())?;
        ids.retain(|id| *id <= last);
        Ok(ids)
    }

    /// One change.
    pub fn entry(&self, id: u64) -> Result<Entry, StoreError> {
        if id == 0 || id > self.last_change()? {
            return Err(StoreError::NoSuchChange(id));
        }
        history::read(&self.disk(), id).map(|(entry, _)| entry)
    }

    /// The store as it was after a change.
    pub fn load_at(&self, id: u64) -> Result<Snapshot, StoreError> {
        let disk = self.disk();
        consistently(&disk, self.root(), &mut |state| {
            let state = state?;
            let mut overlay = state.overlay.clone();
            if id == 0 || id > state.change {
                return Err(StoreError::NoSuchChange(id));
            }
            history::read(&disk, id)?;
            for later in (id + 1..=state.change).rev() {
                insert_before_images(&mut overlay, history::read(&disk, later)?.0)?;
            }
            self.load_over(&overlay, id, Vec::new())
        })
    }

    /// What would take a change back (`forward` false), or make it again.
    pub fn reversal(&self, entry: Entry, forward: bool) -> Result<Reversal, StoreError> {
        let disk = self.disk();
        let mut reversal = Reversal { files: Vec::new(), blocked: Vec::new() };
        for file in entry.files {
            let file = if forward { file } else { file.reversed() };
            if matches!(file.before, Image::Unknown | Image::Erased)
                || matches!(file.after, Image::Unknown | Image::Erased)
            {
                return Err(StoreError::NotKept { change: entry.id, path: file.path });
            }
            let current = Image::of(disk.read(&file.path).map_err(on("read", &file.path))?);
            if current == file.before {
                reversal.files.push(FileChange { sources: Vec::new(), ..file });
            } else {
                reversal.blocked.push((file.path, Vec::new()));
            }
        }
        self.name_later(entry.id, &mut reversal)?;
        Ok(reversal)
    }

    fn name_later(&self, id: u64, reversal: &mut Reversal) -> Result<(), StoreError> {
        if reversal.blocked.is_empty() {
            return Ok(());
        }
        for later in self.changes()?.into_iter().filter(|later| *later > id) {
            let files = self.entry(later)?.files;
            for (path, changes) in &mut reversal.blocked {
                if files.iter().any(|file| file.path == *path) {
                    changes.push(later);
                }
            }
        }
        Ok(())
    }

    /// The change that `undo` without a number means: the last that has not been taken back.
    pub fn last_done(&self) -> Result<Option<u64>, StoreError> {
        let mut taken_back = HashMap::new();
        for id in self.changes()?.into_iter().rev() {
            match self.entry(id)?.note.kind {
                ChangeKind::Undo(of) => _ = taken_back.entry(of).or_insert(true),
                ChangeKind::Redo(of) => _ = taken_back.entry(of).or_insert(false),
                ChangeKind::Start | ChangeKind::Erasure => {}
                ChangeKind::Command | ChangeKind::ByHand if taken_back.get(&id) == Some(&true) => {}
                ChangeKind::Command | ChangeKind::ByHand => return Ok(Some(id)),
            }
        }
        Ok(None)
    }

    /// The change that `redo` without a number means: the one that was taken back last.
    pub fn last_undone(&self) -> Result<Option<u64>, StoreError> {
        let mut made_again = Vec::new();
        for id in self.changes()?.into_iter().rev() {
            match self.entry(id)?.note.kind {
                ChangeKind::Redo(of) => made_again.push(of),
                ChangeKind::Undo(of) if !made_again.contains(&of) => return Ok(Some(of)),
                _ => {}
            }
        }
        Ok(None)
    }

    /// The files that hold or ever held the persons of an enterprise.
    pub fn contact_files(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let found = folder::files_of(self.root(), Kind::Contact)?.into_iter().map(|found| found.path);
        let mut paths: Vec<String> = found.collect();
        for change in self.changes()? {
            paths.extend(self.entry(change)?.files.into_iter().map(|file| file.path));
        }
        paths.retain(|path| folder::is_private_path(path) && folder::found_at(path).stem == id);
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// Whether there are or ever were persons of an enterprise.
    pub fn knows_contacts(&self, id: &str) -> Result<bool, StoreError> {
        Ok(!self.contact_files(id)?.is_empty())
    }

    /// The errors that files would bring into the store that are not there now.
    pub fn faults_with(&self, now: &Snapshot, files: &[FileChange]) -> Result<Vec<Finding>, StoreError> {
        let mut overlay = Overlay::default();
        for file in files {
            overlay.insert(&file.path, &file.after);
        }
        if files.iter().any(|file| is_programme(&file.path) && file.after == Image::Absent) {
            return Err(StoreError::NotAStore(self.root().to_owned()));
        }
        let then = self.load_over(&overlay, now.change, Vec::new())?;
        Ok(then.findings.into_iter().filter(|it| it.is_error() && !now.findings.contains(it)).collect())
    }
}

fn is_programme(path: &str) -> bool {
    folder::record_at(path).is_some_and(|(record, _)| record.kind == Kind::Programme)
}

fn insert_before_images(overlay: &mut Overlay, entry: Entry) -> Result<(), StoreError> {
    for file in entry.files {
        if file.before == Image::Unknown {
            return Err(StoreError::NotKept { change: entry.id, path: file.path });
        }
        overlay.insert(&file.path, &file.before);
    }
    Ok(())
}

impl Entry {
    /// The change as one of records; files that are no records, or cannot be read as such, are left out.
    pub fn change(&self) -> Change {
        Change { edits: self.files.iter().filter_map(edit_of).collect() }
    }
}

/// A file's change as one of a record.
pub fn edit_of(file: &FileChange) -> Option<Edit> {
    let (record, RecordFile { form, .. }) = folder::record_at(&file.path)?;
    let value = |image: &Image| -> Option<Value> {
        document::parse(form, std::str::from_utf8(image.bytes()?).ok()?).ok()
    };
    let (before, after) = (value(&file.before), value(&file.after));
    (before.is_some() || after.is_some()).then_some(Edit { record, before, after })
}
