//! From a grid to a table: title, unit line, header, rows, totals, notes. What was taken for what is given.

use std::collections::BTreeMap;

use crate::import::layout::footer::{self, FooterRow, Sums};
use crate::import::layout::form;
use crate::import::layout::header::{self, Span};
use crate::import::layout::header_text::{one_period, one_year, unit_of_line};
use crate::import::layout::preamble;
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::{Cell, CellKind, Merge, Sheet, SheetRow};
use crate::model::finding::{Finding, Place};
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// What names of columns are known, and which of them are running numbers.
pub trait KnownHeaders {
    /// Whether a text is the name of a column.
    fn knows(&self, text: &str) -> bool;
    /// Whether a column has only running numbers.
    fn is_number(&self, text: &str) -> bool;
}

/// The table of a grid.
pub fn find(file: &str, grid: Sheet, known: &dyn KnownHeaders) -> Result<DataTable, Vec<Finding>> {
    let mut sheet = DataTable {
        file: file.to_owned(),
        name: grid.name.clone(),
        is_1904: grid.is_1904,
        source_format: grid.source_format,
        stored: grid.stored.clone(),
        ..DataTable::default()
    };
    let is_separated = grid.is_separated();
    if let Some(header) = grid.header {
        sheet.header = header;
        sheet.rows = grid.rows;
        sheet.faults = faults(&sheet, is_separated);
        return Ok(sheet);
    }
    if let Some(form) = form::of(&grid, &|text| known.knows(text)) {
        sheet.taken.push(text!("a form of labels and values", "按表单读取（标签与内容并列）"));
        let lines: Vec<String> = grid.rows.iter().take(2).map(line_of).collect();
        sheet.year = one_year(lines.iter().map(String::as_str));
        sheet.unit = lines.iter().find_map(|line| unit_of_line(line));
        let number = form.places.first().map_or(1, |(row, _)| *row);
        sheet.header = form.labels;
        sheet.places = form.places;
        sheet.rows = vec![SheetRow { number, cells: form.values }];
        return Ok(sheet);
    }
    let Some(span) = header::find(&grid, &|text| known.knows(text)) else {
        let message = text!("`{file}` is empty", "“{file}”是空的");
        let finding = Finding::new(&rule::EMPTY_FILE, message, sheet.row(0))
            .help(text!("nothing was imported from it", "没有从中导入任何内容"));
        return Err(vec![finding]);
    };
    sheet.header = header::texts(&grid, span);
    sheet.header_row = grid.rows[span.last].number;
    head(&mut sheet, &grid, span);
    sheet.top = grid.rows[..=span.last].to_vec();
    sheet.merges = grid.merges.iter().filter(|merge| merge.rows.1 < sheet.header_row).copied().collect();
    let merges = grid.merges.clone();
    let (hidden_rows, hidden_columns) = (grid.hidden_rows.clone(), grid.hidden_columns.clone());
    body(&mut sheet, grid.rows.into_iter().skip(span.last + 1), known);
    sheet.faults = faults(&sheet, is_separated);
    hidden(&mut sheet, &hidden_rows, &hidden_columns);
    merged(&mut sheet, &merges);
    Ok(sheet)
}

/// What stands above the header, and where it is.
fn head(sheet: &mut DataTable, grid: &Sheet, span: Span) {
    let lines: Vec<String> = grid.rows[..span.first].iter().map(line_of).collect();
    sheet.unit = lines.iter().find_map(|line| unit_of_line(line));
    sheet.year = one_year(lines.iter().map(String::as_str).chain(sheet.name.as_deref()));
    sheet.period = one_period(lines.iter().map(String::as_str));
    sheet.preambles.push((sheet.header_row, lines));
    let (first, last) = (grid.rows[span.first].number, sheet.header_row);
    if first != 1 || first != last {
        sheet.taken.push(if first == last {
            text!("header in row {first}", "表头在第 {first} 行")
        } else {
            text!("header in rows {first}–{last}", "表头在第 {first}–{last} 行")
        });
    }
    if let Some(unit) = sheet.unit {
        sheet.taken.push(text!(
            "amounts in {unit} by the line above it",
            "金额单位按表头上方注明的{unit}",
            unit = unit.to_string()
        ));
    }
}

/// The rows of the table, up to a note. Where the header stands again below a note, the table goes on.
fn body(sheet: &mut DataTable, rows: impl Iterator<Item = SheetRow>, known: &dyn KnownHeaders) {
    let numbers: Vec<bool> = sheet.header.iter().map(|header| known.is_number(header)).collect();
    let header: Vec<NameKey> = sheet.header.iter().map(|text| NameKey::of(text)).collect();
    let mut body = Body::default();
    for (index, row) in rows.enumerate() {
        let Some((column, text)) = row.filled().next() else { continue };
        let first = NameKey::of(text);
        if header.get(column) == Some(&first) && repeats(&row, &header) {
            body.begin_again(sheet, row.number);
        } else if body.is_ended || preamble::is_head(&row) {
            body.lines.push(line_of(&row));
        } else if let Some(foot) = footer::of(&row, &first) {
            body.foot(sheet, &row, foot);
        } else if index == 0 && is_numbering(&row) {
            sheet.taken.push(text!("row {row} numbers the columns", "第 {row} 行是列号", row = row.number));
        } else if row.filled().all(|(column, _)| numbers.get(column) == Some(&true)) {
            body.empty += 1;
        } else {
            body.kept.push(row);
        }
    }
    match body.empty {
        0 => {}
        1 => sheet.taken.push(text!("one row has nothing but a running number", "有 1 行只有序号")),
        empty => {
            sheet
                .taken
                .push(text!("{empty} rows have nothing but a running number", "有 {empty} 行只有序号"));
        }
    }
    let more = body.parsed.saturating_sub(SAID);
    if more > 0 {
        sheet.taken.push(text!(
            "{more} more rows repeat the header or have totals",
            "另有 {more} 行是重复表头或合计"
        ));
    }
    sheet.rows = body.kept;
}

/// How many repeated headers and totals are given one by one.
const SAID: usize = 20;

/// The rows below a header while they are gone through.
#[derive(Default)]
struct Body {
    kept: Vec<SheetRow>,
    /// How many rows have nothing but a running number.
    empty: usize,
    /// The sums of the rows since the last subtotal, and of all rows.
    part: Sums,
    all: Sums,
    /// How often the header was repeated or there were totals.
    parsed: usize,
    /// Whether a note has ended the table.
    is_ended: bool,
    /// Lines that are no rows, since the last header.
    lines: Vec<String>,
}

impl Body {
    fn foot(&mut self, sheet: &mut DataTable, row: &SheetRow, foot: FooterRow) {
        if foot == FooterRow::Note {
            sheet.taken.push(text!(
                "the table ends before row {row}: `{start}`",
                "表格止于第 {row} 行之前：“{start}”",
                row = row.number,
                start = shortened(row)
            ));
            self.is_ended = true;
            return;
        }
        if foot == FooterRow::Average {
            self.say(sheet, text!("row {row} has averages", "第 {row} 行是平均值", row = row.number));
            return;
        }
        self.part.take(&self.kept);
        let summed = if foot == FooterRow::Subtotal {
            &self.part
        } else {
            self.all.take(&self.kept);
            &self.all
        };
        let taken = total(sheet, row, summed);
        self.say(sheet, taken);
        self.part = Sums::after(self.kept.len());
    }

    /// Says what was taken, the first times: a table of nothing but totals needs no line for each.
    fn say(&mut self, sheet: &mut DataTable, taken: Text) {
        self.parsed += 1;
        if self.parsed <= SAID {
            sheet.taken.push(taken);
        }
    }

    /// The header stands again: what stood above it were lines of its own.
    fn begin_again(&mut self, sheet: &mut DataTable, number: usize) {
        let is_title = |row: &SheetRow| row.filled().count() == 1 && sheet.header.len() > 2;
        while self.kept.last().is_some_and(is_title) {
            self.lines.extend(self.kept.pop().map(|row| line_of(&row)));
        }
        self.say(sheet, text!("row {number} repeats the header", "第 {number} 行是重复的表头"));
        if !self.lines.is_empty() {
            sheet.preambles.push((number, std::mem::take(&mut self.lines)));
        }
        self.is_ended = false;
    }
}

fn line_of(row: &SheetRow) -> String {
    row.filled().map(|(_, text)| text).collect::<Vec<_>>().join("  ")
}

fn shortened(row: &SheetRow) -> String {
    row.filled().next().map_or_else(String::new, |(_, text)| text.chars().take(12).collect())
}

fn total(sheet: &mut DataTable, row: &SheetRow, summed: &Sums) -> Text {
    let (agreeing, found) = footer::check(sheet, row, summed);
    let agrees = match (agreeing, found.len()) {
        (0, 0) => Text::default(),
        (_, 0) => text!(", which agree with the rows", "，与各行之和一致"),
        (_, wrong) => {
            text!(", {wrong} of which do not agree with the rows", "，其中 {wrong} 项与各行之和不符")
        }
    };
    sheet.warnings.extend(found);
    text!("row {row} has totals{agrees}", "第 {row} 行是合计{agrees}", row = row.number, agrees = agrees)
}

/// `甲 乙 1 2 3` under the header of a statistical form.
fn is_numbering(row: &SheetRow) -> bool {
    let texts: Vec<&str> = row.filled().map(|(_, text)| text.trim_matches(['(', ')', '（', '）'])).collect();
    let is_letter = |text: &str| ["甲", "乙", "丙", "丁"].contains(&text);
    let numbers: Vec<&str> = texts.iter().copied().filter(|text| !is_letter(text)).collect();
    let counts = numbers.iter().enumerate().all(|(index, text)| text.parse() == Ok(index + 1));
    counts && texts.len() >= 3
}

fn repeats(row: &SheetRow, header: &[NameKey]) -> bool {
    row.filled().all(|(column, text)| header.get(column) == Some(&NameKey::of(text)))
}

/// The rows whose cells do not fit the header.
fn faults(sheet: &DataTable, is_separated: bool) -> BTreeMap<usize, Finding> {
    let fault = |row| if is_separated { ragged(sheet, row) } else { beyond(sheet, row) };
    sheet.rows.iter().filter_map(|row| Some((row.number, fault(row)?))).collect()
}

/// A row with more or fewer cells than the header: which cell is missing cannot be known.
fn ragged(sheet: &DataTable, row: &SheetRow) -> Option<Finding> {
    let wanted = sheet.header.len();
    let beyond = row.cells.iter().skip(wanted).any(|cell| !cell.is_blank());
    if row.cells.len() >= wanted && !beyond {
        return None;
    }
    let message = text!(
        "row {row} has {count} cells, the header has {wanted}",
        "第 {row} 行有 {count} 格，表头有 {wanted} 格",
        row = row.number,
        count = row.cells.len()
    );
    Some(Finding::new(&rule::RAGGED_ROW, message, sheet.row(row.number)).help(text!(
        "a cell with a separator in it must stand in quotes; a missing cell still needs its separator",
        "内容中含分隔符的单元格要加引号；空单元格也要保留分隔符"
    )))
}

/// Something right of the last header.
fn beyond(sheet: &DataTable, row: &SheetRow) -> Option<Finding> {
    let column = row.filled().map(|(column, _)| column).find(|column| *column >= sheet.header.len())?;
    let message = text!("a cell stands right of the last header", "最后一个表头的右边还有内容");
    Some(
        Finding::new(&rule::RAGGED_ROW, message, sheet.cell(row, column))
            .help(text!("give its column a header, or clear it", "请为该列加上表头，或清空")),
    )
}

fn hidden(sheet: &mut DataTable, rows: &[usize], columns: &[usize]) {
    let rows: Vec<String> = rows
        .iter()
        .filter(|number| sheet.rows.binary_search_by_key(number, |row| &row.number).is_ok())
        .map(ToString::to_string)
        .collect();
    if !rows.is_empty() {
        let rest = rows.len().saturating_sub(8);
        let more =
            if rest > 0 { text!(" and {rest} more", "等，另有 {rest} 行") } else { Text::default() };
        let shown = rows.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        sheet.taken.push(text!(
            "hidden rows are read too: {shown}{more}",
            "隐藏的行也已读取：{shown}{more}",
            more = more
        ));
    }
    let columns: Vec<&str> =
        columns.iter().filter_map(|column| sheet.header.get(*column)).map(String::as_str).collect();
    if !columns.is_empty() {
        sheet.taken.push(text!(
            "hidden columns are read too: {columns}",
            "隐藏的列也已读取：{columns}",
            columns = columns.join(", ")
        ));
    }
}

/// Cells merged over several rows stand for each of them: the file says so itself. A figure does so too, and somebody
/// should look at it.
fn merged(sheet: &mut DataTable, merges: &[Merge]) {
    let mut filled = 0_usize;
    let mut figures: Vec<Place> = Vec::new();
    for merge in merges.iter().filter(|merge| merge.rows.0 < merge.rows.1) {
        let column = merge.columns.0;
        let Ok(at) = sheet.rows.binary_search_by_key(&(merge.rows.0 + 1), |row| row.number) else { continue };
        let Some(cell) = sheet.rows[at].cells.get(column).filter(|cell| !cell.is_blank()).cloned() else {
            continue;
        };
        if cell.kind == CellKind::Number {
            figures.push(sheet.cell(&sheet.rows[at], column));
        }
        let covered = sheet.rows[at + 1..].iter_mut().take_while(|row| row.number <= merge.rows.1 + 1);
        for row in covered {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::empty());
            }
            if row.cells[column].is_blank() {
                row.cells[column] = cell.clone();
                filled += 1;
                if let Some(stored) = sheet.stored.get(&(merge.rows.0 + 1, column)).cloned() {
                    sheet.stored.insert((row.number, column), stored);
                }
            }
        }
    }
    match filled {
        0 => {}
        1 => sheet.taken.push(text!("a merged cell stands for one more row", "合并单元格已填入 1 格")),
        _ => sheet.taken.push(text!(
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
        sheet.warnings.push(finding.help(text!(
            "unmerge the cells if it is one figure for all of the rows",
            "若为各行共有的一个数，请取消合并后再填"
        )));
    }
}
