//! The gate into the store: what every change of files has to keep, whichever command makes it, so that the store
//! it leaves can be read again.

use std::collections::{HashMap, HashSet};

use super::disk::LARGEST;
use super::image::{FileChange, Image};
use super::{StoreError, folder};

/// Refuses a change of files after which the store could not be read. `existing` are the record files there are.
pub fn check<'p>(files: &[FileChange], existing: impl Iterator<Item = &'p String>) -> Result<(), StoreError> {
    let mut paths = HashSet::new();
    let mut by_record: HashMap<String, &str> = HashMap::new();
    for file in files {
        if !paths.insert(&file.path) {
            return Err(StoreError::TwoFiles(file.path.clone(), file.path.clone()));
        }
        let Some(bytes) = file.after.bytes() else { continue };
        if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST) {
            return Err(StoreError::TooLarge { path: file.path.clone(), size: bytes.len() });
        }
        if let Some(other) = by_record.insert(record_key(&file.path), &file.path) {
            return Err(StoreError::TwoFiles(other.to_owned(), file.path.clone()));
        }
    }
    if !files.iter().any(|file| file.before == Image::Absent) {
        return Ok(());
    }
    for path in existing.filter(|path| !paths.contains(path)) {
        if let Some(new) = by_record.get(&record_key(path)) {
            return Err(StoreError::TwoFiles(path.clone(), (*new).to_owned()));
        }
    }
    Ok(())
}

/// The same for all files that stand for one record: in any sub-folder, in either format, whatever the case.
fn record_key(path: &str) -> String {
    match folder::record_at(path) {
        Some((record, _)) => format!("{}/{}", record.kind.plural(), record.id.to_ascii_lowercase()),
        None => path.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(path: &str) -> FileChange {
        FileChange::new(path, Image::Absent, Image::text("name = \"n\"\n"))
    }

    fn gone(path: &str) -> FileChange {
        new(path).reversed()
    }

    #[test]
    fn a_record_has_one_file_in_a_change_and_with_those_there_are() {
        let existing = ["industries/a.toml".to_owned()];
        let refused =
            |files: &[FileChange]| matches!(check(files, existing.iter()), Err(StoreError::TwoFiles(..)));
        assert!(refused(&[new("industries/A.toml")]));
        assert!(refused(&[new("industries/more/a.toml")]));
        assert!(refused(&[new("industries/a.json")]));
        assert!(refused(&[new("industries/b.toml"), new("industries/b.toml")]));
        assert!(refused(&[new("industries/b.toml"), new("industries/B.json")]));
        assert!(!refused(&[new("industries/b.toml"), new("editions/a.toml")]));
        assert!(!refused(&[gone("industries/a.toml")]));
    }

    #[test]
    fn a_record_that_is_renamed_in_case_or_moved_is_one_record() {
        let existing = ["industries/a.toml".to_owned()];
        for other in ["industries/A.toml", "industries/more/a.toml", "industries/a.json"] {
            assert!(check(&[gone("industries/a.toml"), new(other)], existing.iter()).is_ok(), "{other}");
        }
    }
}
