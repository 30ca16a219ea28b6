//! Refused rows as a file of their own, in the format and layout of the file they come from, with the reason in a
//! last column: to be put right and imported again.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value};

use crate::import::columns::names::REASON;
use crate::import::layout::table::DataTable;
use crate::import::plan::options::Disposition;
use crate::import::plan::{Plan, RowOutcome};
use crate::import::read::blank::guarded;
use crate::import::read::sheet::{Cell, CellKind, SheetRow, SourceFormat};
use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::text;

/// The refused rows of one table.
struct Refused<'s> {
    table: &'s DataTable,
    rows: Vec<(&'s SheetRow, &'s str)>,
}

/// The refused rows of a file, and the ending that fits their format; none if there are none.
pub fn file(
    plan: &Plan<'_>,
    tables: &[DataTable],
    name: &str,
    lang: Lang,
) -> Option<Result<(Vec<u8>, &'static str), Text>> {
    let all = tables.iter().enumerate().filter(|(_, table)| table.file == name);
    let parts: Vec<Refused<'_>> = all
        .map(|(index, table)| Refused { table, rows: rows(plan, index, table, lang) })
        .filter(|part| !part.rows.is_empty())
        .collect();
    let first = parts.first()?;
    Some(match first.table.source_format {
        SourceFormat::Workbook => {
            workbook(&parts).map(|bytes| (bytes, "xlsx")).map_err(|error| Text::same(error.to_string()))
        }
        SourceFormat::Separated { encoding, has_mark, separator } => separated(first, separator)
            .and_then(|text| encoded(&text, encoding, has_mark))
            .map(|bytes| (bytes, if separator == b'\t' { "tsv" } else { "csv" })),
        SourceFormat::Json => Ok((format!("{:#}\n", Value::Array(objects(first))).into_bytes(), "json")),
        SourceFormat::JsonLines => {
            let lines: Vec<String> = objects(first).iter().map(|object| format!("{object}\n")).collect();
            Ok((lines.concat().into_bytes(), "jsonl"))
        }
    })
}

fn rows<'s>(
    plan: &'s Plan<'_>,
    index: usize,
    table: &'s DataTable,
    lang: Lang,
) -> Vec<(&'s SheetRow, &'s str)> {
    let is_back = |row: &RowOutcome| matches!(row.disposition, Disposition::Refused | Disposition::Unlinked);
    let is_refused = |row: &&RowOutcome| row.table == index && is_back(row);
    plan.rows
        .iter()
        .filter(is_refused)
        .filter_map(|outcome| {
            let at = table.rows.binary_search_by_key(&outcome.number, |row| row.number).ok()?;
            Some((&table.rows[at], outcome.reason.as_ref().map_or("", |reason| reason.of(lang))))
        })
        .collect()
}

impl Refused<'_> {
    /// Where the reason stands: in the column that an earlier reason has, else in one of its own.
    fn place(&self, width: usize) -> usize {
        self.table.header.iter().position(|header| header == REASON).unwrap_or(width)
    }

    /// The cells of a row up to the width of the table, with the reason.
    fn cells(&self, row: &SheetRow, reason: &str) -> Vec<String> {
        let width = self.table.header.len();
        let text =
            |column: usize| row.cells.get(column).map_or_else(String::new, |cell| cell.text.to_string());
        let place = self.place(width);
        // A row of more or fewer cells than the header must not become a whole one.
        let is_whole = !self.table.faults.contains_key(&row.number);
        let mut cells: Vec<String> = (0..if is_whole { width } else { row.cells.len() }).map(text).collect();
        match cells.get_mut(place).filter(|_| is_whole) {
            Some(cell) => reason.clone_into(cell),
            None if place == width => cells.push(reason.to_owned()),
            None => {}
        }
        cells
    }
}

fn separated(part: &Refused<'_>, separator: u8) -> Result<String, Text> {
    let mut writer = ::csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(Vec::new());
    // An apostrophe that was read with its cell has lost the one that guards it.
    let again = |cell: String| if cell.starts_with('\'') { guarded(&cell) } else { cell };
    let mut write = |cells: Vec<String>| {
        writer.write_record(cells.into_iter().map(again)).map_err(|error| Text::same(error.to_string()))
    };
    let DataTable { header, header_row, top, .. } = part.table;
    if top.is_empty() && *header_row == 0 {
        let cells = header.iter().map(|header| Cell::text(header.as_str())).collect();
        write(part.cells(&SheetRow { number: 0, cells }, REASON))?;
    }
    for row in top {
        write(part.cells(row, if row.number == *header_row { REASON } else { "" }))?;
    }
    for (row, reason) in &part.rows {
        write(part.cells(row, reason))?;
    }
    let bytes = writer.into_inner().map_err(|error| Text::same(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Text::same(error.to_string()))
}

/// The text in an encoding. The reasons are of this tool and fit into every encoding that has the input.
fn encoded(text: &str, encoding: &'static Encoding, has_mark: bool) -> Result<Vec<u8>, Text> {
    let mark = if has_mark { "\u{feff}" } else { "" };
    let marked = format!("{mark}{text}");
    if encoding == UTF_16LE {
        return Ok(marked.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Ok(marked.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, is_lossy) = encoding.encode(&marked);
    if is_lossy {
        return Err(text!(
            "a refused row cannot be written as {name}",
            "被拒绝的行无法写成 {name} 编码",
            name = encoding.name()
        ));
    }
    Ok(bytes.into_owned())
}

fn objects(part: &Refused<'_>) -> Vec<Value> {
    let object = |(row, reason): &(&SheetRow, &str)| {
        let parsed = row.cells.iter().zip(&part.table.header).filter(|(cell, _)| !cell.text.is_empty());
        let fields = parsed.map(|(cell, key)| (key.clone(), json(cell)));
        let fields: Map<String, Value> = fields.chain([(REASON.to_owned(), Value::from(*reason))]).collect();
        Value::Object(fields)
    };
    part.rows.iter().map(object).collect()
}

fn json(cell: &Cell) -> Value {
    let text = Value::from(&*cell.text);
    match cell.kind {
        CellKind::Number | CellKind::Bool => serde_json::from_str(&cell.text).unwrap_or(text),
        _ => text,
    }
}

fn workbook(parts: &[Refused<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for part in parts {
        let same = parts.iter().filter(|other| other.table.name == part.table.name);
        let place = same.take_while(|other| !std::ptr::eq(*other, part)).count();
        let worksheet = workbook.add_worksheet();
        if let Some(name) = &part.table.name {
            // Each of several tables of a sheet has a worksheet of its own.
            let numbered = || format!("{} {}", name.chars().take(25).collect::<String>(), place + 1);
            worksheet.set_name(if place == 0 { name.clone() } else { numbered() })?;
        }
        write_sheet(worksheet, part)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(to: &mut Worksheet, part: &Refused<'_>) -> Result<(), XlsxError> {
    for merge in &part.table.merges {
        let (rows, columns) = (merge.rows, merge.columns);
        to.merge_range(line(rows.0), place(columns.0), line(rows.1), place(columns.1), "", &Format::new())?;
    }
    for row in &part.table.top {
        write_row(to, row.number - 1, row)?;
    }
    // What stands right of the last header is given back too.
    let widest = part.rows.iter().map(|(row, _)| row.cells.len()).max().unwrap_or(0);
    let width = part.table.header.len().max(widest);
    let start = part.table.header_row;
    if part.table.top.is_empty() {
        for (column, header) in part.table.header.iter().enumerate() {
            to.write_string(0, place(column), header)?;
        }
    }
    let last = place(part.place(width));
    to.write_string(line(start.saturating_sub(1)), last, REASON)?;
    for (index, (row, reason)) in part.rows.iter().enumerate() {
        let at = start.max(1) + index;
        write_row(to, at, row)?;
        to.write_string(line(at), last, *reason)?;
    }
    Ok(())
}

fn write_row(to: &mut Worksheet, at: usize, row: &SheetRow) -> Result<(), XlsxError> {
    let row_at = line(at);
    for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let column = place(column);
        match (
            cell.kind,
            cell.text.parse::<f64>(),
            ExcelDateTime::parse_from_str(&cell.text.replace(' ', "T")),
        ) {
            (CellKind::Number, Ok(number), _) => to.write_number(row_at, column, number)?,
            (CellKind::Bool, ..) => to.write_boolean(row_at, column, &*cell.text == "true")?,
            (CellKind::Date, _, Ok(day)) => {
                let number_format =
                    if cell.text.contains(' ') { "yyyy-mm-dd hh:mm:ss" } else { "yyyy-mm-dd" };
                to.write_datetime_with_format(
                    row_at,
                    column,
                    &day,
                    &Format::new().set_num_format(number_format),
                )?
            }
            _ => to.write_string(row_at, column, &*cell.text)?,
        };
    }
    Ok(())
}

fn line(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
