//! What the edition set out to reach, and how far it came.

use rust_decimal::Decimal;

use super::Summary;
use crate::model::figure::{CellPath, Figure as Named, Plain};
use crate::model::id::TitleId;
use crate::model::kind::Kind;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Measure, Part, Record, Source, Spot};
use crate::report::label;
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::{View, number};
use crate::text;

/// The table.
pub const ID: &str = "targets";

/// A row a target.
pub fn table<'r>(summary: &Summary<'r>, keeps: bool) -> Counted<'r> {
    let columns = [
        ("figure", Holds::Coded),
        ("target", Holds::Mixed),
        ("actual", Holds::Mixed),
        ("achieved", Holds::Share),
    ];
    let mut table = Counted::new(summary.view.table(ID, &columns), keeps);
    let edition = summary.cohort.edition.as_ref().map(|(id, _)| id);
    let edition = edition.and_then(|id| summary.view.records.editions.get_key_value(id));
    for (id, figure, target) in edition
        .into_iter()
        .flat_map(|(id, it)| it.targets.iter().map(move |(figure, target)| (id, figure, target)))
    {
        let target = target.number();
        let source = Source { record: Record::Edition(id), spot: Spot::Target(figure) };
        let actual = summary.figure(figure).unwrap_or_else(|_| Cell::Missing.into());
        table.row(vec![
            coded(&summary.view, figure).into(),
            Figure::given(like(&actual.cell(), figure, target), [source]),
            actual.clone(),
            achieved(&actual, target, source),
        ]);
    }
    table.note(&text!(
        "actual figures are those of the other tables; a gained or held title counts enterprises, not certificates",
        "完成数与其他各表一致；资质的新增与有效按企业计，不按证书计"
    ));
    table
}

/// What was reached of what was set out for.
fn achieved<'r>(actual: &Figure<'r>, target: Decimal, source: Source<'r>) -> Figure<'r> {
    let Some(value) = actual.value() else { return Cell::Missing.into() };
    let mut parts = match actual.measure {
        Measure::Count => {
            actual.parts.iter().map(|part| Part { value: Some(Decimal::ONE), ..*part }).collect()
        }
        Measure::Sum(_) | Measure::SumOfAny(_) => actual.parts.clone(),
        _ => vec![Part::of(source, Some(value.normalize()))],
    };
    parts.push(Part::share(source, Decimal::ZERO, target));
    Figure::new(Measure::Ratio, parts).without(actual.left_out.iter().copied())
}

/// A figure as a cell.
pub fn coded(view: &View, figure: &Named) -> Cell {
    if let Named::Cell(path) = figure {
        return Cell::coded(figure, cell_label(view, path));
    }
    let title = |id: &TitleId| view.label(Kind::Title, id.as_str());
    let label = figure.label(view.lang, title);
    let is_money = matches!(figure, Named::Plain(Plain::Granted));
    Cell::coded(figure, if is_money { view.with_unit(&label) } else { label })
}

/// A cell of a table, by the labels of the table and the column.
fn cell_label(view: &View, path: &CellPath) -> String {
    let (table, column) =
        (label::title(&path.table, view.lang), label::column(&path.table, &path.column, view.lang));
    let row = match path.table.as_str() {
        "overview" => label::item(&path.row, view.lang).to_owned(),
        "indicators" => view.label(Kind::Metric, &path.row),
        "recognitions" => view.label(Kind::Title, &path.row),
        "needs" => view.label(Kind::Category, &path.row),
        "activities-by-aspect" => view.label(Kind::Aspect, &path.row),
        "enterprises-by-industry" => view.label(Kind::Industry, &path.row),
        "enterprises-by-module" => view.label(Kind::Module, &path.row),
        "enterprises-by-town" => view.label(Kind::Town, &path.row),
        _ => path.row.clone(),
    };
    let row = if row == "total" { view.lang.pick("total", "合计").to_owned() } else { row };
    view.lang.pick(format!("{table}: {row}, {column}"), format!("{table}：{row}，{column}"))
}

/// A number, written as another cell is.
fn like(actual: &Cell, figure: &Named, target: Decimal) -> Cell {
    match actual {
        Cell::Share(_) | Cell::Rate(_) => Cell::Rate(target),
        Cell::Amount(_) => Cell::Amount(target),
        Cell::Number(_) => Cell::Number(target),
        _ if matches!(figure, Named::Rate(_)) => Cell::Rate(target),
        _ => value(figure, Some(target)),
    }
}

/// The value of a figure: money, hours or a count.
pub fn value(figure: &Named, value: Option<Decimal>) -> Cell {
    match (figure, value) {
        (_, None) => Cell::Missing,
        (Named::Plain(Plain::Granted), Some(value)) => Cell::Amount(value),
        (Named::Plain(Plain::Hours), Some(value)) => Cell::Number(value),
        (_, Some(value)) => number(value),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::kind::Kind;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn actual_figures_are_those_of_the_other_tables() {
        let store = Store::rich().put(
            Kind::Edition,
            "2",
            "name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\n[targets]\nmembers = 4\ngained-srdi = 2\nheld-hnte = 0\ngranted = 1000\nperson-times = 3\nnew-platforms = 2\nneeds-closed = 2\nprojects-approved = 1\ngraduated = 2\nhours = 5",
        );
        assert_eq!(
            rows(&store.summary("targets")),
            [
                "members 4 2 2/4",
                "graduated 2 1 1/2",
                "hours 5 2.5 2.5/5",
                "person-times 3 4 4/3",
                "new-platforms 2 2 2/2",
                "projects-approved 1 1 1/1",
                "granted 1000 300 300/1000",
                "needs-closed 2 1 1/2",
                "gained-srdi 2 1 1/2",
                "held-hnte 0 1 –",
            ]
        );
    }

    #[test]
    fn a_target_can_be_set_for_any_figure_of_any_table() {
        let store = Store::rich().put(
            Kind::Edition,
            "2",
            "name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\n[targets]\ncoverage = 0.8\nneeds-rate = 1\n\"indicators/revenue/growth\" = 0.1\n\"projects/total/granted\" = 600\n\"attendance/a/person_times\" = 8\n\"platforms/centre/city/new\" = 1\n\"needs/land/nothing\" = 3",
        );
        assert_eq!(
            rows(&store.summary("targets")),
            [
                "coverage 0.8 1/2 0.5/0.8",
                "needs-rate 1 1/2 0.5/1",
                "attendance/a/person_times 8 4 4/8",
                "indicators/revenue/growth 0.1 50.5/100 0.505/0.1",
                "needs/land/nothing 3 – –",
                "platforms/centre/city/new 1 1 1/1",
                "projects/total/granted 600 300 300/600",
            ]
        );
    }
}
