//! A store read file by file, in one state, while others write.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::source::Source;
use super::target::{BackupFormat, Writer};
use super::{FOR_GIT, Hashing, STATE_FOLDERS, SUMS, Sums, text_of};
use crate::model::kind::Kind;
use crate::store::consistent_read::{State, consistently};
use crate::store::disk::{Disk, Folder, open_ordinary};
use crate::store::draft::Draft;
use crate::store::head::{self, Head};
use crate::store::image::Image;
use crate::store::{Store, StoreError, failed, folder, history, on};

/// A copy that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// How many files it has.
    pub files: usize,
    /// What lies in the data folder and is no ordinary file: it is not in the copy.
    pub left_out: Vec<String>,
}

impl Store {
    /// Copies everything, in one state, to a place where nothing is yet, and reads the copy back.
    pub fn back_up(&self, to: &Path, format: BackupFormat) -> Result<Backup, StoreError> {
        let draft = Draft::beside(to)?;
        let disk = Folder::at(self.root());
        let mut left_out = Vec::new();
        let sums = consistently(&disk, self.root(), &mut |state| {
            let state = state?;
            let files = self.listed(state)?;
            left_out = files.left_out;
            self.write_copy(format, &draft.path, state, &files.paths)
        })?;
        let mut written = Sums::new();
        Source::open(&draft.path)?.each(&mut |path, _, contents| {
            let mut hashing = Hashing::new(contents, &self.meter);
            io::copy(&mut hashing, &mut io::sink())?;
            written.insert(path.to_owned(), hashing.sum());
            Ok(())
        })?;
        if written != sums {
            return Err(StoreError::BadCopy(to.to_owned()));
        }
        draft.finish()?;
        Ok(Backup { files: sums.len(), left_out })
    }

    fn write_copy(
        &self,
        format: BackupFormat,
        draft: &Path,
        state: &State,
        paths: &[String],
    ) -> Result<Sums, StoreError> {
        let mut sums = Sums::new();
        let sizes = paths.iter().filter_map(|path| fs::metadata(self.root().join(path)).ok());
        // Everything is read once, and then once more out of the copy.
        self.meter.expect_bytes(sizes.map(|known| known.len()).sum::<u64>().saturating_mul(2));
        let mut writer = Writer::begin(format, draft).map_err(failed("write", draft))?;
        let mut add = |path: &str, size, contents: &mut dyn io::Read| -> io::Result<()> {
            let mut hashing = Hashing::new(contents, &self.meter);
            writer.add(path, size, &mut hashing)?;
            if path != SUMS {
                sums.insert(path.to_owned(), hashing.sum());
            }
            Ok(())
        };
        let mut held = |path: &str, bytes: &[u8]| {
            add(path, u64::try_from(bytes.len()).unwrap_or(u64::MAX), &mut &bytes[..])
        };
        for (path, bytes) in state.overlay.contents() {
            held(path, bytes).map_err(on("copy", path))?;
        }
        if let Some(line) = clean_head(&Folder::at(self.root()))? {
            held(head::HEAD, &line).map_err(on("copy", head::HEAD))?;
        }
        for path in paths {
            let (mut file, size) = open_ordinary(&self.root().join(path)).map_err(on("read", path))?;
            add(path, size, &mut file).map_err(on("copy", path))?;
        }
        let text = text_of(&sums);
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        writer.add(SUMS, size, &mut text.as_bytes()).map_err(on("copy", SUMS))?;
        writer.finish().map_err(failed("write", draft))?;
        Ok(sums)
    }

    /// The files to be copied as they lie, without those that a pending change replaces.
    fn listed(&self, state: &State) -> Result<Listed, StoreError> {
        let mut listed = Listed::default();
        for kind in Kind::FOLDERS {
            folder::refuse_link(self.root(), kind.plural())?;
        }
        listed.walk(self.root(), "")?;
        for state_folder in STATE_FOLDERS {
            folder::refuse_link(self.root(), folder::STATE_DIR)?;
            folder::refuse_link(self.root(), state_folder)?;
            listed.walk(self.root(), state_folder)?;
        }
        listed.paths.retain(|path| {
            let is_pending = matches!(state.overlay.get(path), Some(Image::Absent | Image::Held(_)));
            !is_pending && path != SUMS && (state.is_newer || is_of_state(path, state.change))
        });
        Ok(listed)
    }
}

/// Whether a file is not one of a change that is yet to be made.
fn is_of_state(path: &str, last: u64) -> bool {
    let number = [history::HISTORY, history::PRIVATE]
        .iter()
        .find_map(|folder| path.strip_prefix(folder)?.strip_prefix('/'))
        .map(history::number_of);
    number.is_none_or(|number| number.is_some_and(|number| number <= last))
}

/// HEAD of a store whose files are all in place.
fn clean_head(disk: &Folder) -> Result<Option<Vec<u8>>, StoreError> {
    match head::read(disk) {
        Ok(head) => Ok(head.map(|head| Head { applying: false, ..head }.line().into_bytes())),
        Err(StoreError::NewerHistory) => disk.read(head::HEAD).map_err(on("read", head::HEAD)),
        Err(error) => Err(error),
    }
}

#[derive(Debug, Default)]
struct Listed {
    paths: Vec<String>,
    left_out: Vec<String>,
}

impl Listed {
    /// Every ordinary file below a folder, in order; hidden ones are passed over, but for those of git.
    fn walk(&mut self, root: &Path, below: &str) -> Result<(), StoreError> {
        let folder = root.join(below);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed("list", &folder)(error)),
        };
        let mut names = entries
            .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
            .collect::<io::Result<Vec<_>>>()
            .map_err(failed("list", &folder))?;
        names.sort_by(|one, other| one.0.cmp(&other.0));
        for (name, file_type) in names {
            let Some(name) = name.to_str() else {
                return Err(StoreError::NotUtf8(PathBuf::from(below).join(name)));
            };
            let path = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            if name.starts_with('.') && !FOR_GIT.contains(&path.as_str()) {
                continue;
            }
            if file_type.is_dir() {
                self.walk(root, &path)?;
            } else if file_type.is_file() {
                self.paths.push(path);
            } else {
                self.left_out.push(path);
            }
        }
        Ok(())
    }
}
