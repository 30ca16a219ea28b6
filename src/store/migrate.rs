//! A store of an older format brought up to date.

use super::disk::read_text;
use super::image::{FileChange, Image};
use super::load::Snapshot;
use super::{Store, StoreError, document, failed, folder};
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::migration;

impl Store {
    /// What brings every file from the format it was read in to the present one; comments and order stay.
    pub fn migration(&self, snapshot: &Snapshot) -> Result<Vec<FileChange>, StoreError> {
        let programme = [snapshot.file_of(&RecordRef::programme()).path];
        let mut paths = Vec::from(programme);
        for kind in Kind::FOLDERS {
            let found = folder::files_of(self.root(), *kind)?.into_iter();
            paths.extend(found.filter(|found| found.obstacle.is_none()).map(|found| found.path));
        }
        let changes = paths.into_iter().map(|path| self.migrated(snapshot.format, path));
        Ok(changes.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The change of one file, if it is a record and there is one.
    fn migrated(&self, format: u32, path: String) -> Result<Option<FileChange>, StoreError> {
        let Some((record, file)) = folder::record_at(&path) else { return Ok(None) };
        let whole = self.root().join(&path);
        let text = read_text(&whole).map_err(failed("read", &whole))?;
        let not_faithful = || StoreError::NotFaithful(path.clone());
        let before = document::parse(file.format, &text).map_err(|_| not_faithful())?;
        let mut after = before.clone();
        migration::forward(format, &record, &mut after);
        if before == after {
            return Ok(None);
        }
        let updated = document::update(file.format, &text, &before, &after).ok_or_else(not_faithful)?;
        Ok(Some(FileChange::new(path, Image::text(text), Image::text(updated))))
    }
}
