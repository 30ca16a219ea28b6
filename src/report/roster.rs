//! Who is in: the roster of an edition, or of all enterprises.

use chrono::NaiveDate;

use super::cohort::{Cohort, Member};
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::enterprise::Enterprise;
use crate::model::id::Id;
use crate::model::kind::Kind;
use crate::model::membership::Outcome;

const HEAD: [(&str, Holds); 8] = [
    ("no", Holds::Count),
    ("enterprise", Holds::Id),
    ("name", Holds::Name),
    ("code", Holds::Id),
    ("industry", Holds::Coded),
    ("class", Holds::Text),
    ("town", Holds::Text),
    ("founded", Holds::Date),
];

const OF_EDITION: [(&str, Holds); 5] = [
    ("modules", Holds::Text),
    ("joined", Holds::Date),
    ("left", Holds::Date),
    ("outcome", Holds::Coded),
    ("titles", Holds::Text),
];

const OF_ALL: [(&str, Holds); 2] = [("editions", Holds::Text), ("titles", Holds::Text)];

/// The roster of a cohort.
pub fn roster(view: &View, cohort: &Cohort) -> Table {
    let of_edition = cohort.edition.is_some();
    let tail: &[(&str, Holds)] = if of_edition { &OF_EDITION } else { &OF_ALL };
    let mut table = view.table("roster", &[&HEAD, tail].concat());
    for (index, member) in cohort.members.iter().enumerate() {
        let mut row = head(view, index + 1, member);
        row.extend(if of_edition { membership(view, member) } else { editions(view, member) });
        row.push(titles(view, member));
        table.row(row);
    }
    table.note(
        "titles: those held on the last day of the membership, else today",
        "已有资质：参加期末日（未结束则为今日）有效的资质",
    );
    table
}

fn head(view: &View, no: usize, member: &Member) -> Vec<Cell> {
    let enterprise = member.enterprise;
    vec![
        Cell::count(no),
        Cell::Text(member.id.to_string()),
        view.name(&enterprise.name, enterprise.name_en.as_ref()),
        Cell::text(enterprise.code.as_ref().map(crate::model::code::Code::as_str)),
        view.coded_if(Kind::Industry, enterprise.industry.as_ref().map(Id::as_str)),
        Cell::text(enterprise.class.as_ref()),
        view.town(enterprise.town.as_ref()),
        Cell::date(enterprise.founded),
    ]
}

fn membership(view: &View, member: &Member) -> Vec<Cell> {
    let Some(membership) = member.membership else { return vec![Cell::Missing; 4] };
    vec![
        view.labels(Kind::Module, membership.modules.iter().map(Id::as_str)),
        Cell::date(membership.joined),
        Cell::date(membership.left),
        membership
            .outcome
            .map_or(Cell::Missing, |outcome: Outcome| Cell::coded(outcome, outcome.label(view.lang))),
    ]
}

fn editions(view: &View, member: &Member) -> Vec<Cell> {
    let editions = member.enterprise.memberships.iter().map(|it| it.edition.as_str());
    vec![view.labels(Kind::Edition, editions)]
}

/// The titles held on the last day.
fn titles(view: &View, member: &Member) -> Cell {
    let day = member.span.map_or(view.today, |span| span.last);
    view.labels(Kind::Title, held(view, member.enterprise, day))
}

/// The titles an enterprise holds on a day, each once.
pub fn held<'r>(view: &View, enterprise: &'r Enterprise, day: NaiveDate) -> Vec<&'r str> {
    let mut held: Vec<&str> = Vec::new();
    for it in &enterprise.recognitions {
        if it.holds_on(day, view.valid_months(it.title.as_str())) && !held.contains(&it.title.as_str()) {
            held.push(it.title.as_str());
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::filter::Filter;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn an_edition_shows_memberships_and_titles_of_the_last_day() {
        let store = Store::rich();
        let roster = roster(&store.view(), &Cohort::of(&store.view(), &"2".parse().unwrap()));
        assert_eq!(
            rows(&roster),
            [
                "1 a a公司 – automobile C36 Xinhua – SRDI, listing – – graduated SRDI, HNTE",
                "2 b b公司 – – – – – SRDI 2022-03 2022-12-31 withdrawn –",
            ]
        );
    }

    #[test]
    fn without_an_edition_every_enterprise_is_shown_with_its_editions() {
        let store = Store::rich();
        let roster = roster(&store.view(), &Cohort::filtered(&store.view(), &Filter::default()));
        assert_eq!(rows(&roster)[2], "3 c c公司 – – – – – 第三期 SRDI");
    }
}
