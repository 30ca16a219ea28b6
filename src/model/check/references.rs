//! Whatever is referred to exists.

use super::at;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::WordKey;
use crate::model::kind::Kind;
use crate::model::nearest::did_you_mean;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::MOST;
use crate::model::value::{KeyPath, Step};
use crate::text;

/// `unknown-reference`
pub fn unknown_references(records: &Records, found: &mut Vec<Finding>) {
    let mut missing = Vec::new();
    records.references(&mut |record, path, kind, id| {
        if !records.has(kind, id) {
            missing.push((record.clone(), path.clone(), kind, id.to_owned()));
        }
    });
    let mut last: Option<(RecordRef, usize)> = None;
    found.extend(missing.into_iter().map(|(record, path, kind, id)| {
        let count = last.take().filter(|(earlier, _)| *earlier == record).map_or(1, |(_, count)| count + 1);
        last = Some((record.clone(), count));
        let message = text!(
            "{record} names {kind} `{id}`, which does not exist",
            "{record}引用了不存在的{kind}“{id}”",
            record = record,
            kind = kind
        );
        // What would not be listed needs no suggestion.
        let help = Some(())
            .filter(|()| count <= MOST)
            .and_then(|()| did_you_mean(&id, records.ids(kind)))
            .unwrap_or_else(|| text!("add it to {home}", "请添加到 {home}", home = kind.home()));
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
                    let message = text!(
                        "edition `{edition}` has no criterion `{criterion}`",
                        "期次“{edition}”没有评分指标“{criterion}”",
                        edition = candidacy.edition
                    );
                    let help = did_you_mean(criterion.as_str(), edition.rubric.keys().map(WordKey::as_str))
                        .unwrap_or_else(|| {
                            text!(
                                "add `[rubric.{criterion}]` to the edition",
                                "请在期次中添加 [rubric.{criterion}]"
                            )
                        });
                    let record = RecordRef::new(Kind::Enterprise, id);
                    found.push(Finding::new(&rule::UNKNOWN_CRITERION, message, at(&record, path)).help(help));
                }
            }
        }
    }
}
