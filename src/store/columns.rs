//! `columns.toml`: headers and maps that the user added to those an import knows. It is no record.

use std::io;

use super::disk::read_text;
use super::history::Note;
use super::image::{FileChange, Image};
use super::writer::Writer;
use super::{Store, StoreError, failed, on};

/// Where it lies.
pub const COLUMNS: &str = "columns.toml";

impl Store {
    /// The text of the user's list of columns; none if there is none.
    pub fn columns(&self) -> Result<Option<String>, StoreError> {
        let path = self.root.join(COLUMNS);
        match read_text(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &path)(error)),
        }
    }
}

impl Writer {
    /// Replaces the user's list of columns: a change like any other.
    pub fn write_columns(&self, text: String, note: Note) -> Result<(), StoreError> {
        let before = Image::of(self.disk().read(COLUMNS).map_err(on("read", COLUMNS))?);
        self.replace(vec![FileChange::new(COLUMNS, before, Image::text(text))], note)?;
        Ok(())
    }
}
