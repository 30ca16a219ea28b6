//! The command line as history keeps it: what was asked for, without anybody's personal data.

use std::ffi::OsString;

use crate::model::field;
use crate::model::kind::Kind;

/// The command line in one line, personal values hidden. The reason is kept apart and left out.
pub fn masked(arguments: &[OsString]) -> String {
    let mut words = vec!["kunpeng".to_owned()];
    let mut is_reason = false;
    for argument in arguments.iter().skip(1).map(|argument| argument.to_string_lossy()) {
        if std::mem::take(&mut is_reason) || argument.starts_with("--reason=") {
            continue;
        }
        if argument == "--reason" {
            is_reason = true;
            continue;
        }
        words.push(quoted(&word(&argument)));
    }
    words.join(" ")
}

fn word(argument: &str) -> String {
    match argument.split_once('=') {
        Some((field, value)) if !value.is_empty() && is_personal(field) => format!("{field}=***"),
        _ => text(argument),
    }
}

/// A text with what looks like a phone number or an e-mail address hidden.
pub fn text(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|word| if looks_personal(word) { hidden(word) } else { word.to_owned() })
        .collect()
}

fn hidden(word: &str) -> String {
    let space: String = word.chars().filter(|c| c.is_whitespace()).collect();
    format!("***{space}")
}

fn is_personal(field: &str) -> bool {
    field.split('.').any(|part| field::known(Kind::Contact).contains(&part))
}

fn looks_personal(word: &str) -> bool {
    let is_address = word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    is_address || longest_number(word) == 11
}

/// The digits of the longest run that has nothing but digits and what people write between them.
fn longest_number(word: &str) -> usize {
    let digits = |run: &str| run.chars().filter(char::is_ascii_digit).count();
    word.split(|c: char| !(c.is_ascii_digit() || c == '-')).map(digits).max().unwrap_or(0)
}

fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("'{word}'") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_personal_values_and_keeps_the_rest() {
        let line = |words: &[&str]| masked(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(
            line(&["x", "enterprise", "set", "a", "phone=13812345678", "name=A B", "--reason", "why"]),
            "kunpeng enterprise set a phone=*** 'name=A B'"
        );
        assert_eq!(
            line(&["x", "enterprise", "set", "91440114DEM000012X"]),
            "kunpeng enterprise set 91440114DEM000012X"
        );
        assert_eq!(text("call 138-1234-5678 or a@b.cn\nnow"), "call *** or ***\nnow");
        assert_eq!(line(&["x", "enterprise", "set", "a", "phone="]), "kunpeng enterprise set a phone=");
    }
}
