//! Names of enterprises and other things: kept as written, matched by a derived key.

use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

use super::nfkc::nfkc;
use super::shape::{Misread, Scalar, Words, line_without_controls};
use super::value::Value;

/// A name as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(SmolStr);

impl Name {
    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What names are matched by.
    pub fn key(&self) -> NameKey {
        NameKey::of(&self.0)
    }
}

impl FromStr for Name {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        Self::from_value(Value::Text(text.to_owned()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Name {
    fn from_value(value: Value) -> Result<Self, Misread> {
        let text = String::from_value(value)?;
        line_without_controls(&text).map(|()| Self(text.into()))
    }

    fn to_value(&self) -> Value {
        Value::Text(self.0.to_string())
    }

    fn from_cell(text: &str, words: &dyn Words) -> Result<Self, Misread> {
        let text = String::from_cell(&on_one_line(text), words)?;
        line_without_controls(&text).map(|()| Self(text.into()))
    }
}

/// A name that a cell wraps, on one line: parts of words are joined as they are, words by a blank.
fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        if line.ends_with(|c: char| c.is_ascii()) && part.starts_with(|c: char| c.is_ascii()) {
            line.push(' ');
        }
        line += part;
    }
    line
}

/// The key names are matched by: NFKC, lower case, without white space and invisible characters, brackets of
/// one kind. It is never printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// The key of a text.
    pub fn of(text: &str) -> Self {
        let text = nfkc(text);
        let mut key = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                // Most characters of most names stay as they are.
                'a'..='z' | '0'..='9' | '\u{4e00}'..='\u{9fff}' => key.push(c),
                c if c.is_ascii() => push(&mut key, c.to_ascii_lowercase()),
                c => c.to_lowercase().for_each(|c| push(&mut key, c)),
            }
        }
        Self(key)
    }

    /// The key of a word of a list: quotation marks, brackets and stops tell no two words apart.
    pub fn word(text: &str) -> Self {
        let mut key = Self::of(text);
        key.0.retain(|c| {
            !matches!(
                c,
                '(' | ')'
                    | '"'
                    | '\''
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '·'
                    | '・'
                    | '•'
                    | '.'
                    | '。'
                    | ':'
                    | '、'
                    | '*'
                    | '_'
            )
        });
        key
    }

    /// Whether `part` is somewhere in this key.
    pub fn contains(&self, part: &Self) -> bool {
        self.0.contains(&part.0)
    }

    /// Whether nothing is left of the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key as text, for measuring how near two are.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn push(key: &mut String, c: char) {
    match c {
        '[' | '{' | '〔' | '【' | '〈' | '《' | '「' => key.push('('),
        ']' | '}' | '〕' | '】' | '〉' | '》' | '」' => key.push(')'),
        c if c.is_whitespace() || is_invisible(c) => {}
        c => key.push(c),
    }
}

/// Characters that have no shape of their own: controls, zero-width and bidirectional marks.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_width_spaces_brackets_or_case_have_one_key() {
        assert_eq!(NameKey::of("广州（示例）ＡＢ 公司"), NameKey::of("广州(示例)ab\u{200b}公司"));
        assert_eq!(NameKey::of("DNA Script"), NameKey::of("DNAScript"));
        assert_ne!(NameKey::of("示例一厂"), NameKey::of("示例二厂"));
    }
}
