//! Random stores in which records get other ids and firms become one: every reference moves, in seals too, and nothing
//! is lost.

use std::collections::BTreeMap;
use std::fmt::Write;

use kunpeng::model::programme::RecordFormat;
use kunpeng::store::document;
use serde_json::{Value, json};

use crate::sandbox::{PROGRAMME, Sandbox};
use crate::store::Dice;

type World = BTreeMap<String, Value>;

/// A store with a closed, sealed edition `ed1q`; every id is a word that stands for nothing else.
fn store(dice: &mut Dice) -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("data/programme.toml", PROGRAMME);
    for n in 0..3 {
        sandbox.write(&format!("data/industries/ind{n}q.toml"), format!("name = \"Industry {n}\"\n"));
    }
    let expect = "\n[[expect]]\nfigure = \"attendance/ent1q/present\"\nis = 1\n\n[[expect]]\nfigure = \"enterprises-by-industry/ind0q/enterprises\"\nis = 2\n";
    let targets =
        "\n[targets]\n\"enterprises-by-industry/ind1q/enterprises\" = 3\n\"attendance/ent0q/present\" = 2\n";
    for n in 1..3 {
        let text = format!(
            "# kept\nname = \"Edition {n}\"\nopened = 202{n}-01-10\nindustries = [\"ind1q\"]\n{targets}{expect}"
        );
        sandbox.write(&format!("data/editions/ed{n}q.toml"), text);
    }
    for n in 0..6 {
        let mut text = format!("# kept\nname = \"Sample {n}\" # too\n");
        if dice.throw(3) > 0 {
            writeln!(text, "industry = \"ind{}q\"", dice.throw(3)).unwrap();
        }
        for (field, value) in [("town", "t"), ("note", "n"), ("name_en", "English ")] {
            if dice.throw(2) == 0 {
                writeln!(text, "{field} = \"{value}{}\"", dice.throw(3)).unwrap();
            }
        }
        if dice.throw(3) == 0 {
            writeln!(text, "not_same = [\"ent{}q\"]", (n + 1 + dice.throw(5)) % 6).unwrap();
        }
        for edition in 1..3 {
            if dice.throw(2) == 0 {
                write!(text, "\n[[candidacies]]\nedition = \"ed{edition}q\"\n").unwrap();
            }
        }
        for edition in 1..3 {
            if dice.throw(4) > 0 {
                write!(text, "\n[[memberships]]\nedition = \"ed{edition}q\"\n").unwrap();
                if dice.throw(2) == 0 {
                    text += "outcome = \"graduated\"\n";
                }
            }
        }
        for need in 1..4 {
            if dice.throw(2) == 0 {
                write!(text, "\n[[needs]]\ncategory = \"land\"\nreceived = 2021-03-0{need}\n").unwrap();
            }
        }
        write!(text, "\n[indicators.2020]\nrevenue = {}\n", dice.throw(3)).unwrap();
        sandbox.write(&format!("data/enterprises/ent{n}q.toml"), text);
        if dice.throw(2) == 0 {
            let text = format!("phone = \"1380000000{}\"\n", dice.throw(3));
            sandbox.write(&format!("data/contacts/ent{n}q.toml"), text);
        }
    }
    for n in 0..4 {
        let edition = dice.throw(2) + 1;
        let (mut present, mut absent) = (String::new(), Vec::new());
        for enterprise in 0..6 {
            match dice.throw(4) {
                0 => absent.push(format!("\"ent{enterprise}q\"")),
                1 | 2 => writeln!(present, "ent{enterprise}q = {}", dice.throw(4) + 1).unwrap(),
                _ => {}
            }
        }
        let absent = absent.join(", ");
        let text = format!(
            "# kept\nedition = \"ed{edition}q\"\naspect = \"courses\"\ntitle = \"T{n}\"\ndate = 202{edition}-02-0{}\nabsent = [{absent}]\n\n[present]\n{present}",
            n + 1
        );
        sandbox.write(&format!("data/activities/act{n}q.toml"), text);
    }
    sandbox.done("chmod 700 data/contacts; chmod 600 data/contacts/*; true");
    sandbox.done("kunpeng edition close ed1q --on 2021-12-31 --yes");
    sandbox
}

/// Every record and seal as plain data, without checksums.
fn world(sandbox: &Sandbox) -> World {
    let read = |(path, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8(bytes).unwrap();
        let mut value = match path.strip_suffix(".json") {
            Some(_) => serde_json::from_str(&text).unwrap(),
            None => document::to_json(&document::parse(RecordFormat::Toml, &text).unwrap()),
        };
        if path.starts_with("sealed/") {
            let sums = value["records"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            value["records"] = json!(std::collections::BTreeSet::from_iter(sums));
            value["sha256"] = Value::Null;
        }
        for list in ["absent", "excused", "not_same"] {
            if let Some(ids) = value.get_mut(list).and_then(Value::as_array_mut) {
                ids.sort_by_key(ToString::to_string);
            }
        }
        value.as_object_mut().unwrap().retain(|_, it| *it != json!([]) && *it != json!({}));
        (path, value)
    };
    sandbox.records("data").into_iter().map(read).collect()
}

fn is_nowhere(sandbox: &Sandbox, id: &str) {
    for (path, bytes) in sandbox.records("data") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!path.contains(id) && !text.contains(id), "`{id}` is left in {path}:\n{text}");
    }
}

#[test]
fn a_record_with_another_id_is_the_same_one_everywhere() {
    for seed in 1..=4 {
        let mut dice = Dice(seed * 977);
        let sandbox = store(&mut dice);
        for (kind, old, new) in [
            ("enterprise", "ent0q", "firmq"),
            ("industry", "ind1q", "branchq"),
            ("edition", "ed1q", "springq"),
            ("activity", "act2q", "talkq"),
            ("enterprise", "ent1q", "otherq"),
            ("industry", "ind0q", "tradeq"),
        ] {
            let before = serde_json::to_string(&world(&sandbox)).unwrap();
            let text = sandbox.records("data").into_values().flatten().collect::<Vec<u8>>();
            sandbox.done(&format!("kunpeng {kind} rename {old} {new}"));
            is_nowhere(&sandbox, old);
            let expected: World = serde_json::from_str(&before.replace(old, new)).unwrap();
            let found = world(&sandbox);
            assert_eq!(found.len(), expected.len());
            for (path, record) in found {
                let expected = in_order(expected[&path].clone());
                assert_eq!(in_order(record), expected, "seed {seed}: {kind} {old}, {path}");
            }
            let comments = |text: &[u8]| String::from_utf8_lossy(text).matches('#').count();
            let now = sandbox.records("data").into_values().flatten().collect::<Vec<u8>>();
            assert_eq!(comments(&now), comments(&text), "seed {seed}: a comment of {old} is lost");
        }
        let check = sandbox.run("kunpeng check").text();
        assert!(!check.contains("damaged-seal") && !check.contains("error"), "{check}");
        let diff = sandbox.run("kunpeng summary springq --diff").text();
        assert!(diff.contains("no rows"), "{diff}");
    }
}

fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: BTreeMap<String, Value> = map.into_iter().map(|(key, it)| (key, in_order(it))).collect();
            Value::Object(map.into_iter().collect())
        }
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let mut list = list;
            list.sort_by_key(ToString::to_string);
            Value::Array(list)
        }
        other => other,
    }
}

#[test]
fn an_id_that_is_also_the_name_of_a_field_is_not_mistaken_for_it() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng industry rename toys industry");
    assert!(sandbox.read("data/enterprises/alpha.toml").contains("industry = \"industry\"\n"));
    sandbox.done("kunpeng industry rename industry toys");
    assert!(sandbox.read("data/enterprises/alpha.toml").contains("industry = \"toys\"\n"));
}

#[test]
fn firms_with_different_codes_are_not_made_one_and_no_id_is_given_twice() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/gamma.toml", "name = \"Gamma Sample\"\ncode = \"91440114DEM0000127\"\n");
    for (line, code, en, zh) in [
        ("enterprise merge beta gamma --yes", 1, "are two enterprises", "是两家企业"),
        ("enterprise merge beta beta --yes", 2, "cannot be merged with itself", "不能与自身合并"),
        ("enterprise rename beta gamma", 1, "exists already", "已存在"),
        ("enterprise rename beta GAMMA", 1, "exists already", "已存在"),
        ("edition rename 1 2", 1, "exists already", "已存在"),
    ] {
        for (lang, said) in [("en", en), ("zh", zh)] {
            let before = sandbox.files("data");
            let outcome = sandbox.run(&format!("kunpeng --lang {lang} {line}"));
            assert_eq!(outcome.code, Some(code), "{line}: {}", outcome.text());
            assert!(outcome.stderr.contains(said), "{line}: {}", outcome.stderr);
            assert!(sandbox.files("data") == before, "{line} changed the store");
        }
    }
}

#[test]
fn two_records_made_one_lose_nothing() {
    for seed in 1..=8 {
        let mut dice = Dice(seed * 6229);
        let sandbox = store(&mut dice);
        let before = world(&sandbox);
        let of = |id: &str| format!("enterprises/{id}.toml");
        sandbox.done("kunpeng enterprise merge ent2q ent1q --yes");
        is_nowhere(&sandbox, "ent1q");
        let after = world(&sandbox);
        let (own, other, joined) = (&before[&of("ent2q")], &before[&of("ent1q")], &after[&of("ent2q")]);
        for (list, key) in [("memberships", "edition"), ("candidacies", "edition"), ("needs", "received")] {
            let entries = |record: &Value| -> BTreeMap<String, Value> {
                let list = record[list].as_array().cloned().unwrap_or_default();
                list.into_iter().map(|it| (it[key].to_string(), it)).collect()
            };
            // Of what both have, the first says what it says, and the second fills what it lacks.
            let mut expected = entries(other);
            for (key, entry) in entries(own) {
                let slot = expected.entry(key).or_insert(json!({}));
                for (field, value) in entry.as_object().unwrap() {
                    slot[field] = value.clone();
                }
            }
            assert_eq!(entries(joined), expected, "seed {seed}: {list}");
        }
        for field in ["town", "note", "name_en", "industry", "indicators"] {
            let expected = if own[field].is_null() { &other[field] } else { &own[field] };
            assert_eq!(&joined[field], expected, "seed {seed}: {field}");
        }
        assert_eq!(joined["name"], own["name"]);
        assert_eq!(joined["former_names"][0]["name"], other["name"]);
        let phone =
            |world: &World, id: &str| world.get(&format!("contacts/{id}.toml")).map(|it| it["phone"].clone());
        let expected = phone(&before, "ent2q").or_else(|| phone(&before, "ent1q"));
        assert_eq!(phone(&after, "ent2q"), expected, "seed {seed}");
        for (path, activity) in before.iter().filter(|(path, _)| path.starts_with("activities/")) {
            let heads = |of: &Value, id: &str| of["present"][id].as_u64();
            let both = [heads(activity, "ent2q"), heads(activity, "ent1q")];
            assert_eq!(heads(&after[path], "ent2q"), both.into_iter().max().flatten(), "seed {seed}: {path}");
            let is_absent =
                |of: &Value, id: &str| of["absent"].as_array().is_some_and(|ids| ids.contains(&json!(id)));
            let was_absent = ["ent2q", "ent1q"].iter().any(|id| is_absent(activity, id));
            let is_now = was_absent && both == [None, None];
            assert_eq!(is_absent(&after[path], "ent2q"), is_now, "seed {seed}: {path}");
        }
        let others = |world: &World| -> Vec<(String, Value)> {
            let is_other = |path: &str| {
                path.starts_with("enterprises/") && !path.contains("ent2q") && !path.contains("ent1q")
            };
            let plain = |mut value: Value| {
                value.as_object_mut().unwrap().remove("not_same");
                value
            };
            world
                .iter()
                .filter(|(path, _)| is_other(path))
                .map(|(path, it)| (path.clone(), plain(it.clone())))
                .collect()
        };
        assert_eq!(others(&after), others(&before), "seed {seed}");
        assert!(!sandbox.run("kunpeng check").text().contains("error"), "seed {seed}");
    }
}
