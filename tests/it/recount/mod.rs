//! A second, plain count of generated stores: its own code, from what was generated alone. Every cell of all thirteen
//! tables is equal, every law holds, and every cell is made of what it says it is made of.

use std::collections::BTreeMap;

mod count;
mod growth;
mod made;
mod written;

use kunpeng::model::figure::CellPath;
use kunpeng::model::lang::Lang;
use kunpeng::report::counted::Counted;
use kunpeng::report::evidence::Measure;
use kunpeng::report::named::{ReportName, counted};
use kunpeng::report::summary::{Summary, TABLES};
use kunpeng::report::table::{Cell, Table};
use kunpeng::report::why::why;
use kunpeng::report::{Filter, View};
use rust_decimal::Decimal;

use self::count::{Cells, NOTHING, count, shown};
use self::made::{Random, TODAY, day, make};

const STORES: u64 = 1200;

/// Columns that name a row or repeat what the programme says.
const NAMES: [&str; 12] = [
    "key",
    "figure",
    "aspect",
    "title",
    "kind",
    "level",
    "metric",
    "unit",
    "scheme",
    "category",
    "enterprise",
    "name",
];

/// Items of the overview that are no figures.
const SAYINGS: [&str; 11] = [
    "name",
    "programme",
    "state",
    "planned_start",
    "planned_end",
    "opened",
    "closed",
    "organisers",
    "undertaken_by",
    "industries",
    "seats",
];

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Missing => "–".to_owned(),
        Cell::Share(share) => format!("{}/{}", shown(share.numerator), shown(share.denominator)),
        Cell::Text(text) => text.clone(),
        cell => cell.number().map(shown).unwrap_or_default(),
    }
}

fn rows(table: &Table) -> impl Iterator<Item = (String, &Vec<Cell>)> {
    let total = table.total.iter().map(|row| ("total".to_owned(), row));
    table.rows.iter().map(|row| (table.key(row), row)).chain(total)
}

/// The cells of a table a second count has an opinion of.
fn cells(table: &Table) -> Cells {
    let of_row = |(key, row): (String, &Vec<Cell>)| {
        let is_saying = table.id == "overview" && SAYINGS.contains(&key.as_str());
        let counted =
            table.columns.iter().zip(row).filter(|(column, _)| {
                !is_saying && !NAMES.contains(&column.id.as_str()) && column.id != "item"
            });
        let named = counted.map(|(column, cell)| (format!("{}/{key}/{}", table.id, column.id), text(cell)));
        named.collect::<Vec<_>>()
    };
    rows(table).flat_map(of_row).collect()
}

#[test]
fn a_second_count_of_many_generated_stores_agrees_cell_by_cell() {
    let (mut stores, mut compared, mut asked) = (0, 0, 0);
    let mut counted_something: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0.. {
        if stores == STORES {
            break;
        }
        let made = make(&mut Random::of(seed));
        let Some(records) = made.records() else { continue };
        stores += 1;
        let view = View { records: &records, lang: Lang::En, today: day(TODAY) };
        for edition in [0, 1] {
            let filter = Filter::edition(&(edition + 1).to_string().parse().unwrap());
            let summary = Summary::of(&view, &filter);
            let tables = summary.tables();
            let found: Cells = tables.iter().flat_map(cells).collect();
            let expected = count(&made, edition);
            let differing: Vec<_> = expected
                .keys()
                .chain(found.keys())
                .filter(|cell| expected.get(*cell) != found.get(*cell))
                .map(|cell| (cell, expected.get(cell), found.get(cell)))
                .collect();
            assert!(differing.is_empty(), "seed {seed}, edition {}: {differing:?}", edition + 1);
            tables.iter().for_each(totals_are_sums);
            compared += found.len();
            for (cell, text) in &found {
                let (table, column) = (cell.split('/').next().unwrap(), cell.rsplit('/').next().unwrap());
                let named = if table == "overview" { cell.clone() } else { format!("{table}/{column}") };
                let is_something = !text.starts_with("0/") && !["0", NOTHING].contains(&text.as_str());
                *counted_something.entry(named).or_default() += usize::from(is_something);
            }
            if seed % 40 == 0 {
                let reports = ReportName::ALL.iter().filter_map(|name| counted(*name, &view, &filter, true));
                let of_summary = TABLES.iter().filter_map(|id| summary.counted(id, true));
                asked +=
                    of_summary.chain(reports).map(|table| every_cell_adds_up(&view, &table)).sum::<usize>();
            }
        }
    }
    let rare: Vec<_> = counted_something.iter().filter(|(_, times)| **times < 80).collect();
    assert!(rare.is_empty(), "seldom anything but nothing: {rare:?}");
    assert!(compared > 200_000, "only {compared} cells were compared");
    assert!(asked > 5_000, "only {asked} cells were asked");
}

/// What stands in a total is the sum of its column, where every row is known.
fn totals_are_sums(table: &Table) {
    let Some(total) = &table.total else { return };
    for (at, total) in total.iter().enumerate() {
        let values: Option<Vec<Decimal>> = table.rows.iter().map(|row| row[at].number()).collect();
        if let (Cell::Count(_) | Cell::Number(_) | Cell::Amount(_), Some(values)) = (total, values) {
            let id = (&table.id, &table.columns[at].id);
            assert_eq!(total.number(), Some(values.iter().sum()), "{id:?}");
        }
    }
}

/// Asks every cell what it is made of, and adds up what is printed.
fn every_cell_adds_up(view: &View, counted: &Counted) -> usize {
    let mut asked = 0;
    for (row, cells) in rows(&counted.table) {
        for (column, cell) in counted.table.columns.iter().zip(cells) {
            let at =
                CellPath { table: counted.table.id.clone(), row: row.clone(), column: column.id.clone() };
            let printed = why(view, counted, &at, &|_| Vec::new()).unwrap();
            adds_up(&at, cell, &counted.figure(&row, &column.id).unwrap().measure, &printed[0]);
            asked += 1;
        }
    }
    asked
}

fn adds_up(at: &CellPath, cell: &Cell, measure: &Measure, printed: &Table) {
    let column = |id: &str| -> Vec<Decimal> {
        let place = printed.columns.iter().position(|column| column.id == id);
        place.map(|at| printed.rows.iter().filter_map(|row| row[at].number()).collect()).unwrap_or_default()
    };
    let adds = column("contributes");
    let (sum, of): (Decimal, Decimal) = (adds.iter().sum(), column("of").iter().sum());
    match (measure, cell) {
        (Measure::Given(_), _) => {}
        (Measure::Count, cell) => {
            assert_eq!(
                (cell.number(), cell.number()),
                (Some(sum), Some(Decimal::from(printed.rows.len()))),
                "{at}"
            );
        }
        (_, Cell::Share(share)) => assert_eq!((share.numerator, share.denominator), (sum, of), "{at}"),
        (Measure::Ratio, Cell::Missing) => assert!(of <= Decimal::ZERO, "{at}"),
        (_, Cell::Missing) => assert!(adds.is_empty(), "{at}"),
        (Measure::Median, cell) => {
            let mut sorted = adds.clone();
            sorted.sort_unstable();
            let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
            assert_eq!(cell.number().map(shown), Some(shown((low + high) / Decimal::TWO)), "{at}");
        }
        (_, cell) => assert_eq!(cell.number(), Some(sum), "{at}"),
    }
}
