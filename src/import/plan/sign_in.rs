//! Sign-in sheets: a row is a person, an enterprise is present with as many heads as persons signed for it. Who
//! cannot be linked to an enterprise is listed apart; nothing is guessed and no person is kept.

use std::collections::BTreeMap;

use crate::import::columns::Columns;
use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::layout::preamble;
use crate::import::layout::table::DataTable;
use crate::import::plan::attendance;
use crate::import::plan::options::Disposition;
use crate::import::plan::outcome::RowOutcome;
use crate::import::plan::overlay::Overlay;
use crate::import::read::sheet::SheetRow;
use crate::import::rows::row::RowView;
use crate::import::rows::value;
use crate::model::activity::{Activity, Status};
use crate::model::date::Date;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar, Words};
use crate::model::text::Text;
use crate::model::value::{Table, Value};
use crate::text;

/// Whether rows are persons.
pub fn is_one(columns: &Columns) -> bool {
    columns.by_id.contains_key("person") || columns.by_id.contains_key("signature")
}

/// The persons of one enterprise at one activity.
struct Group {
    first: usize,
    heads: u32,
    status: Option<Status>,
}

/// Why a row is not counted.
enum NotCounted {
    Unlinked(Text),
    Unsigned,
    NotRecorded(Text),
    Wrong(Vec<Finding>),
}

/// Plans the rows of a table.
pub fn plan(
    overlay: &mut Overlay<'_>,
    (table_index, table): (usize, &DataTable),
    columns: &Columns,
    rows: &[&SheetRow],
) -> Vec<(RowOutcome, Vec<Finding>)> {
    let options = overlay.options;
    let row =
        |index: usize| RowView { table, table_index, sheet_row: rows[index], columns, given: &options.given };
    let is_signed = (0..rows.len()).any(|index| row(index).text("signature").is_some());
    let mut groups: BTreeMap<(RecordRef, String), Group> = BTreeMap::new();
    let mut outcomes = Vec::new();
    for (index, sheet_row) in rows.iter().enumerate() {
        let outcome = RowOutcome { number: sheet_row.number, ..RowOutcome::refused() };
        match person(overlay, &row(index), is_signed) {
            Ok((activity, enterprise, status)) => {
                let group = groups.entry((activity, enterprise)).or_insert(Group {
                    first: index,
                    heads: 0,
                    status: None,
                });
                group.heads += u32::from(status == Status::Present);
                group.status = group.status.or(Some(status).filter(|status| *status != Status::Present));
                let reason =
                    text!("counted with row {row}", "与第 {row} 行合并计算", row = rows[group.first].number);
                outcomes.push((
                    RowOutcome { disposition: Disposition::Counted, reason: Some(reason), ..outcome },
                    Vec::new(),
                ));
            }
            Err(apart) => outcomes.push(aside(outcome, apart)),
        }
    }
    for ((activity, enterprise), group) in groups {
        outcomes[group.first] = whole(overlay, &row(group.first), activity, &enterprise, &group);
    }
    outcomes
}

fn aside(outcome: RowOutcome, apart: NotCounted) -> (RowOutcome, Vec<Finding>) {
    match apart {
        NotCounted::Unlinked(why) => {
            (RowOutcome { disposition: Disposition::Unlinked, reason: Some(why), ..outcome }, Vec::new())
        }
        NotCounted::Unsigned => {
            let reason = Some(text!("not signed", "未签名"));
            (RowOutcome { disposition: Disposition::Skipped, reason, ..outcome }, Vec::new())
        }
        NotCounted::NotRecorded(why) => {
            (RowOutcome { disposition: Disposition::Skipped, reason: Some(why), ..outcome }, Vec::new())
        }
        NotCounted::Wrong(found) => {
            let reason = found.first().map(|finding| finding.message.clone());
            (RowOutcome { reason, ..outcome }, found)
        }
    }
}

/// The first row of an enterprise stands for all of its persons.
fn whole(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    activity: RecordRef,
    enterprise: &str,
    group: &Group,
) -> (RowOutcome, Vec<Finding>) {
    let outcome = RowOutcome { number: row.sheet_row.number, ..RowOutcome::refused() };
    let status = if group.heads > 0 { Status::Present } else { group.status.unwrap_or(Status::Absent) };
    if overlay.options.with_contacts {
        keep(overlay, row, enterprise);
    }
    let merged = overlay
        .reserve(row, &activity, enterprise)
        .and_then(|()| attendance::merge(overlay, row, activity, enterprise, status, group.heads));
    match merged {
        Ok(merged) => {
            let (record, disposition, changes) = (Some(merged.record), merged.disposition, merged.changes);
            (RowOutcome { record, disposition, changes, ..outcome }, Vec::new())
        }
        Err(found) => aside(outcome, NotCounted::Wrong(found)),
    }
}

/// Keeps a person as the contact of an enterprise that has none.
fn keep(overlay: &mut Overlay<'_>, row: &RowView<'_>, enterprise: &str) {
    let record = RecordRef::new(Kind::Contact, enterprise);
    if overlay.exists(&record) {
        return;
    }
    let mut contact = Table::default();
    for (column, key) in [("person", "contact"), ("post", "post"), ("phone", "phone")] {
        if let Some(text) = row.text(column) {
            contact.insert(key, Value::Text(value::phone(text).to_owned()));
        }
    }
    if !contact.is_empty() {
        *overlay.value(row, &record) = Value::Table(contact);
    }
}

/// The activity and the enterprise of a person, and whether they were there.
fn person(
    overlay: &Overlay<'_>,
    row: &RowView<'_>,
    is_signed: bool,
) -> Result<(RecordRef, String, Status), NotCounted> {
    let wrong =
        |misread: Misread, column: &str| NotCounted::Wrong(vec![Finding::of(misread, row.place(column))]);
    let given = ["status", "note"].iter().find_map(|column| {
        let status = Status::from_cell(row.text(column)?, &overlay.index);
        if *column == "note" {
            status.ok().map(Ok)
        } else {
            Some(status.map_err(|misread| wrong(misread, column)))
        }
    });
    let status = given.transpose()?;
    if is_signed && status.is_none() && row.text("signature").is_none() {
        return Err(NotCounted::Unsigned);
    }
    if status.is_none()
        && let Some(why) = attendance::not_recorded(row)
    {
        return Err(NotCounted::NotRecorded(why));
    }
    let activity = activity(overlay, row).map_err(NotCounted::Wrong)?;
    let Some(text) = row.value("enterprise").map_err(|misread| wrong(misread, "enterprise"))? else {
        return Err(NotCounted::Unlinked(text!("no enterprise is given", "没有写明企业")));
    };
    let unlinked = |misread: Misread| {
        NotCounted::Unlinked(match &misread.help {
            Some(help) => {
                text!("{message}: {help}", "{message}：{help}", message = misread.message, help = help)
            }
            None => misread.message,
        })
    };
    let enterprise = match row.columns.by_id.get(ENTERPRISE_CODE) {
        Some(_) => row
            .record(&overlay.index, "enterprise", Kind::Enterprise)
            .map_err(NotCounted::Wrong)?
            .id
            .to_string(),
        None => overlay.index.find(Kind::Enterprise, &text).map_err(unlinked)?,
    };
    Ok((activity, enterprise, status.unwrap_or(Status::Present)))
}

/// The activity: of the row, of the command line, or of the lines above the persons.
pub fn activity(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<RecordRef, Vec<Finding>> {
    let find =
        |text: &str| overlay.index.find(Kind::Activity, text).map(|id| RecordRef::new(Kind::Activity, id));
    if let Some(text) = row.text("activity") {
        return find(text).map_err(|misread| vec![Finding::of(misread, row.place("activity"))]);
    }
    if let Some(id) = &overlay.options.activity {
        return Ok(RecordRef::new(Kind::Activity, id));
    }
    let titles = preamble::titles(row.table.preamble_of(row.sheet_row.number));
    let lines = row.table.preamble_of(row.sheet_row.number);
    let days = days(lines, row);
    if let Some(named) = titles.iter().find_map(|title| find(title).ok()) {
        return match overlay.records.activities.get(named.id.as_str()) {
            Some(activity) if !days.is_empty() && !days.iter().any(|day| is_on(activity, *day)) => {
                Err(vec![another_day(row, &named, activity, days[0])])
            }
            _ => Ok(named),
        };
    }
    let fitting = fitting(overlay, &titles, &days);
    if let [one] = fitting[..] {
        return Ok(RecordRef::new(Kind::Activity, one));
    }
    Err({
        let message = match titles.first() {
            Some(title) => text!(
                "no activity is known by what stands above the names: `{title}`",
                "签到名单上方的文字没有对应的活动：“{title}”"
            ),
            None => {
                text!("nothing above the names says which activity it was", "签到名单上方没有写明是哪次活动")
            }
        };
        let message = match (&fitting[..], titles.first()) {
            ([_, _, ..], Some(title)) => text!(
                "`{title}` fits several activities: {fitting}",
                "“{title}”与多次活动相符：{fitting}",
                title = title,
                fitting = fitting
            ),
            _ => message,
        };
        let finding = Finding::new(&rule::UNKNOWN_REFERENCE, message, row.table.row(row.sheet_row.number));
        vec![finding.help(text!(
            "name it with `--activity ID`, or add it first with `kunpeng activity add`",
            "请用 --activity 编号 指明，或先用 kunpeng activity add 添加"
        ))]
    })
}

/// The days that lines above persons name.
fn days(lines: &[String], row: &RowView<'_>) -> Vec<Date> {
    let texts = preamble::days(lines);
    texts.iter().filter_map(|text| row.date_of(text)).collect()
}

/// Whether an activity was on a day.
fn is_on(activity: &Activity, day: Date) -> bool {
    let last = activity.end.unwrap_or(activity.date).last();
    day.first() <= last && activity.date.first() <= day.last()
}

/// The activity of the name above the persons was on another day than they say.
fn another_day(row: &RowView<'_>, named: &RecordRef, activity: &Activity, day: Date) -> Finding {
    let message = text!(
        "`{title}` was on {date}, the lines above the names say {day}",
        "“{title}”的日期是 {date}，签到名单上方写的是 {day}",
        title = activity.title.as_str(),
        date = activity.date,
        day = day
    );
    Finding::new(&rule::UNKNOWN_REFERENCE, message, row.table.row(row.sheet_row.number)).help(text!(
        "correct the day, or say which activity it is with `--activity {id}`",
        "请更正日期，或用 --activity {id} 指明是哪次活动",
        id = named.id.as_str()
    ))
}

/// The activities whose title a line above the persons has, or the other way round, on one of the days where any is
/// given.
fn fitting<'r>(overlay: &Overlay<'r>, titles: &[String], days: &[Date]) -> Vec<&'r str> {
    let titles: Vec<NameKey> = titles.iter().map(|title| NameKey::word(title)).collect();
    let edition = overlay.options.edition.as_ref();
    let fits = |activity: &Activity| {
        let title = NameKey::word(activity.title.as_str());
        let is_part = |part: &NameKey, whole: &NameKey| {
            part.as_str().chars().count() >= SHORTEST_TITLE && whole.contains(part)
        };
        titles.iter().any(|above| is_part(&title, above) || is_part(above, &title))
            && (days.is_empty() || days.iter().any(|day| is_on(activity, *day)))
            && edition.is_none_or(|edition| activity.edition == *edition)
    };
    let all = overlay.records.activities.iter();
    all.filter(|(_, activity)| fits(activity)).map(|(id, _)| id.as_str()).collect()
}

/// How many characters of a title tell one activity from another.
const SHORTEST_TITLE: usize = 4;
