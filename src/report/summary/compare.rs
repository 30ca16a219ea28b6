//! Two editions side by side.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Summary, targets};
use crate::model::figure::{Figure, Plain};
use crate::model::id::{EditionId, TitleId};
use crate::model::kind::Kind;
use crate::model::share::Share;
use crate::report::filter::Filter;
use crate::report::label;
use crate::report::presence::share_of;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// The tables of the first edition, and after them its figures beside those of the second.
pub fn compare(view: &View, editions: &[EditionId; 2]) -> Vec<Table> {
    let [this, other] = editions.each_ref().map(|id| Summary::of(view, &Filter::edition(id)));
    let mut tables = this.tables();
    tables.push(comparison(view, editions, &this, &other));
    tables
}

fn comparison(view: &View, editions: &[EditionId; 2], this: &Summary, other: &Summary) -> Table {
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
    for figure in figures(this, other) {
        let value = |summary: &Summary| summary.figure(&figure).and_then(|figure| figure.value());
        let (a, b) = (value(this), value(other));
        let difference = a.zip(b).and_then(|(a, b)| a.checked_sub(b));
        let cell = |value| targets::value(&figure, value);
        table.row(vec![targets::coded(view, &figure), cell(a), cell(b), cell(difference)]);
    }
    for (id, a, b) in shares(this, other) {
        let difference = a.value().zip(b.value()).and_then(|(a, b): (Decimal, Decimal)| a.checked_sub(b));
        table.row(vec![
            Cell::coded(id, label::item(id, view.lang)),
            Cell::Share(a),
            Cell::Share(b),
            difference.map_or(Cell::Missing, Cell::Points),
        ]);
    }
    notes(this, other, &mut table);
    table
}

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

type Shares = (&'static str, Share, Share);

fn shares(this: &Summary, other: &Summary) -> [Shares; 3] {
    let closed = |summary: &Summary| share_of(&summary.needs.total().rate());
    [
        ("coverage", share_of(&this.presence.coverage()), share_of(&other.presence.coverage())),
        ("attendance_rate", share_of(&this.presence.rate()), share_of(&other.presence.rate())),
        ("needs_rate", closed(this), closed(other)),
    ]
}

fn notes(this: &Summary, other: &Summary, table: &mut Table) {
    let ids = |summary: &Summary| -> BTreeSet<_> {
        summary.cohort.members.iter().map(|member| member.id.clone()).collect()
    };
    let (a, b) = (ids(this), ids(other));
    let (both, all) = (a.intersection(&b).count(), a.union(&b).count());
    table.note(
        "each figure is counted as in the table of its own edition; the difference is the first less the second, of shares in percentage points",
        "各项按其所在期次的统计口径计算；差值为前者减后者，比率之差以百分点计",
    );
    table.note(
        format!("{all} distinct enterprises in the two editions together, {both} of them in both"),
        format!("两期合计去重企业{all}家，其中{both}家两期均参加"),
    );
}
