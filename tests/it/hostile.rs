//! Folders and files that are not as they should be.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::{fs, io};

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_folder_that_is_not_there_is_said_to_be_missing() {
    let sandbox = Sandbox::empty();
    sandbox.shows(
        "kunpeng status",
        str![[r#"
--- stderr
error: no data folder found in `[DIR]` or above it
  --> argument `--data [DIR]`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "kunpeng --data nowhere summary 2",
        str![[r#"
--- stderr
error: there is no folder `nowhere`
  --> argument `--data nowhere`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "KUNPENG_DATA=nowhere kunpeng check",
        str![[r#"
--- stderr
error: there is no folder `nowhere`
  --> argument `--data nowhere`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_file_that_may_not_be_read_is_a_finding() {
    let sandbox = Sandbox::small();
    let file = sandbox.path("data/enterprises/beta.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let is_allowed = fs::read(&file).map_err(|error| error.kind()) != Err(io::ErrorKind::PermissionDenied);
    if is_allowed {
        // Root may read everything.
        return;
    }
    let check = sandbox.run("kunpeng check");
    assert!(check.stdout.contains("rule: unreadable-file"), "{}", check.text());
    assert_eq!(sandbox.run("kunpeng summary 1").code, Some(3));
}

#[test]
fn faults_of_several_files_are_shown_all_at_once() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/alpha.toml", "name = \"Alpha\nindustry = toys\"\n");
    sandbox.write(
        "data/enterprises/beta.toml",
        "name = 5\ncode = \"91440114DEM900012F\"\ntwon = \"R\"\nfounded = \"2010-13\"\n",
    );
    sandbox.write("data/industries/toys.toml", "[[name]]\n");
    sandbox.write("data/editions/2.json", "{ \"name\": \"Edition 2\", }");
    sandbox.refuses(
        "kunpeng check",
        3,
        str![[r#"
error: `editions/2.json` and `editions/2.toml` both stand for edition `2`
  --> data/editions/2.json
  --> data/editions/2.toml
  rule: duplicate-record
  help: keep one

error: Trailing commas are not allowed
  --> data/editions/2.json:1:22
   |
 1 | { "name": "Edition 2", }
   |                      ^
  rule: syntax

error: invalid basic string, expected `"`
  --> data/enterprises/alpha.toml:1:14
   |
 1 | name = "Alpha
   |              ^
  rule: syntax

error: invalid boolean, expected `true`
  --> data/enterprises/alpha.toml:2:12
   |
 2 | industry = toys"
   |            ^^^^^
  rule: syntax

error: expected text, found a number
  --> data/enterprises/beta.toml:1:8
   |
 1 | name = 5
   |        ^
  rule: wrong-type

error: `twon` is not a known key
  --> data/enterprises/beta.toml:3:1
   |
 3 | twon = "R"
   | ^^^^
  rule: unknown-key
  help: did you mean `town`?

error: `2010-13` is not a date
  --> data/enterprises/beta.toml:4:11
   |
 4 | founded = "2010-13"
   |           ^^^^^^^^^
  rule: bad-date
  help: write it as far as it is known: `2022`, `2022-05` or `2022-05-01`

error: expected text, found a list
  --> data/industries/toys.toml:1:1
   |
 1 | [[name]]
   | ^^^^^^^^
  rule: wrong-type

8 errors in 5 files
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise list",
        3,
        str![[r#"
--- stderr
error: `editions/2.json` and `editions/2.toml` both stand for edition `2`
  --> data/editions/2.json
  --> data/editions/2.toml
  rule: duplicate-record
  help: keep one

error: Trailing commas are not allowed
  --> data/editions/2.json:1:22
   |
 1 | { "name": "Edition 2", }
   |                      ^
  rule: syntax

error: invalid basic string, expected `"`
  --> data/enterprises/alpha.toml:1:14
   |
 1 | name = "Alpha
   |              ^
  rule: syntax

error: invalid boolean, expected `true`
  --> data/enterprises/alpha.toml:2:12
   |
 2 | industry = toys"
   |            ^^^^^
  rule: syntax

error: expected text, found a number
  --> data/enterprises/beta.toml:1:8
   |
 1 | name = 5
   |        ^
  rule: wrong-type

error: `twon` is not a known key
  --> data/enterprises/beta.toml:3:1
   |
 3 | twon = "R"
   | ^^^^
  rule: unknown-key
  help: did you mean `town`?

error: `2010-13` is not a date
  --> data/enterprises/beta.toml:4:11
   |
 4 | founded = "2010-13"
   |           ^^^^^^^^^
  rule: bad-date
  help: write it as far as it is known: `2022`, `2022-05` or `2022-05-01`

error: expected text, found a list
  --> data/industries/toys.toml:1:1
   |
 1 | [[name]]
   | ^^^^^^^^
  rule: wrong-type

8 errors in 5 files; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_programme_that_cannot_be_read_does_not_hide_the_other_faults() {
    let sandbox = Sandbox::small();
    sandbox.write("data/programme.toml", "format = 1\nname = \n");
    sandbox.write("data/enterprises/beta.toml", "nam = \"Beta\"\n");
    sandbox.refuses(
        "kunpeng check",
        3,
        str![[r#"
error: `name` is missing
  --> data/enterprises/beta.toml
  rule: missing-key
  help: add `name = …`

error: `nam` is not a known key
  --> data/enterprises/beta.toml:1:1
   |
 1 | nam = "Beta"
   | ^^^
  rule: unknown-key
  help: did you mean `name`?

error: string values must be quoted, expected literal string
  --> data/programme.toml:2:8
   |
 2 | name =
   |        ^
  rule: syntax

3 errors in 2 files
--- exit 3

"#]],
    );
}

#[test]
fn a_record_has_one_file_whatever_its_form_and_case() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/alpha.json", "{ \"name\": \"Alpha Sample\" }");
    sandbox.write("data/enterprises/more/BETA.toml", "name = \"Beta Sample\"\n");
    sandbox.refuses(
        "kunpeng check",
        3,
        str![[r#"
error: `enterprises/alpha.json` and `enterprises/alpha.toml` both stand for enterprise `alpha`
  --> data/enterprises/alpha.json
  --> data/enterprises/alpha.toml
  rule: duplicate-record
  help: keep one

error: `enterprises/beta.toml` and `enterprises/more/BETA.toml` both stand for enterprise `BETA`
  --> data/enterprises/beta.toml
  --> data/enterprises/more/BETA.toml
  rule: duplicate-record
  help: keep one

2 errors in 4 files
--- exit 3

"#]],
    );
}

#[test]
fn a_record_of_json_is_read_changed_and_kept_as_json() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "data/enterprises/gamma.json",
        "{\n    \"note\": \"by hand\",\n    \"name\": \"Gamma Sample\"\n}\n",
    );
    sandbox.shows(
        "kunpeng enterprise set gamma town=Riverside; cat data/enterprises/gamma.json",
        str![[r#"
{
  "note": "by hand",
  "name": "Gamma Sample",
  "town": "Riverside"
}
--- stderr
changed enterprise `gamma`

"#]],
    );
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let sandbox = Sandbox::shipped();
    for line in ["summary 2", "summary 2 --format json", "enterprise list", "export enterprises", "--help"] {
        let piped = format!("{{ kunpeng {line}; echo \"ended with $?\" >&2; }} | head -1 > /dev/null");
        let outcome = sandbox.run(&piped);
        assert_eq!(outcome.stderr, "ended with 0\n", "{line}");
    }
}

#[test]
fn a_full_disk_is_an_error_and_not_silence() {
    let sandbox = Sandbox::small();
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    sandbox.shows(
        "kunpeng enterprise list > /dev/full",
        str![[r#"
--- stderr
error: cannot write the output
  caused by: No space left on device (os error 28)
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng summary 1 -o /dev/full --format csv",
        str![[r#"
--- stderr
error: cannot write `/dev/full`
  caused by: No space left on device (os error 28)
--- exit 1

"#]],
    );
}

#[test]
fn links_pipes_and_hidden_files_are_never_followed() {
    let sandbox = Sandbox::small();
    sandbox.write("outside.toml", "name = \"Outside\"\n");
    symlink(sandbox.path("outside.toml"), sandbox.path("data/enterprises/link.toml")).unwrap();
    symlink(sandbox.path("data"), sandbox.path("data/enterprises/round")).unwrap();
    sandbox.done("mkfifo data/enterprises/pipe.toml");
    sandbox.write("data/enterprises/.hidden.toml", "nonsense");
    sandbox.shows(
        "timeout 10 kunpeng check",
        str![[r#"
warning: `enterprises/link.toml` is a link or a device in the place of a record, which is left out
  --> data/enterprises/link.toml
  rule: record-left-out
  help: put the file itself there, or move it out of the folder

warning: `enterprises/pipe.toml` is a link or a device in the place of a record, which is left out
  --> data/enterprises/pipe.toml
  rule: record-left-out
  help: put the file itself there, or move it out of the folder

warning: `enterprises/round` is not an ordinary file and is not read
  --> data/enterprises/round
  rule: stray-file
  help: move it out of the folder

3 warnings in 3 files

"#]],
    );
    let listed = sandbox.run("timeout 10 kunpeng enterprise list");
    assert_eq!(listed.code, Some(0));
    assert!(listed.stdout.contains("left out, because their files cannot be read"), "{}", listed.stdout);
    sandbox.done("rm data/enterprises/link.toml data/enterprises/pipe.toml");
    sandbox.shows(
        "timeout 10 kunpeng enterprise list",
        str![[r#"
Enterprises
Id     Name           Code                Industry  Class  Town  Founded  Editions
───────────────────────────────────────────────────────────────────────────────────
alpha  Alpha Sample   –                   Toys      –      –     –        Edition 1
beta   Second Sample  91440114DEM900012E  –         –      –     –        Edition 1

"#]],
    );
}

#[test]
fn a_name_with_control_characters_is_harmless_in_a_finding() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "data/enterprises/gamma.toml",
        "name = \"Red \\u001b[31m\\u202e\"\nindustry = \"\\u001b[2Jtoy\"\n",
    );
    sandbox.shows(
        "kunpeng check",
        str![[r#"
error: the text has the control character U+001B
  --> data/enterprises/gamma.toml:1:8
   |
 1 | name = "Red \u001b[31m\u202e"
   |        ^^^^^^^^^^^^^^^^^^^^^^
  rule: control-character
  help: remove it; a file in another encoding may have brought it

error: `\u{1b}` cannot be in an id
  --> data/enterprises/gamma.toml:2:12
   |
 2 | industry = "\u001b[2Jtoy"
   |            ^^^^^^^^^^^^^^
  rule: bad-id
  help: an id is 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`

2 errors in 1 file
--- exit 3

"#]],
    );
}

#[test]
fn what_is_nested_deeply_or_very_long_is_no_crash() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "data/enterprises/deep.toml",
        format!("name = {}{}\n", "[".repeat(20_000), "]".repeat(20_000)),
    );
    sandbox.write("data/enterprises/deep2.json", format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000)));
    sandbox.write("data/enterprises/long.toml", format!("name = \"{}\"\n", "x".repeat(100_000)));
    let outcome = sandbox.run("timeout 20 kunpeng check");
    assert_eq!(outcome.code, Some(3), "{:.500}", outcome.text());
    assert!(outcome.text().contains("deep.toml") && outcome.text().contains("deep2.json"));
    sandbox.write("deep.json", format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000)));
    let outcome =
        sandbox.run("rm data/enterprises/deep* data/enterprises/long*; kunpeng import enterprises deep.json");
    assert_eq!(outcome.code, Some(3), "{:.500}", outcome.text());
}

#[test]
fn persons_are_masked_and_their_files_private() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "table.csv",
        "id,name,contact,phone,email\nalpha,Alpha Sample,Sample Person,13800000001,sample@example.org\n",
    );
    sandbox.done("kunpeng import enterprises table.csv");
    let mode = fs::metadata(sandbox.path("data/contacts/alpha.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for line in [
        "enterprise show alpha",
        "enterprise show alpha --format json",
        "export enterprises",
        "report roster --edition 1",
    ] {
        let shown = sandbox.done(&format!("kunpeng {line}"));
        assert!(!shown.contains("13800000001") && !shown.contains("sample@"), "{line}\n{shown}");
    }
    sandbox.write("data/contacts/alpha.toml", "phone = 13800000001\n");
    let check = sandbox.run("kunpeng check").text();
    assert!(check.contains("contacts/alpha.toml") && !check.contains("13800000001"), "{check}");
}
