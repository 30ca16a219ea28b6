//! Applications for schemes.

use std::collections::BTreeMap;

use crate::model::project::{Project, State};
use crate::report::cohort::Cohort;
use crate::report::label::many;
use crate::report::span::{Place, Span};
use crate::report::sum::Sum;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

/// The applications for one scheme.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfScheme {
    pub approved: usize,
    pub rejected: usize,
    pub pending: usize,
    pub requested: Sum,
    pub granted: Sum,
}

impl OfScheme {
    /// All that were handed in and not taken back.
    pub fn applied(&self) -> usize {
        self.approved + self.rejected + self.pending
    }

    fn count(&mut self, project: &Project, span: &Span) {
        self.requested.add(project.requested);
        let decided_later = project.decided.is_some_and(|date| span.last < date.first());
        match project.state {
            State::Approved if !decided_later => {
                self.approved += 1;
                self.granted.add(project.granted);
            }
            State::Rejected if !decided_later => self.rejected += 1,
            _ => self.pending += 1,
        }
    }

    fn add(&mut self, other: &Self) {
        self.approved += other.approved;
        self.rejected += other.rejected;
        self.pending += other.pending;
        self.requested.add_sum(&other.requested);
        self.granted.add_sum(&other.granted);
    }

    fn cells(&self, scheme: Cell) -> Vec<Cell> {
        vec![
            scheme,
            Cell::count(self.applied()),
            Cell::count(self.approved),
            Cell::count(self.rejected),
            Cell::count(self.pending),
            self.requested.amount(),
            self.granted.amount(),
        ]
    }
}

/// The applications of a cohort, by scheme.
#[derive(Debug, Default)]
pub struct Projects {
    schemes: BTreeMap<String, OfScheme>,
    withdrawn: usize,
    unclear: usize,
}

impl Projects {
    pub fn of(cohort: &Cohort) -> Self {
        let mut found = Self::default();
        for member in &cohort.members {
            let Some(span) = member.span else { continue };
            for project in &member.enterprise.projects {
                match project.submitted.map(|date| span.place(date)) {
                    Some(Place::Within) if project.state == State::Withdrawn => found.withdrawn += 1,
                    Some(Place::Within) => {
                        found.schemes.entry(project.scheme.clone()).or_default().count(project, &span);
                    }
                    Some(Place::Unclear) => found.unclear += 1,
                    Some(Place::Outside) | None => {}
                }
            }
        }
        found
    }

    /// All schemes together.
    pub fn total(&self) -> OfScheme {
        let mut total = OfScheme::default();
        for scheme in self.schemes.values() {
            total.add(scheme);
        }
        total
    }

    pub fn table(&self, view: &View) -> Table {
        let columns = [
            ("scheme", Holds::Text),
            ("applied", Holds::Count),
            ("approved", Holds::Count),
            ("rejected", Holds::Count),
            ("pending", Holds::Count),
            ("requested", Holds::Amount),
            ("granted", Holds::Amount),
        ];
        let mut table = view.table("projects", &columns);
        for (name, scheme) in &self.schemes {
            table.row(scheme.cells(Cell::Text(name.clone())));
        }
        if !self.schemes.is_empty() {
            table.total = Some(self.total().cells(Cell::Missing));
        }
        self.notes(&mut table);
        table
    }

    fn notes(&self, table: &mut Table) {
        table.note(
            "applied: handed in within the days that count and not withdrawn; applied = approved + rejected + pending; what was decided after the last day is pending",
            "申报：在统计时间内提交且未撤回；申报＝获批＋未通过＋待定；末日之后才有结果的计为待定",
        );
        let total = self.total();
        let (requested, granted) = (total.requested.missing, total.granted.missing);
        if requested + granted > 0 {
            table.note(
                format!(
                    "amounts are those that are known: the amount requested is missing of {}, the amount granted of {granted} approved",
                    many(requested, "application", "applications")
                ),
                format!("金额为已记录部分之和：{requested}项未记录申请金额，{granted}项获批项目未记录获批金额"),
            );
        }
        if self.withdrawn > 0 {
            let withdrawn = self.withdrawn;
            table.note(
                format!("not counted: {withdrawn} withdrawn"),
                format!("另有{withdrawn}项撤回，未计入"),
            );
        }
        if self.unclear > 0 {
            let unclear = self.unclear;
            table.note(
                format!("not counted: {unclear} whose day of submission is not known well enough"),
                format!("另有{unclear}项提交日期不完整、无法判断，未计入"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn applied_is_approved_and_rejected_and_pending_and_withdrawn_stands_apart() {
        let text = "projects = [
            { scheme = \"x\", state = \"approved\", submitted = 2022-03-01, requested = 100, granted = 60.5 },
            { scheme = \"x\", state = \"rejected\", submitted = 2022-03-02, requested = 50 },
            { scheme = \"x\", state = \"recommended\", submitted = 2022-03-03 },
            { scheme = \"x\", state = \"withdrawn\", submitted = 2022-03-04, requested = 7 },
            { scheme = \"x\", state = \"preparing\" },
            { scheme = \"w\", state = \"approved\", submitted = 2022-03-05, decided = 2024-01-01, granted = 9 },
        ]";
        let table = Store::closed().member("a", text).summary("projects");
        assert_eq!(rows(&table), ["w 1 0 0 1 – 0", "x 3 1 1 1 150 60.5"]);
        assert_eq!(total(&table).as_deref(), Some("– 4 1 1 2 150 60.5"));
        assert!(table.notes.iter().any(|note| note == "not counted: 1 withdrawn"));
        assert!(
            table
                .notes
                .iter()
                .any(|note| note.contains("the amount requested is missing of 2 applications,"))
        );
    }

    #[test]
    fn an_amount_that_is_not_recorded_is_missing_and_not_zero() {
        let text = "projects = [{ scheme = \"x\", state = \"approved\", submitted = 2022-03-01 }]";
        let table = Store::closed().member("a", text).summary("projects");
        assert_eq!(rows(&table), ["x 1 1 0 0 – –"]);
    }
}
