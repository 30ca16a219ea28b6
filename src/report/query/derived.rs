//! The values of the fields of enterprises: what their records hold, and what follows from them and from activities.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::field::Field;
use crate::model::activity::Status;
use crate::model::date::Date;
use crate::model::id::{EnterpriseId, Id};
use crate::model::kind::Kind;
use crate::model::period::Period;
use crate::model::share::Share;
use crate::model::word::MetricKind;
use crate::report::cohort::{Cohort, Member};
use crate::report::filter::Filter;
use crate::report::own_field;
use crate::report::presence::{Presence, Tally};
use crate::report::roster::held;
use crate::report::size::size;
use crate::report::span::Span;
use crate::report::summary::{Years, growth, last_full_year};
use crate::report::table::{Cell, Column, Kind as Holds};
use crate::report::view::{View, number};

/// What activities say of one enterprise.
#[derive(Debug, Clone, Default)]
struct Activity<'r> {
    tally: Tally,
    /// What it was at: the aspect, and when.
    present: Vec<(&'r str, Date)>,
    last: Option<Date>,
}

/// The enterprises of a question with all that is derived for them.
#[derive(Debug)]
pub struct Derived<'r> {
    view: View<'r>,
    cohort: Cohort<'r>,
    activity: BTreeMap<&'r EnterpriseId, Activity<'r>>,
    years: Years,
    last_year: i32,
}

impl<'r> Derived<'r> {
    /// For all enterprises: with an edition its memberships, activities and years count, else all up to today.
    pub fn of(view: &View<'r>, filter: &Filter) -> Self {
        let cohort = everybody(view, filter);
        let mut activity: BTreeMap<&EnterpriseId, Activity<'r>> = BTreeMap::new();
        let edition = cohort.edition.as_ref().map(|(id, _)| id);
        for member in Presence::of(view, &cohort).members {
            let of_it = activity.entry(member.id).or_default();
            for entry in &member.entries {
                entry.tally(&mut of_it.tally);
                if entry.status == Status::Present {
                    let (day, _) = entry.last_day();
                    of_it.present.push((entry.activity.aspect.as_str(), day));
                    of_it.last = of_it.last.max(Some(day));
                }
            }
        }
        let closing = edition.map_or(view.today, |id| view.closing_day(id));
        let years = Years::of(view, &cohort);
        Self { view: *view, activity, years, last_year: last_full_year(closing), cohort }
    }

    /// The enterprises.
    pub fn members(&self) -> &[Member<'r>] {
        &self.cohort.members
    }

    /// The enterprise with an id.
    pub fn member(&self, id: &str) -> Option<&Member<'r>> {
        let id = id.parse().ok()?;
        self.cohort.position(&id).map(|at| &self.cohort.members[at])
    }

    /// The column of a field.
    pub fn column(&self, field: &Field<'r>) -> Column {
        let (kind, unit) = match field {
            Field::Own(_, own) => (own_field::holds(own.kind), None),
            Field::Holds(..) => (Holds::Coded, None),
            Field::Growth(..) => (Holds::Rate, None),
            Field::Attended(..) | Field::DaysSince(_) => (Holds::Count, None),
            Field::Figure(metric, _) => match self.view.records.programme.metrics.get(metric.as_str()) {
                Some(known) if known.kind == MetricKind::Amount => (Holds::Amount, self.view.unit(known)),
                known => (Holds::Number, known.and_then(|known| self.view.unit(known))),
            },
            Field::Plain(id) => (plain_kind(id), None),
        };
        Column { id: field.id(), label: field.label(&self.view), kind, unit }
    }

    /// The value of a field for a condition: an enterprise is called by any of its names.
    pub fn tested(&self, field: &Field<'r>, member: &Member<'r>) -> Cell {
        match (field, self.cell(field, member)) {
            (Field::Plain("name"), Cell::Text(label)) => {
                Cell::Codes { ids: member.enterprise.names().map(ToString::to_string).collect(), label }
            }
            (_, cell) => cell,
        }
    }

    /// The value of a field.
    pub fn cell(&self, field: &Field<'r>, member: &Member<'r>) -> Cell {
        match field {
            Field::Plain(id) => self.plain(id, member),
            Field::Own(id, own) => own_field::cell(&self.view, own, member.enterprise.more.get(id)),
            Field::Holds(title, on) => {
                let day = on.unwrap_or_else(|| self.last_day(member));
                let holds = held(&self.view, member.enterprise, day).contains(&title.as_str());
                let id = if holds { "yes" } else { "no" };
                let label = self.view.lang.pick(id, if holds { "是" } else { "否" });
                Cell::coded(id, label)
            }
            Field::Figure(metric, period) => self.figure(metric, *period, member),
            Field::Growth(metric, year) => self.growth(metric, *year, member),
            Field::Attended(aspect, within) => Cell::count(self.attended(member, aspect.as_deref(), *within)),
            Field::DaysSince(date) => match self.plain(date, member) {
                Cell::Date(date) => {
                    let days = (self.view.today - date.last()).num_days();
                    Cell::Count(days)
                }
                _ => Cell::Missing,
            },
        }
    }

    fn activity(&self, member: &Member<'_>) -> Option<&Activity<'r>> {
        self.activity.get(member.id)
    }

    /// At how many activities an enterprise was, of one aspect or of all, within a year or month or at any time.
    fn attended(&self, member: &Member<'_>, aspect: Option<&str>, within: Option<Date>) -> usize {
        let counts = |(of, day): &&(&str, Date)| {
            aspect.is_none_or(|aspect| aspect == *of)
                && within.is_none_or(|it| it.first() <= day.first() && day.last() <= it.last())
        };
        self.activity(member).map_or(0, |it| it.present.iter().filter(counts).count())
    }

    /// The last day it was at one.
    pub fn last_activity(&self, member: &Member<'_>) -> Option<Date> {
        self.activity(member).and_then(|it| it.last)
    }

    /// Present of present and absent; missing where neither is recorded.
    pub fn rate(&self, member: &Member<'_>) -> Cell {
        let rate = self
            .activity(member)
            .map(|it| Share::of(it.tally.present, it.tally.present + it.tally.absent))
            .filter(|rate| rate.value().is_some());
        rate.map_or(Cell::Missing, Cell::Share)
    }

    /// Whether growths are between two years that hold for all.
    fn has_years(&self) -> bool {
        self.cohort.edition.is_some() || self.cohort.years.is_some()
    }

    fn last_day(&self, member: &Member<'_>) -> NaiveDate {
        member.span.map_or(self.view.today, |span| span.last)
    }

    fn plain(&self, id: &str, member: &Member<'r>) -> Cell {
        let (view, it) = (&self.view, member.enterprise);
        let membership = member.membership;
        match id {
            "id" => Cell::Text(member.id.to_string()),
            "name" => view.name(&it.name, it.name_en.as_ref()),
            "name_en" => Cell::text(it.name_en.as_ref()),
            "code" => Cell::text(it.code.as_ref().map(crate::model::code::Code::as_str)),
            "industry" => view.coded_if(Kind::Industry, it.industry.as_ref().map(Id::as_str)),
            "class" => Cell::text(it.class.as_ref()),
            "town" => view.town(it.town.as_ref()),
            "founded" => Cell::date(it.founded),
            "note" => Cell::text(it.note.as_ref()),
            "editions" => view.labels(Kind::Edition, it.memberships.iter().map(|it| it.edition.as_str())),
            "modules" => view.labels(Kind::Module, modules(member)),
            "joined" => Cell::date(membership.and_then(|it| it.joined)),
            "left" => Cell::date(membership.and_then(|it| it.left)),
            "outcome" => membership
                .and_then(|it| it.outcome)
                .map_or(Cell::Missing, |outcome| Cell::coded(outcome, outcome.label(view.lang))),
            "titles" => view.labels(Kind::Title, held(view, it, self.last_day(member))),
            "size" => size(view, it, self.last_year)
                .map_or(Cell::Missing, |(size, _)| Cell::coded(size, size.label(view.lang))),
            "open needs" => Cell::count(it.needs.iter().filter(|need| need.closed.is_none()).count()),
            "attended" => Cell::count(self.attended(member, None, None)),
            "attendance.rate" => self.rate(member),
            "person_times" => Cell::Count(self.activity(member).map_or(0, |it| it.tally.person_times)),
            "last activity" => Cell::date(self.last_activity(member)),
            "recognitions" => Cell::count(it.recognitions.len()),
            "platforms" => Cell::count(it.platforms.len()),
            "projects" => Cell::count(it.projects.len()),
            "needs" => Cell::count(it.needs.len()),
            _ => Cell::Missing,
        }
    }

    /// The last full year, up to the one that counts, for which a figure is reported.
    pub fn year_of(&self, metric: &str, member: &Member<'_>) -> Option<i32> {
        let reported =
            member.enterprise.indicators.iter().rev().filter(|(_, figures)| figures.contains_key(metric));
        reported.filter_map(|(period, _)| period.full_year()).find(|year| *year <= self.last_year)
    }

    fn figure(&self, metric: &str, period: Option<Period>, member: &Member<'_>) -> Cell {
        let period = period.or_else(|| self.year_of(metric, member).map(Period::year));
        let value = period.and_then(|it| member.enterprise.indicators.get(&it)?.get(metric));
        match (value, self.view.records.programme.metrics.get(metric)) {
            (None, _) => Cell::Missing,
            (Some(value), Some(known)) if known.kind == MetricKind::Amount => Cell::Amount(value.number()),
            (Some(value), _) => number(value.number()),
        }
    }

    /// The years a growth is between: those of the edition, else the last reported one and the year before.
    pub fn growth_years(&self, metric: &str, year: Option<i32>, member: &Member<'_>) -> Option<(i32, i32)> {
        match year {
            Some(year) => Some((year - 1, year)),
            None if self.has_years() => self.years.both(),
            None => self.year_of(metric, member).map(|year| (year - 1, year)),
        }
    }

    fn growth(&self, metric: &str, year: Option<i32>, member: &Member<'_>) -> Cell {
        let of = |year| member.enterprise.yearly(year, metric).map(crate::model::amount::Amount::number);
        let growth = || {
            let (start, end) = self.growth_years(metric, year, member)?;
            growth(of(start)?, of(end)?)
        };
        growth().and_then(Share::value).map_or(Cell::Missing, Cell::Rate)
    }

    /// How fields are counted, for the notes below a table.
    pub fn note(&self, field: &Field<'r>) -> Option<(String, String)> {
        let year = self.last_year;
        let activities = ("all activities".to_owned(), "全部活动".to_owned());
        let scope = self.cohort.edition.as_ref().map_or(activities, |(id, _)| {
            (format!("activities of edition {id}"), format!("期次“{id}”的活动"))
        });
        let id = field.id();
        match field {
            Field::Figure(_, None) | Field::Plain("size") => Some((
                format!("{id}: of the last full year each enterprise reported, {year} at the latest"),
                format!("{}：各企业已报送的最近一个完整年度（不晚于{year}年）", field.label(&self.view)),
            )),
            Field::Growth(_, None) => {
                let (en, zh) = match self.has_years().then(|| self.years.both()).flatten() {
                    Some((start, end)) => (format!("from {start} to {end}"), format!("{start}年至{end}年")),
                    None => (
                        format!(
                            "to the last full year each enterprise reported ({year} at the latest) from the year before"
                        ),
                        format!("各企业已报送的最近一个完整年度（不晚于{year}年）比上年"),
                    ),
                };
                Some((
                    format!("{id}: {en}; none on a base that is not positive"),
                    format!("{}：{zh}；基数不为正时无增长率", field.label(&self.view)),
                ))
            }
            Field::Attended(..)
            | Field::Plain("attended" | "attendance.rate" | "person_times" | "last activity") => {
                Some((format!("{id}: {}", scope.0), format!("{}：{}", field.label(&self.view), scope.1)))
            }
            _ => None,
        }
    }
}

/// Every enterprise, with its membership in the edition of a filter if it has one.
fn everybody<'r>(view: &View<'r>, filter: &Filter) -> Cohort<'r> {
    let members = Filter { edition: filter.edition.clone(), years: filter.years, ..Filter::default() };
    let cohort = Cohort::filtered(view, &members);
    let member = |(id, enterprise): (&'r EnterpriseId, _)| match cohort.position(id) {
        Some(at) => cohort.members[at],
        None => Member { id, enterprise, membership: None, span: Some(Span::until(view.today)) },
    };
    let all = view.records.enterprises.iter().map(|(id, it)| (id, &**it)).map(member).collect();
    Cohort { members: all, ..cohort }
}

fn plain_kind(id: &str) -> Holds {
    match id {
        "id" | "code" => Holds::Id,
        "name" | "name_en" => Holds::Name,
        "industry" | "outcome" | "size" => Holds::Coded,
        "founded" | "joined" | "left" | "last activity" => Holds::Date,
        "recognitions" | "platforms" | "projects" | "needs" | "open needs" | "attended" | "person_times" => {
            Holds::Count
        }
        "attendance.rate" => Holds::Share,
        _ => Holds::Text,
    }
}

/// The modules of a membership; where no edition is asked for, those of all.
fn modules<'r>(member: &Member<'r>) -> Vec<&'r str> {
    let mut modules = Vec::new();
    let all = member.membership.map_or(&member.enterprise.memberships[..], std::slice::from_ref);
    for module in all.iter().flat_map(|it| &it.modules) {
        if !modules.contains(&module.as_str()) {
            modules.push(module.as_str());
        }
    }
    modules
}
