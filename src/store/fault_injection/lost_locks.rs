//! A writer that is stopped while somebody removes its lock and another one writes: what the other was told is done stays
//! done.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::authors::copy;
use super::enumerated::Found;
use super::faulty_disk::InterleavedDisk;
use crate::store::disk::Folder;
use crate::store::history::Note;
use crate::store::image::{FileChange, Image};
use crate::store::lock::{self, LOCK, LockOptions};
use crate::store::writer::Writer;
use crate::store::{Store, StoreError};

fn note(actor: &str) -> Note {
    Note { actor: actor.to_owned(), ..Note::unsigned() }
}

fn industry(id: &str, before: Image, after: &str) -> FileChange {
    FileChange::new(format!("industries/{id}.toml"), before, Image::text(format!("name = \"{after}\"\n")))
}

fn replayed(store: &Store) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
    let mut files = BTreeMap::new();
    for id in store.changes()? {
        super::put(&mut files, &store.entry(id)?.files);
    }
    Ok(files)
}

/// Another writer changes the same record.
fn write_second(store: &Store) -> Result<u64, StoreError> {
    let writer = Writer::take(store, &LockOptions::none())?;
    let before = Image::of(std::fs::read(store.root().join("industries/a.toml")).ok());
    let change = vec![industry("a", before, "second"), industry("s", Image::Absent, "s")];
    writer.replace(change, note("second"))
}

/// The first writer is stopped before every operation; gives how many points there were. In the instant between the last
/// look and the replacing of HEAD nobody can help it: those two are counted apart.
pub fn lost_locks() -> Found {
    let folder = tempfile::tempdir().unwrap();
    let start = Store::init(&folder.path().join("start"), &LockOptions::none(), note("founder")).unwrap();
    let writer = Writer::take(&start, &LockOptions::none()).unwrap();
    writer.replace(vec![industry("a", Image::Absent, "a")], note("founder")).unwrap();
    drop(writer);
    let mut unseen = Vec::new();
    for at in 0.. {
        let root = folder.path().join(at.to_string());
        copy(start.root(), &root).unwrap();
        let store = Store::open(&root).unwrap();
        let failed = |error: StoreError| format!("before operation {at}: {}", error.chain());
        let acted = Rc::new(RefCell::new(None));
        let held = lock::exclusive(store.root(), &LockOptions::none()).map_err(failed)?;
        // What a writer writes through must outlive it: it is never given back here.
        let disk: &'static Folder = Box::leak(Box::new(Folder::at(store.root())));
        let (other, outcome) = (store.clone(), Rc::clone(&acted));
        let act: &'static dyn Fn() = Box::leak(Box::new(move || {
            let _ = std::fs::remove_file(other.root().join(LOCK));
            *outcome.borrow_mut() = Some(write_second(&other).ok());
        }));
        let interleaved = InterleavedDisk::new(disk, at, act);
        let first = Writer::over(&store, Box::new(interleaved), Some(held)).and_then(|writer| {
            let change = vec![
                industry("a", Image::text("name = \"a\"\n"), "first"),
                industry("f", Image::Absent, "f"),
                industry("g", Image::Absent, "g"),
            ];
            writer.replace(change, note("first"))
        });
        let Some(second) = acted.take() else {
            return if unseen.len() <= 2 {
                Ok(at)
            } else {
                Err(format!("lost before operations {unseen:?}"))
            };
        };
        let writer = Writer::take(&store, &LockOptions::none()).map_err(failed)?;
        drop(writer);
        let is_there = |id: u64, actor: &str| store.entry(id).is_ok_and(|entry| entry.note.actor == actor);
        let is_kept = second.is_none_or(|id| is_there(id, "second"))
            && first.as_ref().map_or(true, |id| is_there(*id, "first"));
        let on_disk = |path: &str| std::fs::read(store.root().join(path)).ok();
        let replayed = replayed(&store).map_err(failed)?;
        let is_same = ["a", "f", "g", "s"].iter().all(|id| {
            let path = format!("industries/{id}.toml");
            replayed.get(&path).cloned() == on_disk(&path)
        });
        if !is_kept || !is_same {
            unseen.push(at);
        }
    }
    Ok(0)
}

#[test]
fn a_writer_whose_lock_was_removed_does_not_write_over_another() {
    eprintln!("{} points at which a writer was stopped", lost_locks().unwrap());
}
