//! A title an enterprise was given, and how long it holds.

use chrono::NaiveDate;

use super::date::{self, Date};
use super::id::{LevelId, TitleId};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};

choice! {
    /// Whether a title is given for the first time.
    pub enum Action {
        /// For the first time, or after it had lapsed.
        New = "new", "new", "新认定";
        /// Confirmed again before it expired: not a new title.
        ReReview = "re-review", "re-review", "复核";
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
        /// When it was given.
        pub recognised: Date,
        /// The last day it holds.
        pub expires: Option<Date>,
        /// New or confirmed again; without, new.
        pub action: Option<Action>,
        /// Values of the programme's own fields.
        pub more: More<Recognition>,
    }
    verify in_order
}

impl HasOwnFields for Recognition {
    const OWNER: FieldOwner = FieldOwner::Recognitions;
}

fn in_order(recognition: &Recognition, faults: &mut Faults) {
    date::in_order(faults, ("recognised", Some(recognition.recognised)), ("expires", recognition.expires));
}

impl Recognition {
    /// Whether it confirms a title already held.
    pub fn is_re_review(&self) -> bool {
        self.action == Some(Action::ReReview)
    }

    /// The last day it holds: as recorded, else so many months after it was given; none if it does not expire.
    pub fn last_day(&self, valid_months: Option<u32>) -> Option<NaiveDate> {
        match (self.expires, valid_months) {
            (Some(expires), _) => Some(expires.last()),
            (None, Some(months)) => self.recognised.plus_months(months).and_then(|end| end.last().pred_opt()),
            (None, None) => None,
        }
    }

    /// Whether it certainly holds on `day`.
    pub fn holds_on(&self, day: NaiveDate, valid_months: Option<u32>) -> bool {
        self.recognised.last() <= day && self.last_day(valid_months).is_none_or(|last| day <= last)
    }
}
