//! Every help is a checked file, and every example in it works.

use clap::Command;
use clap::builder::StyledStr;
use snapbox::Data;
use snapbox::data::DataFormat;

use crate::sandbox::{Sandbox, repository};

/// Every command line that has a help, without `kunpeng`.
fn paths(command: &Command, above: &str, paths: &mut Vec<String>) {
    paths.push(above.trim().to_owned());
    for below in command.get_subcommands() {
        self::paths(below, &format!("{above} {}", below.get_name()), paths);
    }
}

fn all_paths() -> Vec<String> {
    let mut all = Vec::new();
    paths(&kunpeng::cli::command(), "", &mut all);
    all
}

/// The examples at the end of a help.
fn examples(help: &str) -> Vec<String> {
    let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_default();
    examples.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_help_is_as_it_was_checked() {
    let sandbox = Sandbox::empty();
    for path in all_paths() {
        let help = sandbox.done(&format!("kunpeng {path} --help"));
        let name = if path.is_empty() { "kunpeng".to_owned() } else { path.replace(' ', "-") };
        let file = repository().join(format!("tests/it/snapshots/help/{name}.txt"));
        snapbox::assert_data_eq!(help, Data::read_from(&file, Some(DataFormat::Text)).raw());
    }
}

#[test]
fn every_checked_help_is_of_a_command() {
    let mut known: Vec<String> = all_paths().iter().map(|path| path.replace(' ', "-") + ".txt").collect();
    known[0] = "kunpeng.txt".to_owned();
    known.sort();
    let files = std::fs::read_dir(repository().join("tests/it/snapshots/help")).unwrap();
    let mut checked: Vec<String> =
        files.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    checked.sort();
    assert_eq!(checked, known);
}

#[test]
fn every_help_begins_with_an_imperative_and_ends_with_examples() {
    const VERBS: &[&str] = &[
        "Add", "Apply", "Back", "Check", "Close", "Create", "Edit", "Erase", "Export", "Forget", "Graduate",
        "Import", "List", "Manage", "Merge", "Move", "Open", "Print", "Record", "Redo", "Remove", "Rename",
        "Reopen", "Restore", "Run", "Set", "Show", "Undo", "Upgrade",
    ];
    let sandbox = Sandbox::empty();
    for path in all_paths() {
        let help = sandbox.done(&format!("kunpeng {path} --help"));
        let first = help.lines().next().unwrap();
        let verb = first.split_whitespace().next().unwrap();
        assert!(VERBS.contains(&verb), "`{path}` begins with `{verb}`: {first}");
        assert!(!first.ends_with('.'), "{path}: {first}");
        let examples = examples(&help);
        assert!(!examples.is_empty(), "`{path}` has no example");
        let own = format!("kunpeng {path}");
        assert!(examples[0].starts_with(own.trim()), "{path}: {}", examples[0]);
        assert!(help.trim_end().ends_with(examples.last().unwrap().as_str()), "{path}");
    }
}

/// What must be done before an example works on the shipped data.
const BEFORE: &[(&str, &str)] = &[
    ("kunpeng init data", "mv data elsewhere"),
    ("kunpeng apply plan.json --dry-run", "echo '{\"kunpeng-plan\": 1, \"edits\": []}' > plan.json"),
    ("kunpeng batch changes.txt --dry-run", "echo 'industry add id=bio name=生物医药' > changes.txt"),
    ("kunpeng industry remove biomedicine", "kunpeng industry add id=biomedicine name=生物医药"),
    ("kunpeng edition remove 4", "kunpeng edition add id=4 name=第四期"),
    ("kunpeng edition open 4", "kunpeng edition add id=4 name=第四期"),
    ("kunpeng member transfer 3", "kunpeng edition add id=4 name=第四期"),
    ("kunpeng restore", "kunpeng backup 2026-11-23.tar.zst && mv data elsewhere"),
    ("kunpeng log show 2", "kunpeng industry add id=toys name=玩具"),
    ("kunpeng undo", "kunpeng industry add id=toys name=玩具"),
    ("kunpeng redo", "kunpeng industry add id=toys name=玩具 && kunpeng undo"),
    ("kunpeng history prune", "kunpeng industry add id=toys name=玩具"),
    ("kunpeng enterprise remove sample-1", "kunpeng enterprise add id=sample-1 name=Sample"),
    (
        "kunpeng activity remove 2024-03-01-course",
        "kunpeng activity add id=2024-03-01-course edition=3 aspect=courses title=专题课 date=2024-03-01",
    ),
    ("kunpeng import members roster.csv", "printf '企业名称\\n示例汽车零部件0082有限公司\\n' > roster.csv"),
    ("kunpeng import enterprises roster.csv", "printf '企业名称\\n示例新厂\\n' > roster.csv"),
    ("kunpeng import enterprises list.csv", "printf '2020,List,Sample\\n' > list.csv"),
    (
        "kunpeng import indicators 2023.csv",
        "printf '企业名称,年度,营业收入\\n示例汽车零部件0082有限公司,2023,5200\\n' > 2023.csv",
    ),
];

#[test]
fn every_example_works_on_the_shipped_data() {
    const READING: [&str; 8] =
        [" list", " show", " status", " report", " summary", " check", " export", "--dry-run"];
    let unchanged = Sandbox::shipped();
    let mut wrong = Vec::new();
    for path in all_paths() {
        for example in examples(&unchanged.done(&format!("kunpeng {path} --help"))) {
            // Where an example sends its output is not for a test to write to.
            let example = example.split(" > ").next().unwrap();
            let before = BEFORE.iter().find(|(start, _)| example.starts_with(start));
            let first = before.map_or("true", |(_, first)| first);
            let reads = before.is_none() && READING.iter().any(|word| example.contains(word));
            let own = (!reads).then(Sandbox::shipped);
            let line = format!("{first} && {example}");
            let outcome = own.as_ref().unwrap_or(&unchanged).run_with(&line, &[("EDITOR", "true")]);
            if outcome.code != Some(0) {
                wrong.push(format!("{example}\n{}", outcome.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every text of a command and what is below it, with where it stands.
fn texts(command: &Command, path: &str, texts: &mut Vec<(String, String)>) {
    let mut text = |place: &str, text: Option<&StyledStr>| {
        let paragraphs = text.map(ToString::to_string).unwrap_or_default();
        let paragraphs = paragraphs.split("\n\n").map(str::to_owned).collect::<Vec<_>>();
        texts.extend(paragraphs.into_iter().map(|text| (format!("{path}{place}"), text)));
    };
    text("", command.get_about());
    if command.get_long_about().is_some() {
        text("", command.get_long_about());
    }
    for arg in command.get_arguments() {
        text(&format!(" {}", arg.get_id()), arg.get_help());
        for value in arg.get_possible_values().iter().filter(|value| value.get_help().is_some()) {
            text(&format!(" {} {}", arg.get_id(), value.get_name()), value.get_help());
        }
    }
    for below in command.get_subcommands() {
        self::texts(below, &format!("{path} {}", below.get_name()), texts);
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_text_of_every_help_is_there_in_both_languages() {
    let mut all = Vec::new();
    texts(&kunpeng::cli::command(), "kunpeng", &mut all);
    assert!(all.len() > 250, "only {} texts were read", all.len());
    let wrong: Vec<String> = all
        .into_iter()
        .filter(|(_, text)| {
            let (en, zh) = text.split_once(" ‖ ").unwrap_or((text, ""));
            en.trim().is_empty() || en.contains('‖') || !is_chinese(zh)
        })
        .map(|(place, text)| format!("{place}: {text}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_chinese_help_has_nothing_in_english() {
    const WORDS: [&str; 7] =
        ["Usage", "Options:", "Commands:", "Arguments:", "Print", "possible values", "default:"];
    let sandbox = Sandbox::empty();
    for path in all_paths() {
        let help = sandbox.done(&format!("kunpeng {path} --help --lang zh"));
        for word in WORDS {
            assert!(!help.contains(word), "`{path}` says {word}:\n{help}");
        }
    }
}

#[test]
fn help_is_in_the_language_of_the_option_the_locale_or_the_programme() {
    let first = |line: &str, locale: &str| {
        let outcome = Sandbox::shipped().run_with(line, &[("LANG", locale)]);
        is_chinese(outcome.stdout.lines().chain(outcome.stderr.lines()).next().unwrap())
    };
    assert!(first("kunpeng --help --lang zh", "en_US.UTF-8"));
    assert!(!first("kunpeng --lang=en --help", "zh_CN.UTF-8"));
    assert!(first("kunpeng status --help", "zh_CN.UTF-8"));
    assert!(first("kunpeng --help", "C"));
    assert!(!first("rm -r data; kunpeng --help", "C"));
    assert!(first("kunpeng nothing", "C"));
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_both_languages_and_nothing_raw() {
    let sandbox = Sandbox::small();
    let cases = [
        "--lang fr",
        "sumary",
        "edition list --fromat csv",
        "edition close 1 --on soon",
        "report rostr",
        "member add 1",
        "member graduate 1 alpha --all",
        "edition set 1 seats",
        "log -n some",
        "check --format",
        "edition add \u{1b}[31m\u{202e}",
        "import members x --map a",
        "history",
        "import members x --unit 两",
    ];
    let mut said = String::new();
    for case in cases {
        for lang in ["en", "zh"] {
            let locale = if lang == "en" { "en" } else { "zh_CN" };
            let outcome = sandbox.run_with(&format!("kunpeng {case}"), &[("LANG", locale)]);
            assert_eq!(outcome.code, Some(2), "{case}\n{}", outcome.text());
            assert!(!outcome.stderr.contains(['\u{1b}', '\u{202e}']), "{case}");
            said += &outcome.stderr.lines().take(2).collect::<Vec<_>>().join("\n");
            said.push('\n');
        }
    }
    snapbox::assert_data_eq!(said, snapbox::file!["snapshots/usage.txt"].raw());
}
