//! A row that says whether an enterprise was at an activity.

use crate::import::plan::mark::{self, Mark};
use crate::import::plan::options::{Disposition, OnConflict, weightier};
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::plan::sign_in;
use crate::import::rows::row::{Cells, RowView};
use crate::model::activity::{Activity, Status};
use crate::model::change::Difference;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::shape::{Faults, Scalar, Shape};
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step, Value};
use crate::text;

/// Plans a row.
pub fn plan(overlay: &mut Overlay<'_>, row: &RowView<'_>) -> Result<Merged, Vec<Finding>> {
    if !row.columns.marks.is_empty() {
        return marked(overlay, row);
    }
    let activity = sign_in::activity(overlay, row);
    let enterprise = row.record(&overlay.index, "enterprise", Kind::Enterprise);
    let parsed = status(overlay, row);
    let (record, enterprise, (status, heads)) = match (activity, enterprise, parsed) {
        (Ok(activity), Ok(enterprise), Ok(parsed)) => (activity, enterprise, parsed),
        (activity, enterprise, parsed) => {
            let found = [activity.err(), enterprise.err(), parsed.err()].into_iter().flatten().flatten();
            return Err(found.collect());
        }
    };
    if not_recorded(row).is_some() {
        return Ok(Merged {
            record,
            disposition: Disposition::Skipped,
            changes: Changes::Listed(Vec::new()),
        });
    }
    overlay.reserve(row, &record, &enterprise.id)?;
    merge(overlay, row, record, &enterprise.id, status, heads)
}

/// Why a row says nothing: it has a column for who was there, and nothing in it.
pub fn not_recorded(row: &RowView<'_>) -> Option<Text> {
    let is_asked = row.columns.by_id.contains_key("status") && row.columns.by_id.contains_key("enterprise");
    let is_blank = ["status", "heads", "signature"].iter().all(|column| row.text(column).is_none());
    (is_asked && is_blank).then(|| text!("whether it was there is not given", "未填是否到会"))
}

/// Plans a row of marks below the titles of activities: a tick or a number of heads for who was there.
fn marked(overlay: &mut Overlay<'_>, row: &RowView<'_>) -> Result<Merged, Vec<Finding>> {
    let enterprise = row.record(&overlay.index, "enterprise", Kind::Enterprise)?;
    let mut whole = (Disposition::Unchanged, Vec::new());
    let mut record = enterprise.clone();
    for (activity, column) in &row.columns.marks {
        let text = row.sheet_row.cells.get(column.index).map_or("", |cell| cell.text.trim());
        let status = Status::from_cell(text, &overlay.index).ok().filter(|_| !text.is_empty());
        let (status, heads) = match status {
            Some(status) => (status, u32::from(status == Status::Present)),
            None => {
                match mark::read(row, column, &overlay.index).map_err(|finding| vec![no_status(finding)])? {
                    None => continue,
                    Some(Mark::No) => (Status::Absent, 0),
                    Some(Mark::Count(heads)) => (Status::Present, heads),
                    Some(Mark::Yes | Mark::Since(_)) => (Status::Present, 1),
                }
            }
        };
        record = RecordRef::new(Kind::Activity, activity);
        overlay.reserve(row, &record, &enterprise.id)?;
        let merged = merge(overlay, row, record.clone(), &enterprise.id, status, heads)?;
        whole.0 = weightier(whole.0, merged.disposition);
        if let Changes::Listed(differences) = merged.changes {
            whole.1.extend(differences);
        }
    }
    Ok(Merged { record, disposition: whole.0, changes: Changes::Listed(whole.1) })
}

/// What is wrong with a mark, with what marks of attendance may be.
fn no_status(finding: Finding) -> Finding {
    finding.help(text!(
        "write √ or 到, 请假 or 缺席, or how many persons were there",
        "请写 √ 或 到、请假、缺席，或到会人数"
    ))
}

/// Present where heads are given or nothing is given; one head where none are.
fn status(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<(Status, u32), Vec<Finding>> {
    let mut cells = Cells::default();
    cells.read(row, "status", "status", |text| {
        Status::from_cell(text, &overlay.index).map(|status| status.to_value())
    });
    cells.read(row, "heads", "heads", |text| {
        u32::from_cell(text, &overlay.index).map(|heads| heads.to_value())
    });
    let table = cells.finish()?;
    let status =
        table.get("status").and_then(|status| status.to_string().parse().ok()).unwrap_or(Status::Present);
    let heads: Option<u32> = table.get("heads").and_then(|heads| heads.to_string().parse().ok());
    match (status, heads) {
        (Status::Present, Some(0)) => {
            let message = text!("present with no heads", "出席但没有人数");
            let help =
                text!("write absent or excused, or the number of persons", "请写缺席或请假，或写明人数");
            Err(vec![Finding::new(&rule::BAD_ATTENDANCE, message, row.place("heads")).help(help)])
        }
        (Status::Present, heads) => Ok((status, heads.unwrap_or(1))),
        (_, Some(heads)) if heads > 0 => {
            let message = text!("{status} with {heads} heads", "{status}却有 {heads} 人", status = status);
            Err(vec![
                Finding::new(&rule::BAD_ATTENDANCE, message, row.place("heads"))
                    .help(text!("leave heads empty", "请将人数留空")),
            ])
        }
        (_, _) => Ok((status, 0)),
    }
}

/// Lays what is known of an enterprise upon an activity.
pub fn merge(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    record: RecordRef,
    enterprise: &str,
    status: Status,
    heads: u32,
) -> Result<Merged, Vec<Finding>> {
    let value = overlay.value(row, &record).clone();
    let mut activity = Activity::read(value, &mut Faults::default()).ok_or_else(Vec::new)?;
    let id: EnterpriseId =
        enterprise.parse().map_err(|misread| vec![Finding::of(misread, row.place("enterprise"))])?;
    let old = activity.status(&id).map(|old| (old, activity.present.get(&id).copied().unwrap_or(0)));
    let show = |(status, heads): (Status, u32)| match status {
        Status::Present => Value::Text(format!("{status}, {heads}")),
        _ => Value::Text(status.to_string()),
    };
    let difference = Difference {
        path: KeyPath(vec![Step::Key("attendance".into()), Step::Key(enterprise.to_owned().into())]),
        old: old.map(show),
        new: Some(show((status, heads))),
    };
    let disposition = match old {
        Some(old) if old == (status, heads) => Disposition::Unchanged,
        None => Disposition::Created,
        Some(old) => match overlay.options.on_conflict {
            OnConflict::Update => Disposition::Changed,
            OnConflict::Fill | OnConflict::Skip => Disposition::Skipped,
            OnConflict::Fail => {
                let message = text!(
                    "`{enterprise}` is {old} in the store and {new} here",
                    "“{enterprise}”在数据中为{old}，在表格中为{new}",
                    old = (show(old)).to_string(),
                    new = (show((status, heads))).to_string()
                );
                return Err(vec![Finding::new(&rule::CONFLICT, message, row.place("status"))]);
            }
        },
    };
    let changes = matches!(disposition, Disposition::Created | Disposition::Changed);
    if changes {
        activity.record(id, status, heads);
        if let Some(value) = activity.write() {
            *overlay.value(row, &record) = value;
        }
    }
    let changes = Changes::Listed(if changes { vec![difference] } else { Vec::new() });
    Ok(Merged { record, disposition, changes })
}
