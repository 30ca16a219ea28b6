//! A chart as shapes in pixels: what a drawing in SVG is made of.

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{picture, sanitise, wrap};
use crate::model::lang::Lang;
use crate::report::chart::{Chart, ChartKind};

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "html/chart.svg")]
pub struct Drawing {
    /// What tells it from the other drawings of a page.
    id: String,
    title: String,
    description: String,
    width: i64,
    height: i64,
    rules: Vec<Rule>,
    bars: Vec<Bar>,
    lines: Vec<Polyline>,
    words: Vec<Word>,
    keys: Vec<Key>,
}

/// A thin line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    x1: i64,
    y1: i64,
    x2: i64,
    y2: i64,
}

/// A bar in the colour of its series.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bar {
    series: usize,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    /// What it stands for, shown where the pointer rests.
    says: String,
}

/// A line through points.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Polyline {
    series: usize,
    points: String,
}

/// A word at a place: `start`, `middle` or `end` of it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    x: i64,
    y: i64,
    anchor: &'static str,
    text: String,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    series: usize,
    x: i64,
    y: i64,
    name: String,
}

/// The width of a drawing.
const WIDTH: i64 = 680;

/// The pixels of a column of text: a Latin letter or half a Chinese sign.
const LETTER: i64 = 7;

/// The distance of two lines of text.
const LINE: i64 = 16;

/// The widest line of a label beside a bar, in columns of text, and the height of one; there are at most two.
const WIDEST_LABEL: usize = 32;
const LABEL_LINE: i64 = 13;

/// The height of the plot of upright columns and lines.
const PLOT: i64 = 220;

/// Draws a chart.
pub fn drawing(chart: &Chart, id: &str, lang: Lang) -> Drawing {
    let mut drawing = Drawing {
        id: id.to_owned(),
        title: sanitise::line(&chart.title).into_owned(),
        description: picture::description(chart, lang),
        width: WIDTH,
        height: 8,
        rules: Vec::new(),
        bars: Vec::new(),
        lines: Vec::new(),
        words: Vec::new(),
        keys: Vec::new(),
    };
    match chart.kind {
        ChartKind::Bars => drawing.draw_bars(chart),
        ChartKind::Columns => drawing.draw_columns(chart),
        ChartKind::Line => drawing.draw_lines(chart),
    }
    if chart.series.len() > 1 {
        drawing.draw_keys(chart);
    }
    drawing
}

impl Drawing {
    /// What people read above it.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// Values along a stretch of pixels.
struct Scale {
    least: Decimal,
    range: Decimal,
    pixels: i64,
}

impl Scale {
    fn of(chart: &Chart, pixels: i64) -> Self {
        let (least, most) = chart.reach();
        Self { least, range: most.checked_sub(least).unwrap_or(Decimal::ONE), pixels }
    }

    /// How far a value lies from the least.
    fn at(&self, value: Decimal) -> i64 {
        let part = value.checked_sub(self.least).and_then(|over| over.checked_div(self.range));
        let pixels = part.and_then(|part| part.checked_mul(Decimal::from(self.pixels)));
        pixels.and_then(|pixels| pixels.round().to_i64()).unwrap_or(0)
    }

    fn zero(&self) -> i64 {
        self.at(Decimal::ZERO)
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn columns(pixels: i64) -> usize {
    usize::try_from(pixels / LETTER).unwrap_or(1).max(1)
}

/// The label of a place, its series, its value.
fn says(chart: &Chart, series: usize, at: usize) -> Option<(Decimal, String, String)> {
    let value = chart.series[series].values.get(at).copied().flatten()?;
    let shown = picture::value(value, chart);
    let label = sanitise::line(chart.labels.get(at)?);
    let says = if chart.series.len() > 1 {
        format!("{label} · {}: {shown}", sanitise::line(&chart.series[series].name))
    } else {
        format!("{label}: {shown}")
    };
    Some((value, shown, says))
}

impl Drawing {
    fn word(&mut self, x: i64, y: i64, anchor: &'static str, text: impl Into<String>) {
        self.words.push(Word { x, y, anchor, text: text.into() });
    }

    fn rule(&mut self, x1: i64, y1: i64, x2: i64, y2: i64) {
        self.rules.push(Rule { x1, y1, x2, y2 });
    }

    fn draw_bars(&mut self, chart: &Chart) {
        const BAR: i64 = 18;
        const GAP: i64 = 10;
        const VALUE: i64 = 64;
        let widest = chart.labels.iter().map(|label| wrap::width(&sanitise::line(label))).max().unwrap_or(0);
        let left = count(widest.min(WIDEST_LABEL)) * LETTER + 12;
        let has_negative = chart.reach().0 < Decimal::ZERO;
        let left = left + if has_negative { VALUE } else { 0 };
        let scale = Scale::of(chart, WIDTH - left - VALUE);
        let top = self.height;
        for (at, label) in chart.labels.iter().enumerate() {
            let y = self.height;
            let label = wrap::shortened(&sanitise::line(label), WIDEST_LABEL * 2 - 8);
            let mut lines = wrap::lines(&label, WIDEST_LABEL);
            lines.truncate(2);
            let middle =
                y + BAR * count(chart.series.len()) / 2 + 4 - LABEL_LINE * (count(lines.len()) - 1) / 2;
            for (line, text) in (0..).zip(lines) {
                let right = left - 8 - if has_negative { VALUE } else { 0 };
                self.word(right, middle + LABEL_LINE * line, "end", text);
            }
            for series in 0..chart.series.len() {
                let y = y + count(series) * BAR;
                let Some((value, shown, says)) = says(chart, series, at) else { continue };
                let (from, to) = (scale.zero().min(scale.at(value)), scale.zero().max(scale.at(value)));
                let is_negative = value < Decimal::ZERO;
                let (x, anchor) =
                    if is_negative { (left + from - 5, "end") } else { (left + to + 5, "start") };
                self.bars.push(Bar { series, x: left + from, y, width: to - from, height: BAR - 2, says });
                self.word(x, y + 13, anchor, shown);
            }
            self.height += BAR * count(chart.series.len()) + GAP;
        }
        self.rule(left + scale.zero(), top, left + scale.zero(), self.height - GAP);
    }

    fn draw_columns(&mut self, chart: &Chart) {
        let scale = Scale::of(chart, PLOT);
        let (top, groups) = (self.height + LINE, count(chart.labels.len()).max(1));
        let group = (WIDTH - 16) / groups;
        let bar = (group * 3 / 4 / count(chart.series.len()).max(1)).clamp(2, 48);
        let bottom = top + PLOT;
        for at in 0..chart.labels.len() {
            let middle = 8 + group * count(at) + group / 2;
            let left = middle - bar * count(chart.series.len()) / 2;
            for series in 0..chart.series.len() {
                let Some((value, shown, says)) = says(chart, series, at) else { continue };
                let x = left + bar * count(series);
                let (high, low) = (scale.zero().max(scale.at(value)), scale.zero().min(scale.at(value)));
                self.bars.push(Bar { series, x, y: bottom - high, width: bar - 2, height: high - low, says });
                if count(wrap::width(&shown)) * LETTER <= bar + 16 {
                    self.word(x + bar / 2 - 1, bottom - high - 4, "middle", shown);
                }
            }
        }
        self.rule(8, bottom - scale.zero(), WIDTH - 8, bottom - scale.zero());
        self.height = bottom + 6;
        self.draw_labels(chart, group, 1);
    }

    fn draw_lines(&mut self, chart: &Chart) {
        let (least, most) = chart.reach();
        let ticks = [least, Decimal::ZERO, most].map(|value| (value, picture::value(value, chart)));
        let left = count(ticks.iter().map(|(_, text)| wrap::width(text)).max().unwrap_or(1)) * LETTER + 12;
        let scale = Scale::of(chart, PLOT);
        let (top, points) = (self.height + LINE, count(chart.labels.len()).max(1));
        let (step, bottom) = ((WIDTH - left - 16) / points, top + PLOT);
        for (value, text) in ticks {
            let y = bottom - scale.at(value);
            self.rule(left, y, WIDTH - 8, y);
            self.word(left - 6, y + 4, "end", text);
        }
        self.words.dedup();
        for series in 0..chart.series.len() {
            let mut run: Vec<String> = Vec::new();
            for at in 0..=chart.labels.len() {
                // A line does not go on where a value is missing.
                let Some((value, _, says)) = says(chart, series, at) else {
                    let points = std::mem::take(&mut run).join(" ");
                    self.lines.push(Polyline { series, points });
                    continue;
                };
                let (x, y) = (left + step * count(at) + step / 2, bottom - scale.at(value));
                run.push(format!("{x},{y}"));
                self.bars.push(Bar { series, x: x - 3, y: y - 3, width: 6, height: 6, says });
            }
        }
        self.lines.retain(|line| !line.points.is_empty());
        self.height = bottom + 6;
        let widest = chart.labels.iter().map(|label| wrap::width(label)).max().unwrap_or(1);
        let every = (count(widest.min(14)) * LETTER + 12 + step - 1) / step.max(1);
        self.draw_labels_from(chart, left, step, usize::try_from(every.max(1)).unwrap_or(1));
    }

    fn draw_labels(&mut self, chart: &Chart, group: i64, every: usize) {
        self.draw_labels_from(chart, 8, group, every);
    }

    /// The labels below a plot, each on as few lines as it takes, every so many.
    fn draw_labels_from(&mut self, chart: &Chart, left: i64, group: i64, every: usize) {
        const MOST_LINES: usize = 3;
        let room = columns(group * count(every) - 6);
        let mut deepest = 1;
        for (at, label) in chart.labels.iter().enumerate().step_by(every) {
            let label = sanitise::line(label);
            let lines = wrap::lines(&wrap::shortened(&label, room * MOST_LINES), room);
            deepest = deepest.max(lines.len().min(MOST_LINES + 1));
            for (line, text) in lines.iter().take(MOST_LINES + 1).enumerate() {
                let x = left + group * count(at) + group / 2;
                self.word(x, self.height + LINE * count(line) + 12, "middle", text.clone());
            }
        }
        self.height += LINE * count(deepest) + 8;
    }

    fn draw_keys(&mut self, chart: &Chart) {
        let mut x = 8;
        for (series, it) in chart.series.iter().enumerate() {
            let name = sanitise::line(&it.name).into_owned();
            let width = count(wrap::width(&name)) * LETTER + 34;
            self.keys.push(Key { series: series % picture::COLORS.len(), x, y: self.height + 4, name });
            x += width;
        }
        self.height += LINE + 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::Series;
    use crate::report::table::Kind;

    fn chart(kind: ChartKind, labels: &[&str], values: &[&[Option<i64>]]) -> Chart {
        let series = |(column, values): (usize, &&[Option<i64>])| Series {
            name: format!("series {column}"),
            values: values.iter().map(|value| value.map(Decimal::from)).collect(),
            column,
        };
        Chart {
            title: "T".to_owned(),
            kind,
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            series: (1..).zip(values).map(series).collect(),
            holds: Kind::Count,
            label_columns: 0..1,
            unprinted: None,
            rows: 0..labels.len(),
            lang: crate::model::lang::Lang::En,
            currency: "CNY".to_owned(),
        }
    }

    fn places(drawing: &Drawing) -> Vec<(i64, i64)> {
        drawing.bars.iter().map(|bar| (bar.x, bar.x + bar.width)).collect()
    }

    #[test]
    fn bars_of_negative_figures_go_the_other_way_from_one_line() {
        let drawing = drawing(
            &chart(ChartKind::Bars, &["a", "b", "c"], &[&[Some(10), None, Some(-10)]]),
            "c",
            Lang::En,
        );
        let zero = drawing.rules[0].x1;
        let [(from, right), (left, to)] = places(&drawing)[..] else { panic!("{:?}", drawing.bars) };
        assert_eq!((from, to), (zero, zero));
        assert!((right - zero).abs_diff(zero - left) <= 1 && left > 0 && right < WIDTH);
        assert_eq!(drawing.description, "T. series 1: a 10, b –, c -10.");
    }

    #[test]
    fn nothing_lies_outside_however_long_the_names_are() {
        let name = "名称很长的企业".repeat(9);
        for kind in [ChartKind::Bars, ChartKind::Columns, ChartKind::Line] {
            let labels = [name.as_str(); 12];
            let drawing =
                drawing(&chart(kind, &labels, &[&[Some(1_000_000); 12], &[Some(-5); 12]]), "c", Lang::Zh);
            for bar in &drawing.bars {
                assert!(bar.x >= 0 && bar.x + bar.width <= WIDTH && bar.y + bar.height <= drawing.height);
            }
            for word in &drawing.words {
                let width = count(wrap::width(&word.text)) * LETTER;
                let left = match word.anchor {
                    "end" => word.x - width,
                    "middle" => word.x - width / 2,
                    _ => word.x,
                };
                assert!(left >= -8 && left + width <= WIDTH + 24, "{kind:?} {word:?}");
                assert!(word.y <= drawing.height, "{kind:?} {word:?}");
            }
        }
    }

    #[test]
    fn a_line_stops_where_a_value_is_missing() {
        let values = [Some(1), Some(2), None, Some(3), Some(4)];
        let drawing = drawing(&chart(ChartKind::Line, &["a", "b", "c", "d", "e"], &[&values]), "c", Lang::En);
        assert_eq!(drawing.lines.len(), 2);
    }
}
