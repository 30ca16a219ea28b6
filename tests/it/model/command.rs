//! Random command lines, and what the plain model says comes of each.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::store::Dice;

/// Every record as the model has it, by its path.
pub type World = BTreeMap<String, Value>;

/// A command line and the records after it; none if it must be refused.
pub struct Deed {
    pub line: Vec<String>,
    pub after: Option<World>,
}

pub fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// A change of the model; none if the command is to be refused.
fn deed(line: &str, world: &World, change: impl FnOnce(&mut World) -> Option<()>) -> Deed {
    let mut after = world.clone();
    let is_done = change(&mut after).is_some() && is_sound(&after);
    Deed { line: words(line), after: is_done.then_some(after) }
}

pub fn enterprise(n: usize) -> String {
    format!("enterprises/e{n}.toml")
}

pub fn fields<'w>(world: &'w mut World, path: &str) -> Option<&'w mut Map<String, Value>> {
    world.get_mut(path)?.as_object_mut()
}

pub fn set(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => _ = map.insert(key.to_owned(), value),
        None => _ = map.remove(key),
    }
}

/// The ids a record names, by the folders they are in.
pub fn names(path: &str, record: &Value) -> Vec<String> {
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

pub fn is_sound(world: &World) -> bool {
    let is_open = |record: &Value| record["closed"].is_null() || !record["opened"].is_null();
    world.iter().all(|(path, record)| {
        names(path, record).iter().all(|named| world.contains_key(named))
            && (!path.starts_with("editions/") || is_open(record))
    })
}

pub fn is_named(world: &World, path: &str) -> bool {
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
        ("reopen", "--yes --reason model", "closed", [true, true]),
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
pub fn command(dice: &mut Dice, world: &World) -> Deed {
    let mut deed = industry(dice, world);
    for _ in 0..dice.throw(6) {
        if deed.after.as_ref().is_none_or(|after| after == world) {
            deed = COMMANDS[dice.throw(COMMANDS.len())](dice, world);
        }
    }
    deed
}
