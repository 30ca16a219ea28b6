//! Where a copy is written: beside its place, under another name, until it is whole and has been read back.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::frames::FrameWriter;
use super::is_private;

/// The format of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupFormat {
    /// A folder with the files.
    Folder,
    /// An archive `.tar.zst`.
    Archive,
}

/// What the files of a copy are written to.
pub enum Writer<'p> {
    Folder(&'p Path),
    Archive(Box<tar::Builder<FrameWriter<File>>>),
}

impl<'p> Writer<'p> {
    /// Begins anew.
    pub fn begin(format: BackupFormat, path: &'p Path) -> io::Result<Self> {
        match format {
            BackupFormat::Folder => {
                let _ = fs::remove_dir_all(path);
                DirBuilder::new().mode(0o700).create(path)?;
                Ok(Self::Folder(path))
            }
            BackupFormat::Archive => {
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
