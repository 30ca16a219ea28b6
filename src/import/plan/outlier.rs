//! Figures hundreds of times those of the period before, or a small part of them: the commonest fault of all is 元 in a column of 万元.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::import::layout::table::DataTable;
use crate::import::plan::{Plan, RowOutcome};
use crate::model::change::Edit;
use crate::model::check::{JUMP, TURNOVER};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{Table, Value};
use crate::text;

/// What a plan would make hundreds of times what it was the period before, or a small part of it.
pub fn warnings(records: &Records, plan: &Plan<'_>, tables: &[DataTable]) -> Vec<Finding> {
    let edits = plan.edits().filter(|edit| edit.record.kind == Kind::Enterprise);
    edits
        .flat_map(|edit| {
            outliers(&edit).iter().map(|outlier| outlier.finding(records, plan, tables)).collect::<Vec<_>>()
        })
        .collect()
}

/// A figure that changes, and the one before or after it, in the order of time.
struct Outlier<'e> {
    record: &'e RecordRef,
    metric: &'e str,
    changed: &'e str,
    last: (&'e str, Decimal),
    this: (&'e str, Decimal),
}

/// The outliers among the figures that an edit changes.
fn outliers(edit: &Edit) -> Vec<Outlier<'_>> {
    let indicators = |value: &'_ Option<Value>| value.as_ref()?.get("indicators").cloned();
    let before = indicators(&edit.before);
    let Some(Value::Table(after)) = edit.after.as_ref().and_then(|value| value.get("indicators")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (period, figures) in after.iter() {
        let Value::Table(figures) = figures else { continue };
        for (metric, value) in figures.iter() {
            let old = before.as_ref().and_then(|before| before.get(period)?.get(metric));
            let Some(number) = number(value).filter(|_| old != Some(value)) else { continue };
            let this = (period, number);
            let earlier = earlier(after, period, metric).map(|last| (last, this));
            let later = later(after, period, metric).map(|next| (this, next));
            if let Some((last, this)) = [earlier, later].into_iter().flatten().find(|(a, b)| is_far(a.1, b.1))
            {
                found.push(Outlier { record: &edit.record, metric, changed: period, last, this });
            }
        }
    }
    found
}

/// The last figure of the same part of an earlier year; else, of turnover, of an earlier whole year.
fn earlier<'t>(all: &'t Table, period: &str, metric: &str) -> Option<(&'t str, Decimal)> {
    let (year, part) = period.split_at_checked(4)?;
    let of = |part| figures(all, metric, part).filter(|it| it.0 < year).max_by_key(|it| it.0);
    of(part).or_else(|| of("").filter(|_| TURNOVER.contains(&metric)))
}

/// The next figure of the same part of a later year.
fn later<'t>(all: &'t Table, period: &str, metric: &str) -> Option<(&'t str, Decimal)> {
    let (_, part) = period.split_at_checked(4)?;
    figures(all, metric, part).filter(|it| it.0 > period).min_by_key(|it| it.0)
}

/// The figures of a part of all years.
fn figures<'t>(all: &'t Table, metric: &str, part: &str) -> impl Iterator<Item = (&'t str, Decimal)> {
    let same = move |other: &str| other.split_at_checked(4).is_some_and(|(_, same)| same == part);
    all.iter()
        .filter(move |(other, _)| same(other))
        .filter_map(move |(other, figures)| Some((other, number(figures.get(metric)?)?)))
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn is_far(one: Decimal, other: Decimal) -> bool {
    let exceeds = |small: Decimal, large: Decimal| {
        let limit = small.checked_mul(Decimal::from(JUMP));
        small > Decimal::ZERO && limit.is_some_and(|limit| large >= limit)
    };
    exceeds(one.abs(), other.abs()) || exceeds(other.abs(), one.abs())
}

impl Outlier<'_> {
    fn finding(&self, records: &Records, plan: &Plan<'_>, tables: &[DataTable]) -> Finding {
        let Self { record, metric, last, this, .. } = self;
        let times = match this.1.checked_div(last.1).and_then(|times| times.abs().to_i64()) {
            Some(0) | None => text!("a small part of it", "仅为其一小部分"),
            Some(times) => text!("{times} times as much", "相差 {times} 倍"),
        };
        let (old, new) = (last.1.normalize(), this.1.normalize());
        let message = text!(
            "`{metric}` of {record} goes from {old} in {last} to {new} in {this}: {times}",
            "{record}的“{metric}”由 {last} 的 {old} 变为 {this} 的 {new}：{times}",
            metric = records.metric(metric),
            record = record,
            old = old,
            new = new,
            last = last.0.to_string(),
            this = this.0.to_string(),
            times = times
        );
        Finding::new(&rule::INDICATOR_JUMP, message, self.place(plan, tables)).help(text!(
            "perhaps 元 stands in a column of 万元, or the other way round; check the unit of both",
            "可能在万元列中填了元，或相反；请核对两者的单位"
        ))
    }

    /// The row that says it.
    fn place(&self, plan: &Plan<'_>, tables: &[DataTable]) -> Place {
        let path = format!("indicators.{}.{}", self.changed, self.metric);
        let rows = plan.rows.iter().filter(|row| row.record.as_ref() == Some(self.record));
        let says = |row: &&RowOutcome| {
            let mut says = false;
            plan.differences(row, &mut |changed, _, _| says |= changed.to_string() == path);
            says
        };
        let mut parsed = rows.filter(says);
        let row = parsed.next_back().and_then(|row| Some(tables.get(row.table)?.row(row.number)));
        row.unwrap_or_else(|| Place::Argument(self.record.to_string()))
    }
}
