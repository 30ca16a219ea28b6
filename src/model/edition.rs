//! An edition of the programme, and its life: planned, open, closed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::amount::Amount;
use super::date::{self, Date};
use super::figure::{Asked, Figure};
use super::id::{AspectId, IndustryId, ModuleId, WordKey};
use super::lang::Lang;
use super::name::Name;
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::programme::Organiser;
use super::rule;
use super::shape::{Faults, Misread, record};
use super::text::Text;
use crate::text;

record! {
    /// A criterion candidates are scored by.
    pub struct Criterion {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// How much it counts beside the others.
        pub weight: Option<Amount>,
        /// The highest score.
        pub max: Option<Amount>,
    }
}

record! {
    /// A figure that is known from elsewhere, a notice or a count by hand, and must come out.
    pub struct Expectation {
        /// The figure, as targets name it; with `where` and conditions, of the enterprises that meet them.
        pub figure: Asked,
        /// What it is.
        pub is: Amount,
        /// Where that is known from.
        pub source: Option<String>,
    }
}

record! {
    /// `editions/ID.toml`.
    pub struct Edition {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// The first day as planned.
        pub planned_start: Option<Date>,
        /// The last day as planned.
        pub planned_end: Option<Date>,
        /// The day it really opened.
        pub opened: Option<Date>,
        /// The day it really closed.
        pub closed: Option<Date>,
        /// How many enterprises it has room for.
        pub seats: Option<u32>,
        /// Who runs it; none means the programme's organisers.
        pub organisers: Vec<Organiser>,
        /// Who carries it out for them.
        pub undertaken_by: Vec<Organiser>,
        /// The focus industries; none means all of the programme's.
        pub industries: Vec<IndustryId>,
        /// The kinds of help; none means all of the programme's.
        pub aspects: Vec<AspectId>,
        /// The tracks; none means all of the programme's.
        pub modules: Vec<ModuleId>,
        /// The two years whose indicators are compared; none means the last full ones before it opened and closed.
        pub indicator_years: Vec<u32>,
        /// Anything worth saying, sources included.
        pub note: Option<String>,
        /// Values of the programme's own fields.
        pub more: More<Edition>,
        /// What it set out to reach, by figure.
        pub targets: BTreeMap<Figure, Amount>,
        /// Figures that must come out.
        pub expect: Vec<Expectation>,
        /// What candidates are scored by.
        pub rubric: IndexMap<WordKey, Criterion>,
    }
    verify in_order
}

impl HasOwnFields for Edition {
    const OWNER: FieldOwner = FieldOwner::Editions;
}

fn in_order(edition: &Edition, faults: &mut Faults) {
    date::in_order(faults, ("planned_start", edition.planned_start), ("planned_end", edition.planned_end));
    date::in_order(faults, ("opened", edition.opened), ("closed", edition.closed));
    if !edition.indicator_years.is_empty() && edition.years().is_none() {
        faults.report_fields(
            Misread::new(
                &rule::BAD_PERIOD,
                text!(
                    "`indicator_years` is not two years, the earlier first",
                    "indicator_years 不是先后两个年份"
                ),
            )
            .help(text!("write it like `[2021, 2022]`", "写法如 [2021, 2022]")),
            &["indicator_years"],
        );
    }
    if edition.closed.is_some() && edition.opened.is_none() {
        faults.report_fields(
            Misread::new(
                &rule::DATES_OUT_OF_ORDER,
                text!("the edition is closed but never opened", "期次有结束日期，却没有启动日期"),
            )
            .help(text!("add `opened`", "请补上 opened")),
            &["closed"],
        );
    }
}

/// Where an edition is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Not opened yet.
    Planned,
    /// Opened and not closed.
    Open {
        /// The day it opened.
        opened: Date,
    },
    /// Over.
    Closed {
        /// The day it opened.
        opened: Date,
        /// The day it closed.
        closed: Date,
    },
}

impl Life {
    /// The ids, in the order of a life.
    pub const IDS: [&'static str; 3] = ["planned", "open", "closed"];

    /// The id: what json holds.
    pub fn id(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open { .. } => "open",
            Self::Closed { .. } => "closed",
        }
    }

    /// The label people read.
    pub fn label(self, lang: Lang) -> &'static str {
        Self::label_of(self.id(), lang)
    }

    /// The label of an id.
    pub fn label_of(id: &'static str, lang: Lang) -> &'static str {
        let zh = match id {
            "planned" => "筹备",
            "open" => "进行中",
            _ => "已结束",
        };
        lang.pick(id, zh)
    }
}

/// A step of an edition's life that is not possible now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// Opening what is open.
    AlreadyOpen(Date),
    /// Opening or closing what is closed.
    AlreadyClosed(Date),
    /// Closing what was not opened.
    NotOpen,
    /// Closing before it was opened.
    ClosesBeforeOpening {
        /// When it opened.
        opened: Date,
        /// When it should close.
        closed: NaiveDate,
    },
}

impl Impossible {
    /// Why it is not possible, and the way out.
    pub fn text(&self) -> Text {
        match self {
            Self::AlreadyOpen(opened) => {
                text!("the edition is open since {opened}", "该期次已于 {opened} 启动")
            }
            Self::AlreadyClosed(closed) => text!(
                "the edition was closed on {closed}; `kunpeng edition reopen` opens it again",
                "该期次已于 {closed} 结束；可用 kunpeng edition reopen 重新开启"
            ),
            Self::NotOpen => text!(
                "the edition is not open yet; `kunpeng edition open` opens it",
                "该期次尚未启动；可用 kunpeng edition open 启动"
            ),
            Self::ClosesBeforeOpening { opened, closed } => text!(
                "the edition opened on {opened}, it cannot close on {closed}",
                "该期次于 {opened} 启动，不能在 {closed} 结束"
            ),
        }
    }
}

impl std::fmt::Display for Impossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Impossible {}

impl Edition {
    /// The two years whose indicators are compared, where it names them.
    pub fn years(&self) -> Option<(i32, i32)> {
        let [start, end] = self.indicator_years[..] else { return None };
        let year = |year: u32| i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year));
        year(start).zip(year(end)).filter(|(start, end)| start < end)
    }

    /// Where it is in its life.
    pub fn life(&self) -> Life {
        match (self.opened, self.closed) {
            (Some(opened), Some(closed)) => Life::Closed { opened, closed },
            (Some(opened), None) => Life::Open { opened },
            (None, _) => Life::Planned,
        }
    }

    /// Opens a planned edition.
    pub fn open(self, on: NaiveDate) -> Result<Self, Impossible> {
        match self.life() {
            Life::Planned => Ok(Self { opened: Some(Date::day(on)), ..self }),
            Life::Open { opened } => Err(Impossible::AlreadyOpen(opened)),
            Life::Closed { closed, .. } => Err(Impossible::AlreadyClosed(closed)),
        }
    }

    /// Closes an open edition.
    pub fn close(self, on: NaiveDate) -> Result<Self, Impossible> {
        match self.life() {
            Life::Open { opened } if on < opened.first() => {
                Err(Impossible::ClosesBeforeOpening { opened, closed: on })
            }
            Life::Open { .. } => Ok(Self { closed: Some(Date::day(on)), ..self }),
            Life::Planned => Err(Impossible::NotOpen),
            Life::Closed { closed, .. } => Err(Impossible::AlreadyClosed(closed)),
        }
    }

    /// Opens a closed edition again, as if it had not been closed.
    pub fn reopen(self) -> Result<Self, Impossible> {
        match self.life() {
            Life::Closed { .. } => Ok(Self { closed: None, ..self }),
            Life::Open { opened } => Err(Impossible::AlreadyOpen(opened)),
            Life::Planned => Err(Impossible::NotOpen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::shape::Shape;
    use crate::model::value::{Table, Value};

    fn planned() -> Edition {
        let table: Table = [("name".to_owned(), Value::Text("第四期".into()))].into_iter().collect();
        Edition::read(Value::Table(table), &mut Faults::default()).unwrap()
    }

    #[test]
    fn only_moves_from_planned_to_open_to_closed_and_back_to_open() {
        let day = |text: &str| text.parse::<Date>().unwrap().first();
        let open = planned().open(day("2024-01-10")).unwrap();
        assert_eq!(open.life().id(), "open");
        assert!(open.clone().open(day("2024-01-11")).is_err());
        assert!(open.clone().close(day("2024-01-09")).is_err());
        let closed = open.close(day("2024-12-01")).unwrap();
        assert!(closed.clone().close(day("2024-12-02")).is_err());
        assert_eq!(closed.reopen().unwrap().life().id(), "open");
        assert_eq!(planned().close(day("2024-01-10")), Err(Impossible::NotOpen));
    }
}
