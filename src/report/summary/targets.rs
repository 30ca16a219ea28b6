//! What the edition set out to reach, and how far it came.

use super::Summary;
use crate::model::figure::{Figure, Plain};
use crate::model::id::TitleId;
use crate::model::kind::Kind;
use crate::model::share::Share;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::{View, number};

pub fn table(summary: &Summary) -> Table {
    let columns = [
        ("figure", Holds::Coded),
        ("target", Holds::Mixed),
        ("actual", Holds::Mixed),
        ("achieved", Holds::Share),
    ];
    let mut table = summary.view.table("targets", &columns);
    let targets = summary.cohort.edition_record().map(|edition| &edition.targets);
    for (figure, target) in targets.into_iter().flatten() {
        let target = target.number();
        let actual = summary.figure(figure);
        let achieved = actual
            .filter(|_| target > rust_decimal::Decimal::ZERO)
            .map(|actual| Share { numerator: actual, denominator: target });
        table.row(vec![
            coded(&summary.view, figure),
            value(figure, Some(target)),
            value(figure, actual),
            achieved.map_or(Cell::Missing, Cell::Share),
        ]);
    }
    table.note(
        "actual figures are those of the other tables; a gained or held title counts enterprises, not certificates",
        "完成数与其他各表一致；资质的新增与有效按企业计，不按证书计",
    );
    table
}

/// A figure as a cell.
pub fn coded(view: &View, figure: &Figure) -> Cell {
    let title = |id: &TitleId| view.label(Kind::Title, id.as_str());
    let label = figure.label(view.lang, title);
    let is_money = matches!(figure, Figure::Plain(Plain::Granted));
    Cell::coded(figure, if is_money { view.with_unit(&label) } else { label })
}

/// The value of a figure: money, hours or a count.
pub fn value(figure: &Figure, value: Option<rust_decimal::Decimal>) -> Cell {
    match (figure, value) {
        (_, None) => Cell::Missing,
        (Figure::Plain(Plain::Granted), Some(value)) => Cell::Amount(value),
        (Figure::Plain(Plain::Hours), Some(value)) => Cell::Number(value),
        (_, Some(value)) => number(value),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::kind::Kind;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn actual_figures_are_those_of_the_other_tables() {
        let store = Store::rich().put(
            Kind::Edition,
            "2",
            "name = \"x\"\nopened = 2022-01-13\nclosed = 2023-05-10\n[targets]\nmembers = 4\ngained-srdi = 2\nheld-hnte = 0\ngranted = 1000\nperson-times = 3\nnew-platforms = 2\nneeds-closed = 2\nprojects-approved = 1\ngraduated = 2\nhours = 5",
        );
        assert_eq!(
            rows(&store.summary("targets")),
            [
                "members 4 2 2/4",
                "graduated 2 1 1/2",
                "hours 5 2.5 2.5/5",
                "person-times 3 4 4/3",
                "new-platforms 2 2 2/2",
                "projects-approved 1 1 1/1",
                "granted 1000 300 300/1000",
                "needs-closed 2 1 1/2",
                "gained-srdi 2 1 1/2",
                "held-hnte 0 1 –",
            ]
        );
    }
}
