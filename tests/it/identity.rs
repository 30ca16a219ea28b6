//! One firm, one record: merged, renamed, found by the code it had.

use crate::sandbox::Sandbox;

/// The store of the small sandbox with an activity, and a second record of `alpha`.
fn doubled() -> Sandbox {
    let sandbox = Sandbox::small();
    sandbox.write(
        "data/activities/opening.toml",
        "edition = \"1\"\naspect = \"courses\"\ntitle = \"Opening\"\ndate = 2023-02-01\nabsent = [\"alpha-2\"]\n\n[present]\nbeta = 2\n",
    );
    sandbox.write(
        "data/activities/second.toml",
        "edition = \"1\"\naspect = \"courses\"\ntitle = \"Second\"\ndate = 2023-03-01\nabsent = [\"alpha\"]\n\n[present]\nalpha-2 = 3\n",
    );
    sandbox.write(
        "data/enterprises/alpha-2.toml",
        "name = \"Alpha Sample Ltd\"\nindustry = \"toys\"\nfounded = 2001\ncode = \"91440114DEM000014D\"\n\n[[memberships]]\nedition = \"1\"\nmodules = [\"srdi\"]\n\n[[recognitions]]\ntitle = \"srdi\"\nrecognised = 2023-05-01\n\n[indicators.2022]\nrevenue = 5000000\n",
    );
    sandbox.write("data/contacts/alpha-2.toml", "phone = \"13800000000\"\n");
    sandbox
}

#[test]
fn two_records_of_one_firm_become_one_with_every_reference_and_come_apart_again() {
    let sandbox = doubled();
    let before = sandbox.records("data");
    sandbox.shows(
        "kunpeng enterprise merge alpha alpha-2 --yes",
        snapbox::str![[r#"
What both records say differently
Field              Kept       Dropped
─────────────────────────────────────
activities.second  present 3  absent
--- stderr
merged `alpha-2` into `alpha`

"#]],
    );
    let merged = sandbox.json("kunpeng enterprise show alpha --format json");
    assert_eq!(merged["former_names"][0]["name"], "Alpha Sample Ltd");
    assert_eq!(merged["code"], "91440114DEM000014D");
    assert_eq!(merged["memberships"][0]["modules"][0], "srdi");
    assert_eq!(merged["memberships"].as_array().unwrap().len(), 1);
    assert_eq!(merged["indicators"]["2022"]["revenue"], 5_000_000);
    let activities = sandbox.json("kunpeng activity list --format json");
    assert_eq!(activities[0]["absent"][0], "alpha");
    assert_eq!(activities[1]["present"]["alpha"], 3);
    assert!(activities[1]["absent"].is_null());
    assert!(sandbox.read("data/contacts/alpha.toml").contains("13800000000"));
    sandbox.shows(
        "kunpeng check",
        snapbox::str![[r#"
--- stderr
no findings in data

"#]],
    );
    sandbox.done("kunpeng undo");
    assert!(sandbox.records("data") == before);
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let sandbox = doubled();
    sandbox.refuses(
        "kunpeng enterprise merge alpha alpha --yes",
        2,
        snapbox::str![[r#"
--- stderr
error: `alpha` cannot be merged with itself

For more information, try '--help'.
--- exit 2

"#]],
    );
    sandbox.refuses("kunpeng --lang zh enterprise merge beta alpha-2 --yes", 1, snapbox::str![[r#"
--- stderr
错误：“beta”与“alpha-2”的代码不同（91440114DEM900012E、91440114DEM000014D），是两家企业
  办法：如为同一企业更换了代码，请先处理旧记录：kunpeng enterprise set alpha-2 code= former_codes=91440114DEM000014D
--- exit 1

"#]]);
    sandbox.done("kunpeng enterprise merge alpha alpha-2 --not-same");
    assert!(sandbox.read("data/enterprises/alpha.toml").contains("not_same = [\"alpha-2\"]"));
}

#[test]
fn a_renamed_record_is_named_so_everywhere() {
    let sandbox = doubled();
    let before = sandbox.records("data");
    for (line, old) in [
        ("kunpeng enterprise rename alpha-2 gamma", "alpha-2"),
        ("kunpeng industry rename toys playthings", "\"toys\""),
        ("kunpeng edition rename 1 first", "edition = \"1\""),
        ("kunpeng activity rename opening start", "opening"),
    ] {
        sandbox.done(line);
        let records = sandbox.records("data");
        for (path, text) in &records {
            assert!(!String::from_utf8_lossy(text).contains(old), "{line}: {path}");
        }
        sandbox.shows(
            "kunpeng check",
            snapbox::str![[r#"
--- stderr
no findings in data

"#]],
        );
    }
    assert!(sandbox.read("data/contacts/gamma.toml").contains("13800000000"));
    for _ in 0..4 {
        sandbox.done("kunpeng undo");
    }
    assert!(sandbox.records("data") == before);
    sandbox.refuses(
        "kunpeng enterprise rename alpha beta",
        1,
        snapbox::str![[r#"
--- stderr
error: enterprise `beta` exists already
  help: choose another id
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise rename alpha 'a b'",
        3,
        snapbox::str![[r#"
--- stderr
error: ` ` cannot be in an id
  --> argument `a b`
  rule: bad-id
  help: an id is 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_firm_with_a_new_code_is_found_by_the_old_one_and_keeps_the_new() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng enterprise set beta code=91440114DEM000014D");
    assert!(sandbox.read("data/enterprises/beta.toml").contains("former_codes = [\"91440114DEM900012E\"]"));
    let shown = sandbox.json("kunpeng enterprise show 91440114DEM900012E --format json");
    assert_eq!(shown["id"], "beta");
    sandbox.write("last-year.csv", "credit_code,name,founded\n91440114DEM900012E,Beta Sample,2004\n");
    sandbox.done("kunpeng import enterprises last-year.csv");
    let shown = sandbox.json("kunpeng enterprise show beta --format json");
    assert_eq!(shown["code"], "91440114DEM000014D");
    assert_eq!(shown["founded"].to_string().trim_matches('"'), "2004");
}

#[test]
fn what_is_likely_to_be_a_slip_is_said_when_it_is_entered() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng activity add id=a edition=1 aspect=courses title=Course date=2023-03-01 hours=-2",
        snapbox::str![[r#"
--- stderr
added activity `a`
warning: `hours` of activity `a` is -2, and cannot be less than nothing
  --> activity `a`, `hours`
  rule: negative-amount

"#]],
    );
    sandbox.shows(
        "kunpeng --lang zh activity add id=b edition=1 aspect=courses title=course date=2023-03-01",
        snapbox::str![[r#"
--- stderr
已添加活动“b”
警告：活动“a”与“b”同在 2023-03-01，名称相近
  --> 活动“a”，title
  --> 活动“b”，title
  规则：activity-twice
  办法：如为同一场活动，请把参加情况并入一条记录并删除另一条

"#]],
    );
    sandbox.done("kunpeng indicator add alpha 2021 revenue=5000万");
    sandbox.shows(
        "kunpeng indicator add alpha 2023 revenue=5200",
        snapbox::str![[r#"
--- stderr
set the figures of enterprise `alpha` for 2023
warning: `revenue` of `alpha` goes from 50000000 in 2021 to 5200 in 2023
  --> enterprise `alpha`, `indicators.2023.revenue`
  --> enterprise `alpha`, `indicators.2021.revenue`
  rule: indicator-jump
  help: one of the two may be in another unit

"#]],
    );
    sandbox.write("needs.csv", "enterprise,category,text,received\nalpha,land,a plot,2032-01-01\n");
    sandbox.shows(
        "kunpeng import needs needs.csv",
        snapbox::str![[r#"
--- stderr
1 row: 1 created
wrote 1 record
warning: `needs[1].received` of `alpha` is 2032-01-01, after today (2024-03-01)
  --> enterprise `alpha`, `needs[1].received`
  rule: future-date

"#]],
    );
}
