//! The tool's own folder, `.kunpeng`: made by the first command that writes, and of no use to anybody else. A
//! folder without one, copied or cloned, is a store all the same.

use super::disk::{Access, Disk, Shape};
use super::folder::OWN;
use super::head::{self, Fault, Head};
use super::history::{self, HISTORY, PRIVATE};
use super::place::{CONFLICTS, STAGE};
use super::{StoreError, on};

/// Keeps it out of git, which has a history of its own and would publish personal data.
const IGNORE: &str = ".kunpeng/.gitignore";

const FOLDERS: [(&str, Access); 4] = [
    (HISTORY, Access::Shared),
    (PRIVATE, Access::Private),
    (STAGE, Access::Private),
    (CONFLICTS, Access::Private),
];

/// Makes the folder itself, so that there can be a lock in it.
pub fn make(disk: &dyn Disk) -> Result<(), StoreError> {
    if make_folder(disk, OWN, Access::Shared)? {
        disk.sync("").map_err(on("sync", ""))?;
    }
    Ok(())
}

/// Makes what belongs in it. Only for the holder of the lock.
pub fn furnish(disk: &dyn Disk) -> Result<(), StoreError> {
    let mut made = false;
    for (folder, access) in FOLDERS {
        made |= make_folder(disk, folder, access)?;
    }
    if disk.look(IGNORE).map_err(on("look at", IGNORE))?.is_none() {
        disk.create(IGNORE, b"*\n", Access::Shared).map_err(on("write", IGNORE))?;
    }
    if made {
        disk.sync(OWN).map_err(on("sync", OWN))?;
    }
    if head::read(disk)?.is_some() {
        return Ok(());
    }
    if !history::ids(disk)?.is_empty() {
        return Err(StoreError::NoHead);
    }
    head::write(disk, &Head::start()).map_err(Fault::error)
}

fn make_folder(disk: &dyn Disk, folder: &str, access: Access) -> Result<bool, StoreError> {
    match disk.look(folder).map_err(on("look at", folder))? {
        Some(known) if known.shape == Shape::Folder => Ok(false),
        Some(_) => Err(StoreError::NotAFolder(folder.to_owned())),
        None => disk.make_folder(folder, access).map_err(on("make", folder)).map(|()| true),
    }
}
