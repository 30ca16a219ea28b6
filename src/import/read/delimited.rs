//! From text with separators to a sheet.

use memchr::{memchr, memchr_iter, memchr2_iter};

use crate::import::read::blank::unguarded;
use crate::import::read::error::ReadError;
use crate::import::read::limits::{Limits, Tally};
use crate::import::read::sheet::{Cell, Sheet, SheetRow};
use crate::model::rule;
use crate::text;

/// The separators, in the order of preference.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

/// How many lines are looked at to find the separator.
const LOOKED_AT: usize = 20;

/// The separator that divides most of the first lines into the same number of cells; separators in quotes do
/// not count.
pub fn separator_of(text: &str) -> u8 {
    let lines = unquoted_lines(text);
    let score = |separator: u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| line.bytes().filter(|byte| *byte == separator).count()).collect();
        let agreeing = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (agreeing(*count), *count)).max()
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator));
    best.filter(|separator| score(*separator).is_some()).unwrap_or(b',')
}

/// The first lines that say something, with what stands in quotes left out.
fn unquoted_lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars().take(100_000) {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' | '\r' if !is_quoted && is_blank(lines.last()) => {}
            '\n' | '\r' if !is_quoted && lines.len() == LOOKED_AT => break,
            '\n' | '\r' if !is_quoted => lines.push(String::new()),
            c if !is_quoted => lines.last_mut().into_iter().for_each(|line| line.push(c)),
            _ => {}
        }
    }
    lines
}

fn is_blank(line: Option<&String>) -> bool {
    line.is_none_or(|line| line.trim().is_empty())
}

/// Reads the rows. A row's number is the line it starts on.
pub fn read(text: &str, separator: u8, limits: &Limits) -> Result<Sheet, ReadError> {
    dense(text, separator, limits)?;
    quoted(text, separator)?;
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut record = ::csv::StringRecord::new();
    let mut tally = Tally::default();
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    while let Some(start) = next(&mut reader, &mut record)? {
        let row = SheetRow {
            number: lines.of(start),
            cells: record.iter().map(|cell| Cell::text(unguarded(cell))).collect(),
        };
        within(&row, limits)?;
        if !row.is_blank() {
            let counted = tally.row(limits);
            counted
                .and_then(|()| tally.cells(row.cells.len(), record.as_slice().len(), limits))
                .map_err(|error| error.at(row.number))?;
            sheet.rows.push(row);
        }
    }
    Ok(sheet)
}

/// Reads the next record and says at which byte it starts.
fn next(
    reader: &mut ::csv::Reader<&[u8]>,
    record: &mut ::csv::StringRecord,
) -> Result<Option<usize>, ReadError> {
    let exists = reader.read_record(record).map_err(|error| {
        ReadError::new(
            &rule::NOT_TEXT,
            text!("cannot be read: {error}", "无法读取：{error}"),
            text!("save it again", "请重新保存"),
        )
    })?;
    let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
    Ok(exists.then_some(start))
}

/// Refuses a line with more separators than cells and their texts have room for: the reader of records would take
/// many times its size in memory before anything could be counted.
fn dense(text: &str, separator: u8, limits: &Limits) -> Result<(), ReadError> {
    let most = limits.columns.saturating_add(limits.characters);
    let bytes = text.as_bytes();
    let (mut line, mut start) = (1, 0);
    for end in memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]) {
        let between = &bytes[start..end];
        if between.len() > most && memchr_iter(separator, between).count() > most {
            let message = text!(
                "has more than {columns} columns in line {line}",
                "第 {line} 行超过 {columns} 列",
                columns = limits.columns
            );
            return Err(ReadError::new(
                &rule::TOO_LARGE,
                message,
                text!("check its separators", "请检查分隔符"),
            )
            .at(line));
        }
        line += usize::from(bytes.get(end) == Some(&b'\n'));
        start = end + 1;
    }
    Ok(())
}

/// Refuses a quote that is never closed, or that is closed lines below by the quote that opens another cell: all
/// between would be one cell.
fn quoted(text: &str, separator: u8) -> Result<(), ReadError> {
    let bytes = text.as_bytes();
    if memchr(b'"', bytes).is_none() {
        return Ok(());
    }
    let (mut line, mut at, mut is_start) = (1, 0, true);
    while let Some(byte) = bytes.get(at) {
        if *byte != b'"' || !is_start {
            line += usize::from(*byte == b'\n');
            is_start = *byte == separator || matches!(byte, b'\n' | b'\r');
            at += 1;
            continue;
        }
        let (opened, mut lines) = (line, 0);
        at += 1;
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => return Err(unclosed(opened)),
                (Some(b'"'), Some(b'"')) => at += 2,
                (Some(b'"'), after) => {
                    let ends =
                        after.is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r' | b' '));
                    if !ends && lines > 0 {
                        return Err(unclosed(opened));
                    }
                    at += 1;
                    break;
                }
                (Some(byte), _) => {
                    lines += usize::from(*byte == b'\n');
                    at += 1;
                }
            }
        }
        line += lines;
        is_start = false;
    }
    Ok(())
}

fn unclosed(line: usize) -> ReadError {
    ReadError::new(
        &rule::NOT_TEXT,
        text!("has a quote in line {line} that is not closed", "第 {line} 行有引号没有成对"),
        text!("close it, or take it away", "请补上或去掉引号"),
    )
    .at(line)
}

fn within(row: &SheetRow, limits: &Limits) -> Result<(), ReadError> {
    if row.cells.len() > limits.columns {
        let message = text!(
            "has {count} columns in line {line}, more than {columns}",
            "第 {line} 行有 {count} 列，超过 {columns} 列",
            count = row.cells.len(),
            line = row.number,
            columns = limits.columns
        );
        return Err(ReadError::new(&rule::TOO_LARGE, message, text!("check its separators", "请检查分隔符"))
            .at(row.number));
    }
    if row.cells.iter().any(|cell| cell.text.len() > limits.characters) {
        let message = text!(
            "has a cell of more than {characters} characters in the row of line {line}",
            "第 {line} 行有一格超过 {characters} 个字符",
            characters = limits.characters,
            line = row.number
        );
        return Err(ReadError::new(
            &rule::TOO_LARGE,
            message,
            text!("perhaps a quote is opened and not closed", "可能有引号没有成对"),
        )
        .at(row.number));
    }
    Ok(())
}

/// Counts lines, whatever they end with; asked for rising places.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, start: usize) -> usize {
        // The reader says where the line end before the record begins; the record is after it.
        let start = start
            + self.text[start.min(self.text.len())..]
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        let between = &self.text[self.at.min(start)..start.min(self.text.len())];
        for index in memchr2_iter(b'\r', b'\n', between) {
            let ends_with_two = between[index] == b'\r' && self.text.get(self.at + index + 1) == Some(&b'\n');
            self.line += usize::from(!ends_with_two);
        }
        self.at = self.at.max(start);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_divides_alike() {
        for (text, separator) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n", b';'),
            ("a\tb\n1,2,3\t4\n", b'\t'),
            ("\"a;b;c\",d\n1,2\n", b','),
            ("a\n1\n", b','),
            ("附件1\n企业名称;镇街\n示例;花山镇\n", b';'),
        ] {
            assert_eq!(separator_of(text), separator, "{text}");
        }
    }

    #[test]
    fn a_quote_that_is_not_closed_is_refused_where_it_is_opened() {
        let line =
            |text| read(text, b',', &Limits::default()).map(|sheet| sheet.rows.len()).map_err(|it| it.row);
        assert_eq!(line("a,b\n1,\"x\n2,y\n"), Err(Some(2)));
        assert_eq!(line("a,b\n1,\"x\n2,\"y\"\n"), Err(Some(2)));
        assert_eq!(line("a,b\n1,\"x\ny\"\n2,\"a \"\"b\"\"\"\n"), Ok(3));
        assert_eq!(line("a,b\n\"x\"y,5\" pipe\n"), Ok(2));
    }

    #[test]
    fn a_line_with_more_separators_than_room_is_refused_with_its_number() {
        let limits = Limits { columns: 3, characters: 4, ..Limits::default() };
        let line = |text: &str| dense(text, b',', &limits).map_err(|it| it.row);
        assert_eq!(line("a,b\r\n,,,,,,,\n,,,,,,,"), Ok(()));
        for text in ["a\r\nb\n,,,,,,,,\nc", "a\r\nb\n1,2,3,4,5,6,7,8,9"] {
            assert_eq!(line(text), Err(Some(3)), "{text}");
        }
    }

    #[test]
    fn rows_are_numbered_by_line_whatever_ends_it() {
        for text in ["a,b\n\n1,\"x\ny\"\n3,4\n", "a,b\r\n\r\n1,\"x\r\ny\"\r\n3,4", "a,b\r\r1,\"x\ry\"\r3,4\r"]
        {
            let sheet = read(text, b',', &Limits::default()).unwrap();
            let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
            assert_eq!(numbers, [1, 3, 5], "{text:?}");
        }
    }
}
