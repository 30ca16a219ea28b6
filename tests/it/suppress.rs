//! `--suppress-below`: what is withheld cannot be worked out from what is shown, by a solver of the test's own.
#![expect(clippy::float_arithmetic, reason = "the solver is another one than the program's, and small")]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Columns that count enterprises, each once.
const COUNTS: [&str; 11] = [
    "enterprises",
    "at_entry",
    "gained",
    "renewed",
    "lapsed",
    "held",
    "ever",
    "matched",
    "reported_start",
    "reported_end",
    "median_of",
];

/// Items of the overview that do.
const ITEMS: [&str; 6] = ["members", "graduated", "withdrawn", "removed", "transferred", "in_cultivation"];

/// What adds up along a row, by the notes of the tables.
const ALONG: [(&str, &[(&str, f64)]); 4] = [
    ("recognitions", &[("at_entry", 1.0), ("gained", 1.0), ("lapsed", -1.0), ("held", -1.0)]),
    ("needs", &[("brought_forward", 1.0), ("received", 1.0), ("closed", -1.0), ("open", -1.0)]),
    (
        "projects",
        &[
            ("brought_forward", 1.0),
            ("applied", 1.0),
            ("approved", -1.0),
            ("rejected", -1.0),
            ("withdrawn", -1.0),
            ("pending", -1.0),
        ],
    ),
    ("comparison", &[("this", 1.0), ("compared", -1.0), ("difference", -1.0)]),
];

/// The same figure in two tables.
const SAME: [([&str; 3], [&str; 3]); 7] = [
    (["overview", "members", "value"], ["enterprises-by-industry", "total", "enterprises"]),
    (["overview", "members", "value"], ["enterprises-by-town", "total", "enterprises"]),
    (["overview", "needs_received", "value"], ["needs", "total", "received"]),
    (["overview", "needs_closed", "value"], ["needs", "total", "closed"]),
    (["overview", "projects_applied", "value"], ["projects", "total", "applied"]),
    (["overview", "projects_approved", "value"], ["projects", "total", "approved"]),
    (["overview", "person_times", "value"], ["attendance", "total", "person_times"]),
];

/// A cell: table, row, column; of a share each of its parts.
type Name = [String; 3];

/// The figures of a summary as they are, and where each is withheld.
struct Figures {
    all: BTreeMap<Name, f64>,
    columns: BTreeMap<(String, String), Vec<Name>>,
}

fn rows(table: &Value) -> Vec<(String, &Value)> {
    let key = |row: &Value| {
        let cells = row.as_object().unwrap().values();
        let keys = if table["id"] == "platforms" { 2 } else { 1 };
        cells.take(keys).map(|it| it.as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>().join("/")
    };
    let rows = table["rows"].as_array().unwrap().iter().map(|row| (key(row), row));
    let total = Some(&table["total"]).filter(|it| !it.is_null()).map(|row| ("total".to_owned(), row));
    rows.chain(total).collect()
}

fn figures(summary: &Value) -> Figures {
    let mut figures = Figures { all: BTreeMap::new(), columns: BTreeMap::new() };
    for table in summary["tables"].as_array().unwrap() {
        let id = table["id"].as_str().unwrap();
        for (row, cells) in rows(table) {
            for (column, cell) in cells.as_object().unwrap() {
                let parts = [("", cell), (".part", &cell["numerator"]), (".whole", &cell["denominator"])];
                for (suffix, value) in parts {
                    let Some(value) = value.as_f64() else { continue };
                    let column = format!("{column}{suffix}");
                    let name = [id.to_owned(), row.clone(), column.clone()];
                    figures.columns.entry((id.to_owned(), column)).or_default().push(name.clone());
                    figures.all.insert(name, value);
                }
            }
        }
    }
    figures
}

/// All that adds up to nothing.
fn equations(figures: &Figures) -> Vec<BTreeMap<Name, f64>> {
    let mut equations = Vec::new();
    for names in figures.columns.values() {
        let (total, parts): (Vec<&Name>, Vec<&Name>) = names.iter().partition(|name| name[1] == "total");
        let [total] = total[..] else { continue };
        let sum: f64 = parts.iter().map(|name| figures.all[*name]).sum();
        if (sum - figures.all[total]).abs() < 1e-6 {
            let parts = parts.into_iter().map(|name| (name.clone(), 1.0));
            equations.push(parts.chain([(total.clone(), -1.0)]).collect());
        }
    }
    for (table, terms) in ALONG {
        let rows: Vec<&Name> =
            figures.all.keys().filter(|name| name[0] == table && name[2] == terms[0].0).collect();
        for name in rows {
            let term = |(column, times): &(&str, f64)| {
                let name = [name[0].clone(), name[1].clone(), (*column).to_owned()];
                figures.all.contains_key(&name).then_some((name, *times))
            };
            equations.extend(terms.iter().map(term).collect::<Option<BTreeMap<_, _>>>());
        }
    }
    let own = |name: [&str; 3]| name.map(str::to_owned);
    equations.push(
        ITEMS
            .map(|item| (own(["overview", item, "value"]), if item == "members" { -1.0 } else { 1.0 }))
            .into(),
    );
    let known = SAME.iter().filter(|(a, b)| [a, b].iter().all(|it| figures.all.contains_key(&own(**it))));
    equations.extend(known.map(|(a, b)| [(own(*a), 1.0), (own(*b), -1.0)].into()));
    equations
}

/// The withheld figures that stand alone once the others of an equation are taken away, by elimination.
fn worked_out(equations: &[BTreeMap<Name, f64>], withheld: &[Name]) -> Vec<Name> {
    let row = |equation: &BTreeMap<Name, f64>| {
        withheld.iter().map(|name| equation.get(name).copied().unwrap_or(0.0)).collect::<Vec<f64>>()
    };
    let mut rows: Vec<Vec<f64>> = equations.iter().map(row).collect();
    let mut done = 0;
    for column in 0..withheld.len() {
        let Some(pivot) = (done..rows.len()).find(|at| rows[*at][column].abs() > 1e-9) else { continue };
        rows.swap(done, pivot);
        let lead = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let times = row[column] / lead[column];
            if at != done && times != 0.0 {
                row.iter_mut().zip(&lead).for_each(|(it, lead)| *it -= times * lead);
            }
        }
        done += 1;
    }
    let alone = rows.iter().filter_map(|row| {
        let mut seen = row.iter().enumerate().filter(|(_, it)| it.abs() > 1e-9);
        seen.next().filter(|_| seen.next().is_none()).map(|(at, _)| withheld[at].clone())
    });
    alone.collect()
}

#[test]
fn what_is_withheld_cannot_be_worked_out_from_what_is_shown() {
    let sandbox = Sandbox::shipped();
    for edition in ["1", "2", "3"] {
        let whole = figures(&sandbox.json(&format!("kunpeng summary {edition} --compare 1 --format json")));
        let equations = equations(&whole);
        assert!(equations.len() > 20);
        for least in [2.0, 3.0, 4.0, 7.0, 12.0] {
            let line =
                format!("kunpeng summary {edition} --compare 1 --suppress-below {least} --format json");
            let told = sandbox.json(&line);
            let shown = figures(&told).all;
            let withheld: Vec<Name> =
                whole.all.keys().filter(|name| !shown.contains_key(*name)).cloned().collect();
            for (name, value) in &shown {
                assert!((whole.all[name] - value).abs() < 1e-9, "{name:?} is not what it was");
            }
            let is_count = |name: &Name| {
                COUNTS.contains(&name[2].as_str())
                    || (name[0] == "overview" && ITEMS.contains(&name[1].as_str()))
            };
            let is_small = |name: &Name| is_count(name) && (1.0..least).contains(&whole.all[name]);
            let open: Vec<&Name> = shown.keys().filter(|name| is_small(name)).collect();
            assert!(open.is_empty(), "{edition} {least} {open:?}");
            let found: Vec<Name> = worked_out(&equations, &withheld).into_iter().filter(is_small).collect();
            assert!(found.is_empty(), "{line} gives away {found:?}");
            for table in told["tables"].as_array().unwrap() {
                says_how_many(table);
            }
        }
    }
}

fn says_how_many(table: &Value) {
    let withheld = table["withheld"].as_array().map_or(0, Vec::len);
    let notes: Vec<&str> = table["notes"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let note = format!("withheld (×): {withheld} of the figures");
    assert_eq!(notes.iter().any(|it| it.starts_with(&note)), withheld > 0, "{notes:?}");
}

#[test]
fn every_format_withholds_the_same_and_says_so() {
    let sandbox = Sandbox::shipped();
    let count = |text: &str| text.matches('×').count();
    let line = "kunpeng summary 2 --suppress-below 3 --lang zh";
    let markdown = sandbox.done(&format!("{line} --format md"));
    assert!(!markdown.contains("DEM0"), "a row of one enterprise is shown");
    assert!(markdown.contains("| 退出 | × |") && markdown.contains("隐去3个数（以×表示）：所涉企业不足3家"));
    assert_eq!(count(&sandbox.done(&format!("{line} --format html"))), count(&markdown));
    assert_eq!(count(&sandbox.done(line)), count(&markdown));
    sandbox.done(&format!("{line} -o closing.xlsx -q"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(sandbox.path("closing.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "基本情况").unwrap();
    let withdrawn = sheet.rows().find(|row| row[0] == "退出").unwrap();
    assert_eq!(withdrawn[1].to_string(), "×");
    sandbox.done(&format!("{line} -o tables/ -q"));
    assert!(sandbox.read("tables/01-overview.csv").contains("退出,×,"));
    assert!(sandbox.read("tables/01-overview.txt").contains("隐去3个数"));
}

#[test]
fn a_line_of_a_workbook_has_gaps_where_figures_are_withheld() {
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng --lang zh summary 2 --suppress-below 3 -o closing.xlsx -q");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(sandbox.path("closing.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "逐月出席情况").unwrap();
    let texts: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    // A program takes a text for zero in a line.
    assert!(texts.iter().all(|text| text != "×"), "{texts:?}");
    assert!(texts.iter().any(|text| text.ends_with("本表中隐去的数留空")), "{texts:?}");
}

#[test]
fn a_seal_withholds_what_was_sealed_and_lists_are_refused() {
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng edition close 3 --on 2024-02-20 --yes -q");
    let sealed = sandbox.done("kunpeng summary 3 --suppress-below 5 --format csv -q");
    let live = sandbox.done("kunpeng summary 3 --live --suppress-below 5 --format csv -q");
    let tables = |text: &str| text.rsplit_once("\n\n").unwrap().0.to_owned();
    assert_eq!(tables(&sealed), tables(&live));
    for line in ["report roster --edition 2", "report dossier 0082", "report needs --where 'open > 1'"] {
        let outcome = sandbox.run(&format!("kunpeng {line} --suppress-below 3"));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{}", outcome.text());
    }
    assert_eq!(sandbox.run("kunpeng summary 2 --suppress-below 1").code, Some(2));
    let needs = sandbox.done("kunpeng report needs --edition 2 --suppress-below 4 --format csv");
    assert!(needs.contains('×'), "{needs}");
}
