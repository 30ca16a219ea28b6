//! Who was at the activities of an edition, counted once for every table that asks.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::cohort::{Cohort, Member};
use super::evidence::{Figure, Measure, Part, Remark, Source, Spot, Written};
use super::view::View;
use crate::model::activity::{Activity, Status};
use crate::model::amount::Amount;
use crate::model::date::Date;
use crate::model::id::{ActivityId, EnterpriseId};
use crate::model::share::Share;

/// Why the attendance of others does not count.
pub const NOT_A_MEMBER: Remark = &("not a member of the edition", "不是本期企业");
/// Why that of other days does not count.
pub const NOT_THEN: Remark =
    &("not certainly between the day it joined and the day it left", "不能确定在其加入之日至退出之日之间");

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
    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Counts what is recorded of one activity.
    pub fn record(&mut self, status: Status, heads: u32) {
        match status {
            Status::Present => self.present += 1,
            Status::Excused => self.excused += 1,
            Status::Absent => self.absent += 1,
        }
        self.person_times = self.person_times.saturating_add(i64::from(heads));
    }
}

/// What is recorded of one enterprise at one activity.
#[derive(Debug, Clone, Copy)]
pub struct Attendance<'r> {
    /// The enterprise.
    pub enterprise: &'r EnterpriseId,
    /// Whether it was there.
    pub status: Status,
    /// The activity.
    pub activity: &'r Activity,
    id: &'r ActivityId,
    heads: u32,
}

impl<'r> Attendance<'r> {
    fn source(&self) -> Source<'r> {
        Source::activity(self.id, Spot::Attendance(self.status, self.enterprise))
    }

    /// Counts it.
    pub fn tally(&self, tally: &mut Tally) {
        tally.record(self.status, self.heads);
    }

    /// When and where this is recorded.
    pub fn last_day(&self) -> (Date, Source<'r>) {
        (self.activity.end.unwrap_or(self.activity.date), self.source())
    }

    /// One, for the enterprise or for the activity.
    pub fn one(&self) -> Part<'r> {
        Part::one(self.source())
    }

    /// Its heads.
    pub fn heads(&self) -> Part<'r> {
        Part::of(self.source(), Some(Decimal::from(self.heads)))
    }
}

/// The activities of one aspect.
#[derive(Debug, Clone, Default)]
pub struct OfAspect<'r> {
    activities: Vec<(&'r ActivityId, &'r Activity)>,
    present: Vec<Attendance<'r>>,
    left_out: Vec<Part<'r>>,
}

impl<'r> OfAspect<'r> {
    /// How many.
    pub fn activities(&self) -> Figure<'r> {
        let of = |(id, _): &(&'r ActivityId, &'r Activity)| Part::one(Source::activity(id, Spot::Whole));
        Figure::count(self.activities.iter().map(of))
    }

    /// How long they took.
    pub fn hours(&self) -> Figure<'r> {
        let of = |(id, activity): &(&'r ActivityId, &'r Activity)| {
            let hours = activity.hours.map(Amount::number);
            Part::of(
                Source::activity(id, if hours.is_some() { Spot::Key("hours") } else { Spot::Whole }),
                hours,
            )
        };
        Figure::new(Measure::Sum(Written::Number), self.activities.iter().map(of))
    }

    /// Distinct members present.
    pub fn enterprises(&self) -> Figure<'r> {
        let mut first: Vec<&Attendance<'r>> = self.present.iter().collect();
        first.sort_by_key(|it| it.enterprise);
        first.dedup_by_key(|it| it.enterprise);
        Figure::count(first.into_iter().map(Attendance::one)).without(self.left_out.iter().copied())
    }

    /// Heads of members present.
    pub fn person_times(&self) -> Figure<'r> {
        heads(self.present.iter()).without(self.left_out.iter().copied())
    }
}

/// What is recorded of one member.
#[derive(Debug, Clone)]
pub struct OfMember<'r> {
    /// The member.
    pub id: &'r EnterpriseId,
    /// What counts, activity by activity.
    pub entries: Vec<Attendance<'r>>,
    /// What is recorded of days it was no member.
    pub not_then: Vec<Part<'r>>,
}

/// The attendance of a cohort.
#[derive(Debug, Clone)]
pub struct Presence<'r> {
    /// By aspect: those of the edition in its order, then others that occur.
    pub aspects: IndexMap<String, OfAspect<'r>>,
    /// By member, in the order of the cohort.
    pub members: Vec<OfMember<'r>>,
    others: Vec<Part<'r>>,
}

/// What is recorded of the attendance of a cohort at one activity.
#[derive(Debug, Default)]
pub struct AtActivity<'r> {
    /// What counts, with the place of the member in the cohort.
    pub entries: Vec<(usize, Attendance<'r>)>,
    others: Vec<Part<'r>>,
    not_then: Vec<(usize, Part<'r>)>,
}

impl<'r> AtActivity<'r> {
    /// Of enterprises of the cohort on days they were members; the others stand apart.
    pub fn of(id: &'r ActivityId, activity: &'r Activity, cohort: &Cohort<'r>) -> Self {
        let mut found = Self::default();
        for (enterprise, status, heads) in activity.attendance() {
            let entry = Attendance { enterprise, status, activity, id, heads };
            match cohort.position(enterprise) {
                None => found.others.push(entry.one().remark(NOT_A_MEMBER)),
                Some(index) if is_member_on(&cohort.members[index], activity.date) => {
                    found.entries.push((index, entry));
                }
                Some(index) => found.not_then.push((index, entry.one().remark(NOT_THEN))),
            }
        }
        found
    }

    /// What does not count.
    pub fn left_out(&self) -> impl Iterator<Item = Part<'r>> {
        self.others.iter().chain(self.not_then.iter().map(|(_, part)| part)).copied()
    }
}

impl<'r> Presence<'r> {
    /// Counts the activities of the cohort's edition; all activities where it has none.
    pub fn of(view: &View<'r>, cohort: &Cohort<'r>) -> Self {
        let mut presence = Self {
            aspects: aspects(view, cohort).into_iter().map(|id| (id, OfAspect::default())).collect(),
            members: cohort
                .members
                .iter()
                .map(|member| OfMember { id: member.id, entries: Vec::new(), not_then: Vec::new() })
                .collect(),
            others: Vec::new(),
        };
        for (id, activity) in &view.records.activities {
            if cohort.edition.as_ref().is_none_or(|(edition, _)| *edition == activity.edition) {
                presence.count(id, activity, cohort);
            }
        }
        presence
    }

    fn count(&mut self, id: &'r ActivityId, activity: &'r Activity, cohort: &Cohort<'r>) {
        let aspect = self.aspects.entry(activity.aspect.to_string()).or_default();
        aspect.activities.push((id, activity));
        let found = AtActivity::of(id, activity, cohort);
        aspect.left_out.extend(found.left_out());
        for (index, entry) in found.entries {
            self.members[index].entries.push(entry);
            if entry.status == Status::Present {
                aspect.present.push(entry);
            }
        }
        for (index, part) in found.not_then {
            self.members[index].not_then.push(part);
        }
        self.others.extend(found.others);
    }

    /// What is recorded of each member.
    pub fn tallies(&self) -> impl Iterator<Item = Tally> {
        self.members.iter().map(|member| {
            let mut tally = Tally::default();
            member.entries.iter().for_each(|entry| entry.tally(&mut tally));
            tally
        })
    }

    /// Members that were at one activity or more, of all members.
    pub fn coverage(&self) -> Figure<'r> {
        let of = |member: &OfMember<'r>| {
            let first = member.entries.iter().find(|entry| entry.status == Status::Present);
            let nowhere = Source::enterprise(member.id, Spot::Whole);
            Part::either(first.map_or(nowhere, Attendance::source), first.is_some())
        };
        Figure::new(Measure::Share, self.members.iter().map(of))
    }

    /// All that is recorded of members.
    pub fn entries(&self) -> impl Iterator<Item = &Attendance<'r>> {
        self.members.iter().flat_map(|member| &member.entries)
    }

    /// What is left out.
    pub fn left_out(&self) -> impl Iterator<Item = Part<'r>> {
        self.others.iter().chain(self.members.iter().flat_map(|member| &member.not_then)).copied()
    }

    /// How many activities.
    pub fn activities(&self) -> Figure<'r> {
        joined(Measure::Count, self.aspects.values().map(OfAspect::activities))
    }

    /// How long all of them took.
    pub fn hours(&self) -> Figure<'r> {
        joined(Measure::Sum(Written::Number), self.aspects.values().map(OfAspect::hours))
    }

    /// Heads of members at all activities.
    pub fn person_times(&self) -> Figure<'r> {
        heads(self.entries()).without(self.left_out())
    }

    /// Present of present and absent, over all members.
    pub fn rate(&self) -> Figure<'r> {
        rate(self.entries()).without(self.left_out())
    }
}

/// Figures of which each counts other things, as one.
pub fn joined<'r>(measure: Measure, figures: impl Iterator<Item = Figure<'r>>) -> Figure<'r> {
    let mut all = Figure::new(measure, []);
    for figure in figures {
        all.parts.extend(figure.parts);
        all.left_out.extend(figure.left_out);
    }
    all
}

/// The entries of one status.
pub fn of_status<'r: 'e, 'e>(
    entries: impl Iterator<Item = &'e Attendance<'r>>,
    status: Status,
) -> Figure<'r> {
    Figure::count(entries.filter(|entry| entry.status == status).map(Attendance::one))
}

/// Heads of those present.
pub fn heads<'r: 'e, 'e>(entries: impl Iterator<Item = &'e Attendance<'r>>) -> Figure<'r> {
    let present = entries.filter(|entry| entry.status == Status::Present);
    Figure::new(Measure::Sum(Written::Count), present.map(Attendance::heads))
}

/// Present of present and absent: neither notice given nor nothing recorded lowers it.
pub fn rate<'r: 'e, 'e>(entries: impl Iterator<Item = &'e Attendance<'r>>) -> Figure<'r> {
    let recorded = entries.filter(|entry| entry.status != Status::Excused);
    let of = |entry: &Attendance<'r>| Part::either(entry.source(), entry.status == Status::Present);
    Figure::new(Measure::Share, recorded.map(of))
}

/// Whether a date certainly lies between the day a member joined and the day it left, where these are recorded.
fn is_member_on(member: &Member, date: Date) -> bool {
    member.membership.is_none_or(|it| {
        it.joined.is_none_or(|joined| joined.first() <= date.first())
            && it.left.is_none_or(|left| date.last() <= left.last())
    })
}

fn aspects(view: &View, cohort: &Cohort) -> Vec<String> {
    match cohort.edition_record().map(|edition| &edition.aspects) {
        Some(own) if !own.is_empty() => own.iter().map(ToString::to_string).collect(),
        _ => view.records.programme.aspects.keys().map(ToString::to_string).collect(),
    }
}

/// The quotient of a share that is one.
pub fn share_of(figure: &Figure) -> Share {
    figure.share().unwrap_or(Share::of(0, 0))
}
