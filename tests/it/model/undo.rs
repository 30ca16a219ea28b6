//! What taking a change back leads to, by a plain model: a record is nested values, and one that changed again stays.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::command::World;

/// A record before and after a change.
pub type Sides = [Option<Value>; 2];

/// Takes a change back; gives the values that changed again, which stay.
pub fn take_back<'d>(
    world: &World,
    diff: impl IntoIterator<Item = (&'d String, &'d Sides)>,
) -> (World, Vec<String>) {
    let (mut world, mut again) = (world.clone(), Vec::new());
    for (path, [before, after]) in diff {
        let mut now = keyed(world.remove(path).as_ref());
        back(&keyed(before.as_ref()), &keyed(after.as_ref()), &mut now, true, path, &mut again);
        if let Some(record) = plain(now) {
            world.insert(path.clone(), record);
        }
    }
    (world, again)
}

fn back(before: &Value, after: &Value, now: &mut Value, whole: bool, at: &str, again: &mut Vec<String>) {
    if before == after || now == before {
        return;
    }
    if now == after {
        before.clone_into(now);
        return;
    }
    let sides = [before, after, now];
    let is_within = sides.iter().all(|it| it.is_object() || !whole && it.is_null());
    if !is_within || sides.iter().all(|it| it.is_null()) {
        again.push(at.to_owned());
        return;
    }
    let keys: BTreeSet<String> =
        [before, after].iter().filter_map(|it| it.as_object()).flat_map(Map::keys).cloned().collect();
    for key in keys {
        let mut inner = now[&key].take();
        // An entry of a list comes and goes whole.
        let is_entry = at.ends_with(LIST);
        back(&before[&key], &after[&key], &mut inner, is_entry, &format!("{at}/{key}"), again);
        now[&key] = inner;
    }
    let Some(map) = now.as_object_mut() else { return };
    map.retain(|_, value| !value.is_null());
    if map.is_empty() && !whole {
        *now = Value::Null;
    }
}

/// Behind the name of a list, entries stand by what tells them apart.
const LIST: &str = "[]";
const IDENTITY: [&str; 3] = ["edition", "received", "document"];

fn keyed(record: Option<&Value>) -> Value {
    let Some(record) = record.and_then(Value::as_object) else { return Value::Null };
    let mut keyed = Map::new();
    let mut attendance = Map::new();
    for (key, value) in record {
        match value {
            Value::Array(entries) if entries.iter().all(Value::is_object) => {
                let identity = |entry: &Value| {
                    let named = IDENTITY.iter().find_map(|it| entry[it].as_str());
                    named.map_or_else(|| entry.to_string(), str::to_owned)
                };
                let entries = entries.iter().map(|entry| (identity(entry), entry.clone()));
                keyed.insert(format!("{key}{LIST}"), Value::Object(entries.collect()));
            }
            Value::Array(ids) if key == "excused" || key == "absent" => {
                attendance.extend(ids.iter().map(|id| (id.as_str().unwrap().to_owned(), json!(key))));
            }
            Value::Object(heads) if key == "present" => attendance.extend(heads.clone()),
            _ => _ = keyed.insert(key.clone(), value.clone()),
        }
    }
    if !attendance.is_empty() {
        keyed.insert("attendance".to_owned(), Value::Object(attendance));
    }
    Value::Object(keyed)
}

fn plain(keyed: Value) -> Option<Value> {
    let Value::Object(keyed) = keyed else { return None };
    let mut record = Map::new();
    for (key, value) in keyed {
        let value = sorted(value);
        match value {
            Value::Object(entries) if key.ends_with(LIST) => {
                let list: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
                record.insert(key.trim_end_matches(LIST).to_owned(), Value::Array(list));
            }
            Value::Object(all) if key == "attendance" => {
                for (id, value) in all {
                    match value.as_str() {
                        Some(status) => {
                            let list = record.entry(status).or_insert(json!([]));
                            list.as_array_mut().unwrap().push(json!(id));
                        }
                        None => record.entry("present").or_insert(json!({}))[&id] = value,
                    }
                }
            }
            value => _ = record.insert(key, value),
        }
    }
    record.retain(|_, value| *value != json!([]) && *value != json!({}));
    Some(Value::Object(record))
}

fn sorted(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let map: BTreeMap<String, Value> = map.into_iter().collect();
    Value::Object(map.into_iter().collect())
}

/// The same whatever the order of what stands in lists.
pub fn in_any_order(world: &World) -> World {
    let order = |record: &Value| plain(keyed(Some(record))).unwrap();
    world.iter().map(|(path, record)| (path.clone(), order(record))).collect()
}
