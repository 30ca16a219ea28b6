//! Records as TOML: read with exact numbers, edited without losing what a person wrote around the values.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Formatted, Item, TableLike};

use super::canonical;
use super::document::SyntaxFault;
use crate::model::alignment::alignment;
use crate::model::finding::Part;
use crate::model::value::{KeyPath, Step, Table, Value};

/// From so many entries on, a list is written one entry a line.
const LONG_LIST: usize = 6;

/// Reads a text.
pub fn parse(text: &str) -> Result<Value, Vec<SyntaxFault>> {
    canonical::parse(text).map_or_else(|| read(text), Ok)
}

/// Reads any text, as the `toml` crate does.
pub fn read(text: &str) -> Result<Value, Vec<SyntaxFault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Value::Table(table_of(table.into_inner())));
    }
    Err(errors
        .into_iter()
        .map(|error| SyntaxFault {
            message: error.message().lines().next().unwrap_or_default().to_owned(),
            bytes: error.span().unwrap_or(text.len()..text.len()),
        })
        .collect())
}

fn table_of(table: DeTable<'_>) -> Table {
    table
        .into_iter()
        .map(|(key, value)| (key.into_inner().into_owned(), value_of(value.into_inner())))
        .collect()
}

fn value_of(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Integer(integer) => i128::from_str_radix(integer.as_str(), integer.radix())
            .ok()
            .and_then(|number| Decimal::try_from_i128_with_scale(number, 0).ok())
            .map_or_else(|| Value::Text(integer.to_string()), Value::Number),
        DeValue::Float(float) => {
            let exact =
                Decimal::from_str_exact(float.as_str()).or_else(|_| Decimal::from_scientific(float.as_str()));
            exact.map_or_else(|_| Value::Text(float.to_string()), Value::Number)
        }
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) => {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                    .map_or_else(|| Value::Text(datetime.to_string()), Value::Date)
            }
            _ => Value::Text(datetime.to_string()),
        },
        DeValue::Array(array) => {
            Value::List(array.into_iter().map(|value| value_of(value.into_inner())).collect())
        }
        DeValue::Table(table) => Value::Table(table_of(table)),
    }
}

/// Where the values of a text are.
#[derive(Debug)]
pub struct Spans<'t>(Spanned<DeTable<'t>>);

impl<'t> Spans<'t> {
    /// Reads a text, as far as it can be read.
    pub fn of(text: &'t str) -> Self {
        Self(DeTable::parse_recoverable(text).0)
    }

    /// The bytes of the key or value at `path`, or of the nearest table above it.
    pub fn find(&self, path: &KeyPath, part: Part) -> Range<usize> {
        find(self.0.get_ref(), path, part)
    }
}

fn find(document: &DeTable<'_>, path: &KeyPath, part: Part) -> Range<usize> {
    let mut bytes = 0..0;
    let mut table: Option<&DeTable<'_>> = Some(document);
    let mut list: Option<&[Spanned<DeValue<'_>>]> = None;
    for (depth, step) in path.0.iter().enumerate() {
        let is_end = depth + 1 == path.0.len();
        let value = match step {
            Step::Key(key) => {
                let Some((key, value)) = table.and_then(|table| table.get_key_value(key.as_ref())) else {
                    break;
                };
                bytes = if is_end && part == Part::Key { key.span() } else { value.span() };
                value
            }
            Step::Index(index) => {
                let Some(value) = list.and_then(|list| list.get(*index)) else { break };
                bytes = value.span();
                value
            }
        };
        table = value.get_ref().as_table();
        list = value.get_ref().as_array().map(|array| &array[..]);
    }
    bytes
}

/// Writes a new text.
pub fn write(value: &Value) -> String {
    let mut document = DocumentMut::new();
    if let Value::Table(table) = value {
        for (key, value) in table.iter() {
            document.insert(key, item_of(value));
        }
    }
    document.to_string()
}

/// Changes a text from `before` to `after`.
pub fn update(text: &str, before: &Value, after: &Value) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    if let (Value::Table(before), Value::Table(after)) = (before, after) {
        update_table(document.as_table_mut(), before, after);
    }
    Some(document.to_string())
}

fn update_table(table: &mut dyn TableLike, before: &Table, after: &Table) {
    for (key, _) in before.iter().filter(|(key, _)| after.get(key).is_none()) {
        table.remove(key);
    }
    for (key, new) in after.iter() {
        match (before.get(key), table.get_mut(key)) {
            (Some(old), _) if old == new => {}
            (Some(old), Some(item)) => update_item(item, old, new),
            _ => drop(table.insert(key, item_of(new))),
        }
    }
}

fn update_item(item: &mut Item, old: &Value, new: &Value) {
    match (old, new) {
        (Value::Table(old), Value::Table(new)) if item.is_table_like() => {
            if let Some(table) = item.as_table_like_mut() {
                update_table(table, old, new);
            }
            keep_empty(item);
        }
        (Value::List(old), Value::List(new)) if !new.is_empty() && item.is_array_of_tables() => {
            if let Some(array) = item.as_array_of_tables_mut() {
                update_entries(array, old, new);
            }
        }
        _ => {
            let decor = item.as_value().map(|value| value.decor().clone());
            *item = item_of(new);
            if let (Some(value), Some(decor)) = (item.as_value_mut(), decor) {
                *value.decor_mut() = decor;
            }
        }
    }
}

/// A table in which nothing is left needs a line of its own, or it would be gone.
fn keep_empty(item: &mut Item) {
    if let Some(table) = item.as_table_mut().filter(|table| table.is_empty()) {
        table.set_implicit(false);
        table.set_dotted(false);
    }
}

fn update_entries(array: &mut ArrayOfTables, old: &[Value], new: &[Value]) {
    let mut updated = ArrayOfTables::new();
    let mut position = array.get(0).and_then(toml_edit::Table::position);
    for (value, continued) in new.iter().zip(alignment(old, new)) {
        let found = continued.and_then(|index| Some((index, array.get(index)?)));
        let mut table = match found {
            Some((index, found)) => {
                let mut table = found.clone();
                if let (Some(Value::Table(before)), Value::Table(after)) = (old.get(index), value) {
                    update_table(&mut table, before, after);
                }
                table
            }
            None => match item_of(value) {
                Item::Table(table) => table,
                _ => continue,
            },
        };
        // An entry that is new is printed after the one before it and all that is in that one.
        match last_position(&table) {
            Some(last) => position = Some(last),
            None => table.set_position(position),
        }
        updated.push(table);
    }
    *array = updated;
}

/// The place of the last table in a table, itself included.
fn last_position(table: &toml_edit::Table) -> Option<isize> {
    let inner = table.iter().filter_map(|(_, item)| match item {
        Item::Table(table) => last_position(table),
        Item::ArrayOfTables(array) => array.iter().filter_map(last_position).max(),
        _ => None,
    });
    inner.chain(table.position()).max()
}

fn item_of(value: &Value) -> Item {
    match value {
        Value::Table(table) => {
            let mut item = toml_edit::Table::new();
            // `[indicators]` with nothing but `[indicators.2023]` in it needs no line of its own.
            item.set_implicit(
                !table.is_empty() && table.iter().all(|(_, value)| matches!(value, Value::Table(_))),
            );
            for (key, value) in table.iter() {
                item.insert(key, item_of(value));
            }
            Item::Table(item)
        }
        Value::List(list)
            if !list.is_empty() && list.iter().all(|value| matches!(value, Value::Table(_))) =>
        {
            let tables = list.iter().filter_map(|value| item_of(value).into_table().ok());
            let mut array = ArrayOfTables::new();
            for mut table in tables {
                table.set_implicit(false);
                array.push(table);
            }
            Item::ArrayOfTables(array)
        }
        other => Item::Value(plain(other)),
    }
}

fn plain(value: &Value) -> toml_edit::Value {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => number_of(*number),
        Value::Date(date) => toml_edit::Value::Datetime(Formatted::new(toml_edit::Datetime {
            date: Some(toml_edit::Date {
                year: u16::try_from(date.year()).unwrap_or_default(),
                month: u8::try_from(date.month()).unwrap_or_default(),
                day: u8::try_from(date.day()).unwrap_or_default(),
            }),
            time: None,
            offset: None,
        })),
        Value::List(list) => {
            let mut array: Array = list.iter().map(plain).collect();
            if list.len() >= LONG_LIST {
                for value in array.iter_mut() {
                    value.decor_mut().set_prefix("\n    ");
                }
                array.set_trailing("\n");
                array.set_trailing_comma(true);
            }
            array.into()
        }
        Value::Table(table) => {
            toml_edit::Value::InlineTable(table.iter().map(|(key, value)| (key, plain(value))).collect())
        }
    }
}

/// A number with every digit it has: TOML's floats are only text here.
fn number_of(number: Decimal) -> toml_edit::Value {
    let whole =
        Some(number).filter(|number| number.scale() == 0).and_then(|number| i64::try_from(number).ok());
    match whole {
        Some(integer) => integer.into(),
        // An integer has no more than 64 bits; an exponent makes a float of it.
        None if number.scale() == 0 => {
            format!("{number}e0").parse().unwrap_or_else(|_| number.to_string().into())
        }
        None => number.to_string().parse().unwrap_or_else(|_| number.to_string().into()),
    }
}
