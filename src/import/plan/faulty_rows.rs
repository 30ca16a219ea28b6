//! Which rows a finding is about, and what is wrong with each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::layout::table::DataTable;
use crate::import::plan::Plan;
use crate::import::plan::outcome::RowOutcome;
use crate::import::rows::row::RowKey;
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// The rows that are refused, with what is wrong with them: the last that a finding names, or all of those that
/// disagree, and the rows that say the same as one of them.
pub fn rows_of(plan: &Plan<'_>, tables: &[DataTable]) -> BTreeMap<RowKey, Text> {
    let mut rows: BTreeMap<RowKey, Text> = BTreeMap::new();
    for finding in &plan.findings {
        let disagree = finding.rule == &rule::DUPLICATE_ROW;
        let named = finding.places.iter().rev().filter_map(|place| row_of(place, tables));
        for key in named.take(if disagree { usize::MAX } else { 1 }) {
            rows.entry(key)
                .and_modify(|reason| {
                    *reason = text!(
                        "{reason}; {more}",
                        "{reason}；{more}",
                        reason = reason.clone(),
                        more = finding.message
                    );
                })
                .or_insert_with(|| finding.message.clone());
        }
    }
    for (twin, first) in &plan.twins {
        if let Some(reason) = rows.get(first).cloned() {
            rows.entry(*twin).or_insert(reason);
        }
    }
    rows
}

/// Faults of the store as it would be, with the rows that would make it so.
pub fn with_rows(mut findings: Vec<Finding>, rows: &[RowOutcome], tables: &[DataTable]) -> Vec<Finding> {
    if findings.is_empty() {
        return findings;
    }
    let mut by_record: HashMap<&RecordRef, Vec<RowKey>> = HashMap::new();
    for row in rows {
        if let Some(record) = &row.record {
            by_record.entry(record).or_default().push((row.table, row.number));
        }
    }
    for finding in &mut findings {
        let records = finding.places.iter().filter_map(|place| match place {
            Place::Field { record, .. } => by_record.get(record),
            _ => None,
        });
        let rows: BTreeSet<RowKey> = records.flatten().copied().collect();
        finding.places.extend(rows.into_iter().map(|(table, row)| tables[table].row(row)));
    }
    findings
}

/// The row of data that a place is in.
fn row_of(place: &Place, tables: &[DataTable]) -> Option<RowKey> {
    let Place::Cell { file, sheet, row, .. } = place else { return None };
    let has_it = |it: &DataTable| it.rows.binary_search_by_key(row, |row| row.number).is_ok();
    let index = tables.iter().position(|it| it.file == *file && it.name == *sheet && has_it(it))?;
    Some((index, *row))
}
