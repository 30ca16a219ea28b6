//! Sign-in sheets: a row is a person, an enterprise is present with as many heads as persons signed for it. Who
//! cannot be linked to an enterprise is listed apart; nothing is guessed and no person is kept.

use std::collections::BTreeMap;

use super::cell;
use super::column::Columns;
use super::line::Line;
use super::options::Disposition;
use super::plan::RowOutcome;
use super::row::attendance;
use super::sheet::{Row, Sheet};
use super::work::Work;
use crate::model::activity::Status;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar, Words};
use crate::model::value::{Table, Value};

/// Columns that only sign-in sheets have.
pub const COLUMNS: [&str; 5] = ["person", "post", "phone", "signature", "note"];

/// Words before a colon that say which activity it was.
const NAMES: [&str; 6] = ["活动名称", "活动主题", "会议名称", "名称", "主题", "activity"];
const OTHERS: [&str; 12] = [
    "活动时间",
    "会议时间",
    "时间",
    "日期",
    "活动地点",
    "会议地点",
    "地点",
    "主办单位",
    "承办单位",
    "date",
    "time",
    "place",
];

/// Whether rows are persons.
pub fn is_one(columns: &Columns) -> bool {
    columns.by_id.contains_key("person") || columns.by_id.contains_key("signature")
}

/// Whether a line says what, when or where it was and is no row of persons.
pub fn is_head(row: &Row) -> bool {
    let begins = |text: &str| {
        NAMES.iter().chain(&OTHERS).any(|word| {
            text.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(['：', ':']))
        })
    };
    row.said().next().is_some() && row.said().all(|(_, text)| begins(text))
}

/// The names of activities that lines above persons give: after `活动名称：`, or a title as it stands.
pub fn titles(lines: &[String]) -> Vec<String> {
    let mut titles = Vec::new();
    for line in lines {
        for (at, word) in NAMES.iter().filter_map(|word| line.find(word).map(|at| (at, word))) {
            let Some(said) = line[at + word.len()..].trim_start().strip_prefix(['：', ':']) else {
                continue;
            };
            let end = said.find("  ").unwrap_or(said.len());
            titles.push(said[..end].trim().to_owned());
        }
        let plain = ["签到表", "签到册", "签到"].iter().find_map(|word| line.trim().strip_suffix(word));
        titles.push(plain.unwrap_or(line.trim()).to_owned());
    }
    titles
}

/// The persons of one enterprise at one activity.
struct Group {
    first: usize,
    heads: u32,
    status: Option<Status>,
}

/// Why a row is not counted.
enum Apart {
    Unlinked(String),
    Unsigned,
    Wrong(Vec<Finding>),
}

/// Plans the rows of a sheet.
pub fn plan(
    work: &mut Work<'_>,
    (sheet_index, sheet): (usize, &Sheet),
    columns: &Columns,
    rows: &[&Row],
) -> Vec<(RowOutcome, Vec<Finding>)> {
    let line = |index: usize| Line { sheet, sheet_index, row: rows[index], columns, unit: None };
    let is_signed = (0..rows.len()).any(|index| line(index).said("signature").is_some());
    let mut groups: BTreeMap<(RecordRef, String), Group> = BTreeMap::new();
    let mut outcomes = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let outcome = RowOutcome { row: row.number, ..RowOutcome::refused() };
        match person(work, &line(index), is_signed) {
            Ok((activity, enterprise, status)) => {
                let group = groups.entry((activity, enterprise)).or_insert(Group {
                    first: index,
                    heads: 0,
                    status: None,
                });
                group.heads += u32::from(status == Status::Present);
                group.status = group.status.or(Some(status).filter(|status| *status != Status::Present));
                let reason = format!("counted with row {}", rows[group.first].number);
                outcomes.push((
                    RowOutcome { disposition: Disposition::Counted, reason: Some(reason), ..outcome },
                    Vec::new(),
                ));
            }
            Err(apart) => outcomes.push(aside(outcome, apart)),
        }
    }
    for ((activity, enterprise), group) in groups {
        outcomes[group.first] = whole(work, &line(group.first), activity, &enterprise, &group);
    }
    outcomes
}

fn aside(outcome: RowOutcome, apart: Apart) -> (RowOutcome, Vec<Finding>) {
    match apart {
        Apart::Unlinked(why) => {
            (RowOutcome { disposition: Disposition::Unlinked, reason: Some(why), ..outcome }, Vec::new())
        }
        Apart::Unsigned => {
            let reason = Some("not signed".to_owned());
            (RowOutcome { disposition: Disposition::Skipped, reason, ..outcome }, Vec::new())
        }
        Apart::Wrong(found) => {
            let reason = found.first().map(|finding| finding.message.to_string());
            (RowOutcome { reason, ..outcome }, found)
        }
    }
}

/// The first row of an enterprise stands for all of its persons.
fn whole(
    work: &mut Work<'_>,
    line: &Line<'_>,
    activity: RecordRef,
    enterprise: &str,
    group: &Group,
) -> (RowOutcome, Vec<Finding>) {
    let outcome = RowOutcome { row: line.row.number, ..RowOutcome::refused() };
    let status = if group.heads > 0 { Status::Present } else { group.status.unwrap_or(Status::Absent) };
    if work.options.with_contacts {
        keep(work, line, enterprise);
    }
    let laid = work
        .claim(line, &activity, enterprise)
        .and_then(|()| attendance::lay(work, line, activity, enterprise, status, group.heads));
    match laid {
        Ok(laid) => {
            let (record, disposition, changes) = (Some(laid.record), laid.disposition, laid.changes);
            (RowOutcome { record, disposition, changes, ..outcome }, Vec::new())
        }
        Err(found) => aside(outcome, Apart::Wrong(found)),
    }
}

/// Keeps a person as the contact of an enterprise that has none.
fn keep(work: &mut Work<'_>, line: &Line<'_>, enterprise: &str) {
    let record = RecordRef::new(Kind::Contact, enterprise);
    if work.is_there(&record) {
        return;
    }
    let mut contact = Table::default();
    for (column, key) in [("person", "contact"), ("post", "post"), ("phone", "phone")] {
        if let Some(text) = line.said(column) {
            contact.insert(key, Value::Text(cell::phone(text).to_owned()));
        }
    }
    if !contact.is_empty() {
        *work.value(line, &record) = Value::Table(contact);
    }
}

/// The activity and the enterprise of a person, and whether they were there.
fn person(work: &Work<'_>, line: &Line<'_>, is_signed: bool) -> Result<(RecordRef, String, Status), Apart> {
    let wrong = |misread: Misread, column: &str| Apart::Wrong(vec![Finding::of(misread, line.place(column))]);
    let told = ["status", "note"].iter().find_map(|column| {
        let status = Status::from_cell(line.said(column)?, &work.book);
        if *column == "note" {
            status.ok().map(Ok)
        } else {
            Some(status.map_err(|misread| wrong(misread, column)))
        }
    });
    let status = told.transpose()?;
    if is_signed && status.is_none() && line.said("signature").is_none() {
        return Err(Apart::Unsigned);
    }
    let activity = activity(work, line)?;
    let Some(text) = line.meant("enterprise").map_err(|misread| wrong(misread, "enterprise"))? else {
        return Err(Apart::Unlinked("no enterprise is given".to_owned()));
    };
    let unlinked = |misread: Misread| {
        let help = misread.help.map(|help| format!(": {help}")).unwrap_or_default();
        Apart::Unlinked(format!("{}{help}", misread.message))
    };
    let enterprise = work.book.find(Kind::Enterprise, &text).map_err(unlinked)?;
    Ok((activity, enterprise, status.unwrap_or(Status::Present)))
}

/// The activity: of the row, of the command line, or of the lines above the persons.
fn activity(work: &Work<'_>, line: &Line<'_>) -> Result<RecordRef, Apart> {
    let find = |text: &str| work.book.find(Kind::Activity, text).map(|id| RecordRef::new(Kind::Activity, id));
    if let Some(text) = line.said("activity") {
        return find(text)
            .map_err(|misread| Apart::Wrong(vec![Finding::of(misread, line.place("activity"))]));
    }
    if let Some(id) = &work.options.activity {
        return Ok(RecordRef::new(Kind::Activity, id));
    }
    let titles = titles(line.sheet.lines_over(line.row.number));
    let named = titles.iter().find_map(|title| find(title).ok());
    named.ok_or_else(|| {
        let said = titles.first().map_or("nothing".to_owned(), |title| format!("`{title}`"));
        let message = format!("no activity is known by what stands above the names: {said}");
        let finding = Finding::new(&rule::UNKNOWN_REFERENCE, message, line.sheet.row(line.row.number));
        Apart::Wrong(vec![
            finding.help("say which with `--activity ID`, or add it first with `kunpeng activity add`"),
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_activity_is_named_above_the_persons() {
        let lines = [
            "示例开班仪式签到表".to_owned(),
            "活动名称：示例课程  时间：2023年11月16日  地点：示例厅".to_owned(),
        ];
        let titles = titles(&lines);
        assert!(titles.contains(&"示例开班仪式".to_owned()));
        assert!(titles.contains(&"示例课程".to_owned()));
    }
}
