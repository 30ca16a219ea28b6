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
use crate::text;

fn field(id: &ActivityId, field: &'static str) -> crate::model::finding::Place {
    at(&RecordRef::new(Kind::Activity, id), KeyPath::key(field))
}

/// `outside-edition`
pub fn outside_edition(records: &Records, found: &mut Vec<Finding>) {
    for (id, activity) in &records.activities {
        let Some(edition) = records.editions.get(&activity.edition) else { continue };
        let before = edition
            .opened
            .filter(|opened| activity.date.is_before(*opened))
            .map(|day| (text!("opened", "启动"), day));
        let after = edition
            .closed
            .filter(|closed| closed.is_before(activity.date))
            .map(|day| (text!("closed", "结束"), day));
        if let Some((what, day)) = before.or(after) {
            let message = text!(
                "activity `{id}` is on {date}, edition `{edition}` {what} on {day}",
                "活动“{id}”在 {date}，而期次“{edition}”{what}于 {day}",
                date = activity.date.to_string(),
                edition = activity.edition,
                what = what
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
            let message = text!(
                "`{enterprise_id}` is {status} at `{id}` and no member of edition `{edition}` on {date}",
                "“{enterprise_id}”在活动“{id}”中登记为{status}，但在 {date} 不是期次“{edition}”的入选企业",
                status = status,
                edition = activity.edition,
                date = activity.date.to_string()
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
            let message = text!(
                "activity `{id}` on {date} has attendance and lies ahead",
                "活动“{id}”在未来的 {date}，却已登记参加情况",
                date = activity.date.to_string()
            );
            found.push(Finding::new(&rule::FUTURE_DATE, message, field(id, "date")));
        }
    }
}
