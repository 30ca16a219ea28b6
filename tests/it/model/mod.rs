//! Random sequences of commands, edits by hand among them, against a plain model of the records: after each, the
//! files are what the model says they are, and what history replays to. `KUNPENG_HISTORIES` is how many.

#![expect(clippy::print_stderr, reason = "how much was tried is told beside the tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use kunpeng::model::programme::RecordFormat;
use kunpeng::store::Store;
use kunpeng::store::document;
use kunpeng::store::history::ChangeKind;
use serde_json::{Value, json};

use crate::store::{Dice, Files, apply, done, files, kunpeng, replayed};

mod command;
mod histories;
mod undo;

use command::{Deed, World, command, enterprise, is_sound, words};
use undo::{Sides, in_any_order, take_back};

/// One change as history should have it.
struct Made {
    act: ChangeKind,
    diff: BTreeMap<String, [Option<Vec<u8>>; 2]>,
    /// Whether some of it has been erased since.
    is_erased: bool,
    enterprises: usize,
}

/// The model, and the store it is of.
struct Trial {
    folder: tempfile::TempDir,
    dice: Dice,
    world: World,
    /// What the files hold, and what they held when history last recorded something.
    files: Files,
    recorded: Files,
    /// What history replays to, and how many changes of it.
    replay: Files,
    replayed: usize,
    made: Vec<Made>,
    refusals: usize,
    /// What is being tried, for whoever reads that it failed.
    place: String,
}

/// A record as plain data.
fn record(bytes: &[u8]) -> Value {
    document::to_json(&document::parse(RecordFormat::Toml, std::str::from_utf8(bytes).unwrap()).unwrap())
}

/// The order in which enterprises were absent says nothing.
fn in_order(mut world: World) -> World {
    for record in world.values_mut() {
        for list in ["excused", "absent"] {
            if let Some(ids) = record.get_mut(list).and_then(Value::as_array_mut) {
                ids.sort_by_key(|id| id.as_str().map(str::to_owned));
            }
        }
    }
    world
}

impl Trial {
    fn new(seed: u64) -> Self {
        let folder = crate::sandbox::scratch();
        let mut trial = Self {
            folder,
            dice: Dice(seed * 7919 + 1),
            world: World::new(),
            files: Files::new(),
            recorded: Files::new(),
            replay: Files::new(),
            replayed: 0,
            made: Vec::new(),
            refusals: 0,
            place: String::new(),
        };
        for line in ["init", "industry add id=automobile name=A"] {
            done(&trial.data(), &line.split(' ').collect::<Vec<_>>());
            trial.look();
            trial.record(ChangeKind::Command);
        }
        trial.made[0].act = ChangeKind::Start;
        trial
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn look(&mut self) {
        let files = files(&self.data());
        self.world = self.world_of(&files);
        self.files = files;
    }

    /// The records in files; those that are as they were need not be read again.
    fn world_of(&self, files: &Files) -> World {
        let read = |(path, bytes): (&String, &Vec<u8>)| {
            let known = self.world.get(path).filter(|_| self.files.get(path) == Some(bytes));
            (path.clone(), known.map_or_else(|| record(bytes), Value::clone))
        };
        in_order(files.iter().map(read).collect())
    }

    /// Takes note of a change that was made to what was last recorded.
    fn record(&mut self, act: ChangeKind) {
        let paths: BTreeSet<&String> = self.recorded.keys().chain(self.files.keys()).collect();
        let sides = |path: &str| [&self.recorded, &self.files].map(|files| files.get(path).cloned());
        let diff = paths.into_iter().map(|path| (path.clone(), sides(path))).filter(|(_, it)| it[0] != it[1]);
        let enterprises = self.world.keys().filter(|path| path.starts_with("enterprises/")).count();
        self.made.push(Made { act, diff: diff.collect(), is_erased: false, enterprises });
        self.recorded.clone_from(&self.files);
    }

    /// Runs a command line; gives whether it did its work.
    fn run(&self, line: &[String]) -> bool {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let output = kunpeng(&self.data(), &line).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{line:?}: {output:?}");
        output.status.success()
    }

    /// Runs a command that leads to one state, or must be refused; `expected` is what the files must hold then, if
    /// that is known to the byte.
    fn carry_out(&mut self, deed: Deed, expected: Option<&Files>, act: ChangeKind) {
        let is_done = self.run(&deed.line);
        assert_eq!(is_done, deed.after.is_some(), "{:?}", deed.line);
        let found = files(&self.data());
        let Some(after) = deed.after.map(in_order) else {
            self.refusals += 1;
            assert!(found == self.files, "{:?} was refused and changed something", deed.line);
            return;
        };
        let world = self.world_of(&found);
        // What is taken back value by value may stand elsewhere in its list.
        let is_known = expected.is_some() || !matches!(act, ChangeKind::Undo { .. } | ChangeKind::Redo(_));
        let compared = |world: &World| if is_known { world.clone() } else { in_any_order(world) };
        assert_eq!(compared(&world), compared(&after), "{:?}", deed.line);
        assert!(expected.is_none_or(|expected| *expected == found), "{:?}: not to the byte", deed.line);
        if found != self.files {
            if self.files != self.recorded {
                self.record(ChangeKind::ByHand);
            }
            (self.files, self.world) = (found, world);
            self.record(act);
        }
    }

    fn plainly(&mut self) {
        let deed = command(&mut self.dice, &self.world);
        self.carry_out(deed, None, ChangeKind::Command);
    }

    fn batch(&mut self) {
        let (mut after, mut text) = (Some(self.world.clone()), String::new());
        for _ in 0..=self.dice.throw(3) {
            let world = after.as_ref().unwrap_or(&self.world);
            let mut deed = command(&mut self.dice, world);
            // What closes an edition or opens it again is a change of its own.
            while deed.line.iter().any(|word| word == "close" || word == "reopen") {
                deed = command(&mut self.dice, world);
            }
            text += &(deed.line.join(" ") + "\n");
            after = after.and(deed.after);
        }
        let path = self.folder.path().join("batch");
        fs::write(&path, text).unwrap();
        let line = vec!["batch".to_owned(), path.to_str().unwrap().to_owned()];
        self.carry_out(Deed { line, after }, None, ChangeKind::Command);
    }

    fn import(&mut self) {
        let mut text = "id,name,industry,town,phone\n".to_owned();
        let mut after = self.world.clone();
        for n in 0..4 {
            if self.dice.throw(2) == 0 {
                continue;
            }
            let (town, phone) =
                (format!("t{}", self.dice.throw(3)), format!("1380000{:04}", self.dice.throw(3)));
            writeln!(text, "e{n},Sample-{n},automobile,{town},{phone}").unwrap();
            let record = after.entry(enterprise(n)).or_insert(json!({}));
            record["name"] = json!(format!("Sample-{n}"));
            record["industry"] = json!("automobile");
            record["town"] = json!(town);
            after.entry(format!("contacts/e{n}.toml")).or_insert(json!({}))["phone"] = json!(phone);
        }
        let path = self.folder.path().join("table.csv");
        fs::write(&path, &text).unwrap();
        let line = words(&format!("import enterprises {}", path.display()));
        let after = is_sound(&after).then_some(after);
        self.carry_out(Deed { line, after }, None, ChangeKind::Command);
    }

    /// The change that `undo` or `redo` without a number means.
    fn resolve(&self, forward: bool) -> Option<usize> {
        let mut settled = BTreeMap::new();
        for (index, made) in self.made.iter().enumerate().rev() {
            match made.act {
                ChangeKind::Undo { of, .. } if forward && settled.insert(of, true).is_none() => {
                    return usize::try_from(of).ok();
                }
                ChangeKind::Undo { of, .. } => _ = settled.entry(of).or_insert(true),
                ChangeKind::Redo(of) => _ = settled.entry(of).or_insert(false),
                ChangeKind::Command | ChangeKind::ByHand => {
                    let id = index + 1;
                    if !forward && settled.get(&u64::try_from(id).unwrap()) != Some(&true) {
                        return Some(id);
                    }
                }
                ChangeKind::Start | ChangeKind::Erasure => {}
            }
        }
        None
    }

    /// The change that took one back, if it is not made again since.
    fn undone_by(&self, id: usize) -> Option<usize> {
        let of = u64::try_from(id).ok()?;
        let is_it = |act| match act {
            ChangeKind::Undo { of: other, .. } | ChangeKind::Redo(other) => other == of,
            _ => false,
        };
        let last = self.made.iter().rposition(|made| is_it(made.act))?;
        matches!(self.made[last].act, ChangeKind::Undo { .. }).then_some(last + 1)
    }

    /// What taking a change back, or making it again, leads to; the files too if that is known to the byte.
    fn reversed(&self, id: usize, forward: bool) -> Option<(World, Option<Files>)> {
        let made = self.made.get(id.checked_sub(1)?)?;
        if !matches!(made.act, ChangeKind::Command | ChangeKind::ByHand) {
            return None;
        }
        let undo = self.undone_by(id);
        let made = match (forward, undo) {
            (false, None) => made,
            (true, Some(undo)) => &self.made[undo - 1],
            _ => return None,
        };
        if made.is_erased {
            return None;
        }
        let mut files = self.files.clone();
        let is_exact = made.diff.iter().all(|(path, [_, after])| files.get(path) == after.as_ref());
        let world = if is_exact {
            for (path, [before, _]) in &made.diff {
                match before {
                    Some(bytes) => _ = files.insert(path.clone(), bytes.clone()),
                    None => _ = files.remove(path),
                }
            }
            self.world_of(&files)
        } else {
            let sides = |sides: &[Option<Vec<u8>>; 2]| sides.clone().map(|it| it.as_deref().map(record));
            let diff: BTreeMap<&String, Sides> =
                made.diff.iter().map(|(path, it)| (path, sides(it))).collect();
            // A file that comes or goes does so with all a person wrote in it.
            let is_moved = |(path, sides): (&String, &[Option<Vec<u8>>; 2])| {
                sides.contains(&None) && !sides.contains(&files.get(path).cloned())
            };
            if made.diff.iter().any(is_moved) {
                return None;
            }
            let (world, again) = take_back(&self.world, diff.iter().map(|(path, it)| (*path, it)));
            if !again.is_empty() {
                return None;
            }
            world
        };
        let is_sound = world.contains_key("programme.toml") && is_sound(&world);
        is_sound.then_some((world, is_exact.then_some(files)))
    }

    fn reverse(&mut self) {
        let forward = self.dice.throw(3) == 0;
        let named = (self.dice.throw(3) == 0).then(|| self.dice.throw(self.made.len()) + 1);
        let id = named.or_else(|| self.resolve(forward));
        let (after, files) = id.and_then(|id| self.reversed(id, forward)).unzip();
        let verb = if forward { "redo" } else { "undo" };
        let line = named.map_or_else(|| verb.to_owned(), |id| format!("{verb} {id}"));
        let of = u64::try_from(id.unwrap_or_default()).unwrap();
        let act = if forward { ChangeKind::Redo(of) } else { ChangeKind::Undo { of, in_part: false } };
        self.carry_out(Deed { line: words(&line), after }, files.flatten().as_ref(), act);
    }

    fn erase(&mut self) {
        let n = self.dice.throw(4);
        let path = format!("contacts/e{n}.toml");
        let is_known = self.world.contains_key(&enterprise(n))
            || self.files.contains_key(&path)
            || self.made.iter().any(|made| made.diff.contains_key(&path));
        let mut after = self.world.clone();
        after.remove(&path);
        let line = words(&format!("enterprise erase-contacts e{n} --yes"));
        self.carry_out(Deed { line, after: is_known.then_some(after) }, None, ChangeKind::Erasure);
        for made in self.made.iter_mut().filter(|made| made.diff.contains_key(&path)) {
            made.is_erased = true;
            self.replay.remove(&path);
        }
    }

    /// Somebody uses an editor.
    fn by_hand(&mut self) {
        if self.dice.throw(3) == 0 {
            let path = self.data().join(format!("industries/h{}.toml", self.dice.throw(2)));
            fs::write(path, format!("name = 'by hand {}'\n", self.dice.throw(3))).unwrap();
        } else {
            let paths: Vec<&String> = self.files.keys().collect();
            let path = paths[self.dice.throw(paths.len())].clone();
            let mut text = fs::read_to_string(self.data().join(&path)).unwrap();
            text.push_str("# looked at\n");
            fs::write(self.data().join(path), text).unwrap();
        }
        self.look();
    }

    /// Somebody breaks a record: nothing is changed until it is put right.
    fn broken(&mut self) {
        let (name, bytes) = self.files.iter().nth(self.dice.throw(self.files.len())).unwrap();
        let path = self.data().join(name);
        fs::write(&path, "name = \n").unwrap();
        let deed = command(&mut self.dice, &self.world);
        assert!(!self.run(&deed.line), "{:?}", deed.line);
        fs::write(&path, bytes).unwrap();
        assert!(files(&self.data()) == self.files, "{:?} changed a broken store", deed.line);
    }

    /// The store as it was after some change.
    fn at(&mut self) {
        let id = self.dice.throw(self.made.len()) + 1;
        let text =
            done(&self.data(), &["export", "enterprises", "--format", "jsonl", "--at", &id.to_string()]);
        assert_eq!(text.lines().count(), self.made[id - 1].enterprises, "at {id}");
    }

    fn step(&mut self, place: String) {
        self.place = place;
        match self.dice.throw(24) {
            0..11 => self.plainly(),
            11..14 => self.batch(),
            14..16 => self.import(),
            16..20 => self.reverse(),
            20 => self.erase(),
            21 => self.by_hand(),
            22 => self.broken(),
            _ => self.at(),
        }
        let store = Store::open(&self.data()).unwrap();
        let ids = store.changes().unwrap();
        assert_eq!(ids.len(), self.made.len());
        for id in &ids[self.replayed..] {
            apply(&mut self.replay, &store.entry(*id).unwrap().files);
        }
        self.replayed = ids.len();
        assert!(self.replay == self.recorded, "history does not replay to the files");
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("at {}, in {}", self.place, self.data().display());
            self.folder.disable_cleanup(true);
        }
    }
}

#[test]
fn random_sequences_of_commands_agree_with_a_plain_model() {
    let histories = std::env::var("KUNPENG_HISTORIES").ok().and_then(|it| it.parse().ok()).unwrap_or(6);
    let (mut changes, mut refusals) = (0, 0);
    for seed in 1..=histories {
        let mut trial = Trial::new(seed);
        for step in 0..30 {
            trial.step(format!("seed {seed}, step {step}"));
        }
        assert!(replayed(&trial.data()) == trial.recorded, "seed {seed}");
        changes += trial.made.len();
        refusals += trial.refusals;
    }
    eprintln!("{histories} sequences of 30 commands: {changes} changes, {refusals} refusals");
}
