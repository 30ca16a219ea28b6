//! A condition that is understood: whether a cell passes it. What is missing passes no comparison, whichever way it is
//! turned; only `is missing` asks for it. A date known to the month passes where all its days do.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::fault::Fault;
use super::nature::{Domain, Nature};
use super::operator::Operator;
use super::parse::{Asked, Parsed, expected_condition};
use super::value::{self, Wanted};
use crate::model::class::Class;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::period::Period;
use crate::report::cohort::town_key;
use crate::report::table::Cell;
use crate::report::view::View;
use crate::text;

/// A condition on the cells of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition<'r> {
    not: bool,
    operator: Operator,
    wanted: Wanted,
    nature: Nature<'r>,
}

impl<'r> Condition<'r> {
    /// Understands a condition on a column that holds `nature`.
    pub fn new(view: &View<'r>, parsed: &Parsed, nature: Nature<'r>) -> Result<Self, Fault> {
        let Some(asked) = &parsed.asked else { return Self::alone(parsed, nature) };
        // What is no list of words has a part of its text.
        let of_text = !nature.takes(Operator::Has) && nature.takes(Operator::Contains);
        let (operator, turns) = match asked.operator {
            Operator::Has if of_text => (Operator::Contains, false),
            Operator::Lacks if of_text => (Operator::Contains, true),
            operator => (operator, false),
        };
        let asked = &Asked { operator, ..asked.clone() };
        if !nature.takes(asked.operator) {
            return Err(does_not_fit(parsed, asked, &nature));
        }
        let wanted = if asked.operator.takes_value() {
            value::read(view, &nature, asked.operator, &asked.value.text).map_err(|misread| {
                Fault::new(&parsed.typed, asked.value.at.clone(), misread.message, misread.help)
            })?
        } else {
            Wanted::Nothing
        };
        Ok(Self { not: parsed.not != turns, operator, wanted, nature })
    }

    /// A field alone: that it is so, or that there are any.
    fn alone(parsed: &Parsed, nature: Nature<'r>) -> Result<Self, Fault> {
        let (operator, wanted) = match nature {
            Nature::YesNo => (Operator::Is, Wanted::Flag(true)),
            Nature::Count(_) => (Operator::More, Wanted::Number(Decimal::ZERO)),
            _ => {
                let field = &parsed.field.text;
                let end = parsed.typed.trim_end().len();
                let message = text!("an operator is missing after `{field}`", "“{field}”后面缺少运算符");
                return Err(Fault::new(&parsed.typed, end..end, message, expected_condition()));
            }
        };
        Ok(Self { not: parsed.not, operator, wanted, nature })
    }

    /// Whether a cell passes; none where its value is missing and so nothing can be said.
    pub fn passes(&self, view: &View, cell: &Cell) -> Option<bool> {
        let is_missing = is_missing(cell);
        let result = match self.operator {
            Operator::IsMissing => is_missing,
            Operator::IsThere => !is_missing,
            _ => {
                let none = Cell::Codes { ids: Vec::new(), label: String::new() };
                let is_none = is_missing && matches!(self.nature, Nature::Words(Domain::Kind(_)));
                self.compares(view, if is_none { &none } else { cell })?
            }
        };
        Some(result != self.not)
    }

    fn compares(&self, view: &View, cell: &Cell) -> Option<bool> {
        if let (Operator::Contains, Wanted::Key(part)) = (self.operator, &self.wanted) {
            return texts(cell).map(|texts| texts.iter().any(|text| NameKey::of(text).contains(part)));
        }
        Some(match &self.wanted {
            Wanted::Nothing => return None,
            Wanted::Word(id) => {
                let has = self.has(view, cell, id)?;
                has == matches!(self.operator, Operator::Is | Operator::Has)
            }
            Wanted::Key(key) => {
                let is = texts(cell)?.iter().any(|text| NameKey::of(text) == *key);
                is == (self.operator == Operator::Is)
            }
            Wanted::Number(number) => ordered(self.operator, counted(cell)?.cmp(number)),
            Wanted::Date(date) => match cell {
                Cell::Date(it) => dated(self.operator, *it, *date),
                _ => return None,
            },
            Wanted::Period(period) => match cell {
                Cell::Text(text) => ordered(self.operator, text.parse::<Period>().ok()?.cmp(period)),
                _ => return None,
            },
            Wanted::Class(wider) => match cell {
                Cell::Text(text) => {
                    let within = text.parse::<Class>().ok()?.is_within(wider);
                    within == (self.operator == Operator::Is)
                }
                _ => return None,
            },
            Wanted::Flag(flag) => {
                let is_yes = match cell {
                    Cell::Coded { id, .. } => id == "yes",
                    Cell::Text(text) => matches!(text.as_str(), "yes" | "是"),
                    _ => return None,
                };
                (is_yes == *flag) == (self.operator == Operator::Is)
            }
        })
    }

    fn has(&self, view: &View, cell: &Cell, wanted: &str) -> Option<bool> {
        match cell {
            Cell::Coded { id, .. } => Some(id == wanted),
            Cell::Codes { ids, .. } => Some(ids.iter().any(|id| id == wanted)),
            Cell::Text(text) if self.nature == Nature::Word(Domain::Kind(Kind::Town)) => {
                Some(town_key(view, text) == wanted)
            }
            Cell::Text(text) => Some(text == wanted),
            _ => None,
        }
    }
}

/// Whether a cell has no value: a share of nothing has none.
pub fn is_missing(cell: &Cell) -> bool {
    match cell {
        Cell::Missing => true,
        Cell::Share(share) => share.value().is_none(),
        _ => false,
    }
}

/// The number of a cell, or of what is in it.
fn counted(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Codes { ids, .. } => Some(Decimal::from(ids.len())),
        cell => number(cell),
    }
}

/// The number of a cell.
pub fn number(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Count(count) => Some(Decimal::from(*count)),
        Cell::Number(number) | Cell::Amount(number) | Cell::Rate(number) | Cell::Points(number) => {
            Some(*number)
        }
        Cell::Share(share) => share.value(),
        _ => None,
    }
}

fn texts(cell: &Cell) -> Option<Vec<&str>> {
    match cell {
        Cell::Text(text) => Some(vec![text]),
        Cell::Coded { id, label } => Some(vec![id, label]),
        Cell::Codes { ids, label } => Some(ids.iter().map(String::as_str).chain([label.as_str()]).collect()),
        _ => None,
    }
}

fn ordered(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Is => order.is_eq(),
        Operator::IsNot => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::More => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
        _ => false,
    }
}

/// Whether a date, in all its days, stands so to another.
fn dated(operator: Operator, date: Date, wanted: Date) -> bool {
    let within = wanted.first() <= date.first() && date.last() <= wanted.last();
    match operator {
        Operator::Is => within,
        Operator::IsNot => !within,
        Operator::Less => date.is_before(wanted),
        Operator::AtMost => date.last() <= wanted.last(),
        Operator::More => wanted.is_before(date),
        Operator::AtLeast => wanted.first() <= date.first(),
        _ => false,
    }
}

fn does_not_fit(parsed: &Parsed, asked: &Asked, nature: &Nature) -> Fault {
    let (field, sign) = (&parsed.field.text, asked.operator.sign());
    let message = text!(
        "`{sign}` does not go with `{field}`, which holds {what}",
        "{sign} 不能用于“{field}”，该字段是{what}",
        what = nature.describe()
    );
    let fitting: Vec<&str> =
        Operator::WITH_VALUE.iter().filter(|it| nature.takes(**it)).map(|it| it.sign()).collect();
    let (en, zh) = (fitting.join(", "), fitting.join("、"));
    let help = text!("these do: {en}, is missing", "可用：{zh}、is missing");
    Fault::new(&parsed.typed, asked.at.clone(), message, help)
}
