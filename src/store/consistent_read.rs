//! Reading one state of the store while somebody writes it, without a lock.
//!
//! HEAD is read before and after the files. A change that HEAD names and whose files may not all be in place is
//! applied to what the files hold.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use super::disk::Disk;
use super::folder::{self, Found};
use super::head::{self, Head};
use super::history::Entry;
use super::image::Image;
use super::lock::{self, LockOptions};
use super::mutation::{self, Mutation};
use super::{StoreError, recover};

/// How often to try before asking writers to wait.
const TRIES: usize = 5;

/// Contents that count in the place of what the files hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    files: HashMap<String, Image>,
}

impl Overlay {
    /// The state after a change, wherever its files are.
    pub fn after(entry: &Entry) -> Self {
        let mut overlay = Self::default();
        for file in &entry.files {
            overlay.insert(&file.path, &file.after);
        }
        overlay
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Puts an image in the place of a file. An image that is not known changes nothing.
    pub fn insert(&mut self, path: &str, image: &Image) {
        if matches!(image, Image::Absent | Image::Held(_)) {
            self.files.insert(path.to_owned(), image.clone());
        }
    }

    /// What counts in the place of a file, if anything does.
    pub fn get(&self, path: &str) -> Option<&Image> {
        self.files.get(path)
    }

    /// The files it holds, in order, with their contents.
    pub fn contents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files: BTreeMap<&str, &[u8]> =
            self.files.iter().filter_map(|(path, image)| Some((path.as_str(), image.bytes()?))).collect();
        files.into_iter()
    }

    /// Corrects a listing of a kind's folder.
    pub fn correct(&self, kind_folder: &str, found: &mut Vec<Found>) {
        if self.files.is_empty() {
            return;
        }
        found.retain(|file| !matches!(self.get(&file.path), Some(Image::Absent)));
        let known: HashSet<String> = found.iter().map(|file| file.path.clone()).collect();
        let is_here = |path: &str| path.split('/').next() == Some(kind_folder);
        for path in
            self.files.iter().filter(|(path, held)| held.bytes().is_some() && is_here(path)).map(|it| it.0)
        {
            if !known.contains(path) {
                found.push(folder::found_at(path));
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// The state HEAD names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The number of the last change; 0 before the first.
    pub change: u64,
    /// The contents that count in the place of what files hold.
    pub overlay: Overlay,
    /// Whether a newer version says so, whose history this one cannot read.
    pub is_newer: bool,
}

fn state_of(disk: &dyn Disk, head: Option<&Head>) -> Result<State, StoreError> {
    let overlay = match head {
        Some(head) if head.applying && !mutation::is_active(Mutation::NoOverlay) => {
            Overlay::after(&recover::pending_entry(disk, head)?)
        }
        _ => Overlay::default(),
    };
    Ok(State { change: head.map_or(0, |head| head.change), overlay, is_newer: false })
}

fn is_same_state(first: Option<&Head>, second: Option<&Head>) -> bool {
    mutation::is_active(Mutation::NoSecondHeadRead)
        || match (first, second) {
            (Some(first), Some(second)) => {
                (first.change, &first.entry) == (second.change, &second.entry)
                    && (first.applying || !second.applying)
            }
            (first, second) => first == second,
        }
}

/// Reads something of a state, or gets the error because of which the state is not known.
pub type Read<'r, T> = dyn FnMut(Result<&State, StoreError>) -> Result<T, StoreError> + 'r;

/// Reads what a newer version has left at rest; none if it is at work.
fn newer<T>(disk: &dyn Disk, read: &mut Read<'_, T>) -> Option<Result<T, StoreError>> {
    let line = head::newer_at_rest(disk)?;
    let result = read(Ok(&State { change: 0, overlay: Overlay::default(), is_newer: true }));
    (head::newer_at_rest(disk)? == line).then_some(result)
}

/// Reads something of one state. An error of `read` counts only if nobody wrote meanwhile. Damage to HEAD is
/// handed to `read` in the place of the state.
pub fn consistently<T>(disk: &dyn Disk, root: &Path, read: &mut Read<'_, T>) -> Result<T, StoreError> {
    for _ in 0..TRIES {
        let first = match head::read(disk) {
            Ok(first) => first,
            Err(StoreError::NewerHistory) => match newer(disk, read) {
                Some(result) => return result,
                None => return read(Err(StoreError::NewerHistory)),
            },
            Err(error) => return read(Err(error)),
        };
        let state = state_of(disk, first.as_ref());
        let result = read(state.as_ref().map_err(StoreError::duplicate));
        if head::read(disk).is_ok_and(|second| is_same_state(first.as_ref(), second.as_ref())) {
            return result;
        }
    }
    let options = LockOptions { wait: Duration::from_mins(1), holder: String::new(), tell: &|_| {} };
    let _lock = lock::shared(root, &options)?;
    match head::read(disk).and_then(|head| state_of(disk, head.as_ref())) {
        Ok(state) => read(Ok(&state)),
        Err(error) => read(Err(error)),
    }
}
