//! The trials themselves on trial: each fault built in on purpose must be found by one of them.

use super::enumerated::{Found, faults, power_cuts};
use super::racing::{edits, reads, writers};
use crate::store::flaw::{Flaw, build_in};

/// Every fault, and a trial that finds it.
const FOUND_BY: [(Flaw, fn() -> Found); 12] = [
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
