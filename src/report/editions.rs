//! All editions side by side: who was new, who came again, who went on.

use std::collections::BTreeMap;

use super::cohort::Cohort;
use super::counted::Counted;
use super::evidence::{Figure, Part, Record, Source, Spot};
use super::filter::Filter;
use super::label::many;
use super::table::{Cell, Kind as Holds};
use super::view::View;
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::id::{EditionId, in_order};
use crate::model::kind::Kind;
use crate::model::membership::Outcome;
use crate::text;

/// The members of one edition, by what is said of them.
#[derive(Debug, Clone, Default)]
struct Members<'r> {
    all: Vec<Part<'r>>,
    new: Vec<Part<'r>>,
    again: Vec<Part<'r>>,
    gone_on: Vec<Part<'r>>,
    graduated: Vec<Part<'r>>,
    left: Vec<Part<'r>>,
}

impl<'r> Members<'r> {
    fn lists(&mut self) -> [&mut Vec<Part<'r>>; 6] {
        [
            &mut self.all,
            &mut self.new,
            &mut self.again,
            &mut self.gone_on,
            &mut self.graduated,
            &mut self.left,
        ]
    }

    fn add(&mut self, mut other: Self) {
        for (list, more) in self.lists().into_iter().zip(other.lists()) {
            list.append(more);
        }
    }

    fn figures(&self) -> [Figure<'r>; 6] {
        [&self.all, &self.new, &self.again, &self.gone_on, &self.graduated, &self.left]
            .map(|parts| Figure::count(parts.iter().copied()))
    }
}

/// A row an edition, in the order of its ids.
pub fn editions<'r>(view: &View<'r>, filter: &Filter, keeps: bool) -> Counted<'r> {
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
    let mut table = Counted::new(view.table("editions-compared", &columns), keeps);
    let order: Vec<(&EditionId, &Edition)> = in_order(&view.records.editions).collect();
    let (mut members, in_several) = members(view, filter, &order);
    let mut total = Members::default();
    for (id, edition) in &order {
        if filter.edition.as_ref().is_some_and(|it| it != *id) {
            continue;
        }
        let of_it = members.remove(id).unwrap_or_default();
        let date = |date: Option<Date>, key| {
            let source = date.map(|_| Source { record: Record::Edition(id), spot: Spot::Key(key) });
            Figure::given(Cell::date(date), source)
        };
        let dates = [date(edition.opened, "opened"), date(edition.closed, "closed")];
        let key = view.coded(Kind::Edition, id.as_str()).into();
        table.row([key].into_iter().chain(dates).chain(of_it.figures()).collect());
        total.add(of_it);
    }
    if filter.edition.is_none() && !table.table.rows.is_empty() {
        let none = std::iter::repeat_n(Figure::from(Cell::Missing), 3);
        table.total(none.chain(total.figures()).collect());
    }
    notes(&mut table, &in_several, order.len());
    table
}

type ByEdition<'r> = BTreeMap<&'r EditionId, Members<'r>>;

/// The members of each edition, and how many enterprises are in how many editions.
fn members<'r>(
    view: &View<'r>,
    filter: &Filter,
    order: &[(&'r EditionId, &'r Edition)],
) -> (ByEdition<'r>, BTreeMap<usize, usize>) {
    let mut members = ByEdition::new();
    let mut in_several: BTreeMap<usize, usize> = BTreeMap::new();
    let place_of = |id: &EditionId| order.iter().position(|(known, _)| *known == id);
    for member in Cohort::filtered(view, &Filter { edition: None, ..filter.clone() }).members {
        let memberships = &member.enterprise.memberships;
        let mut places: Vec<usize> = memberships.iter().filter_map(|it| place_of(&it.edition)).collect();
        places.sort_unstable();
        if !places.is_empty() {
            *in_several.entry(places.len()).or_default() += 1;
        }
        for (index, membership) in memberships.iter().enumerate() {
            let Some(place) = place_of(&membership.edition) else { continue };
            let part = Part::one(Source::enterprise(member.id, Spot::Entry("memberships", index)));
            let (is_first, is_last) = (places.first() == Some(&place), places.last() == Some(&place));
            let outcome = membership.outcome;
            let has_graduated = outcome == Some(Outcome::Graduated);
            let said =
                [true, is_first, !is_first, !is_last, has_graduated, outcome.is_some() && !has_graduated];
            let of_it = members.entry(order[place].0).or_default();
            for (list, is_said) in of_it.lists().into_iter().zip(said) {
                list.extend(is_said.then_some(part));
            }
        }
    }
    (members, in_several)
}

fn notes(table: &mut Counted, in_several: &BTreeMap<usize, usize>, all: usize) {
    table.note(&text!(
        "new: in no earlier edition; again: in an earlier one too; gone on: in a later one too; left: withdrawn, removed or transferred",
        "新入选：此前各期均未入选；再次入选：此前某期曾入选；续培：此后某期继续入选；离开：退出、劝退或转期"
    ));
    let distinct: usize = in_several.values().sum();
    let several: usize = in_several.range(2..).map(|(_, count)| count).sum();
    let of_all = in_several.get(&all).copied().unwrap_or_default();
    table.note(&text!(
        "{en}, each once; in several editions {several}, in all {all} of them {of_all}",
        "去重后共{distinct}家企业；参加多期的{several}家，{all}期均参加的{of_all}家",
        en = many(distinct, "distinct enterprise", "distinct enterprises"),
        distinct = distinct,
        several = several,
        all = all,
        of_all = of_all
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn who_comes_again_is_one_enterprise() {
        let store = Store::rich();
        let table = editions(&store.view(), &Filter::default(), false).table;
        assert_eq!(rows(&table), ["2 2022-01-13 2023-05-10 2 2 0 1 1 1", "3 2023-05-10 – 2 1 1 0 0 0"]);
        assert_eq!(total(&table).as_deref(), Some("– – – 4 3 1 1 1 1"));
        assert_eq!(
            table.notes[1],
            "3 distinct enterprises, each once; in several editions 1, in all 2 of them 1"
        );
    }
}
