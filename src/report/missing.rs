//! What the record of each enterprise lacks.

use super::cohort::{Cohort, Member};
use super::label;
use super::presence::{Presence, Tally};
use super::summary::last_full_year;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::code::Scheme;
use crate::model::period::Period;

/// A row an enterprise that lacks something.
pub fn missing(view: &View, cohort: &Cohort) -> Table {
    let columns = [("enterprise", Holds::Id), ("name", Holds::Name), ("missing", Holds::Text)];
    let mut table = view.table("missing", &columns);
    let presence = Presence::of(view, cohort);
    let year = last_full_year(cohort.edition.as_ref().map_or(view.today, |(id, _)| view.closing_day(id)));
    for (member, tally) in cohort.members.iter().zip(presence.tallies()) {
        let lacks = lacks(view, cohort, member, tally, year);
        if !lacks.is_empty() {
            table.row(vec![
                Cell::Text(member.id.to_string()),
                view.name(&member.enterprise.name, member.enterprise.name_en.as_ref()),
                view.joined(lacks),
            ]);
        }
    }
    table.note(
        format!(
            "{} of {} enterprises lack something; indicators: nothing reported for the full year {year}",
            table.rows.len(),
            cohort.len()
        ),
        format!("{}家企业中有{}家存在缺项；指标指{year}年全年数据未报送", cohort.len(), table.rows.len()),
    );
    table
}

fn lacks(view: &View, cohort: &Cohort, member: &Member, tally: Tally, year: i32) -> Vec<String> {
    let it = member.enterprise;
    let reported = it.indicators.get(&Period::year(year)).is_some_and(|figures| !figures.is_empty());
    let closed = cohort.edition_record().is_some_and(|edition| edition.closed.is_some());
    let no_outcome = member.membership.is_some_and(|membership| membership.outcome.is_none());
    let codes = view.records.programme.identifier != Scheme::None;
    let checks = [
        ("code", codes && it.code.is_none()),
        ("industry", it.industry.is_none()),
        ("class", it.class.is_none()),
        ("town", it.town.is_none()),
        ("founded", it.founded.is_none()),
        ("indicators", !reported),
        ("outcome", closed && no_outcome),
        ("attendance", cohort.edition.is_some() && tally.is_empty()),
    ];
    checks
        .into_iter()
        .filter(|(_, lacking)| *lacking)
        .map(|(id, _)| match id {
            "indicators" => format!("{} {year}", label::item(id, view.lang)),
            _ => label::item(id, view.lang).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn names_all_that_a_record_lacks_and_leaves_out_who_lacks_nothing() {
        let full = "industry = \"x\"\nclass = \"C\"\ntown = \"y\"\nfounded = \"2001\"\nmemberships = [{ edition = \"2\", outcome = \"graduated\" }]\n[indicators.2022]\nrevenue = 1";
        let store = Store::rich().enterprise("full", full).put(
            crate::model::kind::Kind::Activity,
            "third",
            "edition = \"2\"\naspect = \"visits\"\ntitle = \"x\"\ndate = 2022-04-01\nexcused = [\"full\"]",
        );
        let store = store.member("none", "");
        let table = missing(&store.view(), &Cohort::of(&store.view(), &"2".parse().unwrap()));
        assert_eq!(
            rows(&table),
            [
                "a a公司 founded",
                "b b公司 industry, class, town, founded, indicators 2022",
                "none none公司 industry, class, town, founded, indicators 2022, outcome, attendance",
            ]
        );
        assert!(table.notes[0].starts_with("3 of 4 enterprises"));
    }
}
