//! Dates as offices write them: without a year, to a part of the month, with a time of day, as a range of days.

use std::fmt;

use chrono::NaiveDate;

use crate::model::date::Date;
use crate::model::lookup::NoWords;
use crate::model::nfkc::nfkc;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar, choice};
use crate::model::time_of_day::{is_time, without_time};
use crate::text;

choice! {
    /// The order of `12/07/2013`.
    pub enum DateOrder {
        /// The day first.
        DayFirst = "dmy", "day, month, year", "日、月、年";
        /// The month first.
        MonthFirst = "mdy", "month, day, year", "月、日、年";
    }
}

/// What is known of the dates of a table beside their cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateContext {
    /// The year of dates without one.
    pub year: Option<i32>,
    /// The order of dates whose year stands last.
    pub order: Option<DateOrder>,
}

/// One date, or the first and the last day of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// The date, or the first of the range.
    pub first: Date,
    /// The last of the range.
    pub last: Option<Date>,
}

/// A date as far as a text gives it.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl DateContext {
    /// Reads a text; nothing where it is none of the forms known here.
    pub fn read(self, text: &str) -> Option<Result<DateRange, Misread>> {
        let plain = plain(text);
        if is_time(&plain) {
            let message = text!("`{text}` is a time of day and no date", "“{text}”只是时刻，不是日期");
            return Some(Err(Misread::new(&rule::BAD_DATE, message)
                .help(text!("write the day: `2023-11-16`", "请写明日期，如 2023-11-16"))));
        }
        if is_another_day_here(&plain) {
            let message = text!(
                "`{text}` is a time in UTC, which may be the next day here",
                "“{text}”是世界时，按北京时间已是次日"
            );
            return Some(Err(Misread::new(&rule::BAD_DATE, message)
                .help(text!("write the day: `2023-11-16`", "请写明日期，如 2023-11-16"))));
        }
        let plain = without_time(&plain);
        if let Some(parts) = self.year_last(&plain) {
            return Some(self.date(parts, text).map(DateRange::single));
        }
        let (first, last) = split(&plain);
        let first = parts(first)?;
        let Some(last) = last else { return Some(self.date(first, text).map(DateRange::single)) };
        let last = parts(last)?;
        Some(self.range(first, last, text))
    }

    fn range(self, first: Parts, last: Parts, text: &str) -> Result<DateRange, Misread> {
        // `7月6日-7日`: what the second part leaves out is as in the first; `12月30日-2024年1月2日` the other way round.
        let last = Parts { year: last.year.or(first.year), month: last.month.or(first.month), ..last };
        let (first, last) = (self.date(first, text)?, self.date(last, text)?);
        if last.is_before(first) {
            let message = text!("`{text}` ends before it begins", "“{text}”的结束日期早于开始日期");
            return Err(Misread::new(&rule::BAD_DATE, message)
                .help(text!("write both dates with their years", "请为两个日期都写明年份")));
        }
        Ok(DateRange { first, last: Some(last).filter(|last| *last != first) })
    }

    fn date(self, parts: Parts, text: &str) -> Result<Date, Misread> {
        if parts.month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err(wrong(text));
        }
        if parts.month.is_none() && parts.day.is_some() {
            let message = text!("`{text}` has no month", "“{text}”没有月份");
            return Err(Misread::new(&rule::BAD_DATE, message)
                .help(text!("write it in the cell", "请在单元格中写上月份")));
        }
        let Some(year) = parts.year.or(self.year) else {
            let message = text!("`{text}` has no year", "“{text}”没有年份");
            return Err(Misread::new(&rule::BAD_DATE, message).help(text!(
                "give it with `--year 2023`, or write it in the cell",
                "请用 --year 2023 指明，或在单元格中写上年份"
            )));
        };
        let date = match (parts.month, parts.day) {
            (None, None) => Date::year(year),
            (None, Some(_)) => None,
            (Some(month), None) => Date::month(year, month),
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(Date::day),
        };
        date.ok_or_else(|| wrong(text))
    }

    /// `12/07/2013`, where the order is known.
    fn year_last(self, text: &str) -> Option<Parts> {
        let numbers: Vec<u32> =
            text.split(['/', '.', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [one, other, year @ 1900..=2200] = numbers[..] else { return None };
        let (month, day) = match self.order? {
            DateOrder::DayFirst => (other, one),
            DateOrder::MonthFirst => (one, other),
        };
        Some(Parts { year: i32::try_from(year).ok(), month: Some(month), day: Some(day) })
    }
}

impl DateRange {
    fn single(date: Date) -> Self {
        Self { first: date, last: None }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)
    }
}

fn wrong(text: &str) -> Misread {
    Misread::new(&rule::BAD_DATE, text!("`{text}` is not a date", "“{text}”不是日期")).help(text!(
        "write it as far as it is known: `2022`, `2022-05` or `2022-05-01`; `--date-order dmy` reads 12/07/2013",
        "请按已知的精度填写：2022、2022-05 或 2022-05-01；12/07/2013 可用 --date-order dmy 指明顺序"
    ))
}

/// Whether a time in UTC is on the next day in China: `2023-11-15T16:00:00Z` is what programs write of 16 November.
fn is_another_day_here(text: &str) -> bool {
    let time = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("+00:00"));
    let time = time.and_then(|text| text.split_once('T'));
    time.is_some_and(|(_, time)| {
        time.get(..2).and_then(|hour| hour.parse::<u32>().ok()).is_some_and(|hour| hour >= 16)
    })
}

/// Words beside a date that do not change it.
const BESIDE: [&str; 14] =
    ["左右", "前后", "起", "约", "截至", "截止", "有效期", "拟于", "于", "当日", "自", "止", "至", "到"];

/// The text without brackets, weekdays and words beside the date.
fn plain(text: &str) -> String {
    let text = nfkc(text);
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(if c.is_whitespace() { ' ' } else { c }),
            _ => {}
        }
    }
    for day in ["星期", "周", "礼拜"] {
        for number in ["一", "二", "三", "四", "五", "六", "日", "天"] {
            plain = plain.replace(&format!("{day}{number}"), " ");
        }
    }
    let mut rest = plain.trim();
    for word in BESIDE {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim();
        rest = rest.strip_suffix(word).unwrap_or(rest).trim();
    }
    rest.to_owned()
}

/// The two sides of a range. A hyphen parts a range only where dates are written without hyphens.
fn split(text: &str) -> (&str, Option<&str>) {
    let always = ["至", "到", "~", "——", "—", "–", "--", " - ", "、"];
    let hyphen = ["-"];
    let has_marks = text.contains(['年', '月', '日', '.', '/']);
    let marks = always.iter().chain(hyphen.iter().filter(|_| has_marks));
    for mark in marks {
        if let Some((first, last)) = text.split_once(mark) {
            let last = last.trim_start_matches(['—', '-', '–']).trim();
            if !first.trim().is_empty() && !last.is_empty() {
                return (first.trim(), Some(last));
            }
        }
    }
    (text, None)
}

/// Parts of a month or a year, which leave the month or the year as what is known.
const VAGUE: [&str; 11] = ["上旬", "中旬", "下旬", "初", "中", "底", "末", "份", "度", "上半年", "下半年"];

/// What a text gives of a date.
fn parts(text: &str) -> Option<Parts> {
    if let Some(parts) = english(text) {
        return Some(parts);
    }
    let mut rest = text.replace(' ', "").replace('号', "日");
    let mut is_vague = false;
    for part in VAGUE {
        if let Some(whole) = rest.strip_suffix(part).filter(|whole| whole.ends_with(['月', '年'])) {
            (rest, is_vague) = (whole.to_owned(), true);
        }
    }
    let rest = rest.as_str();
    if rest.contains(['年', '月', '日']) {
        return chinese(rest);
    }
    if is_vague {
        return None;
    }
    // `2023.07.06` and `7.6`: two numbers are a month and a day unless the first is a year, which the model reads.
    let numbers: Vec<&str> = rest.split(['.', '/', '-']).collect();
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    match numbers[..] {
        [month, day] if month.len() <= 2 => {
            Some(Parts { year: None, month: Some(number(month)?), day: Some(number(day)?) })
        }
        [day] if day.len() <= 2 => Some(Parts { year: None, month: None, day: Some(number(day)?) }),
        _ => whole(rest),
    }
}

/// `2023年7月6日` and its parts.
fn chinese(text: &str) -> Option<Parts> {
    let (year, rest) = match text.split_once('年') {
        Some((year, rest)) => (Some(year), rest),
        None => (None, text),
    };
    let (month, rest) = match rest.split_once('月') {
        Some((month, rest)) => (Some(month), rest),
        None => (None, rest),
    };
    let (day, rest) = match rest.split_once('日') {
        Some((day, rest)) => (Some(day), rest),
        None if rest.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty() => (Some(rest), ""),
        None => (None, rest),
    };
    if !rest.is_empty() {
        return None;
    }
    if year.is_some_and(|year| !year.bytes().all(|byte| byte.is_ascii_digit())) {
        return whole(text);
    }
    let number = |text: &str| text.parse::<u32>().ok();
    Some(Parts {
        year: year
            .map(str::parse)
            .transpose()
            .ok()?
            .filter(|year| (1800..=2200).contains(year))
            .map_or(year.is_none().then_some(None), |year| Some(Some(year)))?,
        month: month.map(number).map_or(Some(None), |month| month.map(Some))?,
        day: day.map(number).map_or(Some(None), |day| day.map(Some))?,
    })
}

/// A date that the model reads as it stands.
fn whole(text: &str) -> Option<Parts> {
    use chrono::Datelike;
    let date = Date::from_cell(text, &NoWords).ok()?;
    let (first, last) = (date.first(), date.last());
    let month = (first.month() == last.month() && first.year() == last.year()).then(|| first.month());
    Some(Parts { year: Some(first.year()), month, day: date.exact().map(|day| day.day()) })
}

/// `16 November 2023`, `Nov 16, 2023`, `November 2023`.
fn english(text: &str) -> Option<Parts> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    let mut parts = Parts::default();
    for word in lower.split([' ', ',', '.', '-', '/']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.is_empty() {
            let month = MONTHS.iter().position(|month| word.starts_with(month))?;
            parts.month = Some(u32::try_from(month).ok()? + 1);
        } else if digits.len() == 4 {
            parts.year = Some(digits.parse().ok()?);
        } else {
            parts.day = Some(digits.parse().ok()?);
        }
    }
    let has_month = MONTHS.iter().any(|month| lower.contains(month));
    (has_month && parts.month.is_some()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let context = DateContext { year: Some(2023), order: None };
        match context.read(text) {
            None => "-".to_owned(),
            Some(Err(misread)) => misread.message.to_string(),
            Some(Ok(DateRange { first, last: None })) => first.to_string(),
            Some(Ok(DateRange { first, last: Some(last) })) => format!("{first}..{last}"),
        }
    }

    #[test]
    fn a_date_is_read_as_offices_write_it() {
        for (text, date) in [
            ("2023年7月6日-7日", "2023-07-06..2023-07-07"),
            ("2023年7月6日—2023年7月8日", "2023-07-06..2023-07-08"),
            ("7月6日至8月1日", "2023-07-06..2023-08-01"),
            ("2023.7.6-7.8", "2023-07-06..2023-07-08"),
            ("2023-07-06至2023-07-07", "2023-07-06..2023-07-07"),
            ("2023-07-06 ~ 2023-07-07", "2023-07-06..2023-07-07"),
            ("7.6-7.8", "2023-07-06..2023-07-08"),
            ("7月6、7日", "2023-07-06..2023-07-07"),
            ("2023年9月中旬", "2023-09"),
            ("9月下旬", "2023-09"),
            ("2023年12月底", "2023-12"),
            ("10月19日", "2023-10-19"),
            ("10月19日（周四）下午2:30", "2023-10-19"),
            ("2022年10月19日 14:30—17:00", "2022-10-19"),
            ("2023-07-06T09:00:00", "2023-07-06"),
            ("2023年5月", "2023-05"),
            ("二〇二三年十一月十六日", "2023-11-16"),
            ("5月20日前后", "2023-05-20"),
            ("16 November 2023", "2023-11-16"),
            ("Nov 16, 2023", "2023-11-16"),
            ("May 2023", "2023-05"),
            ("2023-11-16 09:30", "2023-11-16"),
            ("2023-02-11T08:30:00Z", "2023-02-11"),
            (
                "2023-11-15T16:00:00.000Z",
                "`2023-11-15T16:00:00.000Z` is a time in UTC, which may be the next day here",
            ),
            ("16日", "`16日` has no month"),
            ("96.5", "`96.5` is not a date"),
            ("14:30", "`14:30` is a time of day and no date"),
            ("下午3点", "`下午3点` is a time of day and no date"),
            ("7月8日至7月6日", "`7月8日至7月6日` ends before it begins"),
            ("2023年13月1日", "`2023年13月1日` is not a date"),
            ("不详", "-"),
            ("长期", "-"),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
    }

    #[test]
    fn what_may_be_two_dates_needs_the_order_and_what_has_no_year_the_year() {
        let of = |order, text: &str| {
            DateContext { year: None, order }.read(text).and_then(Result::ok).map(|date| date.to_string())
        };
        assert_eq!(of(Some(DateOrder::DayFirst), "12/07/2013"), Some("2013-07-12".into()));
        assert_eq!(of(Some(DateOrder::MonthFirst), "12/07/2013"), Some("2013-12-07".into()));
        assert_eq!(of(None, "12/07/2013"), None);
        assert_eq!(of(None, "10月19日"), None);
    }
}
