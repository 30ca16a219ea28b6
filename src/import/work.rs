//! The store while rows are laid upon it.

use std::collections::{BTreeMap, HashMap};

use super::book::Book;
use super::line::Line;
use super::options::{Disposition, OnConflict, Options};
use crate::model::change::{Change, Difference, Draft};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Table, Value};

/// The store while rows are laid upon it.
pub struct Work<'r> {
    /// The store as it was.
    pub records: &'r Records,
    /// How the import is to be done.
    pub options: &'r Options,
    /// What cells refer to.
    pub book: Book<'r>,
    values: BTreeMap<RecordRef, Value>,
    touched_by: HashMap<RecordRef, Vec<Place>>,
    seen: HashMap<(RecordRef, String), Place>,
}

/// What a row became.
#[derive(Debug)]
pub struct Laid {
    /// The record.
    pub record: RecordRef,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Every value that changes.
    pub differences: Vec<Difference>,
}

impl<'r> Work<'r> {
    /// Nothing laid yet.
    pub fn of(records: &'r Records, options: &'r Options) -> Self {
        Self {
            records,
            options,
            book: Book::of(records),
            values: BTreeMap::new(),
            touched_by: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    /// A record as it stands after the rows so far; an empty table if it is new.
    pub fn value(&mut self, record: &RecordRef) -> &mut Value {
        let records = self.records;
        self.values
            .entry(record.clone())
            .or_insert_with(|| records.get(record).unwrap_or_else(|| Value::Table(Table::default())))
    }

    /// Whether a record is in the store or was made by an earlier row.
    pub fn is_there(&self, record: &RecordRef) -> bool {
        self.values.contains_key(record) || self.records.has(record.kind, &record.id)
    }

    /// Notes that a row belongs to a record, and refuses a second row for the same thing.
    pub fn claim(&mut self, line: &Line<'_>, record: &RecordRef, what: &str) -> Result<(), Vec<Finding>> {
        let place = line.sheet.row(line.row.number);
        self.touched_by.entry(record.clone()).or_default().push(place.clone());
        match self.seen.insert((record.clone(), what.to_owned()), place.clone()) {
            None => Ok(()),
            Some(first) => {
                let number = |place: &Place| match place {
                    Place::Cell { row, .. } => *row,
                    _ => 0,
                };
                let rows = (number(&first), number(&place));
                let message = format!("rows {} and {} say the same thing of {record}", rows.0, rows.1);
                Err(vec![
                    Finding::new(&rule::DUPLICATE_ROW, message, first).and(place).help("keep one of them"),
                ])
            }
        }
    }

    /// Lays `new` upon the table at `target` of a record, by the rule for conflicts.
    pub fn lay(
        &self,
        line: &Line<'_>,
        path: &KeyPath,
        old: Option<&Value>,
        new: Table,
    ) -> Result<(Value, Disposition, Vec<Difference>), Vec<Finding>> {
        let mut value = old.cloned().unwrap_or_else(|| Value::Table(Table::default()));
        let Value::Table(table) = &mut value else { return Ok((value, Disposition::Unchanged, Vec::new())) };
        let mut differences = Vec::new();
        for (key, new) in new {
            let before = table.get(&key).cloned();
            if before.as_ref() == Some(&new) {
                continue;
            }
            if let Some(before) = &before {
                match self.options.on_conflict {
                    OnConflict::Update => {}
                    OnConflict::Fill => continue,
                    OnConflict::Skip => {
                        let untouched = old.cloned().unwrap_or_else(|| Value::Table(Table::default()));
                        return Ok((untouched, Disposition::Skipped, Vec::new()));
                    }
                    OnConflict::Fail => return Err(vec![conflict(line, &key, before, &new)]),
                }
            }
            table.insert(&key, new.clone());
            let path = path.then(crate::model::value::Step::Key(key.into()));
            differences.push(Difference { path, old: before, new: Some(new) });
        }
        let disposition = match (old, differences.is_empty()) {
            (None, _) => Disposition::Created,
            (Some(_), true) => Disposition::Unchanged,
            (Some(_), false) => Disposition::Changed,
        };
        Ok((value, disposition, differences))
    }

    /// The change, if the store is sound with it; else what is wrong, with the rows that did it.
    pub fn finish(mut self) -> Result<Change, Vec<Finding>> {
        let mut draft = Draft::of(self.records);
        let mut found = Vec::new();
        for (record, value) in std::mem::take(&mut self.values) {
            if let Err(faults) = draft.put(record.clone(), value) {
                found.extend(faults.into_iter().map(|finding| self.with_rows(finding, &record)));
            }
        }
        match draft.finish() {
            Ok(change) if found.is_empty() => Ok(change),
            Ok(_) => Err(found),
            Err(faults) => {
                found.extend(faults.into_iter().map(|finding| self.with_rows_of_fields(finding)));
                Err(found)
            }
        }
    }

    /// A fault of a record that rows made: the rows are where it is to be put right.
    fn with_rows(&self, mut finding: Finding, record: &RecordRef) -> Finding {
        if let Some(rows) = self.touched_by.get(record) {
            finding.message = format!("{record}: {}", finding.message);
            finding.places.clone_from(rows);
        }
        finding
    }

    fn with_rows_of_fields(&self, finding: Finding) -> Finding {
        let record = finding.places.iter().rev().find_map(|place| match place {
            Place::Field { record, .. } if self.touched_by.contains_key(record) => Some(record.clone()),
            _ => None,
        });
        match record.and_then(|record| self.touched_by.get(&record)) {
            Some(rows) => {
                let mut finding = finding;
                finding.places.extend(rows.iter().cloned());
                finding
            }
            None => finding,
        }
    }
}

fn conflict(line: &Line<'_>, key: &str, old: &Value, new: &Value) -> Finding {
    let message = format!("`{key}` is `{old}` in the store and `{new}` here");
    Finding::new(&rule::CONFLICT, message, line.place(key))
        .help("`--on-conflict update` takes the row, `fill` only what is missing, `skip` keeps the store")
}
