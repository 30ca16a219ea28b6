//! Members by industry, town, size and module.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::model::kind::Kind;
use crate::model::share::Share;
use crate::report::cohort::{Cohort, Towns};
use crate::report::size::{Size, size};
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// Members counted by a key.
struct Groups {
    /// Keys in the order they are shown, if they occur.
    order: Vec<String>,
    /// Keys that are shown even with no member.
    always: Vec<String>,
    counts: BTreeMap<String, usize>,
    /// Members without a key.
    without: usize,
}

impl Groups {
    fn new(order: Vec<String>, always: Vec<String>) -> Self {
        Self { order, always, counts: BTreeMap::new(), without: 0 }
    }

    fn add(&mut self, key: Option<String>) {
        match key {
            Some(key) => *self.counts.entry(key).or_default() += 1,
            None => self.without += 1,
        }
    }

    /// The keys that are shown, each with its count: in order, those out of order last.
    fn rows(&self) -> Vec<(&str, usize)> {
        let shown = |key: &&String| self.counts.contains_key(*key) || self.always.contains(key);
        let ordered = self.order.iter().filter(shown);
        let rest = self.counts.keys().filter(|key| !self.order.contains(key));
        ordered
            .chain(rest)
            .map(|key| (key.as_str(), self.counts.get(key).copied().unwrap_or_default()))
            .collect()
    }

    fn table(&self, view: &View, id: &str, members: usize, label: impl Fn(&str) -> String) -> Table {
        let columns = [("key", Holds::Coded), ("enterprises", Holds::Count), ("share", Holds::Share)];
        let mut table = view.table(id, &columns);
        let row =
            |key: Cell, count: usize| vec![key, Cell::count(count), Cell::Share(Share::of(count, members))];
        for (key, count) in self.rows() {
            table.row(row(Cell::coded(key, label(key)), count));
        }
        if self.without > 0 {
            table.row(row(Cell::Missing, self.without));
        }
        table.note("share: of all members of the edition", "占比：占本期全部企业");
        table
    }

    /// The table of keys of which each member has one at most, so that the rows add up to all members.
    fn whole(&self, view: &View, id: &str, members: usize, label: impl Fn(&str) -> String) -> Table {
        let mut table = self.table(view, id, members, label);
        table.total =
            Some(vec![Cell::Missing, Cell::count(members), Cell::Share(Share::of(members, members))]);
        if self.without > 0 {
            let without = self.without;
            table.note(
                format!("members without it stand in the last row and are part of the total: {without}"),
                format!("{without}家企业未记录该项，列于末行，已计入合计"),
            );
        }
        table
    }
}

fn texts(ids: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}

/// By focus industry: those of the edition always, others where they occur.
pub fn by_industry(view: &View, cohort: &Cohort) -> Table {
    let own = cohort.edition_record().map(|edition| texts(&edition.industries)).unwrap_or_default();
    let others = view.records.industries.keys().filter(|id| !own.iter().any(|it| it == id.as_str()));
    let order = own.iter().cloned().chain(texts(others)).collect();
    let mut groups = Groups::new(order, own);
    for member in &cohort.members {
        groups.add(member.enterprise.industry.as_ref().map(ToString::to_string));
    }
    groups.whole(view, "enterprises-by-industry", cohort.len(), |id| view.label(Kind::Industry, id))
}

pub fn by_town(view: &View, cohort: &Cohort) -> Table {
    let mut groups = Groups::new(texts(view.records.programme.towns.keys()), Vec::new());
    let mut towns = Towns::default();
    for member in &cohort.members {
        groups.add(towns.key(view, member.enterprise).map(ToOwned::to_owned));
    }
    groups.whole(view, "enterprises-by-town", cohort.len(), |id| view.label(Kind::Town, id))
}

pub fn by_size(view: &View, cohort: &Cohort) -> Table {
    let sizes: Vec<String> = texts(Size::ALL);
    let always = if view.records.programme.sizes.is_empty() { Vec::new() } else { sizes.clone() };
    let mut groups = Groups::new(sizes, always);
    let year = cohort
        .edition
        .as_ref()
        .map_or_else(|| last_full_year(view.today), |(edition, _)| last_full_year(view.closing_day(edition)));
    for member in &cohort.members {
        groups.add(size(view, member.enterprise, year).map(|size| size.to_string()));
    }
    let label =
        |id: &str| id.parse::<Size>().map_or_else(|_| id.to_owned(), |size| size.label(view.lang).to_owned());
    let mut table = groups.whole(view, "enterprises-by-size", cohort.len(), label);
    table.note(
        format!(
            "by the figures of the last full year an enterprise reported, {year} at the latest; the size is the worst over the metrics of its class, all of which must be known"
        ),
        format!(
            "依据企业已报送的最近一个完整年度（不晚于{year}年）的指标划型；须具备其行业全部划型指标，取其中最低一级"
        ),
    );
    table
}

/// By track. A member can be on several, so the rows do not add up.
pub fn by_module(view: &View, cohort: &Cohort) -> Table {
    let own = cohort.edition_record().map(|edition| texts(&edition.modules)).unwrap_or_default();
    let others = view.records.programme.modules.keys().filter(|id| !own.iter().any(|it| it == id.as_str()));
    let order = own.iter().cloned().chain(texts(others)).collect();
    let mut groups = Groups::new(order, own);
    for member in &cohort.members {
        let modules = member.membership.map(|membership| membership.modules.as_slice()).unwrap_or_default();
        let mut distinct: Vec<&str> = modules.iter().map(crate::model::id::Id::as_str).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.is_empty() {
            groups.add(None);
        }
        for module in distinct {
            groups.add(Some(module.to_owned()));
        }
    }
    let label = |id: &str| view.label(Kind::Module, id);
    let mut table = groups.table(view, "enterprises-by-module", cohort.len(), label);
    let (all, without) = (cohort.len(), groups.without);
    table.note(
        format!("a member on several modules counts in each; {all} distinct members, {without} on none"),
        format!("参加多个模块的企业在各模块分别计数；去重后共{all}家，其中{without}家未分模块"),
    );
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
    fn a_year_is_full_on_its_last_day() {
        assert_eq!(last_full_year(day("2023-12-30")), 2022);
        assert_eq!(last_full_year(day("2023-12-31")), 2023);
    }
}
