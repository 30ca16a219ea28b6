//! Rules that need several records. What one record can tell of itself is refused when it is read.

mod activities;
mod changed;
mod editions;
mod enterprises;
pub mod ids;
mod own_fields;
mod plausible;
mod references;

use chrono::NaiveDate;

pub use self::changed::{another_day, changes};
pub use self::enterprises::{JUMP, TURNOVER};
use super::finding::{Finding, Part, Place, RecordRef};
use super::records::Records;
use super::value::KeyPath;

/// What makes a store unusable: figures would be wrong.
pub fn errors(records: &Records) -> Vec<Finding> {
    let mut found = Vec::new();
    if records.broken.contains(&RecordRef::programme()) {
        // Without its word lists, every word would be unknown.
        return found;
    }
    references::unknown_references(records, &mut found);
    references::unknown_criteria(records, &mut found);
    own_fields::declared(records, &mut found);
    own_fields::values(records, &mut found);
    enterprises::wrong_codes(records, &mut found);
    enterprises::same_codes(records, &mut found);
    found
}

/// What somebody should look at, as of `today`.
pub fn warnings(records: &Records, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    enterprises::same_names(records, &mut found);
    enterprises::unknown_towns(records, &mut found);
    enterprises::code_and_id_differ(records, &mut found);
    enterprises::indicator_jumps(records, &mut found);
    enterprises::fractions_of_counts(records, &mut found);
    enterprises::future_dates(records, today, &mut found);
    editions::memberships_outside(records, &mut found);
    editions::exits_without_outcome(records, &mut found);
    editions::open_after_close(records, &mut found);
    editions::overdue_close(records, today, &mut found);
    activities::outside_edition(records, &mut found);
    activities::not_members(records, &mut found);
    activities::future_dates(records, today, &mut found);
    editions::future_dates(records, today, &mut found);
    plausible::activities_twice(records, &mut found);
    plausible::negative_amounts(records, &mut found);
    plausible::contradicting_periods(records, &mut found);
    plausible::more_than_seats(records, &mut found);
    plausible::transfers_apart(records, &mut found);
    plausible::likely_duplicates(records, &mut found);
    found
}

fn at(record: &RecordRef, path: KeyPath) -> Place {
    Place::Field { record: record.clone(), path, part: Part::Value }
}
