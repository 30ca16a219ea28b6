//! A title an enterprise was given, and how long it holds.

use chrono::NaiveDate;

use super::date::{self, Date};
use super::expiry::Expiry;
use super::id::{LevelId, TitleId};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};

choice! {
    /// Whether a title is given for the first time.
    pub enum Action {
        /// For the first time, or after it had lapsed.
        New = "new", "new", "新认定", "新增", "新获", "新获评", "首次", "首次认定", "初次认定", "新评", "认定", "first", "initial", "new award";
        /// Confirmed again before it expired: not a new title.
        ReReview = "re-review", "re-review", "复核", "复核通过", "复审", "复审通过", "复评", "重新认定", "复核认定", "续期", "期满复核", "再认定", "renewal", "renewed", "re-certified", "recertified", "review";
    }
}

record! {
    /// A title an enterprise was given.
    pub struct Recognition {
        /// The title.
        pub title: TitleId,
        /// The level that gave it.
        pub level: Option<LevelId>,
        /// The number of the notice or certificate.
        pub document: Option<String>,
        /// When it was given; absent where it is only known to be held.
        pub recognised: Option<Date>,
        /// The last day it holds.
        pub expires: Option<Expiry>,
        /// New or confirmed again; without, new.
        pub action: Option<Action>,
        /// The day it was decided not to have it confirmed again.
        pub let_go: Option<Date>,
        /// Values of the programme's own fields.
        pub more: More<Recognition>,
    }
    verify in_order
}

impl HasOwnFields for Recognition {
    const OWNER: FieldOwner = FieldOwner::Recognitions;
}

fn in_order(recognition: &Recognition, faults: &mut Faults) {
    let expires = recognition.expires.and_then(Expiry::date);
    date::in_order(faults, ("recognised", recognition.recognised), ("expires", expires));
}

impl Recognition {
    /// Whether it confirms a title already held.
    pub fn is_re_review(&self) -> bool {
        self.action == Some(Action::ReReview)
    }

    /// The last day it holds: as recorded, else so many months after it was given; none if it does not expire or
    /// nobody knows when it was given.
    pub fn last_day(&self, valid_months: Option<u32>) -> Option<NaiveDate> {
        match (self.expires, self.recognised, valid_months) {
            (Some(expires), ..) => expires.date().map(Date::last),
            (None, Some(recognised), Some(months)) => recognised.end_of_months(months),
            _ => None,
        }
    }

    /// Whether it certainly holds on `day`: a title whose day nobody knows certainly holds on none.
    pub fn holds_on(&self, day: NaiveDate, valid_months: Option<u32>) -> bool {
        self.recognised.is_some_and(|date| date.last() <= day)
            && self.last_day(valid_months).is_none_or(|last| day <= last)
    }
}
