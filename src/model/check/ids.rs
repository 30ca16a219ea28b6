//! Ids are unique whatever their case: a file system may not tell `a.toml` and `A.toml` apart.

use std::collections::BTreeSet;

use super::at;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::KeyPath;
use crate::text;

/// `duplicate-record`: new records whose ids differ from others only in case. In a store that was read there are none.
pub fn same_ids(records: &Records, new: &BTreeSet<&RecordRef>, found: &mut Vec<Finding>) {
    let kinds = Kind::FOLDERS.iter().filter(|kind| new.iter().any(|record| record.kind == **kind));
    for kind in kinds {
        let mut ids = records.ids(*kind);
        ids.sort_by(|a, b| lower(a).cmp(lower(b)));
        let same = ids.chunk_by(|a, b| a.eq_ignore_ascii_case(b)).filter(|ids| ids.len() > 1);
        found.extend(same.filter_map(|ids| finding(*kind, ids.to_vec(), new)));
    }
}

fn lower(id: &str) -> impl Iterator<Item = u8> {
    id.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// One that was there before is named first.
fn finding(kind: Kind, mut ids: Vec<&str>, new: &BTreeSet<&RecordRef>) -> Option<Finding> {
    let is_new = |id: &str| new.contains(&RecordRef::new(kind, id));
    ids.sort_by_key(|id| is_new(id));
    let ([first, ..], [.., last]) = (&ids[..], &ids[..]) else { return None };
    let place = |id: &str| at(&RecordRef::new(kind, id), KeyPath::default());
    let message = text!(
        "the ids `{first}` and `{last}` differ only in case: a store cannot hold both",
        "编号“{first}”和“{last}”只有大小写不同，不能同时存在"
    );
    is_new(last).then(|| {
        Finding::new(&rule::DUPLICATE_RECORD, message, place(first))
            .and(place(last))
            .help(text!("give one of them another id", "请给其中一个换一个编号"))
    })
}
