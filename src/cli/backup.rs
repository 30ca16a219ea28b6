//! `kunpeng backup` and `kunpeng restore`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use super::outfile::outside_store;
use super::session::Session;
use crate::store::backup::{Form, restore};
use crate::text;

/// Back up the data folder with its history, even while others write
/// ‖ 备份数据文件夹和变更记录，备份期间不影响他人写入
///
/// The copy has a checksum for every file, and is read back before it is said to be there. It holds personal data
/// in clear: it is its owner's alone.
/// ‖ 备份为每个文件附校验值，写完读回核对。备份含联系人明文，仅所有者可读。
#[derive(Debug, Args)]
pub struct Backup {
    /// New file ending in .tar.zst, or new folder ‖ 新文件（以 .tar.zst 结尾）或新文件夹
    #[arg(value_name = "FILE.tar.zst|DIR")]
    to: PathBuf,
}

/// Restore a backup into a new folder, if every checksum agrees ‖ 校验无误后，把备份恢复到新文件夹
#[derive(Debug, Args)]
pub struct Restore {
    /// Backup ‖ 备份
    #[arg(value_name = "FILE.tar.zst|DIR")]
    from: PathBuf,
    /// Folder, empty or new ‖ 文件夹，须为空或尚不存在
    dir: PathBuf,
}

impl Backup {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let store = session.store()?;
        let to = outside_store(&self.to)?;
        let name = self.to.to_string_lossy();
        let form = if name.ends_with(".tar.zst") {
            Form::Archive
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
            Form::Folder
        };
        let progress = session.ui.progress(&text!("copying", "正在备份"), &store.meter());
        let copy = store.back_up(&to, form)?;
        drop(progress);
        if !copy.left_out.is_empty() {
            session.ui.warn(&text!(
                "not in the copy, because they are no ordinary files: {en}",
                "以下不是普通文件，未列入备份：{zh}",
                en = copy.left_out.join(", "),
                zh = copy.left_out.join("、")
            ));
        }
        session.ui.say(&text!(
            "copied {count} files to {name}",
            "已复制 {count} 个文件到 {name}",
            count = copy.files
        ));
        Ok(())
    }
}

impl Restore {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let to = outside_store(&self.dir)?;
        let progress = session.ui.progress(&text!("restoring", "正在恢复"), &Arc::default());
        let count = restore(&self.from, &to)?;
        drop(progress);
        session.ui.say(&text!(
            "restored {count} files to {folder}",
            "已恢复 {count} 个文件到 {folder}",
            folder = self.dir.display()
        ));
        Ok(())
    }
}
