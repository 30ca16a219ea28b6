//! Dates as far as they are known: to the year, the month or the day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::label::FieldName;
use super::nfkc::nfkc;
use super::rule;
use super::shape::{Faults, Misread, Scalar, Words, expected};
use super::time_of_day;
use super::value::Value;
use crate::text;

/// A date known to the year, the month or the day. Written `2022`, `2022-05`, `2022-05-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    first: NaiveDate,
    last: NaiveDate,
}

impl Date {
    /// A whole day.
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }

    /// A year of which no more is known.
    pub fn year(year: i32) -> Option<Self> {
        Some(Self {
            first: NaiveDate::from_ymd_opt(year, 1, 1)?,
            last: NaiveDate::from_ymd_opt(year, 12, 31)?,
        })
    }

    /// A month of which no more is known.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Self { first, last: first.checked_add_months(Months::new(1))?.pred_opt()? })
    }

    /// The first day it can be.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day it can be.
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// The month it lies in, where that is known.
    pub fn its_month(self) -> Option<Self> {
        Self::month(self.first.year(), self.first.month()).filter(|month| self.last <= month.last)
    }

    /// The month after the one it begins in.
    pub fn next_month(self) -> Option<Self> {
        let next = self.first.checked_add_months(Months::new(1))?;
        Self::month(next.year(), next.month())
    }

    /// The day, where it is known.
    pub fn exact(self) -> Option<NaiveDate> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whether it is certainly before `other`: not one of its days could be on or after one of the other's.
    pub fn is_before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// The last day of a term of so many months that begins on this date: the day before the day of the same number,
    /// or the last day of the month where it has no such day. Of a date that is not fully known, the last it can be.
    pub fn end_of_months(self, months: u32) -> Option<NaiveDate> {
        let end = self.last.checked_add_months(Months::new(months))?;
        if end.day() < self.last.day() { Some(end) } else { end.pred_opt() }
    }
}

/// Reports two fields of a record of which the later is dated certainly before the earlier.
pub fn in_order(
    faults: &mut Faults,
    (first_field, first): (&'static str, Option<Date>),
    (then_field, then): (&'static str, Option<Date>),
) {
    if let (Some(first), Some(then)) = (first, then)
        && then.is_before(first)
    {
        let message = text!(
            "`{then_field}` ({then}) is before `{first_field}` ({first})",
            "{then_field}（{then}）早于{first_field}（{first}）",
            then_field = FieldName::new(then_field),
            first_field = FieldName::new(first_field),
            then = then,
            first = first
        );
        faults.report_fields(Misread::new(&rule::DATES_OUT_OF_ORDER, message), &[first_field, then_field]);
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if month == self.last.month() && year == self.last.year() {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{year:04}")
        }
    }
}

fn wrong(text: &str) -> Misread {
    Misread::new(&rule::BAD_DATE, text!("`{text}` is not a date", "“{text}”不是日期")).help(text!(
        "write it as far as it is known: `2022`, `2022-05` or `2022-05-01`",
        "请按已知的精度填写：2022、2022-05 或 2022-05-01"
    ))
}

impl FromStr for Date {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        let number = |part: &str, digits: usize| {
            Some(part)
                .filter(|part| (1..=digits).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
                .and_then(|part| part.parse::<u32>().ok())
        };
        let year = |part: &str| {
            Some(part)
                .filter(|part| part.len() == 4)
                .and_then(|part| number(part, 4))
                .and_then(|n| i32::try_from(n).ok())
        };
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [y] => year(y).and_then(Self::year),
            [y, m] => year(y).zip(number(m, 2)).and_then(|(y, m)| Self::month(y, m)),
            [y, m, d] => year(y)
                .zip(number(m, 2))
                .zip(number(d, 2))
                .and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d))
                .map(Self::day),
            _ => None,
        }
        .filter(|date| (1800..=2200).contains(&date.first.year()))
        .ok_or_else(|| wrong(text))
    }
}

impl Scalar for Date {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Date(day) => Ok(Self::day(day)),
            Value::Text(text) => text.parse(),
            Value::Number(year) if year.is_integer() && year > Decimal::ZERO => year.to_string().parse(),
            other => Err(expected("a date", &other)),
        }
    }

    fn to_value(&self) -> Value {
        self.exact().map_or_else(|| Value::Text(self.to_string()), Value::Date)
    }

    /// Dates as people type them: ISO, `2023年11月16日`, `二〇二三年十一月十六日`, `2023.11.16`, `2023/11/16`,
    /// `20231116`. A time of day is dropped; `2023.1`, which may be October typed as a number, is refused.
    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && let Ok(date) = text.parse()
        {
            return Ok(date);
        }
        let plain: String = nfkc(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let plain = time_of_day::without_time(plain.trim()).replace(' ', "");
        let plain = numerals(&plain).unwrap_or(plain);
        if plain.len() == 8 && plain.chars().all(|c| c.is_ascii_digit()) {
            return format!("{}-{}-{}", &plain[..4], &plain[4..6], &plain[6..])
                .parse()
                .map_err(|_| wrong(text));
        }
        if plain.split_once('.').is_some_and(|(year, month)| year.len() == 4 && month == "1") {
            return Err(Misread::new(
                &rule::BAD_DATE,
                text!("`{text}` may be January or October", "“{text}”可能是1月，也可能是10月"),
            )
            .help(text!(
                "write the month with two digits: `2023-01` or `2023-10`",
                "请写两位月份：2023-01 或 2023-10"
            )));
        }
        if plain.contains(['.', '/', '-']) && plain.contains(['年', '月', '日']) {
            return Err(wrong(text));
        }
        let iso = plain.replace(['年', '月', '.', '/'], "-").replace(['日', '号'], "");
        iso.trim_end_matches('-').parse().map_err(|_| wrong(text))
    }
}

/// A date in Chinese numerals as digits: `二〇二三年十一月十六日` is `2023年11月16日`.
fn numerals(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('年')?;
    let year: String =
        year.chars().map(|c| numeral(c).and_then(|n| char::from_digit(n, 10))).collect::<Option<_>>()?;
    let mut date = format!("{year}年");
    let mut rest = rest;
    for end in ['月', '日', '号'] {
        if let Some((part, more)) = rest.split_once(end) {
            date = format!("{date}{:02}{end}", counted(part)?);
            rest = more;
        }
    }
    rest.is_empty().then_some(date)
}

fn numeral(c: char) -> Option<u32> {
    let index = "〇一二三四五六七八九".chars().position(|digit| digit == c);
    index.or(matches!(c, '零' | '○' | '０').then_some(0)).and_then(|index| u32::try_from(index).ok())
}

/// A number below a hundred: `六`, `十一`, `二十`, `三十一`.
pub fn counted(text: &str) -> Option<u32> {
    let one = |text: &str| {
        let mut chars = text.chars();
        numeral(chars.next()?).filter(|_| chars.next().is_none())
    };
    match text.split_once('十') {
        None => one(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lookup::NoWords;

    fn cell(text: &str) -> Result<String, String> {
        Date::from_cell(text, &NoWords)
            .map(|date| date.to_string())
            .map_err(|fault| fault.message.to_string())
    }

    #[test]
    fn is_printed_as_far_as_it_is_known_and_read_back() {
        for text in ["2022", "2022-05", "2022-05-01"] {
            assert_eq!(text.parse::<Date>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "22", "2022-13", "2022-02-30", "2022-05-01-02", "0001", "2022-5-a"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn reads_the_ways_people_type_a_date() {
        for text in
            ["2023-11-16", "2023年11月16日", "2023.11.16", "2023/11/16", "20231116", "２０２３年11月16日"]
        {
            assert_eq!(cell(text), Ok("2023-11-16".to_owned()), "{text}");
        }
        for text in [
            "二〇二三年十一月十六日",
            "二○二三年十一月十六日",
            "2023年 11月 16日",
            "2023-11-16 14:30",
            "2023/11/16 0:00",
        ] {
            assert_eq!(cell(text), Ok("2023-11-16".to_owned()), "{text}");
        }
        assert_eq!(cell("二〇二三年二月二十日"), Ok("2023-02-20".to_owned()));
        assert_eq!(cell("二〇二三年"), Ok("2023".to_owned()));
        for text in ["二〇二三年十三月", "2023年11-16", "十一月十六日", "2023-11-16 25"] {
            assert!(cell(text).is_err(), "{text}");
        }
        assert_eq!(cell("2023.10"), Ok("2023-10".to_owned()));
        assert_eq!(cell("2023年11月"), Ok("2023-11".to_owned()));
        assert_eq!(cell("2023.11"), Ok("2023-11".to_owned()));
        assert_eq!(cell("2023.1"), Err("`2023.1` may be January or October".to_owned()));
    }

    #[test]
    fn knows_what_is_certainly_before() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(date("2021").is_before(date("2022-01")));
        assert!(!date("2022").is_before(date("2022-05")));
    }

    #[test]
    fn a_term_ends_the_day_before_its_number_or_on_the_last_day_of_a_shorter_month() {
        for (from, months, end) in [
            ("2020-01-13", 36, "2023-01-12"),
            ("2020-03-01", 36, "2023-02-28"),
            ("2020-02-29", 36, "2023-02-28"),
            ("2020-02-29", 48, "2024-02-28"),
            ("2021-08-31", 1, "2021-09-30"),
            ("2021-08-31", 2, "2021-10-30"),
            ("2021-01-31", 1, "2021-02-28"),
            ("2021-01-28", 1, "2021-02-27"),
            ("2020-02", 36, "2023-02-28"),
            ("2021-02", 36, "2024-02-27"),
            ("2020", 36, "2023-12-30"),
        ] {
            let date: Date = from.parse().unwrap();
            assert_eq!(date.end_of_months(months).unwrap().to_string(), end, "{from} and {months} months");
        }
    }
}
