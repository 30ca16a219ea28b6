//! Who grew how fast: the enterprises that reported a figure for both of two years, the fastest first.

use rust_decimal::Decimal;

use super::cohort::{Cohort, Member};
use super::counted::Counted;
use super::evidence::{Figure, Measure, Part, Remark, Source, Spot, remarked};
use super::label::many;
use super::summary::{Years, growth, last_full_year, member_source};
use super::table::{Cell, Column, Kind as Holds};
use super::view::{View, number};
use crate::model::amount::Amount;
use crate::model::id::WordKey;
use crate::model::kind::Kind;
use crate::model::word::MetricKind;
use crate::text;

const NO_START: Remark = &("the first year is not reported", "期初年度未报送");
const NO_END: Remark = &("the last year is not reported", "期末年度未报送");
const NEITHER: Remark = &("neither year is reported", "两个年度均未报送");
const NO_BASE: Remark = &("its base is not positive, so it has no growth", "基数不为正，无增长率");

/// A row an enterprise whose growth of a metric is known; without a metric, the programme's first.
pub fn growth_of<'r>(view: &View<'r>, cohort: &Cohort<'r>, metric: Option<&str>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("no", Holds::Count),
        ("enterprise", Holds::Coded),
        ("start", Holds::Amount),
        ("end", Holds::Amount),
        ("growth", Holds::Share),
    ];
    let mut table = Counted::new(view.table("growth", &columns), keeps);
    let metrics = &view.records.programme.metrics;
    let known = match metric {
        Some(id) => metrics.get_key_value(id),
        None => metrics.first(),
    };
    let Some((id, known)) = known else { return table };
    let is_money = known.kind == MetricKind::Amount;
    let name = view.label(Kind::Metric, id.as_str());
    let Some((start, end)) = years(view, cohort, id.as_str()) else {
        table.note(&text!(
            "{name}: there are no two years that can be compared",
            "{name}：没有可比的两个年度"
        ));
        return table;
    };
    for (place, year) in [(2, start), (3, end)] {
        let column: &mut Column = &mut table.table.columns[place];
        column.label = view.lang.pick(format!("{name} {year}"), format!("{year}年{name}"));
        column.kind = if is_money { Holds::Amount } else { Holds::Number };
        column.unit = view.unit(known);
    }
    let ranked = Ranked::of(cohort, id, (start, end));
    let cell = |value: Decimal| if is_money { Cell::Amount(value) } else { number(value) };
    for (index, row) in ranked.rows.iter().enumerate() {
        let left_out = if keeps { ranked.left_out.as_slice() } else { &[] };
        table.row(vec![
            Figure::given(Cell::count(index + 1), [row.source]).without(left_out.iter().copied()),
            view.enterprise(row.member.id, row.member.enterprise).into(),
            Figure::given(cell(row.start.1), [row.start.0]),
            Figure::given(cell(row.end.1), [row.end.0]),
            row.growth(),
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

/// An enterprise that is ranked: what it reported, and where that stands.
struct Row<'r> {
    member: Member<'r>,
    start: (Source<'r>, Decimal),
    end: (Source<'r>, Decimal),
    /// Where both stand.
    source: Source<'r>,
}

impl<'r> Row<'r> {
    fn growth(&self) -> Figure<'r> {
        let ((_, start), (_, end)) = (self.start, self.end);
        Figure::new(Measure::Ratio, [Part::share(self.source, end - start, start)])
    }
}

/// Who is ranked, the fastest first, and who is not.
#[derive(Default)]
struct Ranked<'r> {
    rows: Vec<Row<'r>>,
    left_out: Vec<Part<'r>>,
}

impl<'r> Ranked<'r> {
    fn of(cohort: &Cohort<'r>, metric: &'r WordKey, years: (i32, i32)) -> Self {
        let mut ranked = Self::default();
        for member in &cohort.members {
            ranked.add(member, metric, years);
        }
        ranked.rows.sort_by_cached_key(|row| (std::cmp::Reverse(row.growth().value()), row.member.id));
        ranked
    }

    fn add(&mut self, member: &Member<'r>, metric: &'r WordKey, years: (i32, i32)) {
        let of = |year| {
            let value = member.enterprise.yearly(year, metric.as_str()).map(Amount::number)?;
            Some((Source::enterprise(member.id, Spot::Indicator(year, metric)), value))
        };
        let lack = match (of(years.0), of(years.1)) {
            (None, None) => NEITHER,
            (None, Some(_)) => NO_START,
            (Some(_), None) => NO_END,
            (Some(start), Some(end)) => match growth(start.1, end.1) {
                Some(_) => {
                    let source = Source::enterprise(member.id, Spot::Growth(years, metric));
                    return self.rows.push(Row { member: *member, start, end, source });
                }
                None => NO_BASE,
            },
        };
        self.left_out.push(Part::one(member_source(member)).remark(lack));
    }

    fn notes(&self, table: &mut Counted, name: &str, (start, end): (i32, i32), all: usize) {
        let n = self.rows.len();
        table.note(&text!(
            "{name}, {start} to {end}: {n} of {en} reported both on a positive base",
            "{name}，{start}年至{end}年：{all}家企业中有{n}家两年均已报送且基数为正",
            en = many(all, "enterprise", "enterprises"),
            name = name,
            start = start,
            end = end,
            n = n,
            all = all
        ));
        let reasons = [NEITHER, NO_START, NO_END, NO_BASE].map(|remark| remarked(&self.left_out, remark));
        let said = reasons.into_iter().zip([
            (format!("without {start} and {end}"), format!("{start}年、{end}年均未报送")),
            (format!("without {start}"), format!("{start}年未报送")),
            (format!("without {end}"), format!("{end}年未报送")),
            ("with a base that is not positive".to_owned(), "基数不为正".to_owned()),
        ]);
        let said: Vec<_> = said.filter(|(count, _)| *count > 0).collect();
        if !said.is_empty() {
            let en: Vec<String> = said.iter().map(|(count, (en, _))| format!("{count} {en}")).collect();
            let zh: Vec<String> = said.iter().map(|(count, (_, zh))| format!("{zh}{count}家")).collect();
            let (en, zh) = (en.join(", "), zh.join("，"));
            table.note(&text!("not ranked: {en}", "未列入：{zh}"));
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
        let table = growth_of(&view, &Cohort::of(&view, &"2".parse().unwrap()), None, false).table;
        assert_eq!(rows(&table), ["1 fast 10 20 10/10", "2 slow 100 101 1/100", "3 shrunk 100 50 -50/100"]);
        assert_eq!(
            table.notes,
            [
                "revenue, 2021 to 2022: 3 of 5 enterprises reported both on a positive base",
                "not ranked: 1 without 2021, 1 with a base that is not positive"
            ]
        );
    }

    #[test]
    fn without_an_edition_the_last_two_years_anybody_reported_are_compared() {
        let store = store();
        let view = store.view();
        let all = Cohort::filtered(&view, &Filter::default());
        assert_eq!(rows(&growth_of(&view, &all, Some("revenue"), false).table)[0], "1 outside 1 9 8/1");
        let none = growth_of(&view, &all, Some("employees"), false).table;
        assert_eq!(none.notes, ["employees: there are no two years that can be compared"]);
        let named = Cohort::filtered(&view, &Filter { years: Some((2020, 2022)), ..Filter::default() });
        assert!(rows(&growth_of(&view, &named, None, false).table).is_empty());
    }
}
