//! Memberships beside the life of their edition.

use chrono::NaiveDate;

use super::at;
use crate::model::edition::Life;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::label::FieldName;
use crate::model::membership::Membership;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};
use crate::text;

fn memberships(records: &Records) -> impl Iterator<Item = (&EnterpriseId, usize, &Membership)> {
    records.enterprises.iter().flat_map(|(id, enterprise)| {
        enterprise.memberships.iter().enumerate().map(move |(index, membership)| (id, index, membership))
    })
}

fn field(id: &EnterpriseId, index: usize, field: &'static str) -> crate::model::finding::Place {
    let path = KeyPath(vec![Step::Key("memberships".into()), Step::Index(index), Step::Key(field.into())]);
    at(&RecordRef::new(Kind::Enterprise, id), path)
}

/// How many days before its edition opens an enterprise may have been admitted.
const ADMITTED_AHEAD: i64 = 90;

/// `membership-outside`
pub fn memberships_outside(records: &Records, found: &mut Vec<Finding>) {
    for (id, index, membership) in memberships(records) {
        let Some(edition) = records.editions.get(&membership.edition) else { continue };
        if let (Some(joined), Some(closed)) = (membership.joined, edition.closed)
            && closed.is_before(joined)
        {
            let message = text!(
                "`{id}` joined edition `{edition}` on {joined}, after it closed on {closed}",
                "“{id}”于 {joined} 加入期次“{edition}”，晚于其结束日期 {closed}",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "joined")));
        }
        if let (Some(joined), Some(opened)) = (membership.joined, edition.opened)
            && joined.is_before(opened)
            && (opened.first() - joined.last()).num_days() > ADMITTED_AHEAD
        {
            let message = text!(
                "`{id}` joined edition `{edition}` on {joined}, long before it opened on {opened}",
                "“{id}”于 {joined} 加入期次“{edition}”，远早于其启动日期 {opened}",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "joined")));
        }
        if let (Some(left), Some(closed)) = (membership.left, edition.closed)
            && closed.is_before(left)
        {
            let message = text!(
                "`{id}` left edition `{edition}` on {left}, after it closed on {closed}",
                "“{id}”于 {left} 退出期次“{edition}”，晚于其结束日期 {closed}",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "left")));
        }
        if let (Some(left), Some(opened)) = (membership.left, edition.opened)
            && left.is_before(opened)
        {
            let message = text!(
                "`{id}` left edition `{edition}` on {left}, before it opened on {opened}",
                "“{id}”于 {left} 退出期次“{edition}”，早于其启动日期 {opened}",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::MEMBERSHIP_OUTSIDE, message, field(id, index, "left")));
        }
    }
}

/// `exit-without-outcome`
pub fn exits_without_outcome(records: &Records, found: &mut Vec<Finding>) {
    for (id, index, membership) in memberships(records) {
        if let (Some(left), None) = (membership.left, membership.outcome) {
            let message = text!(
                "`{id}` left edition `{edition}` on {left} without an outcome",
                "“{id}”于 {left} 退出期次“{edition}”，没有写明结果",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::EXIT_WITHOUT_OUTCOME, message, field(id, index, "left")).help(
                text!(
                    "add `outcome`: graduated, withdrawn, removed or transferred",
                    "请补上“outcome”：graduated、withdrawn、removed 或 transferred"
                ),
            ));
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
        let message = text!(
            "edition `{edition_id}` closed on {closed}, {count} {en} no outcome, `{id}` first",
            "期次“{edition_id}”于 {closed} 结束，有 {count} 家入选企业没有结果，首家是“{id}”",
            count = open.len(),
            en = if open.len() == 1 { "membership has" } else { "memberships have" }
        );
        found.push(Finding::new(&rule::OPEN_AFTER_CLOSE, message, field(id, *index, "edition")).help(text!(
            "`kunpeng member graduate {edition_id} ENTERPRISE…` or `--all`",
            "可用 kunpeng member graduate {edition_id} 企业… 或 --all"
        )));
    }
}

/// `overdue-close`
pub fn overdue_close(records: &Records, today: NaiveDate, found: &mut Vec<Finding>) {
    for (id, edition) in &records.editions {
        if let (Life::Open { .. }, Some(end)) = (edition.life(), edition.planned_end)
            && end.last() < today
        {
            let message = text!(
                "edition `{id}` was planned to end on {end} and is still open",
                "期次“{id}”计划于 {end} 结束，至今仍未结束"
            );
            let place = at(&RecordRef::new(Kind::Edition, id), KeyPath::key("planned_end"));
            found.push(Finding::new(&rule::OVERDUE_CLOSE, message, place).help(text!(
                "`kunpeng edition close {id} --on DATE`, or set a later `planned_end`",
                "请用 kunpeng edition close {id} --on 日期 结束，或推迟 planned_end"
            )));
        }
    }
}

/// `future-date`: an edition opens and closes on the day it is said to
pub fn future_dates(records: &Records, today: NaiveDate, found: &mut Vec<Finding>) {
    for (id, edition) in &records.editions {
        for (field, date) in [("opened", edition.opened), ("closed", edition.closed)] {
            if let Some(date) = date.filter(|date| date.first() > today) {
                let message = text!(
                    "`{field}` of edition `{id}` is {date}, after today ({today})",
                    "期次“{id}”的{field}为 {date}，晚于今天（{today}）",
                    field = FieldName::new(field),
                    id = id,
                    date = date,
                    today = today
                );
                let place = at(&RecordRef::new(Kind::Edition, id), KeyPath::key(field));
                found.push(Finding::new(&rule::FUTURE_DATE, message, place));
            }
        }
    }
    for (id, index, membership) in memberships(records) {
        if let Some(left) = membership.left.filter(|left| left.first() > today) {
            let message = text!(
                "`{id}` left edition `{edition}` on {left}, after today ({today})",
                "“{id}”退出期次“{edition}”的日期 {left} 晚于今天（{today}）",
                edition = membership.edition
            );
            found.push(Finding::new(&rule::FUTURE_DATE, message, self::field(id, index, "left")));
        }
    }
}
