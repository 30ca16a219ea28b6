//! A document as a workbook: a sheet of contents, a sheet a table; numbers, dates and percentages are what they are,
//! charts are the program's own and follow the cells they are drawn from.

mod drawing;
mod layout;
pub mod records;
mod sheet;
mod style;
mod value;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Workbook, Worksheet, XlsxError};

use self::layout::{LINE_HEIGHT, Layout};
use self::style::{Style, Weight};
use self::value::{line, place};
use super::{cell, sanitise, wrap};
use crate::model::lang::Lang;
use crate::report::document::{Document, Part};
use crate::report::table::{Cell, Page, Table};

/// The whole workbook.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&workbook(document)?)
}

fn workbook(document: &Document<'_>) -> io::Result<Vec<u8>> {
    let style = Style::of(document.lang);
    let leaves = leaves(document)?;
    let mut book = Workbook::new();
    style.install(&mut book).map_err(failed)?;
    let properties = properties(document.day).map_err(failed)?;
    book.set_properties(&properties.set_title(sanitise::line(&document.title)));
    let contents = (leaves.len() > 1).then(|| contents_name(document.lang));
    if contents.is_some() {
        write_contents(book.add_worksheet(), document, &leaves, &style).map_err(failed)?;
    }
    for leaf in &leaves {
        let head_row = sheet::write(book.add_worksheet(), leaf, contents, &style)?;
        if let Some(name) = &leaf.chart_sheet {
            let sheet = book.add_worksheet();
            sheet.set_name(name).map_err(failed)?;
            sheet::write_charts(sheet, leaf, head_row, &style).map_err(failed)?;
        }
    }
    book.save_to_buffer().map_err(failed)
}

/// A table as it is to stand in the workbook.
pub struct Leaf<'d> {
    part: Part<'d>,
    /// What is said below the table.
    notes: Vec<String>,
    layout: Layout,
    /// What its sheet is called.
    name: String,
    /// The sheet of its charts where they have one of their own: where the table is printed smaller, a page would
    /// break them.
    chart_sheet: Option<String>,
}

fn leaves<'d>(document: &'d Document<'d>) -> io::Result<Vec<Leaf<'d>>> {
    let (lang, basis) = (document.lang, document.basis_lines());
    let mut names = Names { taken: vec![contents_name(lang).to_lowercase()] };
    let leaf = |part: Part<'d>| {
        let layout = Layout::of(&part.page)?;
        let table = part.page.table;
        let (title, mut notes) =
            (&table.title, table.notes.iter().chain(&basis).cloned().collect::<Vec<_>>());
        if part.has_line() && table.rows.iter().flatten().any(|cell| *cell == Cell::Withheld) {
            notes.push(lang.pick("withheld figures are blank here", "本表中隐去的数留空").to_owned());
        }
        let name = names.take(title);
        let is_apart = !part.charts.is_empty() && (layout.is_scaled(lang) || !fits(&part, &notes, &layout)?);
        let chart_sheet = is_apart.then(|| names.take(&format!("{title}{}", lang.pick(" chart", "图"))));
        Ok(Leaf { part, notes, layout, name, chart_sheet })
    };
    document.parts().flat_map(with_drawn).map(leaf).collect()
}

/// A table with its charts, then those tables of which there are only charts: a chart of a workbook has its figures in
/// cells.
fn with_drawn<'d>(part: &'d Part<'d>) -> Vec<Part<'d>> {
    let mut parts = vec![Part { page: part.page, charts: Vec::new() }];
    for chart in &part.charts {
        match &chart.unprinted {
            None => parts[0].charts.push(chart.clone()),
            Some(table) => {
                if parts.iter().all(|part| part.page.table != table) {
                    parts.push(Part { page: Page::of(table), charts: Vec::new() });
                }
                parts.last_mut().into_iter().for_each(|part| part.charts.push(chart.clone()));
            }
        }
    }
    parts
}

/// Whether a table and its charts stand on one page, with some room to spare for programs that measure otherwise.
fn fits(part: &Part<'_>, notes: &[String], layout: &Layout) -> io::Result<bool> {
    let table = part.page.table;
    let mut lines = 3 + layout.head_lines(table);
    part.page.rows.each(&mut |cells| {
        lines += layout.lines(cells, table);
        Ok(())
    })?;
    let (_, width) = layout.notes();
    lines += notes.iter().map(|note| layout::lines(note, width)).sum::<u32>();
    let charts = part.charts.iter().map(|chart| drawing::height(chart) + 2 * LINE_HEIGHT).sum::<u32>();
    let needed = sheet::TITLE_HEIGHT + (lines + u32::from(table.total.is_some())) * LINE_HEIGHT + charts;
    Ok(needed <= layout.paper(0, table.lang).height * 9 / 10)
}

/// Why a workbook could not be made.
pub fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// The day of what is written and not that of writing, so that the same records give the same bytes.
pub fn properties(day: chrono::NaiveDate) -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::parse_from_str(&day.to_string())?;
    Ok(DocProperties::new().set_author("kunpeng").set_creation_datetime(&day))
}

fn contents_name(lang: Lang) -> &'static str {
    lang.pick("Contents", "目录")
}

/// The most letters of the name of a sheet.
const LONGEST_NAME: usize = 31;

/// The names of sheets, no two the same whatever their case.
struct Names {
    taken: Vec<String>,
}

impl Names {
    /// A name for a title.
    fn take(&mut self, title: &str) -> String {
        let plain = plain_name(title);
        let numbered = (2_u32..).map(|number| {
            let suffix = format!(" ({number})");
            cut(&plain, LONGEST_NAME - suffix.len()) + &suffix
        });
        let is_free = |name: &String| !self.taken.contains(&name.to_lowercase());
        let name = std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default();
        self.taken.push(name.to_lowercase());
        name
    }
}

/// Without what a sheet's name may not have.
fn plain_name(title: &str) -> String {
    let allowed =
        |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { ' ' } else { c };
    let text: String = sanitise::line(title).chars().map(allowed).collect();
    let name = cut(text.trim(), LONGEST_NAME);
    if name.is_empty() { "–".to_owned() } else { name }
}

fn cut(text: &str, limit: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= limit
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned()
}

/// The title of the document, what it is about, and a link to every table.
fn write_contents(
    sheet: &mut Worksheet,
    document: &Document<'_>,
    leaves: &[Leaf<'_>],
    style: &Style,
) -> Result<(), XlsxError> {
    let lang = document.lang;
    sheet.set_name(contents_name(lang))?;
    sheet::print_setup(sheet, lang);
    sheet.set_column_width(0, 8)?.set_column_width(1, 40)?.set_column_width(2, 12)?;
    sheet.write_string_with_format(0, 0, sanitise::line(&document.title), &style.title())?;
    sheet.set_row_height(0, 28)?;
    let below = write_facts(sheet, document, style)?;
    let mut row = write_basis(sheet, document, below, style)? + 2;
    for (column, label) in [lang.pick("No", "序号"), lang.pick("Table", "表名"), lang.pick("Rows", "行数")]
        .into_iter()
        .enumerate()
    {
        sheet.write_string_with_format(row, place(column), label, &style.head())?;
    }
    for (number, Leaf { part, name, .. }) in (1_u32..).zip(leaves) {
        row += 1;
        let table = part.page.table;
        let text = style.text(Weight::Plain);
        sheet.write_number_with_format(row, 0, number, &style.number("0", Weight::Plain))?;
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(sanitise::line(&table.title));
        sheet.write_url_with_format(row, 1, link, &style.link())?;
        match cell::count_rows(&part.page) {
            0 => sheet.write_string_with_format(row, 2, cell::no_rows(table.lang), &text)?,
            rows => {
                let rows = u32::try_from(rows).unwrap_or(u32::MAX);
                sheet.write_number_with_format(row, 2, rows, &style.number("#,##0", Weight::Plain))?
            }
        };
    }
    Ok(())
}

fn write_facts(sheet: &mut Worksheet, document: &Document<'_>, style: &Style) -> Result<u32, XlsxError> {
    let mut row = 0;
    let plain = Table::new("", "", document.lang, "");
    for (label, value) in &document.facts {
        row += 1;
        let label = sanitise::line(label);
        sheet.write_string_with_format(
            row,
            0,
            format!("{label}{}", document.lang.pick(": ", "：")),
            &style.note(),
        )?;
        let text = cell::cell(value, &plain);
        sheet.merge_range(row, 1, row, 2, &text, &style.note())?;
        if let Cell::Date(date) = value
            && let Some(day) = date.exact().and_then(value::day)
        {
            let format = style.note().set_num_format(style::DAY);
            sheet.write_datetime_with_format(row, 1, &day, &format)?;
        }
        let lines = wrap::width(&text).div_ceil(50).max(1);
        sheet.set_row_height(row, line(lines * 16))?;
    }
    let widest = document.facts.iter().map(|(label, _)| wrap::width(label)).max().unwrap_or(0);
    sheet.set_column_width(0, line(widest.max(6) + 3))?;
    Ok(row)
}

/// What is said of all tables, below a row; gives the last row.
fn write_basis(
    sheet: &mut Worksheet,
    document: &Document<'_>,
    mut row: u32,
    style: &Style,
) -> Result<u32, XlsxError> {
    for text in document.basis_lines() {
        row += 1;
        sheet.merge_range(row, 0, row, 2, &sanitise::line(&text), &style.note())?;
        let lines = wrap::width(&text).div_ceil(62).max(1);
        sheet.set_row_height(row, line(lines * 16))?;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_named_for_their_tables_as_far_as_a_name_may_say() {
        let long = "很长的名称".repeat(10);
        let titles = ["Titles", "titles", "a/b:c", "Contents", "", &long, &long];
        let mut names = Names { taken: vec!["contents".to_owned()] };
        let names = titles.map(|title| names.take(title));
        let cut: String = long.chars().take(31).collect();
        let other: String = long.chars().take(27).collect();
        assert_eq!(
            names,
            ["Titles", "titles (2)", "a b c", "Contents (2)", "–", &cut, &format!("{other} (2)")]
        );
    }
}
