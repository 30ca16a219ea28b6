//! From JSON and JSON lines to a sheet: the header is every key in the order it first occurs.

use std::collections::HashMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};

use crate::import::read::error::ReadError;
use crate::import::read::limits::{Limits, Tally};
use crate::import::read::sheet::{Cell, CellKind, Sheet, SheetRow};
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// One text that is a list of objects, or one object.
pub fn list(text: &str, limits: &Limits) -> Result<Sheet, ReadError> {
    let text = inside(text, DEEPEST).unwrap_or(text);
    let mut rows = Rows::of(limits);
    let mut reader = Deserializer::from_str(text);
    let outcome = if text.trim_start().starts_with('[') {
        reader.deserialize_seq(List(&mut rows)).and_then(|()| reader.end())
    } else {
        rows.number = 1;
        Object(&mut rows).deserialize(&mut reader).and_then(|()| reader.end())
    };
    outcome.map_err(|error| rows.error.take().unwrap_or_else(|| malformed(1, &error)))?;
    rows.sheet()
}

/// Keys below which systems put the rows of an export, beside counts and messages.
const AROUND: [&str; 12] = [
    "rows", "data", "list", "records", "items", "result", "results", "content", "数据", "记录", "列表",
    "明细",
];

/// How many objects may stand around another around the rows.
const DEEPEST: usize = 2;

/// Whether a text is one object around the rows of an export.
pub fn is_around_rows(text: &str) -> bool {
    inside(text, DEEPEST).is_some()
}

/// The list of objects inside the one object of an export: `{"total": 2, "data": {"rows": [{…}, {…}]}}`. Everything
/// else in it is plain.
fn inside(text: &str, depth: usize) -> Option<&str> {
    let Entries(entries) = text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok())??;
    let is_nested = |value: &str| value.starts_with(['[', '{']);
    let mut nested =
        entries.iter().map(|(key, value)| (key, value.get())).filter(|(_, value)| is_nested(value));
    let (key, value) = nested.next()?;
    if nested.next().is_some() || !AROUND.contains(&key.to_lowercase().as_str()) {
        return None;
    }
    let first = value.strip_prefix('[').map(|list| list.trim_start().starts_with('{'));
    match first {
        Some(is_of_objects) => is_of_objects.then_some(value),
        None if depth == 0 => None,
        None => inside(value, depth - 1),
    }
}

/// The entries of an object, each value as it is written.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = object.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        from.deserialize_map(Of).map(Self)
    }
}

/// An object a line.
pub fn lines(text: &str, limits: &Limits) -> Result<Sheet, ReadError> {
    let mut rows = Rows::of(limits);
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        rows.number = index + 1;
        let mut reader = Deserializer::from_str(line);
        let outcome = Object(&mut rows).deserialize(&mut reader).and_then(|()| reader.end());
        outcome.map_err(|error| rows.error.take().unwrap_or_else(|| malformed(index + 1, &error)))?;
    }
    rows.sheet()
}

fn malformed(line: usize, error: &serde_json::Error) -> ReadError {
    let row = line + error.line().saturating_sub(1);
    ReadError::new(
        &rule::SYNTAX,
        text!("is not well-formed JSON: {error}", "不是格式正确的 JSON：{error}"),
        text!("correct it there", "请在该处更正"),
    )
    .at(row)
}

/// The rows so far: nothing of the text is kept but its cells.
struct Rows<'l> {
    limits: &'l Limits,
    tally: Tally,
    header: Vec<String>,
    columns: HashMap<String, usize>,
    read: Vec<SheetRow>,
    /// The row that is being read.
    number: usize,
    error: Option<ReadError>,
}

impl<'l> Rows<'l> {
    fn of(limits: &'l Limits) -> Self {
        let (header, columns, read) = (Vec::new(), HashMap::new(), Vec::new());
        Self { limits, tally: Tally::default(), header, columns, read, number: 0, error: None }
    }

    /// Keeps what is wrong for the end, and stops the reader.
    fn stop<T, E: serde::de::Error>(&mut self, error: ReadError) -> Result<T, E> {
        self.error = Some(error.at(self.number));
        Err(E::custom("refused"))
    }

    fn wrong(what: impl Into<Text>) -> ReadError {
        ReadError::new(
            &rule::WRONG_TYPE,
            what,
            text!("every row is one object with plain values", "每行应是一个对象，其值为单个数据"),
        )
    }

    fn column(&mut self, key: String) -> Result<usize, ReadError> {
        if let Some(column) = self.columns.get(&key) {
            return Ok(*column);
        }
        let column = self.header.len();
        if column >= self.limits.columns {
            let message =
                text!("has more than {columns} columns", "超过 {columns} 列", columns = self.limits.columns);
            return Err(ReadError::new(&rule::TOO_LARGE, message, text!("check its keys", "请检查键名")));
        }
        self.header.push(key.clone());
        self.columns.insert(key, column);
        Ok(column)
    }

    /// Takes a value of the row that is being read.
    fn take(&mut self, cells: &mut Vec<Option<Cell>>, key: String, value: &Value) -> Result<(), ReadError> {
        let cell = cell(value);
        let column = self.column(key)?;
        let room = (column + 1).saturating_sub(cells.len());
        self.tally.cells(room, cell.text.len(), self.limits)?;
        cells.resize_with(cells.len() + room, || None);
        if cells[column].replace(cell).is_some() {
            let message = text!(
                "has `{key}` twice in one row",
                "同一行中“{key}”出现两次",
                key = self.header[column].as_str()
            );
            let error =
                ReadError::new(&rule::DUPLICATE_COLUMN, message, text!("keep one of them", "请保留其中一个"));
            return Err(error);
        }
        Ok(())
    }

    fn sheet(mut self) -> Result<Sheet, ReadError> {
        let width = self.header.len();
        for row in &mut self.read {
            self.tally.cells(width - row.cells.len(), 0, self.limits)?;
            row.cells.resize_with(width, Cell::empty);
        }
        Ok(Sheet { header: Some(self.header), rows: self.read, ..Sheet::default() })
    }
}

/// A list of objects.
struct List<'r, 'l>(&'r mut Rows<'l>);

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            self.0.number += 1;
            if list.next_element_seed(Object(self.0))?.is_none() {
                return Ok(());
            }
        }
    }
}

fn no_object() -> Text {
    text!("has a row that is not an object", "有一行不是对象")
}

/// What a number looks like to a visitor where numbers keep all their digits: an object with this key.
const NUMBER: &str = "$serde_json::private::Number";

/// One object, which is a row.
struct Object<'r, 'l>(&'r mut Rows<'l>);

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let rows = self.0;
        let mut cells = Vec::new();
        while let Some((key, value)) = object.next_entry::<String, Value>()? {
            if key == NUMBER {
                return rows.stop(Rows::wrong(no_object()));
            }
            if let Err(error) = rows.take(&mut cells, key, &value) {
                return rows.stop(error);
            }
        }
        if let Err(error) = rows.tally.row(rows.limits) {
            return rows.stop(error);
        }
        let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(Cell::empty)).collect();
        rows.read.push(SheetRow { number: rows.number, cells });
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.0.stop(Rows::wrong(no_object()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.0.stop(Rows::wrong(no_object()))
    }
}

/// What stands between the values of one cell, and in none of them.
const SEPARATOR: &str = ",";

/// A value as a cell.
pub fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::empty(),
        Value::Bool(flag) => Cell { kind: CellKind::Bool, text: flag.to_string().into() },
        Value::Number(number) => Cell { kind: CellKind::Number, text: plain(&number.to_string()).into() },
        Value::String(text) => Cell::text(text.as_str()),
        Value::Array(list) => {
            let cells: Vec<Cell> = list.iter().map(cell).collect();
            let is_plain = |cell: &Cell| cell.kind != CellKind::Nested && !cell.text.contains(SEPARATOR);
            if cells.iter().all(is_plain) {
                let texts: Vec<&str> = cells.iter().map(|cell| &*cell.text).collect();
                return Cell::text(texts.join(SEPARATOR));
            }
            Cell { kind: CellKind::Nested, text: value.to_string().into() }
        }
        Value::Object(_) => Cell { kind: CellKind::Nested, text: value.to_string().into() },
    }
}

/// A number without an exponent: `1.23E7` is 12300000.
fn plain(number: &str) -> String {
    let parts = number.contains(['e', 'E']).then(|| Decimal::from_scientific(number).ok()).flatten();
    parts.map_or_else(|| number.to_owned(), |number| number.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_digit_of_a_number() {
        let sheet = list(r#"[{"n": 12345678901234567.89}]"#, &Limits::default()).unwrap();
        assert_eq!(&*sheet.rows[0].cells[0].text, "12345678901234567.89");
    }

    #[test]
    fn a_number_with_an_exponent_is_that_number() {
        let sheet = list(r#"[{"n": 1.23E7, "m": 5e-2}]"#, &Limits::default()).unwrap();
        let texts: Vec<&str> = sheet.rows[0].cells.iter().map(|cell| &*cell.text).collect();
        assert_eq!(texts, ["12300000", "0.05"]);
    }

    #[test]
    fn a_row_lacks_what_it_does_not_say() {
        let sheet = lines("{\"a\":1}\n\n{\"b\":[1,\"x\"]}\n", &Limits::default()).unwrap();
        assert_eq!(sheet.header.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
        let texts: Vec<Vec<&str>> =
            sheet.rows.iter().map(|row| row.cells.iter().map(|cell| &*cell.text).collect()).collect();
        assert_eq!(texts, [["1", ""], ["", "1,x"]]);
        assert_eq!(lines("{}\n[1]\n", &Limits::default()).unwrap_err().row, Some(2));
    }

    #[test]
    fn refuses_a_key_that_stands_twice_in_one_row() {
        let error = list(r#"[{"a": 1}, {"a": 1, "b": 2, "a": 3}]"#, &Limits::default()).unwrap_err();
        assert_eq!((error.rule.name, error.row), ("duplicate-column", Some(2)));
        assert_eq!(error.message.to_string(), "has `a` twice in one row");
    }

    #[test]
    fn rows_inside_an_object_are_the_rows() {
        let rows = |text: &str| list(text, &Limits::default()).unwrap().header.unwrap();
        assert_eq!(rows(r#"{"total": 1, "rows": [{"a": 1}]}"#), ["a"]);
        assert_eq!(rows(r#"{"code": 0, "data": {"total": 1, "list": [ {"a": 1}]}, "msg": "ok"}"#), ["a"]);
        // A record with a list of its own, and what might be two lists.
        assert_eq!(rows(r#"{"name": "x", "files": [{"a": 1}]}"#), ["name", "files"]);
        assert_eq!(rows(r#"{"rows": [{"a": 1}], "list": [{"b": 1}]}"#), ["rows", "list"]);
        assert_eq!(rows(r#"{"rows": [1, 2]}"#), ["rows"]);
        assert_eq!(
            list(r#"{"rows": [{"a": 1, "a": 2}]}"#, &Limits::default()).unwrap_err().rule.name,
            "duplicate-column"
        );
    }

    #[test]
    fn refuses_rows_that_are_not_objects_and_what_follows_the_end() {
        let message = |text: &str| list(text, &Limits::default()).unwrap_err().message.to_string();
        for text in ["[1]", "[-1]", "[1.5]", "[true]", "[null]", "[[]]", "[\"x\"]", "7"] {
            assert_eq!(message(text), "has a row that is not an object", "{text}");
        }
        for text in ["[{}] x", "[{}", "{} {}", ""] {
            assert!(message(text).starts_with("is not well-formed JSON"), "{text}");
        }
    }

    #[test]
    fn refuses_more_than_the_limits() {
        let limits = Limits { rows: 2, cells: 3, columns: 2, ..Limits::default() };
        for (text, excess) in [
            ("{}\n{}\n{}\n", "has more than 2 rows"),
            ("{\"a\":1,\"b\":2}\n{\"b\":2}\n", "has more than 3 cells"),
            ("{\"a\":1,\"b\":2,\"c\":3}\n", "has more than 2 columns"),
        ] {
            assert_eq!(lines(text, &limits).unwrap_err().message.to_string(), excess);
        }
    }
}
