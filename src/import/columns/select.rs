//! From the sheets of a file to the tables that are wanted.

use crate::import::columns::Columns;
use crate::import::columns::names::ColumnNames;
use crate::import::layout::find;
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::Sheet;
use crate::import::read::{File, ReadOptions, SheetChoice};
use crate::model::finding::{Finding, Place};
use crate::model::name::NameKey;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// The tables of a file.
pub fn tables(
    name: &str,
    file: File,
    reading: &ReadOptions,
    headers: &ColumnNames,
) -> Result<Vec<DataTable>, Vec<Finding>> {
    let whole = |rule, message: Text| {
        let place =
            Place::Cell { file: name.to_owned(), sheet: None, row: 0, column: None, text: String::new() };
        Finding::new(rule, message, place)
    };
    let names: Vec<String> = file.grids.iter().filter_map(|grid| grid.name.clone()).collect();
    let is_workbook = !names.is_empty();
    let grids = chosen(file.grids, &reading.wanted).ok_or_else(|| {
        vec![
            whole(&rule::SEVERAL_SHEETS, text!("`{name}` has no such sheet", "“{name}”中没有这张工作表"))
                .help(text!(
                    "its sheets are {en}",
                    "工作表有：{zh}",
                    en = names.join(", "),
                    zh = names.join("、")
                )),
        ]
    })?;
    let has_header = |grid: &Sheet| grid.header.is_some();
    if grids.iter().all(|grid| grid.is_empty() && !has_header(grid)) {
        return Err(vec![
            whole(&rule::EMPTY_FILE, text!("`{name}` is empty", "“{name}”是空的"))
                .help(text!("nothing was imported from it", "没有从中导入任何内容")),
        ]);
    }
    let mut sheets = Vec::new();
    let mut found = Vec::new();
    for mut grid in grids.into_iter().filter(|grid| !grid.is_empty()) {
        if is_workbook {
            grid.header = grid.header.or_else(|| reading.header.clone());
        }
        match find::find(name, grid, headers) {
            Ok(tables) => {
                let tables: Vec<DataTable> = tables.into_iter().flat_map(DataTable::side_by_side).collect();
                sheets.extend(of_this_kind(tables, headers));
            }
            Err(faults) => found.extend(faults),
        }
    }
    if reading.wanted == SheetChoice::Only {
        sheets = alike(name, sheets, headers, &mut found);
    }
    for sheet in &mut sheets {
        sheet.taken.splice(0..0, file.taken.iter().cloned());
    }
    if found.is_empty() { Ok(sheets) } else { Err(found) }
}

/// The grids that are meant; none if there is no such sheet.
fn chosen(grids: Vec<Sheet>, wanted: &SheetChoice) -> Option<Vec<Sheet>> {
    match wanted {
        SheetChoice::Only | SheetChoice::All => {
            let all = grids.len();
            let seen: Vec<Sheet> = grids.into_iter().filter(|grid| !grid.is_hidden || all == 1).collect();
            Some(seen)
        }
        SheetChoice::Named(text) => {
            let key = NameKey::of(text);
            let by_name = grids
                .iter()
                .position(|grid| grid.name.as_deref().is_some_and(|name| NameKey::of(name) == key));
            let by_number = || text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let index = by_name.or_else(by_number)?;
            grids.into_iter().nth(index).map(|grid| vec![grid])
        }
    }
}

/// Of several tables on one sheet those that have what every row needs; of the others it is said that they are not read.
fn of_this_kind(tables: Vec<DataTable>, headers: &ColumnNames) -> Vec<DataTable> {
    if tables.len() < 2 {
        return tables;
    }
    let is_one = |table: &DataTable| Columns::find(table, headers).is_ok_and(|columns| columns.names_rows());
    let (mut fitting, others): (Vec<DataTable>, Vec<DataTable>) = tables.into_iter().partition(is_one);
    let Some(first) = fitting.first_mut() else { return others };
    for other in others {
        let (row, rows) = (other.header_row, other.rows.len());
        first.drop(text!(
            "the table with its header in row {row} is of another kind: its {rows} rows are not read",
            "表头在第 {row} 行的表不属于本类，其 {rows} 行未读取"
        ));
    }
    fitting
}

/// Several sheets are taken together only if they are alike. Sheets that are no tables at all are passed over
/// where another is one.
fn alike(
    name: &str,
    sheets: Vec<DataTable>,
    headers: &ColumnNames,
    found: &mut Vec<Finding>,
) -> Vec<DataTable> {
    use find::KnownHeaders;
    if sheets.len() < 2 {
        return sheets;
    }
    let is_table = |sheet: &DataTable| {
        sheet.header.iter().filter(|text| !text.is_empty()).count() > 2
            || sheet.header.iter().any(|text| headers.knows(text))
    };
    let (mut tables, others): (Vec<DataTable>, Vec<DataTable>) = sheets.into_iter().partition(is_table);
    if tables.is_empty() {
        return others;
    }
    let columns = |sheet: &DataTable| {
        Columns::find(sheet, headers).ok().map(|columns| columns.by_id.into_keys().collect::<Vec<_>>())
    };
    let keys = |sheet: &DataTable| sheet.header.iter().map(|text| NameKey::of(text)).collect::<Vec<_>>();
    let first = &tables[0];
    let same = tables.iter().all(|sheet| {
        sheet.name == first.name
            || keys(sheet) == keys(first)
            || columns(sheet).is_some() && columns(sheet) == columns(first)
    });
    if !same {
        let names: Vec<&str> = tables.iter().filter_map(|sheet| sheet.name.as_deref()).collect();
        let message = text!(
            "`{name}` has several sheets with different headers: {en}",
            "“{name}”中有几张表头不同的工作表：{zh}",
            en = names.join(", "),
            zh = names.join("、")
        );
        found.push(
            Finding::new(
                &rule::SEVERAL_SHEETS,
                message,
                Place::Cell { file: name.to_owned(), sheet: None, row: 0, column: None, text: String::new() },
            )
            .help(text!(
                "name one with `--sheet NAME`, or read them all with `--sheet all`",
                "请用 --sheet 名称 指定一张，或用 --sheet all 全部读取"
            )),
        );
        return Vec::new();
    }
    let skipped = others.iter().filter_map(|sheet| sheet.name.clone());
    let skipped: Vec<Text> = skipped
        .map(|name| text!("sheet `{name}` has no table and is not read", "工作表“{name}”没有表格，未读取"))
        .collect();
    tables.iter_mut().take(1).for_each(|sheet| sheet.taken.extend(skipped.iter().cloned()));
    tables
}
