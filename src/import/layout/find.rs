//! From a sheet to a table: title, unit line, header, rows, totals, notes. What was taken for what is given.

use std::cell::RefCell;

use foldhash::HashMap;

use crate::import::layout::body;
use crate::import::layout::faults;
use crate::import::layout::form;
use crate::import::layout::header::{self, Span};
use crate::import::layout::header_text::{LEVELS, one_period, one_year, unit_of_line, unit_of_title};
use crate::import::layout::preamble;
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::{Cell, CellKind, Merge, Sheet, SheetRow, SourceFormat};
use crate::model::finding::{Finding, Place};
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// How many texts are remembered while the rows of a grid are looked through.
const REMEMBERED: usize = 1000;

/// How many lines of titles may stand above another table.
const TITLES: usize = 10;

/// What names of columns are known, and which of them are running numbers.
pub trait KnownHeaders {
    /// Whether a text is the name of a column.
    fn knows(&self, text: &str) -> bool;
    /// Whether a text is the name of a column, or what a form of an enterprise says of it besides.
    fn labels(&self, text: &str) -> bool;
    /// Whether a column has only running numbers.
    fn is_number(&self, text: &str) -> bool;
    /// Whether a header is the one that `export` writes.
    fn is_export(&self, header: &[&str]) -> bool;
}

/// The tables of a sheet: one, or several below one another.
pub fn find(file: &str, mut sheet: Sheet, known: &dyn KnownHeaders) -> Result<Vec<DataTable>, Vec<Finding>> {
    let mut tables = Vec::new();
    loop {
        let below = below(&mut sheet, known);
        tables.push(one(file, sheet, known)?);
        let Some(next) = below else { return Ok(tables) };
        if let Some(first) = tables.first_mut() {
            let row = next.rows.first().map_or(0, |row| row.number);
            first.taken.push(text!("another table begins in row {row}", "第 {row} 行起是另一张表"));
        }
        sheet = next;
    }
}

/// Takes away what stands below the first table of a sheet, where the header of another stands there.
fn below(sheet: &mut Sheet, known: &dyn KnownHeaders) -> Option<Sheet> {
    if sheet.header.is_some()
        || is_export(sheet, known)
        || form::of(sheet, &|text| known.labels(text)).is_some()
    {
        return None;
    }
    let looked_up = RefCell::new(HashMap::default());
    let is_name = |text: &str| remembered(&looked_up, text, |text| known.knows(text));
    let span = header::find(sheet, &is_name)?;
    let keys = |row: &SheetRow| row.filled().map(|(_, text)| NameKey::of(text)).collect::<Vec<_>>();
    let own: Vec<Vec<NameKey>> = sheet.rows[span.first..=span.last].iter().map(keys).collect();
    let is_other = |row: &SheetRow| header::is_one(row, &is_name) && !own.contains(&keys(row));
    let at = sheet.rows.iter().skip(span.last + 2).position(is_other)? + span.last + 2;
    // Its title stands above it, in a few lines.
    let above = sheet.rows[..at].iter().rev().take(TITLES);
    let titles = above.take_while(|row| row.filled().nth(1).is_none()).count();
    let at = at - titles.min(at - span.last - 1);
    let rows = sheet.rows.split_off(at);
    Some(Sheet { rows, ..sheet.clone() })
}

/// What is known of a text: the first texts that are looked up are remembered, since most come again in later rows.
fn remembered(looked_up: &RefCell<HashMap<String, bool>>, text: &str, knows: impl Fn(&str) -> bool) -> bool {
    if let Some(found) = looked_up.borrow().get(text) {
        return *found;
    }
    let found = knows(text);
    let mut looked_up = looked_up.borrow_mut();
    if looked_up.len() < REMEMBERED {
        looked_up.insert(text.to_owned(), found);
    }
    found
}

/// The table of a sheet that has one.
fn one(file: &str, mut sheet: Sheet, known: &dyn KnownHeaders) -> Result<DataTable, Vec<Finding>> {
    let mut table = DataTable {
        file: file.to_owned(),
        name: sheet.name.clone(),
        is_1904: sheet.is_1904,
        source_format: sheet.source_format,
        stored: sheet.stored.clone(),
        ..DataTable::default()
    };
    let is_separated = sheet.is_separated();
    if let Some(header) = sheet.header {
        table.header = header;
        // Lists of JSON have no rows but records.
        table.is_export = matches!(sheet.source_format, SourceFormat::Json | SourceFormat::JsonLines);
        table.rows = sheet.rows;
        table.faults = faults::of(&table, is_separated);
        return Ok(table);
    }
    if is_export(&sheet, known) {
        let header = sheet.rows.remove(0);
        table.is_export = true;
        table.header = header.cells.iter().map(|cell| cell.text.to_string()).collect();
        table.header_row = header.number;
        table.top = vec![header];
        table.rows = sheet.rows;
        table.faults = faults::of(&table, is_separated);
        return Ok(table);
    }
    if let Some(form) = form::of(&sheet, &|text| known.labels(text)) {
        table.taken.push(text!("a form of labels and values", "按表单读取（标签与内容并列）"));
        let lines: Vec<String> = sheet.rows.iter().take(2).map(preamble::line_of).collect();
        table.year = one_year(lines.iter().map(String::as_str));
        table.unit = lines.iter().find_map(|line| unit_of_line(line));
        table.units = form.units;
        let number = form.places.first().map_or(1, |(row, _)| *row);
        table.header = form.labels;
        table.places = form.places;
        table.rows = vec![SheetRow { number, cells: form.values }];
        return Ok(table);
    }
    let Some(span) = header::find(&sheet, &|text| known.knows(text)) else {
        let message = text!("`{file}` is empty", "“{file}”是空的");
        let finding = Finding::new(&rule::EMPTY_FILE, message, table.row(0))
            .help(text!("nothing was imported from it", "没有从中导入任何内容"));
        return Err(vec![finding]);
    };
    table.header = header::texts(&sheet, span);
    table.header_row = sheet.rows[span.last].number;
    head(&mut table, &sheet, span);
    table.top = sheet.rows[..=span.last].to_vec();
    table.merges = sheet.merges.iter().filter(|merge| merge.rows.1 < table.header_row).copied().collect();
    let merges = sheet.merges.clone();
    let (hidden_rows, hidden_columns) = (sheet.hidden_rows.clone(), sheet.hidden_columns.clone());
    let rows: Vec<SheetRow> = sheet.rows.into_iter().skip(span.last + 1).collect();
    let levels = span.last - span.first + 1;
    body::read(&mut table, (rows, levels), &merges, known);
    for (row, finding) in faults::of(&table, is_separated) {
        table.faults.entry(row).or_insert(finding);
    }
    hidden(&mut table, &hidden_rows, &hidden_columns);
    merged(&mut table, &merges);
    Ok(table)
}

/// Whether a sheet is what `export` wrote.
fn is_export(sheet: &Sheet, known: &dyn KnownHeaders) -> bool {
    let header =
        |row: &SheetRow| known.is_export(&row.cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>());
    sheet.header.is_none() && sheet.rows.first().is_some_and(|row| row.number == 1 && header(row))
}

/// What stands above the header, and where it is.
fn head(table: &mut DataTable, sheet: &Sheet, span: Span) {
    let lines: Vec<String> = sheet.rows[..span.first].iter().map(preamble::line_of).collect();
    let titles = sheet.rows[..span.first].iter().filter(|row| row.filled().nth(1).is_none());
    let in_title = || titles.flat_map(SheetRow::filled).find_map(|(_, title)| unit_of_title(title));
    table.unit = lines.iter().find_map(|line| unit_of_line(line)).or_else(in_title);
    table.year = one_year(lines.iter().map(String::as_str).chain(table.name.as_deref()));
    table.period = one_period(lines.iter().map(String::as_str));
    table.preambles.push((table.header_row, lines));
    let (first, last) = (sheet.rows[span.first].number, table.header_row);
    if first != 1 || first != last {
        table.taken.push(if first == last {
            text!("header in row {first}", "表头在第 {first} 行")
        } else {
            text!("header in rows {first}–{last}", "表头在第 {first}–{last} 行")
        });
    }
    if let Some(unit) = table.unit {
        table.taken.push(text!(
            "amounts in {unit} by the line above it",
            "金额单位按表头上方注明的{unit}",
            unit = unit.to_string()
        ));
    }
}

fn hidden(table: &mut DataTable, rows: &[usize], columns: &[usize]) {
    let rows: Vec<String> = rows
        .iter()
        .filter(|number| table.rows.binary_search_by_key(number, |row| &row.number).is_ok())
        .map(ToString::to_string)
        .collect();
    if !rows.is_empty() {
        let rest = rows.len().saturating_sub(8);
        let more =
            if rest > 0 { text!(" and {rest} more", "等，另有 {rest} 行") } else { Text::default() };
        let shown: Vec<&String> = rows.iter().take(8).collect();
        table.taken.push(text!(
            "hidden rows are read too: {shown}{more}",
            "隐藏的行也已读取：{shown}{more}",
            shown = shown,
            more = more
        ));
    }
    let columns: Vec<&str> =
        columns.iter().filter_map(|column| table.header.get(*column)).map(String::as_str).collect();
    if !columns.is_empty() {
        table.taken.push(text!(
            "hidden columns are read too: {columns}",
            "隐藏的列也已读取：{columns}",
            columns = columns
        ));
    }
}

/// What heads the parts of a date, which rows have in common.
const OF_DATES: [&str; 5] = ["年", "年份", "年度", "月", "月份"];

/// Cells merged over several rows stand for each of them: the file says so itself. A figure does so too, and somebody
/// should look at it.
fn merged(table: &mut DataTable, merges: &[Merge]) {
    let mut filled = 0_usize;
    let mut figures: Vec<Place> = Vec::new();
    for merge in merges.iter().filter(|merge| merge.rows.0 < merge.rows.1) {
        let column = merge.columns.0;
        let Ok(at) = table.rows.binary_search_by_key(&(merge.rows.0 + 1), |row| row.number) else { continue };
        let Some(cell) = table.rows[at].cells.get(column).filter(|cell| !cell.is_blank()).cloned() else {
            continue;
        };
        let is_of_date = table.header.get(column).is_some_and(|header| {
            let name = header.rsplit(LEVELS).next().unwrap_or(header).trim();
            OF_DATES.contains(&name)
        });
        if cell.kind == CellKind::Number && !is_of_date {
            figures.push(table.cell(&table.rows[at], column));
        }
        let covered = table.rows[at + 1..].iter_mut().take_while(|row| row.number <= merge.rows.1 + 1);
        for row in covered {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::empty());
            }
            if row.cells[column].is_blank() {
                row.cells[column] = cell.clone();
                filled += 1;
                if let Some(stored) = table.stored.get(&(merge.rows.0 + 1, column)).cloned() {
                    table.stored.insert((row.number, column), stored);
                }
            }
        }
    }
    match filled {
        0 => {}
        1 => table.taken.push(text!("a merged cell stands for one more row", "合并单元格已填入 1 格")),
        _ => table.taken.push(text!(
            "merged cells stand for their rows, {filled} in all",
            "合并单元格已填入 {filled} 格"
        )),
    }
    if let Some(first) = figures.first() {
        let message = text!(
            "a figure is merged over several rows, and is taken for each of them",
            "有数字跨行合并，按每行各有该数读取"
        );
        let finding = Finding::new(&rule::MERGED_CELL, message, first.clone());
        table.warnings.push(finding.help(text!(
            "unmerge the cells if it is one figure for all of the rows",
            "若为各行共有的一个数，请取消合并后再填"
        )));
    }
}
