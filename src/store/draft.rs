//! A file or folder that is not at its place before it is whole: a copy of a store, a store that is restored or begun.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Folder};
use super::{StoreError, failed};

/// A file or folder that is being written beside its place.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    /// Where it is meanwhile.
    pub path: PathBuf,
}

impl Draft {
    /// For a place that must be free: nothing there, or an empty folder. What an earlier try that was killed has left is
    /// removed.
    pub fn beside(place: &Path) -> Result<Self, StoreError> {
        if !is_free(place) {
            return Err(StoreError::NotEmpty(place.to_owned()));
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let draft = Self { place: place.to_owned(), path: folder.join(format!(".{name}.kunpeng-copy")) };
        draft.discard();
        Ok(draft)
    }

    fn discard(&self) {
        // Whatever it is; if it cannot be removed, it cannot be written either, and that is said.
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_dir_all(&self.path);
    }

    /// Puts it in its place, durably.
    pub fn finish(self) -> Result<(), StoreError> {
        let folder = Folder::at(&self.path);
        folder.sync_all().or_else(unsupported).map_err(failed("sync", &self.path))?;
        // An empty folder gives way to a folder; anything else that came to lie there stays.
        if !is_free(&self.place) {
            return Err(StoreError::NotEmpty(self.place.clone()));
        }
        fs::rename(&self.path, &self.place).map_err(failed("put in place", &self.place))?;
        let above =
            self.place.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(above).and_then(|above| above.sync_all()).map_err(failed("sync", above))
    }
}

/// What was not finished leaves nothing behind.
impl Drop for Draft {
    fn drop(&mut self) {
        self.discard();
    }
}

fn is_free(place: &Path) -> bool {
    match fs::symlink_metadata(place) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(known) => known.is_dir() && fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none()),
    }
}

fn unsupported(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::Unsupported { Ok(()) } else { Err(error) }
}
