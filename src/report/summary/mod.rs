//! The tables of the closing day, one file a table, all from one counting.

mod aspects;
mod attendance;
mod compare;
mod course;
mod groups;
mod indicators;
mod needs;
mod overview;
mod platforms;
mod projects;
mod recognitions;
mod targets;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

pub use self::compare::compare;
pub use self::groups::last_full_year;
pub use self::indicators::{Years, growth};
use self::needs::Needs;
use self::platforms::Platforms;
use self::projects::Projects;
use self::recognitions::Titles;
use super::cohort::Cohort;
use super::filter::Filter;
use super::label::many;
use super::presence::Presence;
use super::table::Table;
use super::view::View;
use crate::model::figure::{Figure, Plain};
use crate::model::id::EditionId;
use crate::model::membership::Outcome;

/// Everything that is counted of an edition, or of all enterprises.
#[derive(Debug)]
pub struct Summary<'r> {
    view: View<'r>,
    cohort: Cohort<'r>,
    presence: Presence<'r>,
    titles: Titles<'r>,
    platforms: Platforms<'r>,
    projects: Projects<'r>,
    needs: Needs<'r>,
}

impl<'r> Summary<'r> {
    /// Counts what a filter leaves.
    pub fn of(view: &View<'r>, filter: &Filter) -> Self {
        let cohort = Cohort::filtered(view, filter);
        Self {
            view: *view,
            presence: Presence::of(view, &cohort),
            titles: Titles::of(view, &cohort),
            platforms: Platforms::of(view, &cohort),
            projects: Projects::of(&cohort),
            needs: Needs::of(view, &cohort),
            cohort,
        }
    }

    /// A figure targets are set for; none if it is not known.
    pub fn figure(&self, figure: &Figure) -> Option<Decimal> {
        match figure {
            Figure::Gained(title) => self.titles.column(title.as_str(), "gained").value(),
            Figure::Held(title) => self.titles.column(title.as_str(), "held").value(),
            Figure::Plain(plain) => match plain {
                Plain::Members => Some(self.cohort.len().into()),
                Plain::Graduated => Some(self.ended(Outcome::Graduated).into()),
                Plain::Activities => self.presence.activities().value(),
                Plain::Hours => self.presence.hours().value(),
                Plain::PersonTimes => self.presence.person_times().value(),
                Plain::NewPlatforms => self.platforms.gained().value(),
                Plain::ProjectsApproved => self.projects.total().approved().value(),
                Plain::Granted => self.projects.total().granted().value(),
                Plain::NeedsClosed => self.needs.total().closed().value(),
            },
        }
    }

    /// How many members ended in a way.
    fn ended(&self, outcome: Outcome) -> usize {
        self.members_with(|ended| ended == Some(outcome))
    }

    fn members_with(&self, test: impl Fn(Option<Outcome>) -> bool) -> usize {
        let outcomes = self.cohort.members.iter().filter_map(|member| member.membership);
        outcomes.filter(|membership| test(membership.outcome)).count()
    }

    /// All tables of the closing day, in order.
    pub fn tables(&self) -> Vec<Table> {
        let (view, cohort) = (&self.view, &self.cohort);
        vec![
            overview::table(self),
            groups::by_industry(view, cohort, false).table,
            groups::by_town(view, cohort, false).table,
            groups::by_size(view, cohort, false).table,
            groups::by_module(view, cohort, false).table,
            targets::table(self),
            aspects::table(view, &self.presence, false).table,
            attendance::table(view, cohort, &self.presence, false).table,
            with_spans(cohort, self.titles.table(view, cohort, false).table),
            with_spans(cohort, self.platforms.table(view, false).table),
            indicators::table(view, cohort, false).table,
            with_spans(cohort, self.projects.table(view, false).table),
            with_spans(cohort, self.needs.table(view, false).table),
        ]
    }
}

/// The attendance of each enterprise.
pub fn attendance<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    attendance::table(view, cohort, &Presence::of(view, cohort), false).table
}

/// Titles at entry, gained, renewed, lapsed, held; of all enterprises, where nobody enters or leaves, held and ever held.
pub fn recognitions<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    with_spans(cohort, Titles::of(view, cohort).table(view, cohort, false).table)
}

/// Indicators at the start and at the end.
pub fn indicators<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    indicators::table(view, cohort, false).table
}

/// New R&D platforms.
pub fn platforms<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    with_spans(cohort, Platforms::of(view, cohort).table(view, false).table)
}

/// Projects by scheme.
pub fn projects<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    with_spans(cohort, Projects::of(cohort).table(view, false).table)
}

/// Needs by category.
pub fn needs<'r>(view: &View<'r>, cohort: &Cohort<'r>) -> Table {
    with_spans(cohort, Needs::of(view, cohort).table(view, false).table)
}

/// Says from when to when things count, and for how many members that is not known.
fn with_spans(cohort: &Cohort, mut table: Table) -> Table {
    if cohort.edition.is_none() {
        table.note("all enterprises, all time up to today", "统计全部企业，截至今日的全部时间");
        return table;
    }
    table.note(
        "counted from the day an enterprise joined (else the edition opened) to the day it left (else the edition closed, else today), both included, and never outside the edition: who joined before it opened counts from the opening, who left after it closed counts to the close; on a day that closes one edition and opens the next a thing counts once, for the one that closes",
        "统计时间自企业加入之日（未记录则为本期启动之日）起，至退出之日（未记录则为本期结束之日，未结束则为今日）止，含首尾两日，且不超出本期起止：早于启动加入的自启动之日起计，晚于结束退出的计至结束之日；同一天结束一期又启动下一期的，当日事项只计一次，计入结束的一期",
    );
    let without = cohort.members.iter().filter(|member| member.span.is_none()).count();
    if without > 0 {
        table.note(
            format!("not counted: {} without a day in the edition", many(without, "member", "members")),
            format!("另有{without}家企业在本期没有统计时间，未计入"),
        );
    }
    table
}

/// The thirteen tables of the closing day of an edition.
pub fn summary(view: &View, edition: &EditionId) -> Vec<Table> {
    Summary::of(view, &Filter::edition(edition)).tables()
}
