//! What becomes of rows and columns that are sound.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::Value;
use snapbox::str;

use crate::sandbox::Sandbox;

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
Row  Disposition  Record                   Field  New
──────────────────────────────────────────────────────────────────────────────────────
  2  changed      enterprise alpha         town   Riverside
  4  created      enterprise gamma-sample  –      name = Gamma Sample, town = Hillside
· table.csv: header in row 1
· 3 rows: 1 created, 1 changed, 1 unchanged
--- stderr
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

#[test]
fn a_column_is_mapped_or_left_out() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "2020,Best,Gamma Sample\n");
    sandbox.shows(
        "kunpeng import enterprises table.csv --header year,label,firm --map year=- --map label=note --map firm=name",
        str![[r#"
--- stderr
columns left out: year (as asked)
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
error: `table.csv` has no column `firm`
  --> argument `--map firm=name`
  rule: unknown-column
  help: the headers are 2020, Best, Gamma Sample

error: no row names a column that is known; row 1 has 2020, Best, Gamma Sample
  --> table.csv, row 1
  rule: no-header
  help: give the names of the columns with `--header`, or map each with `--map HEADER=FIELD`; fields: credit_code, id, name, name_en, industry, class, town, founded, modules, joined, applied, note, former_names, former_codes, not_same, legal_representative, contact, post, phone, email

2 errors in 1 file; nothing was changed
--- exit 3

"#]]);
    sandbox.refuses(
        "kunpeng import enterprises table.csv --header name,a,b --map a=nam --map b=-",
        3,
        str![[r#"
--- stderr
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
fn a_figure_a_thousand_times_that_of_the_year_before_is_a_warning_that_says_so() {
    let sandbox = Sandbox::small();
    sandbox.write("2022.csv", "enterprise,period,revenue（万元）\nalpha,2022,1200\n");
    sandbox.write("2023.csv", "enterprise,period,revenue（万元）\nalpha,2023,13000000\n");
    sandbox.done("kunpeng import indicators 2022.csv");
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng import indicators 2023.csv").text(),
        str![[r#"
--- stderr
warning: `revenue` of enterprise `alpha` goes from 12000000 in 2022 to 130000000000 in 2023: 10833 times as much
  --> 2023.csv, row 2
  rule: indicator-jump
  help: perhaps 元 stands in a column of 万元, or the other way round; check the unit of both
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
warning: enterprises `91440114DEM9000209` and `beta` have the same name `Beta Sample`
  --> enterprise `91440114DEM9000209`, `name`
  --> enterprise `beta`, `name`
  rule: same-name

"#]],
    );
    sandbox.write("table.csv", "enterprise,edition\nBeta Sample,2\n");
    sandbox.refuses(
        "kunpeng import members table.csv",
        3,
        str![[r#"
--- stderr
1 row: 1 refused
error: `Beta Sample` matches 2 enterprises
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
error: missing: --edition <EDITION>

Usage: kunpeng import --edition <EDITION> --as <member|candidate> <KIND> <FILE>...

For more information, try '--help'.
--- exit 2

"#]],
    );
}

#[test]
fn a_strange_name_is_stored_as_it_is_and_shown_harmlessly() {
    let names = ["=1+1", "@sample", "Bidi \u{202e}elpmas", "Two\nlines", "示例\n公司"];
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
    assert_eq!(stored, names.map(|name| name.replace("Two\n", "Two ").replace('\n', "")));
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
n2     Bidi \u{202e}elpmas  –                   –         –      –     –        –
n3     Two lines            –                   –         –      –     –        –
n4     示例公司             –                   –         –      –     –        –

"#]],
    );
    sandbox.done("kunpeng export enterprises -o out.csv");
    assert!(sandbox.read("out.csv").contains("'=1+1"));
    let before = sandbox.files("data");
    sandbox.done("kunpeng import enterprises out.csv");
    assert!(sandbox.files("data") == before);
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
fn a_new_row_is_a_phrase_in_the_words_of_the_programme() {
    let sandbox = super::two_firms();
    let new = |kind: &str, text: &str| {
        sandbox.write("list.csv", text);
        let shown = sandbox.done(&format!("kunpeng import {kind} list.csv --dry-run --lang zh --edition 1"));
        let row = shown.lines().find(|line| line.contains("新增  ")).unwrap().to_owned();
        row.rsplit_once("  ").unwrap().1.to_owned()
    };
    assert_eq!(
        new("indicators", "企业名称,2023年营业收入（万元）,2024年上半年从业人员\n示例一厂,80,12\n"),
        "2023年营业收入：800000；2024-H1 从业人员期末人数：12"
    );
    assert_eq!(
        new("needs", "企业名称,诉求类别,收到日期,承办单位\n示例一厂,融资,2023-05-01,区金融局\n"),
        "诉求第 1 条的诉求类别：融资；收到日期：2023-05-01；承办单位：区金融局"
    );
    assert_eq!(
        new("enterprises", "企业名称,成立日期,注册资本（万元）\n示例三厂,2015,500\n"),
        "名称：示例三厂；成立日期：2015；注册资本：5000000"
    );
}
