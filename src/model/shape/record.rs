//! Records: tables with known fields.

use super::{Faults, Misread, Shape, unknown_key};
use crate::model::label::FieldName;
use crate::model::rule;
use crate::model::value::{Step, Table, Value};
use crate::text;

/// The fields of one table while they are being read.
pub struct Fields(Table);

impl Fields {
    /// Opens a table.
    pub fn open(value: Value, faults: &mut Faults) -> Option<Self> {
        match value {
            Value::Table(table) => Some(Self(table)),
            other => {
                faults.report(super::expected("a table", &other));
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
                    Misread::new(
                        &rule::MISSING_KEY,
                        text!("`{key}` is missing", "缺少{key}", key = FieldName::new(key)),
                    )
                    .help(text!("add `{key} = …`", "请补上 {key} = …")),
                );
                None
            }),
        }
    }

    /// Reports what nobody asked for.
    pub fn close(self, known: &[&str], faults: &mut Faults) {
        for (key, _) in self.0 {
            // What is not listed needs no suggestion.
            let known = if faults.is_full() { &[] } else { known };
            let misread = unknown_key(&key, known);
            faults.within(Step::Key(key), |faults| faults.report_key(misread));
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
                    table.push(stringify!($field), value);
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
