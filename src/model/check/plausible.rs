//! What is likely to be a slip although each record is sound by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::at;
use crate::model::activity::Activity;
use crate::model::amount::Amount;
use crate::model::contact::Contact;
use crate::model::date::Date;
use crate::model::enterprise::Enterprise;
use crate::model::finding::{Finding, RecordRef};
use crate::model::id::{ActivityId, EditionId, EnterpriseId, MetricId};
use crate::model::kind::Kind;
use crate::model::membership::Outcome;
use crate::model::name::{Name, NameKey};
use crate::model::nearest::is_near;
use crate::model::period::Period;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step};
use crate::model::word::MetricKind;
use crate::text;

fn enterprise(id: &EnterpriseId) -> RecordRef {
    RecordRef::new(Kind::Enterprise, id)
}

fn entry(list: &'static str, index: usize, field: &'static str) -> KeyPath {
    KeyPath(vec![Step::Key(list.into()), Step::Index(index), Step::Key(field.into())])
}

/// `activity-twice`
pub fn activities_twice(records: &Records, found: &mut Vec<Finding>) {
    let mut days: BTreeMap<(&EditionId, Date), Vec<(&ActivityId, &Activity)>> = BTreeMap::new();
    for (id, activity) in &records.activities {
        days.entry((&activity.edition, activity.date)).or_default().push((id, activity));
    }
    for ((_, date), of_a_day) in days.into_iter().filter(|((_, date), _)| date.exact().is_some()) {
        for (index, (id, activity)) in of_a_day.iter().enumerate() {
            let alike = |other: &Activity| are_alike(activity.title.as_str(), other.title.as_str());
            let Some((first, _)) = of_a_day[..index].iter().find(|(_, other)| alike(other)) else { continue };
            let message = text!(
                "activities `{first}` and `{id}` are on {date} and called alike",
                "活动“{first}”与“{id}”同在 {date}，名称相近"
            );
            let title = |id: &ActivityId| at(&RecordRef::new(Kind::Activity, id), KeyPath::key("title"));
            found.push(Finding::new(&rule::ACTIVITY_TWICE, message, title(first)).and(title(id)).help(
                text!(
                    "if it is one activity, move the attendance to one record and remove the other",
                    "如为同一场活动，请把参加情况并入一条记录并删除另一条"
                ),
            ));
        }
    }
}

/// Whether two titles read alike: one within the other, or a letter apart; numbers tell them apart.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (NameKey::of(one), NameKey::of(other));
    let digits = |key: &NameKey| key.as_str().chars().filter(|c| is_number(*c)).collect::<String>();
    digits(&one) == digits(&other)
        && (one.contains(&other) || other.contains(&one) || is_near(one.as_str(), other.as_str()))
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// `negative-amount`
pub fn negative_amounts(records: &Records, found: &mut Vec<Finding>) {
    let mut report = |record: RecordRef, path: KeyPath, amount: Amount| {
        let message = text!(
            "`{path}` of {record} is {amount}, and cannot be less than nothing",
            "{record}的{path}为 {amount}，不应小于零",
            path = path,
            record = record,
            amount = amount.to_string()
        );
        found.push(Finding::new(&rule::NEGATIVE_AMOUNT, message, at(&record, path)));
    };
    let negative = |amount: Option<Amount>| amount.filter(|amount| amount.number().is_sign_negative());
    for (id, activity) in &records.activities {
        if let Some(hours) = negative(activity.hours) {
            report(RecordRef::new(Kind::Activity, id), KeyPath::key("hours"), hours);
        }
    }
    for (id, it) in &records.enterprises {
        for (index, project) in it.projects.iter().enumerate() {
            for (field, amount) in [("requested", project.requested), ("granted", project.granted)] {
                if let Some(amount) = negative(amount) {
                    report(enterprise(id), entry("projects", index, field), amount);
                }
            }
        }
        for (period, figures) in &it.indicators {
            for (metric, amount) in figures.iter().filter(|(metric, _)| counts(records, metric)) {
                if let Some(amount) = negative(Some(*amount)) {
                    report(enterprise(id), figure(*period, metric), amount);
                }
            }
        }
    }
}

/// Whether a figure is how many there are: profits and the like may be negative.
fn counts(records: &Records, metric: &MetricId) -> bool {
    let of_programme = records.programme.metrics.get(metric.as_str());
    of_programme.is_some_and(|metric| metric.kind == MetricKind::Count)
        || ["revenue", "main_revenue", "rd_expense", "assets", "exports"].contains(&metric.as_str())
}

/// The place of a figure.
fn figure(period: Period, metric: &MetricId) -> KeyPath {
    let path = ["indicators", &period.to_string(), metric.as_str()];
    KeyPath(path.map(|key| Step::Key(key.to_owned().into())).to_vec())
}

/// The figures that grow from quarter to quarter within a year, by the standard words for them: turnover and spending,
/// not stocks and not profits, which fall too.
const CUMULATIVE: [&str; 6] = ["revenue", "main_revenue", "rd_expense", "tax", "equity_raised", "exports"];

/// `contradicting-periods`
pub fn contradicting_periods(records: &Records, found: &mut Vec<Finding>) {
    for (id, it) in &records.enterprises {
        let mut years: BTreeMap<i32, Vec<Figures<'_>>> = BTreeMap::new();
        for (period, figures) in &it.indicators {
            years.entry(period.calendar_year()).or_default().push((*period, figures));
        }
        for periods in years.values_mut().filter(|periods| periods.len() > 1) {
            periods.sort_by_key(|(period, _)| period.last_day());
            for pair in periods.windows(2) {
                contradictions(records, id, (pair[0].0, pair[0].1), (pair[1].0, pair[1].1), found);
            }
        }
    }
}

type Figures<'f> = (Period, &'f BTreeMap<MetricId, Amount>);

fn contradictions(
    records: &Records,
    id: &EnterpriseId,
    (first, earlier): Figures<'_>,
    (then, later): Figures<'_>,
    found: &mut Vec<Finding>,
) {
    let is_same = first.last_day() == then.last_day();
    for (metric, one) in earlier {
        let Some(other) = later.get(metric) else { continue };
        let falls = CUMULATIVE.contains(&metric.as_str()) && other < one;
        if !(if is_same { one != other } else { falls }) {
            continue;
        }
        let message = text!(
            "`{metric}` of `{id}` is {one} for {first} and {other} for {then}, which both begin in January",
            "“{id}”的“{metric}”：{first} 为 {one}，{then} 为 {other}，而两者都自一月起累计",
            metric = records.metric(metric.as_str()),
            id = id,
            one = one.to_string(),
            other = other.to_string(),
            first = first.to_string(),
            then = then.to_string()
        );
        let place = |period: Period| at(&enterprise(id), figure(period, metric));
        found.push(Finding::new(&rule::CONTRADICTING_PERIODS, message, place(first)).and(place(then)).help(text!(
            "figures of quarters and half-years are cumulative from the start of the year; perhaps one is of the quarter alone, or in another unit",
            "季度、半年度数据为年初至期末累计数；其中之一可能是单季数，或单位不同"
        )));
    }
}

/// `more-than-seats`
pub fn more_than_seats(records: &Records, found: &mut Vec<Finding>) {
    let mut members: BTreeMap<&EditionId, usize> = BTreeMap::new();
    for membership in records.enterprises.values().flat_map(|it| &it.memberships) {
        let is_in = membership.left.is_none() || membership.outcome == Some(Outcome::Graduated);
        *members.entry(&membership.edition).or_default() += usize::from(is_in);
    }
    for (id, edition) in &records.editions {
        let (Some(seats), Some(count)) = (edition.seats, members.get(id)) else { continue };
        if usize::try_from(seats).is_ok_and(|seats| *count > seats) {
            let message = text!(
                "edition `{id}` has {seats} seats and {count} members who did not leave",
                "期次“{id}”名额 {seats} 个，未退出的入选企业有 {count} 家"
            );
            let place = at(&RecordRef::new(Kind::Edition, id), KeyPath::key("seats"));
            found.push(Finding::new(&rule::MORE_THAN_SEATS, message, place));
        }
    }
}

/// `transfer-apart`
pub fn transfers_apart(records: &Records, found: &mut Vec<Finding>) {
    for (id, it) in &records.enterprises {
        for (index, from) in it.memberships.iter().enumerate() {
            let (Some(Outcome::Transferred), Some(left)) = (from.outcome, from.left) else { continue };
            let others = || it.memberships.iter().filter(|to| to.edition != from.edition);
            let opened = |edition: &EditionId| records.editions.get(edition).and_then(|it| it.opened);
            let meets = |joined: Date| !joined.is_before(left) && !left.is_before(joined);
            if others().any(|to| to.joined.or_else(|| opened(&to.edition)).is_some_and(meets)) {
                continue;
            }
            let message = text!(
                "`{id}` was transferred from edition `{edition}` on {left}, and joined no other one that day",
                "“{id}”于 {left} 由期次“{edition}”转期，但没有在该日加入其他期次",
                edition = from.edition
            );
            let place = at(&enterprise(id), entry("memberships", index, "left"));
            found.push(Finding::new(&rule::TRANSFER_APART, message, place));
        }
    }
}

/// What is dropped from a name before it is compared with others: what many firms share.
const COMMON: [&str; 18] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "公司",
    "集团",
    "广东省",
    "广东",
    "广州市",
    "广州",
    "花都区",
    "花都",
    "(",
    ")",
    "co.,ltd.",
    "co.,ltd",
    "ltd.",
    "inc.",
    "limited",
];

/// `likely-duplicate`: every enterprise with the first one that it is like
pub fn likely_duplicates(records: &Records, found: &mut Vec<Finding>) {
    let mut twins = Twins::default();
    let persons = persons(records);
    for (id, it) in &records.enterprises {
        let Some((first, why)) = twins.find(records, &persons, id, it) else { continue };
        let message = text!(
            "enterprises `{first}` and `{id}` may be one: {why}",
            "企业“{first}”与“{id}”可能是同一家：{why}",
            why = why
        );
        found.push(
            Finding::new(&rule::LIKELY_DUPLICATE, message, at(&enterprise(first), KeyPath::key("name")))
                .and(at(&enterprise(id), KeyPath::key("name")))
                .help(text!(
                    "`kunpeng enterprise merge {first} {id}` makes them one; `--not-same` remembers that they are two",
                    "可用 kunpeng enterprise merge {first} {id} 合并；确为两家时加 --not-same"
                )),
        );
    }
}

/// How many records have each person: a name in more than two is that of an agent, or a common one.
fn persons(records: &Records) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for contact in records.contacts.values() {
        let named: BTreeSet<&str> = persons_of(contact).collect();
        for person in named {
            *counts.entry(person).or_default() += 1;
        }
    }
    counts
}

fn persons_of(contact: &Contact) -> impl Iterator<Item = &str> {
    [&contact.legal_representative, &contact.contact].into_iter().flatten().map(|name| name.trim())
}

/// The enterprises so far, by what two records of one firm have in common.
#[derive(Default)]
struct Twins<'r> {
    names: BTreeMap<String, Vec<&'r EnterpriseId>>,
    phones: BTreeMap<&'r str, Vec<&'r EnterpriseId>>,
    persons: BTreeMap<&'r str, Vec<&'r EnterpriseId>>,
    founded: BTreeMap<Date, Vec<&'r EnterpriseId>>,
}

impl<'r> Twins<'r> {
    /// The first enterprise that is like one, and why; that one is among them from then on.
    fn find(
        &mut self,
        records: &'r Records,
        counts: &BTreeMap<&str, usize>,
        id: &'r EnterpriseId,
        it: &'r Enterprise,
    ) -> Option<(&'r EnterpriseId, Text)> {
        let other = |first: &EnterpriseId| records.enterprises.get(first);
        // Names that are the same altogether have a rule of their own.
        let is_open = |first: &EnterpriseId| {
            other(first).is_some_and(|first_it| {
                !first_it.not_same.contains(id)
                    && !it.not_same.contains(first)
                    && first_it.name.key() != it.name.key()
            })
        };
        let like = |found: &mut Vec<&'r EnterpriseId>, is_like: &dyn Fn(&Enterprise) -> bool| {
            let first = found
                .iter()
                .copied()
                .find(|first| is_open(first) && other(first).is_some_and(|it| is_like(it)));
            found.push(id);
            first
        };
        let key = bare_key(&it.name);
        let by_name = (key.chars().count() >= 2)
            .then(|| like(self.names.entry(key.clone()).or_default(), &|_| true))
            .flatten()
            .map(|first| (first, text!("names that differ only in form or place", "名称仅差组织形式或地名")));
        let contact = records.contacts.get(id);
        let by_phone = contact
            .and_then(|contact| contact.phone.as_deref())
            .and_then(|phone| like(self.phones.entry(phone).or_default(), &|_| true))
            .map(|first| (first, text!("the same phone number", "电话相同")));
        let is_near_by = |first: &Enterprise| {
            (it.town.is_some() && first.town == it.town)
                || (it.industry.is_some() && first.industry == it.industry)
        };
        let mut by_person = None;
        for person in contact.into_iter().flat_map(persons_of).collect::<BTreeSet<_>>() {
            let first = like(self.persons.entry(person).or_default(), &is_near_by);
            by_person = by_person.or(first.filter(|_| counts.get(person) == Some(&2)));
        }
        let by_person = by_person.map(|first| {
            (first, text!("the same person in the same town or industry", "同一街镇或行业内，人员相同"))
        });
        let is_similar = |first: &Enterprise| {
            let first = bare_key(&first.name);
            key.chars().count() > 2 && is_near(&first, &key)
        };
        let by_founding = it
            .founded
            .filter(|date| date.exact().is_some())
            .and_then(|date| like(self.founded.entry(date).or_default(), &is_similar))
            .map(|first| {
                (first, text!("similar names and the same founding date", "名称相近且成立日期相同"))
            });
        by_name.or(by_phone).or(by_person).or(by_founding)
    }
}

/// A name without what many firms share.
fn bare_key(name: &Name) -> String {
    COMMON.iter().fold(name.key().as_str().to_owned(), |key, word| key.replace(word, ""))
}
