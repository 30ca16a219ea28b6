//! Enterprises by industry, with what they hold.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::cohort::{Cohort, Member};
use super::counted::Counted;
use super::evidence::{Figure, Measure, Part, Source, Spot, UNCLEAR, UNDATED};
use super::label::many;
use super::span::Span;
use super::summary::part_of;
use super::table::{Cell, Kind as Holds};
use super::view::View;
use crate::model::expiry::Expiry;
use crate::model::id::IndustryId;
use crate::model::kind::Kind;
use crate::model::platform::Platform;
use crate::model::recognition::Recognition;
use crate::text;

/// A row an industry that occurs; enterprises without one in the last row.
pub fn industries<'r>(view: &View, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("industry", Holds::Coded),
        ("enterprises", Holds::Count),
        ("share", Holds::Share),
        ("held", Holds::Count),
        ("platforms", Holds::Count),
    ];
    let mut table = Counted::new(view.table("industries", &columns), keeps);
    let of = |member: &Member<'r>| member.enterprise.industry.as_ref();
    let occurring: BTreeSet<(bool, Option<&IndustryId>)> =
        cohort.members.iter().map(of).map(|industry| (industry.is_none(), industry)).collect();
    for (_, industry) in &occurring {
        let key = view.coded_if(Kind::Industry, industry.map(crate::model::id::Id::as_str));
        table.row(figures(view, cohort, key, |member| of(member) == *industry));
    }
    let total = figures(view, cohort, Cell::Missing, |_| true);
    let left_out = total.last().map_or(0, |platforms| platforms.left_out.len());
    if !occurring.is_empty() {
        table.total(total);
    }
    table.note(&text!(
        "held: enterprises that hold a title on their last day (else today); platforms: those recognised by then and not expired",
        "有效：末日（未结束则为今日）持有有效资质的企业数；研发平台：截至该日已认定且未过期的平台数"
    ));
    if left_out > 0 {
        table.note(&text!(
            "not counted: {platforms} of which it is not certain that they were recognised by then",
            "另有{left_out}个研发平台未记录认定日期或日期不完整，不能确定该日之前已认定，未计入",
            platforms = many(left_out, "platform", "platforms"),
            left_out = left_out
        ));
    }
    table
}

fn figures<'r>(
    view: &View,
    cohort: &Cohort<'r>,
    key: Cell,
    is_of: impl Fn(&Member<'r>) -> bool,
) -> Vec<Figure<'r>> {
    let members = || cohort.members.iter().filter(|member| is_of(member));
    let one = |member: &Member<'r>| part_of(member, "industry", member.enterprise.industry.is_some());
    let either = |member: &Member<'r>| Part::either(one(member).source, is_of(member));
    vec![
        key.into(),
        Figure::count(members().map(one)),
        Figure::new(Measure::Share, cohort.members.iter().map(either)),
        Figure::count(members().filter_map(|member| title_held(view, member))),
        platforms(view, members()),
    ]
}

fn last_day(view: &View, member: &Member) -> NaiveDate {
    member.span.map_or(view.today, |span| span.last)
}

/// The first certificate that holds.
fn title_held<'r>(view: &View, member: &Member<'r>) -> Option<Part<'r>> {
    let day = last_day(view, member);
    let holds = |it: &Recognition| it.holds_on(day, view.valid_months(it.title.as_str()));
    let held = member.enterprise.recognitions.iter().position(holds);
    held.map(|index| Part::one(Source::enterprise(member.id, Spot::Entry("recognitions", index))))
}

fn platforms<'r: 'm, 'm>(view: &View, members: impl Iterator<Item = &'m Member<'r>>) -> Figure<'r> {
    let (mut parts, mut left_out) = (Vec::new(), Vec::new());
    for member in members {
        let (day, is_all_time) = (last_day(view, member), member.span.is_some_and(Span::is_all_time));
        let has_expired =
            |it: &Platform| it.expires.and_then(Expiry::date).is_some_and(|date| date.last() < day);
        for (index, platform) in member.enterprise.platforms.iter().enumerate() {
            let part = Part::one(Source::enterprise(member.id, Spot::Entry("platforms", index)));
            match platform.recognised {
                _ if has_expired(platform) => {}
                None if is_all_time => parts.push(part),
                None => left_out.push(part.remark(UNDATED)),
                Some(date) if date.last() <= day => parts.push(part),
                Some(date) if date.first() <= day => left_out.push(part.remark(UNCLEAR)),
                Some(_) => {}
            }
        }
    }
    Figure::count(parts).without(left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn shows_what_the_enterprises_of_each_industry_hold() {
        let store = Store::rich();
        let table = industries(&store.view(), &Cohort::of(&store.view(), &"2".parse().unwrap()), false).table;
        assert_eq!(rows(&table), ["automobile 1 1/2 1 2", "– 1 1/2 0 0"]);
        assert_eq!(total(&table).as_deref(), Some("– 2 2/2 1 2"));
    }

    #[test]
    fn a_platform_that_may_be_of_a_later_day_is_not_counted_but_said() {
        let text = "platforms = [{ kind = \"centre\" }, { kind = \"centre\", recognised = \"2023\" }, { kind = \"centre\", recognised = 2023-05-10 }, { kind = \"laboratory\", recognised = 2024-01-01 }]";
        let store = Store::closed().member("a", text);
        let view = store.view();
        let table = industries(&view, &Cohort::of(&view, &"2".parse().unwrap()), false).table;
        assert_eq!(rows(&table), ["– 1 1/1 0 1"]);
        assert!(table.notes[1].starts_with("not counted: 2 platforms of which"));
        let all = Cohort::filtered(&view, &crate::report::Filter::default());
        assert_eq!(rows(&industries(&view, &all, false).table), ["– 1 1/1 0 4"]);
    }
}
