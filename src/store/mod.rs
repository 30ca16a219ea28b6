//! Records on disk: the only code that touches the data folder.
//!
//! [`folder`] knows where records lie, [`toml`] (with [`canonical`]) and [`json`] read and edit their text, [`load`] reads a whole
//! store and reports every fault at once, [`locate`] finds the line a finding is about, [`commit`] puts files in
//! place, and [`init`] starts a new store.

mod canonical;
pub mod commit;
pub mod document;
pub mod folder;
pub mod init;
mod json;
mod lists;
pub mod load;
pub mod locate;
mod toml;

use std::io;
use std::path::{Path, PathBuf};

use crate::model::change::Change;
use crate::model::finding::RecordRef;
use commit::{Contents, FileChange};
use load::Snapshot;

/// A data folder.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// Why the work on a data folder could not be done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store there.
    #[error("`{}` is not a kunpeng data folder: it has no programme.toml", .0.display())]
    NotAStore(PathBuf),
    /// There is none anywhere near.
    #[error("no data folder found in `{}` or above it", .0.display())]
    NoneFound(PathBuf),
    /// A new store would lie on an old one.
    #[error("`{}` is a data folder already", .0.display())]
    AlreadyThere(PathBuf),
    /// A new store would lie among other files.
    #[error("`{}` is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// The system refused.
    #[error("cannot {verb} `{}`", path.display())]
    Io {
        /// What was tried.
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file changed between reading and writing.
    #[error("`{0}` was changed by somebody else in the meantime; nothing was written")]
    ChangedMeanwhile(String),
    /// An edited file would not read back as planned.
    #[error("`{0}` could not be edited without changing more than was planned; nothing was written")]
    NotFaithful(String),
}

impl StoreError {
    /// The way out.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotAStore(_) | Self::NoneFound(_) => {
                Some("name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`")
            }
            Self::AlreadyThere(_) | Self::NotEmpty(_) => Some("give a new folder: `kunpeng init DIR`"),
            Self::ChangedMeanwhile(_) => Some("run the command again"),
            Self::NotFaithful(_) => Some("change the file in an editor: `kunpeng … edit ID`"),
            Self::Io { .. } => None,
        }
    }
}

/// Turns an error of the system into one that says what was tried on what.
fn failed(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { verb, path, source }
}

impl Store {
    /// The store in a folder.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        if folder::programme_file(root).is_some() {
            return Ok(Self { root: root.to_owned() });
        }
        std::fs::read_dir(root).map_err(failed("open", root))?;
        Err(StoreError::NotAStore(root.to_owned()))
    }

    /// The store in `./data`, or the nearest folder upward that is one or has one.
    pub fn find(from: &Path) -> Result<Self, StoreError> {
        from.ancestors()
            .flat_map(|folder| [folder.join("data"), folder.to_owned()])
            .find(|root| folder::programme_file(root).is_some())
            .map(|root| Self { root })
            .ok_or_else(|| StoreError::NoneFound(from.to_owned()))
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Carries out a change that was planned against `snapshot`.
    pub fn apply(&self, snapshot: &Snapshot, change: &Change) -> Result<(), StoreError> {
        let files = change
            .edits
            .iter()
            .map(|edit| {
                let file = snapshot.file_of(&edit.record);
                let path = self.root.join(&file.path);
                let contents = match (&edit.before, &edit.after) {
                    (_, None) => Contents::Removed,
                    (None, Some(after)) => Contents::New(document::write(file.form, after)),
                    (Some(before), Some(after)) => {
                        let text = std::fs::read_to_string(&path).map_err(failed("read", &path))?;
                        if !snapshot.still_holds(&edit.record, &text) {
                            return Err(StoreError::ChangedMeanwhile(file.path));
                        }
                        let edited = document::update(file.form, &text, before, after)
                            .ok_or_else(|| StoreError::NotFaithful(file.path.clone()))?;
                        Contents::Replaced(edited)
                    }
                };
                Ok(FileChange { path: file.path, contents, private: folder::is_private(&edit.record) })
            })
            .collect::<Result<Vec<_>, _>>()?;
        commit::commit(&self.root, &files)
    }

    /// The text of a record's file, as a person wrote it.
    pub fn text(&self, snapshot: &Snapshot, record: &RecordRef) -> Result<String, StoreError> {
        let path = self.root.join(snapshot.file_of(record).path);
        std::fs::read_to_string(&path).map_err(failed("read", &path))
    }

    /// Replaces the text of a record's file, as a person edited it.
    pub fn write_text(
        &self,
        snapshot: &Snapshot,
        record: &RecordRef,
        text: String,
    ) -> Result<(), StoreError> {
        let private = folder::is_private(record);
        let path = snapshot.file_of(record).path;
        commit::commit(&self.root, &[FileChange { path, contents: Contents::Replaced(text), private }])
    }
}
