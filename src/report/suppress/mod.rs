//! Tables that tell of no single enterprise: cells that rest on too few are withheld, and so are those from which they
//! could be worked out.
//!
//! [`quantity`] finds the numbers behind the cells, with the enterprises each is made of; [`relation`] which of them
//! add up to which others, in one table and across tables; [`equation`] what can be worked out from those that are
//! shown. As long as something can, one more cell is withheld: the one that rests on the fewest enterprises, a total
//! only where nothing else helps. A share and a median are withheld with their base, and what few enterprises add up
//! to is withheld like one of them.

mod equation;
mod quantity;
mod relation;

use std::collections::{BTreeMap, BTreeSet};

use self::equation::{Equation, Solved, solve};
use self::quantity::{Number, Quantities, Told};
use super::counted::Counted;
use super::table::{Cell, Table, WITHHELD};
use crate::text;

/// The place of a cell; the row after the last is the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    table: usize,
    row: usize,
    column: usize,
}

/// Tables and what each of their cells tells.
struct Grid<'c> {
    tables: Vec<&'c Counted<'c>>,
    told: BTreeMap<Place, Told>,
}

/// Which cells of which tables are withheld.
#[derive(Debug)]
pub struct Suppression<'c> {
    counted: &'c [Counted<'c>],
    least: usize,
    withheld: BTreeSet<Place>,
}

impl<'c> Suppression<'c> {
    /// Finds the cells of tables that tell of fewer than `least` enterprises, and those that would give them away.
    pub fn of(counted: &'c [Counted<'c>], least: usize) -> Self {
        let mut quantities = Quantities::default();
        let grid = grid(counted, &mut quantities);
        let equations = relation::equations(&grid, least, &mut quantities);
        let withheld = Search { told: &grid.told, equations, quantities, least, rows: rows(counted) }.run();
        Self { counted, least, withheld }
    }

    /// The same tables, counted or sealed, without what is withheld. What is not as it was counted is withheld too.
    pub fn applied(&self, tables: Vec<Table>) -> Vec<Table> {
        tables.into_iter().map(|table| self.table(table)).collect()
    }

    fn table(&self, mut table: Table) -> Table {
        let found = self.counted.iter().position(|counted| counted.table.id == table.id);
        let left_out = without_enterprises(&mut table);
        let mut withheld = 0;
        let mut hide = |row: Option<usize>, cells: &mut Vec<Cell>| {
            for (column, cell) in cells.iter_mut().enumerate() {
                let place = found.zip(row).map(|(table, row)| Place { table, row, column });
                if !place.map_or(!is_figure(cell), |place| self.is_shown(place, cell)) {
                    *cell = Cell::Withheld;
                    withheld += 1;
                }
            }
        };
        let counted = found.map(|at| &self.counted[at].table);
        for cells in &mut table.rows {
            let row =
                counted.and_then(|counted| counted.rows.iter().position(|it| names(it) == names(cells)));
            hide(row, cells);
        }
        if let Some(total) = &mut table.total {
            hide(counted.filter(|it| it.total.is_some()).map(|it| it.rows.len()), total);
        }
        self.say(&mut table, withheld, left_out);
        table
    }

    /// Whether a cell may be told: it is as it was counted, and it is not withheld.
    fn is_shown(&self, place: Place, cell: &Cell) -> bool {
        let counted = &self.counted[place.table].table;
        let row = counted.rows.get(place.row).or(counted.total.as_ref());
        let is_same = || row.and_then(|cells| cells.get(place.column)) == Some(cell);
        !self.withheld.contains(&place) && (!is_figure(cell) || is_same())
    }

    /// Notes with figures are left out: they tell what cells do not.
    fn say(&self, table: &mut Table, withheld: usize, left_out: usize) {
        let all = table.notes.len();
        table.notes.retain(|note| !tells_a_figure(note));
        let (notes, least) = (all - table.notes.len(), self.least);
        let mut say = |text: crate::model::text::Text| table.notes.push(text.of(table.lang).to_owned());
        if left_out > 0 {
            say(text!(
                "not shown: the rows of single enterprises ({left_out})",
                "逐家企业的{left_out}行不列出"
            ));
        }
        if withheld > 0 {
            say(text!(
                "withheld ({sign}): {withheld} of the figures, which rest on fewer than {least} enterprises or would give such a figure away",
                "隐去{withheld}个数（以{sign}表示）：所涉企业不足{least}家，或可据以推算出这样的数",
                sign = WITHHELD
            ));
        }
        if notes > 0 {
            say(text!("not shown: notes that give figures ({notes})", "含数字的附注{notes}条不列出"));
        }
    }
}

/// The column that says which enterprise a row is of.
fn enterprise_column(table: &Table) -> Option<usize> {
    table.columns.iter().position(|column| column.id == "enterprise")
}

/// Leaves out the rows that are of one enterprise each; gives how many.
fn without_enterprises(table: &mut Table) -> usize {
    let Some(at) = enterprise_column(table) else { return 0 };
    let before = table.rows.len();
    table.rows.retain(|cells| cells.get(at) == Some(&Cell::Missing));
    before - table.rows.len()
}

/// What a row is called: the words and dates it begins with.
fn names(cells: &[Cell]) -> Vec<&Cell> {
    cells
        .iter()
        .take_while(|cell| matches!(cell, Cell::Coded { .. } | Cell::Text(_) | Cell::Date(_)))
        .collect()
}

fn is_figure(cell: &Cell) -> bool {
    use Cell::{Amount, Count, Number, Points, Rate, Share};
    matches!(cell, Count(_) | Number(_) | Amount(_) | Share(_) | Rate(_) | Points(_))
}

/// Whether a note has a number that is neither a date nor a year.
fn tells_a_figure(note: &str) -> bool {
    let numbers = note.split(|c: char| !c.is_ascii_digit() && c != '-').map(|it| it.trim_matches('-'));
    let is_date = |it: &str| it.parse::<chrono::NaiveDate>().is_ok();
    let is_year = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
    numbers.filter(|it| !it.is_empty()).any(|it| !is_date(it) && !is_year(it))
}

fn rows(counted: &[Counted<'_>]) -> Vec<usize> {
    counted.iter().map(|counted| counted.figures.len()).collect()
}

fn grid<'c>(counted: &'c [Counted<'c>], quantities: &mut Quantities) -> Grid<'c> {
    let mut told = BTreeMap::new();
    for (table, counted) in counted.iter().enumerate() {
        // Rows of single enterprises are never shown, and their total is of all of them.
        let is_listed = enterprise_column(&counted.table).is_some();
        let skipped = if is_listed { counted.figures.len() } else { 0 };
        for (row, figures) in counted.figures.iter().chain(&counted.total).enumerate().skip(skipped) {
            for (column, figure) in figures.iter().enumerate() {
                let name = || format!("{}/{row}/{column}", counted.table.id);
                let place = Place { table, row, column };
                let mut it = Told::of(figure, name, quantities);
                // What is worked out from two other cells of its row.
                if counted.table.columns[column].id == "difference" {
                    it.shown = Some(quantities.own(name(), BTreeSet::new()));
                }
                told.insert(place, it);
            }
        }
    }
    Grid { tables: counted.iter().collect(), told }
}

/// The search for what must be withheld.
struct Search<'g> {
    told: &'g BTreeMap<Place, Told>,
    equations: Vec<Equation>,
    quantities: Quantities,
    least: usize,
    /// How many rows each table has.
    rows: Vec<usize>,
}

impl Search<'_> {
    fn run(&self) -> BTreeSet<Place> {
        let small = |number: Number| self.quantities.is_small(number, self.least);
        let is_telling = |told: &Told| told.numbers().chain(told.base).any(small);
        let small: BTreeSet<Place> =
            self.told.iter().filter(|(_, told)| is_telling(told)).map(|(place, _)| *place).collect();
        let small = self.with_bases(small);
        let mut chosen: Vec<Number> = Vec::new();
        let mut withheld = small.clone();
        while let Some(given_away) = self.given_away(&withheld) {
            let Some(number) = self.next(&given_away, &withheld) else { break };
            chosen.push(number);
            withheld = self.without(&small, &chosen);
        }
        // What was chosen early may have become needless.
        for number in chosen.clone() {
            let fewer: Vec<Number> = chosen.iter().copied().filter(|it| *it != number).collect();
            let without = self.without(&small, &fewer);
            if self.given_away(&without).is_none() {
                (chosen, withheld) = (fewer, without);
            }
        }
        withheld
    }

    /// The cells that are withheld when these numbers are too.
    fn without(&self, small: &BTreeSet<Place>, numbers: &[Number]) -> BTreeSet<Place> {
        let tells = self.told.iter().filter(|(_, told)| told.numbers().any(|it| numbers.contains(&it)));
        self.with_bases(small.iter().copied().chain(tells.map(|(place, _)| *place)).collect())
    }

    /// A share or a median goes with the count of enterprises that it rests on.
    fn with_bases(&self, mut withheld: BTreeSet<Place>) -> BTreeSet<Place> {
        let known = self.known(&withheld);
        let all: BTreeSet<Number> = self.told.values().flat_map(Told::numbers).collect();
        let rests = |told: &Told| told.base.is_some_and(|base| all.contains(&base) && !known.contains(&base));
        withheld.extend(self.told.iter().filter(|(_, told)| rests(told)).map(|(place, _)| *place));
        withheld
    }

    /// The numbers that are shown; nothing is known anyway.
    fn known(&self, withheld: &BTreeSet<Place>) -> BTreeSet<Number> {
        let shown = self.told.iter().filter(|(place, _)| !withheld.contains(place));
        let nothing = self.quantities.nothing();
        shown.flat_map(|(_, told)| told.numbers()).chain(nothing).collect()
    }

    /// Numbers of which the sum can be worked out although it tells of too few enterprises.
    fn given_away(&self, withheld: &BTreeSet<Place>) -> Option<Solved> {
        let known = self.known(withheld);
        solve(&self.equations, |number| known.contains(&number)).into_iter().find(|row| self.tells(row))
    }

    fn tells(&self, row: &Solved) -> bool {
        let Some(numbers) = row.sum() else { return false };
        let of = numbers.flat_map(|number| &self.quantities.get(number).enterprises);
        (1..self.least).contains(&of.collect::<BTreeSet<_>>().len())
    }

    /// The number to withhold next: the one of the fewest enterprises without which what is given away no longer is; a
    /// total only where no part helps.
    fn next(&self, given_away: &Solved, withheld: &BTreeSet<Place>) -> Option<Number> {
        let terms: BTreeSet<Number> =
            given_away.from.iter().flat_map(|at| self.equations[*at].keys().copied()).collect();
        let places = |number: Number| {
            let tells = self.told.iter().filter(move |(_, told)| told.numbers().any(|it| it == number));
            tells.map(|(place, _)| *place)
        };
        let is_open = |number: &Number| {
            self.quantities.nothing() != Some(*number)
                && places(*number).any(|place| !withheld.contains(&place))
        };
        let cost = |number: &Number| {
            let is_total = places(*number).any(|place| place.row == self.rows[place.table]);
            (is_total, self.quantities.get(*number).enterprises.len(), places(*number).count())
        };
        let mut open: Vec<Number> = terms.into_iter().filter(is_open).collect();
        open.sort_by_key(cost);
        let helps = |number: &Number| {
            let without: BTreeSet<Place> = withheld.iter().copied().chain(places(*number)).collect();
            let known = self.known(&without);
            let solved = solve(&self.equations, |number| known.contains(&number));
            !solved.iter().any(|row| row.unknown == given_away.unknown)
        };
        open.iter().copied().find(helps).or_else(|| open.first().copied())
    }
}
