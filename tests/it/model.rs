//! Random sequences of commands, edits by hand among them, against a plain model of the records: after each, the
//! files are what the model says they are, and what history replays to. `KUNPENG_HISTORIES` is how many.

#![expect(clippy::print_stderr, reason = "how much was tried is told beside the tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use kunpeng::model::programme::Form;
use kunpeng::store::Store;
use kunpeng::store::document;
use kunpeng::store::history::Act;
use serde_json::{Map, Value, json};

use crate::store::{Dice, Files, apply, done, files, kunpeng, replayed};

/// Every record as the model has it, by its path.
type World = BTreeMap<String, Value>;

/// A command line and the records after it; none if it must be refused.
struct Deed {
    line: Vec<String>,
    after: Option<World>,
}

/// One change as history should have it.
struct Made {
    act: Act,
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

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// A change of the model; none if the command is to be refused.
fn deed(line: &str, world: &World, change: impl FnOnce(&mut World) -> Option<()>) -> Deed {
    let mut after = world.clone();
    let is_done = change(&mut after).is_some() && is_sound(&after);
    Deed { line: words(line), after: is_done.then_some(after) }
}

fn enterprise(n: usize) -> String {
    format!("enterprises/e{n}.toml")
}

fn fields<'w>(world: &'w mut World, path: &str) -> Option<&'w mut Map<String, Value>> {
    world.get_mut(path)?.as_object_mut()
}

fn set(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => _ = map.insert(key.to_owned(), value),
        None => _ = map.remove(key),
    }
}

/// The ids a record names, by the folders they are in.
fn names(path: &str, record: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut name = |folder: &str, id: &str| found.push(format!("{folder}/{id}.toml"));
    for list in ["memberships", "candidacies"] {
        for entry in record[list].as_array().into_iter().flatten() {
            name("editions", entry["edition"].as_str().unwrap());
        }
    }
    for list in ["excused", "absent"] {
        record[list]
            .as_array()
            .into_iter()
            .flatten()
            .for_each(|id| name("enterprises", id.as_str().unwrap()));
    }
    record["present"].as_object().into_iter().flatten().for_each(|(id, _)| name("enterprises", id));
    for (key, folder) in [("industry", "industries"), ("edition", "editions")] {
        if let Some(id) = record[key].as_str() {
            name(folder, id);
        }
    }
    if let Some(id) = path.strip_prefix("contacts/") {
        name("enterprises", id.trim_end_matches(".toml"));
    }
    found
}

fn is_sound(world: &World) -> bool {
    world.iter().all(|(path, record)| names(path, record).iter().all(|named| world.contains_key(named)))
}

fn is_named(world: &World, path: &str) -> bool {
    world
        .iter()
        .any(|(by, record)| !by.starts_with("contacts/") && names(by, record).iter().any(|it| it == path))
}

fn enterprise_add(dice: &mut Dice, world: &World) -> Deed {
    let (n, town) = (dice.throw(4), dice.throw(3));
    deed(
        &format!("enterprise add id=e{n} name=Sample-{n} industry=automobile town=t{town}"),
        world,
        |world| {
            let record =
                json!({"name": format!("Sample-{n}"), "industry": "automobile", "town": format!("t{town}")});
            world.insert(enterprise(n), record).is_none().then_some(())
        },
    )
}

fn enterprise_set(dice: &mut Dice, world: &World) -> Deed {
    let (n, town) = (dice.throw(4), dice.throw(4));
    let town = (town > 0).then(|| format!("t{town}"));
    deed(&format!("enterprise set e{n} town={}", town.clone().unwrap_or_default()), world, |world| {
        set(fields(world, &enterprise(n))?, "town", town.map(Value::String));
        Some(())
    })
}

fn enterprise_remove(dice: &mut Dice, world: &World) -> Deed {
    let n = dice.throw(4);
    deed(&format!("enterprise remove e{n} --yes"), world, |world| {
        world.remove(&enterprise(n))?;
        world.remove(&format!("contacts/e{n}.toml"));
        (!is_named(world, &enterprise(n))).then_some(())
    })
}

fn edition_add(dice: &mut Dice, world: &World) -> Deed {
    let n = dice.throw(2);
    deed(&format!("edition add id={n} name=Edition-{n}"), world, |world| {
        let record = json!({"name": format!("Edition-{n}")});
        world.insert(format!("editions/{n}.toml"), record).is_none().then_some(())
    })
}

fn edition_remove(dice: &mut Dice, world: &World) -> Deed {
    let n = dice.throw(2);
    deed(&format!("edition remove {n} --yes"), world, |world| {
        let path = format!("editions/{n}.toml");
        world.remove(&path)?;
        (!is_named(world, &path)).then_some(())
    })
}

fn edition_moves(dice: &mut Dice, world: &World) -> Deed {
    let n = dice.throw(2);
    let (verb, rest, key, needs) = [
        ("open", "--on 2024-01-01", "opened", [false, false]),
        ("close", "--on 2024-02-01", "closed", [true, false]),
        ("reopen", "--yes", "closed", [true, true]),
    ][dice.throw(3)];
    deed(&format!("edition {verb} {n} {rest}"), world, |world| {
        let edition = fields(world, &format!("editions/{n}.toml"))?;
        let is = ["opened", "closed"].map(|key| edition.contains_key(key));
        let day = rest.strip_prefix("--on ").map(|day| json!(day));
        set(edition, key, day);
        (is == needs).then_some(())
    })
}

fn joins(dice: &mut Dice, world: &World) -> Deed {
    let (n, edition) = (dice.throw(4), dice.throw(2));
    let (line, list, key) =
        [("member add", "memberships", "joined"), ("candidate add", "candidacies", "applied")][dice.throw(2)];
    deed(&format!("{line} {edition} e{n} --{key} 2024-01-15"), world, |world| {
        world.get(&format!("editions/{edition}.toml"))?;
        let entry = json!({"edition": edition.to_string(), key: "2024-01-15"});
        let list = fields(world, &enterprise(n))?.entry(list).or_insert(json!([])).as_array_mut()?;
        let is_new = list.iter().all(|it| it["edition"] != entry["edition"]);
        list.push(entry);
        is_new.then_some(())
    })
}

fn activity(dice: &mut Dice, world: &World) -> Deed {
    let (n, edition) = (dice.throw(2), dice.throw(2));
    let path = format!("activities/a{n}.toml");
    if dice.throw(4) == 0 {
        return deed(&format!("activity remove a{n} --yes"), world, |world| world.remove(&path).map(|_| ()));
    }
    let line = format!("activity add id=a{n} edition={edition} aspect=courses title=T date=2024-01-20");
    deed(&line, world, |world| {
        world.get(&format!("editions/{edition}.toml"))?;
        let date = "2024-01-20";
        let record = json!({"edition": edition.to_string(), "aspect": "courses", "title": "T", "date": date});
        world.insert(path, record).is_none().then_some(())
    })
}

fn attend(dice: &mut Dice, world: &World) -> Deed {
    let (a, n, heads) = (dice.throw(2), dice.throw(4), dice.throw(4));
    let id = format!("e{n}");
    let (said, list) = match heads {
        0 => (format!("--excused {id}"), "excused"),
        1 => (format!("--absent {id}"), "absent"),
        _ => (format!("{id}={heads}"), "present"),
    };
    deed(&format!("activity attend a{a} {said}"), world, |world| {
        world.get(&enterprise(n))?;
        let record = fields(world, &format!("activities/a{a}.toml"))?;
        for list in ["excused", "absent"] {
            if let Some(ids) = record.get_mut(list).and_then(Value::as_array_mut) {
                ids.retain(|it| *it != json!(id));
            }
        }
        if let Some(present) = record.get_mut("present").and_then(Value::as_object_mut) {
            present.remove(&id);
        }
        if list == "present" {
            record.entry(list).or_insert(json!({})).as_object_mut()?.insert(id, json!(heads));
        } else {
            record.entry(list).or_insert(json!([])).as_array_mut()?.push(json!(id));
        }
        record.retain(|_, value| *value != json!([]) && *value != json!({}));
        Some(())
    })
}

fn indicator(dice: &mut Dice, world: &World) -> Deed {
    let (n, revenue) = (dice.throw(4), dice.throw(5) + 1);
    deed(&format!("indicator set e{n} 2023 revenue={revenue}"), world, |world| {
        set(fields(world, &enterprise(n))?, "indicators", Some(json!({"2023": {"revenue": revenue}})));
        Some(())
    })
}

fn need(dice: &mut Dice, world: &World) -> Deed {
    let (n, number) = (dice.throw(4), dice.throw(3) + 1);
    let received = format!("2024-01-0{number}");
    let (line, kind) = match dice.throw(3) {
        0 => (format!("need set e{n} {number} closed=2024-02-02"), 0),
        1 => (format!("need remove e{n} {number} --yes"), 1),
        _ => (format!("need add e{n} category=finance received={received}"), 2),
    };
    deed(&line, world, |world| {
        let record = fields(world, &enterprise(n))?;
        let needs = record.entry("needs").or_insert(json!([])).as_array_mut()?;
        match kind {
            0 => needs.get_mut(number - 1)?["closed"] = json!("2024-02-02"),
            1 if number > needs.len() => return None,
            1 => _ = needs.remove(number - 1),
            _ if needs.iter().any(|need| need["received"] == json!(received)) => return None,
            _ => needs.push(json!({"category": "finance", "received": received})),
        }
        record.retain(|_, value| *value != json!([]));
        Some(())
    })
}

fn industry(dice: &mut Dice, world: &World) -> Deed {
    let (n, kind) = (dice.throw(2), dice.throw(3));
    let (path, note) = (format!("industries/i{n}.toml"), format!("n{}", dice.throw(3)));
    let line = match kind {
        0 => format!("industry add id=i{n} name=Industry-{n}"),
        1 => format!("industry remove i{n} --yes"),
        _ => format!("industry set i{n} note={note}"),
    };
    deed(&line, world, |world| match kind {
        0 => world.insert(path, json!({"name": format!("Industry-{n}")})).is_none().then_some(()),
        1 => world.remove(&path).map(|_| ()),
        _ => fields(world, &path)?.insert("note".to_owned(), json!(note)).map_or(Some(()), |_| Some(())),
    })
}

const COMMANDS: [fn(&mut Dice, &World) -> Deed; 12] = [
    industry,
    enterprise_add,
    enterprise_set,
    enterprise_remove,
    edition_add,
    edition_remove,
    edition_moves,
    joins,
    activity,
    attend,
    indicator,
    need,
];

/// A command; one that must be refused only now and then.
fn command(dice: &mut Dice, world: &World) -> Deed {
    let mut deed = industry(dice, world);
    for _ in 0..dice.throw(6) {
        if deed.after.as_ref().is_none_or(|after| after == world) {
            deed = COMMANDS[dice.throw(COMMANDS.len())](dice, world);
        }
    }
    deed
}

/// A record as plain data.
fn record(bytes: &[u8]) -> Value {
    document::to_json(&document::parse(Form::Toml, std::str::from_utf8(bytes).unwrap()).unwrap())
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
        let folder = tempfile::tempdir().unwrap();
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
            trial.record(Act::Command);
        }
        trial.made[0].act = Act::Start;
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
    fn record(&mut self, act: Act) {
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
    fn carry_out(&mut self, deed: Deed, expected: Option<&Files>, act: Act) {
        let is_done = self.run(&deed.line);
        assert_eq!(is_done, deed.after.is_some(), "{:?}", deed.line);
        let found = files(&self.data());
        let Some(after) = deed.after.map(in_order) else {
            self.refusals += 1;
            assert!(found == self.files, "{:?} was refused and changed something", deed.line);
            return;
        };
        assert_eq!(self.world_of(&found), after, "{:?}", deed.line);
        assert!(expected.is_none_or(|expected| *expected == found), "{:?}: not to the byte", deed.line);
        if found != self.files {
            if self.files != self.recorded {
                self.record(Act::ByHand);
            }
            (self.files, self.world) = (found, after);
            self.record(act);
        }
    }

    fn plainly(&mut self) {
        let deed = command(&mut self.dice, &self.world);
        self.carry_out(deed, None, Act::Command);
    }

    fn batch(&mut self) {
        let (mut after, mut text) = (Some(self.world.clone()), String::new());
        for _ in 0..=self.dice.throw(3) {
            let deed = command(&mut self.dice, after.as_ref().unwrap_or(&self.world));
            text += &(deed.line.join(" ") + "\n");
            after = after.and(deed.after);
        }
        let path = self.folder.path().join("batch");
        fs::write(&path, text).unwrap();
        let line = vec!["batch".to_owned(), path.to_str().unwrap().to_owned()];
        self.carry_out(Deed { line, after }, None, Act::Command);
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
        self.carry_out(Deed { line, after }, None, Act::Command);
    }

    /// The change that `undo` or `redo` without a number means.
    fn meant(&self, forward: bool) -> Option<usize> {
        let mut settled = BTreeMap::new();
        for (index, made) in self.made.iter().enumerate().rev() {
            match made.act {
                Act::Undo(of) if forward && settled.insert(of, true).is_none() => {
                    return usize::try_from(of).ok();
                }
                Act::Undo(of) => _ = settled.entry(of).or_insert(true),
                Act::Redo(of) => _ = settled.entry(of).or_insert(false),
                Act::Command | Act::ByHand => {
                    let id = index + 1;
                    if !forward && settled.get(&u64::try_from(id).unwrap()) != Some(&true) {
                        return Some(id);
                    }
                }
                Act::Start | Act::Erasure => {}
            }
        }
        None
    }

    /// What taking a change back, or making it again, leads to.
    fn reversed(&self, id: usize, forward: bool) -> Option<Files> {
        let mut files = self.files.clone();
        let made = self.made.get(id.checked_sub(1)?).filter(|made| !made.is_erased)?;
        for (path, [before, after]) in &made.diff {
            let [from, to] = if forward { [before, after] } else { [after, before] };
            if files.get(path) != from.as_ref() {
                return None;
            }
            match to {
                Some(bytes) => _ = files.insert(path.clone(), bytes.clone()),
                None => _ = files.remove(path),
            }
        }
        (files.contains_key("programme.toml") && is_sound(&self.world_of(&files))).then_some(files)
    }

    fn reverse(&mut self) {
        let forward = self.dice.throw(3) == 0;
        let named = (self.dice.throw(3) == 0).then(|| self.dice.throw(self.made.len()) + 1);
        let id = named.or_else(|| self.meant(forward));
        let files = id.and_then(|id| self.reversed(id, forward));
        let verb = if forward { "redo" } else { "undo" };
        let line = named.map_or_else(|| verb.to_owned(), |id| format!("{verb} {id}"));
        let number = u64::try_from(id.unwrap_or_default()).unwrap();
        let act = if forward { Act::Redo(number) } else { Act::Undo(number) };
        let deed = Deed { line: words(&line), after: files.as_ref().map(|files| self.world_of(files)) };
        self.carry_out(deed, files.as_ref(), act);
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
        self.carry_out(Deed { line, after: is_known.then_some(after) }, None, Act::Erasure);
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
