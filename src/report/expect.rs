//! Figures an edition expects, beside what is counted.

use rust_decimal::Decimal;

use super::filter::Filter;
use super::query::narrowed;
use super::summary::Summary;
use super::table::{Cell, Kind as Holds, Table};
use super::view::{View, number};
use crate::model::edition::Edition;
use crate::model::figure::Asked;
use crate::model::finding::{Finding, Part, Place, RecordRef};
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::rule;
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step};
use crate::text;

/// An expectation that is not met.
#[derive(Debug)]
pub struct Unmet<'r> {
    edition: &'r EditionId,
    /// Its place among the expectations of the edition, counted from 0.
    index: usize,
    asked: &'r Asked,
    asserted: Decimal,
    computed: Result<Decimal, Uncounted>,
}

/// Why a figure cannot be counted, and what to do.
type Uncounted = (Text, Option<Text>);

/// The expectations of every edition that are not met.
pub fn unmet<'r>(view: &View<'r>) -> Vec<Unmet<'r>> {
    view.records.editions.iter().flat_map(|(id, edition)| unmet_of(view, id, edition)).collect()
}

/// Those of one edition.
pub fn unmet_of<'r>(view: &View<'r>, id: &'r EditionId, edition: &'r Edition) -> Vec<Unmet<'r>> {
    if edition.expect.is_empty() {
        return Vec::new();
    }
    let everybody = Summary::of(view, &Filter::edition(id));
    let expected = edition.expect.iter().enumerate().map(|(index, expected)| {
        let asked = &expected.figure;
        let computed = if asked.conditions.is_empty() {
            value(&everybody, asked)
        } else {
            let narrowed = narrowed(view, &Filter::edition(id), &asked.conditions);
            narrowed
                .map_err(|fault| (fault.message, fault.help))
                .and_then(|(filter, _)| value(&Summary::of(view, &filter), asked))
        };
        Unmet { edition: id, index, asked, asserted: expected.is.number(), computed }
    });
    expected.filter(|it| !it.computed.as_ref().is_ok_and(|computed| agree(it.asserted, *computed))).collect()
}

fn value(summary: &Summary, asked: &Asked) -> Result<Decimal, Uncounted> {
    let figure = summary.figure(&asked.figure).map_err(|it| (it.text(), Some(it.help())))?;
    figure.value().ok_or_else(|| match figure.cell() {
        Cell::Missing | Cell::Share(_) => {
            (text!("nothing is recorded to count it from", "没有可供统计的记录"), None)
        }
        _ => (text!("it is not a number", "它不是数"), None),
    })
}

impl Unmet<'_> {
    /// As a finding, at its place in the record of the edition.
    pub fn finding(&self) -> Finding {
        let step = |key: &str| Step::Key(key.to_owned().into());
        let field = if self.computed.is_ok() { "is" } else { "figure" };
        let place = Place::Field {
            record: RecordRef::new(Kind::Edition, self.edition),
            path: KeyPath(vec![step("expect"), Step::Index(self.index), step(field)]),
            part: Part::Value,
        };
        Finding::new(&rule::UNMET_EXPECTATION, self.message(), place).help(self.help())
    }

    /// What was asserted, what is counted, and the difference.
    pub fn message(&self) -> Text {
        let (id, asked, asserted) = (self.edition, self.asked, self.asserted);
        match &self.computed {
            Ok(computed) => {
                let difference = rounded(computed - asserted);
                let computed = rounded(*computed);
                text!(
                    "edition `{id}` expects `{asked}` to be {asserted}, it is {computed}: {difference:+}",
                    "期次“{id}”的 {asked} 应为 {asserted}，实为 {computed}，相差 {difference:+}"
                )
            }
            Err((why, _)) => text!(
                "edition `{id}` expects `{asked}` to be {asserted}, and it cannot be counted: {why}",
                "期次“{id}”的 {asked} 应为 {asserted}，但无法统计：{why}",
                id = id,
                asked = asked.to_string(),
                asserted = asserted,
                why = why
            ),
        }
    }

    /// The nearest figure there is, else the command that lists the records.
    pub fn help(&self) -> Text {
        if let Err((_, Some(help))) = &self.computed {
            return help.clone();
        }
        let command = self.command();
        text!("`{command}` lists the records", "{command} 可列出各条记录")
    }

    fn command(&self) -> String {
        let quote = |condition: &String| {
            let quote = if condition.contains('"') { '\'' } else { '"' };
            format!(" --where {quote}{condition}{quote}")
        };
        let conditions: String = self.asked.conditions.iter().map(quote).collect();
        format!("kunpeng summary {} --live{conditions} --why {}", self.edition, self.asked.figure.cell())
    }

    fn row(&self, view: &View) -> Vec<Cell> {
        let asked = Cell::Text(self.asked.to_string());
        let edition = view.coded(Kind::Edition, self.edition.as_str());
        let (counted, difference, records) = match &self.computed {
            Ok(computed) => {
                let difference = number(rounded(computed - self.asserted));
                (number(rounded(*computed)), difference, self.command())
            }
            Err((why, _)) => (Cell::Missing, Cell::Missing, why.of(view.lang).to_owned()),
        };
        vec![edition, asked, number(self.asserted.normalize()), counted, difference, Cell::Text(records)]
    }
}

/// The expectations that are not met; none if all are.
pub fn table(view: &View) -> Option<Table> {
    let columns = [
        ("edition", Holds::Coded),
        ("figure", Holds::Text),
        ("asserted", Holds::Number),
        ("computed", Holds::Number),
        ("difference", Holds::Number),
        ("list_with", Holds::Text),
    ];
    let mut table = view.table("expectations", &columns);
    table.rows.extend(unmet(view).iter().map(|unmet| unmet.row(view)));
    (!table.rows.is_empty()).then_some(table)
}

fn rounded(value: Decimal) -> Decimal {
    value.round_dp(4).normalize()
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

    fn found(expected: &str) -> Vec<String> {
        let edition =
            format!("name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\nexpect = [{expected}]");
        let store = Store::rich().put(Kind::Edition, "2", &edition);
        let said = |it: &Unmet| format!("{} | {}", it.message(), it.help());
        unmet(&store.view()).iter().map(said).collect()
    }

    #[test]
    fn a_figure_that_does_not_come_out_is_said_with_the_difference_and_the_way_to_its_records() {
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
    }

    #[test]
    fn a_figure_of_the_enterprises_that_meet_conditions_can_be_expected() {
        assert_eq!(found("{ figure = \"enterprises where industry = automobile\", is = 1 }"), [""; 0]);
        assert_eq!(
            found("{ figure = \"members where outcome = graduated and holds srdi\", is = 1 }"),
            [""; 0]
        );
        assert_eq!(found("{ figure = \"needs/land/open where outcome = withdrawn\", is = 1 }"), [""; 0]);
        assert_eq!(found("{ figure = \"gained-srdi where town = 新华\", is = 1 }"), [""; 0]);
        assert_eq!(
            found("{ figure = \"enterprises where industry = automobile\", is = 48 }"),
            [
                "edition `2` expects `enterprises where industry = automobile` to be 48, it is 1: -47 | `kunpeng summary 2 --live --where \"industry = automobile\" --why overview/members/value` lists the records"
            ]
        );
    }

    #[test]
    fn a_figure_that_cannot_be_counted_says_why_and_what_is_nearest() {
        for (figure, said) in [
            ("needs/lands/open", "cannot be counted: the table has no row `lands` | did you mean `land`?"),
            (
                "need/land/open",
                "cannot be counted: there is no table `need` that counts | did you mean `needs`?",
            ),
            (
                "needs/land/opened",
                "cannot be counted: the table has no column `opened` | did you mean `open`?",
            ),
            ("gained-srdy", "cannot be counted: the table has no row `srdy` | did you mean `srdi`?"),
            (
                "overview/name/value",
                "cannot be counted: it is not a number | `kunpeng summary 2 --live --why overview/name/value` lists",
            ),
            (
                "indicators/employees/median_growth where town is missing",
                "cannot be counted: nothing is recorded",
            ),
            (
                "members where industri = x",
                "cannot be counted: there is no field `industri` | did you mean `industry`",
            ),
        ] {
            let found = found(&format!("{{ figure = \"{figure}\", is = 1 }}"));
            assert!(found[0].contains(said), "{found:?}");
        }
    }
}
