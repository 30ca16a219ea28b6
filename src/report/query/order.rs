//! The order of rows: numbers by value, dates by their days, words as their list has them, several words by how
//! many there are, names and other text as
//! they read; what is missing stands last, whichever way the order runs.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::condition::{is_missing, number};
use super::nature::{Domain, Nature};
use crate::model::id::by_number;
use crate::model::period::Period;
use crate::report::table::Cell;
use crate::report::view::View;

/// How the cells of one column are ordered.
#[derive(Debug)]
pub struct Order {
    places: HashMap<String, usize>,
    is_period: bool,
    counts: bool,
    is_descending: bool,
}

impl Order {
    /// For a column that holds `nature`.
    pub fn of(view: &View, nature: &Nature, is_descending: bool) -> Self {
        let ids: Vec<String> = match nature {
            Nature::Word(Domain::Kind(kind)) if !matches!(kind, crate::model::kind::Kind::Enterprise) => {
                view.records.ids(*kind).into_iter().map(str::to_owned).collect()
            }
            Nature::Word(Domain::Choices(choices)) => choices.iter().map(|(id, _)| id.clone()).collect(),
            _ => Vec::new(),
        };
        let places = ids.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
        Self {
            places,
            is_period: *nature == Nature::Period,
            counts: matches!(nature, Nature::Words(_)),
            is_descending,
        }
    }

    /// Compares two cells.
    pub fn compare(&self, a: &Cell, b: &Cell) -> Ordering {
        match (is_missing(a), is_missing(b)) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => {
                let order = self.ascending(a, b);
                if self.is_descending { order.reverse() } else { order }
            }
        }
    }

    fn ascending(&self, a: &Cell, b: &Cell) -> Ordering {
        if let (Some(a), Some(b)) = (number(a), number(b)) {
            return a.cmp(&b);
        }
        match (a, b) {
            (Cell::Date(a), Cell::Date(b)) => a.cmp(b),
            (Cell::Codes { ids: a_ids, label: a }, Cell::Codes { ids: b_ids, label: b }) if self.counts => {
                a_ids.len().cmp(&b_ids.len()).then_with(|| a.cmp(b))
            }
            (a, b) => {
                let (a, b) = (text(a), text(b));
                let place = |text: &str| self.places.get(text).copied();
                match (place(a.0), place(b.0)) {
                    (Some(a), Some(b)) => a.cmp(&b),
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (None, None) => self.texts(a.1, b.1),
                }
            }
        }
    }

    fn texts(&self, a: &str, b: &str) -> Ordering {
        if self.is_period
            && let (Ok(a), Ok(b)) = (a.parse::<Period>(), b.parse::<Period>())
        {
            return a.cmp(&b);
        }
        by_number(a, b)
    }
}

/// The id and the label of a cell.
fn text(cell: &Cell) -> (&str, &str) {
    match cell {
        Cell::Text(text) => (text, text),
        Cell::Coded { id, label } => (id, label),
        Cell::Codes { label, .. } => (label, label),
        _ => ("", ""),
    }
}
