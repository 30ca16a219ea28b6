//! Starting a new store, with the standard word lists and rule sets.

use std::fs;
use std::path::Path;

use super::commit::{Contents, FileChange, commit};
use super::{Store, StoreError, failed, folder};

/// The standard programme, and the standard rule sets by their ids.
const PROGRAMME: &str = include_str!("standard/programme.toml");
const RULESETS: [(&str, &str); 6] = [
    ("innovative-sme-63-2022", include_str!("standard/rulesets/innovative-sme-63-2022.toml")),
    ("srdi-63-2022", include_str!("standard/rulesets/srdi-63-2022.toml")),
    ("srdi-2-2026", include_str!("standard/rulesets/srdi-2-2026.toml")),
    ("little-giant-63-2022", include_str!("standard/rulesets/little-giant-63-2022.toml")),
    ("little-giant-2-2026", include_str!("standard/rulesets/little-giant-2-2026.toml")),
    ("hnte-2016-32", include_str!("standard/rulesets/hnte-2016-32.toml")),
];

/// The files of a new store.
pub fn standard_files() -> Vec<(String, &'static str)> {
    let rulesets = RULESETS.iter().map(|(id, text)| (format!("rulesets/{id}.toml"), *text));
    [("programme.toml".to_owned(), PROGRAMME)].into_iter().chain(rulesets).collect()
}

impl Store {
    /// Starts a store in a folder that is empty or not there yet.
    pub fn init(root: &Path) -> Result<Self, StoreError> {
        if folder::programme_file(root).is_some() {
            return Err(StoreError::AlreadyThere(root.to_owned()));
        }
        fs::create_dir_all(root).map_err(failed("make", root))?;
        let mut entries = fs::read_dir(root).map_err(failed("list", root))?;
        if entries.next().is_some() {
            return Err(StoreError::NotEmpty(root.to_owned()));
        }
        let files: Vec<FileChange> = standard_files()
            .into_iter()
            .map(|(path, text)| FileChange { path, contents: Contents::New(text.to_owned()), private: false })
            .collect();
        commit(root, &files)?;
        Ok(Self { root: root.to_owned() })
    }
}
