//! What the command line says of the cells of an import: units, years, words.

use std::borrow::Cow;

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
    /// Words that were settled.
    pub words: SettledWords,
}

/// What words of cells were said to stand for.
#[derive(Debug, Clone, Default)]
pub struct SettledWords(Vec<Settled>);

#[derive(Debug, Clone)]
struct Settled {
    word: String,
    key: NameKey,
    id: String,
}

impl SettledWords {
    /// Each word with what it stands for.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let settled = |(word, id): (String, String)| Settled { key: word_key(&word), word, id };
        Self(pairs.into_iter().map(settled).collect())
    }

    /// The words, with what each stands for.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|settled| (settled.word.as_str(), settled.id.as_str()))
    }

    /// Whether nothing was settled.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A cell with each word that was settled in place of what it stands for.
    pub fn settle<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
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
        let mut unused: Vec<&Settled> = self.0.iter().collect();
        for cell in cells {
            if unused.is_empty() {
                break;
            }
            let keys: Vec<NameKey> =
                std::iter::once(cell).chain(cell.split(SEPARATORS)).map(word_key).collect();
            unused.retain(|settled| !keys.contains(&settled.key));
        }
        unused.into_iter().map(|settled| (settled.word.as_str(), settled.id.as_str())).collect()
    }

    fn id(&self, text: &str) -> Option<&str> {
        let key = word_key(text);
        self.0.iter().find(|settled| settled.key == key).map(|settled| settled.id.as_str())
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
        let words = SettledWords::new([("立项".into(), "approved".into()), ("瞪羚".into(), "-".into())]);
        let settle = |text: &'static str| words.settle(Cow::Borrowed(text)).into_owned();
        assert_eq!(settle("“立项”"), "approved");
        assert_eq!(settle("立项、其他"), "approved、其他");
        assert_eq!(settle("其他，无"), "其他，无");
        assert!(words.leave_out(" 瞪羚 "));
        assert_eq!(words.unused(["立项", "其他"].into_iter()), [("瞪羚", "-")]);
    }
}
