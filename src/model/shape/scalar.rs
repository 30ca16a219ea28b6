//! Text, flags and whole numbers.

use rust_decimal::Decimal;

use super::{Misread, Scalar, Words, expected};
use crate::model::amount;
use crate::model::rule;
use crate::model::value::Value;
use crate::text;

impl Scalar for String {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) => text_without_controls(&text).map(|()| text),
            other => Err(expected("text", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        let text = text.trim();
        text_without_controls(text).map(|()| text.to_owned())
    }
}

/// Refuses a text with nothing to read, or with characters that act instead of being read: they are no part of what
/// somebody wrote, but of a file in another encoding or of an attack. A text may have several lines.
pub fn text_without_controls(text: &str) -> Result<(), Misread> {
    if text.trim().is_empty() {
        return Err(blank());
    }
    if has_no_control(text) {
        return Ok(());
    }
    let is_plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    match text.replace("\r\n", "\n").chars().find(|c| !is_plain(c)) {
        None => Ok(()),
        Some(c) => Err(control(c)),
    }
}

/// The same for a text of one line.
pub fn line_without_controls(text: &str) -> Result<(), Misread> {
    text_without_controls(text)?;
    if has_no_control(text) {
        return Ok(());
    }
    text.chars().find(|c| c.is_control()).map_or(Ok(()), |c| Err(control(c)))
}

/// Whether no byte is one that a control character has: most texts have none, and this is quick to see.
fn has_no_control(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' && byte != 0x7f && byte != 0xc2)
}

fn control(c: char) -> Misread {
    let code = format!("U+{:04X}", u32::from(c));
    Misread::new(
        &rule::CONTROL_CHARACTER,
        text!("the text has the control character {code}", "文本中有控制字符 {code}"),
    )
    .help(text!(
        "remove it; a file in another encoding may have brought it",
        "请删除；可能是文件编码不符所致"
    ))
}

impl Scalar for bool {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Flag(flag) => Ok(flag),
            other => Err(expected("true or false", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        match text {
            "true" | "yes" | "是" => Ok(true),
            "false" | "no" | "否" => Ok(false),
            _ => Err(Misread::new(
                &rule::WRONG_TYPE,
                text!("`{text}` is not true or false", "“{text}”不是“是”或“否”"),
            )),
        }
    }
}

impl Scalar for u32 {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Number(number) => whole(number),
            other => Err(expected("a whole number", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(Decimal::from(*self))
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        whole(amount::parse_number(text)?)
    }
}

fn whole(number: Decimal) -> Result<u32, Misread> {
    Some(number).filter(Decimal::is_integer).and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
        Misread::new(
            &rule::WRONG_TYPE,
            text!("`{number}` is not a whole number from 0 on", "“{number}”不是非负整数"),
        )
    })
}

fn blank() -> Misread {
    Misread::new(&rule::WRONG_TYPE, text!("the text is empty", "文本为空"))
        .help(text!("leave the key out where the value is missing", "没有值时请不写该键"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_character_is_refused_but_for_the_ends_of_lines_in_a_text_and_tabs() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("示例{c}x");
            let is_layout = matches!(c, '\n' | '\t');
            assert_eq!(text_without_controls(&text).is_err(), c.is_control() && !is_layout, "{c:?}");
            assert_eq!(line_without_controls(&text).is_err(), c.is_control(), "{c:?}");
        }
        assert!(text_without_controls("a\r\nb").is_ok() && text_without_controls("a\rb").is_err());
    }
}
