//! Who was reached: how often each enterprise was at activities of each aspect, and when last.

use super::cohort::Cohort;
use super::counted::Counted;
use super::evidence::{Figure, Measure, Source};
use super::filter::Filter;
use super::presence::{Attendance, OfMember, Presence, of_status, rate};
use super::summary::attendance_left_out;
use super::table::{Cell, Column, Kind as Holds};
use super::view::View;
use crate::model::activity::Status;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::text;

/// A row an enterprise: those nobody has seen first, then by how long ago it was.
pub fn engagement<'r>(view: &View<'r>, filter: &Filter, keeps: bool) -> Counted<'r> {
    let cohort = Cohort::filtered(view, filter);
    let presence = Presence::of(view, &cohort);
    let aspects: Vec<&str> = presence.aspects.keys().map(String::as_str).collect();
    let mut table = view.table("engagement", &[("enterprise", Holds::Coded), ("attended", Holds::Count)]);
    let column = |id: &&str| Column {
        id: (*id).to_owned(),
        label: view.label(Kind::Aspect, id),
        kind: Holds::Count,
        unit: None,
    };
    table.columns.extend(aspects.iter().map(column));
    let tail = [("rate", Holds::Share), ("last_activity", Holds::Date), ("days_since", Holds::Count)];
    table.columns.extend(view.table("engagement", &tail).columns);
    let mut table = Counted::new(table, keeps);
    let mut rows: Vec<_> =
        cohort.members.iter().zip(&presence.members).map(|(m, of)| (last(of), m, of)).collect();
    rows.sort_by_key(|(last, ..)| last.map(|(date, _)| date));
    let none = rows.iter().filter(|(last, ..)| last.is_none()).count();
    for (last, member, found) in rows {
        let key = view.enterprise(member.id, member.enterprise);
        table.row(figures(view, key, found, &aspects, last));
    }
    notes(view, &cohort, none, &mut table);
    attendance_left_out(&presence.left_out().collect::<Vec<_>>(), &mut table);
    table
}

/// The last day it was at an activity.
fn last<'r>(found: &OfMember<'r>) -> Option<(Date, Source<'r>)> {
    let present = found.entries.iter().filter(|entry| entry.status == Status::Present);
    present.map(Attendance::last_day).max_by_key(|(date, _)| *date)
}

fn figures<'r>(
    view: &View,
    key: Cell,
    found: &OfMember<'r>,
    aspects: &[&str],
    last: Option<(Date, Source<'r>)>,
) -> Vec<Figure<'r>> {
    let entries = || found.entries.iter();
    let of_aspect = |aspect: &&str| {
        of_status(entries().filter(|entry| entry.activity.aspect.as_str() == *aspect), Status::Present)
    };
    let rate = Figure { measure: Measure::Ratio, ..rate(entries()) };
    let days = |(date, source): (Date, Source<'r>)| {
        let days = (view.today - date.last()).num_days();
        Figure::given(Cell::Count(days), [source])
    };
    let counted = [of_status(entries(), Status::Present)].into_iter().chain(aspects.iter().map(of_aspect));
    let counted = counted.chain([rate]).map(|figure| figure.without(found.not_then.iter().copied()));
    let date = Figure::given(Cell::date(last.map(|(date, _)| date)), last.map(|(_, source)| source));
    let since = last.map_or_else(|| Figure::from(Cell::Missing), days);
    [Figure::from(key)].into_iter().chain(counted).chain([date, since]).collect()
}

fn notes(view: &View, cohort: &Cohort, none: usize, table: &mut Counted) {
    let (all, today) = (cohort.len(), view.today);
    table.note(&text!(
        "{none} of {all} enterprises were at no activity; days since: from the last activity to {today}",
        "{all}家企业中有{none}家未参加任何活动；距今天数计至{today}"
    ));
    table.note(&match &cohort.edition {
        Some((id, _)) => text!(
            "activities of {edition}; rate: present of present and absent",
            "统计{edition}的活动；出席率＝出席÷（出席＋缺席）",
            edition = view.records.label(Kind::Edition, id.as_str(), view.lang)
        ),
        None => text!(
            "activities of all editions; rate: present of present and absent",
            "统计各期活动；出席率＝出席÷（出席＋缺席）"
        ),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn who_was_not_seen_stands_first() {
        let store = Store::rich();
        let table = engagement(&store.view(), &Filter::default(), false).table;
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
        let of = |edition: &str| {
            rows(&engagement(&store.view(), &Filter::edition(&edition.parse().unwrap()), false).table)
        };
        assert_eq!(of("2"), ["b 0 0 0 0/1 – –", "a 2 1 1 2/2 2022-03-01 852"]);
        assert_eq!(of("3"), ["a 0 0 0 – – –", "c 0 0 0 – – –"]);
    }
}
