//! Files with very many faults: the time is in proportion to the file, and the first hundred are listed.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

/// Far more than a file of this size takes, and far less than a time that grows with the square of its faults.
const SOON: Duration = Duration::from_secs(25);

fn repeated(start: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = start.to_owned();
    for index in 0..count {
        writeln!(text, "{}", line(index)).unwrap();
    }
    text
}

fn check_soon(path: &str, text: &str, expected: &str) {
    let sandbox = Sandbox::small();
    sandbox.write(path, text);
    let started = Instant::now();
    let outcome = sandbox.run("kunpeng check");
    let took = started.elapsed();
    assert_eq!(outcome.code, Some(3), "{path}");
    assert!(took < SOON, "{path}: {took:?}");
    let found = outcome.stdout.lines().filter(|line| line.starts_with("error")).count();
    assert!(found <= 200, "{path}: {found} findings");
    assert!(
        outcome.stdout.contains(expected),
        "{path}: {}",
        &outcome.stdout[..outcome.stdout.len().min(2000)]
    );
}

#[test]
fn ten_thousand_unknown_keys_are_listed_up_to_a_hundred() {
    let all = "this file has 10000 findings; the first 100 are listed";
    let keys = repeated("name = \"x\"\n", 10_000, |index| format!("key{index} = 1"));
    check_soon("data/enterprises/many.toml", &keys, all);
    let quoted = repeated("name = \"x\"\n", 10_000, |index| format!("\"key{}\" = 1", 10_000 - index));
    check_soon("data/enterprises/many.toml", &quoted, all);
    let members = repeated("", 10_000, |index| format!("\"key{index}\": 1,"));
    check_soon("data/enterprises/many.json", &format!("{{{members}\"name\": \"x\"}}"), all);
}

#[test]
fn a_hundred_thousand_entries_of_a_list_are_compared_in_time() {
    let entries = |entry: &'static str| repeated("name = \"x\"\n", 100_000, |_| entry.to_owned());
    let all = "this file has 99999 findings; the first 100 are listed";
    check_soon("data/enterprises/many.toml", &entries("[[memberships]]\nedition = \"1\""), all);
    let needs = entries("[[needs]]\ncategory = \"land\"\nreceived = 2023-01-01");
    check_soon("data/enterprises/many.toml", &needs, all);
}

#[test]
fn references_and_syntax_errors_are_listed_up_to_a_hundred() {
    let unknown =
        repeated("name = \"x\"\n", 10_000, |index| format!("[[memberships]]\nedition = \"x{index}\""));
    check_soon("data/enterprises/many.toml", &unknown, "this file has 10000 findings");
    let broken = repeated("", 10_000, |index| format!("key{index} = = 1"));
    check_soon("data/enterprises/many.toml", &broken, "; the first 100 are listed");
}

#[test]
fn one_long_line_is_not_repeated_for_each_of_its_faults() {
    let members = repeated("", 100_000, |index| format!("\"key{index}\": 1,")).replace('\n', " ");
    check_soon(
        "data/enterprises/many.json",
        &format!("{{{members}\"name\": \"x\"}}"),
        "this file has 100000 findings",
    );
}
