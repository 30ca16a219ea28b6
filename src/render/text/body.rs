//! The body of a text table: what its cells say, how wide they are, and what of it finds no room.

use std::io;

use super::super::layout::{NARROWEST_NAME, NARROWEST_TEXT, Need, Turn};
use super::super::{Page, Screen, cell, number, wrap};
use crate::report::detail::detail;
use crate::report::table::{Cell, Kind, Table};

/// The labels and cells of a table as text, without the columns that say nothing new.
pub struct Body {
    /// The places of the columns that are shown.
    pub columns: Vec<usize>,
    /// Which of them stand at their right edge.
    pub is_right: Vec<bool>,
    /// The rows.
    pub rows: Vec<Vec<Text>>,
    /// The row of totals.
    pub total: Option<Vec<Text>>,
    /// Whether shares stand without their parts.
    pub is_brief: bool,
}

/// A cell as text.
#[derive(Default)]
pub struct Text {
    /// All of it.
    pub whole: String,
    /// A share without its parts.
    brief: Option<String>,
    /// Whether it may be cut.
    pub gives_way: bool,
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
    pub fn shown<'t>(&self, cell: &'t Text) -> &'t str {
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
