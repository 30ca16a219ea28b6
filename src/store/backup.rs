//! Copies of a whole store: taken in one state while others write, with a checksum for every file, and put back only
//! if all of them agree.
//!
//! A copy is a folder, or the same as `.tar.zst`. Its `SHA256SUMS` is what `sha256sum -c` reads. It holds personal
//! data in clear, so it is its owner's alone.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path};

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress};

use super::consistent_read::consistently;
use super::digest::digest;
use super::disk::{Disk, Folder, read_ordinary};
use super::history::{HISTORY, PRIVATE};
use super::install::CONFLICTS;
use super::{Store, StoreError, failed, folder, head, on};

/// The list of checksums in a copy.
const SUMS: &str = "SHA256SUMS";

/// A whole store in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    files: BTreeMap<String, Vec<u8>>,
}

impl Store {
    /// Copies everything, in one state.
    pub fn copy(&self) -> Result<Copy, StoreError> {
        let disk = Folder::at(self.root());
        consistently(&disk, self.root(), &mut |state| {
            let state = state?;
            let mut files = BTreeMap::new();
            gather(&disk, "", &mut files)?;
            for folder in [HISTORY, PRIVATE, CONFLICTS] {
                gather(&disk, folder, &mut files)?;
            }
            if let Some(bytes) = disk.read(head::HEAD).map_err(on("read", head::HEAD))? {
                files.insert(head::HEAD.to_owned(), bytes);
            }
            state.overlay.apply_to(&mut files);
            files.remove(SUMS);
            Ok(Copy { files })
        })
    }
}

/// Every ordinary file below a folder; hidden ones and links are passed over.
fn gather(disk: &Folder, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
    use super::disk::FileType;
    for name in disk.list(below).map_err(on("list", below))? {
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if name.starts_with('.') {
            continue;
        }
        match disk.stat(&path).map_err(on("look at", &path))?.map(|known| known.file_type) {
            Some(FileType::Folder) => gather(disk, &path, files)?,
            Some(FileType::File) => {
                if let Some(bytes) = disk.read(&path).map_err(on("read", &path))? {
                    files.insert(path, bytes);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

impl Copy {
    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn sums(&self) -> String {
        let lines = self.files.iter().map(|(path, bytes)| format!("{}  {path}\n", digest(bytes)));
        lines.collect::<Vec<_>>().concat()
    }

    /// Writes it as a folder, which must be empty or not there yet, and reads it back.
    pub fn write_folder(&self, to: &Path, with_sums: bool) -> Result<(), StoreError> {
        if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(StoreError::NotEmpty(to.to_owned()));
        }
        let sums = self.sums().into_bytes();
        let sums = with_sums.then_some((SUMS, &sums));
        let files = self.files.iter().map(|(path, bytes)| (path.as_str(), bytes));
        for (path, bytes) in files.chain(sums) {
            let place = to.join(path);
            let above = place.parent().unwrap_or(to);
            let mode = if is_private(path) { 0o700 } else { 0o777 };
            DirBuilder::new().recursive(true).mode(mode).create(above).map_err(failed("make", above))?;
            write_new(&place, bytes, is_private(path)).map_err(failed("write", &place))?;
        }
        Folder::at(to).sync_all().or_else(unsupported).map_err(failed("sync", to))?;
        let written = Self::read_files(to)?;
        if written == *self { Ok(()) } else { Err(StoreError::BadCopy(to.to_owned())) }
    }

    fn read_files(from: &Path) -> Result<Self, StoreError> {
        Store { root: from.to_owned() }.copy()
    }

    /// Writes it as an archive, which must not be there yet, and reads it back.
    pub fn write_archive(&self, to: &Path) -> Result<(), StoreError> {
        let tar = self.tar().map_err(failed("write", to))?;
        let mut packed = Vec::new();
        compress(&tar[..], &mut packed, CompressionLevel::Fastest);
        write_new(to, &packed, true).map_err(failed("write", to))?;
        let file = File::open(to).and_then(|file| file.sync_all().map(|()| file));
        file.map_err(failed("sync", to))?;
        if Self::read_archive(to)? == *self { Ok(()) } else { Err(StoreError::BadCopy(to.to_owned())) }
    }

    fn tar(&self) -> io::Result<Vec<u8>> {
        let mut tar = tar::Builder::new(Vec::new());
        let sums = self.sums().into_bytes();
        for (path, bytes) in
            self.files.iter().map(|(path, bytes)| (path.as_str(), bytes)).chain([(SUMS, &sums)])
        {
            let mut header = tar::Header::new_gnu();
            header.set_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            header.set_mode(if is_private(path) { 0o600 } else { 0o644 });
            header.set_cksum();
            tar.append_data(&mut header, path, &bytes[..])?;
        }
        tar.into_inner()
    }

    /// Reads a copy, folder or archive, and checks every file of it.
    pub fn read(from: &Path) -> Result<Self, StoreError> {
        if !from.is_dir() {
            return Self::read_archive(from);
        }
        let sums = read_ordinary(&from.join(SUMS)).map_err(failed("read", &from.join(SUMS)))?;
        Self::read_files(from)?.checked(&sums, from)
    }

    fn read_archive(from: &Path) -> Result<Self, StoreError> {
        let file = File::open(from).map_err(failed("read", from))?;
        let bad = |_| StoreError::BadCopy(from.to_owned());
        let tar = StreamingDecoder::new(file).map_err(|_| StoreError::BadCopy(from.to_owned()))?;
        let mut files = BTreeMap::new();
        for entry in tar::Archive::new(tar).entries().map_err(bad)? {
            let mut entry = entry.map_err(bad)?;
            let path = entry.path().map_err(bad)?.into_owned();
            let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
            let Some(name) = path.to_str().filter(|_| is_plain && entry.header().entry_type().is_file())
            else {
                return Err(StoreError::BadCopy(from.to_owned()));
            };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(bad)?;
            files.insert(name.to_owned(), bytes);
        }
        let sums = files.remove(SUMS).unwrap_or_default();
        Self { files }.checked(&sums, from)
    }

    fn checked(self, sums: &[u8], from: &Path) -> Result<Self, StoreError> {
        if self.is_empty() || self.sums().as_bytes() != sums {
            return Err(StoreError::BadCopy(from.to_owned()));
        }
        Ok(self)
    }
}

fn is_private(path: &str) -> bool {
    folder::is_private_path(path) || [PRIVATE, CONFLICTS].iter().any(|folder| path.starts_with(folder))
}

fn write_new(path: &Path, bytes: &[u8], is_private: bool) -> io::Result<()> {
    let mode = if is_private { 0o600 } else { 0o666 };
    OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?.write_all(bytes)
}

fn unsupported(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::Unsupported { Ok(()) } else { Err(error) }
}
