//! A date in columns of its parts: `年 | 月 | 日`, `月份 | 日期`. They are one column of the date.

use crate::import::columns::names::ColumnNames;
use crate::import::layout::header_text::{HeaderText, LEVELS};
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::{Cell, CellKind, SheetRow};
use crate::model::date::counted;
use crate::model::name::NameKey;
use crate::model::nfkc::nfkc;
use crate::text;

const YEARS: [&str; 3] = ["年", "年份", "年度"];
const MONTHS: [&str; 2] = ["月", "月份"];
const DAYS: [&str; 6] = ["日", "日子", "日期", "号", "几号", "哪天"];

/// What a column of dates is called.
const DATE: &str = "日期";

/// Makes one column of the parts of a date, where a table has them side by side.
pub fn join(table: &mut DataTable, headers: &ColumnNames) {
    let mut day = 1;
    while day < table.header.len() {
        if let Some(parts) = parts(table, headers, day) {
            join_at(table, &parts);
        }
        day += 1;
    }
}

/// The parts of one date: where their columns stand.
struct Parts {
    year: Option<usize>,
    month: usize,
    day: usize,
    header: String,
}

/// The parts that end with a column of days, if it is one.
fn parts(table: &DataTable, headers: &ColumnNames, day: usize) -> Option<Parts> {
    let month = day - 1;
    let (above, _) = part_of(table, day, &DAYS)?;
    let is_beside = |column: usize, names: &[&str]| {
        part_of(table, column, names).filter(|(other, _)| *other == above).map(|_| column)
    };
    is_beside(month, &MONTHS)?;
    let year = month.checked_sub(1).and_then(|column| is_beside(column, &YEARS));
    let is_mapped = |column: usize| headers.mapped(&table.header[column]).is_some();
    let header = if above.is_empty() { DATE } else { above };
    let is_known = headers.first_of(&HeaderText::of(header).keys).is_some();
    let columns = [year, Some(month), Some(day)];
    (is_known && !columns.into_iter().flatten().any(is_mapped)).then(|| Parts {
        year,
        month,
        day,
        header: header.to_owned(),
    })
}

/// What stands above the name of a column, and the name, where it is one of some.
fn part_of<'t>(table: &'t DataTable, column: usize, names: &[&str]) -> Option<(&'t str, &'t str)> {
    let header = table.header.get(column)?;
    let (above, name) = header.rsplit_once(LEVELS).unwrap_or(("", header));
    names.iter().any(|known| NameKey::of(known) == NameKey::of(name)).then_some((above, name))
}

fn join_at(table: &mut DataTable, parts: &Parts) {
    let columns: Vec<usize> =
        [parts.year, Some(parts.month), Some(parts.day)].into_iter().flatten().collect();
    let names: Vec<String> = columns.iter().map(|column| table.header[*column].clone()).collect();
    table.taken.push(text!("{names} together are the date", "“{names}”各列合为日期", names = names));
    for row in &mut table.rows {
        let whole = whole(row, parts);
        row.cells.resize_with(row.cells.len().max(parts.day + 1), Cell::empty);
        for column in &columns {
            row.cells[*column] = Cell::empty();
        }
        row.cells[parts.day] = whole;
    }
    for column in columns {
        table.header[column].clear();
    }
    table.header[parts.day].clone_from(&parts.header);
}

/// The date of a row, as far as its parts give it. A day that is a date by itself stays as it is.
fn whole(row: &SheetRow, parts: &Parts) -> Cell {
    let cell = |column: usize| row.cells.get(column).filter(|cell| !cell.is_blank());
    let said =
        |column: usize| cell(column).map_or_else(String::new, |cell| nfkc(cell.text.trim()).into_owned());
    let day = said(parts.day);
    let is_whole = cell(parts.day).is_some_and(|cell| cell.kind == CellKind::Date)
        || day.contains('月')
        || day.parse::<u32>().is_ok_and(|day| day > 31);
    if is_whole {
        return row.cells[parts.day].clone();
    }
    let mut whole = String::new();
    let year = parts.year.map_or_else(String::new, said);
    if !year.is_empty() {
        whole = format!("{}年", year.trim_end_matches(['年', '度']));
    }
    let month = said(parts.month);
    if !month.is_empty() {
        whole = format!("{whole}{}月", number(month.trim_end_matches('份').trim_end_matches('月')));
    }
    if !day.is_empty() {
        let is_part = day.contains(['日', '号', '旬', '初', '底', '末']);
        whole = format!("{whole}{}{}", number(&day), if is_part { "" } else { "日" });
    }
    Cell::text(whole)
}

/// A number in digits, where it is written in Chinese.
fn number(text: &str) -> String {
    counted(text).map_or_else(|| text.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_row_are_a_date_as_far_as_they_say() {
        let parts = Parts { year: Some(0), month: 1, day: 2, header: DATE.to_owned() };
        let whole = |cells: [&str; 3]| {
            let cells = cells.iter().map(|text| Cell::text(*text)).collect();
            whole(&SheetRow { number: 1, cells }, &parts).text.to_string()
        };
        assert_eq!(whole(["2023", "4", "6"]), "2023年4月6日");
        assert_eq!(whole(["2023年", "四月", "十六"]), "2023年4月16日");
        assert_eq!(whole(["", "十二月份", "20-21日"]), "12月20-21日");
        assert_eq!(whole(["", "6月", "中旬"]), "6月中旬");
        assert_eq!(whole(["2023", "6", ""]), "2023年6月");
        assert_eq!(whole(["2023", "6", "6月7日"]), "6月7日");
        assert_eq!(whole(["2023", "", "16"]), "2023年16日");
        assert_eq!(whole(["", "", ""]), "");
    }
}
