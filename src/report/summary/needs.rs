//! What enterprises asked for, and what was dealt with.

use indexmap::IndexMap;

use crate::model::kind::Kind;
use crate::model::need::Need;
use crate::report::cohort::Cohort;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Measure, Part, Remark, Source, Spot, remarked};
use crate::report::span::{Place, Span};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

const RECEIVED_UNCLEAR: Remark = &(
    "the day it was received may lie on either side of the first or the last day",
    "收到日期不完整，无法判断在首日或末日之前还是之后",
);
const CLOSED_UNCLEAR: Remark = &(
    "received before the first day, and it is not known whether it was closed before it too",
    "首日之前收到，办结日期不完整，无法判断是否在首日之前已办结",
);
const NOT_CERTAINLY_CLOSED: Remark = &(
    "counted as open: the day it was closed may lie after the last day",
    "办结日期不完整，可能在末日之后，按在办计",
);

/// The needs of one category.
#[derive(Debug, Clone, Default)]
pub struct OfCategory<'r> {
    brought_forward: Vec<Part<'r>>,
    received: Vec<Part<'r>>,
    closed: Vec<Part<'r>>,
    open: Vec<Part<'r>>,
    left_out: Vec<Part<'r>>,
}

impl<'r> OfCategory<'r> {
    fn count(&mut self, need: &Need, span: Span, part: Part<'r>) {
        let place = span.place(need.received);
        if place == Place::Within {
            self.received.push(part);
        } else if span.precedes(need.received) {
            match need.closed.map(|closed| (closed, span.precedes(closed))) {
                Some((_, true)) => return,
                Some((closed, _)) if closed.first() < span.first => {
                    return self.left_out.push(part.remark(CLOSED_UNCLEAR));
                }
                _ => self.brought_forward.push(part),
            }
        } else {
            if place == Place::Unclear {
                self.left_out.push(part.remark(RECEIVED_UNCLEAR));
            }
            return;
        }
        match need.closed {
            Some(closed) if span.reaches(closed) => self.closed.push(part),
            Some(closed) if closed.first() <= span.last => self.open.push(part.remark(NOT_CERTAINLY_CLOSED)),
            _ => self.open.push(part),
        }
    }

    fn add(&mut self, other: &Self) {
        self.brought_forward.extend(&other.brought_forward);
        self.received.extend(&other.received);
        self.closed.extend(&other.closed);
        self.open.extend(&other.open);
        self.left_out.extend(&other.left_out);
    }

    fn figure(&self, parts: &[Part<'r>]) -> Figure<'r> {
        Figure::counted(parts, &self.left_out)
    }

    /// Those received within the days that count.
    pub fn received(&self) -> Figure<'r> {
        self.figure(&self.received)
    }

    /// Those closed within them.
    pub fn closed(&self) -> Figure<'r> {
        self.figure(&self.closed)
    }

    /// Closed of brought forward and received.
    pub fn rate(&self) -> Figure<'r> {
        let closed = self.closed.iter().map(|part| Part::either(part.source, true));
        let open =
            self.open.iter().map(|part| Part { remark: part.remark, ..Part::either(part.source, false) });
        Figure::new(Measure::Share, closed.chain(open)).without(self.left_out.iter().copied())
    }

    fn is_empty(&self) -> bool {
        self.brought_forward.is_empty() && self.received.is_empty()
    }

    fn figures(&self, category: Cell) -> Vec<Figure<'r>> {
        vec![
            category.into(),
            self.figure(&self.brought_forward),
            self.received(),
            self.closed(),
            self.figure(&self.open),
            self.rate(),
        ]
    }
}

/// The needs of a cohort, by category.
#[derive(Debug)]
pub struct Needs<'r> {
    categories: IndexMap<String, OfCategory<'r>>,
    total: OfCategory<'r>,
}

impl<'r> Needs<'r> {
    pub fn of(view: &View<'r>, cohort: &Cohort<'r>) -> Self {
        let known = view.records.programme.needs.keys();
        let mut categories: IndexMap<String, OfCategory> =
            known.map(|id| (id.to_string(), OfCategory::default())).collect();
        for member in &cohort.members {
            let Some(span) = member.span else { continue };
            for (index, need) in member.enterprise.needs.iter().enumerate() {
                let part = Part::one(Source::enterprise(member.id, Spot::Entry("needs", index)));
                categories.entry(need.category.to_string()).or_default().count(need, span, part);
            }
        }
        let mut total = OfCategory::default();
        categories.values().for_each(|category| total.add(category));
        categories.retain(|_, category| !category.is_empty());
        Self { categories, total }
    }

    /// All categories together.
    pub fn total(&self) -> &OfCategory<'r> {
        &self.total
    }

    pub fn table(&self, view: &View, keeps: bool) -> Counted<'r> {
        let columns = [
            ("category", Holds::Coded),
            ("brought_forward", Holds::Count),
            ("received", Holds::Count),
            ("closed", Holds::Count),
            ("open", Holds::Count),
            ("rate", Holds::Share),
        ];
        let mut table = Counted::new(view.table("needs", &columns), keeps);
        for (id, category) in &self.categories {
            table.row(category.figures(view.coded(Kind::Category, id)));
        }
        if !self.categories.is_empty() {
            table.total(self.total.figures(Cell::Missing));
        }
        self.notes(&mut table);
        table
    }

    fn notes(&self, table: &mut Counted) {
        table.note(&text!(
            "brought forward: received before the first day and not closed before it; received: within the days that count; closed: of both, by the last day; brought forward + received = closed + open; rate: closed ÷ (brought forward + received)",
            "结转：首日之前收到、首日之前未办结；收集：在统计时间内收到；办结：两者之中截至末日已办结；结转＋收集＝办结＋在办；办结率＝办结÷（结转＋收集）"
        ));
        let received = remarked(&self.total.left_out, RECEIVED_UNCLEAR);
        if received > 0 {
            table.note(&text!(
                "not counted: {received} whose day of receipt is not known well enough",
                "另有{received}件收到日期不完整、无法判断，未计入"
            ));
        }
        let closed = remarked(&self.total.left_out, CLOSED_UNCLEAR);
        if closed > 0 {
            table.note(&text!(
                "not counted: {closed} received before the first day that may have been closed before it too",
                "另有{closed}件在首日之前收到，无法判断首日之前是否已办结，未计入"
            ));
        }
        let open = remarked(&self.total.open, NOT_CERTAINLY_CLOSED);
        if open > 0 {
            table.note(&text!(
                "counted as open: {open} that may have been closed after the last day",
                "其中{open}件办结日期不完整，可能在末日之后办结，按在办计"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn received_is_closed_and_open_on_the_last_day() {
        let text = "needs = [
            { category = \"land\", received = 2022-01-13, closed = 2023-05-10 },
            { category = \"land\", received = 2023-05-10, closed = 2023-05-11 },
            { category = \"land\", received = 2023-05-11 },
            { category = \"land\", received = \"2022\" },
            { category = \"finance\", received = 2022-02-01 },
        ]";
        let table = Store::closed().member("a", text).summary("needs");
        assert_eq!(rows(&table), ["finance 0 1 0 1 0/1", "land 0 2 1 1 1/2"]);
        assert_eq!(total(&table).as_deref(), Some("– 0 3 1 2 1/3"));
        assert!(table.notes.iter().any(|note| note.starts_with("not counted: 1 whose day of receipt")));
    }

    #[test]
    fn what_was_open_at_entry_is_brought_forward() {
        let text = "needs = [
            { category = \"land\", received = 2021-01-01, closed = 2022-01-12 },
            { category = \"land\", received = 2021-01-02, closed = 2022-01-13 },
            { category = \"land\", received = 2022-01-12 },
            { category = \"land\", received = 2021-01-04, closed = \"2022\" },
            { category = \"land\", received = 2021-01-05, closed = \"2023\" },
        ]";
        let table = Store::closed().member("a", text).summary("needs");
        assert_eq!(rows(&table), ["land 3 0 1 2 1/3"]);
        assert!(table.notes.iter().any(|note| note.starts_with("not counted: 1 received before")));
        assert!(table.notes.iter().any(|note| note.starts_with("counted as open: 1 that may")));
    }

    #[test]
    fn all_time_has_nothing_to_bring_forward() {
        let text = "needs = [{ category = \"land\", received = 2001-01-01 }]";
        let store = Store::closed().enterprise("a", text);
        let view = store.view();
        let all = crate::report::cohort::Cohort::filtered(&view, &crate::report::Filter::default());
        assert_eq!(rows(&crate::report::summary::needs(&view, &all, false).table), ["land 0 1 0 1 0/1"]);
    }
}
