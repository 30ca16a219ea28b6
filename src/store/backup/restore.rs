//! A store made of a copy: unpacked beside its place, looked at as a whole, then put there in one step.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::source::{Source, refused};
use super::target::{BackupFormat, Writer};
use super::{Hashing, Sums, text_of};
use crate::model::meter::Meter;
use crate::store::disk::Folder;
use crate::store::draft::Draft;
use crate::store::{Store, StoreError, failed, folder, head, history};
use crate::text;

/// A copy that is unpacked beside its place, whole and not yet there.
#[derive(Debug)]
pub struct Unpacked {
    draft: Draft,
    /// How many files it has.
    pub files: usize,
}

/// Unpacks a copy beside a place where nothing is yet.
pub fn unpack(from: &Path, to: &Path) -> Result<Unpacked, StoreError> {
    let source = Source::open(from)?;
    let draft = Draft::beside(to)?;
    let mut sums = Sums::new();
    // How much an archive holds is known at its end.
    let meter = Meter::default();
    let mut writer = Writer::begin(BackupFormat::Folder, &draft.path).map_err(failed("make", &draft.path))?;
    let listed = source.each(&mut |path, size, contents| {
        let mut hashing = Hashing::new(contents, &meter);
        writer.add(path, size, &mut hashing)?;
        if sums.insert(path.to_owned(), hashing.sum()).is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(())
    })?;
    writer.finish().map_err(failed("write", &draft.path))?;
    if sums.is_empty() || text_of(&sums) != listed {
        return Err(StoreError::BadCopy(from.to_owned()));
    }
    check_state(from, &draft.path)?;
    Ok(Unpacked { draft, files: sums.len() })
}

impl Unpacked {
    /// The store that it would be.
    pub fn store(&self) -> Result<Store, StoreError> {
        Store::open(&self.draft.path)
    }

    /// Puts it in its place in one step.
    pub fn finish(self) -> Result<(), StoreError> {
        let path = &self.draft.path;
        fs::set_permissions(path, Permissions::from_mode(0o755)).map_err(failed("make", path))?;
        self.draft.finish()
    }
}

/// Refuses what no backup of a store is: no programme, a change that is half made, a history that does not fit HEAD.
fn check_state(from: &Path, root: &Path) -> Result<(), StoreError> {
    let disk = Folder::at(root);
    if folder::programme_file(root).is_none() {
        return Err(refused(from, &text!("it has no programme.toml", "其中没有 programme.toml")));
    }
    let Some(head) = head::read(&disk)? else {
        let has_history = !history::ids(&disk)?.is_empty();
        let no_head = || refused(from, &text!("its history has no HEAD", "其变更记录缺少 HEAD"));
        return if has_history { Err(no_head()) } else { Ok(()) };
    };
    if head.applying {
        return Err(refused(from, &text!("its last change is half made", "其最后一次变更尚未完成")));
    }
    if head.change > 0 && history::read(&disk, head.change)?.1 != head.entry {
        return Err(refused(
            from,
            &text!("its last change is not the one that HEAD means", "其最后一次变更不是 HEAD 所指的变更"),
        ));
    }
    Ok(())
}
