//! Names that may have been meant by one that is not known, found with bounded work: they are only suggested, and a
//! file of a hundred thousand unknown names must not wait for a hundred thousand searches.

use std::cell::{Cell, RefCell};

use crate::model::name::NameKey;
use crate::model::nearest::nearest;

/// How much is compared for one import: a look at a name costs 1, a comparison letter by letter [`COMPARED`].
const WORK: usize = 5_000_000;

/// The cost of comparing two names letter by letter, beside a look.
const COMPARED: usize = 30;

/// How many names are listed that have a text in them.
const LISTED: usize = 3;

/// The known names, looked at only if one is missed.
#[derive(Debug)]
pub struct Suggester {
    names: RefCell<Option<Vec<Known>>>,
    work: Cell<usize>,
}

/// A name, with what tells quickly that another is not near it.
#[derive(Debug)]
struct Known {
    key: String,
    length: usize,
    letters: u64,
}

/// What may have been meant.
#[derive(Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// The keys of the few names that the text is a part of.
    Part(Vec<NameKey>),
    /// The key of the name that differs in the fewest letters.
    Like(NameKey),
}

impl Default for Suggester {
    fn default() -> Self {
        Self { names: RefCell::default(), work: Cell::new(WORK) }
    }
}

impl Suggester {
    /// Forgets the names: another became known.
    pub fn forget(&mut self) {
        self.names.take();
    }

    /// What may have been meant by `key`; none too once too much was compared.
    pub fn to<'k>(
        &self,
        key: &NameKey,
        known: impl ExactSizeIterator<Item = &'k NameKey>,
    ) -> Option<Suggestion> {
        let mut names = self.names.borrow_mut();
        if names.is_none() {
            self.spend(known.len())?;
        }
        let names = names.get_or_insert_with(|| sorted(known));
        self.spend(names.len())?;
        parts(key, names).or_else(|| self.like(key, names))
    }

    fn spend(&self, work: usize) -> Option<()> {
        self.work.set(self.work.get().checked_sub(work)?);
        Some(())
    }

    fn like(&self, key: &NameKey, names: &[Known]) -> Option<Suggestion> {
        let given = Known::of(key);
        // As many letters may differ as `nearest` allows; each changes two of the letters there are.
        let allowed = (given.length / 3).clamp(1, 3);
        let alike = names.iter().filter(|name| {
            name.length.abs_diff(given.length) <= allowed
                && usize::try_from((name.letters ^ given.letters).count_ones())
                    .is_ok_and(|differing| differing <= 2 * allowed)
        });
        let mut is_whole = true;
        let compared = alike.take_while(|_| {
            is_whole = self.spend(COMPARED).is_some();
            is_whole
        });
        let found = nearest(key.as_str(), compared.map(|name| name.key.as_str()));
        let found = found.map(NameKey::of);
        found.filter(|_| is_whole).map(Suggestion::Like)
    }
}

impl Known {
    fn of(key: &NameKey) -> Self {
        let text = key.as_str();
        let letters = text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64));
        Self { key: text.to_owned(), length: text.chars().count(), letters }
    }
}

/// A short name is a part of the whole one: `示例一厂` for `广州示例一厂有限公司`.
fn parts(key: &NameKey, names: &[Known]) -> Option<Suggestion> {
    if key.as_str().chars().count() < 2 {
        return None;
    }
    let parts: Vec<NameKey> = names
        .iter()
        .filter(|name| name.key.contains(key.as_str()))
        .take(LISTED + 1)
        .map(|name| NameKey::of(&name.key))
        .collect();
    (1..=LISTED).contains(&parts.len()).then_some(Suggestion::Part(parts))
}

/// Two runs suggest the same, whatever order a map has.
fn sorted<'k>(known: impl Iterator<Item = &'k NameKey>) -> Vec<Known> {
    let mut names: Vec<Known> = known.map(Known::of).collect();
    names.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[&str]) -> Vec<NameKey> {
        names.iter().map(|name| NameKey::of(name)).collect()
    }

    #[test]
    fn suggests_the_whole_name_of_a_short_one_and_the_right_one_of_a_misspelt_one() {
        let known = keys(&["广州示例一厂有限公司", "广州示例二厂有限公司", "花都别家有限公司"]);
        let to = |text: &str| Suggester::default().to(&NameKey::of(text), known.iter());
        assert_eq!(to("示例一厂"), Some(Suggestion::Part(keys(&["广州示例一厂有限公司"]))));
        assert_eq!(
            to("示例"),
            Some(Suggestion::Part(keys(&["广州示例一厂有限公司", "广州示例二厂有限公司"])))
        );
        assert_eq!(to("广州示列一厂有限公司"), Some(Suggestion::Like(NameKey::of("广州示例一厂有限公司"))));
        assert_eq!(to("完全不同的名称"), None);
    }

    #[test]
    fn unknown_names_cost_no_more_than_the_first_of_them() {
        let known: Vec<NameKey> = (0..1000).map(|n| NameKey::of(&format!("示例{n:06}有限公司"))).collect();
        let near = Suggester { work: Cell::new(100_000), ..Suggester::default() };
        let misses = (0..2_000).map(|n| NameKey::of(&format!("示例{n:06}有限责任公司")));
        let suggested = misses.filter(|miss| near.to(miss, known.iter()).is_some()).count();
        assert!((1..100).contains(&suggested), "{suggested}");
        assert!(near.work.get() < 1000 + COMPARED);
    }
}
