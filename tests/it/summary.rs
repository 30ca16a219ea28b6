//! The closing tables of the shipped data: their shape, their sums, and the same figures in every format.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;
use snapbox::data::DataFormat;
use snapbox::{Data, IntoData};

use crate::sandbox::{Sandbox, repository};

/// The tables of a summary with their columns, as the contract has them.
const TABLES: [(&str, &[&str]); 13] = [
    ("overview", &["item", "value"]),
    ("enterprises-by-industry", &["key", "enterprises", "share"]),
    ("enterprises-by-town", &["key", "enterprises", "share"]),
    ("enterprises-by-size", &["key", "enterprises", "share"]),
    ("enterprises-by-module", &["key", "enterprises", "share"]),
    ("targets", &["figure", "target", "actual", "achieved"]),
    ("activities-by-aspect", &["aspect", "activities", "hours", "enterprises", "person_times"]),
    ("attendance", &["enterprise", "name", "present", "excused", "absent", "rate", "person_times"]),
    ("recognitions", &["title", "at_entry", "gained", "renewed", "lapsed", "held", "ever"]),
    ("platforms", &["kind", "level", "new", "enterprises"]),
    (
        "indicators",
        &[
            "metric",
            "unit",
            "start",
            "end",
            "matched",
            "members",
            "reported_start",
            "reported_end",
            "start_total",
            "end_total",
            "growth",
            "median_growth",
            "median_of",
        ],
    ),
    (
        "projects",
        &[
            "scheme",
            "brought_forward",
            "applied",
            "approved",
            "rejected",
            "withdrawn",
            "pending",
            "requested",
            "granted",
        ],
    ),
    ("needs", &["category", "brought_forward", "received", "closed", "open", "rate"]),
];

fn tables(summary: &Value) -> &[Value] {
    summary["tables"].as_array().unwrap()
}

fn texts<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|it| it[key].as_str().unwrap()).collect()
}

fn number(value: &Value) -> Option<Decimal> {
    value.is_number().then(|| value.to_string().parse().unwrap())
}

/// The rows of a table, the total last.
fn rows(table: &Value) -> Vec<&Value> {
    let total = Some(&table["total"]).filter(|total| !total.is_null());
    table["rows"].as_array().unwrap().iter().chain(total).collect()
}

#[test]
fn the_tables_and_their_columns_are_those_of_the_contract() {
    let summary = Sandbox::shipped().json("kunpeng summary 2 --format json");
    assert_eq!(summary.as_object().unwrap().keys().collect::<Vec<_>>(), ["tables", "as_of"]);
    let found: Vec<_> = tables(&summary)
        .iter()
        .map(|table| (table["id"].as_str().unwrap(), texts(&table["columns"], "id")))
        .collect();
    let wanted: Vec<_> = TABLES.iter().map(|(id, columns)| (*id, columns.to_vec())).collect();
    assert_eq!(found, wanted);
    for table in tables(&summary) {
        let keys: Vec<_> = table.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["id", "title", "columns", "rows", "total", "notes"]);
        assert!(!table["rows"].as_array().unwrap().is_empty(), "{} says nothing", table["id"]);
        assert!(!table["notes"].as_array().unwrap().is_empty(), "{} has no counting rule", table["id"]);
        for column in table["columns"].as_array().unwrap() {
            let keys: Vec<_> = column.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["id", "label", "kind", "unit"]);
        }
        for row in rows(table) {
            let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, texts(&table["columns"], "id"), "{}", table["id"]);
        }
    }
}

#[test]
fn every_total_is_the_sum_of_its_parts() {
    for edition in ["1", "2", "3"] {
        let summary = Sandbox::shipped().json(&format!("kunpeng summary {edition} --format json"));
        let mut sums = 0;
        for table in tables(&summary).iter().filter(|table| !table["total"].is_null()) {
            let parts = |at: &dyn Fn(&Value) -> Option<Decimal>| -> Decimal {
                table["rows"].as_array().unwrap().iter().filter_map(at).sum()
            };
            for (column, total) in table["total"].as_object().unwrap() {
                let place = format!("edition {edition}, {} {column}", table["id"]);
                if let Some(total) = number(total) {
                    assert_eq!(parts(&|row| number(&row[column])), total, "{place}");
                    sums += 1;
                } else if let Some(total) = number(&total["numerator"]) {
                    assert_eq!(parts(&|row| number(&row[column]["numerator"])), total, "{place}");
                    sums += 1;
                }
            }
        }
        assert!(sums > 15, "edition {edition} has only {sums} sums");
    }
}

#[test]
fn figures_of_one_thing_agree_in_every_table() {
    let summary = Sandbox::shipped().json("kunpeng summary 2 --format json");
    let total = |id: &str, column: &str| {
        let table = tables(&summary).iter().find(|table| table["id"] == id).unwrap();
        table["total"][column].clone()
    };
    let overview: BTreeMap<_, _> = tables(&summary)[0]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["item"].as_str().unwrap(), row["value"].clone()))
        .collect();
    for (item, id, column) in [
        ("members", "enterprises-by-industry", "enterprises"),
        ("members", "enterprises-by-town", "enterprises"),
        ("members", "enterprises-by-size", "enterprises"),
        ("activities", "activities-by-aspect", "activities"),
        ("hours", "activities-by-aspect", "hours"),
        ("person_times", "activities-by-aspect", "person_times"),
        ("person_times", "attendance", "person_times"),
        ("attendance_rate", "attendance", "rate"),
        ("new_platforms", "platforms", "new"),
        ("projects_applied", "projects", "applied"),
        ("projects_approved", "projects", "approved"),
        ("granted", "projects", "granted"),
        ("needs_received", "needs", "received"),
        ("needs_closed", "needs", "closed"),
    ] {
        assert!(overview.contains_key(item), "no {item} in {:?}", overview.keys());
        assert_eq!(overview[item], total(id, column), "{item}");
    }
    let count = |item: &str| number(&overview[item]).unwrap();
    let outcomes = ["graduated", "withdrawn", "removed", "transferred", "in_cultivation"];
    assert_eq!(count("members"), outcomes.into_iter().map(count).sum());
    assert_eq!(count("members"), Decimal::from(103));
}

/// The cells that a json value has in csv: one, and for a share also its numerator and denominator.
fn cells(value: &Value, is_wide: bool) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if value.is_object() {
        return ["value", "numerator", "denominator"].map(|part| text(&value[part])).to_vec();
    }
    let more = if is_wide { vec![String::new(); 2] } else { Vec::new() };
    [text(value)].into_iter().chain(more).collect()
}

#[test]
fn csv_and_tsv_have_the_figures_of_json() {
    let sandbox = Sandbox::shipped();
    let summary = sandbox.json("kunpeng summary 2 --format json");
    for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
        let text = sandbox.done(&format!("kunpeng summary 2 --format {format}"));
        let parts: Vec<&str> = text.trim_start_matches('\u{feff}').trim_end().split("\n\n").collect();
        assert_eq!(parts.len(), TABLES.len() + 1, "{format}");
        assert!(parts.last().unwrap().contains("counted live, as of"), "{format}");
        for (table, part) in tables(&summary).iter().zip(parts) {
            let mut reader =
                csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(part.as_bytes());
            let lines: Vec<_> = reader.records().map(Result::unwrap).collect();
            let rows = rows(table);
            assert_eq!(lines.len(), rows.len() + 1, "{} {format}", table["id"]);
            for (row, line) in rows.iter().zip(&lines[1..]) {
                let mut at = 0;
                for column in table["columns"].as_array().unwrap() {
                    let kind = column["kind"].as_str().unwrap();
                    let id = column["id"].as_str().unwrap();
                    let is_wide = rows.iter().any(|row| row[id].is_object());
                    let cells = cells(&row[id], is_wide);
                    let found: Vec<&str> = line.iter().skip(at).take(cells.len()).collect();
                    at += cells.len();
                    // Words have labels in csv; figures are the same.
                    if kind != "coded" && cells[0].parse::<Decimal>().is_ok() {
                        assert_eq!(found, cells, "{} {line:?}", table["id"]);
                    }
                }
                assert_eq!(at, line.len(), "{} {line:?}", table["id"]);
            }
        }
    }
}

/// The lines of the tables of a text, each with one space between words and without what only markdown has.
fn words(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.replace("**", "").replace("| ", " ").replace(" |", " "));
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let is_row = |line: &String| {
        let is_rule = line.chars().all(|c| " -:|─".contains(c));
        !is_rule && !line.starts_with('·')
    };
    lines.filter(is_row).collect()
}

#[test]
fn the_table_for_people_has_the_figures_of_markdown_and_json() {
    let sandbox = Sandbox::shipped();
    let markdown = sandbox.done("kunpeng summary 2 --lang en --format md");
    let table = sandbox.done("kunpeng summary 2 --lang en");
    let titles: Vec<&str> = markdown.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert_eq!(titles.len(), TABLES.len());
    let rows_of_markdown: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    let shown: Vec<String> =
        words(&table).into_iter().filter(|line| !titles.contains(&line.as_str())).collect();
    assert_eq!(words(&rows_of_markdown.join("\n")), shown);

    let summary = sandbox.json("kunpeng summary 2 --lang en --format json");
    let rows: usize = tables(&summary).iter().map(|table| rows(table).len() + 1).sum();
    assert_eq!(shown.len(), rows);
    let mut shown = shown.iter();
    for table in tables(&summary) {
        shown.next();
        for (row, line) in self::rows(table).iter().zip(&mut shown) {
            for (column, value) in row.as_object().unwrap() {
                if let Some(numerator) = number(&value["numerator"]) {
                    let plain = line.replace(',', "");
                    let share = format!("({}/{})", numerator.normalize(), value["denominator"]);
                    assert!(plain.contains(&share), "{share} of {column} is not in {line}");
                } else if value.is_u64() {
                    let plain = line.replace(',', "");
                    let figure = value.to_string();
                    let is_there = plain.split(' ').any(|word| word == figure);
                    let is_money = number(value).unwrap() >= Decimal::from(10_000);
                    assert!(is_there || is_money, "{value} of {column} is not in {line}");
                }
            }
        }
    }
}

/// What does not depend on the language: everything but labels, titles, notes and names.
fn figures(summary: &Value) -> Vec<Value> {
    let mut tables = tables(summary).to_vec();
    for table in &mut tables {
        let table = table.as_object_mut().unwrap();
        table.shift_remove("title");
        table.shift_remove("notes");
        let columns = table["columns"].as_array().unwrap().clone();
        for column in table["columns"].as_array_mut().unwrap() {
            let column = column.as_object_mut().unwrap();
            column.shift_remove("label");
            column.shift_remove("unit");
        }
        let is_text = |column: &Value| matches!(column["kind"].as_str().unwrap(), "name" | "text" | "mixed");
        for row in table["rows"].as_array_mut().unwrap() {
            for column in columns.iter().filter(|column| is_text(column)) {
                let cell = &mut row[column["id"].as_str().unwrap()];
                if cell.is_string() {
                    *cell = Value::Null;
                }
            }
        }
    }
    tables
}

#[test]
fn the_language_changes_labels_and_no_figure() {
    let sandbox = Sandbox::shipped();
    let [en, zh] =
        ["en", "zh"].map(|lang| sandbox.json(&format!("kunpeng summary 2 --lang {lang} --format json")));
    assert_eq!(figures(&en), figures(&zh));
    let labels = |summary: &Value| -> Vec<String> {
        let columns = tables(summary).iter().flat_map(|table| table["columns"].as_array().unwrap().clone());
        columns.map(|column| column["label"].as_str().unwrap().to_owned()).collect()
    };
    for (en, zh) in labels(&en).iter().zip(labels(&zh)) {
        assert!(en.is_ascii(), "{en}");
        assert!(!zh.is_ascii(), "{zh}");
    }
}

#[test]
fn two_editions_stand_side_by_side() {
    let sandbox = Sandbox::shipped();
    let summary = sandbox.json("kunpeng summary 2 --compare 1 --format json");
    assert_eq!(tables(&summary).len(), TABLES.len() + 1);
    let table = tables(&summary).last().unwrap();
    assert_eq!(table["id"], "comparison");
    for row in rows(table) {
        let part = |column: &str| number(&row[column]);
        if let (Some(this), Some(compared), Some(difference)) =
            (part("this"), part("compared"), part("difference"))
        {
            assert_eq!(this - compared, difference, "{row}");
        }
    }
}

#[test]
fn the_summary_in_either_language_is_as_it_was_checked() {
    let sandbox = Sandbox::shipped();
    for lang in ["en", "zh"] {
        let file = repository().join(format!("tests/it/snapshots/summary-2-{lang}.txt"));
        let shown = sandbox.done(&format!("kunpeng summary 2 --compare 1 --lang {lang}"));
        snapbox::assert_data_eq!(shown, Data::read_from(&file, Some(DataFormat::Text)).raw());
    }
}

#[test]
fn an_empty_edition_has_every_table_and_says_that_it_is_empty() {
    let sandbox = Sandbox::new();
    sandbox.done("kunpeng edition add id=1 name=第一期");
    let summary = sandbox.json("kunpeng summary 1 --format json");
    assert_eq!(tables(&summary).len(), TABLES.len());
    let file = repository().join("tests/it/snapshots/summary-empty.txt");
    let shown = sandbox.done("kunpeng summary 1");
    snapbox::assert_data_eq!(shown, Data::read_from(&file, Some(DataFormat::Text)).raw());
}

#[test]
fn every_report_has_the_same_rows_in_every_format() {
    let sandbox = Sandbox::shipped();
    for name in [
        "roster",
        "industries",
        "activities",
        "attendance",
        "indicators",
        "recognitions",
        "platforms",
        "projects",
        "needs",
        "missing",
    ] {
        let json = sandbox.json(&format!("kunpeng report {name} --edition 2 --format json"));
        let rows = rows(&tables(&json)[0]).len();
        assert!(rows > 1, "{name} says nothing");
        let text = sandbox.done(&format!("kunpeng report {name} --edition 2 --format csv"));
        let lines = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).records().count();
        assert_eq!(lines, rows, "{name}");
    }
}

#[test]
fn a_figure_is_asked_for_its_records_in_either_language() {
    let sandbox = Sandbox::shipped();
    let mut shown = String::new();
    for lang in ["en", "zh"] {
        for cell in [
            "overview/removed/value",
            "enterprises-by-industry/new-materials/enterprises",
            "enterprises-by-town/timian/enterprises",
            "enterprises-by-size/large/enterprises",
            "enterprises-by-module/listing/enterprises",
            "targets/new-platforms/actual",
            "activities-by-aspect/brand/hours",
            "attendance/91440114DEM00156XK/absent",
            "recognitions/single-champion/gained",
            "platforms/industrial-design-centre/self-built/new",
            "indicators/main_revenue/median_growth",
            "projects/绿色制造示范（示例）/granted",
            "needs/total/open",
        ] {
            let outcome = sandbox.run(&format!("kunpeng summary 2 --lang {lang} --why {cell} --format md"));
            shown += &["$ --why ", cell, "\n", &outcome.text(), "\n"].concat();
        }
        for asked in [
            "industries --edition 2 --why industries/new-materials/held",
            "growth --edition 2 --why growth/91440114DEM00156XK/growth",
            "engagement --edition 2 --why engagement/91440114DEM00156XK/last_activity",
            "editions --why editions/2/left",
            "activities --why activities/2023-09-14-brand-story/absent",
        ] {
            let outcome = sandbox.run(&format!("kunpeng report {asked} --lang {lang} --format md"));
            shown += &["$ report ", asked, "\n", &outcome.text(), "\n"].concat();
        }
    }
    let file = repository().join("tests/it/snapshots/why.txt");
    snapbox::assert_data_eq!(shown, Data::read_from(&file, Some(DataFormat::Text)).raw());
}

#[test]
fn a_figure_that_is_not_there_is_refused_with_the_nearest() {
    let sandbox = Sandbox::shipped();
    let shown = ["need/total/open", "needs/fiance/open", "needs/total/opened", "needs", "needs/total/"]
        .map(|cell| sandbox.run(&format!("kunpeng summary 2 --why {cell}")).text())
        .concat();
    let other = sandbox.run("kunpeng report needs --why needs/total/rate --format csv").text();
    assert!(other.contains("data/enterprises/"), "{other}");
    snapbox::assert_data_eq!(
        shown + &sandbox.run("kunpeng report roster --why roster/a/b").text(),
        snapbox::str![[r#"
--- stderr
error: there is no table `need` that counts
  help: did you mean `needs`?
--- exit 1
--- stderr
error: the table has no row `fiance`
  help: did you mean `finance`?
--- exit 1
--- stderr
error: the table has no column `opened`
  help: did you mean `open`?
--- exit 1
--- stderr
error: invalid value `needs` for `--why <TABLE/ROW/COLUMN>`: `needs` is not a figure; write it as TABLE/ROW/COLUMN: `recognitions/srdi/gained`

For more information, try '--help'.
--- exit 2
--- stderr
error: invalid value `needs/total/` for `--why <TABLE/ROW/COLUMN>`: `needs/total/` is not a figure; write it as TABLE/ROW/COLUMN: `recognitions/srdi/gained`

For more information, try '--help'.
--- exit 2
--- stderr
error: the report `roster` lists records and counts nothing, `--why` has no answer for it
  help: `kunpeng enterprise show ENTERPRISE` shows the record of a row; indicators are counted with `--edition`
--- exit 1

"#]].raw()
    );
}
