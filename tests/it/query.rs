//! `--where` gives the rows a plain filter over the exported json gives, of every list and report of the shipped data,
//! by every column and every field of enterprises.

use std::sync::LazyLock;

use kunpeng::model::entry::{NEED, PLATFORM, PROJECT, RECOGNITION};
use kunpeng::model::lang::Lang;
use kunpeng::model::records::Records;
use kunpeng::render::{self, Format, Screen};
use kunpeng::report::document::Document;
use kunpeng::report::query::{Query, answer};
use kunpeng::report::table::{Page, Table};
use kunpeng::report::{Filter, ReportName, View, entries, list, report};
use kunpeng::store::Store;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::sandbox::{Sandbox, repository};

/// The shipped records.
pub static RECORDS: LazyLock<Records> =
    LazyLock::new(|| Store::open(&repository().join("data")).unwrap().load().unwrap().records);

pub fn view() -> View<'static> {
    View { records: &RECORDS, lang: Lang::Zh, today: "2024-12-01".parse().unwrap() }
}

pub type Make = dyn Fn(&Filter) -> Table;

/// Every list and report by its command.
pub fn commands() -> Vec<(String, Box<Make>)> {
    let named = |line: &str, make: Box<Make>| (line.to_owned(), make);
    let mut found: Vec<(String, Box<Make>)> = vec![
        named("industry list", Box::new(|it| list::industries(&view(), it))),
        named("edition list", Box::new(|it| list::editions(&view(), it))),
        named("enterprise list", Box::new(|it| list::enterprises(&view(), it))),
        named("activity list", Box::new(|it| list::activities(&view(), it))),
        named("indicator list", Box::new(|it| list::indicators(&view(), it))),
        named("member list", Box::new(|it| entries::members(&view(), it))),
        named("candidate list", Box::new(|it| entries::candidates(&view(), it))),
    ];
    for (word, kind) in
        [("need", &NEED), ("platform", &PLATFORM), ("project", &PROJECT), ("recognition", &RECOGNITION)]
    {
        found.push((format!("{word} list"), Box::new(move |it| entries::entries(&view(), kind, it))));
    }
    for name in ReportName::ALL {
        found.push((format!("report {name}"), Box::new(move |it| report(*name, &view(), it))));
    }
    found
}

/// Every list and report, of all editions where it can be, and of one.
pub fn questions() -> Vec<(Filter, Box<Make>)> {
    let two = || Filter::edition(&"2".parse().unwrap());
    let is_of_one = |line: &String| ["member list", "candidate list"].contains(&line.as_str());
    let all =
        commands().into_iter().filter(|(line, _)| !is_of_one(line)).map(|(_, it)| (Filter::default(), it));
    all.chain(commands().into_iter().map(|(_, it)| (two(), it))).collect()
}

/// Fields of enterprises that are shown beside the columns of a table whose rows are about one each.
const FIELDS: [&str; 22] = [
    "industry",
    "town",
    "founded",
    "editions",
    "modules",
    "titles",
    "size",
    "holds srdi",
    "holds hnte on 2022-06-30",
    "revenue",
    "revenue.2022",
    "employees",
    "growth.revenue",
    "attended",
    "attended visits",
    "attended.2023",
    "attended visits.2023-11",
    "attendance.rate",
    "person_times",
    "last activity",
    "days since last activity",
    "open needs",
];

/// A table as it is exported.
pub struct Exported {
    /// Id and kind.
    pub columns: Vec<(String, String)>,
    pub rows: Vec<Value>,
}

fn exported(filter: &Filter, conditions: &[String], columns: &[String], make: &Make) -> Exported {
    answered(
        filter,
        &Query { conditions: conditions.to_vec(), columns: columns.to_vec(), ..Query::default() },
        make,
    )
}

/// The answer to a question as it is exported.
pub fn answered(filter: &Filter, query: &Query, make: &Make) -> Exported {
    let table =
        answer(&view(), filter, query, make).unwrap_or_else(|it| panic!("{}: {}", it.typed, it.message));
    let mut json = Vec::new();
    let document = Document::of(&[Page::of(&table.table)], view().today, view().lang);
    render::write(&document, Format::Json, &Screen::default(), &mut json).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    let table = &json["tables"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let columns = table["columns"].as_array().unwrap().iter();
    Exported {
        columns: columns.map(|it| (text(&it["id"]), text(&it["kind"]))).collect(),
        rows: table["rows"].as_array().unwrap().clone(),
    }
}

/// The columns that can be asked for: those of the table, and fields of enterprises where each row is about one.
pub fn columns(filter: &Filter, make: &Make) -> Vec<String> {
    let table = make(filter);
    let own = table.columns.iter().map(|column| column.id.clone());
    // A name is any of those an enterprise has, and only one of them is exported; numbers of rows change with them.
    let mut columns: Vec<String> = own.filter(|id| !["name", "no"].contains(&id.as_str())).collect();
    let about_one = columns.iter().any(|id| id == "enterprise") || table.id == "enterprises";
    if about_one {
        columns.extend(
            FIELDS
                .iter()
                .filter(|it| !columns.contains(&(**it).to_owned()))
                .map(|it| (*it).to_owned())
                .collect::<Vec<_>>(),
        );
    }
    columns
}

const ORDER: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];

/// A condition on a column with the value one of its cells has, as people could write it, and what it asks.
fn condition(column: &(String, String), cell: &Value, operator: usize, not: bool) -> Option<(String, Test)> {
    let id = &column.0;
    let (operator, value) = match (column.1.as_str(), cell) {
        (_, cell) if is_missing(cell) => (["is missing", "is not missing"][operator % 2], String::new()),
        (_, Value::Array(ids)) => (["has", "lacks"][operator % 2], ids.first()?.as_str()?.to_owned()),
        ("share" | "rate", _) => {
            (ORDER[2 + operator % 4], ["0", "25%", "0.5", "100%"][operator % 4].to_owned())
        }
        ("count" | "number" | "amount" | "date", value) => {
            (ORDER[operator % 6], value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        }
        _ if id == "period" => (ORDER[operator % 6], cell.as_str()?.to_owned()),
        ("text", text) if id != "class" && operator % 3 == 2 => {
            ("contains", text.as_str()?.chars().take(1 + operator % 2).collect())
        }
        _ => (["=", "!="][operator % 2], cell.as_str()?.to_owned()),
    };
    let quoted = if value.is_empty() { value.clone() } else { format!("\"{value}\"") };
    let typed = format!("{}{id} {operator} {quoted}", if not { "not " } else { "" });
    Some((typed.trim().to_owned(), Test { column: column.clone(), operator, value, not }))
}

/// A condition as a plain filter reads it.
#[derive(Debug)]
struct Test {
    column: (String, String),
    operator: &'static str,
    value: String,
    not: bool,
}

impl Test {
    fn passes(&self, row: &Value) -> bool {
        let cell = &row[&self.column.0];
        let is_missing = is_missing(cell);
        let result = match self.operator {
            "is missing" => is_missing,
            "is not missing" => !is_missing,
            "has" | "lacks" => {
                let has = cell.as_array().is_some_and(|ids| ids.iter().any(|id| *id == *self.value));
                has == (self.operator == "has")
            }
            _ if is_missing => return false,
            "contains" => {
                cell.as_str().is_some_and(|cell| cell.to_lowercase().contains(&self.value.to_lowercase()))
            }
            operator => compared(operator, self.order(cell), self.within(cell)),
        };
        result != self.not
    }

    /// How a cell stands to the value.
    fn order(&self, cell: &Value) -> std::cmp::Ordering {
        match (self.column.1.as_str(), cell) {
            ("share" | "rate", Value::Object(share)) => {
                let part = |name: &str| exact(&share[name]);
                let wanted = number(&self.value) * part("denominator");
                part("numerator").cmp(&wanted)
            }
            (_, Value::Number(_)) => exact(cell).cmp(&number(&self.value)),
            (_, cell) => {
                let cell = cell.as_str().unwrap();
                // A period that is a whole year is more than its parts; days are compared by their text.
                let key = |text: &str| match self.column.0.as_str() {
                    "period" if text.len() == 4 => format!("{text}-Z"),
                    _ => text.to_owned(),
                };
                key(cell).cmp(&key(&self.value))
            }
        }
    }

    /// Whether a date lies within the one that is asked for, or a class within a wider one.
    fn within(&self, cell: &Value) -> Option<bool> {
        let is_class = self.column.0 == "class";
        (is_class || self.column.1 == "date").then(|| cell.as_str().unwrap().starts_with(&self.value))
    }
}

/// A value that is not there, or a share of nothing.
pub fn is_missing(cell: &Value) -> bool {
    cell.is_null() || cell.get("value").is_some_and(Value::is_null)
}

fn number(text: &str) -> Decimal {
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    text.strip_suffix('%').map_or_else(|| number(text), |it| number(it) / Decimal::ONE_HUNDRED)
}

pub fn exact(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

fn compared(operator: &str, order: std::cmp::Ordering, within: Option<bool>) -> bool {
    match operator {
        "=" => within.unwrap_or(order.is_eq()),
        "!=" => !within.unwrap_or(order.is_eq()),
        "<" => order.is_lt() && within != Some(true),
        "<=" => order.is_le() || within == Some(true),
        ">" => order.is_gt() && within != Some(true),
        _ => order.is_ge() || within == Some(true),
    }
}

/// Whether every date of a column is known to the day: others are not compared as text.
fn has_whole_days(rows: &[Value], column: &(String, String)) -> bool {
    column.1 != "date" || rows.iter().all(|row| row[&column.0].as_str().is_none_or(|date| date.len() == 10))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn conditions_give_the_rows_a_plain_filter_over_the_exported_json_gives(
        question in any::<prop::sample::Index>(),
        choices in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12_usize, any::<bool>()), 1..3),
    ) {
        let questions = questions();
        let (filter, make) = question.get(&questions);
        let columns = columns(filter, make);
        let all = exported(filter, &[], &columns, make);
        prop_assume!(!all.rows.is_empty());
        let (mut conditions, mut tests) = (Vec::new(), Vec::new());
        for (column, row, operator, not) in choices {
            let column = column.get(&all.columns);
            prop_assume!(has_whole_days(&all.rows, column));
            if let Some((typed, test)) = condition(column, &row.get(&all.rows)[&column.0], operator, not) {
                conditions.push(typed);
                tests.push(test);
            }
        }
        let found = exported(filter, &conditions, &columns, make).rows;
        let plain: Vec<Value> =
            all.rows.into_iter().filter(|row| tests.iter().all(|test| test.passes(row))).collect();
        prop_assert!(found == plain, "{:?}\nfound {}\nplain {}", conditions, Value::from(found), Value::from(plain));
    }
}

#[test]
fn a_fault_shows_its_place_in_both_languages() {
    let sandbox = Sandbox::shipped();
    sandbox.refuses(
        "kunpeng enterprise list --where 'industyr = 汽车'",
        2,
        snapbox::str![[r#"
--- stderr
error: there is no field `industyr`
  |
  | industyr = 汽车
  | ^^^^^^^^
  help: did you mean `industry`?
--- exit 2

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh enterprise list --where 'revenue >= 五千'",
        2,
        snapbox::str![[r#"
--- stderr
错误：“五千”不是数字
  |
  | revenue >= 五千
  |            ^^^^
  办法：请写数字，如 300、5000万、1.2亿
--- exit 2

"#]],
    );
    sandbox.refuses(
        "kunpeng report roster --sort town:down",
        2,
        snapbox::str![[r#"
--- stderr
error: `down` is not an order
  |
  | town:down
  |      ^^^^
  help: write `:desc` or `:asc`
--- exit 2

"#]],
    );
    sandbox.refuses(
        "kunpeng industry list --columns id,revenue",
        2,
        snapbox::str![[r#"
--- stderr
error: `revenue` is a field of enterprises, and the rows are not about one each
  |
  | revenue
  | ^^^^^^^
  help: the columns are id, name, enterprises
--- exit 2

"#]],
    );
    sandbox.refuses(
        "kunpeng report roster --town 花山真",
        1,
        snapbox::str![[r#"
--- stderr
error: no town is called `花山真`
  help: the nearest name is `花山镇` (known are Xinhua Subdistrict (xinhua), Huacheng Subdistrict (huacheng), Xiuquan Subdistrict (xiuquan), Xinya Subdistrict (xinya), Timian Town (timian), Huashan Town (huashan), Huadong Town (huadong), Tanbu Town (tanbu), Chini Town (chini), Shiling Town (shiling))
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng report roster --enterprise 示例没有",
        1,
        snapbox::str![[r#"
--- stderr
error: no enterprise is called `示例没有`
  help: `kunpeng enterprise list` shows what there is
--- exit 1

"#]],
    );
}

#[test]
fn what_does_not_parse_or_fit_is_shown_at_its_place() {
    let sandbox = Sandbox::shipped();
    for (condition, message, carets) in [
        ("revenue > tall", "`tall` is not a number", "          ^^^^"),
        ("revenue >= 5000 km", "`km` is not a unit that fits here", "           ^^^^^^^"),
        (
            "employees > 300万元",
            "`300万元` is an amount of money, the field counts persons",
            "            ^^^^^^^",
        ),
        ("growth.revenue > 5万", "`5万` is not a rate", "                 ^^^"),
        ("town ~ x", "`~` is not an operator", "     ^"),
        ("town like x", "`like` is not an operator", "     ^^^^"),
        ("持有高企 自 2023", "`自` is not an operator", "         ^^"),
        ("revenue is mising", "expected `missing` or `not missing`, found `mising`", "           ^^^^^^"),
        ("revenue =", "a value is missing after `=`", "         ^"),
        ("= 5", "a field is missing", "^"),
        ("revenue = = 5", "expected a value, found another operator", "          ^"),
        ("town = \"x", "the quotation mark is not closed", "       ^^"),
        ("founded > yesterday", "`yesterday` is not a date", "          ^^^^^^^^^"),
        ("holds srdii", "no title is called `srdii`", "^^^^^^^^^^^"),
    ] {
        sandbox.write("condition", condition);
        let outcome = sandbox.run("kunpeng enterprise list --where \"$(cat condition)\"");
        assert_eq!(outcome.code, Some(2), "{condition}: {}", outcome.text());
        let shown = format!("error: {message}\n  |\n  | {condition}\n  | {carets}\n");
        assert!(outcome.stderr.starts_with(&shown), "{condition}:\n{}", outcome.stderr);
        let zh = sandbox.run("kunpeng --lang zh enterprise list --where \"$(cat condition)\"");
        let shown = format!("\n  |\n  | {condition}\n  | {carets}\n");
        assert!(zh.stderr.starts_with("错误：") && zh.stderr.contains(&shown), "{condition}:\n{}", zh.stderr);
        assert_eq!((zh.code, zh.stdout.as_str()), (Some(2), ""));
    }
}

#[test]
fn lists_print_the_stored_records_that_are_asked_for_in_the_order_that_is_asked_for() {
    let sandbox = Sandbox::shipped();
    let ids = |line: &str, key: &str| {
        let json = sandbox.json(line);
        json.as_array().unwrap().iter().map(|it| it[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let largest = "--where 'holds srdi' --sort revenue:desc --limit 2 --format json";
    let found = ids(&format!("kunpeng enterprise list {largest}"), "id");
    assert_eq!(found.len(), 2);
    assert_eq!(
        ids(&format!("kunpeng recognition list --where 'title = srdi' {largest}"), "enterprise")[0],
        found[0]
    );
    let figures =
        sandbox.json("kunpeng indicator list --where 'period = 2022' --where 'revenue > 1亿' --format json");
    for it in figures.as_array().unwrap() {
        assert!(exact(&it["2022"]["revenue"]) > Decimal::from(100_000_000), "{it}");
        assert_eq!(it.as_object().unwrap().len(), 2, "{it}");
    }
    // Columns that are chosen are those of a table.
    let json = sandbox.json("kunpeng enterprise list --columns id,size --limit 1 --format json");
    assert_eq!(json["tables"][0]["columns"][1]["id"], "size");
}
