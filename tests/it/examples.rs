//! The scripts of `examples/`, run as a reader would run them.

use snapbox::Data;
use snapbox::data::DataFormat;

use crate::sandbox::{Sandbox, repository};

/// The examples, where a script finds its tables.
fn with_examples() -> Sandbox {
    let sandbox = Sandbox::empty();
    crate::sandbox::copy(&repository().join("examples"), &sandbox.path("examples"));
    sandbox
}

#[test]
fn the_first_day_is_the_same_with_chinese_and_with_english_headers() {
    let sandbox = with_examples();
    let day = [("KUNPENG_TODAY", "2025-12-31")];
    for lang in ["zh", "en"] {
        let outcome = sandbox.run_with(&format!("sh examples/first-day.sh {lang} {lang}"), &day);
        assert_eq!(outcome.code, Some(0), "{}", outcome.text());
        assert!(outcome.stderr.ends_with(&format!("no findings in {lang}\n")), "{}", outcome.stderr);
        if lang == "en" {
            let file = repository().join("tests/it/snapshots/first-day.txt");
            snapbox::assert_data_eq!(outcome.text(), Data::read_from(&file, Some(DataFormat::Text)).raw());
        }
    }
    assert!(sandbox.records("zh") == sandbox.records("en"));
}

#[test]
fn sample_codes_of_the_first_day_are_not_those_of_the_shipped_data() {
    let table = std::fs::read_to_string(repository().join("examples/first-day/zh/enterprises.csv")).unwrap();
    let shipped = Sandbox::shipped().files("data");
    let mut codes = 0;
    for row in csv::Reader::from_reader(table.as_bytes()).records() {
        let row = row.unwrap();
        let code = &row[3];
        if !code.is_empty() {
            assert!(code[8..].starts_with("DEM"), "{code}");
            assert!(!shipped.keys().any(|path| path.contains(code)), "{code}");
            codes += 1;
        }
    }
    assert_eq!(codes, 6);
}

#[test]
fn six_lists_in_three_layouts_become_six_editions() {
    let sandbox = with_examples();
    for (year, text) in [
        ("2020", "2020,Label 120,Sample One\n2020,Label 120,Sample Two\n"),
        ("2021", "2021,Label 120,Sample One\n2021,Label 120,SampleTwo\n"),
        ("2022", "Company,Total funding,Launch date\nSample One,12.5,\"2014, August\"\nSample Three,,2012\n"),
        ("2023", "sample one,https://one.example/\nSample Three,https://three.example/\n"),
        ("2024", "Sample One,https://one.example/\nSample Four (ex Three),https://four.example/?a=b&c=d\n"),
        ("2025", "Sample  One,https://one.example/\n"),
    ] {
        sandbox.write(&format!("lists/{year}.csv"), text);
    }
    sandbox.done("sh examples/french-tech.sh lists data");
    let list = sandbox.json("kunpeng enterprise list --format json");
    let memberships: Vec<(&str, usize)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it["memberships"].as_array().unwrap().len()))
        .collect();
    assert_eq!(
        memberships,
        [("sample-four-ex-three", 1), ("sample-one", 6), ("sample-three", 2), ("sample-two", 2)]
    );
    assert!(list.as_array().unwrap().iter().all(|it| it.get("code").is_none()));
    sandbox.shows(
        "KUNPENG_TODAY=2026-03-01 kunpeng check",
        snapbox::str![[r#"
--- stderr
no findings in data

"#]],
    );
    sandbox.shows(
        "kunpeng member list 2023",
        snapbox::str![[r#"
Members
Enterprise    Name          Joined  Left  Outcome    Reason  Modules
────────────────────────────────────────────────────────────────────
sample-one    Sample One    –       –     graduated  –       –
sample-three  Sample Three  –       –     graduated  –       –

"#]],
    );
    sandbox.shows(
        "kunpeng report roster --edition 2023",
        snapbox::str![[r#"
Roster
No  Enterprise    Name          Code  Industry  Class  Town  Founded  Modules  Joined  Left  Outcome    Titles
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
 1  sample-one    Sample One    –     –         –      –     –        –        –       –     graduated  –
 2  sample-three  Sample Three  –     –         –      –     –        –        –       –     graduated  –
· titles: those held on the last day of the membership, else today
· counted live, as of 2024-03-01 and change 20

"#]],
    );
    let summary = sandbox.json("kunpeng summary 2023 --format json");
    assert_eq!(summary["tables"][1]["total"]["enterprises"], 2);
}
