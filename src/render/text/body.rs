//! The body of a text table: its columns beside each other, or a block of lines a row.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};

use super::super::color::Ansi;
use super::super::layout::{GAP, NARROWEST_NAME, NARROWEST_TEXT, Need, Turn};
use super::super::{Page, Screen, cell, number, sanitise, wrap};
use crate::report::detail::detail;
use crate::report::table::{Cell, Kind, Table};

/// The labels and cells of a table as text, without the columns that say nothing new.
pub struct Body {
    /// The places of the columns that are shown.
    columns: Vec<usize>,
    is_right: Vec<bool>,
    rows: Vec<Vec<Text>>,
    total: Option<Vec<Text>>,
    /// Whether shares stand without their parts.
    pub is_brief: bool,
}

/// A cell as text.
#[derive(Default)]
struct Text {
    whole: String,
    /// A share without its parts.
    brief: Option<String>,
    /// Whether it may be cut.
    gives_way: bool,
}

impl Body {
    /// Reads a table.
    pub fn of(page: &Page<'_>, screen: &Screen) -> io::Result<Self> {
        let table = page.table;
        let mut rows = Vec::new();
        page.rows.each(&mut |row| {
            rows.push(row.iter().map(|cell| Text::of(cell, table)).collect::<Vec<_>>());
            Ok(())
        })?;
        let twin = screen.width.and_then(|_| repeated_code(table, &rows));
        let columns: Vec<usize> = (0..table.columns.len()).filter(|at| Some(*at) != twin).collect();
        let all_right = cell::are_right(page)?;
        let is_right = columns.iter().map(|at| all_right[*at]).collect();
        let keep = |mut row: Vec<Text>| {
            if let Some(twin) = twin {
                row.remove(twin);
            }
            row
        };
        let total = table.total.as_ref().map(|total| {
            let mut texts = cell::total(total, table);
            texts.resize(table.columns.len(), String::new());
            let cells = total.iter().map(|cell| Text::of(cell, table).brief).chain(std::iter::repeat(None));
            keep(
                texts
                    .into_iter()
                    .zip(cells)
                    .map(|(whole, brief)| Text { whole, brief, gives_way: false })
                    .collect(),
            )
        });
        Ok(Self { columns, is_right, rows: rows.into_iter().map(keep).collect(), total, is_brief: false })
    }

    /// What is shown of a cell.
    fn shown<'t>(&self, cell: &'t Text) -> &'t str {
        cell.brief.as_deref().filter(|_| self.is_brief).unwrap_or(&cell.whole)
    }

    /// What each column needs.
    pub fn needs(&self, table: &Table) -> Vec<Need> {
        let width = |cell: &Text| wrap::width(self.shown(cell));
        let need = |(at, place): (usize, &usize)| {
            let column = &table.columns[*place];
            let label = cell::head(column, table);
            let head = wrap::width(&label);
            let (turn, narrowest) = match column.kind {
                Kind::Name => (Turn::First, NARROWEST_NAME),
                Kind::Coded if column.id == "enterprise" => (Turn::First, NARROWEST_NAME),
                Kind::Coded | Kind::Text | Kind::Mixed => (Turn::Second, NARROWEST_TEXT),
                _ => (Turn::Never, usize::MAX),
            };
            let cells = || self.rows.iter().map(|row| &row[at]);
            let widest = |of: &dyn Fn(&&Text) -> bool| cells().filter(of).map(width).max();
            let total = self.total.as_ref().map_or(0, |total| width(&total[at]));
            Need {
                body: widest(&|_| true).unwrap_or(0).max(total),
                head,
                // A single wide character a line would be hard to read.
                narrow_head: wrap::narrowest(&label).max(head.min(4)),
                narrow_body: widest(&|cell| !cell.gives_way).unwrap_or(0).max(total).max(narrowest),
                turn,
                leaves: detail(&table.id, &column.id).unwrap_or(usize::MAX - at),
            }
        };
        self.columns.iter().enumerate().map(need).collect()
    }

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

    /// The note that names what found no room: whole columns, and the parts of shares.
    pub fn left_out(&self, table: &Table, shown: &[(usize, usize)]) -> Option<String> {
        let is_shown = |at: usize| shown.iter().any(|(place, _)| *place == at);
        let has_parts = |at: usize| self.is_brief && self.rows.iter().any(|row| row[at].brief.is_some());
        let label = |at: usize| {
            let label = &table.columns[self.columns[at]].label;
            match (is_shown(at), has_parts(at)) {
                (true, false) => None,
                (true, true) => {
                    Some(table.lang.pick(format!("the numbers behind {label}"), format!("{label}的分子分母")))
                }
                (false, _) => Some(label.clone()),
            }
        };
        let labels: Vec<String> = (0..self.columns.len()).filter_map(label).collect();
        (!labels.is_empty()).then(|| {
            table.lang.pick(
                format!("no room for {}; choose columns with `--columns`", labels.join(", ")),
                format!("未显示（屏幕宽度不足）：{}；可用 --columns 选择要显示的列", labels.join("、")),
            )
        })
    }
}

impl Text {
    fn of(cell: &Cell, table: &Table) -> Self {
        let gives_way = matches!(cell, Cell::Text(_) | Cell::Coded { .. } | Cell::Codes { .. });
        let brief = match cell {
            Cell::Share(share) => share.value().map(number::rate),
            _ => None,
        };
        Self { whole: cell::cell(cell, table).into_owned(), brief, gives_way }
    }
}

/// The column of codes, where every record is filed under its code: an earlier column of ids says the same.
fn repeated_code(table: &Table, rows: &[Vec<Text>]) -> Option<usize> {
    let code = table.columns.iter().position(|column| column.id == "code")?;
    let mut ids = (0..code).filter(|at| table.columns[*at].kind == Kind::Id);
    ids.any(|id| rows.iter().all(|row| row[id].whole == row[code].whole)).then_some(code)
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
