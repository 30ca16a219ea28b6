//! The days of one enterprise in one edition.
//!
//! The first day is the one it joined, else the one the edition opened; the last is the one it left, else the one
//! the edition closed, else today. Neither ever lies outside the edition: who joined before it opened counts from
//! the opening, who left after it closed counts to the close.

use chrono::NaiveDate;

use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::membership::Membership;

/// The span of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// Where a date lies beside a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Certainly within.
    Within,
    /// Certainly not.
    Outside,
    /// Not known well enough: it may lie on either side of a border.
    Unclear,
}

impl Span {
    /// The span of a membership; none while the edition is not open, and none where no day of the edition is left.
    pub fn of(membership: &Membership, edition: &Edition, today: NaiveDate) -> Option<Self> {
        let opened = edition.opened.map(Date::first)?;
        let closed = edition.closed.map_or(today, Date::last);
        let first = membership.joined.map_or(opened, Date::first).max(opened);
        let last = membership.left.map_or(closed, Date::last).min(closed);
        (first <= last).then_some(Self { first, last })
    }

    /// What is left of it after a day; none if nothing is.
    pub fn after(self, day: NaiveDate) -> Option<Self> {
        let first = day.succ_opt()?.max(self.first);
        (first <= self.last).then_some(Self { first, ..self })
    }

    /// All time up to a day.
    pub fn until(day: NaiveDate) -> Self {
        Self { first: NaiveDate::MIN, last: day }
    }

    /// Whether it has no beginning.
    pub fn is_all_time(self) -> bool {
        self.first == NaiveDate::MIN
    }

    /// Where a date lies: within from the first of its possible days to the last, or unclear.
    pub fn place(self, date: Date) -> Place {
        if self.first <= date.first() && date.last() <= self.last {
            Place::Within
        } else if self.precedes(date) || self.last < date.first() {
            Place::Outside
        } else {
            Place::Unclear
        }
    }

    /// Whether a date is certainly before the first day.
    pub fn precedes(self, date: Date) -> bool {
        date.last() < self.first
    }

    /// Whether a date is certainly not after the last day.
    pub fn reaches(self, date: Date) -> bool {
        date.last() <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{date, day, edition};

    fn span(joined: Option<&str>, left: Option<&str>, closed: Option<&str>) -> Option<Span> {
        let membership = Membership {
            joined: joined.map(date),
            left: left.map(date),
            ..Membership::of("2".parse().unwrap())
        };
        Span::of(&membership, &edition(Some("2022-01-13"), closed), day("2023-06-30"))
    }

    fn days(span: Option<Span>) -> Option<(String, String)> {
        span.map(|span| (span.first.to_string(), span.last.to_string()))
    }

    #[test]
    fn runs_from_joining_else_opening_to_leaving_else_close_else_today() {
        let pair = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(days(span(None, None, None)), pair("2022-01-13", "2023-06-30"));
        assert_eq!(days(span(None, None, Some("2023-05"))), pair("2022-01-13", "2023-05-31"));
        assert_eq!(
            days(span(Some("2022-03"), Some("2022-11-02"), Some("2023-05"))),
            pair("2022-03-01", "2022-11-02")
        );
    }

    #[test]
    fn an_edition_that_is_not_open_has_no_days_that_count() {
        let membership = Membership::of("4".parse().unwrap());
        assert_eq!(Span::of(&membership, &edition(None, None), day("2023-06-30")), None);
    }

    #[test]
    fn a_date_is_within_only_if_all_its_days_are() {
        let span = span(None, None, Some("2023-05-10")).unwrap();
        for (text, place) in [
            ("2022-01-12", Place::Outside),
            ("2022-01-13", Place::Within),
            ("2023-05-10", Place::Within),
            ("2023-05-11", Place::Outside),
            ("2022-01", Place::Unclear),
            ("2022-02", Place::Within),
            ("2022", Place::Unclear),
            ("2021", Place::Outside),
        ] {
            assert_eq!(span.place(date(text)), place, "{text}");
        }
    }

    #[test]
    fn joining_before_the_opening_and_leaving_after_the_close_adds_no_day() {
        let pair = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        let of = |joined, left| days(span(Some(joined), Some(left), Some("2023-05-10")));
        assert_eq!(of("2022-01-12", "2023-05-11"), pair("2022-01-13", "2023-05-10"));
        assert_eq!(of("2022-01-14", "2023-05-09"), pair("2022-01-14", "2023-05-09"));
        assert_eq!(of("2023-05-10", "2023-07-01"), pair("2023-05-10", "2023-05-10"));
        assert_eq!(of("2023-05-11", "2023-07-01"), None);
        assert_eq!(of("2021-01-01", "2022-01-12"), None);
    }
}
