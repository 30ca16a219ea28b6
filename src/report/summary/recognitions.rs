//! Titles: at entry, gained, lapsed, held at the end, held ever.

use indexmap::IndexMap;

use super::course::Course;
use crate::model::kind::Kind;
use crate::report::cohort::{Cohort, Member};
use crate::report::label::many;
use crate::report::span::{Place, Span};
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// How many enterprises.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub at_entry: usize,
    pub gained: usize,
    pub lapsed: usize,
    pub held: usize,
    pub ever: usize,
}

impl Counts {
    fn add(&mut self, course: Course) {
        self.at_entry += usize::from(course.at_entry);
        self.gained += usize::from(course.gained);
        self.lapsed += usize::from(course.lapsed);
        self.held += usize::from(course.held);
        self.ever += usize::from(course.ever);
    }
}

/// The titles of a cohort.
#[derive(Debug)]
pub struct Titles {
    /// By title: all of the programme in its order, then others that occur.
    counts: IndexMap<String, Counts>,
    /// Enterprises with any title, each once.
    pub distinct: Counts,
    /// New recognitions of which it is not known whether they lie within.
    unclear: usize,
}

impl Titles {
    pub fn of(view: &View, cohort: &Cohort) -> Self {
        let titles = view.records.programme.recognitions.keys();
        let mut found = Self {
            counts: titles.map(|id| (id.to_string(), Counts::default())).collect(),
            distinct: Counts::default(),
            unclear: 0,
        };
        for member in &cohort.members {
            if let Some(span) = member.span {
                found.count(view, member, &span);
            }
        }
        found
    }

    fn count(&mut self, view: &View, member: &Member, span: &Span) {
        let all = &member.enterprise.recognitions;
        let mut any = Course::default();
        for (index, first) in all.iter().enumerate() {
            if first.recognised.is_none_or(|date| !first.is_re_review() && span.place(date) == Place::Unclear)
            {
                self.unclear += 1;
            }
            if all[..index].iter().any(|earlier| earlier.title == first.title) {
                continue;
            }
            let title = view.records.programme.recognitions.get(first.title.as_str());
            let same = all[index..].iter().filter(|it| it.title == first.title);
            let course = Course::of(same, span, title.and_then(|title| title.valid_months));
            self.counts.entry(first.title.to_string()).or_default().add(course);
            any = any.or(course);
        }
        self.distinct.add(any);
    }

    /// Enterprises that gained a title.
    pub fn gained(&self, title: &str) -> usize {
        self.counts.get(title).map_or(0, |counts| counts.gained)
    }

    /// Enterprises that hold a title on their last day.
    pub fn held(&self, title: &str) -> usize {
        self.counts.get(title).map_or(0, |counts| counts.held)
    }

    /// The titles, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str)
    }

    pub fn table(&self, view: &View, cohort: &Cohort) -> Table {
        match cohort.edition {
            Some(_) => self.table_of_edition(view),
            None => self.table_of_all(view),
        }
    }

    fn table_of_edition(&self, view: &View) -> Table {
        let columns = [
            ("title", Holds::Coded),
            ("at_entry", Holds::Count),
            ("gained", Holds::Count),
            ("lapsed", Holds::Count),
            ("held", Holds::Count),
            ("ever", Holds::Count),
        ];
        let mut table = view.table("recognitions", &columns);
        for (id, counts) in &self.counts {
            let Counts { at_entry, gained, lapsed, held, ever } = *counts;
            let counts = [at_entry, gained, lapsed, held, ever].map(Cell::count);
            table.row([view.coded(Kind::Title, id)].into_iter().chain(counts).collect());
        }
        self.notes(&mut table);
        table
    }

    /// The titles of all enterprises, where nobody enters or leaves.
    fn table_of_all(&self, view: &View) -> Table {
        let columns = [("title", Holds::Coded), ("held", Holds::Count), ("ever", Holds::Count)];
        let mut table = view.table("recognitions", &columns);
        for (id, counts) in &self.counts {
            table.row(vec![view.coded(Kind::Title, id), Cell::count(counts.held), Cell::count(counts.ever)]);
        }
        let Counts { held, ever, .. } = self.distinct;
        table.note(
            format!("enterprises, each once a title; distinct enterprises: held today {held}, ever {ever}"),
            format!("按企业计，同一资质每家计一次；去重企业数：今日有效{held}家，累计{ever}家"),
        );
        table
    }

    fn notes(&self, table: &mut Table) {
        table.note(
            "enterprises, each once a title; at entry: held on the first day; gained: recognised within the days that count and not a re-review; lapsed: held at entry and not on the last day; held: on the last day; ever: recognised at any time up to the last day",
            "按企业计，同一资质每家计一次；入选时：首日有效；新增：在统计时间内认定且非复核；失效：首日有效而末日无效；有效：末日有效；累计：截至末日曾获认定",
        );
        let Counts { at_entry, gained, lapsed, held, ever } = self.distinct;
        table.note(
            format!(
                "an enterprise can hold several titles, so rows do not add up; distinct enterprises: at entry {at_entry}, gained {gained}, lapsed {lapsed}, held {held}, ever {ever}"
            ),
            format!(
                "同一企业可有多项资质，各行不可相加；去重企业数：入选时{at_entry}家，新增{gained}家，失效{lapsed}家，有效{held}家，累计{ever}家"
            ),
        );
        if self.unclear > 0 {
            let unclear = self.unclear;
            table.note(
                format!(
                    "not counted as gained: {} whose date is not known well enough to say on which side of the first or last day it lies",
                    many(unclear, "recognition", "recognitions")
                ),
                format!("另有{unclear}项认定日期缺失或不完整，无法判断是否在统计时间内，未计入新增"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows};

    /// The row of `srdi` (valid 36 months) after its id, for one member of edition 2 with these recognitions.
    fn srdi(recognitions: &str) -> String {
        let store = Store::closed().member("a", &format!("recognitions = [{recognitions}]"));
        rows(&store.summary("recognitions"))[0].strip_prefix("srdi ").unwrap_or_default().to_owned()
    }

    #[test]
    fn every_title_of_the_programme_has_a_row_even_if_nobody_has_it() {
        let table = Store::closed().summary("recognitions");
        assert_eq!(rows(&table), ["srdi 0 0 0 0 0", "hnte 0 0 0 0 0"]);
        assert_eq!(table.total, None);
    }

    #[test]
    fn is_gained_on_the_first_and_on_the_last_day_and_not_a_day_beyond() {
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2022-01-12 }"), "1 0 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2022-01-13 }"), "1 1 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2023-05-10 }"), "0 1 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2023-05-11 }"), "0 0 0 0 0");
    }

    #[test]
    fn holds_on_its_last_day_and_lapses_after_it() {
        let until = |expires: &str| {
            srdi(&format!("{{ title = \"srdi\", recognised = 2020-01-01, expires = {expires} }}"))
        };
        assert_eq!(until("2022-01-12"), "0 0 0 0 1");
        assert_eq!(until("2022-01-13"), "1 0 1 0 1");
        assert_eq!(until("2023-05-09"), "1 0 1 0 1");
        assert_eq!(until("2023-05-10"), "1 0 0 1 1");
    }

    #[test]
    fn a_re_review_keeps_a_title_and_is_not_a_new_one() {
        let both = "{ title = \"srdi\", recognised = 2019-06-01 }, { title = \"srdi\", recognised = 2022-05-31, action = \"re-review\" }";
        assert_eq!(srdi(both), "1 0 0 1 1");
    }

    #[test]
    fn a_title_given_twice_counts_the_enterprise_once() {
        let both = "{ title = \"srdi\", recognised = 2022-06-01, expires = 2022-07-01 }, { title = \"srdi\", recognised = 2022-08-01 }";
        assert_eq!(srdi(both), "0 1 0 1 1");
    }

    #[test]
    fn a_date_that_may_lie_on_either_side_is_not_counted_but_said() {
        let text = "recognitions = [{ title = \"srdi\", recognised = \"2022\" }, { title = \"hnte\", recognised = \"2022-02\" }]";
        let table = Store::closed().member("a", text).summary("recognitions");
        assert_eq!(rows(&table), ["srdi 0 0 0 1 1", "hnte 0 1 0 1 1"]);
        assert!(table.notes.iter().any(|note| note.starts_with("not counted as gained: 1 ")));
    }

    #[test]
    fn who_joined_late_or_left_early_has_days_of_its_own() {
        let of = |membership: &str, recognised: &str| {
            let text = format!(
                "memberships = [{{ edition = \"2\", {membership} }}]\nrecognitions = [{{ title = \"srdi\", recognised = {recognised} }}]"
            );
            rows(&Store::closed().enterprise("a", &text).summary("recognitions"))[0].clone()
        };
        assert_eq!(of("joined = 2022-06-01", "2022-05-31"), "srdi 1 0 0 1 1");
        assert_eq!(of("joined = 2022-06-01", "2022-06-01"), "srdi 1 1 0 1 1");
        assert_eq!(of("left = 2022-06-01", "2022-06-01"), "srdi 0 1 0 1 1");
        assert_eq!(of("left = 2022-06-01", "2022-06-02"), "srdi 0 0 0 0 0");
        assert_eq!(of("joined = 2021-12-01", "2021-12-20"), "srdi 1 0 0 1 1");
        assert_eq!(of("left = 2023-07-01", "2023-05-11"), "srdi 0 0 0 0 0");
    }

    #[test]
    fn an_enterprise_with_two_titles_is_one_enterprise() {
        let text = "recognitions = [{ title = \"srdi\", recognised = 2022-06-01 }, { title = \"hnte\", recognised = 2022-06-01 }]";
        let table = Store::closed().member("a", text).summary("recognitions");
        assert!(table.notes.iter().any(|note| note.contains("distinct enterprises: at entry 0, gained 1,")));
    }
}
