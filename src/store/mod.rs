//! Records on disk: the only code that touches the data folder.
//!
//! [`folder`] knows where records lie, [`toml`] (with [`canonical`]) and [`json`] read and edit their text,
//! [`load`] reads a whole store and notices every fault at once, [`locate`] finds the line a finding is about, and [`init`] starts a new
//! store.
//!
//! A change is made by a [`writer`], which holds the [`lock`]: the [`gate`] lets it through, [`commit`] stages it, writes it to [`history`] and
//! makes it by replacing [`head`], [`install`] moves its files into place, [`recover`] finishes what was
//! interrupted, and [`consistent_read`] lets others read one state meanwhile. [`file_index`] notices edits by hand,
//! [`replay`] reads history, [`forget`] shortens it, [`migrate`] brings an older store up to date, [`inspect`] checks
//! the state folder and [`backup`] copies everything. All of it goes through [`disk`]; [`fault_injection`] tests it.

pub mod backup;
mod canonical;
mod columns;
mod commit;
mod conflict;
mod consistent_read;
mod digest;
mod disk;
pub mod document;
mod draft;
pub mod error;
#[cfg(test)]
mod fault_injection;
mod file_index;
pub mod folder;
pub mod forget;
mod gate;
pub mod head;
pub mod history;
pub mod image;
pub mod init;
mod inspect;
mod install;
mod json;
mod language;
pub mod load;
pub mod locate;
pub mod lock;
mod migrate;
mod mutation;
pub mod notice;
mod recover;
pub mod replay;
pub mod seal;
mod state_dir;
mod toml;
pub mod writer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::finding::RecordRef;
use crate::model::meter::Meter;
pub use disk::LARGEST;
pub use error::StoreError;
use load::Snapshot;

/// A data folder.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    meter: Arc<Meter>,
}

/// Turns an error of the system into one that says what was tried on what.
fn failed(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { verb, path, source }
}

/// The same for a path below the data folder.
fn on(verb: &'static str, path: &str) -> impl FnOnce(io::Error) -> StoreError {
    failed(verb, Path::new(if path.is_empty() { "." } else { path }))
}

/// The path of a folder relative to another, where it lies below it.
fn near(root: &Path, from: &Path) -> PathBuf {
    match root.strip_prefix(from) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => root.to_owned(),
    }
}

impl Store {
    /// The store in a folder.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        if folder::programme_file(root).is_some() {
            return Ok(Self::at(root.to_owned()));
        }
        if let Err(error) = std::fs::read_dir(root) {
            return Err(match error.kind() {
                io::ErrorKind::NotFound => StoreError::NoFolder(root.to_owned()),
                _ => failed("open", root)(error),
            });
        }
        Err(StoreError::NotAStore(root.to_owned()))
    }

    /// The store in `./data`, or the nearest folder upward that is one or has one.
    pub fn find(from: &Path) -> Result<Self, StoreError> {
        from.ancestors()
            .flat_map(|folder| [folder.join("data"), folder.to_owned()])
            .find(|root| folder::programme_file(root).is_some())
            .map(|root| Self::at(near(&root, from)))
            .ok_or_else(|| StoreError::NoneFound(from.to_owned()))
    }

    fn at(root: PathBuf) -> Self {
        Self { root, meter: Arc::default() }
    }

    /// How far whatever is being read or written has come.
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.meter)
    }

    /// The data folder that a path lies in, if it lies in one.
    pub fn containing(path: &Path) -> Option<PathBuf> {
        path.ancestors().skip(1).find(|folder| folder::programme_file(folder).is_some()).map(Path::to_owned)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a record's file, as a person wrote it.
    pub fn text(&self, snapshot: &Snapshot, record: &RecordRef) -> Result<String, StoreError> {
        let path = self.root.join(snapshot.file_of(record).path);
        disk::read_text(&path).map_err(failed("read", &path))
    }
}
