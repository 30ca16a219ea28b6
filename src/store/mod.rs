//! Records on disk: the only code that touches the data folder.
//!
//! [`folder`] knows where records lie, [`toml`] (with [`canonical`]) and [`json`] read and edit their text,
//! [`load`] reads a whole store and reports every fault at once, [`locate`] finds the line a finding is about, and [`init`] starts a new
//! store.
//!
//! A change is made by a [`writer`], which holds the [`lock`]: [`commit`] stages it, writes it to [`history`] and
//! makes it by replacing [`head`], [`place`] puts its files where they belong, [`recover`] finishes what was
//! interrupted, and [`view`] lets others read one state meanwhile. [`seen`] notices edits by hand, [`past`] reads
//! history, [`forget`] shortens it, [`migrate`] brings an older store up to date, [`inspect`] looks it over and
//! [`backup`] copies everything. All of it goes through [`disk`].

pub mod backup;
mod canonical;
mod commit;
mod digest;
mod disk;
pub mod document;
mod flaw;
pub mod folder;
mod forget;
pub mod head;
pub mod history;
pub mod image;
pub mod init;
mod inspect;
mod json;
mod lists;
pub mod load;
pub mod locate;
pub mod lock;
mod migrate;
mod own;
pub mod past;
mod place;
mod recover;
pub mod report;
mod seen;
mod toml;
#[cfg(test)]
mod trial;
mod view;
pub mod writer;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::finding::RecordRef;
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
    /// A newer version wrote the store.
    #[error("the store has format {0}, newer than this version may write")]
    Newer(u32),
    /// An older version wrote the store.
    #[error("the store has format {0}, older than this version writes")]
    Older(u32),
    /// There is no folder there.
    #[error("there is no folder `{}`", .0.display())]
    NoFolder(PathBuf),
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
    /// The store changed between reading and writing.
    #[error("the store was changed by somebody else in the meantime; nothing was written")]
    Outdated,
    /// Something lies in the place of a record that is no file.
    #[error("`{}` is not an ordinary file; nothing was written", .0.display())]
    NotOrdinary(PathBuf),
    /// A link or a file lies in the place of a folder.
    #[error("`{0}` is not a folder of the store itself, and is not followed; nothing was written")]
    NotAFolder(String),
    /// A folder is on another file system than the rest.
    #[error("`{}` lies on another file system than the data folder; nothing was written", .0.display())]
    OtherDisk(PathBuf),
    /// Somebody else is writing.
    #[error("`{}` is held by {holder}; waited {} s, nothing was written", path.display(), waited.as_secs())]
    Busy {
        /// The lock.
        path: PathBuf,
        /// By whom.
        holder: String,
        /// How long.
        waited: Duration,
    },
    /// A file of the tool's own is not as it was written.
    #[error("`{path}` is damaged: {what}")]
    Damaged {
        /// Which.
        path: String,
        /// How that shows.
        what: &'static str,
    },
    /// There is history, but nothing says how far it goes.
    #[error("`.kunpeng/HEAD` is missing, but there is history")]
    NoHead,
    /// The tool's own folder has a newer form.
    #[error("`.kunpeng` was written by a newer version; the store can be read, not written")]
    NewerHistory,
    /// History does not have what would be needed.
    #[error("history does not have what `{path}` was before or after change {change}")]
    NotKept {
        /// The change.
        change: u64,
        /// The file.
        path: String,
    },
    /// A backup is not what it was.
    #[error("`{}` is not a whole copy of a store: a checksum does not agree", .0.display())]
    BadCopy(PathBuf),
    /// No such entry of history.
    #[error("there is no change {0}")]
    NoSuchChange(u64),
    /// The disk failed at the instant of the change.
    #[error("the disk failed at the instant of the change: it is not known whether change {change} was made")]
    NotKnown {
        /// The change.
        change: u64,
        /// What the system said.
        source: io::Error,
    },
    /// An edited file would not read back as planned.
    #[error("`{0}` could not be edited without changing more than was planned; nothing was written")]
    NotFaithful(String),
}

impl StoreError {
    /// The way out.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotAStore(_) | Self::NoneFound(_) | Self::NoFolder(_) => {
                Some("name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`")
            }
            Self::AlreadyThere(_) | Self::NotEmpty(_) => Some("give a new folder: `kunpeng init DIR`"),
            Self::ChangedMeanwhile(_) | Self::Outdated => Some("run the command again"),
            Self::NotOrdinary(_) | Self::NotAFolder(_) => Some("put it right, then run the command again"),
            Self::OtherDisk(_) => Some("keep the whole data folder on one file system"),
            Self::Busy { .. } => Some("try again later, or give it longer with `--wait SECONDS`"),
            Self::Damaged { .. } | Self::NoHead => Some("`kunpeng check` says more"),
            Self::Newer(_) | Self::NewerHistory => Some("use the kunpeng that wrote it, or a newer one"),
            Self::Older(_) => Some("`kunpeng migrate` brings it up to date; `kunpeng undo` takes that back"),
            Self::NotKept { .. } => Some("it was there before history began, or has been erased on purpose"),
            Self::BadCopy(_) => Some("take another copy; nothing was put back from this one"),
            Self::NoSuchChange(_) => Some("`kunpeng log` lists them"),
            Self::NotKnown { .. } => Some("`kunpeng status` tells, once the disk works again"),
            Self::NotFaithful(_) => Some("change the file in an editor: `kunpeng … edit ID`"),
            Self::Io { .. } => None,
        }
    }

    /// The error with its causes, in one line.
    fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }

    /// The same once more, for somebody who only says so.
    fn again(&self) -> Self {
        match self {
            Self::Damaged { path, what } => Self::Damaged { path: path.clone(), what },
            Self::NoSuchChange(id) => Self::NoSuchChange(*id),
            Self::NewerHistory => Self::NewerHistory,
            other => {
                Self::Io { verb: "read", path: head::HEAD.into(), source: io::Error::other(other.chain()) }
            }
        }
    }
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

/// A folder as it is seen from another: short where it lies below it.
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
            return Ok(Self { root: root.to_owned() });
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
            .map(|root| Self { root: near(&root, from) })
            .ok_or_else(|| StoreError::NoneFound(from.to_owned()))
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a record's file, as a person wrote it.
    pub fn text(&self, snapshot: &Snapshot, record: &RecordRef) -> Result<String, StoreError> {
        let path = self.root.join(snapshot.file_of(record).path);
        std::fs::read_to_string(&path).map_err(failed("read", &path))
    }
}
