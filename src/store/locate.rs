//! From a finding to the line of a file it is about.

use std::fs;
use std::ops::Range;
use std::path::Path;

use super::load::Snapshot;
use super::{Store, folder, json, toml};
use crate::model::finding::{Excerpt, Located, Part, Place, RecordRef};
use crate::model::programme::Form;
use crate::model::value::KeyPath;

impl Store {
    /// Where a place of a finding is; none for places outside the store.
    pub fn locate(&self, snapshot: &Snapshot, place: &Place) -> Option<Located> {
        let path = match place {
            Place::Cell { .. } | Place::Argument(_) => return None,
            Place::File { path, .. } => path.clone(),
            Place::Field { record, .. } => snapshot.file_of(record).path,
        };
        let whole = self.root.join(&path);
        let file = whole.display().to_string();
        let is_narrow = match place {
            Place::File { bytes, .. } => bytes.is_some(),
            Place::Field { path, .. } => !path.0.is_empty(),
            _ => false,
        };
        let text = if is_narrow { fs::read_to_string(&whole).ok() } else { None };
        let located = text.and_then(|text| {
            let bytes = match place {
                Place::File { bytes, .. } => bytes.as_ref().map(|bytes| bytes.start..bytes.end)?,
                Place::Field { record, path, part } => {
                    bytes_of(snapshot.file_of(record).form, &text, path, *part)
                }
                _ => return None,
            };
            let located = excerpt(file.clone(), &text, bytes);
            // A line of a person's data is not repeated in a message.
            Some(if folder::is_private_path(&path) { Located { excerpt: None, ..located } } else { located })
        });
        Some(located.unwrap_or(Located { file, position: None, excerpt: None }))
    }
}

fn bytes_of(form: Form, text: &str, path: &KeyPath, part: Part) -> Range<usize> {
    match form {
        Form::Toml => toml::locate(text, path, part),
        Form::Json => json::locate(text, path, part),
    }
}

/// Where a place of a finding is in a copy of a record's file that is not in the store yet; `file` is the place
/// in the store that the copy is for. None for places elsewhere.
pub fn locate_in(
    copy: &Path,
    form: Form,
    text: &str,
    record: &RecordRef,
    file: &str,
    place: &Place,
) -> Option<Located> {
    let bytes = match place {
        Place::Field { record: other, path, part } if other == record => bytes_of(form, text, path, *part),
        Place::File { path, bytes: Some(bytes) } if path == file => bytes.start..bytes.end,
        _ => return None,
    };
    let located = excerpt(copy.display().to_string(), text, bytes);
    Some(if folder::is_private(record) { Located { excerpt: None, ..located } } else { located })
}

fn excerpt(file: String, text: &str, bytes: Range<usize>) -> Located {
    let start = floor(text, bytes.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let end = floor(text, bytes.end).clamp(start, line_end);
    let number = text[..line_start].matches('\n').count() + 1;
    let before = text[line_start..start].to_owned();
    Located {
        file,
        position: Some((number, before.chars().count() + 1)),
        excerpt: Some(Excerpt {
            line: text[line_start..line_end].trim_end_matches('\r').to_owned(),
            before,
            marked: text[start..end].to_owned(),
        }),
    }
}

/// The nearest start of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
