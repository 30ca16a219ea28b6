//! The records as they were to be counted on an earlier day: what happened after it is taken away.

use chrono::NaiveDate;

use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::enterprise::Enterprise;
use crate::model::id::EditionId;
use crate::model::project::{Project, State};
use crate::model::records::Records;

/// What was there on a day. A date that may lie on either side stays: counting leaves it out where it is not certain.
pub fn as_of(records: &Records, day: NaiveDate) -> Records {
    let mut records = records.clone();
    for edition in records.editions.values_mut() {
        rewind_edition(edition, day);
    }
    records.activities.retain(|_, activity| !is_later(activity.date, day));
    let editions = records.editions.clone();
    let is_closed = |id: &EditionId| editions.get(id).is_some_and(|edition| edition.closed.is_some());
    for enterprise in records.enterprises.values_mut() {
        rewind_enterprise(enterprise, day, &is_closed);
    }
    records
}

/// Whether a date certainly lies after the day.
fn is_later(date: Date, day: NaiveDate) -> bool {
    day < date.first()
}

/// A date that does not lie after the day.
fn not_later(date: &mut Option<Date>, day: NaiveDate) -> bool {
    let is_gone = date.is_some_and(|date| is_later(date, day));
    if is_gone {
        *date = None;
    }
    is_gone
}

fn rewind_edition(edition: &mut Edition, day: NaiveDate) {
    not_later(&mut edition.closed, day);
    not_later(&mut edition.opened, day);
}

fn rewind_enterprise(enterprise: &mut Enterprise, day: NaiveDate, is_closed: &dyn Fn(&EditionId) -> bool) {
    let stays = |date: Option<Date>| date.is_none_or(|date| !is_later(date, day));
    enterprise.memberships.retain(|it| stays(it.joined));
    for membership in &mut enterprise.memberships {
        let had_left = membership.left.is_some();
        let leaves_later = not_later(&mut membership.left, day);
        // An outcome without a day of its own is that of the close.
        if leaves_later || (!had_left && !is_closed(&membership.edition)) {
            membership.outcome = None;
            membership.reason = None;
        }
    }
    enterprise.recognitions.retain(|it| stays(it.recognised));
    enterprise.platforms.retain(|it| stays(it.recognised));
    enterprise.projects.retain(|it| stays(it.submitted));
    enterprise.projects.iter_mut().for_each(|it| rewind_project(it, day));
    enterprise.needs.retain(|it| stays(Some(it.received)));
    for need in &mut enterprise.needs {
        not_later(&mut need.closed, day);
    }
    enterprise.indicators.retain(|period, _| period.last_day() <= day);
}

fn rewind_project(project: &mut Project, day: NaiveDate) {
    if not_later(&mut project.decided, day)
        && matches!(project.state, State::Approved | State::Rejected | State::Withdrawn)
    {
        project.state = State::Submitted;
        project.granted = None;
    }
}
