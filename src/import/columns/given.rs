//! What the command line says of the cells of an import: units, years, words.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::import::columns::date_text::DateOrder;
use crate::model::amount::{DecimalMark, Unit};
use crate::model::name::NameKey;
use crate::model::separated::SEPARATORS;

/// In `--word WORD=-`: rows with that word are left out.
pub const LEFT_OUT: &str = "-";

/// What the command line says of cells.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The unit of amounts whose header does not say one.
    pub unit: Option<Unit>,
    /// The year of dates without one.
    pub year: Option<i32>,
    /// The order of dates whose year stands last.
    pub date_order: Option<DateOrder>,
    /// What stands before the decimals of numbers that are text.
    pub decimal: Option<DecimalMark>,
    /// Words that were mapped.
    pub words: WordMap,
}

/// What words of cells were said to stand for.
#[derive(Debug, Clone, Default)]
pub struct WordMap(Vec<MappedWord>);

#[derive(Debug, Clone)]
struct MappedWord {
    word: String,
    key: NameKey,
    id: String,
    /// Whether it was mapped for ever, and not by this command line.
    is_saved: bool,
}

impl MappedWord {
    fn of((word, id): (String, String), is_saved: bool) -> Self {
        Self { key: word_key(&word), word, id, is_saved }
    }
}

impl WordMap {
    /// Each word with what it stands for.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().map(|pair| MappedWord::of(pair, false)).collect())
    }

    /// The same with words that were mapped before, of which the command line may say otherwise.
    #[must_use]
    pub fn and_saved(mut self, pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        self.0.extend(pairs.into_iter().map(|pair| MappedWord::of(pair, true)));
        self
    }

    /// The words that were mapped before and that one of the cells has, each with what it stands for.
    pub fn recalled<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Vec<(&str, &str)> {
        let saved: Vec<&MappedWord> = self.0.iter().filter(|mapped| mapped.is_saved).collect();
        if saved.is_empty() {
            return Vec::new();
        }
        let keys: HashSet<NameKey> = cells
            .flat_map(|cell| std::iter::once(cell).chain(cell.split(SEPARATORS)))
            .map(word_key)
            .collect();
        let is_used = |mapped: &&&MappedWord| {
            let first = self.0.iter().find(|it| it.key == mapped.key);
            first.is_some_and(|first| first.is_saved) && keys.contains(&mapped.key)
        };
        saved.iter().filter(is_used).map(|mapped| (mapped.word.as_str(), mapped.id.as_str())).collect()
    }

    /// The words, with what each stands for.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|mapped| (mapped.word.as_str(), mapped.id.as_str()))
    }

    /// Whether nothing was mapped.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A cell with each word that was mapped in place of what it stands for.
    pub fn substitute<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        if self.0.is_empty() {
            return text;
        }
        if let Some(id) = self.id(&text) {
            return Cow::Owned(id.to_owned());
        }
        if !text.contains(SEPARATORS) {
            return text;
        }
        let ids: Vec<Option<&str>> = text.split(SEPARATORS).map(|part| self.id(part)).collect();
        if ids.iter().all(Option::is_none) {
            return text;
        }
        let parts = text.split(SEPARATORS).zip(ids).map(|(part, id)| id.unwrap_or(part));
        Cow::Owned(parts.collect::<Vec<_>>().join("、"))
    }

    /// Whether a cell has a word whose rows are left out.
    pub fn leave_out(&self, text: &str) -> bool {
        !self.0.is_empty() && self.id(text) == Some(LEFT_OUT)
    }

    /// The words that none of the cells has.
    pub fn unused<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Vec<(&str, &str)> {
        let mut unused: Vec<&MappedWord> = self.0.iter().filter(|mapped| !mapped.is_saved).collect();
        for cell in cells {
            if unused.is_empty() {
                break;
            }
            let keys: Vec<NameKey> =
                std::iter::once(cell).chain(cell.split(SEPARATORS)).map(word_key).collect();
            unused.retain(|mapped| !keys.contains(&mapped.key));
        }
        unused.into_iter().map(|mapped| (mapped.word.as_str(), mapped.id.as_str())).collect()
    }

    fn id(&self, text: &str) -> Option<&str> {
        let key = word_key(text);
        self.0.iter().find(|mapped| mapped.key == key).map(|mapped| mapped.id.as_str())
    }
}

/// Quotation marks and brackets never tell two words apart.
fn word_key(text: &str) -> NameKey {
    NameKey::word(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settled_word_stands_for_its_id_alone_and_among_others() {
        let words = WordMap::new([("立项".into(), "approved".into()), ("瞪羚".into(), "-".into())]);
        let substitute = |text: &'static str| words.substitute(Cow::Borrowed(text)).into_owned();
        assert_eq!(substitute("“立项”"), "approved");
        assert_eq!(substitute("立项、其他"), "approved、其他");
        assert_eq!(substitute("其他，无"), "其他，无");
        assert!(words.leave_out(" 瞪羚 "));
        assert_eq!(words.unused(["立项", "其他"].into_iter()), [("瞪羚", "-")]);
        let words =
            words.and_saved([("立项".into(), "announced".into()), ("评中".into(), "submitted".into())]);
        assert_eq!(words.substitute(Cow::Borrowed("立项")), "approved");
        assert_eq!(words.recalled(["立项", "评中"].into_iter()), [("评中", "submitted")]);
    }
}
