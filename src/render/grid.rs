//! The labels and cells of one table on a terminal: fitted to its width, aligned and drawn.

use comfy_table::{CellAlignment, LineStyle, TableStyle};

use super::layout::{Need, Turn, widths};
use super::paint::Paint;
use super::{Look, number, sanitise, shown, wrap};
use crate::report::table::{Cell, Kind, Table};

/// The columns between two columns.
const GAP: u16 = 2;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// A character that no sanitised text contains, one column wide, in the place of what is missing until the
/// line is painted.
const MISSING: &str = "\u{1}";

fn text(cell: &Cell, table: &Table) -> String {
    if *cell == Cell::Missing { MISSING.to_owned() } else { shown::cell(cell, table) }
}

/// Everything between title and notes, as text.
pub struct Grid {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    total: bool,
}

impl Grid {
    /// The labels and cells of a table, as wide as they are.
    pub fn new(table: &Table) -> Self {
        let cells = |row: &Vec<Cell>| row.iter().map(|cell| text(cell, table)).collect();
        let mut rows: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
        rows.extend(table.total.as_ref().map(|total| shown::total(total, table)));
        for row in &mut rows {
            row.resize(table.columns.len(), String::new());
        }
        let heads = table.columns.iter().map(|column| shown::head(column, table)).collect();
        Self { heads, rows, total: table.total.is_some() }
    }

    /// Breaks labels and cuts cells to the width, and reports which columns lost something.
    pub fn fit(&mut self, table: &Table, look: &Look, shortened: &mut Vec<String>) {
        let gaps = usize::from(GAP) * table.columns.len().saturating_sub(1);
        let available = look.width.map(|width| width.saturating_sub(gaps));
        let needs: Vec<Need> = (0..self.heads.len()).map(|at| self.need(at, table)).collect();
        for (at, width) in widths(&needs, available).into_iter().enumerate() {
            self.heads[at] = wrap::lines(&self.heads[at], width).join("\n");
            if needs[at].body > width {
                report(shortened, &table.columns[at].label);
                self.rows.iter_mut().for_each(|row| row[at] = wrap::shortened(&row[at], width));
            }
        }
    }

    fn need(&self, at: usize, table: &Table) -> Need {
        let widest = |cells: &mut dyn Iterator<Item = &Vec<String>>| {
            cells.map(|row| wrap::width(&row[at])).max().unwrap_or(0)
        };
        let turn = match table.columns[at].kind {
            Kind::Name => Turn::First,
            Kind::Coded | Kind::Text | Kind::Mixed => Turn::Second,
            _ => Turn::Never,
        };
        let can_give = |row: &Vec<Cell>| {
            matches!(row.get(at), Some(Cell::Text(_) | Cell::Coded { .. } | Cell::Codes { .. }))
        };
        let cells = table.rows.iter().chain(&table.total);
        let head = wrap::width(&self.heads[at]);
        Need {
            body: widest(&mut self.rows.iter()),
            head,
            // A single wide character a line would be hard to read.
            narrow_head: wrap::narrowest(&self.heads[at]).max(head.min(4)),
            solid: widest(&mut cells.zip(&self.rows).filter(|(row, _)| !can_give(row)).map(|(_, text)| text)),
            turn,
        }
    }

    /// The lines of the terminal, the total parted from the rows by one of its own.
    pub fn lines(self, table: &Table, paint: Paint) -> Vec<String> {
        let height = self.heads.iter().map(|head| head.split('\n').count()).max().unwrap_or(0);
        let mut lines: Vec<String> = self.draw(table).lines().collect();
        if self.total {
            lines.insert(lines.len() - 1, lines[height].clone());
        }
        let missing = paint.dim(number::MISSING);
        let paint_line = |(at, line): (usize, &String)| match line.trim_end() {
            head if at < height => paint.bold(head),
            body => body.replace(MISSING, &missing),
        };
        lines.iter().enumerate().map(paint_line).collect()
    }

    fn draw(&self, table: &Table) -> comfy_table::Table {
        let mut drawn = comfy_table::Table::new();
        drawn.load_style(STYLE).set_header(&self.heads).add_rows(&self.rows);
        let last = self.heads.len().saturating_sub(1);
        for (at, column) in drawn.column_iter_mut().enumerate() {
            column.set_padding((0, if at == last { 0 } else { GAP }));
            if shown::is_right(at, table) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        drawn
    }
}

/// Adds a column's label to those that lost something, once.
fn report(shortened: &mut Vec<String>, label: &str) {
    let label = sanitise::line(label).into_owned();
    if !shortened.contains(&label) {
        shortened.push(label);
    }
}
