//! Words that stand in headers beside the names of fields, and what they make of them.

use std::collections::BTreeMap;

use crate::import::columns::lists::Lists;
use crate::model::nfkc::nfkc;

/// What a header says beside the name of a field.
#[derive(Debug, Default)]
pub struct HeaderWords {
    /// Words before a name that do not change what it means.
    pub before: Vec<String>,
    /// Those after it.
    pub after: Vec<String>,
    /// Words after the name of a figure that do not change what it means.
    pub counts: Vec<String>,
    /// Words beside a word of a list that do not change what it means, by field.
    pub beside: BTreeMap<String, Vec<String>>,
    /// Words of forecasts and targets.
    pub forecast: Vec<String>,
    /// Words of what is computed from other figures.
    pub derived: Vec<String>,
    /// How headers of firms end.
    pub firm_headers: Vec<String>,
    /// How the names of firms end.
    pub firm_cells: Vec<String>,
    /// How headers of computed figures end.
    pub derived_end: Vec<String>,
    /// Words of figures of another period.
    pub other_period: Vec<String>,
}

impl HeaderWords {
    /// Adds those of lists.
    pub fn extend(&mut self, lists: &Lists<'_>) {
        let more = |to: &mut Vec<String>, section, key| {
            to.extend(lists.texts(section, key));
        };
        more(&mut self.before, "fillers", "before");
        more(&mut self.after, "fillers", "after");
        more(&mut self.counts, "fillers", "counts");
        more(&mut self.firm_headers, "firms", "headers");
        more(&mut self.firm_cells, "firms", "cells");
        more(&mut self.forecast, "not-actual", "forecast");
        more(&mut self.derived, "not-actual", "derived");
        more(&mut self.other_period, "not-actual", "other_period");
        more(&mut self.derived_end, "not-actual", "derived_end");
        for (field, words) in lists.section("beside") {
            self.beside.entry(field.to_owned()).or_default().extend(words);
        }
    }
}

/// Whether a header has a word of a list: one of letters as a whole word.
pub fn has_word(list: &[String], text: &str) -> bool {
    let words = padded(text);
    list.iter().any(|word| {
        if word.is_ascii() { words.contains(&format!(" {word} ")) } else { words.contains(word.as_str()) }
    })
}

/// A header in lower case with one blank around each word.
fn padded(text: &str) -> String {
    let lower = nfkc(text).to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}
