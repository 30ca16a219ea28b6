//! What holds for all tables of a summary together.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{compare, summary};
use crate::model::kind::Kind;
use crate::model::share::Share;
use crate::report::fixture::{Store, every_table, rows, total};
use crate::report::table::{Cell, Table};

#[test]
fn the_tables_and_their_columns_are_the_ones_scripts_rely_on() {
    let found: Vec<String> = summary(&Store::rich().view(), &"2".parse().unwrap())
        .iter()
        .map(|table| {
            let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
            format!("{}: {}", table.id, columns.join(", "))
        })
        .collect();
    assert_eq!(
        found,
        [
            "overview: item, value",
            "enterprises-by-industry: key, enterprises, share",
            "enterprises-by-town: key, enterprises, share",
            "enterprises-by-size: key, enterprises, share",
            "enterprises-by-module: key, enterprises, share",
            "targets: figure, target, actual, achieved",
            "activities-by-aspect: aspect, activities, hours, enterprises, person_times",
            "attendance: enterprise, name, present, excused, absent, rate, person_times",
            "recognitions: title, at_entry, gained, renewed, lapsed, held, ever",
            "platforms: kind, level, new, enterprises",
            "indicators: metric, unit, start, end, matched, members, reported_start, reported_end, start_total, end_total, growth, median_growth, median_of",
            "projects: scheme, brought_forward, applied, approved, rejected, withdrawn, pending, requested, granted",
            "needs: category, brought_forward, received, closed, open, rate",
        ]
    );
}

#[test]
fn an_edition_that_is_empty_or_not_open_has_tables_without_figures() {
    let store = Store::new()
        .put(Kind::Edition, "2", "name = \"x\"")
        .member("a", "recognitions = [{ title = \"srdi\", recognised = 2020-01-01 }]");
    assert_eq!(rows(&store.summary("recognitions"))[0], "srdi 0 0 0 0 0 0");
    assert_eq!(total(&store.summary("enterprises-by-town")).as_deref(), Some("– 1 1/1"));
    assert!(store.summary("needs").notes.iter().any(|note| note.starts_with("not counted: 1 member ")));
    let empty = Store::closed();
    assert_eq!(total(&empty.summary("enterprises-by-town")).as_deref(), Some("– 0 0/0"));
    assert_eq!(empty.summary("attendance").total, None);
}

#[test]
fn two_editions_are_compared_and_an_enterprise_of_both_is_one() {
    let store = Store::rich();
    let tables = compare(&store.view(), &["3".parse().unwrap(), "2".parse().unwrap()]);
    assert_eq!(tables.len(), 14);
    let table = &tables[13];
    assert_eq!(table.columns[1].label, "第三期");
    let rows = rows(table);
    assert_eq!(rows[0], "members 2 2 0");
    assert_eq!(rows[1], "graduated 0 1 -1");
    assert!(rows.contains(&"coverage 0/2 1/2 -0.5".to_owned()));
    assert!(rows.contains(&"attendance_rate 0/0 2/3 –".to_owned()));
    assert!(
        table.notes[1].starts_with("3 distinct enterprises in the two editions together, 1 of them in both")
    );
}

/// A whole number or decimal of a cell.
fn number_of(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Count(count) => Some(Decimal::from(*count)),
        Cell::Number(number) | Cell::Amount(number) => Some(*number),
        _ => None,
    }
}

/// Checks that every cell of the total is the sum of its column; of shares, that of the numerators.
fn adds_up(table: &Table) -> Result<(), TestCaseError> {
    let Some(total) = &table.total else { return Ok(()) };
    for (index, cell) in total.iter().enumerate() {
        let column = table.rows.iter().map(|row| &row[index]);
        if let Some(sum) = number_of(cell) {
            let parts: Decimal = column.filter_map(number_of).sum();
            prop_assert_eq!(sum, parts, "{} column {}", table.id, index);
        } else if let Cell::Share(Share { numerator, .. }) = cell {
            let parts: Decimal = column
                .map(|cell| if let Cell::Share(share) = cell { share.numerator } else { Decimal::ZERO })
                .sum();
            prop_assert_eq!(*numerator, parts, "{} column {}", table.id, index);
        }
    }
    Ok(())
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        (2020..2025, 1..13, 1..29).prop_map(|(y, m, d)| format!("\"{y}-{m:02}-{d:02}\"")),
        (2020..2025, 1..13).prop_map(|(y, m)| format!("\"{y}-{m:02}\"")),
        (2020..2025).prop_map(|y| format!("\"{y}\"")),
    ]
}

/// One enterprise as TOML; entries that would be refused as doubles are not made.
fn member() -> impl Strategy<Value = String> {
    let project = (day(), 0..3, 0..900).prop_map(|(day, state, amount)| {
        let state = ["approved", "rejected", "withdrawn"][usize::try_from(state).unwrap_or_default()];
        format!("projects = [{{ scheme = \"s{}\", state = \"{state}\", submitted = {day}, requested = {amount} }}]\n", amount % 3)
    });
    let need = (day(), prop_oneof![Just("land"), Just("finance")])
        .prop_map(|(day, category)| format!("needs = [{{ category = \"{category}\", received = {day} }}]\n"));
    let town = prop_oneof![Just(""), Just("town = \"新华\"\n"), Just("town = \"别处\"\n")];
    let platform = day().prop_map(|day| {
        format!("platforms = [{{ kind = \"centre\", recognised = {day} }}, {{ kind = \"laboratory\", recognised = {day} }}]\n")
    });
    let title =
        day().prop_map(|day| format!("recognitions = [{{ title = \"srdi\", recognised = {day} }}]\n"));
    (town, project, need, platform, title).prop_map(|(town, project, need, platform, title)| {
        [town, &project, &need, &platform, &title].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_total_is_the_sum_of_its_parts(
        members in proptest::collection::vec(member(), 0..8),
        statuses in proptest::collection::vec(0..4u32, 8),
    ) {
        let mut store = Store::closed();
        for (index, text) in members.iter().enumerate() {
            store = store.member(&format!("e{index}"), text);
        }
        let ids = |status: u32, before: &str, after: &str| {
            let of = |index: &usize| statuses[*index] == status;
            let ids = (0..members.len()).filter(of).map(|index| format!("{before}e{index}{after}"));
            ids.collect::<Vec<_>>().join("\n")
        };
        store = store.put(Kind::Activity, "x", &format!(
            "edition = \"2\"\naspect = \"courses\"\ntitle = \"x\"\ndate = 2022-02-01\nexcused = [{}]\nabsent = [{}]\n[present]\n{}",
            ids(1, "\"", "\","), ids(2, "\"", "\","), ids(0, "", " = 3")
        ));
        store = store.put(Kind::Edition, "3", "name = \"x\"");
        for table in every_table(&store.view()) {
            adds_up(&table)?;
            for row in &table.rows {
                prop_assert_eq!(row.len(), table.columns.len());
            }
        }
    }
}
