//! The plan of an import: what every row becomes, checked as a whole, carried out as one change or not at all.

mod ahead;
mod attendance;
mod disagreement;
mod earlier;
mod entry;
mod faulty_rows;
pub mod file;
mod identity;
mod indicator;
mod kinds;
mod ledger;
pub(in crate::import) mod mark;
mod needed;
pub mod options;
pub mod outcome;
pub mod outlier;
pub mod overlay;
mod own_fields;
mod record;
pub mod refused_rows;
mod sign_in;

use std::collections::BTreeSet;
use std::convert::Infallible;

use crate::import::columns::Columns;
use crate::import::columns::kind::ImportKind;
use crate::import::columns::kind::{LONG_FORM, METRIC, SIGN_IN};
use crate::import::columns::left_out::{LeftOut, Why};
use crate::import::columns::names::ColumnNames;
use crate::import::layout::table::DataTable;
use crate::import::plan::earlier::{Earlier, hash_of};
use crate::import::plan::faulty_rows::{rows_of, with_rows};
use crate::import::plan::kinds::Parsed;
use crate::import::plan::options::{Disposition, Options};
use crate::import::plan::outcome::RowOutcome;
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::read::sheet::SheetRow;
use crate::import::rows::index::EnterpriseIndex;
use crate::import::rows::row::RowKey;
use crate::import::rows::row::RowView;
use crate::import::rows::vocabulary::Vocabulary;
use crate::model::change::{Change, Difference, Drafted, Edit, Visit, compare};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::id::LevelId;
use crate::model::kind::Kind;
use crate::model::meter::Meter;
use crate::model::name::NameKey;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::{Scalar, Words};
use crate::model::text::Text;
use crate::model::value::KeyPath;
use crate::text;

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan<'r> {
    /// The store with all rows that are sound by themselves.
    pub drafted: Option<Drafted<'r>>,
    /// Every row.
    pub rows: Vec<RowOutcome>,
    /// Every fault.
    pub findings: Vec<Finding>,
    /// Columns that were left out, with the place of their table.
    pub left_out: Vec<(usize, LeftOut)>,
    /// The headers on no list that were understood: the place of their table, the header, its field.
    pub understood: Vec<(usize, String, String)>,
    /// That blank cells clear nothing, where some stand where the store has a value.
    pub emptied: Option<Text>,
    /// Rows that say what an earlier one says, and that one.
    twins: Vec<(RowKey, RowKey)>,
}

impl Plan<'_> {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.drafted().is_none_or(Drafted::is_empty)
    }

    /// The change; empty if anything is refused.
    pub fn change(&self) -> Change {
        self.drafted().map(Drafted::change).unwrap_or_default()
    }

    /// What becomes of each record, one by one; nothing if anything is refused.
    pub fn edits(&self) -> impl Iterator<Item = Edit> {
        self.drafted().into_iter().flat_map(Drafted::edits)
    }

    fn drafted(&self) -> Option<&Drafted<'_>> {
        self.drafted.as_ref().filter(|_| self.findings.is_empty())
    }

    /// Goes through every value that a row changes.
    pub fn differences(&self, row: &RowOutcome, visit: &mut Visit<'_>) {
        match (&row.changes, &row.record, &self.drafted) {
            (Changes::Listed(differences), ..) => {
                for Difference { path, old, new } in differences {
                    visit(path, old.as_ref(), new.as_ref());
                }
            }
            (Changes::Whole, Some(record), Some(drafted)) => {
                whole(drafted, record, row.disposition == Disposition::Created, visit);
            }
            (Changes::Whole, ..) => {}
        }
    }

    /// How many rows have a disposition.
    pub fn count(&self, disposition: Disposition) -> usize {
        self.rows.iter().filter(|row| row.disposition == disposition).count()
    }
}

/// Everything that changes in a record and, of an enterprise, in its contact.
fn whole(drafted: &Drafted<'_>, record: &RecordRef, is_new: bool, visit: &mut Visit<'_>) {
    let mut differences = |mut path: KeyPath, record: &RecordRef| {
        let before = if is_new { None } else { drafted.before(record) };
        compare(&mut path, before.as_ref(), drafted.after(record).as_ref(), visit);
    };
    differences(KeyPath::default(), record);
    if record.kind == Kind::Enterprise {
        differences(KeyPath::key("contact"), &RecordRef::new(Kind::Contact, &record.id));
    }
}

/// What an import is planned from: several tables of one kind, as one change of a store.
#[derive(Clone, Copy)]
pub struct Planner<'r> {
    /// The store.
    pub records: &'r Records,
    /// The tables.
    pub tables: &'r [DataTable],
    /// The columns that are known.
    pub headers: &'r ColumnNames,
    /// How it is to be done.
    pub options: &'r Options,
    /// Counts the rows that are planned.
    pub meter: &'r Meter,
}

impl<'r> Planner<'r> {
    /// Plans every row; one that is refused refuses all. What becomes of each is the same as where the sound ones are
    /// taken.
    pub fn plan(self) -> Plan<'r> {
        let mut found: Vec<Finding> = Vec::new();
        let mut plan = self.plan_rows(&mut |plan| {
            let new: Vec<Finding> = plan.findings.iter().filter(|it| !found.contains(it)).cloned().collect();
            found.extend(new);
        });
        plan.findings = found;
        plan
    }

    /// Plans every row that is sound by itself and with the others; the rest are refused and the plan goes on
    /// without them. Faults that belong to no row remain.
    pub fn plan_valid(self) -> Plan<'r> {
        self.plan_rows(&mut |_| {})
    }

    fn plan_rows(self, look: &mut dyn FnMut(&Plan<'_>)) -> Plan<'r> {
        let mut refused: Vec<RowOutcome> = Vec::new();
        let mut without = BTreeSet::new();
        loop {
            let mut plan = self.plan_without(&without);
            look(&plan);
            let mut faulty = rows_of(&plan, self.tables);
            // A fault that remains without its row is one of the table.
            faulty.retain(|key, _| !without.contains(key));
            if faulty.is_empty() {
                plan.rows.extend(refused);
                plan.rows.sort_by_key(|row| (row.table, row.number));
                return plan;
            }
            for (key, reason) in faulty {
                without.insert(key);
                let (table, number) = key;
                refused.push(RowOutcome { table, number, reason: Some(reason), ..RowOutcome::refused() });
            }
        }
    }

    /// Plans all rows but some.
    fn plan_without(self, without: &BTreeSet<RowKey>) -> Plan<'r> {
        let Self { records, tables, headers, options, meter } = self;
        meter.expect(tables.iter().map(|table| table.rows.len()).sum());
        let mut planning = Planning {
            headers,
            overlay: Overlay::of(records, tables, options),
            plan: Plan::default(),
            earlier: Earlier::default(),
            tables,
            meter,
        };
        planning.plan.findings.extend(unused_words(tables, options));
        for (index, table) in tables.iter().enumerate() {
            match columns(table, headers, options, &planning.overlay.index) {
                Ok(mut columns) => {
                    columns.learn_numbers(table, &records.programme, options.given.decimal);
                    let is_in = |row: &&SheetRow| !without.contains(&(index, row.number));
                    planning.table(index, &columns, &table.rows.iter().filter(is_in).collect::<Vec<_>>());
                }
                Err(found) => planning.plan.findings.extend(found),
            }
        }
        planning.finish()
    }
}

/// A plan while tables are gone through.
struct Planning<'r> {
    headers: &'r ColumnNames,
    overlay: Overlay<'r>,
    plan: Plan<'r>,
    earlier: Earlier,
    tables: &'r [DataTable],
    meter: &'r Meter,
}

/// So many rows are read at a time.
const CHUNK: usize = 512;

impl<'r> Planning<'r> {
    /// Plans rows of a table.
    fn table(&mut self, index: usize, columns: &Columns, rows: &[&'r SheetRow]) {
        self.overlay.know(index, columns);
        let table = &self.tables[index];
        let is_attendance = self.overlay.options.kind == ImportKind::Attendance;
        if is_attendance {
            self.leave_out(index, persons(table, columns));
        }
        if is_attendance && sign_in::is_one(columns) {
            let (rows, faulty): (Vec<_>, Vec<_>) =
                rows.iter().copied().partition(|row| !table.faults.contains_key(&row.number));
            for row in faulty {
                self.refuse((index, row.number), table.faults[&row.number].clone());
            }
            for (outcome, found) in sign_in::plan(&mut self.overlay, (index, table), columns, &rows) {
                self.plan.rows.push(RowOutcome { table: index, ..outcome });
                self.plan.findings.extend(found);
            }
        } else {
            self.rows(index, columns, rows);
        }
        self.leave_out(index, columns.left_out.iter().cloned());
        let understood = columns.understood.iter().cloned();
        self.plan.understood.extend(understood.map(|(header, field)| (index, header, field)));
    }

    fn leave_out(&mut self, table: usize, columns: impl IntoIterator<Item = LeftOut>) {
        self.plan.left_out.extend(columns.into_iter().map(|column| (table, column)));
    }

    /// Plans rows one by one. What they say is read ahead, while those before them are merged upon the store.
    fn rows(&mut self, index: usize, columns: &Columns, rows: &[&'r SheetRow]) {
        let (table, records, options) = (&self.tables[index], self.overlay.records, self.overlay.options);
        let view = |sheet_row: &'r SheetRow| RowView {
            table,
            table_index: index,
            sheet_row,
            columns,
            given: &options.given,
        };
        let chunks = &rows.chunks(CHUNK).collect::<Vec<_>>();
        let reader = || {
            let words = Vocabulary::of(records);
            let read = move |row: &&'r SheetRow| {
                (view(row), hash_of(row, columns), kinds::read(&words, options, &view(row)))
            };
            move |number: usize| chunks[number].iter().map(&read).collect::<Vec<_>>()
        };
        self.plan.rows.reserve(rows.len());
        let Ok(()) = ahead::made_ahead(chunks.len(), reader, |chunk| {
            for (row, hash, parsed) in chunk {
                self.meter.step();
                let fault = table.faults.get(&row.sheet_row.number).cloned();
                if let Some(fault) = fault.or_else(|| label_for_name(self.headers, options.kind, &row)) {
                    self.refuse(row.key(), fault);
                    continue;
                }
                let same = self.earlier.same_as(self.tables, &row, hash);
                self.plan.twins.extend(same.map(|first| (row.key(), first)));
                let same = same.map(|row| (self.tables, row));
                let (outcome, found) = outcome(&mut self.overlay, &row, parsed, same);
                self.plan.rows.push(outcome);
                self.plan.findings.extend(found);
            }
            Ok::<(), Infallible>(())
        });
    }

    /// Refuses a row before it is planned.
    fn refuse(&mut self, (table, number): RowKey, fault: Finding) {
        let reason = Some(fault.message.clone());
        self.plan.rows.push(RowOutcome { table, number, reason, ..RowOutcome::refused() });
        self.plan.findings.push(fault);
    }

    fn finish(self) -> Plan<'r> {
        let Self { overlay, mut plan, tables, .. } = self;
        if !plan.rows.is_sorted_by_key(|row| (row.table, row.number)) {
            plan.rows.sort_by_key(|row| (row.table, row.number));
        }
        let (draft, mut found, emptied) = overlay.finish();
        plan.emptied = emptied;
        // With rows left out, what refers to them would be wrong too.
        if plan.findings.is_empty() {
            found.extend(draft.errors());
            plan.findings = with_rows(found, &plan.rows, tables);
        }
        plan.drafted = Some(draft.drafted());
        plan
    }
}

/// How many bytes a label has at most: names of enterprises are mostly longer.
const LONGEST_LABEL: usize = 24;

/// A row that would make an enterprise of what labels one in a form: the sheet is no list.
fn label_for_name(headers: &ColumnNames, kind: ImportKind, row: &RowView<'_>) -> Option<Finding> {
    let name = row.text("name").filter(|_| kind == ImportKind::Enterprises)?;
    let is_label = !name.is_ascii() && name.len() <= LONGEST_LABEL && headers.is_label(&NameKey::of(name));
    is_label.then(|| {
        let message =
            text!("`{name}` is the name of a column, not of an enterprise", "“{name}”是列名，不是企业名称");
        Finding::new(&rule::RAGGED_ROW, message, row.place("name")).help(text!(
            "clear the row; of a form, leave only labels and their values on the sheet",
            "请清空该行；如为单企业表单，工作表中请只保留标签及其内容"
        ))
    })
}

/// Words that are mapped to ids, and that nobody used: likely misspelt.
fn unused_words(tables: &[DataTable], options: &Options) -> Vec<Finding> {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()));
    let unused = options.given.words.unused(cells).into_iter().map(|(word, id)| {
        let message = text!("no cell holds the word `{word}`", "没有单元格含有“{word}”一词");
        let place = Place::Argument(format!("--word {word}={id}"));
        Finding::new(&rule::UNKNOWN_WORD, message, place)
            .help(text!("check its spelling, or leave it out", "请检查写法，或去掉该项"))
    });
    unused.collect()
}

/// The columns of a table, if they agree with the options.
fn columns(
    table: &DataTable,
    headers: &ColumnNames,
    options: &Options,
    index: &EnterpriseIndex<'_>,
) -> Result<Columns, Vec<Finding>> {
    let mut columns = Columns::find(table, headers)?;
    let is_heads = |id: &str| options.kind == ImportKind::Activities && id == "heads";
    let names_enterprise = columns.by_id.contains_key("enterprise");
    let of_role = options.role.map_or(&[][..], record::fields_of_role);
    // Heads are those of an enterprise, and what is of a membership or a candidacy is so where the list makes one.
    let has_no_place = |id: &str| {
        is_heads(id) && !names_enterprise || options.kind.is_elsewhere(id) && !of_role.contains(&id)
    };
    let without_place = columns.by_id.extract_if(.., |id, _| has_no_place(id)).collect::<Vec<_>>();
    for header in without_place.iter().filter_map(|(_, column)| table.header.get(column.index)) {
        columns.left_out.push(LeftOut { header: header.clone(), why: Why::Unplaced });
    }
    let metrics = columns.by_id.get(METRIC).and_then(|column| table.header.get(column.index));
    for id in LONG_FORM {
        if let Some(column) = columns.by_id.remove(id)
            && let Some(header) = table.header.get(column.index)
        {
            // Of figures that stand side by side it says nothing.
            columns.left_out.push(LeftOut { header: header.clone(), why: Why::Unplaced });
        }
    }
    level_of_sheet(table, headers, index, &mut columns);
    let mut found = Vec::new();
    if let Some((above, given)) = table.unit.zip(options.given.unit).filter(|(above, given)| above != given) {
        let message = text!(
            "the line above the header says {above}, the command line {given}",
            "表头上方写的是{above}，命令行写的是{given}",
            above = above.to_string(),
            given = given.to_string()
        );
        found.push(
            Finding::new(&rule::BAD_UNIT, message, table.row(table.header_row))
                .help(text!("leave `--unit` out", "请去掉 --unit")),
        );
    }
    found.extend(needed::missing(table, &columns, options, index));
    let is_figure = |columns: &Columns| columns.by_id.keys().any(|id| headers.is_metric(id));
    let has_figures = is_figure(&columns) || columns.by_period.values().any(is_figure);
    if options.kind == ImportKind::Indicators && !has_figures {
        let message = text!("no column holds a figure that is known", "没有可识别的指标列");
        let fields = || {
            text!(
                "map its columns with `--map HEADER=FIELD`; fields: {fields}",
                "请用 --map 表头=字段 逐列对应；字段：{fields}",
                fields = headers.fields()
            )
        };
        let in_rows = |metrics: &String| {
            text!(
                "metrics stand in rows under `{metrics}`: head the figures with their year, or name their column with `--map HEADER=value --period 2023`",
                "指标逐行列在“{metrics}”下：请以年份作数据列的表头，或用 --map 表头=value --period 2023 指明数据列",
                metrics = metrics.as_str()
            )
        };
        let help = metrics.map_or_else(fields, in_rows);
        found.push(Finding::new(&rule::NO_HEADER, message, table.row(table.header_row)).help(help));
    }
    let has_period = columns.by_id.contains_key("period");
    for column in columns.by_id.values().filter(|column| headers.is_metric(&column.id)) {
        if !has_period && options.period.or(table.period).is_none() {
            let message = text!(
                "`{header}` names no period, and there is no column `period`",
                "“{header}”没有写明报告期，也没有报告期一列",
                header = table.header[column.index].as_str()
            );
            let help = text!(
                "give it with `--period 2023`, in the header (2023年营业收入) or in a column",
                "请用 --period 2023 指明，或写在表头（2023年营业收入）或单独一列"
            );
            found.push(Finding::new(&rule::MISSING_CELL, message, table.head(column.index)).help(help));
        }
    }
    if has_period && !columns.by_period.is_empty() {
        let index = columns.by_id.get("period").map_or(0, |column| column.index);
        let message = text!("the period stands in a column and in headers", "报告期既写在列中，又写在表头");
        found.push(
            Finding::new(&rule::DUPLICATE_COLUMN, message, table.head(index))
                .help(text!("leave the column out with `--map`", "请用 --map 略去该列")),
        );
    }
    if found.is_empty() { Ok(columns) } else { Err(found) }
}

/// A sheet that is named after a level gives it to its rows: `国家级`, `省级`.
fn level_of_sheet(table: &DataTable, headers: &ColumnNames, words: &dyn Words, columns: &mut Columns) {
    const LEVEL: &str = "level";
    let Some(name) = table.name.as_deref().map(str::trim) else { return };
    if headers.fields().iter().any(|id| id == LEVEL)
        && !columns.has(LEVEL)
        && LevelId::from_cell(name, words).is_ok()
    {
        columns.give(LEVEL, name);
        columns.understood.push((name.to_owned(), LEVEL.to_owned()));
    }
}

/// The columns of persons, which are not kept.
fn persons(table: &DataTable, columns: &Columns) -> Vec<LeftOut> {
    let kept = columns.by_id.values().filter(|column| SIGN_IN.contains(&column.id.as_str()));
    kept.filter_map(|column| table.header.get(column.index))
        .map(|header| LeftOut { header: header.clone(), why: Why::Personal })
        .collect()
}

/// What becomes of a row, and what is wrong with it.
fn outcome(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    parsed: Parsed,
    same: Option<(&[DataTable], RowKey)>,
) -> (RowOutcome, Vec<Finding>) {
    let (table, number) = row.key();
    let mut outcome = RowOutcome { table, number, ..RowOutcome::refused() };
    if let Some((tables, (table, number))) = same {
        let here = std::ptr::eq(&raw const tables[table], row.table);
        let title = (!here).then(|| tables[table].title());
        outcome.disposition = Disposition::Duplicate;
        outcome.reason = Some(match title {
            Some(title) => {
                text!("the same as row {number} of {title}", "与{title}第 {number} 行相同", title = title)
            }
            None => text!("the same as row {number}", "与第 {number} 行相同"),
        });
        return (outcome, Vec::new());
    }
    if row.is_left_out() {
        outcome.disposition = Disposition::Skipped;
        outcome.reason = Some(text!("left out by `--word`", "按 --word 不导入"));
        return (outcome, Vec::new());
    }
    match kinds::plan(overlay, row, parsed) {
        Ok(Merged { record, disposition, changes }) => {
            let reason = row.other_name(&overlay.index).or_else(|| entry::left_before(overlay, row, &record));
            let is_skipped = disposition == Disposition::Skipped;
            let reason = if is_skipped { attendance::not_recorded(row).or(reason) } else { reason };
            (RowOutcome { record: Some(record), disposition, changes, reason, ..outcome }, Vec::new())
        }
        Err(found) => {
            let reasons = found.iter().map(|finding| &finding.message);
            outcome.reason = Some(Text::join(reasons, "; ", "；"));
            (outcome, found)
        }
    }
}
