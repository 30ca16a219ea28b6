//! Indicators at the start and at the end, over the enterprises that reported both.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::groups::last_full_year;
use crate::model::date::Date;
use crate::model::enterprise::Enterprise;
use crate::model::share::Share;
use crate::model::word::{MetricKind, label};
use crate::report::cohort::Cohort;
use crate::report::sum::Sum;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// The years that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Years {
    /// The last full year before the edition opened.
    start: Option<i32>,
    /// The last full year ended by its close.
    end: Option<i32>,
}

impl Years {
    fn of(view: &View, cohort: &Cohort) -> Self {
        let opened = cohort.edition_record().and_then(|edition| edition.opened);
        let closing = cohort.edition.as_ref().map(|(edition, _)| view.closing_day(edition));
        Self {
            start: opened.map(|opened| Date::first(opened).year() - 1),
            end: opened.and(closing).map(last_full_year),
        }
    }

    /// Both, if the second comes after the first.
    fn both(self) -> Option<(i32, i32)> {
        self.start.zip(self.end).filter(|(start, end)| start < end)
    }
}

/// What a cohort reported of one metric in both years.
#[derive(Debug, Default)]
struct Matched {
    enterprises: usize,
    start: Sum,
    end: Sum,
    growths: Vec<Decimal>,
}

impl Matched {
    fn of<'r>(enterprises: impl Iterator<Item = &'r Enterprise>, metric: &str, years: (i32, i32)) -> Self {
        let mut matched = Self::default();
        for enterprise in enterprises {
            let (Some(start), Some(end)) =
                (enterprise.yearly(years.0, metric), enterprise.yearly(years.1, metric))
            else {
                continue;
            };
            matched.enterprises += 1;
            matched.start.add(Some(start));
            matched.end.add(Some(end));
            matched.growths.extend(growth(start.number(), end.number()).and_then(Share::value));
        }
        matched
    }

    fn cells(mut self, members: usize, kind: MetricKind) -> [Cell; 6] {
        if self.enterprises == 0 {
            let none = || Cell::Missing;
            return [Cell::Count(0), Cell::count(members), none(), none(), none(), none()];
        }
        let total = |sum: &Sum| match kind {
            MetricKind::Amount => sum.amount(),
            MetricKind::Count => sum.count(),
        };
        let of_sums = self.start.total().zip(self.end.total()).and_then(|(start, end)| growth(start, end));
        [
            Cell::count(self.enterprises),
            Cell::count(members),
            total(&self.start),
            total(&self.end),
            of_sums.map_or(Cell::Missing, Cell::Share),
            median(&mut self.growths).map_or(Cell::Missing, Cell::Rate),
        ]
    }
}

/// The growth from one value to another; none on a base that is not positive.
fn growth(start: Decimal, end: Decimal) -> Option<Share> {
    let numerator = end.checked_sub(start)?;
    (start > Decimal::ZERO).then_some(Share { numerator, denominator: start })
}

/// The middle value; the mean of the two middle ones of an even number.
fn median(values: &mut [Decimal]) -> Option<Decimal> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    lower.checked_add(upper)?.checked_div(Decimal::TWO)
}

/// A row a metric of the programme.
pub fn table(view: &View, cohort: &Cohort) -> Table {
    let columns = [
        ("metric", Holds::Coded),
        ("unit", Holds::Text),
        ("start", Holds::Text),
        ("end", Holds::Text),
        ("matched", Holds::Count),
        ("members", Holds::Count),
        ("start_total", Holds::Number),
        ("end_total", Holds::Number),
        ("growth", Holds::Share),
        ("median_growth", Holds::Rate),
    ];
    let mut table = view.table("indicators", &columns);
    let years = Years::of(view, cohort);
    for (id, metric) in &view.records.programme.metrics {
        let name = label(&metric.name, metric.name_en.as_ref(), view.lang);
        let mut row = vec![
            Cell::coded(id, name),
            Cell::text(view.unit(metric)),
            Cell::text(years.start),
            Cell::text(years.end),
        ];
        row.extend(match years.both() {
            None => {
                let none = || Cell::Missing;
                [none(), Cell::count(cohort.len()), none(), none(), none(), none()]
            }
            Some(years) => {
                let enterprises = cohort.members.iter().map(|member| member.enterprise);
                Matched::of(enterprises, id.as_str(), years).cells(cohort.len(), metric.kind)
            }
        });
        table.row(row);
    }
    notes(years, &mut table);
    table
}

fn notes(years: Years, table: &mut Table) {
    table.note(
        "start: the last full year before the edition opened; end: the last full year ended by its close, else by today; totals are over the enterprises that reported both (matched)",
        "期初：本期启动前最近一个完整年度；期末：截至本期结束（未结束则为今日）最近一个完整年度；合计仅统计两年均已报送的企业（可比企业）",
    );
    table.note(
        "growth is the growth of the sum, median growth the median of the enterprises' own; there is none on a base that is not positive; figures of quarters and half-years are never added up",
        "增长率为合计数的增长率，增长率中位数为各企业增长率的中位数；基数不为正时无增长率；季度、半年度数据不相加",
    );
    if years.both().is_none() {
        table.note(
            "there is no full year between the start and the end yet, so nothing can be compared",
            "期初与期末之间尚无完整年度，暂无可比数据",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Kind;
    use crate::report::fixture::{Store, rows};

    fn decimals(values: &[i64]) -> Vec<Decimal> {
        values.iter().map(|value| Decimal::from(*value)).collect()
    }

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        assert_eq!(median(&mut decimals(&[])), None);
        assert_eq!(median(&mut decimals(&[3, 1, 2])), Some(Decimal::from(2)));
        assert_eq!(median(&mut decimals(&[4, 1, 2, 9])), Some(Decimal::from(3)));
    }

    #[test]
    fn there_is_no_growth_on_a_base_that_is_not_positive() {
        let growth = |start: i64, end: i64| growth(start.into(), end.into()).and_then(Share::value);
        assert_eq!(growth(0, 5), None);
        assert_eq!(growth(-2, 5), None);
        assert_eq!(growth(100, 105), Some(Decimal::new(5, 2)));
        assert_eq!(growth(100, 50), Some(Decimal::new(-5, 1)));
    }

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
                "revenue yuan 2021 2022 2 4 60 190.5 130.5/60 0.505",
                "employees persons 2021 2022 1 4 10 12 2/10 0.2",
            ]
        );
    }

    #[test]
    fn there_is_no_growth_of_a_sum_that_is_not_positive_and_nothing_where_nobody_matches() {
        let text = "[indicators.2021]\nrevenue = 0\n[indicators.2022]\nrevenue = 5";
        let table = Store::closed().member("a", text).summary("indicators");
        assert_eq!(
            rows(&table),
            ["revenue yuan 2021 2022 1 1 0 5 – –", "employees persons 2021 2022 0 1 – – – –"]
        );
    }

    #[test]
    fn nothing_is_compared_before_a_full_year_has_ended() {
        let short = "name = \"x\"\nopened = 2022-01-13\nclosed = 2022-12-30";
        let text = "[indicators.2021]\nrevenue = 1";
        let table = Store::new().put(Kind::Edition, "2", short).member("a", text).summary("indicators");
        assert_eq!(rows(&table)[0], "revenue yuan 2021 2021 – 1 – – – –");
        assert!(table.notes.iter().any(|note| note.starts_with("there is no full year")));
    }
}
