//! One enterprise, one dossier (一企一档): all that is recorded of it, what was done for it, and what came of it.

use rust_decimal::Decimal;

use super::label;
use super::own_field;
use super::show;
use super::table::{Cell, Kind as Holds, Table};
use super::view::View;
use crate::model::amount::Amount;
use crate::model::enterprise::Enterprise;
use crate::model::finding::RecordRef;
use crate::model::id::{EnterpriseId, in_order};
use crate::model::kind::Kind;
use crate::model::own_field::FieldOwner;
use crate::model::project::State;

/// The tables of one enterprise: its record, its activities, its amounts.
pub fn dossier(view: &View, id: &EnterpriseId) -> Vec<Table> {
    let mut tables = show::record(view, &RecordRef::new(Kind::Enterprise, id));
    if let Some(enterprise) = view.records.enterprises.get(id) {
        tables.push(activities(view, id));
        tables.push(outcome(view, enterprise));
    }
    tables
}

/// Every activity it was asked to.
fn activities(view: &View, id: &EnterpriseId) -> Table {
    let columns = [
        ("date", Holds::Date),
        ("edition", Holds::Coded),
        ("aspect", Holds::Coded),
        ("title", Holds::Name),
        ("status", Holds::Coded),
        ("heads", Holds::Count),
        ("hours", Holds::Number),
    ];
    let mut table = view.table("activities", &columns);
    own_field::add_columns(view, FieldOwner::Activities, &mut table);
    let mut rows = Vec::new();
    for (_, activity) in in_order(&view.records.activities) {
        let Some((_, status, heads)) = activity.attendance().find(|(it, ..)| *it == id) else { continue };
        let mut row = vec![
            Cell::Date(activity.date),
            view.coded(Kind::Edition, activity.edition.as_str()),
            view.coded(Kind::Aspect, activity.aspect.as_str()),
            Cell::Text(activity.title.to_string()),
            Cell::coded(status, status.label(view.lang)),
            Cell::Count(heads.into()),
            activity.hours.map_or(Cell::Missing, |hours| Cell::Number(hours.number())),
        ];
        row.extend(own_field::cells(view, FieldOwner::Activities, |field| activity.more.get(field)));
        rows.push((activity.date, row));
    }
    rows.sort_by_key(|(date, _)| *date);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table
}

/// What was done for it and what came of it, in figures.
fn outcome(view: &View, enterprise: &Enterprise) -> Table {
    let mut table = view.table("dossier-figures", &[("item", Holds::Coded), ("value", Holds::Mixed)]);
    let needs = &enterprise.needs;
    let approved = enterprise.projects.iter().filter(|it| it.state == State::Approved);
    let items = [
        ("editions", Cell::count(enterprise.memberships.len())),
        ("projects_applied", Cell::count(enterprise.projects.len())),
        ("projects_approved", Cell::count(approved.count())),
        ("requested", sum(enterprise.projects.iter().map(|it| it.requested))),
        ("granted", sum(enterprise.projects.iter().map(|it| it.granted))),
        ("needs_received", Cell::count(needs.len())),
        ("needs_closed", Cell::count(needs.iter().filter(|it| it.closed.is_some()).count())),
    ];
    for (id, value) in items {
        let label = label::item(id, view.lang);
        let is_money = matches!(id, "requested" | "granted");
        let label = if is_money { view.with_unit(label) } else { label.to_owned() };
        table.row(vec![Cell::coded(id, label), value]);
    }
    table
}

/// The sum of the amounts that are known; missing where none is.
fn sum(amounts: impl Iterator<Item = Option<Amount>>) -> Cell {
    let known: Vec<Decimal> = amounts.flatten().map(Amount::number).collect();
    if known.is_empty() {
        return Cell::Missing;
    }
    known.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add).map_or(Cell::Missing, Cell::Amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn has_the_record_the_activities_and_the_amounts() {
        let store = Store::rich();
        let tables = dossier(&store.view(), &"a".parse().unwrap());
        let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
        assert_eq!(ids[0], "enterprise");
        for id in ["memberships", "recognitions", "platforms", "projects", "needs", "indicators"] {
            assert!(ids.contains(&id), "{id} in {ids:?}");
        }
        let of = |id: &str| rows(tables.iter().find(|table| table.id == id).unwrap());
        assert_eq!(
            of("activities"),
            ["2022-02-01 2 courses 第一课 present 3 2.5", "2022-03-01 2 visits 交流 present 1 –"]
        );
        assert_eq!(
            of("dossier-figures"),
            [
                "editions 2",
                "projects_applied 1",
                "projects_approved 1",
                "requested 500",
                "granted 300",
                "needs_received 1",
                "needs_closed 1"
            ]
        );
    }
}
