//! Every operation fails, lies, or is the last; the power is cut after every operation.

use super::faulty_disk::{FaultKind, FaultyDisk};
use super::memory_disk::{MemoryDisk, Unsynced};
use super::scenarios::{enterprise_set, scenarios};
use super::{Scenario, outcome};
use crate::store::disk::{Disk, Folder};
use crate::store::head::{self, Head};
use crate::store::{StoreError, history, recover};

/// How a state was reached and what is wrong with it, or how many points there were.
pub type Found = Result<usize, String>;

fn judge(
    scenario: &Scenario,
    result: &Result<(), StoreError>,
    disk: &dyn Disk,
    is_dead: bool,
) -> Result<bool, String> {
    let is_new = outcome(disk, scenario)?;
    match result {
        Ok(()) if !is_new => Err("reported as done, and is not".to_owned()),
        Err(StoreError::NotKnown { .. }) => Ok(is_new),
        Err(error) if is_new && !is_dead => Err(format!("reported as not done, and is: {}", error.chain())),
        _ => Ok(is_new),
    }
}

/// Every fault at every operation of a change.
fn every_fault(scenario: &Scenario) -> Found {
    let mut occurred = [false; 2];
    let mut points = 0;
    for wrong in FaultKind::ALL {
        for at in 0.. {
            let disk = MemoryDisk::new();
            scenario.set_up(&disk);
            let faulty = FaultyDisk::new(&disk, at, wrong);
            let result = scenario.run(&faulty);
            let is_dead = matches!(wrong, FaultKind::Killed | FaultKind::KilledMidWrite);
            whole(scenario, &disk).and_then(|()| judge(scenario, &result, &disk, is_dead)).map_or_else(
                |fault| Err(format!("{}: {wrong:?} at operation {at}: {fault}", scenario.name)),
                |is_new| {
                    occurred[usize::from(is_new)] = true;
                    Ok(())
                },
            )?;
            points += 1;
            if faulty.count() <= at {
                break;
            }
        }
    }
    if occurred == [true; 2] {
        Ok(points)
    } else {
        Err(format!("{}: only one of the two states occurred", scenario.name))
    }
}

/// Whoever reads a file with another program sees it whole.
fn whole(scenario: &Scenario, disk: &MemoryDisk) -> Result<(), String> {
    let (records, after) = (disk.records(), scenario.after());
    for (path, old) in &scenario.before {
        let found = records.get(path);
        if found != Some(old) && found != after.get(path) {
            return Err(format!("`{path}` is torn"));
        }
    }
    Ok(())
}

/// The power is cut after every operation of a change, with all sorts of unsynced.
fn every_power_cut(scenario: &Scenario) -> Found {
    let mut points = 0;
    for at in 0.. {
        let disk = MemoryDisk::new();
        scenario.set_up(&disk);
        let faulty = FaultyDisk::new(&disk, at, FaultKind::Killed);
        let result = scenario.run(&faulty);
        let seeds = u64::try_from(at).unwrap_or_default() * 8;
        let random = (0..6).map(|seed| Unsynced::Random(seeds + seed));
        for unsynced in [Unsynced::Lost, Unsynced::Kept].into_iter().chain(random) {
            let disk = disk.after_power_cut(unsynced);
            judge(scenario, &result, &disk, true)
                .map_err(|fault| format!("{}: {unsynced:?} after operation {at}: {fault}", scenario.name))?;
            points += 1;
        }
        if faulty.count() <= at {
            return Ok(points);
        }
    }
    Ok(points)
}

/// An error at every operation of a change, and the power cut after the result is reported: what is reported as
/// done stays done.
fn every_error_before_a_power_cut(scenario: &Scenario) -> Found {
    for at in 0.. {
        let disk = MemoryDisk::new();
        scenario.set_up(&disk);
        let faulty = FaultyDisk::new(&disk, at, FaultKind::Broken);
        let result = scenario.run(&faulty);
        judge(scenario, &result, &disk.after_power_cut(Unsynced::Lost), true)
            .map_err(|fault| format!("{}: an error at operation {at}, then lost: {fault}", scenario.name))?;
        if faulty.count() <= at {
            return Ok(at);
        }
    }
    Ok(0)
}

/// Every byte of HEAD and of the entry of an interrupted change is flipped: nothing is made of it, or all of it.
fn every_flipped_byte(scenario: &Scenario) -> Found {
    let whole = MemoryDisk::new();
    scenario.set_up(&whole);
    let first = (0..99).find(|at| {
        let disk = MemoryDisk::new();
        scenario.set_up(&disk);
        let _ = scenario.run(&FaultyDisk::new(&disk, *at, FaultKind::Killed));
        matches!(head::read(&disk), Ok(Some(Head { applying: true, .. })))
    });
    let _ = scenario.run(&FaultyDisk::new(&whole, first.unwrap_or_default(), FaultKind::Killed));
    let mut points = 0;
    for path in [head::HEAD.to_owned(), history::file_of(2)] {
        let bytes = whole.read(&path).unwrap_or_default().unwrap_or_default();
        for at in 0..bytes.len() {
            let disk = whole.after_power_cut(Unsynced::Kept);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            disk.overwrite(disk.number(&path).unwrap_or_default(), &flipped);
            if recover::recover(&disk).is_ok() {
                return Err(format!(
                    "{}: byte {at} of `{path}` is flipped, and was not noticed",
                    scenario.name
                ));
            }
            points += 1;
        }
    }
    Ok(points)
}

fn every(check: fn(&Scenario) -> Found) -> Found {
    scenarios().iter().map(check).sum()
}

pub fn faults() -> Found {
    every(every_fault)
}

pub fn power_cuts() -> Found {
    every(every_power_cut)
}

pub fn errors_before_power_cuts() -> Found {
    every(every_error_before_a_power_cut)
}

pub fn flipped_bytes() -> Found {
    every_flipped_byte(&enterprise_set())
}

#[test]
fn what_is_said_to_be_done_is_done_although_the_disk_failed_before_the_power_was_cut() {
    eprintln!("{} errors, each before a power cut", errors_before_power_cuts().unwrap());
}

#[test]
fn nothing_is_made_of_a_damaged_head_or_entry() {
    eprintln!("{} flipped bytes", flipped_bytes().unwrap());
}

#[test]
fn whatever_operation_fails_the_change_is_made_whole_or_not_at_all() {
    let points = faults().unwrap();
    // Two of six are kills, the others are errors.
    eprintln!("{points} faults: {} errors, {} kills", points / 6 * 4, points / 6 * 2);
    assert!(points >= 12_000, "{points}");
}

#[test]
fn whenever_the_power_is_cut_the_change_is_made_whole_or_not_at_all() {
    let points = power_cuts().unwrap();
    eprintln!("{points} power cuts");
    assert!(points > 14_000, "{points}");
}

#[test]
fn the_real_disk_keeps_the_same_promises() {
    let mut points = 0;
    for scenario in scenarios().iter().filter(|scenario| scenario.changes.len() < 3) {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let disk = Folder::at(folder.path());
            scenario.set_up(&disk);
            let faulty = FaultyDisk::new(&disk, at, FaultKind::Killed);
            let result = scenario.run(&faulty);
            judge(scenario, &result, &disk, true)
                .unwrap_or_else(|fault| panic!("{} at {at}: {fault}", scenario.name));
            points += 1;
            if faulty.count() <= at {
                break;
            }
        }
    }
    eprintln!("{points} faults on the real disk");
}
