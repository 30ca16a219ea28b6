//! Tables as json: ids for coded values, exact numbers, null where a value is missing.
//!
//! Only quotients are rounded, to six decimals. Characters that act on a terminal are escaped, so that printing
//! the output there is harmless and reading it gives back the exact text.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Number, Value, json};

use super::{Page, cell, number, sanitise};
use crate::model::share::Share;
use crate::report::document::{Basis, Document};
use crate::report::table::{Cell, Table};

/// All tables as one object, and what their figures rest on.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Harmless(out);
    Whole(document).serialize(&mut serde_json::Serializer::pretty(&mut out))?;
    out.write_all(b"\n")
}

struct Whole<'d>(&'d Document<'d>);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("tables", &self.0.pages())?;
        if let Some(Basis { day, change, is_sealed, .. }) = &self.0.basis {
            let notes = self.0.basis_lines();
            let as_of = json!({ "day": day, "change": change, "sealed": is_sealed, "notes": notes });
            map.serialize_entry("as_of", &as_of)?;
        }
        map.end()
    }
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let table = self.table;
        let mut map = to.serialize_map(Some(6))?;
        map.serialize_entry("id", &table.id)?;
        map.serialize_entry("title", &table.title)?;
        map.serialize_entry("columns", &columns(table))?;
        map.serialize_entry("rows", &Body(self))?;
        map.serialize_entry("total", &table.total.as_ref().map(|cells| Record { table, cells }))?;
        map.serialize_entry("notes", &table.notes)?;
        let withheld = withheld(table);
        if !withheld.is_empty() {
            map.serialize_entry("withheld", &withheld)?;
        }
        map.end()
    }
}

/// The cells that are not told, which are null like those that are missing: the number of the row from 0, or `total`.
fn withheld(table: &Table) -> Vec<Value> {
    let rows = table.rows.iter().enumerate().map(|(at, cells)| (json!(at), cells));
    let total = table.total.iter().map(|cells| (json!("total"), cells));
    let of = |(row, cells): (Value, &Vec<Cell>)| {
        let columns = table.columns.iter().zip(cells).filter(|(_, cell)| **cell == Cell::Withheld);
        columns.map(|(column, _)| json!({ "row": row, "column": column.id })).collect::<Vec<_>>()
    };
    rows.chain(total).flat_map(of).collect()
}

fn columns(table: &Table) -> Vec<Value> {
    let column = |column| {
        let unit = cell::currency_or_unit(column, table);
        json!({ "id": column.id, "label": column.label, "kind": column.kind.id(), "unit": unit })
    };
    table.columns.iter().map(column).collect()
}

struct Body<'p>(&'p Page<'p>);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut rows = to.serialize_seq(None)?;
        // The rows are gone through with errors of writing, the serializer has its own.
        let failed = RefCell::new(None);
        let each = self.0.rows.each(&mut |cells| {
            rows.serialize_element(&Record { table: self.0.table, cells }).map_err(|error| {
                failed.replace(Some(error));
                io::ErrorKind::Other.into()
            })
        });
        match (failed.into_inner(), each) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(S::Error::custom(error)),
            (None, Ok(())) => rows.end(),
        }
    }
}

struct Record<'t> {
    table: &'t Table,
    cells: &'t [Cell],
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let cells = self.table.columns.iter().zip(self.cells);
        to.collect_map(cells.map(|(column, cell)| (&column.id, value(cell))))
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing | Cell::Withheld => Value::Null,
        Cell::Text(text) | Cell::Time(text) | Cell::Coded { id: text, .. } => text.as_str().into(),
        Cell::Codes { ids, .. } => ids.iter().map(String::as_str).collect(),
        Cell::Count(count) => (*count).into(),
        Cell::Number(number) | Cell::Amount(number) => exact(*number),
        Cell::Share(share) => parts(*share),
        Cell::Rate(rate) | Cell::Points(rate) => quotient(*rate),
        Cell::Date(date) => date.to_string().into(),
    }
}
fn parts(share: Share) -> Value {
    json!({
        "numerator": exact(share.numerator),
        "denominator": exact(share.denominator),
        "value": share.value().map(quotient),
    })
}

fn quotient(value: Decimal) -> Value {
    exact(number::rounded(value, number::QUOTIENT_DECIMALS))
}

fn exact(number: Decimal) -> Value {
    // What a decimal prints is a number of json.
    Number::from_str(&number.normalize().to_string()).map_or(Value::Null, Value::Number)
}

/// JSON text in which nothing acts on a terminal; it reads back the same.
pub fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    // What JSON has outside of strings is seen, but for line ends.
    for c in json.chars() {
        if c == '\n' || !sanitise::is_unseen(c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

/// Escapes what acts on a terminal on its way out. A serializer writes whole characters.
struct Harmless<'w>(&'w mut dyn Write);

impl Write for Harmless<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.is_ascii() => self.0.write_all(escaped(text).as_bytes())?,
            // Controls of ASCII are escaped by the serializer, all but DEL.
            Ok(text) if text.contains('\u{7f}') => self.0.write_all(escaped(text).as_bytes())?,
            _ => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::lang::Lang;
    use crate::report::table::Kind;
    use proptest::prelude::*;

    fn tables(tables: &[Table]) -> String {
        let day = "2024-03-01".parse().unwrap();
        sample::written(tables, |pages, out| write(&Document::of(pages, day, Lang::En), out))
    }

    const EXACT: &str = r#"{
  "tables": [
    {
      "id": "t",
      "title": "按行业",
      "columns": [
        {
          "id": "industry",
          "label": "行业",
          "kind": "coded",
          "unit": null
        },
        {
          "id": "share",
          "label": "占比",
          "kind": "share",
          "unit": null
        },
        {
          "id": "revenue",
          "label": "营业收入",
          "kind": "amount",
          "unit": "CNY"
        }
      ],
      "rows": [
        {
          "industry": "ai",
          "share": {
            "numerator": 1,
            "denominator": 3,
            "value": 0.333333
          },
          "revenue": 1.1
        },
        {
          "industry": null,
          "share": {
            "numerator": 0,
            "denominator": 0,
            "value": null
          },
          "revenue": null
        }
      ],
      "total": {
        "industry": null,
        "share": null,
        "revenue": -79228162514264337593543950335
      },
      "notes": [
        "注"
      ]
    }
  ]
}
"#;

    #[test]
    fn a_table_is_printed_exactly() {
        let mut table = Table::new("t", "按行业", Lang::Zh, "CNY")
            .column("industry", "行业", Kind::Coded)
            .column("share", "占比", Kind::Share)
            .column("revenue", "营业收入", Kind::Amount);
        table.row(vec![Cell::coded("ai", "人工智能"), Cell::Share(Share::of(1, 3)), sample::amount("1.10")]);
        table.row(vec![Cell::Missing, Cell::Share(Share::of(0, 0)), Cell::Missing]);
        table.total =
            Some(vec![Cell::Missing, Cell::Missing, sample::amount("-79228162514264337593543950335")]);
        table.notes.push("注".to_owned());
        assert_eq!(tables(&[table]), EXACT);
    }

    #[test]
    fn an_empty_table_has_no_rows_and_no_total() {
        let value: Value = serde_json::from_str(&tables(&[sample::empty(Lang::En)])).unwrap();
        assert_eq!(value["tables"][0]["rows"], json!([]));
        assert_eq!(value["tables"][0]["total"], Value::Null);
        assert_eq!(tables(&[]), "{\n  \"tables\": []\n}\n");
    }

    proptest! {
        #[test]
        fn any_text_reads_back_and_nothing_acts_on_a_terminal(text in any::<String>()) {
            let mut table = Table::new("t", &text, Lang::En, "CNY").column("name", "Name", Kind::Name);
            table.row(vec![Cell::text(Some(&text))]);
            let printed = tables(&[table]);
            prop_assert!(!printed.chars().any(|c| c != '\n' && sanitise::is_unseen(c)));
            let value: Value = serde_json::from_str(&printed).unwrap();
            prop_assert_eq!(value["tables"][0]["rows"][0]["name"].as_str(), Some(text.as_str()));
        }
    }
}
