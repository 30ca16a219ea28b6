//! How typed records are read from and written to plain data.
//!
//! [`record!`] declares a record once; from that one list of fields come the struct, the reader that reports
//! *every* fault and names the nearest known key, the writer, the parser for a cell or a command-line value,
//! and the walk over all references to other records.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::finding::Part;
use super::kind::Kind;
use super::nearest::did_you_mean;
use super::rule::{self, Rule};
use super::value::{KeyPath, Step, Table, Value};

/// Why one value could not be read; the place is known to the caller.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}{}", help.as_ref().map(|help| format!(": {help}")).unwrap_or_default())]
pub struct Misread {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// What was found and what was expected.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Misread {
    /// A misread without advice.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), help: None }
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a way out, if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }
}

/// A fault found while reading one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub misread: Misread,
    /// Where in the record, and other places that belong to it.
    pub paths: Vec<KeyPath>,
    /// Whether the key or the value is meant.
    pub part: Part,
}

/// Collects faults and knows where in the record the reader is.
#[derive(Debug, Default)]
pub struct Faults {
    path: KeyPath,
    found: Vec<Fault>,
}

impl Faults {
    /// Everything found.
    pub fn into_found(self) -> Vec<Fault> {
        self.found
    }

    /// Runs `read` one step further down.
    pub fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(step);
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// Reports a fault of the value here.
    pub fn report(&mut self, misread: Misread) {
        self.found.push(Fault { misread, paths: vec![self.path.clone()], part: Part::Value });
    }

    /// Reports a fault of the key here.
    fn report_key(&mut self, misread: Misread) {
        self.found.push(Fault { misread, paths: vec![self.path.clone()], part: Part::Key });
    }

    /// Reports a disagreement between several fields below this place.
    pub fn report_fields(&mut self, misread: Misread, fields: &[&'static str]) {
        let paths = fields.iter().map(|field| self.path.then(Step::Key((*field).into()))).collect();
        self.found.push(Fault { misread, paths, part: Part::Value });
    }

    /// Reports a disagreement between places below this one.
    pub fn report_paths(&mut self, misread: Misread, below: Vec<KeyPath>) {
        let paths = below
            .into_iter()
            .map(|path| KeyPath(self.path.0.iter().cloned().chain(path.0).collect()))
            .collect();
        self.found.push(Fault { misread, paths, part: Part::Value });
    }
}

/// What coded values of a cell are looked up in: the ids and names of one store.
pub trait Words {
    /// The id that `text` (an id or a name) stands for, exactly.
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread>;
    /// How enterprises are identified here.
    fn scheme(&self) -> super::code::Scheme;
}

/// Anything a record can hold.
pub trait Shape: Sized {
    /// Reads it, reporting every fault; `None` once one is reported.
    fn read(value: Value, faults: &mut Faults) -> Option<Self>;
    /// Its plain data; `None` for what is written as an absent key.
    fn write(&self) -> Option<Value>;
    /// What an absent key stands for; `None` if the key must be there.
    fn absent() -> Option<Self> {
        None
    }
    /// Reads the text of a cell or a command line for the value below `path`.
    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread>;
    /// Visits every reference to something that has an id of its own.
    fn references(&self, path: &mut KeyPath, visit: Visit<'_>);
}

/// Called with the place, the kind and the id of each reference.
pub type Visit<'v> = &'v mut dyn FnMut(&KeyPath, Kind, &str);

/// A single value: text in a cell, one value in a file.
pub trait Scalar: Sized {
    /// Reads one value of a file.
    fn from_value(value: Value) -> Result<Self, Misread>;
    /// Writes it.
    fn to_value(&self) -> Value;
    /// Reads the text of a cell.
    fn from_cell(text: &str, words: &dyn Words) -> Result<Self, Misread>;
    /// What it refers to, if anything.
    fn refers(&self) -> Option<(Kind, &str)> {
        None
    }
}

impl<T: Scalar> Shape for T {
    fn read(value: Value, faults: &mut Faults) -> Option<Self> {
        T::from_value(value).map_err(|misread| faults.report(misread)).ok()
    }

    fn write(&self) -> Option<Value> {
        Some(self.to_value())
    }

    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
        match path {
            [] => T::from_cell(text, words).map(|value| value.to_value()),
            [key, ..] => Err(Misread::new(&rule::UNKNOWN_KEY, format!("`{key}` is below a single value"))),
        }
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        if let Some((kind, id)) = self.refers() {
            visit(path, kind, id);
        }
    }
}

impl<T: Shape> Shape for Option<T> {
    fn read(value: Value, faults: &mut Faults) -> Option<Self> {
        T::read(value, faults).map(Some)
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().and_then(T::write)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
        T::parse(path, text, words)
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        if let Some(value) = self {
            value.references(path, visit);
        }
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read(value: Value, faults: &mut Faults) -> Option<Self> {
        let Value::List(list) = value else {
            faults.report(expected("a list", &value));
            return None;
        };
        let read: Vec<Option<T>> = list
            .into_iter()
            .enumerate()
            .map(|(index, value)| faults.within(Step::Index(index), |faults| T::read(value, faults)))
            .collect();
        read.into_iter().collect()
    }

    fn write(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.iter().filter_map(T::write).collect()))
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
        text.split([',', ';', '、', '，', '；'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| T::parse(path, part, words))
            .collect::<Result<_, _>>()
            .map(Value::List)
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        for (index, value) in self.iter().enumerate() {
            path.0.push(Step::Index(index));
            value.references(path, visit);
            path.0.pop();
        }
    }
}

/// A key of a map: an id, a period.
pub trait MapKey: FromStr<Err = Misread> + Display {
    /// What the key refers to, if anything.
    fn refers(&self) -> Option<(Kind, &str)> {
        None
    }
}

/// The reading, writing and walking that ordered and insertion-ordered maps share.
macro_rules! map_shape {
    ($Map:ident, $($bound:ident),+) => {
        impl<K: MapKey $(+ $bound)+, V: Shape> Shape for $Map<K, V> {
            fn read(value: Value, faults: &mut Faults) -> Option<Self> {
                let Value::Table(table) = value else {
                    faults.report(expected("a table", &value));
                    return None;
                };
                let mut whole = true;
                let mut map = Self::new();
                for (name, value) in table {
                    let key = K::from_str(&name);
                    faults.within(Step::Key(name.into()), |faults| match key {
                        Err(misread) => {
                            faults.report_key(misread);
                            whole = false;
                        }
                        Ok(key) => match V::read(value, faults) {
                            Some(value) => drop(map.insert(key, value)),
                            None => whole = false,
                        },
                    });
                }
                whole.then_some(map)
            }

            fn write(&self) -> Option<Value> {
                let table: Table =
                    self.iter().filter_map(|(key, value)| Some((key.to_string(), value.write()?))).collect();
                (!table.is_empty()).then_some(Value::Table(table))
            }

            fn absent() -> Option<Self> {
                Some(Self::new())
            }

            fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
                match path {
                    [] => Err(several_values()),
                    [key, rest @ ..] => {
                        K::from_str(key)?;
                        V::parse(rest, text, words)
                    }
                }
            }

            fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
                for (key, value) in self {
                    path.0.push(Step::Key(key.to_string().into()));
                    if let Some((kind, id)) = key.refers() {
                        visit(path, kind, id);
                    }
                    value.references(path, visit);
                    path.0.pop();
                }
            }
        }
    };
}

map_shape!(BTreeMap, Ord);
map_shape!(IndexMap, Hash, Eq);

impl Scalar for String {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) if text.trim().is_empty() => Err(blank()),
            Value::Text(text) => Ok(text),
            other => Err(expected("text", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        if text.trim().is_empty() { Err(blank()) } else { Ok(text.trim().to_owned()) }
    }
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
            _ => Err(Misread::new(&rule::WRONG_TYPE, format!("`{text}` is not true or false"))),
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
        whole(super::amount::parse_number(text)?)
    }
}

fn whole(number: Decimal) -> Result<u32, Misread> {
    Some(number)
        .filter(Decimal::is_integer)
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| Misread::new(&rule::WRONG_TYPE, format!("`{number}` is not a whole number from 0 on")))
}

fn blank() -> Misread {
    Misread::new(&rule::WRONG_TYPE, "the text is empty").help("leave the key out where the value is missing")
}

fn several_values() -> Misread {
    Misread::new(&rule::UNKNOWN_KEY, "this holds several values").help("name one of them: `FIELD.KEY=VALUE`")
}

/// The fault of a value of the wrong type.
pub fn expected(what: &str, found: &Value) -> Misread {
    Misread::new(&rule::WRONG_TYPE, format!("expected {what}, found {}", found.describe()))
}

/// The fault of a key nobody knows.
pub fn unknown_key(key: &str, known: &[&str]) -> Misread {
    Misread::new(&rule::UNKNOWN_KEY, format!("`{key}` is not a known key")).help(
        did_you_mean(key, known.iter().copied()).unwrap_or_else(|| format!("known are {}", List(known))),
    )
}

/// Prints "`a`, `b` or `c`".
pub struct List<'l>(pub &'l [&'l str]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}`{item}`")?;
        }
        Ok(())
    }
}

/// The fields of one table while they are being read.
pub struct Fields(Table);

impl Fields {
    /// Opens a table.
    pub fn open(value: Value, faults: &mut Faults) -> Option<Self> {
        match value {
            Value::Table(table) => Some(Self(table)),
            other => {
                faults.report(expected("a table", &other));
                None
            }
        }
    }

    /// Reads one field, by its key.
    pub fn take<T: Shape>(&mut self, key: &'static str, faults: &mut Faults) -> Option<T> {
        match self.0.take(key) {
            Some(value) => faults.within(Step::Key(key.into()), |faults| T::read(value, faults)),
            None => T::absent().or_else(|| {
                faults.report(
                    Misread::new(&rule::MISSING_KEY, format!("`{key}` is missing"))
                        .help(format!("add `{key} = …`")),
                );
                None
            }),
        }
    }

    /// Reports what nobody asked for.
    pub fn close(self, known: &[&str], faults: &mut Faults) {
        for (key, _) in self.0 {
            let misread = unknown_key(&key, known);
            faults.within(Step::Key(key.into()), |faults| faults.report_key(misread));
        }
    }
}

/// Declares a record: its struct and its [`Shape`], from one list of fields. A `verify` function, if given,
/// sees the finished record and reports fields that disagree.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident { $( $(#[$field_meta:meta])* pub $field:ident : $Type:ty ),* $(,)? }
        $( verify $verify:path )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Name { $( $(#[$field_meta])* pub $field: $Type ),* }

        impl $Name {
            /// The keys it may have, in the order they are written.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl $crate::model::shape::Shape for $Name {
            fn read(
                value: $crate::model::value::Value,
                faults: &mut $crate::model::shape::Faults,
            ) -> Option<Self> {
                let mut fields = $crate::model::shape::Fields::open(value, faults)?;
                $( let $field = fields.take::<$Type>(stringify!($field), faults); )*
                fields.close(Self::KEYS, faults);
                let record = Self { $( $field: $field? ),* };
                $( $verify(&record, faults); )?
                Some(record)
            }

            fn write(&self) -> Option<$crate::model::value::Value> {
                let mut table = $crate::model::value::Table::default();
                $( if let Some(value) = self.$field.write() {
                    table.push(stringify!($field).to_owned(), value);
                } )*
                Some($crate::model::value::Value::Table(table))
            }

            fn parse(
                path: &[&str],
                text: &str,
                words: &dyn $crate::model::shape::Words,
            ) -> Result<$crate::model::value::Value, $crate::model::shape::Misread> {
                match path {
                    $( [stringify!($field), rest @ ..] => {
                        <$Type as $crate::model::shape::Shape>::parse(rest, text, words)
                    } )*
                    [key, ..] => Err($crate::model::shape::unknown_key(key, Self::KEYS)),
                    [] => Err($crate::model::shape::unknown_key("", Self::KEYS)),
                }
            }

            fn references(
                &self,
                path: &mut $crate::model::value::KeyPath,
                visit: $crate::model::shape::Visit<'_>,
            ) {
                $(
                    path.0.push($crate::model::value::Step::Key(stringify!($field).into()));
                    self.$field.references(path, visit);
                    path.0.pop();
                )*
            }
        }
    };
}
pub(crate) use record;

/// Declares a closed list of words with their ids and labels.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident { $( $(#[$variant_meta:meta])* $Variant:ident = $id:literal, $en:literal, $zh:literal; )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $( $(#[$variant_meta])* $Variant ),+ }

        impl $Name {
            /// Every word of the list.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The id: what files and json hold.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$Variant => $id ),+ }
            }

            /// The label people read.
            pub const fn label(self, lang: $crate::model::lang::Lang) -> &'static str {
                match (self, lang) { $(
                    (Self::$Variant, $crate::model::lang::Lang::En) => $en,
                    (Self::$Variant, $crate::model::lang::Lang::Zh) => $zh,
                )+ }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.id())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = $crate::model::shape::Misread;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| text == word.id()).ok_or_else(|| {
                    let ids: Vec<_> = Self::ALL.iter().map(|word| word.id()).collect();
                    $crate::model::shape::unknown_choice(text, &ids)
                })
            }
        }

        impl $crate::model::shape::Scalar for $Name {
            fn from_value(value: $crate::model::value::Value) -> Result<Self, $crate::model::shape::Misread> {
                match value {
                    $crate::model::value::Value::Text(text) => text.parse(),
                    other => Err($crate::model::shape::expected("text", &other)),
                }
            }

            fn to_value(&self) -> $crate::model::value::Value {
                $crate::model::value::Value::Text(self.id().to_owned())
            }

            fn from_cell(
                text: &str,
                _: &dyn $crate::model::shape::Words,
            ) -> Result<Self, $crate::model::shape::Misread> {
                let labelled = Self::ALL.iter().copied().find(|word| {
                    [$crate::model::lang::Lang::En, $crate::model::lang::Lang::Zh]
                        .iter()
                        .any(|lang| word.label(*lang).eq_ignore_ascii_case(text))
                });
                labelled.map_or_else(|| text.parse(), Ok)
            }
        }
    };
}
pub(crate) use choice;

/// The fault of a word that a closed list does not have.
pub fn unknown_choice(text: &str, known: &[&str]) -> Misread {
    Misread::new(&rule::UNKNOWN_WORD, format!("`{text}` is not one of {}", List(known)))
        .help_if(did_you_mean(text, known.iter().copied()))
}

/// A [`Scalar`] for a type that is read from text and written as text.
macro_rules! text_scalar {
    ($Type:ty) => {
        impl $crate::model::shape::Scalar for $Type {
            fn from_value(value: $crate::model::value::Value) -> Result<Self, $crate::model::shape::Misread> {
                match value {
                    $crate::model::value::Value::Text(text) => text.parse(),
                    other => Err($crate::model::shape::expected("text", &other)),
                }
            }

            fn to_value(&self) -> $crate::model::value::Value {
                $crate::model::value::Value::Text(self.to_string())
            }

            fn from_cell(
                text: &str,
                _: &dyn $crate::model::shape::Words,
            ) -> Result<Self, $crate::model::shape::Misread> {
                text.parse()
            }
        }
    };
}
pub(crate) use text_scalar;
