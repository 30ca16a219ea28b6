//! Shares keep their numerator and denominator, so that they can be added up and never stand for 0 of 0.

use rust_decimal::Decimal;

/// A part of a whole. A share of an empty whole has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub numerator: Decimal,
    /// The whole; never negative.
    pub denominator: Decimal,
}

impl Share {
    /// `part` of `whole`, both counted.
    pub fn of(part: usize, whole: usize) -> Self {
        Self { numerator: Decimal::from(part), denominator: Decimal::from(whole) }
    }

    /// The quotient, if the whole is not empty.
    pub fn value(self) -> Option<Decimal> {
        (self.denominator > Decimal::ZERO).then(|| self.numerator.checked_div(self.denominator)).flatten()
    }
}
