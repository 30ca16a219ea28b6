//! Which numbers of tables add up to which others, and what a reader would find out by taking one from another.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::equation::Equation;
use super::quantity::{Made, Number, Quantities, Told};
use super::{Grid, Place};
use crate::model::id::EnterpriseId;

/// A row or a column that adds up, as its table's notes say: what is added and what is taken away. `rate.of` is the
/// whole of the share in the column `rate`.
struct Identity {
    table: &'static str,
    terms: &'static [(&'static str, i64)],
}

/// What adds up along the rows of tables.
const ALONG_ROWS: &[Identity] = &[
    Identity {
        table: "recognitions",
        terms: &[("at_entry", 1), ("gained", 1), ("lapsed", -1), ("held", -1)],
    },
    Identity {
        table: "needs",
        terms: &[("brought_forward", 1), ("received", 1), ("closed", -1), ("open", -1)],
    },
    Identity { table: "needs", terms: &[("brought_forward", 1), ("received", 1), ("rate.of", -1)] },
    Identity {
        table: "projects",
        terms: &[
            ("brought_forward", 1),
            ("applied", 1),
            ("approved", -1),
            ("rejected", -1),
            ("withdrawn", -1),
            ("pending", -1),
        ],
    },
    Identity { table: "attendance", terms: &[("present", 1), ("absent", 1), ("rate.of", -1)] },
    Identity { table: "attendance-by-month", terms: &[("present", 1), ("absent", 1), ("rate.of", -1)] },
    Identity { table: "indicators", terms: &[("end_total", 1), ("start_total", -1), ("growth", -1)] },
    Identity { table: "comparison", terms: &[("this", 1), ("compared", -1), ("difference", -1)] },
    Identity { table: "editions-compared", terms: &[("new", 1), ("again", 1), ("members", -1)] },
];

/// What adds up down a column of items.
const DOWN: &[Identity] = &[Identity {
    table: "overview",
    terms: &[
        ("graduated", 1),
        ("withdrawn", 1),
        ("removed", 1),
        ("transferred", 1),
        ("in_cultivation", 1),
        ("members", -1),
    ],
}];

/// All that is known to add up in tables, and what would be found out by subtraction.
pub fn equations(grid: &Grid<'_>, least: usize, quantities: &mut Quantities) -> Vec<Equation> {
    let mut equations = Vec::new();
    for table in 0..grid.tables.len() {
        equations.extend(totals(grid, table, quantities));
        equations.extend(along_rows(grid, table));
        equations.extend(down(grid, table));
        equations.extend(subtractions(grid, table, least, quantities));
    }
    for told in grid.told.values() {
        equations.extend(rest(told, least, quantities));
    }
    equations
}

/// The sum of numbers, each so many times, that is zero; numbers that stand for the same come together.
fn sum(terms: impl IntoIterator<Item = (Number, i64)>) -> Equation {
    let mut equation = Equation::new();
    for (number, times) in terms {
        *equation.entry(number).or_default() += times;
    }
    equation.retain(|_, times| *times != 0);
    equation
}

/// Columns of which the rows are the parts of the total.
fn totals(grid: &Grid<'_>, table: usize, quantities: &Quantities) -> Vec<Equation> {
    let counted = grid.tables[table];
    let Some(total) = counted.total.as_ref() else { return Vec::new() };
    let rows = counted.figures.len();
    let mut equations = Vec::new();
    for column in 0..total.len() {
        for pick in [|told: &Told| told.shown, |told: &Told| told.whole] {
            let number = |row: usize| grid.told.get(&Place { table, row, column }).and_then(pick);
            let Some(whole) = number(rows) else { continue };
            let parts: Vec<Number> = (0..rows).filter_map(number).collect();
            if !parts.is_empty() && added(&parts, quantities) == quantities.get(whole).made {
                equations.push(sum(parts.into_iter().map(|part| (part, 1)).chain([(whole, -1)])));
            }
        }
    }
    equations
}

fn added(parts: &[Number], quantities: &Quantities) -> Made {
    let mut all = Made::new();
    for (atom, value) in parts.iter().flat_map(|part| &quantities.get(*part).made) {
        let of = all.entry(atom.clone()).or_default();
        *of = of.checked_add(*value).unwrap_or(*of);
    }
    all.retain(|_, value| !value.is_zero());
    all
}

fn along_rows(grid: &Grid<'_>, table: usize) -> Vec<Equation> {
    let counted = grid.tables[table];
    let columns = &counted.table.columns;
    let of_table = ALONG_ROWS.iter().filter(|identity| identity.table == counted.table.id);
    let number = |row: usize, term: &str| {
        let (column, pick): (&str, fn(&Told) -> Option<Number>) = match term.strip_suffix(".of") {
            Some(column) => (column, |told| told.whole),
            None => (term, |told| told.shown),
        };
        let column = columns.iter().position(|it| it.id == column)?;
        grid.told.get(&Place { table, row, column }).and_then(pick)
    };
    let of_row = |identity: &Identity, row: usize| {
        let terms = identity.terms.iter().map(|(term, times)| Some((number(row, term)?, *times)));
        terms.collect::<Option<Vec<_>>>().map(sum)
    };
    of_table
        .flat_map(|identity| (0..=counted.figures.len()).filter_map(|row| of_row(identity, row)))
        .collect()
}

fn down(grid: &Grid<'_>, table: usize) -> Vec<Equation> {
    let counted = grid.tables[table];
    let of_table = DOWN.iter().filter(|identity| identity.table == counted.table.id);
    let number = |item: &str| {
        let row = counted.table.rows.iter().position(|cells| counted.table.key(cells) == item)?;
        grid.told.get(&Place { table, row, column: 1 })?.shown
    };
    let equation = |identity: &Identity| {
        let terms = identity.terms.iter().map(|(item, times)| Some((number(item)?, *times)));
        terms.collect::<Option<Vec<_>>>().map(sum)
    };
    of_table.filter_map(equation).collect()
}

/// Of a share of enterprises, those that are not part of it.
fn rest(told: &Told, least: usize, quantities: &mut Quantities) -> Option<Equation> {
    let (part, whole) = (told.shown?, told.whole?);
    told.counts.then(|| remainder(part, whole, least, quantities)).flatten()
}

/// Counts of enterprises in one row, or in one column of items, of which one is part of the other.
fn subtractions(grid: &Grid<'_>, table: usize, least: usize, quantities: &mut Quantities) -> Vec<Equation> {
    let counted = grid.tables[table];
    let is_item = DOWN.iter().any(|identity| identity.table == counted.table.id);
    let counts = |place: Place| grid.told.get(&place).filter(|told| told.counts).and_then(|told| told.shown);
    let columns = counted.table.columns.len();
    let lines: Vec<Vec<Number>> = if is_item {
        vec![(0..counted.figures.len()).filter_map(|row| counts(Place { table, row, column: 1 })).collect()]
    } else {
        let row = |row| (0..columns).filter_map(|column| counts(Place { table, row, column })).collect();
        (0..=counted.figures.len()).map(row).collect()
    };
    let mut equations = Vec::new();
    for line in lines {
        for part in &line {
            equations.extend(line.iter().filter_map(|whole| remainder(*part, *whole, least, quantities)));
        }
    }
    equations
}

/// What is left of the whole without the part, if that tells of too few enterprises.
fn remainder(part: Number, whole: Number, least: usize, quantities: &mut Quantities) -> Option<Equation> {
    let [of_part, of_whole] = [part, whole].map(|number| &quantities.get(number).enterprises);
    if part == whole || of_part.is_empty() || !of_part.is_subset(of_whole) {
        return None;
    }
    let left: BTreeSet<EnterpriseId> = of_whole.difference(of_part).cloned().collect();
    if !(1..least).contains(&left.len()) {
        return None;
    }
    let made = left.iter().map(|id| (super::quantity::Atom::Enterprise(id.clone()), Decimal::ONE)).collect();
    let left = quantities.number(made, left);
    Some(sum([(part, 1), (left, 1), (whole, -1)]))
}
