//! Who made a change: a change that was interrupted is never recorded again as edits by hand of whoever came next.

use std::path::Path;

use super::enumerated::Found;
use super::faulty_disk::{FaultKind, FaultyDisk};
use crate::store::disk::Folder;
use crate::store::history::{ChangeKind, Note};
use crate::store::image::{FileChange, Image};
use crate::store::lock::LockOptions;
use crate::store::writer::Writer;
use crate::store::{Store, StoreError};

fn note(actor: &str) -> Note {
    Note { actor: actor.to_owned(), ..Note::unsigned() }
}

/// A record is changed, one is removed and one is added.
fn first_change() -> Vec<FileChange> {
    vec![
        FileChange::new("industries/a.toml", Image::text("name = \"a\"\n"), Image::text("name = \"new\"\n")),
        FileChange::new("industries/b.toml", Image::text("name = \"b\"\n"), Image::Absent),
        FileChange::new("industries/c.toml", Image::Absent, Image::text("name = \"c\"\n")),
    ]
}

fn new_record(path: &str) -> Vec<FileChange> {
    vec![FileChange::new(path, Image::Absent, Image::text("name = \"n\"\n"))]
}

/// The next writer.
fn next_change(store: &Store) -> Result<(), StoreError> {
    let writer = Writer::take(store, &LockOptions::none())?;
    writer.replace(new_record("industries/next.toml"), note("second"))?;
    Ok(())
}

fn log_of(store: &Store) -> Result<Vec<(ChangeKind, String)>, StoreError> {
    let ids = store.changes()?.into_iter();
    ids.map(|id| store.entry(id).map(|entry| (entry.note.kind, entry.note.actor))).collect()
}

/// A store with three records, two of which were edited by hand.
fn edited_store(folder: &Path) -> Store {
    let store = Store::init(&folder.join("start"), &LockOptions::none(), note("founder")).unwrap();
    let writer = Writer::take(&store, &LockOptions::none()).unwrap();
    writer.replace(new_record("industries/a.toml"), note("founder")).unwrap();
    writer.replace(new_record("industries/b.toml"), note("founder")).unwrap();
    std::fs::write(store.root().join("industries/a.toml"), "name = \"a\"\n").unwrap();
    std::fs::write(store.root().join("industries/b.toml"), "name = \"b\"\n").unwrap();
    writer.replace(new_record("industries/d.toml"), note("founder")).unwrap();
    store
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry?.file_name()));
        if path.is_dir() { copy(&path, &to)? } else { _ = std::fs::copy(path, to)? }
    }
    Ok(())
}

/// A change ends at every operation; the next one adds itself to the log, and nothing else.
pub fn interrupted_changes() -> Found {
    let folder = tempfile::tempdir().unwrap();
    let start = edited_store(folder.path());
    let before = log_of(&start).map_err(|error| error.chain().to_string())?;
    let mut points = 0;
    for fault in [FaultKind::Killed, FaultKind::Broken, FaultKind::Gone] {
        for at in 0.. {
            let root = folder.path().join(format!("{fault:?}-{at}"));
            copy(start.root(), &root).unwrap();
            let store = Store::open(&root).unwrap();
            let disk: &'static Folder = Box::leak(Box::new(Folder::at(store.root())));
            let faulty: &'static FaultyDisk<'_, Folder> =
                Box::leak(Box::new(FaultyDisk::new(disk, at, fault)));
            let through = FaultyDisk::new(faulty, usize::MAX, fault);
            let result = Writer::over(&store, Box::new(through), None)
                .and_then(|writer| writer.replace(first_change(), note("first")));
            let failed = |error: StoreError| format!("{fault:?} at operation {at}: {}", error.chain());
            next_change(&store).map_err(failed)?;
            let mut expected = before.clone();
            if std::fs::read_to_string(root.join("industries/a.toml")).unwrap().contains("new") {
                expected.push((ChangeKind::Command, "first".to_owned()));
            }
            expected.push((ChangeKind::Command, "second".to_owned()));
            let log = log_of(&store).map_err(failed)?;
            if log != expected {
                return Err(format!("{fault:?} at operation {at} ({result:?}): {log:?}"));
            }
            points += 1;
            if faulty.count() <= at {
                break;
            }
        }
    }
    Ok(points)
}

#[test]
fn an_interrupted_change_is_in_the_log_once_by_its_author_or_not_at_all() {
    eprintln!("{} interrupted changes", interrupted_changes().unwrap());
}

#[test]
fn an_edit_by_hand_after_an_interrupted_change_is_recorded_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::init(&folder.path().join("data"), &LockOptions::none(), note("founder")).unwrap();
    let writer = Writer::take(&store, &LockOptions::none()).unwrap();
    let index = std::fs::read(store.root().join(".kunpeng/index")).unwrap();
    writer.replace(new_record("industries/a.toml"), note("first")).unwrap();
    drop(writer);
    // The command was killed before it could write the index.
    std::fs::write(store.root().join(".kunpeng/index"), index).unwrap();
    std::fs::write(store.root().join("industries/a.toml"), "name = \"typed\"\n").unwrap();
    next_change(&store).unwrap();
    let entry = store.entry(3).unwrap();
    assert_eq!(entry.note.kind, ChangeKind::ByHand);
    assert_eq!(
        entry.files,
        [FileChange::new(
            "industries/a.toml",
            Image::text("name = \"n\"\n"),
            Image::text("name = \"typed\"\n")
        )]
    );
}

#[test]
fn a_lost_index_is_made_anew_from_history() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::init(&folder.path().join("data"), &LockOptions::none(), note("founder")).unwrap();
    next_change(&store).unwrap();
    std::fs::remove_file(store.root().join(".kunpeng/index")).unwrap();
    std::fs::write(store.root().join("industries/next.toml"), "name = \"typed\"\n").unwrap();
    let writer = Writer::take(&store, &LockOptions::none()).unwrap();
    writer.replace(new_record("industries/other.toml"), note("second")).unwrap();
    let kinds: Vec<ChangeKind> = log_of(&store).unwrap().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [ChangeKind::Command, ChangeKind::Command, ChangeKind::ByHand, ChangeKind::Command]);
    assert_eq!(store.entry(3).unwrap().files.len(), 1);
}
