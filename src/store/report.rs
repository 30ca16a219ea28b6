//! What a writer has to tell beside that it is done.

use std::fmt;

/// Something the user should know; nothing has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// A change that was interrupted has been finished.
    Finished(u64),
    /// Somebody wrote a file at the moment of a change.
    Kept {
        /// The file.
        path: String,
        /// Where what they wrote lies now.
        kept: String,
    },
    /// A change is made, but not all its files could be put in place yet.
    Pending {
        /// The change.
        change: u64,
        /// Why.
        cause: String,
    },
    /// Edits by hand have been recorded.
    ByHand {
        /// As which change.
        change: u64,
        /// Of how many records.
        files: usize,
    },
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished(change) => write!(f, "finished change {change}, which had been interrupted"),
            Self::Kept { path, kept } => write!(
                f,
                "warning: `{path}` was edited by hand at the same moment; what was written there is kept in `{kept}`"
            ),
            Self::Pending { change, cause } => write!(
                f,
                "warning: change {change} is made, but some files are not in place yet ({cause}); every command \
                 sees the new state, and the next one that writes puts them in place"
            ),
            Self::ByHand { change, files } => {
                let records = if *files == 1 { "record" } else { "records" };
                write!(f, "recorded the edits made by hand in {files} {records} as change {change}")
            }
        }
    }
}
