//! Input that cannot be meant: one clear message each, in the user's language, and nothing written.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::two_firms;
use crate::sandbox::{PROGRAMME, Sandbox};

/// Every line is refused with one fault, whose message says `en` and `zh`.
fn refused(sandbox: &Sandbox, line: &str, en: &str, zh: &str) {
    let before = sandbox.files("data");
    for (lang, words) in [("en", en), ("zh", zh)] {
        let outcome = sandbox.run(&format!("kunpeng {line} --lang {lang}"));
        assert_eq!(outcome.code, Some(3), "{line}\n{}", outcome.text());
        assert!(outcome.stderr.contains(words), "{line}\n{}", outcome.text());
        let faults = outcome.stderr.matches(if lang == "en" { "\nerror: " } else { "\n错误：" }).count();
        let first =
            usize::from(outcome.stderr.starts_with(if lang == "en" { "error: " } else { "错误：" }));
        assert_eq!(faults + first, 1, "{line}\n{}", outcome.text());
    }
    assert!(sandbox.files("data") == before, "{line} wrote something");
}

/// A workbook of texts, written by `more` beside its rows.
fn book(sandbox: &Sandbox, name: &str, rows: &[&[&str]], more: impl Fn(&mut Worksheet)) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    more(sheet);
    sandbox.write(name, book.save_to_buffer().unwrap());
}

#[test]
fn a_form_without_a_name() {
    let sandbox = two_firms();
    let rows: [&[&str]; 4] = [
        &["企业申报表"],
        &["企业名称", "", "成立日期", "2015-03-01"],
        &["所属镇街", "示例镇", "联系人", "某甲"],
        &["联系电话", "13800000000", "职务", "经理"],
    ];
    book(&sandbox, "a.xlsx", &rows, |_| {});
    refused(&sandbox, "import enterprises a.xlsx", "`name` is empty", "“企业名称”为空");
}

#[test]
fn a_form_with_a_field_twice() {
    let sandbox = Sandbox::small();
    sandbox.write("form.tsv", "企业名称\t示例甲\n单位：示例乙\n序号\t企业名称\t示例丙\n");
    sandbox.write("form2.tsv", "企业名称\t公附件0\n单位：万元\n序号\t企业名称\t期\n");
    for kind in ["enterprises", "members --edition 1", "needs", "attendance"] {
        for file in ["form.tsv", "form2.tsv"] {
            let outcome = sandbox.run(&format!("kunpeng import {kind} {file}"));
            assert_eq!(outcome.code, Some(3), "{kind} {file}: {}", outcome.text());
            assert!(outcome.stderr.contains("rule: duplicate-column"), "{kind} {file}: {}", outcome.stderr);
        }
    }
}

#[test]
fn a_matrix_whose_headers_are_on_no_list() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称,示例称号甲,示例称号乙\n示例一厂,√,\n示例二厂,,√\n");
    refused(
        &sandbox,
        "import recognitions a.csv",
        "there is no column `title`, which every row needs",
        "没有“资质”列，而每一行都需要它",
    );
}

#[test]
fn two_columns_for_one_field() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称,成立日期,注册时间\n示例一厂,2015,2016\n");
    refused(
        &sandbox,
        "import enterprises a.csv",
        "`成立日期` and `注册时间` both mean `founded`",
        "“成立日期”和“注册时间”都对应字段 founded",
    );
}

#[test]
fn a_merge_over_code_and_name_of_two_firms() {
    let sandbox = two_firms();
    let rows: [&[&str]; 3] = [
        &["企业名称", "统一社会信用代码", "入选日期"],
        &["示例一厂", "91440114DEM000014D", "2023-03-16"],
        &["", "91440114DEM0000228", "2023-03-16"],
    ];
    book(&sandbox, "a.xlsx", &rows, |sheet| {
        sheet.merge_range(1, 0, 2, 0, "示例一厂", &Format::new()).unwrap();
    });
    refused(
        &sandbox,
        "import members a.xlsx --edition 1",
        "the code belongs to `91440114DEM0000228`, the name `示例一厂` to 91440114DEM000014D",
        "该代码属于 91440114DEM0000228，而名称“示例一厂”属于 91440114DEM000014D",
    );
}

#[test]
fn a_sign_in_sheet_that_fits_two_activities() {
    let sandbox = two_firms();
    for id in ["morning", "evening"] {
        sandbox.done(&format!(
            "kunpeng activity add id={id} edition=1 aspect=courses title=财税课程 date=2023-05-01"
        ));
    }
    sandbox.write("a.csv", "财税课程签到表,,\n时间：2023年5月1日,,\n单位,姓名,签名\n示例一厂,某甲,\n");
    refused(&sandbox, "import attendance a.csv", "fits several activities", "与多次活动相符");
}

#[test]
fn a_range_of_days_that_ends_before_it_begins() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "活动名称,活动类别,日期\n财税课程,courses,2023年5月9日-5月7日\n");
    refused(
        &sandbox,
        "import activities a.csv --edition 1",
        "`2023年5月9日-5月7日` ends before it begins",
        "“2023年5月9日-5月7日”的结束日期早于开始日期",
    );
}

#[test]
fn an_own_field_that_is_built_in_already_or_of_an_unknown_kind() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称\n示例三厂\n");
    sandbox.run("rm -r data/rulesets");
    for (field, en, zh) in [
        ("town = { name = \"镇\", kind = \"text\" }", "`town`", "town"),
        ("size = { name = \"规模\", kind = \"texts\" }", "`texts` is not one of", "“texts”"),
    ] {
        sandbox.write("data/programme.toml", format!("{PROGRAMME}\n[fields.enterprises]\n{field}\n"));
        refused(&sandbox, "import enterprises a.csv", en, zh);
    }
}

#[test]
fn a_value_for_a_column_that_is_there() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称,镇街\n示例一厂,示例镇\n");
    refused(
        &sandbox,
        "import enterprises a.csv --set town=别镇",
        "the sheet has `town` already, in the column `镇街`",
        "表中已有字段 town：“镇街”列",
    );
}

#[test]
fn a_word_that_nobody_used() {
    let sandbox = two_firms();
    sandbox.write("a.csv", "企业名称,镇街\n示例一厂,示例镇\n");
    refused(
        &sandbox,
        "import enterprises a.csv --word 立项=approved",
        "no cell holds the word `立项`",
        "没有单元格含有“立项”一词",
    );
}
