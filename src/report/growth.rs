//! Who grew how fast: the enterprises that reported a figure for both of two years, the fastest first.

use rust_decimal::Decimal;

use super::cohort::{Cohort, Member};
use super::label::many;
use super::summary::{Years, growth, last_full_year};
use super::table::{Cell, Column, Kind as Holds, Table};
use super::view::{View, number};
use crate::model::id::WordKey;
use crate::model::share::Share;
use crate::model::word::MetricKind;

/// A row an enterprise whose growth of a metric is known; without a metric, the programme's first.
pub fn growth_of(view: &View, cohort: &Cohort, metric: Option<&str>) -> Table {
    let columns = [
        ("no", Holds::Count),
        ("enterprise", Holds::Coded),
        ("start", Holds::Amount),
        ("end", Holds::Amount),
        ("growth", Holds::Share),
    ];
    let mut table = view.table("growth", &columns);
    let metrics = &view.records.programme.metrics;
    let Some(id) = metric.or_else(|| metrics.keys().next().map(WordKey::as_str)) else { return table };
    let known = metrics.get(id);
    let is_money = known.is_some_and(|known| known.kind == MetricKind::Amount);
    let name = view.label(crate::model::kind::Kind::Metric, id);
    let Some((start, end)) = years(view, cohort, id) else {
        table.note(
            format!("{name}: there are no two years that can be compared"),
            format!("{name}：没有可比的两个年度"),
        );
        return table;
    };
    for (place, year) in [(2, start), (3, end)] {
        let column: &mut Column = &mut table.columns[place];
        column.label = view.lang.pick(format!("{name} {year}"), format!("{year}年{name}"));
        column.kind = if is_money { Holds::Amount } else { Holds::Number };
        column.unit = known.and_then(|known| view.unit(known));
    }
    let mut ranked = Ranked::default();
    for member in &cohort.members {
        ranked.add(member, id, (start, end));
    }
    ranked.rows.sort_by(|a, b| b.growth.cmp(&a.growth).then_with(|| a.member.id.cmp(b.member.id)));
    let cell = |value: Decimal| if is_money { Cell::Amount(value) } else { number(value) };
    for (index, row) in ranked.rows.iter().enumerate() {
        table.row(vec![
            Cell::count(index + 1),
            view.enterprise(row.member.id, row.member.enterprise),
            cell(row.start),
            cell(row.end),
            Cell::Share(row.share),
        ]);
    }
    ranked.notes(&mut table, &name, (start, end), cohort.len());
    table
}

/// The years that are compared: those of the edition or of the question, else the last one for which anybody reported
/// the figure for it and for the year before.
fn years(view: &View, cohort: &Cohort, metric: &str) -> Option<(i32, i32)> {
    if cohort.edition.is_some() || cohort.years.is_some() {
        return Years::of(view, cohort).both();
    }
    let last = last_full_year(view.today);
    let both = |year: i32| {
        let reported = |member: &Member, year| member.enterprise.yearly(year, metric).is_some();
        cohort.members.iter().any(|member| reported(member, year) && reported(member, year - 1))
    };
    let periods = cohort.members.iter().flat_map(|member| member.enterprise.indicators.keys());
    let years = periods.filter_map(|period| period.full_year()).filter(|year| *year <= last && both(*year));
    years.max().map(|year| (year - 1, year))
}

struct Row<'c> {
    member: &'c Member<'c>,
    start: Decimal,
    end: Decimal,
    share: Share,
    growth: Option<Decimal>,
}

/// Who is ranked, and how many are not.
#[derive(Default)]
struct Ranked<'c> {
    rows: Vec<Row<'c>>,
    without_start: usize,
    without_end: usize,
    without_both: usize,
    without_base: usize,
}

impl<'c> Ranked<'c> {
    fn add(&mut self, member: &'c Member<'c>, metric: &str, (start, end): (i32, i32)) {
        let of = |year| member.enterprise.yearly(year, metric).map(crate::model::amount::Amount::number);
        match (of(start), of(end)) {
            (None, None) => self.without_both += 1,
            (None, Some(_)) => self.without_start += 1,
            (Some(_), None) => self.without_end += 1,
            (Some(start), Some(end)) => match growth(start, end) {
                Some(share) => self.rows.push(Row { member, start, end, share, growth: share.value() }),
                None => self.without_base += 1,
            },
        }
    }

    fn notes(&self, table: &mut Table, name: &str, (start, end): (i32, i32), all: usize) {
        let n = self.rows.len();
        table.note(
            format!(
                "{name}, {start} to {end}: {n} of {} reported both on a positive base",
                many(all, "enterprise", "enterprises")
            ),
            format!("{name}，{start}年至{end}年：{all}家企业中有{n}家两年均已报送且基数为正"),
        );
        let left_out = [
            (
                self.without_both,
                format!("neither {start} nor {end} reported"),
                format!("{start}年、{end}年均未报送"),
            ),
            (self.without_start, format!("{start} not reported"), format!("{start}年未报送")),
            (self.without_end, format!("{end} not reported"), format!("{end}年未报送")),
            (self.without_base, "base not positive".to_owned(), "基数不为正".to_owned()),
        ];
        let left_out: Vec<_> = left_out.into_iter().filter(|(count, ..)| *count > 0).collect();
        if !left_out.is_empty() {
            let en: Vec<String> = left_out.iter().map(|(count, en, _)| format!("{count} {en}")).collect();
            let zh: Vec<String> = left_out.iter().map(|(count, _, zh)| format!("{zh}{count}家")).collect();
            table.note(format!("not ranked: {}", en.join(", ")), format!("未列入：{}", zh.join("，")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::filter::Filter;
    use crate::report::fixture::{Store, rows};

    fn store() -> Store {
        let years = |start: &str, end: &str| {
            format!("[indicators.2021]\nrevenue = {start}\n[indicators.2022]\nrevenue = {end}")
        };
        Store::closed()
            .member("slow", &years("100", "101"))
            .member("fast", &years("10", "20"))
            .member("shrunk", &years("100", "50"))
            .member("loss", &years("-5", "20"))
            .member("late", "[indicators.2022]\nrevenue = 7")
            .enterprise("outside", &years("1", "9"))
    }

    #[test]
    fn who_reported_both_years_is_ranked_and_the_others_are_told_of() {
        let store = store();
        let view = store.view();
        let table = growth_of(&view, &Cohort::of(&view, &"2".parse().unwrap()), None);
        assert_eq!(rows(&table), ["1 fast 10 20 10/10", "2 slow 100 101 1/100", "3 shrunk 100 50 -50/100"]);
        assert_eq!(
            table.notes,
            [
                "revenue, 2021 to 2022: 3 of 5 enterprises reported both on a positive base",
                "not ranked: 1 2021 not reported, 1 base not positive"
            ]
        );
    }

    #[test]
    fn without_an_edition_the_last_two_years_anybody_reported_are_compared() {
        let store = store();
        let view = store.view();
        let all = Cohort::filtered(&view, &Filter::default());
        assert_eq!(rows(&growth_of(&view, &all, Some("revenue")))[0], "1 outside 1 9 8/1");
        let none = growth_of(&view, &all, Some("employees"));
        assert_eq!(none.notes, ["employees: there are no two years that can be compared"]);
        let named = Cohort::filtered(&view, &Filter { years: Some((2020, 2022)), ..Filter::default() });
        assert!(rows(&growth_of(&view, &named, None)).is_empty());
    }
}
