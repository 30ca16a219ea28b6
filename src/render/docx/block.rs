//! What stands in a document for Word, one block after the other.

use std::io;

use crate::model::lang::Lang;
use crate::render::{cell, picture, sanitise, wrap};
use crate::report::chart::{Chart, ChartKind};
use crate::report::document::{Document, Part, Section};
use crate::report::table::{Cell, Kind, Page, Table};

/// A block.
pub enum Block {
    Title {
        text: String,
        is_page: bool,
    },
    Fact(String, String),
    Contents {
        title: &'static str,
        entries: Vec<(String, String)>,
    },
    Heading {
        number: usize,
        text: String,
        begins_page: bool,
    },
    Text {
        text: String,
        /// Whether it stays on the page of the next.
        stays: bool,
    },
    Caption {
        word: &'static str,
        number: usize,
        text: String,
        style: &'static str,
    },
    Table(TableBlock),
    Note {
        number: usize,
        text: String,
        /// Whether it stays on the page of the next.
        stays: bool,
    },
    Chart {
        number: usize,
        width: usize,
        height: usize,
        title: String,
        description: String,
    },
    /// The paper of what stands above it.
    Paper {
        is_landscape: bool,
    },
}

/// A table.
pub struct TableBlock {
    pub width: usize,
    pub widths: Vec<usize>,
    pub rows: Vec<Row>,
    pub is_small: bool,
}

/// A row of a table.
pub struct Row {
    pub cells: Vec<CellText>,
    pub is_head: bool,
    pub is_bold: bool,
    /// Whether it stays on the page of the next.
    pub stays: bool,
}

/// A cell of a table.
pub struct CellText {
    pub text: String,
    pub is_right: bool,
}

/// The widths of text, in twentieths of a point: upright and across.
const UPRIGHT: usize = 8845;
const ACROSS: usize = 14230;

/// A column of text in a table in letters of nine points, in smaller ones, and the space of a cell.
const LETTER: usize = 95;
const SMALL: usize = 80;
const SPACE: usize = 190;

/// The narrowest and widest column, in columns of text.
const WIDTHS: (usize, usize) = (4, 36);

/// No column that can be broken is narrower, in twentieths of a point.
const NARROWEST: usize = 700;

/// A table of no more rows stands on one page; of a longer one so many rows stand with the first and with the last.
const SHORT: usize = 20;
const KEPT: usize = 3;

/// A centimetre of a drawing.
const CENTIMETRE: usize = 360_000;

/// What a document is made of.
pub struct Blocks<'d> {
    pub all: Vec<Block>,
    /// Its charts in the order they stand.
    pub charts: Vec<&'d Chart>,
    /// Whether the last of it is printed across.
    pub is_landscape: bool,
}

/// The blocks of a document.
pub fn blocks<'d>(document: &'d Document<'_>) -> io::Result<Blocks<'d>> {
    let mut writing = Writing { document, blocks: Vec::new(), charts: Vec::new(), tables: 0, headings: 0 };
    writing.front();
    for section in &document.sections {
        writing.section(section)?;
    }
    // The paper of the last blocks is that of the document.
    let is_landscape = writing.blocks.pop_if(|block| matches!(block, Block::Paper { .. })).is_some();
    Ok(Blocks { all: writing.blocks, charts: writing.charts, is_landscape })
}

struct Writing<'d, 'r> {
    document: &'d Document<'r>,
    blocks: Vec<Block>,
    charts: Vec<&'d Chart>,
    tables: usize,
    headings: usize,
}

impl<'d> Writing<'d, '_> {
    /// The title, and where there is something to say about the document, a page with it and the contents.
    fn front(&mut self) {
        let document = self.document;
        let has_page = !document.facts.is_empty();
        let text = sanitise::line(&document.title).into_owned();
        self.blocks.push(Block::Title { text, is_page: has_page });
        let facts = cell::facts(document);
        self.blocks.extend(facts.into_iter().map(|(label, value)| Block::Fact(label, value)));
        let basis = document.basis_lines();
        let line = |line: &String| Block::Text { text: sanitise::line(line).into_owned(), stays: true };
        self.blocks.extend(basis.iter().map(line));
        let headings = document.sections.iter().filter_map(|section| section.heading.as_deref());
        let entries: Vec<_> = (1..)
            .zip(headings)
            .map(|(number, heading)| (format!("_Toc{number}"), numbered(number, heading, document.lang)))
            .collect();
        if has_page && !entries.is_empty() {
            self.blocks.push(Block::Contents { title: document.lang.pick("Contents", "目录"), entries });
        }
    }

    fn section(&mut self, section: &'d Section<'_>) -> io::Result<()> {
        // Without a page of its own the title stands above the first table.
        let is_first = self.tables == 0 && self.document.facts.is_empty();
        let above = if is_first { 0 } else { self.blocks.len() };
        if let Some(heading) = &section.heading {
            self.headings += 1;
            let begins_page = self.headings == 1 && !self.document.facts.is_empty();
            let text = sanitise::line(heading).into_owned();
            self.blocks.push(Block::Heading { number: self.headings, text, begins_page });
        }
        let lead = cell::sentence(section);
        if !lead.is_empty() || section.parts.is_empty() {
            self.blocks.push(Block::Text { text: lead, stays: !section.parts.is_empty() });
        }
        for (at, part) in section.parts.iter().enumerate() {
            let above = if at == 0 { above } else { self.blocks.len() };
            self.part(part, above)?;
        }
        Ok(())
    }

    /// A table with its notes and charts; `above` is where the heading begins that goes with it.
    fn part(&mut self, part: &'d Part<'_>, above: usize) -> io::Result<()> {
        let Part { page, charts } = part;
        let table = page.table;
        let columns = columns(page)?;
        // In smaller letters more fits upright.
        let is_landscape = needs(&columns, SMALL).iter().sum::<usize>() > UPRIGHT;
        if is_landscape {
            // What stands above the table goes with it; between two wide ones there is no page.
            let before = above.checked_sub(1).and_then(|at| self.blocks.get(at));
            if !matches!(before, None | Some(Block::Paper { .. })) {
                self.blocks.insert(above, Block::Paper { is_landscape: false });
            }
        }
        self.tables += 1;
        let text = sanitise::line(&table.title).into_owned();
        let word = table.lang.pick("Table ", "表");
        self.blocks.push(Block::Caption { word, number: self.tables, text, style: "Caption" });
        if page.is_empty() {
            self.blocks.push(Block::Text { text: cell::no_rows(table.lang).to_owned(), stays: false });
        } else {
            self.blocks.push(Block::Table(table_block(
                page,
                &columns,
                if is_landscape { ACROSS } else { UPRIGHT },
            )?));
        }
        for (number, note) in (1..).zip(&table.notes) {
            let stays = number < table.notes.len();
            self.blocks.push(Block::Note { number, text: sanitise::line(note).into_owned(), stays });
        }
        if is_landscape {
            self.blocks.push(Block::Paper { is_landscape: true });
        }
        for chart in charts {
            self.chart(chart, table.lang);
        }
        Ok(())
    }

    fn chart(&mut self, chart: &'d Chart, lang: Lang) {
        self.charts.push(chart);
        let number = self.charts.len();
        let millimetres = match chart.kind {
            ChartKind::Bars => (chart.labels.len() * (3 + 4 * chart.series.len()) + 15).clamp(40, 200),
            ChartKind::Columns | ChartKind::Line => 80,
        };
        let title = sanitise::line(&chart.title).into_owned();
        self.blocks.push(Block::Chart {
            number,
            width: 15 * CENTIMETRE,
            height: millimetres * CENTIMETRE / 10,
            title: title.clone(),
            description: picture::description(chart, lang),
        });
        let word = lang.pick("Figure ", "图");
        self.blocks.push(Block::Caption { word, number, text: title, style: "FigureCaption" });
    }
}

/// A heading with its number, as the program that opens the document will show it.
fn numbered(number: usize, heading: &str, lang: Lang) -> String {
    let heading = sanitise::line(heading);
    lang.pick(format!("{number}. {heading}"), format!("{}、{heading}", chinese(number)))
}

/// A number up to 99 in Chinese.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: usize| DIGITS.get(digit).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

/// What a column needs, in columns of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Need {
    width: usize,
    /// What must not be broken.
    whole: usize,
}

/// What columns need, in twentieths of a point.
fn needs(columns: &[Need], letter: usize) -> Vec<usize> {
    columns.iter().map(|column| column.width * letter + SPACE).collect()
}

/// What each column needs: codes, dates and figures stay whole, a share may leave its parts for the next line.
fn columns(page: &Page<'_>) -> io::Result<Vec<Need>> {
    let table = page.table;
    // A label takes two lines before its column grows, and its words are not broken.
    let head =
        |label: String| (wrap::width(&label) + 1).div_ceil(2).max(wrap::narrowest(&label)).max(WIDTHS.0);
    let mut columns: Vec<Need> = table
        .columns
        .iter()
        .map(|column| Need { width: head(cell::head(column, table)), whole: 0 })
        .collect();
    let mut widen = |cells: &[Cell]| {
        for ((need, column), it) in columns.iter_mut().zip(&table.columns).zip(cells) {
            let text = cell::cell(it, table);
            need.width = need.width.max(breadth(&text));
            let whole = match column.kind {
                Kind::Share => wrap::narrowest(&text),
                Kind::Name | Kind::Coded | Kind::Text | Kind::Mixed => 0,
                _ => breadth(&text),
            };
            need.whole = need.whole.max(whole);
        }
        Ok(())
    };
    page.rows.each(&mut widen)?;
    if let Some(total) = &table.total {
        widen(total)?;
    }
    let clamped = |width: usize| (width + 1).clamp(WIDTHS.0, WIDTHS.1);
    Ok(columns.iter().map(|it| Need { width: clamped(it.width), whole: clamped(it.whole) }).collect())
}

/// The width of a text in columns: a capital takes half as much again as a digit.
fn breadth(text: &str) -> usize {
    wrap::width(text) + text.chars().filter(char::is_ascii_uppercase).count() / 2
}

/// The table in a width: where columns need less, they share the rest; where they need more, letters become smaller and
/// then the widest columns give way.
fn table_block(page: &Page<'_>, columns: &[Need], width: usize) -> io::Result<TableBlock> {
    let table = page.table;
    let mut needs_of = needs(columns, LETTER);
    let is_small = needs_of.iter().sum::<usize>() > width;
    if is_small {
        needs_of = needs(columns, SMALL);
    }
    while needs_of.iter().sum::<usize>() > width {
        let floor = |column: &Need| (column.whole * SMALL + SPACE).max(NARROWEST);
        let giving = needs_of.iter_mut().zip(columns).filter(|(need, column)| **need > floor(column));
        let Some(widest) = giving.map(|(need, _)| need).max() else { break };
        *widest -= 20;
    }
    let needed = needs_of.iter().sum::<usize>().max(1);
    // Few narrow columns do not look better for being drawn apart.
    let width = width.min(needed * 2).max(needed);
    let widths: Vec<usize> = needs_of.iter().map(|need| need * width / needed).collect();
    let is_right = cell::are_right(page)?;
    let row = |texts: Vec<String>, is_head: bool, is_bold: bool| Row {
        cells: texts
            .into_iter()
            .zip(&is_right)
            .map(|(text, is_right)| CellText { text, is_right: *is_right })
            .collect(),
        is_head,
        is_bold,
        stays: false,
    };
    let heads = table.columns.iter().map(|column| cell::head(column, table)).collect();
    let mut rows = vec![row(heads, true, true)];
    page.rows.each(&mut |cells| {
        rows.push(row(texts(cells, table), false, false));
        Ok(())
    })?;
    if let Some(total) = &table.total {
        rows.push(row(cell::total(total, table), false, true));
    }
    // A short table stands on one page with its first note; of a long one no row stands alone at either end.
    let last = rows.len() - 1;
    let stays = |at: usize| rows_stay(at, last) && (at < last || !table.notes.is_empty());
    (0..).zip(&mut rows).for_each(|(at, row)| row.stays = stays(at));
    Ok(TableBlock { width: widths.iter().sum(), widths, rows, is_small })
}

/// Whether a row stays with the next.
fn rows_stay(at: usize, last: usize) -> bool {
    last < SHORT || at < KEPT || at + KEPT >= last
}

fn texts(cells: &[Cell], table: &Table) -> Vec<String> {
    cells.iter().map(|it| cell::cell(it, table).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_counted_in_chinese() {
        let numbers: Vec<String> = [1, 9, 10, 11, 20, 35, 99].map(chinese).into();
        assert_eq!(numbers, ["一", "九", "十", "十一", "二十", "三十五", "九十九"]);
        assert_eq!(numbered(3, "诉求", Lang::Zh), "三、诉求");
        assert_eq!(numbered(3, "Needs", Lang::En), "3. Needs");
    }

    #[test]
    fn a_title_stands_on_the_paper_of_its_table_and_the_last_paper_is_the_documents() {
        let mut table = Table::new("due", "Due", Lang::En, "CNY");
        for at in 0..12 {
            table = table.column(format!("code{at}"), "Code", Kind::Id);
        }
        table.row((0..12).map(|_| Cell::Text("91440114DEM000012X".to_owned())).collect());
        let made = Document::of(&[Page::of(&table)], "2024-03-01".parse().unwrap(), Lang::En);
        let Blocks { all, is_landscape, .. } = blocks(&made).unwrap();
        assert!(is_landscape && matches!(all[0], Block::Title { is_page: false, .. }));
        assert!(!all.iter().any(|block| matches!(block, Block::Paper { .. })));
    }

    #[test]
    fn no_row_of_a_long_table_stands_alone() {
        let stay = |last: usize| (0..=last).filter(|at| rows_stay(*at, last)).collect::<Vec<_>>();
        assert_eq!(stay(30), [0, 1, 2, 27, 28, 29, 30]);
        assert_eq!(stay(5), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_table_wider_than_paper_gives_way_in_its_texts_and_not_in_its_codes() {
        let mut table = Table::new("t", "T", Lang::Zh, "CNY").column("id", "编号", Kind::Id);
        for at in 0..8 {
            table = table.column(format!("text{at}"), "内容", Kind::Text);
        }
        let text = || Cell::Text("很长的内容".repeat(20));
        let mut row = vec![Cell::Text("91440114DEM000012X".to_owned())];
        row.extend((0..8).map(|_| text()));
        table.row(row);
        let page = Page::of(&table);
        let columns = columns(&page).unwrap();
        assert_eq!((columns[0].width, columns[1].width), (21, 36));
        let block = table_block(&page, &columns, ACROSS).unwrap();
        assert!(block.is_small && block.width <= ACROSS, "{}", block.width);
        assert!(block.widths[0] >= 21 * SMALL + SPACE);
        assert!(block.widths[1..].iter().all(|width| *width >= NARROWEST));
        // The parts of a share may stand below it, and are not broken.
        let mut shares = Table::new("t", "T", Lang::En, "CNY");
        for at in 0..9 {
            shares = shares.column(format!("share{at}"), "Growth", Kind::Share);
        }
        let share = Cell::Share(crate::model::share::Share::of(61_769_700, 220_606_200));
        shares.row(vec![share; 9]);
        let needed = super::columns(&Page::of(&shares)).unwrap();
        assert_eq!(needed[0], Need { width: 32, whole: 25 });
        let block = table_block(&Page::of(&shares), &needed, ACROSS).unwrap();
        assert!(block.widths.iter().all(|width| *width >= 25 * SMALL + SPACE));
    }
}
