//! Questions to lists and reports in one small language: which rows (`--where`), with which columns (`--columns`), in
//! which order (`--sort`), how many (`--limit`).
//!
//! A field is a column of the table that is asked for, else a field of enterprises. A condition on a column tells which
//! rows are shown; one on an enterprise's field tells which enterprises are counted at all, so that totals and shares
//! are theirs.

mod condition;
mod derived;
mod fault;
mod field;
mod nature;
mod operator;
mod order;
mod parse;
mod target;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::condition::Condition;
pub use self::derived::Derived;
pub use self::fault::Fault;
use self::field::Field;
use self::order::Order;
use self::parse::parse;
use self::target::{Target, enterprise_of};
pub use self::value::days;
use super::cohort::Cohort;
use super::filter::Filter;
use super::table::{Cell, Column, Table};
use super::view::View;
use crate::model::text::Text;

/// What is asked of a list or report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Conditions, all of which hold.
    pub conditions: Vec<String>,
    /// The columns to show; none means those of the table.
    pub columns: Vec<String>,
    /// What rows are ordered by: `FIELD` or `FIELD:desc`.
    pub sort: Vec<String>,
    /// How many rows at most.
    pub limit: Option<usize>,
}

/// What a question is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The table with the columns that are wanted.
    pub table: Table,
    /// The same rows with all their own columns.
    pub whole: Table,
}

impl Answer {
    /// The ids in a column, row by row.
    pub fn keys(&self, column: &str) -> Vec<String> {
        let at = self.whole.columns.iter().position(|it| it.id == column);
        let key = |row: &Vec<Cell>| match row.get(at?)? {
            Cell::Text(text) | Cell::Coded { id: text, .. } => Some(text.clone()),
            Cell::Count(count) => Some(count.to_string()),
            _ => None,
        };
        self.whole.rows.iter().filter_map(key).collect()
    }
}

/// Answers a question to the table that `make` makes of a filter.
pub fn answer<'r>(
    view: &View<'r>,
    filter: &Filter,
    query: &Query,
    make: &dyn Fn(&Filter) -> Table,
) -> Result<Answer, Fault> {
    let table = make(filter);
    if *query == Query::default() {
        return Ok(Answer { whole: table.clone(), table });
    }
    let mut question = Question::new(view, filter, table);
    let (of_rows, of_enterprises) = question.conditions(&query.conditions)?;
    let orders = question.orders(&query.sort)?;
    let columns = question.columns(&query.columns)?;
    if !of_enterprises.is_empty() {
        let passing = question.passing(&of_enterprises, filter);
        let narrowed = Filter { passing: Some(Arc::new(passing)), ..filter.clone() };
        question.narrow(make(&narrowed));
    }
    question.keep(&of_rows);
    question.sort(&orders);
    question.limit(query.limit);
    let whole = question.table.clone();
    let table = if query.columns.is_empty() { question.table } else { question.project(&columns) };
    Ok(Answer { table, whole })
}

/// A filter that leaves only the enterprises that meet all conditions, and what is to be said of that.
pub fn narrowed(view: &View, filter: &Filter, conditions: &[String]) -> Result<(Filter, Vec<Text>), Fault> {
    let nothing = Table::new("", "", view.lang, &view.records.programme.currency);
    let mut question = Question::new(view, filter, nothing);
    let (_, of_enterprises) = question.conditions(conditions)?;
    let passing = question.passing(&of_enterprises, filter);
    let notes = question.notes.into_iter().map(|(en, zh)| Text::new(en, zh)).collect();
    Ok((Filter { passing: Some(Arc::new(passing)), ..filter.clone() }, notes))
}

/// A condition on rows, by the place of its column.
type OfRows<'r> = Vec<(usize, Condition<'r>)>;
/// A condition on enterprises.
type OfEnterprises<'r> = Vec<(Field<'r>, Condition<'r>)>;

/// A question while it is answered.
struct Question<'r> {
    view: View<'r>,
    derived: Derived<'r>,
    table: Table,
    /// Notes on the fields that are used; they stand below the table's own.
    notes: Vec<(String, String)>,
}

impl<'r> Question<'r> {
    fn new(view: &View<'r>, filter: &Filter, table: Table) -> Self {
        let derived = Derived::of(view, filter);
        Self { view: *view, derived, table, notes: Vec::new() }
    }

    fn conditions(&mut self, typed: &[String]) -> Result<(OfRows<'r>, OfEnterprises<'r>), Fault> {
        let (mut of_rows, mut of_enterprises) = (Vec::new(), Vec::new());
        for typed in typed {
            let parsed = parse(typed)?;
            let tested = |text: &str| Target::tested(&self.view, &self.table, text);
            let target = tested(&parsed.field.text).map_err(|it| {
                parsed
                    .misplaced(|head| tested(head).is_ok())
                    .unwrap_or_else(|| Fault::new(typed, parsed.field.at.clone(), it.message, it.help))
            })?;
            let condition = Condition::new(&self.view, &parsed, target.nature(&self.view, &self.table))?;
            match target {
                Target::Column(at) => of_rows.push((at, condition)),
                Target::Field(field) => {
                    self.notes.extend(self.derived.note(&field));
                    of_enterprises.push((field, condition));
                }
            }
        }
        Ok((of_rows, of_enterprises))
    }

    fn orders(&mut self, typed: &[String]) -> Result<Vec<(Target<'r>, Order)>, Fault> {
        typed.iter().map(|typed| self.order(typed)).collect()
    }

    fn order(&mut self, typed: &str) -> Result<(Target<'r>, Order), Fault> {
        let (field, is_descending) = match typed.rsplit_once(':') {
            Some((field, "desc" | "降序")) => (field, true),
            Some((field, "asc" | "升序")) => (field, false),
            Some((field, way)) => {
                let message = crate::text!("`{way}` is not an order", "“{way}”不是排序方式");
                let help = crate::text!("write `:desc` or `:asc`", "请写 :desc（降序）或 :asc（升序）");
                return Err(Fault::new(typed, field.len() + 1..typed.len(), message, help));
            }
            None => (typed, false),
        };
        let target = self.shown(typed, field)?;
        let nature = target.nature(&self.view, &self.table);
        let order = Order::of(&self.view, &nature, is_descending);
        Ok((target, order))
    }

    fn columns(&mut self, typed: &[String]) -> Result<Vec<Target<'r>>, Fault> {
        typed.iter().map(|typed| self.shown(typed, typed)).collect()
    }

    /// A field whose value each row has.
    fn shown(&mut self, typed: &str, field: &str) -> Result<Target<'r>, Fault> {
        let at = field.len() - field.trim_start().len()..field.trim_end().len();
        let target = Target::shown(&self.view, &self.table, field.trim())
            .map_err(|it| Fault::new(typed, at, it.message, it.help))?;
        if let Target::Field(field) = &target {
            self.notes.extend(self.derived.note(field));
        }
        Ok(target)
    }

    /// The enterprises that pass all conditions; how many have no value is noted.
    fn passing(
        &mut self,
        conditions: &OfEnterprises<'r>,
        filter: &Filter,
    ) -> BTreeSet<crate::model::id::EnterpriseId> {
        let mut passing = BTreeSet::new();
        let mut missing = vec![0_usize; conditions.len()];
        let counted = Cohort::filtered(&self.view, filter);
        for member in self.derived.members() {
            let mut passes = true;
            for ((field, condition), missing) in conditions.iter().zip(&mut missing) {
                let result = condition.passes(&self.view, &self.derived.tested(field, member));
                passes &= result == Some(true);
                *missing += usize::from(result.is_none() && counted.position(member.id).is_some());
            }
            if passes {
                passing.insert(member.id.clone());
            }
        }
        for ((field, _), missing) in conditions.iter().zip(missing) {
            self.note_missing(&field.id(), &field.label(&self.view), missing, ("enterprise", "家企业"));
        }
        passing
    }

    fn note_missing(&mut self, id: &str, label: &str, missing: usize, (one, zh): (&str, &str)) {
        if missing > 0 {
            let (many, have) = if missing == 1 { ("", "has") } else { ("s", "have") };
            self.notes.push((
                format!("{id}: {missing} {one}{many} {have} no value, and so did not pass"),
                format!("{label}：{missing}{zh}无此数据，未列入"),
            ));
        }
    }

    /// Goes on with the table of the enterprises that pass. It may have fewer columns, such as metrics nobody reported:
    /// those that are asked for stay.
    fn narrow(&mut self, narrowed: Table) {
        let columns = std::mem::take(&mut self.table.columns);
        let place = |column: &Column| narrowed.columns.iter().position(|it| it.id == column.id);
        let places: Vec<Option<usize>> = columns.iter().map(place).collect();
        let cells = |row: &Vec<Cell>| -> Vec<Cell> {
            places.iter().map(|at| at.map_or(Cell::Missing, |at| row[at].clone())).collect()
        };
        self.table = Table {
            rows: narrowed.rows.iter().map(cells).collect(),
            total: narrowed.total.as_ref().map(cells),
            columns,
            ..narrowed
        };
    }

    /// Keeps the rows that pass all conditions.
    fn keep(&mut self, conditions: &OfRows<'r>) {
        if conditions.is_empty() {
            return;
        }
        let mut missing = vec![0_usize; conditions.len()];
        let view = self.view;
        let passes = |row: &Vec<Cell>| {
            let mut passes = true;
            for ((at, condition), missing) in conditions.iter().zip(&mut missing) {
                let result = condition.passes(&view, &row[*at]);
                passes &= result == Some(true);
                *missing += usize::from(result.is_none());
            }
            passes
        };
        self.table.rows.retain(passes);
        self.table.total = None;
        for ((at, _), missing) in conditions.iter().zip(missing) {
            let column = &self.table.columns[*at];
            let (id, label) = (column.id.clone(), column.label.clone());
            self.note_missing(&id, &label, missing, ("row", "行"));
        }
    }

    fn sort(&mut self, orders: &[(Target<'r>, Order)]) {
        if orders.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.table.rows);
        let mut keyed: Vec<(Vec<Cell>, Vec<Cell>)> = rows
            .into_iter()
            .map(|row| (orders.iter().map(|(target, _)| self.cell(target, &row)).collect(), row))
            .collect();
        keyed.sort_by(|(a, _), (b, _)| {
            let each = orders.iter().zip(a.iter().zip(b)).map(|((_, order), (a, b))| order.compare(a, b));
            each.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        });
        self.table.rows = keyed.into_iter().map(|(_, row)| row).collect();
    }

    fn limit(&mut self, limit: Option<usize>) {
        let all = self.table.rows.len();
        if let Some(limit) = limit.filter(|limit| *limit < all) {
            self.table.rows.truncate(limit);
            self.table.total = None;
            self.notes
                .push((format!("the first {limit} of {all} rows"), format!("共{all}行，仅列前{limit}行")));
        }
        let mut noted = BTreeSet::new();
        for (en, zh) in std::mem::take(&mut self.notes) {
            if noted.insert(en.clone()) {
                self.table.note(en, zh);
            }
        }
    }

    /// What a row has under a field.
    fn cell(&self, target: &Target<'r>, row: &[Cell]) -> Cell {
        match target {
            Target::Column(at) => row.get(*at).cloned().unwrap_or(Cell::Missing),
            Target::Field(field) => enterprise_of(&self.table, row)
                .and_then(|id| self.derived.member(id))
                .map_or(Cell::Missing, |member| self.derived.cell(field, member)),
        }
    }

    /// The table with other columns.
    fn project(&self, targets: &[Target<'r>]) -> Table {
        let column = |target: &Target<'r>| match target {
            Target::Column(at) => self.table.columns[*at].clone(),
            Target::Field(field) => self.derived.column(field),
        };
        let cells = |row: &Vec<Cell>| targets.iter().map(|target| self.cell(target, row)).collect();
        let totals = |row: &Vec<Cell>| {
            let cell = |target: &Target<'r>| match target {
                Target::Column(at) => row.get(*at).cloned().unwrap_or(Cell::Missing),
                Target::Field(_) => Cell::Missing,
            };
            targets.iter().map(cell).collect()
        };
        Table {
            columns: targets.iter().map(column).collect(),
            rows: self.table.rows.iter().map(cells).collect(),
            total: self.table.total.as_ref().map(totals),
            ..self.table.clone()
        }
    }
}
