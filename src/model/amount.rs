//! Exact numbers: money in the currency's main unit and counts. No binary floating point anywhere.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::nfkc::nfkc;
use super::rule;
use super::shape::{Misread, Scalar, Words, choice, expected};
use super::value::Value;
use crate::text;

/// An exact amount in the main unit (yuan, euro), or a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

/// No amount may be as large as this: beyond it is a typing error, and sums stay exact below it.
const LIMIT: i64 = 1_000_000_000_000_000;

impl Amount {
    /// Nothing at all, which is not the same as missing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The number.
    pub fn number(self) -> Decimal {
        self.0
    }

    /// An amount within the limits.
    pub fn new(number: Decimal) -> Result<Self, Misread> {
        if number.abs() >= Decimal::from(LIMIT) {
            return Err(Misread::new(
                &rule::BAD_AMOUNT,
                text!("{number} is too large to be an amount", "{number} 过大，不像金额"),
            )
            .help(text!("check its unit", "请核对单位")));
        }
        Ok(Self(number))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl FromStr for Amount {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        Self::new(parse_number(text)?)
    }
}

choice! {
    /// What stands before the decimals of a number in tables.
    pub enum DecimalMark {
        /// A point: `1,234.5`.
        Point = ".", "decimal point", "小数点";
        /// A comma: `1.234,5`.
        Comma = ",", "decimal comma", "逗号";
    }
}

/// An exact number as typed: full-width digits, thousands separators and a sign are understood.
pub fn parse_number(text: &str) -> Result<Decimal, Misread> {
    let plain: String = nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
    let wrong = || {
        Misread::new(&rule::BAD_AMOUNT, text!("`{text}` is not a number", "“{text}”不是数字")).help(text!(
            "write digits with `.` before the decimals: `1234.5`; leave a missing value empty",
            "请写数字，小数点用 .，如 1234.5；缺失的值留空"
        ))
    };
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    let all_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let sound = all_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all_digits(group))
        && fraction.is_none_or(all_digits);
    if !sound {
        return Err(wrong());
    }
    Decimal::from_str_exact(&plain.replace([',', '+'], "")).map_err(|_| wrong())
}

impl Scalar for Amount {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Number(number) => Self::new(number),
            Value::Text(text) => text.parse(),
            other => Err(expected("a number", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.0.normalize())
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        let text = nfkc(text);
        let (digits, unit) = Unit::ending(text.trim());
        Self::new(unit.unwrap_or(Unit::One).times(parse_number(digits)?)?)
    }
}

/// The unit a sheet gives its amounts in, as a multiple of the main unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 元: the main unit itself.
    One,
    /// 千元.
    Thousand,
    /// 万元.
    TenThousand,
    /// 百万元.
    Million,
    /// 亿元.
    HundredMillion,
}

impl Unit {
    /// Every way a unit is written, longest first.
    const WORDS: [(&'static str, Self); 15] = [
        ("百万元", Self::Million),
        ("million", Self::Million),
        ("thousand", Self::Thousand),
        ("亿元", Self::HundredMillion),
        ("万元", Self::TenThousand),
        ("千元", Self::Thousand),
        ("百万", Self::Million),
        ("euro", Self::One),
        ("yuan", Self::One),
        ("EUR", Self::One),
        ("CNY", Self::One),
        ("亿", Self::HundredMillion),
        ("万", Self::TenThousand),
        ("千", Self::Thousand),
        ("元", Self::One),
    ];

    /// Every unit.
    pub const ALL: [Self; 5] =
        [Self::One, Self::Thousand, Self::TenThousand, Self::Million, Self::HundredMillion];

    /// The unit a text ends with, and the text before it.
    pub fn ending(text: &str) -> (&str, Option<Self>) {
        Self::WORDS
            .iter()
            .find_map(|(word, unit)| text.strip_suffix(word).map(|before| (before.trim_end(), Some(*unit))))
            .unwrap_or((text, None))
    }

    /// `number` of this unit, in the main unit.
    pub fn times(self, number: Decimal) -> Result<Decimal, Misread> {
        number.checked_mul(Decimal::from(self.factor())).map(|product| product.normalize()).ok_or_else(|| {
            Misread::new(
                &rule::BAD_AMOUNT,
                text!("{number} is too large to be an amount", "{number} 过大，不像金额"),
            )
        })
    }

    /// How many of the main unit it is.
    pub fn factor(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Thousand => 1_000,
            Self::TenThousand => 10_000,
            Self::Million => 1_000_000,
            Self::HundredMillion => 100_000_000,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One => "元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::Million => "百万元",
            Self::HundredMillion => "亿元",
        })
    }
}

impl FromStr for Unit {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        match Self::ending(text) {
            ("", Some(unit)) => Ok(unit),
            _ => Err(Misread::new(
                &rule::BAD_UNIT,
                text!("`{text}` is not a unit of money", "“{text}”不是金额单位"),
            )
            .help(text!(
                "known are 元, 千元, 万元, 百万元, 亿元, thousand, million",
                "可用的有：元、千元、万元、百万元、亿元、thousand、million"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lookup::NoWords;

    fn cell(text: &str) -> Result<String, String> {
        Amount::from_cell(text, &NoWords)
            .map(|amount| amount.to_string())
            .map_err(|fault| fault.message.to_string())
    }

    #[test]
    fn reads_numbers_as_people_type_them_exactly() {
        for (text, number) in [
            ("1200", "1200"),
            ("1,234,567.80", "1234567.8"),
            ("１２００", "1200"),
            ("-3.5", "-3.5"),
            ("300万", "3000000"),
            ("1.2亿元", "120000000"),
            ("0.1", "0.1"),
        ] {
            assert_eq!(cell(text), Ok(number.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_a_number() {
        for text in ["", "abc", "1,23", "12.", ".5", "1.2.3", "1e5", "--1", "十"] {
            assert!(cell(text).is_err(), "{text}");
        }
        assert!(cell("1000000000000000").is_err());
    }
}
