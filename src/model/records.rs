//! A whole store in memory.

use std::collections::{BTreeMap, BTreeSet};

use super::activity::Activity;
use super::contact::Contact;
use super::edition::Edition;
use super::enterprise::Enterprise;
use super::finding::{Finding, RecordRef};
use super::id::{ActivityId, EditionId, EnterpriseId, IndustryId, RulesetId};
use super::industry::Industry;
use super::kind::Kind;
use super::lang::Lang;
use super::programme::Programme;
use super::ruleset::Ruleset;
use super::shape::{Fault, Faults, Shape, Visit};
use super::text::Text;
use super::value::{KeyPath, Value};
use super::word::label;

/// Every record of a store, each kind in the order of its ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// The programme.
    pub programme: Programme,
    /// Its industries.
    pub industries: BTreeMap<IndustryId, Industry>,
    /// Its editions.
    pub editions: BTreeMap<EditionId, Edition>,
    /// Its enterprises.
    pub enterprises: BTreeMap<EnterpriseId, Box<Enterprise>>,
    /// Its activities.
    pub activities: BTreeMap<ActivityId, Activity>,
    /// Personal data, by enterprise.
    pub contacts: BTreeMap<EnterpriseId, Contact>,
    /// Its rule sets.
    pub rulesets: BTreeMap<RulesetId, Ruleset>,
    /// Records that are there but could not be read: references to them are not faults of their own.
    pub broken: BTreeSet<RecordRef>,
}

/// Runs `$body` with `$map` bound to the collection of `$kind`, or gives `$none` for kinds without files.
macro_rules! collection {
    (ref $records:ident, $($rest:tt)*) => { collection!([&] $records, $($rest)*) };
    (mut $records:ident, $($rest:tt)*) => { collection!([&mut] $records, $($rest)*) };
    ([$($borrow:tt)+] $records:ident, $kind:expr, $map:ident => $body:expr, $none:expr $(,)?) => {
        match $kind {
            Kind::Industry => {
                let $map = $($borrow)+ $records.industries;
                $body
            }
            Kind::Edition => {
                let $map = $($borrow)+ $records.editions;
                $body
            }
            Kind::Enterprise => {
                let $map = $($borrow)+ $records.enterprises;
                $body
            }
            Kind::Activity => {
                let $map = $($borrow)+ $records.activities;
                $body
            }
            Kind::Contact => {
                let $map = $($borrow)+ $records.contacts;
                $body
            }
            Kind::Ruleset => {
                let $map = $($borrow)+ $records.rulesets;
                $body
            }
            _ => $none,
        }
    };
}

impl Records {
    /// A store that has only its programme.
    pub fn new(programme: Programme) -> Self {
        Self {
            programme,
            industries: BTreeMap::new(),
            editions: BTreeMap::new(),
            enterprises: BTreeMap::new(),
            activities: BTreeMap::new(),
            contacts: BTreeMap::new(),
            rulesets: BTreeMap::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Whether a record or word with that id exists, readable or not.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        collection!(
            ref self, kind,
            map => map.contains_key(id) || self.broken.contains(&RecordRef::new(kind, id)),
            self.programme.has_word(kind, id)
        )
    }

    /// The ids of a kind, in order: numbers as numbers; words as the programme lists them.
    pub fn ids(&self, kind: Kind) -> Vec<&str> {
        collection!(
            ref self, kind,
            map => {
                let mut ids: Vec<&str> = map.keys().map(super::id::Id::as_str).collect();
                ids.sort_by(|a, b| super::id::by_number(a, b));
                ids
            },
            self.programme.words(kind).into_iter().map(|word| word.id).collect()
        )
    }

    /// A record as plain data.
    pub fn get(&self, record: &RecordRef) -> Option<Value> {
        if record.kind == Kind::Programme {
            return self.programme.write();
        }
        collection!(ref self, record.kind, map => map.get(record.id.as_str()).and_then(Shape::write), None)
    }

    /// Reads a record from plain data and puts it in the place of the old one; every fault is reported and
    /// nothing is replaced if there is one.
    pub fn put(&mut self, record: &RecordRef, value: Value) -> Result<(), Vec<Finding>> {
        let mut faults = Faults::default();
        if record.kind == Kind::Programme {
            if let Some(programme) = Programme::read(value, &mut faults) {
                self.programme = programme;
            }
        } else {
            collection!(mut self, record.kind, map => {
                let id = record.id.parse().map_err(|misread| faults.report(misread)).ok();
                if let (Some(id), Some(read)) = (id, Shape::read(value, &mut faults)) {
                    map.insert(id, read);
                }
            }, ());
        }
        let found: Vec<Fault> = faults.into_found();
        if found.is_empty() {
            Ok(())
        } else {
            Err(found.into_iter().map(|fault| Finding::in_record(record, fault)).collect())
        }
    }

    /// Takes a record away.
    pub fn remove(&mut self, record: &RecordRef) {
        collection!(mut self, record.kind, map => drop(map.remove(record.id.as_str())), ());
    }

    /// Every reference of every record, with the record it stands in.
    pub fn references(&self, visit: &mut dyn FnMut(&RecordRef, &KeyPath, Kind, &str)) {
        fn walk(
            record: &RecordRef,
            shape: &impl Shape,
            visit: &mut dyn FnMut(&RecordRef, &KeyPath, Kind, &str),
        ) {
            let each: Visit<'_> = &mut |path, kind, id| visit(record, path, kind, id);
            shape.references(&mut KeyPath::default(), each);
        }
        walk(&RecordRef::programme(), &self.programme, visit);
        for kind in Kind::FOLDERS {
            collection!(ref self, kind, map => {
                for (id, shape) in map {
                    walk(&RecordRef::new(*kind, id), shape, visit);
                }
            }, ());
        }
        for id in self.contacts.keys() {
            visit(&RecordRef::new(Kind::Contact, id), &KeyPath::default(), Kind::Enterprise, id.as_str());
        }
    }

    /// A metric in a message: its id in English, its name in Chinese.
    pub fn metric(&self, id: &str) -> Text {
        Text::new(id, self.label(Kind::Metric, id, Lang::Zh))
    }

    /// The name of a record or word in a language; its id where it has no name.
    pub fn label(&self, kind: Kind, id: &str, lang: Lang) -> String {
        let found = match kind {
            Kind::Industry => self.industries.get(id).map(|it| label(&it.name, it.name_en.as_ref(), lang)),
            Kind::Edition => self.editions.get(id).map(|it| label(&it.name, it.name_en.as_ref(), lang)),
            Kind::Enterprise => self.enterprises.get(id).map(|it| label(&it.name, it.name_en.as_ref(), lang)),
            Kind::Activity => self.activities.get(id).map(|it| it.title.to_string()),
            Kind::Ruleset => self.rulesets.get(id).map(|it| label(&it.name, it.name_en.as_ref(), lang)),
            _ => self.programme.words(kind).iter().find(|word| word.id == id).map(|word| word.label(lang)),
        };
        found.unwrap_or_else(|| id.to_owned())
    }
}
