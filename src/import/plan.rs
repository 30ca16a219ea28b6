//! The plan of an import: what every row becomes, checked as a whole, carried out as one change or not at all.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::column::Columns;
use super::kind::{Becomes, ImportKind};
use super::known::Headers;
use super::line::Line;
use super::options::{Disposition, Options};
use super::row;
use super::sheet::{Row, Sheet};
use super::signin;
use super::work::{Laid, Work};
use crate::model::change::{Change, Difference};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::records::Records;
use crate::model::rule;

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOutcome {
    /// The place of its sheet among all that are imported.
    pub sheet: usize,
    /// The line.
    pub row: usize,
    /// The record it belongs to, where that is known.
    pub record: Option<RecordRef>,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Every value that changes.
    pub differences: Vec<Difference>,
    /// The row it repeats, or what is wrong with it.
    pub reason: Option<String>,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The change; empty if anything is refused.
    pub change: Change,
    /// Every row.
    pub rows: Vec<RowOutcome>,
    /// Every fault.
    pub findings: Vec<Finding>,
    /// Headers that were left out on purpose.
    pub left_out: Vec<String>,
}

/// A row, by the place of its sheet and its line.
pub type RowKey = (usize, usize);

impl Plan {
    /// How many rows have a disposition.
    pub fn count(&self, disposition: Disposition) -> usize {
        self.rows.iter().filter(|row| row.disposition == disposition).count()
    }
}

/// Plans the import of several sheets of one kind, as one change.
pub fn plan(records: &Records, sheets: &[Sheet], headers: &Headers, options: &Options) -> Plan {
    plan_without(records, sheets, headers, options, &BTreeSet::new())
}

/// Plans the import of all rows but some.
fn plan_without(
    records: &Records,
    sheets: &[Sheet],
    headers: &Headers,
    options: &Options,
    without: &BTreeSet<RowKey>,
) -> Plan {
    let mut work = Work::of(records, options);
    let mut plan = Plan::default();
    let mut earlier = Earlier::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let columns = match columns(sheet, headers, options) {
            Ok(columns) => columns,
            Err(found) => {
                plan.findings.extend(found);
                continue;
            }
        };
        if options.kind == ImportKind::Attendance && signin::is_one(&columns) {
            let rows: Vec<&Row> =
                sheet.rows.iter().filter(|row| !without.contains(&(index, row.number))).collect();
            for (outcome, found) in signin::plan(&mut work, sheet, &columns, &rows) {
                plan.rows.push(RowOutcome { sheet: index, ..outcome });
                plan.findings.extend(found);
            }
            plan.left_out.extend(persons(sheet, &columns));
            continue;
        }
        for row in sheet.rows.iter().filter(|row| !without.contains(&(index, row.number))) {
            let line = Line { sheet, row, columns: &columns, unit: options.unit };
            let same = earlier.same_as(sheets, (index, row), &columns);
            let (outcome, found) = outcome(&mut work, &line, same.map(|row| (sheets, row)));
            plan.rows.push(RowOutcome { sheet: index, ..outcome });
            plan.findings.extend(found);
        }
        if options.kind == ImportKind::Attendance {
            plan.left_out.extend(persons(sheet, &columns));
        }
        plan.left_out.extend(columns.left_out);
    }
    if plan.findings.is_empty() {
        match work.finish() {
            Ok(change) => plan.change = change,
            Err(found) => plan.findings = found,
        }
    }
    plan
}

/// Plans the import of every row that is sound by itself and with the others; the rest are refused and the plan
/// goes on without them. Faults that belong to no row remain.
pub fn plan_valid(records: &Records, sheets: &[Sheet], headers: &Headers, options: &Options) -> Plan {
    let mut refused: Vec<RowOutcome> = Vec::new();
    let mut without = BTreeSet::new();
    loop {
        let mut plan = plan_without(records, sheets, headers, options, &without);
        let faulty = rows_of(&plan.findings, sheets);
        if faulty.is_empty() {
            plan.rows.extend(refused);
            plan.rows.sort_by_key(|row| (row.sheet, row.row));
            return plan;
        }
        for (key, reason) in faulty {
            without.insert(key);
            let (sheet, row) = key;
            refused.push(RowOutcome { sheet, row, reason: Some(reason), ..RowOutcome::refused() });
        }
    }
}

/// The last row that each finding names, with what is wrong with it.
fn rows_of(findings: &[Finding], sheets: &[Sheet]) -> Vec<(RowKey, String)> {
    let mut rows: Vec<(RowKey, String)> = Vec::new();
    for finding in findings {
        let Some(key) = finding.places.iter().rev().find_map(|place| row_of(place, sheets)) else { continue };
        match rows.iter_mut().find(|(known, _)| *known == key) {
            Some((_, reason)) => *reason = format!("{reason}; {}", finding.message),
            None => rows.push((key, finding.message.clone())),
        }
    }
    rows
}

/// The row of data that a place is in.
fn row_of(place: &Place, sheets: &[Sheet]) -> Option<RowKey> {
    let Place::Cell { file, sheet, row, .. } = place else { return None };
    let index = sheets.iter().position(|it| it.file == *file && it.name == *sheet)?;
    let is_data = sheets[index].rows.binary_search_by_key(row, |it| it.number).is_ok();
    is_data.then_some((index, *row))
}

/// The columns of a sheet, if they agree with the options.
fn columns(sheet: &Sheet, headers: &Headers, options: &Options) -> Result<Columns, Vec<Finding>> {
    let columns = Columns::find(sheet, headers)?;
    let mut found = Vec::new();
    if let Some((line, told)) = sheet.unit.zip(options.unit).filter(|(line, told)| line != told) {
        let message = format!("the line above the header says {line}, the command line {told}");
        found.push(
            Finding::new(&rule::BAD_UNIT, message, sheet.row(sheet.header_row)).help("leave `--unit` out"),
        );
    }
    let has_period = columns.by_id.contains_key("period");
    for column in columns.by_id.values().filter(|column| headers.is_metric(&column.id)) {
        if !has_period && options.period.is_none() {
            let message =
                format!("`{}` names no period, and there is no column `period`", sheet.header[column.index]);
            let help = "say it with `--period 2023`, in the header (2023年营业收入) or in a column";
            found.push(Finding::new(&rule::MISSING_CELL, message, sheet.head(column.index)).help(help));
        }
    }
    if has_period && !columns.by_period.is_empty() {
        let index = columns.by_id.get("period").map_or(0, |column| column.index);
        let message = "the period stands in a column and in headers";
        found.push(
            Finding::new(&rule::DUPLICATE_COLUMN, message, sheet.head(index))
                .help("leave the column out with `--map`"),
        );
    }
    if found.is_empty() { Ok(columns) } else { Err(found) }
}

/// The columns of persons, which are not kept.
fn persons(sheet: &Sheet, columns: &Columns) -> Vec<String> {
    let kept = columns.by_id.values().filter(|column| signin::COLUMNS.contains(&column.id.as_str()));
    kept.map(|column| sheet.header[column.index].clone()).collect()
}

impl RowOutcome {
    /// A row that is refused until something better is known.
    pub fn refused() -> Self {
        Self {
            sheet: 0,
            row: 0,
            record: None,
            disposition: Disposition::Refused,
            differences: Vec::new(),
            reason: None,
        }
    }
}

/// What becomes of a row, and what is wrong with it.
fn outcome(
    work: &mut Work<'_>,
    line: &Line<'_>,
    same: Option<(&[Sheet], RowKey)>,
) -> (RowOutcome, Vec<Finding>) {
    let mut outcome = RowOutcome { row: line.row.number, ..RowOutcome::refused() };
    if let Some((sheets, (sheet, row))) = same {
        let here = std::ptr::eq(&raw const sheets[sheet], line.sheet);
        let elsewhere = if here { String::new() } else { format!(" of {}", sheets[sheet].title()) };
        outcome.disposition = Disposition::Duplicate;
        outcome.reason = Some(format!("the same as row {row}{elsewhere}"));
        return (outcome, Vec::new());
    }
    let laid = match work.options.kind.becomes() {
        Becomes::Record(kind) => row::record::plan(work, line, kind),
        Becomes::Entry(kind) => row::entry::plan(work, line, kind),
        Becomes::Attendance => row::attendance::plan(work, line),
        Becomes::Indicators => row::indicator::plan(work, line),
    };
    match laid {
        Ok(Laid { record, disposition, differences }) => {
            (RowOutcome { record: Some(record), disposition, differences, ..outcome }, Vec::new())
        }
        Err(found) => {
            let reasons: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
            outcome.reason = Some(reasons.join("; "));
            (outcome, found)
        }
    }
}

/// Rows by what they say, to find those that say it twice.
#[derive(Default)]
struct Earlier(HashMap<u64, Vec<RowKey>>);

impl Earlier {
    /// The first row that says all that this one says in the columns that are read.
    fn same_as(
        &mut self,
        sheets: &[Sheet],
        (index, row): (usize, &Row),
        columns: &Columns,
    ) -> Option<RowKey> {
        let mut hasher = DefaultHasher::new();
        let texts = |row: &Row| -> Vec<String> {
            let periods = columns.by_period.values().flat_map(|columns| columns.by_id.values());
            let all = columns.by_id.values().chain(periods);
            all.map(|column| {
                row.cells.get(column.index).map_or_else(String::new, |cell| cell.text.trim().to_owned())
            })
            .collect()
        };
        let said = texts(row);
        said.hash(&mut hasher);
        let rows = self.0.entry(hasher.finish()).or_default();
        let row_of = |(sheet, number): RowKey| {
            let rows = &sheets[sheet].rows;
            rows.binary_search_by_key(&number, |row| row.number).ok().map(|at| &rows[at])
        };
        let same = |key: &RowKey| {
            sheets[key.0].header == sheets[index].header
                && row_of(*key).is_some_and(|other| texts(other) == said)
        };
        let found = rows.iter().copied().find(same);
        rows.push((index, row.number));
        found
    }
}
