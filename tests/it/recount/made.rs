//! Generated stores: members come late and leave early, dates are vague or lie on a border, titles are renewed and
//! lapse, needs and projects carry over, figures are missing, negative or of a part of a year.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

/// The day it is.
pub const TODAY: &str = "2024-06-30";

/// A target, and the cell that has the figure.
pub const TARGETS: [(&str, &str); 24] = [
    ("members", "overview/members/value"),
    ("graduated", "overview/graduated/value"),
    ("activities", "overview/activities/value"),
    ("hours", "overview/hours/value"),
    ("person-times", "overview/person_times/value"),
    ("new-platforms", "overview/new_platforms/value"),
    ("projects-approved", "overview/projects_approved/value"),
    ("granted", "overview/granted/value"),
    ("needs-closed", "overview/needs_closed/value"),
    ("coverage", "overview/coverage/value"),
    ("attendance-rate", "overview/attendance_rate/value"),
    ("gained-srdi", "recognitions/srdi/gained"),
    ("held-hnte", "recognitions/hnte/held"),
    ("recognitions/srdi/renewed", "recognitions/srdi/renewed"),
    ("needs/total/open", "needs/total/open"),
    ("needs/land/rate", "needs/land/rate"),
    ("projects/total/pending", "projects/total/pending"),
    ("indicators/revenue/growth", "indicators/revenue/growth"),
    ("indicators/revenue/median_growth", "indicators/revenue/median_growth"),
    ("indicators/employees/matched", "indicators/employees/matched"),
    ("attendance/f0/rate", "attendance/f0/rate"),
    ("enterprises-by-industry/auto/share", "enterprises-by-industry/auto/share"),
    ("activities-by-aspect/courses/hours", "activities-by-aspect/courses/hours"),
    ("platforms/lab/city/new", "platforms/lab/city/new"),
];

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A date with its first and its last possible day.
#[derive(Clone, Debug)]
pub struct When {
    pub text: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl When {
    fn exactly(day: NaiveDate) -> Self {
        Self { text: day.to_string(), first: day, last: day }
    }

    pub fn is_exact(&self) -> bool {
        self.first == self.last
    }
}

pub struct Random {
    state: u64,
    /// Whether some dates are known to the year or month only.
    is_vague: bool,
}

impl Random {
    pub fn of(seed: u64) -> Self {
        Self { state: seed, is_vague: true }
    }

    pub fn of_known_days(seed: u64) -> Self {
        Self { state: seed, is_vague: false }
    }

    fn below(&mut self, n: u64) -> u64 {
        // SplitMix64: what follows one choice does not depend on it.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(u64::try_from(from.len()).unwrap())).unwrap()]
    }

    fn maybe_of<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (!self.one_in(4)).then(|| self.pick(from))
    }

    /// A day on or beside a border, a leap day, or any other.
    fn exact(&mut self) -> NaiveDate {
        let border = day(self.pick(&[
            "2021-01-10",
            "2022-01-13",
            "2023-05-10",
            "2020-02-29",
            "2019-01-13",
            "2024-06-30",
            "2020-12-31",
            "2024-02-29",
            "2025-01-12",
        ]));
        // The ends of terms of three years that begin or end in a short month.
        let short = day(self.pick(&["2020-02-29", "2023-02-28", "2021-02-28", "2024-02-28"]));
        match self.below(5) {
            4 => short,
            0 => border,
            1 => border - Days::new(1),
            2 => border + Days::new(1),
            _ => day("2020-06-01") + Days::new(self.below(1500)),
        }
    }

    fn when(&mut self) -> When {
        let exact = self.exact();
        match self.below(6) {
            0 if self.is_vague => year(exact),
            1 if self.is_vague => month(exact),
            _ => When::exactly(exact),
        }
    }

    fn maybe(&mut self) -> Option<When> {
        (!self.one_in(4)).then(|| self.when())
    }

    /// A date that is not before another, where there is one.
    fn after(&mut self, start: Option<&When>) -> Option<When> {
        let is_after = |it: &When| start.is_none_or(|start| start.first <= it.last);
        (0..4).map(|_| self.when()).find(is_after).filter(|_| !self.one_in(4))
    }

    fn amount(&mut self) -> Option<Decimal> {
        (!self.one_in(3)).then(|| Decimal::new(i64::try_from(self.below(5000)).unwrap(), 1))
    }
}

fn year(day: NaiveDate) -> When {
    let year = day.year();
    When { text: format!("\"{year}\""), first: ymd(year, 1, 1), last: ymd(year, 12, 31) }
}

fn month(day: NaiveDate) -> When {
    let (year, month) = (day.year(), day.month());
    let text = format!("\"{year}-{month:02}\"");
    When { text, first: ymd(year, month, 1), last: ymd(year, month, length(year, month)) }
}

pub fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn length(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap()
}

pub struct Stay {
    pub joined: Option<When>,
    pub left: Option<When>,
    pub outcome: Option<&'static str>,
    pub modules: &'static [&'static str],
}

pub enum Ends {
    On(When),
    Never,
}

pub struct Certificate {
    pub title: &'static str,
    pub given: Option<When>,
    pub expires: Option<Ends>,
    pub again: bool,
}

pub struct Need {
    pub category: &'static str,
    pub received: When,
    pub closed: Option<When>,
}

pub struct Project {
    pub scheme: &'static str,
    pub state: &'static str,
    pub submitted: Option<When>,
    pub decided: Option<When>,
    pub requested: Option<Decimal>,
    pub granted: Option<Decimal>,
}

pub struct Platform {
    pub kind: &'static str,
    pub level: Option<&'static str>,
    pub given: Option<When>,
}

pub struct Figures {
    pub period: String,
    /// Of a full year.
    pub year: Option<i32>,
    pub revenue: Option<Decimal>,
    pub employees: Option<Decimal>,
}

pub struct Firm {
    pub industry: Option<&'static str>,
    pub town: Option<&'static str>,
    pub class: Option<&'static str>,
    /// By edition.
    pub stays: [Option<Stay>; 2],
    pub certificates: Vec<Certificate>,
    pub needs: Vec<Need>,
    pub projects: Vec<Project>,
    pub platforms: Vec<Platform>,
    pub figures: Vec<Figures>,
    /// Its status at each activity: present with so many heads, excused, absent, nothing.
    pub statuses: Vec<u64>,
}

pub struct Activity {
    pub edition: usize,
    pub aspect: &'static str,
    pub date: When,
    pub hours: Option<Decimal>,
}

pub struct Edition {
    pub opened: Option<When>,
    pub closed: Option<When>,
    pub years: Option<(i32, i32)>,
    pub targets: Vec<(&'static str, &'static str, Decimal)>,
}

pub struct Made {
    pub firms: Vec<Firm>,
    pub activities: Vec<Activity>,
    pub editions: [Edition; 2],
}

fn editions(random: &mut Random) -> [Edition; 2] {
    let second = day("2022-01-13");
    let opened = match random.below(12) {
        0 => None,
        1 if random.is_vague => Some(month(second)),
        _ => Some(When::exactly(second)),
    };
    let closed = match random.below(8) {
        0 | 1 => None,
        2 => random.is_vague.then(|| month(day("2023-05-10"))),
        3 => Some(When::exactly(second)),
        4 => Some(When::exactly(day(random.pick(&["2022-12-31", "2022-12-30"])))),
        _ => Some(When::exactly(day("2023-05-10"))),
    };
    let of_first = match random.below(5) {
        0 => second - Days::new(1),
        1 => second + Days::new(30),
        _ => second,
    };
    let first_opened = if random.one_in(20) { of_first } else { day("2021-01-10") };
    [
        (Some(When::exactly(first_opened)), Some(When::exactly(of_first))),
        (opened.clone(), closed.filter(|_| opened.is_some())),
    ]
    .map(|(opened, closed)| Edition {
        opened,
        closed,
        years: random.one_in(6).then(|| (2019 + random.pick(&[0, 1]), 2021 + random.pick(&[0, 1, 2]))),
        targets: TARGETS
            .iter()
            .filter_map(|(name, cell)| {
                let value = Decimal::new(random.pick(&[0, 1, 5, 20]), 1);
                random.one_in(3).then_some((*name, *cell, value))
            })
            .collect(),
    })
}

fn firm(random: &mut Random, activities: usize) -> Firm {
    let mut some = |most: u64| 0..random.below(most);
    let [certificates, needs, projects, platforms, figures] = [6, 5, 6, 4, 12].map(&mut some);
    let mut periods = Vec::new();
    Firm {
        industry: random.maybe_of(&["auto", "energy"]),
        town: random.maybe_of(&["新华街", "新华街道", "别处"]),
        class: random.maybe_of(&["C", "C36", "J66"]),
        stays: [0, 1].map(|_| {
            (!random.one_in(4)).then(|| {
                // Days on which terms that began in February end, and any others.
                let end = |random: &mut Random| {
                    random.one_in(6).then(|| When::exactly(day(random.pick(&["2023-02-28", "2024-02-28"]))))
                };
                let joined = match random.below(2) {
                    0 => end(random),
                    _ => random.maybe(),
                };
                let left = match random.below(2) {
                    0 if joined.is_none() => end(random),
                    _ => random.after(joined.as_ref()).filter(|_| random.one_in(2)),
                };
                let outcome = random.maybe_of(&["graduated", "withdrawn", "removed", "transferred"]);
                let modules = random.pick(&[&[][..], &["srdi"], &["srdi", "listing"]]);
                Stay { joined, left, outcome, modules }
            })
        }),
        certificates: certificates
            .map(|_| {
                let given = if random.one_in(4) {
                    Some(month(day(random.pick(&["2020-02-29", "2021-02-28"])))).filter(|_| random.is_vague)
                } else {
                    random.maybe()
                };
                let expires = match random.below(6) {
                    0 => Some(Ends::Never),
                    1 | 2 => random.after(given.as_ref()).map(Ends::On),
                    _ => None,
                };
                let title = random.pick(&["srdi", "srdi", "hnte"]);
                Certificate { title, given, expires, again: random.one_in(3) }
            })
            .collect(),
        needs: needs
            .map(|_| {
                let received = random.when();
                let closed = random.after(Some(&received));
                Need { category: random.pick(&["land", "finance"]), received, closed }
            })
            .collect(),
        projects: projects
            .map(|_| {
                let submitted = random.maybe();
                let decided = random.after(submitted.as_ref());
                let states = ["preparing", "submitted", "approved", "approved", "rejected", "withdrawn"];
                Project {
                    scheme: random.pick(&["green", "smart"]),
                    state: random.pick(&states),
                    submitted,
                    decided,
                    requested: random.amount(),
                    granted: random.amount(),
                }
            })
            .collect(),
        platforms: platforms
            .map(|_| Platform {
                kind: random.pick(&["lab", "centre"]),
                level: random.maybe_of(&["city"]),
                given: random.maybe(),
            })
            .collect(),
        figures: figures
            .filter_map(|_| {
                let year = 2019 + random.pick(&[0, 1, 2, 2, 3, 4, 4]);
                let part = random.pick(&["", "", "", "-Q3", "-H1"]);
                let period = format!("{year}{part}");
                let value = |random: &mut Random| {
                    let limit = random.pick(&[1000, 400, 300, 20, 3]);
                    let value = i64::try_from(random.below(1200)).unwrap();
                    let value = if random.one_in(5) { limit } else { value };
                    (!random.one_in(4)).then(|| Decimal::from(value))
                };
                let sign = if random.one_in(6) { -Decimal::ONE } else { Decimal::ONE };
                let revenue = value(random).map(|value| value * sign);
                let employees = value(random);
                let is_new = !periods.contains(&period) && (revenue.is_some() || employees.is_some());
                periods.push(period.clone());
                is_new.then_some(Figures {
                    period,
                    year: part.is_empty().then_some(year),
                    revenue,
                    employees,
                })
            })
            .collect(),
        statuses: (0..activities).map(|_| random.below(7)).collect(),
    }
}

pub fn make(random: &mut Random) -> Made {
    let activities: Vec<Activity> = (0..random.below(5))
        .map(|_| Activity {
            edition: random.pick(&[0, 1, 1, 1]),
            aspect: random.pick(&["courses", "visits"]),
            date: random.when(),
            hours: random.amount(),
        })
        .collect();
    let firms = (0..=random.below(6)).map(|_| firm(random, activities.len())).collect();
    Made { firms, activities, editions: editions(random) }
}
