//! The way from stores of older formats to the present one: a step for each format there was.
//!
//! A step sees one record at a time, as plain data. An older store is read by taking the steps in memory, and
//! `kunpeng migrate` writes what they come to. A new format adds a row to [`STEPS`] and one to
//! [`FORMAT`](super::programme::FORMAT).

use super::finding::RecordRef;
use super::kind::Kind;
use super::programme::FORMAT;
use super::value::Value;
use crate::model::rule::Wording;

/// The step from one format to the next.
#[derive(Debug)]
pub struct Step {
    /// The format it starts from.
    pub from: u32,
    /// What it does, for whoever runs it.
    pub does: Wording,
    /// Brings one record to the next format; the number itself is not its business.
    record: fn(&RecordRef, &mut Value),
}

/// Every step, the oldest first.
pub static STEPS: &[Step] = &[Step {
    from: 0,
    does: Wording {
        en: "the programme's file says which format the store has",
        zh: "在计划文件中写明数据格式",
    },
    record: as_it_is,
}];

fn as_it_is(_record: &RecordRef, _value: &mut Value) {}

/// The format of a store, from its programme's file: 0 before there was a key for it, none if it is no number.
pub fn format_of(programme: &Value) -> Option<u32> {
    match programme.get("format") {
        None => Some(0),
        Some(Value::Number(number)) if number.scale() == 0 => u32::try_from(*number).ok(),
        Some(_) => None,
    }
}

/// The steps from a format to the present one.
pub fn steps(format: u32) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |step| step.from >= format)
}

/// Brings a record of a store of some format to the present one.
pub fn forward(format: u32, record: &RecordRef, value: &mut Value) {
    for step in steps(format) {
        (step.record)(record, value);
    }
    if record.kind == Kind::Programme && format < FORMAT {
        value.set(&["format"], Some(Value::Number(FORMAT.into())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Table;

    fn programme(format: Option<u32>) -> Value {
        let mut value = Value::Table(Table::default());
        value.set(&["format"], format.map(|format| Value::Number(format.into())));
        value
    }

    #[test]
    fn there_is_a_step_from_every_older_format() {
        let from: Vec<u32> = STEPS.iter().map(|step| step.from).collect();
        assert_eq!(from, (0..FORMAT).collect::<Vec<_>>());
    }

    #[test]
    fn every_older_programme_comes_to_the_present_format_and_a_newer_one_stays() {
        for format in [None, Some(0), Some(FORMAT), Some(FORMAT + 1)] {
            let mut value = programme(format);
            let found = format_of(&value).unwrap();
            forward(found, &RecordRef::programme(), &mut value);
            assert_eq!(format_of(&value), Some(found.max(FORMAT)), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_format_is_left_to_the_reader() {
        let mut value = programme(None);
        value.set(&["format"], Some(Value::Text("1".into())));
        assert_eq!(format_of(&value), None);
    }
}
