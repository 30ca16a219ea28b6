//! Putting files in place: each appears whole or not at all, and is on the disk when the command says so.
//!
//! All new contents are written and synced beside their place before the first one is moved into it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{StoreError, failed};

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// It must not be there yet.
    New(String),
    /// It takes the place of the old one.
    Replaced(String),
    /// It is taken away.
    Removed,
}

/// A file to be written or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path below the data folder.
    pub path: String,
    /// What it will hold.
    pub contents: Contents,
    /// Whether only the owner may read it.
    pub private: bool,
}

/// Carries out all changes.
pub fn commit(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let outcome = stage(root, changes, &mut staged);
    if let Err(error) = outcome {
        for (temporary, _) in &staged {
            // What cannot be taken away now is passed over by every reader: its name begins with a dot.
            let _ = fs::remove_file(temporary);
        }
        return Err(error);
    }
    for (temporary, path) in &staged {
        fs::rename(temporary, path).map_err(failed("put in place", path))?;
    }
    for change in changes.iter().filter(|change| change.contents == Contents::Removed) {
        let path = root.join(&change.path);
        fs::remove_file(&path).map_err(failed("remove", &path))?;
    }
    let mut folders: Vec<PathBuf> =
        changes.iter().filter_map(|change| Some(root.join(&change.path).parent()?.to_owned())).collect();
    folders.sort();
    folders.dedup();
    for folder in folders {
        File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed("sync", &folder))?;
    }
    Ok(())
}

fn stage(
    root: &Path,
    changes: &[FileChange],
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> Result<(), StoreError> {
    for (number, change) in changes.iter().enumerate() {
        let path = root.join(&change.path);
        let (text, is_new) = match &change.contents {
            Contents::New(text) => (text, true),
            Contents::Replaced(text) => (text, false),
            Contents::Removed => continue,
        };
        if is_new && path.symlink_metadata().is_ok() {
            return Err(StoreError::ChangedMeanwhile(change.path.clone()));
        }
        let folder = path.parent().unwrap_or(root);
        make_folder(folder, change.private)?;
        let temporary = folder.join(format!(".kunpeng-{}-{number}", std::process::id()));
        staged.push((temporary.clone(), path.clone()));
        write_new(&temporary, &path, text, change.private).map_err(failed("write", &path))?;
    }
    Ok(())
}

fn make_folder(folder: &Path, private: bool) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mode = if private { 0o700 } else { 0o777 };
    fs::DirBuilder::new().recursive(true).mode(mode).create(folder).map_err(failed("make", folder))
}

fn write_new(temporary: &Path, old: &Path, text: &str, private: bool) -> std::io::Result<()> {
    let mode = if private { 0o600 } else { 0o666 };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(temporary)?;
    if let (Ok(old), false) = (old.metadata(), private) {
        file.set_permissions(fs::Permissions::from_mode(old.permissions().mode()))?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
