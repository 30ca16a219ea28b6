//! What a cell of a number, a date or an error means in the column it stands in. Nothing is guessed.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use unicode_normalization::UnicodeNormalization;

use crate::import::columns::date_text::DateContext;
use crate::import::read::sheet::{Cell, CellKind};
use crate::model::rule;
use crate::model::shape::Misread;
use crate::text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// A day.
    Date,
    /// The last day of something, which a range of days gives too.
    Until,
    /// A registry code, or a name that may be one.
    Code,
    /// A phone number.
    Phone,
    /// Money.
    Money,
    /// Another number.
    Figure,
    /// Several values in one, as JSON, or their names.
    Nested,
    /// Anything else.
    Other,
}

/// Fields that hold several values.
const NESTED: [&str; 6] = ["former_names", "organisers", "undertaken_by", "targets", "expect", "rubric"];

const DATES: [&str; 15] = [
    "end",
    "planned_start",
    "planned_end",
    "opened",
    "closed",
    "applied",
    "decided",
    "joined",
    "left",
    "date",
    "recognised",
    "let_go",
    "submitted",
    "received",
    "founded",
];

/// How errors of a spreadsheet program are written, also in text that it saved.
const ERRORS: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

impl CellType {
    /// Whether it is a number that may have decimals.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Money | Self::Figure)
    }

    /// What the column of a field holds.
    pub fn of(field: &str) -> Self {
        match field {
            "credit_code" | "enterprise" | "id" => Self::Code,
            "phone" => Self::Phone,
            field if NESTED.contains(&field) => Self::Nested,
            "expires" => Self::Until,
            field if DATES.contains(&field) => Self::Date,
            _ => Self::Other,
        }
    }

    /// The text of a cell as its column means it.
    pub fn read(self, cell: &Cell, is_1904: bool, dates: DateContext) -> Result<Cow<'_, str>, Misread> {
        let text = cell.text.trim();
        match (cell.kind, self) {
            (CellKind::Error, _) if text.starts_with('=') => Err(Misread::new(
                &rule::ERROR_CELL,
                text!("the formula `{text}` was never calculated", "公式“{text}”从未计算过，没有值"),
            )
            .help(text!(
                "open the file in a spreadsheet program and save it, or write the value",
                "请用电子表格软件打开并保存一次，或直接写上数值"
            ))),
            _ if cell.kind == CellKind::Error || ERRORS.contains(&text) => Err(Misread::new(
                &rule::ERROR_CELL,
                text!("`{text}` is an error and not a value", "“{text}”是错误值，不是数据"),
            )
            .help(text!("correct the formula, or clear the cell", "请更正公式，或清空该单元格"))),
            (CellKind::Nested, kind) if kind != Self::Nested => Err(Misread::new(
                &rule::WRONG_TYPE,
                text!("`{text}` is several values, expected one", "“{text}”是一组数据，应为单个值"),
            )
            .help(text!(
                "write one value, or leave the column out with `--map HEADER=-`",
                "请只保留一个值，或用 --map 表头=- 略去该列"
            ))),
            (CellKind::Number, Self::Date | Self::Until) => serial(text, is_1904),
            (CellKind::Number, Self::Code | Self::Phone | Self::Other) => whole(text),
            (CellKind::Text, Self::Code | Self::Phone | Self::Other) if is_exponent(text) => {
                Err(damaged(text))
            }
            (_, Self::Phone) if !text.is_ascii() => Ok(Cow::Owned(text.nfkc().collect())),
            (CellKind::Date, Self::Date | Self::Until) => {
                not_a_year(text, is_1904)?;
                Ok(Cow::Borrowed(text.split(' ').next().unwrap_or(text)))
            }
            (CellKind::Date, Self::Code | Self::Phone) => {
                Err(Misread::new(&rule::BAD_CODE, text!("`{text}` is a date", "“{text}”是日期"))
                    .help(text!("format the cell as text", "请将单元格设为文本格式")))
            }
            (CellKind::Date, Self::Other | Self::Money | Self::Figure) => {
                Ok(Cow::Borrowed(text.trim_end_matches(" 00:00:00")))
            }
            (CellKind::Text, Self::Date | Self::Until) => date(text, dates, self == Self::Until),
            _ => Ok(Cow::Borrowed(text)),
        }
    }

    /// The last day of a range in a column of days.
    pub fn last_day(cell: &Cell, dates: DateContext) -> Option<String> {
        let range = dates.read(cell.text.trim()).filter(|_| cell.kind == CellKind::Text)?.ok()?;
        range.last.map(|last| last.to_string())
    }
}

/// A year that was typed into a cell of days is shown as a day in 1905.
fn not_a_year(text: &str, is_1904: bool) -> Result<(), Misread> {
    let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let number = day.zip(epoch(is_1904)).map(|(day, epoch)| day.signed_duration_since(epoch).num_days());
    match number.filter(|number| (1900..=2200).contains(number)) {
        None => Ok(()),
        Some(year) => {
            let message = text!(
                "the cell shows `{text}` and stores {year}, which may be a year",
                "单元格显示“{text}”，实际存的是 {year}，可能是年份"
            );
            Err(Misread::new(&rule::BAD_DATE, message).help(text!(
                "write what is meant as text: `2023`, or the day",
                "请以文本写明：2023，或具体日期"
            )))
        }
    }
}

/// The day that serial days are counted from.
fn epoch(is_1904: bool) -> Option<NaiveDate> {
    if is_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) }
}

/// A date as people write it; of a range the first day, or the last where something ends. What is no date here is
/// left to the field.
fn date(text: &str, dates: DateContext, is_end: bool) -> Result<Cow<'_, str>, Misread> {
    let is_iso = |text: &str| {
        let bytes = text.as_bytes();
        bytes.len() <= 10
            && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
            && bytes.iter().take(4).all(u8::is_ascii_digit)
    };
    if is_iso(text) {
        return Ok(Cow::Borrowed(text));
    }
    match dates.read(text) {
        None => Ok(Cow::Borrowed(text)),
        Some(Ok(range)) if is_end => Ok(Cow::Owned(range.last.unwrap_or(range.first).to_string())),
        Some(Ok(range)) => Ok(Cow::Owned(range.first.to_string())),
        Some(Err(misread)) => Err(misread),
    }
}

/// A code or number of a document of fifteen and more digits that was typed as a number has lost the rest.
fn whole(text: &str) -> Result<Cow<'_, str>, Misread> {
    let digits = text.split('.').next().unwrap_or(text).chars().filter(char::is_ascii_digit).count();
    if digits >= 15 || text.contains(['e', 'E']) {
        return Err(damaged(text));
    }
    Ok(Cow::Borrowed(text.strip_suffix(".0").unwrap_or(text)))
}

fn damaged(text: &str) -> Misread {
    Misread::new(
        &rule::DAMAGED_CODE,
        text!("`{text}` is a code that has lost digits", "“{text}”是丢失了末位数字的代码"),
    )
    .help(text!(
        "a spreadsheet turned it into a number; take the code from its source and keep it as text",
        "电子表格已将其变为数字；请从原始资料取得代码，并以文本格式保存"
    ))
}

/// `2.02E+14`: what a spreadsheet program shows, and saves as text, of a long number.
fn is_exponent(text: &str) -> bool {
    let parts =
        text.split_once(['E', 'e']).filter(|(digits, _)| digits.starts_with(|c: char| c.is_ascii_digit()));
    parts.is_some_and(|(digits, power)| {
        digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && power.strip_prefix('+').is_some_and(|power| power.parse::<u32>().is_ok_and(|power| power >= 9))
    })
}

/// A number in a column of days: a year, `20231116`, `2023.11`, or the serial day of a spreadsheet.
fn serial(text: &str, is_1904: bool) -> Result<Cow<'_, str>, Misread> {
    let wrong = || {
        Misread::new(&rule::BAD_DATE, text!("the number `{text}` is not a date", "数字“{text}”不是日期"))
            .help(text!("write it as `2023-11-16`", "请写成 2023-11-16"))
    };
    let number: Decimal = text.parse().map_err(|_| wrong())?;
    let whole = number.trunc().to_i64().ok_or_else(wrong)?;
    match whole {
        1900..=2200 | 19_000_101..=22_001_231 if number.is_integer() => Ok(Cow::Owned(whole.to_string())),
        1900..=2200 => month(text, number, whole),
        10_000..=109_000 => {
            let days = u64::try_from(whole).map_err(|_| wrong())?;
            let day =
                epoch(is_1904).and_then(|epoch| epoch.checked_add_days(Days::new(days))).ok_or_else(wrong)?;
            Ok(Cow::Owned(day.to_string()))
        }
        _ => Err(wrong()),
    }
}

/// `2023.11` typed as a number is November; `2023.1` may have been `2023.10`.
fn month(text: &str, number: Decimal, year: i64) -> Result<Cow<'_, str>, Misread> {
    let hundredths = (number.fract() * Decimal::ONE_HUNDRED).normalize();
    let month = hundredths.to_u32().filter(|month| hundredths.is_integer() && (1..=12).contains(month));
    match month {
        // What is written with two digits was a text before.
        Some(10) if !text.ends_with(".10") => Err(Misread::new(
            &rule::BAD_DATE,
            text!("the number `{text}` may be January or October", "数字“{text}”可能是1月，也可能是10月"),
        )
        .help(text!(
            "write the month with two digits, as text: `2023-01` or `2023-10`",
            "请以文本写两位月份：2023-01 或 2023-10"
        ))),
        Some(month) => Ok(Cow::Owned(format!("{year:04}-{month:02}"))),
        None => match (number.fract() * Decimal::TEN).normalize() {
            tenths if tenths.is_integer() => {
                let month = tenths.to_u32().unwrap_or_default();
                Ok(Cow::Owned(format!("{year:04}-{month:02}")))
            }
            _ => Err(Misread::new(
                &rule::BAD_DATE,
                text!("the number `{text}` is not a date", "数字“{text}”不是日期"),
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, is_1904: bool) -> Result<String, String> {
        let cell = Cell { kind: CellKind::Number, text: text.into() };
        CellType::Date
            .read(&cell, is_1904, DateContext::default())
            .map(Cow::into_owned)
            .map_err(|misread| misread.message.to_string())
    }

    #[test]
    fn a_number_in_a_column_of_days_is_a_serial_day_a_year_or_a_month() {
        for (text, day) in [
            ("45246", "2023-11-16"),
            ("45246.75", "2023-11-16"),
            ("2023", "2023"),
            ("20231116", "20231116"),
            ("2023.11", "2023-11"),
            ("2023.2", "2023-02"),
            ("2023.02", "2023-02"),
        ] {
            assert_eq!(date(text, false), Ok(day.to_owned()), "{text}");
        }
        assert_eq!(date("43784", true), Ok("2023-11-16".to_owned()));
    }

    #[test]
    fn what_may_be_two_dates_is_refused() {
        assert_eq!(date("2023.1", false), Err("the number `2023.1` may be January or October".to_owned()));
        for text in ["2023.13", "7", "0.5", "-3", "1e300", "2023.123"] {
            assert!(date(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn a_phone_number_of_wide_digits_is_one_of_plain_digits() {
        let read = |text: &str| {
            CellType::Phone.read(&Cell::text(text), false, DateContext::default()).map(Cow::into_owned)
        };
        assert_eq!(read("（０２０）８６８６"), Ok("(020)8686".to_owned()));
        assert_eq!(read("8686转801"), Ok("8686转801".to_owned()));
    }

    #[test]
    fn a_code_that_became_a_number_is_damaged() {
        let read = |text: &str| {
            CellType::Code
                .read(&Cell { kind: CellKind::Number, text: text.into() }, false, DateContext::default())
                .map(Cow::into_owned)
        };
        assert_eq!(read("914403001922038300").unwrap_err().rule.name, "damaged-code");
        assert_eq!(read("732829320"), Ok("732829320".to_owned()));
    }
}
