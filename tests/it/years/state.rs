//! All records of a store in one plain form, read from the store or put together from what books bring: an enterprise
//! stands under its code, else its name, with its persons and its own fields beside the rest.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::{Map, Value, json};

use crate::sandbox::Sandbox;

type Record = Map<String, Value>;

const PERSONAL: [&str; 5] = ["legal_representative", "contact", "post", "phone", "email"];
const OWN: [&str; 6] =
    ["registered_capital", "recommended_by", "speaker", "issued_by", "handed_to", "handling"];
const ENTRIES: [&str; 6] = ["candidacies", "memberships", "recognitions", "platforms", "projects", "needs"];

/// All records.
#[derive(Default)]
pub struct State {
    industries: Vec<String>,
    enterprises: BTreeMap<String, Record>,
    activities: Vec<Record>,
}

impl State {
    /// Reads all records of the store.
    pub fn read(sandbox: &Sandbox) -> Self {
        let names: BTreeMap<String, String> =
            records(sandbox, "industry").into_iter().map(|it| (text(&it["id"]), text(&it["name"]))).collect();
        let mut state = Self { industries: names.values().cloned().collect(), ..Self::default() };
        let mut keys = BTreeMap::new();
        for mut record in records(sandbox, "enterprise") {
            let id = text(&record.remove("id").unwrap());
            let key = text(&record.remove("code").unwrap_or_else(|| record["name"].clone()));
            if let Some(industry) = record.get_mut("industry") {
                *industry = names[industry.as_str().unwrap()].as_str().into();
            }
            record.extend(contact(sandbox, &id));
            keys.insert(id, key.clone());
            state.enterprises.insert(key, record);
        }
        for mut record in records(sandbox, "activity") {
            record.remove("id");
            if let Some(present) = record.get_mut("present") {
                let heads =
                    present.as_object().unwrap().iter().map(|(id, heads)| (keys[id].clone(), heads.clone()));
                *present = heads.collect::<Record>().into();
            }
            for list in ["excused", "absent"] {
                for id in record.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                    *id = keys[id.as_str().unwrap()].as_str().into();
                }
            }
            state.activities.push(record);
        }
        state
    }

    /// Adds what a book brings.
    pub fn add(&mut self, brings: &Value) {
        for name in brings["industries"].as_array().into_iter().flatten() {
            self.industries.push(text(name));
        }
        for (key, new) in brings["enterprises"].as_object().into_iter().flatten() {
            let old = self.enterprises.entry(key.clone()).or_default();
            for (field, value) in new.as_object().unwrap() {
                add_field(old, field, value);
            }
        }
        for new in brings["activities"].as_array().into_iter().flatten() {
            let new = new.as_object().unwrap();
            let same = |it: &&mut Record| it["title"] == new["title"] && it["date"] == new["date"];
            match self.activities.iter_mut().find(same) {
                Some(old) => old.extend(new.clone()),
                None => self.activities.push(new.clone()),
            }
        }
    }

    /// The lines that only one of two has, as a person reads a diff.
    pub fn difference(&self, expected: &Self) -> String {
        let posts = expected.enterprises.values().any(|it| it.contains_key("post"));
        let (found, wanted) = (self.lines(posts), expected.lines(posts));
        let mut out = String::new();
        for line in found.iter().filter(|line| !wanted.contains(line)) {
            writeln!(out, "  + {line}").unwrap();
        }
        for line in wanted.iter().filter(|line| !found.contains(line)) {
            writeln!(out, "  - {line}").unwrap();
        }
        out
    }

    /// A line a field, an entry and an activity. Posts count where the year speaks of them.
    fn lines(&self, posts: bool) -> Vec<String> {
        let mut lines: Vec<String> = self.industries.iter().map(|name| format!("industry {name}")).collect();
        for (key, record) in &self.enterprises {
            lines.push(format!("enterprise {key}"));
            for (field, value) in flat(record) {
                match value {
                    Value::Array(entries) => {
                        lines.extend(entries.iter().map(|it| format!("{key} {field} {}", plain(it))));
                    }
                    Value::Object(periods) => {
                        lines.extend(
                            periods.iter().map(|(it, value)| format!("{key} {field} {it} {}", plain(value))),
                        );
                    }
                    _ if field == "post" && !posts => {}
                    value => lines.push(format!("{key} {field} {}", plain(&value))),
                }
            }
        }
        lines
            .extend(self.activities.iter().map(|it| format!("activity {}", plain(&Value::from(it.clone())))));
        lines.sort();
        lines
    }

    /// Writes all records anew, by hand.
    pub fn write(&self, sandbox: &Sandbox) {
        for folder in ["industries", "enterprises", "contacts", "activities"] {
            drop(fs::remove_dir_all(sandbox.path("data").join(folder)));
        }
        let put =
            |path: String, record: Value| sandbox.write(&format!("data/{path}.json"), record.to_string());
        for (index, name) in self.industries.iter().enumerate() {
            put(format!("industries/i{index}"), json!({ "name": name }));
        }
        let ids: BTreeMap<&String, String> =
            self.enterprises.keys().enumerate().map(|(index, key)| (key, id_of(key, index))).collect();
        for (key, record) in &self.enterprises {
            let mut record = nested(record);
            let persons: Record = PERSONAL.iter().filter_map(|key| record.remove_entry(*key)).collect();
            if key.is_ascii() {
                record.insert("code".to_owned(), key.as_str().into());
            }
            if let Some(industry) = record.get_mut("industry") {
                let index = self.industries.iter().position(|name| industry == name).unwrap();
                *industry = format!("i{index}").into();
            }
            put(format!("enterprises/{}", ids[key]), record.into());
            if !persons.is_empty() {
                put(format!("contacts/{}", ids[key]), persons.into());
            }
        }
        for (index, record) in self.activities.iter().enumerate() {
            let mut record = nested(record);
            let id = |key: &String| ids[key].clone();
            if let Some(present) = record.get("present").and_then(Value::as_object) {
                let present: Record = present.iter().map(|(key, heads)| (id(key), heads.clone())).collect();
                record.insert("present".to_owned(), present.into());
            }
            for list in ["excused", "absent"] {
                for key in record.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                    *key = id(&text(key)).into();
                }
            }
            put(format!("activities/a{index}"), record.into());
        }
    }
}

fn id_of(key: &str, index: usize) -> String {
    if key.is_ascii() { key.to_owned() } else { format!("e{index}") }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn records(sandbox: &Sandbox, kind: &str) -> Vec<Record> {
    let Value::Array(list) = sandbox.json(&format!("kunpeng {kind} list --format json")) else {
        panic!("no list")
    };
    list.into_iter().map(|it| it.as_object().unwrap().clone()).collect()
}

/// The persons of an enterprise: no command shows them unmasked, so their file is read.
fn contact(sandbox: &Sandbox, id: &str) -> Record {
    let path = sandbox.path("data/contacts").join(id);
    if let Ok(text) = fs::read_to_string(path.with_added_extension("toml")) {
        let document: toml_edit::DocumentMut = text.parse().unwrap();
        let persons = document.iter().filter(|(key, _)| PERSONAL.contains(key));
        return persons.map(|(key, value)| (key.to_owned(), value.as_str().into())).collect();
    }
    fs::read(path.with_added_extension("json"))
        .map_or_else(|_| Record::new(), |it| serde_json::from_slice(&it).unwrap())
}

/// A field of a book's record onto the record as it stands: entries of one edition and figures of one period join.
fn add_field(old: &mut Record, field: &str, value: &Value) {
    match (field, value) {
        ("candidacies" | "memberships", Value::Array(entries)) => {
            let list = old.entry(field).or_insert_with(|| json!([])).as_array_mut().unwrap();
            for entry in entries {
                match list.iter_mut().find(|it| it["edition"] == entry["edition"]) {
                    Some(same) => same.as_object_mut().unwrap().extend(entry.as_object().unwrap().clone()),
                    None => list.push(entry.clone()),
                }
            }
        }
        (_, Value::Array(entries)) => {
            let list = old.entry(field).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().extend(entries.iter().cloned());
        }
        ("indicators", Value::Object(periods)) => {
            let all = old.entry(field).or_insert_with(|| json!({})).as_object_mut().unwrap();
            for (period, figures) in periods {
                let one = all.entry(period).or_insert_with(|| json!({})).as_object_mut().unwrap();
                one.extend(figures.as_object().unwrap().clone());
            }
        }
        _ => drop(old.insert(field.to_owned(), value.clone())),
    }
}

/// A record with what stands under `more` beside the rest, its fields in order and empty lists left out.
fn flat(record: &Record) -> BTreeMap<&str, Value> {
    let mut out = BTreeMap::new();
    for (key, value) in record {
        if let ("more", Value::Object(more)) = (key.as_str(), value) {
            out.extend(more.iter().map(|(key, value)| (key.as_str(), value.clone())));
        } else if value != &json!([]) && value != &json!({}) {
            out.insert(key.as_str(), value.clone());
        }
    }
    out
}

/// A value as a text that is the same for the same value: keys and lists of words in order, `12.50` as `12.5`.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(record) => {
            let fields = flat(record).into_iter().map(|(key, value)| format!("{key}: {}", plain(&value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => {
            let mut list: Vec<String> = list.iter().map(plain).collect();
            list.sort();
            format!("[{}]", list.join(", "))
        }
        Value::Number(number) => {
            number.to_string().parse::<rust_decimal::Decimal>().unwrap().normalize().to_string()
        }
        value => value.to_string(),
    }
}

/// A record as it is stored: own fields under `more`, its own and those of its entries.
fn nested(record: &Record) -> Record {
    let mut out = Record::new();
    let mut more = Record::new();
    for (key, value) in record {
        if OWN.contains(&key.as_str()) {
            more.insert(key.clone(), value.clone());
        } else if let (true, Value::Array(entries)) = (ENTRIES.contains(&key.as_str()), value) {
            let entries: Vec<Value> =
                entries.iter().map(|it| nested(it.as_object().unwrap()).into()).collect();
            out.insert(key.clone(), entries.into());
        } else {
            out.insert(key.clone(), value.clone());
        }
    }
    if !more.is_empty() {
        out.insert("more".to_owned(), more.into());
    }
    out
}
