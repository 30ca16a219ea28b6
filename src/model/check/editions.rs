//! Memberships beside the life of their edition.

use chrono::NaiveDate;

use super::at;
use crate::model::edition::Life;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::membership::Membership;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};

fn memberships(records: &Records) -> impl Iterator<Item = (&EnterpriseId, usize, &Membership)> {
    records.enterprises.iter().flat_map(|(id, enterprise)| {
        enterprise.memberships.iter().enumerate().map(move |(index, membership)| (id, index, membership))
    })
}

fn field(id: &EnterpriseId, index: usize, field: &'static str) -> crate::model::finding::Place {
    let path = KeyPath(vec![Step::Key("memberships".into()), Step::Index(index), Step::Key(field.into())]);
    at(&RecordRef::new(Kind::Enterprise, id), path)
}

/// `membership-outside`
pub fn memberships_outside(records: &Records, found: &mut Vec<Finding>) {
    for (id, index, membership) in memberships(records) {
        let Some(edition) = records.editions.get(&membership.edition) else { continue };
        if let (Some(joined), Some(closed)) = (membership.joined, edition.closed)
            && closed.is_before(joined)
        {
            let message = format!(
                "`{id}` joined edition `{}` on {joined}, after it closed on {closed}",
                membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "joined")));
        }
        if let (Some(left), Some(opened)) = (membership.left, edition.opened)
            && left.is_before(opened)
        {
            let message = format!(
                "`{id}` left edition `{}` on {left}, before it opened on {opened}",
                membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "left")));
        }
    }
}

/// `exit-without-outcome`
pub fn exits_without_outcome(records: &Records, found: &mut Vec<Finding>) {
    for (id, index, membership) in memberships(records) {
        if let (Some(left), None) = (membership.left, membership.outcome) {
            let message = format!("`{id}` left edition `{}` on {left}, how is not said", membership.edition);
            found.push(
                Finding::new(&rule::EXIT_WITHOUT_OUTCOME, message, field(id, index, "left"))
                    .help("add `outcome`: graduated, withdrawn, removed or transferred"),
            );
        }
    }
}

/// `open-after-close`: one finding an edition, because it is one oversight
pub fn open_after_close(records: &Records, found: &mut Vec<Finding>) {
    for (edition_id, edition) in &records.editions {
        let Life::Closed { closed, .. } = edition.life() else { continue };
        let open: Vec<_> = memberships(records)
            .filter(|(_, _, it)| it.edition == *edition_id && it.outcome.is_none() && it.left.is_none())
            .collect();
        let Some((id, index, _)) = open.first() else { continue };
        let message = format!(
            "edition `{edition_id}` closed on {closed}, {} {} no outcome, `{id}` first",
            open.len(),
            if open.len() == 1 { "membership has" } else { "memberships have" },
        );
        found.push(
            Finding::new(&rule::OPEN_AFTER_CLOSE, message, field(id, *index, "edition"))
                .help(format!("`kunpeng member graduate {edition_id} ENTERPRISE…` or `--all`")),
        );
    }
}

/// `overdue-close`
pub fn overdue_close(records: &Records, today: NaiveDate, found: &mut Vec<Finding>) {
    for (id, edition) in &records.editions {
        if let (Life::Open { .. }, Some(end)) = (edition.life(), edition.planned_end)
            && end.last() < today
        {
            let message = format!("edition `{id}` was planned to end on {end} and is still open");
            let place = at(&RecordRef::new(Kind::Edition, id), KeyPath::key("planned_end"));
            found.push(
                Finding::new(&rule::OVERDUE_CLOSE, message, place)
                    .help(format!("`kunpeng edition close {id} --on DATE`, or set a later `planned_end`")),
            );
        }
    }
}
