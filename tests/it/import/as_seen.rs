//! A property: whatever number formats, merges, titles, sections, sums and notes a table has, what comes back of it is
//! what a person sees.

use kunpeng::import::columns::given::Given;
use kunpeng::import::columns::kind::ImportKind;
use kunpeng::import::columns::names::{ColumnNames, GivenColumns};
use kunpeng::import::columns::select::tables;
use kunpeng::import::plan::Planner;
use kunpeng::import::plan::options::{Namesakes, OnConflict, Options};
use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::{ReadOptions, sheets};
use kunpeng::model::finding::RecordRef;
use kunpeng::model::kind::Kind;
use kunpeng::model::meter::Meter;
use kunpeng::model::records::Records;
use kunpeng::model::value::Value;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::store_of;

/// What is written into a cell, with its number format.
#[derive(Debug, Clone)]
enum Written {
    Text(String),
    Number(Decimal, String),
    Words(String, String),
}

/// A cell, and what a person reads in it.
#[derive(Debug, Clone)]
struct Cell {
    written: Written,
    seen: String,
}

/// A row: who, how many rows of the same enterprise its cell is merged over, and the other cells.
#[derive(Debug, Clone)]
struct Row {
    firm: usize,
    day: Cell,
    sum: Cell,
    heads: Cell,
    number: Cell,
    share: u32,
}

/// A table, and what stands around its rows.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one more thing a table may have")]
struct Page {
    rows: Vec<Row>,
    shares: usize,
    titles: usize,
    is_grouped: bool,
    has_sections: bool,
    has_sums: bool,
    has_merges: bool,
    notes: usize,
    has_gap: bool,
    /// Whether the unit stands in a line above and not in the header.
    has_unit_line: bool,
    /// Whether the header stands again below each title of a section.
    repeats_header: bool,
}

fn number(value: u32, code: &str, seen: String) -> Cell {
    Cell { written: Written::Number(value.into(), code.to_owned()), seen }
}

fn plain(text: String) -> Cell {
    Cell { written: Written::Text(text.clone()), seen: text }
}

/// An amount of so many thousands of yuan, in a column of 万元.
fn sum() -> impl Strategy<Value = Cell> {
    (1..90_000_u32, 0..7_usize).prop_map(|(thousands, how)| {
        let seen = (u64::from(thousands) * 1000).to_string();
        let shown = format!("{}.{}", thousands / 10, thousands % 10);
        let ten_thousands = Decimal::new(thousands.into(), 1);
        let yuan = Decimal::from(thousands * 1000);
        let written = match how {
            0 => Written::Number(ten_thousands, "General".into()),
            1 => Written::Number(ten_thousands, "#,##0.00_ ;[Red]-#,##0.00 ".into()),
            2 => Written::Number(yuan, "0!.0,".into()),
            3 => Written::Number(yuan, "0!.0,\"万元\"".into()),
            4 => Written::Number(ten_thousands, "0.0\"万元\"".into()),
            5 => Written::Text(format!("{shown}万")),
            _ => Written::Text(shown),
        };
        Cell { written, seen }
    })
}

/// So many persons.
fn heads() -> impl Strategy<Value = Cell> {
    (1..999_u32, 0..5_usize).prop_map(|(count, how)| match how {
        0 => number(count, "General", count.to_string()),
        1 => number(count, "0\"人\"", count.to_string()),
        2 => number(count, "0000", count.to_string()),
        3 => number(count, "0_);[Red](0)", count.to_string()),
        _ => plain(count.to_string()),
    })
}

/// The number of a document.
fn document() -> impl Strategy<Value = Cell> {
    (1..99_999_u32, 0..5_usize).prop_map(|(count, how)| match how {
        0 => number(count, "00000000", format!("{count:08}")),
        1 => number(count, "\"KP\"000", format!("KP{count:03}")),
        2 => number(count, "General", count.to_string()),
        3 => Cell {
            written: Written::Words(format!("{count:06}"), "\"粤\"@".into()),
            seen: format!("粤{count:06}"),
        },
        _ => plain(format!("样〔2023〕{count}号")),
    })
}

/// A day of 2023, or as much of it as is shown.
fn day() -> impl Strategy<Value = Cell> {
    (0..365_u32, 0..11_usize).prop_map(|(after, how)| {
        let day = chrono::NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + chrono::Days::new(after.into());
        let seen = |form: &str| day.format(form).to_string();
        let whole = seen("%Y-%m-%d");
        let serial = |code: &str, seen: String| number(44_927 + after, code, seen);
        let text =
            |form: &str, as_seen: &str| Cell { written: Written::Text(seen(form)), seen: seen(as_seen) };
        match how {
            0 => serial("yyyy-mm-dd", whole),
            1 => serial("yyyy\"年\"m\"月\"d\"日\"", whole),
            2 => serial("General", whole),
            3 => serial("yyyy\"年\"m\"月\"", seen("%Y-%m")),
            4 => serial("mmm-yy", seen("%Y-%m")),
            5 => serial("yyyy", seen("%Y")),
            6 => serial("m\"月\"d\"日\"", whole),
            7 => serial("[$-804]yyyy/m/d;@", whole),
            8 => text("%Y.%-m.%-d", "%Y-%m-%d"),
            9 => text("%Y年%-m月%-d日", "%Y-%m-%d"),
            _ => text("%Y年%-m月", "%Y-%m"),
        }
    })
}

fn row() -> impl Strategy<Value = Row> {
    (0..FIRMS.len(), day(), sum(), heads(), document(), 0..10_000_u32)
        .prop_map(|(firm, day, sum, heads, number, share)| Row { firm, day, sum, heads, number, share })
}

fn page() -> impl Strategy<Value = Page> {
    let rows = proptest::collection::vec(row(), 1..14);
    let flags = proptest::array::uniform7(any::<bool>());
    (rows, 0..3_usize, 0..3_usize, 0..3_usize, flags).prop_map(|(mut rows, shares, titles, notes, flags)| {
        rows.sort_by_key(|row| row.firm);
        let [is_grouped, has_sections, has_sums, has_merges, has_gap, has_unit_line, repeats_header] = flags;
        Page {
            rows,
            shares,
            titles,
            is_grouped,
            has_sections,
            has_sums,
            has_merges,
            notes,
            has_gap,
            has_unit_line,
            repeats_header,
        }
    })
}

const FIRMS: [&str; 5] =
    ["示例甲厂", "示例乙科技有限公司", "示例合计软件有限公司", "示例丁镇实业公司", "示例戊中心"];

/// The columns; the fourth to the sixth may stand below one heading.
const HEADERS: [&str; 8] =
    ["序号", "企业名称", "项目名称", "申报日期", "申请金额（万元）", "参与人数", "登记号", "出资份额"];

fn write(sheet: &mut Worksheet, row: u32, column: u16, written: &Written) {
    let format = |code: &str| Format::new().set_num_format(code);
    match written {
        Written::Text(text) => sheet.write_string(row, column, text),
        Written::Words(text, code) => sheet.write_string_with_format(row, column, text, &format(code)),
        Written::Number(number, code) => {
            sheet.write_number_with_format(row, column, float(*number), &format(code))
        }
    }
    .unwrap();
}

fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap()
}

/// A line over the whole width.
fn line(sheet: &mut Worksheet, row: u32, text: &str) {
    let last = u16::try_from(HEADERS.len()).unwrap() - 1;
    sheet.merge_range(row, 0, row, last, text, &Format::new()).unwrap();
}

/// A share as the column of shares writes all of them.
fn share(row: &Row, how: usize) -> Written {
    let percent = Decimal::new(row.share.into(), 2);
    match how {
        0 => Written::Number(Decimal::new(row.share.into(), 4), "0.00%".into()),
        1 => Written::Number(percent, "0.00\"%\"".into()),
        _ => Written::Text(format!("{}%", percent.normalize())),
    }
}

fn workbook(page: &Page) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut at = 0;
    for title in ["2023年度示例计划项目申报情况表", "填报单位：示例局（盖章）    填报日期：2024年1月5日"]
        .iter()
        .take(page.titles.max(1))
    {
        line(sheet, at, title);
        at += 1;
    }
    if page.has_unit_line {
        line(sheet, at, "制表：示例科    金额单位：万元");
        at += 1;
    }
    at = header(sheet, at, page);
    let mut section = None;
    let mut part = Decimal::ZERO;
    for (index, row) in page.rows.iter().enumerate() {
        let town = row.firm % 2;
        if page.has_sections && section != Some(town) {
            if page.has_sums && section.is_some() {
                at = total(sheet, at, "小计", part);
            }
            (section, part) = (Some(town), Decimal::ZERO);
            line(sheet, at, ["一、示例东镇（若干家）", "二、示例西街道"][town]);
            at += 1;
            if page.repeats_header {
                at = header(sheet, at, page);
            }
        }
        part += sum_of(row);
        sheet.write_number(at, 0, f64::from(u32::try_from(index).unwrap() + 1)).unwrap();
        let is_first = |other: usize| other == 0 || page.rows[other - 1].firm != row.firm;
        let same = page.rows[index..].iter().take_while(|other| other.firm == row.firm).count();
        if !page.has_merges || same == 1 && is_first(index) {
            sheet.write_string(at, 1, FIRMS[row.firm]).unwrap();
        } else if is_first(index) {
            let last = at + u32::try_from(same).unwrap() - 1;
            sheet.merge_range(at, 1, last, 1, FIRMS[row.firm], &Format::new()).unwrap();
        }
        sheet.write_string(at, 2, scheme(index)).unwrap();
        for (column, cell) in (3..).zip([&row.day, &row.sum, &row.heads, &row.number]) {
            write(sheet, at, column, &cell.written);
        }
        write(sheet, at, 7, &share(row, page.shares));
        at += 1;
    }
    if page.has_sums {
        at = total(sheet, at, "合 计", page.rows.iter().map(sum_of).sum());
    }
    at += u32::from(page.has_gap);
    for note in ["注：以上数据由企业填报。", "填表人：某某    联系电话：000"].iter().take(page.notes)
    {
        line(sheet, at, note);
        at += 1;
    }
    book.save_to_buffer().unwrap()
}

fn header(sheet: &mut Worksheet, at: u32, page: &Page) -> u32 {
    let bare =
        |name: &'static str| if page.has_unit_line { name.trim_end_matches("（万元）") } else { name };
    let names = (0..).zip(HEADERS.map(bare));
    if !page.is_grouped {
        for (column, name) in names {
            sheet.write_string(at, column, name).unwrap();
        }
        return at + 1;
    }
    sheet.merge_range(at, 3, at, 5, "申报情况", &Format::new()).unwrap();
    for (column, name) in names {
        if (3..=5).contains(&column) {
            sheet.write_string(at + 1, column, name).unwrap();
        } else {
            sheet.merge_range(at, column, at + 1, column, name, &Format::new()).unwrap();
        }
    }
    at + 2
}

fn total(sheet: &mut Worksheet, at: u32, name: &str, sum: Decimal) -> u32 {
    sheet.merge_range(at, 0, at, 2, name, &Format::new()).unwrap();
    write(sheet, at, 4, &Written::Number(sum, "#,##0.0".into()));
    at + 1
}

fn sum_of(row: &Row) -> Decimal {
    row.sum.seen.parse::<Decimal>().unwrap() / Decimal::from(10_000)
}

fn scheme(index: usize) -> String {
    format!("示例项目{}", index + 1)
}

fn store() -> Records {
    let folder = crate::sandbox::scratch();
    let fields = r#"
[fields.projects]
heads = { name = "参与人数", kind = "count" }
number = { name = "登记号", kind = "text" }
part = { name = "出资份额", kind = "share" }
"#;
    let firms = FIRMS.iter().enumerate().map(|(at, name)| (format!("firm-{at}"), *name));
    let store = store_of(&folder, fields, firms);
    let snapshot = store.load().unwrap();
    assert!(snapshot.is_sound(), "{:?}", snapshot.findings);
    snapshot.records
}

/// What a person would enter of a row.
fn entered(index: usize, row: &Row) -> String {
    let part = Decimal::new(row.share.into(), 4).normalize();
    let [day, sum, heads, number] =
        [&row.day, &row.sum, &row.heads, &row.number].map(|cell| cell.seen.as_str());
    format!("{} {day} {sum} {heads} {number} {part}", scheme(index))
}

/// What the projects of an enterprise say.
fn stored(record: &Value) -> Vec<String> {
    let text = |value: Option<&Value>| value.map_or_else(|| "-".to_owned(), ToString::to_string);
    let of = |project: &Value| {
        let Value::Table(project) = project else { return String::new() };
        let Some(Value::Table(more)) = project.get("more") else { return String::new() };
        let [scheme, day, sum] = ["scheme", "submitted", "requested"].map(|key| text(project.get(key)));
        let [heads, number, part] = ["heads", "number", "part"].map(|key| text(more.get(key)));
        format!("{scheme} {day} {sum} {heads} {number} {part}")
    };
    let mut projects: Vec<String> = record.list("projects").iter().map(of).collect();
    projects.sort();
    projects
}

fn comes_back(records: &Records, page: &Page) -> Result<(), TestCaseError> {
    let reading = ReadOptions { limits: Limits::default(), ..ReadOptions::default() };
    let given = GivenColumns { set: vec![("state".into(), "submitted".into())], ..GivenColumns::default() };
    let headers = ColumnNames::of(ImportKind::Projects, records, None, given).unwrap();
    let read_workbook =
        |bytes: &[u8], format| kunpeng::import::read::workbook::sheets(bytes, format, &reading.limits);
    let file = sheets(&workbook(page), &reading, &read_workbook)
        .map_err(|error| TestCaseError::fail(error.message.to_string()))?;
    let tables = tables("table.xlsx", file, &reading, &headers)
        .map_err(|found| TestCaseError::fail(format!("{found:#?}")))?;
    let options = Options {
        kind: ImportKind::Projects,
        edition: None,
        role: None,
        on_conflict: OnConflict::Update,
        given: Given::default(),
        activity: None,
        with_contacts: false,
        namesakes: Namesakes::default(),
        period: None,
    };
    let meter = Meter::default();
    let planner = Planner { records, tables: &tables, headers: &headers, options: &options, meter: &meter };
    let plan = planner.plan();
    let said: Vec<String> = plan.findings.iter().map(|finding| format!("{finding:?}")).collect();
    prop_assert!(said.is_empty(), "{}", said.join("\n"));
    let warnings: Vec<_> = tables.iter().flat_map(|table| &table.warnings).collect();
    prop_assert!(warnings.is_empty(), "{warnings:?}");
    let drafted = plan.drafted.as_ref().unwrap();
    for (firm, name) in FIRMS.iter().enumerate() {
        let rows = page.rows.iter().enumerate().filter(|(_, row)| row.firm == firm);
        let mut expected: Vec<String> = rows.map(|(index, row)| entered(index, row)).collect();
        expected.sort();
        let record = drafted.after(&RecordRef::new(Kind::Enterprise, format!("firm-{firm}"))).unwrap();
        prop_assert_eq!(stored(&record), expected, "{}", name);
    }
    Ok(())
}

#[test]
fn what_comes_back_of_a_table_is_what_a_person_sees() {
    let records = store();
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner.run(&page(), |page| comes_back(&records, &page)).unwrap_or_else(|error| panic!("{error}"));
}
