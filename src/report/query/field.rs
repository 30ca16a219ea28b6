//! The fields of enterprises that questions can name: built-in ones, those of one's own, and derived ones such as
//! `holds TITLE`, `revenue.2022` or `days since last activity`.

use chrono::NaiveDate;

use super::nature::{Domain, Nature, outcomes, sizes};
use super::value;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::lookup::NoWords;
use crate::model::name::NameKey;
use crate::model::nearest::did_you_mean;
use crate::model::own_field::{FieldOwner, OwnField};
use crate::model::period::Period;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar};
use crate::model::word::MetricKind;
use crate::report::label;
use crate::report::view::View;
use crate::text;

/// A field of an enterprise.
#[derive(Debug, Clone, PartialEq)]
pub enum Field<'r> {
    /// A key of its record, or what the list of enterprises shows under that name.
    Plain(&'static str),
    /// A field of one's own.
    Own(&'r str, &'r OwnField),
    /// Whether it holds a title, on a day or on its last day.
    Holds(String, Option<NaiveDate>),
    /// A figure, of a period or of the last full year reported.
    Figure(String, Option<Period>),
    /// The growth of a figure, to a year or to the last one that can be compared.
    Growth(String, Option<i32>),
    /// At how many activities it was, of one aspect or of all, within a year or month or at any time.
    Attended(Option<String>, Option<Date>),
    /// The days since a date it has.
    DaysSince(&'static str),
}

/// The fields without a parameter, in the order they are listed.
pub const PLAIN: [&str; 25] = [
    "id",
    "name",
    "name_en",
    "code",
    "industry",
    "class",
    "town",
    "founded",
    "note",
    "editions",
    "modules",
    "joined",
    "left",
    "outcome",
    "titles",
    "size",
    "recognitions",
    "platforms",
    "projects",
    "needs",
    "open needs",
    "attended",
    "attendance.rate",
    "person_times",
    "last activity",
];

/// The fields that begin with a word and take a parameter: how they begin, in either language.
const HOLDS: [&str; 2] = ["holds ", "持有"];
const ATTENDED: [&str; 3] = ["attended ", "参加过", "参加"];
const DAYS_SINCE: [&str; 2] = ["days since", "距今天数"];
const GROWTH: [&str; 1] = ["growth."];

/// The dates `days since` can be asked of.
const DATES: [&str; 4] = ["last activity", "founded", "joined", "left"];

impl<'r> Field<'r> {
    /// The field a text means.
    pub fn parse(view: &View<'r>, text: &str) -> Result<Self, Misread> {
        if let Some(plain) = plain(text) {
            return Ok(Self::Plain(plain));
        }
        if let Some((id, own)) = own(view, text) {
            return Ok(Self::Own(id, own));
        }
        let after = |starts: &[&str]| starts.iter().find_map(|start| rest(text, start));
        if let Some(title) = after(&HOLDS) {
            return holds(view, title);
        }
        if let Some(aspect) = after(&ATTENDED) {
            return attended(view, aspect);
        }
        if let Some(("attended", within)) = text.rsplit_once('.') {
            return Ok(Self::Attended(None, Some(value::date(view, within)?)));
        }
        if let Some(date) = after(&DAYS_SINCE) {
            return days_since(date);
        }
        if let Some(metric) = after(&GROWTH) {
            return growth(view, metric);
        }
        if let Ok(metric) = view.records.named(Kind::Metric, text) {
            return Ok(Self::Figure(metric, None));
        }
        if let Some((metric, period)) = text.rsplit_once('.')
            && let Ok(metric) = view.records.named(Kind::Metric, metric.trim())
        {
            return Ok(Self::Figure(metric, Some(value::period(view, period.trim())?)));
        }
        Err(unknown(text))
    }

    /// Its name: what `--columns` and `--where` take, and the id of its column.
    pub fn id(&self) -> String {
        match self {
            Self::Plain(id) => (*id).to_owned(),
            Self::Own(id, _) => String::from(*id),
            Self::Holds(title, None) => format!("holds {title}"),
            Self::Holds(title, Some(on)) => format!("holds {title} on {on}"),
            Self::Figure(metric, None) => metric.clone(),
            Self::Figure(metric, Some(period)) => format!("{metric}.{period}"),
            Self::Growth(metric, None) => format!("growth.{metric}"),
            Self::Growth(metric, Some(year)) => format!("growth.{metric}.{year}"),
            Self::Attended(aspect, within) => {
                let aspect = aspect.as_ref().map_or_else(String::new, |aspect| format!(" {aspect}"));
                let within = within.map_or_else(String::new, |within| format!(".{within}"));
                format!("attended{aspect}{within}")
            }
            Self::DaysSince(date) => format!("days since {date}"),
        }
    }

    /// What people read above it.
    pub fn label(&self, view: &View) -> String {
        let lang = view.lang;
        let word = |kind, id: &str| view.label(kind, id);
        match self {
            Self::Plain(id) => label_of(id, lang).to_owned(),
            Self::Own(_, own) => own.label(lang),
            Self::Holds(title, on) => {
                let title = word(Kind::Title, title);
                let held = lang.pick(format!("Holds {title}"), format!("持有{title}"));
                on.map_or(held.clone(), |on| lang.pick(format!("{held} on {on}"), format!("{on}{held}")))
            }
            Self::Figure(metric, period) => {
                let metric = word(Kind::Metric, metric);
                period.map_or(metric.clone(), |it| {
                    lang.pick(format!("{metric} {it}"), format!("{it}年{metric}"))
                })
            }
            Self::Growth(metric, year) => {
                let metric = word(Kind::Metric, metric);
                let growth = lang.pick(format!("Growth of {metric}"), format!("{metric}增长率"));
                year.map_or(growth.clone(), |it| {
                    lang.pick(format!("{growth} {it}"), format!("{it}年{growth}"))
                })
            }
            Self::Attended(aspect, within) => {
                let aspect = aspect.as_ref().map(|aspect| word(Kind::Aspect, aspect));
                let attended = aspect.map_or(label_of("attended", lang).to_owned(), |aspect| {
                    lang.pick(format!("Attended {aspect}"), format!("参加{aspect}场次"))
                });
                within.map_or(attended.clone(), |it| {
                    lang.pick(format!("{attended} {it}"), format!("{it}{attended}"))
                })
            }
            Self::DaysSince(date) => {
                let date = label_of(date, lang);
                lang.pick(format!("Days since {}", date.to_lowercase()), format!("距{date}天数"))
            }
        }
    }

    /// What it holds.
    pub fn nature(&self, view: &View<'r>) -> Nature<'r> {
        match self {
            Self::Own(_, own) => Nature::of_own_field(own),
            Self::Holds(..) => Nature::YesNo,
            Self::Growth(..) => Nature::Rate,
            Self::Attended(..) | Self::DaysSince(_) => Nature::Count(None),
            Self::Figure(metric, _) => {
                let metric = view.records.programme.metrics.get(metric.as_str());
                match metric.map(|metric| (metric.kind, view.unit(metric))) {
                    Some((MetricKind::Count, unit)) => Nature::Count(unit),
                    _ => Nature::Number,
                }
            }
            Self::Plain(id) => match *id {
                "id" => Nature::Word(Domain::Kind(Kind::Enterprise)),
                "industry" => Nature::Word(Domain::Kind(Kind::Industry)),
                "town" => Nature::Word(Domain::Kind(Kind::Town)),
                "class" => Nature::Class,
                "editions" => Nature::Words(Domain::Kind(Kind::Edition)),
                "modules" => Nature::Words(Domain::Kind(Kind::Module)),
                "titles" => Nature::Words(Domain::Kind(Kind::Title)),
                "outcome" => Nature::Word(outcomes()),
                "size" => Nature::Word(sizes()),
                "founded" | "joined" | "left" | "last activity" => Nature::Date,
                "attendance.rate" => Nature::Rate,
                "recognitions" | "platforms" | "projects" | "needs" | "open needs" | "attended"
                | "person_times" => Nature::Count(None),
                _ => Nature::Text,
            },
        }
    }
}

/// The label of a field without a parameter.
fn label_of(id: &'static str, lang: Lang) -> &'static str {
    match id {
        "open needs" => label::item("open_needs", lang),
        "attended" => lang.pick("Attended", "参加活动场次"),
        "attendance.rate" => label::column("attendance", "rate", lang),
        "last activity" => lang.pick("Last activity", "最近参加活动"),
        "size" => label::column("enterprises-by-size", "key", lang),
        "name_en" | "note" | "recognitions" | "platforms" | "projects" | "needs" => label::field(id, lang),
        id => label::column("enterprises", id, lang),
    }
}

fn plain(text: &str) -> Option<&'static str> {
    let key = NameKey::of(text);
    let is_it = |id: &&'static str| {
        let labels = Lang::ALL.map(|lang| label_of(id, lang));
        *id == text || labels.iter().any(|label| NameKey::of(label) == key)
    };
    PLAIN.iter().copied().find(is_it)
}

fn own<'r>(view: &View<'r>, text: &str) -> Option<(&'r str, &'r OwnField)> {
    let key = NameKey::of(text);
    let declared = view.records.programme.fields.get(&FieldOwner::Enterprises)?;
    let is_it = |id: &str, own: &OwnField| id == text || own.names().any(|name| name.key() == key);
    declared
        .iter()
        .filter(|(_, own)| !own.is_personal())
        .find(|(id, own)| is_it(id.as_str(), own))
        .map(|(id, own)| (id.as_str(), own))
}

/// What follows a beginning, whatever its case.
fn rest<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest.trim())
}

fn holds<'r>(view: &View<'r>, text: &str) -> Result<Field<'r>, Misread> {
    let (title, on) = match text.rsplit_once(" on ") {
        Some((title, on)) => (title.trim(), Some(day(view, on)?)),
        None => (text, None),
    };
    Ok(Field::Holds(view.records.named(Kind::Title, title)?, on))
}

fn attended<'r>(view: &View<'r>, text: &str) -> Result<Field<'r>, Misread> {
    let whole = view.records.named(Kind::Aspect, text);
    match text.rsplit_once('.') {
        Some((aspect, within)) if whole.is_err() => {
            let aspect = view.records.named(Kind::Aspect, aspect.trim())?;
            Ok(Field::Attended(Some(aspect), Some(value::date(view, within)?)))
        }
        _ => Ok(Field::Attended(Some(whole?), None)),
    }
}

fn day(view: &View, text: &str) -> Result<NaiveDate, Misread> {
    if let Some(day) = value::day(view, text.trim()) {
        return Ok(day);
    }
    let date = Date::from_cell(text.trim(), &NoWords)?;
    date.exact().ok_or_else(|| {
        Misread::new(&rule::BAD_DATE, text!("`{text}` is not a day", "“{text}”不是具体日期"))
            .help(text!("write it to the day: `2024-05-01`", "请写到日：2024-05-01"))
    })
}

fn days_since<'r>(text: &str) -> Result<Field<'r>, Misread> {
    let date = if text.is_empty() { Some("last activity") } else { plain(text) };
    date.filter(|date| DATES.contains(date)).map(Field::DaysSince).ok_or_else(|| {
        let (en, zh) = (DATES.join(", "), DATES.join("、"));
        let message = text!("`{text}` is not a date an enterprise has", "“{text}”不是企业的日期字段");
        Misread::new(&rule::UNKNOWN_KEY, message).help(
            did_you_mean(text, DATES)
                .unwrap_or_else(|| text!("`days since` goes with {en}", "days since 后可接：{zh}")),
        )
    })
}

fn growth<'r>(view: &View<'r>, text: &str) -> Result<Field<'r>, Misread> {
    if let Ok(metric) = view.records.named(Kind::Metric, text) {
        return Ok(Field::Growth(metric, None));
    }
    match text.rsplit_once('.') {
        Some((metric, year)) => {
            let metric = view.records.named(Kind::Metric, metric.trim())?;
            let period = value::period(view, year.trim())?;
            let year = period.full_year().ok_or_else(|| {
                let message = text!("`{period}` is not a full year", "“{period}”不是完整年度", period = year);
                Misread::new(&rule::BAD_PERIOD, message)
            })?;
            Ok(Field::Growth(metric, Some(year)))
        }
        None => Ok(Field::Growth(view.records.named(Kind::Metric, text)?, None)),
    }
}

/// Every field by its names, for suggestions.
pub fn known(view: &View) -> Vec<String> {
    let records = view.records;
    let mut known: Vec<String> = PLAIN.iter().map(|id| (*id).to_owned()).collect();
    let own = records.programme.fields.get(&FieldOwner::Enterprises).into_iter().flatten();
    known.extend(own.filter(|(_, own)| !own.is_personal()).map(|(id, _)| id.to_string()));
    known.extend(records.programme.metrics.keys().map(ToString::to_string));
    known.extend(records.programme.metrics.keys().map(|id| format!("growth.{id}")));
    known.extend(records.programme.recognitions.keys().map(|id| format!("holds {id}")));
    known.extend(records.programme.aspects.keys().map(|id| format!("attended {id}")));
    known.push("days since last activity".to_owned());
    known.extend(PLAIN.iter().flat_map(|id| Lang::ALL.map(|lang| label_of(id, lang).to_owned())));
    known
}

/// The fault of a field that is not there.
fn unknown(text: &str) -> Misread {
    Misread::new(&rule::UNKNOWN_KEY, text!("there is no field `{text}`", "没有“{text}”这个字段"))
}
