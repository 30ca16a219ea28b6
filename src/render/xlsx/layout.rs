//! Where the columns of a table stand on its sheet, how wide they are, how high rows become, what a page holds.

use std::io;

use super::drawing::Paper;
use crate::model::lang::Lang;
use crate::render::{cell, number, wrap};
use crate::report::table::{Cell, Column, Page, Table};

/// The narrowest and the widest column, in digits.
const WIDTHS: (usize, usize) = (8, 44);

/// Notes are at least as wide.
const NOTE_WIDTH: usize = 66;

/// The height of a line of text, in pixels.
pub const LINE_HEIGHT: u32 = 20;

/// What A4 holds within the margins, in pixels: the short and the long side.
const PAPER: (u32, u32) = (690, 985);

/// A page upright with nothing repeated.
pub const UPRIGHT: Paper = Paper { height: PAPER.1, head: 0 };

/// A column of a table on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub first: usize,
    pub spreads: bool,
}

/// The columns of a sheet.
#[derive(Debug, Clone)]
pub struct Layout {
    pub places: Vec<Place>,
    /// The width of each column of the sheet, in digits.
    pub widths: Vec<usize>,
    /// Which columns of the table stand to the right.
    pub is_right: Vec<bool>,
}

impl Layout {
    pub fn of(page: &Page<'_>) -> io::Result<Self> {
        let mut first = 0;
        let mut places = Vec::new();
        for at in 0..page.table.columns.len() {
            let spreads = cell::spreads(at, page)?;
            places.push(Place { first, spreads });
            first += if spreads { 3 } else { 1 };
        }
        let widths = widths(page, &places)?;
        Ok(Self { places, widths, is_right: cell::are_right(page)? })
    }

    /// The width of a column in a language: a Chinese sign is a little wider than two digits.
    pub fn width(&self, column: usize, lang: Lang) -> usize {
        let width = self.widths[column];
        lang.pick(width, width + width / 12)
    }

    /// The width of all columns.
    fn pixels(&self, lang: Lang) -> u32 {
        let digits: usize = (0..self.widths.len()).map(|column| self.width(column, lang)).sum();
        let columns = u32::try_from(self.widths.len()).unwrap_or(u32::MAX);
        let digits = u32::try_from(digits).unwrap_or(u32::MAX);
        // The pixels of a digit of the language's font, and of the space beside a column.
        digits.saturating_mul(lang.pick(7, 8)).saturating_add(columns.saturating_mul(5))
    }

    /// Whether the sheet is printed across: a little smaller is still easy to read upright.
    pub fn is_landscape(&self, lang: Lang) -> bool {
        self.pixels(lang) > PAPER.0 * 4 / 3
    }

    /// Whether the columns are printed smaller to fit the paper, which then holds nobody knows how many rows.
    pub fn is_scaled(&self, lang: Lang) -> bool {
        self.pixels(lang) > if self.is_landscape(lang) { PAPER.1 } else { PAPER.0 }
    }

    /// What a page holds of a sheet that is not printed smaller and has its row of labels on every page.
    pub fn paper(&self, head: u32, lang: Lang) -> Paper {
        Paper { height: if self.is_landscape(lang) { PAPER.0 } else { PAPER.1 }, head }
    }

    /// The lines a row takes.
    pub fn lines(&self, cells: &[Cell], table: &Table) -> u32 {
        let lines = cells.iter().zip(&self.places).map(|(cell, place)| match cell {
            Cell::Text(text) | Cell::Coded { label: text, .. } | Cell::Codes { label: text, .. } => {
                lines(text, self.width(place.first, table.lang) - 2)
            }
            _ => 1,
        });
        lines.max().unwrap_or(1)
    }

    /// The lines of the labels.
    pub fn head_lines(&self, table: &Table) -> u32 {
        let labels = table.columns.iter().zip(&self.places).flat_map(|(column, place)| {
            (place.first..).zip(labels(column, *place, table)).collect::<Vec<_>>()
        });
        labels.map(|(at, label)| lines(&label, self.widths[at] - 1)).max().unwrap_or(1)
    }

    /// The last column notes reach to, and their width.
    pub fn notes(&self) -> (usize, usize) {
        let mut width: usize = self.widths.iter().sum();
        let mut last = self.widths.len().saturating_sub(1);
        while width < NOTE_WIDTH {
            last += 1;
            width += WIDTHS.0;
        }
        (last, width)
    }
}

/// The lines of a text in a width; a little is left for words that do not break.
pub fn lines(text: &str, width: usize) -> u32 {
    let width = width.max(1);
    let needed = wrap::width(text);
    let needed = if needed > width { needed + needed / 12 } else { needed };
    u32::try_from(needed.div_ceil(width).max(1)).unwrap_or(u32::MAX)
}

/// The labels of a column: its own, and those of the parts beside a share.
pub fn labels(column: &Column, place: Place, table: &Table) -> Vec<String> {
    let label = cell::head_with_unit(column, table);
    if !place.spreads {
        return vec![label];
    }
    let part = |en: &str, zh: &str| table.lang.pick(en, zh).to_owned();
    vec![label, part("part", "分子"), part("whole", "分母")]
}

fn widths(page: &Page<'_>, places: &[Place]) -> io::Result<Vec<usize>> {
    let table = page.table;
    let mut widths = Vec::new();
    for (column, place) in table.columns.iter().zip(places) {
        // A long label takes two lines.
        let need =
            |label: &String| if label.contains(' ') { wrap::narrowest(label) } else { wrap::width(label) };
        widths.extend(labels(column, *place, table).iter().map(need));
    }
    let mut widen = |cells: &[Cell]| {
        for (cell, place) in cells.iter().zip(places) {
            let text = match cell {
                Cell::Amount(amount) => number::number(*amount),
                Cell::Share(share) => share.value().map(number::rate).unwrap_or_default(),
                cell => cell::cell(cell, table).into_owned(),
            };
            widths[place.first] = widths[place.first].max(wrap::width(&text));
            if let (Cell::Share(share), true) = (cell, place.spreads) {
                for (at, part) in (place.first + 1..).zip([share.numerator, share.denominator]) {
                    widths[at] = widths[at].max(wrap::width(&number::number(part)));
                }
            }
        }
        Ok(())
    };
    page.rows.each(&mut widen)?;
    if let Some(total) = &table.total {
        widen(total)?;
    }
    Ok(widths.iter().map(|width| (width + 3).clamp(WIDTHS.0, WIDTHS.1)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Kind;

    #[test]
    fn a_column_is_as_wide_as_what_it_holds_within_reason() {
        let mut table = Table::new("t", "T", Lang::Zh, "CNY")
            .column("name", "名称", Kind::Name)
            .column("share", "占比", Kind::Share)
            .column("text", "诉求内容", Kind::Text);
        let share = crate::model::share::Share::of(1, 4);
        table.row(vec![
            Cell::Text("示例汽车零部件有限公司".to_owned()),
            Cell::Share(share),
            Cell::Text("很长".repeat(60)),
        ]);
        let layout = Layout::of(&Page::of(&table)).unwrap();
        assert_eq!(layout.widths, [25, 9, 8, 8, 44]);
        assert_eq!(layout.lines(&table.rows[0], &table), 6);
        assert!(layout.is_scaled(Lang::Zh) && !layout.is_landscape(Lang::Zh));
    }
}
