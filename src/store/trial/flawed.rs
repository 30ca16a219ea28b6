//! The trials themselves on trial: each fault built in on purpose must be found by one of them.

use super::enumerated::{Found, errors_before_power_cuts, faults, flipped_bytes, power_cuts};
use super::racing::{edits, new_files, plans, reads, writers};
use crate::store::flaw::{Flaw, build_in};

/// Every fault, and a trial that finds it.
const FOUND_BY: [(Flaw, fn() -> Found); 24] = [
    (Flaw::NoJournal, faults),
    (Flaw::HeadFirst, faults),
    (Flaw::NoOverlay, faults),
    (Flaw::InPlace, faults),
    (Flaw::NoJournalSync, power_cuts),
    (Flaw::NoHeadSync, power_cuts),
    (Flaw::NoStageSync, power_cuts),
    (Flaw::NoFolderSync, power_cuts),
    (Flaw::NoSecondLook, reads),
    (Flaw::NoLock, writers),
    (Flaw::NoComparison, edits),
    (Flaw::NoSecondComparison, edits),
    (Flaw::NoFinish, faults),
    (Flaw::NoClearing, faults),
    (Flaw::CleanFirst, faults),
    (Flaw::UnknownIsNot, faults),
    (Flaw::SharedPersons, faults),
    (Flaw::NoPlaceSync, power_cuts),
    (Flaw::IgnoredSync, errors_before_power_cuts),
    (Flaw::NoEntrySum, flipped_bytes),
    (Flaw::NoHeadSum, flipped_bytes),
    (Flaw::NewOverOld, new_files),
    (Flaw::OldPlan, plans),
    (Flaw::OtherText, plans),
];

#[test]
fn every_fault_that_is_built_in_is_found() {
    for (flaw, trial) in FOUND_BY {
        build_in(Some(flaw));
        let found = trial();
        build_in(None);
        let fault = found.expect_err(&format!("{flaw:?} is not found"));
        eprintln!("{flaw:?}: {fault}");
    }
}
