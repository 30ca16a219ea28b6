//! Activities beside their edition and its members.

use chrono::NaiveDate;

use super::at;
use crate::model::activity::Status;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::ActivityId;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};

fn field(id: &ActivityId, field: &'static str) -> crate::model::finding::Place {
    at(&RecordRef::new(Kind::Activity, id), KeyPath::key(field))
}

/// `outside-edition`
pub fn outside_edition(records: &Records, found: &mut Vec<Finding>) {
    for (id, activity) in &records.activities {
        let Some(edition) = records.editions.get(&activity.edition) else { continue };
        let before =
            edition.opened.filter(|opened| activity.date.is_before(*opened)).map(|day| ("opened", day));
        let after =
            edition.closed.filter(|closed| closed.is_before(activity.date)).map(|day| ("closed", day));
        if let Some((what, day)) = before.or(after) {
            let message = format!(
                "activity `{id}` is on {}, edition `{}` {what} on {day}",
                activity.date, activity.edition
            );
            found.push(Finding::new(&rule::OUTSIDE_EDITION, message, field(id, "date")));
        }
    }
}

/// `not-a-member`
pub fn not_members(records: &Records, found: &mut Vec<Finding>) {
    for (id, activity) in &records.activities {
        for (enterprise_id, status, _) in activity.attendance() {
            let Some(enterprise) = records.enterprises.get(enterprise_id) else { continue };
            let belongs = enterprise.membership(&activity.edition).is_some_and(|membership| {
                !membership.joined.is_some_and(|joined| activity.date.is_before(joined))
                    && !membership.left.is_some_and(|left| left.is_before(activity.date))
            });
            if belongs {
                continue;
            }
            let path = match status {
                Status::Present => {
                    KeyPath(vec![Step::Key("present".into()), Step::Key(enterprise_id.to_string().into())])
                }
                Status::Excused => KeyPath::key("excused"),
                Status::Absent => KeyPath::key("absent"),
            };
            let message = format!(
                "`{enterprise_id}` is {status} at `{id}` and no member of edition `{}` on {}",
                activity.edition, activity.date
            );
            found.push(Finding::new(
                &rule::NOT_A_MEMBER,
                message,
                at(&RecordRef::new(Kind::Activity, id), path),
            ));
        }
    }
}

/// `future-date`: an activity that lies ahead may be planned, but nobody can have attended it
pub fn future_dates(records: &Records, today: NaiveDate, found: &mut Vec<Finding>) {
    for (id, activity) in &records.activities {
        if activity.date.first() > today && activity.attendance().next().is_some() {
            let message = format!("activity `{id}` on {} has attendance and lies ahead", activity.date);
            found.push(Finding::new(&rule::FUTURE_DATE, message, field(id, "date")));
        }
    }
}
