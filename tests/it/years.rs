//! Whole years of workbooks, as offices write them, go in book after book and bring what a careful person would
//! enter from them. `tests/years/NAME/truth.json` says what; `tests/years/make.py` writes the books.
//!
//! There, `setup` are the commands that make the store, `today` is the day it is, and each of the `books` has the kind,
//! the `options` of its import, and the records it `brings`: enterprises by code (by name without one), with persons and
//! own fields beside the rest, amounts in yuan.
//!
//! A book of a year's list `pending` does not go in yet, or not right: what it brings is then written as records, so
//! that the books after it have what they refer to. Whoever makes one go in takes it off the list.
//! `cargo test --test it years -- --nocapture` prints what became of each.

mod state;

use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use crate::plausible::cries;
use crate::sandbox::{Sandbox, copy, repository};
use state::State;

/// What became of a book.
enum Fate {
    Taken,
    TakenWrong(String),
    Stopped(String),
}

/// What offices got wrong in a year, and `check` says; it takes nothing else for a slip.
const SLIPS: [(&str, &str); 2] = [
    // Its edition's closing says that it goes on, the list of the next edition does not have it.
    (
        "chamber",
        "`91350299DEM530058Q` was transferred from edition `3` on 2023-12-15, and joined no other one that day",
    ),
    // It was visited as one of the first edition, applied to that, and was taken into the second.
    (
        "zone",
        "`91370299DEM440079B` is present at `2024-08-20-qiye-zoufang` and no member of edition `1` on 2024-08-20",
    ),
];

#[test]
fn the_given_year_goes_in() {
    drop(replay("given"));
}

#[test]
fn the_year_of_an_incubator_goes_in() {
    drop(replay("incubator"));
}

#[test]
fn the_year_of_a_county_goes_in() {
    drop(replay("county"));
}

#[test]
fn the_year_of_a_chamber_of_commerce_goes_in() {
    drop(replay("chamber"));
}

#[test]
fn the_year_of_a_coastal_area_goes_in() {
    replay("coast");
}

#[test]
fn the_year_of_a_development_zone_goes_in() {
    drop(replay("zone"));
}

#[test]
fn the_year_of_an_inner_district_goes_in() {
    drop(replay("borough"));
}

#[test]
fn the_year_of_a_park_in_the_mountains_goes_in() {
    drop(replay("park"));
}

#[test]
fn the_year_of_an_association_of_works_goes_in() {
    drop(replay("works"));
}

#[test]
fn the_script_of_the_given_year_brings_the_same_records() {
    let truth = truth(&repository().join("tests/years/given"));
    let sandbox = Sandbox::empty();
    copy(&repository().join("examples"), &sandbox.path("examples"));
    copy(&repository().join("tests/years/given"), &sandbox.path("tests/years/given"));
    let outcome = sandbox.run_with("sh examples/year.sh data", &[("KUNPENG_TODAY", "2024-06-30")]);
    if truth["pending"] != Value::Array(Vec::new()) {
        assert_ne!(outcome.code, Some(0), "a pending book went in");
        return;
    }
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    let mut expected = State::default();
    for book in truth["books"].as_array().unwrap() {
        expected.add(&book["brings"]);
    }
    assert_eq!(State::read(&sandbox).difference(&expected), "");
}

fn truth(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("truth.json")).unwrap()).unwrap()
}

/// Imports the books of a year one after the other, and compares all records after each.
fn replay(name: &str) -> Sandbox {
    let folder = repository().join("tests/years").join(name);
    let truth = truth(&folder);
    let sandbox = Sandbox::new();
    copy(&folder, &sandbox.path("books"));
    for line in truth["setup"].as_array().unwrap() {
        sandbox.done(&format!("kunpeng {}", line.as_str().unwrap()));
    }
    let mut expected = State::default();
    let mut ledger = String::new();
    let mut left = Vec::new();
    for book in truth["books"].as_array().unwrap() {
        let fate = import(&sandbox, &truth, book, &mut expected);
        let file = files(book).remove(0);
        let (mark, more) = match &fate {
            Fate::Taken => ("taken  ", String::new()),
            Fate::TakenWrong(difference) => ("WRONG  ", format!("\n{difference}")),
            Fate::Stopped(message) => ("STOPPED", format!("\n{message}")),
        };
        writeln!(ledger, "{mark} {name}/{file}{more}").unwrap();
        if !matches!(fate, Fate::Taken) {
            expected.write(&sandbox);
            left.push(Value::from(file));
        }
    }
    let taken = truth["books"].as_array().unwrap().len() - left.len();
    writeln!(ledger, "{name}: {taken} books go in, {} do not", left.len()).unwrap();
    report(&ledger);
    if std::env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
        overwrite(&folder.join("truth.json"), &left);
    } else {
        assert!(
            Value::from(left) == truth["pending"],
            "the list `pending` of {name} says otherwise:\n{ledger}"
        );
    }
    let slips = SLIPS.iter().filter(|(of, _)| *of == name).map(|(_, said)| format!("warning: {said}"));
    let cries = cries(&sandbox, truth["today"].as_str().unwrap());
    let said: Vec<&str> = cries.iter().filter_map(|cry| cry.lines().next()).collect();
    assert_eq!(said, slips.collect::<Vec<_>>(), "{}", cries.join("\n"));
    sandbox
}

/// Writes the list of pending books into the text of a truth.
fn overwrite(path: &Path, left: &[Value]) {
    const HEAD: &str = " \"pending\": ";
    let text = std::fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once(HEAD).unwrap();
    let (_, after) = rest.split_once("],\n").unwrap();
    let lines: Vec<String> = left.iter().map(|it| format!("  {it}")).collect();
    let list = if lines.is_empty() { "[".to_owned() } else { format!("[\n{}\n ", lines.join(",\n")) };
    std::fs::write(path, format!("{before}{HEAD}{list}],\n{after}")).unwrap();
}

#[expect(clippy::print_stdout, reason = "shown with --nocapture")]
fn report(ledger: &str) {
    println!("\n{ledger}");
}

/// Imports one book; what it should bring is expected from now on.
fn import(sandbox: &Sandbox, truth: &Value, book: &Value, expected: &mut State) -> Fate {
    let mut line = format!("kunpeng import {}", book["import"].as_str().unwrap());
    for word in files(book).iter().map(|file| format!("books/{file}")).chain(texts(&book["options"])) {
        write!(line, " '{word}'").unwrap();
    }
    let outcome = sandbox.run_with(&line, &[("KUNPENG_TODAY", truth["today"].as_str().unwrap())]);
    expected.add(&book["brings"]);
    if outcome.code != Some(0) {
        return Fate::Stopped(format!("{line}\n{}", outcome.text()));
    }
    let difference = State::read(sandbox).difference(expected);
    if difference.is_empty() { Fate::Taken } else { Fate::TakenWrong(format!("{line}\n{difference}")) }
}

/// The files of a book: a form may be several.
fn files(book: &Value) -> Vec<String> {
    if book["file"].is_array() {
        texts(&book["file"])
    } else {
        vec![book["file"].as_str().unwrap().to_owned()]
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}
