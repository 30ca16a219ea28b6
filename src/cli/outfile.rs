//! The one door through which files for a person are written: reports, exports, plans, refused rows.
//!
//! The bytes go to a temporary file beside the target, are synced and take its place in one step: on a full disk or
//! when the program is killed, the old file is as it was. A file inside a data folder is never a target.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::in_use::refuse_in_use;
use crate::store::Store;
use crate::text;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever the system lets.
    Shared,
    /// Its owner alone: it may hold personal data in clear.
    Private,
}

/// A file that is being written.
#[derive(Debug)]
pub struct Outfile {
    /// Where it will be, links followed.
    target: PathBuf,
    /// Where it is meanwhile; none where the target is no ordinary file and is written as it is.
    temporary: Option<PathBuf>,
    /// Whether it has no name yet, so that nothing of it stays if the program is killed.
    is_nameless: bool,
    out: BufWriter<File>,
}

impl Outfile {
    /// Begins to write a file.
    pub fn create(path: &Path, access: Access) -> Result<Self, Failure> {
        let target = outside_store(path)?;
        refuse_in_use(path, &target)?;
        let is_ordinary = fs::metadata(&target).map_or(true, |known| known.is_file());
        let mode = if access == Access::Private { 0o600 } else { 0o666 };
        let nameless = if is_ordinary { nameless(&target, mode) } else { None };
        let temporary = is_ordinary.then(|| beside(&target));
        let is_nameless = nameless.is_some();
        let file = match (nameless, &temporary) {
            (Some(file), _) => Ok(file),
            (None, Some(temporary)) => {
                OpenOptions::new().write(true).create_new(true).mode(mode).open(temporary)
            }
            (None, None) => OpenOptions::new().write(true).open(&target),
        };
        let out = BufWriter::with_capacity(1 << 16, file.map_err(unwritten(path))?);
        Ok(Self { target, temporary, is_nameless, out })
    }

    /// Sees to it that all of it is on the disk, so that only its place is to be taken.
    pub fn settle(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let Some(temporary) = &self.temporary else { return Ok(()) };
        self.out.get_ref().sync_all()?;
        if self.is_nameless {
            link(self.out.get_ref(), temporary)?;
            self.is_nameless = false;
        }
        Ok(())
    }

    /// Puts the whole file in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.settle()?;
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.target)?;
            self.temporary = None;
            if let Some(folder) = self.target.parent() {
                // The file is whole either way; that its name outlasts a power cut is asked for, not demanded.
                let _ = File::open(folder).and_then(|folder| folder.sync_all());
            }
        }
        Ok(())
    }
}

impl Write for Outfile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What was not finished leaves nothing behind.
impl Drop for Outfile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Writes several files into a folder, which is made if it is not there: all of them, or none.
pub fn write_into(folder: &Path, files: &[(String, Vec<u8>)], access: Access) -> Result<(), Failure> {
    let target = resolve(folder).map_err(unwritten(folder))?;
    refuse_within(folder, Store::containing(&target.join("file")))?;
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).collect();
    let written = fs::create_dir_all(folder)
        .map_err(|error| {
            let message = text!("cannot create `{folder}`", "无法创建“{folder}”", folder = folder.display());
            Failure::because(message, error)
        })
        .and_then(|()| {
            files.iter().map(|(name, bytes)| settled(&folder.join(name), bytes, access)).collect()
        });
    let written: Vec<(PathBuf, Outfile)> = written.inspect_err(|_| {
        // What was made for them goes, the innermost first, if nobody has put anything in it.
        for folder in &missing {
            let _ = fs::remove_dir(folder);
        }
    })?;
    written.into_iter().try_for_each(|(path, file)| file.finish().map_err(unwritten(&path)))
}

/// A file that is on the disk and has only to be put in its place.
pub fn settled(path: &Path, bytes: &[u8], access: Access) -> Result<(PathBuf, Outfile), Failure> {
    let mut file = Outfile::create(path, access)?;
    file.write_all(bytes).and_then(|()| file.settle()).map_err(unwritten(path))?;
    Ok((path.to_owned(), file))
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8], access: Access) -> Result<(), Failure> {
    let mut file = Outfile::create(path, access)?;
    file.write_all(bytes).and_then(|()| file.finish()).map_err(unwritten(path))
}

/// A path that no file has yet, nor one of those `taken`: `name.csv`, else `name.2.csv` and so on. What is no ordinary
/// file, such as `/dev/null`, is written as it is.
pub fn unused(path: &Path, taken: &[&Path]) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let numbered = (2_u32..).map(|number| path.with_file_name(format!("{stem}.{number}{ending}")));
    let is_free = |path: &PathBuf| {
        let is_ordinary =
            fs::symlink_metadata(path).map(|known| known.is_file() || known.is_symlink() && !path.exists());
        !is_ordinary.unwrap_or(false) && !taken.contains(&path.as_path())
    };
    std::iter::once(path.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| path.to_owned())
}

/// Why a file that the user named could not be written.
pub fn unwritten(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::ClosedPipe;
        }
        let message = text!("cannot write `{path}`", "无法写入“{path}”", path = path.display());
        Failure::because(message, error)
    }
}

/// The place a path leads to, if it does not lie in a data folder.
pub fn outside_store(path: &Path) -> Result<PathBuf, Failure> {
    let target = resolve(path).map_err(unwritten(path))?;
    refuse_within(path, Store::containing(&target))?;
    Ok(target)
}

/// Refuses a path that lies in a data folder.
fn refuse_within(path: &Path, folder: Option<PathBuf>) -> Result<(), Failure> {
    if let Some(folder) = folder {
        let message = text!(
            "`{path}` lies in the data folder `{folder}`; nothing was written there",
            "“{path}”位于数据文件夹“{folder}”之内，没有写入",
            path = path.display(),
            folder = folder.display()
        );
        let help = text!("choose a place outside the data folder", "请选择数据文件夹以外的位置");
        return Err(Failure::undone(message, help));
    }
    Ok(())
}

/// The place a path leads to, its links followed.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    if let Ok(real) = fs::canonicalize(path) {
        return Ok(real);
    }
    // What is not there yet is no link.
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(resolve(folder)?.join(name))
}

/// A file without a name in the folder of the target; none where the system knows no such thing.
#[cfg(target_os = "linux")]
fn nameless(target: &Path, mode: u32) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let can_be_named = Path::new("/proc/self/fd").exists();
    can_be_named.then(|| open(target.parent()?, flags, Mode::from(mode)).ok().map(File::from)).flatten()
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path, _: u32) -> Option<File> {
    None
}

/// Gives such a file a name.
#[cfg(target_os = "linux")]
fn link(file: &File, name: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, itself, CWD, name, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A name beside the target that nobody uses.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    unused(&target.with_file_name(format!(".{name}.{}.tmp", std::process::id())), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_the_old_one_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        fs::write(&path, "old").unwrap();
        let mut file = Outfile::create(&path, Access::Shared).unwrap();
        file.write_all(b"new").unwrap();
        drop(file);
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), names(folder.path())),
            ("old".into(), vec!["report.csv".into()])
        );
        write(&path, b"new", Access::Shared).unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), names(folder.path())),
            ("new".into(), vec!["report.csv".into()])
        );
    }

    #[test]
    fn a_private_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contacts.csv");
        write(&path, b"x", Access::Private).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_earlier_file_is_numbered_past() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roster.refused.csv");
        assert_eq!(unused(&path, &[]), path);
        fs::write(&path, "1").unwrap();
        fs::write(folder.path().join("roster.refused.2.csv"), "2").unwrap();
        assert_eq!(unused(&path, &[]), folder.path().join("roster.refused.3.csv"));
        let taken = folder.path().join("roster.refused.3.csv");
        assert_eq!(unused(&path, &[&taken]), folder.path().join("roster.refused.4.csv"));
    }
}
