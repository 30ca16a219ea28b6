//! Members by industry, town, size and module.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::model::enterprise::Enterprise;
use crate::model::kind::Kind;
use crate::report::cohort::{Cohort, Member, Towns};
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Measure, Part, Record, Remark, Source, Spot, remarked};
use crate::report::size::{Size, Unsized, size};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

const NO_LIMITS: Remark = &("without a class there are limits for", "未记录行业分类，或该行业无划型标准");
const NO_FIGURES: Remark = &("without figures of a full year", "没有完整年度的指标");
const INCOMPLETE: Remark =
    &("its last full year lacks a figure there are limits for", "最近完整年度缺少划型指标");

/// Members counted by a key.
struct Groups<'r> {
    /// Keys in the order they are shown, if they occur.
    order: Vec<String>,
    /// Keys that are shown even with no member.
    always: Vec<String>,
    of_key: BTreeMap<String, Vec<Part<'r>>>,
    /// Members without a key.
    without: Vec<Part<'r>>,
    /// All members, each once.
    all: Vec<Part<'r>>,
}

impl<'r> Groups<'r> {
    fn new(cohort: &Cohort<'r>, order: Vec<String>, always: Vec<String>) -> Self {
        let all = cohort.members.iter().map(|member| Part::one(member_source(member))).collect();
        Self { order, always, of_key: BTreeMap::new(), without: Vec::new(), all }
    }

    fn add(&mut self, key: Option<String>, part: Part<'r>) {
        match key {
            Some(key) => self.of_key.entry(key).or_default().push(part),
            None => self.without.push(part),
        }
    }

    /// The keys that are shown, each with its members: in order, those out of order last.
    fn rows(&self) -> Vec<(&str, &[Part<'r>])> {
        let shown = |key: &&String| self.of_key.contains_key(*key) || self.always.contains(key);
        let ordered = self.order.iter().filter(shown);
        let rest = self.of_key.keys().filter(|key| !self.order.contains(key));
        ordered
            .chain(rest)
            .map(|key| (key.as_str(), self.of_key.get(key).map(Vec::as_slice).unwrap_or_default()))
            .collect()
    }

    /// These members of all: both lists are in the order of the cohort.
    fn share(&self, parts: &[Part<'r>]) -> Figure<'r> {
        let mut left = parts.iter().peekable();
        let either = self.all.iter().map(|all| {
            let part = left.next_if(|part| part.source.record == all.source.record);
            let source = part.map_or(all.source, |part| part.source);
            Part { remark: part.and_then(|part| part.remark), ..Part::either(source, part.is_some()) }
        });
        Figure::new(Measure::Share, either)
    }

    fn figures(&self, key: Cell, parts: &[Part<'r>]) -> Vec<Figure<'r>> {
        vec![key.into(), Figure::count(parts.iter().copied()), self.share(parts)]
    }

    fn table(&self, view: &View, id: &str, keeps: bool, label: impl Fn(&str) -> String) -> Counted<'r> {
        let columns = [("key", Holds::Coded), ("enterprises", Holds::Count), ("share", Holds::Share)];
        let mut table = Counted::new(view.table(id, &columns), keeps);
        for (key, parts) in self.rows() {
            table.row(self.figures(Cell::coded(key, label(key)), parts));
        }
        if !self.without.is_empty() {
            table.row(self.figures(Cell::Missing, &self.without));
        }
        table.note(&text!("share: of all members of the edition", "占比：占本期全部企业"));
        table
    }

    /// The table of keys of which each member has one at most, so that the rows add up to all members.
    fn whole(&self, view: &View, id: &str, keeps: bool, label: impl Fn(&str) -> String) -> Counted<'r> {
        let mut table = self.table(view, id, keeps, label);
        table.total(self.figures(Cell::Missing, &self.all));
        let without = self.without.len();
        if without > 0 {
            table.note(&text!(
                "members without it stand in the last row and are part of the total: {without}",
                "{without}家企业未记录该项，列于末行，已计入合计"
            ));
        }
        table
    }
}

/// A member, by its membership where it has one.
pub fn member_source<'r>(member: &Member<'r>) -> Source<'r> {
    let of_edition = |it: &&crate::model::membership::Membership| {
        member.enterprise.memberships.iter().position(|other| std::ptr::eq(*it, other))
    };
    let index = member.membership.as_ref().and_then(of_edition);
    Source::enterprise(member.id, index.map_or(Spot::Whole, |index| Spot::Entry("memberships", index)))
}

/// A member, by a field of its record where that is known.
pub fn part_of<'r>(member: &Member<'r>, field: &'static str, is_known: bool) -> Part<'r> {
    let spot = if is_known { Spot::Key(field) } else { Spot::Whole };
    Part::one(Source { record: Record::Enterprise(member.id), spot })
}

fn texts(ids: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}

/// By focus industry: those of the edition always, others where they occur.
pub fn by_industry<'r>(view: &View, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let own = cohort.edition_record().map(|edition| texts(&edition.industries)).unwrap_or_default();
    let others = view.records.industries.keys().filter(|id| !own.iter().any(|it| it == id.as_str()));
    let order = own.iter().cloned().chain(texts(others)).collect();
    let mut groups = Groups::new(cohort, order, own);
    for member in &cohort.members {
        let industry = member.enterprise.industry.as_ref().map(ToString::to_string);
        let part = part_of(member, "industry", industry.is_some());
        groups.add(industry, part);
    }
    groups.whole(view, "enterprises-by-industry", keeps, |id| view.label(Kind::Industry, id))
}

pub fn by_town<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let mut groups = Groups::new(cohort, texts(view.records.programme.towns.keys()), Vec::new());
    let mut towns = Towns::default();
    for member in &cohort.members {
        let town = towns.key(view, member.enterprise).map(ToOwned::to_owned);
        let part = part_of(member, "town", town.is_some());
        groups.add(town, part);
    }
    groups.whole(view, "enterprises-by-town", keeps, |id| view.label(Kind::Town, id))
}

pub fn by_size<'r>(view: &View, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let sizes: Vec<String> = texts(Size::ALL);
    let always = if view.records.programme.sizes.is_empty() { Vec::new() } else { sizes.clone() };
    let mut groups = Groups::new(cohort, sizes, always);
    let year = cohort
        .edition
        .as_ref()
        .map_or_else(|| last_full_year(view.today), |(edition, _)| last_full_year(view.closing_day(edition)));
    for member in &cohort.members {
        let (key, spot, remark) = sized(view, member.enterprise, year);
        let part = Part::one(Source::enterprise(member.id, spot));
        groups.add(key, Part { remark, ..part });
    }
    let label =
        |id: &str| id.parse::<Size>().map_or_else(|_| id.to_owned(), |size| size.label(view.lang).to_owned());
    let mut table = groups.whole(view, "enterprises-by-size", keeps, label);
    table.note(&text!(
        "by the figures of the last full year an enterprise reported, {year} at the latest; the size is the worst over the metrics of its class, all of which must be known",
        "依据企业已报送的最近一个完整年度（不晚于{year}年）的指标划型；须具备其行业全部划型指标，取其中最低一级"
    ));
    if !groups.without.is_empty() {
        let [limits, figures, incomplete] =
            [NO_LIMITS, NO_FIGURES, INCOMPLETE].map(|remark| remarked(&groups.without, remark));
        table.note(&text!(
            "without a size: {limits} without a class there are limits for, {figures} without figures of a full year, {incomplete} whose last full year lacks a figure there are limits for",
            "未能划型：未记录行业分类或该行业无划型标准的{limits}家，没有完整年度指标的{figures}家，最近完整年度缺少划型指标的{incomplete}家"
        ));
    }
    table
}

fn sized<'r>(view: &View, enterprise: &Enterprise, year: i32) -> (Option<String>, Spot<'r>, Option<Remark>) {
    match size(view, enterprise, year) {
        Ok((size, year)) => (Some(size.to_string()), Spot::Year(year), None),
        Err(Unsized::NoLimits) => (None, Spot::Whole, Some(NO_LIMITS)),
        Err(Unsized::NoFigures) => (None, Spot::Whole, Some(NO_FIGURES)),
        Err(Unsized::Incomplete) => (None, Spot::Whole, Some(INCOMPLETE)),
    }
}

/// By track. A member can be on several, so the rows do not add up.
pub fn by_module<'r>(view: &View, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let own = cohort.edition_record().map(|edition| texts(&edition.modules)).unwrap_or_default();
    let others = view.records.programme.modules.keys().filter(|id| !own.iter().any(|it| it == id.as_str()));
    let order = own.iter().cloned().chain(texts(others)).collect();
    let mut groups = Groups::new(cohort, order, own);
    for member in &cohort.members {
        let part = Part::one(member_source(member));
        let modules = member.membership.map(|membership| membership.modules.as_slice()).unwrap_or_default();
        let mut distinct: Vec<&str> = modules.iter().map(crate::model::id::Id::as_str).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.is_empty() {
            groups.add(None, part);
        }
        for module in distinct {
            groups.add(Some(module.to_owned()), part);
        }
    }
    let label = |id: &str| view.label(Kind::Module, id);
    let mut table = groups.table(view, "enterprises-by-module", keeps, label);
    let (all, without) = (cohort.len(), groups.without.len());
    table.note(&text!(
        "a member on several modules counts in each; {all} distinct members, {without} on none",
        "参加多个模块的企业在各模块分别计数；去重后共{all}家，其中{without}家未分模块"
    ));
    table
}

/// The last year that has ended by a day.
pub fn last_full_year(day: chrono::NaiveDate) -> i32 {
    let ended = (day.month(), day.day()) == (12, 31);
    if ended { day.year() } else { day.year() - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, day, rows, total};

    #[test]
    fn enterprises_without_a_value_stand_last_and_are_part_of_the_total() {
        let store = Store::closed()
            .member("a", "town = \"新华街\"\nindustry = \"automobile\"")
            .member("b", "town = \"新华街道\"")
            .member("c", "town = \"别处\"")
            .member("d", "")
            .put(Kind::Industry, "automobile", "name = \"汽车\"");
        let towns = store.summary("enterprises-by-town");
        assert_eq!(rows(&towns), ["xinhua 2 2/4", "别处 1 1/4", "– 1 1/4"]);
        assert_eq!(total(&towns).as_deref(), Some("– 4 4/4"));
        assert_eq!(rows(&store.summary("enterprises-by-industry")), ["automobile 1 1/4", "– 3 3/4"]);
    }

    #[test]
    fn the_focus_industries_of_the_edition_are_shown_even_without_members() {
        let store = Store::closed().put(Kind::Industry, "b", "name = \"乙\"").put(
            Kind::Edition,
            "2",
            "name = \"x\"\nopened = 2022-01-13\nindustries = [\"b\"]",
        );
        assert_eq!(rows(&store.summary("enterprises-by-industry")), ["b 0 0/0"]);
    }

    #[test]
    fn a_member_on_two_modules_is_in_both_rows_and_there_is_no_total() {
        let table = Store::rich().summary("enterprises-by-module");
        assert_eq!(rows(&table), ["srdi 2 2/2", "listing 1 1/2"]);
        assert_eq!(table.total, None);
        assert!(table.notes.iter().any(|note| note.contains("2 distinct members, 0 on none")));
    }

    #[test]
    fn sizes_are_by_the_last_full_year_ended_by_the_close() {
        let text = "class = \"C\"\n[indicators.2022]\nemployees = 1200\nrevenue = 15000000\n[indicators.2023]\nemployees = 1\nrevenue = 1";
        let table = Store::closed().member("a", text).member("b", "").summary("enterprises-by-size");
        assert_eq!(rows(&table), ["large 0 0/2", "medium 0 0/2", "small 1 1/2", "micro 0 0/2", "– 1 1/2"]);
    }

    #[test]
    fn who_has_no_size_has_a_reason() {
        let table = Store::closed()
            .member("a", "class = \"J\"")
            .member("b", "")
            .member("c", "class = \"C\"")
            .member("d", "class = \"C\"\n[indicators.2022]\nrevenue = 1")
            .summary("enterprises-by-size");
        assert_eq!(rows(&table)[4], "– 4 4/4");
        let reason = "without a size: 2 without a class there are limits for, 1 without figures of a full year, 1 whose last full year lacks a figure there are limits for";
        assert!(table.notes.iter().any(|note| note == reason), "{:?}", table.notes);
    }

    #[test]
    fn a_year_is_full_on_its_last_day() {
        assert_eq!(last_full_year(day("2023-12-30")), 2022);
        assert_eq!(last_full_year(day("2023-12-31")), 2023);
    }
}
