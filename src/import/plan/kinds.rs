//! What a row of each kind of table becomes: first what it says by itself, then what that makes of the store.

use crate::import::columns::kind::Becomes;
use crate::import::plan::options::Options;
use crate::import::plan::overlay::{Merged, Overlay};
use crate::import::plan::{attendance, entry, indicator, record};
use crate::import::rows::row::RowView;
use crate::import::rows::vocabulary::Vocabulary;
use crate::model::entry::EntryKind;
use crate::model::finding::Finding;
use crate::model::kind::Kind;

/// A row that was read. What refers to enterprises is read when it is planned.
pub enum Parsed {
    /// It becomes a record.
    Record(Kind, record::Parsed),
    /// It becomes an entry of a record.
    Entry(&'static EntryKind),
    /// It says who took part in an activity.
    Attendance,
    /// It has figures of an enterprise.
    Indicators,
}

/// What a row says by itself.
pub fn read(words: &Vocabulary<'_>, options: &Options, row: &RowView<'_>) -> Parsed {
    match options.kind.becomes() {
        Becomes::Record(kind) => Parsed::Record(kind, record::read(words, options, row, kind)),
        Becomes::Entry(kind) => Parsed::Entry(kind),
        Becomes::Attendance => Parsed::Attendance,
        Becomes::Indicators => Parsed::Indicators,
    }
}

/// What a row makes of the store.
pub fn plan(overlay: &mut Overlay<'_>, row: &RowView<'_>, parsed: Parsed) -> Result<Merged, Vec<Finding>> {
    match parsed {
        Parsed::Record(kind, parsed) => record::plan(overlay, row, kind, parsed),
        Parsed::Entry(kind) => entry::plan(overlay, row, kind),
        Parsed::Attendance => attendance::plan(overlay, row),
        Parsed::Indicators => indicator::plan(overlay, row),
    }
}
