//! What is read from every fixture of `tests/fixtures/import`, and that tables in every encoding and form read back.

use std::fmt::Write as _;
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use kunpeng::cli::reader::sheets_by;
use kunpeng::import::columns::given::Given;
use kunpeng::import::columns::kind::ImportKind;
use kunpeng::import::columns::names::{ColumnNames, GivenColumns};
use kunpeng::import::columns::select::tables;
use kunpeng::import::layout::table::DataTable;
use kunpeng::import::plan::options::{OnConflict, Options};
use kunpeng::import::plan::{Plan, Planner};
use kunpeng::import::read::blank::unguarded;
use kunpeng::import::read::error::ReadError;
use kunpeng::import::read::format::FileFormat;
use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::sheet::Sheet;
use kunpeng::import::read::{ReadOptions, sheets};
use kunpeng::model::finding::{Finding, Place};
use kunpeng::model::meter::Meter;
use kunpeng::model::records::Records;
use proptest::prelude::*;

use super::store_of;

const FOLDER: &str = "tests/fixtures/import";

/// The kind each fixture is read as, where it is not a table of enterprises.
const INDICATORS: &[&str] = &[
    "amounts.csv",
    "blanks.csv",
    "booleans-and-text-numbers.xlsx",
    "column-without-period.csv",
    "formula-errors.xlsx",
    "grouped-header.xlsx",
    "half-years.csv",
    "near-name-is-not-taken.csv",
    "numbered-columns.xlsx",
    "subtotals.xlsx",
    "title-unit-and-total.xlsx",
    "totals-wrong.csv",
    "two-level-header.csv",
    "two-level-merged-header.xlsx",
    "unit-conflict-in-cell.csv",
    "unit-conflict-with-line.csv",
];

fn store() -> Records {
    let folder = crate::sandbox::scratch();
    let firms = [
        ("one", "示例一厂\"\ncode = \"91440114DEM0000127"),
        ("two", "示例二厂\"\ncode = \"91440114DEM0000202"),
    ];
    let firms = firms.map(|(id, name)| (id.to_owned(), name));
    let store = store_of(&folder, "\n[towns.huashan]\nname = \"花山镇\"\n", firms);
    for folder in ["editions", "activities"] {
        std::fs::create_dir_all(store.root().join(folder)).unwrap();
    }
    std::fs::write(store.root().join("editions/1.toml"), "name = \"第一期\"\n").unwrap();
    for (id, title) in [("opening", "示例开班仪式"), ("course", "示例课程")] {
        let text = format!("edition = \"1\"\naspect = \"courses\"\ntitle = \"{title}\"\ndate = 2023-11-16\n");
        std::fs::write(store.root().join("activities").join(format!("{id}.toml")), text).unwrap();
    }
    let snapshot = store.load().unwrap();
    assert!(snapshot.is_sound(), "{:?}", snapshot.findings);
    snapshot.records
}

fn options(kind: ImportKind) -> Options {
    Options {
        kind,
        edition: None,
        role: None,
        on_conflict: OnConflict::Update,
        given: Given::default(),
        activity: None,
        with_contacts: false,
        namesakes: kunpeng::import::plan::options::Namesakes::default(),
        period: None,
    }
}

fn reading() -> ReadOptions {
    let limits = Limits { unpacked: 10_000_000, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::default() }
}

fn tables_of(
    name: &str,
    bytes: &[u8],
    reading: &ReadOptions,
    headers: &ColumnNames,
) -> Result<Vec<DataTable>, Vec<Finding>> {
    let read_workbook = |bytes: &[u8], format| {
        sheets_by(Path::new(env!("CARGO_BIN_EXE_kunpeng")), bytes, format, &reading.limits)
    };
    let file = sheets(bytes, reading, &read_workbook).map_err(|error| vec![error.of(name)])?;
    tables(name, file, reading, headers)
}

fn shown(finding: &Finding) -> String {
    let places: Vec<String> = finding
        .places
        .iter()
        .map(|place| match place {
            Place::Cell { row, column: Some(column), .. } => format!("row {row} column {column}"),
            Place::Cell { row, .. } => format!("row {row}"),
            other => format!("{other:?}"),
        })
        .collect();
    format!("{} ({}): {}", finding.rule.name, places.join(", "), finding.message)
}

fn read(name: &str, records: &Records) -> String {
    let bytes = std::fs::read(Path::new(FOLDER).join(name)).unwrap();
    let kind = match name {
        name if INDICATORS.contains(&name) => ImportKind::Indicators,
        name if name.starts_with("sign-in") => ImportKind::Attendance,
        _ => ImportKind::Enterprises,
    };
    let headers = ColumnNames::of(kind, records, None, GivenColumns::default()).unwrap();
    let mut text = format!("== {name}\n");
    match tables_of(name, &bytes, &reading(), &headers) {
        Ok(tables) => {
            for table in &tables {
                taken(&mut text, table);
            }
            let options = options(kind);
            let planner = Planner {
                records,
                tables: &tables,
                headers: &headers,
                options: &options,
                meter: &Meter::default(),
            };
            planned(&mut text, &planner.plan());
        }
        Err(found) => found.iter().for_each(|finding| writeln!(text, "! {}", shown(finding)).unwrap()),
    }
    text
}

fn taken(text: &mut String, table: &DataTable) {
    if let Some(name) = &table.name {
        writeln!(text, "sheet {name}").unwrap();
    }
    table.taken.iter().for_each(|taken| writeln!(text, "  {taken}").unwrap());
    table.warnings.iter().for_each(|warning| writeln!(text, "? {}", shown(warning)).unwrap());
}

fn planned(text: &mut String, plan: &Plan<'_>) {
    for row in &plan.rows {
        let mut values = Vec::new();
        plan.differences(row, &mut |path, _, new| {
            values.push(format!("{path}={}", new.map_or_else(String::new, ToString::to_string)));
        });
        let record = row.record.as_ref().map_or("-", |record| record.id.as_str());
        let reason = row.reason.as_ref().filter(|_| row.record.is_none() && plan.findings.is_empty());
        writeln!(
            text,
            "{} {} {record} {}{}",
            row.number,
            row.disposition,
            values.join(" "),
            reason.cloned().unwrap_or_default()
        )
        .unwrap();
    }
    plan.findings.iter().for_each(|finding| writeln!(text, "! {}", shown(finding)).unwrap());
}

#[test]
fn every_fixture_is_read_as_written_down() {
    let records = store();
    let mut names: Vec<String> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "read.txt")
        .collect();
    names.sort();
    assert!(names.len() >= 40);
    let text: Vec<String> = names.iter().map(|name| read(name, &records)).collect();
    snapbox::assert_data_eq!(
        text.join("\n"),
        snapbox::Data::read_from(&Path::new(FOLDER).join("read.txt"), None).raw()
    );
}

/// Cells as people fill them: no controls but a line break, nothing at the ends that a reader would trim.
fn cell() -> impl Strategy<Value = String> {
    "[ -~一-龥０-９（），；“”𠀀-𠀟\n]{0,12}".prop_map(|text| text.trim().to_owned())
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2..6_usize)
        .prop_flat_map(|width| proptest::collection::vec(proptest::collection::vec(cell(), width), 0..12))
}

fn with_header(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let width = rows.first().map_or(2, Vec::len);
    rows.insert(0, (0..width).map(|column| format!("企业名称{column}")).collect());
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

fn csv_in(rows: &[Vec<String>], separator: u8, encoding: &'static Encoding) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let wide = |mark: u16, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    match encoding.name() {
        "UTF-16LE" => wide(0xfeff, u16::to_le_bytes),
        "UTF-16BE" => wide(0xfeff, u16::to_be_bytes),
        _ => encoding.encode(&text).0.into_owned(),
    }
}

fn said(sheet: &Sheet) -> Vec<Vec<String>> {
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |cells: &[kunpeng::import::read::sheet::Cell], column: usize| {
        cells.get(column).map_or_else(String::new, |cell| cell.text.to_string())
    };
    sheet.rows.iter().map(|row| (0..width).map(|column| text(&row.cells, column)).collect()).collect()
}

fn first_sheet(bytes: &[u8]) -> Sheet {
    sheet_in(bytes, None).unwrap()
}

fn sheet_in(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Sheet, ReadError> {
    let limits = Limits::default();
    let read_workbook =
        |bytes: &[u8], format| kunpeng::import::read::workbook::sheets(bytes, format, &limits);
    let file = sheets(bytes, &ReadOptions { encoding, ..ReadOptions::default() }, &read_workbook)?;
    Ok(file.sheets.into_iter().next().unwrap())
}

#[test]
fn a_workbook_of_many_sheets_is_read_every_time() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..40 {
        book.add_worksheet().write_string(0, 0, "企业名称").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_kunpeng"));
    for _ in 0..8 {
        let sheets = sheets_by(program, &bytes, FileFormat::Xlsx, &Limits::default());
        assert_eq!(sheets.map(|sheets| sheets.len()).map_err(|error| error.message), Ok(40));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_table_of_text_reads_back_in_every_encoding(rows in table()) {
        let rows = with_header(rows);
        let plain = |row: &Vec<String>| row.iter().map(|cell| unguarded(cell).to_owned()).collect();
        let plain: Vec<Vec<String>> = rows.iter().map(plain).collect();
        for encoding in [UTF_8, GB18030, UTF_16LE, UTF_16BE] {
            for separator in [b',', b';', b'\t'] {
                let bytes = csv_in(&rows, separator, encoding);
                // Characters at random are few readable words: the encoding may be asked for.
                let read = sheet_in(&bytes, None).or_else(|_| sheet_in(&bytes, Some(encoding))).unwrap();
                prop_assert_eq!(&said(&read), &plain, "{} {}", encoding.name(), separator);
            }
        }
    }

    #[test]
    fn a_workbook_reads_back(rows in table()) {
        let rows = with_header(rows);
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (at, row) in (0..).zip(&rows) {
            for (column, text) in (0..).zip(row) {
                sheet.write_string(at, column, text).unwrap();
            }
        }
        let read = first_sheet(&book.save_to_buffer().unwrap());
        prop_assert_eq!(said(&read), rows);
    }

    #[test]
    fn no_bytes_bring_the_readers_of_text_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read_workbook = |_: &[u8], _| Ok(Vec::new());
        let _ = sheets(&bytes, &ReadOptions::default(), &read_workbook);
    }
}
