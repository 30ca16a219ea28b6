//! How large an enterprise is, by the limits the programme sets for its class of industry.

use super::view::View;
use crate::model::amount::Amount;
use crate::model::enterprise::Enterprise;
use crate::model::shape::choice;
use crate::model::word::SizeRule;

choice! {
    /// The size of an enterprise.
    pub enum Size {
        /// Large.
        Large = "large", "large", "大型";
        /// Medium.
        Medium = "medium", "medium", "中型";
        /// Small.
        Small = "small", "small", "小型";
        /// Micro.
        Micro = "micro", "micro", "微型";
    }
}

/// Why an enterprise has no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsized {
    /// No limits are set for its class, or its class is not recorded.
    NoLimits,
    /// It has reported no full year.
    NoFigures,
    /// Its last full year lacks a figure there are limits for.
    Incomplete,
}

/// The size of an enterprise by the figures of the last full year up to `year` that it reported: the worst over
/// the metrics of the rule, all of which must be known. With the year.
pub fn size(view: &View, enterprise: &Enterprise, year: i32) -> Result<(Size, i32), Unsized> {
    let rule = rule_of(view, enterprise).ok_or(Unsized::NoLimits)?;
    let years =
        enterprise.indicators.iter().filter_map(|(period, figures)| Some((period.full_year()?, figures)));
    let reported = years.filter(|(it, figures)| *it <= year && !figures.is_empty());
    let (last, figures) = reported.max_by_key(|(year, _)| *year).ok_or(Unsized::NoFigures)?;
    let ranks: Option<Vec<usize>> = rule
        .limits
        .iter()
        .map(|(metric, limits)| figures.get(metric.as_str()).map(|value| rank(*value, limits)))
        .collect();
    let worst = ranks.ok_or(Unsized::Incomplete)?.into_iter().max();
    let size = worst.and_then(|worst| Size::ALL.get(worst).copied());
    Ok((size.ok_or(Unsized::NoLimits)?, last))
}

/// The limits that are set for the class of an enterprise.
pub fn rule_of<'r>(view: &View<'r>, enterprise: &Enterprise) -> Option<&'r SizeRule> {
    view.records.programme.sizes.iter().find(|rule| applies(rule, enterprise))
}

fn applies(rule: &SizeRule, enterprise: &Enterprise) -> bool {
    rule.classes.is_empty()
        || enterprise
            .class
            .as_ref()
            .is_some_and(|class| rule.classes.iter().any(|wider| class.is_within(wider)))
}

/// How many of the limits, highest first, the value falls short of.
fn rank(value: Amount, limits: &[Amount]) -> usize {
    let below = limits.iter().position(|limit| value >= *limit).unwrap_or(limits.len());
    below.min(Size::ALL.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Store;

    fn of(class: &str, figures: &str) -> Result<Size, Unsized> {
        let store = Store::new().enterprise("a", &format!("class = \"{class}\"\n{figures}"));
        let view = store.view();
        size(&view, &view.records.enterprises["a"], 2022).map(|(size, _)| size)
    }

    #[test]
    fn is_the_worst_over_the_metrics_of_its_class() {
        let figures = "[indicators.2022]\nemployees = 1200\nrevenue = 15000000";
        assert_eq!(of("C", figures), Ok(Size::Small));
        assert_eq!(of("C36", "[indicators.2022]\nemployees = 1000\nrevenue = 400000000"), Ok(Size::Large));
        assert_eq!(of("C36", "[indicators.2022]\nemployees = 5\nrevenue = 400000000"), Ok(Size::Micro));
    }

    #[test]
    fn is_not_known_without_a_class_that_has_limits_or_without_a_figure() {
        assert_eq!(
            of("J", "[indicators.2022]\nemployees = 1200\nrevenue = 15000000"),
            Err(Unsized::NoLimits)
        );
        assert_eq!(of("C", "[indicators.2022]\nemployees = 1200"), Err(Unsized::Incomplete));
        assert_eq!(of("C", ""), Err(Unsized::NoFigures));
    }

    #[test]
    fn is_taken_from_the_last_full_year_reported_not_later() {
        let years = "[indicators.2021]\nemployees = 300\nrevenue = 20000000\n[indicators.2023]\nemployees = 2000\nrevenue = 900000000\n[indicators.2022-Q3]\nemployees = 2";
        assert_eq!(of("C", years), Ok(Size::Medium));
    }
}
