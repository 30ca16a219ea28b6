//! The days of one enterprise in one edition.
//!
//! The first day is the one it joined, else the one the edition opened; the last is the one it left, else the one
//! the edition closed, else today. What happened counts from the later of first day and opening to the earlier of
//! last day and close.

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
    from: NaiveDate,
    to: NaiveDate,
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
    /// The span of a membership; none while the edition is not open and no day of joining is known, and none
    /// where it would end before it begins.
    pub fn of(membership: &Membership, edition: &Edition, today: NaiveDate) -> Option<Self> {
        let opened = edition.opened.map(Date::first);
        let closed = edition.closed.map_or(today, Date::last);
        let first = membership.joined.map(Date::first).or(opened)?;
        let last = membership.left.map_or(closed, Date::last);
        let from = first.max(opened?);
        let to = last.min(closed);
        (first <= last).then_some(Self { first, last, from, to })
    }

    /// All time up to a day.
    pub fn until(day: NaiveDate) -> Self {
        Self { first: NaiveDate::MIN, last: day, from: NaiveDate::MIN, to: day }
    }

    /// Whether it has no beginning.
    pub fn is_all_time(&self) -> bool {
        self.from == NaiveDate::MIN
    }

    /// Where a date lies: within from the first of its possible days to the last, or unclear.
    pub fn place(&self, date: Date) -> Place {
        if self.from <= date.first() && date.last() <= self.to {
            Place::Within
        } else if date.last() < self.from || self.to < date.first() {
            Place::Outside
        } else {
            Place::Unclear
        }
    }

    /// Whether a date is certainly not after the last day.
    pub fn reaches(&self, date: Date) -> bool {
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
    fn what_came_before_the_opening_or_after_the_close_does_not_count() {
        let span = span(Some("2021-12-01"), Some("2023-07-01"), Some("2023-05-10")).unwrap();
        assert_eq!(span.place(date("2021-12-15")), Place::Outside);
        assert_eq!(span.place(date("2023-06-01")), Place::Outside);
        assert!(span.reaches(date("2023-06-01")));
    }
}
