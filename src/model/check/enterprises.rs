//! What enterprises can get wrong only beside each other or beside the programme.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use foldhash::HashMap;
use rust_decimal::Decimal;

use super::at;
use crate::model::amount::Amount;
use crate::model::code::{Code, Scheme};
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::lookup::Miss;
use crate::model::name::{Name, NameKey};
use crate::model::period::Period;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};
use crate::model::word::MetricKind;
use crate::text;

fn record(id: &EnterpriseId) -> RecordRef {
    RecordRef::new(Kind::Enterprise, id)
}

/// `bad-code` and `wrong-check-digit`, by the programme's scheme
pub fn wrong_codes(records: &Records, found: &mut Vec<Finding>) {
    let scheme = records.programme.identifier;
    for (id, enterprise) in &records.enterprises {
        if let Some(Err(misread)) = enterprise.code.as_ref().map(|code| scheme.verify(code)) {
            found.push(Finding::of(misread, at(&record(id), KeyPath::key("code"))));
        }
    }
}

/// `same-code`
pub fn same_codes(records: &Records, found: &mut Vec<Finding>) {
    let mut seen: HashMap<&Code, &EnterpriseId> = HashMap::default();
    for (id, enterprise) in &records.enterprises {
        let Some(code) = &enterprise.code else { continue };
        if let Some(first) = seen.insert(code, id) {
            let message = text!(
                "enterprises `{first}` and `{id}` have the same code `{code}`",
                "企业“{first}”与“{id}”的代码相同：{code}"
            );
            found.push(
                Finding::new(&rule::SAME_CODE, message, at(&record(first), KeyPath::key("code")))
                    .and(at(&record(id), KeyPath::key("code")))
                    .help(text!(
                        "if they are one enterprise, keep one file; else correct the code that is wrong",
                        "如为同一企业，请保留一个文件；否则请更正错误的代码"
                    )),
            );
        }
    }
}

/// `same-name`
pub fn same_names(records: &Records, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<NameKey, &EnterpriseId> = BTreeMap::new();
    for (id, enterprise) in &records.enterprises {
        if let Some(first) = seen.insert(enterprise.name.key(), id) {
            let message = text!(
                "enterprises `{first}` and `{id}` have the same name `{name}`",
                "企业“{first}”与“{id}”同名：{name}",
                name = enterprise.name.to_string()
            );
            found.push(
                Finding::new(&rule::SAME_NAME, message, at(&record(first), KeyPath::key("name")))
                    .and(at(&record(id), KeyPath::key("name"))),
            );
        }
    }
}

/// `unknown-town`
pub fn unknown_towns(records: &Records, found: &mut Vec<Finding>) {
    if records.programme.towns.is_empty() {
        return;
    }
    // The same few towns stand in every file: each is looked up once.
    let mut known: BTreeMap<&str, Option<Miss>> = BTreeMap::new();
    for (id, enterprise) in &records.enterprises {
        let Some(town) = enterprise.town.as_ref().map(Name::as_str) else { continue };
        if let Some(miss) = known.entry(town).or_insert_with(|| records.named(Kind::Town, town).err()) {
            let mut finding =
                Finding::new(&rule::UNKNOWN_TOWN, miss.text(), at(&record(id), KeyPath::key("town")));
            finding.help = miss.help();
            found.push(finding);
        }
    }
}

/// `code-and-id-differ`
pub fn code_and_id_differ(records: &Records, found: &mut Vec<Finding>) {
    let scheme = records.programme.identifier;
    if scheme == Scheme::None {
        return;
    }
    for (id, enterprise) in &records.enterprises {
        let named_for = id.as_str().parse::<Code>().ok().filter(|code| scheme.verify(code).is_ok());
        if let (Some(named), Some(code)) = (named_for, &enterprise.code)
            && named != *code
        {
            let message = text!("enterprise `{id}` has the code `{code}`", "企业“{id}”的代码是 {code}");
            found.push(Finding::new(
                &rule::CODE_AND_ID_DIFFER,
                message,
                at(&record(id), KeyPath::key("code")),
            ));
        }
    }
}

fn indicator(period: Period, metric: &str) -> KeyPath {
    KeyPath(vec![
        Step::Key("indicators".into()),
        Step::Key(period.to_string().into()),
        Step::Key(metric.to_owned().into()),
    ])
}

/// How many times as much, or as little, is worth a look: 元 for 千元 is a thousand times, 元 for 万元 ten thousand, and
/// the figure itself may have grown or shrunk to a third.
pub const JUMP: i64 = 300;

/// Whether two figures are so far apart, signs aside.
fn is_far(one: Decimal, other: Decimal) -> bool {
    let (one, other) = (one.abs(), other.abs());
    let (small, large) = (one.min(other), one.max(other));
    small > Decimal::ZERO && small.checked_mul(Decimal::from(JUMP)).is_some_and(|limit| large >= limit)
}

/// The figures that a part of a year has enough of to be compared with a whole one.
pub const TURNOVER: [&str; 2] = ["revenue", "main_revenue"];

/// `indicator-jump`, against the last year that is known: a part of a year against the same part of an earlier one, else,
/// of turnover, against a whole one
pub fn indicator_jumps(records: &Records, found: &mut Vec<Finding>) {
    for (id, enterprise) in &records.enterprises {
        let mut known: BTreeMap<(&str, String), (Period, Amount)> = BTreeMap::new();
        for (period, figures) in &enterprise.indicators {
            let part = period.to_string().split_off(4);
            for (metric, amount) in figures {
                let metric = metric.as_str();
                let whole = TURNOVER.contains(&metric).then(|| known.get(&(metric, String::new())).copied());
                let before = known.insert((metric, part.clone()), (*period, *amount)).or(whole.flatten());
                let is_money = (records.programme.metrics.get(metric))
                    .is_none_or(|metric| metric.kind == MetricKind::Amount);
                let Some((last, before)) = before.filter(|_| is_money) else { continue };
                if !is_far(before.number(), amount.number()) {
                    continue;
                }
                let when = |period: Period| {
                    let unit = if period.full_year().is_some() { "年" } else { "" };
                    text!("{period}", "{period} {unit}", period = period.to_string(), unit = unit)
                };
                let message = text!(
                    "`{metric}` of `{id}` goes from {before} in {last} to {amount} in {period}",
                    "“{id}”的“{metric}”由 {last}的 {before} 变为 {period}的 {amount}",
                    metric = records.metric(metric),
                    id = id,
                    last = when(last),
                    before = before.to_string(),
                    period = when(*period),
                    amount = amount.to_string()
                );
                let place = |period| at(&record(id), indicator(period, metric));
                found.push(
                    Finding::new(&rule::INDICATOR_JUMP, message, place(*period))
                        .and(place(last))
                        .help(text!("one of the two may be in another unit", "其中之一的单位可能不同")),
                );
            }
        }
    }
}

/// `fraction-of-count`
pub fn fractions_of_counts(records: &Records, found: &mut Vec<Finding>) {
    for (id, enterprise) in &records.enterprises {
        for (period, figures) in &enterprise.indicators {
            for (metric, amount) in figures {
                let counts = records
                    .programme
                    .metrics
                    .get(metric.as_str())
                    .is_some_and(|metric| metric.kind == MetricKind::Count);
                if counts && !amount.number().is_integer() {
                    let message = text!(
                        "`{metric}` counts things, `{id}` reports {amount} for {period}",
                        "“{metric}”是计数指标，“{id}”{period} 的填报数为 {amount}",
                        metric = records.metric(metric.as_str()),
                        id = id,
                        period = period.to_string(),
                        amount = amount.to_string()
                    );
                    found.push(Finding::new(
                        &rule::FRACTION_OF_COUNT,
                        message,
                        at(&record(id), indicator(*period, metric.as_str())),
                    ));
                }
            }
        }
    }
}

/// `future-date`
pub fn future_dates(records: &Records, today: NaiveDate, found: &mut Vec<Finding>) {
    for (id, enterprise) in &records.enterprises {
        let mut dated = Vec::new();
        let mut add = |list: Option<(&'static str, usize)>, field: &'static str, date| {
            let steps = list.map(|(list, index)| vec![Step::Key(list.into()), Step::Index(index)]);
            dated.push((KeyPath(steps.unwrap_or_default()).then(Step::Key(field.into())), date));
        };
        add(None, "founded", enterprise.founded);
        for (index, it) in enterprise.candidacies.iter().enumerate() {
            add(Some(("candidacies", index)), "applied", it.applied);
        }
        for (index, it) in enterprise.recognitions.iter().enumerate() {
            add(Some(("recognitions", index)), "recognised", it.recognised);
        }
        for (index, it) in enterprise.platforms.iter().enumerate() {
            add(Some(("platforms", index)), "recognised", it.recognised);
        }
        for (index, it) in enterprise.projects.iter().enumerate() {
            add(Some(("projects", index)), "submitted", it.submitted);
            add(Some(("projects", index)), "decided", it.decided);
        }
        for (index, it) in enterprise.needs.iter().enumerate() {
            add(Some(("needs", index)), "received", Some(it.received));
            add(Some(("needs", index)), "closed", it.closed);
        }
        for (path, date) in dated {
            if let Some(date) = date.filter(|date| date.first() > today) {
                let message = text!(
                    "`{path}` of `{id}` is {date}, after today ({today})",
                    "“{id}”的{path}为 {date}，晚于今天（{today}）",
                    path = path,
                    id = id,
                    date = date,
                    today = today
                );
                found.push(Finding::new(&rule::FUTURE_DATE, message, at(&record(id), path)));
            }
        }
        for period in enterprise.indicators.keys().filter(|period| period.last_day() > today) {
            let message = text!(
                "figures of `{id}` are of {period}, which has not ended today ({today})",
                "“{id}”有 {period} 的指标，而该报告期至今天（{today}）尚未结束"
            );
            let path = KeyPath::key("indicators").then(Step::Key(period.to_string().into()));
            found.push(Finding::new(&rule::FUTURE_DATE, message, at(&record(id), path)));
        }
    }
}
