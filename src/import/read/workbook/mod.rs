//! Workbooks: `.xlsx`, `.xls` and `.ods`. A reader reports what it finds piece by piece ([`event`]), so that it
//! can run in a process of its own, where a file that brings it down brings down nothing else.

pub mod archive;
pub mod assemble;
mod biff;
pub mod event;
mod format_code;
mod number_format;
mod shown_text;
mod tidy;

use std::io::Cursor;
use std::sync::mpsc;
use std::thread;

use calamine::{
    CellErrorType, Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xls,
    XlsError, Xlsx, XlsxError,
};
use smol_str::SmolStr;

use crate::import::read::error::ReadError;
use crate::import::read::format::{FileFormat, protected};
use crate::import::read::limits::Limits;
use crate::import::read::sheet::{CellKind, Merge, Sheet, Stored};
use crate::model::text::Text;
use assemble::Assembly;
use biff::Biff;
use event::Event;
use number_format::{NumberFormat, Shown};

/// Where pieces go.
pub type Sink<'s> = &'s mut dyn FnMut(Event) -> Result<(), ReadError>;

/// Reads a workbook in this process.
pub fn sheets(bytes: &[u8], format: FileFormat, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut assembly = Assembly::new(*limits);
    read(bytes, format, limits, &mut |event| assembly.take(event))?;
    assembly.finish()
}

/// Reads a workbook and reports its pieces.
pub fn read(bytes: &[u8], format: FileFormat, limits: &Limits, sink: Sink<'_>) -> Result<(), ReadError> {
    if format != FileFormat::Xls {
        archive::look(bytes, limits)?;
    }
    match format {
        FileFormat::Xlsx => xlsx(bytes, sink)?,
        FileFormat::Xls => xls(bytes, sink)?,
        FileFormat::Ods => ods(bytes, sink)?,
        FileFormat::Text => {}
    }
    sink(Event::End)
}

fn xlsx(bytes: &[u8], sink: Sink<'_>) -> Result<(), ReadError> {
    if let Some(bytes) = tidy::in_utf8(bytes) {
        return xlsx(&bytes, sink);
    }
    let read_error = |error: XlsxError| match error {
        XlsxError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(read_error)?;
    let is_1904 = workbook.has_1904_epoch();
    if is_1904 {
        sink(Event::From1904)?;
    }
    let parts = archive::parts(bytes);
    for sheet in worksheets(&workbook) {
        sink(begin(&sheet))?;
        let part = parts.iter().find(|part| part.name == sheet.name);
        let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(read_error)?;
        let formats: Vec<NumberFormat> = cells.styles().iter().map(NumberFormat::of_style).collect();
        // The layout is read beside the cells: both go through the whole sheet.
        thread::scope(|scope| {
            let (sender, layout) = mpsc::sync_channel(WAITING);
            scope.spawn(move || {
                part.map(|part| archive::layout(bytes, part, &mut |event| sender.send(event).is_ok()))
            });
            while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(read_error)? {
                let (row, column) = cell.get_position();
                let place = (index(row), index(column));
                let format = formats.get(style).filter(|format| !format.is_plain());
                match format.and_then(|format| shown(format, cell.get_value(), is_1904)) {
                    Some((shown, stored)) => report_shown(place, shown, stored, sink)?,
                    None => report(place, of(cell.get_value()), sink)?,
                }
                layout.try_iter().try_for_each(&mut *sink)?;
            }
            layout.iter().try_for_each(&mut *sink)
        })?;
    }
    Ok(())
}

/// How many pieces of a layout may wait until they are reported.
const WAITING: usize = 1024;

fn xls(bytes: &[u8], sink: Sink<'_>) -> Result<(), ReadError> {
    let read_error = |error: XlsError| match error {
        XlsError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(read_error)?;
    let is_1904 = workbook.has_1904_epoch();
    if is_1904 {
        sink(Event::From1904)?;
    }
    let biff = Biff::of(bytes);
    let places = workbook.sheets_metadata().to_vec();
    for sheet in worksheets(&workbook) {
        sink(begin(&sheet))?;
        let place = places.iter().position(|it| it.name == sheet.name);
        let layout = place.map(|place| biff.layout(place)).unwrap_or_default();
        for area in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            let span = |first: u32, last: u32| (index(first), index(last));
            let (rows, columns) = (span(area.start.0, area.end.0), span(area.start.1, area.end.1));
            sink(Event::Merge(Merge { rows, columns }))?;
        }
        layout.hidden_rows.iter().try_for_each(|row| sink(Event::HiddenRow(row + 1)))?;
        layout.hidden_columns.iter().try_for_each(|column| sink(Event::HiddenColumn(*column)))?;
        let format = |place| layout.styles.get(&place).and_then(|style| biff.format(*style));
        range(&workbook.worksheet_range(&sheet.name).map_err(read_error)?, sink, |place, value| {
            shown(format(place)?, value, is_1904)
        })?;
    }
    Ok(())
}

fn ods(bytes: &[u8], sink: Sink<'_>) -> Result<(), ReadError> {
    let read_error = |error: OdsError| match error {
        OdsError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut tidied = None;
    let mut workbook = match Ods::new(Cursor::new(bytes)) {
        Err(OdsError::Password) => return Err(protected()),
        // The reader takes white space between elements for something else.
        Err(error) => match tidy::without_indents(bytes) {
            Some(bytes) => Ods::new(Cursor::new(tidied.insert(bytes).as_slice())).map_err(read_error)?,
            None => return Err(read_error(error)),
        },
        Ok(workbook) => workbook,
    };
    let spans = archive::spans(bytes);
    let shown = archive::shown(bytes);
    let names: Vec<String> = workbook.sheet_names();
    for sheet in worksheets(&workbook) {
        sink(begin(&sheet))?;
        let place = names.iter().position(|name| *name == sheet.name);
        for merge in place.and_then(|place| spans.get(place)).into_iter().flatten() {
            sink(Event::Merge(*merge))?;
        }
        range(&workbook.worksheet_range(&sheet.name).map_err(read_error)?, sink, |_, _| None)?;
        for (row, column, shown, stored) in place.and_then(|place| shown.get(place)).into_iter().flatten() {
            report_shown((*row, *column), shown.clone(), stored.clone(), sink)?;
        }
    }
    Ok(())
}

/// The sheets that have cells: no charts, no macros.
fn worksheets<'b, R: Reader<Cursor<&'b [u8]>>>(workbook: &R) -> Vec<calamine::Sheet> {
    workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect()
}

fn begin(sheet: &calamine::Sheet) -> Event {
    Event::Sheet { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible }
}

/// Reports the cells of a sheet, by what they show where that is something else than what they store.
fn range(
    range: &calamine::Range<Data>,
    sink: Sink<'_>,
    shown: impl Fn((usize, usize), &DataRef<'_>) -> Option<(Shown, SmolStr)>,
) -> Result<(), ReadError> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = (index(top) + row, index(left) + column);
        let value = borrowed(value);
        match shown(place, &value) {
            Some((shown, stored)) => report_shown(place, shown, stored, sink)?,
            None => report(place, of(&value), sink)?,
        }
    }
    Ok(())
}

fn report(
    (row, column): (usize, usize),
    parsed: Option<(CellKind, SmolStr)>,
    sink: Sink<'_>,
) -> Result<(), ReadError> {
    match parsed {
        Some((kind, text)) if !text.is_empty() => sink(Event::Cell(row, column, kind, text)),
        _ => Ok(()),
    }
}

/// Reports a cell that shows something else than it stores.
fn report_shown(
    (row, column): (usize, usize),
    shown: Shown,
    stored: SmolStr,
    sink: Sink<'_>,
) -> Result<(), ReadError> {
    if shown.text.is_empty() {
        return Ok(());
    }
    sink(Event::Cell(row, column, shown.kind, shown.text.into()))?;
    sink(Event::Stored(row, column, Stored { text: stored, how: shown.how }))
}

/// What a cell shows by its format in place of what it stores, and what that is.
fn shown(format: &NumberFormat, value: &DataRef<'_>, is_1904: bool) -> Option<(Shown, SmolStr)> {
    let number = |stored: String, serial| Some((format.number(&stored, serial, is_1904)?, stored.into()));
    match value {
        DataRef::Int(whole) => number(whole.to_string(), whole.to_string().parse().ok()?),
        DataRef::Float(float) => number(float.to_string(), *float),
        DataRef::DateTime(time) => {
            let shown = format.number(&time.as_f64().to_string(), time.as_f64(), is_1904)?;
            Some((shown, date(time).1))
        }
        DataRef::String(text) => Some((format.text(text)?, text.into())),
        DataRef::SharedString(text) => Some((format.text(text)?, (*text).into())),
        _ => None,
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn of(value: &DataRef<'_>) -> Option<(CellKind, SmolStr)> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DurationIso(text) => (CellKind::Text, text.into()),
        DataRef::SharedString(text) => (CellKind::Text, (*text).into()),
        DataRef::Int(number) => (CellKind::Number, number.to_string().into()),
        DataRef::Float(number) => (CellKind::Number, number.to_string().into()),
        DataRef::Bool(flag) => (CellKind::Bool, flag.to_string().into()),
        DataRef::DateTime(time) => date(time),
        DataRef::DateTimeIso(text) => (CellKind::Date, text.replace('T', " ").into()),
        DataRef::Error(error) => (CellKind::Error, error_text(error)),
    })
}

/// A value that is looked at.
fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn error_text(error: &CellErrorType) -> SmolStr {
    error.to_string().into()
}

/// A day, and the time of day where it is not midnight. A length of time is a number of days. Before the first day
/// there is only a time of day, and beyond the last a number.
fn date(time: &ExcelDateTime) -> (CellKind, SmolStr) {
    let serial = time.as_f64();
    if time.is_duration() || !(0.0..LAST_DAY).contains(&serial) {
        return (CellKind::Number, serial.to_string().into());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    let is_midnight = (hour, minute, second) == (0, 0, 0);
    if serial < 1.0 {
        let text = if is_midnight { NO_DAY.to_owned() } else { clock };
        return (CellKind::Text, text.into());
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    let text = if is_midnight { day } else { format!("{day} {clock}") };
    (CellKind::Date, text.into())
}

/// What 0 is shown as in a cell of a day.
const NO_DAY: &str = "1900-01-00";

/// The day after the last that a spreadsheet program knows.
const LAST_DAY: f64 = 2_958_466.0;
