//! `columns.toml`: headers and maps that the user added to those an import knows. It is no record. What an import of
//! everything takes over from another store is replaced as a whole, it and the programme.

use std::io;

use super::disk::read_record;
use super::disk::read_text;
use super::document;
use super::folder::{new_file, programme_file};
use super::history::Note;
use super::image::{FileChange, Image};
use super::writer::Writer;
use super::{Store, StoreError, failed, on};
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::programme::RecordFormat;
use crate::model::value::Value;

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

    /// What replaces the user's list of columns as a part of another change.
    pub fn columns_change(&self, text: String) -> Result<FileChange, StoreError> {
        let before = self.columns()?.map(String::into_bytes);
        Ok(FileChange::new(COLUMNS, Image::of(before), Image::text(text)))
    }

    /// What writes the file of the programme anew as a part of another change.
    pub fn programme_change(&self, programme: &Value) -> Result<FileChange, StoreError> {
        let record = RecordRef::new(Kind::Programme, "programme");
        let file = programme_file(&self.root).unwrap_or_else(|| new_file(&record, RecordFormat::Toml));
        let path = self.root.join(&file.path);
        let before = read_record(&path).map_err(failed("read", &path))?;
        Ok(FileChange::new(
            file.path,
            Image::of(Some(before)),
            Image::text(document::write(file.format, programme)),
        ))
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
