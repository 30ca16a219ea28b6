//! The store with real processes: kills, storms, hostile folders.

#![expect(clippy::print_stderr, reason = "how much was tried is told beside the tests")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use kunpeng::store::Store;
use kunpeng::store::image::FileChange;

mod backup;
mod control;
mod faults;
mod gate;
mod git;
mod hostile;
mod outfiles;
mod privacy;
mod storm;

pub type Files = BTreeMap<String, Vec<u8>>;

/// The program; the long forms may try another build of it.
fn program() -> String {
    std::env::var("KUNPENG_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_kunpeng").to_owned())
}

pub fn kunpeng(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.env_clear().env("KUNPENG_DATA", data).env("KUNPENG_TODAY", "2026-11-23");
    command.env("KUNPENG_ACTOR", "tester").args(["--lang", "en"]).args(arguments).stdin(Stdio::null());
    command
}

pub fn done(data: &Path, arguments: &[&str]) -> String {
    let output = kunpeng(data, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn ends(data: &Path, arguments: &[&str], code: i32) -> String {
    let output: Output = kunpeng(data, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self { folder: crate::sandbox::scratch() };
        done(&sandbox.data(), &["init"]);
        done(&sandbox.data(), &["industry", "add", "id=automobile", "name=汽车"]);
        sandbox
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn enterprises(&self, count: usize, town: &str) -> String {
        let rows = (0..count).map(|n| format!("e{n},Sample {n},automobile,{town},1380000{n:04}\n"));
        let text: String = rows.collect();
        self.file(&format!("{town}.csv"), &format!("id,name,industry,town,phone\n{text}"))
    }

    fn import(&self, path: &str) {
        done(&self.data(), &["import", "enterprises", path]);
    }
}

/// Every file of a store but the tool's own.
pub fn files(data: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(data).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

pub fn apply(files: &mut Files, changes: &[FileChange]) {
    for change in changes {
        match change.after.bytes() {
            Some(bytes) => _ = files.insert(change.path.clone(), bytes.to_vec()),
            None => _ = files.remove(&change.path),
        }
    }
}

/// What history says the files are.
pub fn replayed(data: &Path) -> Files {
    let store = Store::open(data).unwrap();
    let mut found = Files::new();
    for id in store.changes().unwrap() {
        apply(&mut found, &store.entry(id).unwrap().files);
    }
    found
}

#[test]
fn an_import_is_taken_back_to_the_byte_and_made_again() {
    let sandbox = Sandbox::new();
    let before = files(&sandbox.data());
    sandbox.import(&sandbox.enterprises(1_000, "one"));
    let imported = files(&sandbox.data());
    assert_eq!(imported.len(), before.len() + 2_000);
    done(&sandbox.data(), &["undo"]);
    assert_eq!(files(&sandbox.data()), before);
    done(&sandbox.data(), &["redo"]);
    assert_eq!(files(&sandbox.data()), imported);
    assert_eq!(replayed(&sandbox.data()), imported);
}

#[test]
fn history_holds_nobodys_phone_number_in_clear() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(3, "one"));
    let own = sandbox.data().join(".kunpeng");
    for folder in ["history", "stage", "."] {
        for entry in fs::read_dir(own.join(folder)).unwrap().map(Result::unwrap) {
            let text = fs::read(entry.path()).unwrap_or_default();
            assert!(!String::from_utf8_lossy(&text).contains("13800000001"), "{:?}", entry.path());
        }
    }
    for path in [own.join("private"), sandbox.data().join("contacts")] {
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    done(&sandbox.data(), &["enterprise", "erase-contacts", "e1", "--yes"]);
    let private = fs::read_dir(own.join("private")).unwrap().map(|it| fs::read(it.unwrap().path()).unwrap());
    let text = String::from_utf8(private.flatten().collect()).unwrap();
    assert!(!text.contains("13800000001") && text.contains("13800000002"));
    assert_eq!(done(&sandbox.data(), &["check"]), "");
}

#[test]
fn a_later_change_is_never_taken_back_with_an_earlier_one() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(3, "one"));
    let id = Store::open(&sandbox.data()).unwrap().last_change().unwrap();
    done(&sandbox.data(), &["enterprise", "set", "e1", "town=two"]);
    let said = ends(&sandbox.data(), &["undo", &id.to_string()], 1);
    assert!(said.contains(&format!("enterprises/e1.toml: change {}", id + 1)), "{said}");
    // Its persons stay where it is; the others go.
    let path = sandbox.data().join("contacts/e1.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "# looked at\n").unwrap();
    done(&sandbox.data(), &["undo", &id.to_string(), "--only"]);
    let left = files(&sandbox.data()).into_keys().filter(|path| path.contains("/e")).collect::<Vec<_>>();
    assert_eq!(left, ["contacts/e1.toml", "enterprises/e1.toml"]);
}

#[test]
fn an_edit_by_hand_is_recorded_and_can_be_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(2, "one"));
    let path = sandbox.data().join("enterprises/e1.toml");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, before.replace("\"one\"", "\"two\"")).unwrap();
    done(&sandbox.data(), &["enterprise", "set", "e0", "town=three"]);
    assert!(done(&sandbox.data(), &["log", "--format", "csv"]).contains("edited by hand"));
    let origin = done(&sandbox.data(), &["log", "--enterprise", "e1", "--field", "town", "--format", "csv"]);
    let lines: Vec<&str> = origin.lines().collect();
    assert!(lines[1].contains("one.csv:3") && lines[2].contains("one,two"), "{origin}");
    let by_hand = Store::open(&sandbox.data()).unwrap().last_change().unwrap() - 1;
    done(&sandbox.data(), &["undo", &by_hand.to_string()]);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn what_lies_in_the_place_of_a_record_is_neither_followed_nor_waited_for() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(3, "one"));
    let data = sandbox.data();
    let set = ["enterprise", "add", "id=e1", "name=Sample", "industry=automobile"];
    let outside = sandbox.file("outside.toml", "name = \"Outside\"\nindustry = \"automobile\"\n");
    let path = data.join("enterprises/e1.toml");
    fs::remove_file(&path).unwrap();
    fs::remove_file(data.join("contacts/e1.toml")).unwrap();
    symlink(&outside, &path).unwrap();
    ends(&data, &set, 1);
    assert!(!fs::read_to_string(&outside).unwrap().contains("Sample"));
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    ends(&data, &set, 1);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    ends(&data, &set, 1);
    fs::remove_dir(&path).unwrap();
    let elsewhere = sandbox.folder.path().join("elsewhere");
    fs::rename(data.join("enterprises"), &elsewhere).unwrap();
    symlink(&elsewhere, data.join("enterprises")).unwrap();
    let before = files(&elsewhere);
    ends(&data, &set, 3);
    assert_eq!(files(&elsewhere), before);
}

#[test]
fn a_damaged_head_stops_the_work_and_is_made_anew_where_that_needs_no_guessing() {
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    sandbox.import(&sandbox.enterprises(2, "one"));
    let set = ["enterprise", "set", "e1", "town=two"];
    let head = data.join(".kunpeng/HEAD");
    let text = fs::read_to_string(&head).unwrap();
    for broken in ["", "kunpeng", &text.replace("clean", "clear"), &text[1..]] {
        fs::write(&head, broken).unwrap();
        ends(&data, &set, 1);
        ends(&data, &["enterprise", "list"], 3);
    }
    done(&data, &["check", "--repair"]);
    assert_eq!(fs::read_to_string(&head).unwrap(), text);
    fs::write(&head, "kunpeng 2 something else\n").unwrap();
    ends(&data, &set, 1);
    ends(&data, &["enterprise", "list"], 3);
    // At rest, what a newer version has left can be read.
    fs::write(&head, "kunpeng 2 clean 9 and more\n").unwrap();
    ends(&data, &set, 1);
    assert!(done(&data, &["enterprise", "list"]).contains("Sample 1"));
    assert!(done(&data, &["check"]).contains("newer-format"));
    fs::remove_file(&head).unwrap();
    ends(&data, &set, 1);
    fs::remove_dir_all(data.join(".kunpeng")).unwrap();
    fs::write(data.join(".kunpeng"), "").unwrap();
    ends(&data, &set, 1);
    ends(&data, &["check"], 3);
    fs::remove_file(data.join(".kunpeng")).unwrap();
    done(&data, &set);
}

#[test]
fn history_is_forgotten_up_to_a_day_and_a_dry_run_says_how_much() {
    let sandbox = Sandbox::new();
    let data = sandbox.data();
    let prune = |day, more| ends(&data, &["history", "prune", "--before", day, more], 0);
    assert_eq!(
        prune("2020-01-01", "--yes"),
        "nothing to drop: no change but the last was made before 2020-01-01\n"
    );
    let dry = "1 change before 2100-01-01 would be dropped\ndry run: nothing was dropped\n";
    assert_eq!(prune("2100-01-01", "--dry-run"), dry);
    assert_eq!(Store::open(&data).unwrap().changes().unwrap(), [1, 2]);
    let dropped = "dropped 1 change made before 2100-01-01: this cannot be undone\n";
    assert_eq!(prune("2100-01-01", "--yes"), dropped);
    ends(&data, &["log", "show", "1"], 1);
    done(&data, &["undo"]);
    done(&data, &["check"]);
}

#[test]
fn the_history_of_a_field_that_there_is_not_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(1, "one"));
    let said = ends(&sandbox.data(), &["log", "--enterprise", "e0", "--field", "twon"], 3);
    assert!(said.contains("did you mean `town`?"), "{said}");
}

#[test]
fn a_record_of_a_hundred_megabytes_is_refused_at_once() {
    let sandbox = Sandbox::new();
    let path = sandbox.data().join("industries/large.toml");
    fs::File::create(path).unwrap().set_len(100 << 20).unwrap();
    let said = ends(&sandbox.data(), &["industry", "set", "automobile", "note=x"], 3);
    assert!(said.contains("a record has 16777216 at most"), "{said}");
}

#[test]
fn whoever_may_not_see_the_persons_reads_the_rest() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.enterprises(1, "one"));
    fs::set_permissions(sandbox.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let list = ["enterprise", "list"];
    let output = Command::new("setpriv")
        .args(["--reuid", "65534", "--clear-groups", env!("CARGO_BIN_EXE_kunpeng")])
        .args(list)
        .env("KUNPENG_DATA", sandbox.data())
        .output();
    match output {
        Ok(output) if !String::from_utf8_lossy(&output.stderr).contains("setpriv:") => {
            assert!(String::from_utf8_lossy(&output.stdout).contains("Sample 0"), "{output:?}");
        }
        _ => eprintln!("skipped: nobody else can be stood in for"),
    }
}

/// Whether system calls can be made to fail here.
fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-e", "trace=none", "true"]).output();
    let can = traced.is_ok_and(|output| output.status.success());
    if !can {
        eprintln!("skipped: strace cannot trace here");
    }
    can
}

/// Sets a note while the `at`th sync fails; gives the exit code and what was said.
fn set_while_a_sync_fails(data: &Path, at: usize) -> (Option<i32>, String) {
    let inject = format!("inject=fsync:error=EIO:when={at}");
    let output = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", &inject, env!("CARGO_BIN_EXE_kunpeng")])
        .args(["--lang", "en", "industry", "set", "automobile", "note=new"])
        .env("KUNPENG_DATA", data)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_disk_that_fails_at_the_instant_of_the_change_leaves_it_unknown_and_status_tells() {
    if !can_trace() {
        return;
    }
    let mut codes = Vec::new();
    for at in 1.. {
        let sandbox = Sandbox::new();
        let (data, head) = (sandbox.data(), sandbox.data().join(".kunpeng/HEAD"));
        let before = fs::read(&head).unwrap();
        let (code, said) = set_while_a_sync_fails(&data, at);
        codes.push(code.unwrap());
        let is_new = done(&data, &["industry", "show", "automobile"]).contains("new");
        assert_eq!(is_new, code != Some(1), "{said}");
        if code == Some(4) {
            assert!(said.contains("it is not known whether change 3 was made"), "{said}");
            assert!(ends(&data, &["status"], 0).contains("change 3 is made"));
            // What the disk would hold if HEAD had been lost.
            fs::write(&head, before).unwrap();
            assert!(ends(&data, &["status"], 0).contains("change 3 was begun, and was not made"));
            assert!(!done(&data, &["industry", "show", "automobile"]).contains("new"));
            done(&data, &["industry", "set", "automobile", "note=other"]);
            assert_eq!(ends(&data, &["status"], 0), "");
        }
        if code == Some(0) && !said.contains("warning") {
            break;
        }
    }
    codes.dedup();
    assert_eq!(codes, [1, 4, 0]);
}

/// A small stream of throws.
pub struct Dice(pub u64);

impl Dice {
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}
