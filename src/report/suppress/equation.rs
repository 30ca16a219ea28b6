//! What can be worked out from numbers that are shown: sums of numbers that are zero, solved for those that are not
//! shown.

use std::collections::{BTreeMap, BTreeSet};

use super::quantity::Number;

/// A sum of numbers, each so many times, that is zero.
pub type Equation = BTreeMap<Number, i64>;

/// Arithmetic goes on in the whole numbers modulo this prime: exact, and small whatever is added up.
const PRIME: u128 = (1 << 61) - 1;

/// An equation of unknown numbers only, and the equations it was made of.
#[derive(Debug, Clone)]
pub struct Solved {
    /// How often each unknown number stands in it.
    pub unknown: BTreeMap<Number, u128>,
    /// The places of the equations.
    pub from: BTreeSet<usize>,
}

/// The equations solved for the unknown numbers: a number stands alone in one if and only if it can be worked out.
pub fn solve(equations: &[Equation], is_known: impl Fn(Number) -> bool) -> Vec<Solved> {
    let mut solved: Vec<Solved> = Vec::new();
    for (place, equation) in equations.iter().enumerate() {
        let unknown = equation.iter().filter(|(number, _)| !is_known(**number));
        let unknown = unknown.map(|(number, times)| (*number, modulo(*times))).collect();
        let mut row = Solved { unknown, from: BTreeSet::from([place]) };
        for other in &solved {
            row.without_lead_of(other);
        }
        let Some((lead, times)) = row.lead() else { continue };
        row.unknown.values_mut().for_each(|it| *it = *it * inverse(times) % PRIME);
        for other in &mut solved {
            if other.unknown.contains_key(&lead) {
                other.without_lead_of(&row);
            }
        }
        solved.push(row);
    }
    solved
}

impl Solved {
    fn lead(&self) -> Option<(Number, u128)> {
        self.unknown.first_key_value().map(|(number, times)| (*number, *times))
    }

    /// Takes another, which begins with a one, away as often as its lead stands here.
    fn without_lead_of(&mut self, other: &Self) {
        let Some((lead, _)) = other.lead() else { return };
        let Some(times) = self.unknown.get(&lead).copied() else { return };
        for (number, of) in &other.unknown {
            let less = PRIME - *of * times % PRIME;
            let left = (self.unknown.get(number).copied().unwrap_or(0) + less) % PRIME;
            if left == 0 {
                self.unknown.remove(number)
            } else {
                self.unknown.insert(*number, left)
            };
        }
        self.from.extend(&other.from);
    }

    /// The numbers of which the sum can be worked out; none where some would be taken away.
    pub fn sum(&self) -> Option<impl Iterator<Item = Number>> {
        let is_sum = self.unknown.values().all(|times| *times == 1);
        is_sum.then(|| self.unknown.keys().copied())
    }
}

fn modulo(times: i64) -> u128 {
    let positive = u128::from(times.unsigned_abs()) % PRIME;
    if times < 0 { (PRIME - positive) % PRIME } else { positive }
}

/// The number that gives one when multiplied: Fermat's little theorem.
fn inverse(number: u128) -> u128 {
    let (mut result, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(equations: &[&[(Number, i64)]], known: &[Number]) -> Vec<Number> {
        let equations: Vec<Equation> = equations.iter().map(|it| it.iter().copied().collect()).collect();
        let solved = solve(&equations, |number| known.contains(&number));
        let alone = solved.iter().filter(|row| row.unknown.len() == 1);
        let mut alone: Vec<Number> = alone.filter_map(|row| row.unknown.keys().next().copied()).collect();
        alone.sort_unstable();
        alone
    }

    #[test]
    fn one_unknown_number_of_a_sum_can_be_worked_out_and_two_cannot() {
        let sum: &[(Number, i64)] = &[(0, 1), (1, 1), (2, 1), (3, -1)];
        assert_eq!(alone(&[sum], &[0, 1, 3]), [2]);
        assert_eq!(alone(&[sum], &[0, 3]), [0; 0]);
    }

    #[test]
    fn several_sums_together_tell_what_none_tells_alone() {
        // Two rows and two columns: 0 1 | 4, 2 3 | 5, and 6, 7 below.
        let [first, second]: [&[(Number, i64)]; 2] = [&[(0, 1), (1, 1), (4, -1)], &[(2, 1), (3, 1), (5, -1)]];
        let [left, right]: [&[(Number, i64)]; 2] = [&[(0, 1), (2, 1), (6, -1)], &[(1, 1), (3, 1), (7, -1)]];
        let table = [first, second, left, right];
        assert_eq!(alone(&table, &[4, 5, 6, 7]), [0; 0]);
        assert_eq!(alone(&table, &[4, 5, 6, 7, 3]), [0, 1, 2]);
        assert_eq!(alone(&[&[(0, 2), (1, 1)], &[(0, 1), (1, 1)]], &[]), [0, 1]);
    }
}
