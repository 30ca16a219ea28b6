//! Ids: one type per kind of thing, safe to be part of a path.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use pinyin::ToPinyin;
use smol_str::SmolStr;

use super::kind::Kind;
use super::rule;
use super::shape::{MapKey, Misread, Scalar, Words, expected};
use super::value::Value;
use crate::model::text::Text;
use crate::text;

/// The longest an id may be.
pub const LONGEST: usize = 64;

/// Says what an [`Id`] names.
pub trait Names {
    /// The kind of thing.
    const KIND: Kind;
}

/// The id of one thing: 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`.
pub struct Id<K> {
    text: SmolStr,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The order in which people look for ids: numbers first and as numbers, so that 2 comes before 10, then by letter.
pub fn by_number(a: &str, b: &str) -> Ordering {
    fn key(id: &str) -> (bool, usize, &str) {
        let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
        let digits = if is_number { id.trim_start_matches('0').len() } else { 0 };
        (!is_number, digits, if is_number { id.trim_start_matches('0') } else { id })
    }
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// The records of a map in the order in which people look for them.
pub fn in_order<'m, K, V>(
    map: impl IntoIterator<Item = (&'m Id<K>, V)>,
) -> impl Iterator<Item = (&'m Id<K>, V)>
where
    K: 'm,
{
    let mut records: Vec<_> = map.into_iter().collect();
    records.sort_by(|(a, _), (b, _)| by_number(a.as_str(), b.as_str()));
    records.into_iter()
}

/// Whether `text` could be an id.
fn fault_of(text: &str) -> Option<Text> {
    if text.is_empty() {
        return Some(text!("an id is empty", "编号为空"));
    }
    if text.len() > LONGEST {
        return Some(text!(
            "an id has at most {LONGEST} characters, this one has {count}",
            "编号最多 {LONGEST} 个字符，这个有 {count} 个",
            count = text.chars().count()
        ));
    }
    if text.starts_with(['.', '-']) {
        return Some(text!(
            "the id `{text}` starts with `{first}`",
            "编号“{text}”以“{first}”开头",
            first = &text[..1]
        ));
    }
    text.chars()
        .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')))
        .map(|c| text!("`{c}` cannot be in an id", "编号中不能有“{c}”", c = c.escape_debug().to_string()))
}

impl<K> FromStr for Id<K> {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        match fault_of(text) {
            None => Ok(Self { text: text.into(), kind: PhantomData }),
            Some(message) => Err(Misread::new(&rule::BAD_ID, message).help(text!(
                "an id is 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`",
                "编号由 1–64 个 A-Za-z0-9._- 组成，不以 . 或 - 开头"
            ))),
        }
    }
}

/// An id made from a name: its ASCII letters and digits and the pinyin of its Chinese characters, two syllables a word,
/// joined by `-`; `fallback` where it has none.
pub fn slug<K>(name: &str, fallback: &str) -> Id<K> {
    let mut words: Vec<String> = Vec::new();
    // Syllables of the last word, or none where it is of letters or ended.
    let mut syllables = 0;
    let mut is_open = false;
    for c in name.chars() {
        if let Some(syllable) = c.to_pinyin() {
            let syllable = syllable.plain().replace('ü', "v");
            match words.last_mut().filter(|_| syllables == 1) {
                Some(word) => word.push_str(&syllable),
                None => words.push(syllable),
            }
            (syllables, is_open) = (if syllables == 1 { 2 } else { 1 }, false);
        } else if c.is_ascii_alphanumeric() {
            let letter = c.to_ascii_lowercase();
            match words.last_mut().filter(|_| is_open) {
                Some(word) => word.push(letter),
                None => words.push(letter.to_string()),
            }
            (syllables, is_open) = (0, true);
        } else {
            (syllables, is_open) = (0, false);
        }
    }
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() && slug.len() + word.len() >= LONGEST_SLUG {
            break;
        }
        slug.push_str(if slug.is_empty() { "" } else { "-" });
        slug.extend(word.chars().take(LONGEST_SLUG));
    }
    let text = if slug.is_empty() { fallback } else { &slug };
    Id { text: text.into(), kind: PhantomData }
}

/// The longest id that is made from a name.
const LONGEST_SLUG: usize = 48;

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> std::borrow::Borrow<str> for Id<K> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K: Names> Scalar for Id<K> {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) => text.parse(),
            other => Err(expected("text", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.text.to_string())
    }

    fn from_cell(text: &str, words: &dyn Words) -> Result<Self, Misread> {
        words.find(K::KIND, text)?.parse()
    }

    fn refers(&self) -> Option<(Kind, &str)> {
        Some((K::KIND, &self.text))
    }
}

impl<K: Names> MapKey for Id<K> {
    fn refers(&self) -> Option<(Kind, &str)> {
        Some((K::KIND, &self.text))
    }
}

/// A key of a programme's word list: the place where the word is defined, so it refers to nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(Id<Free>);

impl std::borrow::Borrow<str> for WordKey {
    fn borrow(&self) -> &str {
        self.0.as_str()
    }
}

impl WordKey {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for WordKey {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        text.parse().map(Self)
    }
}

impl fmt::Display for WordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl MapKey for WordKey {}

/// Marks an id that names a thing only inside its own record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Free {}

/// Declares the id types.
macro_rules! ids {
    ($( $(#[$meta:meta])* $Alias:ident, $Marker:ident, $Kind:ident; )+) => { $(
        /// Marks an id by what it names.
        #[derive(Debug, Clone, Copy)]
        pub enum $Marker {}

        impl Names for $Marker {
            const KIND: Kind = Kind::$Kind;
        }

        $(#[$meta])*
        pub type $Alias = Id<$Marker>;
    )+ };
}

ids! {
    /// Names an industry.
    IndustryId, OfIndustry, Industry;
    /// Names an edition.
    EditionId, OfEdition, Edition;
    /// Names an enterprise.
    EnterpriseId, OfEnterprise, Enterprise;
    /// Names an activity.
    ActivityId, OfActivity, Activity;
    /// Names a rule set.
    RulesetId, OfRuleset, Ruleset;
    /// Names an aspect.
    AspectId, OfAspect, Aspect;
    /// Names a module.
    ModuleId, OfModule, Module;
    /// Names a title.
    TitleId, OfTitle, Title;
    /// Names a kind of platform.
    PlatformKindId, OfPlatformKind, PlatformKind;
    /// Names a level.
    LevelId, OfLevel, Level;
    /// Names a category of needs.
    CategoryId, OfCategory, Category;
    /// Names a metric.
    MetricId, OfMetric, Metric;
    /// Names a reason for leaving.
    ExitReasonId, OfExitReason, ExitReason;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_numbers_come_first_and_as_numbers() {
        let mut ids = ["b", "10", "9", "2a", "02", "2", "1"];
        ids.sort_by(|a, b| by_number(a, b));
        assert_eq!(ids, ["1", "02", "2", "9", "10", "2a", "b"]);
    }

    #[test]
    fn refuses_what_would_not_be_safe_in_a_path() {
        for text in ["", ".", "..", "-x", "a/b", "a\\b", "a b", "é", "a\u{0}", &"x".repeat(65)] {
            assert!(text.parse::<EnterpriseId>().is_err(), "{text:?}");
        }
        for text in ["3", "91440114DEM000012X", "a.b_c-d", &"x".repeat(64)] {
            assert_eq!(text.parse::<EnterpriseId>().map(|id| id.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn makes_an_id_from_a_name() {
        assert_eq!(slug::<OfEnterprise>("Alice & Bob (ex X)", "e").as_str(), "alice-bob-ex-x");
        assert_eq!(slug::<OfEnterprise>("示例公司", "enterprise").as_str(), "shili-gongsi");
        assert_eq!(slug::<OfEnterprise>("《》", "enterprise").as_str(), "enterprise");
    }
}
