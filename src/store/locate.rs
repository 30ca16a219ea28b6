//! From a finding to the line of a file it is about. A file is read once, however many findings it has.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::disk::read_record;
use super::load::Snapshot;
use super::{Store, folder, json, toml};
use crate::model::finding::{Excerpt, Located, Part, Place, RecordRef};
use crate::model::programme::RecordFormat;
use crate::model::value::KeyPath;

/// So much of a line is kept on either side of what is meant: more than a terminal shows.
const AROUND: usize = 400;

/// The text of a record's file, in which places can be found.
#[derive(Debug)]
pub struct SourceText<'t> {
    /// The file as it is named to a person.
    file: String,
    format: RecordFormat,
    text: &'t str,
    /// Whether its lines hold personal data, which are not repeated in a message.
    is_private: bool,
    line_starts: OnceCell<Vec<usize>>,
    spans: OnceCell<Spans<'t>>,
}

#[derive(Debug)]
enum Spans<'t> {
    Toml(toml::Spans<'t>),
    Json(json::Spans<'t>),
}

impl<'t> SourceText<'t> {
    /// The text of the file of a record, which `file` names to a person.
    pub fn of(file: String, record: &RecordRef, format: RecordFormat, text: &'t str) -> Self {
        let is_private = folder::is_private(record);
        Self { is_private, ..Self::at(file, format, text) }
    }

    fn at(file: String, format: RecordFormat, text: &'t str) -> Self {
        Self { file, format, text, is_private: false, line_starts: OnceCell::new(), spans: OnceCell::new() }
    }

    /// Where a key or a value is.
    pub fn field(&self, path: &KeyPath, part: Part) -> Located {
        let spans = self.spans.get_or_init(|| match self.format {
            RecordFormat::Toml => Spans::Toml(toml::Spans::of(self.text)),
            RecordFormat::Json => Spans::Json(json::Spans::of(self.text)),
        });
        self.bytes(match spans {
            Spans::Toml(spans) => spans.find(path, part),
            Spans::Json(spans) => spans.find(path, part),
        })
    }

    /// Where a stretch of the text is.
    pub fn bytes(&self, bytes: Range<usize>) -> Located {
        let text = self.text;
        let start = text.floor_char_boundary(bytes.start.min(text.len()));
        let line_starts = self.line_starts.get_or_init(|| {
            let after_newline =
                text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after_newline).collect()
        });
        let number = line_starts.partition_point(|line| *line <= start);
        let line_start = number.checked_sub(1).and_then(|index| line_starts.get(index)).copied().unwrap_or(0);
        let line_end = line_starts.get(number).map_or(text.len(), |next| next - 1);
        let end = text.floor_char_boundary(bytes.end).clamp(start, line_end);
        let from = text.ceil_char_boundary(start.saturating_sub(AROUND).max(line_start));
        let marked_to = text.floor_char_boundary(end.min(start + AROUND));
        let to = text.floor_char_boundary(line_end.min(marked_to + AROUND));
        let excerpt = Excerpt {
            line: text[from..to].trim_end_matches('\r').to_owned(),
            before: text[from..start].to_owned(),
            marked: text[start..marked_to].to_owned(),
        };
        Located {
            file: self.file.clone(),
            position: Some((number, text[line_start..start].chars().count() + 1)),
            excerpt: (!self.is_private).then_some(excerpt),
        }
    }
}

impl Store {
    /// Where places of findings are; none for places outside the store.
    pub fn locate<'p>(
        &self,
        snapshot: &Snapshot,
        places: impl IntoIterator<Item = &'p Place>,
    ) -> Vec<Option<Located>> {
        let places: Vec<&Place> = places.into_iter().collect();
        let mut by_file: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            let path = match place {
                Place::Cell { .. } | Place::Argument(_) => continue,
                Place::File { path, .. } => path.clone(),
                Place::Field { record, .. } => snapshot.file_of(record).path,
            };
            by_file.entry(path).or_default().push(index);
        }
        let mut located = vec![None; places.len()];
        for (path, indices) in by_file {
            let here = indices.iter().map(|index| places[*index]);
            for (index, found) in indices.iter().zip(self.locate_in_file(&path, here)) {
                located[*index] = Some(found);
            }
        }
        located
    }

    fn locate_in_file<'p>(&self, path: &str, places: impl Iterator<Item = &'p Place>) -> Vec<Located> {
        let whole = self.root.join(path);
        let file = whole.display().to_string();
        let text = OnceCell::new();
        let read = || read_record(&whole).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let format = folder::found_at(path).format.unwrap_or(RecordFormat::Toml);
        let source = OnceCell::new();
        let mut located = Vec::new();
        for place in places {
            let is_narrow = match place {
                Place::File { bytes, .. } => bytes.is_some(),
                Place::Field { path, .. } => !path.0.is_empty(),
                _ => false,
            };
            let text = if is_narrow { text.get_or_init(read).as_deref() } else { None };
            let found = text.and_then(|text| {
                let is_private = folder::is_private_path(path);
                let source = source
                    .get_or_init(|| SourceText { is_private, ..SourceText::at(file.clone(), format, text) });
                match place {
                    Place::File { bytes: Some(bytes), .. } => Some(source.bytes(bytes.start..bytes.end)),
                    Place::Field { path, part, .. } => Some(source.field(path, *part)),
                    _ => None,
                }
            });
            located.push(found.unwrap_or(Located { file: file.clone(), position: None, excerpt: None }));
        }
        located
    }
}
