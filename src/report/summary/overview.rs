//! What the edition is, and its first figures.

use super::Summary;
use super::aspects::hours_not_recorded;
use crate::model::date::Date;
use crate::model::edition::{Edition, Life};
use crate::model::figure::Rate;
use crate::model::kind::Kind;
use crate::model::membership::Outcome;
use crate::model::programme::Organiser;
use crate::model::word;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Record, Source, Spot};
use crate::report::label;
use crate::report::table::{Cell, Kind as Holds};
use crate::text;

type Item<'r> = (&'static str, Figure<'r>);

pub fn table<'r>(summary: &Summary<'r>, keeps: bool) -> Counted<'r> {
    let view = &summary.view;
    let columns = [("item", Holds::Coded), ("value", Holds::Mixed)];
    let mut table = Counted::new(view.table("overview", &columns), keeps);
    let items = [identity(summary), members(summary), work(summary)];
    for (id, value) in items.into_iter().flatten() {
        let label = label::item(id, view.lang);
        let is_money = matches!(value.cell(), Cell::Amount(_));
        let label = if is_money { view.with_unit(label) } else { label.to_owned() };
        table.row(vec![Cell::coded(id, label).into(), value]);
    }
    notes(summary, &mut table);
    table
}

fn identity<'r>(summary: &Summary<'r>) -> Vec<Item<'r>> {
    let (view, programme) = (&summary.view, &summary.view.records.programme);
    let edition = summary.cohort.edition_record();
    let id = view
        .records
        .editions
        .keys()
        .find(|id| summary.cohort.edition.as_ref().is_some_and(|it| it.0 == **id));
    let of_edition = |cell: Cell, key: &'static str| {
        let source = id.map(|id| Source { record: Record::Edition(id), spot: Spot::Key(key) });
        let is_there = cell != Cell::Missing;
        Figure::given(cell, source.filter(|_| is_there))
    };
    let of_programme = |cell: Cell, key: &'static str| {
        Figure::given(cell, [Source { record: Record::Programme, spot: Spot::Key(key) }])
    };
    let date = |date: fn(&Edition) -> Option<Date>, key| of_edition(Cell::date(edition.and_then(date)), key);
    let names = |of: &[Organiser]| {
        view.joined(of.iter().map(|it| word::label(&it.name, it.name_en.as_ref(), view.lang)))
    };
    let organisers = match edition.map(|it| &it.organisers).filter(|own| !own.is_empty()) {
        Some(own) => of_edition(names(own), "organisers"),
        None => of_programme(names(&programme.organisers), "organisers"),
    };
    let industries = match edition.map(|it| &it.industries).filter(|own| !own.is_empty()) {
        Some(own) => of_edition(
            view.labels(Kind::Industry, own.iter().map(crate::model::id::Id::as_str)),
            "industries",
        ),
        None => view.labels(Kind::Industry, view.records.ids(Kind::Industry)).into(),
    };
    let life = edition.map_or(Life::Planned, Edition::life);
    let state_key = if matches!(life, Life::Closed { .. }) { "closed" } else { "opened" };
    let state = Cell::coded(life.id(), life.label(view.lang));
    let seats = edition.and_then(|it| it.seats).map_or(Cell::Missing, |seats| Cell::Count(seats.into()));
    vec![
        (
            "name",
            of_edition(edition.map_or(Cell::Missing, |it| view.name(&it.name, it.name_en.as_ref())), "name"),
        ),
        ("programme", of_programme(view.name(&programme.name, programme.name_en.as_ref()), "name")),
        ("state", if life == Life::Planned { state.into() } else { of_edition(state, state_key) }),
        ("planned_start", date(|it| it.planned_start, "planned_start")),
        ("planned_end", date(|it| it.planned_end, "planned_end")),
        ("opened", date(|it| it.opened, "opened")),
        ("closed", date(|it| it.closed, "closed")),
        ("organisers", organisers),
        ("undertaken_by", of_edition(names(edition.map_or(&[], |it| &it.undertaken_by)), "undertaken_by")),
        ("industries", industries),
        ("seats", of_edition(seats, "seats")),
    ]
}

fn members<'r>(summary: &Summary<'r>) -> Vec<Item<'r>> {
    let ended = |outcome| summary.members(move |it| it == Some(outcome));
    vec![
        ("members", summary.members(|_| true)),
        ("graduated", ended(Outcome::Graduated)),
        ("withdrawn", ended(Outcome::Withdrawn)),
        ("removed", ended(Outcome::Removed)),
        ("transferred", ended(Outcome::Transferred)),
        ("in_cultivation", summary.members(|outcome| outcome.is_none())),
    ]
}

fn work<'r>(summary: &Summary<'r>) -> Vec<Item<'r>> {
    let (presence, titles) = (&summary.presence, &summary.titles.distinct);
    let (projects, needs) = (summary.projects.total(), summary.needs.total());
    vec![
        ("activities", presence.activities()),
        ("hours", presence.hours()),
        ("person_times", presence.person_times()),
        ("coverage", summary.rate(Rate::Coverage)),
        ("attendance_rate", summary.rate(Rate::Attendance)),
        ("enterprises_gained", titles.column("gained")),
        ("new_platforms", summary.platforms.gained()),
        ("projects_applied", projects.applied()),
        ("projects_approved", projects.approved()),
        ("granted", projects.granted()),
        ("needs_received", needs.received()),
        ("needs_closed", needs.closed()),
    ]
}

fn notes(summary: &Summary, table: &mut Counted) {
    table.note(&text!(
        "a member is an enterprise with a membership in the edition, counted once; members = graduated + withdrawn + removed + transferred + in cultivation",
        "入选企业指在本期登记入选的企业，每家计一次；入选企业＝结业＋退出＋劝退＋转下一期＋培育中"
    ));
    let Some(edition) = summary.cohort.edition_record() else { return };
    match edition.life() {
        Life::Open { .. } => {
            let today = summary.view.today;
            table.note(&text!(
                "the edition is open: counted up to today, {today}",
                "本期尚未结束：统计截至今日（{today}）"
            ));
        }
        Life::Planned => table.note(&text!("the edition is not open yet", "本期尚未启动")),
        Life::Closed { .. } => {}
    }
    let vague = |date: Option<Date>| date.is_some_and(|date| date.exact().is_none());
    if vague(edition.opened) || vague(edition.closed) {
        table.note(&text!(
            "the day of opening or close is not fully known: counted from the first to the last day it can be",
            "启动或结束日期未记录到日：自可能的最早一日起，计至可能的最晚一日"
        ));
    }
    hours_not_recorded(&summary.presence, table);
}
