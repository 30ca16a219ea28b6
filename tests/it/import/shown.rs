//! Cells that show something else than they store, and numbers that may be two numbers.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;

use crate::sandbox::Sandbox;

/// A cell of a workbook.
enum Cell {
    Text(&'static str),
    Number(f64, &'static str),
    Day(&'static str, &'static str),
    Words(&'static str, &'static str),
}
use Cell::{Day, Number, Text, Words};

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) {
    let format = |code: &str| Format::new().set_num_format(code);
    match cell {
        Text(text) => sheet.write_string(row, column, *text),
        Words(text, code) => sheet.write_string_with_format(row, column, *text, &format(code)),
        Number(number, code) => sheet.write_number_with_format(row, column, *number, &format(code)),
        Day(day, code) => {
            let day = ExcelDateTime::parse_from_str(day).unwrap();
            sheet.write_datetime_with_format(row, column, &day, &format(code))
        }
    }
    .unwrap();
}

fn workbook(rows: &[&[Cell]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            write(sheet, row.try_into().unwrap(), column.try_into().unwrap(), cell);
        }
    }
    book.save_to_buffer().unwrap()
}

/// What becomes of the first row of a table: what changes, or why it is refused.
fn first_row(sandbox: &Sandbox, line: &str) -> String {
    let outcome = sandbox.run(&format!("{line} --dry-run --format json -q"));
    let tables: Value =
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{}", outcome.text()));
    let row = &tables["tables"][0]["rows"][0];
    match row["disposition"].as_str() {
        Some("refused") => format!("refused: {}", row["reason"].as_str().unwrap()),
        _ if row["field"].is_null() => row["new"].to_string().trim_matches('"').to_owned(),
        _ => format!("{} = {}", row["field"].as_str().unwrap(), row["new"].as_str().unwrap()),
    }
}

/// Imports one figure of one enterprise.
fn figure(header: &'static str, cell: Cell, options: &str) -> String {
    let sandbox = Sandbox::small();
    sandbox.write("book.xlsx", workbook(&[&[Text("enterprise"), Text(header)], &[Text("alpha"), cell]]));
    let shown = first_row(&sandbox, &format!("kunpeng import indicators book.xlsx --period 2030 {options}"));
    shown.replace("indicators.2030.", "")
}

#[test]
fn money_is_what_is_shown_or_refused_with_both_readings() {
    for (header, number, code, shown) in [
        ("revenue（万元）", 12_345_678.0, "0!.0,", "revenue = 12345678"),
        ("revenue（千元）", 12_345_678.0, "#,##0,", "revenue = 12345678"),
        ("revenue（亿元）", 12_345.6, "0!.0000", "revenue = 123456000"),
        ("revenue", 12_345_678.0, "0!.0,\"万\"", "revenue = 12345678"),
        ("revenue（元）", 12_345_678.0, "0!.0,\"万\"", "revenue = 12345678"),
        ("revenue（万元）", 1200.0, "0\"万元\"", "revenue = 12000000"),
        ("revenue（万元）", 1200.0, "#,##0.00;[Red]-#,##0.00", "revenue = 12000000"),
        ("revenue（万元）", -5.0, "#,##0;(#,##0)", "revenue = -50000"),
        ("revenue", 12_345_678.0, "#,##0,", "refused: the cell shows `12345.678` and stores `12345678`"),
        (
            "revenue（元）",
            12_345_678.0,
            "#,##0,",
            "refused: the cell shows `12345.678` and stores `12345678`",
        ),
        (
            "revenue（万元）",
            12_345_678.0,
            "0\"元\"",
            "refused: `12345678元` has a unit other than its column; the cell shows `12345678元` and stores `12345678`",
        ),
        (
            "revenue（万元）",
            0.05,
            "0%",
            "refused: `5%` is not a number; the cell shows `5%` and stores `0.05`",
        ),
        ("revenue（万元）", 5.0, "0;-0;;@", "revenue = 50000"),
        ("revenue（万元）", 5.0, ";;;", "refused: the cell stores `5` and does not show it"),
        ("revenue（万元）", -5.0, "0;0", "refused: the cell stores `-5` and does not show it"),
        (
            "revenue（万元）",
            5.0,
            "[$€-407]0",
            "refused: `€5` is not a number; the cell shows `€5` and stores `5`",
        ),
    ] {
        assert_eq!(figure(header, Number(number, code), ""), shown, "{header} {code}");
    }
    assert_eq!(figure("revenue", Number(12_345.0, "#,##0,"), "--unit 千元"), "revenue = 12345");
}

#[test]
fn people_are_what_is_shown_or_refused_with_both_readings() {
    for (number, code, shown) in [
        (12.0, "0\"人\"", "employees = 12"),
        (12.0, "000", "employees = 12"),
        (0.12, "0%", "refused: `12%` is not a number; the cell shows `12%` and stores `0.12`"),
        (12_000.0, "0,", "refused: the cell shows `12` and stores `12000`"),
        (12.0, "\"约\"0", "refused: `约12` is not a number; the cell shows `约12` and stores `12`"),
    ] {
        assert_eq!(figure("employees", Number(number, code), ""), shown, "{code}");
    }
}

/// Imports one title of one enterprise.
fn title(document: Cell, recognised: Cell, options: &str) -> String {
    let sandbox = Sandbox::shipped();
    let head = [Text("企业"), Text("资质名称"), Text("证书编号"), Text("发证日期")];
    let row = [Text("示例星尘科技有限公司"), Text("高新技术企业"), document, recognised];
    sandbox.write("list.csv", "企业名称\n示例星尘科技有限公司\n");
    sandbox.done("kunpeng import enterprises list.csv");
    sandbox.write("book.xlsx", workbook(&[&head, &row]));
    let shown = first_row(&sandbox, &format!("kunpeng import recognitions book.xlsx {options}"));
    shown.replace("recognitions[1].", "").replace("title = hnte, ", "")
}

#[test]
fn numbers_of_documents_are_what_is_shown_and_are_whole() {
    for (cell, shown) in [
        (Number(1234.0, "00000000"), "document = 00001234, recognised = 2023"),
        (Number(12.0, "\"KP\"000"), "document = KP012, recognised = 2023"),
        (Words("0012", "\"粤\"@"), "document = 粤0012, recognised = 2023"),
        (Words("0012", "0;0;0;\"粤\"@"), "document = 粤0012, recognised = 2023"),
        (Number(202_344_001_234_567.0, "0"), "refused: `202344001234567` is a code that has lost digits"),
        (Text("2.02E+14"), "refused: `2.02E+14` is a code that has lost digits"),
        (Number(202_344_001_234.0, "0"), "document = 202344001234, recognised = 2023"),
    ] {
        assert_eq!(title(cell, Text("2023"), ""), shown);
    }
}

#[test]
fn a_date_is_as_exact_as_what_is_shown() {
    for (cell, options, shown) in [
        (Day("2023-05-01", "yyyy\"年\"m\"月\""), "", "document = x, recognised = 2023-05"),
        (Day("2023-05-01", "mmm-yy"), "", "document = x, recognised = 2023-05"),
        (Day("2023-05-01", "yyyy"), "", "document = x, recognised = 2023"),
        (Day("2023-05-01", "m\"月\"d\"日\""), "--year 2022", "document = x, recognised = 2022-05-01"),
        (Day("2023-05-01", "m\"月\"d\"日\""), "", "refused: the cell shows `5月1日` and stores `2023-05-01`"),
        (Day("2023-05-01T09:30:00", "yyyy-mm-dd hh:mm"), "", "document = x, recognised = 2023-05-01"),
        (
            Day("2023-05-01T09:30:00", "h:mm"),
            "",
            "refused: `09:30` is a time of day and no date; the cell shows `09:30` and stores `2023-05-01 09:30:00`",
        ),
        (Number(0.0, "yyyy-mm-dd"), "", "refused: `1900-01-00` is not a date"),
        (Number(0.5, "yyyy-mm-dd"), "", "refused: `12:00:00` is a time of day and no date"),
        (
            Number(2023.0, "yyyy/m/d"),
            "",
            "refused: the cell shows `1905-07-15` and stores 2023, which may be a year",
        ),
        (Number(202_310.0, "0000!.00"), "", "document = x, recognised = 2023-10"),
        (Number(20_230_501.0, "0000-00-00"), "", "document = x, recognised = 2023-05-01"),
    ] {
        assert_eq!(title(Text("x"), cell, options), shown);
    }
}

/// Imports a csv of figures; what the first row becomes.
fn separated(text: &str, options: &str) -> String {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", text);
    let shown = first_row(&sandbox, &format!("kunpeng import indicators table.csv --period 2030 {options}"));
    shown.replace("indicators.2030.", "")
}

#[test]
fn what_may_be_thousands_or_decimals_is_refused_where_anything_speaks_of_commas() {
    let ambiguous = |text: &str, bare: &str, decimal: &str| {
        format!("refused: `{text}` may be {bare} or {decimal}: something speaks of decimal commas here")
    };
    let comma = |text: &str| format!("refused: `{text}` has a comma before its decimals, or is no number");
    for (table, options, shown) in [
        ("enterprise,revenue\nalpha,1.000\nbeta,2.5\n", "", "revenue = 1".to_owned()),
        ("enterprise,revenue\nalpha,\"1,000\"\n", "", "revenue = 1000".to_owned()),
        ("enterprise,revenue\nalpha,1.000\nbeta,\"2,5\"\n", "", ambiguous("1.000", "1000", "1.000")),
        ("enterprise,revenue\nalpha,-3.000\nbeta,\"1.234,56\"\n", "", ambiguous("-3.000", "3000", "3.000")),
        ("enterprise,revenue\nalpha,1.000\nbeta,\"2,5\"\n", "--decimal ,", "revenue = 1000".to_owned()),
        ("enterprise,revenue\nalpha,1.000\n", "--decimal ,", "revenue = 1000".to_owned()),
        ("enterprise;revenue\nalpha;0,125\n", "", comma("0,125")),
        ("enterprise;revenue\nalpha;0,125\n", "--decimal ,", "revenue = 0.125".to_owned()),
        ("enterprise;revenue\nalpha;1.000\n", "", ambiguous("1.000", "1000", "1.000")),
        ("enterprise;revenue\nalpha;1,000\n", "", ambiguous("1,000", "1000", "1.000")),
        ("enterprise;revenue\nalpha;1,000\n", "--decimal .", "revenue = 1000".to_owned()),
        ("enterprise,revenue\nalpha,\"1.234.567\"\n", "--decimal ,", "revenue = 1234567".to_owned()),
        ("enterprise,revenue\nalpha,\"12,5\"\n", "--decimal .", comma("12,5")),
        ("enterprise,employees\nalpha,1.000\nbeta,2.000\n", "--decimal ,", "employees = 1000".to_owned()),
        ("enterprise,employees\nalpha,12人\n", "", "employees = 12".to_owned()),
    ] {
        assert_eq!(separated(table, options), shown, "{table} {options}");
    }
}

#[test]
fn a_programme_may_say_that_its_tables_have_decimal_commas() {
    let sandbox = Sandbox::small();
    let programme = sandbox.read("data/programme.toml");
    sandbox.write("data/programme.toml", format!("decimal = \",\"\n{programme}"));
    sandbox.write("table.csv", "enterprise,revenue\nalpha,\"12,5\"\nbeta,1.000\n");
    let outcome = sandbox.run("kunpeng import indicators table.csv --period 2030").text();
    assert!(outcome.contains("`1.000` may be 1000 or 1.000"), "{outcome}");
    sandbox.done("kunpeng import indicators table.csv --period 2030 --decimal ,");
    let show = sandbox.json("kunpeng enterprise show alpha --format json");
    assert_eq!(show["indicators"]["2030"]["revenue"].to_string(), "12.5");
}

#[test]
fn an_old_workbook_is_read_by_its_number_formats() {
    let sandbox = Sandbox::shipped();
    sandbox.write("list.csv", "企业名称\n示例一厂\nalpha\nbeta\n");
    sandbox.done("kunpeng import enterprises list.csv");
    let fixture = std::fs::read("tests/fixtures/import/number-formats.xls").unwrap();
    sandbox.write("book.xls", fixture);
    let shown = |line: &str| {
        let outcome = sandbox.run(&format!("{line} --accept-valid --dry-run --format json -q"));
        let tables: Value = serde_json::from_str(&outcome.stdout).unwrap();
        let row = |row: &Value| {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            format!("{}{}", text("new"), text("reason"))
        };
        tables["tables"][0]["rows"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(
        shown("kunpeng import recognitions book.xls --sheet 资质"),
        [
            "recognitions[1].title = hnte, recognitions[1].document = GR00001234, recognitions[1].recognised = 2023-11-16",
            "recognitions[2].title = innovative-sme, recognitions[2].document = 12.5, recognitions[2].recognised = 2023-11",
            "recognitions[3].title = srdi, recognitions[3].document = KP012, recognitions[3].recognised = 2023",
            "recognitions[4].title = tech-sme, recognitions[4].document = 粤0012, recognitions[4].recognised = 2023-11",
            "the cell shows `11月16日` and stores `2023-11-16`",
            "recognitions[5].title = little-giant, recognitions[5].document = 77, recognitions[5].recognised = 2023-11-16",
        ]
    );
    assert_eq!(
        shown("kunpeng import indicators book.xls --sheet 指标 --period 2030"),
        [
            "indicators.2030.employees = 12, indicators.2030.profit = 12345678, indicators.2030.rd_staff = 3, indicators.2030.revenue = 12345678, indicators.2030.tax = 12000000",
            "`12%` is not a number; the cell shows `12%` and stores `0.12`; `约12` is not a number; the cell shows `约12` and stores `12`; the cell shows `12345.678` and stores `12345678`; the cell stores `5` and does not show it",
        ]
    );
}
