//! Indicators at the start and at the end, over the enterprises that reported both.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::groups::{last_full_year, member_source};
use crate::model::amount::Amount;
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::id::WordKey;
use crate::model::share::Share;
use crate::model::word::{MetricKind, label};
use crate::report::cohort::{Cohort, Member};
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Measure, Part, Record, Remark, Source, Spot, Written};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

const NO_START: Remark = &("not reported for the first year", "未报送期初年度数据");
const NO_END: Remark = &("not reported for the last year", "未报送期末年度数据");
const NO_BASE: Remark = &("its base is not positive, so it has no growth", "基数不为正，无增长率");

/// The years that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// The last full year before the edition opened, or the one that is named.
    pub start: Option<i32>,
    /// The last full year ended by its close, or the one that is named.
    pub end: Option<i32>,
    /// Where they are named.
    named: bool,
}

impl Years {
    /// The years of the edition of a cohort, or those that are named.
    pub fn of(view: &View, cohort: &Cohort) -> Self {
        let edition = cohort.edition_record();
        if let Some((start, end)) = cohort.years.or_else(|| edition.and_then(Edition::years)) {
            return Self { start: Some(start), end: Some(end), named: true };
        }
        let opened = edition.and_then(|edition| edition.opened);
        let closing = cohort.edition.as_ref().map(|(edition, _)| view.closing_day(edition));
        Self {
            start: opened.map(|opened| Date::first(opened).year() - 1),
            end: opened.and(closing).map(last_full_year),
            named: false,
        }
    }

    /// Both, if the second comes after the first.
    pub fn both(self) -> Option<(i32, i32)> {
        self.start.zip(self.end).filter(|(start, end)| start < end)
    }
}

/// What one member reported of one metric.
struct Reported<'r> {
    member: Source<'r>,
    start: Option<(Source<'r>, Decimal)>,
    end: Option<(Source<'r>, Decimal)>,
}

impl<'r> Reported<'r> {
    fn of(member: &Member<'r>, metric: &'r WordKey, years: Years) -> Self {
        let of = |year: Option<i32>| {
            let year = year?;
            let value = member.enterprise.yearly(year, metric.as_str()).map(Amount::number)?;
            Some((
                Source { record: Record::Enterprise(member.id), spot: Spot::Indicator(year, metric) },
                value,
            ))
        };
        Self { member: member_source(member), start: of(years.start), end: of(years.end) }
    }

    /// Both values and where they stand.
    fn both(&self) -> Option<(Source<'r>, Decimal, Decimal)> {
        let ((start, first), (end, last)) = self.start.zip(self.end)?;
        let spot = match (start.spot, end.spot) {
            (Spot::Indicator(start, metric), Spot::Indicator(end, _)) => Spot::Growth((start, end), metric),
            (_, spot) => spot,
        };
        Some((Source { spot, ..end }, first, last))
    }

    /// Why there are not both.
    fn lack(&self) -> Option<Part<'r>> {
        let part = Part::one(self.member);
        match (&self.start, &self.end) {
            (None, _) => Some(part.remark(NO_START)),
            (_, None) => Some(part.remark(NO_END)),
            _ => None,
        }
    }
}

/// What a cohort reported of one metric.
struct OfMetric<'r> {
    all: Vec<Reported<'r>>,
    years: Years,
    written: Written,
}

impl<'r> OfMetric<'r> {
    fn matched(&self) -> impl Iterator<Item = (Source<'r>, Decimal, Decimal)> {
        self.all.iter().filter_map(Reported::both)
    }

    /// A figure of both years; nothing where there are not two.
    fn of_both(&self, measure: Measure, parts: impl Iterator<Item = Part<'r>>) -> Figure<'r> {
        if self.years.both().is_none() {
            return Cell::Missing.into();
        }
        Figure::new(measure, parts).without(self.all.iter().filter_map(Reported::lack))
    }

    fn reported(
        &self,
        year: Option<i32>,
        of: fn(&Reported<'r>) -> Option<(Source<'r>, Decimal)>,
        lack: Remark,
    ) -> Figure<'r> {
        if year.is_none() {
            return Cell::Missing.into();
        }
        let parts = self.all.iter().filter_map(|it| of(it).map(|(source, _)| Part::one(source)));
        let missing = self.all.iter().filter(|it| of(it).is_none());
        Figure::count(parts).without(missing.map(|it| Part::one(it.member).remark(lack)))
    }

    fn growth(&self) -> Figure<'r> {
        let parts = self.matched().map(|(source, start, end)| Part::share(source, end - start, start));
        self.of_both(Measure::Ratio, parts)
    }

    /// The growth of each enterprise that has one.
    fn growths(&self, measure: Measure) -> Figure<'r> {
        let of = |(source, start, end): (Source<'r>, Decimal, Decimal)| {
            Ok(Part::of(source, Some(growth(start, end).and_then(Share::value).ok_or(source)?)))
        };
        let (parts, without): (Vec<_>, Vec<Result<Part<'r>, Source<'r>>>) =
            self.matched().map(of).partition(Result::is_ok);
        let parts = parts.into_iter().filter_map(Result::ok);
        let without = without.into_iter().filter_map(Result::err);
        self.of_both(measure, parts).without(without.map(|source| Part::one(source).remark(NO_BASE)))
    }

    fn figures(&self) -> Vec<Figure<'r>> {
        let total = Measure::SumOfAny(self.written);
        let start = self.matched().map(|(source, start, _)| Part::of(source, Some(start)));
        let end = self.matched().map(|(source, _, end)| Part::of(source, Some(end)));
        vec![
            self.of_both(Measure::Count, self.matched().map(|(source, ..)| Part::one(source))),
            Figure::count(self.all.iter().map(|it| Part::one(it.member))),
            self.reported(self.years.start, |it| it.start, NO_START),
            self.reported(self.years.end, |it| it.end, NO_END),
            self.of_both(total.clone(), start),
            self.of_both(total, end),
            self.growth(),
            self.growths(Measure::Median),
            self.growths(Measure::Count),
        ]
    }
}

/// The growth from one value to another; none on a base that is not positive.
pub fn growth(start: Decimal, end: Decimal) -> Option<Share> {
    let numerator = end.checked_sub(start)?;
    (start > Decimal::ZERO).then_some(Share { numerator, denominator: start })
}

/// A row a metric of the programme.
pub fn table<'r>(view: &View<'r>, cohort: &Cohort<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("metric", Holds::Coded),
        ("unit", Holds::Text),
        ("start", Holds::Text),
        ("end", Holds::Text),
        ("matched", Holds::Count),
        ("members", Holds::Count),
        ("reported_start", Holds::Count),
        ("reported_end", Holds::Count),
        ("start_total", Holds::Number),
        ("end_total", Holds::Number),
        ("growth", Holds::Share),
        ("median_growth", Holds::Rate),
        ("median_of", Holds::Count),
    ];
    let mut table = Counted::new(view.table("indicators", &columns), keeps);
    let years = Years::of(view, cohort);
    for (id, metric) in &view.records.programme.metrics {
        let name = label(&metric.name, metric.name_en.as_ref(), view.lang);
        let given = [
            Cell::coded(id, name),
            Cell::text(view.unit(metric)),
            Cell::text(years.start),
            Cell::text(years.end),
        ];
        let written = match metric.kind {
            MetricKind::Amount => Written::Amount,
            MetricKind::Count => Written::Count,
        };
        let all = cohort.members.iter().map(|member| Reported::of(member, id, years)).collect();
        let counted = OfMetric { all, years, written }.figures();
        table.row(given.into_iter().map(Figure::from).chain(counted).collect());
    }
    notes(years, &mut table);
    table
}

fn notes(years: Years, table: &mut Counted) {
    if years.named {
        table.note(&text!(
            "start and end: the years that are named; totals are over the enterprises that reported both (matched)",
            "期初、期末：指定的两个年度；合计仅统计两年均已报送的企业（可比企业）"
        ));
    } else {
        table.note(&text!(
            "start: the last full year before the edition opened; end: the last full year ended by its close, else by today; totals are over the enterprises that reported both (matched)",
            "期初：本期启动前最近一个完整年度；期末：截至本期结束（未结束则为今日）最近一个完整年度；合计仅统计两年均已报送的企业（可比企业）"
        ));
    }
    table.note(&text!(
        "growth is the growth of the sum, median growth the median of the enterprises' own (median of: how many have one); there is none on a base that is not positive; figures of quarters and half-years are never added up",
        "增长率为合计数的增长率，增长率中位数为各企业增长率的中位数，其企业数为有增长率的企业；基数不为正时无增长率；季度、半年度数据不相加"
    ));
    if years.both().is_none() {
        table.note(&text!(
            "there is no full year between the start and the end yet, so nothing can be compared",
            "期初与期末之间尚无完整年度，暂无可比数据"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Kind;
    use crate::report::filter::Filter;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn only_enterprises_that_reported_both_full_years_are_compared() {
        let store = Store::closed()
            .member("a", "[indicators.2021]\nrevenue = 100\nemployees = 10\n[indicators.2022]\nrevenue = 150.5\nemployees = 12")
            .member("b", "[indicators.2021]\nrevenue = -40\n[indicators.2022]\nrevenue = 40")
            .member("c", "[indicators.2021]\nrevenue = 9999\n[indicators.2022-Q3]\nrevenue = 1")
            .member("d", "[indicators.2022]\nrevenue = 9999");
        assert_eq!(
            rows(&store.summary("indicators")),
            [
                "revenue yuan 2021 2022 2 4 3 3 60 190.5 130.5/60 0.505 1",
                "employees persons 2021 2022 1 4 1 1 10 12 2/10 0.2 1",
            ]
        );
    }

    #[test]
    fn there_is_no_growth_of_a_sum_that_is_not_positive_and_nothing_where_nobody_matches() {
        let text = "[indicators.2021]\nrevenue = 0\n[indicators.2022]\nrevenue = 5";
        let table = Store::closed().member("a", text).summary("indicators");
        assert_eq!(
            rows(&table),
            ["revenue yuan 2021 2022 1 1 1 1 0 5 – – 0", "employees persons 2021 2022 0 1 0 0 – – – – 0"]
        );
    }

    #[test]
    fn nothing_is_compared_before_a_full_year_has_ended() {
        let short = "name = \"x\"\nopened = 2022-01-13\nclosed = 2022-12-30";
        let text = "[indicators.2021]\nrevenue = 1";
        let table = Store::new().put(Kind::Edition, "2", short).member("a", text).summary("indicators");
        assert_eq!(rows(&table)[0], "revenue yuan 2021 2021 – 1 1 1 – – – – –");
        assert!(table.notes.iter().any(|note| note.starts_with("there is no full year")));
    }

    #[test]
    fn the_edition_or_the_question_can_name_the_years() {
        let edition =
            "name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\nindicator_years = [2020, 2021]";
        let text =
            "[indicators.2020]\nrevenue = 2\n[indicators.2021]\nrevenue = 3\n[indicators.2022]\nrevenue = 6";
        let store = Store::new().put(Kind::Edition, "2", edition).member("a", text);
        assert_eq!(rows(&store.summary("indicators"))[0], "revenue yuan 2020 2021 1 1 1 1 2 3 1/2 0.5 1");
        let asked = Filter { years: Some((2021, 2022)), ..Filter::edition(&"2".parse().unwrap()) };
        let view = store.view();
        let table = table(&view, &Cohort::filtered(&view, &asked), false).table;
        assert_eq!(rows(&table)[0], "revenue yuan 2021 2022 1 1 1 1 3 6 3/3 1 1");
    }
}
