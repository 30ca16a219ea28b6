//! A row of a ledger of visits or activities that says which enterprises were there.

use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::plan::attendance;
use crate::import::plan::options::Disposition;
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::rows::row::{Cells, RowView};
use crate::model::activity::Status;
use crate::model::change::differences;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::separated;
use crate::model::shape::{Scalar, Words};
use crate::model::value::{KeyPath, Table};
use crate::text;

/// Plans a row: the activity, and the enterprises that were there.
pub fn plan(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    record: &RecordRef,
    fields: Table,
) -> Result<Merged, Vec<Finding>> {
    let present = visited(overlay, row)?;
    for enterprise in &present {
        overlay.reserve(row, record, &enterprise.id)?;
    }
    let mut cells = Cells::default();
    cells.read(row, "heads", "heads", |text| {
        u32::from_cell(text, &overlay.index).map(|heads| heads.to_value())
    });
    let heads: Option<u32> = cells.finish()?.get("heads").and_then(|heads| heads.to_string().parse().ok());
    if let (Some(heads), [_, _, ..]) = (heads, &present[..]) {
        let message = text!(
            "the {heads} persons are of {count} enterprises, and nobody can say how many of each",
            "{heads} 人来自 {count} 家企业，无法得知各有几人",
            count = present.len()
        );
        let header = row.columns.by_id.get("heads").and_then(|column| row.table.header.get(column.index));
        let help = text!(
            "leave the column out with `--map \"{header}=-\"`, which counts one person each, or give each enterprise a row",
            "请用 --map \"{header}=-\" 略去该列（每家按 1 人计），或每家企业各占一行",
            header = header.map_or("heads", |header| header.trim())
        );
        return Err(vec![Finding::new(&rule::WRONG_TYPE, message, row.place("heads")).help(help)]);
    }
    let old = overlay.current(record);
    let is_new = old.is_none();
    let (value, mut disposition) = overlay.merge(row, old.as_ref(), fields)?;
    let mut changes = differences(KeyPath::default(), old.as_ref(), Some(&value));
    *overlay.value(row, record) = value;
    for enterprise in present {
        let heads = heads.unwrap_or(1);
        let there = attendance::merge(overlay, row, record.clone(), &enterprise.id, Status::Present, heads)?;
        if let Changes::Listed(more) = there.changes {
            changes.extend(more);
        }
        let is_news = matches!(there.disposition, Disposition::Created | Disposition::Changed);
        if disposition == Disposition::Unchanged && is_news {
            disposition = if is_new { Disposition::Created } else { Disposition::Changed };
        }
    }
    Ok(Merged { record: record.clone(), disposition, changes: Changes::Listed(changes) })
}

/// The enterprise of a row of a ledger, or those that its cell lists.
fn visited(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<Vec<RecordRef>, Vec<Finding>> {
    let one = row.record(&overlay.index, "enterprise", Kind::Enterprise);
    let listed = row.text("enterprise").map(|text| separated::words(text).collect::<Vec<_>>());
    match (one, listed.unwrap_or_default()) {
        (Ok(one), _) => Ok(vec![one]),
        (Err(_), names) if names.len() > 1 && !row.columns.by_id.contains_key(ENTERPRISE_CODE) => {
            let find = |name: &str| overlay.index.find(Kind::Enterprise, name);
            let (found, unknown): (Vec<_>, Vec<_>) = names.into_iter().map(find).partition(Result::is_ok);
            if unknown.is_empty() {
                return Ok(found
                    .into_iter()
                    .flatten()
                    .map(|id| RecordRef::new(Kind::Enterprise, id))
                    .collect());
            }
            let unknown = unknown.into_iter().filter_map(Result::err);
            Err(unknown.map(|misread| Finding::of(misread, row.place("enterprise"))).collect())
        }
        (Err(found), _) => Err(found),
    }
}
