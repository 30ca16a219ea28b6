//! What a figure is made of. A figure is the count, the sum, the share or the median of a list of [`Part`]s, each
//! with the place in a record it comes from; what was left out is kept beside it, with why. The cell of a table is
//! read off that list, so the list cannot say something else than the table.

use rust_decimal::Decimal;

use super::sum::Sum;
use super::table::Cell;
use super::view::number;
use crate::model::activity::Status;
use crate::model::figure::Figure as TargetFigure;
use crate::model::finding::RecordRef;
use crate::model::id::{ActivityId, EditionId, EnterpriseId, WordKey};
use crate::model::kind::Kind;
use crate::model::period::Period;
use crate::model::share::Share;
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step};

/// A record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Record<'r> {
    /// The programme.
    Programme,
    /// An edition.
    Edition(&'r EditionId),
    /// An enterprise.
    Enterprise(&'r EnterpriseId),
    /// An activity.
    Activity(&'r ActivityId),
}

/// A place in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot<'r> {
    /// All of it.
    Whole,
    /// A field.
    Key(&'static str),
    /// An entry of a list, counted from 0.
    Entry(&'static str, usize),
    /// A figure of a full year.
    Indicator(i32, &'r WordKey),
    /// The figures of two full years; the later one's place.
    Growth((i32, i32), &'r WordKey),
    /// All figures of a full year.
    Year(i32),
    /// What is recorded of the attendance of an enterprise.
    Attendance(Status, &'r EnterpriseId),
    /// A target of an edition.
    Target(&'r TargetFigure),
}

/// Where a part comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source<'r> {
    /// The record.
    pub record: Record<'r>,
    /// The place in it.
    pub spot: Spot<'r>,
}

impl<'r> Source<'r> {
    /// A place in the record of an enterprise.
    pub fn enterprise(id: &'r EnterpriseId, spot: Spot<'r>) -> Self {
        Self { record: Record::Enterprise(id), spot }
    }

    /// A place in the record of an activity.
    pub fn activity(id: &'r ActivityId, spot: Spot<'r>) -> Self {
        Self { record: Record::Activity(id), spot }
    }

    /// The record.
    pub fn reference(&self) -> RecordRef {
        match self.record {
            Record::Programme => RecordRef::programme(),
            Record::Edition(id) => RecordRef::new(Kind::Edition, id),
            Record::Enterprise(id) => RecordRef::new(Kind::Enterprise, id),
            Record::Activity(id) => RecordRef::new(Kind::Activity, id),
        }
    }

    /// The way to the place.
    pub fn path(&self) -> KeyPath {
        let key = |key: &str| Step::Key(key.to_owned().into());
        KeyPath(match self.spot {
            Spot::Whole => Vec::new(),
            Spot::Key(name) => vec![key(name)],
            Spot::Entry(list, index) => vec![key(list), Step::Index(index)],
            Spot::Indicator(year, metric) | Spot::Growth((_, year), metric) => {
                vec![key("indicators"), key(&Period::year(year).to_string()), key(metric.as_str())]
            }
            Spot::Year(year) => vec![key("indicators"), key(&Period::year(year).to_string())],
            Spot::Attendance(Status::Present, id) => vec![key("present"), key(id.as_str())],
            Spot::Attendance(Status::Excused, _) => vec![key("excused")],
            Spot::Attendance(Status::Absent, _) => vec![key("absent")],
            Spot::Target(figure) => vec![key("targets"), key(&figure.to_string())],
        })
    }
}

/// Something worth saying of a part, in both languages.
pub type Remark = &'static (&'static str, &'static str);

/// One thing that is counted, or left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part<'r> {
    /// Where it comes from.
    pub source: Source<'r>,
    /// What it adds; none where that is not recorded.
    pub value: Option<Decimal>,
    /// What it adds to the whole a share is of.
    pub of: Decimal,
    /// Why it is left out, or what else is worth saying.
    pub remark: Option<Remark>,
}

impl<'r> Part<'r> {
    /// One.
    pub fn one(source: Source<'r>) -> Self {
        Self::of(source, Some(Decimal::ONE))
    }

    /// A value.
    pub fn of(source: Source<'r>, value: Option<Decimal>) -> Self {
        Self { source, value, of: Decimal::ZERO, remark: None }
    }

    /// A part of a share: so much of so much.
    pub fn share(source: Source<'r>, value: Decimal, of: Decimal) -> Self {
        Self { source, value: Some(value), of, remark: None }
    }

    /// One of the whole, which is or is not part of what is counted.
    pub fn either(source: Source<'r>, is_part: bool) -> Self {
        Self::share(source, if is_part { Decimal::ONE } else { Decimal::ZERO }, Decimal::ONE)
    }

    /// With something worth saying.
    #[must_use]
    pub fn remark(self, remark: Remark) -> Self {
        Self { remark: Some(remark), ..self }
    }
}

/// How a figure is made of its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Not at all: it is recorded as it is, or follows from what is.
    Given(Cell),
    /// How many there are.
    Count,
    /// The sum of their values, as it is written in a column.
    Sum(Written),
    /// The same, and missing where there are none.
    SumOfAny(Written),
    /// Their values of their wholes.
    Share,
    /// The same, and missing where the whole is not positive.
    Ratio,
    /// The middle of their values.
    Median,
}

/// How a sum is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Whole where it is.
    Count,
    /// With decimals.
    Number,
    /// As money.
    Amount,
}

/// A figure and all it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<'r> {
    /// How it is made.
    pub measure: Measure,
    /// What it is made of.
    pub parts: Vec<Part<'r>>,
    /// What could be taken for a part and is none.
    pub left_out: Vec<Part<'r>>,
}

impl<'r> Figure<'r> {
    /// A figure of these parts.
    pub fn new(measure: Measure, parts: impl IntoIterator<Item = Part<'r>>) -> Self {
        Self { measure, parts: parts.into_iter().collect(), left_out: Vec::new() }
    }

    /// What is recorded, and where.
    pub fn given(cell: Cell, sources: impl IntoIterator<Item = Source<'r>>) -> Self {
        Self::new(Measure::Given(cell), sources.into_iter().map(|source| Part::of(source, None)))
    }

    /// How many there are.
    pub fn count(parts: impl IntoIterator<Item = Part<'r>>) -> Self {
        Self::new(Measure::Count, parts)
    }

    /// How many there are of these, beside what was left out.
    pub fn counted(parts: &[Part<'r>], left_out: &[Part<'r>]) -> Self {
        Self::count(parts.iter().copied()).without(left_out.iter().copied())
    }

    /// With what was left out.
    #[must_use]
    pub fn without(mut self, left_out: impl IntoIterator<Item = Part<'r>>) -> Self {
        self.left_out.extend(left_out);
        self
    }

    /// The sum of the values of its parts.
    pub fn sum(&self) -> Sum {
        let mut sum = Sum::default();
        for part in &self.parts {
            sum.add_value(part.value);
        }
        sum
    }

    /// Its parts beside their whole.
    pub fn share(&self) -> Option<Share> {
        let mut whole = Sum::default();
        self.parts.iter().for_each(|part| whole.add_number(part.of));
        Some(Share { numerator: self.sum().total()?, denominator: whole.total()? })
    }

    /// What stands in the table.
    pub fn cell(&self) -> Cell {
        let written = |how: Written| match (how, self.sum()) {
            (Written::Count, sum) => sum.count(),
            (Written::Number, sum) => sum.decimal(),
            (Written::Amount, sum) => sum.amount(),
        };
        match &self.measure {
            Measure::Given(cell) => cell.clone(),
            Measure::Count => Cell::count(self.parts.len()),
            Measure::SumOfAny(_) if self.parts.is_empty() => Cell::Missing,
            Measure::Sum(how) | Measure::SumOfAny(how) => written(*how),
            Measure::Share => self.share().map_or(Cell::Missing, Cell::Share),
            Measure::Ratio => {
                let positive = self.share().filter(|share| share.denominator > Decimal::ZERO);
                positive.map_or(Cell::Missing, Cell::Share)
            }
            Measure::Median => median(self.parts.iter().filter_map(|part| part.value).collect())
                .map_or(Cell::Missing, Cell::Rate),
        }
    }

    /// The figure as a number; of a share, its quotient.
    pub fn value(&self) -> Option<Decimal> {
        self.cell().number()
    }
}

/// The middle value; the mean of the two middle ones of an even number.
fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    lower.checked_add(upper)?.checked_div(Decimal::TWO)
}

/// Why the date of a certificate does not count.
pub const UNCLEAR: Remark = &(
    "its date may lie on either side of the first or the last day",
    "认定日期不完整，无法判断在首日或末日之前还是之后",
);
/// Why a certificate without a date does not count.
pub const UNDATED: Remark = &("its date is not recorded", "未记录认定日期");

/// How many parts something is said of.
pub fn remarked(parts: &[Part], remark: Remark) -> usize {
    parts.iter().filter(|part| part.remark == Some(remark)).count()
}

/// A remark as a text.
pub fn remark_text(remark: Remark) -> Text {
    Text::new(remark.0, remark.1)
}

/// A plain number as a cell.
pub fn plain(value: Decimal) -> Cell {
    number(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        let median = |values: &[i64]| median(values.iter().map(|value| Decimal::from(*value)).collect());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3, 1, 2]), Some(Decimal::from(2)));
        assert_eq!(median(&[4, 1, 2, 9]), Some(Decimal::from(3)));
    }
}
