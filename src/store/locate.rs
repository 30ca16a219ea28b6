//! From a finding to the line of a file it is about.

use std::fs;

use super::load::Snapshot;
use super::{Store, json, toml};
use crate::model::finding::Place;
use crate::model::programme::Form;

/// A place a person can go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The file, as the person can open it.
    pub file: String,
    /// The line and the column, counted from 1; none where the whole file is meant.
    pub position: Option<(usize, usize)>,
    /// The line itself, the text before the place on it, and the text that is meant.
    pub excerpt: Option<Excerpt>,
}

/// A line of a file and what on it is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The line.
    pub line: String,
    /// The part of the line before what is meant.
    pub before: String,
    /// What is meant.
    pub meant: String,
}

impl Store {
    /// Where a place of a finding is; none for places outside the store.
    pub fn locate(&self, snapshot: &Snapshot, place: &Place) -> Option<Located> {
        let (path, bytes) = match place {
            Place::Cell { .. } | Place::Argument(_) => return None,
            Place::File { path, bytes } => (path.clone(), bytes.as_ref().map(|bytes| bytes.start..bytes.end)),
            Place::Field { record, path, part } => {
                let file = snapshot.file_of(record);
                let bytes = fs::read_to_string(self.root.join(&file.path)).ok().map(|text| match file.form {
                    Form::Toml => toml::locate(&text, path, *part),
                    Form::Json => json::locate(&text, path, *part),
                });
                (file.path, bytes.filter(|_| !path.0.is_empty()))
            }
        };
        let whole = self.root.join(&path);
        let text = fs::read_to_string(&whole).unwrap_or_default();
        let file = whole.display().to_string();
        Some(match bytes {
            Some(bytes) => excerpt(file, &text, bytes.start, bytes.end),
            None => Located { file, position: None, excerpt: None },
        })
    }
}

fn excerpt(file: String, text: &str, start: usize, end: usize) -> Located {
    let start = floor(text, start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let end = floor(text, end).clamp(start, line_end);
    let number = text[..line_start].matches('\n').count() + 1;
    let before = text[line_start..start].to_owned();
    Located {
        file,
        position: Some((number, before.chars().count() + 1)),
        excerpt: Some(Excerpt {
            line: text[line_start..line_end].trim_end_matches('\r').to_owned(),
            before,
            meant: text[start..end].to_owned(),
        }),
    }
}

/// The nearest start of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
