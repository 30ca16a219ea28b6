//! The closing tables counted a second time in SQL, from what `export --all` gives.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::sandbox::{Sandbox, TODAY, repository};

type Cells = BTreeMap<String, String>;

/// The cells of the tables SQL prints: by table, the id of the row, and the column.
fn counted_in_sql(text: &str) -> Cells {
    let mut cells = Cells::new();
    let mut header: Vec<&str> = Vec::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.trim_end().split(',').collect();
        let table = match parts[0] {
            "title" | "aspect" | "metric" | "category" => {
                header = parts;
                continue;
            }
            _ => match header[0] {
                "title" => "recognitions",
                "aspect" => "activities-by-aspect",
                "metric" => "indicators",
                _ => "needs",
            },
        };
        for (column, value) in header.iter().zip(&parts).skip(1) {
            let value = value.strip_suffix(".0").unwrap_or(value);
            cells.insert(format!("{table}/{}/{column}", parts[0]), value.to_owned());
        }
    }
    cells
}

/// The same cells of the program's own summary; rows of nothing but zeros and gaps are not in SQL.
fn counted_by_program(summary: &Value, wanted: &Cells) -> Cells {
    let mut cells = Cells::new();
    for table in summary["tables"].as_array().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            let row = row.as_object().unwrap();
            let key = row.values().next().unwrap().as_str().unwrap_or_default();
            for (column, value) in row.iter().skip(1) {
                let cell = format!("{}/{key}/{column}", table["id"].as_str().unwrap());
                let is_counted = wanted.contains_key(&cell)
                    || (value.as_i64().is_some_and(|count| count > 0)
                        && wanted.keys().any(|it| it.starts_with(table["id"].as_str().unwrap()))
                        && !["members", "median_of"].contains(&column.as_str()));
                if is_counted {
                    let text = if value.is_null() { String::new() } else { value.to_string() };
                    cells.insert(cell, text.strip_suffix(".0").unwrap_or(&text).to_owned());
                }
            }
        }
    }
    cells
}

#[test]
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn sqlite_counts_the_same_from_an_export() {
    if Command::new("sqlite3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no sqlite3");
        return;
    }
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng export --all -o out --format csv");
    let script = repository().join("examples/closing.sql").display().to_string();
    for edition in ["1", "2", "3"] {
        let asked = format!("CREATE TABLE asked AS SELECT '{edition}' AS edition, '{TODAY}' AS today");
        let text = sandbox.done(&format!("cd out && sqlite3 -cmd \"{asked}\" :memory: < {script}"));
        let in_sql = counted_in_sql(&text);
        assert!(in_sql.len() > 100, "only {} cells", in_sql.len());
        let summary = sandbox.json(&format!("kunpeng summary {edition} --live --format json"));
        assert_eq!(counted_by_program(&summary, &in_sql), in_sql, "edition {edition}");
    }
}
