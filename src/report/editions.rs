//! All editions side by side: who was new, who came again, who went on.

use std::collections::BTreeMap;

use super::cohort::Cohort;
use super::filter::Filter;
use super::label::many;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::id::{EditionId, in_order};
use crate::model::kind::Kind;
use crate::model::membership::Outcome;

/// The members of one edition.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    members: usize,
    new: usize,
    again: usize,
    gone_on: usize,
    graduated: usize,
    left: usize,
}

/// A row an edition, in the order of its ids.
pub fn editions(view: &View, filter: &Filter) -> Table {
    let columns = [
        ("edition", Holds::Coded),
        ("opened", Holds::Date),
        ("closed", Holds::Date),
        ("members", Holds::Count),
        ("new", Holds::Count),
        ("again", Holds::Count),
        ("gone_on", Holds::Count),
        ("graduated", Holds::Count),
        ("left", Holds::Count),
    ];
    let mut table = view.table("editions-compared", &columns);
    let order: Vec<&EditionId> = in_order(&view.records.editions).map(|(id, _)| id).collect();
    let wanted = |id: &EditionId| filter.edition.as_ref().is_none_or(|it| it == id);
    let mut counts: BTreeMap<&EditionId, Counts> = BTreeMap::new();
    let mut in_several: BTreeMap<usize, usize> = BTreeMap::new();
    for member in Cohort::filtered(view, &Filter { edition: None, ..filter.clone() }).members {
        let mut places: Vec<usize> = member
            .enterprise
            .memberships
            .iter()
            .filter_map(|it| order.iter().position(|id| **id == it.edition))
            .collect();
        places.sort_unstable();
        if !places.is_empty() {
            *in_several.entry(places.len()).or_default() += 1;
        }
        for membership in &member.enterprise.memberships {
            let Some(place) = order.iter().position(|id| **id == membership.edition) else { continue };
            let counts = counts.entry(order[place]).or_default();
            let is_first = places.first() == Some(&place);
            counts.members += 1;
            counts.new += usize::from(is_first);
            counts.again += usize::from(!is_first);
            counts.gone_on += usize::from(places.last() != Some(&place));
            counts.graduated += usize::from(membership.outcome == Some(Outcome::Graduated));
            counts.left += usize::from(membership.outcome.is_some_and(|it| it != Outcome::Graduated));
        }
    }
    let mut total = Counts::default();
    for id in order.iter().filter(|id| wanted(id)) {
        let of_it = counts.get(id).copied().unwrap_or_default();
        total.add(of_it);
        let edition = view.edition(id.as_str());
        let mut row = vec![
            view.coded(Kind::Edition, id.as_str()),
            Cell::date(edition.and_then(|it| it.opened)),
            Cell::date(edition.and_then(|it| it.closed)),
        ];
        row.extend(of_it.cells());
        table.row(row);
    }
    if filter.edition.is_none() && !table.rows.is_empty() {
        let none = [Cell::Missing, Cell::Missing, Cell::Missing];
        table.total = Some(none.into_iter().chain(total.cells()).collect());
    }
    notes(&mut table, &in_several, order.len());
    table
}

impl Counts {
    fn cells(self) -> [Cell; 6] {
        [self.members, self.new, self.again, self.gone_on, self.graduated, self.left].map(Cell::count)
    }

    fn add(&mut self, other: Self) {
        self.members += other.members;
        self.new += other.new;
        self.again += other.again;
        self.gone_on += other.gone_on;
        self.graduated += other.graduated;
        self.left += other.left;
    }
}

fn notes(table: &mut Table, in_several: &BTreeMap<usize, usize>, all: usize) {
    table.note(
        "new: in no earlier edition; again: in an earlier one too; gone on: in a later one too; left: withdrawn, removed or transferred",
        "新入选：此前各期均未入选；再次入选：此前某期曾入选；续培：此后某期继续入选；离开：退出、劝退或转期",
    );
    let distinct: usize = in_several.values().sum();
    let several: usize = in_several.range(2..).map(|(_, count)| count).sum();
    let of_all = in_several.get(&all).copied().unwrap_or_default();
    table.note(
        format!(
            "{}, each once; in several editions {several}, in all {all} of them {of_all}",
            many(distinct, "distinct enterprise", "distinct enterprises")
        ),
        format!("去重后共{distinct}家企业；参加多期的{several}家，{all}期均参加的{of_all}家"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn who_comes_again_is_one_enterprise() {
        let store = Store::rich();
        let table = editions(&store.view(), &Filter::default());
        assert_eq!(rows(&table), ["2 2022-01-13 2023-05-10 2 2 0 1 1 1", "3 2023-05-10 – 2 1 1 0 0 0"]);
        assert_eq!(total(&table).as_deref(), Some("– – – 4 3 1 1 1 1"));
        assert_eq!(
            table.notes[1],
            "3 distinct enterprises, each once; in several editions 1, in all 2 of them 1"
        );
    }
}
