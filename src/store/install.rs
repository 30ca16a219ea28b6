//! Putting the files of a change in their places. Whatever is displaced is compared with what the change was
//! planned against; if somebody wrote in between, what they wrote is kept in `conflicts/`.

use std::collections::BTreeSet;
use std::io;

use super::commit::IsHeld;
use super::disk::{Access, Disk, FileType};
use super::history::Entry;
use super::image::{FileChange, Image};
use super::mutation::{self, Mutation};
use super::notice::Notice;
use super::{StoreError, on};
use crate::model::meter::Meter;

/// Where new contents wait, and displaced ones lie until the next writer has looked at them.
pub const STAGE: &str = ".kunpeng/stage";
/// Where contents are kept that a person wrote at the moment of a change.
pub const CONFLICTS: &str = ".kunpeng/conflicts";

/// How many files are synced one by one; more are synced at once with everything else.
const FEW: usize = 8;

/// The waiting place of a file of a change.
pub fn staged(change: u64, number: usize) -> String {
    format!("{STAGE}/{change:010}-{number}")
}

/// The folder a path lies in; empty for the data folder itself.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Makes the folders of a change that are not there.
pub fn make_folders(disk: &dyn Disk, entry: &Entry) -> Result<(), StoreError> {
    let folders: BTreeSet<&str> = entry.files.iter().map(|file| parent(&file.path)).collect();
    for folder in folders.into_iter().filter(|folder| !folder.is_empty()) {
        make_folder(disk, folder).map_err(on("make", folder))?;
    }
    Ok(())
}

fn make_folder(disk: &dyn Disk, folder: &str) -> io::Result<()> {
    if folder.is_empty() || disk.stat(folder)?.is_some() {
        return Ok(());
    }
    make_folder(disk, parent(folder))?;
    let is_private = super::folder::is_private_path(folder);
    disk.make_folder(folder, if is_private { Access::Private } else { Access::Shared })?;
    sync_folder(disk, parent(folder))
}

/// Syncs the names in a folder.
pub fn sync_folder(disk: &dyn Disk, folder: &str) -> io::Result<()> {
    if mutation::is_active(Mutation::NoFolderSync) {
        return Ok(());
    }
    let result = disk.sync(folder);
    if mutation::is_active(Mutation::IgnoredSync) { Ok(()) } else { result }
}

/// Syncs the contents of files.
pub fn sync_files(disk: &dyn Disk, paths: &[String]) -> Result<(), StoreError> {
    let result = sync_all_of(disk, paths);
    if mutation::is_active(Mutation::IgnoredSync) { Ok(()) } else { result }
}

fn sync_all_of(disk: &dyn Disk, paths: &[String]) -> Result<(), StoreError> {
    if paths.len() > FEW {
        match disk.sync_all() {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            result => return result.map_err(on("sync", "")),
        }
    }
    paths.iter().try_for_each(|path| disk.sync(path).map_err(on("sync", path)))
}

/// Writes the new contents of a file to its waiting place.
pub fn stage(disk: &dyn Disk, file: &FileChange, waiting: &str) -> Result<(), StoreError> {
    let Some(bytes) = file.after.bytes() else { return Ok(()) };
    let access = match file.before {
        _ if file.is_private() && !mutation::is_active(Mutation::SharedContacts) => Access::Private,
        Image::Absent => Access::Shared,
        _ => disk
            .stat(&file.path)
            .map_err(on("look at", &file.path))?
            .map_or(Access::Shared, |old| Access::Like(old.mode)),
    };
    disk.create(waiting, bytes, access).map_err(on("write", waiting))
}

/// Puts every staged file in place.
pub fn install_all(
    disk: &dyn Disk,
    is_held: IsHeld<'_>,
    entry: &Entry,
    meter: &Meter,
) -> Result<Vec<Notice>, StoreError> {
    let mut notices = Vec::new();
    for (number, file) in entry.files.iter().enumerate() {
        if !is_held() && !mutation::is_active(Mutation::NoSecondTurn) {
            return Err(StoreError::Outdated);
        }
        meter.step();
        let waiting = staged(entry.id, number);
        install(disk, file, &waiting, &mut notices).map_err(on("put in place", &file.path))?;
    }
    sync_places(disk, entry)?;
    Ok(notices)
}

/// Syncs the folders in which a change's files lie.
pub fn sync_places(disk: &dyn Disk, entry: &Entry) -> Result<(), StoreError> {
    if mutation::is_active(Mutation::NoPlaceSync) {
        return Ok(());
    }
    let folders: BTreeSet<&str> = entry.files.iter().map(|file| parent(&file.path)).collect();
    folders.into_iter().try_for_each(|folder| sync_folder(disk, folder).map_err(on("sync", folder)))
}

/// Puts one staged file in its place, or takes one away.
pub fn install(
    disk: &dyn Disk,
    file: &FileChange,
    waiting: &str,
    notices: &mut Vec<Notice>,
) -> io::Result<()> {
    let displaced = match &file.after {
        Image::Held(bytes) if mutation::is_active(Mutation::InPlace) => return in_place(disk, file, bytes),
        Image::Held(_) => put(disk, file, waiting, notices)?,
        _ => take_away(disk, &file.path, waiting)?,
    };
    if displaced && !mutation::is_active(Mutation::NoComparison) && !is_in(disk, waiting, &[&file.before])? {
        keep(disk, waiting, &file.path, notices)?;
    }
    Ok(())
}

fn in_place(disk: &dyn Disk, file: &FileChange, bytes: &[u8]) -> io::Result<()> {
    if disk.stat(&file.path)?.is_some() {
        disk.remove(&file.path)?;
    }
    disk.create(&file.path, bytes, Access::Shared)?;
    disk.sync(&file.path)
}

/// Whether something was displaced, which now lies at the waiting place.
fn put(disk: &dyn Disk, file: &FileChange, waiting: &str, notices: &mut Vec<Notice>) -> io::Result<bool> {
    if file.before == Image::Absent && mutation::is_active(Mutation::NewOverOld) {
        return disk.rename(waiting, &file.path).map(|()| false);
    }
    if file.before == Image::Absent {
        match disk.rename_new(waiting, &file.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => return result.map(|()| false),
        }
    }
    match disk.exchange(waiting, &file.path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk.rename_new(waiting, &file.path).map(|()| false)
        }
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            put_without_exchange(disk, file, waiting, notices)
        }
        Err(error) => Err(error),
    }
}

/// Where two files cannot change places: what would be displaced is copied first. An edit in the instant between
/// is lost; there is no way to see it.
fn put_without_exchange(
    disk: &dyn Disk,
    file: &FileChange,
    waiting: &str,
    notices: &mut Vec<Notice>,
) -> io::Result<bool> {
    if !is_in(disk, &file.path, &[&file.before, &file.after])?
        && let Some(bytes) = disk.read(&file.path)?
    {
        let kept = free_name(disk, &file.path)?;
        disk.create(&kept, &bytes, Access::Private)?;
        disk.sync(&kept)?;
        notices.push(Notice::Kept { path: file.path.clone(), kept });
    }
    disk.rename(waiting, &file.path).map(|()| false)
}

fn take_away(disk: &dyn Disk, path: &str, waiting: &str) -> io::Result<bool> {
    match disk.rename(path, waiting) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a file holds one of several contents.
pub fn is_in(disk: &dyn Disk, path: &str, images: &[&Image]) -> io::Result<bool> {
    match disk.stat(path)? {
        Some(known) if known.file_type != FileType::File => return Ok(false),
        _ => {}
    }
    let found = Image::of(disk.read(path)?);
    Ok(images.contains(&&found))
}

/// Keeps what a person wrote at the moment of a change.
pub fn keep(disk: &dyn Disk, waiting: &str, path: &str, notices: &mut Vec<Notice>) -> io::Result<()> {
    let kept = free_name(disk, path)?;
    disk.rename(waiting, &kept)?;
    sync_folder(disk, CONFLICTS)?;
    notices.push(Notice::Kept { path: path.to_owned(), kept });
    Ok(())
}

fn free_name(disk: &dyn Disk, path: &str) -> io::Result<String> {
    let base = format!("{CONFLICTS}/{}", path.replace('/', "-"));
    for number in 1.. {
        let name = format!("{base}.{number}");
        if disk.stat(&name)?.is_none() {
            return Ok(name);
        }
    }
    Ok(base)
}
