//! What the record of each enterprise lacks.

use super::cohort::{Cohort, Member};
use super::label;
use super::presence::{Presence, Tally};
use super::summary::{Years, last_full_year};
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::code::Scheme;
use crate::model::period::Period;

/// What a record can lack.
pub const CHECKS: [&str; 9] = [
    "code",
    "industry",
    "class",
    "town",
    "founded",
    "indicators_start",
    "indicators",
    "outcome",
    "attendance",
];

/// A row an enterprise that lacks something. Of enterprises that no longer exist nothing more is expected.
pub fn missing(view: &View, cohort: &Cohort) -> Table {
    let columns = [("enterprise", Holds::Id), ("name", Holds::Name), ("missing", Holds::Text)];
    let mut table = view.table("missing", &columns);
    let presence = Presence::of(view, cohort);
    let years = Compared::of(view, cohort);
    let mut gone = 0;
    for (member, tally) in cohort.members.iter().zip(presence.tallies()) {
        if member.enterprise.is_gone() {
            gone += 1;
            continue;
        }
        let lacks = lacks(view, cohort, member, tally, years);
        if !lacks.is_empty() {
            table.row(vec![
                Cell::Text(member.id.to_string()),
                view.name(&member.enterprise.name, member.enterprise.name_en.as_ref()),
                lacking(view, &lacks, years),
            ]);
        }
    }
    notes(&mut table, cohort.len() - gone, gone, years);
    table
}

fn notes(table: &mut Table, all: usize, gone: usize, years: Compared) {
    let (rows, end) = (table.rows.len(), years.end);
    let (en, zh) = match years.start {
        Some(start) => (format!("one of the full years {start} and {end}"), format!("{start}年或{end}年")),
        None => (format!("the full year {end}"), format!("{end}年")),
    };
    table.note(
        format!("{rows} of {all} enterprises lack something; indicators: nothing reported for {en}"),
        format!("{all}家企业中有{rows}家存在缺项；指标指{zh}全年数据未报送"),
    );
    if gone > 0 {
        table.note(
            format!("not listed: {} no longer existing", label::many(gone, "enterprise", "enterprises")),
            format!("未列：已注销企业{gone}家"),
        );
    }
}

/// The full years that are compared; without an edition only the last.
#[derive(Debug, Clone, Copy)]
struct Compared {
    start: Option<i32>,
    end: i32,
}

impl Compared {
    fn of(view: &View, cohort: &Cohort) -> Self {
        let last = last_full_year(cohort.edition.as_ref().map_or(view.today, |(id, _)| view.closing_day(id)));
        let years = Years::of(view, cohort);
        let end = years.end.unwrap_or(last);
        Self { start: years.start.filter(|start| *start < end), end }
    }
}

fn lacks(view: &View, cohort: &Cohort, member: &Member, tally: Tally, years: Compared) -> Vec<&'static str> {
    let it = member.enterprise;
    let reported = |year| it.indicators.get(&Period::year(year)).is_some_and(|figures| !figures.is_empty());
    let closed = cohort.edition_record().is_some_and(|edition| edition.closed.is_some());
    let no_outcome = member.membership.is_some_and(|membership| membership.outcome.is_none());
    let codes = view.records.programme.identifier != Scheme::None;
    let is_lacking = |id: &&str| match *id {
        "code" => codes && it.code.is_none(),
        "industry" => it.industry.is_none(),
        "class" => it.class.is_none(),
        "town" => it.town.is_none(),
        "founded" => it.founded.is_none(),
        "indicators_start" => years.start.is_some_and(|start| !reported(start)),
        "indicators" => !reported(years.end),
        "outcome" => closed && no_outcome,
        _ => cohort.edition.is_some() && tally.is_empty(),
    };
    CHECKS.into_iter().filter(is_lacking).collect()
}

/// What is lacking, in one cell.
fn lacking(view: &View, lacks: &[&str], years: Compared) -> Cell {
    let label = |id: &&str| {
        let year = match *id {
            "indicators_start" => years.start,
            "indicators" => Some(years.end),
            _ => None,
        };
        let label = label::item(if year.is_some() { "indicators" } else { id }, view.lang);
        year.map_or_else(|| label.to_owned(), |year| format!("{label} {year}"))
    };
    let labels: Vec<String> = lacks.iter().map(label).collect();
    let ids = lacks.iter().map(|id| (*id).to_owned()).collect();
    Cell::Codes { ids, label: labels.join(view.lang.pick(", ", "、")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn names_all_that_a_record_lacks_and_leaves_out_who_lacks_nothing() {
        let full = "industry = \"x\"\nclass = \"C\"\ntown = \"y\"\nfounded = \"2001\"\nmemberships = [{ edition = \"2\", outcome = \"graduated\" }]\n[indicators.2022]\nrevenue = 1\n[indicators.2021]\nrevenue = 1";
        let store = Store::rich().enterprise("full", full).put(
            crate::model::kind::Kind::Activity,
            "third",
            "edition = \"2\"\naspect = \"visits\"\ntitle = \"x\"\ndate = 2022-04-01\nexcused = [\"full\"]",
        );
        let gone = "memberships = [{ edition = \"2\", outcome = \"removed\", reason = \"deregistered\" }]";
        let store = store.member("none", "").enterprise("gone", gone);
        let table = missing(&store.view(), &Cohort::of(&store.view(), &"2".parse().unwrap()));
        assert_eq!(
            rows(&table),
            [
                "a a公司 founded",
                "b b公司 industry, class, town, founded, indicators 2022",
                "none none公司 industry, class, town, founded, indicators 2021, indicators 2022, outcome, attendance",
            ]
        );
        assert_eq!(
            table.notes,
            [
                "3 of 4 enterprises lack something; indicators: nothing reported for one of the full years 2021 and 2022",
                "not listed: 1 enterprise no longer existing"
            ]
        );
    }
}
