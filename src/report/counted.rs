//! A table whose cells are figures: each is made of parts, and can be asked for them.

use super::evidence::Figure;
use super::table::{Cell, Table};
use crate::model::text::Text;

/// A table and, if they are asked for, the figures its cells were read off.
#[derive(Debug)]
pub struct Counted<'r> {
    /// The table.
    pub table: Table,
    keeps: bool,
    /// A figure a cell of a row.
    pub figures: Vec<Vec<Figure<'r>>>,
    /// A figure a cell of the total.
    pub total: Option<Vec<Figure<'r>>>,
}

impl<'r> Counted<'r> {
    /// Starts with a table that has its columns. Figures are kept if somebody will ask for them.
    pub fn new(table: Table, keeps: bool) -> Self {
        Self { table, keeps, figures: Vec::new(), total: None }
    }

    /// Adds a row.
    pub fn row(&mut self, figures: Vec<Figure<'r>>) {
        self.table.row(figures.iter().map(Figure::cell).collect());
        if self.keeps {
            self.figures.push(figures);
        }
    }

    /// Sets the total.
    pub fn total(&mut self, figures: Vec<Figure<'r>>) {
        self.table.total = Some(figures.iter().map(Figure::cell).collect());
        if self.keeps {
            self.total = Some(figures);
        }
    }

    /// Adds a note.
    pub fn note(&mut self, text: &Text) {
        self.table.notes.push(text.of(self.table.lang).to_owned());
    }
}

/// What is not counted: a word, a name, nothing.
impl From<Cell> for Figure<'_> {
    fn from(cell: Cell) -> Self {
        Figure::given(cell, [])
    }
}
