//! The one door through which files for a person are written: reports, exports, plans, refused rows.
//!
//! The bytes go to a temporary file beside the target, are synced and take its place in one step: on a full disk or
//! when the program is killed, the old file is as it was. A file inside a data folder is never a target.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::failure::Failure;
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
    out: BufWriter<File>,
}

impl Outfile {
    /// Begins to write a file.
    pub fn create(path: &Path, access: Access) -> Result<Self, Failure> {
        let target = outside_store(path)?;
        let is_ordinary = fs::metadata(&target).map_or(true, |known| known.is_file());
        let mode = if access == Access::Private { 0o600 } else { 0o666 };
        let (temporary, file) = if is_ordinary {
            let temporary = beside(&target);
            let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&temporary);
            (Some(temporary), file)
        } else {
            (None, OpenOptions::new().write(true).open(&target))
        };
        let file = file.map_err(unwritten(path))?;
        Ok(Self { target, temporary, out: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Puts the whole file in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some(temporary) = &self.temporary {
            self.out.get_ref().sync_all()?;
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

/// Makes a folder for files to be written to.
pub fn create_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        let message = text!("cannot create `{folder}`", "无法创建“{folder}”", folder = folder.display());
        Failure::because(message, error)
    })
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8], access: Access) -> Result<(), Failure> {
    let mut file = Outfile::create(path, access)?;
    file.write_all(bytes).and_then(|()| file.finish()).map_err(unwritten(path))
}

/// A path that no file has yet: `name.csv`, else `name.2.csv` and so on.
pub fn unused(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let numbered = (2_u32..).map(|number| path.with_file_name(format!("{stem}.{number}{ending}")));
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
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
    if let Some(folder) = Store::containing(&target) {
        let message = text!(
            "`{path}` lies in the data folder `{folder}`; nothing was written there",
            "“{path}”位于数据文件夹“{folder}”之内，没有写入",
            path = path.display(),
            folder = folder.display()
        );
        let help = text!("choose a place outside the data folder", "请选择数据文件夹以外的位置");
        return Err(Failure::undone(message, help));
    }
    Ok(target)
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

/// A name beside the target that nobody uses.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    unused(&target.with_file_name(format!(".{name}.{}.tmp", std::process::id())))
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
        assert_eq!(unused(&path), path);
        fs::write(&path, "1").unwrap();
        fs::write(folder.path().join("roster.refused.2.csv"), "2").unwrap();
        assert_eq!(unused(&path), folder.path().join("roster.refused.3.csv"));
    }
}
