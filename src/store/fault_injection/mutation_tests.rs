//! The fault-injection tests under test: each mutation must be found by one of them.

use super::authors::interrupted_changes;
use super::enumerated::{Found, errors_before_power_cuts, faults, flipped_bytes, power_cuts};
use super::lost_locks::lost_locks;
use super::races::{edits, new_files, plans, reads, writers};
use crate::store::mutation::{Mutation, activate};

/// Every mutation, and a test that finds it.
const FOUND_BY: [(Mutation, fn() -> Found); 26] = [
    (Mutation::NoJournal, faults),
    (Mutation::HeadFirst, faults),
    (Mutation::NoOverlay, faults),
    (Mutation::InPlace, faults),
    (Mutation::NoJournalSync, power_cuts),
    (Mutation::NoHeadSync, power_cuts),
    (Mutation::NoStageSync, power_cuts),
    (Mutation::NoFolderSync, power_cuts),
    (Mutation::NoSecondHeadRead, reads),
    (Mutation::NoLock, writers),
    (Mutation::NoComparison, edits),
    (Mutation::NoSecondComparison, edits),
    (Mutation::NoFinish, faults),
    (Mutation::NoClearing, faults),
    (Mutation::CleanFirst, faults),
    (Mutation::UnknownIsNot, faults),
    (Mutation::SharedContacts, faults),
    (Mutation::NoPlaceSync, power_cuts),
    (Mutation::IgnoredSync, errors_before_power_cuts),
    (Mutation::NoEntrySum, flipped_bytes),
    (Mutation::NoHeadSum, flipped_bytes),
    (Mutation::NewOverOld, new_files),
    (Mutation::StalePlan, plans),
    (Mutation::StaleFile, plans),
    (Mutation::NoSecondTurn, lost_locks),
    (Mutation::StaleIndex, interrupted_changes),
];

#[test]
fn every_mutation_is_found() {
    for (mutation, test) in FOUND_BY {
        activate(Some(mutation));
        let found = test();
        activate(None);
        let fault = found.expect_err(&format!("{mutation:?} is not found"));
        eprintln!("{mutation:?}: {fault}");
    }
}
