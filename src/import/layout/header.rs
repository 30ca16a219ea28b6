//! Finding the header of a table: the row with the most known names, and the rows that belong to it.

use std::collections::BTreeSet;

use crate::import::layout::header_text::LEVELS;
use crate::import::layout::preamble;
use crate::import::read::sheet::{Cell, Merge, Sheet, SheetRow};

/// How many rows may stand above a header.
const LOOKED_AT: usize = 30;

/// Where the header stands: places in the list of rows, the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first row.
    pub first: usize,
    /// The last row.
    pub last: usize,
}

/// The rows of the header. `knows` says whether a text is the name of a column.
pub fn find(sheet: &Sheet, knows: &dyn Fn(&str) -> bool) -> Option<Span> {
    let row = known_row(sheet, knows).or_else(|| widest_row(sheet))?;
    // Of several tables below one another the first begins.
    let first = sheet.rows.iter().take(row.saturating_sub(2)).position(|it| is_one(it, knows));
    let row = first.unwrap_or(row);
    let mut span = Span { first: row, last: row };
    while span.last + 1 < sheet.rows.len() && span.last < row + 2 && reaches_down(sheet, span.last, knows) {
        span.last += 1;
    }
    while span.first > 0 && (reaches_up(sheet, span.first) || groups(sheet, span.first, knows)) {
        span.first -= 1;
    }
    Some(span)
}

/// The row with the most known names, if they are enough to tell it from a row of data.
fn known_row(sheet: &Sheet, knows: &dyn Fn(&str) -> bool) -> Option<usize> {
    let scores = sheet.rows.iter().take(LOOKED_AT).enumerate().map(|(index, row)| {
        // A header says nothing twice; rows may say a word of a list in each of their cells.
        let texts: BTreeSet<&str> = row.filled().map(|(_, text)| text).collect();
        let named = texts.iter().filter(|text| knows(text)).count();
        let is_enough = named >= 2 || named == 1 && row.filled().count() <= 2;
        (if is_enough { named } else { 0 }, std::cmp::Reverse(index))
    });
    scores.max().filter(|(known, _)| *known > 0).map(|(_, std::cmp::Reverse(index))| index)
}

/// Whether a row by itself is the header of a table: nearly all it says are names of columns.
pub fn is_one(row: &SheetRow, knows: &dyn Fn(&str) -> bool) -> bool {
    let is_name = |text: &str| !text.contains(['：', ':']) && knows(text);
    // Asked of every row of a long table: no more is looked up than it takes to see that it is data, and short
    // texts first, which cost least and come again.
    let mut texts: Vec<&str> = row.filled().map(|(_, text)| text).collect();
    texts.sort_unstable_by_key(|text| text.len());
    let all = texts.len();
    let allowed = all / 5;
    let others = texts.into_iter().filter(|text| !is_name(text)).take(allowed + 1).count();
    others <= allowed && all - others >= 2
}

/// Where no name is known: the first row that is about as wide as the widest.
fn widest_row(sheet: &Sheet) -> Option<usize> {
    let width = |row: &SheetRow| row.filled().count();
    let widest = sheet.rows.iter().take(LOOKED_AT).map(width).max()?;
    sheet.rows.iter().take(LOOKED_AT).position(|row| width(row) * 2 > widest)
}

/// Whether the row below is another level of the header.
fn reaches_down(sheet: &Sheet, index: usize, knows: &dyn Fn(&str) -> bool) -> bool {
    let (upper, lower) = (&sheet.rows[index], &sheet.rows[index + 1]);
    if lower.number != upper.number + 1 || lower.is_blank() {
        return false;
    }
    let row = upper.number - 1;
    let spans: Vec<&Merge> =
        sheet.merges.iter().filter(|merge| merge.rows.0 <= row && merge.rows.1 >= row).collect();
    let reaches = spans.iter().any(|merge| merge.rows.1 > row && merge.columns.0 == merge.columns.1);
    let spreads = spans.iter().any(|merge| {
        merge.rows.1 == row
            && merge.columns.0 < merge.columns.1
            && lower.filled().any(|(column, _)| merge.covers(row, column))
    });
    if !spans.is_empty() {
        return reaches || spreads;
    }
    fills_gaps(upper, lower, knows)
}

/// Without merges: the row below says something only under a gap or under the name left of a gap, and nothing
/// that looks like a value.
fn fills_gaps(upper: &SheetRow, lower: &SheetRow, knows: &dyn Fn(&str) -> bool) -> bool {
    let says = |column: usize| upper.cells.get(column).is_some_and(|cell| !cell.is_blank());
    let mut fills = false;
    for (column, text) in lower.filled() {
        if says(column) && says(column + 1) {
            return false;
        }
        let is_year = crate::import::layout::header_text::take_period(text).is_some();
        if !is_year && !knows(text) {
            return false;
        }
        fills |= !says(column);
    }
    fills
}

/// Without merges: whether the row above groups the columns of this one by what stands left of a gap, and names those
/// that this one leaves out.
fn groups(sheet: &Sheet, index: usize, knows: &dyn Fn(&str) -> bool) -> bool {
    let (upper, lower) = (&sheet.rows[index - 1], &sheet.rows[index]);
    let is_blank = |column: usize| lower.cells.get(column).is_none_or(Cell::is_blank);
    sheet.merges.is_empty()
        && upper.number + 1 == lower.number
        && upper.filled().count() >= 2
        && upper.filled().any(|(column, text)| is_blank(column) && knows(text))
        && fills_gaps(upper, lower, knows)
}

/// Whether the row above groups the columns of this one, or begins cells that reach down into it.
fn reaches_up(sheet: &Sheet, index: usize) -> bool {
    let (upper, lower) = (&sheet.rows[index - 1], &sheet.rows[index]);
    if upper.number + 1 != lower.number {
        return false;
    }
    let row = upper.number - 1;
    let width = lower.cells.len();
    sheet.merges.iter().any(|merge| {
        let begins = merge.rows == (row, row + 1) && merge.columns.0 == merge.columns.1;
        let groups = merge.rows == (row, row)
            && merge.columns.0 < merge.columns.1
            && merge.columns.1 - merge.columns.0 + 2 < width
            && upper.filled().count() >= 2
            && !upper.filled().any(|(_, text)| text.contains(['：', ':']))
            && !preamble::has_labels(upper);
        begins || groups
    })
}

/// The header of each column, levels joined from above.
pub fn texts(sheet: &Sheet, span: Span) -> Vec<String> {
    let rows = &sheet.rows[span.first..=span.last];
    let width =
        rows.iter().filter_map(|row| row.filled().map(|(column, _)| column + 1).last()).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let mut levels: Vec<String> = Vec::new();
            for (level, row) in rows.iter().enumerate() {
                let text = header_cell(sheet, row, column, level + 1 < rows.len());
                if !text.is_empty() && levels.last() != Some(&text) {
                    levels.push(text);
                }
            }
            levels.join(LEVELS)
        })
        .collect()
}

/// What a header's cell shows: its own text, else that of the merge over it, else, in an upper level without
/// merges, that of the name left of it.
fn header_cell(sheet: &Sheet, row: &SheetRow, column: usize, is_upper: bool) -> String {
    let text_of = |row: &SheetRow, column: usize| {
        row.cells.get(column).map_or_else(String::new, |cell| cell.text.trim().to_owned())
    };
    let text = text_of(row, column);
    if !text.is_empty() {
        return text;
    }
    let number = row.number - 1;
    if let Some(merge) = sheet.merges.iter().find(|merge| merge.covers(number, column)) {
        let top = sheet.rows.iter().find(|row| row.number == merge.rows.0 + 1);
        return top.map_or_else(String::new, |top| text_of(top, merge.columns.0));
    }
    if is_upper && sheet.merges.is_empty() {
        return (0..column)
            .rev()
            .map(|left| text_of(row, left))
            .find(|left| !left.is_empty())
            .unwrap_or_default();
    }
    text
}
