//! Every rule: a smallest store, import or command that breaks it and nothing else, and its repaired twin.
//!
//! `rules/RULE.txt` holds both, file by file, under lines such as `-- broken data/enterprises/acme.toml --`
//! (`both`, `broken` or `repaired`). A file named `run` is the command line, `kunpeng check` where there is none;
//! one named `sh` is run first. `rules/RULE.found` is all that the broken one shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use kunpeng::model::rule::{self, Rule, Severity};
use snapbox::Data;
use snapbox::data::DataFormat;

use crate::sandbox::{Outcome, PROGRAMME, Sandbox, repository};

fn folder() -> PathBuf {
    repository().join("tests/it/rules")
}

/// The files of a case: whether broken, repaired or both, the name, the text.
fn sections(text: &str) -> Vec<(String, String, String)> {
    let mut sections: Vec<(String, String, String)> = Vec::new();
    for line in text.lines() {
        let title = line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --"));
        match (title.and_then(|title| title.split_once(' ')), sections.last_mut()) {
            (Some((twin, name)), _) => {
                sections.push((twin.to_owned(), name.to_owned(), String::new()));
            }
            (None, Some((_, _, body))) => body.extend([line, "\n"]),
            (None, None) => assert!(line.is_empty(), "`{line}` stands before the first section"),
        }
    }
    sections
}

/// What the broken twin shows in a locale.
pub fn broken(rule: &Rule, locale: &str) -> Outcome {
    run_in(rule, "broken", locale).1
}

/// Makes one of the twins and runs its command.
fn run(rule: &Rule, twin: &str) -> (Sandbox, Outcome) {
    run_in(rule, twin, "en")
}

fn run_in(rule: &Rule, twin: &str, locale: &str) -> (Sandbox, Outcome) {
    let case = fs::read_to_string(folder().join(format!("{}.txt", rule.name)));
    let sandbox = Sandbox::empty();
    sandbox.write("data/programme.toml", PROGRAMME);
    let mut line = "kunpeng check".to_owned();
    let mut first = String::new();
    for (of, name, text) in sections(&case.unwrap_or_else(|_| panic!("`{}` has no case", rule.name))) {
        match name.as_str() {
            _ if of != twin && of != "both" => assert!(["broken", "repaired"].contains(&of.as_str()), "{of}"),
            "run" => text.trim_end().clone_into(&mut line),
            "sh" => first = text,
            _ => sandbox.write(&name, text),
        }
    }
    sandbox.done(&first);
    let before = sandbox.files("data");
    let outcome = sandbox.run_with(&line, &[("LANG", locale)]);
    if twin == "broken" {
        assert!(sandbox.files("data") == before, "`{line}` changed the store");
    }
    (sandbox, outcome)
}

/// The rules that an output names.
fn named(text: &str) -> BTreeSet<&str> {
    text.lines().filter_map(|line| line.trim().strip_prefix("rule: ")).collect()
}

#[test]
fn a_broken_store_shows_its_rule_and_no_other() {
    for rule in rule::ALL {
        let (_, outcome) = run(rule, "broken");
        let text = outcome.text();
        assert_eq!(named(&text), [rule.name].into(), "{}\n{text}", rule.name);
        let code = if rule.severity == Severity::Error { 3 } else { 0 };
        assert_eq!(outcome.code, Some(code), "{}\n{text}", rule.name);
        let found = folder().join(format!("{}.found", rule.name));
        snapbox::assert_data_eq!(text, Data::read_from(&found, Some(DataFormat::Text)).raw());
    }
}

#[test]
fn its_repaired_twin_shows_nothing() {
    let mut wrong = Vec::new();
    for rule in rule::ALL {
        let (sandbox, outcome) = run(rule, "repaired");
        let check = sandbox.run("kunpeng check").text();
        if outcome.code != Some(0) || check != "--- stderr\nno findings in data\n" {
            wrong.push(format!("{}\n{}{check}", rule.name, outcome.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_of_a_rule() {
    let rules: BTreeSet<String> = rule::ALL
        .iter()
        .flat_map(|rule| [".txt", ".found"].map(|end| format!("{}{end}", rule.name)))
        .collect();
    let files = fs::read_dir(folder()).unwrap();
    let cases: BTreeSet<String> =
        files.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(cases, rules);
}
