//! A second, plain count of generated stores: its own code, from what was generated alone. Members come late and leave
//! early, dates are vague or lie on a border, titles are renewed and lapse, needs and projects carry over.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};
use kunpeng::model::finding::RecordRef;
use kunpeng::model::kind::Kind;
use kunpeng::model::lang::Lang;
use kunpeng::model::programme::{Form, Programme};
use kunpeng::model::records::Records;
use kunpeng::model::shape::{Faults, Shape};
use kunpeng::report::evidence::value;
use kunpeng::report::summary::{Summary, TABLES};
use kunpeng::report::table::{Cell, Table};
use kunpeng::report::{Filter, View};
use kunpeng::store::document;

const PROGRAMME: &str = "format = 1\nname = \"n\"\ncurrency = \"CNY\"\nlanguage = \"en\"\nidentifier = \"none\"\n[aspects]\ncourses = { name = \"c\" }\n[recognitions]\nsrdi = { name = \"s\", valid_months = 36 }\nhnte = { name = \"h\" }\n[needs]\nland = { name = \"l\" }\n[platform_kinds]\nlab = { name = \"l\" }\n";
const STORES: u64 = 1200;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A date with its first and its last possible day.
#[derive(Clone, Debug)]
struct When {
    text: String,
    first: NaiveDate,
    last: NaiveDate,
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// A day on or beside a border, a leap day, or any other.
    fn exact(&mut self) -> NaiveDate {
        const BORDERS: [&str; 6] =
            ["2021-01-10", "2022-01-13", "2023-05-10", "2020-02-29", "2019-01-13", "2024-06-30"];
        let border = day(BORDERS[usize::try_from(self.below(6)).unwrap()]);
        match self.below(4) {
            0 => border,
            1 => border - Days::new(1),
            2 => border + Days::new(1),
            _ => day("2018-06-01") + Days::new(self.below(2300)),
        }
    }

    fn when(&mut self) -> When {
        let exact = self.exact();
        let (year, month) = (exact.year(), exact.month());
        match self.below(6) {
            0 => When { text: format!("\"{year}\""), first: ymd(year, 1, 1), last: ymd(year, 12, 31) },
            1 => When {
                text: format!("\"{year}-{month:02}\""),
                first: ymd(year, month, 1),
                last: ymd(year, month, length(year, month)),
            },
            _ => When { text: exact.to_string(), first: exact, last: exact },
        }
    }

    fn maybe(&mut self) -> Option<When> {
        (!self.one_in(3)).then(|| self.when())
    }

    /// A date that is not before another, where there is one.
    fn after(&mut self, start: Option<&When>) -> Option<When> {
        self.maybe().filter(|it| start.is_none_or(|start| start.first <= it.last))
    }
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn length(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap()
}

struct Certificate {
    title: &'static str,
    given: Option<When>,
    expires: Option<NaiveDate>,
    again: bool,
}

impl Certificate {
    /// Three years, less a day.
    fn end(&self) -> NaiveDate {
        let (Some(given), None, "srdi") = (&self.given, self.expires, self.title) else {
            return self.expires.unwrap_or(NaiveDate::MAX);
        };
        let (year, month) = (given.last.year() + 3, given.last.month());
        let exact = given.first == given.last;
        if exact && given.last.day() > length(year, month) {
            return ymd(year, month, length(year, month));
        }
        let number = if exact { given.last.day() } else { length(year, month) };
        ymd(year, month, number) - Days::new(1)
    }
}

struct Need {
    received: When,
    closed: Option<When>,
}

struct Project {
    state: &'static str,
    submitted: Option<When>,
    decided: Option<When>,
}

struct Firm {
    /// Joined and left, by edition.
    stays: [Option<(Option<When>, Option<When>)>; 2],
    certificates: Vec<Certificate>,
    needs: Vec<Need>,
    projects: Vec<Project>,
    platforms: Vec<Option<When>>,
    /// Its status at each activity: present with heads, excused, absent, nothing.
    statuses: Vec<u64>,
}

struct Made {
    firms: Vec<Firm>,
    /// Of edition 2.
    activities: Vec<When>,
    closed: Option<NaiveDate>,
}

const OPENED: [&str; 2] = ["2021-01-10", "2022-01-13"];
const TODAY: &str = "2024-06-30";

fn make(random: &mut Random) -> Made {
    let activities: Vec<When> = (0..random.below(4)).map(|_| random.when()).collect();
    let firm = |random: &mut Random| Firm {
        stays: [0, 1].map(|_| {
            (!random.one_in(4)).then(|| {
                let joined = random.maybe();
                let left = random.after(joined.as_ref());
                (joined, left)
            })
        }),
        certificates: (0..random.below(4))
            .map(|_| {
                let given = random.maybe();
                let expires = random.one_in(3).then(|| random.exact());
                let expires = expires.filter(|end| given.as_ref().is_none_or(|it| it.first <= *end));
                let title = if random.one_in(3) { "hnte" } else { "srdi" };
                Certificate { title, given, expires, again: random.one_in(3) }
            })
            .collect(),
        needs: (0..random.below(3))
            .map(|_| {
                let received = random.when();
                let closed = random.after(Some(&received));
                Need { received, closed }
            })
            .collect(),
        projects: (0..random.below(3))
            .map(|_| {
                let state = ["preparing", "submitted", "approved", "rejected", "withdrawn"]
                    [usize::try_from(random.below(5)).unwrap()];
                let submitted = random.maybe();
                let decided = random.after(submitted.as_ref());
                Project { state, submitted, decided }
            })
            .collect(),
        platforms: (0..random.below(3)).map(|_| random.maybe()).collect(),
        statuses: activities.iter().map(|_| random.below(6)).collect(),
    };
    let firms = (0..=random.below(3)).map(|_| firm(random)).collect();
    Made { firms, activities, closed: (!random.one_in(4)).then(|| day("2023-05-10")) }
}

fn written(key: &str, when: Option<&When>) -> String {
    when.map(|when| format!(", {key} = {}", when.text)).unwrap_or_default()
}

impl Firm {
    fn toml(&self, name: usize) -> String {
        let mut text = format!("name = \"firm {name}\"\n");
        let list = |text: &mut String, key: &str, entries: Vec<String>| {
            writeln!(text, "{key} = [{}]", entries.join(", ")).unwrap();
        };
        let stays = self.stays.iter().enumerate().filter_map(|(index, stay)| {
            let (joined, left) = stay.as_ref()?;
            let dates = written("joined", joined.as_ref()) + &written("left", left.as_ref());
            Some(format!("{{ edition = \"{}\"{dates} }}", index + 1))
        });
        list(&mut text, "memberships", stays.collect());
        let certificates = self.certificates.iter().enumerate().map(|(index, it)| {
            let expires = it.expires.map(|end| format!(", expires = {end}")).unwrap_or_default();
            let again = if it.again { ", action = \"re-review\"" } else { "" };
            let given = written("recognised", it.given.as_ref());
            format!("{{ title = \"{}\", document = \"{index}\"{given}{expires}{again} }}", it.title)
        });
        list(&mut text, "recognitions", certificates.collect());
        let needs = self.needs.iter().enumerate().map(|(index, it)| {
            let closed = written("closed", it.closed.as_ref());
            format!("{{ category = \"land\", text = \"{index}\", received = {}{closed} }}", it.received.text)
        });
        list(&mut text, "needs", needs.collect());
        let projects = self.projects.iter().enumerate().map(|(index, it)| {
            let dates =
                written("submitted", it.submitted.as_ref()) + &written("decided", it.decided.as_ref());
            format!("{{ scheme = \"s{index}\", state = \"{}\"{dates} }}", it.state)
        });
        list(&mut text, "projects", projects.collect());
        let platforms = self.platforms.iter().enumerate().map(|(index, given)| {
            format!("{{ kind = \"lab\", document = \"{index}\"{} }}", written("recognised", given.as_ref()))
        });
        list(&mut text, "platforms", platforms.collect());
        text
    }
}

impl Made {
    fn records(&self) -> Option<Records> {
        let parse = |text: &str| document::parse(Form::Toml, text).unwrap();
        let programme = Programme::read(parse(PROGRAMME), &mut Faults::default()).unwrap();
        let mut records = Records::new(programme);
        let closed = self.closed.map(|day| format!("closed = {day}\n")).unwrap_or_default();
        let first = format!("name = \"1\"\nopened = {}\nclosed = {}\n", OPENED[0], OPENED[1]);
        let second = format!("name = \"2\"\nopened = {}\n{closed}", OPENED[1]);
        let mut put = |kind, id: String, text: &str| records.put(&RecordRef::new(kind, id), parse(text)).ok();
        put(Kind::Edition, "1".into(), &first)?;
        put(Kind::Edition, "2".into(), &second)?;
        for (index, firm) in self.firms.iter().enumerate() {
            put(Kind::Enterprise, format!("f{index}"), &firm.toml(index))?;
        }
        for (at, when) in self.activities.iter().enumerate() {
            let of = |status: u64| {
                let firms =
                    self.firms.iter().enumerate().filter(move |(_, firm)| firm.statuses[at] == status);
                firms.map(|(index, _)| format!("f{index}"))
            };
            let quoted = |status| of(status).map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
            let present: Vec<String> = of(0).chain(of(1)).map(|id| id + " = 2").collect();
            let present = present.join("\n");
            let text = format!(
                "edition = \"2\"\naspect = \"courses\"\ntitle = \"t\"\ndate = {}\nexcused = [{}]\nabsent = [{}]\n[present]\n{present}",
                when.text,
                quoted(2),
                quoted(3)
            );
            put(Kind::Activity, format!("a{at}"), &text)?;
        }
        Some(records)
    }

    /// The first and the last day of a firm in an edition.
    fn days(&self, firm: &Firm, edition: usize) -> Option<(NaiveDate, NaiveDate)> {
        let (joined, left) = firm.stays[edition].as_ref()?;
        let opened = day(OPENED[edition]);
        let closed = if edition == 0 { day(OPENED[1]) } else { self.closed.unwrap_or(day(TODAY)) };
        let mut first = joined.as_ref().map_or(opened, |it| it.first.max(opened));
        let last = left.as_ref().map_or(closed, |it| it.last.min(closed));
        // The day edition 1 closes and 2 opens is of 1 for who was still in it.
        let shared = edition == 1 && first == opened && first <= last;
        if shared && self.days(firm, 0).is_some_and(|(_, last)| last == opened) {
            first = first + Days::new(1);
        }
        (first <= last).then_some((first, last))
    }
}

type Counts = std::collections::BTreeMap<String, i64>;

/// Adds one to a cell.
fn tick(counts: &mut Counts, cell: String) {
    *counts.entry(cell).or_default() += 1;
}

fn count_titles(firm: &Firm, (first, last): (NaiveDate, NaiveDate), counts: &mut Counts) {
    for title in ["srdi", "hnte"] {
        let all: Vec<(&Certificate, &When)> = firm
            .certificates
            .iter()
            .filter(|it| it.title == title)
            .filter_map(|it| Some((it, it.given.as_ref()?)))
            .collect();
        let within = |when: &When| first <= when.first && when.last <= last;
        let new: Vec<&When> =
            all.iter().filter(|(it, when)| !it.again && within(when)).map(|(_, when)| *when).collect();
        let by_certificate = all.iter().any(|(it, when)| when.last < first && first <= it.end());
        let by_review = all
            .iter()
            .any(|(it, when)| it.again && within(when) && !new.iter().any(|new| new.last < when.first));
        let at_entry = by_certificate || by_review;
        let gained = !at_entry && !new.is_empty();
        let held = (at_entry || gained) && all.iter().any(|(it, when)| when.last <= last && last <= it.end());
        let answers = [
            ("at_entry", at_entry),
            ("gained", gained),
            ("renewed", at_entry && all.iter().any(|(_, when)| within(when))),
            ("lapsed", (at_entry || gained) && !held),
            ("held", held),
            ("ever", all.iter().any(|(_, when)| when.last <= last)),
        ];
        for (column, answer) in answers {
            if answer {
                tick(counts, format!("recognitions/{title}/{column}"));
            }
        }
    }
}

fn count_needs(firm: &Firm, (first, last): (NaiveDate, NaiveDate), counts: &mut Counts) {
    for need in &firm.needs {
        let column = if first <= need.received.first && need.received.last <= last {
            "received"
        } else if need.received.last < first && need.closed.as_ref().is_none_or(|it| first <= it.first) {
            "brought_forward"
        } else {
            continue;
        };
        let closed = need.closed.as_ref().is_some_and(|it| it.last <= last);
        tick(counts, format!("needs/total/{column}"));
        tick(counts, format!("needs/total/{}", if closed { "closed" } else { "open" }));
    }
}

fn count_projects(firm: &Firm, (first, last): (NaiveDate, NaiveDate), counts: &mut Counts) {
    for project in &firm.projects {
        let Some(submitted) = &project.submitted else { continue };
        let ends = ["approved", "rejected", "withdrawn"].contains(&project.state);
        let decided = project.decided.as_ref().filter(|_| ends);
        let column = if first <= submitted.first && submitted.last <= last {
            "applied"
        } else if submitted.last < first && (!ends || decided.is_some_and(|it| first <= it.first)) {
            "brought_forward"
        } else {
            continue;
        };
        let state = if decided.is_some_and(|it| it.last <= last) { project.state } else { "pending" };
        tick(counts, format!("projects/total/{column}"));
        tick(counts, format!("projects/total/{state}"));
    }
}

fn count_attendance(made: &Made, firm: &Firm, index: usize, edition: usize, counts: &mut Counts) {
    let (1, Some((joined, left))) = (edition, &firm.stays[edition]) else { return };
    for (when, status) in made.activities.iter().zip(&firm.statuses) {
        let there = joined.as_ref().is_none_or(|it| it.first <= when.first)
            && left.as_ref().is_none_or(|it| when.last <= it.last);
        let column = match status {
            0 | 1 => "present",
            2 => "excused",
            3 => "absent",
            _ => continue,
        };
        if there {
            tick(counts, format!("attendance/f{index}/{column}"));
            tick(counts, format!("attendance/total/{column}"));
        }
    }
}

fn recount(made: &Made, edition: usize) -> Counts {
    let mut counts = Counts::new();
    for (index, firm) in made.firms.iter().enumerate() {
        count_attendance(made, firm, index, edition, &mut counts);
        let Some(days) = made.days(firm, edition) else { continue };
        count_titles(firm, days, &mut counts);
        count_needs(firm, days, &mut counts);
        count_projects(firm, days, &mut counts);
        for when in firm.platforms.iter().flatten() {
            if days.0 <= when.first && when.last <= days.1 {
                tick(&mut counts, "platforms/lab/-/new".to_owned());
            }
        }
    }
    counts
}

/// The cells of a table the second count has figures for.
fn cells(table: &Table) -> Vec<(String, i64)> {
    let keys = if table.id == "platforms" { 2 } else { 1 };
    let id = |cell: &Cell| match cell {
        Cell::Coded { id, .. } | Cell::Text(id) => id.clone(),
        _ => "-".to_owned(),
    };
    let rows =
        table.rows.iter().map(|row| (row.iter().take(keys).map(id).collect::<Vec<_>>().join("/"), row));
    let total = table.total.iter().map(|row| ("total".to_owned(), row));
    rows.chain(total)
        .flat_map(|(key, row)| {
            let counted = table.columns.iter().zip(row).filter_map(|(column, cell)| match cell {
                Cell::Count(count) => Some((column.id.clone(), *count)),
                _ => None,
            });
            counted.map(|(column, count)| (format!("{}/{key}/{column}", table.id), count)).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_second_count_of_many_generated_stores_agrees_cell_by_cell() {
    let (mut stores, mut compared) = (0, 0);
    for seed in 0.. {
        if stores == STORES {
            break;
        }
        let made = make(&mut Random(seed));
        let Some(records) = made.records() else { continue };
        stores += 1;
        let view = View { records: &records, lang: Lang::En, today: day(TODAY) };
        for edition in [0, 1] {
            let id = (edition + 1).to_string().parse().unwrap();
            let summary = Summary::of(&view, &Filter::edition(&id));
            let mut expected = recount(&made, edition);
            for table in ["recognitions", "needs", "projects", "platforms", "attendance"] {
                let table = summary.counted(table, false).unwrap().table;
                for (cell, count) in cells(&table) {
                    let is_other =
                        ["needs/land/", "projects/s", "platforms/total/", "/enterprises", "/person_times"];
                    if is_other.iter().any(|part| cell.contains(part)) {
                        continue;
                    }
                    let wanted = expected.remove(&cell).unwrap_or_default();
                    assert_eq!(count, wanted, "seed {seed}, edition {id}: {cell}");
                    compared += 1;
                }
            }
            assert!(expected.is_empty(), "seed {seed}, edition {id}: {expected:?}");
            if seed % 20 == 0 {
                every_figure_is_its_parts(&summary);
            }
        }
    }
    assert!(compared > 40_000, "only {compared} cells were compared");
}

/// Each cell is the count or the sum of what it says it is made of.
fn every_figure_is_its_parts(summary: &Summary) {
    for id in TABLES {
        let counted = summary.counted(id, true).unwrap();
        let rows = counted.table.rows.iter().zip(&counted.figures);
        for (cell, figure) in rows.flat_map(|(cells, figures)| cells.iter().zip(figures)) {
            assert_eq!(*cell, figure.cell(), "{id}");
            if let Cell::Count(count) = cell
                && !matches!(figure.measure, kunpeng::report::evidence::Measure::Given(_))
            {
                let sum: rust_decimal::Decimal = figure.parts.iter().filter_map(|part| part.value).sum();
                assert_eq!((Some(sum), *count), (value(cell), i64::try_from(sum).unwrap()), "{id}");
            }
        }
    }
}
