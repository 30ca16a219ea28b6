//! Rows whose cells do not fit their header, or hold what is no text.

use std::collections::BTreeMap;

use crate::import::layout::table::DataTable;
use crate::import::read::sheet::SheetRow;
use crate::model::finding::Finding;
use crate::model::rule;
use crate::text;

/// The rows whose cells do not fit the header.
pub fn of(table: &DataTable, is_separated: bool) -> BTreeMap<usize, Finding> {
    let fits = |row| if is_separated { ragged(table, row) } else { beyond(table, row) };
    let fault = |row| fits(row).or_else(|| damaged(table, row));
    table.rows.iter().filter_map(|row| Some((row.number, fault(row)?))).collect()
}

/// A row with more or fewer cells than the header: which cell is missing cannot be known.
fn ragged(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let wanted = table.header.len();
    let beyond = row.cells.iter().skip(wanted).any(|cell| !cell.is_blank());
    if row.cells.len() >= wanted && !beyond {
        return None;
    }
    let message = text!(
        "row {row} has {count} cells, the header has {wanted}",
        "第 {row} 行有 {count} 格，表头有 {wanted} 格",
        row = row.number,
        count = row.cells.len()
    );
    Some(Finding::new(&rule::RAGGED_ROW, message, table.row(row.number)).help(text!(
        "a cell with a separator in it must stand in quotes; a missing cell still needs its separator",
        "内容中含分隔符的单元格要加引号；空单元格也要保留分隔符"
    )))
}

/// A NUL byte in a cell: what was there is lost.
fn damaged(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let column = row.cells.iter().position(|cell| memchr::memchr(0, cell.text.as_bytes()).is_some())?;
    let message = text!("a cell has a NUL byte, which no text has", "单元格中有 NUL 字节，不是文本");
    let finding = Finding::new(&rule::NOT_TEXT, message, table.cell(row, column));
    Some(finding.help(text!("write the cell again", "请重新填写该单元格")))
}

/// Something right of the last header.
fn beyond(table: &DataTable, row: &SheetRow) -> Option<Finding> {
    let column = row.filled().map(|(column, _)| column).find(|column| *column >= table.header.len())?;
    let message = text!("a cell stands right of the last header", "最后一个表头的右边还有内容");
    Some(
        Finding::new(&rule::RAGGED_ROW, message, table.cell(row, column))
            .help(text!("give its column a header, or clear it", "请为该列加上表头，或清空")),
    )
}
