//! Activities by what kind of help they were.

use crate::model::kind::Kind;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Part, remarked};
use crate::report::label::many;
use crate::report::presence::{NOT_A_MEMBER, NOT_THEN, Presence, share_of};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

pub fn table<'r>(view: &View, presence: &Presence<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("aspect", Holds::Coded),
        ("activities", Holds::Count),
        ("hours", Holds::Number),
        ("enterprises", Holds::Count),
        ("person_times", Holds::Count),
    ];
    let mut table = Counted::new(view.table("activities-by-aspect", &columns), keeps);
    for (id, aspect) in &presence.aspects {
        let key = view.coded(Kind::Aspect, id).into();
        table.row(vec![
            key,
            aspect.activities(),
            aspect.hours(),
            aspect.enterprises(),
            aspect.person_times(),
        ]);
    }
    if !presence.aspects.is_empty() {
        let (activities, hours) = (presence.activities(), presence.hours());
        let missing = Figure::from(Cell::Missing);
        table.total(vec![missing.clone(), activities, hours, missing, presence.person_times()]);
    }
    notes(presence, &mut table);
    table
}

fn notes(presence: &Presence, table: &mut Counted) {
    let coverage = share_of(&presence.coverage());
    let (n, of) = (coverage.numerator, coverage.denominator);
    table.note(&text!(
        "coverage: {n} of {of} members were at one activity or more; an enterprise can be in several rows, so these have no total",
        "覆盖面：{of}家企业中有{n}家至少参加一场；同一企业可列入多行，故企业数不设合计"
    ));
    table.note(&text!(
        "person-times are the heads of members present; an activity counts for the edition it names",
        "参与人次为出席企业的到场人数之和；活动计入其登记的期次"
    ));
    hours_not_recorded(presence, table);
    attendance_left_out(&presence.left_out().collect::<Vec<_>>(), table);
}

/// Says of how many activities the hours are not recorded.
pub fn hours_not_recorded(presence: &Presence, table: &mut Counted) {
    let missing = presence.hours().sum().missing;
    if missing > 0 {
        table.note(&text!(
            "hours are those that are known; not recorded for {en}",
            "学时为已记录部分之和；{missing}场活动未记录学时",
            en = many(missing, "activity", "activities"),
            missing = missing
        ));
    }
}

/// Says whose attendance is not counted.
pub fn attendance_left_out(left_out: &[Part], table: &mut Counted) {
    let others = remarked(left_out, NOT_A_MEMBER);
    if others > 0 {
        table.note(&text!(
            "left out: {en} of enterprises that are not members of the edition",
            "另有{others}条非本期企业的参加记录，未计入",
            en = many(others, "entry", "entries"),
            others = others
        ));
    }
    let not_then = remarked(left_out, NOT_THEN);
    if not_then > 0 {
        table.note(&text!(
            "left out: {en} of members before they joined, after they left, or on a day not known well enough",
            "另有{not_then}条参加记录早于企业加入、晚于其退出，或日期不完整、无法判断，未计入",
            en = many(not_then, "entry", "entries"),
            not_then = not_then
        ));
    }
}
