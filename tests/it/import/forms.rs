//! Every kind of table from every form of file, and out again.

use std::fmt::Write;

use serde_json::{Map, Value};
use snapbox::str;

use crate::sandbox::Sandbox;

/// A table of each kind: its name, its headers in English and Chinese, its rows.
struct Table {
    kind: &'static str,
    english: &'static [&'static str],
    chinese: &'static [&'static str],
    rows: &'static [&'static [&'static str]],
}

const TABLES: &[Table] = &[
    Table {
        kind: "industries",
        english: &["id", "name", "name_en"],
        chinese: &["标识", "产业名称", "英文名称"],
        rows: &[&["toys", "玩具", "Toys"], &["robots", "机器人", "Robots"]],
    },
    Table {
        kind: "editions",
        english: &["id", "name", "planned_start", "opened", "seats"],
        chinese: &["期次", "名称", "计划开始", "开班日期", "名额"],
        rows: &[&["4", "第四期", "2023-01", "2023-01-10", "100"]],
    },
    Table {
        kind: "enterprises",
        english: &["credit_code", "id", "name", "industry", "class", "town", "founded", "contact", "phone"],
        chinese: &[
            "统一社会信用代码",
            "标识",
            "企业名称",
            "所属行业",
            "行业代码",
            "所属镇街",
            "成立日期",
            "联系人",
            "联系电话",
        ],
        rows: &[
            &[
                "91440114DEM900012E",
                "",
                "示例甲有限公司",
                "toys",
                "C24",
                "示例镇",
                "2010-05",
                "示例人",
                "13800000001",
            ],
            &["", "demo-b", "示例乙有限公司", "机器人", "", "", "2015", "", ""],
        ],
    },
    Table {
        kind: "members",
        english: &["enterprise", "edition", "joined", "left", "outcome", "reason", "modules"],
        chinese: &["企业名称", "期次", "入选日期", "退出日期", "状态", "退出原因", "模块"],
        rows: &[
            &["91440114DEM900012E", "4", "2023-01-10", "", "", "", "srdi,listing"],
            &["示例乙有限公司", "第四期", "2023-01-10", "2023-10-31", "withdrawn", "自愿", "研发平台"],
        ],
    },
    Table {
        kind: "candidates",
        english: &["enterprise", "edition", "applied", "decision"],
        chinese: &["企业名称", "期次", "报名日期", "评审结果"],
        rows: &[&["demo-b", "4", "2022-11-01", "selected"]],
    },
    Table {
        kind: "activities",
        english: &["id", "edition", "aspect", "title", "date", "hours", "place", "host"],
        chinese: &["活动编号", "期次", "活动类别", "活动名称", "活动日期", "学时", "地点", "主办单位"],
        rows: &[&[
            "2023-03-16-course",
            "4",
            "系统课程",
            "示例课程",
            "2023-03-16",
            "3.5",
            "示例园区",
            "示例单位",
        ]],
    },
    Table {
        kind: "attendance",
        english: &["activity", "enterprise", "status", "heads"],
        chinese: &["活动编号", "参会单位", "出席情况", "人数"],
        rows: &[
            &["2023-03-16-course", "示例甲有限公司", "present", "2"],
            &["2023-03-16-course", "demo-b", "excused", ""],
        ],
    },
    Table {
        kind: "indicators",
        english: &["enterprise", "period", "revenue", "employees"],
        chinese: &["企业名称", "年度", "营业收入", "从业人员期末人数"],
        rows: &[&["示例甲有限公司", "2022", "52000000", "86"], &["demo-b", "2022", "12345678.9", ""]],
    },
    Table {
        kind: "recognitions",
        english: &["enterprise", "title", "level", "document", "recognised", "expires", "action"],
        chinese: &["企业名称", "资质名称", "级别", "文号", "认定日期", "有效期至", "认定方式"],
        rows: &[&["demo-b", "高新技术企业", "national", "样例1号", "2023-05", "2026-05", "new"]],
    },
    Table {
        kind: "platforms",
        english: &["enterprise", "kind", "level", "recognised"],
        chinese: &["企业名称", "平台类型", "级别", "认定日期"],
        rows: &[&["demo-b", "重点实验室", "city", "2023-06-01"]],
    },
    Table {
        kind: "projects",
        english: &["enterprise", "scheme", "level", "state", "submitted", "requested"],
        chinese: &["企业名称", "项目名称", "级别", "申报状态", "申报日期", "申请金额"],
        rows: &[&["demo-b", "技术改造", "city", "submitted", "2023-07-01", "2000000"]],
    },
    Table {
        kind: "needs",
        english: &["enterprise", "category", "text", "received", "closed"],
        chinese: &["企业名称", "诉求类别", "诉求内容", "收集日期", "办结日期"],
        rows: &[&["demo-b", "用地", "希望扩大厂房", "2023-08-01", ""]],
    },
];

/// Rows under a header, with a separator.
fn separated(header: &[&str], rows: &[&[&str]], separator: &str) -> String {
    let quoted =
        |cell: &&str| if cell.contains(separator) { format!("\"{cell}\"") } else { (*cell).to_owned() };
    let line = |cells: &[&str]| cells.iter().map(quoted).collect::<Vec<_>>().join(separator);
    let lines: Vec<String> = [line(header)].into_iter().chain(rows.iter().map(|row| line(row))).collect();
    lines.join("\n") + "\n"
}

/// Rows as objects.
fn objects(header: &[&str], rows: &[&[&str]]) -> Vec<Value> {
    let object = |row: &&[&str]| {
        let fields = header.iter().zip(*row).filter(|(_, cell)| !cell.is_empty());
        Value::Object(fields.map(|(key, cell)| ((*key).to_owned(), (*cell).into())).collect::<Map<_, _>>())
    };
    rows.iter().map(object).collect()
}

fn lines(header: &[&str], rows: &[&[&str]]) -> String {
    objects(header, rows).into_iter().fold(String::new(), |mut text, object| {
        writeln!(text, "{object}").unwrap();
        text
    })
}

/// A new store with every table brought in by `write`, which gives the name and the text of a file.
fn filled(write: impl Fn(&Table) -> (String, String)) -> Sandbox {
    let sandbox = Sandbox::new();
    for table in TABLES {
        let (name, text) = write(table);
        sandbox.write(&name, text);
        sandbox.done(&format!("kunpeng import {} {name}", table.kind));
        let before = sandbox.files("data");
        let again = sandbox.run(&format!("kunpeng import {} {name}", table.kind));
        assert!(
            again.stderr.ends_with("nothing to change: the store says all of it already\n"),
            "{name}\n{}",
            again.text()
        );
        assert_eq!(again.code, Some(0), "{name}");
        assert!(sandbox.files("data") == before, "the second import of {name} changed the store");
    }
    sandbox
}

#[test]
fn every_kind_comes_in_from_every_form_and_with_either_headers() {
    let csv = filled(|it| (format!("{}.csv", it.kind), separated(it.english, it.rows, ",")));
    let store = csv.records("data");
    csv.shows(
        "kunpeng check",
        str![[r#"
--- stderr
no findings in data

"#]],
    );
    csv.shows(
        "cat data/enterprises/* data/activities/*",
        str![[r#"
name = "示例甲有限公司"
code = "91440114DEM900012E"
industry = "toys"
class = "C24"
town = "示例镇"
founded = "2010-05"

[[memberships]]
edition = "4"
joined = 2023-01-10
modules = ["srdi", "listing"]

[indicators.2022]
employees = 86
revenue = 52000000
name = "示例乙有限公司"
industry = "robots"
founded = "2015"

[[memberships]]
edition = "4"
joined = 2023-01-10
left = 2023-10-31
outcome = "withdrawn"
reason = "own-wish"
modules = ["platforms"]

[[candidacies]]
edition = "4"
applied = 2022-11-01
decision = "selected"

[indicators.2022]
revenue = 12345678.9

[[recognitions]]
title = "hnte"
level = "national"
document = "样例1号"
recognised = "2023-05"
expires = "2026-05"
action = "new"

[[platforms]]
kind = "key-laboratory"
level = "city"
recognised = 2023-06-01

[[projects]]
scheme = "技术改造"
level = "city"
state = "submitted"
submitted = 2023-07-01
requested = 2000000

[[needs]]
category = "land"
text = "希望扩大厂房"
received = 2023-08-01
edition = "4"
aspect = "courses"
title = "示例课程"
date = 2023-03-16
hours = 3.5
place = "示例园区"
host = "示例单位"
excused = ["demo-b"]

[present]
91440114DEM900012E = 2

"#]],
    );
    let tsv = filled(|it| (format!("{}.tsv", it.kind), separated(it.chinese, it.rows, "\t")));
    assert!(tsv.records("data") == store, "TSV with Chinese headers");
    let json =
        filled(|it| (format!("{}.json", it.kind), Value::Array(objects(it.english, it.rows)).to_string()));
    assert!(json.records("data") == store, "JSON");
    let jsonl = filled(|it| (format!("{}.jsonl", it.kind), lines(it.chinese, it.rows)));
    assert!(jsonl.records("data") == store, "JSON lines with Chinese headers");
    let marked = filled(|it| {
        let text = separated(it.chinese, it.rows, ";").replace('\n', "\r\n");
        (format!("{}.txt", it.kind), format!("\u{feff}{text}"))
    });
    assert!(marked.records("data") == store, "`;`, CRLF and a byte order mark");
}

/// Takes out every kind and brings it in again.
fn round_trip(sandbox: &Sandbox, format: &str, back: &str) {
    sandbox.done(&format!("kunpeng export --all --with-contacts --format {format} -o {format}"));
    for table in TABLES {
        let line = format!("kunpeng --data {back} import {kind} {format}/{kind}.{format}", kind = table.kind);
        let outcome = sandbox.run(&line);
        // A kind without rows has nothing to bring back.
        let is_empty = outcome.stderr.contains("rule: empty-file");
        assert!(outcome.code == Some(0) || is_empty, "{line}\n{}", outcome.text());
    }
}

#[test]
fn what_is_exported_changes_nothing_when_it_comes_back() {
    let sandbox = Sandbox::shipped();
    let before = sandbox.files("data");
    for format in ["csv", "tsv", "json", "jsonl"] {
        round_trip(&sandbox, format, "data");
        assert!(sandbox.files("data") == before, "{format}");
    }
}

#[test]
fn what_is_exported_makes_the_same_records_in_a_new_store() {
    let sandbox = filled(|it| (format!("{}.csv", it.kind), separated(it.english, it.rows, ",")));
    for format in ["csv", "tsv", "json", "jsonl"] {
        sandbox.done(&format!("kunpeng init fresh-{format}"));
        round_trip(&sandbox, format, &format!("fresh-{format}"));
        assert!(sandbox.records(&format!("fresh-{format}")) == sandbox.records("data"), "{format}");
    }
}
