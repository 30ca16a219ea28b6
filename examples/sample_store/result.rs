//! What came of it, invented: titles, platforms, applications, needs, and the figures enterprises report.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{Datelike, Months, NaiveDate};
use kunpeng::model::amount::Amount;
use kunpeng::model::date::Date;
use kunpeng::model::expiry::Expiry;
use kunpeng::model::id::MetricId;
use kunpeng::model::need::Need;
use kunpeng::model::own_field::More;
use kunpeng::model::period::Period;
use kunpeng::model::platform::Platform;
use kunpeng::model::project::{Project, State};
use kunpeng::model::recognition::{Action, Recognition};

use crate::enterprise::Trade;
use crate::plan::{WINDOWS, Window};
use crate::random::{Random, day};
use crate::read;

/// Every title but the yearly one is for three years.
const TERM: Months = Months::new(36);

const PLATFORM_KINDS: [&str; 6] = [
    "enterprise-technology-centre",
    "engineering-research-centre",
    "industrial-design-centre",
    "new-rd-institution",
    "key-laboratory",
    "postdoctoral-workstation",
];
const PLATFORM_LEVELS: [&str; 8] =
    ["self-built", "self-built", "district", "district", "city", "city", "province", "national"];

/// Scheme and the level that decides.
const SCHEMES: [(&str, &str); 5] = [
    ("研发后补助（示例）", "district"),
    ("技术改造专项（示例）", "city"),
    ("专精特新奖补（示例）", "province"),
    ("科技计划项目（示例）", "city"),
    ("绿色制造示范（示例）", "province"),
];

/// Category and what is asked.
const NEEDS: [(&str, &str); 9] = [
    ("finance", "示例：希望对接知识产权质押贷款"),
    ("land", "示例：扩产需要工业用地"),
    ("labour", "示例：旺季缺熟练工人"),
    ("subsidies", "示例：咨询奖补申报条件"),
    ("regulation", "示例：咨询变更登记办理"),
    ("utilities", "示例：申请用电增容"),
    ("construction", "示例：厂房报建进度协调"),
    ("facilities", "示例：园区公交班次不足"),
    ("other", "示例：希望组织同业交流"),
];

/// Titles, in the order they were given.
pub fn recognitions(random: &mut Random) -> Result<Vec<Recognition>> {
    let mut list = Vec::new();
    if random.chance(52) {
        high_technology(&mut list, random)?;
    }
    if random.chance(36) {
        ladder(&mut list, random)?;
    }
    if random.chance(38) {
        let given = random.day(day(2022, 9, 1), day(2024, 6, 30));
        list.push(title("innovative-sme", "province", given, Action::New, random)?);
    }
    if random.chance(18) {
        let given = random.day(day(2021, 5, 1), day(2024, 9, 30));
        let yearly = title("tech-sme", "province", given, Action::New, random)?;
        list.push(Recognition { level: None, expires: None, ..yearly });
    }
    list.sort_by_key(|it| it.recognised);
    Ok(list)
}

/// After three years a full new application.
fn high_technology(list: &mut Vec<Recognition>, random: &mut Random) -> Result<()> {
    let year = 2017 + i32::try_from(random.below(7)).unwrap_or_default();
    let given = random.day(day(year, 11, 20), day(year, 12, 28));
    list.push(title("hnte", "national", given, Action::New, random)?);
    if year <= 2020 && random.chance(70) {
        let again = random.day(day(year + 3, 11, 1), day(year + 3, 12, 28));
        list.push(title("hnte", "national", again, Action::New, random)?);
    }
    Ok(())
}

/// SRDI, its re-review, and for a few the titles above it.
fn ladder(list: &mut Vec<Recognition>, random: &mut Random) -> Result<()> {
    let given = random.day(day(2019, 10, 8), day(2024, 3, 29));
    list.push(title("srdi", "province", given, Action::New, random)?);
    let expires = given + TERM;
    if expires < day(2024, 6, 30) && random.chance(80) {
        let reviewed = random.day(expires - Months::new(2), expires - Months::new(1));
        list.push(title("srdi", "province", reviewed, Action::ReReview, random)?);
    }
    if given.year() <= 2022 && random.chance(24) {
        let raised = random.day(given.max(day(2021, 7, 1)), day(2023, 9, 30));
        list.push(title("little-giant", "national", raised, Action::New, random)?);
        if random.chance(20) {
            let raised = random.day(raised, day(2024, 4, 30));
            list.push(title("single-champion", "national", raised, Action::New, random)?);
        }
    }
    Ok(())
}

fn title(
    title: &str,
    level: &str,
    given: NaiveDate,
    action: Action,
    random: &mut Random,
) -> Result<Recognition> {
    Ok(Recognition {
        title: read(title)?,
        level: Some(read(level)?),
        document: random.chance(85).then(|| document(given, random)),
        recognised: Some(Date::day(given)),
        expires: (given + TERM)
            .pred_opt()
            .filter(|_| random.chance(80))
            .map(|day| Expiry::On(Date::day(day))),
        action: (action == Action::ReReview).then_some(action),
        let_go: None,
        more: More::default(),
    })
}

fn document(given: NaiveDate, random: &mut Random) -> String {
    format!("样例〔{}〕{:03}号", given.year(), random.between(1, 999))
}

/// R&D platforms; a few enterprises have two.
pub fn platforms(random: &mut Random) -> Result<Vec<Platform>> {
    let count = several(random, 28, 6);
    let first = random.place(PLATFORM_KINDS.len());
    (0..count)
        .map(|number| {
            let given = random.day(day(2018, 3, 1), day(2024, 9, 30));
            let level = random.pick(&PLATFORM_LEVELS);
            Ok(Platform {
                kind: read(PLATFORM_KINDS[(first + number) % PLATFORM_KINDS.len()])?,
                level: Some(read(level)?),
                document: (level != "self-built").then(|| document(given, random)),
                recognised: Some(Date::day(given)),
                expires: None,
                more: More::default(),
            })
        })
        .collect()
}

/// None, one or two: `one` and `two` in a hundred.
fn several(random: &mut Random, one: u64, two: u64) -> usize {
    let lot = random.below(100);
    usize::from(lot < one + two) + usize::from(lot < two)
}

/// The days of one of the editions, if there is one.
fn window(editions: &[usize], random: &mut Random) -> Option<&'static Window> {
    (!editions.is_empty()).then(|| &WINDOWS[editions[random.place(editions.len())]])
}

/// Applications for schemes.
pub fn projects(editions: &[usize], random: &mut Random) -> Result<Vec<Project>> {
    let count = several(random, 30, 8);
    let first = random.place(SCHEMES.len());
    (0..count)
        .filter_map(|number| Some((SCHEMES[(first + number) % SCHEMES.len()], window(editions, random)?)))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|(scheme, window)| project(scheme, window, random))
        .collect()
}

fn project((scheme, level): (&str, &str), window: &Window, random: &mut Random) -> Result<Project> {
    let state = state(window, random);
    let handed_in = !matches!(state, State::Intended | State::Preparing);
    let is_decided = matches!(state, State::Approved | State::Rejected | State::Withdrawn);
    let submitted = random.day(window.first, window.last - Months::new(2));
    let decided = random.day(submitted + Months::new(1), window.last);
    let requested = random.between(4, 60) * 50_000;
    let granted = requested * random.between(6, 10) / 10;
    Ok(Project {
        scheme: scheme.to_owned(),
        level: Some(read(level)?),
        state,
        submitted: handed_in.then(|| Date::day(submitted)),
        decided: is_decided.then(|| Date::day(decided)),
        requested: handed_in.then(|| read(requested)).transpose()?,
        granted: (state == State::Approved).then(|| read(granted)).transpose()?,
        more: More::default(),
    })
}

/// Applications of editions that are over are mostly decided.
fn state(window: &Window, random: &mut Random) -> State {
    match (random.below(100), window.is_over) {
        (0..55, true) | (0..25, false) => State::Approved,
        (55..80, true) | (25..35, false) => State::Rejected,
        (80..86, true) | (35..60, false) => State::Submitted,
        (86..90, _) | (60..70, false) => State::Recommended,
        (90..93, _) | (70..75, false) => State::Announced,
        (93..96, _) => State::Withdrawn,
        (96..98, _) | (75..86, false) => State::Preparing,
        _ => State::Intended,
    }
}

/// Needs, most of them closed.
pub fn needs(editions: &[usize], random: &mut Random) -> Result<Vec<Need>> {
    let count = several(random, 32, 9);
    let first = random.place(NEEDS.len());
    (0..count)
        .filter_map(|number| Some((NEEDS[(first + number) % NEEDS.len()], window(editions, random)?)))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|((category, text), window)| {
            let received = random.day(window.first, window.last - Months::new(2));
            let closed = random.day(received, received + Months::new(2));
            Ok(Need {
                category: read(category)?,
                text: Some(text.to_owned()),
                received: Date::day(received),
                closed: random.chance(88).then(|| Date::day(closed)),
                more: More::default(),
            })
        })
        .collect()
}

/// What an enterprise would report of a year, if it did.
struct Figures {
    revenue: i64,
    employees: i64,
    margin: i64,
    patents: i64,
}

impl Figures {
    fn of_first_year(trade: &Trade, random: &mut Random) -> Self {
        let employees = match random.below(100) {
            0..4 => random.between(1050, 2600),
            4..26 => random.between(310, 880),
            26..84 => random.between(24, 240),
            _ => random.between(4, 17),
        };
        // What one head brings in: more where goods are moved than where ideas are sold.
        let a_head = if trade.class.starts_with('C') {
            random.between(4200, 11000)
        } else {
            random.between(2600, 8000)
        };
        Self {
            revenue: employees * a_head * 100,
            employees,
            margin: random.between(2, 15),
            patents: random.between(0, 18),
        }
    }

    fn next_year(&mut self, random: &mut Random) {
        self.revenue = self.revenue * random.between(90, 128) / 10_000 * 100;
        self.employees = (self.employees * random.between(95, 110) / 100).max(3);
        self.patents += random.between(0, 4);
    }

    /// Every metric with its value and how many in a hundred report it.
    fn reported(&self, trade: &Trade, random: &mut Random) -> [(&'static str, i64, u64); 10] {
        let debt = random.between(25, 72);
        let rd_staff = self.employees * random.between(8, 26) / 100;
        let mut part = |low, high| self.revenue / 1000 * random.between(low, high);
        let (profit, assets) = (self.revenue / 100 * self.margin, part(600, 1500));
        let sized_by_assets = if trade.class.starts_with('L') { 100 } else { 30 };
        [
            ("revenue", self.revenue, 98),
            ("main_revenue", part(780, 1000), 45),
            ("profit", profit, 80),
            ("assets", assets, sized_by_assets),
            ("liabilities", assets / 100 * debt, 24),
            ("rd_expense", part(22, 95), 86),
            ("tax", part(18, 60), 60),
            ("employees", self.employees, 96),
            ("rd_staff", rd_staff, 50),
            ("invention_patents", self.patents, 50),
        ]
    }
}

/// The figures, by period and metric.
pub fn indicators(
    number: usize,
    editions: &[usize],
    trade: &Trade,
    random: &mut Random,
) -> Result<BTreeMap<Period, BTreeMap<MetricId, Amount>>> {
    let mut figures = Figures::of_first_year(trade, random);
    let years = years(editions, random);
    let mut periods = BTreeMap::new();
    for year in 2018..=2022 {
        figures.next_year(random);
        if number % 60 == 5 && year == 2022 {
            figures.margin = -3;
        }
        if years.contains(&year) {
            periods.insert(Period::year(year), a_year(&figures, trade, random)?);
        }
    }
    if let Some(last) = periods.get_mut(&Period::year(2022)).filter(|_| number % 200 == 121) {
        last.insert(read("revenue")?, read(format!("{}.5", figures.revenue + 68))?);
    }
    if editions.contains(&1) && random.chance(12) {
        let half = [("revenue", figures.revenue / 200 * 98), ("employees", figures.employees)];
        let half = half.iter().map(|(metric, value)| Ok((read(metric)?, read(value)?)));
        periods.insert(read("2023-H1")?, half.collect::<Result<_>>()?);
    }
    Ok(periods)
}

fn a_year(figures: &Figures, trade: &Trade, random: &mut Random) -> Result<BTreeMap<MetricId, Amount>> {
    let all = figures.reported(trade, random);
    let reported = all.into_iter().filter(|(_, _, percent)| random.chance(*percent));
    reported.map(|(metric, value, _)| Ok((read(metric)?, read(value)?))).collect()
}

/// The years an enterprise reports: sparse in edition 1, most of the pair that edition 2 compares.
fn years(editions: &[usize], random: &mut Random) -> Vec<i32> {
    let sparse = |years: std::ops::RangeInclusive<i32>, random: &mut Random| {
        years.filter(|_| random.chance(42)).collect::<Vec<i32>>()
    };
    match (editions, random.below(100)) {
        ([0], _) => sparse(2018..=2020, random),
        ([], lot) if lot < 60 => vec![2022],
        ([], _) | (_, 85..) => Vec::new(),
        (_, 0..5) => vec![2021],
        (_, 5..10) => vec![2022],
        _ => [sparse(2020..=2020, random), vec![2021, 2022]].concat(),
    }
}
