//! A condition as it is typed: `FIELD OPERATOR VALUE`, `FIELD is missing`, or a field alone that can be true; `not`
//! before it, or 未 and 没有 before 持有 and 参加, turns it round. A value in quotation marks is taken as it stands.

use std::ops::Range;

use super::fault::Fault;
use super::operator::Operator;
use crate::text;

/// A part of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text, without quotation marks.
    pub text: String,
    /// Where it stands.
    pub at: Range<usize>,
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The operator.
    pub operator: Operator,
    /// Where it stands.
    pub at: Range<usize>,
    /// What follows it; empty for operators that take no value.
    pub value: Part,
}

/// A condition, read but not yet understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// All of it.
    pub typed: String,
    /// Whether it begins with `not`.
    pub not: bool,
    /// The field.
    pub field: Part,
    /// What is asked of it; none for a field alone.
    pub asked: Option<Asked>,
}

impl Parsed {
    /// Where no operator was found: the fault of the word after a field.
    pub fn misplaced(&self, is_field: impl Fn(&str) -> bool) -> Option<Fault> {
        let text = self.field.text.as_str();
        let blanks = text.char_indices().rev().filter(|(_, c)| c.is_whitespace());
        let blank = blanks.map(|(at, _)| at).find(|at| is_field(text[..*at].trim_end()))?;
        let word = text[blank..].split_whitespace().next()?;
        let at = self.field.at.start + blank + text[blank..].find(word)?;
        self.asked.is_none().then(|| not_an_operator(&self.typed, at..at + word.len()))
    }
}

/// Reads a condition.
pub fn parse(typed: &str) -> Result<Parsed, Fault> {
    let start = typed.len() - typed.trim_start().len();
    let (not, start) = negated(typed, start);
    let found = operator(typed, start);
    let end = found.as_ref().map_or(typed.len(), |(_, at)| at.start);
    let field = part(typed, start..end);
    if field.text.is_empty() {
        let message = text!("a field is missing", "缺少字段");
        return Err(Fault::new(typed, end..end, message, expected_condition()));
    }
    if found.is_none() {
        no_operator(typed, &field)?;
    }
    let asked = found.map(|(operator, at)| {
        let value = value(typed, operator, at.end)?;
        Ok(Asked { operator, at, value })
    });
    Ok(Parsed { typed: typed.to_owned(), not, field, asked: asked.transpose()? })
}

/// Refuses a field alone in which something stands that is meant for an operator.
fn no_operator(typed: &str, field: &Part) -> Result<(), Fault> {
    if let Some((at, sign)) = field.text.char_indices().find(|(_, c)| "~!&|:^".contains(*c)) {
        return Err(not_an_operator(typed, field.at.start + at..field.at.start + at + sign.len_utf8()));
    }
    let state = field.text.find(" is ").map(|at| &field.text[at + " is ".len()..]);
    if let Some(state) = state {
        let at = field.at.end - state.len()..field.at.end;
        let message = text!(
            "expected `missing` or `not missing`, found `{state}`",
            "此处应为 missing 或 not missing，实为“{state}”"
        );
        return Err(Fault::new(typed, at, message, known_operators()));
    }
    Ok(())
}

/// The fault of something that stands where an operator is expected.
pub fn not_an_operator(typed: &str, at: Range<usize>) -> Fault {
    let word = &typed[at.clone()];
    let message = text!("`{word}` is not an operator", "“{word}”不是运算符");
    Fault::new(typed, at, message, known_operators())
}

fn known_operators() -> crate::model::text::Text {
    let known = Operator::WITH_VALUE.map(Operator::sign).join(", ");
    text!(
        "known are {known}, `is missing` and `is not missing`",
        "可用的运算符：{known}、is missing、is not missing"
    )
}

/// Whether `not` stands at the start, and where what follows begins.
fn negated(typed: &str, start: usize) -> (bool, usize) {
    for word in ["not ", "非 "] {
        if typed[start..].get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word)) {
            let rest = &typed[start + word.len()..];
            return (true, typed.len() - rest.trim_start().len());
        }
    }
    // 未 may begin the name of a field, but not before what an enterprise holds or attended.
    let after = |word: &&str| typed[start..].strip_prefix(*word).map(str::trim_start);
    let rest = ["未", "没有", "没"].iter().find_map(after);
    match rest.filter(|rest| ["持有", "参加"].iter().any(|verb| rest.starts_with(verb))) {
        Some(rest) => (true, typed.len() - rest.len()),
        None => (false, start),
    }
}

/// The first operator.
fn operator(typed: &str, start: usize) -> Option<(Operator, Range<usize>)> {
    let mut is_word_start = false;
    for (at, c) in typed[start..].char_indices() {
        let at = start + at;
        if let Some((operator, length)) = Operator::starting(&typed[at..], is_word_start || at == start) {
            return Some((operator, at..at + length));
        }
        is_word_start = c.is_whitespace();
    }
    None
}

/// The text of a range without the blanks around it.
fn part(typed: &str, range: Range<usize>) -> Part {
    let text = &typed[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    let text = text.trim();
    Part { text: text.to_owned(), at: start..start + text.len() }
}

fn value(typed: &str, operator: Operator, from: usize) -> Result<Part, Fault> {
    let part = part(typed, from..typed.len());
    if !operator.takes_value() {
        if part.text.is_empty() {
            return Ok(part);
        }
        let sign = operator.sign();
        let message = text!("nothing can follow `{sign}`", "{sign} 后面不应再有内容");
        return Err(Fault::new(typed, part.at, message, expected_condition()));
    }
    if part.text.is_empty() {
        let sign = operator.sign();
        let message = text!("a value is missing after `{sign}`", "{sign} 后面缺少值");
        return Err(Fault::new(typed, typed.len()..typed.len(), message, expected_condition()));
    }
    if let Some((_, length)) = Operator::starting(&part.text, false) {
        let at = part.at.start..part.at.start + length;
        let message = text!("expected a value, found another operator", "此处应为值，实为运算符");
        let help = text!("put a value that begins so in quotation marks", "值若以此开头，请用引号括起来");
        return Err(Fault::new(typed, at, message, help));
    }
    unquoted(typed, part)
}

/// A value without its quotation marks.
fn unquoted(typed: &str, part: Part) -> Result<Part, Fault> {
    let closing = match part.text.chars().next() {
        Some('"') => '"',
        Some('“') => '”',
        _ => return Ok(part),
    };
    let mut inner = part.text.chars();
    inner.next();
    if let Some(text) = inner.as_str().strip_suffix(closing) {
        return Ok(Part { text: text.to_owned(), at: part.at });
    }
    let message = text!("the quotation mark is not closed", "引号没有闭合");
    let help = text!("end the value with `{closing}`", "请以 {closing} 结束");
    Err(Fault::new(typed, part.at, message, help))
}

/// What a condition looks like.
pub fn expected_condition() -> crate::model::text::Text {
    text!(
        "a condition is `FIELD OPERATOR VALUE`, such as `revenue >= 5000万`, or `FIELD is missing`",
        "条件写成“字段 运算符 值”，如 revenue >= 5000万；或“字段 is missing”"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> String {
        match parse(typed) {
            Ok(it) => {
                let not = if it.not { "not " } else { "" };
                let asked = it.asked.map_or_else(String::new, |it| {
                    format!(" {} {}", it.operator.sign(), it.value.text).trim_end().to_owned()
                });
                format!("{not}[{}]{}", it.field.text, asked.replacen("  ", " ", 1))
            }
            Err(fault) => format!("{}..{} {}", fault.at.start, fault.at.end, fault.message),
        }
    }

    #[test]
    fn a_condition_is_a_field_an_operator_and_a_value() {
        for (typed, expected) in [
            ("industry = 汽车", "[industry] = 汽车"),
            ("industry=汽车", "[industry] = 汽车"),
            ("  revenue >=  5000万 ", "[revenue] >= 5000万"),
            ("营业收入≥1.2亿", "[营业收入] >= 1.2亿"),
            ("a<>b", "[a] != b"),
            ("a == b", "[a] = b"),
            ("modules has srdi", "[modules] has srdi"),
            ("modules HAS srdi", "[modules] has srdi"),
            ("名称 包含 示例", "[名称] contains 示例"),
            ("days since last activity > 180", "[days since last activity] > 180"),
            ("town is missing", "[town] is missing"),
            ("town is not missing", "[town] is not missing"),
            ("holds srdi on 2023-12-31", "[holds srdi on 2023-12-31]"),
            ("not attended visits", "not [attended visits]"),
            ("未持有高企", "not [持有高企]"),
            ("没有参加过走访", "not [参加过走访]"),
            ("未缴税额 大于 3", "[未缴税额] > 3"),
            ("资质 含 高企", "[资质] has 高企"),
            ("营业收入.2022 缺失", "[营业收入.2022] is missing"),
            ("所属镇街 不是 花山镇", "[所属镇街] != 花山镇"),
            ("note = \"a = b\"", "[note] = a = b"),
            ("note = a = b", "[note] = a = b"),
            ("note = “甲 乙”", "[note] = 甲 乙"),
            ("note = \"\"", "[note] ="),
            ("hashes = 1", "[hashes] = 1"),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_does_not_parse_says_where() {
        for (typed, expected) in [
            ("", "0..0 a field is missing"),
            (" = 3", "1..1 a field is missing"),
            ("has srdi", "0..0 a field is missing"),
            ("town =", "6..6 a value is missing after `=`"),
            ("town = = x", "7..8 expected a value, found another operator"),
            ("town is missing x", "16..17 nothing can follow `is missing`"),
            ("town = \"x", "7..9 the quotation mark is not closed"),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_has_a_place(typed in "[a-z =<>!\"汽车“”≥]{0,20}") {
            match parse(&typed) {
                Ok(it) => prop_assert!(typed.get(it.field.at).is_some_and(|text| text == it.field.text)),
                Err(fault) => prop_assert!(typed.get(fault.at).is_some()),
            }
        }
    }
}
