//! What an import says of itself: how the tables were read, what should be looked at, what became of the rows.

use std::io;
use std::ops::Range;

use crate::cli::session::Session;
use crate::cli::ui::SHOWN;
use crate::import::layout::table::DataTable;
use crate::import::plan::Plan;
use crate::import::plan::options::Disposition;
use crate::import::plan::outcome::RowOutcome;
use crate::model::finding::Finding;
use crate::model::text::Text;
use crate::report::import::{Outcome, Visit};
use crate::text;

/// Says what was taken as header, unit and end of each table, and shows what somebody should look at.
pub fn interpretation(session: &Session<'_>, sheets: &[DataTable]) {
    for sheet in sheets.iter().filter(|sheet| !sheet.taken.is_empty()) {
        let taken = Text::join(&sheet.taken, "; ", "；");
        session.ui.say(&text!("{title}: {taken}", "{title}：{taken}", title = sheet.title(), taken = taken));
    }
    let warnings: Vec<Finding> = sheets.iter().flat_map(|sheet| sheet.warnings.iter().cloned()).collect();
    self::warnings(session, &warnings);
}

/// Shows what somebody should look at; of very many only the first.
pub fn warnings(session: &Session<'_>, warnings: &[Finding]) {
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

/// Says which rows are refused and why, where the others are taken.
pub fn refused(session: &Session<'_>, plan: &Plan<'_>, sheets: &[DataTable]) {
    for row in plan.rows.iter().filter(|row| row.disposition == Disposition::Refused) {
        let title = sheets.get(row.sheet).map(DataTable::title);
        session.ui.say(&text!(
            "refused: {title}, row {row}: {reason}",
            "拒绝：{title}，第 {row} 行：{reason}",
            title = title,
            row = row.row,
            reason = row.reason.as_ref()
        ));
    }
}

/// Says which rows belong to nobody, are left out or are taken under another name: nothing of a file goes by in
/// silence.
pub fn aside(session: &Session<'_>, plan: &Plan<'_>, sheets: &[DataTable]) {
    let is_aside = |row: &&RowOutcome| {
        let has_reason = row.reason.is_some();
        has_reason
            && !matches!(
                row.disposition,
                Disposition::Refused | Disposition::Duplicate | Disposition::Counted
            )
    };
    let rows: Vec<&RowOutcome> = plan.rows.iter().filter(is_aside).collect();
    for row in rows.iter().take(SHOWN) {
        let title = sheets.get(row.sheet).map(DataTable::title);
        session.ui.warn(&text!(
            "{title}, row {row}: {what}: {reason}",
            "{title}，第 {row} 行：{what}：{reason}",
            title = title,
            row = row.row,
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

pub fn outcomes(
    plan: &Plan<'_>,
    rows: Range<usize>,
    sheets: &[DataTable],
    visit: &mut Visit<'_>,
) -> io::Result<()> {
    use crate::model::lang::Lang;
    plan.rows[rows].iter().try_for_each(|row| {
        let sheet = sheets.get(row.sheet);
        visit(&Outcome {
            file: sheet.map_or("", |sheet| &sheet.file),
            sheet: sheet.and_then(|sheet| sheet.name.as_deref()),
            row: row.row,
            disposition: (
                row.disposition.id(),
                [row.disposition.label(Lang::En), row.disposition.label(Lang::Zh)],
            ),
            is_new: row.disposition == Disposition::Created,
            record: row.record.as_ref(),
            reason: row.reason.as_ref(),
            differences: &|visit| plan.differences(row, visit),
        })
    })
}

/// How many rows became what.
pub fn counts(plan: &Plan<'_>) -> Text {
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
