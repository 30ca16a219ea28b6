//! What is wrong with a question: the place in what was typed, and what was expected there.

use std::ops::Range;

use crate::model::finding::Excerpt;
use crate::model::text::Text;

/// A part of a question that cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was typed.
    pub typed: String,
    /// The bytes of it that are meant.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: Text,
    /// What was expected.
    pub help: Option<Text>,
}

impl Fault {
    /// A fault at a place.
    pub fn new(typed: &str, at: Range<usize>, message: Text, help: impl Into<Option<Text>>) -> Self {
        Self { typed: typed.to_owned(), at, message, help: help.into() }
    }

    /// What was typed, with the part that is meant.
    pub fn excerpt(&self) -> Excerpt {
        let part = |range: Range<usize>| self.typed.get(range).unwrap_or_default().to_owned();
        Excerpt { line: self.typed.clone(), before: part(0..self.at.start), marked: part(self.at.clone()) }
    }
}
