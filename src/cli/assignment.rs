//! `FIELD=VALUE` on the command line; an empty value takes the field away.

use std::str::FromStr;

use super::failure::Failure;
use crate::model::shape::Misread;
use crate::model::text::Text;
use crate::model::value::Value;
use crate::text;

/// Reads a text for the field at a path.
type Parse<'p> = &'p dyn Fn(&[&str], &str) -> Result<Value, Misread>;

/// One `FIELD=VALUE`.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The field as typed.
    field: String,
    /// The keys on the way to the field.
    pub path: Vec<String>,
    /// The value as typed; empty to take the field away.
    pub text: String,
}

impl FromStr for Assignment {
    type Err = Text;

    fn from_str(argument: &str) -> Result<Self, Text> {
        let (field, text) = argument.split_once('=').ok_or_else(|| {
            text!("write FIELD=VALUE, or `FIELD=` to clear it", "请写成“字段=值”，“字段=”表示清除")
        })?;
        let path = field.split('.').map(str::to_owned).collect();
        Ok(Self { field: field.to_owned(), path, text: text.trim().to_owned() })
    }
}

impl Assignment {
    /// The same, where its field stands in the record: `place` knows.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(&[&str]) -> Vec<String>) -> Self {
        self.path = place(&self.keys());
        self
    }

    fn keys(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// Sets or removes the field in `record`; `parse` knows the fields.
    fn apply(&self, record: &mut Value, parse: Parse<'_>) -> Result<(), Failure> {
        let keys = self.keys();
        let wrong = |misread| Failure::argument(misread, &format!("{}={}", self.field, self.text));
        if !self.text.is_empty() {
            record.set(&keys, Some(parse(&keys, &self.text).map_err(wrong)?));
            return Ok(());
        }
        // Only the key is asked about here; every field says something about a text, if only that it is wrong.
        match parse(&keys, "-") {
            Err(misread) if misread.rule == &crate::model::rule::UNKNOWN_KEY => Err(wrong(misread)),
            _ => {
                record.set(&keys, None);
                Ok(())
            }
        }
    }
}

/// Applies every assignment, or says everything that is wrong with them.
pub fn apply_all(assignments: &[Assignment], record: &mut Value, parse: Parse<'_>) -> Result<(), Failure> {
    let mut found = Vec::new();
    for assignment in assignments {
        match assignment.apply(record, parse) {
            Ok(()) => {}
            Err(Failure::Unsound(theirs)) => found.extend(theirs),
            Err(other) => return Err(other),
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::Unsound(found)) }
}
