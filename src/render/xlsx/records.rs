//! Records as a workbook that `import` reads back: ids for labels, values as they are, nothing around them.

use std::io;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::value::{exact, line, place};
use super::{failed, properties};
use crate::model::value::Value;
use crate::render::wrap;

/// The records of one kind.
pub struct Sheet<'r> {
    /// What the sheet is called.
    pub name: &'r str,
    /// The ids of the columns.
    pub columns: &'r [String],
    /// A value, or nothing, for each column.
    pub rows: &'r [Vec<Option<Value>>],
}

/// A sheet a kind.
pub fn workbook(sheets: &[Sheet<'_>], day: chrono::NaiveDate) -> io::Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(&properties(day).map_err(failed)?);
    for sheet in sheets {
        write(book.add_worksheet(), sheet).map_err(failed)?;
    }
    book.save_to_buffer().map_err(failed)
}

fn write(to: &mut Worksheet, sheet: &Sheet<'_>) -> Result<(), XlsxError> {
    to.set_name(sheet.name)?;
    to.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold();
    let mut widths: Vec<usize> = sheet.columns.iter().map(|column| wrap::width(column)).collect();
    for (column, id) in sheet.columns.iter().enumerate() {
        to.write_string_with_format(0, place(column), id, &head)?;
    }
    for (row, values) in (1..).zip(sheet.rows) {
        for (column, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            put(to, (line(row), place(column)), value)?;
            widths[column] = widths[column].max(wrap::width(&text(value)));
        }
    }
    for (column, width) in widths.iter().enumerate() {
        to.set_column_width(place(column), line((width + 2).clamp(8, 44)))?;
    }
    Ok(())
}

fn put(to: &mut Worksheet, (row, column): (u32, u16), value: &Value) -> Result<(), XlsxError> {
    let day = |value: &Value| match value {
        Value::Date(day) => ExcelDateTime::parse_from_str(&day.to_string()).ok(),
        _ => None,
    };
    let number = |value: &Value| match value {
        Value::Number(number) => exact(*number),
        _ => None,
    };
    if let Some(day) = day(value) {
        let format = Format::new().set_num_format("yyyy-mm-dd");
        to.write_datetime_with_format(row, column, &day, &format)?;
    } else if let Some(number) = number(value) {
        to.write_number(row, column, number)?;
    } else if let Value::Flag(flag) = value {
        to.write_boolean(row, column, *flag)?;
    } else {
        to.write_string(row, column, text(value))?;
    }
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::List(list) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        Value::Text(text) => text.clone(),
        Value::Number(number) => Decimal::normalize(number).to_string(),
        value => value.to_string(),
    }
}
