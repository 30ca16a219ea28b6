//! Marks below a word of a list: a tick says that the row has it, a date since when.

use crate::import::columns::Column;
use crate::import::columns::tick::tick;
use crate::import::rows::row::RowView;
use crate::model::date::Date;
use crate::model::finding::Finding;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar, Words};
use crate::text;

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The row has it.
    Yes,
    /// The row does not have it.
    No,
    /// The row has it since then.
    Since(Date),
    /// So many.
    Count(u32),
}

/// Reads a mark; nothing where the cell is blank.
pub fn read(row: &RowView<'_>, column: &Column, words: &dyn Words) -> Result<Option<Mark>, Finding> {
    let place = || row.table.cell(row.sheet_row, column.index);
    let misread = |misread: Misread| Finding::of(misread, place());
    let Some(cell) = row.sheet_row.cells.get(column.index) else { return Ok(None) };
    let text = cell.text.trim();
    if text.is_empty() || crate::import::read::blank::text(text).is_none() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(0) => return Ok(Some(Mark::No)),
        Ok(count @ 1..=999) => return Ok(Some(Mark::Count(count))),
        _ => {}
    }
    if let Some(is_yes) = tick(text) {
        return Ok(Some(if is_yes { Mark::Yes } else { Mark::No }));
    }
    let text = row.read_date(column).map_err(misread)?;
    match Date::from_cell(&text, words) {
        Ok(date) => Ok(Some(Mark::Since(date))),
        Err(_) => Err(Finding::new(
            &rule::UNKNOWN_WORD,
            text!("`{text}` is no mark that is known", "“{text}”不是可识别的标记"),
            place(),
        )
        .help(text!(
            "write √ or 是 for yes, 否 for no, or the date since when",
            "有则写 √ 或 是，无则写 否 或留空，也可写取得日期"
        ))),
    }
}
