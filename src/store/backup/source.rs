//! A copy read file by file. What it says is believed only within limits: an archive may come from anywhere.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::frames::FrameReader;
use super::{FOR_GIT, STATE_FOLDERS, SUMS};
use crate::store::disk::open_ordinary;
use crate::store::{StoreError, failed, head};
use crate::text;

/// The list of checksums has so many bytes at most.
const LARGEST_SUMS: u64 = 64 << 20;

/// Called with the path, the size and the contents of each file.
pub type Visit<'v> = dyn FnMut(&str, u64, &mut dyn Read) -> io::Result<()> + 'v;

/// A copy.
#[derive(Debug)]
pub enum Source {
    Folder(PathBuf),
    Archive(PathBuf, File),
}

impl Source {
    /// Opens a copy, folder or archive.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let file = File::open(path).map_err(failed("read", path))?;
        Ok(Self::Archive(path.to_owned(), file))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Archive(path, _) => path,
        }
    }

    /// Reads every file, and gives the list of checksums.
    pub fn each(self, visit: &mut Visit<'_>) -> Result<String, StoreError> {
        let from = self.path().to_owned();
        let mut sums = None;
        let mut each = |path: &str, size: u64, contents: &mut dyn Read| {
            if path == SUMS {
                let mut text = String::new();
                contents.take(LARGEST_SUMS).read_to_string(&mut text)?;
                sums = Some(text);
                return Ok(());
            }
            visit(path, size, contents)
        };
        match self {
            Self::Folder(root) => each_of_folder(&root, "", &mut each)?,
            Self::Archive(path, file) => each_of_archive(&path, file, &mut each)?,
        }
        sums.ok_or_else(|| refused(&from, &text!("it has no list of checksums", "其中没有校验和列表")))
    }
}

/// That a copy is not put back, and why.
pub fn refused(path: &Path, why: &crate::model::text::Text) -> StoreError {
    StoreError::RefusedCopy { path: path.to_owned(), why: why.clone() }
}

fn each_of_folder(root: &Path, below: &str, each: &mut Visit<'_>) -> Result<(), StoreError> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).map_err(failed("list", &folder))? {
        let entry = entry.map_err(failed("list", &folder))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { return Err(StoreError::NotUtf8(entry.path())) };
        let path = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if entry.file_type().map_err(failed("look at", &entry.path()))?.is_dir() {
            each_of_folder(root, &path, each)?;
            continue;
        }
        check_name(root, &path)?;
        let (mut file, size) = open_ordinary(&entry.path()).map_err(failed("read", &entry.path()))?;
        each(&path, size, &mut file).map_err(failed("read", &entry.path()))?;
    }
    Ok(())
}

fn each_of_archive(from: &Path, file: File, each: &mut Visit<'_>) -> Result<(), StoreError> {
    let bad = |_| StoreError::BadCopy(from.to_owned());
    let mut archive = tar::Archive::new(FrameReader::new(BufReader::new(file)));
    // Names that take more than a header are not written by a backup, and not read into memory here.
    for entry in archive.entries().map_err(bad)?.raw(true) {
        let mut entry = entry.map_err(bad)?;
        let size = entry.header().size().map_err(bad)?;
        let path = entry.path_bytes().into_owned();
        let path = std::str::from_utf8(&path).map_err(|_| StoreError::BadCopy(from.to_owned()))?.to_owned();
        if !entry.header().entry_type().is_file() {
            let why = text!("`{path}` in it is not an ordinary file", "其中的“{path}”不是普通文件");
            return Err(refused(from, &why));
        }
        check_name(from, &path)?;
        let mut contents = (&mut entry).take(size);
        each(&path, size, &mut contents).map_err(failed("restore", Path::new(&path)))?;
    }
    Ok(())
}

/// Refuses every name that a backup does not write: hidden files, ways out of the folder, names that say the same as
/// another in another way.
fn check_name(from: &Path, path: &str) -> Result<(), StoreError> {
    let below_state = STATE_FOLDERS.iter().find_map(|folder| path.strip_prefix(folder)?.strip_prefix('/'));
    let is_known = path == head::HEAD || path == SUMS || FOR_GIT.contains(&path);
    let is_plain = |path: &str| {
        path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']))
    };
    if is_known || is_plain(below_state.unwrap_or(path)) {
        return Ok(());
    }
    Err(refused(
        from,
        &text!("`{path}` in it is not the name of a file of a backup", "其中的“{path}”不是备份中的文件名"),
    ))
}
