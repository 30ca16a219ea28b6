//! A document as one page that needs nothing else: no network, no script; light and dark; printed on A4.

use std::io::{self, Write};

use askama::Template;

use super::svg::{Drawing, drawing};
use super::{cell, sanitise};
use crate::report::document::{Document, Section};
use crate::report::table::{Cell, Kind, Page};
use crate::text;

/// The whole page.
#[derive(Template)]
#[template(path = "html/page.html")]
struct Html {
    lang: &'static str,
    title: String,
    style: &'static str,
    facts: Vec<(String, String)>,
    basis: Vec<String>,
    has_contents: bool,
    contents: &'static str,
    sections: Vec<SectionHtml>,
    reasons: Vec<ReasonHtml>,
    back: &'static str,
    /// Says how many figures have no reasons in the page.
    without: Option<String>,
}

/// The reasons of a figure.
struct ReasonHtml {
    number: usize,
    /// Where the figure stands.
    anchor: String,
    tables: Vec<TableHtml>,
}

struct SectionHtml {
    heading: Option<String>,
    lead: String,
    tables: Vec<TableHtml>,
}

struct TableHtml {
    anchor: String,
    title: String,
    heads: Vec<HeadHtml>,
    rows: Vec<Vec<CellHtml>>,
    total: Option<Vec<CellHtml>>,
    no_rows: &'static str,
    notes: Vec<String>,
    drawings: Vec<Drawing>,
    /// Printed across.
    is_wide: bool,
    /// Not broken by a page.
    is_short: bool,
}

struct HeadHtml {
    text: String,
    is_right: bool,
}

struct CellHtml {
    text: String,
    class: &'static str,
    /// The reasons of the figure.
    reason: Option<usize>,
}

/// A table of more columns is printed across.
const UPRIGHT: usize = 9;

/// A table of no more rows stands on one page.
const SHORT: usize = 26;

/// The document as HTML.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    let html = Html {
        lang: document.lang.pick("en", "zh-CN"),
        title: sanitise::line(&document.title).into_owned(),
        style: include_str!("style.css").trim_ascii_end(),
        facts: cell::facts(document),
        basis: document.basis_lines().iter().map(|line| sanitise::line(line).into_owned()).collect(),
        has_contents: document.parts().count() > 1,
        contents: document.lang.pick("Contents", "目录"),
        sections: sections(document)?,
        reasons: reasons(document)?,
        back: document.lang.pick("Back to the table", "返回表格"),
        without: without(document),
    };
    html.write_into(&mut { out }).map_err(io::Error::other)?;
    Ok(())
}

fn sections(document: &Document<'_>) -> io::Result<Vec<SectionHtml>> {
    let mut number = 0;
    let told = document.sections.iter().filter(|section| !section.parts.is_empty());
    let html = told.map(|section: &Section<'_>| {
        let tables = section.parts.iter().map(|part| {
            number += 1;
            let reason = |row, column| document.reasons.of.get(&(number - 1, row, column)).copied();
            let table = table(&part.page, &format!("t{number}"), &reason)?;
            let drawings = (1..)
                .zip(&part.charts)
                .map(|(at, chart)| drawing(chart, &format!("t{number}c{at}"), document.lang));
            Ok(TableHtml { drawings: drawings.collect(), ..table })
        });
        Ok(SectionHtml {
            heading: section.heading.clone(),
            tables: tables.collect::<io::Result<_>>()?,
            lead: cell::sentence(section),
        })
    });
    html.collect()
}

/// The pages of reasons, each of which a figure leads to.
fn reasons(document: &Document<'_>) -> io::Result<Vec<ReasonHtml>> {
    let pages = document.reasons.pages.iter().enumerate().map(|(number, page)| {
        let tables = page.tables.iter().enumerate();
        let tables = tables.map(|(at, it)| table(&Page::of(it), &format!("w{number}t{at}"), &|_, _| None));
        let anchor = format!("t{}", page.table + 1);
        Ok(ReasonHtml { number, anchor, tables: tables.collect::<io::Result<_>>()? })
    });
    pages.collect()
}

fn without(document: &Document<'_>) -> Option<String> {
    let without = document.reasons.without;
    let text = text!(
        "{without} figures have no reasons in this page, which would become too large; `--why` shows them",
        "另有{without}个数因篇幅未附追溯，可用 --why 查看"
    );
    (without > 0).then(|| text.into(document.lang))
}

type Reason<'d> = dyn Fn(usize, usize) -> Option<usize> + 'd;

fn table(page: &Page<'_>, anchor: &str, reason: &Reason<'_>) -> io::Result<TableHtml> {
    let Page { table, rows: all } = *page;
    let is_right = cell::are_right(page)?;
    let class = |at: usize| match (is_right[at], table.columns[at].kind) {
        (true, _) => "r",
        (false, Kind::Id | Kind::Date) => "id",
        _ => "",
    };
    let one = |row: usize, texts: Vec<String>| {
        let cells = texts.into_iter().enumerate();
        cells
            .map(|(at, text)| CellHtml { text, class: class(at), reason: reason(row, at) })
            .collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    all.each(&mut |row: &[Cell]| {
        let texts = row.iter().map(|it| cell::cell(it, table).into_owned()).collect();
        rows.push(one(rows.len(), texts));
        Ok(())
    })?;
    let heads = table.columns.iter().zip(&is_right);
    Ok(TableHtml {
        anchor: anchor.to_owned(),
        title: sanitise::line(&table.title).into_owned(),
        heads: heads
            .map(|(it, is_right)| HeadHtml { text: cell::head(it, table), is_right: *is_right })
            .collect(),
        total: table.total.as_ref().map(|total| one(rows.len(), cell::total(total, table))),
        no_rows: cell::no_rows(table.lang),
        notes: table.notes.iter().map(|note| sanitise::line(note).into_owned()).collect(),
        drawings: Vec::new(),
        is_wide: table.columns.len() > UPRIGHT,
        is_short: rows.len() <= SHORT,
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;
    use crate::render::sample;

    fn page(lang: Lang) -> String {
        let tables = [sample::by_industry(lang), sample::roster(lang), sample::empty(lang)];
        let day = "2024-03-01".parse().unwrap();
        sample::written(&tables, |pages, out| write(&Document::of(pages, day, lang), out))
    }

    #[test]
    fn a_table_has_heads_a_total_and_notes_and_says_when_it_is_empty() {
        let page = page(Lang::Zh);
        for part in [
            "<html lang=\"zh-CN\">",
            "<h1>按行业</h1>",
            "<a href=\"#t2\">企业名单</a>",
            "<th scope=\"col\" class=\"r\">企业数</th>",
            "<th scope=\"row\">汽车</th>",
            "<td class=\"r\">2.8 % (31/1,104)</td>",
            "<th scope=\"row\">合计</th>",
            "<li>1家企业未填报营业收入</li>",
            "<p>暂无数据</p>",
        ] {
            assert!(page.contains(part), "{part} is not in\n{page}");
        }
    }

    #[test]
    fn nothing_that_is_typed_becomes_markup_or_calls_the_network() {
        let mut table = sample::roster(Lang::En);
        table.title = "<script>alert(1)</script>".to_owned();
        table.rows[0][1] = Cell::Text("</td><img src=x onerror=\"y\">&amp;\u{0}\u{b}".to_owned());
        let day = "2024-03-01".parse().unwrap();
        let page = sample::written(&[table], |pages, out| write(&Document::of(pages, day, Lang::En), out));
        for part in ["<script", "<img", "http:", "https:", "url(", "@import", "\u{0}", "\u{b}", "\u{202e}"] {
            assert!(!page.contains(part), "{part:?} is in\n{page}");
        }
        assert!(page.contains("&#60;/td&#62;&#60;img src=x onerror=&#34;y&#34;&#62;&#38;amp;␀␋"), "{page}");
    }
}
