//! The labels and cells of one table on a terminal: fitted to its width, then drawn row by row, so that a table may
//! have more rows than memory holds. Its rows are gone through twice: to measure them, and to draw them.

use std::io::{self, Write};

use super::layout::{Need, Turn, widths};
use super::paint::Paint;
use super::{Look, Page, number, sanitise, shown, wrap};
use crate::parts;
use crate::report::table::{self, Cell, Kind, Table};

/// In how many threads rows are measured and drawn.
const THREADS: usize = 2;

/// The columns between two columns.
const GAP: usize = 2;

/// One column, fitted.
struct Column {
    /// The lines of its label.
    head: Vec<String>,
    width: usize,
    is_right: bool,
    /// Whether some of its cells are wider.
    cuts: bool,
}

/// Everything between title and notes.
pub struct Grid {
    columns: Vec<Column>,
    paint: Paint,
}

impl Grid {
    /// Breaks labels and cuts cells to the width, and reports which columns lost something.
    pub fn fit(page: &Page<'_>, look: &Look, shortened: &mut Vec<String>) -> io::Result<Self> {
        let table = page.table;
        let needs = needs(page)?;
        let gaps = GAP * needs.len().saturating_sub(1);
        let available = look.width.map(|width| width.saturating_sub(gaps));
        let fitted = widths(&needs, available).into_iter().zip(&needs).zip(shown::are_right(page)?);
        let column = |(at, ((width, need), is_right)): (usize, ((usize, &Need), bool))| {
            let label = &table.columns[at];
            let cuts = need.body > width;
            if cuts {
                report(shortened, &label.label);
            }
            Column { head: wrap::lines(&shown::head(label, table), width), width, is_right, cuts }
        };
        let columns = fitted.enumerate().map(column).collect();
        Ok(Self { columns, paint: Paint(look.color) })
    }

    /// Writes the labels over a line, the rows, and the total under another.
    pub fn write(&self, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
        let height = self.columns.iter().map(|column| column.head.len()).max().unwrap_or(0);
        for at in 0..height {
            let labels = self.columns.iter().map(|column| column.head.get(at).map_or("", String::as_str));
            writeln!(out, "{}", self.paint.bold(&self.line(labels)))?;
        }
        let width = self.columns.iter().map(|column| column.width).sum::<usize>();
        let rule = "─".repeat(width + GAP * self.columns.len().saturating_sub(1));
        writeln!(out, "{rule}")?;
        self.rows(page, out)?;
        if let Some(total) = &page.table.total {
            let cells = shown::total(total, page.table);
            writeln!(out, "{rule}\n{}", self.line(cells.iter().map(String::as_str)))?;
        }
        Ok(())
    }

    fn rows(&self, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
        let draw = |number| {
            let mut drawn = String::new();
            let rows = page.rows.part(number, &mut |row| {
                self.row(&mut drawn, row, page.table);
                Ok(())
            });
            rows.map(|()| drawn)
        };
        let write = |drawn: io::Result<String>| out.write_all(drawn?.as_bytes());
        parts::in_order(page.rows.parts(), THREADS, || draw, write)
    }

    /// Draws a row on a line of its own.
    fn row(&self, text: &mut String, row: &[Cell], table: &Table) {
        let start = text.len();
        for (at, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
            begin(text, at);
            match cell {
                Cell::Missing => {
                    column.put(text, &self.paint.dim(number::MISSING), wrap::width(number::MISSING));
                }
                cell => column.put_cut(text, &shown::cell(cell, table)),
            }
        }
        text.truncate(start + text[start..].trim_end().len());
        text.push('\n');
    }

    fn line<'c>(&self, cells: impl Iterator<Item = &'c str>) -> String {
        let mut line = String::new();
        for (at, (cell, column)) in cells.zip(&self.columns).enumerate() {
            begin(&mut line, at);
            column.put_cut(&mut line, cell);
        }
        line.truncate(line.trim_end().len());
        line
    }
}

impl Column {
    fn put_cut(&self, line: &mut String, text: &str) {
        if self.cuts {
            let text = wrap::shortened(text, self.width);
            self.put(line, &text, wrap::width(&text));
        } else {
            self.put(line, text, wrap::width(text));
        }
    }

    /// Puts a text that takes so many columns on a line.
    fn put(&self, line: &mut String, text: &str, width: usize) {
        let left = self.width.saturating_sub(width);
        spaces(line, if self.is_right { left } else { 0 });
        line.push_str(text);
        spaces(line, if self.is_right { 0 } else { left });
    }
}

/// Sets a column off from the one before it.
fn begin(line: &mut String, at: usize) {
    spaces(line, if at > 0 { GAP } else { 0 });
}

fn spaces(line: &mut String, count: usize) {
    const SOME: &str = "                                ";
    for _ in 0..count / SOME.len() {
        line.push_str(SOME);
    }
    line.push_str(&SOME[..count % SOME.len()]);
}

/// What each column needs.
fn needs(page: &Page<'_>) -> io::Result<Vec<Need>> {
    let table = page.table;
    let labels = labels(table);
    let mut needs = labels.clone();
    let measured = |number| {
        let mut needs = labels.clone();
        let rows = page.rows.part(number, &mut |row| {
            for (need, cell) in needs.iter_mut().zip(row) {
                measure(need, cell, &shown::cell(cell, table));
            }
            Ok(())
        });
        rows.map(|()| needs)
    };
    parts::in_order(
        page.rows.parts(),
        THREADS,
        || measured,
        |measured: io::Result<Vec<Need>>| {
            for (need, part) in needs.iter_mut().zip(measured?) {
                need.body = need.body.max(part.body);
                need.solid = need.solid.max(part.solid);
            }
            io::Result::Ok(())
        },
    )?;
    if let Some(total) = &table.total {
        let texts = shown::total(total, table);
        needs.iter_mut().zip(total).zip(&texts).for_each(|((need, cell), text)| measure(need, cell, text));
    }
    Ok(needs)
}

/// What the labels need.
fn labels(table: &Table) -> Vec<Need> {
    let need = |column: &table::Column| {
        let label = shown::head(column, table);
        let head = wrap::width(&label);
        let turn = match column.kind {
            Kind::Name => Turn::First,
            Kind::Coded | Kind::Text | Kind::Mixed => Turn::Second,
            _ => Turn::Never,
        };
        // A single wide character a line would be hard to read.
        Need { body: 0, head, narrow_head: wrap::narrowest(&label).max(head.min(4)), solid: 0, turn }
    };
    table.columns.iter().map(need).collect()
}

fn measure(need: &mut Need, cell: &Cell, text: &str) {
    let width = wrap::width(text);
    need.body = need.body.max(width);
    if !matches!(cell, Cell::Text(_) | Cell::Coded { .. } | Cell::Codes { .. }) {
        need.solid = need.solid.max(width);
    }
}

/// Adds a column's label to those that lost something, once.
fn report(shortened: &mut Vec<String>, label: &str) {
    let label = sanitise::line(label).into_owned();
    if !shortened.contains(&label) {
        shortened.push(label);
    }
}
