//! Headers that are words of the programme: metrics, criteria, fields of one's own, and what heads columns of marks.

use std::collections::HashMap;

use crate::import::columns::kind::ImportKind;
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::records::Records;
use crate::model::word;

/// The names of metrics and criteria.
pub fn words(kind: ImportKind, records: &Records) -> Vec<(NameKey, String)> {
    let mut words = Vec::new();
    if kind == ImportKind::Indicators {
        words.extend(metric_names(records));
    }
    if kind == ImportKind::Candidates {
        for (id, criterion) in records.editions.values().flat_map(|edition| &edition.rubric) {
            let names = word::names(&criterion.name, criterion.name_en.as_ref(), &[]);
            words.extend(names.map(|name| (name.key(), id.to_string())));
        }
    }
    words
}

fn metric_names(records: &Records) -> impl Iterator<Item = (NameKey, String)> {
    records
        .programme
        .words(Kind::Metric)
        .into_iter()
        .flat_map(|word| word.names().map(move |name| (name.key(), word.id.to_owned())))
}

/// The metrics a list of enterprises may have, each for a year.
pub fn metrics(kind: ImportKind, records: &Records) -> HashMap<NameKey, String> {
    match kind {
        ImportKind::Enterprises => metric_names(records).collect(),
        _ => HashMap::new(),
    }
}

/// The names of fields of one's own.
pub fn own_fields(kind: ImportKind, records: &Records) -> Vec<(NameKey, String)> {
    let mut names = Vec::new();
    for (id, field) in kind.own_fields(records) {
        names.extend(field.names().map(|name| (name.key(), id.to_string())));
    }
    names
}

/// The words that may head columns of marks: titles of recognitions, kinds of platforms.
pub fn marks(kind: ImportKind, records: &Records) -> HashMap<NameKey, String> {
    let list = match kind {
        ImportKind::Recognitions => Kind::Title,
        ImportKind::Attendance => {
            let activities = records.activities.iter();
            return activities.map(|(id, activity)| (activity.title.key(), id.to_string())).collect();
        }
        _ => return HashMap::new(),
    };
    let words = records.programme.words(list);
    words
        .into_iter()
        .flat_map(|word| {
            let ids = [(NameKey::of(word.id), word.id.to_owned())];
            word.names().map(move |name| (name.key(), word.id.to_owned())).chain(ids)
        })
        .collect()
}
