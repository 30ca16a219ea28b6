//! A cell of a table as cells of a workbook: what it is, not what it looks like.

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};

use super::style::{Style, Weight};
use crate::render::{cell, number, sanitise};
use crate::report::table::{Cell, Kind, Table, WITHHELD};

/// How the numbers of whole and of other cells are shown.
const WHOLE: &str = "#,##0";
const BROKEN: &str = "#,##0.00";
const PERCENT: &str = "0.0%";

/// A number of more digits would not be the same in a workbook.
const MOST_DIGITS: usize = 15;

pub fn line(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

pub fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Where and how a cell is written.
#[derive(Clone, Copy)]
pub struct Spot<'s> {
    pub row: u32,
    pub column: u16,
    pub kind: Kind,
    /// Whether the column stands to the right.
    pub is_right: bool,
    pub weight: Weight,
    pub table: &'s Table,
    pub style: &'s Style,
}

/// Writes a cell; a share beside its parts where its column spreads over three.
pub fn put(sheet: &mut Worksheet, cell: &Cell, spreads: bool, spot: Spot<'_>) -> Result<(), XlsxError> {
    let Spot { row, column, weight, style, .. } = spot;
    let parts = match cell {
        Cell::Share(share) => [Some(share.numerator), Some(share.denominator)],
        _ => [None, None],
    };
    if spreads {
        for (offset, part) in (1..).zip(parts) {
            let format = style.number(WHOLE, weight);
            match part {
                Some(part) => put_number(sheet, part, "", spot.right(offset))?,
                None => _ = sheet.write_blank(row, column + offset, &format)?,
            }
        }
    }
    match cell {
        Cell::Missing => put_missing(sheet, spot),
        Cell::Withheld => {
            let format = style.text(weight).set_align(FormatAlign::Right);
            sheet.write_string_with_format(row, column, WITHHELD, &format)?;
            Ok(())
        }
        Cell::Text(text)
        | Cell::Time(text)
        | Cell::Coded { label: text, .. }
        | Cell::Codes { label: text, .. } => put_text(sheet, text, spot),
        Cell::Count(count) => put_number(sheet, Decimal::from(*count), "", spot),
        Cell::Number(number) => put_number(sheet, *number, "", spot),
        // Among other figures the head of the column does not say the unit.
        Cell::Amount(amount) => {
            let unit = (spot.kind == Kind::Mixed).then(|| cell::unit_of_amounts(spot.table)).flatten();
            put_number(sheet, *amount, unit.unwrap_or_default(), spot)
        }
        Cell::Share(share) => match share.value() {
            Some(value) => put_quotient(sheet, value, PERCENT, spot),
            None => put_missing(sheet, spot),
        },
        Cell::Rate(rate) => put_quotient(sheet, *rate, PERCENT, spot),
        Cell::Points(points) => match points.checked_mul(Decimal::ONE_HUNDRED) {
            Some(points) => {
                put_quotient(sheet, points, spot.table.lang.pick("0.0\" points\"", "0.0\"个百分点\""), spot)
            }
            None => put_text(sheet, &number::points(*points, spot.table.lang), spot),
        },
        Cell::Date(date) => match date.exact() {
            Some(day) => put_day(sheet, day, spot),
            None => put_text(sheet, &date.to_string(), spot),
        },
    }
}

impl Spot<'_> {
    /// Numbers among texts begin where the texts do.
    fn aligned(self, format: Format) -> Format {
        if self.is_right { format } else { format.set_align(FormatAlign::Left) }
    }

    fn right(self, columns: u16) -> Self {
        Self { column: self.column + columns, is_right: true, ..self }
    }
}

/// Nothing where there would be a number, so that neither a sum nor a chart takes it for one.
fn put_missing(sheet: &mut Worksheet, spot: Spot<'_>) -> Result<(), XlsxError> {
    let Spot { row, column, kind, weight, style, .. } = spot;
    let is_blank = kind.is_numeric() || kind == Kind::Date || weight == Weight::Total;
    if is_blank {
        sheet.write_blank(row, column, &style.text(weight))?;
    } else {
        sheet.write_string_with_format(row, column, number::MISSING, &style.text(weight))?;
    }
    Ok(())
}

fn put_text(sheet: &mut Worksheet, text: &str, spot: Spot<'_>) -> Result<(), XlsxError> {
    let format = spot.style.text(spot.weight);
    sheet.write_string_with_format(spot.row, spot.column, sanitise::line(text), &format)?;
    Ok(())
}

/// A day as a workbook holds it, which knows none before 1900.
pub fn day(day: chrono::NaiveDate) -> Option<ExcelDateTime> {
    ExcelDateTime::parse_from_str(&day.to_string()).ok()
}

fn put_day(sheet: &mut Worksheet, day: chrono::NaiveDate, spot: Spot<'_>) -> Result<(), XlsxError> {
    match self::day(day) {
        Some(date) => {
            let format = spot.style.date(spot.weight);
            sheet.write_datetime_with_format(spot.row, spot.column, &date, &format)?;
            Ok(())
        }
        None => put_text(sheet, &day.to_string(), spot),
    }
}

fn put_number(sheet: &mut Worksheet, value: Decimal, unit: &str, spot: Spot<'_>) -> Result<(), XlsxError> {
    let number_format = if value.is_integer() { WHOLE } else { BROKEN };
    let number_format =
        if unit.is_empty() { number_format.to_owned() } else { format!("{number_format}\"{unit}\"") };
    match exact(value) {
        Some(float) => {
            let format = spot.aligned(spot.style.number(&number_format, spot.weight));
            sheet.write_number_with_format(spot.row, spot.column, float, &format)?;
            Ok(())
        }
        None => put_text(sheet, &value.normalize().to_string(), spot),
    }
}

/// The number as a workbook holds it, if it is the same there.
pub fn exact(value: Decimal) -> Option<f64> {
    let value = value.normalize();
    let digits = value.mantissa().unsigned_abs().to_string().len();
    value.to_string().parse().ok().filter(|_| digits <= MOST_DIGITS)
}

/// A quotient is not exact: its digits beyond those of a workbook are none of its own.
fn put_quotient(
    sheet: &mut Worksheet,
    value: Decimal,
    number_format: &str,
    spot: Spot<'_>,
) -> Result<(), XlsxError> {
    match value.to_string().parse::<f64>() {
        Ok(float) => {
            let format = spot.aligned(spot.style.number(number_format, spot.weight));
            sheet.write_number_with_format(spot.row, spot.column, float, &format)?;
            Ok(())
        }
        Err(_) => put_text(sheet, &value.to_string(), spot),
    }
}
