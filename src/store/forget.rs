//! Making history shorter on purpose: old changes, and one enterprise's personal data.

use std::collections::BTreeSet;

use super::disk::{Access, Disk, Folder};
use super::history::{self, ChangeKind, Entry, Note, PRIVATE};
use super::image::{FileChange, Image};
use super::install::{self, CONFLICTS, staged};
use super::writer::Writer;
use super::{Store, StoreError, document, folder, on};
use crate::model::kind::Kind;
use crate::model::personal::stands_in;
use crate::model::value::Value;

/// What was erased, and where it was found besides.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// In how many changes of history it was.
    pub changes: usize,
    /// The records in whose texts it stands too.
    pub records: Vec<String>,
    /// The changes in whose reasons, commands or records it stands too.
    pub entries: Vec<u64>,
}

/// The changes made before a day, but for the last of all.
fn prunable(disk: &dyn Disk, last: u64, day: &str) -> Result<Vec<u64>, StoreError> {
    let mut old = Vec::new();
    for id in history::ids(disk)?.into_iter().filter(|id| *id < last) {
        if history::read(disk, id)?.0.note.time.as_str() >= day {
            break;
        }
        old.push(id);
    }
    Ok(old)
}

impl Store {
    /// The changes that [`Writer::prune`] would take away.
    pub fn prunable(&self, day: &str) -> Result<Vec<u64>, StoreError> {
        prunable(&Folder::at(self.root()), self.last_change()?, day)
    }
}

impl Writer {
    /// Takes away the oldest changes, up to the first that is not older than `day` (`2026-11-23`); the last change
    /// of all stays. Gives how many.
    pub fn prune(&self, day: &str) -> Result<usize, StoreError> {
        let disk = self.disk();
        let ids = prunable(disk, self.last(), day)?;
        for id in ids.iter().copied() {
            for path in [history::private_file_of(id), history::file_of(id)] {
                if disk.stat(&path).map_err(on("look at", &path))?.is_some() {
                    disk.remove(&path).map_err(on("remove", &path))?;
                }
            }
        }
        disk.sync(history::HISTORY).map_err(on("sync", history::HISTORY))?;
        Ok(ids.len())
    }

    /// Erases the files at paths of `contacts/` from the store, from history and from what conflicts left.
    pub fn erase(&self, paths: &[String], note: Note) -> Result<Erasure, StoreError> {
        let disk = self.disk();
        let mut files = Vec::new();
        let mut values = BTreeSet::new();
        for path in paths {
            let before = Image::of(disk.read(path).map_err(on("read", path))?);
            collect_values(path, &before, &mut values);
            if before != Image::Absent {
                files.push(FileChange::new(path, before, Image::Absent));
            }
        }
        if !files.is_empty() {
            self.replace(files, Note { kind: ChangeKind::Erasure, ..note })?;
        }
        // What a change still needs to be finished must not be taken out of its entry.
        self.finish_pending()?;
        let changes = self.erase_from_history(paths, &mut values)?;
        self.found_besides(changes, &values)
    }

    /// Where else values stand that were erased.
    fn found_besides(&self, changes: usize, values: &BTreeSet<String>) -> Result<Erasure, StoreError> {
        let disk = self.disk();
        let stands = |text: &str| values.iter().any(|value| stands_in(value, text));
        let mut found = Erasure { changes, ..Erasure::default() };
        for kind in Kind::FOLDERS.iter().filter(|kind| **kind != Kind::Contact) {
            for file in
                folder::files_of(self.root(), *kind)?.into_iter().filter(|file| file.obstacle.is_none())
            {
                let text = disk.read(&file.path).ok().flatten().unwrap_or_default();
                if stands(&String::from_utf8_lossy(&text)) {
                    found.records.push(file.path);
                }
            }
        }
        for id in history::ids(disk)? {
            if stands(&history::read(disk, id)?.0.write()) {
                found.entries.push(id);
            }
        }
        Ok(found)
    }

    fn erase_from_history(
        &self,
        paths: &[String],
        values: &mut BTreeSet<String>,
    ) -> Result<usize, StoreError> {
        let disk = self.disk();
        let mut count = 0;
        for id in history::ids(disk)? {
            let (mut entry, _) = history::read(disk, id)?;
            let mut is_meant = false;
            for (number, file) in entry.files.iter_mut().enumerate().filter(|it| paths.contains(&it.1.path)) {
                is_meant = true;
                collect_values(&file.path, &file.before, values);
                collect_values(&file.path, &file.after, values);
                (file.before, file.after) = (Image::Erased, Image::Erased);
                remove_if_there(disk, &staged(id, number))?;
            }
            if is_meant {
                rewrite(disk, &entry)?;
                count += 1;
            }
        }
        for name in disk.list(CONFLICTS).map_err(on("list", CONFLICTS))? {
            if paths.iter().any(|path| name.starts_with(&format!("{}.", path.replace('/', "-")))) {
                remove_if_there(disk, &format!("{CONFLICTS}/{name}"))?;
            }
        }
        Ok(count)
    }
}

/// The texts of a person's record; what a person's post is says nothing of who it is.
fn collect_values(path: &str, image: &Image, values: &mut BTreeSet<String>) {
    let Some((_, file)) = folder::record_at(path) else { return };
    let text = image.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(Value::Table(table)) = text.and_then(|text| document::parse(file.format, text).ok()) else {
        return;
    };
    for (key, value) in table.iter() {
        match value {
            Value::Text(text) if key != "post" => _ = values.insert(text.clone()),
            _ => {}
        }
    }
}

fn remove_if_there(disk: &dyn Disk, path: &str) -> Result<(), StoreError> {
    match disk.stat(path).map_err(on("look at", path))? {
        Some(_) => disk.remove(path).map_err(on("remove", path)),
        None => Ok(()),
    }
}

/// Replaces the images of an entry's personal data.
fn rewrite(disk: &dyn Disk, entry: &Entry) -> Result<(), StoreError> {
    let Some(text) = entry.write_private() else { return Ok(()) };
    let path = history::private_file_of(entry.id);
    let new = format!("{path}.new");
    remove_if_there(disk, &new)?;
    disk.create(&new, text.as_bytes(), Access::Private).map_err(on("write", &new))?;
    disk.sync(&new).map_err(on("sync", &new))?;
    disk.rename(&new, &path).map_err(on("put in place", &path))?;
    install::sync_folder(disk, PRIVATE).map_err(on("sync", PRIVATE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fault_injection::faulty_disk::{FaultKind, FaultyDisk};
    use crate::store::lock::LockOptions;
    use crate::store::recover;

    #[test]
    fn whatever_operation_of_an_erasure_fails_the_next_writer_can_go_on() {
        let path = "contacts/a.toml";
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let store =
                Store::init(&folder.path().join("data"), &LockOptions::none(), Note::unsigned()).unwrap();
            let writer = Writer::take(&store, &LockOptions::none()).unwrap();
            let person = FileChange::new(path, Image::Absent, Image::text("phone = \"13812345678\"\n"));
            writer.replace(vec![person], Note::unsigned()).unwrap();
            drop(writer);

            let disk: &'static Folder = Box::leak(Box::new(Folder::at(store.root())));
            let faulty: &'static FaultyDisk<'_, Folder> =
                Box::leak(Box::new(FaultyDisk::new(disk, at, FaultKind::Broken)));
            let result =
                Writer::over(&store, Box::new(FaultyDisk::new(faulty, usize::MAX, FaultKind::Broken)), None)
                    .and_then(|writer| writer.erase(&[path.to_owned()], Note::unsigned()));
            recover::recover(disk).unwrap_or_else(|error| panic!("operation {at}: {}", error.chain()));
            assert!(result.is_err() || disk.read(path).unwrap().is_none(), "operation {at}");
            if faulty.count() <= at {
                assert!(result.is_ok());
                break;
            }
        }
    }
}
