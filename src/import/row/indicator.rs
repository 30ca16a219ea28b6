//! A row that holds the figures of an enterprise for a period.

use crate::import::cell;
use crate::import::plan::{Cells, Disposition, Laid, Line, Work, record_of};
use crate::model::enterprise::Enterprise;
use crate::model::finding::Finding;
use crate::model::kind::Kind;
use crate::model::period::Period;
use crate::model::shape::{Scalar, Shape};
use crate::model::value::{KeyPath, Step};

/// Plans a row.
pub fn plan(work: &mut Work<'_>, line: &Line<'_>) -> Result<Laid, Vec<Finding>> {
    let record = record_of(work, line, "enterprise", Kind::Enterprise);
    let mut cells = Cells::default();
    let period = cells.need(line, "period", |text| period(text).map(|period| period.to_value()));
    cells.table.remove("period");
    for column in line.fields().filter(|column| !matches!(column.id.as_str(), "enterprise" | "period")) {
        let id = column.id.as_str();
        let parse = |text: &str| {
            if work.options.kind.is_money(id, work.records) {
                let (header, said) = line.unit(id);
                cell::money(text, header, said)
            } else {
                Enterprise::parse(&["indicators", "2000", id], text, &work.book)
            }
        };
        cells.read(line, id, id, parse);
    }
    let (record, figures, period) = match (record, cells.finish(), period) {
        (Ok(record), Ok(figures), Some(period)) => (record, figures, period.to_string()),
        (record, figures, _) => {
            let found = [record.err(), figures.err()].into_iter().flatten().flatten();
            return Err(found.collect());
        }
    };
    work.claim(line, &record, &period)?;
    let path = KeyPath(vec![Step::Key("indicators".into()), Step::Key(period.clone().into())]);
    let old = work.value(&record).at(&path).cloned();
    if figures.is_empty() {
        return Ok(Laid { record, disposition: Disposition::Unchanged, differences: Vec::new() });
    }
    let (value, disposition, differences) = work.lay(line, &path, old.as_ref(), figures)?;
    work.value(&record).set(&["indicators", &period], Some(value));
    Ok(Laid { record, disposition, differences })
}

/// A period as sheets write it: `2023`, `2023年`, `2023年度`.
fn period(text: &str) -> Result<Period, crate::model::shape::Misread> {
    text.trim_end_matches("年度").trim_end_matches('年').parse()
}
