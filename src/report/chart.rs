//! Charts: what is drawn of a table, described once and rendered by every format that can draw.
//!
//! Which tables have charts, and of which columns, is data: [`DRAWN`]. A chart of nothing is no chart.

use std::ops::Range;

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::table::{Cell, Kind, Table};
use crate::model::lang::Lang;
use crate::model::text::Text;

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Horizontal bars, a label beside each: for names.
    Bars,
    /// Upright columns: for a few groups side by side, where their labels have room.
    Columns,
    /// A line through time.
    Line,
}

/// One row of values of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the legend says.
    pub name: String,
    /// A value a label; none where it is missing.
    pub values: Vec<Option<Decimal>>,
    /// The column of the table that the values stand in.
    pub column: usize,
}

/// A chart of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What people read.
    pub title: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// A label a bar, column or point.
    pub labels: Vec<String>,
    /// The values.
    pub series: Vec<Series>,
    /// What the values are: counts, rates (0.05 is 5 %), amounts.
    pub holds: Kind,
    /// The columns of the labels.
    pub label_columns: Range<usize>,
    /// The rows of the table that are drawn.
    pub rows: Range<usize>,
    /// The table, where it is drawn and not printed.
    pub unprinted: Option<Table>,
    /// The language of its words.
    pub lang: Lang,
    /// The currency of amounts.
    pub currency: String,
}

impl Chart {
    /// The smallest and the largest value, zero among them.
    pub fn reach(&self) -> (Decimal, Decimal) {
        let values = self.series.iter().flat_map(|series| series.values.iter().flatten());
        values.fold((Decimal::ZERO, Decimal::ZERO), |(least, most), value| {
            (least.min(*value), most.max(*value))
        })
    }
}

/// A chart that tables of one id have.
struct Drawn {
    table: &'static str,
    kind: ChartKind,
    /// The columns of the labels, which adjoin.
    label: &'static [&'static str],
    series: &'static [&'static str],
    only: Only,
    en: &'static str,
    zh: &'static str,
}

/// Which rows are drawn; they adjoin, as a workbook draws only such.
#[derive(Debug, Clone, Copy)]
enum Only {
    All,
    /// The first so many.
    First(usize),
    /// Those whose label's id begins so.
    Begins(&'static str),
    /// From one id to another.
    Between(&'static str, &'static str),
}

impl Drawn {
    const fn only(self, only: Only) -> Self {
        Self { only, ..self }
    }
}

type Ids = &'static [&'static str];

const fn bars(table: &'static str, label: Ids, series: Ids, en: &'static str, zh: &'static str) -> Drawn {
    Drawn { table, kind: ChartKind::Bars, label, series, only: Only::All, en, zh }
}

const fn columns(table: &'static str, label: Ids, series: Ids, en: &'static str, zh: &'static str) -> Drawn {
    Drawn { kind: ChartKind::Columns, ..bars(table, label, series, en, zh) }
}

const fn line(table: &'static str, label: Ids, series: Ids, en: &'static str, zh: &'static str) -> Drawn {
    Drawn { kind: ChartKind::Line, ..bars(table, label, series, en, zh) }
}

/// What is drawn, an entry a chart.
#[rustfmt::skip]
const DRAWN: &[Drawn] = &[
    bars("overview", &["item"], &["value"], "What became of the members", "入选企业去向（家）")
        .only(Only::Between("graduated", "in_cultivation")),
    bars("enterprises-by-industry", &["key"], &["enterprises"], "Enterprises by industry", "分产业企业数（家）"),
    bars("enterprises-by-town", &["key"], &["enterprises"], "Enterprises by town", "分镇街企业数（家）"),
    bars("enterprises-by-size", &["key"], &["enterprises"], "Enterprises by size", "分规模企业数（家）"),
    bars("enterprises-by-module", &["key"], &["enterprises"], "Enterprises by module", "分模块企业数（家）"),
    bars("industries", &["industry"], &["enterprises"], "Enterprises by industry", "分产业企业数（家）"),
    bars("targets", &["figure"], &["achieved"], "Targets achieved", "目标完成率"),
    bars("activities-by-aspect", &["aspect"], &["activities"], "Activities by aspect", "分内容活动场次（场）"),
    bars("activities-by-aspect", &["aspect"], &["person_times"], "Person-times by aspect", "分内容参与人次（人次）"),
    line("activities", &["date"], &["present", "absent"],
        "Enterprises present and absent, activity by activity", "历次活动出席与缺席企业数（家）"),
    line("attendance-by-month", &["month"], &["rate"], "Attendance rate, month by month", "逐月出席率"),
    line("attendance-by-month", &["month"], &["person_times"], "Person-times, month by month", "逐月参与人次（人次）"),
    bars("engagement", &["enterprise"], &["attended"],
        "Activities attended by those not seen for longest", "最久未参加活动企业的参加场次（场）").only(Only::First(20)),
    columns("recognitions", &["title"], &["at_entry", "held"],
        "Enterprises holding a title, at entry and now", "入选时与期末有效资质企业数（家）"),
    bars("platforms", &["kind", "level"], &["new"], "New R&D platforms", "新增研发平台（个）"),
    columns("indicators", &["metric"], &["start_total", "end_total"],
        "Total over matched enterprises, at the start and at the end", "可比企业期初与期末合计").only(Only::First(1)),
    bars("indicators", &["metric"], &["growth"], "Growth over matched enterprises", "可比企业指标增长率"),
    bars("growth", &["enterprise"], &["growth"], "Fastest growth", "增长最快的企业").only(Only::First(15)),
    columns("projects", &["scheme"], &["applied", "approved"], "Projects applied for and approved", "项目申报与获批数（项）"),
    columns("needs", &["category"], &["received", "closed"], "Needs received and closed", "诉求收集与办结数（项）"),
    columns("comparison", &["figure"], &["this", "compared"],
        "Enterprises that gained a title", "两期新增资质企业数（家）").only(Only::Begins("gained-")),
    columns("comparison", &["figure"], &["this", "compared"],
        "Enterprises that hold a title", "两期有效资质企业数（家）").only(Only::Begins("held-")),
    columns("editions-compared", &["edition"], &["members", "new", "again", "graduated"],
        "Members by edition", "各期企业数（家）"),
];

/// More bars than this nobody reads.
const MOST_LABELS: usize = 40;

/// The charts of a table that holds its rows.
pub fn charts(table: &Table) -> Vec<Chart> {
    DRAWN.iter().filter(|drawn| drawn.table == table.id).filter_map(|drawn| chart(drawn, table)).collect()
}

fn chart(drawn: &Drawn, table: &Table) -> Option<Chart> {
    let place = |id: &str| table.columns.iter().position(|column| column.id == id);
    let first = place(drawn.label.first()?)?;
    let adjoining = (first..).zip(drawn.label).take_while(|(at, id)| place(id) == Some(*at));
    let label_columns: Vec<usize> = adjoining.map(|(at, _)| at).collect();
    let rows = drawn.only.rows(table, first);
    if rows.is_empty() || rows.len() > MOST_LABELS {
        return None;
    }
    let columns: Vec<usize> = drawn.series.iter().filter_map(|id| place(id)).collect();
    let series: Vec<Series> = columns
        .iter()
        .map(|column| Series {
            name: table.columns[*column].label.clone(),
            values: table.rows[rows.clone()].iter().map(|row| row.get(*column)?.number()).collect(),
            column: *column,
        })
        .collect();
    let is_seen = |value: &Option<Decimal>| value.is_some_and(|value| !value.is_zero());
    if !series.iter().any(|series| series.values.iter().any(is_seen)) {
        return None;
    }
    let labels = table.rows[rows.clone()].iter().map(|row| {
        let labels = label_columns.iter().map(|at| label(row.get(*at), table.lang));
        labels.collect::<Vec<_>>().join(table.lang.pick(", ", "，"))
    });
    let labels: Vec<String> = labels.collect();
    let chart = Chart {
        title: Text::new(drawn.en, drawn.zh).into(table.lang),
        kind: if drawn.kind == ChartKind::Columns && !fit(&labels) { ChartKind::Bars } else { drawn.kind },
        labels,
        holds: holds(table, &columns, &rows),
        series,
        label_columns: first..first + label_columns.len(),
        rows,
        unprinted: None,
        lang: table.lang,
        currency: table.currency.clone(),
    };
    Some(if label_columns.len() > 1 { with_labels_in_one_column(chart, table) } else { chart })
}

/// Whether labels have room side by side.
fn fit(labels: &[String]) -> bool {
    const ROOM: usize = 90;
    let widest = labels.iter().map(|label| UnicodeWidthStr::width(label.as_str())).max().unwrap_or(0);
    widest * labels.len() <= ROOM
}

/// The same chart of a table of its own: what draws from cells sets the labels of several columns across each other.
fn with_labels_in_one_column(chart: Chart, table: &Table) -> Chart {
    let names: Vec<_> =
        table.columns[chart.label_columns.clone()].iter().map(|it| it.label.as_str()).collect();
    let mut own = Table::new(&table.id, &chart.title, table.lang, &table.currency).column(
        "label",
        names.join(table.lang.pick(", ", "，")),
        Kind::Name,
    );
    own.columns.extend(chart.series.iter().map(|series| table.columns[series.column].clone()));
    for (row, label) in table.rows[chart.rows.clone()].iter().zip(&chart.labels) {
        let figures = chart.series.iter().filter_map(|series| row.get(series.column).cloned());
        own.row(std::iter::once(Cell::Text(label.clone())).chain(figures).collect());
    }
    let series = (1..).zip(chart.series).map(|(column, series)| Series { column, ..series }).collect();
    Chart { series, label_columns: 0..1, rows: 0..own.rows.len(), unprinted: Some(own), ..chart }
}

/// What the values are: as the column says, or, where it holds different things, as the first of them is.
fn holds(table: &Table, columns: &[usize], rows: &Range<usize>) -> Kind {
    let Some(column) = columns.first() else { return Kind::Count };
    let first = table.rows[rows.clone()].first().and_then(|row| row.get(*column));
    match (table.columns[*column].kind, first) {
        (Kind::Mixed | Kind::Number, Some(Cell::Amount(_))) => Kind::Amount,
        (Kind::Mixed, Some(Cell::Share(_) | Cell::Rate(_))) => Kind::Rate,
        (kind, _) => kind,
    }
}

impl Only {
    /// The first run of rows that are drawn.
    fn rows(self, table: &Table, label: usize) -> Range<usize> {
        let all = table.rows.len();
        let id = |row: &Vec<Cell>| match row.get(label) {
            Some(Cell::Coded { id, .. }) => Some(id.clone()),
            _ => None,
        };
        let place = |wanted: &str| table.rows.iter().position(|row| id(row).is_some_and(|id| id == wanted));
        match self {
            Self::All => 0..all,
            Self::First(most) => 0..all.min(most),
            Self::Between(first, last) => match place(first).zip(place(last)) {
                Some((first, last)) => first..last + 1,
                None => 0..0,
            },
            Self::Begins(with) => {
                let is_drawn = |row: &Vec<Cell>| id(row).is_some_and(|id| id.starts_with(with));
                let Some(start) = table.rows.iter().position(is_drawn) else { return 0..0 };
                start..start + table.rows[start..].iter().take_while(|row| is_drawn(row)).count()
            }
        }
    }
}

fn label(cell: Option<&Cell>, lang: Lang) -> String {
    match cell {
        Some(Cell::Text(text) | Cell::Coded { label: text, .. } | Cell::Codes { label: text, .. }) => {
            text.clone()
        }
        Some(Cell::Date(date)) => date.to_string(),
        _ => lang.pick("not recorded", "未记录").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::share::Share;
    use crate::report::fixture::{Store, every_table};

    fn needs(rows: &[(Option<&str>, i64, i64)]) -> Table {
        let mut table = Table::new("needs", "Needs", Lang::En, "CNY")
            .column("category", "Category", Kind::Coded)
            .column("received", "Received", Kind::Count)
            .column("closed", "Closed", Kind::Count);
        for (category, received, closed) in rows {
            let category = category.map_or(Cell::Missing, |id| Cell::coded(id, id.to_uppercase()));
            table.row(vec![category, Cell::Count(*received), Cell::Count(*closed)]);
        }
        table
    }

    #[test]
    fn a_chart_has_the_labels_and_the_figures_of_its_table() {
        let chart = charts(&needs(&[(Some("land"), 5, 3), (None, 1, 0)])).remove(0);
        assert_eq!(chart.labels, ["LAND", "not recorded"]);
        let values = |at: usize| chart.series[at].values.clone();
        assert_eq!(values(0), [Some(5.into()), Some(1.into())]);
        assert_eq!(values(1), [Some(3.into()), Some(0.into())]);
        assert_eq!(
            (chart.rows.clone(), chart.label_columns.clone(), chart.series[1].column),
            (0..2, 0..1, 2)
        );
        assert_eq!(chart.reach(), (0.into(), 5.into()));
    }

    #[test]
    fn there_is_no_chart_of_nothing_nor_of_more_than_anybody_reads() {
        assert_eq!(charts(&needs(&[])), []);
        assert_eq!(charts(&needs(&[(Some("land"), 0, 0)])), []);
        assert_eq!(charts(&needs(&vec![(Some("land"), 1, 1); 41])), []);
        assert_eq!(charts(&needs(&vec![(Some("land"), 1, 1); 40])).len(), 1);
    }

    #[test]
    fn only_the_rows_of_one_kind_of_figure_are_drawn() {
        let mut table = Table::new("comparison", "C", Lang::En, "CNY")
            .column("figure", "Figure", Kind::Coded)
            .column("this", "This", Kind::Mixed)
            .column("compared", "Compared", Kind::Mixed);
        for (id, count) in [("hours", 80), ("gained-srdi", 3), ("gained-hnte", 4), ("held-srdi", 9)] {
            table.row(vec![Cell::coded(id, id), Cell::Count(count), Cell::Share(Share::of(1, 2))]);
        }
        let charts = charts(&table);
        assert_eq!(charts.iter().map(|it| it.rows.clone()).collect::<Vec<_>>(), [1..3, 3..4]);
        assert_eq!(charts[0].series[1].values[0], Some(Decimal::new(5, 1)));
    }

    #[test]
    fn every_chart_names_columns_that_its_table_has() {
        let store = Store::rich();
        let tables = every_table(&store.view());
        for drawn in DRAWN {
            let has = |table: &&Table| {
                let has = |id: &str| table.columns.iter().any(|column| column.id == id);
                table.id == drawn.table
                    && drawn.label.iter().all(|id| has(id))
                    && drawn.series.iter().all(|id| has(id))
            };
            assert!(tables.iter().any(|table| has(&table)), "{} {:?}", drawn.table, drawn.series);
        }
    }
}
