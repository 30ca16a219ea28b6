//! What `list` shows of each kind of record.

use std::collections::{BTreeMap, BTreeSet};

use super::cohort::Cohort;
use super::counted::Counted;
use super::evidence::{Figure, Part, Source, Spot};
use super::filter::Filter;
use super::own_field;
use super::presence::{AtActivity, heads, of_status};
use super::summary::attendance_left_out;
use super::table::{Cell, Column, Kind as Holds, Table};
use super::view::{View, number};
use crate::model::activity::{Activity, Status};
use crate::model::id::{EditionId, Id, in_order};
use crate::model::kind::Kind;
use crate::model::own_field::FieldOwner;
use crate::model::word::{Metric, MetricKind, label};
use crate::text;

pub use super::entries::{candidates, entries, members};

/// All industries, with how many of the enterprises a filter leaves each has.
pub fn industries(view: &View, filter: &Filter) -> Table {
    let columns = [("id", Holds::Id), ("name", Holds::Name), ("enterprises", Holds::Count)];
    let mut table = view.table("industries", &columns);
    own_field::add_columns(view, FieldOwner::Industries, &mut table);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let cohort = Cohort::filtered(view, filter);
    for industry in cohort.members.iter().filter_map(|it| it.enterprise.industry.as_ref()) {
        *counts.entry(industry.as_str()).or_default() += 1;
    }
    for (id, industry) in in_order(&view.records.industries) {
        let mut row = vec![
            Cell::Text(id.to_string()),
            view.name(&industry.name, industry.name_en.as_ref()),
            Cell::count(counts.get(id.as_str()).copied().unwrap_or_default()),
        ];
        row.extend(own_field::cells(view, FieldOwner::Industries, |field| industry.more.get(field)));
        table.row(row);
    }
    table
}

/// All editions, with how many of the enterprises a filter leaves and how many activities each has.
pub fn editions(view: &View, filter: &Filter) -> Table {
    let columns = [
        ("id", Holds::Id),
        ("name", Holds::Name),
        ("state", Holds::Coded),
        ("planned_start", Holds::Date),
        ("planned_end", Holds::Date),
        ("opened", Holds::Date),
        ("closed", Holds::Date),
        ("seats", Holds::Count),
        ("members", Holds::Count),
        ("activities", Holds::Count),
    ];
    let mut table = view.table("editions", &columns);
    own_field::add_columns(view, FieldOwner::Editions, &mut table);
    let (mut members, mut activities) = (BTreeMap::new(), BTreeMap::new());
    let enterprises = Cohort::filtered(view, &Filter { edition: None, ..filter.clone() });
    for membership in enterprises.members.iter().flat_map(|it| &it.enterprise.memberships) {
        *members.entry(&membership.edition).or_insert(0) += 1;
    }
    for activity in view.records.activities.values() {
        *activities.entry(&activity.edition).or_insert(0) += 1;
    }
    let count = |counts: &BTreeMap<&EditionId, usize>, id| Cell::count(*counts.get(id).unwrap_or(&0));
    for (id, edition) in in_order(&view.records.editions).filter(|(id, _)| filter.takes_edition(id)) {
        let life = edition.life();
        let mut row = vec![
            Cell::Text(id.to_string()),
            view.name(&edition.name, edition.name_en.as_ref()),
            Cell::coded(life.id(), life.label(view.lang)),
            Cell::date(edition.planned_start),
            Cell::date(edition.planned_end),
            Cell::date(edition.opened),
            Cell::date(edition.closed),
            edition.seats.map_or(Cell::Missing, |seats| Cell::Count(seats.into())),
            count(&members, id),
            count(&activities, id),
        ];
        row.extend(own_field::cells(view, FieldOwner::Editions, |field| edition.more.get(field)));
        table.row(row);
    }
    table
}

/// The enterprises a filter leaves.
pub fn enterprises(view: &View, filter: &Filter) -> Table {
    let columns = [
        ("id", Holds::Id),
        ("name", Holds::Name),
        ("code", Holds::Id),
        ("industry", Holds::Coded),
        ("class", Holds::Text),
        ("town", Holds::Text),
        ("founded", Holds::Date),
        ("editions", Holds::Text),
    ];
    let mut table = view.table("enterprises", &columns);
    own_field::add_columns(view, FieldOwner::Enterprises, &mut table);
    let cohort = Cohort::filtered(view, filter);
    for (id, enterprise) in in_order(cohort.members.iter().map(|member| (member.id, member.enterprise))) {
        let editions = enterprise.memberships.iter().map(|it| it.edition.as_str());
        let mut row = vec![
            Cell::Text(id.to_string()),
            view.name(&enterprise.name, enterprise.name_en.as_ref()),
            Cell::text(enterprise.code.as_ref().map(crate::model::code::Code::as_str)),
            view.coded_if(Kind::Industry, enterprise.industry.as_ref().map(Id::as_str)),
            Cell::text(enterprise.class.as_ref()),
            view.town(enterprise.town.as_ref()),
            Cell::date(enterprise.founded),
            view.labels(Kind::Edition, editions),
        ];
        row.extend(own_field::cells(view, FieldOwner::Enterprises, |field| enterprise.more.get(field)));
        table.row(row);
    }
    table
}

/// The activities of a filter's edition, and how many of the enterprises it leaves came to each.
pub fn activities(view: &View, filter: &Filter) -> Table {
    activities_counted(view, filter, false).table
}

/// The same, of which each figure can be asked what it is made of.
pub fn activities_counted<'r>(view: &View<'r>, filter: &Filter, keeps: bool) -> Counted<'r> {
    let columns = [
        ("id", Holds::Id),
        ("edition", Holds::Coded),
        ("date", Holds::Date),
        ("aspect", Holds::Coded),
        ("title", Holds::Name),
        ("hours", Holds::Number),
        ("place", Holds::Text),
        ("host", Holds::Text),
        ("present", Holds::Count),
        ("excused", Holds::Count),
        ("absent", Holds::Count),
        ("person_times", Holds::Count),
    ];
    let mut table = view.table("activities", &columns);
    own_field::add_columns(view, FieldOwner::Activities, &mut table);
    let mut table = Counted::new(table, keeps);
    let cohort = Cohort::filtered(view, filter);
    let wanted = |activity: &Activity| filter.takes_edition(&activity.edition);
    let mut left_out: Vec<Part> = Vec::new();
    for (id, activity) in in_order(&view.records.activities).filter(|(_, activity)| wanted(activity)) {
        let given = |cell: Cell, key: &'static str| {
            let source = (cell != Cell::Missing).then(|| Source::activity(id, Spot::Key(key)));
            Figure::given(cell, source)
        };
        let mut row = vec![
            Cell::Text(id.to_string()).into(),
            given(view.coded(Kind::Edition, activity.edition.as_str()), "edition"),
            given(Cell::Date(activity.date), "date"),
            given(view.coded(Kind::Aspect, activity.aspect.as_str()), "aspect"),
            given(Cell::Text(activity.title.to_string()), "title"),
            given(activity.hours.map_or(Cell::Missing, |hours| Cell::Number(hours.number())), "hours"),
            given(Cell::text(activity.place.as_ref()), "place"),
            given(Cell::text(activity.host.as_ref()), "host"),
        ];
        let found = AtActivity::of(id, activity, &cohort);
        let entries = || found.entries.iter().map(|(_, entry)| entry);
        let counted = [
            of_status(entries(), Status::Present),
            of_status(entries(), Status::Excused),
            of_status(entries(), Status::Absent),
            heads(entries()),
        ];
        row.extend(counted.into_iter().map(|figure| figure.without(found.left_out())));
        let own = own_field::cells(view, FieldOwner::Activities, |field| activity.more.get(field));
        row.extend(own.into_iter().map(Figure::from));
        table.row(row);
        left_out.extend(found.left_out());
    }
    if filter.edition.is_some() {
        table.note(&text!("enterprises are members of the edition", "出席企业仅统计本期企业"));
        attendance_left_out(&left_out, &mut table);
    }
    table
}

/// The indicators enterprises reported: a row an enterprise and period, a column a metric that occurs.
pub fn indicators(view: &View, filter: &Filter) -> Table {
    let columns = [("enterprise", Holds::Coded), ("period", Holds::Text)];
    let mut table = view.table("indicators-list", &columns);
    let cohort = Cohort::filtered(view, filter);
    let mut occurring: BTreeSet<&str> = BTreeSet::new();
    for figures in cohort.members.iter().flat_map(|member| member.enterprise.indicators.values()) {
        occurring.extend(figures.keys().map(Id::as_str));
    }
    let mut metrics: Vec<(String, Option<&Metric>)> = Vec::new();
    for (id, metric) in &view.records.programme.metrics {
        if occurring.remove(id.as_str()) {
            metrics.push((id.to_string(), Some(metric)));
        }
    }
    metrics.extend(occurring.into_iter().map(|id| (id.to_string(), None)));
    table.columns.extend(metrics.iter().map(|(id, metric)| column(view, id, *metric)));
    for member in &cohort.members {
        let name = view.name(&member.enterprise.name, member.enterprise.name_en.as_ref());
        let Cell::Text(name) = name else { continue };
        for (period, figures) in &member.enterprise.indicators {
            let mut row = vec![Cell::coded(member.id, name.clone()), Cell::Text(period.to_string())];
            row.extend(metrics.iter().map(|(id, metric)| match figures.get(id.as_str()) {
                None => Cell::Missing,
                Some(value) if is_money(*metric) => Cell::Amount(value.number()),
                Some(value) => number(value.number()),
            }));
            table.row(row);
        }
    }
    table.note(
        "figures of half-years and quarters are cumulative from the start of the year",
        "半年度、季度数据为年初至期末累计数",
    );
    table
}

fn is_money(metric: Option<&Metric>) -> bool {
    metric.is_some_and(|metric| metric.kind == MetricKind::Amount)
}

fn column(view: &View, id: &str, metric: Option<&Metric>) -> Column {
    let name = metric.map(|metric| label(&metric.name, metric.name_en.as_ref(), view.lang));
    Column {
        id: id.to_owned(),
        label: name.unwrap_or_else(|| id.to_owned()),
        kind: if is_money(metric) { Holds::Amount } else { Holds::Number },
        unit: metric.and_then(|metric| view.unit(metric)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn editions_say_where_they_are_in_their_life_and_how_large_they_are() {
        assert_eq!(
            rows(&editions(&Store::rich().view(), &Filter::default())),
            ["2 第二期 closed – – 2022-01-13 2023-05-10 – 2 2", "3 第三期 open – 2024-08 2023-05-10 – – 2 0"]
        );
    }

    #[test]
    fn industries_and_enterprises_are_listed_with_what_belongs_to_them() {
        let store = Store::rich();
        assert_eq!(rows(&industries(&store.view(), &Filter::default())), ["automobile automobile 1"]);
        assert_eq!(
            rows(&enterprises(&store.view(), &Filter::default()))[0],
            "a a公司 – automobile C36 Xinhua – 第二期, 第三期"
        );
    }

    #[test]
    fn activities_count_all_enterprises_or_the_members_of_one_edition() {
        let store = Store::rich();
        let second = |table: &Table| rows(table)[1].clone();
        assert_eq!(
            second(&activities(&store.view(), &Filter::default())),
            "second 2 2022-03-01 visits 交流 – – – 2 0 1 10"
        );
        let members = activities(&store.view(), &Filter::edition(&"2".parse().unwrap()));
        assert_eq!(second(&members), "second 2 2022-03-01 visits 交流 – – – 1 0 1 1");
    }

    #[test]
    fn indicators_have_a_column_for_each_metric_that_occurs() {
        let table = indicators(&Store::rich().view(), &Filter::default());
        let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
        assert_eq!(columns, ["enterprise", "period", "revenue", "employees"]);
        assert_eq!(table.columns[3].unit.as_deref(), Some("persons"));
        assert_eq!(rows(&table), ["a 2021 100 20", "a 2022 150.5 25", "b 2021 10 –"]);
    }
}
