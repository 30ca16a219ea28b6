//! Small stores for tests, built from TOML.

use chrono::NaiveDate;

use super::filter::Filter;
use super::named::{ReportName, report};
use super::table::{Cell, Table};
use super::view::View;
use super::{dossier, list, status, summary};
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::entry;
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::programme::{Programme, RecordFormat};
use crate::model::records::Records;
use crate::model::shape::{Faults, Shape};
use crate::model::value::Value;
use crate::store::document;

const PROGRAMME: &str = r#"
format = 1
name = "示例计划"
name_en = "Sample programme"
currency = "CNY"
language = "zh"
identifier = "none"
[aspects]
courses = { name = "课程", name_en = "courses" }
visits = { name = "交流", name_en = "visits" }
[modules]
srdi = { name = "专精特新", name_en = "SRDI" }
listing = { name = "拟上市", name_en = "listing" }
[recognitions]
srdi = { name = "专精特新", name_en = "SRDI", valid_months = 36 }
hnte = { name = "高新", name_en = "HNTE" }
[levels]
city = { name = "市级", name_en = "city" }
province = { name = "省级", name_en = "province" }
[platform_kinds]
centre = { name = "中心", name_en = "centre" }
laboratory = { name = "实验室", name_en = "laboratory" }
[needs]
finance = { name = "融资", name_en = "finance" }
land = { name = "用地", name_en = "land" }
[metrics]
revenue = { name = "营业收入", name_en = "revenue", kind = "amount" }
employees = { name = "人数", name_en = "employees", kind = "count", unit = "人", unit_en = "persons" }
[towns]
xinhua = { name = "新华街道", name_en = "Xinhua", also = ["新华街", "新华"] }
[[sizes]]
classes = ["B", "C", "D"]
[sizes.limits]
employees = [1000, 300, 20]
revenue = [400000000, 20000000, 3000000]
"#;

const EDITION_3: &str = r#"
name = "第三期"
opened = 2023-05-10
planned_end = "2024-08"
[targets]
members = 3
gained-srdi = 2
granted = 1000
"#;

const ACTIVITY_1: &str = r#"
edition = "2"
aspect = "courses"
title = "第一课"
date = 2022-02-01
hours = 2.5
excused = ["b"]
[present]
a = 3
"#;

const ACTIVITY_2: &str = r#"
edition = "2"
aspect = "visits"
title = "交流"
date = 2022-03-01
absent = ["b"]
[present]
a = 1
c = 9
"#;

const ENTERPRISE_A: &str = r#"
industry = "automobile"
class = "C36"
town = "新华街"
memberships = [
    { edition = "2", modules = ["srdi", "listing"], outcome = "graduated" },
    { edition = "3" },
]
recognitions = [
    { title = "srdi", level = "province", recognised = 2022-06-01 },
    { title = "hnte", recognised = "2021" },
]
platforms = [
    { kind = "centre", level = "city", recognised = 2022-07-01 },
    { kind = "laboratory", recognised = 2022-08-01 },
]
needs = [{ category = "land", received = 2022-05-01, closed = 2022-06-01 }]
[[projects]]
scheme = "示范"
state = "approved"
submitted = 2022-05-01
decided = 2022-09-01
requested = 500
granted = 300
[indicators.2021]
revenue = 100
employees = 20
[indicators.2022]
revenue = 150.5
employees = 25
"#;

const ENTERPRISE_B: &str = r#"
needs = [{ category = "land", received = 2022-05-01 }]
candidacies = [{ edition = "2", decision = "selected" }]
[[memberships]]
edition = "2"
modules = ["srdi"]
joined = "2022-03"
left = 2022-12-31
outcome = "withdrawn"
[indicators.2021]
revenue = 10
"#;

const ENTERPRISE_C: &str = r#"
recognitions = [{ title = "srdi", recognised = 2021-08-01 }]
memberships = [{ edition = "3" }]
"#;

/// A store under construction; the day is 2024-06-30.
#[derive(Clone)]
pub struct Store {
    pub records: Records,
}

impl Store {
    /// The programme and nothing else.
    pub fn new() -> Self {
        let mut faults = Faults::default();
        let programme = Programme::read(parse(PROGRAMME), &mut faults);
        Self { records: Records::new(programme.unwrap_or_else(|| panic!("{faults:?}"))) }
    }

    /// With edition 2: open from 2022-01-13 to 2023-05-10.
    pub fn closed() -> Self {
        Self::new().put(Kind::Edition, "2", "name = \"第二期\"\nopened = 2022-01-13\nclosed = 2023-05-10")
    }

    /// With something of everything.
    pub fn rich() -> Self {
        Self::closed()
            .put(Kind::Edition, "3", EDITION_3)
            .put(Kind::Industry, "automobile", "name = \"汽车\"\nname_en = \"automobile\"")
            .put(Kind::Activity, "first", ACTIVITY_1)
            .put(Kind::Activity, "second", ACTIVITY_2)
            .enterprise("a", ENTERPRISE_A)
            .enterprise("b", ENTERPRISE_B)
            .enterprise("c", ENTERPRISE_C)
    }

    /// With a record.
    pub fn put(mut self, kind: Kind, id: &str, text: &str) -> Self {
        let put = self.records.put(&RecordRef::new(kind, id), parse(text));
        assert_eq!(put, Ok(()), "{kind} {id}");
        self
    }

    /// With an enterprise of which `text` says all but the name.
    pub fn enterprise(self, id: &str, text: &str) -> Self {
        self.put(Kind::Enterprise, id, &format!("name = \"{id}公司\"\n{text}"))
    }

    /// With a member of edition 2 of which `text` says the rest.
    pub fn member(self, id: &str, text: &str) -> Self {
        self.enterprise(id, &format!("memberships = [{{ edition = \"2\" }}]\n{text}"))
    }

    pub fn view(&self) -> View<'_> {
        View { records: &self.records, lang: Lang::En, today: day("2024-06-30") }
    }

    /// A table of the summary of edition 2.
    pub fn summary(&self, id: &str) -> Table {
        let tables = summary::summary(&self.view(), &"2".parse().unwrap());
        tables.into_iter().find(|table| table.id == id).unwrap()
    }
}

fn parse(text: &str) -> Value {
    document::parse(RecordFormat::Toml, text).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn edition(opened: Option<&str>, closed: Option<&str>) -> Edition {
    let mut faults = Faults::default();
    let edition = Edition::read(parse("name = \"x\""), &mut faults).unwrap();
    Edition { opened: opened.map(date), closed: closed.map(date), ..edition }
}

/// Every table there is, of a store that has an edition 2.
pub fn every_table(view: &View) -> Vec<Table> {
    let [two, three] = ["2", "3"].map(|id| id.parse().unwrap());
    let mut tables = summary::compare(view, &[two, three]);
    let two = Filter { edition: "2".parse().ok(), ..Filter::default() };
    for name in ReportName::ALL {
        tables.extend([report(*name, view, &two), report(*name, view, &Filter::default())]);
    }
    let all = Filter::default();
    tables.extend([list::industries(view, &all), list::editions(view, &all), list::enterprises(view, &all)]);
    tables.extend([list::activities(view, &all), list::indicators(view, &two)]);
    tables.extend([list::members(view, &two), list::candidates(view, &two)]);
    for kind in [
        &entry::CANDIDATE,
        &entry::MEMBER,
        &entry::RECOGNITION,
        &entry::PLATFORM,
        &entry::PROJECT,
        &entry::NEED,
    ] {
        tables.push(list::entries(view, kind, &two));
    }
    tables.extend(status::status(view, 0));
    tables.push(summary::Summary::of(view, &two).attendance_by_month(false).table);
    for id in view.records.enterprises.keys() {
        tables.extend(dossier::dossier(view, id).pop());
    }
    tables
}

/// A row as text: what a plain printout of it would say.
pub fn shown(row: &[Cell]) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Missing => "–".to_owned(),
        Cell::Withheld => "×".to_owned(),
        Cell::Text(text) | Cell::Time(text) => text.clone(),
        Cell::Coded { id, .. } => id.clone(),
        Cell::Codes { label, .. } => label.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) | Cell::Amount(number) | Cell::Rate(number) | Cell::Points(number) => {
            number.normalize().to_string()
        }
        Cell::Share(share) => format!("{}/{}", share.numerator, share.denominator),
        Cell::Date(date) => date.to_string(),
    };
    row.iter().map(cell).collect::<Vec<_>>().join(" ")
}

/// The rows of a table as text.
pub fn rows(table: &Table) -> Vec<String> {
    table.rows.iter().map(|row| shown(row)).collect()
}

/// The total of a table as text.
pub fn total(table: &Table) -> Option<String> {
    table.total.as_ref().map(|row| shown(row))
}
