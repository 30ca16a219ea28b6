//! A text table drawn by comfy-table: its columns beside each other, or a block of lines a row.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};

use super::super::color::Ansi;
use super::super::layout::{GAP, NARROWEST_TEXT};
use super::super::{Screen, cell, sanitise, wrap};
use super::body::Body;
use crate::report::table::Table;

impl Body {
    /// Draws the columns that fit.
    pub fn columns(
        &self,
        table: &Table,
        shown: &[(usize, usize)],
        paint: Ansi,
        shortened: &mut Vec<String>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut drawn = frame();
        let head = |(at, width): &(usize, usize)| {
            wrap::lines(&cell::head(&table.columns[self.columns[*at]], table), *width)
        };
        let heads: Vec<Vec<String>> = shown.iter().map(head).collect();
        drawn.set_header(heads.iter().map(|lines| lines.join("\n")));
        for row in &self.rows {
            drawn.add_row(shown.iter().map(|(at, width)| wrap::shortened(self.shown(&row[*at]), *width)));
        }
        if let Some(total) = &self.total {
            let text = |(place, (at, _)): (usize, &(usize, usize))| match self.shown(&total[*at]) {
                "" if place == 0 => cell::total_label(table.lang),
                text => text,
            };
            drawn.add_row(shown.iter().enumerate().map(text));
        }
        let (widths, is_right): (Vec<usize>, Vec<bool>) =
            shown.iter().map(|(at, width)| (*width, self.is_right[*at])).unzip();
        fit(&mut drawn, &widths, &is_right);
        for (at, width) in shown {
            if self.rows.iter().any(|row| wrap::width(self.shown(&row[*at])) > *width) {
                report(shortened, &table.columns[self.columns[*at]].label);
            }
        }
        let height = heads.iter().map(Vec::len).max().unwrap_or(1);
        let lines: Vec<String> = drawn.lines().map(|line| line.trim_end().to_owned()).collect();
        let last = lines.len() - usize::from(self.total.is_some());
        for (at, line) in lines.iter().enumerate() {
            match at {
                _ if at < height => writeln!(out, "{}", paint.bold(line))?,
                _ if at == last => writeln!(out, "{}\n{line}", lines[height])?,
                _ => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }

    /// Draws one block of lines a row: each label beside its cell.
    pub fn blocks(&self, table: &Table, screen: &Screen, paint: Ansi, out: &mut dyn Write) -> io::Result<()> {
        let width = screen.width.unwrap_or(usize::MAX);
        let labels: Vec<String> =
            self.columns.iter().map(|column| cell::head(&table.columns[*column], table)).collect();
        let widest = labels.iter().map(|label| wrap::width(label)).max().unwrap_or(0).min(width / 2).max(1);
        let whole = self.rows.iter().flatten().filter(|cell| !cell.gives_way);
        let whole = whole.map(|cell| wrap::width(&cell.whole)).max().unwrap_or(0);
        // A label gives way to what must not be broken, or stands above it.
        let widest = widest.min(width.saturating_sub(whole + GAP).max(NARROWEST_TEXT));
        let is_stacked = whole > width.saturating_sub(widest + GAP);
        let room = width.saturating_sub(if is_stacked { GAP } else { widest + GAP }).max(1);
        let rows = self.rows.iter().chain(&self.total);
        let rows = rows.map(|row| row.iter().map(|cell| cell.whole.as_str()).collect::<Vec<_>>());
        for (number, row) in rows.enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let mut drawn = frame();
            let lines = |text: &str, width| broken(text, width).join("\n");
            for (label, text) in labels.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
                if is_stacked {
                    drawn.add_row([lines(label, width)]);
                    drawn.add_row([format!("  {}", lines(text, room).replace('\n', "\n  "))]);
                } else {
                    drawn.add_row([lines(label, widest), lines(text, room)]);
                }
            }
            if is_stacked {
                fit(&mut drawn, &[width], &[false]);
            } else {
                fit(&mut drawn, &[widest, room], &[false, false]);
            }
            for (at, line) in drawn.lines().enumerate() {
                let line = line.trim_end();
                writeln!(out, "{}", if at == 0 { paint.bold(line) } else { line.to_owned() })?;
            }
        }
        Ok(())
    }
}

/// An empty drawing: no borders, a line under the labels, columns set apart by blanks.
fn frame() -> comfy_table::Table {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
    drawn.set_content_arrangement(ContentArrangement::Disabled);
    drawn
}

/// Gives the columns of a drawing their widths and sides.
fn fit(drawn: &mut comfy_table::Table, widths: &[usize], is_right: &[bool]) {
    let last = widths.len().saturating_sub(1);
    for (at, column) in drawn.column_iter_mut().enumerate() {
        let gap = if at == last { 0 } else { GAP };
        let width = u16::try_from(widths[at] + gap).unwrap_or(u16::MAX);
        column.set_padding((0, if at == last { 0 } else { 2 }));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        column.set_cell_alignment(if is_right[at] { CellAlignment::Right } else { CellAlignment::Left });
    }
}

/// A text on lines none of which is wider than `width`, single words included.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap::lines(text, width) {
        let mut part = String::new();
        for c in line.chars() {
            let longer = format!("{part}{c}");
            if wrap::width(&longer) > width && !part.is_empty() {
                lines.push(std::mem::take(&mut part));
                part.push(c);
            } else {
                part = longer;
            }
        }
        lines.push(part);
    }
    lines
}

/// Adds a column's label to those that lost something, once.
fn report(shortened: &mut Vec<String>, label: &str) {
    let label = sanitise::line(label).into_owned();
    if !shortened.contains(&label) {
        shortened.push(label);
    }
}
