//! Plans that nobody saved, and links in every place of a data folder.

use std::fs;
use std::os::unix::fs::symlink;

use crate::sandbox::Sandbox;

/// A plan with one edit of an industry.
fn edit(id: &str, before: &str, after: &str) -> String {
    plan(&format!("{{\"kind\": \"industry\", \"id\": {id}, \"before\": {before}, \"after\": {after}}}"))
}

fn plan(edits: &str) -> String {
    format!("{{\"kunpeng-plan\": 1, \"edits\": [{edits}]}}")
}

fn new(kind: &str, id: &str, after: &str) -> String {
    plan(&format!("{{\"kind\": \"{kind}\", \"id\": \"{id}\", \"before\": null, \"after\": {after}}}"))
}

/// What is no plan, with a word of what is said of it.
fn no_plans() -> Vec<(String, &'static str)> {
    let named = "{\"name\": \"New\"}";
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    let mut plans: Vec<(String, &str)> = [
        ("", "not JSON"),
        ("name,town\n", "not JSON"),
        ("[]", "not written as one"),
        ("{}", "no `kunpeng-plan`"),
        ("{\"edits\": []}", "no `kunpeng-plan`"),
        ("{\"kunpeng-plan\": 2, \"edits\": []}", "newer version"),
        ("{\"kunpeng-plan\": \"1\", \"edits\": []}", "not written as one"),
        ("{\"kunpeng-plan\": -1, \"edits\": []}", "not written as one"),
        ("{\"kunpeng-plan\": 1}", "not written as one"),
        ("{\"kunpeng-plan\": 1, \"edits\": {}}", "not written as one"),
        ("{\"kunpeng-plan\": 1, \"edits\": [null]}", "not written as one"),
        ("{\"kunpeng-plan\": 1, \"edits\": [], \"run\": \"x\"}", "not written as one"),
        ("{\"kunpeng-plan\": 1, \"edits\": []} x", "not JSON"),
        ("{\"kunpeng-plan\": 1, \"edits\": []}\0", "not JSON"),
        ("{\"kunpeng-plan\": 1, \"kunpeng-plan\": 1, \"edits\": []}", "not written as one"),
    ]
    .map(|(plan, said)| (plan.to_owned(), said))
    .into();
    plans.push((deep, "not written as one"));
    for (kind, said) in [("programme", "no records"), ("colour", "no records"), ("", "no records")] {
        plans.push((new(kind, "new", named), said));
    }
    for id in
        ["../new", "a/b", "/new", "", ".", "..", ".new", "-new", "a b", "a\\\\b", "a\\u0000b", "a\\u001bb"]
    {
        plans.push((edit(&format!("\"{id}\""), "null", named), ""));
    }
    plans.push((edit(&format!("\"{}\"", "x".repeat(65)), "null", named), ""));
    plans.push((edit("5", "null", named), "not written as one"));
    for after in [
        "5",
        "[]",
        "\"x\"",
        "true",
        "{}",
        "{\"name\": 5}",
        "{\"name\": null}",
        "{\"nam\": \"New\"}",
        "{\"name\": \"New\", \"name\": \"Other\"}",
        "{\"name\": \"New\", \"run\": \"x\"}",
        "{\"name\": \"a\\u001b[31mb\"}",
        "{\"name\": \"a\nb\"}",
        "{\"name\": \"\\ud800\"}",
    ] {
        plans.push((edit("\"new\"", "null", after), ""));
    }
    plans.push((edit("\"new\"", "null", &("[".repeat(20_000) + &"]".repeat(20_000))), ""));
    plans.push((edit("\"toys\"", "null", named), "changed since the plan was made"));
    plans.push((edit("\"new\"", named, "{\"name\": \"Newer\"}"), "changed since the plan was made"));
    plans.push((edit("\"toys\"", "{\"name\": \"Toy\"}", "null"), "changed since the plan was made"));
    plans.push((edit("\"toys\"", "{\"name\": \"Toys\"}", "null"), "does not exist"));
    plans.push((edit("\"TOYS\"", "null", named), "differ only in case"));
    plans.push((new("enterprise", "new", "{\"name\": \"New\", \"industry\": \"none\"}"), "does not exist"));
    plans.push((new("enterprise", "new", "{\"name\": \"New\", \"founded\": \"2023-02-30\"}"), ""));
    plans.push((
        new(
            "enterprise",
            "new",
            "{\"name\": \"New\", \"indicators\": {\"2023\": {\"revenue\": 1e999999999}}}",
        ),
        "",
    ));
    plans.push((new("contact", "nobody", "{\"phone\": \"010-00000000\"}"), "does not exist"));
    plans
}

#[test]
fn a_hostile_plan_changes_nothing_and_is_told_of() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    let plans = no_plans();
    let try_bytes = |bytes: &[u8], said: &str| {
        sandbox.write("plan.json", bytes);
        let outcome = sandbox.run("ulimit -v 400000; timeout 20 kunpeng apply plan.json");
        let shown: String = String::from_utf8_lossy(bytes).chars().take(200).collect();
        assert!(matches!(outcome.code, Some(1 | 3)), "{shown}\n{:.800}", outcome.text());
        assert!(outcome.stderr.contains(said), "{shown}\nnot `{said}`:\n{:.800}", outcome.text());
        assert!(!outcome.text().contains(['\u{1b}', '\0']), "{shown}");
        assert!(sandbox.files("data") == before, "{shown}");
    };
    for (plan, said) in &plans {
        try_bytes(plan.as_bytes(), said);
    }
    try_bytes(b"\xff\xfe{\0}\0", "cannot read");
    try_bytes(b"{\"kunpeng-plan\": 1, \"edits\": [\"\xff\"]}", "cannot read");
    assert!(plans.len() >= 50, "{}", plans.len());
    assert!(!sandbox.path("new.toml").exists() && !sandbox.path("data/new.toml").exists());
}

#[test]
fn a_plan_of_many_edits_is_read_in_proportion() {
    let sandbox = Sandbox::small();
    let record = |number: usize| {
        format!(
            "{{\"kind\": \"industry\", \"id\": \"i{number}\", \"before\": null, \"after\": {{\"name\": \"I {number}\", \"note\": \"{}\"}}}}",
            "x".repeat(1000)
        )
    };
    sandbox.write("plan.json", plan(&(0..20_000).map(record).collect::<Vec<_>>().join(",")));
    let outcome = sandbox.run("ulimit -v 400000; kunpeng apply plan.json --dry-run > /dev/null");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
}

/// Files that no command may take into memory: of three gigabytes, or without an end.
#[test]
fn a_file_without_measure_is_refused_wherever_a_command_reads_one() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    fs::File::create(sandbox.path("large")).unwrap().set_len(3 << 30).unwrap();
    sandbox.write("editor.sh", "truncate -s 3G $1\n");
    for line in [
        "kunpeng apply large",
        "kunpeng batch large",
        "kunpeng batch < large",
        "kunpeng batch /dev/zero",
        "kunpeng batch < /dev/zero",
        "kunpeng import enterprises large",
        "kunpeng import enterprises - < large",
        "kunpeng restore large back",
        "EDITOR='sh editor.sh' kunpeng industry edit toys",
    ] {
        let outcome = sandbox.run(&format!("ulimit -v 400000; {line}"));
        assert!(matches!(outcome.code, Some(1 | 3)), "{line}\n{}", outcome.text());
        assert!(!outcome.stderr.contains("memory"), "{line}\n{}", outcome.text());
        assert!(sandbox.files("data") == before, "{line}");
        sandbox.done("rm -f tmp/*");
    }
    for (place, said) in [
        ("data/industries/large.toml", "a record has 16777216 at most"),
        ("data/columns.toml", "a record has 16777216 at most"),
        ("data/sealed/1.json", "cannot read `data/sealed/1.json`"),
        ("data/programme.toml", "a record has 16777216 at most"),
    ] {
        let sandbox = Sandbox::small();
        sandbox.done("kunpeng edition set 2 name=Two");
        sandbox.done(&format!("mkdir -p data/sealed; rm -f {place}; truncate -s 3G {place}"));
        let mut all = String::new();
        for line in [
            "status",
            "check",
            "summary 1 --live",
            "summary 1",
            "industry list",
            "industry edit toys",
            "edition close 1 --on 2024-02-01",
            "import industries /dev/null",
            "log",
            "undo",
            "migrate",
            "check --repair",
            "history prune --before 2020-01-01 --yes",
        ] {
            let outcome = sandbox.run(&format!("ulimit -v 400000; EDITOR=true kunpeng {line}"));
            assert!(outcome.code.is_some_and(|code| code <= 3), "{place}: {line}\n{}", outcome.text());
            assert!(!outcome.stderr.contains("memory alloc"), "{place}: {line}\n{}", outcome.text());
            all += &outcome.text();
        }
        assert!(all.contains(said), "{place}: {all}");
    }
}

/// Every place of a data folder that the program reads or writes.
const PLACES: [&str; 24] = [
    "programme.toml",
    "columns.toml",
    "industries",
    "industries/toys.toml",
    "editions",
    "editions/1.toml",
    "enterprises",
    "enterprises/alpha.toml",
    "activities",
    "activities/opening.toml",
    "contacts",
    "contacts/alpha.toml",
    "rulesets",
    "sealed",
    "sealed/2.json",
    ".kunpeng",
    ".kunpeng/HEAD",
    ".kunpeng/history",
    ".kunpeng/history/0000000002",
    ".kunpeng/private",
    ".kunpeng/stage",
    ".kunpeng/conflicts",
    ".kunpeng/index",
    ".kunpeng/lock",
];

/// Commands that write to every place; which of them may work depends on where the link is.
const WRITERS: [&str; 9] = [
    "kunpeng industry set toys note=x",
    "kunpeng industry add name=Other",
    "kunpeng enterprise set alpha town=x",
    "kunpeng activity set opening hours=2",
    "kunpeng import enterprises persons.csv",
    "kunpeng import enterprises persons.csv --map Name=name --save-map mine",
    "kunpeng edition close 1 --on 2024-02-01 --yes",
    "kunpeng undo --yes",
    "kunpeng enterprise erase-contacts alpha --yes",
];

#[test]
fn a_link_in_any_place_is_neither_followed_nor_left_out_unsaid() {
    for place in PLACES {
        let sandbox = Sandbox::small();
        sandbox.write("persons.csv", "id,Name,phone\nalpha,Alpha Sample,010-00000001\n");
        sandbox.write("columns.toml", "[all]\n");
        sandbox.done("mkdir data/rulesets; mv columns.toml data");
        sandbox
            .done("kunpeng activity add id=opening edition=1 aspect=courses title=Opening date=2023-02-01");
        sandbox.done("kunpeng import enterprises persons.csv");
        sandbox.done("kunpeng edition set 2 opened=2023-02-01; kunpeng edition close 2 --on 2023-12-01");
        let outside = sandbox.path("outside");
        fs::create_dir_all(&outside).unwrap();
        let target = outside.join("there");
        fs::rename(sandbox.path("data").join(place), &target).unwrap();
        symlink(&target, sandbox.path("data").join(place)).unwrap();
        let before = sandbox.files("outside");
        let check = sandbox.run("kunpeng check");
        let backup = sandbox.run("kunpeng backup copy");
        let said = format!("{}{}", check.text(), backup.text());
        if !["index", "lock", "stage"].iter().any(|it| place.ends_with(it)) {
            let name = place.rsplit('/').next().unwrap();
            assert!(said.contains(name), "{place} is left out unsaid\n{said}");
            assert!(
                check.code == Some(3) || backup.code != Some(0) || said.contains("not in the copy"),
                "{place}\n{said}"
            );
        }
        for line in WRITERS {
            let outcome = sandbox.run(line);
            assert!(outcome.code.is_some_and(|code| code <= 3), "{place}: {line}\n{}", outcome.text());
            assert!(
                sandbox.files("outside") == before,
                "{place}: {line} wrote through the link\n{}",
                outcome.text()
            );
        }
    }
}
