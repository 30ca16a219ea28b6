//! The second count: from what was generated alone, with plain loops and none of the program's code.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use crate::recount::made::{Certificate, Ends, Firm, Made, Project, Stay, TODAY, When, day, length, ymd};

/// What stands in each cell, by `TABLE/ROW/COLUMN`.
pub type Cells = BTreeMap<String, String>;

pub const NOTHING: &str = "–";

pub fn shown(value: Decimal) -> String {
    value.round_dp(10).normalize().to_string()
}

fn sum_shown(values: &[Option<Decimal>]) -> String {
    let known: Vec<Decimal> = values.iter().flatten().copied().collect();
    if known.is_empty() && !values.is_empty() {
        return NOTHING.to_owned();
    }
    shown(known.iter().sum())
}

type Days2 = (NaiveDate, NaiveDate);

struct Count<'m> {
    made: &'m Made,
    edition: usize,
    cells: Cells,
}

/// Counts an edition.
pub fn count(made: &Made, edition: usize) -> Cells {
    let mut count = Count { made, edition, cells: Cells::new() };
    count.members();
    count.groups();
    count.attendance();
    count.titles();
    count.platforms();
    count.indicators();
    count.projects();
    count.needs();
    count.targets();
    count.cells
}

fn last_full_year(day: NaiveDate) -> i32 {
    if (day.month(), day.day()) == (12, 31) { day.year() } else { day.year() - 1 }
}

/// The last day of a certificate.
fn end(certificate: &Certificate, given: &When) -> NaiveDate {
    match (&certificate.expires, certificate.title) {
        (Some(Ends::Never), _) | (None, "hnte") => NaiveDate::MAX,
        (Some(Ends::On(when)), _) => when.last,
        // Three years, less a day; the month's last day where it is shorter.
        (None, _) => {
            let (year, month) = (given.last.year() + 3, given.last.month());
            let there = length(year, month);
            if given.last.day() > there {
                ymd(year, month, there)
            } else {
                ymd(year, month, given.last.day()) - Days::new(1)
            }
        }
    }
}

impl<'m> Count<'m> {
    #[expect(clippy::needless_pass_by_value, reason = "counts and texts alike")]
    fn put(&mut self, cell: &str, value: impl ToString) {
        self.cells.insert(cell.to_owned(), value.to_string());
    }

    fn all(&self) -> Vec<(usize, &'m Firm, &'m Stay)> {
        let made: &'m Made = self.made;
        let stays = made.firms.iter().enumerate();
        stays.filter_map(|(index, firm)| Some((index, firm, firm.stays[self.edition].as_ref()?))).collect()
    }

    fn closing(&self, edition: usize) -> NaiveDate {
        self.made.editions[edition].closed.as_ref().map_or(day(TODAY), |it| it.last)
    }

    /// The days of a firm in an edition, the shared one included.
    fn whole_days(&self, firm: &Firm, edition: usize) -> Option<Days2> {
        let stay = firm.stays[edition].as_ref()?;
        let opened = self.made.editions[edition].opened.as_ref()?.first;
        let first = stay.joined.as_ref().map_or(opened, |it| it.first.max(opened));
        let closed = self.closing(edition);
        let last = stay.left.as_ref().map_or(closed, |it| it.last.min(closed));
        (first <= last).then_some((first, last))
    }

    /// Without the day that closes the other edition and opens this one, for who was still in the other.
    fn days(&self, firm: &Firm) -> Option<Days2> {
        let (first, last) = self.whole_days(firm, self.edition)?;
        let exact = |when: &Option<When>| when.as_ref().filter(|it| it.is_exact()).map(|it| it.first);
        let (own, other) = (&self.made.editions[self.edition], &self.made.editions[1 - self.edition]);
        let opened = exact(&own.opened);
        let shares = opened == Some(first)
            && exact(&own.closed) != opened
            && exact(&other.closed) == opened
            && exact(&other.opened) != opened
            && self.whole_days(firm, 1 - self.edition).is_some_and(|(_, last)| last == first);
        let first = if shares { first + Days::new(1) } else { first };
        (first <= last).then_some((first, last))
    }

    fn with_days(&self) -> Vec<(&'m Firm, Days2)> {
        self.all().into_iter().filter_map(|(_, firm, _)| Some((firm, self.days(firm)?))).collect()
    }

    fn members(&mut self) {
        let all = self.all();
        let of = |outcome: Option<&str>| all.iter().filter(|(.., stay)| stay.outcome == outcome).count();
        let counts = [
            ("members", all.len()),
            ("graduated", of(Some("graduated"))),
            ("withdrawn", of(Some("withdrawn"))),
            ("removed", of(Some("removed"))),
            ("transferred", of(Some("transferred"))),
            ("in_cultivation", of(None)),
        ];
        for (item, count) in counts {
            self.put(&format!("overview/{item}/value"), count);
        }
    }

    fn group(&mut self, table: &str, keys: &[Vec<&str>], always: &[&str], total: bool) {
        let all = keys.len();
        let mut counts: BTreeMap<&str, usize> = always.iter().map(|key| (*key, 0)).collect();
        for key in keys.iter().flatten() {
            *counts.entry(key).or_default() += 1;
        }
        let without = keys.iter().filter(|keys| keys.is_empty()).count();
        if without > 0 {
            counts.insert("-", without);
        }
        if total {
            counts.insert("total", all);
        }
        for (key, count) in counts {
            self.put(&format!("{table}/{key}/enterprises"), count);
            self.put(&format!("{table}/{key}/share"), format!("{count}/{all}"));
        }
    }

    fn groups(&mut self) {
        let one = |key: Option<&'static str>| key.into_iter().collect::<Vec<_>>();
        let made = self.made;
        let firms: Vec<(&Firm, &Stay)> =
            made.firms.iter().filter_map(|firm| Some((firm, firm.stays[self.edition].as_ref()?))).collect();
        let industries: Vec<_> = firms.iter().map(|(firm, _)| one(firm.industry)).collect();
        self.group("enterprises-by-industry", &industries, &["auto"], true);
        let town = |town| if town == "别处" { town } else { "xinhua" };
        let towns: Vec<_> = firms.iter().map(|(firm, _)| one(firm.town.map(town))).collect();
        self.group("enterprises-by-town", &towns, &[], true);
        let year = last_full_year(self.closing(self.edition));
        let sizes: Vec<_> = firms.iter().map(|(firm, _)| one(size(firm, year))).collect();
        self.group("enterprises-by-size", &sizes, &["large", "medium", "small", "micro"], true);
        let modules: Vec<_> = firms.iter().map(|(_, stay)| stay.modules.to_vec()).collect();
        self.group("enterprises-by-module", &modules, &[], false);
    }

    fn attendance(&mut self) {
        let made = self.made;
        let held: Vec<usize> =
            (0..made.activities.len()).filter(|at| made.activities[*at].edition == self.edition).collect();
        let was_member = |stay: &Stay, date: &When| {
            let joined = stay.joined.as_ref().is_none_or(|it| it.first <= date.first);
            joined && stay.left.as_ref().is_none_or(|it| date.last <= it.last)
        };
        let mut seen: Vec<(usize, usize, u64)> = Vec::new();
        let members: Vec<usize> = self.all().iter().map(|(index, ..)| *index).collect();
        for (index, firm, stay) in self.all() {
            let there = held.iter().filter(|at| was_member(stay, &made.activities[**at].date));
            seen.extend(there.map(|at| (index, *at, firm.statuses[*at])));
        }
        let mut row = |name: &str, rows: &[&(usize, usize, u64)]| {
            let of = |test: &dyn Fn(u64) -> bool| rows.iter().filter(|(.., status)| test(*status)).count();
            let (present, absent) = (of(&|it| it < 3), of(&|it| it == 4));
            let heads: u64 =
                rows.iter().filter(|(.., status)| *status < 3).map(|(.., status)| status + 1).sum();
            let rate = format!("{present}/{}", present + absent);
            self.put(&format!("attendance/{name}/present"), present);
            self.put(&format!("attendance/{name}/excused"), of(&|it| it == 3));
            self.put(&format!("attendance/{name}/absent"), absent);
            self.put(&format!("attendance/{name}/rate"), &rate);
            self.put(&format!("attendance/{name}/person_times"), heads);
            (rate, heads)
        };
        for member in &members {
            row(&format!("f{member}"), &seen.iter().filter(|(firm, ..)| firm == member).collect::<Vec<_>>());
        }
        let (rate, heads) = row("total", &seen.iter().collect::<Vec<_>>());
        if members.is_empty() {
            self.cells.retain(|cell, _| !cell.starts_with("attendance/"));
        }
        let reached: BTreeSet<usize> =
            seen.iter().filter(|(.., status)| *status < 3).map(|(firm, ..)| *firm).collect();
        self.put("overview/coverage/value", format!("{}/{}", reached.len(), members.len()));
        self.put("overview/attendance_rate/value", rate);
        self.put("overview/person_times/value", heads);
        self.put("overview/activities/value", held.len());
        let hours = |of: &dyn Fn(usize) -> bool| {
            let hours: Vec<_> =
                held.iter().filter(|at| of(**at)).map(|at| made.activities[*at].hours).collect();
            sum_shown(&hours)
        };
        self.put("overview/hours/value", hours(&|_| true));
        for aspect in ["courses", "visits"] {
            let is_of = |at: usize| made.activities[at].aspect == aspect;
            let came: Vec<_> = seen.iter().filter(|(_, at, status)| is_of(*at) && *status < 3).collect();
            let enterprises: BTreeSet<usize> = came.iter().map(|(firm, ..)| *firm).collect();
            let row = format!("activities-by-aspect/{aspect}");
            self.put(&format!("{row}/activities"), held.iter().filter(|at| is_of(**at)).count());
            self.put(&format!("{row}/hours"), hours(&is_of));
            self.put(&format!("{row}/enterprises"), enterprises.len());
            self.put(&format!("{row}/person_times"), came.iter().map(|(.., status)| status + 1).sum::<u64>());
        }
        self.put("activities-by-aspect/total/activities", held.len());
        self.put("activities-by-aspect/total/hours", hours(&|_| true));
        self.put("activities-by-aspect/total/enterprises", NOTHING);
        self.put("activities-by-aspect/total/person_times", heads);
    }

    fn titles(&mut self) {
        let mut gained_any = BTreeSet::new();
        for title in ["srdi", "hnte"] {
            let mut counts = [0; 6];
            for (number, (firm, days)) in self.with_days().into_iter().enumerate() {
                let course = course(firm, title, days);
                if course[1] {
                    gained_any.insert(number);
                }
                for (count, is_so) in counts.iter_mut().zip(course) {
                    *count += usize::from(is_so);
                }
            }
            assert_eq!(counts[0] + counts[1] - counts[3], counts[4], "at entry + gained − lapsed = held");
            let columns = ["at_entry", "gained", "renewed", "lapsed", "held", "ever"];
            for (column, count) in columns.into_iter().zip(counts) {
                self.put(&format!("recognitions/{title}/{column}"), count);
            }
        }
        self.put("overview/enterprises_gained/value", gained_any.len());
    }

    fn platforms(&mut self) {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, (firm, (first, last))) in self.with_days().into_iter().enumerate() {
            for it in &firm.platforms {
                if it.given.as_ref().is_some_and(|given| first <= given.first && given.last <= last) {
                    let key = format!("platforms/{}/{}", it.kind, it.level.unwrap_or("-"));
                    rows.entry(key).or_default().push(number);
                }
            }
        }
        let all: usize = rows.values().map(Vec::len).sum();
        for (row, firms) in &rows {
            self.put(&format!("{row}/new"), firms.len());
            self.put(&format!("{row}/enterprises"), firms.iter().collect::<BTreeSet<_>>().len());
        }
        if all > 0 {
            self.put("platforms/total/new", all);
            self.put("platforms/total/enterprises", NOTHING);
        }
        self.put("overview/new_platforms/value", all);
    }

    fn indicators(&mut self) {
        let edition = &self.made.editions[self.edition];
        let opened = edition.opened.as_ref();
        let (start, end) = match edition.years {
            Some((start, end)) => (Some(start), Some(end)),
            None => (
                opened.map(|it| it.first.year() - 1),
                opened.map(|_| last_full_year(self.closing(self.edition))),
            ),
        };
        let text = |year: Option<i32>| year.map_or(NOTHING.to_owned(), |year| year.to_string());
        let is_compared = start < end && start.is_some();
        for metric in ["revenue", "employees"] {
            let of = |firm: &Firm, year: Option<i32>| {
                let figures = firm.figures.iter().find(|it| it.year.is_some() && it.year == year)?;
                if metric == "revenue" { figures.revenue } else { figures.employees }
            };
            let pairs: Vec<_> =
                self.all().iter().map(|(_, firm, _)| (of(firm, start), of(firm, end))).collect();
            let both: Vec<_> = pairs.iter().filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
            let [first, last] =
                [both.iter().map(|it| it.0).sum::<Decimal>(), both.iter().map(|it| it.1).sum()];
            let mut growths: Vec<Decimal> =
                both.iter().filter(|(a, _)| *a > Decimal::ZERO).map(|(a, b)| (b - a) / a).collect();
            growths.sort_unstable();
            let median = match growths.len() {
                0 => NOTHING.to_owned(),
                n => shown((growths[(n - 1) / 2] + growths[n / 2]) / Decimal::TWO),
            };
            let growth = format!("{}/{}", shown(last - first), shown(first));
            let or_nothing = |is_there: bool, text: String| if is_there { text } else { NOTHING.to_owned() };
            let reported = |year: Option<i32>, count: usize| or_nothing(year.is_some(), count.to_string());
            let has_both = is_compared && !both.is_empty();
            for (column, value) in [
                ("start", text(start)),
                ("end", text(end)),
                ("matched", or_nothing(is_compared, both.len().to_string())),
                ("members", pairs.len().to_string()),
                ("reported_start", reported(start, pairs.iter().filter(|it| it.0.is_some()).count())),
                ("reported_end", reported(end, pairs.iter().filter(|it| it.1.is_some()).count())),
                ("start_total", or_nothing(has_both, shown(first))),
                ("end_total", or_nothing(has_both, shown(last))),
                ("growth", or_nothing(has_both && first > Decimal::ZERO, growth)),
                ("median_growth", or_nothing(is_compared, median)),
                ("median_of", or_nothing(is_compared, growths.len().to_string())),
            ] {
                self.put(&format!("indicators/{metric}/{column}"), value);
            }
        }
    }

    fn projects(&mut self) {
        let found: Vec<(&Project, bool, &str)> = self
            .with_days()
            .into_iter()
            .flat_map(|(firm, days)| firm.projects.iter().filter_map(move |it| became(it, days)))
            .collect();
        let mut rows: BTreeMap<&str, Vec<&(&Project, bool, &str)>> = BTreeMap::new();
        for it in &found {
            rows.entry(it.0.scheme).or_default().push(it);
            rows.entry("total").or_default().push(it);
        }
        let of =
            |rows: &[&(&Project, bool, &str)], state: &str| rows.iter().filter(|it| it.2 == state).count();
        let granted = |rows: &[&(&Project, bool, &str)]| {
            let approved = rows.iter().filter(|it| it.2 == "approved");
            sum_shown(&approved.map(|it| it.0.granted).collect::<Vec<_>>())
        };
        for (row, rows) in &rows {
            let carried = rows.iter().filter(|it| it.1).count();
            let applied = rows.iter().filter(|it| !it.1).map(|it| it.0.requested).collect::<Vec<_>>();
            let states =
                ["approved", "rejected", "withdrawn", "pending"].map(|state| (state, of(rows, state)));
            assert_eq!(carried + applied.len(), states.iter().map(|it| it.1).sum::<usize>());
            for (column, count) in
                [("brought_forward", carried), ("applied", applied.len())].into_iter().chain(states)
            {
                self.put(&format!("projects/{row}/{column}"), count);
            }
            self.put(&format!("projects/{row}/requested"), sum_shown(&applied));
            self.put(&format!("projects/{row}/granted"), granted(rows));
        }
        let all: Vec<_> = found.iter().collect();
        self.put("overview/projects_applied/value", all.iter().filter(|it| !it.1).count());
        self.put("overview/projects_approved/value", of(&all, "approved"));
        self.put("overview/granted/value", granted(&all));
    }

    fn needs(&mut self) {
        let mut rows: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
        for (firm, (first, last)) in self.with_days() {
            for it in &firm.needs {
                let is_new = first <= it.received.first && it.received.last <= last;
                let is_carried =
                    it.received.last < first && it.closed.as_ref().is_none_or(|it| first <= it.first);
                if is_new || is_carried {
                    let closed = it.closed.as_ref().is_some_and(|it| it.last <= last);
                    for row in [it.category, "total"] {
                        let counts = rows.entry(row).or_default();
                        counts[usize::from(is_new)] += 1;
                        counts[if closed { 2 } else { 3 }] += 1;
                    }
                }
            }
        }
        let [_, received, closed, open] = rows.get("total").copied().unwrap_or_default();
        self.put("overview/needs_received/value", received);
        self.put("overview/needs_closed/value", closed);
        self.put("needs-rate", format!("{closed}/{}", closed + open));
        for (row, counts) in rows {
            let [carried, received, closed, open] = counts;
            assert_eq!(carried + received, closed + open);
            for (column, count) in ["brought_forward", "received", "closed", "open"].into_iter().zip(counts) {
                self.put(&format!("needs/{row}/{column}"), count);
            }
            self.put(&format!("needs/{row}/rate"), format!("{closed}/{}", closed + open));
        }
    }

    fn targets(&mut self) {
        self.cells.remove("needs-rate");
        for (name, cell, target) in &self.made.editions[self.edition].targets {
            let actual = self.cells.get(*cell).cloned().unwrap_or_else(|| NOTHING.to_owned());
            let number = |text: &str| text.parse::<Decimal>().ok();
            let value = match actual.split_once('/') {
                Some((part, whole)) => number(part).zip(number(whole)).and_then(|(a, b)| a.checked_div(b)),
                None => number(&actual),
            };
            let achieved = value.filter(|_| *target > Decimal::ZERO);
            let achieved =
                achieved.map_or(NOTHING.to_owned(), |it| format!("{}/{}", shown(it), shown(*target)));
            self.put(&format!("targets/{name}/target"), shown(*target));
            self.put(&format!("targets/{name}/actual"), actual);
            self.put(&format!("targets/{name}/achieved"), achieved);
        }
    }
}

/// By the worst of both metrics, of the last full year with any figure.
fn size(firm: &Firm, year: i32) -> Option<&'static str> {
    if !firm.class?.starts_with('C') {
        return None;
    }
    let years = firm.figures.iter().filter(|it| it.year.is_some_and(|it| it <= year));
    let figures = years.max_by_key(|it| it.year)?;
    let rank = |value: Decimal, limits: [i64; 3]| {
        limits.into_iter().filter(|limit| value < Decimal::from(*limit)).count()
    };
    let worst = rank(figures.employees?, [1000, 300, 20]).max(rank(figures.revenue?, [400, 20, 3]));
    Some(["large", "medium", "small", "micro"][worst])
}

/// At entry, gained, renewed, lapsed, held, ever.
fn course(firm: &Firm, title: &str, (first, last): Days2) -> [bool; 6] {
    let dated = firm.certificates.iter().filter(|it| it.title == title);
    let all: Vec<(&Certificate, &When)> = dated.filter_map(|it| Some((it, it.given.as_ref()?))).collect();
    let within = |when: &When| first <= when.first && when.last <= last;
    let new: Vec<&When> = all.iter().filter(|it| !it.0.again && within(it.1)).map(|it| it.1).collect();
    let by_certificate = all.iter().any(|(it, given)| given.last < first && first <= end(it, given));
    let by_review = all
        .iter()
        .any(|(it, given)| it.again && within(given) && !new.iter().any(|new| new.last < given.first));
    let at_entry = by_certificate || by_review;
    let gained = !at_entry && !new.is_empty();
    let holds = all.iter().any(|(it, given)| given.last <= last && last <= end(it, given));
    let counts = at_entry || gained;
    let renewed = at_entry && all.iter().any(|it| within(it.1));
    let ever = all.iter().any(|it| it.1.last <= last);
    [at_entry, gained, renewed, counts && !holds, counts && holds, ever]
}

/// Whether an application was carried over, and what became of it by the last day; none where it does not count.
fn became(it: &Project, (first, last): Days2) -> Option<(&Project, bool, &'static str)> {
    let submitted = it.submitted.as_ref()?;
    let state = ["approved", "rejected", "withdrawn"].into_iter().find(|state| *state == it.state);
    let is_carried = submitted.last < first;
    if is_carried {
        // Certainly not decided before the first day.
        let is_open = state.is_none() || it.decided.as_ref().is_some_and(|it| first <= it.first);
        if !is_open {
            return None;
        }
    } else if !(first <= submitted.first && submitted.last <= last) {
        return None;
    }
    let decided = it.decided.as_ref().is_some_and(|it| it.last <= last);
    Some((it, is_carried, state.filter(|_| decided).unwrap_or("pending")))
}
