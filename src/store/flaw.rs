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
    /// An interrupted change is called finished, and is not.
    NoFinish,
    /// What an interrupted change has left is not cleared away.
    NoClearing,
    /// An error of a sync is passed over.
    IgnoredSync,
    /// HEAD says that all files are in place before they are.
    CleanFirst,
    /// The folders are not synced before HEAD says that all files are in place.
    NoPlaceSync,
    /// A change of which nobody knows whether it was made is taken for one that was not.
    UnknownIsNot,
    /// Personal data are written for everybody to read.
    SharedPersons,
    /// A new file is put over whatever has come to lie in its place.
    NewOverOld,
    /// A plan is carried out on a store that has changed since.
    OldPlan,
    /// A plan is carried out on a file that says something else than what was read.
    OtherText,
    /// The checksum of an entry is not looked at.
    NoEntrySum,
    /// The checksum of HEAD is not looked at.
    NoHeadSum,
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
