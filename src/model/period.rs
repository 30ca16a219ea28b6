//! The periods indicators are reported for. Half-years and quarters are cumulative: `Q2` is January to June.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::rule;
use super::shape::{MapKey, Misread, text_scalar};
use crate::text;

/// A year or the first part of one, written `2023`, `2023-H1`, `2023-Q2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Quarter(u8),
    Half(u8),
    Year,
}

impl Period {
    /// A full year.
    pub fn year(year: i32) -> Self {
        Self { year, part: Part::Year }
    }

    /// The year, if this is a full one.
    pub fn full_year(self) -> Option<i32> {
        (self.part == Part::Year).then_some(self.year)
    }

    /// The year it lies in.
    pub fn calendar_year(self) -> i32 {
        self.year
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let (month, day) = match self.part {
            Part::Quarter(1) => (3, 31),
            Part::Quarter(3) => (9, 30),
            Part::Quarter(2) | Part::Half(1) => (6, 30),
            Part::Quarter(_) | Part::Half(_) | Part::Year => (12, 31),
        };
        NaiveDate::from_ymd_opt(self.year, month, day).unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{:04}", self.year),
            Part::Half(half) => write!(f, "{:04}-H{half}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        let (year, part) = match text.split_once('-') {
            None => (text, Some(Part::Year)),
            Some((year, "H1")) => (year, Some(Part::Half(1))),
            Some((year, "H2")) => (year, Some(Part::Half(2))),
            Some((year, "Q1")) => (year, Some(Part::Quarter(1))),
            Some((year, "Q2")) => (year, Some(Part::Quarter(2))),
            Some((year, "Q3")) => (year, Some(Part::Quarter(3))),
            Some((year, "Q4")) => (year, Some(Part::Quarter(4))),
            Some((year, _)) => (year, None),
        };
        Some(year)
            .filter(|year| year.len() == 4)
            .and_then(|year| year.parse().ok())
            .filter(|year| (1900..=2200).contains(year))
            .zip(part)
            .map(|(year, part)| Self { year, part })
            .ok_or_else(|| {
                Misread::new(&rule::BAD_PERIOD, text!("`{text}` is not a period", "“{text}”不是报告期")).help(
                    text!(
                        "write a year, half-year or quarter: `2023`, `2023-H1`, `2023-Q2`",
                        "请写年、半年或季度：2023、2023-H1、2023-Q2"
                    ),
                )
            })
    }
}

impl MapKey for Period {}

text_scalar!(Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_back_as_printed_and_ends_where_the_cumulated_part_ends() {
        for (text, last) in [
            ("2023", "2023-12-31"),
            ("2023-H1", "2023-06-30"),
            ("2023-Q2", "2023-06-30"),
            ("2023-Q3", "2023-09-30"),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!((period.to_string().as_str(), period.last_day().to_string().as_str()), (text, last));
        }
        for text in ["", "23", "2023-Q5", "2023-H3", "2023-01", "-2023"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
