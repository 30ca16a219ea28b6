//! Who was at the activities of an edition, counted once for every table that asks.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::cohort::Cohort;
use super::sum::Sum;
use super::view::View;
use crate::model::activity::{Activity, Status};
use crate::model::share::Share;

/// What is recorded of one enterprise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Activities it was at.
    pub present: usize,
    /// Activities it gave notice for.
    pub excused: usize,
    /// Activities it stayed away from.
    pub absent: usize,
    /// Its heads at all activities.
    pub person_times: i64,
}

impl Tally {
    /// Present of present and absent: neither notice given nor nothing recorded lowers it.
    pub fn rate(&self) -> Share {
        Share::of(self.present, self.present + self.absent)
    }

    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) {
        self.present += other.present;
        self.excused += other.excused;
        self.absent += other.absent;
        self.person_times = self.person_times.saturating_add(other.person_times);
    }

    fn record(&mut self, status: Status, heads: u32) {
        match status {
            Status::Present => self.present += 1,
            Status::Excused => self.excused += 1,
            Status::Absent => self.absent += 1,
        }
        self.person_times = self.person_times.saturating_add(i64::from(heads));
    }
}

/// The activities of one aspect.
#[derive(Debug, Clone, Default)]
pub struct OfAspect {
    /// How many.
    pub activities: usize,
    /// How long they took.
    pub hours: Sum,
    /// Heads of members present.
    pub person_times: i64,
    seen: Vec<bool>,
}

impl OfAspect {
    /// Distinct members present.
    pub fn enterprises(&self) -> usize {
        self.seen.iter().filter(|seen| **seen).count()
    }
}

/// The attendance of a cohort.
#[derive(Debug, Clone)]
pub struct Presence {
    /// By aspect: those of the edition in its order, then others that occur.
    pub aspects: IndexMap<String, OfAspect>,
    /// By member, in the order of the cohort.
    pub tallies: Vec<Tally>,
    /// Entries of enterprises that are not of the cohort.
    pub others: usize,
}

impl Presence {
    /// Counts the activities of the cohort's edition; all activities where it has none.
    pub fn of(view: &View, cohort: &Cohort) -> Self {
        let mut presence = Self {
            aspects: aspects(view, cohort).into_iter().map(|id| (id, OfAspect::default())).collect(),
            tallies: vec![Tally::default(); cohort.len()],
            others: 0,
        };
        for activity in view.records.activities.values() {
            if cohort.edition.as_ref().is_none_or(|(edition, _)| *edition == activity.edition) {
                presence.count(activity, cohort);
            }
        }
        presence
    }

    /// The attendance of a cohort at one activity.
    pub fn at(activity: &Activity, cohort: &Cohort) -> Tally {
        let mut tally = Tally::default();
        for (id, status, heads) in activity.attendance() {
            if cohort.position(id).is_some() {
                tally.record(status, heads);
            }
        }
        tally
    }

    fn count(&mut self, activity: &Activity, cohort: &Cohort) {
        let aspect = self.aspects.entry(activity.aspect.to_string()).or_default();
        aspect.activities += 1;
        aspect.hours.add(activity.hours);
        aspect.seen.resize(cohort.len(), false);
        for (id, status, heads) in activity.attendance() {
            let Some(index) = cohort.position(id) else {
                self.others += 1;
                continue;
            };
            self.tallies[index].record(status, heads);
            if status == Status::Present {
                aspect.seen[index] = true;
                aspect.person_times = aspect.person_times.saturating_add(i64::from(heads));
            }
        }
    }

    /// Members that were at one activity or more, of all members.
    pub fn coverage(&self) -> Share {
        let reached = self.tallies.iter().filter(|tally| tally.present > 0).count();
        Share::of(reached, self.tallies.len())
    }

    /// All tallies together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in &self.tallies {
            total.add(tally);
        }
        total
    }

    /// How many activities.
    pub fn activities(&self) -> usize {
        self.aspects.values().map(|aspect| aspect.activities).sum()
    }

    /// How long all of them took.
    pub fn hours(&self) -> Sum {
        let mut hours = Sum::default();
        for aspect in self.aspects.values() {
            hours.add_sum(&aspect.hours);
        }
        hours
    }

    /// Heads of members at all activities.
    pub fn person_times(&self) -> Decimal {
        Decimal::from(self.total().person_times)
    }
}

fn aspects(view: &View, cohort: &Cohort) -> Vec<String> {
    match cohort.edition_record().map(|edition| &edition.aspects) {
        Some(own) if !own.is_empty() => own.iter().map(ToString::to_string).collect(),
        _ => view.records.programme.aspects.keys().map(ToString::to_string).collect(),
    }
}
