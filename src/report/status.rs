//! One screen: the editions, how many records there are, and what is due.

use super::due;
use super::expect;
use super::filter::Filter;
use super::label;
use super::list;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;

/// Editions, counts of records, what is due, and the expectations that are not met; `findings` is how many `check` has.
pub fn status(view: &View, findings: usize) -> Vec<Table> {
    let all = Filter::default();
    let tables = [list::editions(view, &all), counts(view, findings), due::upcoming(view)];
    let mut tables: Vec<Table> = tables.into_iter().chain(expect::table(view)).collect();
    // What is left out of all of them is said under the first.
    let mut said = Vec::new();
    for table in &mut tables {
        table.notes.retain(|note| !said.contains(note));
        said.extend(table.notes.iter().cloned());
    }
    tables
}

fn counts(view: &View, findings: usize) -> Table {
    let mut table = view.table("counts", &[("item", Holds::Coded), ("value", Holds::Count)]);
    let records = view.records;
    let needs = records.enterprises.values().flat_map(|it| &it.needs);
    let items = [
        ("industries", records.industries.len()),
        ("editions", records.editions.len()),
        ("enterprises", records.enterprises.len()),
        ("activities", records.activities.len()),
        ("rulesets", records.rulesets.len()),
        ("open_needs", needs.filter(|need| need.closed.is_none()).count()),
        ("findings", findings),
    ];
    for (id, count) in items {
        table.row(vec![Cell::coded(id, label::item(id, view.lang)), Cell::count(count)]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn one_screen_has_the_editions_the_counts_and_what_is_due() {
        let tables = status(&Store::rich().view(), 4);
        let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
        assert_eq!(ids, ["editions", "counts", "due"]);
        assert_eq!(
            rows(&tables[1]),
            [
                "industries 1",
                "editions 2",
                "enterprises 3",
                "activities 2",
                "rulesets 0",
                "open_needs 1",
                "findings 4"
            ]
        );
        assert_eq!(rows(&tables[2]), ["2024-07-31 title_expires 3 c srdi", "2024-08 planned_end 3 – –"]);
    }
}
