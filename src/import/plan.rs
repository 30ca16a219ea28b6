//! The plan of an import: what every row becomes, checked as a whole, carried out as one change or not at all.

use std::collections::{BTreeMap, HashMap};

use super::book::Book;
use super::cell;
use super::column::{Column, Columns};
use super::kind::{Becomes, ImportKind};
use super::row;
use super::sheet::{Row, Sheet};
use crate::model::amount::Unit;
use crate::model::change::{Change, Difference, Draft};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::{Misread, choice};
use crate::model::value::{KeyPath, Table, Value};

choice! {
    /// What happens where a row says something else than the store.
    pub enum OnConflict {
        /// The row wins; blank cells change nothing.
        Update = "update", "update", "更新";
        /// Only what is missing is filled in.
        Fill = "fill", "fill", "补充";
        /// The row is passed over.
        Skip = "skip", "skip", "跳过";
        /// The import is refused.
        Fail = "fail", "fail", "拒绝";
    }
}

choice! {
    /// What an imported enterprise becomes in an edition.
    pub enum As {
        /// A member.
        Member = "member", "member", "在培企业";
        /// A candidate.
        Candidate = "candidate", "candidate", "候选企业";
    }
}

choice! {
    /// What becomes of a row.
    pub enum Disposition {
        /// Something new.
        Created = "created", "created", "新增";
        /// Something that is there changes.
        Changed = "changed", "changed", "变更";
        /// The store says the same.
        Unchanged = "unchanged", "unchanged", "未变";
        /// The store says something else and is left as it is.
        Skipped = "skipped", "skipped", "跳过";
        /// The row has a fault.
        Refused = "refused", "refused", "拒绝";
    }
}

/// How an import is to be done.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the rows are.
    pub kind: ImportKind,
    /// The edition of rows that do not say one.
    pub edition: Option<EditionId>,
    /// What enterprises become in that edition.
    pub role: Option<As>,
    /// What happens on a conflict.
    pub on_conflict: OnConflict,
    /// The unit of amounts whose header does not say one.
    pub unit: Option<Unit>,
    /// Headers and the fields they mean.
    pub map: Vec<(String, String)>,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOutcome {
    /// The file.
    pub file: String,
    /// The line.
    pub row: usize,
    /// The record it belongs to, where that is known.
    pub record: Option<RecordRef>,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Every value that changes.
    pub differences: Vec<Difference>,
}

/// What an import would do.
#[derive(Debug)]
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

impl Plan {
    /// How many rows have a disposition.
    pub fn count(&self, disposition: Disposition) -> usize {
        self.rows.iter().filter(|row| row.disposition == disposition).count()
    }
}

/// Plans the import of several sheets of one kind, as one change.
pub fn plan(records: &Records, sheets: &[Sheet], options: &Options) -> Plan {
    let mut work = Work::of(records, options);
    let mut left_out = Vec::new();
    for sheet in sheets {
        match Columns::find(options.kind, sheet, &options.map, records) {
            Err(found) => work.findings.extend(found),
            Ok(columns) => {
                for row in &sheet.rows {
                    work.row(&Line { sheet, row, columns: &columns, unit: options.unit });
                }
                left_out.extend(columns.left_out);
            }
        }
    }
    work.finish(left_out)
}

/// One row with its columns: cells are asked for by field.
#[derive(Debug, Clone, Copy)]
pub struct Line<'s> {
    sheet: &'s Sheet,
    row: &'s Row,
    columns: &'s Columns,
    unit: Option<Unit>,
}

impl<'s> Line<'s> {
    /// What the cell of a field says.
    pub fn said(&self, id: &str) -> Option<&'s str> {
        let column = self.columns.by_id.get(id)?;
        cell::said(self.row.cells.get(column.index)?)
    }

    /// The fields that have a column.
    pub fn fields(&self) -> impl Iterator<Item = &'s Column> {
        self.columns.by_id.values()
    }

    /// The place of a field's cell, or of the row.
    pub fn place(&self, id: &str) -> Place {
        match self.columns.by_id.get(id) {
            Some(column) => self.sheet.cell(self.row, column.index),
            None => self.sheet.row(self.row.number),
        }
    }

    /// The unit of a column of money.
    pub fn unit(&self, id: &str) -> (Option<Unit>, Option<Unit>) {
        (self.columns.by_id.get(id).and_then(|column| column.unit), self.unit)
    }
}

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
    seen: HashMap<(RecordRef, String), usize>,
    findings: Vec<Finding>,
    rows: Vec<RowOutcome>,
}

impl<'r> Work<'r> {
    fn of(records: &'r Records, options: &'r Options) -> Self {
        Self {
            records,
            options,
            book: Book::of(records),
            values: BTreeMap::new(),
            touched_by: HashMap::new(),
            seen: HashMap::new(),
            findings: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn row(&mut self, line: &Line<'_>) {
        let outcome = match self.options.kind.becomes() {
            Becomes::Record(kind) => row::record::plan(self, line, kind),
            Becomes::Entry(kind) => row::entry::plan(self, line, kind),
            Becomes::Attendance => row::attendance::plan(self, line),
            Becomes::Indicators => row::indicator::plan(self, line),
        };
        let (record, disposition, differences) = match outcome {
            Ok(Laid { record, disposition, differences }) => (Some(record), disposition, differences),
            Err(found) => {
                self.findings.extend(found);
                (None, Disposition::Refused, Vec::new())
            }
        };
        self.rows.push(RowOutcome {
            file: line.sheet.file.clone(),
            row: line.row.number,
            record,
            disposition,
            differences,
        });
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
        self.touched_by.entry(record.clone()).or_default().push(line.sheet.row(line.row.number));
        match self.seen.insert((record.clone(), what.to_owned()), line.row.number) {
            None => Ok(()),
            Some(first) => {
                let message = format!("rows {first} and {} say the same thing of {record}", line.row.number);
                Err(vec![
                    Finding::new(&rule::DUPLICATE_ROW, message, line.sheet.row(first))
                        .and(line.sheet.row(line.row.number))
                        .help("keep one of them"),
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

    fn finish(mut self, left_out: Vec<String>) -> Plan {
        let mut change = Change::default();
        if self.findings.is_empty() {
            let mut draft = Draft::of(self.records);
            for (record, value) in std::mem::take(&mut self.values) {
                if let Err(found) = draft.put(record.clone(), value) {
                    let found = found.into_iter().map(|finding| self.with_rows(finding, &record));
                    let found: Vec<_> = found.collect();
                    self.findings.extend(found);
                }
            }
            match draft.finish() {
                Ok(planned) if self.findings.is_empty() => change = planned,
                Ok(_) => {}
                Err(found) => {
                    let found: Vec<_> =
                        found.into_iter().map(|finding| self.with_rows_of_fields(finding)).collect();
                    self.findings.extend(found);
                }
            }
        }
        Plan { change, rows: self.rows, findings: self.findings, left_out }
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

/// Collects the faults of the cells of one row.
#[derive(Debug, Default)]
pub struct Cells {
    /// What was read, by field.
    pub table: Table,
    /// What was wrong.
    pub found: Vec<Finding>,
}

impl Cells {
    /// Reads a cell, if it says anything, and puts the value under `key`.
    pub fn read(
        &mut self,
        line: &Line<'_>,
        column: &str,
        key: &str,
        parse: impl FnOnce(&str) -> Result<Value, Misread>,
    ) {
        let Some(text) = line.said(column) else { return };
        match parse(text) {
            Ok(value) => self.table.insert(key, value),
            Err(misread) => self.found.push(Finding::of(misread, line.place(column))),
        }
    }

    /// Reads a cell that must say something.
    pub fn need(
        &mut self,
        line: &Line<'_>,
        column: &str,
        parse: impl FnOnce(&str) -> Result<Value, Misread>,
    ) -> Option<Value> {
        if line.said(column).is_none() {
            self.missing(line, column);
            return None;
        }
        self.read(line, column, column, parse);
        self.table.get(column).cloned()
    }

    /// Reports that a cell that must say something does not.
    pub fn missing(&mut self, line: &Line<'_>, column: &str) {
        let message = if line.columns.by_id.contains_key(column) {
            format!("`{column}` is empty")
        } else {
            format!("there is no column `{column}`")
        };
        let finding = Finding::new(&rule::MISSING_CELL, message, line.place(column));
        self.found.push(finding.help("the row cannot be placed without it"));
    }

    /// What was read, or what was wrong.
    pub fn finish(self) -> Result<Table, Vec<Finding>> {
        if self.found.is_empty() { Ok(self.table) } else { Err(self.found) }
    }
}

/// Refers to a record by the cell of a column.
pub fn record_of(
    work: &Work<'_>,
    line: &Line<'_>,
    column: &str,
    kind: Kind,
) -> Result<RecordRef, Vec<Finding>> {
    use crate::model::shape::Words;
    let Some(text) = line.said(column) else {
        let mut cells = Cells::default();
        cells.missing(line, column);
        return Err(cells.found);
    };
    work.book
        .find(kind, text)
        .map(|id| RecordRef::new(kind, id))
        .map_err(|misread| vec![Finding::of(misread, line.place(column))])
}
