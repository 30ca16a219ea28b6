//! Any text as the cells of a workbook: sheets behind form feeds, rows in lines, cells behind tabs; `^` in a cell
//! merges it with the one above, `<` with the one left of it, and a first letter says what it is. Its tables are
//! found, and what their rows become.
#![no_main]

use kunpeng::import::read::sheet::{CellKind, Merge};
use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::SheetChoice;
use kunpeng::import::read::workbook::assemble::Assembly;
use kunpeng::import::read::workbook::event::Event;

fn cell(row: usize, column: usize, text: &str) -> Event {
    if text == "^" && row > 0 {
        return Event::Merge(Merge { rows: (row - 1, row), columns: (column, column) });
    }
    if text == "<" && column > 0 {
        return Event::Merge(Merge { rows: (row, row), columns: (column - 1, column) });
    }
    let kinds =
        [("#n", CellKind::Number), ("#d", CellKind::Date), ("#b", CellKind::Bool), ("#e", CellKind::Error)];
    let told = kinds.iter().find_map(|(mark, kind)| Some((*kind, text.strip_prefix(mark)?)));
    let (kind, text) = told.unwrap_or((CellKind::Text, text));
    Event::Cell(row, column, kind, text.into())
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut assembly = Assembly::new(Limits { cells: 10_000, columns: 64, ..Limits::default() });
    for (index, sheet) in text.split('\x0c').enumerate() {
        let name = format!("sheet {index}");
        if assembly.take(Event::Sheet { name, is_hidden: sheet.starts_with('!') }).is_err() {
            return;
        }
        for (row, line) in sheet.lines().enumerate() {
            for (column, text) in line.split('\t').enumerate().filter(|(_, text)| !text.is_empty()) {
                if assembly.take(cell(row, column, text)).is_err() {
                    return;
                }
            }
        }
    }
    let wanted = if text.ends_with('*') { SheetChoice::All } else { SheetChoice::Only };
    if let Ok(sheets) = assembly.finish() {
        kunpeng_fuzz::find_tables(&sheets, wanted);
    }
});
