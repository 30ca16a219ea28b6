//! What a reader of workbooks reports, piece by piece, and how it goes through a pipe: a tag, numbers, texts with
//! their length before them.

use std::io::{self, Read, Write};

use smol_str::SmolStr;

use crate::import::read::error::ReadError;
use crate::import::read::sheet::{CellKind, Merge, ShownAs, Stored};
use crate::model::lang::Lang;
use crate::model::rule;
use crate::model::text::Text;

/// One piece of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Serial days are counted from 1904.
    From1904,
    /// A sheet begins.
    Sheet {
        /// Its name.
        name: String,
        /// Whether the workbook hides it.
        is_hidden: bool,
    },
    /// A cell that says something; row and column counted from 0.
    Cell(usize, usize, CellKind, SmolStr),
    /// What the cell reported last stores, where it shows something else.
    Stored(usize, usize, Stored),
    /// Cells shown as one.
    Merge(Merge),
    /// A hidden row, counted from 1.
    HiddenRow(usize),
    /// A hidden column, counted from 0.
    HiddenColumn(usize),
    /// The workbook is not read.
    Failed(ReadError),
    /// Everything was reported.
    End,
}

const KINDS: [CellKind; 5] =
    [CellKind::Text, CellKind::Number, CellKind::Date, CellKind::Bool, CellKind::Error];

/// The longest text that goes through the pipe.
const LONGEST: usize = 1 << 28;

impl Event {
    /// Writes it.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        match self {
            Self::From1904 => to.write_all(b"9"),
            Self::Sheet { name, is_hidden } => {
                to.write_all(if *is_hidden { b"h" } else { b"s" })?;
                text(to, name)
            }
            Self::Cell(row, column, kind, parsed) => {
                let kind = KINDS.iter().position(|it| it == kind).unwrap_or_default();
                to.write_all(b"c")?;
                numbers(to, [*row, *column, kind, parsed.len()])?;
                to.write_all(parsed.as_bytes())
            }
            Self::Stored(row, column, Stored { text, how }) => {
                to.write_all(b"v")?;
                let (how, amount) = match how {
                    ShownAs::Written => (0, 0),
                    ShownAs::Scaled(power) => (1, usize::try_from(*power).unwrap_or(usize::MAX)),
                    ShownAs::Yearless(year) => (2, usize::try_from(*year).unwrap_or_default()),
                    ShownAs::Unclear => (3, 0),
                };
                numbers(to, [*row, *column, how, amount, text.len()])?;
                to.write_all(text.as_bytes())
            }
            Self::Merge(merge) => {
                to.write_all(b"m")?;
                numbers(to, [merge.rows.0, merge.rows.1, merge.columns.0, merge.columns.1])
            }
            Self::HiddenRow(row) => {
                to.write_all(b"r")?;
                numbers(to, [*row])
            }
            Self::HiddenColumn(column) => {
                to.write_all(b"l")?;
                numbers(to, [*column])
            }
            Self::Failed(error) => {
                to.write_all(b"x")?;
                text(to, error.rule.name)?;
                both(to, &error.message)?;
                both(to, &error.help.clone().unwrap_or_default())
            }
            Self::End => to.write_all(b"."),
        }
    }

    /// Reads one.
    pub fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut tag = [0_u8];
        from.read_exact(&mut tag)?;
        Ok(match tag[0] {
            b'9' => Self::From1904,
            b's' | b'h' => Self::Sheet { name: read_text(from)?, is_hidden: tag[0] == b'h' },
            b'c' => {
                let [row, column, kind, length] = counted(from)?;
                let kind = KINDS.get(kind).copied().unwrap_or(CellKind::Text);
                Self::Cell(row, column, kind, short(from, length)?)
            }
            b'v' => {
                let [row, column, how, amount, length] = counted(from)?;
                let how = match how {
                    0 => ShownAs::Written,
                    1 => ShownAs::Scaled(u32::try_from(amount).unwrap_or(u32::MAX)),
                    2 => ShownAs::Yearless(i32::try_from(amount).unwrap_or_default()),
                    _ => ShownAs::Unclear,
                };
                Self::Stored(row, column, Stored { text: short(from, length)?, how })
            }
            b'm' => {
                let [top, bottom, left, right] = counted(from)?;
                Self::Merge(Merge { rows: (top, bottom), columns: (left, right) })
            }
            b'r' => Self::HiddenRow(counted::<1>(from)?[0]),
            b'l' => Self::HiddenColumn(counted::<1>(from)?[0]),
            b'x' => {
                let rule = rule::named(&read_text(from)?).unwrap_or(&rule::UNREADABLE_TABLE);
                let message = read_both(from)?;
                Self::Failed(ReadError::new(rule, message, read_both(from)?))
            }
            b'.' => Self::End,
            _ => return Err(io::ErrorKind::InvalidData.into()),
        })
    }
}

fn numbers<const N: usize>(to: &mut impl Write, numbers: [usize; N]) -> io::Result<()> {
    let bytes = numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    to.write_all(bytes.as_flattened())
}

fn text(to: &mut impl Write, text: &str) -> io::Result<()> {
    numbers(to, [text.len()])?;
    to.write_all(text.as_bytes())
}

fn counted<const N: usize>(from: &mut impl Read) -> io::Result<[usize; N]> {
    let mut bytes = [[0_u8; 4]; N];
    from.read_exact(bytes.as_flattened_mut())?;
    Ok(bytes.map(|bytes| usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX)))
}

/// The text of a cell; most are so short that no memory is needed for them.
fn short(from: &mut impl Read, length: usize) -> io::Result<SmolStr> {
    let mut room = [0; 64];
    let Some(bytes) = room.get_mut(..length) else { return long(from, length).map(SmolStr::from) };
    from.read_exact(bytes)?;
    str::from_utf8(bytes).map(SmolStr::new).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Writes a text in both languages.
fn both(to: &mut impl Write, message: &Text) -> io::Result<()> {
    text(to, message.of(Lang::En))?;
    text(to, message.of(Lang::Zh))
}

fn read_both(from: &mut impl Read) -> io::Result<Text> {
    Ok(Text::new(read_text(from)?, read_text(from)?))
}

fn read_text(from: &mut impl Read) -> io::Result<String> {
    let [length] = counted(from)?;
    long(from, length)
}

fn long(from: &mut impl Read, length: usize) -> io::Result<String> {
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let error = ReadError::new(&rule::TOO_LARGE, Text::same("is too large"), Text::same("divide it"));
        let events = [
            Event::From1904,
            Event::Sheet { name: "2024".to_owned(), is_hidden: true },
            Event::Cell(3, 4, CellKind::Number, "1.5".into()),
            Event::Cell(3, 5, CellKind::Text, "示例".repeat(50).into()),
            Event::Stored(3, 5, Stored { text: "0.05".into(), how: ShownAs::Written }),
            Event::Stored(3, 5, Stored { text: "45246".into(), how: ShownAs::Yearless(2023) }),
            Event::Stored(3, 5, Stored { text: "12".into(), how: ShownAs::Scaled(4) }),
            Event::Stored(3, 5, Stored { text: "7".into(), how: ShownAs::Unclear }),
            Event::Merge(Merge { rows: (0, 1), columns: (2, 3) }),
            Event::HiddenRow(7),
            Event::HiddenColumn(8),
            Event::Failed(error),
            Event::End,
        ];
        let mut bytes = Vec::new();
        for event in &events {
            event.write(&mut bytes).unwrap();
        }
        let mut rest = &bytes[..];
        for event in &events {
            assert_eq!(&Event::read(&mut rest).unwrap(), event);
        }
        assert!(Event::read(&mut rest).is_err());
    }
}
