//! `kunpeng backup` and `kunpeng restore`

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::session::Session;
use crate::store::backup::Copy;
use crate::text;

/// Copy the whole store with its history, in one state, while others write
///
/// The copy has a checksum for every file, and is read back before it is said to be there. It holds personal data in
/// clear: it is its owner's alone.
#[derive(Debug, Args)]
pub struct Backup {
    /// A new file that ends in .tar.zst, or a new folder
    #[arg(value_name = "FILE.tar.zst|DIR")]
    to: PathBuf,
}

/// Put a copy back into a new folder, if every checksum agrees
#[derive(Debug, Args)]
pub struct Restore {
    /// The copy
    #[arg(value_name = "FILE.tar.zst|DIR")]
    from: PathBuf,
    /// The folder, empty or not there yet
    dir: PathBuf,
}

impl Backup {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let copy = session.store()?.copy()?;
        let name = self.to.to_string_lossy();
        if name.ends_with(".tar.zst") {
            copy.write_archive(&self.to)?;
        } else if self
            .to
            .extension()
            .is_some_and(|ending| ending == "tar" || ending == "zst" || ending == "gz")
        {
            return Err(Failure::Usage(text!(
                "`{name}`: name a file that ends in .tar.zst, or a folder",
                "“{name}”：请写以 .tar.zst 结尾的文件名，或一个文件夹"
            )));
        } else {
            copy.write_folder(&self.to, true)?;
        }
        session.ui.say(&text!(
            "copied {count} files to {name}",
            "已复制 {count} 个文件到 {name}",
            count = copy.len()
        ));
        Ok(())
    }
}

impl Restore {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let copy = Copy::read(&self.from)?;
        copy.write_folder(&self.dir, false)?;
        session.ui.say(&text!(
            "restored {count} files to {folder}",
            "已恢复 {count} 个文件到 {folder}",
            count = copy.len(),
            folder = self.dir.display()
        ));
        Ok(())
    }
}
