//! Two editions side by side.

use std::collections::BTreeSet;

use super::{Summary, TABLES, targets};
use crate::model::figure::{Figure, Plain, Rate};
use crate::model::id::{EditionId, TitleId};
use crate::model::kind::Kind;
use crate::report::counted::Counted;
use crate::report::evidence::Figure as Evidence;
use crate::report::filter::Filter;
use crate::report::label;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;
use crate::text;

/// The tables of the first edition, and after them its figures beside those of the second.
pub fn compare(view: &View, editions: &[EditionId; 2]) -> Vec<Table> {
    compared(view, editions, false).into_iter().map(|counted| counted.table).collect()
}

/// The same, with what their figures are made of if that is asked for.
pub fn compared<'r>(view: &View<'r>, editions: &[EditionId; 2], keeps: bool) -> Vec<Counted<'r>> {
    let [this, other] = editions.each_ref().map(|id| Summary::of(view, &Filter::edition(id)));
    let tables = TABLES.iter().filter_map(|id| this.counted(id, keeps));
    tables.chain([comparison(view, editions, (&this, &other), keeps)]).collect()
}

fn comparison<'r>(
    view: &View,
    editions: &[EditionId; 2],
    (this, other): (&Summary<'r>, &Summary<'r>),
    keeps: bool,
) -> Counted<'r> {
    let columns = [
        ("figure", Holds::Coded),
        ("this", Holds::Mixed),
        ("compared", Holds::Mixed),
        ("difference", Holds::Mixed),
    ];
    let mut table = view.table("comparison", &columns);
    for (column, edition) in table.columns[1..].iter_mut().zip(editions) {
        column.label = view.label(Kind::Edition, edition.as_str());
    }
    let mut table = Counted::new(table, keeps);
    for figure in figures(this, other) {
        let none = || Evidence::from(Cell::Missing);
        let [a, b] = [this, other].map(|summary| summary.figure(&figure).unwrap_or_else(|_| none()));
        let difference = a.value().zip(b.value()).and_then(|(a, b)| a.checked_sub(b));
        let difference = targets::value(&figure, difference).into();
        table.row(vec![targets::coded(view, &figure).into(), a, b, difference]);
    }
    for (id, rate) in RATES {
        let [a, b] = [this, other].map(|summary| summary.rate(rate));
        let difference = a.value().zip(b.value()).and_then(|(a, b)| a.checked_sub(b));
        let difference = difference.map_or(Cell::Missing, Cell::Points).into();
        table.row(vec![Cell::coded(id, label::item(id, view.lang)).into(), a, b, difference]);
    }
    notes(this, other, &mut table);
    table
}

/// The shares that are compared.
const RATES: [(&str, Rate); 3] =
    [("coverage", Rate::Coverage), ("attendance_rate", Rate::Attendance), ("needs_rate", Rate::Needs)];

/// Every figure, titles included.
fn figures(this: &Summary, other: &Summary) -> Vec<Figure> {
    let mut titles: Vec<&str> = this.titles.ids().collect();
    titles.extend(other.titles.ids().filter(|id| !this.titles.ids().any(|it| it == *id)));
    let of = |figure: fn(TitleId) -> Figure| {
        titles.iter().filter_map(move |id| id.parse().ok()).map(figure).collect::<Vec<_>>()
    };
    let plain = Plain::ALL.iter().copied().map(Figure::Plain);
    plain.chain(of(Figure::Gained)).chain(of(Figure::Held)).collect()
}

fn notes(this: &Summary, other: &Summary, table: &mut Counted) {
    let ids = |summary: &Summary| -> BTreeSet<_> {
        summary.cohort.members.iter().map(|member| member.id.clone()).collect()
    };
    let (a, b) = (ids(this), ids(other));
    let (both, all) = (a.intersection(&b).count(), a.union(&b).count());
    table.note(&text!(
        "each figure is counted as in the table of its own edition; the difference is the first less the second, of shares in percentage points",
        "各项按其所在期次的统计口径计算；差值为前者减后者，比率之差以百分点计"
    ));
    table.note(&text!(
        "{all} distinct enterprises in the two editions together, {both} of them in both",
        "两期合计去重企业{all}家，其中{both}家两期均参加"
    ));
}
