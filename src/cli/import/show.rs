//! What an import shows: how the tables were read, what should be looked at, what became of the rows.

use std::io;
use std::ops::Range;

use super::{Import, remark};
use crate::cli::failure::Failure;
use crate::cli::load::Loaded;
use crate::cli::session::Session;
use crate::cli::ui::SHOWN;
use crate::import::columns::kind::ImportKind;
use crate::import::columns::left_out;
use crate::import::layout::table::DataTable;
use crate::import::plan::Plan;
use crate::import::plan::options::{Disposition, Options};
use crate::import::plan::outcome::RowOutcome;
use crate::import::plan::outlier;
use crate::model::finding::Finding;
use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::render::{Format, Page};
use crate::report::import::{ImportTable, Outcome, Visit};
use crate::text;

impl Import {
    /// Shows the plan: as a digest, as a table of every row, or in words.
    pub(super) fn show(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        plan: &Plan<'_>,
        tables: &[DataTable],
    ) -> Result<(), Failure> {
        let format = self.output.wanted()?;
        let has_rows = self.write.dry_run || self.output.format.is_some() || self.output.output.is_some();
        let is_digest = has_rows && format == Format::Table && plan.findings.is_empty();
        let left_out = left_out::summary(plan.left_out.iter().map(|(_, column)| column));
        let understood = understood(plan);
        if !is_digest {
            for taken in taken(tables, false).iter().chain(&understood) {
                session.ui.say(taken);
            }
            if session.ui.is_quiet() {
                dropped(session, tables);
            }
        }
        warnings(
            session,
            &tables.iter().flat_map(|table| table.warnings.iter().cloned()).collect::<Vec<_>>(),
        );
        if has_rows && (is_digest || format != Format::Table) {
            let view = session.view(loaded.records());
            // What has no notes says in rows how the tables were read.
            let has_notes = !matches!(format, Format::Csv | Format::Tsv);
            let remarks = if has_notes { Vec::new() } else { remark::all(plan, tables) };
            let count = plan.rows.len();
            let rows = |rows: Range<usize>, visit: &mut Visit<'_>| {
                outcomes(plan, rows.start.min(count)..rows.end.min(count), tables, visit)?;
                let remarks = &remarks[rows.start.saturating_sub(count)..rows.end.saturating_sub(count)];
                remarks.iter().try_for_each(|remark| remark.visit(visit))
            };
            let table = ImportTable::of(&view, count + remarks.len(), &rows);
            if is_digest {
                let taken = taken(tables, true).into_iter();
                let columns = understood.clone().into_iter().chain(left_out.clone());
                let remarks: Vec<Text> = taken.chain(columns).chain([counts(plan)]).collect();
                self.output.print(session, &[table.digest(&remarks)])?;
            } else {
                let mut head = table.head().clone();
                for note in taken(tables, false).iter().chain(&understood).chain(&left_out) {
                    head.note(note.of(Lang::En), note.of(Lang::Zh));
                }
                self.output.print_pages(session, &[Page { table: &head, rows: &table }])?;
            }
        }
        if let Some(left_out) = left_out.filter(|_| !is_digest) {
            session.ui.warn(&left_out);
        }
        // What the table does not list is said beside it, and who belongs to nobody always.
        let is_told = |row: &RowOutcome| match row.disposition {
            Disposition::Refused | Disposition::Duplicate | Disposition::Counted => false,
            Disposition::Unchanged | Disposition::Unlinked => true,
            _ => !has_rows,
        };
        aside(session, plan, tables, &is_told);
        if let Some(emptied) = &plan.emptied {
            session.ui.warn(emptied);
        }
        if self.accept_valid && !is_digest && !session.ui.is_quiet() {
            aside(session, plan, tables, &|row| row.disposition == Disposition::Refused);
        }
        if self.kind == Some(ImportKind::Indicators) {
            warnings(session, &outlier::warnings(loaded.records(), plan, tables));
        }
        if !is_digest && (!plan.rows.is_empty() || plan.findings.is_empty()) {
            session.ui.say(&counts(plan));
        }
        let faults = plan.findings.len();
        if faults > SHOWN && format == Format::Table {
            session.ui.say(&text!(
                "the first {SHOWN} faults are shown; `-o FILE.csv` lists every row",
                "只列出前 {SHOWN} 个问题；-o 文件.csv 可列出全部行"
            ));
        }
        Ok(())
    }
}

/// What was taken as header, unit and end of each table; a header in the first row only where everything is said.
fn taken(tables: &[DataTable], is_everything: bool) -> Vec<Text> {
    let of = |table: &DataTable| {
        let first =
            (is_everything && table.header_row == 1).then(|| text!("header in row 1", "表头在第 1 行"));
        let taken: Vec<Text> = first.into_iter().chain(table.taken.iter().cloned()).collect();
        let title = table.title();
        let taken = (!taken.is_empty()).then(|| Text::join(&taken, "; ", "；"));
        taken.map(|taken| text!("{title}: {taken}", "{title}：{taken}", title = title, taken = taken))
    };
    tables.iter().filter_map(of).collect()
}

/// What headers that stand on no list were taken for.
fn understood(plan: &Plan<'_>) -> Option<Text> {
    let mut each: Vec<String> = Vec::new();
    for (_, header, field) in &plan.understood {
        let one = format!("{header}={field}");
        if !each.contains(&one) {
            each.push(one);
        }
    }
    (!each.is_empty()).then(|| {
        text!(
            "headers understood by their parts: {en}",
            "按词义识别的表头：{zh}",
            en = each.join(", "),
            zh = each.join("、")
        )
    })
}

/// Says which rows were taken for no records, to whoever asked for quiet too.
fn dropped(session: &Session<'_>, tables: &[DataTable]) {
    for table in tables.iter().filter(|table| !table.dropped.is_empty()) {
        let dropped = Text::join(&table.dropped, "; ", "；");
        session.ui.warn(&text!(
            "{title}: {dropped}",
            "{title}：{dropped}",
            title = table.title(),
            dropped = dropped
        ));
    }
}

/// Says which words of the tables were settled by an earlier import, and how.
pub fn recalled(session: &Session<'_>, options: &Options, tables: &[DataTable]) {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()));
    let words = options.given.words.recalled(cells);
    if words.is_empty() {
        return;
    }
    let words: Vec<Text> = words.iter().map(|(word, id)| Text::same(format!("{word}={id}"))).collect();
    session.ui.say(&text!(
        "words settled before, in columns.toml: {words}",
        "以前已定的词（columns.toml）：{words}",
        words = Text::join(&words, ", ", "、")
    ));
}

/// Shows what somebody should look at; of very many only the first.
fn warnings(session: &Session<'_>, warnings: &[Finding]) {
    if warnings.is_empty() {
        return;
    }
    let shown: Vec<_> = warnings.iter().take(SHOWN).map(|finding| (finding.clone(), Vec::new())).collect();
    session.ui.say_findings(&shown);
    if warnings.len() > SHOWN {
        let more = warnings.len() - SHOWN;
        session.ui.say(&text!("{more} more warnings are not shown", "另有{more}项警告未列出"));
    }
}

/// Says of rows what becomes of them and why: nothing of a file goes by in silence.
fn aside(
    session: &Session<'_>,
    plan: &Plan<'_>,
    tables: &[DataTable],
    is_told: &dyn Fn(&RowOutcome) -> bool,
) {
    let rows: Vec<&RowOutcome> =
        plan.rows.iter().filter(|row| row.reason.is_some() && is_told(row)).collect();
    for row in rows.iter().take(SHOWN) {
        let title = tables.get(row.table).map(DataTable::title);
        session.ui.warn(&text!(
            "{title}, row {row}: {what}: {reason}",
            "{title}，第 {row} 行：{what}：{reason}",
            title = title,
            row = row.number,
            what = row.disposition,
            reason = row.reason.as_ref()
        ));
    }
    if rows.len() > SHOWN {
        let more = rows.len() - SHOWN;
        session.ui.warn(&text!(
            "{more} more such rows; `--format csv` lists every row",
            "另有 {more} 行；--format csv 可列出全部行"
        ));
    }
}

fn outcomes(
    plan: &Plan<'_>,
    rows: Range<usize>,
    tables: &[DataTable],
    visit: &mut Visit<'_>,
) -> io::Result<()> {
    plan.rows[rows].iter().try_for_each(|row| {
        let table = tables.get(row.table);
        visit(&Outcome {
            file: table.map_or("", |table| &table.file),
            sheet: table.and_then(|table| table.name.as_deref()),
            row: row.number,
            disposition: (
                row.disposition.id(),
                [row.disposition.label(Lang::En), row.disposition.label(Lang::Zh)],
            ),
            is_new: row.disposition == Disposition::Created,
            record: row.record.as_ref(),
            column: None,
            reason: row.reason.as_ref(),
            differences: &|visit| plan.differences(row, visit),
        })
    })
}

/// How many rows became what.
fn counts(plan: &Plan<'_>) -> Text {
    let counts: Vec<Text> = Disposition::ALL
        .iter()
        .map(|disposition| (plan.count(*disposition), disposition))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| text!("{count} {word}", "{word} {count} 行", word = word))
        .collect();
    let rows = plan.rows.len();
    let en = if rows == 1 { "row" } else { "rows" };
    let counts = if counts.is_empty() {
        text!("none read", "没有读到数据")
    } else {
        Text::join(&counts, ", ", "，")
    };
    text!("{rows} {en}: {counts}", "共 {rows} 行：{counts}", counts = counts)
}
