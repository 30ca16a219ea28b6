//! The command line as history keeps it: what was asked for, without anybody's personal data.

use std::ffi::OsString;

use crate::model::field;
use crate::model::kind::Kind;
use crate::model::personal::hide;

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
        _ => hide(argument),
    }
}

fn is_personal(field: &str) -> bool {
    field.split('.').any(|part| field::known(Kind::Contact).contains(&part))
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
        assert_eq!(line(&["x", "enterprise", "set", "a", "phone="]), "kunpeng enterprise set a phone=");
    }
}
