//! A record as plain data: what every file form (TOML, JSON) is read into and written from.
//!
//! Typed records come out of a [`Value`] and go back into one, so that comparing two states of a record,
//! showing the difference and writing it down is one piece of code for every kind of record.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// One value of a record, without its place in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Any text, coded values and ids included.
    Text(String),
    /// An exact number; the scale is kept as written.
    Number(Decimal),
    /// `true` or `false`.
    Flag(bool),
    /// A whole day.
    Date(NaiveDate),
    /// Values in an order that matters.
    List(Vec<Value>),
    /// Named values.
    Table(Table),
}

impl Value {
    /// What the value is, for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    /// The value of a table under `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Table(table) => table.get(key),
            _ => None,
        }
    }

    /// The entries of the list under `key`; none where there is no list.
    pub fn list(&self, key: &str) -> &[Value] {
        match self.get(key) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    /// Puts an entry in its place in the list under `key`, or behind the last one.
    pub fn set_entry(&mut self, key: &str, index: usize, entry: Value) {
        let Self::Table(table) = self else { return };
        match table.get_mut(key) {
            Some(Self::List(list)) => match list.get_mut(index) {
                Some(old) => *old = entry,
                None => list.push(entry),
            },
            _ => table.insert(key, Self::List(vec![entry])),
        }
    }

    /// The value below `path`, if there is one.
    pub fn at(&self, path: &KeyPath) -> Option<&Value> {
        path.0.iter().try_fold(self, |value, step| match (value, step) {
            (Self::Table(table), Step::Key(key)) => table.get(key),
            (Self::List(list), Step::Index(index)) => list.get(*index),
            _ => None,
        })
    }

    /// Puts `value` below `keys`, making the tables on the way; `None` removes what is there.
    pub fn set(&mut self, keys: &[&str], value: Option<Value>) {
        let Self::Table(table) = self else { return };
        match (keys, value) {
            ([], _) => {}
            ([key], Some(value)) => table.insert(key, value),
            ([key], None) => table.remove(key),
            ([key, rest @ ..], value) => {
                if table.get(key).is_none() {
                    if value.is_none() {
                        return;
                    }
                    table.insert(key, Self::Table(Table::default()));
                }
                if let Some(inner) = table.get_mut(key) {
                    inner.set(rest, value);
                    if matches!(inner, Self::Table(inner) if inner.is_empty()) {
                        table.remove(key);
                    }
                }
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::List(list) => {
                for (index, value) in list.iter().enumerate() {
                    write!(f, "{}{value}", if index > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
            Self::Table(table) => {
                for (index, (key, value)) in table.iter().enumerate() {
                    write!(f, "{}{key} = {value}", if index > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

/// Named values in the order they were written; equal whatever that order.
#[derive(Debug, Clone, Default)]
pub struct Table(Vec<(Cow<'static, str>, Value)>);

impl Table {
    /// The one with nothing in it.
    pub const EMPTY: Self = Self(Vec::new());

    /// The value named `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value named `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Sets `key`, in its old place if it has one.
    pub fn insert(&mut self, key: &str, value: Value) {
        match self.get_mut(key) {
            Some(old) => *old = value,
            None => self.0.push((key.to_owned().into(), value)),
        }
    }

    /// Adds a key that is known to be new: what a parser that refuses duplicates calls.
    pub fn push(&mut self, key: impl Into<Cow<'static, str>>, value: Value) {
        self.0.push((key.into(), value));
    }

    /// Calls what is named `old` `new`, in its old place; what is named so already goes.
    pub fn rename(&mut self, old: &str, new: &str) {
        if old != new {
            self.remove(new);
        }
        if let Some((name, _)) = self.0.iter_mut().find(|(name, _)| name == old) {
            *name = new.to_owned().into();
        }
    }

    /// Removes `key`.
    pub fn remove(&mut self, key: &str) {
        self.0.retain(|(name, _)| name != key);
    }

    /// Takes `key` out; the order of the rest is not kept.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let index = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.swap_remove(index).1)
    }

    /// The name that was added last.
    pub fn last_key(&self) -> Option<&str> {
        self.0.last().map(|(key, _)| &**key)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as they are held.
    pub fn entries(&self) -> &[(Cow<'static, str>, Value)] {
        &self.0
    }

    /// The names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        // Two states of a record nearly always have the same order.
        let is_same =
            |((key, value), (other_key, other)): (&(_, _), &(_, _))| key == other_key && value == other;
        self.0.len() == other.0.len()
            && (self.0.iter().zip(&other.0).all(is_same)
                || self.0.iter().all(|(key, value)| other.get(key) == Some(value)))
    }
}

impl IntoIterator for Table {
    type Item = (Cow<'static, str>, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Into<Cow<'static, str>>> FromIterator<(K, Value)> for Table {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

/// One step down into a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a table.
    Key(Cow<'static, str>),
    /// Into a list, counted from 0.
    Index(usize),
}

/// The way from a record's top to one of its values; printed as `recognitions[2].expires`, counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPath(pub Vec<Step>);

impl KeyPath {
    /// A path of one key.
    pub fn key(key: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Step::Key(key.into())])
    }

    /// This path with one more step.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl KeyPath {
    /// Writes it as it is printed.
    pub fn write(&self, to: &mut impl fmt::Write) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    to.write_str(if position == 0 { "" } else { "." })?;
                    to.write_str(key)?;
                }
                Step::Index(index) => write!(to, "[{}]", index + 1)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}
