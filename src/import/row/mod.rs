//! What a row of each kind of table becomes: first what it says by itself, then what that makes of the store.

pub mod attendance;
mod entry;
mod indicator;
mod record;

use super::kind::Becomes;
use super::line::Line;
use super::options::Options;
use super::vocabulary::Vocabulary;
use super::work::{Laid, Work};
use crate::model::entry::EntryKind;
use crate::model::finding::Finding;
use crate::model::kind::Kind;

/// A row that was read. What refers to enterprises is read when it is planned.
pub enum Said {
    /// It becomes a record.
    Record(Kind, record::Said),
    /// It becomes an entry of a record.
    Entry(&'static EntryKind),
    /// It says who took part in an activity.
    Attendance,
    /// It has figures of an enterprise.
    Indicators,
}

/// What a row says by itself.
pub fn read(words: &Vocabulary<'_>, options: &Options, line: &Line<'_>) -> Said {
    match options.kind.becomes() {
        Becomes::Record(kind) => Said::Record(kind, record::read(words, options, line, kind)),
        Becomes::Entry(kind) => Said::Entry(kind),
        Becomes::Attendance => Said::Attendance,
        Becomes::Indicators => Said::Indicators,
    }
}

/// What a row makes of the store.
pub fn plan(work: &mut Work<'_>, line: &Line<'_>, said: Said) -> Result<Laid, Vec<Finding>> {
    match said {
        Said::Record(kind, said) => record::plan(work, line, kind, said),
        Said::Entry(kind) => entry::plan(work, line, kind),
        Said::Attendance => attendance::plan(work, line),
        Said::Indicators => indicator::plan(work, line),
    }
}
