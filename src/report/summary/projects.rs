//! Applications for schemes.

use std::collections::BTreeMap;

use crate::model::amount::Amount;
use crate::model::project::{Project, State};
use crate::report::cohort::Cohort;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Measure, Part, Remark, Source, Spot, Written, remarked};
use crate::report::label::many;
use crate::report::span::{Place, Span};
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

const NOT_SUBMITTED: Remark = &("handed in on a day that is not recorded", "未记录提交日期");
const SUBMITTED_UNCLEAR: Remark = &(
    "the day it was handed in may lie on either side of the first or the last day",
    "提交日期不完整，无法判断在首日或末日之前还是之后",
);
const DECIDED_UNCLEAR: Remark = &(
    "handed in before the first day, and it is not known whether it was decided before it too",
    "首日之前提交，无法判断是否在首日之前已有结果",
);
const NOT_CERTAINLY_DECIDED: Remark = &(
    "counted as pending: the day it was decided is not recorded or may lie after the last day",
    "未记录决定日期，或可能在末日之后决定，按待定计",
);

/// The applications for one scheme.
#[derive(Debug, Clone, Default)]
pub struct OfScheme<'r> {
    brought_forward: Vec<Part<'r>>,
    applied: Vec<Part<'r>>,
    approved: Vec<Part<'r>>,
    rejected: Vec<Part<'r>>,
    withdrawn: Vec<Part<'r>>,
    pending: Vec<Part<'r>>,
    requested: Vec<Part<'r>>,
    granted: Vec<Part<'r>>,
    left_out: Vec<Part<'r>>,
}

/// Whether something was decided in the state it is in.
fn is_final(project: &Project) -> bool {
    matches!(project.state, State::Approved | State::Rejected | State::Withdrawn)
}

impl<'r> OfScheme<'r> {
    fn count(&mut self, project: &Project, span: Span, source: Source<'r>) {
        let part = Part::one(source);
        let Some(submitted) = project.submitted else {
            if !matches!(project.state, State::Intended | State::Preparing) {
                self.left_out.push(part.remark(NOT_SUBMITTED));
            }
            return;
        };
        match span.place(submitted) {
            Place::Within => {
                self.applied.push(part);
                self.requested.push(Part::of(source, project.requested.map(Amount::number)));
            }
            Place::Unclear => return self.left_out.push(part.remark(SUBMITTED_UNCLEAR)),
            Place::Outside if !span.precedes(submitted) => return,
            Place::Outside => {
                let decided = project.decided.filter(|_| is_final(project));
                if decided.is_some_and(|decided| span.precedes(decided)) {
                    return;
                }
                if is_final(project) && decided.is_none_or(|decided| decided.first() < span.first) {
                    return self.left_out.push(part.remark(DECIDED_UNCLEAR));
                }
                self.brought_forward.push(part);
            }
        }
        self.decide(project, span, part);
    }

    fn decide(&mut self, project: &Project, span: Span, part: Part<'r>) {
        if !is_final(project) {
            return self.pending.push(part);
        }
        let is_decided = match project.decided {
            Some(decided) => span.reaches(decided),
            None => span.is_all_time(),
        };
        if !is_decided {
            let is_later = project.decided.is_some_and(|decided| span.last < decided.first());
            return self.pending.push(if is_later { part } else { part.remark(NOT_CERTAINLY_DECIDED) });
        }
        match project.state {
            State::Approved => {
                self.approved.push(part);
                self.granted.push(Part::of(part.source, project.granted.map(Amount::number)));
            }
            State::Rejected => self.rejected.push(part),
            _ => self.withdrawn.push(part),
        }
    }

    fn is_empty(&self) -> bool {
        self.brought_forward.is_empty() && self.applied.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.brought_forward.extend(&other.brought_forward);
        self.applied.extend(&other.applied);
        self.approved.extend(&other.approved);
        self.rejected.extend(&other.rejected);
        self.withdrawn.extend(&other.withdrawn);
        self.pending.extend(&other.pending);
        self.requested.extend(&other.requested);
        self.granted.extend(&other.granted);
        self.left_out.extend(&other.left_out);
    }

    fn figure(&self, parts: &[Part<'r>]) -> Figure<'r> {
        Figure::counted(parts, &self.left_out)
    }

    /// Those handed in within the days that count.
    pub fn applied(&self) -> Figure<'r> {
        self.figure(&self.applied)
    }

    /// Those approved within them.
    pub fn approved(&self) -> Figure<'r> {
        self.figure(&self.approved)
    }

    /// What was granted to them.
    pub fn granted(&self) -> Figure<'r> {
        Figure { measure: Measure::Sum(Written::Amount), ..self.figure(&self.granted) }
    }

    fn requested(&self) -> Figure<'r> {
        Figure { measure: Measure::Sum(Written::Amount), ..self.figure(&self.requested) }
    }

    fn figures(&self, scheme: Cell) -> Vec<Figure<'r>> {
        vec![
            scheme.into(),
            self.figure(&self.brought_forward),
            self.applied(),
            self.approved(),
            self.figure(&self.rejected),
            self.figure(&self.withdrawn),
            self.figure(&self.pending),
            self.requested(),
            self.granted(),
        ]
    }
}

/// The applications of a cohort, by scheme.
#[derive(Debug, Default)]
pub struct Projects<'r> {
    schemes: BTreeMap<&'r str, OfScheme<'r>>,
    total: OfScheme<'r>,
}

impl<'r> Projects<'r> {
    pub fn of(cohort: &Cohort<'r>) -> Self {
        let mut found = Self::default();
        for member in &cohort.members {
            let Some(span) = member.span else { continue };
            for (index, project) in member.enterprise.projects.iter().enumerate() {
                let source = Source::enterprise(member.id, Spot::Entry("projects", index));
                found.schemes.entry(project.scheme.as_str()).or_default().count(project, span, source);
            }
        }
        for scheme in found.schemes.values() {
            found.total.add(scheme);
        }
        found.schemes.retain(|_, scheme| !scheme.is_empty());
        found
    }

    /// All schemes together.
    pub fn total(&self) -> &OfScheme<'r> {
        &self.total
    }

    pub fn table(&self, view: &View, keeps: bool) -> Counted<'r> {
        let columns = [
            ("scheme", Holds::Text),
            ("brought_forward", Holds::Count),
            ("applied", Holds::Count),
            ("approved", Holds::Count),
            ("rejected", Holds::Count),
            ("withdrawn", Holds::Count),
            ("pending", Holds::Count),
            ("requested", Holds::Amount),
            ("granted", Holds::Amount),
        ];
        let mut table = Counted::new(view.table("projects", &columns), keeps);
        for (name, scheme) in &self.schemes {
            table.row(scheme.figures(Cell::Text((*name).to_owned())));
        }
        if !self.schemes.is_empty() {
            table.total(self.total.figures(Cell::Missing));
        }
        self.notes(&mut table);
        table
    }

    fn notes(&self, table: &mut Counted) {
        table.note(&text!(
            "brought forward: handed in before the first day and not decided before it; applied: handed in within the days that count; brought forward + applied = approved + rejected + withdrawn + pending, each as decided by the last day; requested: by those applied for; granted: to those approved",
            "结转：首日之前提交、首日之前尚无结果；申报：在统计时间内提交；结转＋申报＝获批＋未通过＋撤回＋待定，均以截至末日的结果为准；申请金额为申报项目之和，获批金额为获批项目之和"
        ));
        let (requested, granted) = (self.requested_missing(), self.granted_missing());
        if requested + granted > 0 {
            table.note(&text!(
                "amounts are sums of those that are known; the amount requested is missing of {asked}, the amount granted of {given}",
                "金额为已记录部分之和；{requested}项申报未记录申请金额，{granted}项获批未记录获批金额",
                asked = many(requested, "application", "applications"),
                given = many(granted, "approved one", "approved ones"),
                requested = requested,
                granted = granted
            ));
        }
        let [undated, unclear, earlier] = [NOT_SUBMITTED, SUBMITTED_UNCLEAR, DECIDED_UNCLEAR]
            .map(|remark| remarked(&self.total.left_out, remark));
        if undated + unclear + earlier > 0 {
            table.note(&text!(
                "not counted: {undated} without a day of submission, {unclear} whose day of submission is not known well enough, {earlier} handed in before the first day that may have been decided before it too",
                "未计入：未记录提交日期的{undated}项，提交日期不完整、无法判断的{unclear}项，首日之前提交、无法判断首日之前是否已有结果的{earlier}项"
            ));
        }
        let pending = remarked(&self.total.pending, NOT_CERTAINLY_DECIDED);
        if pending > 0 {
            table.note(&text!(
                "counted as pending: {pending} whose day of decision is not recorded or may lie after the last day",
                "其中{pending}项未记录决定日期，或可能在末日之后决定，按待定计"
            ));
        }
    }

    fn requested_missing(&self) -> usize {
        self.total.requested().sum().missing
    }

    fn granted_missing(&self) -> usize {
        self.total.granted().sum().missing
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn brought_forward_and_applied_are_what_became_of_them_by_the_last_day() {
        let text = "projects = [
            { scheme = \"x\", state = \"approved\", submitted = 2022-03-01, decided = 2023-05-10, requested = 100, granted = 60.5 },
            { scheme = \"x\", state = \"rejected\", submitted = 2022-03-02, decided = 2022-04-01, requested = 50 },
            { scheme = \"x\", state = \"recommended\", submitted = 2022-03-03 },
            { scheme = \"x\", state = \"withdrawn\", submitted = 2022-03-04, decided = 2022-04-01, requested = 7 },
            { scheme = \"x\", state = \"preparing\" },
            { scheme = \"w\", state = \"approved\", submitted = 2022-03-05, decided = 2023-05-11, granted = 9 },
            { scheme = \"w\", state = \"rejected\", submitted = 2022-01-12, decided = 2022-01-13, requested = 1 },
            { scheme = \"w\", state = \"rejected\", submitted = 2022-01-11, decided = 2022-01-12 },
        ]";
        let table = Store::closed().member("a", text).summary("projects");
        assert_eq!(rows(&table), ["w 1 1 0 1 0 1 – 0", "x 0 4 1 1 1 1 157 60.5"]);
        assert_eq!(total(&table).as_deref(), Some("– 1 5 1 2 1 2 157 60.5"));
        assert!(
            table
                .notes
                .iter()
                .any(|note| note.contains("the amount requested is missing of 2 applications,"))
        );
    }

    #[test]
    fn only_what_is_certain_counts_and_the_rest_is_said() {
        let text = "projects = [
            { scheme = \"x\", state = \"approved\", submitted = 2022-03-01, decided = \"2023\", granted = 60 },
            { scheme = \"x\", state = \"approved\", submitted = 2022-03-02, granted = 60 },
            { scheme = \"x\", state = \"approved\", decided = 2022-04-01 },
            { scheme = \"x\", state = \"submitted\", submitted = \"2022\" },
            { scheme = \"x\", state = \"approved\", submitted = 2021-03-02, decided = \"2022\" },
            { scheme = \"x\", state = \"approved\", submitted = 2021-03-03 },
        ]";
        let table = Store::closed().member("a", text).summary("projects");
        assert_eq!(rows(&table), ["x 0 2 0 0 0 2 – 0"]);
        let said = |text: &str| table.notes.iter().any(|note| note.starts_with(text));
        assert!(said("not counted: 1 without a day of submission, 1 whose day of submission"));
        assert!(said("counted as pending: 2 whose"));
        assert!(table.notes.iter().any(|note| note.contains(", 2 handed in before the first day")));
    }

    #[test]
    fn an_amount_that_is_not_recorded_is_missing_and_not_zero() {
        let text = "projects = [{ scheme = \"x\", state = \"approved\", submitted = 2022-03-01, decided = 2022-03-01 }]";
        let table = Store::closed().member("a", text).summary("projects");
        assert_eq!(rows(&table), ["x 0 1 1 0 0 0 – –"]);
    }
}
