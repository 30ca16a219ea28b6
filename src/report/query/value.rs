//! The value of a condition, as people write it: ids or labels in either language, numbers with 万 and 亿, rates in
//! percent, dates as far as they are known, `today+90d`.

use chrono::{Datelike, Days};
use rust_decimal::Decimal;

use super::nature::{Choice, Domain, Nature};
use super::operator::Operator;
use crate::model::amount::{Unit, parse_number};
use crate::model::class::Class;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::lookup::NoWords;
use crate::model::name::NameKey;
use crate::model::nearest::nearest;
use crate::model::nfkc::nfkc;
use crate::model::period::Period;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar};
use crate::report::view::View;
use crate::text;

/// What a cell is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Nothing: the operator takes no value.
    Nothing,
    /// A word, by its id.
    Word(String),
    /// A text, by its key.
    Key(NameKey),
    /// A number; of several words, how many there are.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// A period.
    Period(Period),
    /// A class of industry.
    Class(Class),
    /// Yes or no.
    Flag(bool),
}

/// Reads a value for what a column holds.
pub fn read(view: &View, nature: &Nature, operator: Operator, text: &str) -> Result<Wanted, Misread> {
    if operator == Operator::Contains {
        return Ok(Wanted::Key(NameKey::of(text)));
    }
    match nature {
        Nature::Word(domain) => word(view, domain, text).map(Wanted::Word),
        Nature::Words(domain) if matches!(operator, Operator::Has | Operator::Lacks) => {
            word(view, domain, text).map(Wanted::Word)
        }
        Nature::Words(_) => count_of_words(text),
        Nature::Class => Class::from_cell(text, &NoWords).map(Wanted::Class),
        Nature::Period => period(view, text).map(Wanted::Period),
        Nature::Text => Ok(Wanted::Key(NameKey::of(text))),
        Nature::Count(unit) => count(text, unit.as_deref()).map(Wanted::Number),
        Nature::Number => number(text).map(Wanted::Number),
        Nature::Rate => rate(text).map(Wanted::Number),
        Nature::Date => date(view, text).map(Wanted::Date),
        Nature::YesNo => yes_or_no(text).map(Wanted::Flag),
    }
}

/// The id of a word.
fn word(view: &View, domain: &Domain, text: &str) -> Result<String, Misread> {
    match domain {
        Domain::Own(field) => field.word(text),
        Domain::Choices(choices) => choice(choices, text),
        Domain::Kind(Kind::Enterprise) => Ok(view.records.resolve_enterprise(text)?.0.to_string()),
        Domain::Kind(Kind::Town) => Ok(view.records.resolve_town(text)?),
        Domain::Kind(kind) => Ok(view.records.named(*kind, text)?),
    }
}

fn choice(choices: &[Choice], text: &str) -> Result<String, Misread> {
    let key = NameKey::of(text);
    let is_it = |(id, labels): &&Choice| id == text || labels.iter().any(|label| NameKey::of(label) == key);
    if let Some((id, _)) = choices.iter().find(is_it) {
        return Ok(id.clone());
    }
    let ids: Vec<&str> = choices.iter().map(|(id, _)| id.as_str()).collect();
    let labels: Vec<&str> =
        choices.iter().flat_map(|(_, labels)| labels.iter().map(String::as_str)).collect();
    let misread = crate::model::shape::unknown_choice(text, &ids);
    let near = nearest(text, ids.iter().chain(&labels).copied());
    Err(Misread { help: None, ..misread }
        .help_if(near.map(|word| text!("did you mean `{word}`?", "是否想写“{word}”？"))))
}

fn count_of_words(text: &str) -> Result<Wanted, Misread> {
    let number = parse_number(text).map(Wanted::Number);
    number.map_err(|_| {
        let message = text!(
            "the field holds several words: `=` and `<` compare how many there are",
            "该字段可含多个词，= 和 < 只比较个数"
        );
        Misread::new(&rule::BAD_AMOUNT, message)
            .help(text!("`has {text}` asks for one of them", "要找含某个词的，请写 has {text}"))
    })
}

/// A number of things: a multiple such as 万 may follow, and the unit of the column, but no money.
fn count(text: &str, unit: Option<&str>) -> Result<Decimal, Misread> {
    let plain = nfkc(text.trim());
    let plain = unit.and_then(|unit| plain.strip_suffix(unit)).unwrap_or(&plain).trim_end();
    let is_money = ["元", "yuan", "euro", "CNY", "EUR"].iter().any(|unit| plain.ends_with(unit));
    if is_money {
        let message = match unit {
            Some(unit) => text!(
                "`{text}` is an amount of money, the field counts {unit}",
                "“{text}”是金额，而该字段以“{unit}”计数"
            ),
            None => text!(
                "`{text}` is an amount of money, the field holds plain numbers",
                "“{text}”是金额，而该字段只是数量"
            ),
        };
        return Err(
            Misread::new(&rule::BAD_UNIT, message).help(text!("write the number alone", "请只写数字"))
        );
    }
    number(plain)
}

/// A number, with or without a unit.
fn number(text: &str) -> Result<Decimal, Misread> {
    let plain = nfkc(text.trim());
    if plain.ends_with('%') {
        let message = text!("`{text}` is a rate, the field holds numbers", "“{text}”是比率，而该字段是数值");
        return Err(Misread::new(&rule::BAD_UNIT, message));
    }
    let (digits, unit) = Unit::ending(&plain);
    let help = text!("write a number, such as `300`, `5000万` or `1.2亿`", "请写数字，如 300、5000万、1.2亿");
    let number = parse_number(digits).map_err(|_| {
        let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.,_ ".contains(c));
        if rest.len() < digits.len() && digits.starts_with(|c: char| c.is_ascii_digit()) {
            let message = text!("`{rest}` is not a unit that fits here", "“{rest}”不是此处可用的单位");
            return Misread::new(&rule::BAD_UNIT, message).help(help.clone());
        }
        let message = text!("`{text}` is not a number", "“{text}”不是数字");
        Misread::new(&rule::BAD_AMOUNT, message).help(help.clone())
    })?;
    unit.unwrap_or(Unit::One).times(number)
}

/// A rate: `15%` or `0.15`.
fn rate(text: &str) -> Result<Decimal, Misread> {
    let plain = nfkc(text.trim());
    let help = || text!("write `15%` or `0.15`", "请写 15% 或 0.15");
    let misread = |message| Misread::new(&rule::BAD_SHARE, message).help(help());
    let not_a_rate = |_| misread(text!("`{text}` is not a rate", "“{text}”不是比率"));
    if let Some(percent) = plain.strip_suffix('%') {
        let number = parse_number(percent).map_err(not_a_rate)?;
        return Ok(number.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default().normalize());
    }
    let number = parse_number(&plain).map_err(not_a_rate)?;
    if number.abs() > Decimal::ONE {
        return Err(misread(text!(
            "`{text}` may be {text} % or {text} times",
            "“{text}”可能是 {text}%，也可能是 {text} 倍"
        )));
    }
    Ok(number)
}

/// A date, or a day so many days from today.
pub fn date(view: &View, text: &str) -> Result<Date, Misread> {
    let help = text!(
        "write `2024`, `2024-05`, `2024-05-01`, `today`, `today+90d` or `this year`",
        "请写 2024、2024-05、2024-05-01、今天、今天+90天 或 今年"
    );
    let wrong = || {
        let message = text!("`{text}` is not a date", "“{text}”不是日期");
        Misread::new(&rule::BAD_DATE, message).help(help)
    };
    let plain = nfkc(text.trim());
    if let Some(day) = day(view, &plain) {
        return Ok(Date::day(day));
    }
    if let Some(date) = around_today(view, &plain) {
        return Ok(date);
    }
    Date::from_cell(&plain, &NoWords).map_err(|_| wrong())
}

/// The years and months around today that have a name: whether a year, and how many months away.
const AROUND_TODAY: [(&str, &str, bool, i32); 5] = [
    ("this year", "今年", true, 0),
    ("last year", "去年", true, -12),
    ("next year", "明年", true, 12),
    ("this month", "本月", false, 0),
    ("last month", "上月", false, -1),
];

/// A year or month that is named by where it lies from today.
fn around_today(view: &View, text: &str) -> Option<Date> {
    let is_it = |(en, zh, ..): &&(&str, &str, bool, i32)| text.eq_ignore_ascii_case(en) || text == *zh;
    let (_, _, is_year, away) = AROUND_TODAY.iter().find(is_it)?;
    let months = view.today.year() * 12 + i32::try_from(view.today.month0()).ok()? + away;
    let year = months.div_euclid(12);
    if *is_year {
        Date::year(year)
    } else {
        Date::month(year, u32::try_from(months.rem_euclid(12) + 1).ok()?)
    }
}

/// A period, or a year that is named by where it lies from today.
pub fn period(view: &View, text: &str) -> Result<Period, Misread> {
    match around_today(view, text).filter(|date| Date::year(date.first().year()) == Some(*date)) {
        Some(year) => Ok(Period::year(year.first().year())),
        None => text.parse(),
    }
}

/// A day that is named by its distance from today.
pub fn day(view: &View, text: &str) -> Option<chrono::NaiveDate> {
    let offset = ["today", "今天", "今日"].iter().find_map(|today| text.strip_prefix(today))?.trim();
    if offset.is_empty() {
        return Some(view.today);
    }
    let (ahead, number) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(number), _) => (true, number),
        (None, Some(number)) => (false, number),
        (None, None) => return None,
    };
    let days = Days::new(u64::from(days(number)?));
    if ahead { view.today.checked_add_days(days) } else { view.today.checked_sub_days(days) }
}

/// A number of days: `90`, `90d`, `90 days`, `90天`.
pub fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = ["days", "day", "d", "天", "日"].iter().find_map(|unit| text.strip_suffix(unit));
    digits.unwrap_or(text).trim_end().parse().ok()
}

fn yes_or_no(text: &str) -> Result<bool, Misread> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "是" => Ok(true),
        "no" | "false" | "否" => Ok(false),
        _ => Err(Misread::new(
            &rule::UNKNOWN_WORD,
            text!("`{text}` is neither yes nor no", "“{text}”不是“是”或“否”"),
        )),
    }
}
