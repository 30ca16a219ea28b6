//! The commands of the README work, and what they show is what it says.

use crate::sandbox::{Sandbox, copy, repository};

/// The shell blocks of the README: each a list of commands with the lines that are said to come of it.
fn commands(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    let mut is_console = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) {
            commands.push((command.to_owned(), Vec::new()));
        } else if is_console && let Some((_, shown)) = commands.last_mut() {
            shown.push(line.to_owned());
        }
    }
    commands
}

#[test]
fn its_commands_work_and_show_what_it_says() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let commands = commands(&readme);
    assert!(commands.len() >= 12, "only {} commands were found", commands.len());
    let sandbox = Sandbox::shipped();
    copy(&repository().join("examples"), &sandbox.path("examples"));
    for (command, shown) in commands {
        // The program is built already.
        let line = command.replace("cargo run --release -- ", "kunpeng ");
        if line.starts_with("cargo ") || line.starts_with(".ci/") {
            continue;
        }
        let outcome = sandbox.run_with(&line, &[("KUNPENG_TODAY", "2024-12-01")]);
        assert_eq!(outcome.code, Some(0), "{command}\n{}", outcome.text());
        let text = format!("{}{}", outcome.stdout, outcome.stderr);
        let mut lines = text.lines().map(|line| line.replace("[DIR]/", ""));
        for line in shown.iter().filter(|line| !line.is_empty() && *line != "…") {
            assert!(
                lines.any(|found| found == line.trim_end()),
                "`{line}` is not shown by {command}\n{text}"
            );
        }
    }
}

#[test]
fn every_question_of_its_table_has_an_answer() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let rows =
        readme.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let asked: Vec<&str> =
        rows.filter_map(|(_, typed)| typed.strip_prefix("`kunpeng ")?.strip_suffix('`')).collect();
    assert_eq!(asked.len(), 7, "{asked:?}");
    let sandbox = Sandbox::shipped();
    for typed in asked {
        for lang in ["en", "zh"] {
            let line = format!("kunpeng --lang {lang} {typed} --format csv");
            let outcome = sandbox.run_with(&line, &[("KUNPENG_TODAY", "2024-12-01")]);
            assert_eq!(outcome.code, Some(0), "{line}\n{}", outcome.text());
            assert!(outcome.stdout.lines().count() > 1, "{line} finds nothing\n{}", outcome.text());
        }
    }
}

#[test]
fn what_it_names_is_there() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for path in [
        "data",
        "examples/first-day.sh",
        "examples/french-tech.sh",
        ".ci/run",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ] {
        assert!(readme.contains(path), "the README does not name {path}");
        assert!(repository().join(path).exists(), "{path}");
    }
}
