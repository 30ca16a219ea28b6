//! Enterprises by industry, with what they hold.

use std::collections::BTreeMap;

use super::cohort::{Cohort, Member};
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::expiry::Expiry;
use crate::model::kind::Kind;
use crate::model::share::Share;

#[derive(Default)]
struct Count {
    enterprises: usize,
    holding: usize,
    platforms: usize,
}

/// A row an industry that occurs; enterprises without one in the last row.
pub fn industries(view: &View, cohort: &Cohort) -> Table {
    let columns = [
        ("industry", Holds::Coded),
        ("enterprises", Holds::Count),
        ("share", Holds::Share),
        ("held", Holds::Count),
        ("platforms", Holds::Count),
    ];
    let mut table = view.table("industries", &columns);
    let mut counts: BTreeMap<(bool, Option<&str>), Count> = BTreeMap::new();
    let mut total = Count::default();
    for member in &cohort.members {
        let industry = member.enterprise.industry.as_ref().map(crate::model::id::Id::as_str);
        for count in [counts.entry((industry.is_none(), industry)).or_default(), &mut total] {
            count.enterprises += 1;
            count.holding += usize::from(holds_a_title(view, member));
            count.platforms += platforms(view, member);
        }
    }
    let cells = |industry: Cell, count: &Count| {
        vec![
            industry,
            Cell::count(count.enterprises),
            Cell::Share(Share::of(count.enterprises, cohort.len())),
            Cell::count(count.holding),
            Cell::count(count.platforms),
        ]
    };
    for ((_, industry), count) in &counts {
        table.row(cells(view.coded_if(Kind::Industry, *industry), count));
    }
    if !counts.is_empty() {
        table.total = Some(cells(Cell::Missing, &total));
    }
    table.note(
        "held: enterprises that hold a title on their last day (else today); platforms: those recognised by then and not expired, or without dates",
        "有效：末日（未结束则为今日）持有有效资质的企业数；研发平台：截至该日已认定且未过期，或未记录日期的",
    );
    table
}

fn holds_a_title(view: &View, member: &Member) -> bool {
    let day = member.span.map_or(view.today, |span| span.last);
    let known = &view.records.programme.recognitions;
    member
        .enterprise
        .recognitions
        .iter()
        .any(|it| it.holds_on(day, known.get(it.title.as_str()).and_then(|title| title.valid_months)))
}

fn platforms(view: &View, member: &Member) -> usize {
    let day = member.span.map_or(view.today, |span| span.last);
    let platforms = member.enterprise.platforms.iter();
    platforms
        .filter(|it| it.recognised.is_none_or(|date| date.last() <= day))
        .filter(|it| it.expires.and_then(Expiry::date).is_none_or(|date| day <= date.last()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn shows_what_the_enterprises_of_each_industry_hold() {
        let store = Store::rich();
        let table = industries(&store.view(), &Cohort::of(&store.view(), &"2".parse().unwrap()));
        assert_eq!(rows(&table), ["automobile 1 1/2 1 2", "– 1 1/2 0 0"]);
        assert_eq!(total(&table).as_deref(), Some("– 2 2/2 1 2"));
    }
}
