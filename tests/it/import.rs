//! Tables brought in and taken out.

use std::fmt::Write;

use proptest::prelude::*;
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

#[test]
fn a_dry_run_shows_every_row_and_writes_nothing() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "table.csv",
        "id,name,town\nalpha,Alpha Sample,Riverside\nbeta,Beta Sample,\n,Gamma Sample,Hillside\n",
    );
    sandbox.refuses(
        "kunpeng import enterprises table.csv --dry-run",
        0,
        str![[r#"
Import
File       Row  Disposition  Record                   Field  Old  New
──────────────────────────────────────────────────────────────────────────────────────────────────────
table.csv    2  changed      enterprise alpha         town   –    Riverside
table.csv    3  unchanged    enterprise beta          –      –    –
table.csv    4  created      enterprise gamma-sample  –      –    name = Gamma Sample, town = Hillside
--- stderr
3 rows: 1 created, 1 changed, 1 unchanged
dry run: nothing was written

"#]],
    );
    sandbox.refuses(
        "kunpeng import enterprises table.csv --dry-run --format csv -q",
        0,
        str![[r#"
﻿File,Row,Disposition,Record,Field,Old,New
table.csv,2,changed,enterprise alpha,town,,Riverside
table.csv,3,unchanged,enterprise beta,,,
table.csv,4,created,enterprise gamma-sample,,,"name = Gamma Sample, town = Hillside"

"#]],
    );
    sandbox.shows(
        "kunpeng import enterprises table.csv",
        str![[r#"
--- stderr
3 rows: 1 created, 1 changed, 1 unchanged
wrote 2 records

"#]],
    );
    sandbox.shows(
        "kunpeng import enterprises - < table.csv",
        str![[r#"
--- stderr
3 rows: 3 unchanged
nothing to change: the store says all of it already

"#]],
    );
}

/// Imports a table that must be refused.
#[track_caller]
fn refused(kind: &str, table: &str, expected: impl snapbox::IntoData) {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", table);
    sandbox.refuses(&format!("kunpeng import {kind} table.csv"), 3, expected);
}

#[test]
fn refuses_an_unknown_industry() {
    refused(
        "enterprises",
        "name,industry\nGamma Sample,toy\n",
        str![[r#"
--- stderr
1 row: 1 refused
error: no industry is called `toy`
  --> table.csv, row 2, column 2 (B2): `toy`
  rule: unknown-reference
  help: did you mean `toys`?

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_a_second_membership_in_one_edition() {
    refused(
        "members",
        "enterprise,edition\nalpha,2\nAlpha Sample,2\n",
        str![[r#"
--- stderr
2 rows: 1 created, 1 refused
error: rows 2 and 3 say the same thing of enterprise `alpha`
  --> table.csv, row 2
  --> table.csv, row 3
  rule: duplicate-row
  help: keep one of them

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_a_wrong_check_digit_and_names_the_right_one() {
    refused(
        "enterprises",
        "name,credit_code\nGamma Sample,91440114DEM9000208\n",
        str![[r#"
--- stderr
1 row: 1 refused
error: the check character of `91440114DEM9000208` is `8`, expected `9`
  --> table.csv, row 2, column 2 (B2): `91440114DEM9000208`
  rule: wrong-check-digit
  help: one of the 18 characters is mistyped; compare with the business licence

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_dates_in_an_impossible_order() {
    refused(
        "recognitions",
        "enterprise,title,recognised,expires\nalpha,srdi,2023-05-01,2020-05-01\n",
        str![[r#"
--- stderr
1 row: 1 created
error: enterprise `alpha`: `expires` (2020-05-01) is before `recognised` (2023-05-01)
  --> table.csv, row 2
  rule: dates-out-of-order

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_an_amount_that_is_not_a_number() {
    refused(
        "indicators",
        "enterprise,period,revenue\nalpha,2022,about 5\n",
        str![[r#"
--- stderr
1 row: 1 refused
error: `about 5` is not a number
  --> table.csv, row 2, column 3 (C2): `about 5`
  rule: bad-amount
  help: write digits with `.` before the decimals: `1234.5`; leave a missing value empty

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_a_ragged_row() {
    refused(
        "enterprises",
        "name,town\nGamma Sample,Riverside,East\n",
        str![[r#"
--- stderr
1 row: 1 refused
error: row 2 has 3 cells, the header has 2
  --> table.csv, row 2
  rule: ragged-row
  help: a cell with a separator in it must stand in quotes; a missing cell still needs its separator

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_an_empty_file() {
    refused(
        "enterprises",
        "",
        str![[r#"
--- stderr
error: `table.csv` is empty
  --> table.csv
  rule: empty-file
  help: nothing was imported from it

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    refused(
        "enterprises",
        "\n\n",
        str![[r#"
--- stderr
error: `table.csv` is empty
  --> table.csv
  rule: empty-file
  help: nothing was imported from it

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_header_without_rows_changes_nothing_and_says_so() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "name,town\n");
    sandbox.refuses(
        "kunpeng import enterprises table.csv",
        0,
        str![[r#"
--- stderr
0 rows: none read
nothing to change: there is no row below the header

"#]],
    );
}

#[test]
fn refuses_a_code_that_lost_its_digits() {
    refused(
        "enterprises",
        "name,credit_code\nGamma Sample,9.14E+17\n",
        str![[r#"
--- stderr
1 row: 1 refused
error: `9.14E+17` is a code that has lost digits
  --> table.csv, row 2, column 2 (B2): `9.14E+17`
  rule: damaged-code
  help: a spreadsheet turned it into a number; take the code from its source and keep it as text

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_an_unknown_column_and_names_the_nearest() {
    refused(
        "enterprises",
        "name,foundet,mood\nGamma Sample,2010,good\n",
        str![[r#"
--- stderr
0 rows: none read
error: the column `foundet` is not known
  --> table.csv, row 1, column 2 (B1): `foundet`
  rule: unknown-column
  help: did you mean `founded`? say so with `--map "foundet=founded"`

error: the column `mood` is not known
  --> table.csv, row 1, column 3 (C1): `mood`
  rule: unknown-column
  help: map it with `--map "mood=FIELD"`, or leave it out with `--map "mood=-"`; fields: credit_code, id, name, name_en, industry, class, town, founded, modules, note, legal_representative, contact, post, phone, email, more

2 errors in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_two_columns_for_one_field() {
    refused(
        "enterprises",
        "name,企业名称\nGamma Sample,Delta Sample\n",
        str![[r#"
--- stderr
0 rows: none read
error: `name` and `企业名称` both mean `name`
  --> table.csv, row 1, column 1 (A1): `name`
  --> table.csv, row 1, column 2 (B1): `企业名称`
  rule: duplicate-column
  help: leave one out: `--map "企业名称=-"`

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_a_file_that_is_not_there() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng import enterprises table.csv",
        3,
        str![[r#"
--- stderr
error: `table.csv` cannot be read: No such file or directory (os error 2)
  --> argument `table.csv`
  rule: unreadable-table
  help: look at its name and its permissions

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn lists_the_faults_of_all_rows_of_all_files() {
    let sandbox = Sandbox::small();
    sandbox.write("a.csv", "name,industry,founded\nGamma Sample,toy,2010-13\nDelta Sample,toys,soon\n");
    sandbox.write("b.csv", "name,industry,founded\nEpsilon Sample,toyz,2010\n");
    sandbox.refuses(
        "kunpeng import enterprises a.csv b.csv",
        3,
        str![[r#"
--- stderr
3 rows: 3 refused
error: no industry is called `toy`
  --> a.csv, row 2, column 2 (B2): `toy`
  rule: unknown-reference
  help: did you mean `toys`?

error: `2010-13` is not a date
  --> a.csv, row 2, column 3 (C2): `2010-13`
  rule: bad-date
  help: write it as far as it is known: `2022`, `2022-05` or `2022-05-01`

error: `soon` is not a date
  --> a.csv, row 3, column 3 (C3): `soon`
  rule: bad-date
  help: write it as far as it is known: `2022`, `2022-05` or `2022-05-01`

error: no industry is called `toyz`
  --> b.csv, row 2, column 2 (B2): `toyz`
  rule: unknown-reference
  help: did you mean `toys`?

4 errors in 2 files; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_fault_in_a_file_with_windows_line_ends_has_its_line() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "table.csv",
        "name,industry\r\nGamma Sample,toys\r\n\"Delta\r\nSample\",toys\r\nEpsilon Sample,toy\r\n",
    );
    let outcome = sandbox.run("kunpeng import enterprises table.csv");
    assert!(outcome.stderr.contains("table.csv, row 5, column 2 (B5)"), "{}", outcome.text());
}

#[test]
fn a_column_is_mapped_or_left_out() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "2020,Best,Gamma Sample\n");
    sandbox.shows(
        "kunpeng import enterprises table.csv --header year,label,firm --map year=- --map label=note --map firm=name",
        str![[r#"
--- stderr
left out: year
1 row: 1 created
wrote 1 record

"#]],
    );
    sandbox.shows(
        "kunpeng enterprise show gamma",
        str![[r#"
Gamma Sample
Field  Value
───────────────────
Id     gamma-sample
Name   Gamma Sample
Note   Best

"#]],
    );
    sandbox.refuses("kunpeng import enterprises table.csv --map firm=name", 3, str![[r#"
--- stderr
0 rows: none read
error: `table.csv` has no column `firm`
  --> argument `--map firm=name`
  rule: unknown-column
  help: the headers are 2020, Best, Gamma Sample

error: no row names a column that is known; row 1 has 2020, Best, Gamma Sample
  --> table.csv, row 1
  rule: no-header
  help: give the names of the columns with `--header`, or map each with `--map HEADER=FIELD`; fields: credit_code, id, name, name_en, industry, class, town, founded, modules, note, legal_representative, contact, post, phone, email, more

2 errors in 1 file; nothing was changed
--- exit 3

"#]]);
    sandbox.refuses(
        "kunpeng import enterprises table.csv --header name,a,b --map a=nam --map b=-",
        3,
        str![[r#"
--- stderr
0 rows: none read
error: `nam` is not a field of this kind of table
  --> argument `--map a=nam`
  rule: unknown-column
  help: did you mean `name`?

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn refuses_one_header_twice_and_says_how_to_tell_them_apart() {
    refused(
        "enterprises",
        "name,name\nGamma Sample,Delta Sample\n",
        str![[r#"
--- stderr
0 rows: none read
error: `name` and `name` both mean `name`
  --> table.csv, row 1, column 1 (A1): `name`
  --> table.csv, row 1, column 2 (B1): `name`
  rule: duplicate-column
  help: give one of them another header in the file

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_figure_a_thousand_times_that_of_the_year_before_is_a_warning_that_says_so() {
    let sandbox = Sandbox::small();
    sandbox.write("2030.csv", "enterprise,period,revenue（万元）\nalpha,2030,1200\n");
    sandbox.write("2031.csv", "enterprise,period,revenue（万元）\nalpha,2031,13000000\n");
    sandbox.done("kunpeng import indicators 2030.csv");
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng import indicators 2031.csv").text(),
        str![[r#"
--- stderr
warning: `revenue` of enterprise `alpha` goes from 12000000 in 2030 to 130000000000 in 2031: 10833 times as much
  --> 2031.csv, row 2
  rule: indicator-jump
  help: perhaps 元 stands in a column of 万元, or the other way round; look at the unit of both
1 row: 1 created
wrote 1 record

"#]]
    );
}

#[test]
fn units_stand_in_the_header_the_cell_or_the_command_line() {
    let sandbox = Sandbox::small();
    sandbox.write("header.csv", "enterprise,period,revenue（万元）\nalpha,2020,1234.56\n");
    sandbox.write("cell.csv", "enterprise,period,revenue\nalpha,2021,1.2亿\n");
    sandbox.write("line.csv", "enterprise,period,revenue\nalpha,2022,\"1,234\"\n");
    sandbox.done("kunpeng import indicators header.csv && kunpeng import indicators cell.csv");
    sandbox.done("kunpeng import indicators line.csv --unit 千元");
    sandbox.shows(
        "kunpeng indicator list --format json",
        str![[r#"
[
  {
    "enterprise": "alpha",
    "2020": {
      "revenue": 12345600
    },
    "2021": {
      "revenue": 120000000
    },
    "2022": {
      "revenue": 1234000
    }
  }
]

"#]],
    );
}

#[test]
fn a_conflict_is_updated_filled_skipped_or_refused() {
    let table = "id,name,name_en,town\nbeta,Beta Sample,Beta Two,Riverside\n";
    let fields = |sandbox: &Sandbox| {
        let show = sandbox.json("kunpeng enterprise show beta --format json");
        (show["name_en"].clone(), show["town"].clone())
    };
    let after = |how: &str| {
        let sandbox = Sandbox::small();
        sandbox.write("table.csv", table);
        sandbox.done(&format!("kunpeng import enterprises table.csv --on-conflict {how}"));
        fields(&sandbox)
    };
    assert_eq!(after("update"), ("Beta Two".into(), "Riverside".into()));
    assert_eq!(after("fill"), ("Second Sample".into(), "Riverside".into()));
    assert_eq!(after("skip"), ("Second Sample".into(), Value::Null));
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "id,name,name_en\nbeta,Beta Sample,Beta Two\n");
    let filled =
        sandbox.json("kunpeng import enterprises table.csv --on-conflict fill --dry-run --format json");
    assert_eq!(filled["tables"][0]["rows"][0]["disposition"], "skipped");
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", table);
    sandbox.refuses(
        "kunpeng import enterprises table.csv --on-conflict fail",
        3,
        str![[r#"
--- stderr
1 row: 1 refused
error: `name_en` is `Second Sample` in the store and `Beta Two` here
  --> table.csv, row 2, column 3 (C2): `Beta Two`
  rule: conflict
  help: `--on-conflict update` takes the row, `fill` only what is missing, `skip` keeps the store

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_blank_cell_changes_nothing_and_only_zero_is_zero() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng indicator add alpha 2022 revenue=5 employees=6");
    sandbox.write("table.csv", "enterprise,period,revenue,employees\nalpha,2022,/,0\n");
    sandbox.done("kunpeng import indicators table.csv");
    sandbox.shows(
        "kunpeng indicator list --format json",
        str![[r#"
[
  {
    "enterprise": "alpha",
    "2022": {
      "employees": 0,
      "revenue": 5
    }
  }
]

"#]],
    );
}

#[test]
fn a_name_alone_never_joins_an_enterprise_of_another_code() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "name,credit_code\nBeta Sample,91440114DEM9000209\n");
    sandbox.shows(
        "kunpeng import enterprises table.csv",
        str![[r#"
--- stderr
1 row: 1 created
wrote 1 record

"#]],
    );
    sandbox.write("table.csv", "enterprise,edition\nBeta Sample,2\n");
    sandbox.refuses(
        "kunpeng import members table.csv",
        3,
        str![[r#"
--- stderr
1 row: 1 refused
error: `Beta Sample` could be 2 enterprises
  --> table.csv, row 2, column 1 (A2): `Beta Sample`
  rule: unknown-reference
  help: name one of them by its id:
    91440114DEM9000209  Beta Sample
    beta  Beta Sample

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn rows_become_members_of_an_edition_in_one_go() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "name,modules\nGamma Sample,SRDI\nAlpha Sample,\n");
    sandbox.shows(
        "kunpeng import enterprises table.csv --edition 2 --as member",
        str![[r#"
--- stderr
2 rows: 1 created, 1 changed
wrote 2 records

"#]],
    );
    sandbox.shows(
        "kunpeng member list 2",
        str![[r#"
Members
Enterprise    Name          Joined  Left  Outcome  Reason  Modules
──────────────────────────────────────────────────────────────────
alpha         Alpha Sample  –       –     –        –       –
gamma-sample  Gamma Sample  –       –     –        –       SRDI

"#]],
    );
    sandbox.refuses(
        "kunpeng import enterprises table.csv --as member",
        2,
        str![[r#"
--- stderr
error: the following required arguments were not provided:
  --edition <EDITION>

Usage: kunpeng import --edition <EDITION> --as <member|candidate> <KIND> <FILE>...

For more information, try '--help'.
--- exit 2

"#]],
    );
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

#[test]
fn a_strange_name_is_stored_as_it_is_and_shown_harmlessly() {
    let names = ["=1+1", "@sample", "Esc \u{1b}[31mred", "Bidi \u{202e}elpmas", "Two\nlines"];
    let sandbox = Sandbox::small();
    let rows: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(index, name)| serde_json::json!({"id": format!("n{index}"), "name": name}))
        .collect();
    sandbox.write("names.json", Value::Array(rows).to_string());
    sandbox.done("kunpeng import enterprises names.json");
    let list = sandbox.json("kunpeng enterprise list --format json");
    let stored: Vec<&str> =
        list.as_array().unwrap().iter().skip(2).map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(stored, names);
    for format in ["table", "md", "json"] {
        let shown = sandbox.done(&format!("kunpeng enterprise list --format {format}"));
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format}\n{shown}");
    }
    for format in ["csv", "tsv"] {
        let shown = sandbox.done(&format!("kunpeng enterprise list --format {format}"));
        let formula = shown.lines().any(|line| line.contains(",=1+1") || line.contains("\t=1+1"));
        assert!(!formula, "{format}\n{shown}");
    }
    sandbox.shows(
        "kunpeng enterprise list",
        str![[r#"
Enterprises
Id     Name                 Code                Industry  Class  Town  Founded  Editions
─────────────────────────────────────────────────────────────────────────────────────────
alpha  Alpha Sample         –                   Toys      –      –     –        Edition 1
beta   Second Sample        91440114DEM900012E  –         –      –     –        Edition 1
n0     =1+1                 –                   –         –      –     –        –
n1     @sample              –                   –         –      –     –        –
n2     Esc ␛[31mred         –                   –         –      –     –        –
n3     Bidi \u{202e}elpmas  –                   –         –      –     –        –
n4     Two␊lines            –                   –         –      –     –        –

"#]],
    );
    sandbox.done("kunpeng export enterprises -o out.csv");
    assert!(sandbox.read("out.csv").contains("'=1+1"));
    let before = sandbox.files("data");
    sandbox.done("kunpeng import enterprises out.csv");
    assert!(sandbox.files("data") == before);
}

#[test]
fn any_one_wrong_character_of_a_code_is_refused() {
    let code = "91440114DEM900012E";
    let sandbox = Sandbox::small();
    let mut table = "name,credit_code\n".to_owned();
    for place in 0..18 {
        let other = if code[place..].starts_with('7') { '8' } else { '7' };
        writeln!(table, "Sample {place},{}{other}{}", &code[..place], &code[place + 1..]).unwrap();
    }
    sandbox.write("table.csv", table);
    let outcome = sandbox.run("kunpeng import enterprises table.csv");
    assert_eq!(outcome.stderr.matches("rule: wrong-check-digit").count(), 18, "{}", outcome.text());
    assert_eq!(outcome.stderr.matches(", expected `").count(), 18);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in Just((0..12_u32).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let import = |order: &[u32]| {
            let sandbox = Sandbox::small();
            let mut table = "id,name,town,founded\n".to_owned();
            for row in order {
                writeln!(table, "e{row},Sample {row},Town {},20{:02}", row % 3, row % 20).unwrap();
            }
            sandbox.write("table.csv", table);
            sandbox.done("kunpeng import enterprises table.csv --edition 2 --as member");
            sandbox.records("data")
        };
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        prop_assert!(import(&rows) == import(&sorted));
    }

    #[test]
    fn any_name_comes_back_from_any_form_unchanged(
        names in proptest::collection::vec("\\PC{0,6}[a-z]{2,9}\\PC{0,6}", 1..4),
    ) {
        let sandbox = Sandbox::small();
        let rows: Vec<Value> = names.iter().enumerate()
            .map(|(index, name)| serde_json::json!({"id": format!("n{index}"), "name": name, "note": name}))
            .collect();
        sandbox.write("names.json", Value::Array(rows).to_string());
        sandbox.done("kunpeng import enterprises names.json");
        let before = sandbox.files("data");
        for format in ["csv", "tsv", "json", "jsonl"] {
            sandbox.done(&format!("kunpeng export enterprises --format {format} -o out.{format}"));
            sandbox.done(&format!("kunpeng import enterprises out.{format}"));
            prop_assert!(sandbox.files("data") == before, "{}", format);
        }
    }
}

#[test]
fn a_bad_figure_under_a_header_with_its_year_is_one_fault() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "企业名称,2023年营业收入（万元）\nBeta Sample,约12\n");
    let outcome = sandbox.run("kunpeng import indicators table.csv");
    assert_eq!(outcome.code, Some(3));
    assert!(outcome.stderr.contains("1 error in 1 file"), "{}", outcome.stderr);
}
