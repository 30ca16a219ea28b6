//! Faults built in on purpose, so that the tests of the store can be shown to find them. Outside of tests there
//! are none.

/// One thing done wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// No history entry is written before files are put in place.
    NoJournal,
    /// The history entry is not synced.
    NoJournalSync,
    /// HEAD is not synced.
    NoHeadSync,
    /// New contents are not synced.
    NoStageSync,
    /// Folders are not synced.
    NoFolderSync,
    /// Writers do not keep each other out.
    NoLock,
    /// A reader does not look at HEAD a second time.
    NoSecondLook,
    /// A reader does not lay a pending change over the files.
    NoOverlay,
    /// Files are overwritten where they lie.
    InPlace,
    /// HEAD is written before the history entry.
    HeadFirst,
    /// What was displaced is not compared with what was read.
    NoComparison,
    /// Files displaced earlier are deleted without a second look.
    NoSecondComparison,
}

#[cfg(test)]
std::thread_local! {
    static BUILT_IN: std::cell::Cell<Option<Flaw>> = const { std::cell::Cell::new(None) };
}

/// Whether a fault is built in.
pub fn has(flaw: Flaw) -> bool {
    #[cfg(test)]
    return BUILT_IN.with(std::cell::Cell::get) == Some(flaw);
    #[cfg(not(test))]
    {
        let _ = flaw;
        false
    }
}
/// Builds a fault into whatever this thread does from now on.
#[cfg(test)]
pub fn build_in(flaw: Option<Flaw>) {
    BUILT_IN.with(|cell| cell.set(flaw));
}
