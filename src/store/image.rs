//! A record's file before and after a change, as history keeps it.

use serde_json::{Map, Value, json};

use super::digest::{hex, unhex};
use super::folder;

/// A file at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// There was none.
    Absent,
    /// It held this.
    Held(Vec<u8>),
    /// It was there before history began.
    Unknown,
    /// Its contents were personal and have been erased.
    Erased,
}

/// Where a record of an import came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file as it was named.
    pub file: String,
    /// The row in it, counted from 1.
    pub row: usize,
}

/// One file before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path below the data folder, with `/`.
    pub path: String,
    /// What it was.
    pub before: Image,
    /// What it is since.
    pub after: Image,
    /// The rows of imported files that say so.
    pub sources: Vec<Source>,
}

impl Image {
    /// The file that holds a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Held(text.into().into_bytes())
    }

    /// What was read.
    pub fn of(bytes: Option<Vec<u8>>) -> Self {
        bytes.map_or(Self::Absent, Self::Held)
    }

    /// The contents, if they are known.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Held(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Absent => Value::Null,
            Self::Held(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => text.into(),
                Err(_) => json!({ "hex": hex(bytes) }),
            },
            Self::Unknown => json!({ "unknown": true }),
            Self::Erased => json!({ "erased": true }),
        }
    }

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Absent),
            Value::String(text) => Some(Self::text(text)),
            Value::Object(object) => match object.iter().next()? {
                (key, _) if key == "unknown" => Some(Self::Unknown),
                (key, _) if key == "erased" => Some(Self::Erased),
                (key, Value::String(digits)) if key == "hex" => unhex(digits).map(Self::Held),
                _ => None,
            },
            _ => None,
        }
    }
}

impl FileChange {
    /// A change of a file that no import is the source of.
    pub fn new(path: impl Into<String>, before: Image, after: Image) -> Self {
        Self { path: path.into(), before, after, sources: Vec::new() }
    }

    /// Whether it is a file of personal data.
    pub fn is_private(&self) -> bool {
        folder::is_private_path(&self.path)
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }

    /// One line of an entry; without the images if they are kept apart.
    pub fn write(&self, with_images: bool) -> String {
        let mut object = Map::new();
        object.insert("path".to_owned(), self.path.as_str().into());
        if with_images {
            object.insert("before".to_owned(), self.before.write());
            object.insert("after".to_owned(), self.after.write());
        } else {
            object.insert("private".to_owned(), true.into());
        }
        if !self.sources.is_empty() {
            let sources = self.sources.iter().map(|source| json!([source.file, source.row]));
            object.insert("sources".to_owned(), sources.collect());
        }
        Value::Object(object).to_string()
    }

    /// A line of an entry. Images that are kept apart are [`Image::Erased`] until they are put back.
    pub fn read(line: &str) -> Option<Self> {
        let mut object: Map<String, Value> = serde_json::from_str(line).ok()?;
        let path = object.get("path")?.as_str()?.to_owned();
        let sources = match object.remove("sources") {
            None => Vec::new(),
            Some(Value::Array(sources)) => sources.iter().map(Source::read).collect::<Option<Vec<_>>>()?,
            Some(_) => return None,
        };
        if object.contains_key("private") {
            return Some(Self { path, before: Image::Erased, after: Image::Erased, sources });
        }
        let before = Image::read(object.remove("before")?)?;
        let after = Image::read(object.remove("after")?)?;
        Some(Self { path, before, after, sources })
    }
}

impl Source {
    fn read(value: &Value) -> Option<Self> {
        let [file, row] = value.as_array()?.as_slice() else { return None };
        let row = usize::try_from(row.as_u64()?).ok()?;
        Some(Self { file: file.as_str()?.to_owned(), row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_image_reads_back() {
        let images = [Image::Absent, Image::text("a\n\u{1}字"), Image::Held(vec![0xff, 0]), Image::Unknown];
        for before in &images {
            for after in &images {
                let source = Source { file: "表.csv".to_owned(), row: 7 };
                let change = FileChange {
                    sources: vec![source],
                    ..FileChange::new("enterprises/a.toml", before.clone(), after.clone())
                };
                assert_eq!(FileChange::read(&change.write(true)), Some(change));
            }
        }
    }
}
