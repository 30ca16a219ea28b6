//! What stands at a place of a record, in a sentence.

use super::evidence::{Record, Source, Spot};
use super::label::{self, grouped, many};
use super::own_field;
use super::show;
use super::summary::targets;
use super::table::Cell;
use super::view::View;
use crate::model::id::WordKey;
use crate::model::kind::Kind;
use crate::model::value::{self, Step, Value};

/// What stands at a place of a record, in words.
pub fn says(view: &View, source: &Source) -> Option<String> {
    if let (Record::Activity(id), Spot::Attendance(status, enterprise)) = (source.record, source.spot) {
        let activity = view.records.activities.get(id)?;
        let heads = activity.present.get(enterprise);
        let heads = heads.map(|heads| {
            view.lang
                .pick(format!(", {}", many(count_of(*heads), "person", "persons")), format!("，{heads}人"))
        });
        let (heads, status) = (heads.unwrap_or_default(), status.label(view.lang));
        let (title, date) = (&activity.title, activity.date);
        return Some(
            view.lang.pick(
                format!("{status}{heads}: {title}, {date}"),
                format!("{status}{heads}：{title}，{date}"),
            ),
        );
    }
    let value = view.records.get(&source.reference())?;
    if source.spot == Spot::Whole {
        let date = value.get("date").filter(|_| matches!(source.record, Record::Activity(_)));
        return date.map(|date| field(view, "date", date));
    }
    let path = source.path();
    let found = value.at(&path)?;
    Some(match (source.spot, found, path.0.last()) {
        (Spot::Year(year), Value::Table(figures), _) => of_size(view, &value, year, figures),
        (Spot::Indicator(year, metric), ..) => of_years(view, &value, &[year], metric),
        (Spot::Growth((start, end), metric), ..) => of_years(view, &value, &[start, end], metric),
        (Spot::Target(figure), ..) => {
            let label = match targets::coded(view, figure) {
                Cell::Coded { label, .. } => label,
                _ => figure.to_string(),
            };
            named(view, &label, &grouped(&found.to_string()))
        }
        (_, Value::Table(_), _) => entry(view, found),
        (_, _, Some(Step::Key(key))) => field(view, key, found),
        _ => found.to_string(),
    })
}

fn count_of(heads: u32) -> usize {
    usize::try_from(heads).unwrap_or(usize::MAX)
}

/// What a size follows from: the class of an enterprise, and the figures of a year there are limits for.
fn of_size(view: &View, enterprise: &Value, year: i32, figures: &value::Table) -> String {
    let limited = |metric: &&str| {
        view.records.programme.sizes.iter().any(|rule| rule.limits.keys().any(|it| it.as_str() == *metric))
    };
    let class = enterprise.get("class").map(|class| field(view, "class", class));
    let year = view.lang.pick(format!("figures of {year}"), format!("{year}年指标"));
    let figures = figures.iter().filter(|(metric, _)| limited(metric));
    let figures = figures.map(|(metric, value)| field(view, metric, value));
    joined(view, class.into_iter().chain([year]).chain(figures))
}

/// What an enterprise reported of a metric for some years.
fn of_years(view: &View, enterprise: &Value, years: &[i32], metric: &WordKey) -> String {
    let label = view.label(Kind::Metric, metric.as_str());
    let of = |year: &i32| {
        let place = Source { record: Record::Programme, spot: Spot::Indicator(*year, metric) }.path();
        let name = view.lang.pick(format!("{label} {year}"), format!("{year}年{label}"));
        Some(named(view, &name, &of_metric(view, metric.as_str(), enterprise.at(&place)?)))
    };
    joined(view, years.iter().filter_map(of))
}

/// An entry of a list: all it holds.
fn entry(view: &View, value: &Value) -> String {
    let Value::Table(table) = value else { return value.to_string() };
    joined(view, table.iter().map(|(key, value)| field(view, key, value)))
}

fn joined(view: &View, fields: impl Iterator<Item = String>) -> String {
    fields.collect::<Vec<_>>().join(view.lang.pick("; ", "；"))
}

/// A field of a record with what it is called.
fn field(view: &View, key: &str, value: &Value) -> String {
    let programme = &view.records.programme;
    let own = || programme.fields.values().find_map(|fields| fields.get(key));
    let (name, shown) = match (programme.metrics.get(key), value) {
        (Some(_), _) => (view.label(Kind::Metric, key), of_metric(view, key, value)),
        (_, Value::List(list)) if list.iter().any(|it| matches!(it, Value::Table(_))) => {
            let names: Vec<String> = list.iter().map(|it| name_in(view, it)).collect();
            (field_label(view, key).unwrap_or(key).to_owned(), names.join(view.lang.pick(", ", "、")))
        }
        (_, Value::Table(more)) => {
            return joined(view, more.iter().map(|(key, value)| field(view, key, value)));
        }
        _ => match (field_label(view, key), own()) {
            (None, Some(own)) => {
                (own.label(view.lang).clone(), shown(view, own_field::cell(view, own, Some(value))))
            }
            (name, _) => (name.unwrap_or(key).to_owned(), shown(view, show::cell(view, key, value))),
        },
    };
    named(view, &name, &shown)
}

fn named(view: &View, name: &str, shown: &str) -> String {
    view.lang.pick(format!("{name}: {shown}"), format!("{name}：{shown}"))
}

/// The name of something that has one in both languages.
fn name_in(view: &View, value: &Value) -> String {
    let name = view.lang.pick(value.get("name_en"), None).or_else(|| value.get("name"));
    name.unwrap_or(value).to_string()
}

/// A figure of a metric with its unit.
fn of_metric(view: &View, metric: &str, value: &Value) -> String {
    let unit = view.records.programme.metrics.get(metric).and_then(|metric| view.unit(metric));
    with_unit(view, &value.to_string(), &unit.unwrap_or_default())
}

/// What a field is called, where the store has it of itself.
fn field_label<'l>(view: &View, key: &'l str) -> Option<&'l str> {
    let name = match key {
        "received" | "closed" => label::column("needs-list", key, view.lang),
        "title" => label::column("recognitions", key, view.lang),
        _ => label::field(key, view.lang),
    };
    (name != key).then_some(name)
}

/// A value in a sentence: with its unit, whole, nothing rounded.
fn shown(view: &View, cell: Cell) -> String {
    match cell {
        Cell::Text(text)
        | Cell::Time(text)
        | Cell::Coded { label: text, .. }
        | Cell::Codes { label: text, .. } => text,
        Cell::Amount(number) => with_unit(view, &number.to_string(), &view.money_unit()),
        Cell::Number(number) | Cell::Rate(number) | Cell::Points(number) => grouped(&number.to_string()),
        Cell::Count(count) => grouped(&count.to_string()),
        Cell::Date(date) => date.to_string(),
        Cell::Share(_) | Cell::Missing | Cell::Withheld => String::new(),
    }
}

fn with_unit(view: &View, number: &str, unit: &str) -> String {
    let space = view.lang.pick(if unit.is_empty() { "" } else { " " }, "");
    format!("{}{space}{unit}", grouped(number))
}
