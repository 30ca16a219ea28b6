//! One screen: the editions, how many records there are, and what is due.

use chrono::Days;

use super::cohort::{Cohort, Member};
use super::filter::Filter;
use super::label;
use super::list;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::edition::Life;
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::recognition::Recognition;

/// How many days ahead is due.
const AHEAD: u64 = 90;

/// Editions, counts of records, and what is due; `findings` is how many `check` has.
pub fn status(view: &View, findings: usize) -> Vec<Table> {
    let all = Filter::default();
    vec![list::editions(view, &all), counts(view, findings), due(view, &all)]
}

fn counts(view: &View, findings: usize) -> Table {
    let mut table = view.table("counts", &[("item", Holds::Coded), ("value", Holds::Count)]);
    let records = view.records;
    let needs = records.enterprises.values().flat_map(|it| &it.needs);
    let items = [
        ("industries", records.industries.len()),
        ("editions", records.editions.len()),
        ("enterprises", records.enterprises.len()),
        ("activities", records.activities.len()),
        ("rulesets", records.rulesets.len()),
        ("open_needs", needs.filter(|need| need.closed.is_none()).count()),
        ("findings", findings),
    ];
    for (id, count) in items {
        table.row(vec![Cell::coded(id, label::item(id, view.lang)), Cell::count(count)]);
    }
    table
}

/// What is due within 90 days: open editions that end, and titles of their present members that expire. What an
/// edition missed stays on the list until it is closed.
pub fn due(view: &View, filter: &Filter) -> Table {
    let columns = [
        ("date", Holds::Date),
        ("what", Holds::Coded),
        ("edition", Holds::Coded),
        ("enterprise", Holds::Coded),
        ("title", Holds::Coded),
    ];
    let mut table = view.table("due", &columns);
    let until = view.today.checked_add_days(Days::new(AHEAD)).unwrap_or(view.today);
    let open =
        view.records.editions.iter().filter(|(_, edition)| matches!(edition.life(), Life::Open { .. }));
    let mut rows = Vec::new();
    for (id, edition) in open.filter(|(id, _)| filter.edition.as_ref().is_none_or(|it| it == *id)) {
        if let Some(end) = edition.planned_end.filter(|end| end.last() <= until) {
            rows.push((end, row(view, "planned_end", id, [Cell::Missing, Cell::Missing])));
        }
        let cohort = Cohort::filtered(view, &Filter { edition: Some(id.clone()), ..filter.clone() });
        for member in cohort.members.iter().filter(|member| is_present(view, member)) {
            for (title, last) in expiring(view, member) {
                if (view.today..=until).contains(&last.last()) {
                    let name = view.name(&member.enterprise.name, member.enterprise.name_en.as_ref());
                    let Cell::Text(name) = name else { continue };
                    let cells = [Cell::coded(member.id, name), view.coded(Kind::Title, title)];
                    rows.push((last, row(view, "title_expires", id, cells)));
                }
            }
        }
    }
    rows.sort_by_key(|(date, _)| *date);
    for (date, cells) in rows {
        table.row([Cell::Date(date)].into_iter().chain(cells).collect());
    }
    table.note(
        format!("until {until}; a title is due on the last day it holds by its latest certificate"),
        format!("截至{until}；资质按最近一次认定的有效期末日计"),
    );
    table
}

fn row(view: &View, what: &str, edition: &EditionId, [enterprise, title]: [Cell; 2]) -> [Cell; 4] {
    let what = Cell::coded(what, label::item(what, view.lang));
    [what, view.coded(Kind::Edition, edition.as_str()), enterprise, title]
}

fn is_present(view: &View, member: &Member) -> bool {
    member
        .membership
        .is_some_and(|it| it.outcome.is_none() && it.left.is_none_or(|left| view.today <= left.last()))
}

/// The last day of each title an enterprise has; titles that do not expire are left out.
fn expiring<'r>(view: &View, member: &Member<'r>) -> Vec<(&'r str, crate::model::date::Date)> {
    let all = &member.enterprise.recognitions;
    let mut found = Vec::new();
    for (index, first) in all.iter().enumerate() {
        let id = first.title.as_str();
        if all[..index].iter().any(|earlier| earlier.title == first.title) {
            continue;
        }
        let months = view.records.programme.recognitions.get(id).and_then(|title| title.valid_months);
        let is_dated = |it: &&Recognition| it.recognised.is_some() || it.expires.is_some();
        let same = all[index..].iter().filter(|it| it.title == first.title).filter(is_dated);
        let ends: Option<Vec<_>> = same.map(|it| it.last_day(months)).collect();
        if let Some(last) = ends.and_then(|ends| ends.into_iter().max()) {
            found.push((id, crate::model::date::Date::day(last)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    /// A present member of open edition 3 with these recognitions; the day is 2024-06-30.
    fn due_for(recognitions: &str) -> Vec<String> {
        let text = format!("memberships = [{{ edition = \"3\" }}]\nrecognitions = [{recognitions}]");
        let open = "name = \"x\"\nopened = 2023-05-10\nplanned_end = 2024-09-29";
        let store = Store::closed().put(Kind::Edition, "3", open).enterprise("a", &text);
        rows(&due(&store.view(), &Filter::default()))
    }

    #[test]
    fn a_title_is_due_from_today_to_the_ninetieth_day() {
        let expires = |day: &str| {
            due_for(&format!("{{ title = \"srdi\", recognised = 2021-08-01, expires = {day} }}")).len()
        };
        assert_eq!(["2024-06-29", "2024-06-30", "2024-09-28", "2024-09-29"].map(expires), [0, 1, 1, 0]);
    }

    #[test]
    fn a_title_that_was_confirmed_again_is_not_due() {
        let renewed = "{ title = \"srdi\", recognised = 2021-08-01 }, { title = \"srdi\", recognised = 2024-05-01, action = \"re-review\" }";
        assert_eq!(due_for(renewed), Vec::<String>::new());
        assert_eq!(
            due_for("{ title = \"srdi\", recognised = 2021-08-01 }"),
            ["2024-07-31 title_expires 3 a srdi"]
        );
    }

    #[test]
    fn one_screen_has_the_editions_the_counts_and_what_is_due() {
        let tables = status(&Store::rich().view(), 4);
        let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
        assert_eq!(ids, ["editions", "counts", "due"]);
        assert_eq!(
            rows(&tables[1]),
            [
                "industries 1",
                "editions 2",
                "enterprises 3",
                "activities 2",
                "rulesets 0",
                "open_needs 1",
                "findings 4"
            ]
        );
        assert_eq!(rows(&tables[2]), ["2024-07-31 title_expires 3 c srdi", "2024-08 planned_end 3 – –"]);
    }
}
