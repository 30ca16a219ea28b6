//! The first thing every writer does: finish the change that HEAD names, and clear away what earlier ones left.
//! Nothing is guessed: an entry that is not the one HEAD means stops the work.

use super::disk::Disk;
use super::head::{self, Fault, Head};
use super::history::{self, Entry};
use super::image::{FileChange, Image};
use super::install::{self, STAGE, staged};
use super::mutation::{self, Mutation};
use super::notice::Notice;
use super::{StoreError, on};
use crate::text;

/// Brings the folder into the state HEAD names.
pub fn recover(disk: &dyn Disk) -> Result<(Head, Vec<Notice>), StoreError> {
    let mut notices = Vec::new();
    let mut head = head::read(disk)?.ok_or(StoreError::NoHead)?;
    if disk.stat(&history::file_of(head.change + 2)).map_err(on("look at", history::HISTORY))?.is_some() {
        return Err(StoreError::Damaged {
            path: head::HEAD.to_owned(),
            what: text!("history has changes it does not know of", "变更记录中有它不知道的变更"),
        });
    }
    if head.applying {
        let entry = pending_entry(disk, &head)?;
        if !mutation::is_active(Mutation::NoFinish) {
            finish(disk, &entry, &mut notices)?;
        }
        let applying = head.clone();
        head.applying = false;
        head::write(disk, Some(&applying), &head).map_err(Fault::error)?;
        notices.push(Notice::Finished(entry.id));
    }
    if !mutation::is_active(Mutation::NoClearing) {
        clear(disk, &head, &mut notices)?;
    }
    Ok((head, notices))
}

/// The entry HEAD names, if it is the one HEAD means.
pub fn pending_entry(disk: &dyn Disk, head: &Head) -> Result<Entry, StoreError> {
    let (entry, sum) = history::read(disk, head.change)?;
    if sum != head.entry && !mutation::is_active(Mutation::NoEntrySum) {
        let what = text!("it is not the entry that HEAD means", "不是 HEAD 所指的变更记录");
        return Err(StoreError::Damaged { path: history::file_of(head.change), what });
    }
    Ok(entry)
}

fn finish(disk: &dyn Disk, entry: &Entry, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
    install::make_folders(disk, entry)?;
    for (number, file) in entry.files.iter().enumerate() {
        if file.after == Image::Erased {
            let path = history::private_file_of(entry.id);
            return Err(StoreError::Damaged {
                path,
                what: text!("it is needed to finish a change, and is missing", "完成变更需要它，但它不存在"),
            });
        }
        finish_file(disk, file, &staged(entry.id, number), notices)?;
    }
    install::sync_places(disk, entry)
}

fn finish_file(
    disk: &dyn Disk,
    file: &FileChange,
    waiting: &str,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let failed = |error| on("put in place", &file.path)(error);
    if install::is_in(disk, &file.path, &[&file.after]).map_err(failed)? {
        return Ok(());
    }
    if disk.stat(waiting).map_err(failed)?.is_some() {
        if install::is_in(disk, waiting, &[&file.before, &file.after]).map_err(failed)? {
            disk.remove(waiting).map_err(failed)?;
        } else {
            install::keep(disk, waiting, &file.path, notices).map_err(failed)?;
        }
    }
    install::stage(disk, file, waiting)?;
    if file.after.bytes().is_some() {
        disk.sync(waiting).map_err(failed)?;
    }
    install::install(disk, file, waiting, notices).map_err(failed)
}

/// Takes away what is behind HEAD, and displaced files once they have been compared again: an editor that still
/// had the old file open may have written to it since.
fn clear(disk: &dyn Disk, head: &Head, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
    for path in [history::file_of(head.change + 1), history::private_file_of(head.change + 1)] {
        for path in [format!("{path}.new"), path] {
            if disk.stat(&path).map_err(on("look at", &path))?.is_some() {
                check_unchanged(disk, head)?;
                disk.remove(&path).map_err(on("remove", &path))?;
            }
        }
    }
    let mut known: Option<Entry> = None;
    for name in disk.list(STAGE).map_err(on("list", STAGE))? {
        clear_staged(disk, head, &name, &mut known, notices)?;
    }
    Ok(())
}

/// Refuses to take away what is behind HEAD where another writer has moved it since: it may be theirs.
fn check_unchanged(disk: &dyn Disk, head: &Head) -> Result<(), StoreError> {
    let is_same = head::read(disk)?.is_some_and(|now| now == *head);
    if is_same || mutation::is_active(Mutation::NoSecondTurn) { Ok(()) } else { Err(StoreError::Outdated) }
}

fn clear_staged(
    disk: &dyn Disk,
    head: &Head,
    name: &str,
    known: &mut Option<Entry>,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let path = format!("{STAGE}/{name}");
    let parts =
        name.split_once('-').and_then(|(id, number)| Some((history::number_of(id)?, number.parse().ok()?)));
    let (change, number): (u64, usize) = parts.unwrap_or((0, 0));
    if known.as_ref().is_none_or(|entry| entry.id != change) {
        // An entry that is damaged or pruned says nothing of the file: it is kept. One that cannot be read now may be
        // read by the next writer.
        *known = match history::read(disk, change) {
            Ok((entry, _)) => Some(entry),
            Err(error @ StoreError::Io { .. }) => return Err(error),
            Err(_) => None,
        };
    }
    let file = known.as_ref().and_then(|entry| entry.files.get(number));
    if change > head.change {
        check_unchanged(disk, head)?;
    }
    let is_spent = change > head.change
        || match file {
            Some(file) => {
                install::is_in(disk, &path, &[&file.before, &file.after]).map_err(on("read", &path))?
            }
            None => false,
        };
    if is_spent || mutation::is_active(Mutation::NoSecondComparison) {
        disk.remove(&path).map_err(on("remove", &path))
    } else {
        let whose = file.map_or(name, |file| file.path.as_str());
        install::keep(disk, &path, whose, notices).map_err(on("keep", &path))
    }
}
