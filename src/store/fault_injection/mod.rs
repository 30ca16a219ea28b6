//! Fault injection: every disk operation fails or is the last, the power is cut, editors and other commands work at
//! the same moment; and the same under mutations of the store, each of which must be found.

#![expect(clippy::print_stderr, reason = "how many points were tried is printed beside the tests")]

mod authors;
mod enumerated;
pub(super) mod faulty_disk;
mod lost_locks;
mod memory_disk;
mod mutation_tests;
mod races;
mod scenarios;

use std::collections::BTreeMap;
use std::path::Path;

use super::consistent_read::consistently;
use super::disk::{Access, Disk};
use super::head::{self, Head};
use super::history::{self, ChangeKind, Note};
use super::image::{FileChange, Image};
use super::{StoreError, commit, recover, state_dir};
use crate::model::meter::Meter;

/// The files of a store and what they hold.
type Files = BTreeMap<String, Vec<u8>>;

/// A change, and the store before it.
#[derive(Debug)]
struct Scenario {
    name: &'static str,
    before: Files,
    changes: Vec<FileChange>,
}

fn put(files: &mut Files, changes: &[FileChange]) {
    for change in changes {
        match change.after.bytes() {
            Some(bytes) => _ = files.insert(change.path.clone(), bytes.to_vec()),
            None => _ = files.remove(&change.path),
        }
    }
}

impl Scenario {
    fn after(&self) -> Files {
        let mut files = self.before.clone();
        put(&mut files, &self.changes);
        files
    }

    /// Writes the store as it is before the change, with a first change in its history.
    fn set_up(&self, disk: &dyn Disk) {
        for (path, bytes) in &self.before {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            folders.for_each(|folder| disk.make_folder(folder, Access::Shared).unwrap());
            disk.create(path, bytes, Access::Shared).unwrap();
        }
        state_dir::create(disk).unwrap();
        state_dir::populate(disk).unwrap();
        commit::record(disk, &|| true, &Head::start(), Note::unsigned(), Vec::new()).unwrap();
        disk.sync_all().unwrap();
    }

    /// The change itself, as a writer makes it.
    fn run(&self, disk: &dyn Disk) -> Result<(), StoreError> {
        state_dir::populate(disk)?;
        let (head, _) = recover::recover(disk)?;
        commit::commit(
            disk,
            &|| true,
            &head,
            Note { kind: ChangeKind::Command, ..Note::unsigned() },
            self.changes.clone(),
            &Meter::default(),
        )?;
        Ok(())
    }
}

/// What a reader sees of the paths.
fn view(disk: &dyn Disk, paths: &Files) -> Result<Files, StoreError> {
    consistently(disk, Path::new("/nowhere"), &mut |state| {
        let state = state?;
        let mut files = Files::new();
        for path in paths.keys() {
            let image = match state.overlay.get(path) {
                Some(image) => image.clone(),
                None => Image::of(disk.read(path).map_err(super::on("read", path))?),
            };
            if let Some(bytes) = image.bytes() {
                files.insert(path.clone(), bytes.to_vec());
            }
        }
        Ok(files)
    })
}

/// Which state a store is in after something went wrong, to a reader and to the next writer.
fn outcome(disk: &dyn Disk, scenario: &Scenario) -> Result<bool, String> {
    let (before, after) = (scenario.before.clone(), scenario.after());
    let mut paths = before.clone();
    paths.extend(after.clone());
    let which = |files: &Files| match files {
        files if *files == after => Ok(true),
        files if *files == before => Ok(false),
        _ => Err("neither the old state nor the new one".to_owned()),
    };
    let to_reader = which(&view(disk, &paths).map_err(|error| error.chain().to_string())?)?;
    state_dir::populate(disk).map_err(|error| error.chain().to_string())?;
    let (head, _) = recover::recover(disk).map_err(|error| error.chain().to_string())?;
    let raw = view(disk, &paths).map_err(|error| error.chain().to_string())?;
    let to_writer = which(&raw)?;
    if to_reader != to_writer {
        return Err("a reader and a writer disagree".to_owned());
    }
    if head.applying || (head.change == 2) != to_writer {
        return Err(format!("HEAD is at change {}, the files are not", head.change));
    }
    history::read(disk, head.change).map_err(|error| error.chain().to_string())?;
    let left = disk.list(super::install::STAGE).map_err(|error| error.to_string())?;
    let kept = disk.list(super::install::CONFLICTS).map_err(|error| error.to_string())?;
    let again = head::read(disk).map_err(|error| error.chain().to_string())?;
    let is_open = |path: &&String| {
        let known = disk.stat(path).ok().flatten();
        path.starts_with("contacts/") && known.is_some_and(|known| known.mode & 0o077 != 0)
    };
    let made = scenario.changes.iter().map(|change| &change.path);
    if let Some(path) = made.filter(|path| raw.contains_key(*path) && to_writer).find(is_open) {
        return Err(format!("`{path}` is for everybody to read"));
    }
    if !left.is_empty() || !kept.is_empty() || again != Some(head) {
        return Err(format!("not in order: {left:?} {kept:?}"));
    }
    Ok(to_writer)
}
