//! Activities by what kind of help they were.

use crate::model::kind::Kind;
use crate::report::label::many;
use crate::report::presence::Presence;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

pub fn table(view: &View, presence: &Presence) -> Table {
    let columns = [
        ("aspect", Holds::Coded),
        ("activities", Holds::Count),
        ("hours", Holds::Number),
        ("enterprises", Holds::Count),
        ("person_times", Holds::Count),
    ];
    let mut table = view.table("activities-by-aspect", &columns);
    for (id, aspect) in &presence.aspects {
        table.row(vec![
            view.coded(Kind::Aspect, id),
            Cell::count(aspect.activities),
            aspect.hours.decimal(),
            Cell::count(aspect.enterprises()),
            Cell::Count(aspect.person_times),
        ]);
    }
    if !table.rows.is_empty() {
        table.total = Some(vec![
            Cell::Missing,
            Cell::count(presence.activities()),
            presence.hours().decimal(),
            Cell::Missing,
            Cell::Count(presence.total().person_times),
        ]);
    }
    notes(presence, &mut table);
    table
}

fn notes(presence: &Presence, table: &mut Table) {
    let coverage = presence.coverage();
    let (n, of) = (coverage.numerator, coverage.denominator);
    table.note(
        format!(
            "coverage: {n} of {of} members were at one activity or more; an enterprise can be in several rows, so these have no total"
        ),
        format!("覆盖面：{of}家企业中有{n}家至少参加一场；同一企业可列入多行，故企业数不设合计"),
    );
    table.note("person-times are the heads of members present", "参与人次为出席企业的到场人数之和");
    let missing = presence.hours().missing;
    if missing > 0 {
        table.note(
            format!(
                "hours are those that are known; not recorded for {}",
                many(missing, "activity", "activities")
            ),
            format!("学时为已记录部分之和；{missing}场活动未记录学时"),
        );
    }
    if presence.others > 0 {
        let others = presence.others;
        table.note(
            format!(
                "left out: {} of enterprises that are not members of the edition",
                many(others, "entry", "entries")
            ),
            format!("另有{others}条非本期企业的出席记录，未计入"),
        );
    }
}
