//! What stands in an `.xls` besides the values: the number formats of cells, hidden rows and columns. What cannot be
//! understood is left out: then the values are as they are stored.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use crate::import::read::workbook::number_format::NumberFormat;

/// A workbook of the version that programs have written since 1997.
#[derive(Default)]
pub struct Biff {
    stream: Vec<u8>,
    /// The number format of each style.
    styles: Vec<NumberFormat>,
    /// Where each sheet begins.
    sheets: Vec<usize>,
}

/// What is told of a sheet; all places counted from 0.
#[derive(Default)]
pub struct Layout {
    /// The styles of the cells that may show something else than they store.
    pub styles: HashMap<(usize, usize), usize>,
    /// The hidden rows.
    pub hidden_rows: Vec<usize>,
    /// The hidden columns.
    pub hidden_columns: Vec<usize>,
}

/// The kinds of records that are read.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const COLUMNS: u16 = 0x007D;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00BD;
    pub const RICH_TEXT: u16 = 0x00D6;
    pub const STYLE: u16 = 0x00E0;
    pub const SHARED_TEXT: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const TEXT: u16 = 0x0204;
    pub const ROW: u16 = 0x0208;
    pub const SHORT_NUMBER: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// The version whose records are understood.
const VERSION: u16 = 0x0600;

impl Biff {
    /// Reads the formats of a workbook.
    pub fn of(bytes: &[u8]) -> Self {
        let mut biff = Self { stream: stream(bytes).unwrap_or_default(), ..Self::default() };
        let mut codes: HashMap<u16, String> = HashMap::new();
        let mut styles = Vec::new();
        for (kind, data) in records(&biff.stream) {
            match kind {
                kind::BEGIN if word(data, 0) != Some(VERSION) => return Self::default(),
                kind::FORMAT => codes.extend(word(data, 0).zip(text(data.get(2..).unwrap_or_default()))),
                kind::STYLE => styles.push(word(data, 2).unwrap_or_default()),
                kind::SHEET => {
                    let low = word(data, 0).map(usize::from).unwrap_or_default();
                    let high = word(data, 2).map(usize::from).unwrap_or_default();
                    biff.sheets.push(high << 16 | low);
                }
                _ => {}
            }
        }
        let format = |id| NumberFormat::of_id(u32::from(id), codes.get(&id).map(String::as_str));
        let mut known: HashMap<u16, NumberFormat> = HashMap::new();
        let styles = styles.into_iter().map(|id| known.entry(id).or_insert_with(|| format(id)).clone());
        biff.styles = styles.collect();
        biff
    }

    /// The number format of a style.
    pub fn format(&self, style: usize) -> Option<&NumberFormat> {
        self.styles.get(style)
    }

    /// What is told of the sheet at a place among all sheets.
    pub fn layout(&self, place: usize) -> Layout {
        let mut layout = Layout::default();
        let stream = self.sheets.get(place).and_then(|begin| self.stream.get(*begin..)).unwrap_or_default();
        for (kind, data) in records(stream) {
            let at = |offset| word(data, offset).map(usize::from);
            match kind {
                kind::NUMBER
                | kind::SHORT_NUMBER
                | kind::SHARED_TEXT
                | kind::TEXT
                | kind::RICH_TEXT
                | kind::FORMULA => self.styled(&mut layout, at(0), at(2), at(4)),
                kind::NUMBERS => {
                    let columns = at(2).unwrap_or_default()..;
                    for (column, offset) in columns.zip((4..data.len().saturating_sub(2)).step_by(6)) {
                        self.styled(&mut layout, at(0), Some(column), at(offset));
                    }
                }
                kind::ROW if at(12).is_some_and(|flags| flags & 0x20 != 0) => {
                    layout.hidden_rows.extend(at(0));
                }
                kind::COLUMNS if at(8).is_some_and(|flags| flags & 1 != 0) => {
                    let (first, last) = (at(0).unwrap_or_default(), at(2).unwrap_or_default());
                    layout.hidden_columns.extend((first..=last).take(MOST_HIDDEN));
                }
                _ => {}
            }
        }
        layout
    }

    fn styled(&self, layout: &mut Layout, row: Option<usize>, column: Option<usize>, style: Option<usize>) {
        if let (Some(row), Some(column), Some(style)) = (row, column, style)
            && self.styles.get(style).is_some_and(|format| !format.is_plain())
        {
            layout.styles.insert((row, column), style);
        }
    }
}

/// How many columns are named that are hidden by one record.
const MOST_HIDDEN: usize = 64;

/// The part of the file that has the records.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let part = file.open_stream("/Workbook").ok()?;
    let mut stream = Vec::new();
    part.take(u64::try_from(bytes.len()).ok()?).read_to_end(&mut stream).ok()?;
    Some(stream)
}

/// The records of a workbook's own part or of a sheet, without those of the charts within it.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    let mut depth = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let (kind, length) = (word(rest, 0)?, usize::from(word(rest, 2)?));
            let data = rest.get(4..4 + length)?;
            rest = &rest[4 + length..];
            match kind {
                kind::BEGIN => depth += 1,
                kind::END if depth <= 1 => return None,
                kind::END => depth -= 1,
                _ => {}
            }
            if depth == 1 {
                return Some((kind, data));
            }
        }
    })
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// A text after its length: a byte a character where no character needs two.
fn text(data: &[u8]) -> Option<String> {
    let length = usize::from(word(data, 0)?);
    let is_wide = data.get(2)? & 1 == 1;
    let characters = data.get(3..)?;
    if is_wide {
        let units =
            characters.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        return Some(char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
    }
    Some(characters.iter().take(length).map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKBOOK: &[u8] = include_bytes!("../../../../tests/fixtures/import/number-formats.xls");

    #[test]
    fn cells_have_the_format_of_their_style() {
        let biff = Biff::of(WORKBOOK);
        let layout = biff.layout(1);
        let shown = |place| biff.format(*layout.styles.get(&place)?)?.number("12", 12.0, false);
        assert_eq!(shown((1, 3)).map(|shown| shown.text), Some("12人".to_owned()));
        assert_eq!(shown((0, 3)), None);
        assert_eq!((layout.hidden_rows, layout.hidden_columns), (vec![2], vec![5]));
        assert!(biff.layout(2).styles.is_empty());
    }

    #[test]
    fn a_damaged_workbook_has_fewer_formats_and_brings_nothing_down() {
        let sheets = |bytes: &[u8]| {
            let biff = Biff::of(bytes);
            (0..3).map(|place| biff.layout(place).styles.len()).sum::<usize>()
        };
        for cut in (0..WORKBOOK.len()).step_by(61) {
            sheets(&WORKBOOK[..cut]);
        }
        for (at, with) in (0..WORKBOOK.len()).step_by(7).zip([0_u8, 1, 0x7F, 0x80, 0xFF].into_iter().cycle())
        {
            let mut bytes = WORKBOOK.to_vec();
            bytes[at] = with;
            sheets(&bytes);
        }
        assert_eq!(sheets(b"not a workbook"), 0);
    }
}
