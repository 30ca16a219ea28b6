//! Looking over the tool's own folder and the files as files: what `check` finds there, and what can be put right
//! without guessing.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{Disk, Folder, Shape};
use super::folder::OWN;
use super::head::{self, Fault, Head};
use super::history::{self, PRIVATE};
use super::place::{CONFLICTS, STAGE};
use super::writer::Writer;
use super::{Store, StoreError, folder, on, recover};
use crate::model::finding::{Finding, Place};
use crate::model::kind::Kind;
use crate::model::rule::{self, Rule};

/// Names that some systems keep for devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

fn finding(rule: &'static Rule, path: &str, message: String) -> Finding {
    Finding::new(rule, message, Place::File { path: path.to_owned(), bytes: None })
}

impl Store {
    /// Everything wrong with the files as files; all of it warnings.
    pub fn inspect(&self, now: &str) -> Result<Vec<Finding>, StoreError> {
        let disk = Folder::at(self.root());
        let mut found = names(self.root())?;
        // Anything else in its place is found when the store is read.
        if disk.look(OWN).map_err(on("look at", OWN))?.is_none_or(|known| known.shape != Shape::Folder) {
            return Ok(found);
        }
        // What HEAD itself has is found when the store is read.
        if let Ok(Some(head)) = head::read(&disk) {
            found.extend(entries(&disk, &head, now)?);
        }
        found.extend(leftovers(&disk)?);
        for path in too_open(&disk, self.root())? {
            let message = format!("`{path}` can be read by others than its owner");
            let help = "`kunpeng check --repair` gives it to its owner alone";
            found.push(finding(&rule::OPEN_CONTACTS, &path, message).help(help));
        }
        Ok(found)
    }
}

/// Ids that are no file names elsewhere.
fn names(root: &Path) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    for kind in Kind::FOLDERS {
        for file in folder::files_of(root, *kind)?.into_iter().filter(|file| file.form.is_some()) {
            let first = file.stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
            if DEVICES.contains(&first.as_str()) || file.stem.ends_with('.') {
                let message = format!("`{}` cannot be a file name on every system", file.stem);
                found.push(finding(&rule::NOT_PORTABLE, &file.path, message).help("give it another id"));
            }
        }
    }
    Ok(found)
}

/// Damage to history, gaps in it, and clocks that went backwards.
fn entries(disk: &dyn Disk, head: &Head, now: &str) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    let damaged = |id: u64, message: String| finding(&rule::DAMAGED_ENTRY, &history::file_of(id), message);
    let mut before: Option<(u64, String, String)> = None;
    for id in history::ids(disk)?.into_iter().filter(|id| *id <= head.change) {
        let (entry, sum) = match history::read(disk, id) {
            Ok(read) => read,
            Err(error) => {
                found.push(damaged(id, error.chain()));
                before = None;
                continue;
            }
        };
        if let Some((last, last_sum, last_time)) = &before {
            if *last + 1 != id {
                found.push(damaged(id, format!("the changes between {last} and {id} are missing")));
            } else if *last_sum != entry.parent {
                found.push(damaged(id, format!("change {id} does not continue the change before it")));
            }
            if is_later(last_time, &entry.note.time) {
                let message = format!("change {id} is dated before change {last}: a clock went backwards");
                found.push(finding(&rule::CLOCK, &history::file_of(id), message));
            }
        }
        if is_later(&entry.note.time, now) {
            let message = format!("change {id} is dated in the future");
            found.push(finding(&rule::CLOCK, &history::file_of(id), message));
        }
        before = Some((id, sum, entry.note.time));
    }
    if head.change > 0 && before.is_none_or(|(id, sum, _)| id != head.change || sum != head.entry) {
        found.push(damaged(head.change, "the last change is not the one that HEAD means".to_owned()));
    }
    Ok(found)
}

fn is_later(one: &str, other: &str) -> bool {
    let instant = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    matches!((instant(one), instant(other)), (Some(one), Some(other)) if one > other)
}

/// What a person has to look at: contents that were displaced by a change.
fn leftovers(disk: &dyn Disk) -> Result<Vec<Finding>, StoreError> {
    let kept = disk.list(CONFLICTS).map_err(on("list", CONFLICTS))?;
    let found = kept.into_iter().map(|name| {
        let path = format!("{CONFLICTS}/{name}");
        let message = format!("`{path}` holds what was typed at the moment of a change");
        finding(&rule::KEPT_EDIT, &path, message).help("compare it with the record, then delete it")
    });
    Ok(found.collect())
}

/// Files and folders of personal data that others than the owner may read.
fn too_open(disk: &dyn Disk, root: &Path) -> Result<BTreeSet<String>, StoreError> {
    let contacts = folder::files_of(root, Kind::Contact)?.into_iter().filter(|file| file.ordinary);
    let mut paths: Vec<String> = contacts.map(|file| file.path).collect();
    paths.extend([Kind::Contact.plural(), PRIVATE, STAGE, CONFLICTS].map(str::to_owned));
    for name in disk.list(PRIVATE).map_err(on("list", PRIVATE))? {
        paths.push(format!("{PRIVATE}/{name}"));
    }
    let mut open = BTreeSet::new();
    for path in paths {
        let known = disk.look(&path).map_err(on("look at", &path))?;
        if known.is_some_and(|known| known.mode & 0o077 != 0 && known.shape != Shape::Link) {
            open.insert(path);
        }
    }
    Ok(open)
}

impl Writer {
    /// Puts right what needs no guessing; says what.
    pub fn repair(&self) -> Result<Vec<String>, StoreError> {
        let mut done = Vec::new();
        for path in too_open(self.disk(), self.root())? {
            self.disk().make_private(&path).map_err(on("change the mode of", &path))?;
            done.push(format!("gave `{path}` to its owner alone"));
        }
        Ok(done)
    }
}

/// Makes a new HEAD from history where HEAD is damaged or missing and there is only one thing it can have said:
/// the last entry is whole, and every file is as that entry left it. Gives whether it did.
pub(super) fn rebuild_head(disk: &dyn Disk) -> Result<bool, StoreError> {
    match head::read(disk) {
        Ok(Some(_)) => return Ok(false),
        Err(StoreError::NewerHistory) => return Err(StoreError::NewerHistory),
        _ => {}
    }
    let Some(last) = history::ids(disk)?.last().copied() else { return Ok(false) };
    let (entry, sum) = history::read(disk, last)?;
    for file in &entry.files {
        if !super::place::is_in(disk, &file.path, &[&file.after]).map_err(on("read", &file.path))? {
            return Err(StoreError::Damaged {
                path: head::HEAD.to_owned(),
                what: "the records are not as the last change left them, so it cannot be made anew",
            });
        }
    }
    let head = Head { change: last, entry: sum, applying: false };
    head::write(disk, &head).map_err(Fault::error)?;
    recover::recover(disk)?;
    Ok(true)
}
