//! What several targets need.

use std::sync::LazyLock;

use kunpeng::import::read::sheet::Sheet;
use kunpeng::import::columns::given::Given;
use kunpeng::import::columns::kind::ImportKind;
use kunpeng::import::columns::names::{ColumnNames, GivenColumns};
use kunpeng::import::plan::options::{EnrolAs, OnConflict, Options};
use kunpeng::import::plan;
use kunpeng::import::columns::select::tables;
use kunpeng::import::read::{File, ReadOptions, SheetChoice};
use kunpeng::model::finding::RecordRef;
use kunpeng::model::kind::Kind;
use kunpeng::model::meter::Meter;
use kunpeng::model::programme::{RecordFormat, Programme};
use kunpeng::model::records::Records;
use kunpeng::model::shape::{Faults, Shape};
use kunpeng::model::value::{Table, Value};
use kunpeng::store::document::{parse, update, write};

/// The sample programme, and nothing else.
pub static RECORDS: LazyLock<Records> = LazyLock::new(|| {
    let value = parse(RecordFormat::Toml, include_str!("../../../data/programme.toml")).unwrap();
    Records::new(Programme::read(value, &mut Faults::default()).unwrap())
});

static HEADERS: LazyLock<Vec<(ImportKind, ColumnNames)>> = LazyLock::new(|| {
    let of = |kind: &ImportKind| (*kind, ColumnNames::of(*kind, &RECORDS, None, GivenColumns::default()).unwrap());
    ImportKind::ALL.iter().map(of).collect()
});

/// A number that looks random and is the same for the same text.
pub fn number_of(text: &str) -> usize {
    let sum = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (sum >> 24) as usize
}

/// Any text as a record: what is read is written and read again, in itself, as a record and after a change.
pub fn record(format: RecordFormat, text: &str) {
    let Ok(value) = parse(format, text) else { return };
    let written = write(format, &value);
    assert_eq!(parse(format, &written).as_ref(), Ok(&value), "written as:\n{written}");

    let kinds = [(Kind::Enterprise, "91440114DEM000014D"), (Kind::Activity, "2019-04-18-opening")];
    let refs = kinds.map(|(kind, id)| RecordRef::new(kind, id));
    for record in refs.iter().chain([&RecordRef::programme()]) {
        put(format, record, &value);
    }

    let number = number_of(text);
    let changed = changed(&value, number, 0);
    if let Some(updated) = update(format, text, &value, &changed) {
        assert_eq!(parse(format, &updated).as_ref(), Ok(&changed), "updated to:\n{updated}");
    }
    if let Value::Table(_) = value {
        let updated = update(format, &written, &value, &changed);
        assert!(updated.is_some(), "cannot be updated to {changed:?}:\n{written}");
        assert_eq!(parse(format, &updated.unwrap()).as_ref(), Ok(&changed));
    }
}

fn put(format: RecordFormat, record: &RecordRef, value: &Value) {
    let mut records = RECORDS.clone();
    if records.put(record, value.clone()).is_err() {
        return;
    }
    let Some(own) = records.get(record) else { return };
    let written = write(format, &own);
    let mut again = RECORDS.clone();
    let read = parse(format, &written);
    assert!(read.is_ok(), "{read:?} in:\n{written}");
    let put = again.put(record, read.unwrap());
    assert!(put.is_ok(), "{put:?} in:\n{written}");
    // A table with nothing in it is not written again, so what is compared is what would be written.
    assert_eq!(again.get(record), Some(own), "written as:\n{written}");
}

/// The value with one thing in it changed.
fn changed(value: &Value, number: usize, depth: usize) -> Value {
    let (pick, rest) = (number % 8, number / 8);
    match value {
        Value::Table(table) => {
            let mut table = table.clone();
            let length = table.iter().count();
            let key = (length > 0).then(|| table.iter().nth(rest % length).unwrap().0.to_owned());
            match (pick, key) {
                (0, _) | (_, None) => table.insert("added-key", Value::Text("a \"new\"\nvalue".to_owned())),
                (1, Some(key)) => table.remove(&key),
                (2, _) => {
                    let mut inner = Table::default();
                    inner.insert("x", Value::Flag(true));
                    table.insert("added", Value::Table(inner));
                }
                (_, Some(key)) => {
                    let new = changed(table.get(&key).unwrap(), rest / length, depth + 1);
                    table.insert(&key, new);
                }
            }
            Value::Table(table)
        }
        Value::List(list) if !list.is_empty() => {
            let mut list = list.clone();
            let index = rest % list.len();
            match pick {
                0 => list.push(list[index].clone()),
                1 => list.insert(0, list[index].clone()),
                2 => drop(list.remove(index)),
                3 => list.swap(0, index),
                _ => list[index] = changed(&list[index], rest / list.len(), depth + 1),
            }
            Value::List(list)
        }
        Value::Flag(flag) => Value::Flag(!flag),
        Value::Text(text) => Value::Text(format!("{text}'")),
        _ if pick < 4 => Value::Number(7.into()),
        _ => Value::Text(String::new()),
    }
}

/// Sheets as tables of a kind, and their rows as a plan. The first row decides the kind, so that what is changed below it
/// is tried as the same one: all kinds, for each input, would be slower by as many times.
pub fn find_tables(sheets: &[Sheet], wanted: SheetChoice) {
    let first_row = sheets.iter().flat_map(|sheet| &sheet.rows).next();
    let cells = first_row.map_or(String::new(), |row| row.cells.iter().map(|cell| cell.text.as_str()).collect());
    let (kind, headers) = &HEADERS[number_of(&cells) % HEADERS.len()];
    let reading = ReadOptions { wanted, ..ReadOptions::default() };
    let file = File { sheets: sheets.to_vec(), taken: Vec::new() };
    let Ok(tables) = tables("table", file, &reading, headers) else { return };
    let options = Options {
        kind: *kind,
        edition: "1".parse().ok(),
        role: Some(EnrolAs::Member),
        on_conflict: OnConflict::Update,
        given: Given::default(),
        activity: None,
        with_contacts: true,
        namesakes: plan::options::Namesakes::default(),
        period: None,
    };
    let meter = Meter::default();
    let planner = plan::Planner { records: &RECORDS, tables: &tables, headers, options: &options, meter: &meter };
    let planned = planner.plan();
    assert!(planned.findings.is_empty() || planned.change().is_empty());
}
