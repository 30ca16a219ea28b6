//! How typed records are read from and written to plain data.
//!
//! `record!` declares a record once; from that one list of fields come the struct, the reader that reports
//! *every* fault and names the nearest known key, the writer, the parser for a cell or a command-line value,
//! and the walk over all references to other records. `choice!` does the same for a closed list of words.

mod choice;
mod collection;
mod fault;
mod record;
mod scalar;

pub(crate) use choice::{choice, text_scalar};
pub use fault::{
    Fault, Faults, List, MOST, Misread, expected, too_many, unknown_choice, unknown_key, unknown_word,
};
pub use record::Fields;
pub(crate) use record::record;
pub use scalar::{line_without_controls, text_without_controls};

use std::fmt::Display;
use std::str::FromStr;

use super::kind::Kind;
use super::rule;
use super::value::{KeyPath, Value};
use crate::text;

/// What coded values of a cell are looked up in: the ids and names of one store.
pub trait Words {
    /// The id that `text` (an id or a name) stands for, exactly.
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread>;
    /// How enterprises are identified here.
    fn scheme(&self) -> super::code::Scheme;
    /// The fields of one's own that are declared here.
    fn own_fields(&self) -> Option<&super::own_field::OwnFields> {
        None
    }
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

/// A key of a map: an id, a period.
pub trait MapKey: FromStr<Err = Misread> + Display {
    /// What the key refers to, if anything.
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
            [key, ..] => Err(Misread::new(
                &rule::UNKNOWN_KEY,
                text!("`{key}` is below a single value", "“{key}”写在了单个值之下"),
            )),
        }
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        if let Some((kind, id)) = self.refers() {
            visit(path, kind, id);
        }
    }
}
