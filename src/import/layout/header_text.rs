//! What a header says: which field, in what unit, for which period.

use unicode_normalization::UnicodeNormalization;

use crate::model::amount::Unit;
use crate::model::name::NameKey;
use crate::model::period::Period;

/// What stands between the levels of a header of two rows.
pub const LEVELS: &str = "／";

/// A header taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderText {
    /// What may name the field, the most exact first.
    pub keys: Vec<NameKey>,
    /// How many of the first keys are of the whole header or of its deepest level.
    pub deepest: usize,
    /// The unit in its brackets.
    pub unit: Option<Unit>,
    /// What stands in brackets like a unit of money, and is none that is known.
    pub unread_unit: Option<String>,
    /// The part of a year it is for, and the keys that are left without it, where it names no year.
    pub part: Option<(&'static str, Vec<NameKey>)>,
    /// The period it is for, and the keys that are left without it.
    pub period: Option<(Period, Vec<NameKey>)>,
}

impl HeaderText {
    /// Takes a header apart.
    pub fn of(header: &str) -> Self {
        let parts: Vec<&str> = header.split(LEVELS).collect();
        let mut keys = vec![NameKey::of(header)];
        let mut left = Vec::new();
        let (mut unit, mut period, mut part_of_year) = (None, None, None);
        let mut unread_unit = None;
        let mut deepest = 0;
        for part in parts.iter().rev() {
            let plain = without_ornaments(part);
            let (bare, brackets) = without_brackets(&plain);
            unit = unit.or_else(|| brackets.iter().find_map(|inside| unit_of(inside)));
            unread_unit = unread_unit.or_else(|| brackets.iter().find(|inside| is_money(inside)).cloned());
            keys.extend([NameKey::of(&plain), NameKey::of(&bare)]);
            keys.extend(alternatives(&bare).iter().map(|text| NameKey::of(text)));
            if deepest == 0 {
                tidy(&mut keys);
                deepest = keys.len();
            }
            part_of_year = part_of_year.or_else(|| take_part(&bare));
            let dated = take_period(&bare).or_else(|| {
                brackets
                    .iter()
                    .find_map(|inside| take_period(inside))
                    .map(|(period, _)| (period, bare.clone()))
            });
            if let Some((found, rest)) = dated {
                period = period.or(Some(found));
                left.push(NameKey::of(&rest));
            } else {
                left.extend([NameKey::of(&plain), NameKey::of(&bare)]);
                left.extend(alternatives(&bare).iter().map(|text| NameKey::of(text)));
            }
        }
        tidy(&mut keys);
        tidy(&mut left);
        let part = part_of_year.filter(|_| period.is_none()).map(|(part, rest)| {
            let rest = rest.trim_start_matches(['末', '期']).to_owned();
            (part, std::iter::once(NameKey::of(&rest)).chain(left.iter().cloned()).collect())
        });
        let unread_unit = unread_unit.filter(|_| unit.is_none());
        Self { keys, deepest, unit, unread_unit, part, period: period.map(|period| (period, left)) }
    }
}

/// What a header in two languages, or of two lines, says in each: `联系电话⏎Tel.`.
fn alternatives(text: &str) -> Vec<String> {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let mut parts: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    let start = text.find(is_latin).filter(|at| *at > 0);
    if let Some((native, latin)) = start.map(|at| text.split_at(at)).filter(|(_, latin)| latin.is_ascii()) {
        parts.push(native.trim().trim_end_matches(['/', '|', '-', '·']).to_owned());
        parts.push(latin.trim().to_owned());
    }
    let start = text.find(|c: char| !c.is_ascii()).filter(|at| *at > 0);
    if let Some((latin, native)) = start.map(|at| text.split_at(at))
        && latin.ends_with([' ', '/', '|', '-'])
        && latin.chars().filter(char::is_ascii_alphabetic).count() > 1
        && !native.contains(is_latin)
    {
        parts.push(latin.trim().trim_end_matches(['/', '|', '-']).to_owned());
        parts.push(native.trim().to_owned());
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// Whether a text in brackets is of money: a currency, or a scale.
fn is_money(inside: &str) -> bool {
    let text = inside.to_lowercase();
    let words = [
        "元", "万", "亿", "rmb", "cny", "usd", "eur", "hkd", "gbp", "jpy", "¥", "$", "€", "million",
        "thousand",
    ];
    let is_scale = ["k", "m", "mn", "bn"].contains(&text.trim());
    (is_scale || words.iter().any(|word| text.contains(word))) && unit_of(inside).is_none()
}

/// The part of a year that a text begins with, and the rest.
fn take_part(text: &str) -> Option<(&'static str, String)> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let found = PARTS.iter().filter(|(_, part)| !part.is_empty());
    found.into_iter().find_map(|(word, part)| plain.strip_prefix(word).map(|rest| (*part, rest.to_owned())))
}

fn tidy(keys: &mut Vec<NameKey>) {
    let mut seen = Vec::new();
    keys.retain(|key| {
        let is_new = !key.is_empty() && !seen.contains(key);
        seen.push(key.clone());
        is_new
    });
}

/// Without asterisks, and without the number of the column before its name: `1.`, `一、`, `Q2_`.
fn without_ornaments(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '＊' | '※' | '★')).collect();
    let text = text.trim();
    if let Some(question) = text.strip_prefix(['Q', 'q']) {
        let rest = question.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(name) =
            rest.strip_prefix(['_', '.', '、', ':', '：', ' ']).filter(|_| rest.len() < question.len())
        {
            return name.trim().to_owned();
        }
    }
    let number =
        text.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).count();
    let rest: String = text.chars().skip(number).collect();
    match rest.strip_prefix(['.', '、', '．']) {
        Some(name) if (1..=2).contains(&number) => name.trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// The text outside brackets, and what stood in each of them.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => {
                depth += 1;
                inside.push(String::new());
            }
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth > 0 => inside.last_mut().into_iter().for_each(|text| text.push(c)),
            c => outside.push(c),
        }
    }
    (outside.trim().to_owned(), inside)
}

/// The unit that a bracket, or a part of it, names: `万元`, `单位：万元`.
pub fn unit_of(inside: &str) -> Option<Unit> {
    let text = inside.trim();
    let text = text.strip_prefix("单位").unwrap_or(text).trim_start_matches([':', '：', ' ']);
    let lower = text.to_lowercase();
    let bare =
        ["人民币", "rmb", "cny", "¥"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    if bare.trim() == "10k" || bare.trim() == "10,000" {
        return Some(Unit::TenThousand);
    }
    let text = if bare.len() < lower.len() { bare.trim().trim_start_matches([':', '/', ',']) } else { text };
    text.split(['、', '，', ',', ';', '；', ' ', '/']).find_map(|word| word.trim().parse().ok())
}

/// The unit of a line such as `填报单位：… 单位：万元、人`.
pub fn unit_of_line(line: &str) -> Option<Unit> {
    line.match_indices("单位").find_map(|(at, word)| {
        let after = line[at + word.len()..].trim_start();
        let after = after.strip_prefix([':', '：'])?.trim_start();
        let end = after.find([' ', '　', '\t', ')', '）']).unwrap_or(after.len());
        unit_of(&after[..end])
    })
}

/// The unit in brackets at the end of a title: `主要经济指标（万元）`.
pub fn unit_of_title(title: &str) -> Option<Unit> {
    let inside = title.trim_end().strip_suffix(['）', ')'])?;
    unit_of(inside[inside.rfind(['（', '('])?..].trim_start_matches(['（', '(']))
}

/// How the part of a year is written after it. Only what is counted from January on: `本季` and `下半年` are not.
const PARTS: [(&str, &str); 29] = [
    ("6月末", "-H1"),
    ("3月末", "-Q1"),
    ("9月末", "-Q3"),
    ("上半年", "-H1"),
    ("1-6月份", "-H1"),
    ("1-6月", "-H1"),
    ("h1", "-H1"),
    ("第一季度", "-Q1"),
    ("一季度", "-Q1"),
    ("1季度", "-Q1"),
    ("1-3月份", "-Q1"),
    ("1-3月", "-Q1"),
    ("q1", "-Q1"),
    ("第二季度", "-Q2"),
    ("二季度", "-Q2"),
    ("2季度", "-Q2"),
    ("q2", "-Q2"),
    ("第三季度", "-Q3"),
    ("三季度", "-Q3"),
    ("3季度", "-Q3"),
    ("1-9月份", "-Q3"),
    ("1-9月", "-Q3"),
    ("q3", "-Q3"),
    ("第四季度", "-Q4"),
    ("四季度", "-Q4"),
    ("4季度", "-Q4"),
    ("q4", "-Q4"),
    ("1-12月", ""),
    ("全年", ""),
];

/// The period in a text, and the text without it.
pub fn take_period(text: &str) -> Option<(Period, String)> {
    let plain: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '—' | '–' | '~' | '至') { '-' } else { c })
        .collect();
    let at = year_at(&plain)?;
    let (before, rest) = plain.split_at(at);
    let (year, rest) = rest.split_at(4);
    let rest = ["年度", "年末", "年底", "年"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let after = rest.trim_start_matches(['-', ' ']);
    let (part, rest) = PARTS
        .iter()
        .find_map(|(word, part)| after.strip_prefix(word).map(|rest| (*part, rest)))
        .unwrap_or(("", rest));
    if rest.contains("季") || rest.contains("半年") {
        return None;
    }
    let period = format!("{year}{part}").parse().ok()?;
    Some((period, format!("{before}{rest}").trim().to_owned()))
}

/// Words of a line that says when the table was filled in, which is not the year of its rows.
pub const FILLED_IN: [&str; 8] = ["填报", "填表", "制表", "打印", "报送", "更新", "导出", "上报"];

/// The one year that lines above a table name; none where they name several.
pub fn one_year<'l>(lines: impl IntoIterator<Item = &'l str>) -> Option<i32> {
    let mut years = Vec::new();
    let parts = lines.into_iter().flat_map(|line| line.split("  "));
    for line in parts.filter(|part| !FILLED_IN.iter().any(|word| part.contains(word))) {
        let plain: String = line.nfkc().collect();
        let mut rest = plain.as_str();
        while let Some(at) = year_at(rest) {
            let (year, after) = rest[at..].split_at(4);
            years.extend(year.parse::<i32>().ok());
            rest = after;
        }
    }
    years.dedup();
    years.first().copied().filter(|first| years.iter().all(|year| year == first))
}

/// The one period that lines above a table name: `2021年度主要指标`; none where they name several.
pub fn one_period<'l>(lines: impl IntoIterator<Item = &'l str>) -> Option<Period> {
    let parts = lines.into_iter().flat_map(|line| line.split("  "));
    let parts = parts.filter(|part| !FILLED_IN.iter().any(|word| part.contains(word)));
    // A day is no period.
    let named = parts.filter(|part| !part.contains('月') || part.contains("1-") || part.contains("1—"));
    let mut periods: Vec<Period> = named.filter_map(|part| Some(take_period(part)?.0)).collect();
    periods.dedup();
    if let [one] = periods[..] { Some(one) } else { None }
}

/// Where four digits stand that are a year.
fn year_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find(|&at| {
        let is_digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
        let year = &bytes[at..at + 4];
        year.iter().all(u8::is_ascii_digit)
            && (year.starts_with(b"19") || year.starts_with(b"20"))
            && !(at > 0 && is_digit(at - 1))
            && !is_digit(at + 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_gives_up_its_unit_and_its_ornaments() {
        let read = |header: &str, field: &str| {
            let parsed = HeaderText::of(header);
            assert!(parsed.keys.contains(&NameKey::of(field)), "{header}: {:?}", parsed.keys);
            parsed.unit
        };
        assert_eq!(read("*营业收入\n（万元）", "营业收入"), Some(Unit::TenThousand));
        assert_eq!(read("资产总额（单位：元）", "资产总额"), Some(Unit::One));
        assert_eq!(read("从业人员(人)", "从业人员"), None);
        assert_eq!(read("3、镇（街）", "镇（街）"), None);
        assert_eq!(read("Q12_镇（街）", "镇（街）"), None);
        assert_eq!(read("经营情况／营业收入(千元)", "营业收入"), Some(Unit::Thousand));
        assert_eq!(read("Company 企业名称", "企业名称"), None);
        assert_eq!(read("Company 企业名称", "Company"), None);
        assert_eq!(read("R&D 研发费用（万元）", "研发费用"), Some(Unit::TenThousand));
    }

    #[test]
    fn a_period_is_found_wherever_it_stands() {
        for (header, period) in [
            ("2022年营业收入（万元）", "2022"),
            ("营业收入／2022年", "2022"),
            ("2022年度／营业收入", "2022"),
            ("营业收入（2023年上半年）", "2023-H1"),
            ("2023年第二季度营业收入", "2023-Q2"),
            ("2023年1—9月营业收入", "2023-Q3"),
            ("2023-Q3 营业收入", "2023-Q3"),
            ("营业收入 Revenue（万元）／2023年", "2023"),
            ("Revenue 营业收入／2023年", "2023"),
        ] {
            let (found, left) = HeaderText::of(header).period.unwrap();
            assert_eq!(found.to_string(), period, "{header}");
            assert!(left.contains(&NameKey::of("营业收入")), "{header}: {left:?}");
        }
        for header in ["营业收入", "2023年下半年营业收入", "20231营业收入", "1850年营业收入"]
        {
            assert_eq!(HeaderText::of(header).period, None, "{header}");
        }
    }

    #[test]
    fn a_table_has_the_year_of_its_title_if_there_is_one() {
        assert_eq!(one_year(["2023年活动安排", "填报日期：2024年1月"]), Some(2023));
        assert_eq!(one_year(["2023年活动", "2023-03-16"]), Some(2023));
        assert_eq!(one_year(["2022—2023年活动"]), None);
        assert_eq!(one_year(["活动安排"]), None);
    }

    #[test]
    fn the_unit_of_a_line_is_not_who_filled_it_in() {
        assert_eq!(unit_of_line("填报单位：示例公司  单位：万元"), Some(Unit::TenThousand));
        assert_eq!(unit_of_line("金额单位:千元、人"), Some(Unit::Thousand));
        assert_eq!(unit_of_line("填报单位（盖章）：示例公司"), None);
        assert_eq!(unit_of_title("二、经营指标（万元）"), Some(Unit::TenThousand));
        assert_eq!(unit_of_title("主要指标(单位：千元、人)"), Some(Unit::Thousand));
        for title in ["企业名单（第二期）", "（盖章）", "指标（万元）一览", ")", "万元）"]
        {
            assert_eq!(unit_of_title(title), None, "{title}");
        }
    }
}
