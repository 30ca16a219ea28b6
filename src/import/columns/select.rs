//! From the sheets of a file to the tables that are wanted.

use crate::import::columns::Columns;
use crate::import::columns::date_parts;
use crate::import::columns::long_form;
use crate::import::columns::names::ColumnNames;
use crate::import::columns::nested;
use crate::import::columns::status_ticks;
use crate::import::layout::find;
use crate::import::layout::header_text::HeaderText;
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
    let names: Vec<String> = file.sheets.iter().filter_map(|sheet| sheet.name.clone()).collect();
    let is_workbook = !names.is_empty();
    let sheets = chosen(file.sheets, &reading.wanted).ok_or_else(|| {
        let help = if is_workbook {
            text!("its sheets are {names}", "工作表有：{names}", names = names)
        } else {
            text!("it is no workbook; leave out `--sheet`", "它不是工作簿，请去掉 --sheet")
        };
        let message = text!("`{name}` has no such sheet", "“{name}”中没有这张工作表");
        vec![whole(&rule::SEVERAL_SHEETS, message).help(help)]
    })?;
    let has_header = |sheet: &Sheet| sheet.header.is_some();
    if sheets.iter().all(|sheet| sheet.is_empty() && !has_header(sheet)) {
        return Err(vec![whole(&rule::EMPTY_FILE, text!("`{name}` is empty", "“{name}”是空的")).help(
            text!("export the table again, or choose another file", "请重新导出表格，或改选其他文件"),
        )]);
    }
    let mut tables = Vec::new();
    let mut found = Vec::new();
    for mut sheet in sheets.into_iter().filter(|sheet| !sheet.is_empty()) {
        if is_workbook {
            sheet.header = sheet.header.or_else(|| reading.header.clone());
        }
        match find::find(name, sheet, headers) {
            Ok(below) => {
                let field = |header: &str| headers.first_of(&HeaderText::of(header).keys).map(str::to_owned);
                let all: Vec<DataTable> =
                    below.into_iter().flat_map(|table| table.side_by_side(&field)).collect();
                tables.extend(of_this_kind(all, headers));
            }
            Err(faults) => found.extend(faults),
        }
    }
    if reading.wanted == SheetChoice::Only {
        tables = alike(name, tables, headers, &mut found);
    }
    for table in &mut tables {
        nested::spread(table, headers);
        long_form::widen(table, headers);
        date_parts::join(table, headers);
        status_ticks::join(table, headers);
        table.taken.splice(0..0, file.taken.iter().cloned());
    }
    if found.is_empty() { Ok(tables) } else { Err(found) }
}

/// The sheets that are meant; none if there is no such sheet.
fn chosen(sheets: Vec<Sheet>, wanted: &SheetChoice) -> Option<Vec<Sheet>> {
    match wanted {
        SheetChoice::Only | SheetChoice::All => {
            let all = sheets.len();
            let seen: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.is_hidden || all == 1).collect();
            Some(seen)
        }
        SheetChoice::Named(text) => {
            let key = NameKey::of(text);
            let by_name = sheets
                .iter()
                .position(|sheet| sheet.name.as_deref().is_some_and(|name| NameKey::of(name) == key));
            let by_number = || text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let index = by_name.or_else(by_number)?;
            sheets.into_iter().nth(index).map(|sheet| vec![sheet])
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
    tables: Vec<DataTable>,
    headers: &ColumnNames,
    found: &mut Vec<Finding>,
) -> Vec<DataTable> {
    use find::KnownHeaders;
    if tables.len() < 2 {
        return tables;
    }
    let is_table = |table: &DataTable| {
        table.header.iter().filter(|text| !text.is_empty()).count() > 2
            || table.header.iter().any(|text| headers.knows(text))
    };
    let (mut tables, others): (Vec<DataTable>, Vec<DataTable>) = tables.into_iter().partition(is_table);
    if tables.is_empty() {
        return others;
    }
    let columns = |table: &DataTable| {
        Columns::find(table, headers).ok().map(|columns| columns.by_id.into_keys().collect::<Vec<_>>())
    };
    let keys = |table: &DataTable| table.header.iter().map(|text| NameKey::of(text)).collect::<Vec<_>>();
    let first = &tables[0];
    let same = tables.iter().all(|table| {
        table.name == first.name
            || keys(table) == keys(first)
            || columns(table).is_some() && columns(table) == columns(first)
    });
    if !same {
        let names: Vec<&str> = tables.iter().filter_map(|table| table.name.as_deref()).collect();
        let message = text!(
            "`{name}` has several sheets with different headers: {names}",
            "“{name}”中有几张表头不同的工作表：{names}",
            name = name,
            names = names
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
    let skipped = others.iter().filter_map(|table| table.name.clone());
    let skipped: Vec<Text> = skipped
        .map(|name| text!("sheet `{name}` has no table and is not read", "工作表“{name}”没有表格，未读取"))
        .collect();
    tables.iter_mut().take(1).for_each(|table| table.taken.extend(skipped.iter().cloned()));
    tables
}
