//! What an import does, row by row.

use super::change::{record, values};
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::change::Difference;
use crate::model::finding::RecordRef;

/// What becomes of one row.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'p> {
    /// The file.
    pub file: &'p str,
    /// The sheet of a workbook.
    pub sheet: Option<&'p str>,
    /// The line.
    pub row: usize,
    /// The id of what becomes of it, and its labels in English and Chinese.
    pub disposition: (&'static str, [&'static str; 2]),
    /// The record it belongs to.
    pub record: Option<&'p RecordRef>,
    /// The row it repeats, or what is wrong with it.
    pub reason: Option<&'p str>,
    /// Every value that changes.
    pub differences: &'p [Difference],
}

/// Every row, and for rows that change something a line for each value.
pub fn import_table(view: &View, outcomes: &[Outcome<'_>]) -> Table {
    let columns = [
        ("file", Kind::Text),
        ("row", Kind::Count),
        ("disposition", Kind::Coded),
        ("record", Kind::Name),
        ("field", Kind::Id),
        ("old", Kind::Text),
        ("new", Kind::Text),
    ];
    let has_sheets = outcomes.iter().any(|outcome| outcome.sheet.is_some());
    let has_reasons = outcomes.iter().any(|outcome| outcome.reason.is_some());
    let sheet = has_sheets.then_some(("sheet", Kind::Text));
    let reason = has_reasons.then_some(("reason", Kind::Text));
    let columns: Vec<_> =
        columns[..1].iter().copied().chain(sheet).chain(columns[1..].iter().copied()).chain(reason).collect();
    let mut table = view.table("import", &columns);
    for outcome in outcomes {
        let (id, [en, zh]) = outcome.disposition;
        let of = outcome.record.map_or(Cell::Missing, |it| record(view, it));
        let text = |text: Option<&str>| text.map_or(Cell::Missing, |text| Cell::Text(text.to_owned()));
        let place = has_sheets.then(|| text(outcome.sheet));
        let reason = has_reasons.then(|| text(outcome.reason));
        let row = [Cell::count(outcome.row), Cell::coded(id, view.lang.pick(en, zh)), of];
        let head: Vec<Cell> =
            std::iter::once(Cell::Text(outcome.file.to_owned())).chain(place).chain(row).collect();
        if outcome.differences.is_empty() {
            let blank = [Cell::Missing, Cell::Missing, Cell::Missing];
            table.row(head.iter().cloned().chain(blank).chain(reason.clone()).collect());
        }
        for difference in outcome.differences {
            let [old, new] =
                outcome.record.map_or([Cell::Missing, Cell::Missing], |it| values(it, difference));
            let field = Cell::Text(difference.path.to_string());
            table.row(head.iter().cloned().chain([field, old, new]).chain(reason.clone()).collect());
        }
    }
    table
}
