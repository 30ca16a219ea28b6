//! Stores of other formats: read, not written, and brought up to date.

use snapbox::str;

use crate::sandbox::{PROGRAMME, Sandbox};

/// The small store as it was before there were formats.
fn older() -> Sandbox {
    let sandbox = Sandbox::small();
    sandbox.write("data/programme.toml", PROGRAMME.replace("format = 1\n", "# Begun by hand.\n"));
    sandbox
}

#[test]
fn an_older_store_is_read_and_not_written() {
    let sandbox = older();
    sandbox.shows(
        "kunpeng enterprise list --format csv",
        str![[r#"
﻿Id,Name,Code,Industry,Class,Town,Founded,Editions
alpha,Alpha Sample,,Toys,,,,Edition 1
beta,Second Sample,91440114DEM900012E,,,,,Edition 1

"#]],
    );
    sandbox.shows(
        "kunpeng check",
        str![[r#"
warning: the store has format 0, this version knows 1
  --> data/programme.toml
  rule: older-format
  help: `kunpeng migrate` brings it up to date

1 warning in 1 file

"#]],
    );
    for line in [
        "kunpeng enterprise set alpha town=x",
        "kunpeng enterprise set alpha town=x --dry-run",
        "kunpeng enterprise remove alpha --yes",
        "kunpeng enterprise erase-contacts alpha --yes",
        "kunpeng history prune --before 2020-01-01 --yes",
        "printf 'name,industry\\nGamma,toys\\n' > t.csv; kunpeng import enterprises t.csv",
        "echo 'enterprise set alpha town=x' | kunpeng batch",
        "EDITOR='sed -i s/Alpha/Omega/' kunpeng enterprise edit alpha",
        "kunpeng undo",
    ] {
        sandbox.refuses(
            line,
            1,
            str![[r#"
--- stderr
error: the store has format 0, older than this version writes
  help: `kunpeng migrate` brings it up to date; `kunpeng undo` takes that back
--- exit 1

"#]],
        );
    }
}

#[test]
fn an_older_store_is_brought_up_to_date_and_back() {
    let sandbox = older();
    let before = sandbox.records("data");
    sandbox.refuses(
        "kunpeng migrate --dry-run",
        0,
        str![[r#"
Change
Record     Field   Old  New
───────────────────────────
programme  format  –    1
--- stderr
dry run: nothing was written
format 0 to 1: the programme's file says which format the store has

"#]],
    );
    sandbox.shows(
        "kunpeng migrate",
        str![[r#"
--- stderr
brought the store from format 0 to 1: wrote 1 record
format 0 to 1: the programme's file says which format the store has

"#]],
    );
    let text = sandbox.read("data/programme.toml");
    assert!(text.starts_with("# Begun by hand.\nname = \"Toy programme\"\n"), "{text}");
    assert_eq!(text.matches("\nformat = 1\n").count(), 1, "{text}");
    sandbox.shows(
        "kunpeng check",
        str![[r#"
--- stderr
no findings in data

"#]],
    );
    sandbox.done("kunpeng enterprise set alpha town=x");
    sandbox.done("kunpeng undo");
    sandbox.shows(
        "kunpeng undo",
        str![[r#"
--- stderr
undid change 2: 1 record

"#]],
    );
    assert!(sandbox.records("data") == before);
    sandbox.done("kunpeng migrate");
}

#[test]
fn a_programme_kept_as_json_is_brought_up_to_date_too() {
    let sandbox = Sandbox::empty();
    let text = r#"{"name": "Toys", "currency": "CNY", "language": "en", "identifier": "none"}"#;
    sandbox.write("data/programme.json", text);
    sandbox.done("kunpeng migrate");
    assert!(sandbox.read("data/programme.json").contains("\"format\": 1"));
    sandbox.done("kunpeng industry add id=toys name=Toys");
}

#[test]
fn the_newest_store_is_left_alone_and_a_newer_one_too() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng migrate",
        0,
        str![[r#"
--- stderr
nothing to do: the store has format 1, the newest

"#]],
    );
    sandbox.write("data/programme.toml", PROGRAMME.replace("format = 1", "format = 2"));
    for line in ["kunpeng migrate", "kunpeng migrate --dry-run", "kunpeng industry add id=x name=x --dry-run"]
    {
        sandbox.refuses(
            line,
            1,
            str![[r#"
--- stderr
error: the store has format 2, newer than this version may write
  help: use the kunpeng that wrote it, or a newer one
--- exit 1

"#]],
        );
    }
}

#[test]
fn a_store_with_errors_is_put_right_before_it_is_brought_up_to_date() {
    let sandbox = older();
    sandbox.write("data/enterprises/alpha.toml", "town = \"Riverside\"\n");
    sandbox.refuses(
        "kunpeng migrate",
        3,
        str![[r#"
--- stderr
error: `name` is missing
  --> data/enterprises/alpha.toml
  rule: missing-key
  help: add `name = …`

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}
