//! Every list and report takes every filter, and gives with each exactly the rows it should.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use kunpeng::model::kind::Kind;
use kunpeng::model::lang::Lang;
use kunpeng::report::Filter;
use kunpeng::report::query::{Query, answer};
use kunpeng::report::table::{Cell, Kind as Holds, Table};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::query::{RECORDS, answered, columns, commands, exact, is_missing, questions, view};
use crate::sandbox::Sandbox;

/// The commands that take conditions, with the options each has.
fn asking() -> BTreeMap<String, BTreeSet<String>> {
    fn walk(command: &clap::Command, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
        let options = command.get_arguments().filter_map(|it| it.get_long().map(str::to_owned));
        let options: BTreeSet<String> = options.collect();
        if options.contains("where") {
            found.insert(path.to_owned(), options);
        }
        for inner in command.get_subcommands() {
            walk(inner, format!("{path} {}", inner.get_name()).trim_start(), found);
        }
    }
    let mut found = BTreeMap::new();
    walk(&kunpeng::cli::command(), "", &mut found);
    found
}

#[test]
fn every_list_and_report_takes_the_same_filters() {
    let mut asking = asking();
    // A summary is of one edition, and its tables have rows of many kinds.
    assert!(asking.remove("summary").is_some());
    let report = asking.remove("report").unwrap();
    let lines: BTreeSet<String> = commands().into_iter().map(|(line, _)| line).collect();
    let lists: BTreeSet<String> = lines.iter().filter(|it| !it.starts_with("report ")).cloned().collect();
    assert_eq!(asking.keys().cloned().collect::<BTreeSet<_>>(), lists);
    for (line, options) in asking.iter().chain([(&"report".to_owned(), &report)]) {
        let mut same = vec!["columns", "enterprise", "industry", "limit", "sort", "town", "where"];
        // What is of one edition names it as its argument.
        if !["member list", "candidate list"].contains(&line.as_str()) {
            same.extend(["edition", "years"]);
        }
        let lacks: Vec<&&str> = same.iter().filter(|it| !options.contains(**it)).collect();
        assert!(lacks.is_empty(), "{line} lacks {lacks:?}");
    }
}

fn filters() -> Vec<(&'static str, &'static str, &'static str, Filter)> {
    let all = Filter::default;
    vec![
        ("--edition 2", "--edition 9", "", Filter::edition(&"2".parse().unwrap())),
        (
            "--industry 汽车",
            "--industry automobiel",
            "automobile",
            Filter { industry: "automobile".parse().ok(), ..all() },
        ),
        ("--town 花山镇", "--town huashn", "huashan", Filter { town: Some("huashan".to_owned()), ..all() }),
        (
            "--enterprise 0082",
            "--enterprise 示例汽车零部件0082有线公司",
            "示例汽车零部件0082有限公司",
            Filter { enterprise: "91440114DEM000823Q".parse().ok(), ..all() },
        ),
        ("--years 2020..2021", "", "", Filter { years: Some((2020, 2021)), ..all() }),
    ]
}

/// Every option of every command is the filter it says, and names what is near to what is not there.
#[test]
fn each_option_of_each_command_narrows_it_and_names_what_is_near() {
    let sandbox = Sandbox::shipped();
    let run = |line: String| sandbox.run_with(&line, &[("KUNPENG_TODAY", "2024-12-01"), ("LANG", "zh")]);
    let mut wrong = Vec::new();
    for (command, make) in commands() {
        let (line, of) = match command.as_str() {
            "member list" | "candidate list" => (format!("{command} 2"), Some("2".parse().unwrap())),
            _ => (command.clone(), None),
        };
        for (option, missing, near, filter) in filters() {
            if of.is_some() && ["--edition", "--years"].iter().any(|it| option.starts_with(it)) {
                continue;
            }
            let filter = Filter { edition: of.clone().or(filter.edition.clone()), ..filter };
            let own: Vec<String> = make(&filter).columns.into_iter().map(|column| column.id).collect();
            let query = Query { columns: own.clone(), ..Query::default() };
            let expected = answered(&filter, &query, &make).rows;
            let shown = run(format!("kunpeng {line} {option} --columns '{}' --format json", own.join(",")));
            let rows = serde_json::from_str::<Value>(&shown.stdout).map(|it| it["tables"][0]["rows"].clone());
            if rows.as_ref().ok() != Some(&Value::from(expected)) {
                wrong.push(format!("{line} {option}: {}", shown.stderr));
            }
            let is_named = |said: &str| said.starts_with("错误：") && said.contains(near);
            if !missing.is_empty() {
                let refused = run(format!("kunpeng {line} {missing}"));
                if refused.code != Some(1) || !is_named(&refused.stderr) || !refused.stdout.is_empty() {
                    wrong.push(format!("{line} {missing}: {}", refused.text()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_field_that_is_not_there_names_the_column_that_is_nearest() {
    for (filter, make) in questions() {
        let column = make(&filter).columns.pop().unwrap().id;
        let misspelt = format!("{column}x");
        for query in [
            Query { conditions: vec![format!("{misspelt} is missing")], ..Query::default() },
            Query { columns: vec![misspelt.clone()], ..Query::default() },
            Query { sort: vec![format!("{misspelt}:desc")], ..Query::default() },
        ] {
            let fault = answer(&view(), &filter, &query, &*make).unwrap_err();
            assert_eq!(&fault.typed[fault.at], misspelt);
            let help = fault.help.unwrap();
            assert_eq!(help.of(Lang::Zh), format!("是否想写“{column}”？"), "{query:?}");
        }
    }
}

/// What every enterprise has one of: all tables of one each, taken together, are the table of all.
#[test]
fn the_tables_of_each_industry_town_and_enterprise_make_up_the_table_of_all() {
    let each = |kind: Kind, narrow: &dyn Fn(&str, &mut Filter)| -> Vec<Filter> {
        let filter = |id: &str| {
            let mut filter = Filter::default();
            narrow(id, &mut filter);
            filter
        };
        let few = |id: &&str| match (kind, RECORDS.enterprises.get(*id)) {
            (Kind::Enterprise, Some(it)) => it.industry == some().industry,
            _ => true,
        };
        RECORDS.ids(kind).into_iter().filter(few).map(filter).collect()
    };
    let narrowed = [
        (Filter::default(), each(Kind::Industry, &|id, it| it.industry = id.parse().ok())),
        (Filter::default(), each(Kind::Town, &|id, it| it.town = Some(id.to_owned()))),
        // One by one those of an industry.
        (some(), each(Kind::Enterprise, &|id, it| it.enterprise = id.parse().ok())),
    ];
    for (filter, make) in questions() {
        // Without them, growth is between the last years that somebody reported.
        let years = filter.edition.is_none().then_some((2021, 2022));
        for (all, filters) in &narrowed {
            let of = |it: &Filter| Filter { edition: filter.edition.clone(), years, ..it.clone() };
            let all = make(&of(all));
            let parts: Vec<Table> = filters.iter().map(|it| make(&of(it))).collect();
            let place = format!("{} of edition {:?} by {:?}", all.id, filter.edition, filters[0]);
            if all.columns.iter().any(|it| it.id == "enterprise") || all.id == "enterprises" {
                assert_eq!(rows(&parts), rows(std::slice::from_ref(&all)), "{place}");
            } else {
                assert_eq!(sums(&parts), sums(std::slice::from_ref(&all)), "{place}");
            }
        }
    }
}

/// A few enterprises.
fn some() -> Filter {
    Filter { industry: "new-materials".parse().ok(), ..Filter::default() }
}

/// How often each row occurs, its place in a ranking aside.
fn rows(tables: &[Table]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for table in tables {
        let is_said = |id: &str| id != "no" || table.id.ends_with("-list");
        for row in &table.rows {
            let cells = table.columns.iter().zip(row).filter(|(column, _)| is_said(&column.id));
            let cells = cells.filter(|(_, cell)| **cell != Cell::Missing);
            let text: Vec<String> = cells.map(|(column, cell)| format!("{}={cell:?}", column.id)).collect();
            *counted.entry(text.join(" ")).or_default() += 1;
        }
    }
    counted
}

/// The sum of each count and amount, by what its row is about.
fn sums(tables: &[Table]) -> BTreeMap<(String, String), Decimal> {
    // Seats, and how many activities an edition has, come from no enterprise.
    let is_own = |table: &Table, id: &str| table.id == "editions" && ["seats", "activities"].contains(&id);
    let mut sums: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    for table in tables {
        let columns = || table.columns.iter().enumerate();
        for row in &table.rows {
            let about = columns().filter(|(_, it)| matches!(it.kind, Holds::Coded | Holds::Id | Holds::Name));
            let about: Vec<String> = about.map(|(at, _)| format!("{:?}", row[at])).collect();
            for (at, column) in columns().filter(|(_, it)| !is_own(table, &it.id)) {
                let number = match row[at] {
                    Cell::Count(count) => Decimal::from(count),
                    Cell::Amount(amount) => amount,
                    _ => continue,
                };
                *sums.entry((about.join(" "), column.id.clone())).or_default() += number;
            }
        }
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

/// A table is sorted by any of its columns and by fields of enterprises, either way; what is missing stands last.
#[test]
fn rows_are_sorted_by_every_column_either_way_and_cut_where_it_is_said() {
    for (filter, make) in questions() {
        let filter = Filter { edition: filter.edition, ..some() };
        let table = make(&filter);
        let columns = match table.id.as_str() {
            "enterprises" => columns(&filter, &make),
            _ => table.columns.into_iter().map(|column| column.id).collect(),
        };
        let asked = |sort: &str, limit: Option<usize>| {
            let sort = if sort.is_empty() { Vec::new() } else { vec![sort.to_owned()] };
            answered(&filter, &Query { columns: columns.clone(), sort, limit, ..Query::default() }, &make)
        };
        let plain = asked("", None);
        for limit in [0, 1, 3, plain.rows.len() + 1] {
            let first = &plain.rows[..limit.min(plain.rows.len())];
            assert!(asked("", Some(limit)).rows == first, "{columns:?} {limit}");
        }
        // A name is ordered as any other text.
        for (id, kind) in plain.columns.iter().filter(|(id, _)| id != "name") {
            for (sort, ends) in [(id.clone(), Ordering::Greater), (format!("{id}:desc"), Ordering::Less)] {
                let sorted = asked(&sort, None).rows;
                let place = format!("{columns:?} by {sort}");
                assert_eq!(texts(&sorted), texts(&plain.rows), "{place}");
                for pair in sorted.windows(2) {
                    let order = in_order(kind, &pair[0][id], &pair[1][id]);
                    assert_ne!(order, Some(ends), "{place}: {} {}", pair[0][id], pair[1][id]);
                    assert!(
                        !is_missing(&pair[0][id]) || is_missing(&pair[1][id]),
                        "{place}: missing is not last"
                    );
                }
            }
        }
    }
}

fn texts(rows: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = rows.iter().map(ToString::to_string).collect();
    texts.sort();
    texts
}

/// How two values of a kind stand to each other, where that does not hang on a list of words.
fn in_order(kind: &str, one: &Value, other: &Value) -> Option<Ordering> {
    match (kind, one, other) {
        _ if is_missing(one) || is_missing(other) => None,
        ("count" | "number" | "amount", ..) | ("rate", Value::Number(_), Value::Number(_)) => {
            Some(exact(one).cmp(&exact(other)))
        }
        ("share" | "rate", Value::Object(one), Value::Object(other)) => {
            let product = |a: &Value, b: &Value| exact(a) * exact(b);
            let (one, other) = (
                product(&one["numerator"], &other["denominator"]),
                product(&other["numerator"], &one["denominator"]),
            );
            Some(one.cmp(&other))
        }
        // Dates of which one is known to the month may fall into either order.
        ("date", Value::String(one), Value::String(other)) if one.len() == 10 && other.len() == 10 => {
            Some(one.cmp(other))
        }
        ("text", Value::Array(one), Value::Array(other)) => Some(one.len().cmp(&other.len())),
        _ => None,
    }
}
