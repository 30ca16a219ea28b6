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
    /// The line.
    pub row: usize,
    /// The id of what becomes of it, and its labels in English and Chinese.
    pub disposition: (&'static str, [&'static str; 2]),
    /// The record it belongs to.
    pub record: Option<&'p RecordRef>,
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
    let mut table = view.table("import", &columns);
    for outcome in outcomes {
        let (id, [en, zh]) = outcome.disposition;
        let of = outcome.record.map_or(Cell::Missing, |it| record(view, it));
        let head = [
            Cell::Text(outcome.file.to_owned()),
            Cell::count(outcome.row),
            Cell::coded(id, view.lang.pick(en, zh)),
            of,
        ];
        if outcome.differences.is_empty() {
            table.row(head.iter().cloned().chain([Cell::Missing, Cell::Missing, Cell::Missing]).collect());
        }
        for difference in outcome.differences {
            let [old, new] =
                outcome.record.map_or([Cell::Missing, Cell::Missing], |it| values(it, difference));
            let field = Cell::Text(difference.path.to_string());
            table.row(head.iter().cloned().chain([field, old, new]).collect());
        }
    }
    table
}
