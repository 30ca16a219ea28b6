//! What becomes of a title while an enterprise takes part.
//!
//! At entry and gained exclude each other, and whatever is held on a day of the edition is one of the two; so at
//! entry + gained − lapsed = held, whatever the dates.

use crate::model::recognition::Recognition;
use crate::report::span::{Place, Span};

/// One recognition with its place in the record.
pub type Entry<'r> = (usize, &'r Recognition);

/// What became of one title at one enterprise: each answer is the recognition it rests on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Course<'r> {
    pub at_entry: Option<Entry<'r>>,
    pub gained: Option<Entry<'r>>,
    pub renewed: Option<Entry<'r>>,
    pub lapsed: Option<Entry<'r>>,
    pub held: Option<Entry<'r>>,
    pub ever: Option<Entry<'r>>,
    /// Held at entry only because it was re-reviewed later: no certificate says so.
    pub is_inferred: bool,
}

impl<'r> Course<'r> {
    /// The course of one title, from all recognitions of it.
    pub fn of(all: &[Entry<'r>], span: Span, valid_months: Option<u32>) -> Self {
        let find = |test: &dyn Fn(&Recognition) -> bool| all.iter().copied().find(|(_, it)| test(it));
        let within = |it: &Recognition| it.recognised.is_some_and(|date| span.place(date) == Place::Within);
        let earlier = |it: &Recognition| it.recognised.is_some_and(|date| span.precedes(date));
        let certificate =
            find(&|it| earlier(it) && it.last_day(valid_months).is_none_or(|last| span.first <= last));
        let new = find(&|it| !it.is_re_review() && within(it));
        // Confirmed again before it had been given within these days: it was held at entry.
        let confirmed = find(&|it| {
            it.is_re_review()
                && within(it)
                && !all.iter().any(|(_, other)| {
                    !other.is_re_review()
                        && within(other)
                        && other
                            .recognised
                            .zip(it.recognised)
                            .is_some_and(|(other, date)| other.is_before(date))
                })
        });
        let at_entry = certificate.or(confirmed);
        let gained = if at_entry.is_none() { new } else { None };
        let counts = at_entry.or(gained);
        let held = counts.and(find(&|it| it.holds_on(span.last, valid_months)));
        Self {
            at_entry,
            gained,
            renewed: at_entry.and(find(&within)),
            lapsed: if held.is_none() { counts } else { None },
            held,
            ever: find(&|it| it.recognised.is_some_and(|date| span.reaches(date))),
            is_inferred: certificate.is_none() && confirmed.is_some(),
        }
    }

    /// The same where nobody enters or leaves: held on the last day, and ever.
    pub fn of_all_time(all: &[Entry<'r>], span: Span, valid_months: Option<u32>) -> Self {
        let find = |test: &dyn Fn(&Recognition) -> bool| all.iter().copied().find(|(_, it)| test(it));
        Self {
            held: find(&|it| it.holds_on(span.last, valid_months)),
            ever: find(&|it| it.recognised.is_some_and(|date| span.reaches(date))),
            ..Self::default()
        }
    }
}
