//! The enterprises a question is about: the members of an edition, or all there are.

use std::collections::BTreeMap;

use super::filter::Filter;
use super::span::Span;
use super::view::View;
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
}

impl<'r> Cohort<'r> {
    /// The members of an edition.
    pub fn of(view: &View<'r>, edition: &EditionId) -> Self {
        Self::filtered(view, &Filter::edition(edition))
    }

    /// The enterprises a filter leaves: members of its edition, or any where it names none.
    pub fn filtered(view: &View<'r>, filter: &Filter) -> Self {
        let edition = filter.edition.as_ref().map(|id| (id.clone(), view.edition(id.as_str())));
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
                Some(Member { id, enterprise, membership: Some(membership), span })
            })
            .collect();
        Self { edition, members }
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
}
