//! A set of rules for one title, valid for applications within its days. Unconfirmed rules are marked as such.

use super::date::{self, Date};
use super::id::TitleId;
use super::name::Name;
use super::recognition::Action;
use super::shape::{Faults, record};

record! {
    /// One condition of a rule set.
    pub struct Condition {
        /// The condition, in the programme's language.
        pub text: String,
        /// The condition in English.
        pub text_en: Option<String>,
        /// Whether no source confirms it.
        pub unconfirmed: Option<bool>,
    }
}

record! {
    /// `rulesets/ID.toml`.
    pub struct Ruleset {
        /// The title it is for.
        pub title: TitleId,
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// The document it is from.
        pub source: Option<String>,
        /// The kinds of application it is for; none means all.
        pub actions: Vec<Action>,
        /// The region it is for.
        pub region: Option<String>,
        /// The first day of applications it applies to.
        pub first_day: Option<Date>,
        /// The last day of applications it applies to.
        pub last_day: Option<Date>,
        /// Anything worth saying.
        pub note: Option<String>,
        /// What is asked for.
        pub conditions: Vec<Condition>,
    }
    verify in_order
}

fn in_order(ruleset: &Ruleset, faults: &mut Faults) {
    date::in_order(faults, ("first_day", ruleset.first_day), ("last_day", ruleset.last_day));
}
