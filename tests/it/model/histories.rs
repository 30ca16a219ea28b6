//! Histories of a thousand random changes, each taken back, in any order, against the plain model: what did not change
//! again is as it was before, to the byte where nothing came after. `KUNPENG_UNDONE` is how many changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kunpeng::model::change::Draft;
use kunpeng::model::finding::RecordRef;
use kunpeng::model::kind::Kind;
use kunpeng::model::programme::RecordFormat;
use kunpeng::store::Store;
use kunpeng::store::document;
use kunpeng::store::history::{ChangeKind, Note};
use kunpeng::store::lock::LockOptions;
use kunpeng::store::writer::{Sources, Writer};
use serde_json::{Value, json};

use super::command::World;
use super::record;
use super::undo::{Sides, in_any_order, take_back};
use crate::sandbox::PROGRAMME;
use crate::store::{Dice, Files, files};

const ENTERPRISES: usize = 30;
const ACTIVITIES: usize = 9;

/// Files as a person may have written them.
fn written() -> Vec<(String, String)> {
    let mut files = vec![
        ("programme.toml".to_owned(), PROGRAMME.to_owned()),
        ("industries/toys.toml".to_owned(), "name = 'Toys'\n".to_owned()),
    ];
    for n in 0..3 {
        files.push((format!("editions/{n}.toml"), format!("name = \"Edition {n}\"\n")));
    }
    for n in 0..ENTERPRISES {
        let text = format!(
            "# Sample data.\nname = 'Sample {n}' # as on the licence\nindustry = \"toys\"\n\n[[platforms]]\nkind = \"key-laboratory\"\ndocument = \"first\" # kept\n"
        );
        files.push((format!("enterprises/e{n}.toml"), text));
    }
    for n in 0..ACTIVITIES {
        let text = format!(
            "edition = \"0\"\naspect = \"courses\"\ntitle = 'T{n}'\ndate = 2024-01-2{n}\nabsent = [ \"e0\" ]\n"
        );
        files.push((format!("activities/a{n}.toml"), text));
    }
    files
}

struct Made {
    diff: BTreeMap<String, Sides>,
    bytes: BTreeMap<String, [Option<Vec<u8>>; 2]>,
}

struct History {
    _folder: tempfile::TempDir,
    data: PathBuf,
    dice: Dice,
    writer: Writer,
    store: Store,
    files: Files,
    world: World,
}

impl History {
    fn new(seed: u64) -> Self {
        let folder = crate::sandbox::scratch();
        let data = folder.path().join("data");
        for (path, text) in written() {
            let path = data.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let store = Store::open(&data).unwrap();
        let writer = Writer::take(&store, &LockOptions::none()).unwrap();
        let mut history = Self {
            _folder: folder,
            data,
            dice: Dice(seed * 6151 + 3),
            writer,
            store,
            files: Files::new(),
            world: World::new(),
        };
        history.look();
        history
    }

    fn look(&mut self) {
        let files = files(&self.data);
        let read = |(path, bytes): (&String, &Vec<u8>)| {
            let known = self.world.get(path).filter(|_| self.files.get(path) == Some(bytes));
            (path.clone(), known.map_or_else(|| record(bytes), Value::clone))
        };
        self.world = files.iter().map(read).collect();
        self.files = files;
    }

    /// Makes a random change; none if it would not be sound, or changes nothing.
    fn change(&mut self) -> Option<Made> {
        let mut after = self.world.clone();
        let mut places = BTreeSet::new();
        for _ in 0..=self.dice.throw(2) {
            self.edit(&mut after, &mut places);
        }
        let changed: Vec<String> = after
            .keys()
            .chain(self.world.keys())
            .filter(|path| after.get(*path) != self.world.get(*path))
            .cloned()
            .collect();
        let snapshot = self.writer.load().unwrap();
        let mut draft = Draft::of(&snapshot.records);
        for path in changed {
            let (folder, name) = path.split_once('/')?;
            let kind = Kind::FOLDERS.iter().copied().find(|kind| kind.plural() == folder)?;
            let of = RecordRef::new(kind, name.trim_end_matches(".toml"));
            match after.get(&path) {
                Some(record) => {
                    let value = document::parse(RecordFormat::Json, &record.to_string()).unwrap();
                    draft.put(of, value).ok()?;
                }
                None => draft.remove(of),
            }
        }
        let change = draft.finish().ok().filter(|change| !change.is_empty())?;
        let (before, world) = (self.files.clone(), self.world.clone());
        self.writer.apply(&snapshot, &change, &Sources::new(), note(ChangeKind::Command)).unwrap();
        self.look();
        assert_eq!(in_any_order(&self.world), in_any_order(&after));
        let paths = before.iter().chain(&self.files).map(|(path, _)| path);
        let paths = paths.filter(|path| before.get(*path) != self.files.get(*path));
        let mut made = Made { diff: BTreeMap::new(), bytes: BTreeMap::new() };
        for path in paths {
            let sides = [&world, &self.world].map(|world| world.get(path).cloned());
            made.diff.insert(path.clone(), sides);
            made.bytes.insert(path.clone(), [&before, &self.files].map(|files| files.get(path).cloned()));
        }
        Some(made)
    }

    /// Edits a record, but none twice.
    fn edit(&mut self, world: &mut World, places: &mut BTreeSet<String>) {
        let dice = &mut self.dice;
        let (n, a, number) = (dice.throw(ENTERPRISES), dice.throw(ACTIVITIES), dice.throw(4));
        let path = format!("enterprises/e{n}.toml");
        if !places.insert(path.clone()) {
            return;
        }
        if dice.throw(12) == 0 {
            let new = json!({"name": format!("Sample {n}"), "founded": format!("200{number}-01-01")});
            if world.remove(&path).is_none() {
                world.insert(path, new);
            }
            return;
        }
        if dice.throw(4) == 0 {
            let Some(activity) = world.get_mut(&format!("activities/a{a}.toml")) else { return };
            attend(activity, &format!("e{n}"), dice.throw(5));
            return;
        }
        let Some(it) = world.get_mut(&path) else { return };
        match dice.throw(5) {
            0 => it["town"] = json!(format!("t{number}")),
            1 => _ = it.as_object_mut().unwrap().remove("town"),
            2 => it["name"] = json!(format!("Sample {n} {number}")),
            3 => it["indicators"][format!("202{}", dice.throw(3))]["revenue"] = json!(number),
            _ => entry(it, dice),
        }
    }

    /// Takes a change back; gives whether it was exact, value by value, or not whole.
    fn undo(&mut self, id: u64, made: &Made) -> &'static str {
        let reversal = self.store.reversal(&[id]).unwrap();
        let sides = made.bytes.iter();
        let is_exact = sides.clone().all(|(path, [_, after])| self.files.get(path) == after.as_ref());
        // A file that comes or goes does so with all a person wrote in it.
        let is_moved = |path: &String| {
            let sides = &made.bytes[path];
            sides.contains(&None) && !sides.contains(&self.files.get(path).cloned())
        };
        let (moved, others): (Vec<_>, Vec<_>) = made.diff.iter().partition(|(path, _)| is_moved(path));
        let (expected, mut again) = take_back(&self.world, others);
        again.extend(moved.into_iter().map(|(path, _)| path.clone()));
        assert_eq!(reversal.again.len(), again.len(), "change {id}: {:?} {again:?}", reversal.again);
        let snapshot = self.writer.load().unwrap();
        if !self.store.faults_with(&snapshot, &reversal.files).unwrap().is_empty() {
            return "unsound";
        }
        if !reversal.files.is_empty() {
            let in_part = !again.is_empty();
            self.writer.replace(reversal.files, note(ChangeKind::Undo { of: id, in_part })).unwrap();
        }
        self.look();
        let (found, expected) = (in_any_order(&self.world), in_any_order(&expected));
        for path in found.keys().chain(expected.keys()) {
            assert_eq!(found.get(path), expected.get(path), "{path} without change {id}: {:?}", made.diff);
        }
        if is_exact {
            for (path, [before, _]) in sides {
                assert!(self.files.get(path) == before.as_ref(), "{path} of change {id} is not as it was");
            }
            "exact"
        } else if again.is_empty() {
            "by value"
        } else {
            "in part"
        }
    }
}

fn attend(activity: &mut Value, id: &str, heads: usize) {
    let activity = activity.as_object_mut().unwrap();
    for list in ["excused", "absent"] {
        let ids = activity.entry(list).or_insert(json!([])).as_array_mut().unwrap();
        ids.retain(|it| *it != json!(id));
        if (list == "excused" && heads == 0) || (list == "absent" && heads == 1) {
            ids.push(json!(id));
        }
    }
    let present = activity.entry("present").or_insert(json!({})).as_object_mut().unwrap();
    present.remove(id);
    if heads > 2 {
        present.insert(id.to_owned(), json!(heads));
    }
    activity.retain(|_, value| *value != json!([]) && *value != json!({}));
}

/// Adds, changes or takes away a need or a membership.
fn entry(enterprise: &mut Value, dice: &mut Dice) {
    let enterprise = enterprise.as_object_mut().unwrap();
    let number = dice.throw(3);
    let (list, identity, new, field, value) = if dice.throw(2) == 0 {
        let received = format!("2023-01-0{}", number + 1);
        let new = json!({"category": "land", "received": received});
        ("needs", ("received", received), new, "closed", ["2023-05-06", "2024"][dice.throw(2)])
    } else {
        let new = json!({"edition": number.to_string()});
        let (field, value) =
            [("joined", "2023-01-02"), ("outcome", "graduated"), ("joined", "2023-02-03")][dice.throw(3)];
        ("memberships", ("edition", number.to_string()), new, field, value)
    };
    let entries = enterprise.entry(list).or_insert(json!([])).as_array_mut().unwrap();
    let at = entries.iter().position(|it| it[identity.0] == json!(identity.1));
    match (at, dice.throw(3)) {
        (None, _) => entries.push(new),
        (Some(at), 0) => _ = entries.remove(at),
        (Some(at), _) if entries[at][field] == json!(value) => {
            entries[at].as_object_mut().unwrap().remove(field);
        }
        (Some(at), _) => entries[at][field] = json!(value),
    }
    enterprise.retain(|_, value| *value != json!([]));
}

fn note(kind: ChangeKind) -> Note {
    let text = || "test".to_owned();
    let time = "2024-03-01T09:00:00+00:00".to_owned();
    Note { time, actor: text(), command: text(), reason: None, kind }
}

#[test]
fn each_of_a_thousand_random_changes_is_taken_back_out_of_order() {
    let changes = std::env::var("KUNPENG_UNDONE").ok().and_then(|it| it.parse().ok()).unwrap_or(1000);
    let mut history = History::new(1);
    let mut made: Vec<Made> = Vec::new();
    while made.len() < changes {
        made.extend(history.change());
    }
    // The first change is the state in which history begins.
    let mut order: Vec<usize> = (0..made.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, history.dice.throw(at + 1));
    }
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    for index in order {
        *ways.entry(history.undo(u64::try_from(index).unwrap() + 2, &made[index])).or_default() += 1;
    }
    eprintln!("{changes} changes taken back in a random order: {ways:?}");
    assert!(["exact", "by value", "in part"].iter().all(|way| ways.contains_key(way)), "{ways:?}");
}

#[test]
fn a_history_taken_back_from_its_end_leaves_the_files_it_began_with() {
    let mut history = History::new(2);
    let before = history.files.clone();
    let mut made: Vec<Made> = Vec::new();
    while made.len() < 100 {
        made.extend(history.change());
    }
    for (index, made) in made.iter().enumerate().rev() {
        assert_eq!(history.undo(u64::try_from(index).unwrap() + 2, made), "exact");
    }
    assert!(history.files == before);
}
