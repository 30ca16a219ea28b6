//! References moved from one id to another: what renaming and merging have in common.

use std::collections::BTreeMap;

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
            replace(&mut value, &path.0, old, new);
        }
        Some((record, value))
    };
    places.into_iter().filter_map(moved).collect()
}

/// Replaces a reference: a value that is the id, or a key that is.
fn replace(value: &mut Value, path: &[Step], old: &str, new: &str) {
    match (value, path) {
        (Value::Text(text), []) if text == old => new.clone_into(text),
        (Value::Table(table), [Step::Key(key)]) if key == old => table.rename(key, new),
        (Value::Table(table), [Step::Key(key), rest @ ..]) => {
            if let Some(inner) = table.get_mut(key) {
                replace(inner, rest, old, new);
            }
        }
        (Value::List(list), [Step::Index(index), rest @ ..]) => {
            if let Some(inner) = list.get_mut(*index) {
                replace(inner, rest, old, new);
            }
        }
        _ => {}
    }
}
