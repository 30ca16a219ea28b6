//! Others at work at the same moment: editors, readers, writers.

use std::cell::Cell;
use std::thread;
use std::time::Duration;

use super::enumerated::Found;
use super::faulty_disk::InterleavedDisk;
use super::memory_disk::MemoryDisk;
use super::scenarios::{enterprise_add, enterprise_set, import};
use super::view;
use crate::model::change::{Change, Edit};
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::value::{Table, Value};
use crate::store::disk::{Access, Disk};
use crate::store::history::Note;
use crate::store::image::{FileChange, Image};
use crate::store::install::CONFLICTS;
use crate::store::load::Snapshot;
use crate::store::lock::LockOptions;
use crate::store::mutation::{self, Mutation};
use crate::store::writer::{Sources, Writer};
use crate::store::{Store, recover};

const TYPED: &[u8] = b"typed by hand\n";
const PATH: &str = "enterprises/e0.toml";

/// How an editor saves.
#[derive(Debug, Clone, Copy)]
enum Saves {
    /// A new file over the old one.
    ByRename,
    /// Into the file it opened long ago.
    InPlace,
}

/// An editor saves just before every operation of a change; what was typed is in the file, or kept.
pub fn edits() -> Found {
    let scenario = &enterprise_set();
    let mut points = 0;
    for saves in [Saves::ByRename, Saves::InPlace] {
        for at in 0..200 {
            let disk = MemoryDisk::new();
            scenario.set_up(&disk);
            let opened = disk.number(PATH).unwrap_or_default();
            let has_saved = Cell::new(false);
            let save = || {
                has_saved.set(true);
                match saves {
                    Saves::InPlace => disk.overwrite(opened, TYPED),
                    Saves::ByRename => {
                        disk.create("enterprises/.swap", TYPED, Access::Shared).unwrap();
                        disk.rename("enterprises/.swap", PATH).unwrap();
                    }
                }
            };
            let result = scenario.run(&InterleavedDisk::new(&disk, at, &save));
            if has_saved.get() && matches!(saves, Saves::ByRename) && !is_somewhere(&disk) {
                return Err(format!("{saves:?} before operation {at}: not kept at once ({result:?})"));
            }
            if !has_saved.get() {
                // The file it still has open was displaced long ago.
                save();
            }
            recover::recover(&disk).map_err(|error| error.chain().to_string())?;
            if !is_somewhere(&disk) {
                return Err(format!("{saves:?} before operation {at}: lost what was typed ({result:?})"));
            }
            points += 1;
        }
    }
    Ok(points)
}

fn is_somewhere(disk: &MemoryDisk) -> bool {
    is_at(disk, PATH)
}

fn is_at(disk: &MemoryDisk, path: &str) -> bool {
    let kept = disk.list(CONFLICTS).unwrap();
    let holds = |path: &str| disk.read(path).unwrap().as_deref() == Some(TYPED);
    holds(path) || kept.iter().any(|name| holds(&format!("{CONFLICTS}/{name}")))
}

/// A change is made just before every operation of a reader, which must see one state.
pub fn reads() -> Found {
    let scenario = &import();
    let (before, after) = (scenario.before.clone(), scenario.after());
    let mut paths = before.clone();
    paths.extend(after.clone());
    for at in 0..100 {
        let disk = MemoryDisk::new();
        scenario.set_up(&disk);
        let make = || scenario.run(&disk).unwrap();
        let read = view(&InterleavedDisk::new(&disk, at, &make), &paths)
            .map_err(|error| error.chain().to_string())?;
        if read != before && read != after {
            return Err(format!("a change before operation {at} of a reader: it saw half of it"));
        }
    }
    Ok(100)
}

fn store(folder: &std::path::Path) -> Store {
    Store::init(&folder.join("data"), &LockOptions::none(), Note::unsigned()).unwrap()
}

/// Writers that each add one to a number, many times: nobody's addition is lost.
pub fn writers() -> Found {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let active = mutation::is_active(Mutation::NoLock).then_some(Mutation::NoLock);
    let count = |store: &Store| {
        let text = std::fs::read_to_string(store.root().join("industries/n.toml")).unwrap_or_default();
        text.lines().filter(|line| *line == "#").count()
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                mutation::activate(active);
                for _ in 0..10 {
                    // Without a lock anything may happen here; what counts is the number.
                    let _ = add_one(&store);
                }
            });
        }
    });
    let found = count(&store);
    if found == 40 { Ok(40) } else { Err(format!("{found} of 40 additions are left")) }
}

fn add_one(store: &Store) -> Result<(), crate::store::StoreError> {
    let options = LockOptions { wait: Duration::from_secs(30), ..LockOptions::none() };
    let writer = Writer::take(store, &options)?;
    let path = "industries/n.toml";
    let before = Image::of(std::fs::read(store.root().join(path)).ok());
    let mut after = before.bytes().map_or_else(|| b"name = \"n\"\n".to_vec(), <[u8]>::to_vec);
    after.push(b'#');
    after.push(b'\n');
    writer.replace(vec![FileChange::new(path, before, Image::Held(after))], Note::unsigned())?;
    Ok(())
}

/// Somebody makes the file of a new record just before every operation of the change that makes it.
pub fn new_files() -> Found {
    let scenario = enterprise_add();
    let path = &scenario.changes[0].path;
    for at in 0..60 {
        let disk = MemoryDisk::new();
        scenario.set_up(&disk);
        let typed = Cell::new(false);
        let type_it = || typed.set(disk.create(path, TYPED, Access::Shared).is_ok());
        let result = scenario.run(&InterleavedDisk::new(&disk, at, &type_it));
        recover::recover(&disk).map_err(|error| error.chain().to_string())?;
        if typed.get() && !is_at(&disk, path) {
            return Err(format!("before operation {at}: lost what was typed ({result:?})"));
        }
    }
    Ok(60)
}

/// Plans that are carried out late: after another change, or after an edit by hand of the same record.
pub fn plans() -> Found {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let name = |name: &str| {
        let mut value = Value::Table(Table::default());
        value.set(&["name"], Some(Value::Text(name.into())));
        Some(value)
    };
    let change = |id: &str, before, after| Change {
        edits: vec![Edit { record: RecordRef::new(Kind::Industry, id), before, after }],
    };
    let apply = |snapshot: &Snapshot, change: &Change| {
        let writer = Writer::take(&store, &LockOptions::none())?;
        writer.apply(snapshot, change, &Sources::new(), Note::unsigned())
    };
    let first = store.load().unwrap();
    apply(&first, &change("n", None, name("one"))).map_err(|error| error.chain().to_string())?;
    if apply(&first, &change("m", None, name("two"))).is_ok() {
        return Err("a plan was carried out on a later state".to_owned());
    }
    let second = store.load().unwrap();
    std::fs::write(store.root().join("industries/n.toml"), "name = \"by hand\"\n").unwrap();
    if apply(&second, &change("n", name("one"), name("two"))).is_ok() {
        return Err("a plan was carried out on what had been edited by hand".to_owned());
    }
    Ok(2)
}

#[test]
fn what_is_made_by_hand_in_the_place_of_a_new_record_is_kept() {
    new_files().unwrap();
}

#[test]
fn a_plan_is_carried_out_on_what_it_was_made_for_or_not_at_all() {
    plans().unwrap();
}

#[test]
fn nothing_typed_in_an_editor_is_lost() {
    eprintln!("{} racing edits", edits().unwrap());
}

#[test]
fn a_reader_sees_one_state_whenever_a_change_is_made() {
    reads().unwrap();
}

#[test]
fn no_writer_loses_the_work_of_another() {
    writers().unwrap();
}

#[test]
fn a_second_change_is_refused_if_the_file_is_not_there_any_more() {
    let scenario = enterprise_set();
    let disk = MemoryDisk::new();
    scenario.set_up(&disk);
    disk.remove(PATH).unwrap();
    assert!(scenario.run(&disk).is_err());
}
