//! Counted as of one day after the other, what can only grow does: of the shipped data, and of generated stores in which
//! every day is known, since one that is not may turn out to lie on either side.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use kunpeng::model::lang::Lang;
use kunpeng::model::records::Records;
use kunpeng::report::as_of::as_of;
use kunpeng::report::summary::Summary;
use kunpeng::report::table::{Cell, Table};
use kunpeng::report::{Filter, View};
use kunpeng::store::Store;
use rust_decimal::Decimal;

use super::made::{Random, TODAY, day, make};
use super::{NAMES, SAYINGS, rows};
use crate::sandbox::repository;

/// By table, the columns (of the overview the items) that can only grow while an edition goes on.
const GROWING: [(&str, &[&str]); 12] = [
    (
        "overview",
        &[
            "members",
            "graduated",
            "withdrawn",
            "removed",
            "transferred",
            "activities",
            "hours",
            "person_times",
            "enterprises_gained",
            "new_platforms",
            "projects_applied",
            "projects_approved",
            "granted",
            "needs_received",
            "needs_closed",
        ],
    ),
    ("enterprises-by-industry", &["enterprises"]),
    ("enterprises-by-town", &["enterprises"]),
    ("enterprises-by-module", &["enterprises"]),
    ("activities-by-aspect", &["activities", "hours", "enterprises", "person_times"]),
    ("attendance", &["present", "excused", "absent", "person_times"]),
    ("recognitions", &["at_entry", "gained", "renewed", "ever"]),
    ("platforms", &["new", "enterprises"]),
    ("indicators", &["members", "reported_start"]),
    (
        "projects",
        &["brought_forward", "applied", "approved", "rejected", "withdrawn", "requested", "granted"],
    ),
    ("needs", &["brought_forward", "received", "closed"]),
    // What is set does not move; what is reached is a figure of another table.
    ("targets", &["target"]),
];

/// The others, and why they move.
const MOVING: [(&str, &[&str], &str); 12] = [
    ("overview", &["in_cultivation"], "falls as outcomes are given"),
    ("overview", &["coverage", "attendance_rate"], "are shares, of which the whole grows as well"),
    ("enterprises-by-industry", &["share"], "is a share"),
    ("enterprises-by-town", &["share"], "is a share"),
    ("enterprises-by-module", &["share"], "is a share"),
    ("enterprises-by-size", &["enterprises", "share"], "an enterprise changes its size with each full year"),
    ("targets", &["actual", "achieved"], "are those of the figures they are for"),
    ("recognitions", &["lapsed", "held"], "a title ends, and is given again"),
    (
        "indicators",
        &["matched", "reported_end", "start_total", "end_total", "growth", "median_growth", "median_of"],
        "the last year becomes the next one, which nobody has reported yet",
    ),
    ("attendance", &["rate"], "is a share"),
    ("projects", &["pending"], "falls as they are decided"),
    ("needs", &["open", "rate"], "falls as they are closed, and is a share"),
];

/// Whether a figure can only grow; every figure is listed as one or the other.
fn grows(table: &str, column: &str) -> bool {
    let has = |it: &(&str, &[&str])| it.0 == table && it.1.contains(&column);
    let moves = MOVING.iter().any(|(table, columns, _)| has(&(table, columns)));
    let grows = GROWING.iter().any(has);
    assert!(moves != grows, "whether {table}/{column} can only grow is to be said");
    grows
}

/// The figures of a day, by table and column (of the overview the item), and by row.
type Figures = BTreeMap<(String, String), BTreeMap<String, Decimal>>;

/// Every figure; one that is not known yet is nothing.
fn figures(tables: &[Table]) -> Figures {
    let mut found = Figures::new();
    for table in tables {
        for (row, cells) in rows(table) {
            let is_saying = table.id == "overview" && SAYINGS.contains(&row.as_str());
            for (column, cell) in table.columns.iter().zip(cells) {
                let is_year = table.id == "indicators" && ["start", "end"].contains(&column.id.as_str());
                if is_saying || is_year || column.id == "item" || NAMES.contains(&column.id.as_str()) {
                    continue;
                }
                let named = if table.id == "overview" { row.clone() } else { column.id.clone() };
                let of = found.entry((table.id.clone(), named)).or_default();
                of.insert(row.clone(), cell.number().unwrap_or_default());
            }
        }
    }
    found
}

fn tables(records: &Records, edition: &str, today: NaiveDate) -> Vec<Table> {
    let view = View { records, lang: Lang::En, today };
    Summary::of(&view, &Filter::edition(&edition.parse().unwrap())).tables()
}

/// What was seen to grow and to fall.
#[derive(Default)]
struct Seen {
    grown: BTreeSet<(String, String)>,
    fallen: BTreeSet<(String, String)>,
    compared: usize,
}

impl Seen {
    /// Counts an edition as of each of the days.
    fn walk(&mut self, records: &Records, edition: &str, days: impl Iterator<Item = NaiveDate>, of: &str) {
        let mut before: Option<Figures> = None;
        for on in days {
            let now = figures(&tables(&as_of(records, on), edition, on));
            for (named, rows) in &now {
                let grows = grows(&named.0, &named.1);
                let Some(before) = &mut before else { continue };
                let earlier = before.entry(named.clone()).or_default();
                for row in rows.keys().chain(earlier.keys()).collect::<BTreeSet<_>>() {
                    // A row that is not there is of nothing.
                    let [old, new] = [&*earlier, rows].map(|of| of.get(row).copied().unwrap_or_default());
                    assert!(
                        !grows || old <= new,
                        "{of}, edition {edition}, {on}: {named:?} of {row}: {old}, {new}"
                    );
                    if new > old {
                        self.grown.insert(named.clone());
                    } else if new < old {
                        self.fallen.insert(named.clone());
                    }
                    self.compared += 1;
                }
            }
            before = Some(now);
        }
    }
}

fn shipped() -> Records {
    Store::open(&repository().join("data")).unwrap().load().unwrap().records
}

#[test]
fn month_by_month_what_can_only_grow_grows() {
    let records = shipped();
    // Its days: the opening, the same day of each month, the close, and a while after it.
    let opened = day("2022-01-13");
    let months = (0..=26).map(|months| opened.checked_add_months(Months::new(months)).unwrap());
    let mut seen = Seen::default();
    seen.walk(&records, "2", months, "the shipped data");
    assert!(seen.compared > 10_000, "only {}", seen.compared);
}

#[test]
fn of_generated_stores_too_and_every_other_figure_does_fall() {
    let named = |lists: &[(&str, &[&str])]| -> BTreeSet<(String, String)> {
        let of = |(table, columns): &(&str, &[&str])| {
            columns.iter().map(|column| ((*table).to_owned(), (*column).to_owned())).collect::<Vec<_>>()
        };
        lists.iter().flat_map(of).collect()
    };
    let others = named(&MOVING.map(|(table, columns, _)| (table, columns)));
    let mut seen = Seen::default();
    // Some are seen to fall in few stores only.
    for seed in 0..600 {
        if seed >= 60 && seen.fallen == others {
            break;
        }
        let Some(records) = make(&mut Random::of_known_days(seed)).records() else { continue };
        for edition in ["1", "2"] {
            let days = (0..55).map(|step| day("2020-12-20") + Days::new(step * 23));
            seen.walk(&records, edition, days, &format!("seed {seed}"));
        }
    }
    let still: Vec<_> = named(&GROWING).difference(&seen.grown).cloned().collect();
    assert_eq!(still, [("targets".to_owned(), "target".to_owned())]);
    assert_eq!(seen.fallen, others, "what is not said to grow is seen to fall");
}

#[test]
fn as_of_the_close_an_edition_is_what_it_is_counted_as_ever_after() {
    let records = shipped();
    let close = day("2023-11-16");
    let then = tables(&as_of(&records, close), "2", close);
    for today in [day("2024-03-01"), day("2025-03-01")] {
        for (then, now) in then.iter().zip(&tables(&records, "2", today)) {
            let cells = |table: &Table| -> Vec<(String, Vec<Cell>)> {
                rows(table).map(|(row, cells)| (row, cells.clone())).collect()
            };
            assert_eq!(cells(then), cells(now), "{}", then.id);
        }
    }
    assert_eq!(tables(&records, "2", day(TODAY)).len(), 13);
}
