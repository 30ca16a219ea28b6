//! Another table below the first whose headers are not known: it is told by where it stands and by what its columns
//! hold, and its rows are never taken for records of the first.

use crate::import::layout::footer::is_sum;
use crate::import::read::blank;
use crate::import::read::sheet::{Cell, CellKind, SheetRow};
use crate::model::amount::parse_number;
use crate::model::name::NameKey;

/// Where another table begins among the rows below a header: the place of its own header. `is_number` says whether a
/// text heads running numbers, `numbers` which columns of the first table have them, `repeats` whether a row is the
/// header of the first table again.
pub fn begins(
    rows: &[SheetRow],
    numbers: &[bool],
    is_number: &dyn Fn(&str) -> bool,
    repeats: &dyn Fn(&SheetRow) -> bool,
) -> Option<usize> {
    (1..rows.len()).find(|at| {
        let row = &rows[*at];
        // What stands above is looked at last: it may be many rows, and is the same for each row of one cell.
        is_of_names(row)
            && (is_apart(rows, *at) || is_below_sum(rows, *at))
            && !repeats(row)
            && row.filled().any(|(column, text)| {
                let is_running = numbers.get(column) == Some(&true);
                let heads = |rows: &[SheetRow]| holds_figures(rows.iter().take(LOOKED_AT), column);
                let above = &rows[at.saturating_sub(LOOKED_AT)..*at];
                (!is_running || is_number(text)) && (heads(above) || heads(&rows[at + 1..]))
            })
    })
}

/// How many rows tell what a column holds.
const LOOKED_AT: usize = 20;

/// The place of a row, or of the first of the titles right above it.
pub fn with_titles(rows: &[SheetRow], at: usize) -> usize {
    let titles = rows[..at].iter().rev().take_while(|row| row.filled().nth(1).is_none()).count();
    (at - titles).max(1)
}

/// Whether a gap stands above a row, or above a title of it.
fn is_apart(rows: &[SheetRow], at: usize) -> bool {
    (with_titles(rows, at)..=at).any(|place| rows[place].number > rows[place - 1].number + 1)
}

/// Whether a sum stands above a row, or above the titles of it.
fn is_below_sum(rows: &[SheetRow], at: usize) -> bool {
    let above = &rows[with_titles(rows, at) - 1];
    above.filled().take(2).any(|(_, text)| text.len() <= LONGEST_SUM && is_sum(&NameKey::of(text)))
}

/// How many bytes a word for a sum has at most, with how many it is of.
const LONGEST_SUM: usize = 30;

/// Whether a row has several short words and nothing else.
fn is_of_names(row: &SheetRow) -> bool {
    let is_name = |(column, text): (usize, &str)| {
        row.cells.get(column).is_some_and(|cell| cell.kind == CellKind::Text)
            && !text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().count() <= LONGEST
            && blank::text(text).is_some()
            && !text.contains(['：', ':'])
            && parse_number(text).is_err()
    };
    row.filled().nth(1).is_some() && row.filled().all(is_name)
}

/// How long a header may be.
const LONGEST: usize = 20;

/// Whether a column has numbers or days, and nothing else.
fn holds_figures<'r>(rows: impl Iterator<Item = &'r SheetRow>, column: usize) -> bool {
    let of_figures = |c: char| c.is_ascii_digit() || "-/.,:%年月日元万亿 ".contains(c);
    let is_figure = |cell: &Cell| {
        matches!(cell.kind, CellKind::Number | CellKind::Date)
            || cell.text.contains(|c: char| c.is_ascii_digit()) && cell.text.chars().all(of_figures)
    };
    let cells = rows.filter(|row| row.filled().count() > 1).filter_map(|row| row.cells.get(column));
    let mut said = cells.filter(|cell| !cell.is_blank()).peekable();
    said.peek().is_some() && said.all(is_figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins_at(rows: &[(usize, &[&str])]) -> Option<usize> {
        let cell = |text: &&str| Cell::text(*text);
        let rows: Vec<SheetRow> = rows
            .iter()
            .map(|(number, cells)| SheetRow { number: *number, cells: cells.iter().map(cell).collect() })
            .collect();
        begins(&rows, &[true, false, false, false], &|text| text == "序号", &|_| false)
    }

    #[test]
    fn a_row_of_words_over_figures_below_a_gap_is_a_header() {
        let first: (usize, &[&str]) = (2, &["1", "示例甲厂", "花山镇", "12"]);
        let header: &[&str] = &["序号", "设备名称", "规格", "台数"];
        let below: &[&str] = &["1", "机床", "大", "3"];
        assert_eq!(begins_at(&[first, (4, header), (5, below)]), Some(1));
        assert_eq!(begins_at(&[first, (4, &["设备清单"]), (5, header), (6, below)]), Some(2));
        assert_eq!(begins_at(&[first, (3, &["合计", "", "", "12"]), (4, header), (5, below)]), Some(2));
        assert_eq!(begins_at(&[first, (4, &["", "设备名称", "规格", "台数"])]), Some(1));
        // Without a gap, or with figures of its own, a row is a record.
        assert_eq!(begins_at(&[first, (3, header), (4, below)]), None);
        assert_eq!(begins_at(&[first, (4, &["2", "示例乙厂", "花山镇", "7"])]), None);
        assert_eq!(begins_at(&[first, (4, &["增补", "示例乙厂", "花山镇", "未填"])]), None);
        assert_eq!(begins_at(&[first, (4, &["", "示例乙厂", "花山镇"]), (5, below)]), None);
    }

    #[test]
    fn a_list_of_one_column_is_one_table_and_is_gone_through_once() {
        // Looked at from each row upwards again, so many rows would take minutes.
        let row = |number| SheetRow { number, cells: vec![Cell::text("示例甲厂")] };
        let rows: Vec<SheetRow> = (2..200_000).map(row).collect();
        assert_eq!(begins(&rows, &[false], &|_| false, &|_| false), None);
    }
}
