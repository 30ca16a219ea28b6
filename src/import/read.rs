//! From the bytes of a file to a sheet: CSV, TSV, JSON and JSON lines, in UTF-8.

use super::sheet::{Row, Sheet};
use crate::model::finding::{Finding, Place};
use crate::model::rule;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Separated(u8),
    Json,
    JsonLines,
}

/// Reads a file. `header` names the columns of a file that has no header line.
pub fn read(file: &str, bytes: &[u8], header: Option<&[String]>) -> Result<Sheet, Vec<Finding>> {
    let whole = || Place::Cell { file: file.to_owned(), row: 1, column: None, text: String::new() };
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            let place = Place::Cell { file: file.to_owned(), row: line, column: None, text: String::new() };
            let message = format!("`{file}` is not UTF-8 text");
            vec![
                Finding::new(&rule::NOT_TEXT, message, place)
                    .help("save it as “CSV UTF-8”, or convert it with iconv"),
            ]
        })?;
    if text.trim().is_empty() {
        let message = format!("`{file}` is empty");
        return Err(vec![
            Finding::new(&rule::EMPTY_FILE, message, whole()).help("nothing was imported from it"),
        ]);
    }
    match form_of(file, text) {
        Form::Separated(separator) => separated(file, text, separator, header),
        Form::Json => json(file, text),
        Form::JsonLines => json_lines(file, text),
    }
}

/// The form, by the first character and then by the separators of the first line; not by the ending, which may
/// be wrong.
fn form_of(file: &str, text: &str) -> Form {
    let start = text.trim_start();
    if start.starts_with('{') {
        return Form::JsonLines;
    }
    let is_named_json =
        std::path::Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if is_named_json || start.starts_with('[') {
        return Form::Json;
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let best = [(b'\t', '\t'), (b';', ';'), (b',', ',')].into_iter().max_by_key(|(_, c)| count(*c));
    Form::Separated(best.map_or(b',', |(byte, _)| byte))
}

fn separated(
    file: &str,
    text: &str,
    separator: u8,
    header: Option<&[String]>,
) -> Result<Sheet, Vec<Finding>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, ::csv::Position::line);
                let cells: Vec<String> = record.iter().map(str::to_owned).collect();
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    rows.push(Row { number: usize::try_from(line).unwrap_or(usize::MAX), cells });
                }
            }
            Err(error) => {
                let row = error.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(1);
                let place = Place::Cell { file: file.to_owned(), row, column: None, text: String::new() };
                found.push(Finding::new(&rule::NOT_TEXT, error.to_string(), place));
            }
        }
    }
    let (header, header_row) = match header {
        Some(header) => (header.to_vec(), 0),
        None if rows.is_empty() => (Vec::new(), 1),
        None => {
            let first = rows.remove(0);
            (first.cells, first.number)
        }
    };
    let sheet = Sheet { file: file.to_owned(), header, header_row, rows };
    found.extend(sheet.rows.iter().filter_map(|row| ragged(&sheet, row)));
    if found.is_empty() { Ok(sheet) } else { Err(found) }
}

/// A row with more or fewer cells than the header: which cell is missing cannot be known.
fn ragged(sheet: &Sheet, row: &Row) -> Option<Finding> {
    let wanted = sheet.header.len();
    let beyond = row.cells.iter().skip(wanted).any(|cell| !cell.trim().is_empty());
    if row.cells.len() >= wanted && !beyond {
        return None;
    }
    let message = format!("row {} has {} cells, the header has {wanted}", row.number, row.cells.len());
    Some(
        Finding::new(&rule::RAGGED_ROW, message, sheet.row(row.number)).help(
            "a cell with a separator in it must stand in quotes; a missing cell still needs its separator",
        ),
    )
}

fn json(file: &str, text: &str) -> Result<Sheet, Vec<Finding>> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| vec![malformed(file, 1, &error)])?;
    let list = match value {
        serde_json::Value::Array(list) => list,
        other => vec![other],
    };
    objects(file, list.into_iter().enumerate().map(|(index, value)| (index + 1, value)).collect())
}

fn json_lines(file: &str, text: &str) -> Result<Sheet, Vec<Finding>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut found = Vec::new();
    let mut values = Vec::new();
    for (index, line) in lines {
        match serde_json::from_str(line) {
            Ok(value) => values.push((index + 1, value)),
            Err(error) => found.push(malformed(file, index + 1, &error)),
        }
    }
    if found.is_empty() { objects(file, values) } else { Err(found) }
}

fn malformed(file: &str, line: usize, error: &serde_json::Error) -> Finding {
    let row = line + error.line().saturating_sub(1);
    let place = Place::Cell { file: file.to_owned(), row, column: None, text: String::new() };
    Finding::new(&rule::SYNTAX, format!("not well-formed JSON: {error}"), place)
}

/// Objects as rows; the header is every key in the order it first occurs.
fn objects(file: &str, values: Vec<(usize, serde_json::Value)>) -> Result<Sheet, Vec<Finding>> {
    let mut sheet = Sheet { file: file.to_owned(), header: Vec::new(), header_row: 0, rows: Vec::new() };
    let mut found = Vec::new();
    let mut objects = Vec::new();
    for (number, value) in values {
        match value {
            serde_json::Value::Object(object) => {
                for key in
                    object.keys().filter(|key| !sheet.header.contains(key)).cloned().collect::<Vec<_>>()
                {
                    sheet.header.push(key);
                }
                objects.push((number, object));
            }
            _ => found.push(Finding::new(&rule::WRONG_TYPE, "a row is not an object", sheet.row(number))),
        }
    }
    for (number, object) in objects {
        let mut cells = Vec::new();
        for key in &sheet.header {
            match object.get(key).map_or(Ok(String::new()), scalar) {
                Ok(cell) => cells.push(cell),
                Err(what) => {
                    let message = format!("`{key}` is {what}, expected one value");
                    found.push(Finding::new(&rule::WRONG_TYPE, message, sheet.row(number)));
                }
            }
        }
        sheet.rows.push(Row { number, cells });
    }
    if found.is_empty() { Ok(sheet) } else { Err(found) }
}

fn scalar(value: &serde_json::Value) -> Result<String, &'static str> {
    use serde_json::Value;
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        Value::Array(list) => Ok(list.iter().map(scalar).collect::<Result<Vec<_>, _>>()?.join(",")),
        Value::Object(_) => Err("a table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(file: &str, text: &str) -> Vec<Vec<String>> {
        let sheet = read(file, text.as_bytes(), None).unwrap();
        std::iter::once(sheet.header).chain(sheet.rows.into_iter().map(|row| row.cells)).collect()
    }

    #[test]
    fn reads_one_table_from_every_form() {
        let wanted = [["name", "town"], ["示例一厂", "花山镇"], ["示例,二厂", ""]];
        for (file, text) in [
            ("a.csv", "\u{feff}name,town\r\n示例一厂,花山镇\r\n\"示例,二厂\",\r\n"),
            ("a.csv", "name;town\n示例一厂;花山镇\n示例,二厂;\n"),
            ("a.tsv", "name\ttown\n示例一厂\t花山镇\n示例,二厂\t\n"),
            ("a.json", r#"[{"name":"示例一厂","town":"花山镇"},{"name":"示例,二厂","town":null}]"#),
            ("a.jsonl", "{\"name\":\"示例一厂\",\"town\":\"花山镇\"}\n{\"name\":\"示例,二厂\"}\n"),
        ] {
            assert_eq!(cells(file, text), wanted, "{file}: {text}");
        }
    }

    #[test]
    fn refuses_ragged_rows_empty_files_and_other_encodings() {
        let rule_of = |bytes: &[u8]| read("a.csv", bytes, None).unwrap_err()[0].rule.name;
        assert_eq!(rule_of(b"a,b\n1\n"), "ragged-row");
        assert_eq!(rule_of(b"a,b\n1,2,3\n"), "ragged-row");
        assert_eq!(rule_of(b" \n"), "empty-file");
        assert_eq!(rule_of(b"a,b\n\xb9\xe3,1\n"), "not-text");
    }

    #[test]
    fn keeps_every_digit_of_a_json_number() {
        assert_eq!(cells("a.json", r#"[{"n": 12345678901234567.89}]"#)[1], ["12345678901234567.89"]);
    }
}
