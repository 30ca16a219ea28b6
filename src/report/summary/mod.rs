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
pub mod rule;
pub mod targets;
#[cfg(test)]
mod tests;

pub use self::aspects::attendance_left_out;
pub use self::compare::{compare, compared};
pub use self::groups::{last_full_year, member_source, part_of};
pub use self::indicators::{Years, growth};
use self::needs::Needs;
use self::platforms::Platforms;
use self::projects::Projects;
use self::recognitions::Titles;
use super::cohort::{Cohort, Member};
use super::counted::{Counted, NoSuch};
use super::evidence::{Figure, Part};
use super::filter::Filter;
use super::label::many;
use super::presence::Presence;
use super::table::Table;
use super::view::View;
use crate::model::figure::{Figure as Named, Plain, Rate};
use crate::model::id::EditionId;
use crate::model::membership::Outcome;
use crate::text;

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

    /// A figure targets and expectations are set for.
    pub fn figure(&self, figure: &Named) -> Result<Figure<'r>, NoSuch> {
        Ok(match figure {
            Named::Gained(title) => return self.titles.column(title.as_str(), "gained"),
            Named::Held(title) => return self.titles.column(title.as_str(), "held"),
            Named::Rate(rate) => self.rate(*rate),
            Named::Plain(plain) => match plain {
                Plain::Members => self.members(|_| true),
                Plain::Graduated => self.members(|outcome| outcome == Some(Outcome::Graduated)),
                Plain::Activities => self.presence.activities(),
                Plain::Hours => self.presence.hours(),
                Plain::PersonTimes => self.presence.person_times(),
                Plain::NewPlatforms => self.platforms.gained(),
                Plain::ProjectsApproved => self.projects.total().approved(),
                Plain::Granted => self.projects.total().granted(),
                Plain::NeedsClosed => self.needs.total().closed(),
            },
            Named::Cell(path) => {
                // What targets have come to is no figure of its own.
                let table = if path.table == targets::ID { None } else { self.counted(&path.table, true) };
                let tables = || TABLES.iter().filter(|id| **id != targets::ID).map(ToString::to_string);
                let table = table.ok_or_else(|| NoSuch::Table(path.table.clone(), tables().collect()))?;
                table.figure(&path.row, &path.column)?.clone()
            }
        })
    }

    /// A share.
    pub fn rate(&self, rate: Rate) -> Figure<'r> {
        match rate {
            Rate::Coverage => self.presence.coverage(),
            Rate::Attendance => self.presence.rate(),
            Rate::Needs => self.needs.total().rate(),
        }
    }

    /// Members of which the outcome is one that is asked for.
    fn members(&self, test: impl Fn(Option<Outcome>) -> bool) -> Figure<'r> {
        let outcome = |member: &&Member| member.membership.and_then(|membership| membership.outcome);
        let members = self.cohort.members.iter().filter(|member| test(outcome(member)));
        Figure::count(members.map(|member| Part::one(groups::member_source(member))))
    }

    /// One table, with what its figures are made of if that is asked for.
    pub fn counted(&self, table: &str, keeps: bool) -> Option<Counted<'r>> {
        let (view, cohort) = (&self.view, &self.cohort);
        Some(match table {
            "overview" => overview::table(self, keeps),
            "enterprises-by-industry" => groups::by_industry(view, cohort, keeps),
            "enterprises-by-town" => groups::by_town(view, cohort, keeps),
            "enterprises-by-size" => groups::by_size(view, cohort, keeps),
            "enterprises-by-module" => groups::by_module(view, cohort, keeps),
            targets::ID => targets::table(self, keeps),
            "activities-by-aspect" => aspects::table(view, &self.presence, keeps),
            "attendance" => attendance::table(view, cohort, &self.presence, keeps),
            "recognitions" => with_spans(cohort, self.titles.table(view, cohort, keeps)),
            "platforms" => with_spans(cohort, self.platforms.table(view, keeps)),
            "indicators" => indicators::table(view, cohort, keeps),
            "projects" => with_spans(cohort, self.projects.table(view, keeps)),
            "needs" => with_spans(cohort, self.needs.table(view, keeps)),
            _ => return None,
        })
    }

    /// Attendance month by month, to be drawn beside the table of attendance; not where that was sealed with other
    /// figures than the records give now.
    pub fn drawn(&self, printed: &[Table]) -> Option<Table> {
        let sealed = printed.iter().find(|table| table.id == "attendance")?;
        let counted = self.counted("attendance", false)?;
        (sealed.rows == counted.table.rows).then(|| self.attendance_by_month(false).table)
    }

    /// Attendance month by month: drawn beside the table of attendance, not printed.
    pub fn attendance_by_month(&self, keeps: bool) -> Counted<'r> {
        attendance::by_month(&self.view, &self.presence, keeps)
    }

    /// All tables of the closing day, in order.
    pub fn tables(&self) -> Vec<Table> {
        TABLES.iter().filter_map(|id| self.counted(id, false)).map(|counted| counted.table).collect()
    }
}

/// The tables of the closing day, in order.
pub const TABLES: [&str; 13] = [
    "overview",
    "enterprises-by-industry",
    "enterprises-by-town",
    "enterprises-by-size",
    "enterprises-by-module",
    targets::ID,
    "activities-by-aspect",
    "attendance",
    "recognitions",
    "platforms",
    "indicators",
    "projects",
    "needs",
];

/// The attendance of each enterprise.
pub fn attendance<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    attendance::table(view, cohort, &Presence::of(view, cohort), keeps)
}

/// Titles at entry, gained, renewed, lapsed, held; of all enterprises, where nobody enters or leaves, held and ever held.
pub fn recognitions<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    with_spans(cohort, Titles::of(view, cohort).table(view, cohort, keeps))
}

/// Indicators at the start and at the end.
pub fn indicators<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    indicators::table(view, cohort, keeps)
}

/// New R&D platforms.
pub fn platforms<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    with_spans(cohort, Platforms::of(view, cohort).table(view, keeps))
}

/// Projects by scheme.
pub fn projects<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    with_spans(cohort, Projects::of(cohort).table(view, keeps))
}

/// Needs by category.
pub fn needs<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    with_spans(cohort, Needs::of(view, cohort).table(view, keeps))
}

/// Says from when to when things count, and for how many members that is not known.
fn with_spans<'r>(cohort: &Cohort, mut table: Counted<'r>) -> Counted<'r> {
    if cohort.edition.is_none() {
        table.note(&text!("all enterprises, all time up to today", "统计全部企业，截至今日的全部时间"));
        return table;
    }
    table.note(&text!(
        "counted from the day an enterprise joined (else the edition opened) to the day it left (else the edition closed, else today), both included, and never outside the edition: who joined before it opened counts from the opening, who left after it closed counts to the close; on a day that closes one edition and opens the next a thing counts once, for the one that closes",
        "统计时间自企业加入之日（未记录则为本期启动之日）起，至退出之日（未记录则为本期结束之日，未结束则为今日）止，含首尾两日，且不超出本期起止：早于启动加入的自启动之日起计，晚于结束退出的计至结束之日；同一天结束一期又启动下一期的，当日事项只计一次，计入结束的一期"
    ));
    let without = cohort.members.iter().filter(|member| member.span.is_none()).count();
    if without > 0 {
        table.note(&text!(
            "not counted: {members} without a day in the edition",
            "另有{without}家企业在本期没有统计时间，未计入",
            members = many(without, "member", "members"),
            without = without
        ));
    }
    table
}

/// The thirteen tables of the closing day of an edition.
pub fn summary(view: &View, edition: &EditionId) -> Vec<Table> {
    Summary::of(view, &Filter::edition(edition)).tables()
}
