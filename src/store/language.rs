//! The programme's language, for messages before the store is loaded or because it cannot be.

use super::disk::read_text;
use super::{Store, document, folder};
use crate::model::programme::Language;
use crate::model::value::{KeyPath, Value};

impl Store {
    /// The language of the programme, if its file can be read.
    pub fn language(&self) -> Option<Language> {
        let file = folder::programme_file(&self.root)?;
        let text = read_text(&self.root.join(&file.path)).ok()?;
        match document::parse(file.format, &text).ok()?.at(&KeyPath::key("language"))? {
            Value::Text(language) => language.parse().ok(),
            _ => None,
        }
    }
}
