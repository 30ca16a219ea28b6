//! A look at the archive of a workbook before it is unpacked: what it is, how much is in it, what it hides.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use memchr::memmem::Finder;
use quick_xml::events::{BytesStart, Event as Xml};
use smol_str::SmolStr;
use zip::ZipArchive;

use crate::import::read::error::ReadError;
use crate::import::read::format::FileFormat;
use crate::import::read::limits::Limits;
use crate::import::read::sheet::{CellKind, Merge};
use crate::import::read::workbook::event::Event;
use crate::import::read::workbook::number_format::Shown;
use crate::import::read::workbook::shown_text;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The most entries an archive may have.
const ENTRIES: usize = 10_000;

fn open(bytes: &[u8]) -> Result<Archive<'_>, ReadError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::broken(Text::same(error.to_string())))
}

/// What the archive is.
pub fn format_of(bytes: &[u8]) -> Result<FileFormat, ReadError> {
    let archive = open(bytes)?;
    let has = |name: &str| archive.file_names().flatten().any(|it| it.eq_ignore_ascii_case(name));
    let unreadable = |what: Text| {
        let help = text!(
            "save the table as .xlsx, .ods or .csv and import that",
            "请将表格另存为 .xlsx、.ods 或 .csv 再导入"
        );
        ReadError::new(&rule::UNREADABLE_TABLE, what, help)
    };
    if has("xl/workbook.xml") {
        Ok(FileFormat::Xlsx)
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Ok(FileFormat::Ods)
    } else if has("xl/workbook.bin") {
        Err(unreadable(text!("is a binary workbook (.xlsb)", "是二进制工作簿（.xlsb）")))
    } else if has("word/document.xml") {
        Err(unreadable(text!("is a Word document", "是 Word 文档")))
    } else {
        Err(packed(&archive))
    }
}

/// That an archive is none of a workbook, and what is in it that can be imported.
fn packed(archive: &Archive<'_>) -> ReadError {
    let is_table = |name: &str| {
        let name = name.to_ascii_lowercase();
        !name.starts_with("__macosx/") && TABLES.iter().any(|ending| name.ends_with(ending))
    };
    let names = archive.file_names().flatten().map(|name| name.to_string());
    let names: Vec<String> = names.filter(|name| is_table(name)).collect();
    let what = text!("is a zip archive and not a workbook", "是 zip 压缩文件，不是工作簿");
    let help = match &names[..] {
        [] => text!(
            "save the table as .xlsx, .ods or .csv and import that",
            "请将表格另存为 .xlsx、.ods 或 .csv 再导入"
        ),
        names => text!(
            "unpack it, and import what is in it: {en}",
            "请先解压，再导入其中的表格：{zh}",
            en = named(names, ", "),
            zh = named(names, "、")
        ),
    };
    ReadError::new(&rule::UNREADABLE_TABLE, what, help)
}

/// The first of some names.
fn named(names: &[String], separator: &str) -> String {
    let mut shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(separator);
    if names.len() > NAMED {
        shown.push('…');
    }
    shown
}

/// How many files of an archive are named.
const NAMED: usize = 5;

/// The endings of tables.
const TABLES: [&str; 9] = [".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".json", ".jsonl"];

/// Refuses an archive that would unpack to more than the limits.
pub fn look(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut archive = open(bytes)?;
    if archive.len() > ENTRIES {
        let message = text!(
            "has {parts} parts, more than {ENTRIES}",
            "有 {parts} 个部分，超过 {ENTRIES} 个",
            parts = archive.len()
        );
        return Err(ReadError::new(
            &rule::TOO_LARGE,
            message,
            text!("it is not a workbook a spreadsheet program writes", "这不是电子表格软件写出的工作簿"),
        ));
    }
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        unpacked = unpacked.saturating_add(
            archive
                .by_index_raw(index)
                .map_err(|error| ReadError::broken(Text::same(error.to_string())))?
                .size(),
        );
    }
    if unpacked > limits.unpacked {
        let message = text!(
            "unpacks to {unpacked} bytes, more than {most}",
            "解压后有 {unpacked} 字节，超过 {most}",
            most = limits.unpacked
        );
        let help = text!(
            "divide it, save it as CSV, or allow more with `--max-mb`, of which an archive has ten times",
            "请拆分文件，或另存为 CSV，或用 --max-mb 放宽（压缩文件的上限是其十倍）"
        );
        return Err(ReadError::new(&rule::TOO_LARGE, message, help));
    }
    Ok(())
}

/// A sheet's name and where it lies in the archive.
pub struct Part {
    /// The name.
    pub name: String,
    path: String,
}

/// The sheets of an `.xlsx`, with their places. What is odd is left out: this is only for what is hidden.
pub fn parts(bytes: &[u8]) -> Vec<Part> {
    let Ok(mut archive) = open(bytes) else { return Vec::new() };
    let mut targets = Vec::new();
    walk(&mut archive, "xl/_rels/workbook.xml.rels", |tag| {
        if tag.local_name().as_ref() == "Relationship" {
            targets.extend(attribute(tag, "Id").zip(attribute(tag, "Target")));
        }
        true
    });
    let mut parts = Vec::new();
    walk(&mut archive, "xl/workbook.xml", |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let Some((name, id)) = attribute(tag, "name").zip(attribute(tag, "id"))
            && let Some((_, target)) = targets.iter().find(|(known, _)| *known == id)
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            parts.push(Part { name, path });
        }
        true
    });
    parts
}

/// Reports what a sheet hides and which cells it shows as one, until nobody listens any more.
pub fn layout(bytes: &[u8], part: &Part, report: &mut dyn FnMut(Event) -> bool) {
    let Ok(mut archive) = open(bytes) else { return };
    if is_plain(&mut archive, &part.path) {
        return;
    }
    let mut formulas = Formulas::default();
    walk_all(&mut archive, &part.path, |event| formulas.take(event).is_none_or(&mut *report));
    let mut hidden = BTreeSet::new();
    walk(&mut archive, &part.path, |tag| match tag.local_name().as_ref() {
        "col" if is_hidden(tag) => {
            let number = |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok());
            let (first, last) = (number("min").unwrap_or(1), number("max").unwrap_or(1));
            let mut columns = (first..=last).take(64).filter(|column| hidden.insert(*column));
            columns.all(|column| report(Event::HiddenColumn(column.saturating_sub(1))))
        }
        "row" if is_hidden(tag) => {
            let row = attribute(tag, "r").and_then(|row| row.parse().ok());
            row.is_none_or(|row| report(Event::HiddenRow(row)))
        }
        "mergeCell" => {
            let merge = attribute(tag, "ref").and_then(|area| merge(&area));
            merge.is_none_or(|merge| report(Event::Merge(merge)))
        }
        _ => true,
    });
}

/// Whether a sheet hides nothing, shows no cells as one and has no formulas: three words tell, sooner than every tag.
fn is_plain(archive: &mut Archive<'_>, path: &str) -> bool {
    let Ok(file) = archive.by_name(path) else { return true };
    let size = file.size();
    let mut file = file.take(size);
    let (hidden, merge, formula) = (Finder::new("hidden"), Finder::new("mergeCell"), Finder::new("<f"));
    let is_seen = |rest: &[u8]| rest.starts_with(b"hidden=\"0\"") || rest.starts_with(b"hidden=\"false\"");
    let mut window = vec![0; 1 << 16];
    let mut kept = 0;
    loop {
        let read = file.read(&mut window[kept..]).unwrap_or(0);
        if read == 0 {
            return true;
        }
        let text = &window[..kept + read];
        // What stands at the very end is looked at again, with what follows.
        let end = text.len().saturating_sub(LONGEST_WORD);
        let hides = hidden.find_iter(text).take_while(|at| *at < end).any(|at| !is_seen(&text[at..]));
        if hides || merge.find(text).is_some() || formula.find(text).is_some() {
            return false;
        }
        kept = text.len() - end;
        window.copy_within(end..end + kept, 0);
    }
}

/// As long as `hidden="false"` and a little more.
const LONGEST_WORD: usize = 16;

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "hidden").is_some_and(|flag| flag == "1" || flag == "true")
}

/// Finds the formulas that were never calculated: they have no value beside them.
#[derive(Default)]
struct Formulas {
    /// The cell that is gone through, where a formula may lack its value.
    place: Option<(usize, usize)>,
    formula: String,
    is_in_formula: bool,
    has_value: bool,
}

impl Formulas {
    fn take(&mut self, event: &Xml<'_>) -> Option<Event> {
        match event {
            Xml::Start(tag) if tag.local_name().as_ref() == "c" => {
                // A formula whose value is a text may have an empty one.
                let is_text = attribute(tag, "t").is_some_and(|kind| kind == "str");
                *self = Self::default();
                self.place = attribute(tag, "r").and_then(|name| place(&name)).filter(|_| !is_text);
            }
            Xml::Start(tag) | Xml::Empty(tag) if tag.local_name().as_ref() == "f" => {
                self.is_in_formula = matches!(event, Xml::Start(_));
                "=".clone_into(&mut self.formula);
            }
            Xml::Text(text) if self.is_in_formula => {
                self.formula.extend(text.xml10_content().chars().take(LONGEST_FORMULA));
            }
            Xml::Text(text) => self.has_value |= !text.trim_ascii().is_empty(),
            Xml::End(tag) if tag.local_name().as_ref() == "f" => self.is_in_formula = false,
            Xml::End(tag) if tag.local_name().as_ref() == "c" => {
                let place = self.place.take().filter(|_| !self.formula.is_empty() && !self.has_value);
                return place.map(|(row, column)| {
                    Event::Cell(row, column, CellKind::Error, std::mem::take(&mut self.formula).into())
                });
            }
            _ => {}
        }
        None
    }
}

/// How much of a formula is shown.
const LONGEST_FORMULA: usize = 40;

/// The cells an `.ods` shows as one, by the place of each sheet.
pub fn spans(bytes: &[u8]) -> Vec<Vec<Merge>> {
    let Ok(mut archive) = open(bytes) else { return Vec::new() };
    let mut sheets: Vec<Vec<Merge>> = Vec::new();
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut repeated = 1_usize;
    walk(&mut archive, "content.xml", |tag| {
        let number =
            |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1);
        match tag.local_name().as_ref() {
            "table" => {
                sheets.push(Vec::new());
                (row, repeated) = (0, 0);
            }
            "table-row" => {
                row = row.saturating_add(repeated);
                (repeated, column) = (number("number-rows-repeated"), 0);
            }
            "table-cell" | "covered-table-cell" => {
                let (tall, wide) = (number("number-rows-spanned"), number("number-columns-spanned"));
                if (tall > 1 || wide > 1)
                    && let Some(merges) = sheets.last_mut().filter(|merges| merges.len() < MOST_SPANS)
                {
                    let rows = (row, row.saturating_add(tall - 1));
                    merges.push(Merge { rows, columns: (column, column.saturating_add(wide - 1)) });
                }
                column = column.saturating_add(number("number-columns-repeated"));
            }
            _ => {}
        }
        true
    });
    sheets
}

/// A cell that shows something else than it stores: its row and column, what it shows, what it stores.
pub type ShownCell = (usize, usize, Shown, SmolStr);

/// The cells of an `.ods` that show something else than they store, by the place of each sheet.
pub fn shown(bytes: &[u8]) -> Vec<Vec<ShownCell>> {
    let Ok(mut archive) = open(bytes) else { return Vec::new() };
    let mut cells = ShownCells::default();
    walk_all(&mut archive, "content.xml", |event| {
        cells.take(event);
        true
    });
    cells.sheets
}

/// Finds the cells of an `.ods` that show something else than they store.
#[derive(Default)]
struct ShownCells {
    sheets: Vec<Vec<ShownCell>>,
    row: usize,
    rows: usize,
    column: usize,
    /// The cell that is gone through: what it stores, whether that is a day, how often it is repeated.
    cell: Option<(String, bool, usize)>,
    text: String,
    is_in_text: bool,
}

impl ShownCells {
    fn take(&mut self, event: &Xml<'_>) {
        match event {
            Xml::Start(tag) | Xml::Empty(tag) => {
                let is_empty = matches!(event, Xml::Empty(_));
                let number = |name| {
                    attribute(tag, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1)
                };
                match tag.local_name().as_ref() {
                    "table" => {
                        self.sheets.push(Vec::new());
                        (self.row, self.rows) = (0, 0);
                    }
                    "table-row" => {
                        self.row = self.row.saturating_add(self.rows);
                        (self.rows, self.column) = (number("number-rows-repeated"), 0);
                    }
                    "table-cell" | "covered-table-cell" => {
                        let repeated = number("number-columns-repeated");
                        if is_empty {
                            self.column = self.column.saturating_add(repeated);
                            return;
                        }
                        let day = attribute(tag, "date-value");
                        let is_day = day.is_some();
                        let stored = day.or_else(|| attribute(tag, "value")).unwrap_or_default();
                        self.cell = Some((stored, is_day, repeated));
                        self.text.clear();
                    }
                    "p" => self.is_in_text = !is_empty,
                    _ => {}
                }
            }
            Xml::Text(text) if self.is_in_text => self.text.push_str(&text.xml10_content()),
            Xml::End(tag) if tag.local_name().as_ref() == "p" => self.is_in_text = false,
            Xml::End(tag) if matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                self.end();
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let Some((stored, is_day, repeated)) = self.cell.take() else { return };
        let shown = match (stored.is_empty(), is_day) {
            (true, _) => None,
            (false, true) => shown_text::day(&stored, &self.text),
            (false, false) => shown_text::number(&stored, &self.text),
        };
        if let Some((shown, sheet)) = shown.zip(self.sheets.last_mut()) {
            for row in self.row..self.row.saturating_add(self.rows.min(MOST_REPEATED)) {
                for column in self.column..self.column.saturating_add(repeated.min(MOST_REPEATED)) {
                    sheet.push((row, column, shown.clone(), stored.as_str().into()));
                }
            }
        }
        self.column = self.column.saturating_add(repeated);
    }
}

/// How often a cell that is repeated is looked at.
const MOST_REPEATED: usize = 1000;

/// How many merged areas of a sheet are read.
const MOST_SPANS: usize = 100_000;

/// Calls `visit` for every tag of a part, as long as it says that more is wanted.
fn walk(archive: &mut Archive<'_>, path: &str, mut visit: impl FnMut(&BytesStart<'_>) -> bool) {
    walk_all(archive, path, |event| match event {
        Xml::Start(tag) | Xml::Empty(tag) => visit(tag),
        _ => true,
    });
}

/// Calls `visit` for everything in a part, as long as it says that more is wanted.
fn walk_all(archive: &mut Archive<'_>, path: &str, mut visit: impl FnMut(&Xml<'_>) -> bool) {
    let Ok(file) = archive.by_name(path) else { return };
    let size = file.size();
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(file.take(size)));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Xml::Eof) | Err(_) => return,
            Ok(event) if !visit(&event) => return,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// `A1:H2` as rows and columns.
fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Merge { rows: (top, bottom), columns: (left, right) })
}

/// `B3` as row 2 and column 1, counted from 0.
fn place(name: &str) -> Option<(usize, usize)> {
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    let column = name[..letters].bytes().try_fold(0_usize, |sum, letter| {
        sum.checked_mul(26)?.checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: usize = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_read_as_rows_and_columns() {
        assert_eq!(merge("A1:H2"), Some(Merge { rows: (0, 1), columns: (0, 7) }));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(merge("A1"), None);
        assert_eq!(place("7"), None);
    }
}
