//! Who was reached: how often each enterprise was at activities of each aspect, and when last.

use indexmap::IndexSet;

use super::cohort::Cohort;
use super::filter::Filter;
use super::query::Derived;
use super::table::{Cell, Column, Kind as Holds, Table};
use super::view::View;
use crate::model::id::WordKey;
use crate::model::kind::Kind;

/// A row an enterprise: those nobody has seen first, then by how long ago it was.
pub fn engagement(view: &View, filter: &Filter) -> Table {
    let cohort = Cohort::filtered(view, filter);
    let derived = Derived::of(view, filter);
    let mut table = view.table("engagement", &[("enterprise", Holds::Coded), ("attended", Holds::Count)]);
    let aspects = aspects(view, &cohort);
    let column = |id: &&str| Column {
        id: (*id).to_owned(),
        label: view.label(Kind::Aspect, id),
        kind: Holds::Count,
        unit: None,
    };
    table.columns.extend(aspects.iter().map(column));
    let tail = [("rate", Holds::Share), ("last_activity", Holds::Date), ("days_since", Holds::Count)];
    table.columns.extend(view.table("engagement", &tail).columns);
    let mut rows = Vec::new();
    for member in &cohort.members {
        let Some(seen) = derived.member(member.id.as_str()) else { continue };
        let mut row =
            vec![view.enterprise(member.id, member.enterprise), Cell::count(derived.attended(seen, None))];
        row.extend(aspects.iter().map(|aspect| Cell::count(derived.attended(seen, Some(aspect)))));
        let last = derived.last_activity(seen);
        row.push(derived.rate(seen));
        row.push(Cell::date(last));
        row.push(last.map_or(Cell::Missing, |last| Cell::Count((view.today - last.last()).num_days())));
        rows.push((last, row));
    }
    rows.sort_by_key(|(last, _)| *last);
    let none = rows.iter().filter(|(last, _)| last.is_none()).count();
    let all = rows.len();
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table.note(
        format!(
            "{none} of {all} enterprises were at no activity; days since: from the last activity to {}",
            view.today
        ),
        format!("{all}家企业中有{none}家未参加任何活动；距今天数计至{}", view.today),
    );
    table.note(
        match &cohort.edition {
            Some((id, _)) => format!("activities of edition {id}; rate: present of present and absent"),
            None => "activities of all editions; rate: present of present and absent".to_owned(),
        },
        match &cohort.edition {
            Some((id, _)) => format!("统计期次“{id}”的活动；出席率＝出席÷（出席＋缺席）"),
            None => "统计各期活动；出席率＝出席÷（出席＋缺席）".to_owned(),
        },
    );
    table
}

/// The aspects of the edition, else of the programme, then others that occur.
fn aspects<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> IndexSet<&'r str> {
    let own = cohort.edition_record().map_or(&[][..], |edition| &edition.aspects[..]);
    let mut aspects: IndexSet<&str> = own.iter().map(crate::model::id::Id::as_str).collect();
    if aspects.is_empty() {
        aspects.extend(view.records.programme.aspects.keys().map(WordKey::as_str));
    }
    let edition = cohort.edition.as_ref().map(|(id, _)| id);
    let held = view.records.activities.values().filter(|it| edition.is_none_or(|id| *id == it.edition));
    aspects.extend(held.map(|it| it.aspect.as_str()));
    aspects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn who_was_not_seen_stands_first() {
        let store = Store::rich();
        let table = engagement(&store.view(), &Filter::default());
        let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
        assert_eq!(
            columns,
            ["enterprise", "attended", "courses", "visits", "rate", "last_activity", "days_since"]
        );
        assert_eq!(
            rows(&table),
            ["b 0 0 0 0/1 – –", "a 2 1 1 2/2 2022-03-01 852", "c 1 0 1 1/1 2022-03-01 852"]
        );
        assert!(table.notes[0].starts_with("1 of 3 enterprises were at no activity"));
    }

    #[test]
    fn an_edition_counts_its_members_and_its_activities() {
        let store = Store::rich();
        let of =
            |edition: &str| rows(&engagement(&store.view(), &Filter::edition(&edition.parse().unwrap())));
        assert_eq!(of("2"), ["b 0 0 0 0/1 – –", "a 2 1 1 2/2 2022-03-01 852"]);
        assert_eq!(of("3"), ["a 0 0 0 – – –", "c 0 0 0 – – –"]);
    }
}
