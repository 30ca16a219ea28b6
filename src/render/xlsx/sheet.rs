//! The sheet of a table: title, labels that stay in sight, rows, total, notes, charts; set up for A4.

use std::io;

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::drawing::{self, Ground};
use super::layout::{LINE_HEIGHT, Layout, UPRIGHT, labels, lines};
use super::style::{Style, Weight};
use super::value::{Spot, line, place, put};
use super::{Leaf, failed};
use crate::model::lang::Lang;
use crate::render::{cell, sanitise};
use crate::report::table::{Cell, Page, Table};
use crate::text;

/// The rows of a sheet.
const MOST_ROWS: usize = 1_048_576;

/// The height of the title, in pixels.
pub const TITLE_HEIGHT: u32 = 38;

/// More rows than these are worth a filter.
const FILTERED: usize = 12;

/// Writes a table; `contents` is the sheet that leads to it. Gives the row of its labels.
pub fn write(
    sheet: &mut Worksheet,
    leaf: &Leaf<'_>,
    contents: Option<&str>,
    style: &Style,
) -> io::Result<u32> {
    let Leaf { part, notes, layout, name, chart_sheet } = leaf;
    let page = &part.page;
    sheet.set_name(name).map_err(failed)?;
    let count = cell::count_rows(page);
    if count + notes.len() + 10 > MOST_ROWS {
        let too_many = text!(
            "a sheet of a workbook holds {MOST_ROWS} rows, and there are {count}; csv holds them all",
            "一张工作表最多{MOST_ROWS}行，而数据有{count}行；请改用 csv"
        );
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, too_many));
    }
    let lang = page.table.lang;
    let is_drawn = !part.charts.is_empty() && chart_sheet.is_none();
    let mut writing = Writing {
        layout,
        table: page.table,
        style,
        row: 0,
        height: 0,
        is_fixed: is_drawn,
        has_line: part.has_line(),
    };
    let head_row = writing.head(sheet, contents).map_err(failed)?;
    let head_height = LINE_HEIGHT * writing.layout.head_lines(page.table);
    writing.body(sheet, page)?;
    writing.set_up(sheet, head_row, count).map_err(failed)?;
    writing.notes(sheet, notes).map_err(failed)?;
    if is_drawn {
        let (paper, below, height) = (layout.paper(head_height, lang), writing.row, writing.height);
        drawing::draw(sheet, &part.charts, &Ground { name, head_row, layout, below, height, paper, lang })
            .map_err(failed)?;
    }
    Ok(head_row)
}

/// The charts of a table on a sheet of their own.
pub fn write_charts(
    sheet: &mut Worksheet,
    leaf: &Leaf<'_>,
    head_row: u32,
    style: &Style,
) -> Result<(), XlsxError> {
    let Leaf { part, layout, name, .. } = leaf;
    let table = part.page.table;
    print_setup(sheet, table.lang);
    sheet.write_string_with_format(0, 0, sanitise::line(&table.title), &style.title())?;
    sheet.set_row_height_pixels(0, TITLE_HEIGHT)?;
    let ground =
        Ground { name, head_row, layout, below: 1, height: TITLE_HEIGHT, paper: UPRIGHT, lang: table.lang };
    drawing::draw(sheet, &part.charts, &ground)
}

/// Paper, margins and the number of the page.
pub fn print_setup(sheet: &mut Worksheet, lang: Lang) {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3);
    sheet.set_footer(lang.pick("&C&P / &N", "&C第 &P 页，共 &N 页"));
}

/// A sheet as far as it is written.
struct Writing<'w> {
    layout: &'w Layout,
    table: &'w Table,
    style: &'w Style,
    /// The next row, and the height of all above it.
    row: u32,
    height: u32,
    /// Whether every row says how high it is, so that it is known where a page ends.
    is_fixed: bool,
    /// Whether a line is drawn of it: programs take a text for zero there, and only what is blank for a gap.
    has_line: bool,
}

impl Writing<'_> {
    /// Goes on to the next row, this one being so high.
    fn next(&mut self, sheet: &mut Worksheet, height: u32) -> Result<(), XlsxError> {
        if self.is_fixed || height != LINE_HEIGHT {
            sheet.set_row_height_pixels(self.row, height)?;
        }
        self.row += 1;
        self.height = self.height.saturating_add(height);
        Ok(())
    }

    /// The title, the way back and the labels; gives the row of the labels.
    fn head(&mut self, sheet: &mut Worksheet, contents: Option<&str>) -> Result<u32, XlsxError> {
        let (table, style) = (self.table, self.style);
        for column in 0..self.layout.widths.len() {
            sheet.set_column_width(place(column), line(self.layout.width(column, table.lang)))?;
        }
        sheet.write_string_with_format(0, 0, sanitise::line(&table.title), &style.title())?;
        self.next(sheet, TITLE_HEIGHT)?;
        if let Some(name) = contents {
            let way_back = Url::new(format!("internal:'{name}'!A1")).set_text(format!("← {name}"));
            sheet.write_url_with_format(self.row, 0, way_back, &style.way_back())?;
            self.next(sheet, LINE_HEIGHT)?;
        }
        let head_row = self.row;
        for (column, at) in table.columns.iter().zip(&self.layout.places) {
            for (offset, label) in labels(column, *at, table).iter().enumerate() {
                sheet.write_string_with_format(head_row, place(at.first + offset), label, &style.head())?;
            }
        }
        self.next(sheet, LINE_HEIGHT * self.layout.head_lines(table))?;
        Ok(head_row)
    }

    /// The rows and the total.
    fn body(&mut self, sheet: &mut Worksheet, page: &Page<'_>) -> io::Result<()> {
        let first = self.row;
        page.rows.each(&mut |cells| self.put_row(sheet, cells, Weight::Plain).map_err(failed))?;
        if self.row == first {
            let text = self.style.text(Weight::Plain);
            let no_rows = cell::no_rows(self.table.lang);
            sheet.write_string_with_format(first, 0, no_rows, &text).map_err(failed)?;
            self.next(sheet, LINE_HEIGHT).map_err(failed)?;
        }
        if let Some(total) = &self.table.total {
            let mut cells = total.clone();
            if let Some(first @ Cell::Missing) = cells.first_mut() {
                *first = Cell::Text(cell::total_label(self.table.lang).to_owned());
            }
            self.put_row(sheet, &cells, Weight::Total).map_err(failed)?;
        }
        Ok(())
    }

    fn put_row(&mut self, sheet: &mut Worksheet, cells: &[Cell], weight: Weight) -> Result<(), XlsxError> {
        let Self { table, style, row, .. } = *self;
        for (at, cell) in cells.iter().enumerate() {
            let (to, kind) = (self.layout.places[at], table.columns[at].kind);
            let is_right = self.layout.is_right[at];
            let spot = Spot { row, column: place(to.first), kind, is_right, weight, table, style };
            let is_gap = self.has_line && *cell == Cell::Withheld;
            put(sheet, if is_gap { &Cell::Missing } else { cell }, to.spreads, spot)?;
        }
        self.next(sheet, LINE_HEIGHT * self.layout.lines(cells, self.table))
    }

    /// What is printed on each page and what stays in sight.
    fn set_up(&self, sheet: &mut Worksheet, head_row: u32, rows: usize) -> Result<(), XlsxError> {
        print_setup(sheet, self.table.lang);
        if self.layout.is_landscape(self.table.lang) {
            sheet.set_landscape();
        }
        sheet.set_repeat_rows(head_row, head_row)?;
        sheet.set_freeze_panes(head_row + 1, 0)?;
        if rows > FILTERED {
            let last = head_row.saturating_add(line(rows));
            let columns = self.layout.widths.len();
            sheet.autofilter(head_row, 0, last, place(columns.saturating_sub(1)))?;
        }
        Ok(())
    }

    /// Each note over as many columns as it needs room.
    fn notes(&mut self, sheet: &mut Worksheet, notes: &[String]) -> Result<(), XlsxError> {
        let (last, width) = self.layout.notes();
        self.next(sheet, LINE_HEIGHT)?;
        for (number, note) in (1_usize..).zip(notes) {
            let note = sanitise::line(note);
            let text = self.table.lang.pick(format!("Note {number}: {note}"), format!("注{number}：{note}"));
            if last == 0 {
                sheet.write_string_with_format(self.row, 0, &text, &self.style.note())?;
            } else {
                sheet.merge_range(self.row, 0, self.row, place(last), &text, &self.style.note())?;
            }
            self.next(sheet, LINE_HEIGHT * lines(&text, width))?;
        }
        Ok(())
    }
}
