//! The typed table between a report and every format it is printed in.

use std::io;

use rust_decimal::Decimal;

use crate::model::date::Date;
use crate::model::lang::Lang;
use crate::model::share::Share;

/// What a column holds: it decides how cells are aligned and which may give way on a narrow terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id, a code: never shortened.
    Id,
    /// The name of something: gives way first.
    Name,
    /// A coded value: its id in json, its label elsewhere; gives way after names.
    Coded,
    /// Other text; gives way after names.
    Text,
    /// A whole number.
    Count,
    /// A number with decimals, such as hours.
    Number,
    /// Money in the main unit.
    Amount,
    /// A part of a whole, with both.
    Share,
    /// A rate that is not the quotient of two sums, such as a median.
    Rate,
    /// A date, known to the year, month or day.
    Date,
    /// Different from row to row: each cell speaks for itself.
    Mixed,
}

impl Kind {
    /// Its name in json.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Coded => "coded",
            Self::Text => "text",
            Self::Count => "count",
            Self::Number => "number",
            Self::Amount => "amount",
            Self::Share => "share",
            Self::Rate => "rate",
            Self::Date => "date",
            Self::Mixed => "mixed",
        }
    }

    /// Whether cells stand to the right.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Count | Self::Number | Self::Amount | Self::Share | Self::Rate)
    }
}

/// One cell. What is missing is never zero and never empty text.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value: not reported, not applicable, or nothing to divide by.
    Missing,
    /// A value that is not told, as it would tell of too few enterprises.
    Withheld,
    /// Text, names, ids and codes included.
    Text(String),
    /// An instant, as RFC 3339 writes it: people are shown its day and minute, where it was.
    Time(String),
    /// A coded value.
    Coded {
        /// Its id.
        id: String,
        /// Its label in the language of the table.
        label: String,
    },
    /// Several coded values.
    Codes {
        /// Their ids.
        ids: Vec<String>,
        /// Their labels, joined in the language of the table.
        label: String,
    },
    /// A whole number.
    Count(i64),
    /// An exact number.
    Number(Decimal),
    /// Money in the main unit.
    Amount(Decimal),
    /// A part of a whole.
    Share(Share),
    /// A rate: 0.05 is 5 %.
    Rate(Decimal),
    /// The difference of two rates: 0.05 is 5 percentage points.
    Points(Decimal),
    /// A date.
    Date(Date),
}

impl Cell {
    /// The number it holds; of a share, its quotient.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Count(count) => Some(Decimal::from(*count)),
            Self::Number(number) | Self::Amount(number) | Self::Rate(number) | Self::Points(number) => {
                Some(*number)
            }
            Self::Share(share) => share.value(),
            Self::Missing
            | Self::Withheld
            | Self::Text(_)
            | Self::Time(_)
            | Self::Coded { .. }
            | Self::Codes { .. }
            | Self::Date(_) => None,
        }
    }

    /// Text, or missing.
    pub fn text(text: Option<impl std::fmt::Display>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(text.to_string()))
    }

    /// A date, or missing.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Missing, Self::Date)
    }

    /// How many there are.
    pub fn count(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Missing, Self::Count)
    }

    /// A coded value.
    pub fn coded(id: impl std::fmt::Display, label: impl Into<String>) -> Self {
        Self::Coded { id: id.to_string(), label: label.into() }
    }
}

/// What the total of a table is called by.
pub const TOTAL: &str = "total";

/// What a row without a key is called by.
const NO_KEY: &str = "-";

/// What stands for a value that is withheld.
pub const WITHHELD: &str = "×";

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// English, stable, the same in every language.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What it holds.
    pub kind: Kind,
    /// The unit of its numbers.
    pub unit: Option<String>,
}

/// What is done with each row.
pub type Visit<'v> = dyn FnMut(&[Cell]) -> io::Result<()> + 'v;

/// The rows of a table: held, or made anew each time they are gone through, where they are too many to hold.
pub trait Rows: Sync {
    /// Goes through all rows, each with a cell a column; the same ones each time. Ends with the first error of `visit`.
    fn each(&self, visit: &mut Visit<'_>) -> io::Result<()>;
}

impl Rows for Vec<Vec<Cell>> {
    fn each(&self, visit: &mut Visit<'_>) -> io::Result<()> {
        self.iter().try_for_each(|row| visit(row))
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// English, stable, the same in every language.
    pub id: String,
    /// What people read.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// The sums of the columns that can be summed; other cells are missing.
    pub total: Option<Vec<Cell>>,
    /// The counting rules, and what was left out.
    pub notes: Vec<String>,
    /// The language of labels and notes.
    pub lang: Lang,
    /// The currency of amounts, ISO 4217.
    pub currency: String,
}

impl Table {
    /// A table without columns and rows.
    pub fn new(id: impl Into<String>, title: impl Into<String>, lang: Lang, currency: &str) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            total: None,
            notes: Vec::new(),
            lang,
            currency: currency.to_owned(),
        }
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, id: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        self.columns.push(Column { id: id.into(), label: label.into(), kind, unit: None });
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row of table `{}`", self.id);
        self.rows.push(cells);
    }

    /// The cells a row is called by: its first, of platforms the kind and the level, of a ranking who is ranked.
    fn keys<'c>(&self, row: &'c [Cell]) -> &'c [Cell] {
        let places = match self.id.as_str() {
            "platforms" => 0..2,
            "growth" => 1..2,
            _ => 0..1,
        };
        row.get(places).unwrap_or_default()
    }

    /// What a row is called by: ids, `-` where there is none.
    pub fn key(&self, row: &[Cell]) -> String {
        let id = |cell: &Cell| match cell {
            Cell::Coded { id, .. } | Cell::Text(id) => id.clone(),
            _ => NO_KEY.to_owned(),
        };
        self.keys(row).iter().map(id).collect::<Vec<_>>().join("/")
    }

    /// What people call a row: the labels of its ids, or the name that stands beside them.
    pub fn row_label(&self, row: &[Cell]) -> String {
        let label = |cell: &Cell| match cell {
            Cell::Coded { label, .. } | Cell::Text(label) => label.clone(),
            _ => self.lang.pick("not recorded", "未记录").to_owned(),
        };
        let name = self.columns.iter().zip(row).find(|(column, _)| column.kind == Kind::Name);
        if let Some((_, Cell::Text(name))) = name {
            return name.clone();
        }
        let labels: Vec<String> = self.keys(row).iter().map(label).collect();
        labels.join(self.lang.pick(", ", "、"))
    }

    /// What people call the total.
    pub fn total_label(&self) -> &'static str {
        self.lang.pick("total", "合计")
    }

    /// Adds a note, in the language of the table.
    pub fn note(&mut self, en: impl Into<String>, zh: impl Into<String>) {
        self.notes.push(self.lang.pick(en.into(), zh.into()));
    }
}

/// A table to be printed, and the rows that count for it: its own, or more than it could hold.
#[derive(Clone, Copy)]
pub struct Page<'t> {
    /// Everything but the rows.
    pub table: &'t Table,
    /// The rows.
    pub rows: &'t dyn Rows,
}

impl<'t> Page<'t> {
    /// A table with its own rows.
    pub fn of(table: &'t Table) -> Self {
        Self { table, rows: &table.rows }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.each(&mut |_| Err(io::ErrorKind::Interrupted.into())).is_ok()
    }
}
