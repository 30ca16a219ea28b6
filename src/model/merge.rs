//! Two records of one enterprise made one: what the first says stands, the second fills what it lacks, and what both
//! say differently is told.

use super::activity::Status;
use super::change::Draft;
use super::enterprise::{Enterprise, FormerName};
use super::entry::{self, EntryKind};
use super::finding::{Finding, RecordRef};
use super::id::EnterpriseId;
use super::kind::Kind;
use super::records::Records;
use super::shape::Shape;
use super::value::{Table, Value};

/// Something both records say differently; the first one's is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Where.
    pub field: String,
    /// What is kept.
    pub kept: Value,
    /// What is dropped.
    pub dropped: Value,
}

/// What comes of a merge.
#[derive(Debug)]
pub struct Merged<'r> {
    /// The store with one record for both.
    pub draft: Draft<'r>,
    /// What both said differently.
    pub clashes: Vec<Clash>,
}

/// Puts `second` into `first` and moves every reference.
pub fn merge<'r>(
    records: &'r Records,
    first: &EnterpriseId,
    second: &EnterpriseId,
) -> Result<Merged<'r>, Vec<Finding>> {
    let mut draft = Draft::of(records);
    let mut clashes = Vec::new();
    let of = |id: &EnterpriseId| RecordRef::new(Kind::Enterprise, id);
    let (Some(mut kept), Some(given)) = (records.get(&of(first)), records.get(&of(second))) else {
        return Ok(Merged { draft, clashes });
    };
    for kind in entry::ALL {
        entries(&mut kept, &given, kind, &mut clashes);
    }
    fill(&mut kept, &given, "", &mut clashes);
    names(&mut kept, records, first, second);
    draft.put(of(first), kept)?;
    contacts(records, &mut draft, first, second, &mut clashes)?;
    activities(records, &mut draft, first, second, &mut clashes)?;
    draft.remove(of(second));
    Ok(Merged { draft, clashes })
}

/// Fills what a table lacks; lists of entries and names are joined elsewhere.
fn fill(kept: &mut Value, given: &Value, below: &str, clashes: &mut Vec<Clash>) {
    let Value::Table(given) = given else { return };
    for (key, value) in given.iter().filter(|(key, _)| !below.is_empty() || !is_joined(key)) {
        let field = if below.is_empty() { key.to_owned() } else { format!("{below}.{key}") };
        let Value::Table(table) = kept else { return };
        match table.get_mut(key) {
            None => table.insert(key, value.clone()),
            Some(inner @ Value::Table(_)) => fill(inner, value, &field, clashes),
            Some(own) if own == value => {}
            Some(own) => clashes.push(Clash { field, kept: own.clone(), dropped: value.clone() }),
        }
    }
}

/// What is joined, not filled; the name and the code of the second become former ones.
fn is_joined(key: &str) -> bool {
    ["name", "former_names", "former_codes", "not_same"].contains(&key)
        || entry::ALL.iter().any(|kind| kind.list == key)
}

/// Adds the entries of a list that the first does not have; of those both have, fills what is lacking.
fn entries(kept: &mut Value, given: &Value, kind: &EntryKind, clashes: &mut Vec<Clash>) {
    for value in given.list(kind.list) {
        let key = kind.key_of(value);
        let own = kept.list(kind.list);
        match own.iter().position(|it| kind.key_of(it) == key) {
            None => kept.set_entry(kind.list, own.len(), value.clone()),
            Some(index) => {
                let mut entry = own[index].clone();
                fill(&mut entry, value, &format!("{}[{}]", kind.list, index + 1), clashes);
                kept.set_entry(kind.list, index, entry);
            }
        }
    }
}

/// Every name and code of the second is a former one of the first.
fn names(kept: &mut Value, records: &Records, first: &EnterpriseId, second: &EnterpriseId) {
    let (Some(one), Some(other)) = (records.enterprises.get(first), records.enterprises.get(second)) else {
        return;
    };
    let mut joined: Enterprise = (**one).clone();
    for name in [&other.name].into_iter().chain(other.former_names.iter().map(|it| &it.name)) {
        if joined.names().all(|known| known.key() != name.key()) {
            joined.former_names.push(FormerName { name: name.clone(), until: None });
        }
    }
    for code in &other.former_codes {
        if joined.code.as_ref() != Some(code) && !joined.former_codes.contains(code) {
            joined.former_codes.push(code.clone());
        }
    }
    joined.not_same.extend(other.not_same.iter().filter(|id| *id != first).cloned());
    joined.not_same.retain(|id| id != second);
    joined.not_same.sort();
    joined.not_same.dedup();
    kept.set(&["former_names"], joined.former_names.write());
    kept.set(&["former_codes"], joined.former_codes.write());
    kept.set(&["not_same"], joined.not_same.write());
}

fn contacts(
    records: &Records,
    draft: &mut Draft<'_>,
    first: &EnterpriseId,
    second: &EnterpriseId,
    clashes: &mut Vec<Clash>,
) -> Result<(), Vec<Finding>> {
    let of = |id: &EnterpriseId| RecordRef::new(Kind::Contact, id);
    let Some(given) = records.get(&of(second)) else { return Ok(()) };
    let mut kept = records.get(&of(first)).unwrap_or_else(|| Value::Table(Table::default()));
    fill(&mut kept, &given, "", clashes);
    draft.put(of(first), kept)?;
    draft.remove(of(second));
    Ok(())
}

/// At each activity the second was at, the first was; where both were, the larger number of heads is kept, and whoever
/// was there was not absent.
fn activities(
    records: &Records,
    draft: &mut Draft<'_>,
    first: &EnterpriseId,
    second: &EnterpriseId,
    clashes: &mut Vec<Clash>,
) -> Result<(), Vec<Finding>> {
    for (id, activity) in &records.activities {
        let of = |enterprise| activity.attendance().find(|(it, ..)| *it == enterprise);
        let Some((_, status, heads)) = of(second) else { continue };
        let mut joined = activity.clone();
        joined.forget(second);
        let better = match of(first) {
            None => (status, heads),
            Some((_, own, own_heads)) => {
                if (own, own_heads) != (status, heads) {
                    clashes.push(Clash {
                        field: format!("activities.{id}"),
                        kept: presence_value(own.min(status), own_heads.max(heads)),
                        dropped: presence_value(own.max(status), own_heads.min(heads)),
                    });
                }
                (own.min(status), own_heads.max(heads))
            }
        };
        joined.record(first.clone(), better.0, better.1);
        if let Some(value) = joined.write() {
            draft.put(RecordRef::new(Kind::Activity, id), value)?;
        }
    }
    // Whatever else names the second, such as that it looks like another and is none.
    for (record, value) in
        super::rename::referring(records, Kind::Enterprise, second.as_str(), first.as_str())
    {
        if !matches!(record.kind, Kind::Activity)
            && record.id != first.as_str()
            && record.id != second.as_str()
        {
            draft.put(record, value)?;
        }
    }
    Ok(())
}

fn presence_value(status: Status, heads: u32) -> Value {
    Value::Text(if heads > 0 { format!("{status} {heads}") } else { status.to_string() })
}
