//! Charts on a terminal: bars and sparklines.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{picture, sanitise, wrap};
use crate::report::chart::{Chart, ChartKind, Series};

/// A terminal of fewer columns has no room for bars.
pub const NARROWEST: usize = 60;

/// Longer bars say no more.
const LONGEST: usize = 48;

/// The widest label.
const WIDEST_LABEL: usize = 24;

/// The steps of a sparkline.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The lines of a chart, in a width.
pub fn lines(chart: &Chart, width: usize) -> Vec<String> {
    let mut lines = vec![wrap::shortened(&sanitise::line(&chart.title), width)];
    match chart.kind {
        ChartKind::Line => lines.extend(sparklines(chart, width)),
        ChartKind::Bars | ChartKind::Columns => lines.extend(bars(chart, width)),
    }
    lines
}

/// A bar a value; of several series each bar has the sign of its own, and the last lines say whose it is.
fn bars(chart: &Chart, width: usize) -> Vec<String> {
    const SIGNS: [char; 4] = ['█', '░', '▓', '▒'];
    let labels: Vec<String> =
        chart.labels.iter().map(|label| wrap::shortened(&sanitise::line(label), WIDEST_LABEL)).collect();
    let widest = labels.iter().map(|label| wrap::width(label)).max().unwrap_or(0);
    let shown = |value: Decimal| picture::value(value, chart);
    let values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let value_width = values.map(|value| wrap::width(&shown(*value))).max().unwrap_or(0);
    let room = width.saturating_sub(widest + value_width + 2).clamp(1, LONGEST);
    let (least, most) = chart.reach();
    let most = most.max(-least);
    let mut lines = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        for (series, sign) in chart.series.iter().zip(SIGNS.iter().cycle()) {
            let label = if std::ptr::eq(series, &raw const chart.series[0]) { label.as_str() } else { "" };
            let label = format!("{label}{}", " ".repeat(widest - wrap::width(label)));
            let line = match series.values.get(at).copied().flatten() {
                Some(value) => {
                    let bar = sign.to_string().repeat(scaled(value.abs(), most, room));
                    let gap = if bar.is_empty() { "" } else { " " };
                    format!("{label} {bar}{gap}{}", shown(value))
                }
                None => format!("{label} {}", super::number::MISSING),
            };
            lines.push(line);
        }
    }
    if chart.series.len() > 1 {
        let legend = chart.series.iter().zip(SIGNS.iter().cycle());
        let legend = legend.map(|(series, sign)| format!("{sign} {}", sanitise::line(&series.name)));
        lines.push(legend.collect::<Vec<_>>().join("  "));
    }
    lines
}

/// How many of `room` a value is of the most; what is not zero is seen.
fn scaled(value: Decimal, most: Decimal, room: usize) -> usize {
    if value.is_zero() {
        return 0;
    }
    let part = value.checked_mul(Decimal::from(room)).and_then(|it| it.checked_div(most));
    part.and_then(|part| part.round().to_usize()).unwrap_or(0).clamp(1, room)
}

/// The least and the most of a series.
fn reach(series: &Series, chart: &Chart) -> Option<String> {
    let values = || series.values.iter().flatten();
    let [least, most] = [values().min()?, values().max()?].map(|value| picture::value(*value, chart));
    Some(if least == most { least } else { format!("{least} … {most}") })
}

/// A line a series: a step a value, from zero to the most, and the least and the most of them; below, the first and the last label.
fn sparklines(chart: &Chart, width: usize) -> Vec<String> {
    let names: Vec<_> = chart.series.iter().map(|series| sanitise::line(&series.name)).collect();
    let widest = names.iter().map(|name| wrap::width(name)).max().unwrap_or(0);
    let (_, most) = chart.reach();
    let lines = chart.series.iter().zip(&names).map(|(series, name)| {
        let step = |value: &Option<Decimal>| match value {
            None => ' ',
            Some(value) if most.is_zero() || value.is_zero() => STEPS[0],
            Some(value) => STEPS[scaled(value.abs(), most, STEPS.len()) - 1],
        };
        let steps: String = series.values.iter().map(step).take(width.saturating_sub(widest + 1)).collect();
        let reach = reach(series, chart)
            .filter(|reach| widest + 2 + steps.chars().count() + wrap::width(reach) < width);
        let reach = reach.map(|reach| format!(" {reach}")).unwrap_or_default();
        format!("{name}{} {steps}{reach}", " ".repeat(widest - wrap::width(name)))
    });
    let mut lines: Vec<String> = lines.collect();
    if let (Some(first), Some(last)) = (chart.labels.first(), chart.labels.last()) {
        let ends = format!("{} … {}", sanitise::line(first), sanitise::line(last));
        lines.push(format!("{} {ends}", " ".repeat(widest)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Kind;

    fn chart(kind: ChartKind, values: &[&[Option<i64>]]) -> Chart {
        let series = |(column, values): (usize, &&[Option<i64>])| Series {
            name: ["收集", "办结"][column].to_owned(),
            values: values.iter().map(|value| value.map(Decimal::from)).collect(),
            column,
        };
        Chart {
            title: "诉求".to_owned(),
            kind,
            labels: ["融资", "a", "很长很长很长很长很长很长很长的类别"].map(str::to_owned).into(),
            series: values.iter().enumerate().map(series).collect(),
            holds: Kind::Count,
            label_columns: 0..1,
            unprinted: None,
            rows: 0..3,
            lang: crate::model::lang::Lang::Zh,
            currency: "CNY".to_owned(),
        }
    }

    #[test]
    fn bars_are_as_long_as_their_figures_and_what_is_missing_has_none() {
        let shown = lines(&chart(ChartKind::Bars, &[&[Some(20), Some(1), None]]), 60).join("\n");
        let expected = "\
诉求
融资                    █████████████████████████████████ 20
a                       ██ 1
很长很长很长很长很长很… –";
        assert_eq!(shown, expected);
    }

    #[test]
    fn two_series_stand_below_each_other_with_a_legend() {
        let series: [&[Option<i64>]; 2] = [&[Some(4), Some(0), Some(-2)], &[Some(3), Some(0), Some(1)]];
        let shown = lines(&chart(ChartKind::Columns, &series), 40).join("\n");
        let expected = "\
诉求
融资                    █████████████ 4
                        ░░░░░░░░░░ 3
a                       0
                        0
很长很长很长很长很长很… ██████ -2
                        ░░░ 1
█ 收集  ░ 办结";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_course_is_a_sparkline_a_series() {
        let series: [&[Option<i64>]; 2] = [&[Some(8), Some(1), Some(4)], &[Some(0), None, Some(2)]];
        let shown = lines(&chart(ChartKind::Line, &series), 40).join("\n");
        let expected = "\
诉求
收集 █▁▄ 1 … 8
办结 ▁ ▂ 0 … 2
     融资 … 很长很长很长很长很长很长很长的类别";
        assert_eq!(shown, expected);
    }
}
