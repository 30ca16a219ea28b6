//! A chart that Word draws, and the workbook its figures are edited in.

use std::io;

use askama::Template;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::render::{picture, sanitise, xlsx};
use crate::report::chart::{Chart, ChartKind};

/// The chart as XML.
#[derive(Template)]
#[template(path = "docx/chart.xml")]
pub struct Xml {
    is_line: bool,
    is_bars: bool,
    has_negative: bool,
    /// How values are shown.
    number_format: &'static str,
    labels: Vec<String>,
    series: Vec<SeriesXml>,
    /// The last row of the workbook.
    last: usize,
}

struct SeriesXml {
    name: String,
    color: String,
    /// The letter of its column in the workbook.
    column: char,
    /// The values that there are, with their places.
    values: Vec<(usize, String)>,
}

/// Where the workbook lies.
#[derive(Template)]
#[template(path = "docx/chart.rels")]
pub struct Relations {
    pub number: usize,
}

impl Xml {
    pub fn of(chart: &Chart) -> Self {
        let series = chart.series.iter().zip(('B'..='Z').zip(picture::COLORS.iter().cycle()));
        let series = series.map(|(series, (column, color))| {
            let values = series.values.iter().enumerate();
            let values =
                values.filter_map(|(at, value)| value.map(|value| (at, value.normalize().to_string())));
            SeriesXml {
                name: sanitise::line(&series.name).into_owned(),
                color: format!("{color:06X}"),
                column,
                values: values.collect(),
            }
        });
        Self {
            is_line: chart.kind == ChartKind::Line,
            is_bars: chart.kind == ChartKind::Bars,
            has_negative: chart.reach().0 < rust_decimal::Decimal::ZERO,
            number_format: picture::number_format(chart),
            series: series.collect(),
            labels: chart.labels.iter().map(|label| sanitise::line(label).into_owned()).collect(),
            last: chart.labels.len() + 1,
        }
    }
}

/// A sheet with the labels in its first column and a series in each other.
pub fn workbook(chart: &Chart, day: chrono::NaiveDate) -> io::Result<Vec<u8>> {
    written(chart, day).map_err(xlsx::failed)
}

fn written(chart: &Chart, day: chrono::NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&xlsx::properties(day)?);
    let sheet = book.add_worksheet().set_name("Sheet1")?;
    for (row, label) in (1..).zip(&chart.labels) {
        sheet.write_string(row, 0, sanitise::line(label))?;
    }
    for (column, series) in (1..).zip(&chart.series) {
        sheet.write_string(0, column, sanitise::line(&series.name))?;
        for (row, value) in (1..).zip(&series.values) {
            if let Some(Ok(value)) = value.map(|value| value.to_string().parse::<f64>()) {
                sheet.write_number(row, column, value)?;
            }
        }
    }
    book.save_to_buffer()
}
