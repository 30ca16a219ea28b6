//! Charts of a sheet, drawn by the spreadsheet program from the cells of the table.

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisLabelPosition, ChartDataLabel, ChartEmptyCells, ChartFont,
    ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color,
    Worksheet, XlsxError,
};

use super::layout::{LINE_HEIGHT, Layout};
use super::value::{line, place};
use crate::model::lang::Lang;
use crate::render::{picture, sanitise, wrap};
use crate::report::chart::{Chart, ChartKind};

/// Where the table lies that charts are drawn from.
pub struct Ground<'s> {
    pub name: &'s str,
    pub head_row: u32,
    pub layout: &'s Layout,
    /// The first row that is free, and the height of all rows above it.
    pub below: u32,
    pub height: u32,
    pub paper: Paper,
    pub lang: Lang,
}

/// What fits on a page, in pixels of the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    pub height: u32,
    /// What is repeated on every page but the first.
    pub head: u32,
}

impl Paper {
    /// How far down something must move so that no page breaks it.
    fn shift(self, top: u32, height: u32) -> u32 {
        let later = self.height.saturating_sub(self.head).max(1);
        let (page_top, page) = if top < self.height {
            (0, self.height)
        } else {
            (self.height + (top - self.height) / later * later, later)
        };
        let bottom = page_top + page;
        if height <= later && top + height > bottom { bottom - top } else { 0 }
    }
}

pub const WIDTH: u32 = 640;

/// A workbook keeps no longer texts for those who cannot see a chart.
const LONGEST_ALT: usize = 255;

impl Ground<'_> {
    /// Where a column of the table begins.
    fn column(&self, column: usize) -> u16 {
        place(self.layout.places[column].first)
    }
}

/// The charts below each other.
pub fn draw(sheet: &mut Worksheet, charts: &[Chart], ground: &Ground<'_>) -> Result<(), XlsxError> {
    let mut row = ground.below + 1;
    let mut top = ground.height + LINE_HEIGHT;
    for chart in charts {
        let height = height(chart);
        let rows = ground.paper.shift(top, height).div_ceil(LINE_HEIGHT);
        row += rows;
        top += rows * LINE_HEIGHT;
        let mut drawing = drawing(chart, ground);
        drawing.set_width(WIDTH).set_height(height);
        sheet.insert_chart(row, 0, &drawing)?;
        let rows = height.div_ceil(LINE_HEIGHT) + 1;
        row += rows;
        top += rows * LINE_HEIGHT;
    }
    Ok(())
}

/// The height of a chart.
pub fn height(chart: &Chart) -> u32 {
    match chart.kind {
        ChartKind::Bars => (line(chart.labels.len()) * (12 + 18 * line(chart.series.len())) + 90).max(180),
        ChartKind::Columns | ChartKind::Line => 340,
    }
}

fn drawing(chart: &Chart, ground: &Ground<'_>) -> Drawing {
    let mut drawing = Drawing::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Columns => ChartType::Column,
        ChartKind::Line => ChartType::Line,
    });
    let (first, last) =
        (ground.head_row + 1 + line(chart.rows.start), ground.head_row + line(chart.rows.end));
    let number_format = picture::number_format(chart);
    for (series, color) in chart.series.iter().zip(picture::COLORS.iter().cycle()) {
        let at = ground.column(series.column);
        let drawn = drawing.add_series();
        drawn.set_categories((
            ground.name,
            first,
            ground.column(chart.label_columns.start),
            last,
            ground.column(chart.label_columns.end - 1),
        ));
        drawn.set_values((ground.name, first, at, last, at));
        drawn.set_name((ground.name, ground.head_row, at));
        drawn.set_format(ChartSolidFill::new().set_color(Color::RGB(*color)));
        match chart.kind {
            ChartKind::Line => {
                // A figure between two gaps is a point alone.
                let mut point = ChartMarker::new();
                point.set_type(ChartMarkerType::Circle).set_size(5);
                point.set_format(ChartSolidFill::new().set_color(Color::RGB(*color)));
                drawn.set_marker(&point);
                drawn.set_format(ChartLine::new().set_color(Color::RGB(*color)).set_width(2));
            }
            ChartKind::Bars | ChartKind::Columns => {
                drawn
                    .set_data_label(ChartDataLabel::new().show_value().set_num_format(number_format))
                    .set_gap(60);
            }
        }
    }
    let mut bold = ChartFont::new();
    bold.set_bold().set_size(12);
    drawing.title().set_name(sanitise::line(&chart.title).as_ref()).set_font(&bold);
    drawing.set_alt_text(wrap::shortened(&picture::description(chart, ground.lang), LONGEST_ALT));
    drawing.show_empty_cells_as(ChartEmptyCells::Gaps);
    axes(&mut drawing, chart, number_format);
    drawing
}

fn axes(drawing: &mut Drawing, chart: &Chart, number_format: &str) {
    if chart.series.len() > 1 {
        drawing.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        drawing.legend().set_hidden();
    }
    let has_negative = chart.reach().0 < rust_decimal::Decimal::ZERO;
    if chart.kind == ChartKind::Bars {
        // The first on top, as in the table; each bar says its value itself.
        drawing.y_axis().set_reverse();
        drawing.x_axis().set_num_format(number_format).set_major_gridlines(false).set_hidden(true);
    } else {
        drawing.x_axis().set_text_axis(true);
        drawing.y_axis().set_num_format(number_format);
    }
    if !has_negative {
        // A program left to itself begins where the least value is, and every difference looks large.
        let values = if chart.kind == ChartKind::Bars { drawing.x_axis() } else { drawing.y_axis() };
        values.set_min(0);
    }
    if has_negative {
        let labels = if chart.kind == ChartKind::Bars { drawing.y_axis() } else { drawing.x_axis() };
        labels.set_label_position(ChartAxisLabelPosition::Low);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_breaks_a_chart_that_fits_on_one() {
        let paper = Paper { height: 1000, head: 20 };
        assert_eq!(paper.shift(0, 300), 0);
        assert_eq!(paper.shift(700, 300), 0);
        assert_eq!(paper.shift(701, 300), 299);
        assert_eq!(paper.shift(1000, 300), 0);
        assert_eq!(paper.shift(1700, 300), 280);
        assert_eq!(paper.shift(990, 985), 0);
    }
}
