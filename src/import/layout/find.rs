//! From a sheet to a table: title, unit line, header, rows, totals, notes. What was taken for what is given.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::import::layout::footer::{self, FooterRow, Shape, Sums};
use crate::import::layout::form;
use crate::import::layout::header::{self, Span};
use crate::import::layout::header_text::{one_period, one_year, unit_of_line};
use crate::import::layout::other_table;
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

/// What names of columns are known, and which of them are running numbers.
pub trait KnownHeaders {
    /// Whether a text is the name of a column.
    fn knows(&self, text: &str) -> bool;
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
        || form::of(sheet, &|text| known.knows(text)).is_some()
    {
        return None;
    }
    let looked_up = RefCell::new(HashMap::new());
    let is_name = |text: &str| remembered(&looked_up, text, |text| known.knows(text));
    let span = header::find(sheet, &is_name)?;
    let keys = |row: &SheetRow| row.filled().map(|(_, text)| NameKey::of(text)).collect::<Vec<_>>();
    let own: Vec<Vec<NameKey>> = sheet.rows[span.first..=span.last].iter().map(keys).collect();
    let is_other = |row: &SheetRow| header::is_one(row, &is_name) && !own.contains(&keys(row));
    let at = sheet.rows.iter().skip(span.last + 2).position(is_other)? + span.last + 2;
    // Its title stands above it.
    let titles = sheet.rows[..at].iter().rev().take_while(|row| row.filled().count() == 1).count();
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
        table.faults = faults(&table, is_separated);
        return Ok(table);
    }
    if is_export(&sheet, known) {
        let header = sheet.rows.remove(0);
        table.is_export = true;
        table.header = header.cells.iter().map(|cell| cell.text.to_string()).collect();
        table.header_row = header.number;
        table.top = vec![header];
        table.rows = sheet.rows;
        table.faults = faults(&table, is_separated);
        return Ok(table);
    }
    if let Some(form) = form::of(&sheet, &|text| known.knows(text)) {
        table.taken.push(text!("a form of labels and values", "按表单读取（标签与内容并列）"));
        let lines: Vec<String> = sheet.rows.iter().take(2).map(line_of).collect();
        table.year = one_year(lines.iter().map(String::as_str));
        table.unit = lines.iter().find_map(|line| unit_of_line(line));
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
    body(&mut table, (rows, levels), &merges, known);
    for (row, finding) in faults(&table, is_separated) {
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
    let lines: Vec<String> = sheet.rows[..span.first].iter().map(line_of).collect();
    table.unit = lines.iter().find_map(|line| unit_of_line(line));
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

/// The rows of the table, up to a note. Where the header stands again below a note, or rows like those above it, the
/// table goes on.
fn body(
    table: &mut DataTable,
    (mut rows, levels): (Vec<SheetRow>, usize),
    merges: &[Merge],
    known: &dyn KnownHeaders,
) {
    let numbers: Vec<bool> = table.header.iter().map(|header| known.is_number(header)).collect();
    let header = HeaderKeys::of(table, levels);
    let is_number = |text: &str| known.is_number(text);
    let other = other_table::begins(&rows, &numbers, &is_number, &|row| header.is_again(row));
    let other = other.map(|at| {
        let below = rows.split_off(at);
        rows.truncate(other_table::with_titles(&rows, at));
        below
    });
    let shape = Shape { numbers: &numbers, merges, usual: usual(&rows) };
    let numbering = footer::is_numbering(&rows, &shape);
    let mut body = Body::default();
    for (index, row) in rows.into_iter().enumerate() {
        let Some((column, text)) = row.filled().next() else { continue };
        let first = NameKey::of(text);
        if header.begins((column, &first)) && header.is_again(&row) {
            body.begin_again(table, row.number);
        } else if index == 0 && numbering {
            table.drop(text!("row {row} numbers the columns", "第 {row} 行是列号", row = row.number));
        } else if preamble::is_head(&row) {
            body.lines.push(line_of(&row));
        } else if let Some(foot) = footer::of(&row, &first, index, &shape) {
            body.foot(table, &row, foot);
        } else if body.note.is_some() && !is_like(&row, &shape) {
            body.lines.push(line_of(&row));
        } else if row.filled().all(|(column, _)| numbers.get(column) == Some(&true)) {
            body.empty += 1;
        } else {
            body.go_on(table, &row, &shape);
            body.begin_section(table);
            body.kept.push(row);
        }
    }
    body.end_sections();
    match body.empty {
        0 => {}
        1 => table.drop(text!("one row has nothing but a running number", "有 1 行只有序号")),
        empty => {
            table.drop(text!("{empty} rows have nothing but a running number", "有 {empty} 行只有序号"));
        }
    }
    let more = body.parsed.get(SAID..).unwrap_or_default();
    if !more.is_empty() {
        let mut rows = more.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>();
        rows.extend((more.len() > NAMED).then(|| "…".to_owned()));
        table.drop(text!(
            "{more} more rows repeat the header, head a section or have totals: {en}",
            "另有 {more} 行是重复表头、分段标题或合计：第 {zh} 行",
            more = more.len(),
            en = rows.join(", "),
            zh = rows.join("、")
        ));
    }
    table.rows = body.kept;
    for row in body.lone {
        let message = text!(
            "row {row} has nothing but `{text}`: a section title with no rows below it, or a record",
            "第 {row} 行只有“{text}”：可能是其下没有数据的分段标题，也可能是一条数据",
            row = row.number,
            text = line_of(&row)
        );
        let help = text!("clear the row, or fill in its other cells", "请清空该行，或补全该行其他单元格");
        table
            .faults
            .insert(row.number, Finding::new(&rule::RAGGED_ROW, message, table.row(row.number)).help(help));
        table.rows.push(row);
    }
    table.rows.sort_by_key(|row| row.number);
    if let Some(other) = other {
        unread(table, other);
    }
    for (row, note) in body.doubtful {
        let message = text!(
            "row {row} stands below the note in row {note}: a record, or part of the note",
            "第 {row} 行在第 {note} 行的附注之下，可能是数据，也可能是附注的一部分"
        );
        let finding = Finding::new(&rule::RAGGED_ROW, message, table.row(row));
        let finding = finding.help(text!(
            "move the note below the table, or clear the row",
            "请将附注移到表格之后，或清空该行"
        ));
        table.faults.insert(row, finding);
    }
}

/// Refuses another table below, whose headers are not known.
fn unread(table: &mut DataTable, rows: Vec<SheetRow>) {
    let count = rows.len() - 1;
    let Some(header) = rows.into_iter().next() else { return };
    let names: Vec<&str> = header.filled().map(|(_, text)| text).collect();
    let message = text!(
        "another table begins in row {row}, of whose columns none is known: {en}; its {count} {rows} not read",
        "第 {row} 行起是另一张表，其表头无法识别：{zh}；表中 {count} 行未读取",
        row = header.number,
        rows = if count == 1 { "row is" } else { "rows are" },
        en = names.join(", "),
        zh = names.join("、")
    );
    let help = text!("move it to a sheet of its own, or clear it", "请将其移到单独的工作表，或清空");
    table
        .faults
        .insert(header.number, Finding::new(&rule::RAGGED_ROW, message, table.row(header.number)).help(help));
    table.rows.push(header);
}

/// Whether a row goes on with the running number of the last, or has a registry code, as records have.
fn is_numbered(row: &SheetRow, last: Option<&SheetRow>, shape: &Shape<'_>) -> bool {
    let is_code = |text: &str| text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let number = |row: &SheetRow| {
        let mut cells = row.filled().filter(|(column, _)| shape.numbers.get(*column) == Some(&true));
        cells.find_map(|(_, text)| text.parse::<u32>().ok())
    };
    let goes_on = number(row).is_some_and(|this| last.and_then(number).is_some_and(|last| this == last + 1));
    goes_on || row.filled().any(|(_, text)| is_code(text))
}

/// How many cells most rows fill; only the first tell.
fn usual(rows: &[SheetRow]) -> usize {
    let mut counts: Vec<usize> = rows.iter().take(USUAL).map(|row| row.filled().count()).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// How many rows tell what is usual.
const USUAL: usize = 200;

/// Whether a row below a note looks like those above it: it fills about as many cells, and they are no labels.
fn is_like(row: &SheetRow, shape: &Shape<'_>) -> bool {
    let count = row.filled().count();
    count >= 2 && count * 2 >= shape.usual && !row.filled().any(|(_, text)| text.ends_with(['：', ':']))
}

/// How many repeated headers and totals are given one by one.
const SAID: usize = 20;

/// How many more are given by their numbers.
const NAMED: usize = 100;

/// The rows below a header while they are gone through.
#[derive(Default)]
struct Body {
    kept: Vec<SheetRow>,
    /// How many rows have nothing but a running number.
    empty: usize,
    /// The sums of the rows since the last subtotal, and of all rows.
    part: Sums,
    all: Sums,
    /// The rows that repeat the header, head a section or have totals.
    parsed: Vec<usize>,
    /// The note that has ended the table: its row, and its place in what is said.
    note: Option<(usize, usize)>,
    /// Lines that are no rows, since the last header.
    lines: Vec<String>,
    /// Rows below a note that may be records or part of it, with the row of the note.
    doubtful: Vec<(usize, usize)>,
    /// What may be the title of the rows that follow.
    title: Option<SheetRow>,
    /// Rows that may be titles of sections, or records.
    lone: Vec<SheetRow>,
}

impl Body {
    fn foot(&mut self, table: &mut DataTable, row: &SheetRow, foot: FooterRow) {
        let number = row.number;
        let start = shortened(row);
        match foot {
            FooterRow::Note | FooterRow::Average | FooterRow::Total => self.end_sections(),
            _ => self.begin_section(table),
        }
        match foot {
            FooterRow::LikelyTitle => {
                self.title = Some(row.clone());
                return;
            }
            FooterRow::Note if self.note.is_some() => {
                self.lines.push(line_of(row));
                return;
            }
            FooterRow::Note => {
                self.note = Some((number, table.dropped.len()));
                table.drop(text!(
                    "the table ends before row {number}: `{start}`",
                    "表格止于第 {number} 行之前：“{start}”"
                ));
                return;
            }
            FooterRow::Average => {
                self.say(table, number, text!("row {number} has averages", "第 {number} 行是平均值"));
                return;
            }
            FooterRow::SectionTitle => {
                self.say_title(table, row);
                return;
            }
            FooterRow::Template => {
                self.say(
                    table,
                    number,
                    text!("row {number} says how to fill in the form", "第 {number} 行是填写说明或示例"),
                );
                return;
            }
            FooterRow::Subtotal | FooterRow::Total => {}
        }
        self.part.take(&self.kept);
        let summed = if foot == FooterRow::Subtotal {
            &self.part
        } else {
            self.all.take(&self.kept);
            &self.all
        };
        let taken = total(table, row, summed);
        self.say(table, number, taken);
        self.part = Sums::after(self.kept.len());
    }

    /// What might be the title of a section is one: something stands below it.
    fn begin_section(&mut self, table: &mut DataTable) {
        if let Some(row) = self.title.take() {
            self.say_title(table, &row);
        }
    }

    /// What might be the title of a section has nothing below it.
    fn end_sections(&mut self) {
        self.lone.extend(self.title.take());
    }

    fn say_title(&mut self, table: &mut DataTable, row: &SheetRow) {
        let (row, start) = (row.number, shortened(row));
        self.say(
            table,
            row,
            text!("row {row} heads a section: `{start}`", "第 {row} 行是分段标题：“{start}”"),
        );
    }

    /// Says what was taken, the first times: a table of nothing but totals needs no line for each.
    fn say(&mut self, table: &mut DataTable, row: usize, taken: Text) {
        self.parsed.push(row);
        if self.parsed.len() <= SAID {
            table.drop(taken);
        }
    }

    /// A row below a note: the note stood in the middle.
    fn go_on(&mut self, table: &mut DataTable, row: &SheetRow, shape: &Shape<'_>) {
        let Some((number, place)) = self.note else { return };
        if !is_numbered(row, self.kept.last(), shape) {
            self.doubtful.push((row.number, number));
            return;
        }
        self.note = None;
        let row = row.number;
        let said = text!(
            "row {number} is a note, and rows go on in row {row}",
            "第 {number} 行是附注，其后第 {row} 行起仍有数据"
        );
        let old = std::mem::replace(&mut table.dropped[place], said.clone());
        if let Some(taken) = table.taken.iter_mut().find(|taken| **taken == old) {
            *taken = said;
        }
    }

    /// The header stands again: what stood above it were lines of its own.
    fn begin_again(&mut self, table: &mut DataTable, number: usize) {
        let is_title = |row: &SheetRow| row.filled().count() == 1 && table.header.len() > 2;
        while self.kept.last().is_some_and(is_title) {
            self.lines.extend(self.kept.pop().map(|row| line_of(&row)));
        }
        self.say(table, number, text!("row {number} repeats the header", "第 {number} 行是重复的表头"));
        if !self.lines.is_empty() {
            table.preambles.push((number, std::mem::take(&mut self.lines)));
        }
        self.note = None;
    }
}

fn line_of(row: &SheetRow) -> String {
    row.filled().map(|(_, text)| text).collect::<Vec<_>>().join("  ")
}

fn shortened(row: &SheetRow) -> String {
    row.filled().next().map_or_else(String::new, |(_, text)| text.chars().take(12).collect())
}

fn total(table: &mut DataTable, row: &SheetRow, summed: &Sums) -> Text {
    let (agreeing, found) = footer::check(table, row, summed);
    let agrees = match (agreeing, found.len()) {
        (0, 0) => Text::default(),
        (_, 0) => text!(", which agree with the rows", "，与各行之和一致"),
        (_, wrong) => {
            text!(", {wrong} of which do not agree with the rows", "，其中 {wrong} 项与各行之和不符")
        }
    };
    table.warnings.extend(found);
    text!("row {row} has totals{agrees}", "第 {row} 行是合计{agrees}", row = row.number, agrees = agrees)
}

/// What a header says, as one row or as the rows of its levels.
struct HeaderKeys {
    joined: Vec<NameKey>,
    levels: Vec<Vec<(usize, NameKey)>>,
}

impl HeaderKeys {
    fn of(table: &DataTable, levels: usize) -> Self {
        let level = |row: &SheetRow| row.filled().map(|(column, text)| (column, NameKey::of(text))).collect();
        let rows = table.top.iter().rev().take(if levels > 1 { levels } else { 0 });
        Self {
            joined: table.header.iter().map(|text| NameKey::of(text)).collect(),
            levels: rows.map(level).collect(),
        }
    }

    /// Whether a row that begins with a cell may be the header again.
    fn begins(&self, (column, first): (usize, &NameKey)) -> bool {
        let is_first =
            |level: &Vec<(usize, NameKey)>| level.first().is_some_and(|it| it.0 == column && it.1 == *first);
        self.joined.get(column) == Some(first) || self.levels.iter().any(is_first)
    }

    /// Whether a row is the header again, or a level of it.
    fn is_again(&self, row: &SheetRow) -> bool {
        let keys: Vec<(usize, NameKey)> =
            row.filled().map(|(column, text)| (column, NameKey::of(text))).collect();
        keys.iter().all(|(column, key)| self.joined.get(*column) == Some(key)) || self.levels.contains(&keys)
    }
}

/// The rows whose cells do not fit the header.
fn faults(table: &DataTable, is_separated: bool) -> BTreeMap<usize, Finding> {
    let fits = |row| if is_separated { ragged(table, row) } else { beyond(table, row) };
    let fault = |row| fits(row).or_else(|| damaged(table, row));
    table.rows.iter().filter_map(|row| Some((row.number, fault(row)?))).collect()
}

/// A row with more or fewer cells than the header: which cell is missing cannot be known.
fn ragged(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let wanted = table.header.len();
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
    Some(Finding::new(&rule::RAGGED_ROW, message, table.row(row.number)).help(text!(
        "a cell with a separator in it must stand in quotes; a missing cell still needs its separator",
        "内容中含分隔符的单元格要加引号；空单元格也要保留分隔符"
    )))
}

/// A NUL byte in a cell: what was there is lost.
fn damaged(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let column = row.cells.iter().position(|cell| memchr::memchr(0, cell.text.as_bytes()).is_some())?;
    let message = text!("a cell has a NUL byte, which no text has", "单元格中有 NUL 字节，不是文本");
    let finding = Finding::new(&rule::NOT_TEXT, message, table.cell(row, column));
    Some(finding.help(text!("write the cell again", "请重新填写该单元格")))
}

/// Something right of the last header.
fn beyond(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let column = row.filled().map(|(column, _)| column).find(|column| *column >= table.header.len())?;
    let message = text!("a cell stands right of the last header", "最后一个表头的右边还有内容");
    Some(
        Finding::new(&rule::RAGGED_ROW, message, table.cell(row, column))
            .help(text!("give its column a header, or clear it", "请为该列加上表头，或清空")),
    )
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
        if cell.kind == CellKind::Number {
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
