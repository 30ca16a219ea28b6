//! References moved from one id to another: what renaming and merging have in common.

use std::collections::BTreeMap;

use super::figure::CellPath;
use super::finding::RecordRef;
use super::kind::Kind;
use super::records::Records;
use super::value::{KeyPath, Step, Value};

/// Every record that names `old`, with `new` in its place; the record itself is left out.
pub fn referring(records: &Records, kind: Kind, old: &str, new: &str) -> Vec<(RecordRef, Value)> {
    let mut places: BTreeMap<RecordRef, Vec<KeyPath>> = BTreeMap::new();
    records.references(&mut |by, path, of, id| {
        if of == kind && id == old && !path.0.is_empty() {
            places.entry(by.clone()).or_default().push(path.clone());
        }
    });
    let moved = |(record, paths): (RecordRef, Vec<KeyPath>)| {
        let mut value = records.get(&record)?;
        for path in &paths {
            replace(&mut value, &path.0, &|word| renamed(kind, word, old, new));
        }
        Some((record, value))
    };
    places.into_iter().filter_map(moved).collect()
}

/// A word with the new id: the old id itself, or a figure that names it.
pub fn renamed(kind: Kind, word: &str, old: &str, new: &str) -> Option<String> {
    if word == old {
        return Some(new.to_owned());
    }
    word.parse::<CellPath>().ok()?.renamed(kind, old, new).map(|path| path.to_string())
}

/// Replaces a reference: a value, or a key.
fn replace(value: &mut Value, path: &[Step], renamed: &dyn Fn(&str) -> Option<String>) {
    match (value, path) {
        (Value::Text(text), []) => *text = renamed(text).unwrap_or_else(|| text.clone()),
        (Value::Table(table), [Step::Key(key), rest @ ..]) => {
            // The value of a field that is called as the id is, or a key that is the id.
            let is_key = rest.is_empty() && !matches!(table.get(key), Some(Value::Text(_)));
            match renamed(key).filter(|_| is_key) {
                Some(new) => table.rename(key, &new),
                None => {
                    if let Some(inner) = table.get_mut(key) {
                        replace(inner, rest, renamed);
                    }
                }
            }
        }
        (Value::List(list), [Step::Index(index), rest @ ..]) => {
            if let Some(inner) = list.get_mut(*index) {
                replace(inner, rest, renamed);
            }
        }
        _ => {}
    }
}
