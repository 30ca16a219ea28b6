//! `columns.toml`: headers and maps that the user added to those an import knows. It is no record.

use std::io;

use super::commit::{Contents, FileChange, commit};
use super::{Store, StoreError, failed};

const COLUMNS: &str = "columns.toml";

impl Store {
    /// The text of the user's list of columns; none if there is none.
    pub fn columns(&self) -> Result<Option<String>, StoreError> {
        let path = self.root.join(COLUMNS);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &path)(error)),
        }
    }

    /// Replaces the user's list of columns.
    pub fn write_columns(&self, text: String) -> Result<(), StoreError> {
        let is_there = self.root.join(COLUMNS).exists();
        let contents = if is_there { Contents::Replaced(text) } else { Contents::New(text) };
        commit(&self.root, &[FileChange { path: COLUMNS.to_owned(), contents, private: false }])
    }
}
