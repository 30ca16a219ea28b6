//! The text of a record in either format.

use std::ops::Range;

use super::{json, toml};
use crate::model::alignment::alignment;
pub use crate::model::json::to_json;
use crate::model::programme::RecordFormat;
use crate::model::value::Value;

/// A place where text is not well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub bytes: Range<usize>,
}

/// Reads a text; every separate fault is reported.
pub fn parse(format: RecordFormat, text: &str) -> Result<Value, Vec<SyntaxFault>> {
    match format {
        RecordFormat::Toml => toml::parse(text),
        RecordFormat::Json => json::parse(text),
    }
}

/// Writes a new text, the one canonical way.
pub fn write(format: RecordFormat, value: &Value) -> String {
    match format {
        RecordFormat::Toml => toml::write(value),
        RecordFormat::Json => json::write(value),
    }
}

/// Whether a text reads back as a value; JSON has no dates of its own.
pub fn reads_as(format: RecordFormat, text: &str, value: &Value) -> bool {
    match (format, parse(format, text)) {
        (RecordFormat::Toml, Ok(read)) => read == *value,
        (RecordFormat::Json, Ok(read)) => to_json(&read) == to_json(value),
        (_, Err(_)) => false,
    }
}

/// Changes a text from `before` to `after` and nothing else: comments, order and spelling stay. None if the
/// result would not read back as `after`.
pub fn update(format: RecordFormat, text: &str, before: &Value, after: &Value) -> Option<String> {
    let (updated, old) = match format {
        RecordFormat::Toml => (toml::update(text, before, after)?, toml::parse(text).ok()?),
        RecordFormat::Json => (json::update(text, before, after)?, json::parse(text).ok()?),
    };
    reads_as(format, &updated, &changed(&old, before, after)).then(|| with_endings_of(text, updated))
}

/// The text with the line endings of another: an editor that writes CRLF finds CRLF again.
fn with_endings_of(text: &str, updated: String) -> String {
    let is_crlf = text.contains("\r\n") && text.matches('\n').count() == text.matches("\r\n").count();
    if is_crlf { updated.replace("\r\n", "\n").replace('\n', "\r\n") } else { updated }
}

/// What `found` should become when `before` becomes `after`: keys that are the same in both stay as they are
/// written, which may be another spelling of the same value.
pub fn changed(found: &Value, before: &Value, after: &Value) -> Value {
    if before == after {
        return found.clone();
    }
    match (found, before, after) {
        (Value::Table(found), Value::Table(before), Value::Table(after)) => {
            let mut result = found.clone();
            for (key, _) in before.iter().filter(|(key, _)| after.get(key).is_none()) {
                result.remove(key);
            }
            for (key, new) in after.iter() {
                let value = match (found.get(key), before.get(key)) {
                    (Some(found), Some(old)) => changed(found, old, new),
                    _ => new.clone(),
                };
                result.insert(key, value);
            }
            Value::Table(result)
        }
        (Value::List(found), Value::List(before), Value::List(after)) if found.len() == before.len() => {
            let alignment = alignment(before, after);
            Value::List(
                after
                    .iter()
                    .zip(alignment)
                    .map(|(new, old)| match old {
                        Some(old) => changed(&found[old], &before[old], new),
                        None => new.clone(),
                    })
                    .collect(),
            )
        }
        _ => after.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: RecordFormat, before: &str, change: impl FnOnce(&mut Value), after: &str) {
        let old = parse(format, before).unwrap();
        let mut new = old.clone();
        change(&mut new);
        assert_eq!(update(format, before, &old, &new).as_deref(), Some(after));
    }

    #[test]
    fn a_changed_toml_file_keeps_comments_order_and_spelling() {
        let before = "# who they are\nname = 'old' # as on the licence\ntown = \"x\"\n\n[[memberships]]\nedition = \"1\" # first\n\n# came back\n[[memberships]]\nedition = \"2\"\n";
        let after = "# who they are\nname = \"new\" # as on the licence\nfounded = 2001-02-03\n\n# came back\n[[memberships]]\nedition = \"2\"\nleft = \"2023\"\n";
        check(
            RecordFormat::Toml,
            before,
            |value| {
                value.set(&["name"], Some(Value::Text("new".into())));
                value.set(&["town"], None);
                value.set(&["founded"], Some(Value::Date("2001-02-03".parse().unwrap())));
                let Value::Table(table) = value else { return };
                let Some(Value::List(list)) = table.get_mut("memberships") else { return };
                list.remove(0);
                list[0].set(&["left"], Some(Value::Text("2023".into())));
            },
            after,
        );
    }

    #[test]
    fn lines_keep_the_endings_an_editor_gave_them() {
        let set = |value: &mut Value| value.set(&["town"], Some(Value::Text("y".into())));
        let before = "# who\r\nname = \"a\"\r\n\r\n[[memberships]]\r\nedition = \"1\"\r\n";
        let after = "# who\r\nname = \"a\"\r\ntown = \"y\"\r\n\r\n[[memberships]]\r\nedition = \"1\"\r\n";
        check(RecordFormat::Toml, before, set, after);
        check(
            RecordFormat::Json,
            "{\r\n  \"a\": 1\r\n}\r\n",
            set,
            "{\r\n  \"a\": 1,\r\n  \"town\": \"y\"\r\n}\r\n",
        );
    }

    #[test]
    fn a_date_goes_into_a_json_file_as_text() {
        check(
            RecordFormat::Json,
            "{\"town\":\"x\"}",
            |value| value.set(&["founded"], Some(Value::Date("2001-02-03".parse().unwrap()))),
            "{\n  \"town\": \"x\",\n  \"founded\": \"2001-02-03\"\n}\n",
        );
    }

    #[test]
    fn a_table_with_nothing_in_it_is_still_there() {
        let value = parse(RecordFormat::Toml, "a = 1\n\n[b]\n\n[c.d]\n").unwrap();
        assert_eq!(parse(RecordFormat::Toml, &write(RecordFormat::Toml, &value)), Ok(value));
        for (before, after) in [("[a.b]\nx = 1\n", "[a]\n"), ("a.b.x = 1\n", "[a]\n")] {
            let take = |value: &mut Value| {
                let Value::Table(table) = value else { return };
                let Some(Value::Table(inner)) = table.get_mut("a") else { return };
                inner.remove("b");
            };
            check(RecordFormat::Toml, before, take, after);
        }
    }

    #[test]
    fn a_number_of_more_than_64_bits_reads_back() {
        for text in ["n = 9223372036854775808\n", "n = -79228162514264337593543950335\n"] {
            let value = parse(RecordFormat::Toml, text).unwrap();
            assert_eq!(parse(RecordFormat::Toml, &write(RecordFormat::Toml, &value)), Ok(value));
        }
    }

    #[test]
    fn an_entry_between_two_others_is_put_between_them() {
        let entry = |edition: &str| {
            let mut value = Value::Table(crate::model::value::Table::default());
            value.set(&["edition"], Some(Value::Text(edition.into())));
            value
        };
        check(
            RecordFormat::Toml,
            "[[memberships]]\nedition = \"1\"\n\n[[memberships]] # last\nedition = \"3\"\n",
            |value| {
                let Value::Table(table) = value else { return };
                let Some(Value::List(list)) = table.get_mut("memberships") else { return };
                list.insert(1, entry("2"));
            },
            "[[memberships]]\nedition = \"1\"\n\n[[memberships]]\nedition = \"2\"\n\n[[memberships]] # last\nedition = \"3\"\n",
        );
    }

    #[test]
    fn an_entry_after_one_with_tables_of_its_own_is_put_behind_them() {
        let before = "[[candidacies]]\nedition = \"1\"\n\n[[candidacies.scores]]\nreviewer = \"x\"\n\n[candidacies.scores.marks]\nplan = 90\n";
        check(
            RecordFormat::Toml,
            before,
            |value| {
                let Value::Table(table) = value else { return };
                let Some(Value::List(list)) = table.get_mut("candidacies") else { return };
                let mut entry = list[0].clone();
                entry.set(&["edition"], Some(Value::Text("2".into())));
                entry.set(&["scores"], None);
                list.push(entry);
            },
            &format!("{before}\n[[candidacies]]\nedition = \"2\"\n"),
        );
    }

    #[test]
    fn a_changed_json_file_keeps_its_order() {
        check(
            RecordFormat::Json,
            "{\"town\": \"x\", \"name\": \"old\", \"n\": 12.50}",
            |value| value.set(&["name"], Some(Value::Text("new".into()))),
            "{\n  \"town\": \"x\",\n  \"name\": \"new\",\n  \"n\": 12.50\n}\n",
        );
    }
}
