//! Sums that know what they left out.

use rust_decimal::Decimal;

use super::table::Cell;
use super::view::number;
use crate::model::amount::Amount;

/// The sum of the values that are known, and how many are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    total: Option<Decimal>,
    too_large: bool,
    /// How many values are not known.
    pub missing: usize,
}

impl Sum {
    /// Adds a value, or counts it as missing.
    pub fn add(&mut self, amount: Option<Amount>) {
        self.add_value(amount.map(Amount::number));
    }

    /// Adds a number, or counts it as missing.
    pub fn add_value(&mut self, value: Option<Decimal>) {
        match value {
            Some(number) => self.add_number(number),
            None => self.missing += 1,
        }
    }

    /// Adds a number.
    pub fn add_number(&mut self, number: Decimal) {
        match self.total.unwrap_or_default().checked_add(number) {
            Some(total) => self.total = Some(total),
            None => self.too_large = true,
        }
    }

    /// Adds another sum.
    pub fn add_sum(&mut self, other: &Self) {
        if let Some(total) = other.total {
            self.add_number(total);
        }
        self.too_large |= other.too_large;
        self.missing += other.missing;
    }

    /// The sum, which is zero where there was nothing to add; none if there was and nothing of it is known, or if
    /// it is too large to be exact.
    pub fn total(&self) -> Option<Decimal> {
        let nothing = (self.missing == 0).then_some(Decimal::ZERO);
        self.total.or(nothing).filter(|_| !self.too_large)
    }

    /// The sum as money.
    pub fn amount(&self) -> Cell {
        self.total().map_or(Cell::Missing, Cell::Amount)
    }

    /// The sum as a number with decimals.
    pub fn decimal(&self) -> Cell {
        self.total().map_or(Cell::Missing, Cell::Number)
    }

    /// The sum as a count where it is whole.
    pub fn count(&self) -> Cell {
        self.total().map_or(Cell::Missing, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_missing_and_never_takes_it_for_zero() {
        let mut sum = Sum::default();
        assert_eq!(sum.total(), Some(Decimal::ZERO));
        sum.add(None);
        assert_eq!((sum.total(), sum.missing), (None, 1));
        sum.add(Some(Amount::ZERO));
        sum.add("0.1".parse().ok());
        sum.add("0.2".parse().ok());
        assert_eq!((sum.total(), sum.missing), (Some(Decimal::new(3, 1)), 1));
    }

    #[test]
    fn has_no_value_once_it_is_too_large() {
        let mut sum = Sum::default();
        sum.add_number(Decimal::MAX);
        sum.add_number(Decimal::ONE);
        assert_eq!(sum.total(), None);
    }
}
