//! Rows that are no records, tables below one another, rows that disagree.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// The names of all enterprises after an import into an empty store, and what was said.
fn names(table: &str, options: &str) -> (Vec<String>, String) {
    let sandbox = Sandbox::new();
    sandbox.write("table.csv", table);
    let outcome = sandbox.run(&format!("kunpeng import enterprises table.csv {options}"));
    let list = sandbox.json("kunpeng enterprise list --format json");
    let of = |it: &Value| it["name"].as_str().unwrap_or_default().to_owned();
    let names = list.as_array().into_iter().flatten().map(of).collect();
    (names, outcome.text())
}

const HEADER: &str = "序号,企业名称,所属镇街,成立日期\n";

#[test]
fn a_row_that_is_no_record_is_said_even_where_nothing_else_is() {
    for (rows, said) in [
        (
            "一、新华街道,,,\n1,甲公司,新华街道,2020\n2,乙公司,新华街道,2020\n",
            "row 2 heads a section: `一、新华街道`",
        ),
        (
            ",花山镇（2家）,,\n1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n",
            "row 2 heads a section: `花山镇（2家）`",
        ),
        (
            "必填,必填,必填,选填\n1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n",
            "row 2 says how to fill in the form",
        ),
        (
            "1,示例：某某公司,花山镇,2020\n1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n",
            "row 2 says how to fill in the form",
        ),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n汇总,,,\n", "row 4 has totals"),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\nTotals,2,,\n", "row 4 has totals"),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n共2家,,,\n", "row 4 has totals"),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n平均,,,\n", "row 4 has averages"),
        (
            "1,甲公司,花山镇,2020\n注：以上为首批,,,\n2,乙公司,花山镇,2020\n",
            "row 3 is a note, and rows go on in row 4",
        ),
        ("甲,乙,1,2\n1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n", "row 2 numbers the columns"),
        ("1,2,3,4\n1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n", "row 2 numbers the columns"),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n3,,,\n", "one row has nothing but a running number"),
        ("1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n备注：示例,,,\n", "the table ends before row 4"),
    ] {
        let (names, shown) = names(&format!("{HEADER}{rows}"), "-q");
        assert_eq!(names, ["甲公司", "乙公司"], "{rows}{shown}");
        assert!(shown.contains(said), "{rows}{shown}");
    }
}

#[test]
fn a_firm_whose_name_begins_like_such_a_word_is_a_firm() {
    let all = [
        "实到科技有限公司",
        "说明（广州）科技有限公司",
        "汇总科技有限公司",
        "平均律音乐有限公司",
        "备注一百商贸有限公司",
        "合计数科技有限公司",
        "共创12科技有限公司",
        "示例甲有限公司",
        "附件网络有限公司",
        "一、二科技有限公司",
    ];
    let row = |(at, name): (usize, &&str)| format!("{},{name},花山镇,2020\n", at + 1);
    let rows: Vec<String> = all.iter().enumerate().map(row).collect();
    let rows = rows.concat();
    let (mut found, shown) = names(&format!("{HEADER}{rows}"), "");
    let mut all = all.map(str::to_owned);
    found.sort();
    all.sort();
    assert_eq!(found, all, "{shown}");
}

#[test]
fn of_very_many_rows_that_are_no_records_each_is_named() {
    let section = |at: usize| format!(",示例{at}镇,,\n{at},示例{at}公司,某镇,2020\n");
    let sections: Vec<String> = (1..=23).map(section).collect();
    let (names, shown) = names(&format!("{HEADER}{}", sections.concat()), "-q");
    assert_eq!(names.len(), 23, "{shown}");
    assert!(
        shown.contains("3 more rows repeat the header, head a section or have totals: 42, 44, 46"),
        "{shown}"
    );
}

#[test]
fn a_row_below_a_note_is_refused_where_it_may_be_part_of_it() {
    let table = "企业名称,所属镇街\n甲公司,花山镇\n备注：示例,\n填报口径,按季度\n";
    let (names, shown) = names(table, "");
    assert!(names.is_empty(), "{shown}");
    assert!(shown.contains("row 4 stands below the note in row 3: a record, or part of the note"), "{shown}");
}

#[test]
fn tables_below_one_another_are_each_read_or_said() {
    let both = "企业名称,所属镇街\n甲公司,花山镇\n\n第二部分,\n企业名称,成立日期\n乙公司,2020\n";
    let (names_of_both, shown) = names(both, "");
    assert_eq!(names_of_both, ["甲公司", "乙公司"], "{shown}");
    let other = "企业名称,所属镇街\n甲公司,花山镇\n\n活动名称,活动日期,地点\n座谈会,2023-01-01,示例厅\n";
    let (first, shown) = names(other, "");
    assert!(first.is_empty() && shown.contains("nothing was changed"), "{shown}");
    assert!(shown.contains("another table begins in row 4, of whose columns none is known: 活动名称, 活动日期, 地点; its 1 row is not read"), "{shown}");
    let (first, shown) = names(other, "--accept-valid");
    assert_eq!(first, ["甲公司"], "{shown}");
}

#[test]
fn a_section_title_with_no_rows_below_it_may_be_a_record() {
    let rows = "1,甲公司,花山镇,2020\n2,乙公司,花山镇,2020\n,示例花东镇,,\n";
    for more in ["", "合计,2家,,\n", "注：示例,,,\n"] {
        let (names, shown) = names(&format!("{HEADER}{rows}{more}"), "");
        assert!(names.is_empty(), "{shown}");
        assert!(
            shown.contains(
                "row 4 has nothing but `示例花东镇`: a section title with no rows below it, or a record"
            ),
            "{shown}"
        );
    }
    for more in ["小计,0家,,\n", "3,丙公司,花东镇,2020\n"] {
        let (_, shown) = names(&format!("{HEADER}{rows}{more}"), "-q");
        assert!(shown.contains("row 4 heads a section: `示例花东镇`"), "{shown}");
    }
}

fn kick_off(sandbox: &Sandbox) {
    sandbox.write("activities.csv", "id,edition,aspect,title,date\nkick-off,1,courses,Kick-off,2023-02-01\n");
    sandbox.done("kunpeng import activities activities.csv");
}

#[test]
fn rows_that_disagree_are_all_refused_with_what_differs() {
    let sandbox = Sandbox::small();
    sandbox.write("one.csv", "activity,enterprise,status\nkick-off,alpha,present\nkick-off,beta,present\n");
    sandbox.write("two.csv", "activity,enterprise,status\nkick-off,alpha,absent\nkick-off,alpha,present\n");
    kick_off(&sandbox);
    let dry = sandbox.run("kunpeng import attendance one.csv two.csv --dry-run").text();
    assert!(
        dry.contains("row 2 of one.csv and row 2 of two.csv disagree on activity `kick-off`: `status` is `present` and `absent`"),
        "{dry}"
    );
    assert!(dry.contains("4 rows: 1 created, 3 refused"), "{dry}");
    let taken = sandbox.run("kunpeng import attendance one.csv two.csv --accept-valid").text();
    assert!(taken.contains("4 rows: 1 created, 3 refused"), "{taken}");
    let activity = sandbox.json("kunpeng activity show kick-off --format json");
    assert_eq!(activity["present"], serde_json::json!({"beta": 1}), "{activity}");

    sandbox.write("names.csv", "id,name,town\ngamma,Gamma,Riverside\ngamma,Gamma,Hillside\n");
    let shown = sandbox.run("kunpeng import enterprises names.csv --accept-valid").text();
    assert!(shown.contains("`town` is `Riverside` and `Hillside`"), "{shown}");
    assert!(!sandbox.path("data/enterprises/gamma.toml").exists());
}

#[test]
fn a_missing_cell_never_overwrites_a_value_and_says_how_to_clear() {
    for missing in ["None", "none", "NULL", "NaN", "nan", "n/a", "\u{200b}", "\u{feff} "] {
        let sandbox = Sandbox::small();
        sandbox.done("kunpeng enterprise set alpha town=Riverside");
        sandbox.write("table.csv", format!("id,name,town\nalpha,Alpha Sample,{missing}\n"));
        let shown = sandbox.run("kunpeng import enterprises table.csv -q").text();
        assert!(sandbox.read("data/enterprises/alpha.toml").contains("town = \"Riverside\""), "{missing}");
        assert!(shown.contains("clears nothing; `kunpeng … set ID town=` clears"), "{shown}");
    }
}

#[test]
fn who_belongs_to_no_enterprise_is_always_listed_and_given_back() {
    let sandbox = Sandbox::small();
    kick_off(&sandbox);
    sandbox.write("sheet.csv", "姓名,单位,签名\n示例一,Alpha Sample,√\n示例二,别家公司,√\n");
    for options in ["--dry-run", "--dry-run --format json -q"] {
        let shown =
            sandbox.run(&format!("kunpeng import attendance sheet.csv --activity kick-off {options}"));
        assert!(shown.stderr.contains("row 3: unlinked: no enterprise"), "{}", shown.text());
    }
    let json =
        sandbox.json("kunpeng import attendance sheet.csv --activity kick-off --dry-run --format json");
    assert!(json["tables"][0]["notes"].to_string().contains("columns left out: 姓名"), "{json}");
    sandbox.done("kunpeng import attendance sheet.csv --activity kick-off");
    assert!(sandbox.read("sheet.refused.csv").contains("别家公司"));
    sandbox.write("list.csv", "enterprise,status\nbeta,absent\n");
    sandbox.done("kunpeng import attendance list.csv --activity kick-off");
}

#[test]
fn a_nul_in_one_cell_refuses_its_row_and_a_formula_keeps_its_text() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "id,name,note\ngamma,Gamma,a\0b\ndelta,Delta,\"=\"\"0012\"\"\"\n");
    let shown = sandbox.run("kunpeng import enterprises table.csv --accept-valid").text();
    assert!(shown.contains("2 rows: 1 created, 1 refused"), "{shown}");
    assert!(sandbox.read("data/enterprises/delta.toml").contains("note = \"0012\""));
}

#[test]
fn what_was_left_out_is_said_in_every_machine_readable_format() {
    let sandbox = Sandbox::small();
    sandbox.write("list.csv", "示例名册,,,\nid,name,town,车牌\ngamma,Gamma,Riverside,A1\n合计,1,,\n");
    let csv = sandbox.run("kunpeng import enterprises list.csv --dry-run --format csv -q").stdout;
    for line in [
        "list.csv,2,taken as,,,,,header in row 2",
        "list.csv,2,taken as,,,,,row 4 has totals",
        "list.csv,2,column left out,,车牌,,,no field for it",
    ] {
        assert!(csv.lines().any(|it| it.starts_with(line)), "{line}\n{csv}");
    }
    let tsv = sandbox.run("kunpeng import enterprises list.csv --dry-run --format tsv --lang zh").stdout;
    assert!(tsv.contains("list.csv\t2\t未导入的列\t\t车牌\t\t\t没有对应字段"), "{tsv}");
    let json = sandbox.json("kunpeng import enterprises list.csv --dry-run --format json");
    assert_eq!(json["tables"][0]["rows"].as_array().unwrap().len(), 1, "{json}");
    let notes = json["tables"][0]["notes"].to_string();
    assert!(notes.contains("header in row 2; row 4 has totals"), "{notes}");
    assert!(notes.contains("columns left out: 车牌 (no field for it)"), "{notes}");
}

#[test]
fn the_unit_of_a_title_or_of_a_section_is_that_of_the_figures_below_it() {
    let revenue = |kind: &str, text: &str| {
        let sandbox = super::two_firms();
        sandbox.write("table.csv", text);
        sandbox.done(&format!("kunpeng import {kind} table.csv"));
        let figures = sandbox.json("kunpeng enterprise show 示例一厂 --format json")["indicators"].clone();
        [&figures["2023"]["revenue"], &figures["2023"]["employees"]].map(ToString::to_string)
    };
    let figures = "企业名称,2023年营业收入,2023年从业人员\n示例一厂,8000.5,75\n";
    assert_eq!(revenue("indicators", figures), ["8000.5", "75"]);
    let titled = |title: &str| revenue("indicators", &format!("{title},,\n{figures}"));
    assert_eq!(titled("主要经济指标统计表（万元）"), ["80005000", "75"]);
    assert_eq!(titled("主要经济指标统计表（单位：千元、人）"), ["8000500", "75"]);
    assert_eq!(titled("主要经济指标统计表（2023年度）"), ["8000.5", "75"]);
    let form = "申报书,,,\n一、基本情况,,,\n企业名称,示例一厂,镇街,花山镇\n成立时间,2019年,联系人,示例甲\n注册地址,示例路,邮箱,a@example.com\n";
    let section =
        |title: &str| format!("{form}{title},,,\n年度,营业收入,从业人员,\n2023年,8000.5,75,\n三、承诺,,,\n");
    for kind in ["enterprises", "indicators"] {
        assert_eq!(revenue(kind, &section("二、经营指标（万元）")), ["80005000", "75"], "{kind}");
        assert_eq!(revenue(kind, &section("二、经营指标")), ["8000.5", "75"], "{kind}");
    }
    // A unit of its own in a header goes before; one that disagrees with the title is refused.
    let own = "主要经济指标统计表（万元）,\n企业名称,2023年营业收入（元）\n示例一厂,8000\n";
    let sandbox = super::two_firms();
    sandbox.write("table.csv", own);
    let shown = sandbox.run("kunpeng import indicators table.csv --lang zh").text();
    assert!(shown.contains("万元") && shown.contains("--- exit 3"), "{shown}");
}
