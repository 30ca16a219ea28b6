//! The gate into the store: what no command may leave behind.

use snapbox::str;

use crate::sandbox::Sandbox;

const SIZE: usize = 17 << 20;

fn plan(edits: &str) -> String {
    format!("{{ \"kunpeng-plan\": 1, \"edits\": [{edits}] }}")
}

fn industry(id: &str) -> String {
    format!(
        "{{ \"kind\": \"industry\", \"id\": \"{id}\", \"before\": null, \"after\": {{ \"name\": \"{id}\" }} }}"
    )
}

#[test]
fn ids_that_differ_only_in_case_are_refused_by_an_import_of_any_kind() {
    let sandbox = Sandbox::small();
    sandbox.write("industries.csv", "id,name\nnewind,New\nNEWIND,Other\n");
    sandbox.refuses(
        "kunpeng import industries industries.csv",
        3,
        str![[r#"
--- stderr
2 rows: 1 created, 1 refused
error: the ids `NEWIND` and `newind` differ only in case: a store cannot hold both
  --> data/industries/NEWIND.toml
  --> data/industries/newind.toml
  --> industries.csv, row 2
  --> industries.csv, row 3
  rule: duplicate-record
  help: give one of them another id

1 error in 3 files; nothing was changed
--- exit 3

"#]],
    );
    for (kind, table) in [
        ("editions", "id,name\nspring,Spring\nSPRING,Other\n"),
        ("activities", "id,edition,title,aspect\nopening,1,Opening,courses\nOPENING,1,Other,courses\n"),
        ("enterprises", "id,name,industry\nnewone,New,toys\nNEWONE,Other,toys\n"),
        ("industries", "id,name\nNewInd,New\nnewind,Other\nNEWIND,Third\n"),
    ] {
        sandbox.write("table.csv", table);
        let before = sandbox.files("data");
        let outcome = sandbox.run(&format!("kunpeng import {kind} table.csv"));
        assert_eq!(outcome.code, Some(3), "{kind}: {}", outcome.text());
        assert!(sandbox.files("data") == before, "{kind}");
    }
}

#[test]
fn the_valid_rows_of_ids_that_differ_only_in_case_are_the_first_ones() {
    let sandbox = Sandbox::small();
    sandbox.write("industries.csv", "id,name\nnewind,New\nNEWIND,Other\nthird,Third\n");
    sandbox.done("kunpeng import industries industries.csv --accept-valid");
    assert!(sandbox.path("data/industries/newind.toml").exists());
    assert!(sandbox.path("data/industries/third.toml").exists());
    assert!(!sandbox.path("data/industries/NEWIND.toml").exists());
    sandbox.done("kunpeng check");
}

#[test]
fn a_plan_is_asked_what_an_import_is_asked() {
    let sandbox = Sandbox::small();
    sandbox.write("case.json", plan(&industry("TOYS")));
    sandbox.refuses(
        "kunpeng apply case.json",
        3,
        str![[r#"
--- stderr
error: the ids `toys` and `TOYS` differ only in case: a store cannot hold both
  --> data/industries/toys.toml
  --> data/industries/TOYS.toml
  rule: duplicate-record
  help: give one of them another id

1 error in 2 files; nothing was changed
--- exit 3

"#]],
    );
    sandbox.write("twice.json", plan(&[industry("new"), industry("new")].join(",")));
    sandbox.refuses(
        "kunpeng apply twice.json",
        1,
        str![[r#"
--- stderr
error: `twice.json` is not a plan: it names industry `new` twice
  help: save one with `kunpeng import … --plan FILE`
--- exit 1

"#]],
    );
    sandbox.write("pair.json", plan(&[industry("new"), industry("NEW")].join(",")));
    sandbox.refuses(
        "kunpeng apply pair.json",
        3,
        str![[r#"
--- stderr
error: the ids `NEW` and `new` differ only in case: a store cannot hold both
  --> data/industries/NEW.toml
  --> data/industries/new.toml
  rule: duplicate-record
  help: give one of them another id

1 error in 2 files; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_batch_and_add_are_asked_what_an_import_is_asked() {
    let sandbox = Sandbox::small();
    sandbox.write("batch", "industry add id=new name=New\nindustry add id=NEW name=Other\n");
    sandbox.refuses(
        "kunpeng batch batch",
        3,
        str![[r#"
--- stderr
error: industry `NEW` exists already (line 2 of `batch`)
  --> argument `id=NEW`
  rule: duplicate-record
  help: `kunpeng industry set NEW FIELD=VALUE` changes it

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng industry add id=Toys name=Other",
        3,
        str![[r#"
--- stderr
error: industry `Toys` exists already
  --> argument `id=Toys`
  rule: duplicate-record
  help: `kunpeng industry set Toys FIELD=VALUE` changes it

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_change_is_not_taken_back_onto_an_id_that_differs_only_in_case() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng industry add id=new name=New");
    sandbox.done("kunpeng industry remove new --yes");
    sandbox.done("kunpeng industry add id=NEW name=Other");
    sandbox.refuses(
        "kunpeng undo 3 --yes",
        3,
        str![[r#"
--- stderr
error: `industries/NEW.toml` and `industries/new.toml` both stand for industry `new`
  --> data/industries/NEW.toml
  --> data/industries/new.toml
  rule: duplicate-record
  help: keep one

1 error in 2 files; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn no_command_writes_a_record_that_is_too_large_to_be_read() {
    let sandbox = Sandbox::small();
    let long = "x".repeat(SIZE);
    sandbox.write("batch", format!("enterprise set alpha name={long}\n"));
    sandbox.refuses(
        "kunpeng batch batch",
        1,
        str![[r#"
--- stderr
error: `enterprises/alpha.toml` would have 17825926 bytes, a record has 16777216 at most; nothing was written
  help: shorten its values
--- exit 1

"#]],
    );
    sandbox.write("batch", format!("industry add id=new name={long}\n"));
    sandbox.refuses(
        "kunpeng batch batch",
        1,
        str![[r#"
--- stderr
error: `industries/new.toml` would have 17825802 bytes, a record has 16777216 at most; nothing was written
  help: shorten its values
--- exit 1

"#]],
    );
    sandbox.write(
        "plan.json",
        plan(&industry("new").replace("\"name\": \"new\"", &format!("\"name\": \"{long}\""))),
    );
    sandbox.refuses(
        "kunpeng apply plan.json",
        1,
        str![[r#"
--- stderr
error: `industries/new.toml` would have 17825802 bytes, a record has 16777216 at most; nothing was written
  help: shorten its values
--- exit 1

"#]],
    );
    sandbox.write("long.toml", format!("name = \"{long}\"\n"));
    sandbox.write("editor.sh", "cat long.toml > $1\n");
    let outcome = sandbox.run_with("kunpeng industry edit toys", &[("EDITOR", "sh editor.sh")]);
    assert_eq!(outcome.code, Some(1), "{}", &outcome.text()[..400.min(outcome.text().len())]);
    sandbox.done("kunpeng check");
}
