//! Personal data: nowhere but in contacts, and there for their owner alone.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kunpeng::cli::reader::sheets_by;
use kunpeng::import::read::format::FileFormat;
use kunpeng::import::read::limits::Limits;
use snapbox::str;

use crate::sandbox::Sandbox;

/// Twelve written forms of a person's data.
const FORMS: [&str; 12] = [
    "13811112222",
    "138 1111 2222",
    "138-1111-2222",
    "+86 13811112222",
    "0086-138-1111-2222",
    "１３８１１１１２２２２",
    "0755-81112222",
    "(0755) 8111 2222",
    "sample.person@example.org",
    "44010619900101123X",
    "440106 19900101 123X",
    "电话 81112222",
];

/// What tells the person in any of the forms.
const TRACES: [&str; 6] = ["1111", "１１１１", "sample.person", "8111", "19900101", "1112222"];

/// A text without its digests: four digits stand in one of them by chance.
fn without_digests(text: &str) -> String {
    let is_digest = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(is_digest);
    words.fold(text.to_owned(), |text, digest| text.replace(digest, ""))
}

/// Every file below a folder with its mode.
fn modes(folder: &Path, found: &mut Vec<(String, u32)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, known) = (entry.path(), entry.metadata().unwrap());
        found.push((path.display().to_string(), known.permissions().mode() & 0o777));
        if known.is_dir() {
            modes(&path, found);
        }
    }
}

#[test]
fn what_history_and_messages_keep_of_a_person_is_masked_in_every_writing() {
    let sandbox = Sandbox::small();
    for (number, form) in FORMS.iter().enumerate() {
        let mut shown = String::new();
        let mut run = |line: &str| shown += &sandbox.run(line).text();
        sandbox.write(&format!("{form}.csv"), format!("id,name,phone\nalpha,Alpha Sample,{form}\n"));
        run(&format!("kunpeng import enterprises '{form}.csv' --reason 'called {form}'"));
        sandbox.write("other.csv", "id,name,phone\nalpha,Alpha Sample,010-00000000\n");
        run("kunpeng import enterprises other.csv --on-conflict fail");
        run(&format!("kunpeng enterprise set beta town=Town{number} --reason '请联系{form}。'"));
        run(&format!("kunpeng enterprise set beta 'town=Town {number}' '--reason={form}'"));
        run("kunpeng log");
        run("kunpeng log show 1 --diff");
        let id = sandbox.run("kunpeng log -n 1 --format csv").stdout;
        run(&format!(
            "kunpeng log show {} --diff",
            id.lines().nth(1).and_then(|it| it.split(',').next()).unwrap()
        ));
        for trace in TRACES {
            // The name of the file that was typed comes back.
            let lines = shown.lines().filter(|line| !line.contains(".csv"));
            let found: Vec<&str> = lines.filter(|line| line.contains(trace)).collect();
            assert!(found.is_empty(), "{form}: {found:?}");
            for folder in ["data/.kunpeng/history", "data/enterprises"] {
                for entry in fs::read_dir(sandbox.path(folder)).unwrap().map(Result::unwrap) {
                    let text = without_digests(&fs::read_to_string(entry.path()).unwrap());
                    assert!(!text.contains(trace), "{form}: {}: {text}", entry.path().display());
                }
            }
            let lock = without_digests(&sandbox.read("data/.kunpeng/lock"));
            assert!(!lock.contains(trace), "{form}: {lock}");
        }
    }
}

#[test]
fn what_holds_personal_data_or_history_is_its_owners_alone() {
    let sandbox = Sandbox::small();
    sandbox.write("persons.csv", "id,name,phone\nalpha,Alpha Sample,13811112222\nbeta,,x\n");
    sandbox.done("umask 0; kunpeng import enterprises persons.csv --accept-valid --on-conflict fill");
    sandbox.done("umask 0; kunpeng backup copy; kunpeng backup copy.tar.zst; kunpeng restore copy back");
    let mut found = Vec::new();
    modes(&sandbox.path("."), &mut found);
    let is_private = |path: &str| {
        ["/contacts", "/history", "/private", "/stage", "/conflicts", "/index", ".refused.", ".tar.zst"]
            .iter()
            .any(|part| path.contains(part))
    };
    let open: Vec<_> = found.iter().filter(|(path, mode)| is_private(path) && mode & 0o077 != 0).collect();
    assert!(open.is_empty(), "{open:?}");
    assert!(found.iter().filter(|(path, _)| is_private(path)).count() >= 14, "{found:?}");
}

#[test]
fn a_history_that_others_may_read_is_closed_by_the_next_command_that_writes() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng industry add name=one");
    sandbox.done("chmod 755 data/.kunpeng/history; kunpeng industry add name=two");
    let mode = fs::metadata(sandbox.path("data/.kunpeng/history")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[test]
fn no_message_shows_what_the_store_holds_of_a_person() {
    let sandbox = Sandbox::small();
    sandbox.write("data/contacts/alpha.toml", "phone = \"13811112222\"\n");
    sandbox.write("persons.csv", "id,name,phone\nalpha,Alpha Sample,010-12345678\n");
    sandbox.refuses(
        "kunpeng import enterprises persons.csv --on-conflict fail",
        3,
        str![[r#"
--- stderr
1 row: 1 refused
error: `phone` is `138****2222` in the store and `010-12345678` here
  --> persons.csv, row 2, column 3 (C2): `010-12345678`
  rule: conflict
  help: `--on-conflict update` takes the row, `fill` only what is missing, `skip` keeps the store

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.write("data/contacts/alpha.toml", "phone = 13811112222\nmobil = \"13811112222\"\n");
    sandbox.shows(
        "kunpeng check",
        str![[r#"
error: the value of `phone` is not as it should be; it is not shown because it is personal
  --> data/contacts/alpha.toml:1:9
  rule: wrong-type

error: `mobil` is not a known key
  --> data/contacts/alpha.toml:2:1
  rule: unknown-key
  help: known are `legal_representative`, `contact`, `post`, `phone`, `email` or `more`

2 errors in 1 file
--- exit 3

"#]],
    );
}

/// What tells the person in any of the forms, whatever else stands in a file: whole numbers, so that no date and no
/// checksum is taken for one.
const WHOLE: [&str; 9] = [
    "13811112222",
    "138 1111 2222",
    "138-1111-2222",
    "１３８１１１１２２２２",
    "81112222",
    "8111 2222",
    "sample.person",
    "19900101123X",
    "19900101 123X",
];

#[test]
fn all_that_is_written_shows_a_person_in_private_files_alone() {
    let sandbox = Sandbox::small();
    let given = ["persons.csv", "faulty.csv"];
    let mut seen = 0;
    for (number, form) in FORMS.iter().enumerate() {
        sandbox.write(given[0], format!("id,name,contact,phone\nalpha,Alpha Sample,Person,{form}\n"));
        sandbox.write(given[1], format!("id,name,industry,phone\nbad,Bad,nowhere,{form}\n"));
        let mut shown = String::new();
        for line in [
            format!("kunpeng import enterprises persons.csv --reason 'called {form}' --plan plan{number}.json"),
            format!("kunpeng apply plan{number}.json --reason 'called {form}'"),
            "kunpeng import enterprises faulty.csv --accept-valid".to_owned(),
            format!("kunpeng enterprise set beta town=T{number} --reason '{form}'"),
            "kunpeng enterprise show alpha".to_owned(),
            "kunpeng enterprise list; kunpeng report roster --edition 1; kunpeng report dossier alpha".to_owned(),
            "kunpeng undo; kunpeng redo; kunpeng log; kunpeng log show 2 --diff; kunpeng status; kunpeng check".to_owned(),
            format!("kunpeng export --all -o out{number}; kunpeng summary 1 -o out{number}/summary.html"),
            format!("kunpeng export enterprises --with-contacts -o contacts{number}.csv"),
            format!("kunpeng backup copy{number}; kunpeng restore copy{number} back{number}"),
        ] {
            shown += &sandbox.run(&format!("umask 0; {line}")).text();
        }
        let told: Vec<&str> = shown.lines().filter(|line| WHOLE.iter().any(|it| line.contains(it))).collect();
        // Rows that were refused come back with what was typed.
        assert!(told.iter().all(|line| line.contains("faulty.csv")), "{form}: {told:?}");
        let mut found = Vec::new();
        modes(&sandbox.path("."), &mut found);
        for (path, mode) in found.into_iter().filter(|(path, _)| given.iter().all(|it| !path.ends_with(it))) {
            let bytes = fs::read(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            if WHOLE.iter().any(|it| text.contains(it)) {
                let place = path.split_once("/./").map_or(path.as_str(), |(_, below)| below);
                let is_meant = ["/contacts/", "/private/", "/stage/"].iter().any(|it| place.contains(it))
                    || ["contacts", "plan", "faulty.refused."].iter().any(|it| place.starts_with(it));
                let is_open = mode & 0o077 != 0;
                assert!(is_meant && !is_open, "{form}: {place} {mode:o}");
                seen += 1;
            }
        }
    }
    assert!(seen > FORMS.len(), "{seen}");
    assert_eq!(fs::read_dir(sandbox.path("tmp")).unwrap().count(), 0);
}

#[test]
fn the_title_of_a_process_that_is_started_shows_no_person() {
    let sandbox = Sandbox::small();
    let recording = |name: &str| {
        let script = format!("#!/bin/sh\necho \"$@\" >> {0}\nenv >> {0}\n", sandbox.path("titles").display());
        let path = sandbox.path(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path
    };
    // The reader of workbooks, an editor and a pager are all that is ever started.
    let reader = recording("reader");
    assert!(sheets_by(&reader, b"Sample Person,13811112222", FileFormat::Xls, &Limits::default()).is_err());
    sandbox.write("persons.csv", "id,name,contact,phone\nalpha,Alpha Sample,Sample Person,13811112222\n");
    sandbox.done("kunpeng import enterprises persons.csv");
    let editor = recording("editor");
    sandbox.run_with("kunpeng enterprise edit alpha", &[("EDITOR", editor.to_str().unwrap())]);
    let titles = fs::read_to_string(sandbox.path("titles")).unwrap();
    assert!(titles.contains("xls ") && titles.contains("alpha"), "{titles}");
    assert!(!titles.contains("1381111") && !titles.contains("Sample Person"), "{titles}");
}

#[test]
fn erasing_a_person_tells_where_else_it_stands() {
    let sandbox = Sandbox::small();
    sandbox.write("persons.csv", "id,name,contact,phone\nalpha,Alpha Sample,Sample Person,13811112222\n");
    sandbox.done("kunpeng import enterprises persons.csv");
    sandbox.done("kunpeng enterprise set beta 'note=ask +86 138-1111-2222'");
    sandbox.done("kunpeng industry set toys 'note=by Sample Person'");
    let said = sandbox.run("kunpeng enterprise erase-contacts alpha --yes").stderr;
    assert!(
        said.contains("also stands in industries/toys.toml, enterprises/beta.toml: change it there"),
        "{said}"
    );
    assert!(said.contains("words of change 3, 4: `kunpeng history prune`"), "{said}");
    let said = sandbox.run("kunpeng --lang zh enterprise erase-contacts alpha --yes").stderr;
    assert!(!said.contains("1381111"), "{said}");
}
