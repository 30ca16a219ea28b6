//! A quick reader for the part of TOML that this tool writes itself: bare keys, one value a line, plain headers.
//!
//! It reads such a text just as the `toml` crate does, in a fifth of the time, and gives up on everything else,
//! faults included: then the `toml` crate reads the text and says what is wrong. A test holds the two together
//! over random texts.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::value::{Table, Value};

/// Reads a text, if it is all of the kind described above.
pub fn parse(text: &str) -> Option<Value> {
    let mut root = Table::default();
    let mut header: Option<Header<'_>> = None;
    let mut table = Table::default();
    let mut ascending = true;
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        match line.as_bytes().first() {
            None => {}
            Some(b'#') if line.bytes().all(|byte| byte >= b' ' && byte != 0x7f) => {}
            Some(b'[') => {
                let next = Header::of(line)?;
                close(&mut root, header.replace(next).as_ref(), std::mem::take(&mut table))?;
                ascending = true;
            }
            Some(_) => {
                let end = line.bytes().position(|byte| byte == b' ')?;
                let (key, value) = (&line[..end], line[end..].strip_prefix(" = ")?);
                // Attendance is written in order: a key after the last one cannot be there already.
                ascending &= table.last_key().is_none_or(|last| last < key);
                if !is_bare(key) || !ascending && (is_long(&table) || table.get(key).is_some()) {
                    return None;
                }
                let value = if value == "[" { long_list(&mut lines)? } else { plain(value)? };
                table.push(key.to_owned(), value);
            }
        }
    }
    close(&mut root, header.as_ref(), table)?;
    Some(Value::Table(root))
}

/// `[a.b]` or `[[a.b]]`.
struct Header<'t> {
    keys: &'t str,
    is_entry: bool,
}

impl<'t> Header<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let entry = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let keys = entry.or_else(|| line.strip_prefix('[')?.strip_suffix(']'))?;
        keys.split('.').all(is_bare).then_some(Self { keys, is_entry: entry.is_some() })
    }
}

/// Whether a table has too many keys to look for each one by one; the other reader has an index.
fn is_long(table: &Table) -> bool {
    table.entries().len() > 256
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Puts a finished table where its header says. A table that is there already is left to the other reader.
fn close(root: &mut Table, header: Option<&Header<'_>>, table: Table) -> Option<()> {
    let Some(Header { keys, is_entry }) = header else {
        *root = table;
        return Some(());
    };
    let (above, name) = keys.rsplit_once('.').map_or((None, *keys), |(above, name)| (Some(above), name));
    let mut place = root;
    for key in above.into_iter().flat_map(|above| above.split('.')) {
        if place.get(key).is_none() {
            place.push(key.to_owned(), Value::Table(Table::default()));
        }
        place = match place.get_mut(key)? {
            Value::Table(table) => table,
            Value::List(list) => match list.last_mut()? {
                Value::Table(table) => table,
                _ => return None,
            },
            _ => return None,
        };
    }
    if is_long(place) {
        return None;
    }
    match (place.get_mut(name), is_entry) {
        (None, true) => place.push(name.to_owned(), Value::List(vec![Value::Table(table)])),
        (None, false) => place.push(name.to_owned(), Value::Table(table)),
        (Some(Value::List(list)), true) if matches!(list.last(), Some(Value::Table(_))) => {
            list.push(Value::Table(table));
        }
        (Some(_), _) => return None,
    }
    Some(())
}

/// A list with one value a line, up to its closing bracket.
fn long_list<'t>(lines: &mut impl Iterator<Item = &'t str>) -> Option<Value> {
    let mut list = Vec::new();
    for line in lines {
        if line == "]" {
            return (!list.is_empty()).then_some(Value::List(list));
        }
        list.push(single(line.strip_prefix("    ")?.strip_suffix(',')?)?);
    }
    None
}

fn plain(text: &str) -> Option<Value> {
    let Some(inside) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return single(text);
    };
    // A comma inside a text splits it into two halves, neither of which reads as one.
    inside.split(", ").map(single).collect::<Option<Vec<_>>>().map(Value::List)
}

fn single(text: &str) -> Option<Value> {
    match text.as_bytes().first()? {
        b'"' => quoted(text),
        b'0'..=b'9' | b'-' if text.len() == 10 && text.as_bytes()[4] == b'-' => date(text),
        b'0'..=b'9' | b'-' => number(text),
        b't' if text == "true" => Some(Value::Flag(true)),
        b'f' if text == "false" => Some(Value::Flag(false)),
        _ => None,
    }
}

fn quoted(text: &str) -> Option<Value> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = inside.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f));
    plain.then(|| Value::Text(inside.to_owned()))
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn date(text: &str) -> Option<Value> {
    let (year, month, day) = (digits(text.get(..4)?)?, digits(text.get(5..7)?)?, digits(text.get(8..)?)?);
    if text.as_bytes()[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Value::Date)
}

/// A number without underscores, exponent, leading zeros or a plus.
fn number(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned, None), |(whole, part)| (whole, Some(part)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sound =
        is_digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(is_digits);
    if !sound || unsigned.len() > 18 || unsigned == "0" && unsigned.len() < text.len() {
        return None;
    }
    match fraction {
        None => text.parse::<i64>().ok().map(|number| Value::Number(number.into())),
        Some(_) => Decimal::from_str_exact(text).ok().map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::toml::{read, write};

    const SAMPLE: &str = "# 示例\nname = \"示例一厂\"\nn = -12.50\nopen = true\nday = 2023-11-16\nlist = [\"a\", 2]\nlong = [\n    \"a\",\n    \"b\",\n]\n\n[[memberships]]\nedition = \"1\"\n\n[[memberships]]\nedition = \"2\"\n\n[memberships.more]\nx = 0\n\n[indicators.2023]\nrevenue = 5\n\n[indicators.2024]\nrevenue = 6\n";

    #[test]
    fn reads_all_that_the_tool_writes() {
        let value = parse(SAMPLE).unwrap();
        assert_eq!(Ok(&value), read(SAMPLE).as_ref());
        assert_eq!(parse(&write(&value)), Some(value));
    }

    #[test]
    fn leaves_everything_else_to_the_other_reader() {
        for text in [
            "a = 1 # note",
            "a = 'x'",
            "a = \"\\n\"",
            "a = 01",
            "a = +1",
            "a = -0",
            "a = 1_000",
            "a = 1e5",
            "a = { x = 1 }",
            "a.b = 1",
            "\"a\" = 1",
            "a = 1\na = 2",
            "[a]\n[a]",
            "[a]\nb = 1\n[a.b]",
            "a = []\n[[a]]",
            "a = [1]\n[[a]]",
            "[a]\n[[a]]",
            "[[a]]\n[a]",
            "a = 1\r\n",
            "a = 2023-02-30",
            "a = [1, 2",
            "a = \"x, y\"]",
            "a=1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn whatever_it_reads_the_other_reader_reads_the_same(
            cuts in prop::collection::vec((0_usize..SAMPLE.len(), 0_usize..12, "[\\[\\]\"=.,#\\-\\\\a-c0-2 \n_'{}示]{0,3}"), 0..4),
        ) {
            let mut text = SAMPLE.to_owned();
            for (start, length, insert) in cuts {
                let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let (start, end) = (floor(start), floor(start + length));
                text.replace_range(start..end.max(start), &insert);
            }
            if let Some(value) = parse(&text) {
                prop_assert_eq!(format!("{:?}", Ok::<_, ()>(value)), format!("{:?}", read(&text).map_err(|_| ())));
            }
        }
    }
}
