//! Making a change: all of its files, or none.
//!
//! New contents are staged and the history entry is written, all of it on the disk; then HEAD is replaced, and
//! with that the change is made; then the files are put in place. Until HEAD names the change, everything can be
//! thrown away; from then on, everything can be finished.
//!
//! A writer that was stopped may wake up when its lock is gone and others have written: it looks again whether the lock
//! is still held and HEAD still as it was, before every step that cannot be taken back.

use std::collections::BTreeSet;
use std::io;

use super::disk::{Access, Disk, FileType};
use super::head::{self, Fault, Head};
use super::history::{self, Entry, HISTORY, Note, PRIVATE};
use super::image::{FileChange, Image};
use super::install::{self, STAGE, parent, staged};
use super::mutation::{self, Mutation};
use super::notice::Notice;
use super::{StoreError, on};
use crate::model::meter::Meter;
use crate::model::personal::hide;

/// Whether the writer still holds the lock.
pub type IsHeld<'h> = &'h dyn Fn() -> bool;

/// Makes a change.
pub fn commit(
    disk: &dyn Disk,
    is_held: IsHeld<'_>,
    last: &Head,
    note: Note,
    files: Vec<FileChange>,
    meter: &Meter,
) -> Result<(Entry, Vec<Notice>), StoreError> {
    check_turn(disk, is_held, last)?;
    let entry = next(last, note, files);
    let text = entry.write();
    let clean = head_of(&entry, &text);
    let applying = Head { applying: !mutation::is_active(Mutation::CleanFirst), ..clean.clone() };
    if mutation::is_active(Mutation::NoJournal) {
        return without_journal(disk, entry, &clean, meter);
    }
    if mutation::is_active(Mutation::HeadFirst) {
        head::write(disk, None, &applying).map_err(not_known(entry.id))?;
    }
    prepare(disk, &entry, text, meter).inspect_err(|_| withdraw(disk, is_held, last, &entry))?;
    advance(disk, is_held, last, &applying, &entry)?;
    let notices = finish(disk, is_held, &entry, [&applying, &clean], meter);
    Ok((entry, notices))
}

/// Records a change whose files are in place already.
pub fn record(
    disk: &dyn Disk,
    is_held: IsHeld<'_>,
    last: &Head,
    note: Note,
    files: Vec<FileChange>,
) -> Result<Entry, StoreError> {
    check_turn(disk, is_held, last)?;
    let entry = next(last, note, files);
    let text = entry.write();
    let head = head_of(&entry, &text);
    write_entry(disk, &entry, text, Vec::new()).inspect_err(|_| withdraw(disk, is_held, last, &entry))?;
    advance(disk, is_held, last, &head, &entry)?;
    Ok(entry)
}

fn next(last: &Head, note: Note, files: Vec<FileChange>) -> Entry {
    // Whatever a caller has masked: history holds no personal data in clear.
    let note = Note { command: hide(&note.command), reason: note.reason.as_deref().map(hide), ..note };
    let mut files = files;
    for source in files.iter_mut().flat_map(|file| &mut file.sources) {
        source.file = hide(&source.file);
    }
    Entry { id: last.change + 1, parent: last.entry.clone(), note, files }
}

/// HEAD once the files of an entry, which is stored as `text`, are in place.
fn head_of(entry: &Entry, text: &str) -> Head {
    Head { change: entry.id, entry: super::digest::seal_of(text).to_owned(), applying: false }
}

/// Refuses to go on where others have written since, or could.
fn check_turn(disk: &dyn Disk, is_held: IsHeld<'_>, last: &Head) -> Result<(), StoreError> {
    let is_turn = mutation::is_active(Mutation::NoSecondTurn)
        || is_held() && head::read(disk)?.is_some_and(|head| head == *last);
    if is_turn { Ok(()) } else { Err(StoreError::Outdated) }
}

fn advance(
    disk: &dyn Disk,
    is_held: IsHeld<'_>,
    last: &Head,
    head: &Head,
    entry: &Entry,
) -> Result<(), StoreError> {
    let expected = Some(last).filter(|_| !mutation::is_active(Mutation::HeadFirst));
    let is_turn = is_held() || mutation::is_active(Mutation::NoSecondTurn);
    let written = if is_turn { head::write(disk, expected, head) } else { Err(Fault::Outdated) };
    written.map_err(|fault| {
        if matches!(fault, Fault::NotDone(_)) || mutation::is_active(Mutation::UnknownIsNot) {
            withdraw(disk, is_held, last, entry);
        }
        not_known(entry.id)(fault)
    })
}

fn not_known(change: u64) -> impl FnOnce(Fault) -> StoreError {
    move |fault| match fault {
        Fault::NotDone(error) => on("write", head::HEAD)(error),
        Fault::NotKnown(source) => StoreError::NotKnown { change, source },
        Fault::Outdated => StoreError::Outdated,
    }
}

/// Puts the files in place. What cannot be done now is left to the next writer: the change is made.
fn finish(
    disk: &dyn Disk,
    is_held: IsHeld<'_>,
    entry: &Entry,
    [applying, clean]: [&Head; 2],
    meter: &Meter,
) -> Vec<Notice> {
    let cleaned = install::install_all(disk, is_held, entry, meter)
        .and_then(|notices| head::write(disk, Some(applying), clean).map_err(Fault::error).map(|()| notices));
    if matches!(cleaned, Err(StoreError::Outdated)) {
        // Another writer has finished it, and gone on.
        return Vec::new();
    }
    cleaned.unwrap_or_else(|error| vec![Notice::Pending { change: entry.id, cause: error.chain() }])
}

fn without_journal(
    disk: &dyn Disk,
    entry: Entry,
    clean: &Head,
    meter: &Meter,
) -> Result<(Entry, Vec<Notice>), StoreError> {
    stage(disk, &entry, meter)?;
    let notices = install::install_all(disk, &|| true, &entry, meter)?;
    head::write(disk, None, clean).map_err(Fault::error)?;
    Ok((entry, notices))
}

fn prepare(disk: &dyn Disk, entry: &Entry, text: String, meter: &Meter) -> Result<(), StoreError> {
    let folders: BTreeSet<&str> = entry.files.iter().map(|file| parent(&file.path)).collect();
    for folder in &folders {
        check_way(disk, folder)?;
    }
    for file in &entry.files {
        check_place(disk, file)?;
    }
    install::make_folders(disk, entry)?;
    let device = disk.stat(STAGE).map_err(on("look at", STAGE))?.map(|known| known.device);
    for folder in folders {
        check_folder(disk, folder, device)?;
    }
    let written = stage(disk, entry, meter)?;
    write_entry(disk, entry, text, written)
}

/// Refuses to follow a link, or anything else that is no folder, on the way to a folder.
fn check_way(disk: &dyn Disk, mut folder: &str) -> Result<(), StoreError> {
    while !folder.is_empty() {
        match disk.stat(folder).map_err(on("look at", folder))? {
            Some(known) if known.file_type != FileType::Folder => {
                return Err(StoreError::NotAFolder(folder.into()));
            }
            _ => folder = parent(folder),
        }
    }
    Ok(())
}

/// Refuses to write anywhere but to an ordinary file inside the data folder.
fn check_place(disk: &dyn Disk, file: &FileChange) -> Result<(), StoreError> {
    let path = &file.path;
    if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return Err(StoreError::NotOrdinary(path.into()));
    }
    match (disk.stat(path).map_err(on("look at", path))?, &file.before) {
        (Some(known), _) if known.file_type != FileType::File => Err(StoreError::NotOrdinary(path.into())),
        (Some(_), Image::Absent) | (None, Image::Held(_)) => Err(StoreError::ChangedMeanwhile(path.clone())),
        _ => Ok(()),
    }
}

/// What would stop a file from being put in place must be found before the change is made.
fn check_folder(disk: &dyn Disk, folder: &str, device: Option<u64>) -> Result<(), StoreError> {
    disk.may_write(folder).map_err(on("write to", folder))?;
    let known = disk.stat(folder).map_err(on("look at", folder))?;
    if known.map(|known| known.device) == device { Ok(()) } else { Err(StoreError::OtherDisk(folder.into())) }
}

/// Writes all new contents; gives the files that are still to be synced.
fn stage(disk: &dyn Disk, entry: &Entry, meter: &Meter) -> Result<Vec<String>, StoreError> {
    let mut written = Vec::new();
    for (number, file) in entry.files.iter().enumerate() {
        meter.step();
        if file.after.bytes().is_none() {
            continue;
        }
        let waiting = staged(entry.id, number);
        install::stage(disk, file, &waiting)?;
        written.push(waiting);
    }
    Ok(if mutation::is_active(Mutation::NoStageSync) { Vec::new() } else { written })
}

fn write_entry(
    disk: &dyn Disk,
    entry: &Entry,
    text: String,
    mut unsynced: Vec<String>,
) -> Result<(), StoreError> {
    let mut parts = vec![(HISTORY, history::file_of(entry.id), text, Access::Private)];
    if let Some(private) = entry.write_private() {
        parts.push((PRIVATE, history::private_file_of(entry.id), private, Access::Private));
    }
    for (_, path, text, access) in &parts {
        let new = format!("{path}.new");
        disk.create(&new, text.as_bytes(), *access).map_err(on("write", &new))?;
        if !mutation::is_active(Mutation::NoJournalSync) {
            unsynced.push(new);
        }
    }
    install::sync_files(disk, &unsynced)?;
    for (folder, path, ..) in &parts {
        match disk.rename_new(&format!("{path}.new"), path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(StoreError::Outdated),
            result => result.map_err(on("put in place", path))?,
        }
        if !mutation::is_active(Mutation::NoJournalSync) {
            install::sync_folder(disk, folder).map_err(on("sync", folder))?;
        }
    }
    Ok(())
}

/// Takes away what a change that was not made has left. What cannot be taken away is behind HEAD: no reader looks
/// at it, and the next writer takes it away. Where others have written since, what lies there may be theirs.
fn withdraw(disk: &dyn Disk, is_held: IsHeld<'_>, last: &Head, entry: &Entry) {
    let is_known = mutation::is_active(Mutation::UnknownIsNot) || mutation::is_active(Mutation::HeadFirst);
    if !is_known && check_turn(disk, is_held, last).is_err() {
        return;
    }
    for path in [history::file_of(entry.id), history::private_file_of(entry.id)] {
        let _ = disk.remove(&path);
        let _ = disk.remove(&format!("{path}.new"));
    }
    for number in 0..entry.files.len() {
        let _ = disk.remove(&staged(entry.id, number));
    }
}
