//! The rows below a header: records, totals, section titles, notes, headers that stand again, another table.

use crate::import::layout::find::KnownHeaders;
use crate::import::layout::footer::{self, FooterRow, Shape};
use crate::import::layout::other_table;
use crate::import::layout::preamble;
use crate::import::layout::sums::{self, Sums};
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::{Merge, SheetRow};
use crate::model::finding::Finding;
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// The rows of the table, up to a note. Where the header stands again below a note, or rows like those above it, the
/// table goes on.
pub fn read(
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
            body.lines.push(preamble::line_of(&row));
        } else if let Some(foot) = footer::of(&row, &first, index, &shape) {
            body.foot(table, &row, foot);
        } else if body.note.is_some() && !is_like(&row, &shape) {
            body.lines.push(preamble::line_of(&row));
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
            text = preamble::line_of(&row)
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
                self.lines.push(preamble::line_of(row));
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
            self.lines.extend(self.kept.pop().map(|row| preamble::line_of(&row)));
        }
        self.say(table, number, text!("row {number} repeats the header", "第 {number} 行是重复的表头"));
        if !self.lines.is_empty() {
            table.preambles.push((number, std::mem::take(&mut self.lines)));
        }
        self.note = None;
    }
}

fn shortened(row: &SheetRow) -> String {
    row.filled().next().map_or_else(String::new, |(_, text)| text.chars().take(12).collect())
}

fn total(table: &mut DataTable, row: &SheetRow, summed: &Sums) -> Text {
    let (agreeing, found) = sums::check(table, row, summed);
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
