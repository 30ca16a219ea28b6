//! Mutations: faults that tests switch on to show that they would find them. Outside of tests there
//! are none.

/// One thing done wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
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
    /// A reader does not read HEAD a second time.
    NoSecondHeadRead,
    /// A reader does not apply a pending change to what the files hold.
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
    SharedContacts,
    /// A new file is put over whatever has come to lie in its place.
    NewOverOld,
    /// A plan is carried out on a store that has changed since.
    StalePlan,
    /// A plan is carried out on a file that says something else than what was read.
    StaleFile,
    /// The checksum of an entry is not looked at.
    NoEntrySum,
    /// The checksum of HEAD is not looked at.
    NoHeadSum,
    /// A writer does not look again whether it is still its turn.
    NoSecondTurn,
    /// The index of files is not brought up to date with changes that were interrupted.
    StaleIndex,
}

#[cfg(test)]
std::thread_local! {
    static ACTIVE: std::cell::Cell<Option<Mutation>> = const { std::cell::Cell::new(None) };
}

/// Whether a mutation is active.
pub fn is_active(mutation: Mutation) -> bool {
    #[cfg(test)]
    return ACTIVE.with(std::cell::Cell::get) == Some(mutation);
    #[cfg(not(test))]
    {
        let _ = mutation;
        false
    }
}
/// Switches a mutation on, or off, for this thread.
#[cfg(test)]
pub fn activate(mutation: Option<Mutation>) {
    ACTIVE.with(|cell| cell.set(mutation));
}
