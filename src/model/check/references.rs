//! Whatever is referred to exists.

use super::at;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::WordKey;
use crate::model::kind::Kind;
use crate::model::nearest::did_you_mean;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};

/// `unknown-reference`
pub fn unknown_references(records: &Records, found: &mut Vec<Finding>) {
    let mut missing = Vec::new();
    records.references(&mut |record, path, kind, id| {
        if !records.has(kind, id) {
            missing.push((record.clone(), path.clone(), kind, id.to_owned()));
        }
    });
    found.extend(missing.into_iter().map(|(record, path, kind, id)| {
        let message = format!("{record} names {kind} `{id}`, which does not exist");
        let help =
            did_you_mean(&id, records.ids(kind)).unwrap_or_else(|| format!("add it to {}", kind.home()));
        Finding::new(&rule::UNKNOWN_REFERENCE, message, at(&record, path)).help(help)
    }));
}

/// `unknown-criterion`
pub fn unknown_criteria(records: &Records, found: &mut Vec<Finding>) {
    for (id, enterprise) in &records.enterprises {
        for (place, candidacy) in enterprise.candidacies.iter().enumerate() {
            let Some(edition) = records.editions.get(&candidacy.edition) else { continue };
            for (number, score) in candidacy.scores.iter().enumerate() {
                for criterion in score.marks.keys().filter(|key| !edition.rubric.contains_key(*key)) {
                    let path = KeyPath(vec![
                        Step::Key("candidacies".into()),
                        Step::Index(place),
                        Step::Key("scores".into()),
                        Step::Index(number),
                        Step::Key("marks".into()),
                        Step::Key(criterion.to_string().into()),
                    ]);
                    let message = format!("edition `{}` has no criterion `{criterion}`", candidacy.edition);
                    let help = did_you_mean(criterion.as_str(), edition.rubric.keys().map(WordKey::as_str))
                        .unwrap_or_else(|| format!("add `[rubric.{criterion}]` to the edition"));
                    let record = RecordRef::new(Kind::Enterprise, id);
                    found.push(Finding::new(&rule::UNKNOWN_CRITERION, message, at(&record, path)).help(help));
                }
            }
        }
    }
}
