//! The helps of `add`, `set` and the like list every field with what it accepts, and it accepts that.

use std::collections::BTreeSet;

use kunpeng::model::entry::{NEED, PLATFORM, PROJECT, RECOGNITION};
use kunpeng::model::field::known;
use kunpeng::model::kind::Kind;

use crate::sandbox::Sandbox;

/// What `add` and `set` change, its fields by their definition, and those that other commands change or none does.
fn kinds() -> [(&'static str, Vec<&'static str>, &'static [&'static str]); 8] {
    let enterprise = [known(Kind::Enterprise), known(Kind::Contact)].concat();
    [
        ("industry", known(Kind::Industry).to_vec(), &["more"]),
        ("edition", known(Kind::Edition).to_vec(), &["more", "rubric"]),
        (
            "enterprise",
            enterprise,
            &["more", "candidacies", "memberships", "recognitions", "platforms", "projects", "needs"],
        ),
        ("activity", known(Kind::Activity).to_vec(), &["more", "present", "excused", "absent"]),
        ("recognition", RECOGNITION.fields.to_vec(), &[]),
        ("platform", PLATFORM.fields.to_vec(), &[]),
        ("project", PROJECT.fields.to_vec(), &[]),
        ("need", NEED.fields.to_vec(), &[]),
    ]
}

/// A new store with one record of each kind, and one field of one's own of each type.
fn store() -> Sandbox {
    let sandbox = Sandbox::new();
    for line in [
        "industry add id=toys name=Toys",
        "edition add id=1 name=One opened=2023-01-10",
        "enterprise add id=alpha name=Alpha",
        "enterprise add id=beta name=Beta",
        "activity add id=a edition=1 aspect=courses title=Course date=2023-03-01",
        "recognition add alpha title=srdi",
        "platform add alpha kind=key-laboratory",
        "project add alpha scheme=Scheme state=submitted",
        "need add alpha category=land received=2023-02-01",
    ] {
        sandbox.done(&format!("kunpeng {line}"));
    }
    let own = ["text", "words", "count", "number", "amount", "share", "date", "yes-no"];
    let declared = |kind: &&str| {
        let words = if *kind == "words" { "words = { one = { name = \"One\" } }\n" } else { "" };
        format!(
            "\n[fields.enterprises.own_{}]\nname = \"Own {kind}\"\nkind = \"{kind}\"\n{words}",
            kind.replace('-', "_")
        )
    };
    let programme = sandbox.read("data/programme.toml");
    sandbox.write("data/programme.toml", programme + &own.iter().map(declared).collect::<String>());
    sandbox
}

/// The fields of a help with what each accepts, its lines put together.
fn listed(help: &str, title: &str) -> Vec<(String, String)> {
    let (_, block) =
        help.split_once(&format!("\n{title}:\n")).unwrap_or_else(|| panic!("no {title}: {help}"));
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines().take_while(|line| line.starts_with("  ")) {
        match line[2..].split_once("  ") {
            Some((field, accepts)) if !line.starts_with("   ") => {
                fields.push((field.to_owned(), accepts.trim().to_owned()));
            }
            _ => fields.last_mut().unwrap().1.extend([" ", line.trim()]),
        }
    }
    fields
}

/// Assignments that a field must take, by what its help says it accepts.
fn samples(field: &str, accepts: &str) -> Vec<String> {
    let value = |value: &str| vec![format!("{field}={value}")];
    if let Some(words) = accepts.strip_prefix("one of ") {
        return words.split(", ").map(|word| format!("{field}={word}")).collect();
    }
    if let Some((assignment, _)) = accepts.strip_prefix('`').and_then(|it| it.split_once('`')) {
        return vec![assignment.to_owned()];
    }
    match accepts {
        "any text" | "text" | "town, by id or name" => value("Sample"),
        "a registry code, its check digit right" => value("91440114DEM0000228"),
        "codes it had before, separated by `;`" => value("91440114DEM0000228;91440114DEM0000303"),
        "names it had before, separated by `;`" | "names, separated by `;`" => value("Older;Oldest"),
        "enterprises that look like it and are others" => value("beta"),
        "a class of GB/T 4754: `C`, `C36`, `C3660`" => {
            ["C", "C36", "C3660"].map(|it| value(it).remove(0)).to_vec()
        }
        "a whole number" => value("30"),
        "a number of hours: `2.5`" | "a number" => value("2.5"),
        "an amount: `300000`, `30万`" | "an amount of money" => [value("300000"), value("30万")].concat(),
        "a date, or `never`" => [value("never"), value("2024-05-01")].concat(),
        "a date: `2024`, `2024-05`, `2024-05-01`" | "a date" => {
            ["2024", "2024-05", "2024-05-01"].map(|it| value(it).remove(0)).to_vec()
        }
        "two years: `2022,2023`" => value("2022,2023"),
        "a share" => value("12%"),
        "yes or no" => [value("yes"), value("no")].concat(),
        other if other.starts_with("figures that must come out, with `edition edit`") => Vec::new(),
        other => panic!("`{field}` accepts `{other}`, of which no sample is known"),
    }
}

#[test]
fn add_and_set_list_every_field_and_each_takes_what_it_is_said_to_take() {
    let sandbox = store();
    let mut wrong = Vec::new();
    for (kind, fields, others) in kinds() {
        let fields_of =
            |verb: &str| listed(&sandbox.done(&format!("kunpeng {kind} {verb} --help")), "Fields");
        let lines = fields_of("set");
        assert_eq!(fields_of("add"), lines, "{kind}");
        let expected: Vec<&str> = fields.into_iter().filter(|field| !others.contains(field)).collect();
        let (built_in, own) = lines.split_at(expected.len());
        assert_eq!(built_in.iter().map(|(field, _)| field).collect::<Vec<_>>(), expected, "{kind}");
        let own: Vec<(String, String)> = own
            .iter()
            .map(|(field, accepts)| (field.clone(), accepts.split_once(": ").unwrap().1.to_owned()))
            .collect();
        assert_eq!(
            own.iter().filter(|(field, _)| field.starts_with("own_")).count(),
            if kind == "enterprise" { 8 } else { 0 }
        );
        let record = match kind {
            "industry" => "toys",
            "edition" => "1",
            "activity" => "a",
            "enterprise" => "alpha",
            _ => "alpha 1",
        };
        for (field, accepts) in built_in.iter().chain(&own) {
            for assignment in samples(field, accepts) {
                let outcome = sandbox.run(&format!("kunpeng {kind} set {record} '{assignment}' --dry-run"));
                if outcome.code != Some(0) {
                    wrong.push(format!("{kind} {assignment}: {}", outcome.text()));
                }
            }
        }
        for (field, lang) in others.iter().flat_map(|field| [(field, "en"), (field, "zh")]) {
            let refused = sandbox.run(&format!("kunpeng --lang {lang} {kind} set {record} {field}=x"));
            let empty = ["``", "“”"].iter().any(|it| refused.stderr.contains(it));
            if refused.code != Some(3)
                || empty
                || !refused.stderr.contains(["help: ", "办法："][usize::from(lang == "zh")])
            {
                wrong.push(format!("{kind} {field}=x: {}", refused.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_with_words_list_those_and_take_them() {
    let sandbox = store();
    let words = |line: &str, title: &str| listed(&sandbox.done(&format!("kunpeng {line} --help")), title);
    for (line, option) in [
        ("member add 1 alpha", "--modules"),
        ("candidate add 1 alpha", "--modules"),
        ("member withdraw 1 alpha --on 2023-05-01", "--because"),
    ] {
        if line.starts_with("member withdraw") {
            sandbox.done("kunpeng member add 1 alpha");
        }
        let command: Vec<&str> = line.split(' ').take(2).collect();
        let lines = words(&command.join(" "), "Words");
        assert_eq!(lines.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), [option]);
        for word in lines[0].1.strip_prefix("one of ").unwrap().split(", ") {
            sandbox.done(&format!("kunpeng {line} {option} {word} --dry-run"));
        }
    }
    let metrics = words("indicator set", "Metrics");
    assert!(metrics.len() > 10);
    for (metric, _) in &metrics {
        sandbox.done(&format!("kunpeng indicator set alpha 2022 {metric}=12 --dry-run"));
    }
    // Without a data folder they are still said to be words of the programme.
    let help = Sandbox::empty().done("kunpeng member add --help");
    assert_eq!(listed(&help, "Words")[0].1, "module, by id or name");
}

#[test]
fn an_id_is_not_set_and_entries_have_commands() {
    let sandbox = store();
    let said = |line: &str| sandbox.run(line).text();
    assert!(said("kunpeng enterprise set alpha id=x").contains("`kunpeng enterprise rename OLD NEW`"));
    assert!(
        said("kunpeng --lang zh industry set toys id=x").contains("kunpeng industry rename 旧编号 新编号")
    );
    assert!(said("kunpeng enterprise set alpha needs=x").contains("`kunpeng need --help`"));
    // Persons are kept apart, and masked wherever they are shown.
    sandbox.done("kunpeng enterprise set alpha phone=13800000000 'contact=Sample Person' town=Here");
    assert_eq!(
        sandbox.read("data/contacts/alpha.toml"),
        "contact = \"Sample Person\"\nphone = \"13800000000\"\n"
    );
    for line in ["log show", "enterprise show alpha", "enterprise set alpha phone=13900000000 --dry-run"] {
        let shown = said(&format!("kunpeng {line}"));
        assert!(!shown.contains("13800000000") && !shown.contains("13900000000"), "{line}: {shown}");
    }
    sandbox.done("kunpeng enterprise set alpha phone= contact=");
    assert!(!sandbox.path("data/contacts/alpha.toml").exists());
    sandbox.done("kunpeng enterprise set alpha 'former_names=Older;Oldest'");
    let names: BTreeSet<&str> = ["Older", "Oldest"].into();
    assert!(names.iter().all(|name| sandbox.done("kunpeng enterprise show alpha").contains(name)));
}
