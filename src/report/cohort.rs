//! The enterprises a question is about: the members of an edition, or all there are.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::filter::Filter;
use super::span::Span;
use super::view::View;
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::enterprise::Enterprise;
use crate::model::id::{EditionId, EnterpriseId};
use crate::model::kind::Kind;
use crate::model::membership::Membership;

/// One enterprise of a cohort.
#[derive(Debug, Clone, Copy)]
pub struct Member<'r> {
    /// Its id.
    pub id: &'r EnterpriseId,
    /// Its record.
    pub enterprise: &'r Enterprise,
    /// Its membership, where the cohort is an edition's.
    pub membership: Option<&'r Membership>,
    /// The days that count for it; none while the edition is not open.
    pub span: Option<Span>,
}

/// The enterprises of one question, each once, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Cohort<'r> {
    /// The edition; none for all enterprises.
    pub edition: Option<(EditionId, Option<&'r Edition>)>,
    /// The enterprises.
    pub members: Vec<Member<'r>>,
    /// The years whose indicators are compared, where the question names them.
    pub years: Option<(i32, i32)>,
}

impl<'r> Cohort<'r> {
    /// The members of an edition.
    pub fn of(view: &View<'r>, edition: &EditionId) -> Self {
        Self::filtered(view, &Filter::edition(edition))
    }

    /// The enterprises a filter leaves: members of its edition, or any where it names none.
    pub fn filtered(view: &View<'r>, filter: &Filter) -> Self {
        let edition = filter.edition.as_ref().map(|id| (id.clone(), view.edition(id.as_str())));
        let shared = SharedDay::of(view, edition.as_ref().map(|(id, _)| id));
        let mut towns = Towns::default();
        let town = filter.town.as_ref().map(|town| town_key(view, town));
        let members = view
            .records
            .enterprises
            .iter()
            .filter(|(id, enterprise)| filter.takes(id, enterprise))
            .filter(|(_, enterprise)| town.is_none() || towns.key(view, enterprise) == town.as_deref())
            .filter_map(|(id, enterprise)| {
                let Some((edition, record)) = &edition else {
                    let span = Some(Span::until(view.today));
                    return Some(Member { id, enterprise, membership: None, span });
                };
                let membership = enterprise.membership(edition)?;
                let span = record.and_then(|edition| Span::of(membership, edition, view.today));
                let span = shared.span_of(enterprise, span);
                Some(Member { id, enterprise, membership: Some(membership), span })
            })
            .collect();
        Self { edition, members, years: filter.years }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The place of an enterprise among the members.
    pub fn position(&self, id: &EnterpriseId) -> Option<usize> {
        self.members.binary_search_by(|member| member.id.cmp(id)).ok()
    }

    /// The record of the edition.
    pub fn edition_record(&self) -> Option<&'r Edition> {
        self.edition.as_ref().and_then(|(_, record)| *record)
    }
}

/// The day an edition opened, with the editions that closed on it.
#[derive(Debug, Default)]
struct SharedDay<'r> {
    day: NaiveDate,
    closing: Vec<(&'r EditionId, &'r Edition)>,
}

impl<'r> SharedDay<'r> {
    fn of(view: &View<'r>, edition: Option<&EditionId>) -> Self {
        let exact = |date: Option<Date>| date.and_then(Date::exact);
        let record = edition.and_then(|id| view.edition(id.as_str()));
        let Some((record, day)) = record.and_then(|it| exact(it.opened).map(|day| (it, day))) else {
            return Self::default();
        };
        if exact(record.closed) == Some(day) {
            return Self::default();
        }
        let closes = |it: &Edition| exact(it.closed) == Some(day) && exact(it.opened) != Some(day);
        Self { day, closing: view.records.editions.iter().filter(|(_, it)| closes(it)).collect() }
    }

    /// The span of an enterprise without the day, if it still took part in an edition that closed on it: what
    /// happened on the day counts once, for that one.
    fn span_of(&self, enterprise: &Enterprise, span: Option<Span>) -> Option<Span> {
        let span = span?;
        let counts_for = |(id, edition): &(&EditionId, &Edition)| {
            let earlier = enterprise.membership(id).and_then(|it| Span::of(it, edition, self.day));
            earlier.is_some_and(|earlier| earlier.last == self.day)
        };
        let is_shared = span.first == self.day && self.closing.iter().any(counts_for);
        if is_shared { span.after(self.day) } else { Some(span) }
    }
}

/// The key of a town: the id of the programme's word for it, else the text itself. Looked up once a text.
#[derive(Debug, Default)]
pub struct Towns<'r> {
    known: BTreeMap<&'r str, String>,
}

impl<'r> Towns<'r> {
    /// The key of the town of an enterprise.
    pub fn key(&mut self, view: &View<'r>, enterprise: &'r Enterprise) -> Option<&str> {
        let text = enterprise.town.as_ref()?.as_str();
        Some(self.known.entry(text).or_insert_with(|| town_key(view, text)))
    }
}

/// The key of a town as somebody writes it.
pub fn town_key(view: &View, text: &str) -> String {
    view.records.named(Kind::Town, text).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Store;

    #[test]
    fn an_enterprise_of_two_editions_is_in_each_once_and_once_among_all() {
        let store = Store::new()
            .enterprise("a", "memberships = [{ edition = \"1\" }, { edition = \"2\" }]")
            .enterprise("b", "memberships = [{ edition = \"2\" }]")
            .enterprise("c", "");
        let view = store.view();
        let len = |edition: &str| Cohort::of(&view, &edition.parse().unwrap()).len();
        assert_eq!((len("1"), len("2")), (1, 2));
        let all = Cohort::filtered(&view, &Filter::default());
        assert_eq!(all.len(), 3);
        assert_eq!(all.position(&"c".parse().unwrap()), Some(2));
    }

    #[test]
    fn a_town_is_known_by_any_of_its_names() {
        let store = Store::new();
        let view = store.view();
        assert_eq!(town_key(&view, "新华街"), "xinhua");
        assert_eq!(town_key(&view, "Xinhua"), "xinhua");
        assert_eq!(town_key(&view, "别处"), "别处");
    }

    #[test]
    fn on_a_day_that_closes_one_edition_and_opens_the_next_a_thing_counts_once() {
        // Edition 2 closes on the day edition 3 opens.
        let things = "needs = [{ category = \"land\", received = 2023-05-10 }]\nrecognitions = [{ title = \"srdi\", recognised = 2023-05-10 }]";
        let of = |memberships: &str| {
            let text = format!("memberships = [{memberships}]\n{things}");
            let open = "name = \"第三期\"\nopened = 2023-05-10";
            let store = Store::closed().put(Kind::Edition, "3", open).enterprise("a", &text);
            let rows = |edition: &str| {
                let (view, id) = (store.view(), edition.parse().unwrap());
                let tables = crate::report::summary::summary(&view, &id);
                let table = |id: &str| tables.iter().find(|table| table.id == id).unwrap();
                [table("needs"), table("recognitions")]
                    .map(|table| crate::report::fixture::rows(table).first().cloned().unwrap_or_default())
            };
            [rows("2"), rows("3")].concat().join(", ")
        };
        let both = "{ edition = \"2\" }, { edition = \"3\" }";
        assert_eq!(of(both), "land 0 1 0 1 0/1, srdi 0 1 0 0 1 1, land 1 0 0 1 0/1, srdi 1 0 0 0 1 1");
        let left = "{ edition = \"2\", left = 2023-05-09 }, { edition = \"3\" }";
        assert!(of(left).ends_with("land 0 1 0 1 0/1, srdi 0 1 0 0 1 1"), "{}", of(left));
        let late = "{ edition = \"2\" }, { edition = \"3\", joined = 2023-05-11 }";
        assert_eq!(of(late), of(both));
    }
}
