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
    /// Applications a rule set is for.
    pub struct Scope {
        /// New or re-review; none means both.
        pub action: Option<Action>,
        /// The first day of applying.
        pub first_day: Option<Date>,
        /// The last day of applying.
        pub last_day: Option<Date>,
    }
    verify in_order
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
        /// The region it is for.
        pub region: Option<String>,
        /// Anything worth saying.
        pub note: Option<String>,
        /// The applications it is for, by their day; none means all.
        pub applies: Vec<Scope>,
        /// What is asked for.
        pub conditions: Vec<Condition>,
    }
}

fn in_order(scope: &Scope, faults: &mut Faults) {
    date::in_order(faults, ("first_day", scope.first_day), ("last_day", scope.last_day));
}
