//! What the edition is, and its first figures.

use super::Summary;
use crate::model::date::Date;
use crate::model::edition::Life;
use crate::model::kind::Kind;
use crate::model::membership::Outcome;
use crate::model::programme::Organiser;
use crate::model::word;
use crate::report::label::{self, many};
use crate::report::table::{Cell, Kind as Holds, Table};

pub fn table(summary: &Summary) -> Table {
    let view = &summary.view;
    let mut table = view.table("overview", &[("item", Holds::Coded), ("value", Holds::Mixed)]);
    let items = [identity(summary), members(summary), work(summary)];
    for (id, value) in items.into_iter().flatten() {
        let label = label::item(id, view.lang);
        let label = if matches!(value, Cell::Amount(_)) { view.with_unit(label) } else { label.to_owned() };
        table.row(vec![Cell::coded(id, label), value]);
    }
    notes(summary, &mut table);
    table
}

fn identity(summary: &Summary) -> Vec<(&'static str, Cell)> {
    let (view, programme) = (&summary.view, &summary.view.records.programme);
    let edition = summary.cohort.edition_record();
    let date = |date: fn(&crate::model::edition::Edition) -> Option<Date>| Cell::date(edition.and_then(date));
    let names = |of: &[Organiser]| {
        view.joined(of.iter().map(|it| word::label(&it.name, it.name_en.as_ref(), view.lang)))
    };
    let organisers = edition.map(|it| &it.organisers).filter(|own| !own.is_empty());
    let industries = edition.map(|it| &it.industries).filter(|own| !own.is_empty());
    let life = edition.map_or(Life::Planned, crate::model::edition::Edition::life);
    vec![
        ("name", edition.map_or(Cell::Missing, |it| view.name(&it.name, it.name_en.as_ref()))),
        ("programme", view.name(&programme.name, programme.name_en.as_ref())),
        ("state", Cell::coded(life.id(), life.label(view.lang))),
        ("planned_start", date(|it| it.planned_start)),
        ("planned_end", date(|it| it.planned_end)),
        ("opened", date(|it| it.opened)),
        ("closed", date(|it| it.closed)),
        ("organisers", names(organisers.unwrap_or(&programme.organisers))),
        ("undertaken_by", names(edition.map_or(&[], |it| &it.undertaken_by))),
        (
            "industries",
            match industries {
                Some(own) => view.labels(Kind::Industry, own.iter().map(crate::model::id::Id::as_str)),
                None => view.labels(Kind::Industry, view.records.ids(Kind::Industry)),
            },
        ),
        ("seats", edition.and_then(|it| it.seats).map_or(Cell::Missing, |seats| Cell::Count(seats.into()))),
    ]
}

fn members(summary: &Summary) -> Vec<(&'static str, Cell)> {
    let ended = |outcome| Cell::count(summary.ended(outcome));
    vec![
        ("members", Cell::count(summary.cohort.len())),
        ("graduated", ended(Outcome::Graduated)),
        ("withdrawn", ended(Outcome::Withdrawn)),
        ("removed", ended(Outcome::Removed)),
        ("transferred", ended(Outcome::Transferred)),
        ("in_cultivation", Cell::count(summary.members_with(|ended| ended.is_none()))),
    ]
}

fn work(summary: &Summary) -> Vec<(&'static str, Cell)> {
    let (presence, titles) = (&summary.presence, &summary.titles.distinct);
    let (projects, needs) = (summary.projects.total(), summary.needs.total());
    vec![
        ("activities", presence.activities().cell()),
        ("hours", presence.hours().cell()),
        ("person_times", presence.person_times().cell()),
        ("coverage", presence.coverage().cell()),
        ("attendance_rate", presence.rate().cell()),
        ("enterprises_gained", titles.column("gained").cell()),
        ("new_platforms", summary.platforms.gained().cell()),
        ("projects_applied", projects.applied().cell()),
        ("projects_approved", projects.approved().cell()),
        ("granted", projects.granted().cell()),
        ("needs_received", needs.received().cell()),
        ("needs_closed", needs.closed().cell()),
    ]
}

fn notes(summary: &Summary, table: &mut Table) {
    table.note(
        "a member is an enterprise with a membership in the edition, counted once; members = graduated + withdrawn + removed + transferred + in cultivation",
        "入选企业指在本期登记入选的企业，每家计一次；入选企业＝结业＋退出＋劝退＋转下一期＋培育中",
    );
    let Some(edition) = summary.cohort.edition_record() else { return };
    match edition.life() {
        Life::Open { .. } => {
            let today = summary.view.today;
            table.note(
                format!("the edition is open: counted up to today, {today}"),
                format!("本期尚未结束：统计截至今日（{today}）"),
            );
        }
        Life::Planned => table.note("the edition is not open yet", "本期尚未启动"),
        Life::Closed { .. } => {}
    }
    let vague = |date: Option<Date>| date.is_some_and(|date| date.exact().is_none());
    if vague(edition.opened) || vague(edition.closed) {
        table.note(
            "the day of opening or close is not fully known: counted from the first to the last day it can be",
            "启动或结束日期未记录到日：自可能的最早一日起，计至可能的最晚一日",
        );
    }
    let missing = summary.presence.hours().sum().missing;
    if missing > 0 {
        table.note(
            format!(
                "hours are those that are known; not recorded for {}",
                many(missing, "activity", "activities")
            ),
            format!("学时为已记录部分之和；{missing}场活动未记录学时"),
        );
    }
}
