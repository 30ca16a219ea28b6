//! Titles: at entry, gained, renewed, lapsed, held at the end, held ever.

use indexmap::IndexMap;

use super::course::{Course, Entry};
use crate::model::kind::Kind;
use crate::report::cohort::{Cohort, Member};
use crate::report::counted::{Counted, NoSuch};
use crate::report::evidence::{Figure, Part, Remark, Source, Spot, UNCLEAR, UNDATED};
use crate::report::label::many;
use crate::report::span::{Place, Span};
use crate::report::table::Kind as Holds;
use crate::report::view::View;
use crate::text;

const INFERRED: Remark = &(
    "re-reviewed, and no certificate of an earlier day still held: it was held at entry",
    "复核之前没有仍在有效期内的证书，视为入选时已有",
);

/// What a column counts, in the order of the columns.
const COLUMNS: [&str; 6] = ["at_entry", "gained", "renewed", "lapsed", "held", "ever"];

/// Enterprises by column: for each the recognition that says so.
#[derive(Debug, Clone, Default)]
pub struct Counts<'r> {
    columns: [Vec<Part<'r>>; 6],
    unclear: Vec<Part<'r>>,
}

impl<'r> Counts<'r> {
    /// Adds what became of a title at a member; once only, if it is asked whether there is any title.
    fn add(&mut self, member: &Member<'r>, course: &Course<'r>, once: bool) {
        let part = |(index, _): Entry<'r>| {
            Part::one(Source::enterprise(member.id, Spot::Entry("recognitions", index)))
        };
        let at_entry = |entry| if course.is_inferred { part(entry).remark(INFERRED) } else { part(entry) };
        let answers = [
            course.at_entry.map(at_entry),
            course.gained.map(part),
            course.renewed.map(part),
            course.lapsed.map(part),
            course.held.map(part),
            course.ever.map(part),
        ];
        for (column, answer) in self.columns.iter_mut().zip(answers) {
            let Some(part) = answer else { continue };
            // Members come one after the other.
            let is_known = column.last().is_some_and(|last| last.source.record == part.source.record);
            if !(once && is_known) {
                column.push(part);
            }
        }
    }

    /// One column.
    pub fn column(&self, id: &str) -> Figure<'r> {
        let at = COLUMNS.iter().position(|column| *column == id);
        Figure::counted(at.map(|at| self.columns[at].as_slice()).unwrap_or_default(), &self.unclear)
    }

    fn len(&self, id: &str) -> usize {
        self.column(id).parts.len()
    }
}

/// The titles of a cohort.
#[derive(Debug)]
pub struct Titles<'r> {
    /// By title: all of the programme in its order, then others that occur.
    counts: IndexMap<String, Counts<'r>>,
    /// Enterprises with any title, each once.
    pub distinct: Counts<'r>,
    inferred: usize,
}

impl<'r> Titles<'r> {
    pub fn of(view: &View<'r>, cohort: &Cohort<'r>) -> Self {
        let titles = view.records.programme.recognitions.keys();
        let mut found = Self {
            counts: titles.map(|id| (id.to_string(), Counts::default())).collect(),
            distinct: Counts::default(),
            inferred: 0,
        };
        for member in &cohort.members {
            if let Some(span) = member.span {
                found.count(view, member, span);
            }
        }
        found
    }

    fn count(&mut self, view: &View<'r>, member: &Member<'r>, span: Span) {
        let mut of_title: IndexMap<&str, Vec<Entry<'r>>> = IndexMap::new();
        for (index, it) in member.enterprise.recognitions.iter().enumerate() {
            of_title.entry(it.title.as_str()).or_default().push((index, it));
        }
        for (title, all) in of_title {
            let months = view.valid_months(title);
            let course = if span.is_all_time() { Course::of_all_time } else { Course::of };
            let course = course(&all, span, months);
            self.inferred += usize::from(course.is_inferred);
            let counts = self.counts.entry(title.to_owned()).or_default();
            counts.add(member, &course, false);
            self.distinct.add(member, &course, true);
            for (index, it) in all {
                let remark = match it.recognised.map(|date| span.place(date)) {
                    None => UNDATED,
                    Some(Place::Unclear) => UNCLEAR,
                    Some(Place::Within | Place::Outside) => continue,
                };
                let source = Source::enterprise(member.id, Spot::Entry("recognitions", index));
                let part = Part::one(source).remark(remark);
                counts.unclear.push(part);
                self.distinct.unclear.push(part);
            }
        }
    }

    /// Enterprises of one column of a title.
    pub fn column(&self, title: &str, column: &str) -> Result<Figure<'r>, NoSuch> {
        let counts = self.counts.get(title);
        let counts =
            counts.ok_or_else(|| NoSuch::Row(title.to_owned(), self.counts.keys().cloned().collect()))?;
        Ok(counts.column(column))
    }

    /// The titles, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str)
    }

    pub fn table(&self, view: &View, cohort: &Cohort, keeps: bool) -> Counted<'r> {
        let columns = if cohort.edition.is_some() { COLUMNS.as_slice() } else { &COLUMNS[4..] };
        let shown: Vec<(&str, Holds)> = [("title", Holds::Coded)]
            .into_iter()
            .chain(columns.iter().map(|column| (*column, Holds::Count)))
            .collect();
        let mut table = Counted::new(view.table("recognitions", &shown), keeps);
        for (id, counts) in &self.counts {
            let key = view.coded(Kind::Title, id).into();
            table.row([key].into_iter().chain(columns.iter().map(|column| counts.column(column))).collect());
        }
        if cohort.edition.is_some() {
            self.notes(&mut table);
        } else {
            let (held, ever) = (self.distinct.len("held"), self.distinct.len("ever"));
            table.note(&text!(
                "enterprises, each once a title; distinct enterprises: held today {held}, ever {ever}",
                "按企业计，同一资质每家计一次；去重企业数：今日有效{held}家，累计{ever}家"
            ));
        }
        table
    }

    fn notes(&self, table: &mut Counted) {
        table.note(&text!(
            "enterprises, each once a title; at entry: held on the first day by a certificate of an earlier day; gained: not held at entry and recognised within the days that count, not as a re-review; renewed: held at entry and recognised or re-reviewed again; lapsed: held at entry or gained, and not held on the last day; ever: recognised at any time up to the last day; at entry + gained − lapsed = held",
            "按企业计，同一资质每家计一次；入选时：首日持有此前认定、仍有效的证书；新增：入选时未持有，在统计时间内认定且非复核；续期：入选时已持有，在统计时间内再次认定或通过复核；失效：入选时持有或新增，末日无效；累计：截至末日曾获认定；入选时＋新增－失效＝有效"
        ));
        let [at_entry, gained, renewed, lapsed, held, ever] = COLUMNS.map(|column| self.distinct.len(column));
        table.note(&text!(
            "an enterprise can hold several titles, so rows do not add up; distinct enterprises: at entry {at_entry}, gained {gained}, renewed {renewed}, lapsed {lapsed}, held {held}, ever {ever}",
            "同一企业可有多项资质，各行不可相加；去重企业数：入选时{at_entry}家，新增{gained}家，续期{renewed}家，失效{lapsed}家，有效{held}家，累计{ever}家"
        ));
        table.note(&text!(
            "a certificate without an expiry holds as long as its title is valid for: to the day before the same day of the month, or to the end of a shorter month; an expiry known to the month or year is its last day",
            "证书未记录有效期的，按该资质的有效期推算：至期满当月同日的前一日，当月无此日的至月末；有效期只记到年或月的，按其最后一日计"
        ));
        let inferred = self.inferred;
        if inferred > 0 {
            table.note(&text!(
                "held at entry because it was re-reviewed, though no certificate of an earlier day still held: {inferred}",
                "复核之前没有仍在有效期内的证书、视为入选时已有的：{inferred}项"
            ));
        }
        let unclear = self.distinct.unclear.len();
        if unclear > 0 {
            table.note(&text!(
                "not counted as at entry, gained or renewed, nor by itself as held: {en} whose date is missing or not known well enough to say on which side of the first or last day it lies",
                "另有{unclear}项认定日期缺失或不完整，无法判断在首日或末日之前还是之后，未计入入选时、新增、续期，也不单独据以计为有效",
                en = many(unclear, "recognition", "recognitions"),
                unclear = unclear
            ));
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
        assert_eq!(rows(&table), ["srdi 0 0 0 0 0 0", "hnte 0 0 0 0 0 0"]);
        assert_eq!(table.total, None);
    }

    #[test]
    fn is_gained_on_the_first_and_on_the_last_day_and_not_a_day_beyond() {
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2022-01-12 }"), "1 0 0 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2022-01-13 }"), "0 1 0 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2023-05-10 }"), "0 1 0 0 1 1");
        assert_eq!(srdi("{ title = \"srdi\", recognised = 2023-05-11 }"), "0 0 0 0 0 0");
    }

    #[test]
    fn holds_on_its_last_day_and_lapses_after_it() {
        let until = |expires: &str| {
            srdi(&format!("{{ title = \"srdi\", recognised = 2020-01-01, expires = {expires} }}"))
        };
        assert_eq!(until("2022-01-12"), "0 0 0 0 0 1");
        assert_eq!(until("2022-01-13"), "1 0 0 1 0 1");
        assert_eq!(until("2023-05-09"), "1 0 0 1 0 1");
        assert_eq!(until("2023-05-10"), "1 0 0 0 1 1");
    }

    #[test]
    fn a_title_held_at_entry_is_renewed_and_not_gained() {
        let with = |later: &str| srdi(&format!("{{ title = \"srdi\", recognised = 2019-06-01 }}, {later}"));
        let renewed = "1 0 1 0 1 1";
        assert_eq!(with("{ title = \"srdi\", recognised = 2022-05-31, action = \"re-review\" }"), renewed);
        assert_eq!(with("{ title = \"srdi\", recognised = 2022-05-31 }"), renewed);
        assert_eq!(with("{ title = \"srdi\", recognised = 2022-09-01 }"), renewed, "lapsed for a while");
        assert_eq!(with("{ title = \"srdi\", recognised = 2023-05-11 }"), "1 0 0 1 0 1", "after the close");
    }

    #[test]
    fn a_re_review_without_an_earlier_certificate_means_the_title_was_held_at_entry() {
        let re_review = "{ title = \"srdi\", recognised = 2022-05-31, action = \"re-review\" }";
        assert_eq!(srdi(re_review), "1 0 1 0 1 1");
        let expired = "{ title = \"srdi\", recognised = 2015-01-01 }";
        assert_eq!(srdi(&format!("{expired}, {re_review}")), "1 0 1 0 1 1");
        let given = "{ title = \"srdi\", recognised = 2022-03-01 }";
        assert_eq!(srdi(&format!("{given}, {re_review}")), "0 1 0 0 1 1");
        let table =
            Store::closed().member("a", &format!("recognitions = [{re_review}]")).summary("recognitions");
        assert!(table.notes.iter().any(|note| note.ends_with("of an earlier day still held: 1")));
    }

    #[test]
    fn a_title_gained_and_lost_within_the_edition_has_lapsed() {
        let short = "{ title = \"srdi\", recognised = 2022-06-01, expires = 2022-07-01 }";
        assert_eq!(srdi(short), "0 1 0 1 0 1");
        let again = "{ title = \"srdi\", recognised = 2022-08-01 }";
        assert_eq!(srdi(&format!("{short}, {again}")), "0 1 0 0 1 1");
    }

    #[test]
    fn a_date_that_may_lie_on_either_side_is_not_counted_but_said() {
        let text = "recognitions = [{ title = \"srdi\", recognised = \"2022\" }, { title = \"hnte\", recognised = \"2022-02\" }]";
        let table = Store::closed().member("a", text).summary("recognitions");
        assert_eq!(rows(&table), ["srdi 0 0 0 0 0 1", "hnte 0 1 0 0 1 1"]);
        assert!(table.notes.iter().any(|note| note.contains("nor by itself as held: 1 recognition")));
    }

    #[test]
    fn who_joined_late_or_left_early_has_days_of_its_own() {
        let of = |membership: &str, recognised: &str| {
            let text = format!(
                "memberships = [{{ edition = \"2\", {membership} }}]\nrecognitions = [{{ title = \"srdi\", recognised = {recognised} }}]"
            );
            rows(&Store::closed().enterprise("a", &text).summary("recognitions"))[0].clone()
        };
        assert_eq!(of("joined = 2022-06-01", "2022-05-31"), "srdi 1 0 0 0 1 1");
        assert_eq!(of("joined = 2022-06-01", "2022-06-01"), "srdi 0 1 0 0 1 1");
        assert_eq!(of("left = 2022-06-01", "2022-06-01"), "srdi 0 1 0 0 1 1");
        assert_eq!(of("left = 2022-06-01", "2022-06-02"), "srdi 0 0 0 0 0 0");
        assert_eq!(of("joined = 2021-12-01", "2021-12-20"), "srdi 1 0 0 0 1 1");
        assert_eq!(of("left = 2023-07-01", "2023-05-11"), "srdi 0 0 0 0 0 0");
    }

    #[test]
    fn an_enterprise_with_two_titles_is_one_enterprise() {
        let text = "recognitions = [{ title = \"srdi\", recognised = 2022-06-01 }, { title = \"hnte\", recognised = 2022-06-01 }]";
        let table = Store::closed().member("a", text).summary("recognitions");
        assert!(table.notes.iter().any(|note| note.contains("distinct enterprises: at entry 0, gained 1,")));
    }
}
