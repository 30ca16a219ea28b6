//! What is due: open editions that end, and titles that end or have ended and were not renewed.

use chrono::{Days, NaiveDate};

use super::cohort::{Cohort, Member};
use super::filter::Filter;
use super::label;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::date::Date;
use crate::model::edition::Life;
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::recognition::Recognition;

/// How many days ahead is due, where nothing else is asked for.
const AHEAD: u32 = 90;

/// Everything that is due, of members, graduates and enterprises of no edition alike. A title that ended stays on the
/// list until a later certificate of it is recorded, or the day it was let go.
pub fn due(view: &View, filter: &Filter) -> Table {
    let until = until(view, filter.within.unwrap_or(AHEAD));
    let mut rows = ending(view, filter, until);
    let (titles, gone) = titles(view, filter, until);
    let (let_go, titles): (Vec<_>, Vec<_>) = titles.into_iter().partition(|(_, let_go, _)| *let_go);
    rows.extend(titles.into_iter().map(|(date, _, cells)| (date, cells)));
    let mut table = table(view, rows);
    table.note(
        format!("until {until}; a title is due on the last day it holds by its latest certificate, and stays listed until it is renewed, or let go (`let_go` of its latest certificate)"),
        format!("截至{until}；资质按最近一次认定的有效期末日计，到期后在续期或注明放弃续期（最近一次认定的 let_go）之前一直列出"),
    );
    if !let_go.is_empty() {
        let titles = label::many(let_go.len(), "title", "titles");
        table.note(
            format!("not listed: {titles} let go"),
            format!("未列：已放弃续期的资质{}项", let_go.len()),
        );
    }
    if gone > 0 {
        table.note(
            format!("not listed: titles of {gone} that no longer exist"),
            format!("未列：已注销企业{gone}家的资质"),
        );
    }
    table
}

/// What comes within 90 days; of what has ended, only how much.
pub fn upcoming(view: &View) -> Table {
    let (filter, until) = (Filter::default(), until(view, AHEAD));
    let mut rows = ending(view, &filter, until);
    let (titles, _) = titles(view, &filter, until);
    let titles = titles.into_iter().filter(|(_, let_go, _)| !let_go).map(|(date, _, cells)| (date, cells));
    let (ended, coming): (Vec<_>, Vec<_>) = titles.partition(|(date, _)| date.last() < view.today);
    rows.extend(coming);
    let mut table = table(view, rows);
    table.note(
        format!("until {until}; a title is due on the last day it holds by its latest certificate"),
        format!("截至{until}；资质按最近一次认定的有效期末日计"),
    );
    if !ended.is_empty() {
        let (count, titles) = (ended.len(), label::many(ended.len(), "title", "titles"));
        table.note(
            format!("{titles} ended without renewal: `kunpeng report due` lists them"),
            format!("另有{count}项资质已到期未续，见 kunpeng report due"),
        );
    }
    table
}

/// A row by its date.
type Row = (Date, [Cell; 4]);

fn until(view: &View, days: u32) -> NaiveDate {
    view.today.checked_add_days(Days::new(days.into())).unwrap_or(view.today)
}

fn table(view: &View, mut rows: Vec<Row>) -> Table {
    let columns = [
        ("date", Holds::Date),
        ("what", Holds::Coded),
        ("edition", Holds::Coded),
        ("enterprise", Holds::Coded),
        ("title", Holds::Coded),
    ];
    let mut table = view.table("due", &columns);
    rows.sort_by_key(|(date, _)| *date);
    for (date, cells) in rows {
        table.row([Cell::Date(date)].into_iter().chain(cells).collect());
    }
    table
}

fn what(view: &View, what: &str) -> Cell {
    Cell::coded(what, label::item(what, view.lang))
}

fn open<'r>(view: &View<'r>) -> impl Iterator<Item = (&'r EditionId, Option<Date>)> {
    let editions = view.records.editions.iter();
    editions.filter(|(_, it)| matches!(it.life(), Life::Open { .. })).map(|(id, it)| (id, it.planned_end))
}

/// The open editions that end.
fn ending(view: &View, filter: &Filter, until: NaiveDate) -> Vec<Row> {
    open(view)
        .filter(|(id, _)| filter.takes_edition(id))
        .filter_map(|(id, end)| Some((id, end.filter(|end| end.last() <= until)?)))
        .map(|(id, end)| {
            let edition = view.coded(Kind::Edition, id.as_str());
            (end, [what(view, "planned_end"), edition, Cell::Missing, Cell::Missing])
        })
        .collect()
}

/// A title by its last day, and whether it was let go.
type Ending = (Date, bool, [Cell; 4]);

/// The titles that end or ended, and how many enterprises that no longer exist are left out.
fn titles(view: &View, filter: &Filter, until: NaiveDate) -> (Vec<Ending>, usize) {
    let open: Vec<&EditionId> = open(view).map(|(id, _)| id).collect();
    let (mut rows, mut gone) = (Vec::new(), 0);
    for member in Cohort::filtered(view, filter).members {
        let due: Vec<_> = ends(view, &member).into_iter().filter(|(_, last, _)| *last <= until).collect();
        if member.enterprise.is_gone() {
            gone += usize::from(!due.is_empty());
            continue;
        }
        for (title, last, let_go) in due {
            let id = if last < view.today { "title_ended" } else { "title_expires" };
            let edition = open.iter().find(|id| is_present(view, &member, id));
            let edition = view.coded_if(Kind::Edition, edition.map(|id| id.as_str()));
            let enterprise = view.enterprise(member.id, member.enterprise);
            rows.push((
                Date::day(last),
                let_go,
                [what(view, id), edition, enterprise, view.coded(Kind::Title, title)],
            ));
        }
    }
    (rows, gone)
}

/// Whether an enterprise is in an edition today.
fn is_present(view: &View, member: &Member, edition: &EditionId) -> bool {
    member
        .enterprise
        .membership(edition)
        .is_some_and(|it| it.outcome.is_none() && it.left.is_none_or(|left| view.today <= left.last()))
}

/// The last day of each title an enterprise has, and whether it was let go; titles that do not expire are left out.
fn ends<'r>(view: &View, member: &Member<'r>) -> Vec<(&'r str, NaiveDate, bool)> {
    let all = &member.enterprise.recognitions;
    let mut found = Vec::new();
    for (index, first) in all.iter().enumerate() {
        let id = first.title.as_str();
        if all[..index].iter().any(|earlier| earlier.title == first.title) {
            continue;
        }
        let months = view.valid_months(id);
        let is_dated = |it: &&Recognition| it.recognised.is_some() || it.expires.is_some();
        let same = all[index..].iter().filter(|it| it.title == first.title).filter(is_dated);
        let ends: Option<Vec<_>> = same.map(|it| Some((it.last_day(months)?, it.let_go.is_some()))).collect();
        found.extend(ends.and_then(|ends| ends.into_iter().max()).map(|(last, let_go)| (id, last, let_go)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    /// An enterprise with these recognitions, present in open edition 3 or not; the day is 2024-06-30.
    fn due_for(memberships: &str, recognitions: &str, within: Option<u32>) -> Vec<String> {
        let text = format!("memberships = [{memberships}]\nrecognitions = [{recognitions}]");
        let open = "name = \"x\"\nopened = 2023-05-10\nplanned_end = 2024-12-31";
        let store = Store::closed().put(Kind::Edition, "3", open).enterprise("a", &text);
        rows(&due(&store.view(), &Filter { within, ..Filter::default() }))
    }

    #[test]
    fn a_title_is_due_from_the_ninetieth_day_before_its_end_and_stays_so() {
        let expires = |day: &str| {
            let title = format!("{{ title = \"srdi\", recognised = 2021-08-01, expires = {day} }}");
            due_for("{ edition = \"3\" }", &title, None)
        };
        assert_eq!(expires("2024-06-29"), ["2024-06-29 title_ended 3 a srdi"]);
        assert_eq!(expires("2024-06-30"), ["2024-06-30 title_expires 3 a srdi"]);
        assert_eq!(expires("2024-09-28").len(), 1);
        assert_eq!(expires("2024-09-29").len(), 0);
    }

    #[test]
    fn more_days_or_fewer_can_be_asked_for() {
        let title = "{ title = \"srdi\", recognised = 2021-08-01, expires = 2024-07-30 }";
        assert_eq!(due_for("", title, Some(29)).len(), 0);
        assert_eq!(due_for("", title, Some(30)).len(), 1);
    }

    #[test]
    fn graduates_and_enterprises_of_no_edition_are_listed_too_and_those_that_are_gone_are_not() {
        let title = "{ title = \"srdi\", recognised = 2021-08-01 }";
        assert_eq!(due_for("", title, None), ["2024-07-31 title_expires – a srdi"]);
        let graduate = "{ edition = \"2\", outcome = \"graduated\" }";
        assert_eq!(due_for(graduate, title, None), ["2024-07-31 title_expires – a srdi"]);
        let gone = "{ edition = \"2\", left = 2022-03-01, outcome = \"removed\", reason = \"deregistered\" }";
        assert_eq!(due_for(gone, title, None), Vec::<String>::new());
    }

    #[test]
    fn a_title_that_was_let_go_is_noted_until_it_is_given_again() {
        let let_go = "{ title = \"srdi\", recognised = 2020-08-01, let_go = 2023-09-01 }";
        assert_eq!(due_for("", let_go, None), Vec::<String>::new());
        let again = format!("{let_go}, {{ title = \"srdi\", recognised = 2021-07-01 }}");
        assert_eq!(due_for("", &again, None), ["2024-06-30 title_expires – a srdi"]);
    }

    #[test]
    fn a_title_that_was_confirmed_again_is_not_due() {
        let renewed = "{ title = \"srdi\", recognised = 2021-08-01 }, { title = \"srdi\", recognised = 2024-05-01, action = \"re-review\" }";
        assert_eq!(due_for("", renewed, None), Vec::<String>::new());
    }
}
