//! The reasons of every figure of a document, so that a page can lead to them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::counted::Counted;
use super::evidence::{Figure, Measure, Source};
use super::table::{Cell, TOTAL, Table};
use super::view::View;
use super::why::{listed, most_left_out, of_figure};
use crate::model::figure::CellPath;

/// Where a cell stands: the table, the row, the column; the row after the last is the total.
pub type Place = (usize, usize, usize);

/// Pages of reasons, and which cell leads to which.
#[derive(Debug, Clone, Default)]
pub struct Reasons {
    /// What figures are made of: the records, and those that were left out.
    pub pages: Vec<Page>,
    /// The page of a cell.
    pub of: BTreeMap<Place, usize>,
    /// How many figures have none, as they would be too many to carry along.
    pub without: usize,
}

/// The reasons of a figure.
#[derive(Debug, Clone)]
pub struct Page {
    /// The table it stands in.
    pub table: usize,
    /// The records it is made of, and those that were left out.
    pub tables: Vec<Table>,
}

/// How many records a page lists, and all pages together: a document is sent by mail.
const MOST_OF_PAGE: usize = 120;
const MOST: usize = 20_000;

/// The reasons of the cells of tables that are as they were counted.
pub fn reasons<'r>(
    view: &View<'r>,
    counted: &[Counted<'r>],
    tables: &[Table],
    locate: &dyn Fn(&[Source]) -> Vec<Option<String>>,
) -> Reasons {
    let mut writing = Writing { view, reasons: Reasons::default(), records: 0 };
    let located = located(counted, locate);
    for (at, table) in tables.iter().enumerate() {
        let Some(counted) = counted.iter().find(|counted| counted.table.id == table.id) else { continue };
        let rows: HashMap<String, usize> =
            (0..).zip(&counted.table.rows).map(|(row, cells)| (counted.table.key(cells), row)).collect();
        for (row, cells) in table.rows.iter().chain(&table.total).enumerate() {
            let is_total = row == table.rows.len();
            let key = if is_total { TOTAL.to_owned() } else { table.key(cells) };
            let figures = if is_total {
                counted.total.as_ref()
            } else {
                rows.get(&key).map(|row| &counted.figures[*row])
            };
            for (column, (cell, figure)) in cells.iter().zip(figures.into_iter().flatten()).enumerate() {
                let is_asked = !matches!(figure.measure, Measure::Given(_)) && *cell != Cell::Missing;
                if is_asked && *cell == figure.cell() {
                    let column_id = table.columns[column].id.clone();
                    let path = CellPath { table: table.id.clone(), row: key.clone(), column: column_id };
                    writing.add((at, row, column), counted, (&path, figure), &located);
                }
            }
        }
    }
    writing.reasons
}

type Located<'r> = HashMap<Source<'r>, Option<String>>;

/// Where everything stands, looked up at once.
fn located<'r>(counted: &[Counted<'r>], locate: &dyn Fn(&[Source]) -> Vec<Option<String>>) -> Located<'r> {
    let figures = counted.iter().flat_map(|it| it.figures.iter().chain(&it.total).flatten());
    let counts = figures.filter(|figure| !matches!(figure.measure, Measure::Given(_)));
    let parts = counts.flat_map(|it| {
        listed(it, MOST_OF_PAGE)
            .into_iter()
            .chain(it.left_out.iter().take(most_left_out(MOST_OF_PAGE)).copied())
    });
    let mut seen = HashSet::new();
    let sources: Vec<Source> =
        parts.map(|part| part.source).filter(|source| seen.insert(*source)).take(MOST).collect();
    let places = locate(&sources);
    sources.into_iter().zip(places).collect()
}

struct Writing<'v, 'r> {
    view: &'v View<'r>,
    reasons: Reasons,
    /// How many records all pages list.
    records: usize,
}

impl<'r> Writing<'_, 'r> {
    fn add(
        &mut self,
        place: Place,
        counted: &Counted<'r>,
        (at, figure): (&CellPath, &Figure<'r>),
        located: &Located<'r>,
    ) {
        let records =
            listed(figure, MOST_OF_PAGE).len() + figure.left_out.len().min(most_left_out(MOST_OF_PAGE));
        if self.records + records > MOST {
            self.reasons.without += 1;
            return;
        }
        self.records += records;
        let find = |sources: &[Source]| sources.iter().map(|it| located.get(it).cloned().flatten()).collect();
        let mut tables = of_figure(self.view, counted, (at, figure), &find, MOST_OF_PAGE);
        // The notes of the table stand below it.
        for table in &mut tables {
            table.notes.retain(|note| !counted.table.notes.contains(note));
        }
        self.reasons.of.insert(place, self.reasons.pages.len());
        self.reasons.pages.push(Page { table: place.0, tables });
    }
}
