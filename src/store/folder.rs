//! Where records lie in a data folder.

use std::fs;
use std::path::Path;

use super::{StoreError, failed};
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::programme::RecordFormat;

/// The folder of the program's state inside a data folder.
pub const STATE_DIR: &str = ".kunpeng";

/// How deep sub-folders of a kind's folder may lie.
const DEEPEST: usize = 8;

/// One file found in a data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path below the data folder, with `/`.
    pub path: String,
    /// The name without its ending.
    pub stem: String,
    /// The format its ending says; none if it is no record.
    pub format: Option<RecordFormat>,
    /// Why it is not read, if it is not.
    pub obstacle: Option<Obstacle>,
}

/// Why something in a data folder is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is a link, a pipe or a device in the place of a file.
    NotOrdinary,
    /// It is a link, or something else, in the place of a folder of records.
    NotAFolder,
    /// Its name is not UTF-8.
    NotUtf8,
    /// It lies deeper than folders are looked into.
    TooDeep,
}

/// A record's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// Its path below the data folder, with `/`.
    pub path: String,
    /// Its format.
    pub format: RecordFormat,
}

fn format_of(name: &str) -> Option<(&str, RecordFormat)> {
    let toml = name.strip_suffix(".toml").map(|stem| (stem, RecordFormat::Toml));
    toml.or_else(|| name.strip_suffix(".json").map(|stem| (stem, RecordFormat::Json)))
}

/// The programme's file, if the folder has one.
pub fn programme_file(root: &Path) -> Option<RecordFile> {
    [("programme.toml", RecordFormat::Toml), ("programme.json", RecordFormat::Json)]
        .into_iter()
        .find(|(name, _)| root.join(name).is_file())
        .map(|(name, format)| RecordFile { path: name.to_owned(), format })
}

/// Where a new record is put.
pub fn new_file(record: &RecordRef, format: RecordFormat) -> RecordFile {
    let path = match record.kind {
        Kind::Programme => format!("programme.{format}"),
        kind => format!("{}/{}.{format}", kind.plural(), record.id),
    };
    RecordFile { path, format }
}

/// Whether a record holds personal data.
pub fn is_private(record: &RecordRef) -> bool {
    record.kind == Kind::Contact
}

/// Whether a path below the data folder is one of personal data.
pub fn is_private_path(path: &str) -> bool {
    path.split('/').next() == Some(Kind::Contact.plural())
}

/// The record a path below the data folder stands for.
pub fn record_at(path: &str) -> Option<(RecordRef, RecordFile)> {
    let found = found_at(path);
    let file = RecordFile { path: path.to_owned(), format: found.format? };
    let record = match path.split_once('/') {
        None if found.stem == "programme" => RecordRef::programme(),
        None => return None,
        Some((folder, _)) => {
            let kind = Kind::FOLDERS.iter().copied().find(|kind| kind.plural() == folder)?;
            RecordRef::new(kind, found.stem)
        }
    };
    Some((record, file))
}

/// Refuses a link, or anything else that is no folder, in the place of a folder of the store.
pub fn refuse_link(root: &Path, folder: &str) -> Result<(), StoreError> {
    let path = root.join(folder);
    match fs::symlink_metadata(&path) {
        Ok(known) if !known.is_dir() => Err(StoreError::NotAFolder(folder.to_owned())),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed("look at", &path)(error)),
        _ => Ok(()),
    }
}

/// Every file below the folder of a kind, sub-folders included, in the order of their paths. Hidden files and
/// folders are passed over; links are reported, never followed.
pub fn files_of(root: &Path, kind: Kind) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    match refuse_link(root, kind.plural()) {
        Ok(()) => walk(root, kind.plural(), DEEPEST, &mut found)?,
        Err(StoreError::NotAFolder(path)) => {
            found.push(Found { obstacle: Some(Obstacle::NotAFolder), ..found_at(&path) });
        }
        Err(error) => return Err(error),
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(root: &Path, below: &str, depth: usize, found: &mut Vec<Found>) -> Result<(), StoreError> {
    let folder = root.join(below);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("list", &folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed("list", &folder))?;
        let file_name = entry.file_name();
        let name = file_name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(failed("look at", &entry.path()))?;
        let path = format!("{below}/{name}");
        let obstacle = match file_name.to_str() {
            None => Some(Obstacle::NotUtf8),
            Some(_) if kind.is_file() => None,
            Some(_) if !kind.is_dir() => Some(Obstacle::NotOrdinary),
            Some(_) if depth == 0 => Some(Obstacle::TooDeep),
            Some(_) => {
                walk(root, &path, depth - 1, found)?;
                continue;
            }
        };
        found.push(Found { obstacle, ..found_at(&path) });
    }
    Ok(())
}

/// An ordinary file at a path below the data folder.
pub fn found_at(path: &str) -> Found {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, format) = format_of(name).map_or((name, None), |(stem, format)| (stem, Some(format)));
    Found { path: path.to_owned(), stem: stem.to_owned(), format, obstacle: None }
}
