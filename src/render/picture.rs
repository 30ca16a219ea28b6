//! What every picture of a chart has: its colours, and words for who cannot see it.

use rust_decimal::Decimal;

use super::{number, sanitise};
use crate::model::lang::Lang;
use crate::report::chart::Chart;
use crate::report::table::Kind;

/// The colours of series, told apart by the colour-blind too and dark enough on white.
pub const COLORS: [u32; 4] = [0x1F_4E99, 0xC5_5A11, 0x2E_7D32, 0x6A_1B9A];

/// A value as it stands in a picture.
pub fn value(value: Decimal, chart: &Chart) -> String {
    match chart.holds {
        Kind::Share | Kind::Rate => number::rate(value),
        Kind::Amount => number::amount(value, chart.lang, &chart.currency),
        _ => number::number(value),
    }
}

/// How a program that draws the chart itself writes its values: large amounts of yuan in the unit a Chinese reader
/// expects, the point being put in because thousands are all a number format can leave out.
pub fn number_format(chart: &Chart) -> &'static str {
    let (least, most) = chart.reach();
    let most = most.max(-least);
    let in_yuan = chart.holds == Kind::Amount && chart.lang == Lang::Zh && chart.currency == "CNY";
    match chart.holds {
        Kind::Share | Kind::Rate => "0.0%",
        _ if in_yuan && most >= Decimal::from(100_000_000) => "0\\.00,,\"亿元\"",
        _ if in_yuan && most >= Decimal::from(10_000) => "0\\.0,\"万元\"",
        _ => "#,##0",
    }
}

/// The chart in words: what it shows, label by label.
pub fn description(chart: &Chart, lang: Lang) -> String {
    let series = chart.series.iter().map(|series| {
        let points = chart.labels.iter().zip(&series.values).map(|(label, it)| {
            let it = it.map_or_else(|| number::MISSING.to_owned(), |it| value(it, chart));
            format!("{} {it}", sanitise::line(label))
        });
        let points = points.collect::<Vec<_>>().join(lang.pick(", ", "，"));
        format!("{}{}{points}", sanitise::line(&series.name), lang.pick(": ", "："))
    });
    let series = series.collect::<Vec<_>>().join(lang.pick("; ", "；"));
    lang.pick(
        format!("{}. {series}.", sanitise::line(&chart.title)),
        format!("{}。{series}。", sanitise::line(&chart.title)),
    )
}
