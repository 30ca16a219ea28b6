//! The shipped data are what the example makes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::sandbox::{Sandbox, copy, repository};

/// The example as a program; `cargo test` builds it beside this one.
fn example() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let built = own.parent().unwrap().parent().unwrap().join("examples/sample_store");
    assert!(built.is_file(), "{} is not built: run `cargo test` as a whole", built.display());
    built
}

fn made(arguments: &str) -> BTreeMap<String, Vec<u8>> {
    let sandbox = Sandbox::empty();
    sandbox.done(&format!("{} made {arguments}", example().display()));
    sandbox.files("made")
}

#[test]
fn the_example_makes_exactly_the_shipped_data() {
    let sandbox = Sandbox::empty();
    copy(&repository().join("data"), &sandbox.path("data"));
    let (made, shipped) = (made(""), sandbox.files("data"));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&shipped));
    let different: Vec<_> = made.iter().filter(|(path, bytes)| shipped[*path] != **bytes).collect();
    let different: Vec<_> = different.into_iter().map(|(path, _)| path).collect();
    assert!(
        different.is_empty(),
        "{different:?} differ: remove data and run `cargo run --release --example sample_store -- data`"
    );
}

#[test]
fn another_size_is_as_sound() {
    let sandbox = Sandbox::empty();
    sandbox.done(&format!("{} data --enterprises 40", example().display()));
    let check = sandbox.run_with("kunpeng check", &[("KUNPENG_TODAY", "2024-12-01")]);
    assert_eq!(check.text(), "--- stderr\nno findings in data\n");
    sandbox.done("kunpeng summary 2");
}

#[test]
fn the_shipped_data_have_no_findings_and_the_published_numbers_of_members() {
    let sandbox = Sandbox::shipped();
    let check = sandbox.run_with("kunpeng check", &[("KUNPENG_TODAY", "2024-12-01")]);
    assert_eq!(check.text(), "--- stderr\nno findings in data\n");
    for (edition, members) in [("1", 110), ("2", 103), ("3", 104)] {
        let list = sandbox.json(&format!("kunpeng member list {edition} --format json"));
        assert_eq!(list.as_array().unwrap().len(), members, "edition {edition}");
    }
}

#[test]
fn every_enterprise_of_the_shipped_data_is_visibly_fictitious() {
    let list = Sandbox::shipped().json("kunpeng enterprise list --format json");
    for enterprise in list.as_array().unwrap() {
        assert!(enterprise["name"].as_str().unwrap().starts_with("示例"), "{enterprise}");
        let code = enterprise["code"].as_str().unwrap_or("91440114DEM");
        assert_eq!(&code[8..11], "DEM", "{enterprise}");
    }
}
