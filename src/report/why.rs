//! The reasons of a figure: the records it is made of, what each adds, and what was left out.

use super::counted::{Counted, NoSuch};
use super::evidence::{Figure, Measure, Part, Record, Source, Spot, Written, plain, remark_text};
use super::says::says;
use super::summary::rule::rule;
use super::summary::targets;
use super::table::{Cell, Kind as Holds, TOTAL, Table};
use super::view::View;
use crate::model::figure::{CellPath, Figure as Named};
use crate::model::kind::Kind;
use crate::model::text::Text;
use crate::text;

/// Tells the file and the line of each of some places in records.
pub type Locate<'l> = dyn Fn(&[Source]) -> Vec<Option<String>> + 'l;

/// What a cell is made of, and, if anything was left out, what and why.
pub fn why(view: &View, counted: &Counted, at: &CellPath, locate: &Locate) -> Result<Vec<Table>, NoSuch> {
    let figure = counted.figure(&at.row, &at.column)?;
    Ok(of_figure(view, counted, (at, figure), locate, usize::MAX))
}

/// What a figure that stands in a cell is made of, and what was left out: so many records of each at most.
pub fn of_figure(
    view: &View,
    counted: &Counted,
    (at, figure): (&CellPath, &Figure),
    locate: &Locate,
    most: usize,
) -> Vec<Table> {
    let mut tables = vec![made_of(view, counted, (at, figure), locate, most)];
    if !figure.left_out.is_empty() {
        tables.push(left_out(view, figure, locate, most_left_out(most)));
    }
    for (table, parts) in tables.iter_mut().zip([&figure.parts, &figure.left_out]) {
        let (all, some) = (parts.len(), table.rows.len());
        if all > some {
            table.note(
                format!("{some} of {all} records are listed, none that adds nothing; all: `--why {at}`"),
                format!("列出{all}条中的{some}条，计入为0的不列；全部见 --why {at}"),
            );
        }
    }
    tables
}

/// How many of those left out are listed where there is room for so many parts.
pub fn most_left_out(most: usize) -> usize {
    most / 4
}

/// The parts of a figure that are listed where there is room for so many; of a share then only those that add to it.
pub fn listed<'r>(figure: &Figure<'r>, most: usize) -> Vec<Part<'r>> {
    let is_cut = most < usize::MAX && figure.measure == Measure::Share;
    let adds = |part: &&Part<'r>| !is_cut || part.value.is_some_and(|value| !value.is_zero());
    figure.parts.iter().filter(adds).take(most).copied().collect()
}

fn made_of(
    view: &View,
    counted: &Counted,
    (at, figure): (&CellPath, &Figure),
    locate: &Locate,
    most: usize,
) -> Table {
    let is_share = matches!(figure.measure, Measure::Share | Measure::Ratio);
    let is_counted = !matches!(figure.measure, Measure::Given(_));
    let has_remarks = figure.parts.iter().any(|part| part.remark.is_some());
    let mut columns = vec![("record", Holds::Coded), ("says", Holds::Text)];
    columns.extend(is_counted.then_some(("contributes", Holds::Mixed)));
    columns.extend(is_share.then_some(("of", Holds::Mixed)));
    columns.extend(has_remarks.then_some(("remark", Holds::Text)));
    columns.push(("file", Holds::Text));
    let mut table = view.table("why", &columns);
    table.title = title(view, counted, at);
    let row = |record: Cell, says: Cell, adds: Cell, of: Cell, remark: Cell, file: Cell| {
        let mut cells = vec![record, says];
        cells.extend(is_counted.then_some(adds));
        cells.extend(is_share.then_some(of));
        cells.extend(has_remarks.then_some(remark));
        cells.push(file);
        cells
    };
    let parts = listed(figure, most);
    for (part, file) in parts.iter().zip(files(&parts, locate)) {
        table.row(row(
            record(view, &part.source),
            Cell::text(says(view, &part.source)),
            adds(figure, part),
            plain(part.of),
            remark(view, part),
            file,
        ));
    }
    let label = match figure.measure {
        Measure::Median => Cell::Text(view.lang.pick("Median", "中位数").to_owned()),
        _ => Cell::Missing,
    };
    let (total, of) = match (figure.share(), is_share) {
        (Some(share), true) => (plain(share.numerator), plain(share.denominator)),
        _ => (figure.cell(), Cell::Missing),
    };
    if is_counted {
        table.total = Some(row(label, Cell::Missing, total, of, Cell::Missing, Cell::Missing));
    }
    notes(counted, at, figure, &mut table);
    table
}

fn title(view: &View, counted: &Counted, at: &CellPath) -> String {
    let column = counted.table.columns.iter().find(|column| column.id == at.column);
    let column = column.map_or(at.column.as_str(), |column| column.label.as_str());
    let table = &counted.table;
    let row = table.rows.iter().find(|cells| table.key(cells) == at.row);
    let row = match row {
        _ if at.row == TOTAL => table.total_label().to_owned(),
        Some(cells) => table.row_label(cells),
        None => at.row.clone(),
    };
    let title = &table.title;
    if table.id == "overview" {
        return view.lang.pick(format!("{title}: {row}"), format!("{title}：{row}"));
    }
    view.lang.pick(format!("{title}: {row}, {column}"), format!("{title}：{row}，{column}"))
}

/// How the figure follows from its parts, the rule it is counted by, and the notes of its table.
fn notes(counted: &Counted, at: &CellPath, figure: &Figure, table: &mut Table) {
    let count = figure.parts.len();
    let how = match &figure.measure {
        Measure::Given(Cell::Missing) => text!("not recorded", "未记录"),
        Measure::Given(_) if count == 0 => {
            text!("not counted: it follows from the question", "非统计数，由所问的表而定")
        }
        Measure::Given(_) => text!(
            "not a count: it stands in these records, or follows from them",
            "非统计数：记载于上列记录，或由其得出"
        ),
        Measure::Count => text!("the figure is how many rows there are: {count}", "该数为上列条数：{count}"),
        Measure::Sum(_) | Measure::SumOfAny(_) => {
            text!("the figure is the sum of what they add", "该数为上列各条计入之和")
        }
        Measure::Share | Measure::Ratio => {
            text!(
                "the figure is the sum of what they add ÷ the sum of what it is of",
                "该数为上列“计入”之和÷“基数”之和"
            )
        }
        Measure::Median => text!("the figure is the middle one of these", "该数为上列各值的中位数"),
    };
    let mut say = |text: &Text| table.notes.push(text.of(table.lang).to_owned());
    if let Some(rule) = rule(&counted.table.id, &at.row, &at.column) {
        say(&text!("rule: {rule}", "口径：{rule}", rule = rule));
    }
    if let Some(rule) = rule_of_target(at) {
        say(&text!("rule of the actual figure: {rule}", "完成数的口径：{rule}", rule = rule));
    }
    say(&how);
    let missing = figure.sum().missing;
    if missing > 0 && !matches!(figure.measure, Measure::Given(_)) {
        say(&text!("not recorded, and not taken for 0: {missing}", "其中{missing}条未记录数值，不按0计"));
    }
    table.notes.extend(counted.table.notes.iter().cloned());
}

/// The rule of the figure a target is set for.
fn rule_of_target(at: &CellPath) -> Option<Text> {
    let is_counted = at.table == targets::ID && ["actual", "achieved"].contains(&at.column.as_str());
    let figure = is_counted.then(|| at.row.parse::<Named>().ok()).flatten()?.cell();
    rule(&figure.table, &figure.row, &figure.column)
}

fn left_out(view: &View, figure: &Figure, locate: &Locate, most: usize) -> Table {
    let columns =
        [("record", Holds::Coded), ("says", Holds::Text), ("remark", Holds::Text), ("file", Holds::Text)];
    let mut table = view.table("left-out", &columns);
    let parts = &figure.left_out[..figure.left_out.len().min(most)];
    for (part, file) in parts.iter().zip(files(parts, locate)) {
        table.row(vec![
            record(view, &part.source),
            Cell::text(says(view, &part.source)),
            remark(view, part),
            file,
        ]);
    }
    table
}

fn files(parts: &[Part], locate: &Locate) -> Vec<Cell> {
    let sources: Vec<Source> = parts.iter().map(|part| part.source).collect();
    let mut files: Vec<Cell> = locate(&sources).into_iter().map(Cell::text).collect();
    files.resize(parts.len(), Cell::Missing);
    files
}

fn record(view: &View, source: &Source) -> Cell {
    let reference = match (source.record, source.spot) {
        // Of an attendance list the enterprise is what matters.
        (_, Spot::Attendance(_, enterprise)) => return view.coded(Kind::Enterprise, enterprise.as_str()),
        (Record::Programme, _) => return Cell::coded("programme", view.records.programme.name.to_string()),
        _ => source.reference(),
    };
    view.coded(reference.kind, reference.id.as_str())
}

fn remark(view: &View, part: &Part) -> Cell {
    Cell::text(part.remark.map(|remark| remark_text(remark).into(view.lang)))
}

fn adds(figure: &Figure, part: &Part) -> Cell {
    match (&figure.measure, part.value) {
        (_, None) | (Measure::Given(_), _) => Cell::Missing,
        (Measure::Median, Some(value)) => Cell::Rate(value),
        (Measure::Sum(Written::Amount) | Measure::SumOfAny(Written::Amount), Some(value)) => {
            Cell::Amount(value)
        }
        (Measure::Count, Some(_)) => Cell::Count(1),
        (_, Some(value)) => plain(value),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::model::id::EditionId;
    use crate::model::lang::Lang;
    use crate::report::fixture::{Store, rows, total};
    use crate::report::summary::{Summary, TABLES};
    use crate::report::{Filter, ReportName, named};

    fn column<'t>(table: &'t Table, id: &str) -> Vec<&'t Cell> {
        let at = table.columns.iter().position(|column| column.id == id);
        at.map(|at| table.rows.iter().map(|row| &row[at]).collect()).unwrap_or_default()
    }

    fn sum(table: &Table, id: &str) -> Decimal {
        column(table, id).into_iter().filter_map(Cell::number).sum()
    }

    /// Checks that what is printed for a cell adds up to it.
    fn adds_up(view: &View, counted: &Counted, at: &CellPath, cell: &Cell) {
        let tables = why(view, counted, at, &|_| Vec::new()).unwrap();
        let made_of = &tables[0];
        let measure = &counted.figure(&at.row, &at.column).unwrap().measure;
        match (measure, cell) {
            (Measure::Given(given), _) => assert_eq!(given, cell, "{at}"),
            (Measure::Count, Cell::Count(count)) => {
                assert_eq!(i64::try_from(made_of.rows.len()).unwrap(), *count, "{at}");
                assert_eq!(sum(made_of, "contributes"), Decimal::from(*count), "{at}");
            }
            (Measure::Share | Measure::Ratio, Cell::Share(share)) => {
                assert_eq!(sum(made_of, "contributes"), share.numerator, "{at}");
                assert_eq!(sum(made_of, "of"), share.denominator, "{at}");
            }
            (Measure::Ratio, Cell::Missing) => assert!(sum(made_of, "of") <= Decimal::ZERO, "{at}"),
            (Measure::Sum(_) | Measure::SumOfAny(_), Cell::Missing) => {
                assert_eq!(
                    column(made_of, "contributes").into_iter().filter_map(Cell::number).count(),
                    0,
                    "{at}"
                );
            }
            (Measure::Sum(_) | Measure::SumOfAny(_), cell) => {
                assert_eq!(Some(sum(made_of, "contributes")), cell.number(), "{at}");
            }
            (Measure::Median, Cell::Missing) => assert!(made_of.rows.is_empty(), "{at}"),
            (Measure::Median, cell) => {
                let mut values: Vec<Decimal> =
                    column(made_of, "contributes").into_iter().filter_map(Cell::number).collect();
                values.sort_unstable();
                let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
                assert_eq!(Some((low + high) / Decimal::TWO), cell.number(), "{at}");
            }
            (measure, cell) => panic!("{at}: {measure:?} gives {cell:?}"),
        }
        for table in &tables {
            assert!(!table.rows.iter().any(|row| row[0] == Cell::Missing), "{at} has a row without a record");
        }
    }

    fn every_cell_adds_up(view: &View, counted: &Counted, plain: &Table) -> usize {
        assert_eq!(&counted.table, plain, "asking for reasons changes a figure");
        let total = plain.total.iter().zip([TOTAL.to_owned()]);
        let rows = plain.rows.iter().map(|row| (row, counted.table.key(row))).chain(total);
        let mut asked = 0;
        for (cells, row) in rows {
            for (column, cell) in plain.columns.iter().zip(cells) {
                let at = CellPath { table: plain.id.clone(), row: row.clone(), column: column.id.clone() };
                adds_up(view, counted, &at, cell);
                asked += 1;
            }
        }
        asked
    }

    fn of_edition(view: &View, edition: &EditionId) -> usize {
        let summary = Summary::of(view, &Filter::edition(edition));
        let plain = summary.tables();
        let of = |(id, plain): (&&str, &Table)| {
            every_cell_adds_up(view, &summary.counted(id, true).unwrap(), plain)
        };
        TABLES.iter().zip(&plain).map(of).sum()
    }

    #[test]
    fn every_cell_of_every_table_of_the_shipped_data_adds_up() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let snapshot = crate::store::Store::open(&root).unwrap().load().unwrap();
        let today = crate::report::fixture::day("2024-03-01");
        let view = View { records: &snapshot.records, lang: Lang::En, today };
        let asked: usize = snapshot.records.editions.keys().map(|edition| of_edition(&view, edition)).sum();
        assert!(asked > 3000, "only {asked} cells");
        let two = Filter::edition(&"2".parse().unwrap());
        let asked: usize = [two, Filter::default()].iter().map(|filter| of_reports(&view, filter)).sum();
        assert!(asked > 5000, "only {asked} cells of reports");
    }

    fn of_reports(view: &View, filter: &Filter) -> usize {
        let of = |name: &ReportName| {
            let counted = named::counted(*name, view, filter, true)?;
            Some(every_cell_adds_up(view, &counted, &named::report(*name, view, filter)))
        };
        ReportName::ALL.iter().filter_map(of).sum()
    }

    #[test]
    fn every_figure_that_is_counted_has_a_rule() {
        let store = Store::rich();
        let view = store.view();
        let two = Filter::edition(&"2".parse().unwrap());
        let summary = Summary::of(&view, &two);
        let of_summary = TABLES.iter().filter_map(|id| summary.counted(id, true));
        let reports = ReportName::ALL.iter().filter_map(|name| named::counted(*name, &view, &two, true));
        for counted in of_summary.chain(reports) {
            let id = &counted.table.id;
            for (cells, figures) in counted.table.rows.iter().zip(&counted.figures) {
                let row = counted.table.key(cells);
                for (column, figure) in counted.table.columns.iter().zip(figures) {
                    let is_given = matches!(figure.measure, Measure::Given(_));
                    assert!(is_given || rule(id, &row, &column.id).is_some(), "{id}/{row}/{}", column.id);
                }
            }
        }
    }

    #[test]
    fn a_figure_names_its_records_and_what_was_left_out() {
        let text = "recognitions = [{ title = \"srdi\", recognised = 2022-06-01, level = \"city\" }]";
        let vague = "recognitions = [{ title = \"srdi\", recognised = \"2022\" }]";
        let store = Store::closed().member("a", text).member("b", vague);
        let view = View { lang: Lang::Zh, ..store.view() };
        let summary = Summary::of(&view, &Filter::edition(&"2".parse().unwrap()));
        let counted = summary.counted("recognitions", true).unwrap();
        let at = "recognitions/srdi/gained".parse().unwrap();
        let tables = why(&view, &counted, &at, &|sources| {
            sources.iter().map(|it| Some(format!("{}:1", it.path()))).collect()
        })
        .unwrap();
        assert_eq!(tables[0].title, "资质：专精特新，新增");
        assert_eq!(
            rows(&tables[0]),
            ["a 资质：专精特新；级别：市级；认定日期：2022-06-01 1 recognitions[1]:1"]
        );
        assert_eq!(total(&tables[0]).as_deref(), Some("– – 1 –"));
        let reason = "认定日期不完整，无法判断在首日或末日之前还是之后";
        assert_eq!(
            rows(&tables[1]),
            [format!("b 资质：专精特新；认定日期：2022 {reason} recognitions[1]:1")]
        );
        assert!(counted.figure("srdi", "gain").is_err());
        assert_eq!(counted.figure("专精特新", "gained").unwrap().parts.len(), 1);
    }
}
