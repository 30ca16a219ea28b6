//! The labels and cells of one table on a terminal: fitted to its width, then drawn row by row, so that a table may
//! have more rows than memory holds. Its rows are gone through twice: to measure them, and to draw them.

use std::io::{self, Write};
use std::thread::{self, ScopedJoinHandle};

use super::layout::{Need, Turn, widths};
use super::paint::Paint;
use super::{Look, Page, number, sanitise, shown, wrap};
use crate::report::table::{self, Cell, Kind, Table};

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

    /// Draws two parts at the same time.
    fn rows(&self, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
        let parts = page.rows.parts();
        for first in (0..parts).step_by(2) {
            thread::scope(|scope| {
                let second = (first + 1 < parts).then(|| {
                    scope.spawn(move || {
                        let mut drawn = Vec::new();
                        self.part(page, first + 1, &mut drawn).map(|()| drawn)
                    })
                });
                self.part(page, first, out)?;
                second.map_or(Ok(()), |second| out.write_all(&joined(second)?))
            })?;
        }
        Ok(())
    }

    fn part(&self, page: &Page<'_>, number: usize, out: &mut dyn Write) -> io::Result<()> {
        page.rows.part(number, &mut |row| writeln!(out, "{}", self.row(row, page.table)))
    }

    fn row(&self, row: &[Cell], table: &Table) -> String {
        let mut line = String::new();
        for (at, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
            begin(&mut line, at);
            match cell {
                Cell::Missing => {
                    column.put(&mut line, &self.paint.dim(number::MISSING), wrap::width(number::MISSING));
                }
                cell => column.put_cut(&mut line, &shown::cell(cell, table)),
            }
        }
        line.truncate(line.trim_end().len());
        line
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
    line.extend(std::iter::repeat_n(' ', count));
}

fn joined<T>(thread: ScopedJoinHandle<'_, io::Result<T>>) -> io::Result<T> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread ended early")))
}

/// What each column needs.
fn needs(page: &Page<'_>) -> io::Result<Vec<Need>> {
    let table = page.table;
    let mut needs = labels(table);
    let parts = page.rows.parts();
    thread::scope(|scope| {
        let others = (parts > 1).then(|| {
            let mut needs = needs.clone();
            scope.spawn(move || measure_parts(page, (1..parts).step_by(2), &mut needs).map(|()| needs))
        });
        measure_parts(page, (0..parts).step_by(2), &mut needs)?;
        for (need, other) in needs.iter_mut().zip(others.map_or(Ok(Vec::new()), joined)?) {
            need.body = need.body.max(other.body);
            need.solid = need.solid.max(other.solid);
        }
        io::Result::Ok(())
    })?;
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

fn measure_parts(
    page: &Page<'_>,
    mut parts: impl Iterator<Item = usize>,
    needs: &mut [Need],
) -> io::Result<()> {
    parts.try_for_each(|part| {
        page.rows.part(part, &mut |row| {
            for (need, cell) in needs.iter_mut().zip(row) {
                measure(need, cell, &shown::cell(cell, page.table));
            }
            Ok(())
        })
    })
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
