//! The numbers behind the cells of tables: which enterprises each is made of, and which cells tell it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::id::EnterpriseId;
use crate::report::evidence::{Figure, Measure, Part, Record, Source, Spot};

/// What a number is made of: so much of an enterprise, or of something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// An enterprise.
    Enterprise(EnterpriseId),
    /// Anything else, by its place in the records.
    Other(String),
}

/// So much of each.
pub type Made = BTreeMap<Atom, Decimal>;

/// A number, told by every cell that shows it.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// What it is made of.
    pub made: Made,
    /// The enterprises that it would tell of.
    pub enterprises: BTreeSet<EnterpriseId>,
}

/// A number's place among [`Quantities`].
pub type Number = usize;

/// All numbers, each once: two cells made of the same are one number.
#[derive(Debug, Default)]
pub struct Quantities {
    all: Vec<Quantity>,
    known: BTreeMap<Made, Number>,
}

impl Quantities {
    /// The number that is made so.
    pub fn number(&mut self, made: Made, enterprises: BTreeSet<EnterpriseId>) -> Number {
        let made: Made = made.into_iter().filter(|(_, value)| !value.is_zero()).collect();
        if let Some(number) = self.known.get(&made) {
            return *number;
        }
        self.known.insert(made.clone(), self.all.len());
        let enterprises = if made.is_empty() { BTreeSet::new() } else { enterprises };
        self.all.push(Quantity { made, enterprises });
        self.all.len() - 1
    }

    /// A number that no other cell tells, and of which nothing is known but whom it would tell of.
    pub fn own(&mut self, name: String, enterprises: BTreeSet<EnterpriseId>) -> Number {
        self.number(Made::from([(Atom::Other(name), Decimal::ONE)]), enterprises)
    }

    /// One number.
    pub fn get(&self, number: Number) -> &Quantity {
        &self.all[number]
    }

    /// The number of cells in which there is nothing.
    pub fn nothing(&self) -> Option<Number> {
        self.known.get(&Made::new()).copied()
    }

    /// Whether a number would tell of fewer enterprises than `least`.
    pub fn is_small(&self, number: Number, least: usize) -> bool {
        (1..least).contains(&self.all[number].enterprises.len())
    }
}

/// What a cell tells.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The number it shows; of a share, what is counted.
    pub shown: Option<Number>,
    /// Of a share, the whole.
    pub whole: Option<Number>,
    /// How many enterprises it rests on, where it is no plain count.
    pub base: Option<Number>,
    /// Whether it counts enterprises, each once.
    pub counts: bool,
}

impl Told {
    /// What the cell of a figure tells; `name` is that of the cell.
    pub fn of(figure: &Figure<'_>, name: impl Fn() -> String, quantities: &mut Quantities) -> Self {
        let parts = || figure.parts.iter();
        let all = enterprises(parts());
        match figure.measure {
            Measure::Given(_) => Self::default(),
            Measure::Count => {
                let made = made(parts(), |_| Some(Decimal::ONE));
                let counts = all.len() == figure.parts.len();
                Self { shown: Some(quantities.number(made, all)), counts, ..Self::default() }
            }
            Measure::Sum(_) | Measure::SumOfAny(_) => {
                let known = enterprises(parts().filter(|part| part.value.is_some()));
                let shown = quantities.number(made(parts(), |part| part.value), known);
                Self { shown: Some(shown), base: base(all, quantities), ..Self::default() }
            }
            Measure::Share => {
                let is_part = |part: &&Part<'_>| part.value.is_some_and(|value| !value.is_zero());
                let counted = enterprises(parts().filter(is_part));
                let counts = all.len() == figure.parts.len();
                Self {
                    shown: Some(quantities.number(made(parts(), |part| part.value), counted)),
                    whole: Some(quantities.number(made(parts(), |part| Some(part.of)), all)),
                    base: None,
                    counts,
                }
            }
            Measure::Ratio => Self {
                shown: Some(quantities.number(made(parts(), |part| part.value), all.clone())),
                whole: Some(quantities.number(made(parts(), |part| Some(part.of)), all.clone())),
                base: base(all, quantities),
                counts: false,
            },
            Measure::Median => Self {
                shown: Some(quantities.own(name(), all.clone())),
                base: base(all, quantities),
                ..Self::default()
            },
        }
    }

    /// The numbers a reader has when the cell is shown.
    pub fn numbers(&self) -> impl Iterator<Item = Number> {
        self.shown.into_iter().chain(self.whole)
    }
}

/// How many enterprises something rests on.
fn base(all: BTreeSet<EnterpriseId>, quantities: &mut Quantities) -> Option<Number> {
    let made = all.iter().map(|id| (Atom::Enterprise(id.clone()), Decimal::ONE)).collect();
    (!all.is_empty()).then(|| quantities.number(made, all))
}

fn made<'p, 'r: 'p>(
    parts: impl Iterator<Item = &'p Part<'r>>,
    value: impl Fn(&Part<'r>) -> Option<Decimal>,
) -> Made {
    let mut made = Made::new();
    for part in parts {
        let of = made.entry(atom(&part.source)).or_default();
        *of = of.checked_add(value(part).unwrap_or_default()).unwrap_or(*of);
    }
    made
}

fn atom(source: &Source<'_>) -> Atom {
    match enterprise(source) {
        Some(id) => Atom::Enterprise(id.clone()),
        None => Atom::Other(format!("{source:?}")),
    }
}

fn enterprises<'p, 'r: 'p>(parts: impl Iterator<Item = &'p Part<'r>>) -> BTreeSet<EnterpriseId> {
    parts.filter_map(|part| enterprise(&part.source)).cloned().collect()
}

/// The enterprise a place in the records tells of.
fn enterprise<'r>(source: &Source<'r>) -> Option<&'r EnterpriseId> {
    match (source.record, source.spot) {
        (Record::Enterprise(id), _) | (_, Spot::Attendance(_, id)) => Some(id),
        _ => None,
    }
}
