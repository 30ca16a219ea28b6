//! A row that holds the figures of an enterprise, for one period or for several.

use crate::import::columns::kind::{METRIC, UNIT, VALUE};
use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::layout::header_text::take_period;
use crate::import::plan::options::{Disposition, weightier};
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::model::change::{Difference, differences};
use crate::model::field;
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::period::Period;
use crate::model::shape::{Misread, Scalar};
use crate::model::value::{KeyPath, Step, Table};

/// Columns that hold no figures.
const APART: [&str; 6] = ["enterprise", ENTERPRISE_CODE, "period", METRIC, UNIT, VALUE];

/// Plans a row.
pub fn plan(overlay: &mut Overlay<'_>, row: &RowView<'_>) -> Result<Merged, Vec<Finding>> {
    let record = row.record(&overlay.index, "enterprise", Kind::Enterprise);
    let parts = parts(overlay, row);
    let (record, parts) = match (record, parts) {
        (Ok(record), Ok(parts)) => (record, parts),
        (record, parts) => return Err([record.err(), parts.err()].into_iter().flatten().flatten().collect()),
    };
    let mut whole = (Disposition::Unchanged, Vec::new());
    for (period, figures) in parts {
        let (disposition, differences) = merge(overlay, row, &record, period, figures)?;
        whole.0 = weightier(whole.0, disposition);
        whole.1.extend(differences);
    }
    Ok(Merged { record, disposition: whole.0, changes: Changes::Listed(whole.1) })
}

/// The figures of each period.
fn parts(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<Vec<(Period, Table)>, Vec<Finding>> {
    let mut parts = Vec::new();
    let mut found = Vec::new();
    match by_period(overlay, row) {
        Ok(dated) => parts.extend(dated),
        Err(faults) => found.extend(faults),
    }
    let has_more = row.fields().any(|column| !APART.contains(&column.id.as_str()));
    if has_more || row.columns.by_period.is_empty() {
        let mut cells = figures(overlay, row);
        let period = match (row.text("period"), overlay.options.period.or(row.table.period)) {
            (None, Some(period)) => Some(period),
            _ => cells
                .need(row, "period", |text| period(text).map(|period| period.to_value()))
                .and_then(|period| period.to_string().parse().ok()),
        };
        cells.table.remove("period");
        match (cells.finish(), period) {
            (Ok(figures), Some(period)) => parts.push((period, figures)),
            (figures, _) => found.extend(figures.err().into_iter().flatten()),
        }
    }
    if found.is_empty() { Ok(parts) } else { Err(found) }
}

/// The figures of columns whose header names a period.
pub fn by_period(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<Vec<(Period, Table)>, Vec<Finding>> {
    let mut parts = Vec::new();
    let mut found = Vec::new();
    for (period, columns) in &row.columns.by_period {
        match figures(overlay, &row.with(columns)).finish() {
            Ok(figures) => parts.push((*period, figures)),
            Err(faults) => found.extend(faults),
        }
    }
    if found.is_empty() { Ok(parts) } else { Err(found) }
}

fn figures(overlay: &Overlay<'_>, row: &RowView<'_>) -> Cells {
    let mut cells = Cells::default();
    let is_metric = |id: &str| overlay.records.programme.metrics.contains_key(id);
    for column in row.fields().filter(|column| is_metric(&column.id)) {
        let id = column.id.as_str();
        let parse = |text: &str| {
            if overlay.options.kind.is_money(id, overlay.records) {
                let (header, parsed) = row.unit(id);
                value::money(text, header, parsed)
            } else {
                field::figure(overlay.records, &["indicators", "2000", id], text, &overlay.index)
            }
        };
        cells.read(row, id, id, parse);
    }
    cells
}

fn merge(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    record: &RecordRef,
    period: Period,
    figures: Table,
) -> Result<(Disposition, Vec<Difference>), Vec<Finding>> {
    let period = period.to_string();
    overlay.reserve(row, record, &period)?;
    let path = KeyPath(vec![Step::Key("indicators".into()), Step::Key(period.clone().into())]);
    if figures.is_empty() {
        return Ok((Disposition::Unchanged, Vec::new()));
    }
    let old = overlay.value(row, record).at(&path).cloned();
    let (value, disposition) = overlay.merge(row, old.as_ref(), figures)?;
    let differences = differences(path, old.as_ref(), Some(&value));
    overlay.value(row, record).set(&["indicators", &period], Some(value));
    Ok((disposition, differences))
}

/// A period as sheets write it: `2023`, `2023年`, `2023年度`, `2023年上半年`.
fn period(text: &str) -> Result<Period, Misread> {
    match take_period(text) {
        Some((period, rest)) if rest.is_empty() => Ok(period),
        _ => text.parse(),
    }
}
