//! What `export --all` writes brings back all that a store holds.

use std::fmt::Write;

use crate::sandbox::{PROGRAMME, Sandbox};

/// Fields of one's own of each kind, for each record and entry.
pub fn own_fields() -> String {
    let mut fields = String::new();
    for kind in [
        "industries",
        "editions",
        "enterprises",
        "activities",
        "candidates",
        "members",
        "recognitions",
        "platforms",
        "projects",
        "needs",
    ] {
        write!(
            fields,
            r#"
[fields.{kind}]
remark = {{ name = "备忘", kind = "text" }}
sort_of = {{ name = "种别", kind = "words", words = {{ one = {{ name = "一" }}, two = {{ name = "二" }} }} }}
pieces = {{ name = "件数", kind = "count" }}
measure = {{ name = "测量值", kind = "number" }}
sum = {{ name = "款项", kind = "amount" }}
part = {{ name = "份额", kind = "share" }}
since = {{ name = "自何时", kind = "date" }}
is_so = {{ name = "是否如此", kind = "yes-no" }}
"#
        )
        .unwrap();
    }
    fields.replace(
        "[fields.enterprises]",
        "[fields.enterprises]\nwechat = { name = \"微信号\", kind = \"text\", personal = true }",
    )
}

const MORE: &str = r#"remark = "-"
sort_of = ["one", "two"]
pieces = 3
measure = -1.5
sum = 5000000
part = 0.0523
since = "2021-05"
is_so = true
"#;

/// A store in which every field of every kind has a value, and texts that a table could take for something else.
fn full() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.done("kunpeng init data");
    let programme = sandbox.read("data/programme.toml");
    let (before, _) = programme.split_once("[fields").unwrap_or((&programme, ""));
    let fields = own_fields();
    sandbox.write("data/programme.toml", format!("{before}{fields}"));
    sandbox.write("data/columns.toml", "[all]\nenterprise = [\"厂家\"]\n");
    sandbox.write(
        "data/industries/cars.toml",
        format!("name = \"汽车\"\nname_en = \"Cars\"\nnote = \"无\"\n\n[more]\n{MORE}"),
    );
    sandbox.write(
        "data/editions/1.toml",
        format!(
            r#"name = "第一期"
name_en = "Edition 1"
planned_start = 2023-01-01
planned_end = "2023-12"
opened = 2023-03-16
closed = 2024-03-15
seats = 10
industries = ["cars"]
aspects = ["courses", "visits"]
modules = ["srdi", "listing"]
indicator_years = [2022, 2023]
note = "'-"

[[organisers]]
name = "示例局，一、二科"
name_en = "Sample bureau"

[[undertaken_by]]
name = "示例联盟"

[more]
{MORE}
[targets]
members = 10
gained-srdi = 2.5

[[expect]]
figure = "members"
is = 2
source = "2023-03-16"

[rubric.potential]
name = "潜力"
name_en = "Potential"
weight = 2
max = 50

[rubric.innovation]
name = "创新"
"#
        ),
    );
    sandbox.write(
        "data/enterprises/91440114DEM000014D.toml",
        format!(
            r#"name = "合计示例厂"
name_en = "=Sample Co., Ltd."
code = "91440114DEM000014D"
industry = "cars"
class = "C36"
town = "示例镇"
founded = "2010-05"
note = "备注：\n第二行"
former_codes = ["91440114DEM0000228"]
not_same = ["second"]

[[former_names]]
name = "示例旧厂"
until = "2020"

[[former_names]]
name = "Old Sample, Inc."

[more]
{MORE}
[[candidacies]]
edition = "1"
applied = 2023-01-05
modules = ["srdi"]
decision = "selected"
decided = 2023-02-01

[[candidacies.scores]]
reviewer = "无"

[candidacies.scores.marks]
innovation = 9.5
potential = 40

[[candidacies.scores]]
reviewer = "甲"

[candidacies.scores.marks]
innovation = 8

[[candidacies.scores]]
reviewer = "合计"

[candidacies.more]
{MORE}
[[memberships]]
edition = "1"
modules = ["srdi", "listing"]
joined = 2023-03-16
left = 2024-03-15
outcome = "graduated"
reason = "moved-away"

[memberships.more]
{MORE}
[[recognitions]]
title = "srdi"
level = "province"

[[recognitions]]
title = "srdi"
document = "=1+1"
recognised = "2023"
expires = "never"
action = "new"

[[recognitions]]
title = "srdi"
level = "province"
document = "0012"
recognised = 2023-05-01
expires = 2026-04-30
action = "re-review"

[recognitions.more]
{MORE}
[[platforms]]
kind = "key-laboratory"
level = "city"
document = "暂无"
recognised = "2022-03"
expires = "2025"

[platforms.more]
{MORE}
[[projects]]
scheme = "小计示例"
level = "city"
state = "approved"
submitted = 2023-04-01
decided = "2023-06"
requested = 1000000.5
granted = 500000

[projects.more]
{MORE}
[[projects]]
scheme = "小计"
state = "submitted"

[[needs]]
category = "land"
text = "示例\n两行，\"引号\""
received = 2023-04-02
closed = "2023-05"

[needs.more]
{MORE}
[[needs]]
category = "other"
text = "合计"
received = 2023-04-03

[indicators.2022]
revenue = -12.5
employees = 0

[indicators.2023-Q2]
revenue = 30000
"#
        ),
    );
    sandbox.write("data/enterprises/second.toml", "name = \"示例二厂\"\n");
    sandbox.write("data/enterprises/third.toml", "name = \"小计\"\ntown = \"合计\"\n");
    sandbox.write("data/industries/note.toml", "name = \"备注：示例\"\n");
    sandbox.write(
        "data/contacts/91440114DEM000014D.toml",
        "legal_representative = \"某甲\"\ncontact = \"无\"\npost = \"经理\"\nphone = \"+86 138\"\nemail = \"a@example.com\"\n\n[more]\nwechat = \"@示例\"\n",
    );
    sandbox.write(
        "data/activities/2023-03-16-opening.toml",
        format!(
            r#"edition = "1"
aspect = "courses"
title = "开班式"
date = 2023-03-16
end = 2023-03-17
hours = 3.5
place = "无"
host = "-"
note = "+1"
excused = ["second"]

[more]
{MORE}
[present]
91440114DEM000014D = 2
"#
        ),
    );
    let found = sandbox.run("kunpeng check");
    assert!(!found.text().contains("error:"), "{}", found.text());
    sandbox
}

/// Every record as it is read: the order of keys in a file is no part of it.
fn meaning(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for kind in ["industry", "edition", "enterprise", "activity"] {
        let list = sandbox.json(&format!("kunpeng --data {folder} {kind} list --format json"));
        shown.extend(list.as_array().unwrap().iter().map(|record| sorted(record).to_string()));
    }
    shown
}

fn sorted(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(object) => {
            let mut pairs: Vec<_> = object.iter().map(|(key, it)| (key.clone(), sorted(it))).collect();
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        value => value.clone(),
    }
}

/// Takes everything out and into a new store, twice: the same bytes, and the same records.
fn goes_round(sandbox: &Sandbox, format: &str) {
    sandbox.done(&format!("kunpeng export --all --with-contacts --format {format} -o {format}-1"));
    sandbox.done(&format!("kunpeng init {format}"));
    sandbox.done(&format!("kunpeng --data {format} import --all {format}-1"));
    sandbox.done(&format!(
        "kunpeng --data {format} export --all --with-contacts --format {format} -o {format}-2"
    ));
    let (first, second) = (sandbox.files(&format!("{format}-1")), sandbox.files(&format!("{format}-2")));
    for (name, bytes) in &first {
        let again = &second[name];
        assert!(
            again == bytes,
            "{name}:\n{}\n{}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(again)
        );
    }
    assert_eq!(meaning(sandbox, format), meaning(sandbox, "data"), "{format}");
    let again = sandbox.done(&format!("kunpeng --data {format} import --all {format}-1"));
    assert!(again.contains("nothing to change") || again.is_empty(), "{again}");
    assert_eq!(
        sandbox.json(&format!("kunpeng --data {format} log --format json"))["tables"][0]["rows"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_store_that_fills_every_field_goes_round_in_every_form() {
    let sandbox = full();
    for format in ["csv", "tsv", "json", "jsonl", "xlsx"] {
        goes_round(&sandbox, format);
    }
    assert!(sandbox.read("csv/columns.toml").contains("厂家"));
    sandbox.done("kunpeng export --all --with-contacts -o whole.xlsx");
    let before = sandbox.records("csv");
    sandbox.done("kunpeng --data csv import --all whole.xlsx");
    assert!(sandbox.records("csv") == before);
}

#[test]
fn the_shipped_data_goes_round() {
    goes_round(&Sandbox::shipped(), "csv");
}

#[test]
fn a_store_with_records_keeps_its_own_programme() {
    let sandbox = full();
    sandbox.done("kunpeng export --all -o out");
    let other = Sandbox::empty();
    crate::sandbox::copy(&sandbox.path("out"), &other.path("out"));
    other.write("data/programme.toml", PROGRAMME);
    other.done("kunpeng enterprise add id=acme name=示例三厂");
    let outcome = other.run("kunpeng import --all out --lang en");
    assert!(outcome.stderr.contains("stay as they are"), "{}", outcome.text());
    let outcome = other.run("kunpeng import --all . --lang zh");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.stderr.contains("没有 export --all 写出的表格"), "{}", outcome.text());
}
