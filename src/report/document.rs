//! A document between reports and formats: title, sections, tables with their charts and notes.

use chrono::NaiveDate;

pub use super::basis::Basis;
use super::chart::{Chart, ChartKind, charts};
use super::reasons::Reasons;
use super::table::{Cell, Page, Table};
use crate::model::lang::Lang;

/// What is handed over in one piece.
#[derive(Clone)]
pub struct Document<'r> {
    /// What people read on its first line.
    pub title: String,
    /// What its title page says below the title; without any there is no title page.
    pub facts: Vec<(String, Cell)>,
    /// The last day that counts: the same document is made for the same day.
    pub day: NaiveDate,
    /// What its figures rest on; none where nothing is counted.
    pub basis: Option<Basis>,
    /// The language of what it says between its tables.
    pub lang: Lang,
    /// Its sections, in order.
    pub sections: Vec<Section<'r>>,
    /// What its figures are made of, for formats that can lead there.
    pub reasons: Reasons,
}

/// A part of a document under a heading of its own.
#[derive(Clone, Default)]
pub struct Section<'r> {
    /// The heading; none where the title says enough.
    pub heading: Option<String>,
    /// A sentence made from the figures; empty if there is none.
    pub lead: Vec<Piece>,
    /// The tables; none where people write.
    pub parts: Vec<Part<'r>>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A figure, rounded and grouped as in a table.
    Figure(Cell),
}

/// A table with its charts.
#[derive(Clone)]
pub struct Part<'r> {
    /// The table.
    pub page: Page<'r>,
    /// What is drawn of it.
    pub charts: Vec<Chart>,
}

impl<'r> Part<'r> {
    /// Whether a line is drawn of it, which has gaps.
    pub fn has_line(&self) -> bool {
        self.charts.iter().any(|chart| chart.kind == ChartKind::Line)
    }

    /// A table and the charts that are drawn of its like.
    pub fn of(page: Page<'r>) -> Self {
        Self { page, charts: charts(page.table) }
    }
}

impl<'r> Document<'r> {
    /// Tables one after the other, under the title of the first.
    pub fn of(pages: &[Page<'r>], day: NaiveDate, lang: Lang) -> Self {
        let title = pages.first().map(|page| page.table.title.clone()).unwrap_or_default();
        let parts = pages.iter().copied().map(Part::of).collect();
        let section = Section { parts, ..Section::default() };
        let (facts, reasons) = (Vec::new(), Reasons::default());
        Self { title, facts, day, basis: None, lang, sections: vec![section], reasons }
    }

    /// What is said of all its figures.
    pub fn basis_lines(&self) -> Vec<String> {
        self.basis.as_ref().map(|basis| basis.lines(self.lang)).unwrap_or_default()
    }

    /// Draws a table that is not printed itself beside one that is.
    pub fn draw(&mut self, unprinted: &Table, beside: &str) {
        let drawn = || {
            charts(unprinted).into_iter().map(|chart| Chart { unprinted: Some(unprinted.clone()), ..chart })
        };
        let parts = self.sections.iter_mut().flat_map(|section| &mut section.parts);
        parts.filter(|part| part.page.table.id == beside).for_each(|part| part.charts.extend(drawn()));
    }

    /// Its tables, in order.
    pub fn parts(&self) -> impl Iterator<Item = &Part<'r>> {
        self.sections.iter().flat_map(|section| &section.parts)
    }

    /// Its tables without the charts.
    pub fn pages(&self) -> Vec<Page<'r>> {
        self.parts().map(|part| part.page).collect()
    }
}
