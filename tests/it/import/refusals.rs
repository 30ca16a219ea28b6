//! What an import refuses, and what it says of it.

use std::fmt::Write;

use snapbox::{assert_data_eq, str};

use crate::sandbox::Sandbox;

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
2 rows: 2 refused
error: rows 2 and 3 say the same thing of enterprise `alpha`
  --> table.csv, row 2
  --> table.csv, row 3
  rule: duplicate-row
  help: none of them is taken: keep the right one

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
1 row: 1 refused
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
  help: export the table again, or choose another file

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
  help: export the table again, or choose another file

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
error: the column `foundet` is not known
  --> table.csv, row 1, column 2 (B1): `foundet`
  rule: unknown-column
  help: did you mean `founded`? say so with `--map "foundet=founded"`

1 error in 1 file; nothing was changed
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
  help: check its name and its permissions

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
fn refuses_one_header_twice_and_says_how_to_tell_them_apart() {
    refused(
        "enterprises",
        "name,name\nGamma Sample,Delta Sample\n",
        str![[r#"
--- stderr
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

#[test]
fn a_bad_figure_under_a_header_with_its_year_is_one_fault() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "企业名称,2023年营业收入（万元）\nBeta Sample,约12\n");
    let outcome = sandbox.run("kunpeng import indicators table.csv");
    assert_eq!(outcome.code, Some(3));
    assert!(outcome.stderr.contains("1 error in 1 file"), "{}", outcome.stderr);
}

#[test]
fn an_archive_of_tables_says_what_to_do_with_it() {
    let sandbox = Sandbox::small();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["one/members.xlsx", "two.csv", "__MACOSX/two.csv", "read.me"] {
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name, stored).unwrap();
    }
    sandbox.write("tables.zip", archive.finish().unwrap().into_inner());
    sandbox.refuses(
        "kunpeng import members tables.zip",
        3,
        str![[r#"
--- stderr
error: `tables.zip` is a zip archive and not a workbook
  --> tables.zip
  rule: unreadable-table
  help: unpack it, and import what is in it: one/members.xlsx, two.csv

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng import --all tables.zip",
        1,
        str![[r#"
--- stderr
error: `tables.zip` is a file, and no workbook of `export --all`
  help: unpack an archive and name the folder; a table of one kind is imported with `kunpeng import KIND FILE`
--- exit 1

"#]],
    );
}

#[test]
fn a_label_is_no_name_of_an_enterprise() {
    let sandbox = Sandbox::new();
    // A form with too few labels to be told from a table.
    sandbox.write("sheet.csv", "企业名称,示例一厂\n成立时间,2015年\n");
    let outcome = sandbox.run("kunpeng import enterprises sheet.csv --lang zh");
    assert_data_eq!(
        outcome.text(),
        str![[r#"
--- stderr
未导入的列：示例一厂（没有对应字段）
共 1 行：拒绝 1 行
错误：“成立时间”是列名，不是企业名称
  --> sheet.csv，第 2 行第 1 列（A2）：成立时间
  规则：ragged-row
  办法：请清空该行；如为单企业表单，工作表中请只保留标签及其内容

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]]
    );
    assert_eq!(sandbox.json("kunpeng enterprise list --format json"), serde_json::json!([]));
}

#[test]
fn a_figure_that_counts_has_no_decimals_whoever_enters_it() {
    let sandbox = super::two_firms();
    let said = "“12.5”不是整数，而“从业人员期末人数”是计数指标";
    sandbox
        .write("list.csv", "企业名称,2023年从业人员,2023年营业收入\n示例一厂,12.5,8.5\n示例二厂,12.0,8.5\n");
    let shown = sandbox.run("kunpeng import indicators list.csv --lang zh --accept-valid").text();
    assert!(shown.contains(said) && shown.contains("新增 1 行，拒绝 1 行"), "{shown}");
    sandbox.write("rows.csv", "企业名称,指标名称,2023年\n示例一厂,从业人员,12.5\n");
    let shown = sandbox.run("kunpeng import indicators rows.csv --lang zh").text();
    assert!(shown.contains(said), "{shown}");
    for line in [
        "kunpeng enterprise set 示例一厂 indicators.2023.employees=12.5",
        "kunpeng indicator add 示例一厂 2023 employees=12.5",
    ] {
        let outcome = sandbox.run(&format!("{line} --lang zh"));
        assert!(outcome.text().contains(said) && outcome.code == Some(3), "{}", outcome.text());
    }
    sandbox.done("kunpeng indicator add 示例一厂 2023 employees=12.0 revenue=8.5");
}
