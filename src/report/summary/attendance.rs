//! Who came, by enterprise.

use std::collections::BTreeMap;

use super::aspects::attendance_left_out;
use crate::model::activity::Status;
use crate::model::date::Date;
use crate::report::cohort::Cohort;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Part};
use crate::report::presence::{Attendance, Presence, heads, of_status, rate};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

pub fn table<'r>(view: &View, cohort: &Cohort<'r>, presence: &Presence<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("enterprise", Holds::Id),
        ("name", Holds::Name),
        ("present", Holds::Count),
        ("excused", Holds::Count),
        ("absent", Holds::Count),
        ("rate", Holds::Share),
        ("person_times", Holds::Count),
    ];
    let mut table = Counted::new(view.table("attendance", &columns), keeps);
    for (member, found) in cohort.members.iter().zip(&presence.members) {
        let name = view.name(&member.enterprise.name, member.enterprise.name_en.as_ref());
        let named = [Cell::Text(member.id.to_string()), name];
        table.row(figures(named, || found.entries.iter(), &found.not_then));
    }
    let left_out: Vec<Part> = presence.left_out().collect();
    if !cohort.is_empty() {
        table.total(figures([Cell::Missing, Cell::Missing], || presence.entries(), &left_out));
    }
    table.note(&text!(
        "rate: present ÷ (present + absent); notice given does not lower it, and what is not recorded counts nowhere; an activity counts for the edition it names",
        "出席率＝出席÷（出席＋缺席）；请假不影响出席率，未记录的不计入任何一栏；活动计入其登记的期次"
    ));
    attendance_left_out(&left_out, &mut table);
    table
}

/// The same month by month, those without an activity included; last what is of no known month.
pub fn by_month<'r>(view: &View, presence: &Presence<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("month", Holds::Date),
        ("present", Holds::Count),
        ("excused", Holds::Count),
        ("absent", Holds::Count),
        ("rate", Holds::Share),
        ("person_times", Holds::Count),
    ];
    let mut table = Counted::new(view.table("attendance-by-month", &columns), keeps);
    let mut months: BTreeMap<Option<Date>, Vec<&Attendance<'r>>> = BTreeMap::new();
    for entry in presence.entries() {
        months.entry(entry.activity.date.its_month()).or_default().push(entry);
    }
    let unknown = months.remove(&None);
    let mut next = months.keys().next().copied().flatten();
    while let Some((month, last)) = next.zip(months.keys().next_back().copied().flatten()) {
        let entries = months.get(&Some(month)).map(Vec::as_slice).unwrap_or_default();
        table.row(figures([Cell::Date(month)], || entries.iter().copied(), &[]));
        next = month.next_month().filter(|month| *month <= last);
    }
    if let Some(entries) = unknown {
        table.row(figures([Cell::Missing], || entries.iter().copied(), &[]));
    }
    if !table.table.rows.is_empty() {
        table.total(figures([Cell::Missing], || presence.entries(), &[]));
    }
    table
}

fn figures<'r: 'e, 'e, I: Iterator<Item = &'e Attendance<'r>>, const NAMES: usize>(
    named: [Cell; NAMES],
    entries: impl Fn() -> I,
    left_out: &[Part<'r>],
) -> Vec<Figure<'r>> {
    let counted = [
        of_status(entries(), Status::Present),
        of_status(entries(), Status::Excused),
        of_status(entries(), Status::Absent),
        rate(entries()),
        heads(entries()),
    ];
    let counted = counted.into_iter().map(|figure| figure.without(left_out.iter().copied()));
    named.into_iter().map(Figure::from).chain(counted).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::kind::Kind;
    use crate::model::lang::Lang;
    use crate::report::fixture::{Store, rows, total};
    use crate::report::summary::Summary;
    use crate::report::suppress::Suppression;
    use crate::report::{Filter, View};

    fn activity(day: u32, rest: &str) -> String {
        format!("edition = \"2\"\naspect = \"courses\"\ntitle = \"x\"\ndate = 2022-02-0{day}\n{rest}")
    }

    #[test]
    fn notice_given_and_nothing_recorded_do_not_lower_the_rate() {
        let store = Store::closed()
            .member("a", "")
            .member("b", "")
            .member("c", "")
            .enterprise("outside", "")
            .put(
                Kind::Activity,
                "1",
                &activity(1, "excused = [\"a\"]\nabsent = [\"b\"]\n[present]\noutside = 4"),
            )
            .put(Kind::Activity, "2", &activity(2, "[present]\na = 2\nb = 1"))
            .put(
                Kind::Activity,
                "3",
                "edition = \"1\"\naspect = \"courses\"\ntitle = \"x\"\ndate = 2020\nabsent = [\"a\"]"
                    .replace("2020", "\"2020\"")
                    .as_str(),
            );
        let table = store.summary("attendance");
        assert_eq!(rows(&table), ["a a公司 1 1 0 1/1 2", "b b公司 1 0 1 1/2 1", "c c公司 0 0 0 0/0 0"]);
        assert_eq!(total(&table).as_deref(), Some("– – 2 1 1 2/3 3"));
        let aspects = store.summary("activities-by-aspect");
        assert_eq!(rows(&aspects), ["courses 2 – 2 3", "visits 0 0 0 0"]);
        assert!(aspects.notes[0].starts_with("coverage: 2 of 3 members"));
        assert!(aspects.notes.iter().any(|note| note.starts_with("left out: 1 entry of")));
    }

    #[test]
    fn an_enterprise_at_activities_of_two_aspects_is_in_both_rows_and_in_no_total() {
        let table = Store::rich().summary("activities-by-aspect");
        assert_eq!(rows(&table), ["courses 1 2.5 1 3", "visits 1 – 1 1"]);
        assert_eq!(total(&table).as_deref(), Some("– 2 2.5 – 4"));
    }

    #[test]
    fn months_add_up_to_the_attendance_of_the_edition() {
        let store = Store::closed()
            .member("a", "")
            .member("b", "")
            .put(Kind::Activity, "1", &activity(1, "absent = [\"b\"]\n[present]\na = 2"))
            .put(Kind::Activity, "2", &activity(2, "[present]\nb = 1").replace("02-02", "04-30"))
            .put(Kind::Activity, "3", &activity(3, "[present]\na = 5").replace("2022-02-03", "\"2022\""));
        let counted = |view: &View<'_>| {
            let summary = Summary::of(view, &Filter::edition(&"2".parse().unwrap()));
            let drawn = summary.drawn(&summary.tables());
            assert_eq!(summary.drawn(&[]), None);
            drawn.unwrap()
        };
        let table = counted(&store.view());
        let expected = ["2022-02 1 0 1 1/2 2", "2022-03 0 0 0 0/0 0", "2022-04 1 0 0 1/1 1", "– 1 0 0 1/1 5"];
        assert_eq!(rows(&table), expected);
        assert_eq!(total(&table), Some(total(&store.summary("attendance")).unwrap().replacen("– ", "", 1)));
        assert_eq!(counted(&View { lang: Lang::Zh, ..store.view() }).title, "逐月出席情况");
    }

    #[test]
    fn a_month_of_few_is_withheld_and_one_that_would_give_it_away() {
        let present = |ids: &[&str], heads: u32| {
            let of = |id: &&str| format!("{id} = {heads}");
            format!("[present]\n{}", ids.iter().map(of).collect::<Vec<_>>().join("\n"))
        };
        let members = ["a", "b", "c", "d"];
        let store = members
            .iter()
            .fold(Store::closed(), |store, id| store.member(id, ""))
            .put(Kind::Activity, "1", &activity(1, &present(&members, 2)))
            .put(Kind::Activity, "2", &activity(2, &present(&["a"], 7)).replace("02-02", "03-02"))
            .put(Kind::Activity, "3", &activity(3, &present(&members[..3], 3)).replace("02-03", "04-03"));
        let view = store.view();
        let summary = Summary::of(&view, &Filter::edition(&"2".parse().unwrap()));
        let counted = [summary.attendance_by_month(true)];
        let table = Suppression::of(&counted, 3).applied(vec![counted[0].table.clone()]).remove(0);
        let heads: Vec<String> =
            rows(&table).iter().filter_map(|row| row.rsplit(' ').next().map(str::to_owned)).collect();
        assert_eq!(heads, ["8", "×", "×"], "{:?}", rows(&table));
    }

    #[test]
    fn who_had_not_joined_or_had_left_is_not_counted_but_said() {
        let store = Store::closed()
            .enterprise("a", "memberships = [{ edition = \"2\", joined = 2022-02-02, left = 2022-02-03 }]")
            .put(Kind::Activity, "1", &activity(1, "[present]\na = 1"))
            .put(Kind::Activity, "2", &activity(2, "[present]\na = 2"))
            .put(Kind::Activity, "3", &activity(3, "absent = [\"a\"]"))
            .put(Kind::Activity, "4", &activity(4, "excused = [\"a\"]"))
            .put(Kind::Activity, "5", &activity(5, "[present]\na = 9").replace("2022-02-05", "\"2022-02\""));
        let table = store.summary("attendance");
        assert_eq!(rows(&table), ["a a公司 1 0 1 1/2 2"]);
        assert_eq!(total(&table).as_deref(), Some("– – 1 0 1 1/2 2"));
        assert!(table.notes.iter().any(|note| note.starts_with("left out: 3 entries of members before")));
        assert_eq!(rows(&store.summary("activities-by-aspect"))[0], "courses 5 – 1 2");
    }
}
