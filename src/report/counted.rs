//! A table whose cells are figures: each is made of parts, and can be asked for them.

use super::evidence::Figure;
use super::table::{Cell, TOTAL, Table};
use crate::model::nearest::did_you_mean;
use crate::model::text::Text;
use crate::text;

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

    /// The figure of a cell.
    pub fn figure(&self, row: &str, column: &str) -> Result<&Figure<'r>, NoSuch> {
        let columns = || self.table.columns.iter().map(|column| column.id.clone()).collect();
        let at = self.table.columns.iter().position(|it| it.id == column);
        let at = at.ok_or_else(|| NoSuch::Column(column.to_owned(), columns()))?;
        let row = self.find(row).ok_or_else(|| NoSuch::Row(row.to_owned(), self.rows()))?;
        row.get(at).ok_or_else(|| NoSuch::Column(column.to_owned(), columns()))
    }

    fn find(&self, row: &str) -> Option<&Vec<Figure<'r>>> {
        if row == TOTAL {
            return self.total.as_ref();
        }
        let rows = || self.table.rows.iter().zip(&self.figures);
        let by_id = rows().find(|(cells, _)| self.table.key(cells) == row);
        by_id
            .or_else(|| rows().find(|(cells, _)| self.table.row_label(cells) == row))
            .map(|(_, figures)| figures)
    }

    /// What its rows are called by.
    pub fn rows(&self) -> Vec<String> {
        let total = self.table.total.as_ref().map(|_| TOTAL.to_owned());
        self.table.rows.iter().map(|cells| self.table.key(cells)).chain(total).collect()
    }

    /// Adds a note.
    pub fn note(&mut self, text: &Text) {
        self.table.notes.push(text.of(self.table.lang).to_owned());
    }
}

/// Why there is no such cell, and which ones there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSuch {
    /// No such table.
    Table(String, Vec<String>),
    /// No such row.
    Row(String, Vec<String>),
    /// No such column.
    Column(String, Vec<String>),
}

impl NoSuch {
    fn parts(&self) -> (&str, &[String]) {
        let (Self::Table(name, known) | Self::Row(name, known) | Self::Column(name, known)) = self;
        (name, known)
    }

    /// What there is none of.
    pub fn text(&self) -> Text {
        let (name, _) = self.parts();
        match self {
            Self::Table(..) => {
                text!("there is no table `{name}` that counts", "没有名为“{name}”的统计表")
            }
            Self::Row(..) => text!("the table has no row `{name}`", "该表没有“{name}”这一行"),
            Self::Column(..) => text!("the table has no column `{name}`", "该表没有“{name}”这一列"),
        }
    }

    /// The nearest there is, else what there is.
    pub fn help(&self) -> Text {
        let (name, known) = self.parts();
        if let Some(nearest) = did_you_mean(name, known.iter().map(String::as_str)) {
            return nearest;
        }
        let some: Vec<&str> = known.iter().take(20).map(String::as_str).collect();
        match some.as_slice() {
            [] => text!("it has no rows", "该表没有数据"),
            some => {
                let (en, zh) = (some.join(", "), some.join("、"));
                text!("there are {en}", "可选：{zh}")
            }
        }
    }
}

/// What is not counted: a word, a name, nothing.
impl From<Cell> for Figure<'_> {
    fn from(cell: Cell) -> Self {
        Figure::given(cell, [])
    }
}
