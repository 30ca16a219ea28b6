//! What the cells of a column hold, whatever its header says.

use crate::import::columns::cell_type::CellType;
use crate::import::columns::date_text::{DateContext, DateOrder};
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::model::amount::parse_number;
use crate::model::date::Date;
use crate::model::lookup::NoWords;
use crate::model::shape::Scalar;

/// Whether a column has cells, and all of them are numbers.
pub fn holds_numbers(table: &DataTable, index: usize) -> bool {
    let mut texts = table.rows.iter().filter_map(|row| blank::text(&row.cells.get(index)?.text)).peekable();
    texts.peek().is_some() && texts.all(|text| parse_number(text).is_ok())
}

/// Whether a column has cells, and none of them is a date whatever the year.
pub fn holds_no_date(table: &DataTable, index: usize) -> bool {
    let dates = DateContext { year: Some(2000), order: Some(DateOrder::DayFirst) };
    let mut cells =
        table.rows.iter().filter_map(|row| row.cells.get(index)).filter(|cell| !cell.text.trim().is_empty());
    !table.is_blank(index)
        && cells.all(|cell| {
            let text = CellType::Date.read(cell, table.is_1904, dates);
            text.is_err() || text.is_ok_and(|text| Date::from_cell(&text, &NoWords).is_err())
        })
}
