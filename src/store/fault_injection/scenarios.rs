//! The changes that are tried: every kind the program makes, and small stores to make them in.

use std::ops::Range;

use super::{Files, Scenario, put};
use crate::store::image::{FileChange, Image};

fn file(path: String, before: Option<&str>, after: Option<&str>) -> FileChange {
    let image = |text: Option<&str>| text.map_or(Image::Absent, Image::text);
    FileChange::new(path, image(before), image(after))
}

/// Files that are made, changed or taken away.
fn made(paths: impl IntoIterator<Item = String>) -> Vec<FileChange> {
    paths.into_iter().map(|path| file(path, None, Some("made\n"))).collect()
}

fn set(paths: impl IntoIterator<Item = String>) -> Vec<FileChange> {
    paths.into_iter().map(|path| file(path, Some("old\n"), Some("new, and longer\n"))).collect()
}

fn gone(paths: impl IntoIterator<Item = String>) -> Vec<FileChange> {
    paths.into_iter().map(|path| file(path, Some("old\n"), None)).collect()
}

/// `enterprises/e0.toml`, …
fn numbered(start: &str, numbers: Range<usize>, end: &str) -> Vec<String> {
    numbers.map(|number| format!("{start}{number}{end}")).collect()
}

fn enterprises(numbers: Range<usize>) -> Vec<String> {
    numbered("enterprises/e", numbers, ".toml")
}

fn activities(numbers: Range<usize>) -> Vec<String> {
    numbered("activities/2024/a", numbers, ".toml")
}

fn persons(numbers: Range<usize>) -> Vec<String> {
    numbered("contacts/e", numbers, ".toml")
}

fn one(path: &str) -> [String; 1] {
    [path.to_owned()]
}

/// A change in a store that has what it changes, and little else.
fn scenario(name: &'static str, changes: &[Vec<FileChange>]) -> Scenario {
    let changes = changes.concat();
    let there = changes.iter().filter_map(|it| Some((it.path.clone(), it.before.bytes()?.to_vec())));
    let more = ["programme.toml", "enterprises/e0.toml", "editions/1.toml"];
    let mut before: Files = more.into_iter().map(|path| (path.to_owned(), b"old\n".to_vec())).collect();
    before.extend(there);
    Scenario { name, before, changes }
}

/// The change that takes another one back.
fn undo(name: &'static str, of: &Scenario) -> Scenario {
    let mut before = of.before.clone();
    put(&mut before, &of.changes);
    Scenario { name, before, changes: of.changes.iter().cloned().map(FileChange::reversed).collect() }
}

/// An enterprise that goes over into another one, which others name.
fn merge() -> Vec<Vec<FileChange>> {
    let to = [one("enterprises/e0.toml"), one("contacts/e0.toml")].concat();
    vec![set(to), gone(enterprises(1..2)), gone(persons(1..2)), set(activities(0..8))]
}

/// The change that editors and other commands race with.
pub fn enterprise_set() -> Scenario {
    scenario("enterprise set", &[set(enterprises(0..1))])
}

/// The one whose file somebody else makes first.
pub fn enterprise_add() -> Scenario {
    scenario("enterprise add", &[made(enterprises(1..2))])
}

pub fn import() -> Scenario {
    let made = [made(enterprises(20..40)), made(persons(1..2))];
    scenario("import of 40", &[vec![set(enterprises(0..20))], made.to_vec()].concat())
}

fn of_many_kinds() -> Vec<Vec<FileChange>> {
    vec![
        made(one("activities/2024/a.toml")),
        gone(persons(0..1)),
        set(one("editions/1.toml")),
        gone(enterprises(0..1)),
        set(enterprises(1..2)),
        made(one("industries/i.toml")),
        set(one("programme.toml")),
    ]
}

/// Of every kind of change one at least.
pub fn scenarios() -> Vec<Scenario> {
    let merge = scenario("enterprise merge", &merge());
    let removal = scenario("edition remove", &[gone(one("editions/2.toml")), gone(activities(0..10))]);
    let json = |start| numbered(start, 0..4, ".json");
    let forms = vec![set(json("enterprises/j")), made(json("editions/j")), gone(json("industries/j"))];
    let folders = vec![
        made(numbered("enterprises/north/a/e", 10..16, ".toml")),
        set(numbered("enterprises/south/e", 20..26, ".toml")),
    ];
    let large =
        file("activities/large.toml".to_owned(), None, Some(&"# a long line of a large record\n".repeat(99)));
    vec![
        enterprise_set(),
        enterprise_add(),
        scenario("edition close", &[set(one("editions/1.toml"))]),
        undo("undo of the import", &import()),
        import(),
        scenario("batch over many kinds", &of_many_kinds()),
        undo("undo of the batch", &scenario("", &of_many_kinds())),
        undo("undo of the merge", &merge),
        merge,
        undo("undo of the removal", &removal),
        removal,
        scenario("import of persons", &[made(enterprises(1..13)), made(persons(1..13))]),
        scenario("erase-contacts", &[gone(persons(0..6))]),
        scenario("records kept as json", &forms),
        scenario("records in sub-folders", &folders),
        scenario("attendance of a few", &[set(activities(0..8))]),
        scenario("attendance of more than a few", &[set(activities(0..9))]),
        scenario("migrate", &[set(one("programme.toml")), set(enterprises(0..15))]),
        scenario("import of activities", &[made(activities(0..20))]),
        scenario("member graduate", &[set(enterprises(0..15)), set(one("editions/1.toml"))]),
        scenario("a large record", &[vec![large]]),
    ]
}
