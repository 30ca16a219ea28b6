//! Workbooks: `.xlsx`, `.xls` and `.ods`. A reader reports what it finds piece by piece ([`event`]), so that it
//! can run in a process of its own, where a file that brings it down brings down nothing else.

pub mod archive;
pub mod assemble;
pub mod event;

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
use crate::import::read::sheet::{CellKind, Merge, Sheet};
use crate::model::text::Text;
use assemble::Assembly;
use event::Event;

/// Where pieces go.
pub type Sink<'s> = &'s mut dyn FnMut(Event) -> Result<(), ReadError>;

/// Reads a workbook in this process.
pub fn grids(bytes: &[u8], form: FileFormat, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut assembly = Assembly::new(*limits);
    read(bytes, form, limits, &mut |event| assembly.take(event))?;
    assembly.finish()
}

/// Reads a workbook and reports its pieces.
pub fn read(bytes: &[u8], form: FileFormat, limits: &Limits, sink: Sink<'_>) -> Result<(), ReadError> {
    if form != FileFormat::Xls {
        archive::look(bytes, limits)?;
    }
    match form {
        FileFormat::Xlsx => xlsx(bytes, sink)?,
        FileFormat::Xls => xls(bytes, sink)?,
        FileFormat::Ods => ods(bytes, sink)?,
        FileFormat::Text => {}
    }
    sink(Event::End)
}

fn xlsx(bytes: &[u8], sink: Sink<'_>) -> Result<(), ReadError> {
    let refused = |error: XlsxError| match error {
        XlsxError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    if book.has_1904_epoch() {
        sink(Event::From1904)?;
    }
    let parts = archive::parts(bytes);
    for sheet in sheets(&book) {
        sink(begin(&sheet))?;
        let part = parts.iter().find(|part| part.name == sheet.name);
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(refused)?;
        // The layout is read beside the cells: both go through the whole sheet.
        thread::scope(|scope| {
            let (sender, layout) = mpsc::sync_channel(WAITING);
            scope.spawn(move || {
                part.map(|part| archive::layout(bytes, part, &mut |event| sender.send(event).is_ok()))
            });
            while let Some(cell) = cells.next_cell().map_err(refused)? {
                let parsed = of_ref(cell.get_value());
                report(cell.get_position(), parsed, sink)?;
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
    let refused = |error: XlsError| match error {
        XlsError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut book = Xls::new(Cursor::new(bytes)).map_err(refused)?;
    if book.has_1904_epoch() {
        sink(Event::From1904)?;
    }
    for sheet in sheets(&book) {
        sink(begin(&sheet))?;
        for area in book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            let span = |first: u32, last: u32| (index(first), index(last));
            let (rows, columns) = (span(area.start.0, area.end.0), span(area.start.1, area.end.1));
            sink(Event::Merge(Merge { rows, columns }))?;
        }
        range(&book.worksheet_range(&sheet.name).map_err(refused)?, sink)?;
    }
    Ok(())
}

fn ods(bytes: &[u8], sink: Sink<'_>) -> Result<(), ReadError> {
    let refused = |error: OdsError| match error {
        OdsError::Password => protected(),
        error => ReadError::broken(Text::same(error.to_string())),
    };
    let mut book = Ods::new(Cursor::new(bytes)).map_err(refused)?;
    let spans = archive::spans(bytes);
    let names: Vec<String> = book.sheet_names();
    for sheet in sheets(&book) {
        sink(begin(&sheet))?;
        let place = names.iter().position(|name| *name == sheet.name);
        for merge in place.and_then(|place| spans.get(place)).into_iter().flatten() {
            sink(Event::Merge(*merge))?;
        }
        range(&book.worksheet_range(&sheet.name).map_err(refused)?, sink)?;
    }
    Ok(())
}

/// The sheets that have cells: no charts, no macros.
fn sheets<'b, R: Reader<Cursor<&'b [u8]>>>(book: &R) -> Vec<calamine::Sheet> {
    book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect()
}

fn begin(sheet: &calamine::Sheet) -> Event {
    Event::DataTable { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible }
}

fn range(range: &calamine::Range<Data>, sink: Sink<'_>) -> Result<(), ReadError> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        report_at(index(top) + row, index(left) + column, of(value), sink)?;
    }
    Ok(())
}

fn report(
    (row, column): (u32, u32),
    parsed: Option<(CellKind, SmolStr)>,
    sink: Sink<'_>,
) -> Result<(), ReadError> {
    report_at(index(row), index(column), parsed, sink)
}

fn report_at(
    row: usize,
    column: usize,
    parsed: Option<(CellKind, SmolStr)>,
    sink: Sink<'_>,
) -> Result<(), ReadError> {
    match parsed {
        Some((kind, text)) if !text.is_empty() => sink(Event::Cell(row, column, kind, text)),
        _ => Ok(()),
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn of_ref(value: &DataRef<'_>) -> Option<(CellKind, SmolStr)> {
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

fn of(value: &Data) -> Option<(CellKind, SmolStr)> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) | Data::DurationIso(text) => (CellKind::Text, text.into()),
        Data::Int(number) => (CellKind::Number, number.to_string().into()),
        Data::Float(number) => (CellKind::Number, number.to_string().into()),
        Data::Bool(flag) => (CellKind::Bool, flag.to_string().into()),
        Data::DateTime(time) => date(time),
        Data::DateTimeIso(text) => (CellKind::Date, text.replace('T', " ").into()),
        Data::Error(error) => (CellKind::Error, error_text(error)),
    })
}

fn error_text(error: &CellErrorType) -> SmolStr {
    error.to_string().into()
}

/// A day, and the time of day where it is not midnight. A length of time is a number of days.
fn date(time: &ExcelDateTime) -> (CellKind, SmolStr) {
    if time.is_duration() {
        return (CellKind::Number, time.as_f64().to_string().into());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    let is_midnight = (hour, minute, second) == (0, 0, 0);
    let text = if is_midnight { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") };
    (CellKind::Date, text.into())
}
