//! The word lists of a programme: what ids mean, in both languages.

use super::amount::Amount;
use super::class::Class;
use super::id::{LevelId, WordKey};
use super::lang::Lang;
use super::name::Name;
use super::shape::{choice, record};

use std::collections::BTreeMap;

record! {
    /// A word and its names.
    pub struct Word {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Other ways it is written in spreadsheets.
        pub also: Vec<Name>,
    }
}

record! {
    /// A title an enterprise can be given.
    pub struct Title {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Other ways it is written in spreadsheets.
        pub also: Vec<Name>,
        /// The level that gives it.
        pub level: Option<LevelId>,
        /// Its place on the ladder of titles, from 1.
        pub tier: Option<u32>,
        /// How many months it is valid where no expiry is recorded; without, it does not expire.
        pub valid_months: Option<u32>,
    }
}

choice! {
    /// What a metric measures.
    pub enum MetricKind {
        /// Money in the main unit.
        Amount = "amount", "amount", "金额";
        /// A number of things.
        Count = "count", "count", "数量";
    }
}

choice! {
    /// Which way is better.
    pub enum Direction {
        /// More is better.
        Up = "up", "more is better", "越高越好";
        /// Less is better.
        Down = "down", "less is better", "越低越好";
        /// Neither.
        Neutral = "neutral", "neither", "中性";
    }
}

record! {
    /// A figure enterprises report.
    pub struct Metric {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Other ways it is written in spreadsheets.
        pub also: Vec<Name>,
        /// Money or a count.
        pub kind: MetricKind,
        /// What is counted; for money it is the currency.
        pub unit: Option<Name>,
        /// The English unit.
        pub unit_en: Option<Name>,
        /// Which way is better.
        pub direction: Option<Direction>,
    }
}

record! {
    /// Limits of size for some classes of industry: the size is the worst over the metrics listed.
    pub struct SizeRule {
        /// The classes it is for; none means all.
        pub classes: Vec<Class>,
        /// By metric, the lowest value of a large, a medium and a small enterprise.
        pub limits: BTreeMap<WordKey, Vec<Amount>>,
    }
}

/// Every name of a word: in the programme's language, in English, and other ways it is written.
pub fn names<'n>(
    name: &'n Name,
    name_en: Option<&'n Name>,
    also: &'n [Name],
) -> impl Iterator<Item = &'n Name> {
    std::iter::once(name).chain(name_en).chain(also)
}

/// The name of a word in a language, the programme's own where there is no English one.
pub fn label(name: &Name, name_en: Option<&Name>, lang: Lang) -> String {
    lang.pick(name_en.unwrap_or(name), name).to_string()
}
