//! What enterprises asked for, and what was dealt with.

use indexmap::IndexMap;

use crate::model::kind::Kind;
use crate::model::share::Share;
use crate::report::cohort::Cohort;
use crate::report::span::Place;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// The needs of one category.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfCategory {
    pub received: usize,
    pub closed: usize,
}

impl OfCategory {
    fn cells(&self, category: Cell) -> Vec<Cell> {
        vec![
            category,
            Cell::count(self.received),
            Cell::count(self.closed),
            Cell::count(self.received - self.closed),
            Cell::Share(Share::of(self.closed, self.received)),
        ]
    }
}

/// The needs of a cohort, by category.
#[derive(Debug)]
pub struct Needs {
    categories: IndexMap<String, OfCategory>,
    unclear: usize,
}

impl Needs {
    pub fn of(view: &View, cohort: &Cohort) -> Self {
        let known = view.records.programme.needs.keys();
        let mut categories: IndexMap<String, OfCategory> =
            known.map(|id| (id.to_string(), OfCategory::default())).collect();
        let mut unclear = 0;
        for member in &cohort.members {
            let Some(span) = member.span else { continue };
            for need in &member.enterprise.needs {
                match span.place(need.received) {
                    Place::Within => {
                        let category = categories.entry(need.category.to_string()).or_default();
                        category.received += 1;
                        category.closed += usize::from(need.closed.is_some_and(|date| span.reaches(date)));
                    }
                    Place::Unclear => unclear += 1,
                    Place::Outside => {}
                }
            }
        }
        categories.retain(|_, category| category.received > 0);
        Self { categories, unclear }
    }

    /// All categories together.
    pub fn total(&self) -> OfCategory {
        let all = self.categories.values();
        all.fold(OfCategory::default(), |sum, it| OfCategory {
            received: sum.received + it.received,
            closed: sum.closed + it.closed,
        })
    }

    pub fn table(&self, view: &View) -> Table {
        let columns = [
            ("category", Holds::Coded),
            ("received", Holds::Count),
            ("closed", Holds::Count),
            ("open", Holds::Count),
            ("rate", Holds::Share),
        ];
        let mut table = view.table("needs", &columns);
        for (id, category) in &self.categories {
            table.row(category.cells(view.coded(Kind::Category, id)));
        }
        if !self.categories.is_empty() {
            table.total = Some(self.total().cells(Cell::Missing));
        }
        table.note(
            "received: within the days that count; closed: of these, on or before the last day; received = closed + open; rate: closed ÷ received",
            "收集：在统计时间内收到；办结：其中截至末日已办结；收集＝办结＋在办；办结率＝办结÷收集",
        );
        if self.unclear > 0 {
            let unclear = self.unclear;
            table.note(
                format!("not counted: {unclear} whose day of receipt is not known well enough"),
                format!("另有{unclear}件收到日期不完整、无法判断，未计入"),
            );
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn received_is_closed_and_open_on_the_last_day() {
        let text = "needs = [
            { category = \"land\", received = 2022-01-12 },
            { category = \"land\", received = 2022-01-13, closed = 2023-05-10 },
            { category = \"land\", received = 2023-05-10, closed = 2023-05-11 },
            { category = \"land\", received = \"2022\" },
            { category = \"finance\", received = 2022-02-01 },
        ]";
        let table = Store::closed().member("a", text).summary("needs");
        assert_eq!(rows(&table), ["finance 1 0 1 0/1", "land 2 1 1 1/2"]);
        assert_eq!(total(&table).as_deref(), Some("– 3 1 2 1/3"));
        assert!(table.notes.iter().any(|note| note.starts_with("not counted: 1 ")));
    }
}
