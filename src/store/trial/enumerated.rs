//! Every operation fails, lies, or is the last; the power is cut after every operation.

use super::change::{enterprise_set, trials};
use super::fault::{Faulty, Wrong};
use super::memory::{Luck, Memory};
use super::{Trial, outcome};
use crate::store::disk::{Disk, Folder};
use crate::store::head::{self, Head};
use crate::store::{StoreError, history, recover};

/// How a state was reached and what is wrong with it, or how many points there were.
pub type Found = Result<usize, String>;

fn judge(
    trial: &Trial,
    told: &Result<(), StoreError>,
    disk: &dyn Disk,
    is_dead: bool,
) -> Result<bool, String> {
    let is_new = outcome(disk, trial)?;
    match told {
        Ok(()) if !is_new => Err("said to be done, and is not".to_owned()),
        Err(StoreError::NotKnown { .. }) => Ok(is_new),
        Err(error) if is_new && !is_dead => Err(format!("said not to be done, and is: {}", error.chain())),
        _ => Ok(is_new),
    }
}

/// Every fault at every operation of a change.
fn every_fault(trial: &Trial) -> Found {
    let mut seen = [false; 2];
    let mut points = 0;
    for wrong in Wrong::ALL {
        for at in 0.. {
            let disk = Memory::new();
            trial.lay(&disk);
            let faulty = Faulty::new(&disk, at, wrong);
            let told = trial.make(&faulty);
            let is_dead = matches!(wrong, Wrong::Dead | Wrong::DeadShort);
            whole(trial, &disk).and_then(|()| judge(trial, &told, &disk, is_dead)).map_or_else(
                |fault| Err(format!("{}: {wrong:?} at operation {at}: {fault}", trial.name)),
                |is_new| {
                    seen[usize::from(is_new)] = true;
                    Ok(())
                },
            )?;
            points += 1;
            if faulty.count() <= at {
                break;
            }
        }
    }
    if seen == [true; 2] { Ok(points) } else { Err(format!("{}: not both states were seen", trial.name)) }
}

/// Whoever reads a file with another program sees it whole.
fn whole(trial: &Trial, disk: &Memory) -> Result<(), String> {
    let (records, after) = (disk.records(), trial.after());
    for (path, old) in &trial.before {
        let found = records.get(path);
        if found != Some(old) && found != after.get(path) {
            return Err(format!("`{path}` is torn"));
        }
    }
    Ok(())
}

/// The power is cut after every operation of a change, with all sorts of luck.
fn every_power_cut(trial: &Trial) -> Found {
    let mut points = 0;
    for at in 0.. {
        let disk = Memory::new();
        trial.lay(&disk);
        let faulty = Faulty::new(&disk, at, Wrong::Dead);
        let told = trial.make(&faulty);
        let seeds = u64::try_from(at).unwrap_or_default() * 8;
        let thrown = (0..6).map(|seed| Luck::Thrown(seeds + seed));
        for luck in [Luck::Lost, Luck::Kept].into_iter().chain(thrown) {
            let disk = disk.after_power_cut(luck);
            judge(trial, &told, &disk, true)
                .map_err(|fault| format!("{}: {luck:?} after operation {at}: {fault}", trial.name))?;
            points += 1;
        }
        if faulty.count() <= at {
            return Ok(points);
        }
    }
    Ok(points)
}

/// An error at every operation of a change, and the power cut once it has been told how it ended: what is said to be
/// done stays done.
fn every_error_before_a_power_cut(trial: &Trial) -> Found {
    for at in 0.. {
        let disk = Memory::new();
        trial.lay(&disk);
        let faulty = Faulty::new(&disk, at, Wrong::Broken);
        let told = trial.make(&faulty);
        judge(trial, &told, &disk.after_power_cut(Luck::Lost), true)
            .map_err(|fault| format!("{}: an error at operation {at}, then lost: {fault}", trial.name))?;
        if faulty.count() <= at {
            return Ok(at);
        }
    }
    Ok(0)
}

/// Every byte of HEAD and of the entry of an interrupted change is flipped: nothing is made of it, or all of it.
fn every_flipped_byte(trial: &Trial) -> Found {
    let whole = Memory::new();
    trial.lay(&whole);
    let first = (0..99).find(|at| {
        let disk = Memory::new();
        trial.lay(&disk);
        let _ = trial.make(&Faulty::new(&disk, *at, Wrong::Dead));
        matches!(head::read(&disk), Ok(Some(Head { applying: true, .. })))
    });
    let _ = trial.make(&Faulty::new(&whole, first.unwrap_or_default(), Wrong::Dead));
    let mut points = 0;
    for path in [head::HEAD.to_owned(), history::file_of(2)] {
        let bytes = whole.read(&path).unwrap_or_default().unwrap_or_default();
        for at in 0..bytes.len() {
            let disk = whole.after_power_cut(Luck::Kept);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            disk.overwrite(disk.number(&path).unwrap_or_default(), &flipped);
            if recover::recover(&disk).is_ok() {
                return Err(format!("{}: byte {at} of `{path}` is flipped, and nobody saw", trial.name));
            }
            points += 1;
        }
    }
    Ok(points)
}

fn every(check: fn(&Trial) -> Found) -> Found {
    trials().iter().map(check).sum()
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
    for trial in trials().iter().filter(|trial| trial.changes.len() < 3) {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let disk = Folder::at(folder.path());
            trial.lay(&disk);
            let faulty = Faulty::new(&disk, at, Wrong::Dead);
            let told = trial.make(&faulty);
            judge(trial, &told, &disk, true)
                .unwrap_or_else(|fault| panic!("{} at {at}: {fault}", trial.name));
            points += 1;
            if faulty.count() <= at {
                break;
            }
        }
    }
    eprintln!("{points} faults on the real disk");
}
