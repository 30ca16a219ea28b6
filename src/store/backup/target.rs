//! Where a copy is written: beside its place, under another name, until it is whole and has been read back.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::frames::FrameWriter;
use super::is_private;
use crate::store::disk::{Disk, Folder};
use crate::store::{StoreError, failed};

/// The form of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A folder with the files.
    Folder,
    /// An archive `.tar.zst`.
    Archive,
}

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

/// What the files of a copy are written to.
pub enum Writer<'p> {
    Folder(&'p Path),
    Archive(Box<tar::Builder<FrameWriter<File>>>),
}

impl<'p> Writer<'p> {
    /// Begins anew.
    pub fn begin(form: Form, path: &'p Path) -> io::Result<Self> {
        match form {
            Form::Folder => {
                let _ = fs::remove_dir_all(path);
                DirBuilder::new().mode(0o700).create(path)?;
                Ok(Self::Folder(path))
            }
            Form::Archive => {
                let _ = fs::remove_file(path);
                let file = new_file(path, 0o600)?;
                Ok(Self::Archive(Box::new(tar::Builder::new(FrameWriter::new(file)))))
            }
        }
    }

    /// Adds a file; its contents must have exactly that size. What the disk has no room for is not begun.
    pub fn add(&mut self, path: &str, size: u64, contents: &mut dyn Read) -> io::Result<()> {
        match self {
            Self::Folder(root) => {
                let disk = rustix::fs::statvfs(*root)?;
                if size > disk.f_bavail.saturating_mul(disk.f_frsize) {
                    return Err(io::ErrorKind::StorageFull.into());
                }
                write_file(root, path, size, contents)
            }
            Self::Archive(tar) => {
                let mut header = tar::Header::new_ustar();
                header.set_path(path)?;
                header.set_size(size);
                header.set_mode(if is_private(path) { 0o600 } else { 0o644 });
                header.set_cksum();
                let mut counted = contents.take(size);
                tar.append(&header, &mut counted)?;
                if counted.limit() > 0 { Err(shrunk()) } else { Ok(()) }
            }
        }
    }

    /// All files are there.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Archive(tar) => tar.into_inner()?.finish()?.sync_all(),
        }
    }
}

fn shrunk() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "it changed while it was read")
}

fn new_file(path: &Path, mode: u32) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
}

/// Writes a new file below a folder, which must have exactly that size.
fn write_file(root: &Path, path: &str, size: u64, contents: &mut dyn Read) -> io::Result<()> {
    let place = root.join(path);
    if let Some(above) = place.parent() {
        let mode = if is_private(path) { 0o700 } else { 0o777 };
        DirBuilder::new().recursive(true).mode(mode).create(above)?;
    }
    let mut file = new_file(&place, if is_private(path) { 0o600 } else { 0o666 })?;
    let count = io::copy(&mut contents.take(size), &mut file)?;
    file.flush()?;
    if count < size { Err(shrunk()) } else { Ok(()) }
}
