//! Tables as offices keep them: columns nobody asked about, code beside name, words of their own, forms, ledgers,
//! columns of marks.

use snapbox::{assert_data_eq, str};

use super::two_firms;
use crate::sandbox::{PROGRAMME, Sandbox};

#[test]
fn a_column_without_a_field_is_left_out_and_said_and_a_misspelt_one_is_refused() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称,成立日期,天气\n示例一厂,2015,晴\n");
    assert_data_eq!(
        sandbox.run("kunpeng import enterprises a.csv --lang zh").text(),
        str![[r#"
--- stderr
未导入的列：天气（没有对应字段）
共 1 行：变更 1 行
已写入 1 个记录

"#]]
    );
    assert_data_eq!(
        sandbox.run("kunpeng import enterprises a.csv --strict --lang zh --dry-run").text(),
        str![[r#"
--- stderr
错误：无法识别“天气”列
  --> a.csv，第 1 行第 3 列（C1）：天气
  规则：unknown-column
  办法：请用 --map "天气=字段" 指明，或用 --map "天气=-" 略去；字段：credit_code、id、name、name_en、industry、class、town、founded、modules、joined、applied、note、former_names、former_codes、not_same、legal_representative、contact、post、phone、email、registered_capital

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
    sandbox.write("b.csv", "企业名称,成立曰期\n示例一厂,2016\n");
    assert_data_eq!(
        sandbox.run("kunpeng import enterprises b.csv --lang zh").text(),
        str![[r#"
--- stderr
错误：无法识别“成立曰期”列
  --> b.csv，第 1 行第 2 列（B1）：成立曰期
  规则：unknown-column
  办法：是否对应字段 founded？请用 --map "成立曰期=founded" 指明

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn a_code_finds_the_enterprise_and_the_name_beside_it_must_agree() {
    let sandbox = two_firms();
    sandbox.write(
        "members.csv",
        "单位名称,信用代码,备注\n示例一厂,91440114DEM000014D,\n示例（集团）二厂,91440114DEM0000228,\n",
    );
    assert_data_eq!(
        sandbox.run("kunpeng import members members.csv --edition 1 --lang en --dry-run --format csv").text(),
        str![[r#"
﻿File,Row,Disposition,Record,Field,Old,New,Reason
members.csv,2,created,enterprise 91440114DEM000014D,,,memberships[1].edition = 1,
members.csv,3,created,enterprise 91440114DEM0000228,,,memberships[1].edition = 1,found by its code; the sheet calls it `示例（集团）二厂`
--- stderr
2 rows: 2 created
dry run: nothing was written

"#]]
    );
    sandbox.write("shifted.csv", "单位名称,信用代码\n示例二厂,91440114DEM000014D\n");
    assert_data_eq!(
        sandbox.run("kunpeng import members shifted.csv --edition 1 --lang en").text(),
        str![[r#"
--- stderr
1 row: 1 refused
error: the code belongs to `91440114DEM000014D`, the name `示例二厂` to 91440114DEM0000228
  --> shifted.csv, row 2, column 2 (B2): `91440114DEM000014D`
  --> shifted.csv, row 2, column 1 (A2): `示例二厂`
  rule: code-and-name
  help: codes may have slipped by a row against the names: compare both with their source

1 error in 1 file; nothing was changed
--- exit 3

"#]]
    );
}

#[test]
fn a_new_name_under_a_known_code_is_a_renaming_and_an_old_list_still_finds_it() {
    let sandbox = two_firms();
    sandbox.write("new.csv", "企业名称,统一社会信用代码\n示例新一厂,91440114DEM000014D\n");
    sandbox.done("kunpeng import enterprises new.csv");
    assert_data_eq!(
        sandbox.read("data/enterprises/91440114DEM000014D.toml"),
        str![[r#"
name = "示例新一厂"
code = "91440114DEM000014D"

[[former_names]]
name = "示例一厂"

"#]]
    );
    sandbox.write("old.csv", "企业名称,统一社会信用代码\n示例一厂,91440114DEM000014D\n");
    assert_data_eq!(
        sandbox.run("kunpeng import enterprises old.csv --lang en").text(),
        str![[r#"
--- stderr
1 row: 1 unchanged
nothing to change: the store says all of it already

"#]]
    );
    sandbox.done("kunpeng enterprise set 91440114DEM0000228 name=示例二分厂 --correction");
    assert_data_eq!(
        sandbox.read("data/enterprises/91440114DEM0000228.toml"),
        str![[r#"
name = "示例二分厂"
code = "91440114DEM0000228"

"#]]
    );
}

#[test]
fn a_word_is_mapped_for_the_run_and_a_field_is_given_to_every_row() {
    let sandbox = two_firms();
    sandbox.write("needs.csv", "企业名称,诉求类别,诉求内容\n示例一厂,交通,公交\n示例二厂,环保,环评\n");
    assert_data_eq!(
        sandbox.run("kunpeng import needs needs.csv --set received=2023-05 --lang zh").text(),
        str![[r#"
--- stderr
共 2 行：拒绝 2 行
错误：没有名为“交通”的诉求类别
  --> needs.csv，第 2 行第 2 列（B2）：交通
  规则：unknown-reference
  办法：可用的词：融资（finance）、用地（land）、用工（labour）、政策奖补（subsidies）、市场监管（regulation）、水电气（utilities）、项目建设（construction）、园区配套（facilities）、其他（other）

错误：没有名为“环保”的诉求类别
  --> needs.csv，第 3 行第 2 列（B3）：环保
  规则：unknown-reference
  办法：可用的词：融资（finance）、用地（land）、用工（labour）、政策奖补（subsidies）、市场监管（regulation）、水电气（utilities）、项目建设（construction）、园区配套（facilities）、其他（other）

1 个文件中有 2 个错误；没有改动任何记录
--- exit 3

"#]]
    );
    assert_data_eq!(
        sandbox
            .run("kunpeng import needs needs.csv --set received=2023-05 --word 交通=other --word 环保=- --lang zh")
            .text(),
        str![[r#"
--- stderr
needs.csv，第 3 行：跳过：按 --word 不导入
共 2 行：新增 1 行，跳过 1 行
已写入 1 个记录

"#]]
    );
    assert_data_eq!(
        sandbox.run("kunpeng import needs needs.csv --set category=other --word 天气=other --lang zh").text(),
        str![[r#"
--- stderr
错误：没有单元格含有“天气”一词
  --> 参数 --word 天气=other
  规则：unknown-word
  办法：请检查写法，或去掉该项

错误：表中已有字段 category：“诉求类别”列
  --> 参数 --set category=other
  --> needs.csv，第 1 行第 2 列（B1）：诉求类别
  规则：duplicate-column
  办法：请用 --map 略去该列，或去掉 --set

1 个文件中有 2 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn a_title_that_is_ticked_is_held_since_nobody_knows_when() {
    let sandbox = two_firms();
    sandbox.write("marks.csv", "企业名称,高新技术企业,是否专精特新\n示例一厂,√,否\n示例二厂,2021,是\n");
    sandbox.done("kunpeng import recognitions marks.csv");
    assert_data_eq!(
        sandbox.run("kunpeng recognition list --format csv").text(),
        str![[r#"
﻿Enterprise,No,Title,Level,Document,Recognised,Expires,Action,Let go,Issued by
示例一厂,1,High and new technology enterprise,,,,,,,
示例二厂,1,High and new technology enterprise,,,2021,,,,
示例二厂,2,SRDI SME,,,,,,,

"#]]
    );
    sandbox.write("dated.csv", "企业名称,资质,认定时间\n示例一厂,高企,2022年12月22日\n");
    sandbox.done("kunpeng import recognitions dated.csv");
    sandbox.done("kunpeng import recognitions marks.csv");
    assert_data_eq!(
        sandbox.run("kunpeng recognition list --format csv").text(),
        str![[r#"
﻿Enterprise,No,Title,Level,Document,Recognised,Expires,Action,Let go,Issued by
示例一厂,1,High and new technology enterprise,,,2022-12-22,,,,
示例二厂,1,High and new technology enterprise,,,2021,,,,
示例二厂,2,SRDI SME,,,,,,,

"#]]
    );
}

#[test]
fn a_ledger_of_visits_makes_activities_with_who_was_there() {
    let sandbox = two_firms();
    sandbox.write(
        "visits.csv",
        "走访日期,企业名称,走访人员\n2023年4月1日,示例一厂,李科长\n4月1日,示例二厂,李科长\n2023.5.2,示例二厂,李科长\n",
    );
    let line =
        "kunpeng import activities visits.csv --edition 1 --set aspect=visits --set title=走访 --year 2023";
    sandbox.done(line);
    assert_data_eq!(
        sandbox.run("kunpeng activity list --format csv").text(),
        str![[r#"
﻿Id,Edition,Date,Aspect,Title,Hours,Place,Host,Present,Excused,Absent,Person-times,Speaker
2023-04-01-zoufang,第一期,2023-04-01,Visits and exchanges,走访,,,,2,0,0,2,
2023-05-02-zoufang,第一期,2023-05-02,Visits and exchanges,走访,,,,1,0,0,1,

"#]]
    );
    assert_data_eq!(
        sandbox.run(line).text(),
        str![[r#"
--- stderr
columns left out: 走访人员 (no field for it)
3 rows: 3 unchanged
nothing to change: the store says all of it already

"#]]
    );
}

#[test]
fn a_forecast_is_never_an_actual_figure() {
    let sandbox = two_firms();
    sandbox.write(
        "figures.csv",
        "企业名称,2022年营业收入（万元）,2023年营业收入（预计）（万元）,同比增长（%）\n示例一厂,100,200,100\n",
    );
    assert_data_eq!(
        sandbox.run("kunpeng import indicators figures.csv --lang zh").text(),
        str![[r#"
--- stderr
未导入的列：2023年营业收入（预计）（万元）（预计数、目标数不是实际数）；同比增长（%）（由其他数据算出）
共 1 行：新增 1 行
已写入 1 个记录

"#]]
    );
    sandbox.write("unit.csv", "企业名称,2023年营业收入（USD）\n示例一厂,100\n");
    assert_data_eq!(
        sandbox.run("kunpeng import indicators unit.csv --lang zh").text(),
        str![[r#"
--- stderr
错误：无法识别“2023年营业收入（USD）”的单位“USD”
  --> unit.csv，第 1 行第 2 列（B1）：2023年营业收入（USD）
  规则：bad-unit
  办法：请在表头写明元、千元、万元、百万元或亿元，并使用本计划的币种

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn a_form_of_one_enterprise_is_a_row() {
    let sandbox = two_firms();
    sandbox.write(
        "form.csv",
        "申报表,,,\n企业名称,示例三厂,成立时间,2019年6月\n所属镇街,东桥镇,联系人,孙七\n联系电话,13711112222,企业简介,示例\n",
    );
    sandbox.done("kunpeng import enterprises form.csv");
    assert_data_eq!(
        sandbox.read("data/enterprises/shili-sanchang.toml"),
        str![[r#"
name = "示例三厂"
town = "东桥镇"
founded = "2019-06"

"#]]
    );
}

#[test]
fn a_field_of_ones_own_goes_out_and_comes_back() {
    let sandbox = Sandbox::empty();
    let fields = r#"
[fields.enterprises]
capital = { name = "注册资本", kind = "amount" }
wechat = { name = "微信号", kind = "text", personal = true }
"#;
    sandbox.write("data/programme.toml", [PROGRAMME, fields].concat());
    sandbox.write("a.csv", "企业名称,注册资本（万元）,微信号\n示例一厂,500,shili\n");
    sandbox.done("kunpeng import enterprises a.csv");
    assert_data_eq!(
        sandbox.run("kunpeng export enterprises --with-contacts").text(),
        str![[r#"
﻿credit_code,id,name,name_en,industry,class,town,founded,note,former_names,former_codes,not_same,legal_representative,contact,post,phone,email,capital,wechat
,shili-yichang,示例一厂,,,,,,,,,,,,,,,5000000,shili

"#]]
    );
    sandbox.done("kunpeng export enterprises --with-contacts -o b.csv");
    assert_data_eq!(
        sandbox.run("kunpeng import enterprises b.csv --lang en").text(),
        str![[r#"
--- stderr
1 row: 1 unchanged
nothing to change: the store says all of it already

"#]]
    );
    assert_data_eq!(
        sandbox.run("kunpeng export enterprises").text(),
        str![[r#"
﻿credit_code,id,name,name_en,industry,class,town,founded,note,former_names,former_codes,not_same,capital
,shili-yichang,示例一厂,,,,,,,,,,5000000

"#]]
    );
}

#[test]
fn what_a_header_on_no_list_was_taken_for_is_said() {
    let sandbox = Sandbox::small();
    sandbox.write("list.csv", "受捐企业,来件日期,诉求\n示例一科技有限公司,2023-05-01,融资\n");
    let shown = sandbox.run("kunpeng import needs list.csv --set category=finance --dry-run").text();
    assert!(shown.contains("headers understood by their parts: 受捐企业=enterprise"), "{shown}");
    let csv =
        sandbox.run("kunpeng import needs list.csv --set category=finance --dry-run --format csv").stdout;
    assert!(csv.contains("list.csv,1,header understood,,受捐企业,,,enterprise"), "{csv}");
    let shown = sandbox.run("kunpeng import needs list.csv --set category=finance --lang zh").text();
    assert!(shown.contains("按词义识别的表头：受捐企业=enterprise"), "{shown}");
}

#[test]
fn ticks_below_what_was_done_are_the_status() {
    let sandbox = Sandbox::small();
    sandbox.write("activities.csv", "id,edition,aspect,title,date\nkick-off,1,courses,Kick-off,2023-02-01\n");
    sandbox.done("kunpeng import activities activities.csv");
    let head = "企业名称,出席,请假,缺席\n";
    sandbox.write("ticks.csv", format!("{head}alpha,,√,\nbeta,√,,\n"));
    let shown = sandbox.done("kunpeng import attendance ticks.csv --activity kick-off");
    assert!(shown.is_empty() || !shown.contains("请假,"), "{shown}");
    let activity = sandbox.json("kunpeng activity show kick-off --format json");
    assert_eq!(activity["excused"], serde_json::json!(["alpha"]), "{activity}");
    assert_eq!(activity["present"], serde_json::json!({"beta": 1}), "{activity}");
    sandbox.write("twice.csv", format!("{head}alpha,√,√,\n"));
    let shown = sandbox.run("kunpeng import attendance twice.csv --activity kick-off").text();
    assert!(shown.contains("ticked under `出席` and under `请假`"), "{shown}");
    sandbox.write("none.csv", format!("{head}alpha,,,\nbeta,√,,\n"));
    let shown = sandbox.run("kunpeng import attendance none.csv --activity kick-off -q").text();
    assert!(shown.contains("row 2 is ticked under none of 出席, 请假, 缺席"), "{shown}");
}

#[test]
fn a_list_of_those_who_joined_or_applied_says_when() {
    let sandbox = Sandbox::new();
    sandbox.done("kunpeng edition add id=1 name=第一期");
    let list =
        "企业名称,成立时间,入营时间,报名日期\n示例一厂,2015年3月,2024年1月15日,2023-12-01\n示例二厂,2016,,\n";
    sandbox.write("list.csv", list);
    let left_out = |line: &str| {
        let shown = sandbox.run(&format!("kunpeng {line} --lang zh")).text();
        let line = shown.lines().find(|line| line.contains("未导入的列")).unwrap_or_default();
        line.trim_start_matches("· ").to_owned()
    };
    assert_eq!(
        left_out("import enterprises list.csv --dry-run"),
        "未导入的列：报名日期、入营时间（没有对应字段）"
    );
    assert_eq!(
        left_out("import enterprises list.csv --edition 1 --as member"),
        "未导入的列：报名日期（没有对应字段）"
    );
    let firm = sandbox.json("kunpeng enterprise show 示例一厂 --format json");
    assert_eq!(firm["memberships"], serde_json::json!([{"edition": "1", "joined": "2024-01-15"}]));
    assert_eq!(firm["founded"], "2015-03");
    assert_eq!(
        left_out("import enterprises list.csv --edition 1 --as candidate"),
        "未导入的列：入营时间（没有对应字段）"
    );
    let firm = sandbox.json("kunpeng enterprise show 示例一厂 --format json");
    assert_eq!(firm["candidacies"], serde_json::json!([{"edition": "1", "applied": "2023-12-01"}]));
    sandbox.refuses(
        "kunpeng import enterprises list.csv --edition 1 --as member --set joined=2024-02-30 --lang zh",
        3,
        str![[r#"
--- stderr
错误：表中已有字段 joined：“入营时间”列
  --> 参数 --set joined=2024-02-30
  --> list.csv，第 1 行第 3 列（C1）：入营时间
  规则：duplicate-column
  办法：请用 --map 略去该列，或去掉 --set

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]],
    );
}

#[test]
fn a_header_that_can_mean_two_fields_gives_way_to_one_that_means_one() {
    let sandbox = two_firms();
    sandbox.write(
        "platforms.csv",
        "建设单位,机构名称,机构类型,级别\n示例一厂,示例传动工程技术研究中心,工程技术研究中心,省级\n",
    );
    let shown = sandbox.run("kunpeng import platforms platforms.csv --lang zh").text();
    assert!(shown.contains("未导入的列：机构名称（该字段已取自另一列）"), "{shown}");
    let platforms = sandbox.json("kunpeng enterprise show 示例一厂 --format json")["platforms"].clone();
    assert_eq!(platforms[0]["kind"], "engineering-research-centre", "{platforms}");
    // With no other, it names the enterprise.
    sandbox.write("firms.csv", "机构名称,机构类型,级别\n示例二厂,重点实验室,省级\n");
    let shown = sandbox.run("kunpeng import platforms firms.csv --lang zh").text();
    assert!(shown.contains("新增 1 行"), "{shown}");
    sandbox.write("two.csv", "建设单位,依托单位,机构类型\n示例一厂,示例二厂,重点实验室\n");
    let shown = sandbox.run("kunpeng import platforms two.csv --lang zh").text();
    assert!(shown.contains("“建设单位”和“依托单位”都对应字段"), "{shown}");
}

#[test]
fn a_column_that_lacks_is_sought_by_what_cells_say() {
    let sandbox = two_firms();
    let help = |text: &str, kind: &str| {
        sandbox.write("list.csv", text);
        let shown = sandbox.run(&format!("kunpeng import {kind} list.csv --lang zh")).text();
        shown.lines().find_map(|line| line.strip_prefix("  办法：")).unwrap_or_default().to_owned()
    };
    let titles = "企业名称,所处梯队,天气\n示例一厂,高新技术企业,晴\n示例二厂,专精特新中小企业,雨\n";
    assert_eq!(
        help(titles, "recognitions"),
        "“所处梯队”列的内容大多符合该字段：请用 --map \"所处梯队=title\" 指明"
    );
    let firms = "谁,资质\n示例一厂,高新技术企业\n示例二厂,专精特新中小企业\n";
    assert_eq!(help(firms, "recognitions"), "“谁”列的内容大多符合该字段：请用 --map \"谁=enterprise\" 指明");
    let plain = "请用 --map 表头=title 指明是哪一列，或用 --set title=值 给出";
    let two = "企业名称,级别,甲,乙\n示例一厂,省级,高新技术企业,高新技术企业\n";
    assert_eq!(help(two, "recognitions"), plain);
    assert_eq!(help("企业名称,甲\n示例一厂,晴\n", "recognitions"), plain);
    // Every text is a scheme.
    let schemes = "企业名称,甲,状态\n示例一厂,某专项,已立项\n";
    assert_eq!(help(schemes, "projects"), "请用 --map 表头=scheme 指明是哪一列，或用 --set scheme=值 给出");
}
