//! Values that may be missing, lists and maps.

use std::collections::BTreeMap;
use std::hash::Hash;

use indexmap::IndexMap;

use super::{Faults, MapKey, Misread, Shape, Visit, Words, expected};
use crate::model::json;
use crate::model::rule;
use crate::model::separated;
use crate::model::value::{KeyPath, Step, Table, Value};
use crate::text;

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
        // A way that goes on means one field of an item, not the list.
        if !path.is_empty() {
            return T::parse(path, text, words);
        }
        if let Some(list) = whole::<Self>(text, '[') {
            return list;
        }
        if let Ok(whole) = T::parse(path, text, words) {
            return Ok(Value::List(vec![whole]));
        }
        let parts = separated::words(text).map(|part| T::parse(path, part, words));
        parts.collect::<Result<_, _>>().map(Value::List)
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        for (index, value) in self.iter().enumerate() {
            path.0.push(Step::Index(index));
            value.references(path, visit);
            path.0.pop();
        }
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
                    [] => whole::<Self>(text, '{').unwrap_or_else(|| Err(several_values())),
                    [key, rest @ ..] => {
                        if let Some((kind, id)) = K::from_str(key)?.refers() {
                            words.find(kind, id)?;
                        }
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

/// A whole list or map as JSON, which begins with `open`; none if the text is no JSON.
fn whole<T: Shape>(text: &str, open: char) -> Option<Result<Value, Misread>> {
    let value = json::parse(Some(text.trim()).filter(|text| text.starts_with(open))?)?;
    let empty = if open == '[' { Value::List(Vec::new()) } else { Value::Table(Table::default()) };
    let mut faults = Faults::default();
    let read = T::read(value, &mut faults);
    Some(match faults.into_found().into_iter().next() {
        Some(fault) => Err(fault.misread),
        None => Ok(read.and_then(|read| read.write()).unwrap_or(empty)),
    })
}

fn several_values() -> Misread {
    Misread::new(&rule::UNKNOWN_KEY, text!("this holds several values", "该字段有多个值")).help(text!(
        "name one of them: `FIELD.KEY=VALUE`, or give all as JSON",
        "请写明其中一个：字段.键=值，或以 JSON 给出全部"
    ))
}
