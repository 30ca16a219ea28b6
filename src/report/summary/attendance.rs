//! Who came, by enterprise.

use crate::report::cohort::Cohort;
use crate::report::presence::{Presence, Tally};
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

pub fn table(view: &View, cohort: &Cohort, presence: &Presence) -> Table {
    let columns = [
        ("enterprise", Holds::Id),
        ("name", Holds::Name),
        ("present", Holds::Count),
        ("excused", Holds::Count),
        ("absent", Holds::Count),
        ("rate", Holds::Share),
        ("person_times", Holds::Count),
    ];
    let mut table = view.table("attendance", &columns);
    for (member, tally) in cohort.members.iter().zip(&presence.tallies) {
        let name = view.name(&member.enterprise.name, member.enterprise.name_en.as_ref());
        table.row(cells(Cell::Text(member.id.to_string()), name, tally));
    }
    if !table.rows.is_empty() {
        table.total = Some(cells(Cell::Missing, Cell::Missing, &presence.total()));
    }
    table.note(
        "rate: present ÷ (present + absent); notice given does not lower it, and what is not recorded counts nowhere",
        "出席率＝出席÷（出席＋缺席）；请假不影响出席率，未记录的不计入任何一栏",
    );
    table
}

fn cells(enterprise: Cell, name: Cell, tally: &Tally) -> Vec<Cell> {
    vec![
        enterprise,
        name,
        Cell::count(tally.present),
        Cell::count(tally.excused),
        Cell::count(tally.absent),
        Cell::Share(tally.rate()),
        Cell::Count(tally.person_times),
    ]
}

#[cfg(test)]
mod tests {
    use crate::model::kind::Kind;
    use crate::report::fixture::{Store, rows, total};

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
}
