//! Cells that show something else than they store: what is shown is what was meant, where anybody can tell what that
//! is; else the cell is refused with both readings.

use rust_decimal::Decimal;

use crate::import::columns::Column;
use crate::import::columns::cell_type::CellType;
use crate::import::read::sheet::{Cell, ShownAs, Stored};
use crate::import::rows::row::RowView;
use crate::model::amount::{Unit, parse_number};
use crate::model::rule;
use crate::model::shape::Misread;
use crate::model::text::Text;
use crate::text;

/// Whether it is clear what a cell means that shows something else than it stores.
pub fn is_clear(row: &RowView<'_>, column: &Column, cell: &Cell, stored: &Stored) -> Result<(), Misread> {
    let is_date = matches!(column.cell_type, CellType::Date | CellType::Until);
    let rule = if is_date { &rule::BAD_DATE } else { &rule::BAD_AMOUNT };
    let unclear = |help: Text| Err(Misread::new(rule, readings(cell, stored)).help(help));
    match (stored.how, column.cell_type) {
        (ShownAs::Yearless(year), CellType::Date | CellType::Until) => {
            if row.given.year.is_some() || row.table.year == Some(year) {
                return Ok(());
            }
            unclear(text!(
                "the cell shows no year: give it with `--year {year}`, or show it",
                "单元格没有显示年份：请用 --year {year} 指明，或使其显示年份"
            ))
        }
        (ShownAs::Unclear, _) | (ShownAs::Scaled(_), CellType::Figure) => unclear(way_out()),
        (ShownAs::Scaled(power), CellType::Money) => {
            let unit = Unit::ending(&cell.text).1.or(row.unit_of(column));
            if unit.is_some_and(|unit| is_scaled_to(unit, power)) {
                return Ok(());
            }
            unclear(text!(
                "give the unit that is shown, in the header or with `--unit`, or change the cell's number format",
                "请在表头或用 --unit 写明所显示的单位，或更改单元格的数字格式"
            ))
        }
        _ => Ok(()),
    }
}

/// Whether numbers that are shown divided by a power of ten may be shown in a unit: what is stored then is in a unit too.
fn is_scaled_to(unit: Unit, power: u32) -> bool {
    let scale = 10_u32.checked_pow(power);
    let stored =
        scale.filter(|scale| unit.factor().is_multiple_of(*scale)).map(|scale| unit.factor() / scale);
    stored.is_some_and(|factor| Unit::ALL.iter().any(|unit| unit.factor() == factor))
}

/// What is stored, where it says the same in the unit of its column as what is shown in a unit of its own.
pub fn same_amount<'s>(
    row: &RowView<'_>,
    column: &Column,
    cell: &Cell,
    stored: &'s Stored,
) -> Option<&'s str> {
    let (digits, own) = Unit::ending(&cell.text);
    let of = |unit: Unit, digits: &str| -> Option<Decimal> { unit.times(parse_number(digits).ok()?).ok() };
    let is_same = of(own?, digits)? == of(row.unit_of(column)?, &stored.text)?;
    is_same.then_some(&*stored.text)
}

/// What is wrong with a cell, with what it shows and what it stores.
pub fn both(misread: Misread, cell: &Cell, stored: &Stored) -> Misread {
    let message = text!(
        "{message}; {readings}",
        "{message}；{readings}",
        message = misread.message,
        readings = readings(cell, stored)
    );
    Misread { message, help: misread.help.or_else(|| Some(way_out())), ..misread }
}

fn readings(cell: &Cell, stored: &Stored) -> Text {
    let (shown, stored_text) = (cell.text.as_str(), stored.text.as_str());
    if stored.how == ShownAs::Unclear {
        return text!(
            "the cell stores `{stored_text}` and does not show it",
            "单元格存的是“{stored_text}”，显示的却不是它"
        );
    }
    text!(
        "the cell shows `{shown}` and stores `{stored_text}`",
        "单元格显示“{shown}”，实际存的是“{stored_text}”"
    )
}

fn way_out() -> Text {
    text!(
        "change the cell's number format, or write what is meant as text",
        "请更改单元格的数字格式，或以文本写明"
    )
}
