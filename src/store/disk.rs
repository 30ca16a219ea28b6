//! The file operations the store is built of. Everything that writes goes through [`Disk`], so that a test can
//! make any one of them fail, be the last, or forget what was not synced.
//!
//! Paths are relative to the data folder, with `/`. No operation follows a link in the last part of a path.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::folder::STATE_DIR;
use crate::model::text::Text;
use crate::text;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// What the system knows of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// What lies there.
    pub file_type: FileType,
    /// Its permissions.
    pub mode: u32,
    /// The file system it lies on.
    pub device: u64,
    /// How many bytes, when the contents last changed, and when anything of it did: whether it is the same file.
    pub stamp: [i128; 3],
}

/// Who may use a new file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever may use the folder it lies in.
    Shared,
    /// Its owner alone.
    Private,
    /// The same as an old file.
    Like(u32),
}

/// File operations below one data folder.
pub trait Disk: std::fmt::Debug {
    /// What lies at a path; none if nothing does.
    fn stat(&self, path: &str) -> io::Result<Option<Stat>>;
    /// Everything in an ordinary file; none if nothing lies there.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// The names in a folder, in order; none if there is no folder.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
    /// Whether files may be put into a folder.
    fn may_write(&self, folder: &str) -> io::Result<()>;
    /// Makes a folder; it may be there already.
    fn make_folder(&self, path: &str, access: Access) -> io::Result<()>;
    /// Makes and fills a file that must not be there.
    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()>;
    /// Returns once a file's contents, or a folder's names, are on the disk.
    fn sync(&self, path: &str) -> io::Result<()>;
    /// The same for everything; [`io::ErrorKind::Unsupported`] where the system cannot.
    fn sync_all(&self) -> io::Result<()>;
    /// Moves a file, over another if there is one.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Moves a file to where none must be.
    fn rename_new(&self, from: &str, to: &str) -> io::Result<()>;
    /// Lets two files change places; [`io::ErrorKind::Unsupported`] where the system cannot.
    fn exchange(&self, one: &str, other: &str) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, path: &str) -> io::Result<()>;
    /// Gives a file or folder to its owner alone.
    fn make_private(&self, path: &str) -> io::Result<()>;
}

/// The real thing.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The data folder at a path.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    fn path(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }
}

/// The largest record that is read or written, in bytes: more than a person can write, and no more than memory can hold.
pub const LARGEST: u64 = 16 << 20;

/// The contents of a record's file.
pub fn read_record(path: &Path) -> io::Result<Vec<u8>> {
    read_up_to(path, LARGEST)
}

/// The text of a record's file.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_record(path)?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, not_utf8()))
}

/// What is wrong with a record whose bytes are no text.
pub fn not_utf8() -> Text {
    text!("it is not UTF-8 text", "不是 UTF-8 文本")
}

/// Opens an ordinary file to read it, and gives its size in bytes. A pipe is an error, not a wait; a link is an error,
/// not followed.
pub fn open_ordinary(path: &Path) -> io::Result<(File, u64)> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| match error {
        Errno::LOOP | Errno::NXIO => not_ordinary(),
        error => error.into(),
    })?;
    let file = File::from(opened);
    let known = file.metadata()?;
    if !known.is_file() {
        return Err(not_ordinary());
    }
    Ok((file, known.len()))
}

fn read_up_to(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, size) = open_ordinary(path)?;
    if size > most {
        let message = format!("it has {size} bytes, a record has {most} at most");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    let length = usize::try_from(size).unwrap_or(0).min(1 << 24);
    let mut bytes = Vec::with_capacity(length + 64);
    // As a plain stream: a file would be asked for its size and place once more, for every record.
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_ordinary() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file")
}

fn absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn stat_of(known: &fs::Metadata) -> Stat {
    let kind = known.file_type();
    let file_type = if kind.is_file() {
        FileType::File
    } else if kind.is_dir() {
        FileType::Folder
    } else if kind.is_symlink() {
        FileType::Link
    } else {
        FileType::Other
    };
    let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let stamp = [
        i128::from(known.size()),
        nanoseconds(known.mtime(), known.mtime_nsec()),
        nanoseconds(known.ctime(), known.ctime_nsec()),
    ];
    Stat { file_type, mode: known.mode() & 0o7777, device: known.dev(), stamp }
}

impl Disk for Folder {
    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        Ok(absent(self.path(path).symlink_metadata())?.map(|known| stat_of(&known)))
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        // What the program itself has written may be of any size.
        let most = if path.starts_with(STATE_DIR) { u64::MAX } else { LARGEST };
        absent(read_up_to(&self.path(path), most))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let Some(entries) = absent(fs::read_dir(self.path(folder)))? else { return Ok(Vec::new()) };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    fn may_write(&self, folder: &str) -> io::Result<()> {
        let needed = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
        Ok(rustix::fs::access(self.path(folder), needed)?)
    }

    fn make_folder(&self, path: &str, access: Access) -> io::Result<()> {
        let mode = if access == Access::Private { 0o700 } else { 0o777 };
        match DirBuilder::new().mode(mode).create(self.path(path)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result,
        }
    }

    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        let mode = match access {
            Access::Shared => 0o666,
            Access::Private | Access::Like(_) => 0o600,
        };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(self.path(path))?;
        file.write_all(bytes)?;
        match access {
            // Set apart from making it: the mask of new files does not apply.
            Access::Like(mode) => file.set_permissions(Permissions::from_mode(mode)),
            _ => Ok(()),
        }
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        File::open(self.path(path))?.sync_all()
    }

    fn sync_all(&self) -> io::Result<()> {
        sync_file_system(&self.root)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))
    }

    fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.path(from), self.path(to));
        match moved(&from, &to, false) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                if to.symlink_metadata().is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(from, to)
            }
            result => result,
        }
    }

    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        moved(&self.path(one), &self.path(other), true)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.path(path))
    }

    fn make_private(&self, path: &str) -> io::Result<()> {
        let path = self.path(path);
        let mode = if path.symlink_metadata()?.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, Permissions::from_mode(mode))
    }
}

#[cfg(target_os = "linux")]
fn sync_file_system(root: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(root)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_root: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn moved(from: &Path, to: &Path, exchange: bool) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let flags = if exchange { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
    renameat_with(CWD, from, CWD, to, flags).map_err(|error| match error {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn moved(_from: &Path, _to: &Path, _exchange: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
