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
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::programme::RecordFormat;
use crate::model::reversal;
use crate::model::value::{KeyPath, Table, Value};

/// What taking a change back, or making it again, would write.
#[derive(Debug, Default)]
pub struct Reversal {
    /// The files.
    pub files: Vec<FileChange>,
    /// What it leaves, because it changed again.
    pub again: Vec<Again>,
}

/// Something that changed again after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The file.
    pub path: String,
    /// What in it; none means all of it.
    pub field: Option<KeyPath>,
    /// The changes that did so; none if it was done by hand.
    pub changes: Vec<u64>,
    /// Whether history has what it was; it may be erased.
    pub is_kept: bool,
}

/// What has become of a change since it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The changes that took it back, the oldest first; more than one if not all of it could be at once.
    pub by: Vec<u64>,
    /// Whether some of it still stands.
    pub in_part: bool,
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

    /// What would take changes back, one after the other.
    pub fn reversal(&self, changes: &[u64]) -> Result<Reversal, StoreError> {
        let disk = self.disk();
        let mut now: HashMap<String, Image> = HashMap::new();
        let mut before = now.clone();
        let mut again = Vec::new();
        for change in changes {
            for file in self.entry(*change)?.files {
                let path = file.path.clone();
                let current = match now.get(&path) {
                    Some(image) => image.clone(),
                    None => Image::of(disk.read(&path).map_err(on("read", &path))?),
                };
                before.entry(path.clone()).or_insert_with(|| current.clone());
                let (after, found) = self.taken_back(*change, file.reversed(), current)?;
                now.insert(path, after);
                again.extend(found);
            }
        }
        let mut files: Vec<FileChange> = before
            .into_iter()
            .filter_map(|(path, before)| {
                let after = now.remove(&path)?;
                (before != after).then(|| FileChange::new(path, before, after))
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Reversal { files, again })
    }

    /// What a file becomes when its part of a change is taken back, and what of it stays.
    fn taken_back(
        &self,
        change: u64,
        file: FileChange,
        now: Image,
    ) -> Result<(Image, Vec<Again>), StoreError> {
        let FileChange { path, before: left, after: wanted, .. } = file;
        let is_kept = ![&left, &wanted].iter().any(|it| matches!(it, Image::Unknown | Image::Erased));
        if is_kept && now == left {
            return Ok((wanted, Vec::new()));
        }
        if is_kept && now == wanted {
            return Ok((now, Vec::new()));
        }
        let whole = |changes| vec![Again { path: path.clone(), field: None, changes, is_kept }];
        if !is_kept {
            return Ok((now, whole(Vec::new())));
        }
        let later = self.later(change, &path)?;
        let Some((value, again)) = values_taken_back(&path, (&left, &wanted, &now), &later) else {
            return Ok((now, whole(later.into_iter().map(|(change, _)| change).collect())));
        };
        let again: Vec<Again> = again
            .into_iter()
            .map(|it| {
                let changes = it.states.iter().filter_map(|state| Some(later.get(state.checked_sub(1)?)?.0));
                Again { path: path.clone(), field: Some(it.path), changes: changes.collect(), is_kept: true }
            })
            .collect();
        let format = folder::found_at(&path).format.unwrap_or(RecordFormat::Toml);
        let text = now.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let old = document::parse(format, text).unwrap_or(Value::Table(Table::EMPTY));
        let new = document::update(format, text, &old, &value).ok_or(StoreError::NotFaithful(path))?;
        Ok((Image::text(new), again))
    }

    /// What later changes made of a file.
    fn later(&self, change: u64, path: &str) -> Result<Vec<(u64, Image)>, StoreError> {
        let disk = self.disk();
        let mut later = Vec::new();
        for id in self.changes()?.into_iter().filter(|id| *id > change) {
            if !history::may_touch(&disk, id, path)? {
                continue;
            }
            let file = self.entry(id)?.files.into_iter().find(|file| file.path == *path);
            later.extend(file.map(|file| (id, file.after)));
        }
        Ok(later)
    }

    /// What has become of a change; none if it stands.
    pub fn fate(&self, change: u64) -> Result<Option<TakenBack>, StoreError> {
        let mut fate: Option<TakenBack> = None;
        for id in self.changes()?.into_iter().filter(|id| *id > change) {
            match self.entry(id)?.note.kind {
                ChangeKind::Undo { of, in_part } if of == change => {
                    let mut by = fate.map_or(Vec::new(), |fate| fate.by);
                    by.push(id);
                    fate = Some(TakenBack { by, in_part });
                }
                ChangeKind::Redo(of) if of == change => fate = None,
                _ => {}
            }
        }
        Ok(fate)
    }

    /// The change that `undo` without a number means: the last that has not been taken back.
    pub fn last_done(&self) -> Result<Option<u64>, StoreError> {
        let mut taken_back = HashMap::new();
        for id in self.changes()?.into_iter().rev() {
            match self.entry(id)?.note.kind {
                ChangeKind::Undo { of, .. } => _ = taken_back.entry(of).or_insert(true),
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
                ChangeKind::Undo { of, .. } if !made_again.contains(&of) => return Ok(Some(of)),
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

/// What the values of a file become when a change of them is taken back; none if they cannot be told apart.
fn values_taken_back(
    path: &str,
    (left, wanted, now): (&Image, &Image, &Image),
    later: &[(u64, Image)],
) -> Option<(Value, Vec<reversal::Again>)> {
    let format = folder::found_at(path).format?;
    let record = match folder::record_at(path) {
        Some((record, _)) => record,
        // Maps that were saved are values too; a seal is one whole.
        None if path == super::columns::COLUMNS => RecordRef::programme(),
        None => return None,
    };
    let read = |image: &Image| document::parse(format, std::str::from_utf8(image.bytes()?).ok()?).ok();
    let mut states = vec![read(left)];
    states.extend(later.iter().map(|(_, image)| read(image)));
    states.push(read(now));
    states.first()?.as_ref()?;
    let taken = reversal::take_back(&record, &states, &read(wanted)?)?;
    Some((taken.value, taken.again))
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
    let (record, RecordFile { format, .. }) = folder::record_at(&file.path)?;
    let value = |image: &Image| -> Option<Value> {
        document::parse(format, std::str::from_utf8(image.bytes()?).ok()?).ok()
    };
    let (before, after) = (value(&file.before), value(&file.after));
    (before.is_some() || after.is_some()).then_some(Edit { record, before, after })
}
