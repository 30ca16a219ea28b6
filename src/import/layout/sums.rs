//! The sums of the rows above a row of totals, which its figures are compared with.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::import::layout::table::DataTable;
use crate::import::read::blank::text;
use crate::import::read::sheet::SheetRow;
use crate::model::amount::parse_number;
use crate::model::finding::Finding;
use crate::model::rule;
use crate::text;

/// The sums of the columns of rows, taken further as rows come.
#[derive(Debug, Default)]
pub struct Sums {
    /// The place of the first row.
    first: usize,
    /// How many rows were added up.
    rows: usize,
    /// The sum of each column that says something; none if it is not one of numbers alone.
    columns: BTreeMap<usize, Option<Decimal>>,
}

impl Sums {
    /// Nothing added up yet, from the row at that place on.
    pub fn after(first: usize) -> Self {
        Self { first, ..Self::default() }
    }

    /// Adds up the rows that are new.
    pub fn take(&mut self, rows: &[SheetRow]) {
        let start = self.first + self.rows;
        for row in rows.iter().skip(start) {
            self.rows += 1;
            for (column, cell) in row.cells.iter().enumerate() {
                let Some(text) = text(&cell.text) else { continue };
                let sum = self.columns.entry(column).or_insert(Some(Decimal::ZERO));
                *sum = sum.and_then(|sum| sum.checked_add(parse_number(text).ok()?));
            }
        }
    }
}

/// Compares the figures of a row of totals with the sums of the rows it stands for.
pub fn check(table: &DataTable, total: &SheetRow, sums: &Sums) -> (usize, Vec<Finding>) {
    let mut agreeing = 0;
    let mut found = Vec::new();
    for (column, text) in total.filled() {
        let Ok(stated) = parse_number(text) else { continue };
        let Some(sum) = sums.columns.get(&column).copied().flatten() else { continue };
        if stated
            .checked_sub(sum)
            .is_some_and(|gap| gap.abs() <= Decimal::new(5, 3) * Decimal::from(sums.rows.max(1)))
        {
            agreeing += 1;
        } else {
            let header = table.header.get(column).map_or("", String::as_str);
            let message = text!(
                "the total of `{header}` is {stated}, its {rows} rows add up to {sum}",
                "“{header}”的合计为 {stated}，其 {rows} 行之和为 {sum}",
                rows = sums.rows
            );
            found.push(
                Finding::new(&rule::TOTAL_MISMATCH, message, table.cell(total, column))
                    .help(text!("a row may be missing, hidden or counted twice", "可能有行缺失、隐藏或重复")),
            );
        }
    }
    (agreeing, found)
}
