//! From JSON and JSON lines to a grid: the header is every key in the order it first occurs.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::grid::{Cell, CellKind, Grid, GridRow};
use super::limits::Limits;
use super::refusal::Refusal;
use crate::model::rule;

type Object = Map<String, Value>;

/// One text that is a list of objects, or one object.
pub fn list(text: &str, limits: &Limits) -> Result<Grid, Refusal> {
    let value: Value = serde_json::from_str(text).map_err(|error| malformed(1, &error))?;
    let values = match value {
        Value::Array(list) => list,
        other => vec![other],
    };
    objects(values.into_iter().enumerate().map(|(index, value)| (index + 1, value)), limits)
}

/// An object a line.
pub fn lines(text: &str, limits: &Limits) -> Result<Grid, Refusal> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let values = lines
        .map(|(index, line)| {
            let value: Value = serde_json::from_str(line).map_err(|error| malformed(index + 1, &error))?;
            Ok((index + 1, value))
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    objects(values.into_iter(), limits)
}

fn malformed(line: usize, error: &serde_json::Error) -> Refusal {
    let row = line + error.line().saturating_sub(1);
    Refusal::new(&rule::SYNTAX, format!("is not well-formed JSON: {error}"), "mend it there").at(row)
}

fn objects(values: impl Iterator<Item = (usize, Value)>, limits: &Limits) -> Result<Grid, Refusal> {
    let wrong = |number: usize, what: &str| {
        Refusal::new(&rule::WRONG_TYPE, what, "every row is one object with plain values").at(number)
    };
    let mut header: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    let mut objects: Vec<(usize, Object)> = Vec::new();
    for (number, value) in values {
        let Value::Object(object) = value else {
            return Err(wrong(number, "has a row that is not an object"));
        };
        header.extend(object.keys().filter(|key| known.insert((*key).clone())).cloned());
        objects.push((number, object));
    }
    if header.len() > limits.columns || header.len().saturating_mul(objects.len()) > limits.cells {
        let message = format!("has more than {} columns or {} cells", limits.columns, limits.cells);
        return Err(Refusal::new(&rule::TOO_LARGE, message, "divide it, or allow more with `--max-cells`"));
    }
    let mut rows = Vec::with_capacity(objects.len());
    for (number, object) in objects {
        let cells =
            header.iter().map(|key| object.get(key).map_or(Ok(Cell::empty()), |value| cell(key, value)));
        let cells = cells.collect::<Result<_, String>>().map_err(|what| wrong(number, &what))?;
        rows.push(GridRow { number, cells });
    }
    Ok(Grid { header: Some(header), rows, ..Grid::default() })
}

fn cell(key: &str, value: &Value) -> Result<Cell, String> {
    Ok(match value {
        Value::Null => Cell::empty(),
        Value::Bool(flag) => Cell { kind: CellKind::Bool, text: flag.to_string().into() },
        Value::Number(number) => Cell { kind: CellKind::Number, text: number.to_string().into() },
        Value::String(text) => Cell::text(text.as_str()),
        Value::Array(list) => {
            let cells = list.iter().map(|value| cell(key, value)).collect::<Result<Vec<_>, _>>()?;
            let texts: Vec<&str> = cells.iter().map(|cell| &*cell.text).collect();
            Cell::text(texts.join(","))
        }
        Value::Object(_) => return Err(format!("has a table in `{key}`, expected one value")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_digit_of_a_number() {
        let grid = list(r#"[{"n": 12345678901234567.89}]"#, &Limits::default()).unwrap();
        assert_eq!(&*grid.rows[0].cells[0].text, "12345678901234567.89");
    }

    #[test]
    fn a_row_lacks_what_it_does_not_say() {
        let grid = lines("{\"a\":1}\n\n{\"b\":[1,\"x\"]}\n", &Limits::default()).unwrap();
        assert_eq!(grid.header.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
        let texts: Vec<Vec<&str>> =
            grid.rows.iter().map(|row| row.cells.iter().map(|cell| &*cell.text).collect()).collect();
        assert_eq!(texts, [["1", ""], ["", "1,x"]]);
        assert_eq!(lines("{}\n[1]\n", &Limits::default()).unwrap_err().row, Some(2));
    }
}
