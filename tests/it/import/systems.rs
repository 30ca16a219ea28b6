//! Tables as systems and old ledgers write them: rows inside an object, dates in columns of parts, metrics in rows,
//! statuses that are missing elsewhere.

use snapbox::{assert_data_eq, str};

use super::two_firms;
use crate::sandbox::Sandbox;

/// What an import says in Chinese, without doing it.
fn said(sandbox: &Sandbox, line: &str) -> String {
    sandbox.run(&format!("kunpeng import {line} --lang zh --dry-run --format csv")).text()
}

#[test]
fn rows_inside_an_object_and_objects_inside_a_row_are_read() {
    let sandbox = two_firms();
    sandbox.write(
        "form.json",
        r#"{"code": 0, "data": {"total": 1, "list": [{"单位全称": "示例三厂", "联系人": {"姓名": "示例", "手机": "13800000003"},
            "成立日期": "2020-05-06 00:00:00", "执照": [{"name": "a.jpg"}]}]}}"#,
    );
    assert_data_eq!(
        said(&sandbox, "enterprises form.json"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
form.json,1,新增,企业 shili-sanchang,,,"name = 示例三厂, founded = 2020-05-06, contact.contact = 示*, contact.phone = 138****0003",
form.json,0,未导入的列,,执照,,,没有对应字段
--- stderr
未导入的列：执照（没有对应字段）
共 1 行：新增 1 行
试运行：没有写入任何内容

"#]]
    );
    sandbox.write("utc.json", r#"[{"单位全称": "示例三厂", "成立日期": "2020-05-06T16:00:00.000Z"}]"#);
    assert_data_eq!(
        said(&sandbox, "enterprises utc.json"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
utc.json,1,拒绝,,,,,“2020-05-06T16:00:00.000Z”是世界时，按北京时间已是次日
--- stderr
共 1 行：拒绝 1 行
错误：“2020-05-06T16:00:00.000Z”是世界时，按北京时间已是次日
  --> utc.json，第 1 行第 2 列（B1）：2020-05-06T16:00:00.000Z
  规则：bad-date
  办法：请写明日期，如 2023-11-16

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn a_date_in_columns_of_parts_is_a_date() {
    let sandbox = two_firms();
    sandbox.write(
        "visits.csv",
        "年,月份,日,企业\n2023,四月,6,示例一厂\n2023,十二月,20-21日,示例二厂\n2023,6,中旬,示例二厂\n2023,,5,示例二厂\n",
    );
    assert_data_eq!(
        said(&sandbox, "activities visits.csv --edition 1 --set aspect=visits --set title=走访"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
visits.csv,2,新增,活动 2023-04-06-zoufang,,,"aspect = visits, date = 2023-04-06, title = 走访, edition = 1, attendance.91440114DEM000014D = present, 1",
visits.csv,3,新增,活动 2023-12-20-zoufang,,,"aspect = visits, date = 2023-12-20, title = 走访, end = 2023-12-21, edition = 1, attendance.91440114DEM0000228 = present, 1",
visits.csv,4,新增,活动 2023-06-zoufang,,,"aspect = visits, date = 2023-06, title = 走访, edition = 1, attendance.91440114DEM0000228 = present, 1",
visits.csv,5,拒绝,,,,,“2023年5日”没有月份
visits.csv,1,读取说明,,,,,“年、月份、日”各列合为日期
--- stderr
visits.csv：“年、月份、日”各列合为日期
共 4 行：新增 3 行，拒绝 1 行
错误：“2023年5日”没有月份
  --> visits.csv，第 5 行第 3 列（C5）：2023年5日
  规则：bad-date
  办法：请在单元格中写上月份

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn metrics_in_rows_are_figures_of_their_enterprise() {
    let sandbox = two_firms();
    let head = "企业,指标,单位,2022年,2023年\n";
    sandbox.write(
        "long.csv",
        format!("{head}示例一厂,营业收入,万元,31,33.5\n,研发费用,千元,\"1,400\",1500\n,从业人员,人,8,9\n,亩均税收,万元,1,2\n"),
    );
    assert_data_eq!(
        said(&sandbox, "indicators long.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
long.csv,2,新增,企业 91440114DEM000014D,,,"indicators.2022.employees = 8, indicators.2022.rd_expense = 1400000, indicators.2022.revenue = 310000, indicators.2023.employees = 9, indicators.2023.rd_expense = 1500000, indicators.2023.revenue = 335000",
long.csv,1,读取说明,,,,,指标逐行列出（“指标”列）
long.csv,1,读取说明,,,,,以下指标的行未读取：亩均税收
--- stderr
long.csv：指标逐行列出（“指标”列）；以下指标的行未读取：亩均税收
共 1 行：新增 1 行
试运行：没有写入任何内容

"#]]
    );
    for (name, rows) in [
        ("twice", "示例一厂,营业收入,万元,31,33\n,营业收入,万元,32,34\n"),
        ("misspelt", "示例一厂,营业收人,万元,31,33\n"),
        ("unit", "示例一厂,营业收入,百元,31,33\n"),
        ("scale", "示例一厂,从业人员,万人,31,33\n"),
    ] {
        sandbox.write(&format!("{name}.csv"), format!("{head}{rows}"));
    }
    let all =
        ["twice", "misspelt", "unit", "scale"].map(|name| said(&sandbox, &format!("indicators {name}.csv")));
    assert_data_eq!(
        all.concat(),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
twice.csv,2,拒绝,,,,,同一企业的“营业收入”出现两次
twice.csv,1,读取说明,,,,,指标逐行列出（“指标”列）
--- stderr
twice.csv：指标逐行列出（“指标”列）
共 1 行：拒绝 1 行
错误：同一企业的“营业收入”出现两次
  --> twice.csv，第 2 行第 4 列（D2）：31万元
  --> twice.csv，第 3 行第 4 列（D3）：32
  规则：duplicate-row
  办法：请只保留一行，或为每行写明企业

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3
﻿文件,行,处理结果,记录,字段,原值,新值,原因
misspelt.csv,2,拒绝,,,,,没有名为“营业收人”的指标
misspelt.csv,1,读取说明,,,,,指标逐行列出（“指标”列）
--- stderr
misspelt.csv：指标逐行列出（“指标”列）
共 1 行：拒绝 1 行
错误：没有名为“营业收人”的指标
  --> misspelt.csv，第 2 行第 2 列（B2）：营业收人
  规则：unknown-word
  办法：请在文件中更正；是否应为“revenue”？

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3
﻿文件,行,处理结果,记录,字段,原值,新值,原因
unit.csv,2,拒绝,,,,,无法识别单位“百元”
unit.csv,1,读取说明,,,,,指标逐行列出（“指标”列）
--- stderr
unit.csv：指标逐行列出（“指标”列）
共 1 行：拒绝 1 行
错误：无法识别单位“百元”
  --> unit.csv，第 2 行第 3 列（C2）：百元
  规则：bad-unit
  办法：金额请用元、千元、万元、百万元或亿元，计数请填完整的数

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3
﻿文件,行,处理结果,记录,字段,原值,新值,原因
scale.csv,2,拒绝,,,,,无法识别单位“万人”
scale.csv,1,读取说明,,,,,指标逐行列出（“指标”列）
--- stderr
scale.csv：指标逐行列出（“指标”列）
共 1 行：拒绝 1 行
错误：无法识别单位“万人”
  --> scale.csv，第 2 行第 3 列（C2）：万人
  规则：bad-unit
  办法：金额请用元、千元、万元、百万元或亿元，计数请填完整的数

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
    sandbox.write("people.csv", "企业,2023年从业人员（万人）\n示例一厂,0.5\n");
    assert_data_eq!(
        said(&sandbox, "indicators people.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值
--- stderr
错误：无法识别“2023年从业人员（万人）”的单位“万人”
  --> people.csv，第 1 行第 2 列（B1）：2023年从业人员（万人）
  规则：bad-unit
  办法：请填写完整的数，不用万、千等单位

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn what_stands_above_several_columns_names_none_and_a_level_is_the_level() {
    let sandbox = two_firms();
    sandbox.write("group.csv", "单位情况,,登记\n单位全称,仓库面积,成立日期\n示例一厂,12,2019\n");
    assert_data_eq!(
        said(&sandbox, "enterprises group.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
group.csv,3,变更,企业 91440114DEM000014D,成立日期,,2019,
group.csv,2,读取说明,,,,,表头在第 2 行
group.csv,2,未导入的列,,仓库面积,,,没有对应字段
--- stderr
group.csv：表头在第 2 行
未导入的列：仓库面积（没有对应字段）
共 1 行：变更 1 行
试运行：没有写入任何内容

"#]]
    );
    sandbox.write("marks.csv", "单位,国家级,,省级\n,高企,小巨人,专精特新\n示例一厂,√,,√\n");
    assert_data_eq!(
        said(&sandbox, "recognitions marks.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
marks.csv,3,新增,企业 91440114DEM000014D,,,"recognitions[1].title = hnte, recognitions[1].level = national, recognitions[2].title = srdi, recognitions[2].level = province",
marks.csv,2,读取说明,,,,,表头在第 1–2 行
--- stderr
marks.csv：表头在第 1–2 行
共 1 行：新增 1 行
试运行：没有写入任何内容

"#]]
    );
    sandbox.write("terms.csv", "单位,资质,获批时间,有效期（年）\n示例一厂,专精特新,2023年6月,3\n");
    assert_data_eq!(
        said(&sandbox, "recognitions terms.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值
terms.csv,2,新增,企业 91440114DEM000014D,,,"recognitions[1].title = srdi, recognitions[1].recognised = 2023-06, recognitions[1].expires = 2026-06"
--- stderr
共 1 行：新增 1 行
试运行：没有写入任何内容

"#]]
    );
}

#[test]
fn who_stayed_away_and_who_is_not_recorded_are_no_present_ones() {
    let sandbox = two_firms();
    sandbox.done("kunpeng activity add edition=1 aspect=courses title=示例公开课 date=2023-04-06");
    sandbox.write("roll.csv", "企业,参会情况\n示例一厂,缺\n示例二厂,\n");
    assert_data_eq!(
        said(&sandbox, "attendance roll.csv --activity 示例公开课"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
roll.csv,2,新增,活动 2023-04-06-shili-gongkai-ke,,,attendance.91440114DEM000014D = absent,
roll.csv,3,跳过,活动 2023-04-06-shili-gongkai-ke,,,,未填是否到会
--- stderr
共 2 行：新增 1 行，跳过 1 行
试运行：没有写入任何内容
警告：“91440114DEM000014D”在活动“2023-04-06-shili-gongkai-ke”中登记为缺席，但在 2023-04-06 不是期次“1”的入选企业
  --> 活动“2023-04-06-shili-gongkai-ke”，absent
  规则：not-a-member

"#]]
    );
    let sign_in =
        |day: &str| format!("活动名称,示例公开课,时间,{day}\n序号,单位,姓名,签名\n1,示例一厂,示例,\n");
    sandbox.write("there.csv", sign_in("2023年4月6日 9:00"));
    assert_data_eq!(
        said(&sandbox, "attendance there.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
there.csv,3,新增,活动 2023-04-06-shili-gongkai-ke,,,"attendance.91440114DEM000014D = present, 1",
there.csv,2,读取说明,,,,,表头在第 2 行
there.csv,2,未导入的列,,姓名,,,个人信息不保存
there.csv,2,未导入的列,,签名,,,个人信息不保存
--- stderr
there.csv：表头在第 2 行
未导入的列：姓名、签名（个人信息不保存）
共 1 行：新增 1 行
试运行：没有写入任何内容
警告：“91440114DEM000014D”在活动“2023-04-06-shili-gongkai-ke”中登记为出席，但在 2023-04-06 不是期次“1”的入选企业
  --> 活动“2023-04-06-shili-gongkai-ke”，present.91440114DEM000014D
  规则：not-a-member

"#]]
    );
    sandbox.write("other.csv", sign_in("2023年4月7日"));
    assert_data_eq!(
        said(&sandbox, "attendance other.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
other.csv,3,拒绝,,,,,“示例公开课”的日期是 2023-04-06，签到名单上方写的是 2023-04-07
other.csv,2,读取说明,,,,,表头在第 2 行
other.csv,2,未导入的列,,姓名,,,个人信息不保存
other.csv,2,未导入的列,,签名,,,个人信息不保存
--- stderr
other.csv：表头在第 2 行
未导入的列：姓名、签名（个人信息不保存）
共 1 行：拒绝 1 行
错误：“示例公开课”的日期是 2023-04-06，签到名单上方写的是 2023-04-07
  --> other.csv，第 3 行
  规则：unknown-reference
  办法：请更正日期，或用 --activity 2023-04-06-shili-gongkai-ke 指明是哪次活动

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
    sandbox.write("marks.csv", "企业,示例公升课\n示例一厂,√\n");
    assert_data_eq!(
        said(&sandbox, "attendance marks.csv"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值
--- stderr
错误：无法识别“示例公升课”列
  --> marks.csv，第 1 行第 2 列（B1）：示例公升课
  规则：unknown-column
  办法：若为“示例公开课”，请在文件中更正；否则请用 --map "示例公升课=-" 略去该列

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}

#[test]
fn answers_lose_their_letters_and_headers_the_number_of_their_question() {
    let sandbox = two_firms();
    sandbox.write("form.csv", "Q1_单位名称,Q2_拟参加方向\n示例一厂,A.专精特新;C.拟上市\n示例二厂,D.都可以\n");
    assert_data_eq!(
        said(&sandbox, "candidates form.csv --edition 1"),
        str![[r#"
﻿文件,行,处理结果,记录,字段,原值,新值,原因
form.csv,2,新增,企业 91440114DEM000014D,,,"candidacies[1].modules = srdi, listing, candidacies[1].edition = 1",
form.csv,3,拒绝,,,,,没有名为“D.都可以”的模块
--- stderr
共 2 行：新增 1 行，拒绝 1 行
错误：没有名为“D.都可以”的模块
  --> form.csv，第 3 行第 2 列（B3）：D.都可以
  规则：unknown-reference
  办法：可用的词：专精特新（srdi）、研发平台（platforms）、拟上市（listing）

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
}
