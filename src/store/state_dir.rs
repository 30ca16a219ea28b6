//! The state folder, `.kunpeng`: made by the first command that writes, and of no use to other programs. A
//! folder without one, copied or cloned, is a store all the same.

use super::disk::{Access, Disk, FileType};
use super::folder::STATE_DIR;
use super::head::{self, Fault, Head};
use super::history::{self, HISTORY, PRIVATE};
use super::install::{CONFLICTS, STAGE};
use super::{StoreError, on};

/// Keeps it out of git, which keeps a history itself and would publish personal data.
const IGNORE: &str = ".kunpeng/.gitignore";

const FOLDERS: [(&str, Access); 4] = [
    (HISTORY, Access::Private),
    (PRIVATE, Access::Private),
    (STAGE, Access::Private),
    (CONFLICTS, Access::Private),
];

/// Whether a path is below a folder that only the owner may read.
pub fn is_private_path(path: &str) -> bool {
    let is_below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    FOLDERS.iter().any(|(folder, access)| *access == Access::Private && is_below(folder))
}

/// Makes the folder itself, so that there can be a lock in it.
pub fn create(disk: &dyn Disk) -> Result<(), StoreError> {
    if make_folder(disk, STATE_DIR, Access::Shared)? {
        disk.sync("").map_err(on("sync", ""))?;
    }
    Ok(())
}

/// Makes what belongs in it. Only for the holder of the lock.
pub fn populate(disk: &dyn Disk) -> Result<(), StoreError> {
    let mut made = false;
    for (folder, access) in FOLDERS {
        made |= make_folder(disk, folder, access)?;
    }
    if disk.stat(IGNORE).map_err(on("look at", IGNORE))?.is_none() {
        disk.create(IGNORE, b"*\n", Access::Shared).map_err(on("write", IGNORE))?;
    }
    if made {
        disk.sync(STATE_DIR).map_err(on("sync", STATE_DIR))?;
    }
    if head::read(disk)?.is_some() {
        return Ok(());
    }
    if !history::ids(disk)?.is_empty() {
        return Err(StoreError::NoHead);
    }
    head::write(disk, None, &Head::start()).map_err(Fault::error)
}

fn make_folder(disk: &dyn Disk, folder: &str, access: Access) -> Result<bool, StoreError> {
    match disk.stat(folder).map_err(on("look at", folder))? {
        Some(known) if known.file_type == FileType::Folder => {
            if access == Access::Private && known.mode & 0o077 != 0 {
                // An earlier version made it so, or a copy did. Only the owner can, and only the owner needs to.
                let _ = disk.make_private(folder);
            }
            Ok(false)
        }
        Some(_) => Err(StoreError::NotAFolder(folder.to_owned())),
        None => disk.make_folder(folder, access).map_err(on("make", folder)).map(|()| true),
    }
}
