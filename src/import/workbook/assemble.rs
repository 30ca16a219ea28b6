//! From what a reader reports to grids, within the limits.

use super::event::Event;
use crate::import::grid::{Cell, Grid, GridRow};
use crate::import::limits::Limits;
use crate::import::refusal::Refusal;
use crate::model::finding::column_letters;
use crate::model::rule;

/// Grids that are being put together.
#[derive(Debug)]
pub struct Assembly {
    limits: Limits,
    is_1904: bool,
    grids: Vec<Grid>,
    cells: usize,
}

impl Assembly {
    /// An empty one.
    pub fn new(limits: Limits) -> Self {
        Self { limits, is_1904: false, grids: Vec::new(), cells: 0 }
    }

    /// Takes a piece.
    pub fn take(&mut self, event: Event) -> Result<(), Refusal> {
        match event {
            Event::From1904 => self.is_1904 = true,
            Event::Sheet { name, is_hidden } => self.grids.push(Grid {
                name: Some(name),
                is_hidden,
                is_1904: self.is_1904,
                ..Grid::default()
            }),
            Event::Refused(refusal) => return Err(refusal),
            Event::End => {}
            event => {
                if let Some(mut grid) = self.grids.pop() {
                    let put = self.put(&mut grid, event);
                    self.grids.push(grid);
                    put?;
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, grid: &mut Grid, event: Event) -> Result<(), Refusal> {
        match event {
            Event::Merge(merge) => grid.merges.push(merge),
            Event::HiddenRow(row) => grid.hidden_rows.push(row),
            Event::HiddenColumn(column) => grid.hidden_columns.push(column),
            Event::Cell(row, column, kind, text) => {
                self.within(grid, row, column, &text)?;
                let cells = row_of(grid, row);
                if cells.len() <= column {
                    self.cells += column + 1 - cells.len();
                    cells.resize(column + 1, Cell::empty());
                }
                cells[column] = Cell { kind, text: text.into() };
            }
            _ => {}
        }
        Ok(())
    }

    fn within(&self, grid: &Grid, row: usize, column: usize, text: &str) -> Result<(), Refusal> {
        let sheet = grid.name.as_deref().unwrap_or_default();
        let place = format!("cell {}{} of sheet `{sheet}`", column_letters(column + 1), row + 1);
        let refuse = |what: String, help: &str| {
            Err(Refusal {
                sheet: grid.name.clone(),
                ..Refusal::new(&rule::TOO_LARGE, what, help).at(row + 1)
            })
        };
        if column >= self.limits.columns {
            let message = format!("has something in {place}, beyond {} columns", self.limits.columns);
            return refuse(message, "clear the cells right of the table");
        }
        if self.cells > self.limits.cells {
            let message = format!("has more than {} cells up to {place}", self.limits.cells);
            return refuse(message, "divide it, or allow more with `--max-cells`");
        }
        if text.len() > self.limits.characters.saturating_mul(4) {
            let message = format!("has more than {} characters in {place}", self.limits.characters);
            return refuse(message, "shorten it");
        }
        Ok(())
    }

    /// The grids, without what merges cover and with rows in order.
    pub fn finish(self) -> Vec<Grid> {
        let mut grids = self.grids;
        for grid in &mut grids {
            grid.rows.sort_by_key(|row| row.number);
            uncover(grid);
            grid.rows.retain(|row| !row.is_blank());
        }
        grids
    }
}

fn row_of(grid: &mut Grid, row: usize) -> &mut Vec<Cell> {
    let number = row + 1;
    let index = match grid.rows.last() {
        Some(last) if last.number == number => grid.rows.len() - 1,
        Some(last) if last.number > number => {
            grid.rows.iter().position(|it| it.number == number).unwrap_or(grid.rows.len())
        }
        _ => grid.rows.len(),
    };
    if index == grid.rows.len() {
        // The row before is whole, but for cells out of order.
        grid.rows.last_mut().into_iter().for_each(|row| row.cells.shrink_to_fit());
        grid.rows.push(GridRow { number, cells: Vec::new() });
    }
    &mut grid.rows[index].cells
}

/// Only the top left cell of a merge is seen; what an earlier state left under it is not.
fn uncover(grid: &mut Grid) {
    for merge in &grid.merges {
        let first = grid.rows.partition_point(|row| row.number <= merge.rows.0);
        for row in
            grid.rows[first.saturating_sub(1)..].iter_mut().take_while(|row| row.number <= merge.rows.1 + 1)
        {
            let number = row.number - 1;
            let covered = row.cells.iter_mut().enumerate().take(merge.columns.1 + 1).skip(merge.columns.0);
            for (column, cell) in covered {
                if merge.hides(number, column) {
                    *cell = Cell::empty();
                }
            }
        }
    }
}
