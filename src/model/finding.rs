//! Findings: what is wrong with the data, where, and what to do about it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

use smol_str::{SmolStr, ToSmolStr};

use super::kind::Kind;
use super::lang::Lang;
use super::rule::{self, Rule, Severity};
use super::shape::{Fault, MOST, Misread, too_many};
use super::text::{Localized, Text};
use super::value::KeyPath;

/// Whether the key or the value at a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The key.
    Key,
    /// The value.
    Value,
}

/// One record, by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// The kind.
    pub kind: Kind,
    /// The id; empty for the programme.
    pub id: SmolStr,
}

impl RecordRef {
    /// The record `id` of a kind.
    pub fn new(kind: Kind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_smolstr() }
    }

    /// The programme.
    pub fn programme() -> Self {
        Self { kind: Kind::Programme, id: SmolStr::default() }
    }
}

impl Localized for RecordRef {
    fn localized(&self, lang: Lang) -> String {
        let kind = self.kind.label(lang);
        match self.kind {
            Kind::Programme => lang.pick(self.to_string(), "培育计划".to_owned()),
            _ => lang.pick(self.to_string(), format!("{kind}“{}”", self.id)),
        }
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Programme => f.write_str("the programme"),
            kind => write!(f, "{kind} `{}`", self.id),
        }
    }
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A field of a record of the store.
    Field {
        /// The record.
        record: RecordRef,
        /// The way to the field.
        path: KeyPath,
        /// The key or the value.
        part: Part,
    },
    /// A file of the data folder.
    File {
        /// Its path below the folder, with `/`.
        path: String,
        /// The bytes that are meant.
        bytes: Option<Bytes>,
    },
    /// A cell of a file that is being imported.
    Cell {
        /// The file as it was named.
        file: String,
        /// The sheet of a workbook.
        sheet: Option<String>,
        /// The line or row, counted from 1; 0 where the whole file is meant.
        row: usize,
        /// The column, counted from 1, where one is meant.
        column: Option<usize>,
        /// What stands there.
        text: String,
    },
    /// An argument of the command line.
    Argument(String),
}

/// The letters a spreadsheet calls a column by, counted from 1.
pub fn column_letters(column: usize) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    while let Some(index) = left.checked_sub(1) {
        letters.extend(('A'..='Z').nth(index % 26));
        left = index / 26;
    }
    letters.into_iter().rev().collect()
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<Range<usize>> for Bytes {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

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
    pub marked: String,
}

/// Something that is wrong with the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// One sentence: what was found, and what was expected.
    pub message: Text,
    /// Where; several where records disagree.
    pub places: Vec<Place>,
    /// The way out.
    pub help: Option<Text>,
}

impl Finding {
    /// A finding at one place.
    pub fn new(rule: &'static Rule, message: impl Into<Text>, place: Place) -> Self {
        Self { rule, message: message.into(), places: vec![place], help: None }
    }

    /// What a reader reported of one value.
    pub fn of(misread: Misread, place: Place) -> Self {
        Self { rule: misread.rule, message: misread.message, places: vec![place], help: misread.help }
    }

    /// A fault of a record, as a finding.
    pub fn in_record(record: &RecordRef, fault: Fault) -> Self {
        let place = |path| Place::Field { record: record.clone(), path, part: fault.part };
        Self {
            rule: fault.misread.rule,
            message: fault.misread.message,
            places: fault.paths.into_iter().map(place).collect(),
            help: fault.misread.help,
        }
    }

    /// With a second place.
    #[must_use]
    pub fn and(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the data cannot be used as they are.
    pub fn is_error(&self) -> bool {
        self.rule.severity == Severity::Error
    }
}

/// The first findings of every file, and how many more it has.
pub fn capped(findings: Vec<Finding>) -> Vec<Finding> {
    let file_of = |finding: &Finding| match finding.places.first() {
        Some(Place::Field { record, .. }) => {
            Some(Place::Field { record: record.clone(), path: KeyPath::default(), part: Part::Value })
        }
        Some(Place::File { path, .. }) => Some(Place::File { path: path.clone(), bytes: None }),
        _ => None,
    };
    let mut counts: BTreeMap<Place, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for finding in findings {
        let count = file_of(&finding).map(|file| counts.entry(file).or_default());
        let is_kept = count.is_none_or(|count| {
            *count += 1;
            *count <= MOST || finding.rule == &rule::TOO_MANY
        });
        kept.extend(is_kept.then_some(finding));
    }
    let has_total = |file: &Place| kept.iter().any(|it| it.rule == &rule::TOO_MANY && it.places[0] == *file);
    let more: Vec<Finding> = counts
        .into_iter()
        .filter(|(file, count)| *count > MOST && !has_total(file))
        .map(|(file, count)| Finding::of(too_many(count), file))
        .collect();
    kept.extend(more);
    kept
}

/// Findings that say the same of different cells of tables as one, where the first of them stood.
pub fn joined(findings: Vec<Finding>) -> Vec<Finding> {
    let mut joined: Vec<Finding> = Vec::new();
    let mut known: HashMap<(&str, Text, Option<Text>), usize> = HashMap::new();
    let mut places: BTreeSet<(usize, Place)> = BTreeSet::new();
    for finding in findings {
        if !finding.places.iter().all(|place| matches!(place, Place::Cell { .. })) {
            joined.push(finding);
            continue;
        }
        let wording = (finding.rule.name, finding.message.clone(), finding.help.clone());
        let index = *known.entry(wording).or_insert(joined.len());
        let mut is_new = |place: &Place| places.insert((index, place.clone()));
        let new: Vec<Place> = finding.places.iter().filter(|place| is_new(place)).cloned().collect();
        match joined.get_mut(index) {
            Some(first) => first.places.extend(new),
            None => joined.push(Finding { places: new, ..finding }),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rule;
    use crate::model::text::Text;

    #[test]
    fn what_is_said_of_several_cells_is_said_once() {
        let cell =
            |row| Place::Cell { file: "a.csv".into(), sheet: None, row, column: Some(1), text: "x".into() };
        let of = |place| Finding::new(&rule::BAD_DATE, Text::same("`x` is not a date"), place);
        let argument = || of(Place::Argument("x".into()));
        let other = Finding { message: Text::same("another"), ..of(cell(3)) };
        let found =
            joined(vec![of(cell(2)), argument(), other.clone(), of(cell(4)), argument(), of(cell(9))]);
        let first = of(cell(2)).and(cell(4)).and(cell(9));
        assert_eq!(found, [first, argument(), other, argument()]);
    }
}
