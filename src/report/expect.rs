//! Figures an edition expects, beside what is counted.

use rust_decimal::Decimal;

use super::filter::Filter;
use super::summary::Summary;
use super::view::View;
use crate::model::edition::Edition;
use crate::model::finding::{Finding, Part, Place, RecordRef};
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::value::{KeyPath, Step};
use crate::text;

/// The expectations of every edition that are not met.
pub fn unmet(view: &View) -> Vec<Finding> {
    let expecting = view.records.editions.iter().filter(|(_, edition)| !edition.expect.is_empty());
    expecting.flat_map(|(id, edition)| unmet_of(view, id, edition)).collect()
}

/// Those of one edition.
pub fn unmet_of(view: &View, id: &EditionId, edition: &Edition) -> Vec<Finding> {
    let summary = Summary::of(view, &Filter::edition(id));
    let finding = |(index, expected): (usize, &crate::model::edition::Expectation)| {
        let asserted = expected.is.number();
        let figure = &expected.figure;
        let computed = summary.figure(figure).and_then(|it| it.value());
        if computed.is_some_and(|computed| agree(asserted, computed)) {
            return None;
        }
        let message = match computed {
            Some(computed) => {
                let difference = (computed - asserted).round_dp(4).normalize();
                let computed = computed.round_dp(4).normalize();
                text!(
                    "edition `{id}` expects `{figure}` to be {asserted}, it is {computed}: {difference:+}",
                    "期次“{id}”的 {figure} 应为 {asserted}，实为 {computed}，相差 {difference:+}"
                )
            }
            None => text!(
                "edition `{id}` expects `{figure}` to be {asserted}, and it cannot be counted",
                "期次“{id}”的 {figure} 应为 {asserted}，但无法统计"
            ),
        };
        let step = |key: &str| Step::Key(key.to_owned().into());
        let field = if computed.is_some() { "is" } else { "figure" };
        let place = Place::Field {
            record: RecordRef::new(Kind::Edition, id),
            path: KeyPath(vec![step("expect"), Step::Index(index), step(field)]),
            part: Part::Value,
        };
        let cell = figure.cell();
        Some(Finding::new(&rule::UNMET_EXPECTATION, message, place).help(if computed.is_some() {
            text!(
                "`kunpeng summary {id} --live --why {cell}` lists the records",
                "kunpeng summary {id} --live --why {cell} 可列出各条记录"
            )
        } else {
            text!(
                "`kunpeng summary {id}` has the tables, rows and columns there are",
                "kunpeng summary {id} 有全部的表、行、列"
            )
        }))
    };
    edition.expect.iter().enumerate().filter_map(finding).collect()
}

/// Whether a count is what is asserted, to as many decimals as that has.
fn agree(asserted: Decimal, computed: Decimal) -> bool {
    asserted == computed.round_dp(asserted.normalize().scale())
        && (asserted.scale() > 0 || computed.is_integer())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Store;

    #[test]
    fn a_figure_that_does_not_come_out_is_said_with_the_difference_and_the_way_to_its_records() {
        let edition = |expected: &str| {
            format!("name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\nexpect = [{expected}]")
        };
        let found = |expected: &str| {
            let store = Store::rich().put(Kind::Edition, "2", &edition(expected));
            let found = unmet(&store.view());
            found
                .iter()
                .map(|it| format!("{} | {}", it.message, it.help.clone().unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("{ figure = \"members\", is = 2 }, { figure = \"coverage\", is = 0.5 }"),
            Vec::<String>::new()
        );
        assert_eq!(
            found("{ figure = \"members\", is = 104 }"),
            [
                "edition `2` expects `members` to be 104, it is 2: -102 | `kunpeng summary 2 --live --why overview/members/value` lists the records"
            ]
        );
        assert_eq!(
            found("{ figure = \"enterprises-by-industry/automobile/enterprises\", is = 0 }"),
            [
                "edition `2` expects `enterprises-by-industry/automobile/enterprises` to be 0, it is 1: +1 | `kunpeng summary 2 --live --why enterprises-by-industry/automobile/enterprises` lists the records"
            ]
        );
        assert_eq!(found("{ figure = \"attendance-rate\", is = 0.667 }"), Vec::<String>::new());
        assert!(found("{ figure = \"attendance-rate\", is = 0.66 }")[0].contains("it is 0.6667: +0.0067"));
        assert!(found("{ figure = \"needs/nothing/open\", is = 1 }")[0].contains("cannot be counted"));
    }
}
