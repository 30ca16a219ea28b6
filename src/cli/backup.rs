//! `kunpeng backup` and `kunpeng restore`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::failure::{Failure, Traced};
use super::load::Loaded;
use super::outfile::outside_store;
use super::session::Session;
use crate::model::finding::Finding;
use crate::store::Store;
use crate::store::backup::{BackupFormat, unpack};
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
///
/// A backup of data with errors, which every other command would refuse, is restored only if that is asked for.
/// ‖ 备份中的数据有错误时（其他命令都会拒绝执行），除非指明，不予恢复。
#[derive(Debug, Args)]
pub struct Restore {
    /// Backup ‖ 备份
    #[arg(value_name = "FILE.tar.zst|DIR")]
    from: PathBuf,
    /// Folder, empty or new ‖ 文件夹，须为空或尚不存在
    dir: PathBuf,
    /// Restore it even if its data have errors, to put them right there ‖ 数据有错误也恢复，以便随后更正
    #[arg(long)]
    with_errors: bool,
}

impl Backup {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let store = session.store()?;
        let to = outside_store(&self.to)?;
        let name = self.to.to_string_lossy();
        let format = if name.ends_with(".tar.zst") {
            BackupFormat::Archive
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
            BackupFormat::Folder
        };
        let errors = store.load()?.findings.iter().filter(|finding| finding.is_error()).count();
        let progress = session.ui.progress(&text!("copying", "正在备份"), &store.meter());
        let copy = store.back_up(&to, format)?;
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
        warn_of_errors(session, errors);
        Ok(())
    }
}

impl Restore {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let name = self.from.display();
        let to = outside_store(&self.dir)?;
        let progress = session.ui.progress(&text!("restoring", "正在恢复"), &Arc::default());
        let copy = unpack(&self.from, &to)?;
        let errors = errors_of(copy.store()?, &self.from)?;
        drop(progress);
        if !errors.is_empty() && !self.with_errors {
            session.ui.warn(&text!(
                "`{name}` was not restored: its data have errors; `--with-errors` restores it as it is",
                "“{name}”未恢复：其中的数据有错误；加 --with-errors 可照原样恢复"
            ));
            return Err(Failure::Unsound(errors));
        }
        let count = copy.files;
        copy.finish()?;
        session.ui.say(&text!(
            "restored {count} files to {folder}",
            "已恢复 {count} 个文件到 {folder}",
            folder = self.dir.display()
        ));
        warn_of_errors(session, errors.len());
        Ok(())
    }
}

/// What would end every other command, in the files of a copy.
fn errors_of(store: Store, copy: &Path) -> Result<Vec<Traced>, Failure> {
    let mut snapshot = store.load()?;
    let found = std::mem::take(&mut snapshot.findings);
    let loaded = Loaded { store, snapshot, writer: None };
    let mut errors = loaded.traced(found.into_iter().filter(Finding::is_error).collect());
    for located in errors.iter_mut().flat_map(|(_, located)| located).flatten() {
        if let Ok(below) = Path::new(&located.file).strip_prefix(loaded.store.root()) {
            located.file = copy.join(below).display().to_string();
        }
    }
    Ok(errors)
}

/// Says that a copy has errors.
fn warn_of_errors(session: &Session<'_>, count: usize) {
    if count > 0 {
        let en = if count == 1 { "error" } else { "errors" };
        session.ui.warn(&text!(
            "the data have {count} {en}: `kunpeng check` lists them",
            "数据有 {count} 个错误：可用 kunpeng check 查看"
        ));
    }
}
