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

/// The size of an enterprise by the figures of the last full year up to `year` that it reported: the worst over
/// the metrics of the rule, all of which must be known.
pub fn size(view: &View, enterprise: &Enterprise, year: i32) -> Option<Size> {
    let rule = view.records.programme.sizes.iter().find(|rule| applies(rule, enterprise))?;
    let figures = enterprise
        .indicators
        .iter()
        .filter(|(period, figures)| period.full_year().is_some_and(|it| it <= year) && !figures.is_empty())
        .max_by_key(|(period, _)| period.full_year())
        .map(|(_, figures)| figures)?;
    let ranks: Option<Vec<usize>> = rule
        .limits
        .iter()
        .map(|(metric, limits)| figures.get(metric.as_str()).map(|value| rank(*value, limits)))
        .collect();
    let worst = ranks?.into_iter().max()?;
    Size::ALL.get(worst).copied()
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

    fn of(class: &str, figures: &str) -> Option<Size> {
        let store = Store::new().enterprise("a", &format!("class = \"{class}\"\n{figures}"));
        let view = store.view();
        size(&view, &view.records.enterprises["a"], 2022)
    }

    #[test]
    fn is_the_worst_over_the_metrics_of_its_class() {
        let figures = "[indicators.2022]\nemployees = 1200\nrevenue = 15000000";
        assert_eq!(of("C", figures), Some(Size::Small));
        assert_eq!(of("C36", "[indicators.2022]\nemployees = 1000\nrevenue = 400000000"), Some(Size::Large));
        assert_eq!(of("C36", "[indicators.2022]\nemployees = 5\nrevenue = 400000000"), Some(Size::Micro));
    }

    #[test]
    fn is_not_known_without_a_class_that_has_limits_or_without_a_figure() {
        assert_eq!(of("J", "[indicators.2022]\nemployees = 1200\nrevenue = 15000000"), None);
        assert_eq!(of("C", "[indicators.2022]\nemployees = 1200"), None);
        assert_eq!(of("C", ""), None);
    }

    #[test]
    fn is_taken_from_the_last_full_year_reported_not_later() {
        let years = "[indicators.2021]\nemployees = 300\nrevenue = 20000000\n[indicators.2023]\nemployees = 2000\nrevenue = 900000000\n[indicators.2022-Q3]\nemployees = 2";
        assert_eq!(of("C", years), Some(Size::Medium));
    }
}
