//! What becomes of one row.

use super::options::Disposition;
use super::overlay::Changes;
use crate::model::finding::RecordRef;
use crate::model::text::Text;

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOutcome {
    /// The place of its table among all that are imported.
    pub table: usize,
    /// Its number in the file.
    pub number: usize,
    /// The record it belongs to, where that is known.
    pub record: Option<RecordRef>,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Every value that changes.
    pub changes: Changes,
    /// The row it repeats, or what is wrong with it.
    pub reason: Option<Text>,
}

impl RowOutcome {
    /// A row that is refused until something better is known.
    pub fn refused() -> Self {
        Self {
            table: 0,
            number: 0,
            record: None,
            disposition: Disposition::Refused,
            changes: Changes::Listed(Vec::new()),
            reason: None,
        }
    }
}
