//! What stands below the rows of a table: totals, which are checked and left out, and notes, which end it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::import::layout::table::DataTable;
use crate::import::read::blank::text;
use crate::import::read::sheet::SheetRow;
use crate::model::amount::parse_number;
use crate::model::finding::Finding;
use crate::model::name::NameKey;
use crate::model::rule;
use crate::text;

/// What a row below the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FooterRow {
    /// The sum of the rows since the last sum of parts.
    Subtotal,
    /// The sum of all rows.
    Total,
    /// Averages of the rows, or other figures drawn from them.
    Average,
    /// A note; the table ends before it.
    Note,
}

const TOTALS: [&str; 12] = [
    "合计",
    "总计",
    "共计",
    "累计",
    "总和",
    "汇总",
    "全区合计",
    "全县合计",
    "total",
    "totals",
    "grandtotal",
    "sum",
];
const AVERAGES: [&str; 10] =
    ["平均", "平均值", "平均数", "均值", "中位数", "最大值", "最小值", "average", "mean", "median"];
const SUBTOTALS: [&str; 2] = ["小计", "subtotal"];

/// How notes begin.
const NOTES: [&str; 24] = [
    "备注:",
    "备注",
    "注:",
    "注1",
    "注1:",
    "附注",
    "说明:",
    "说明",
    "填表说明",
    "填报说明",
    "填写说明",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核:",
    "单位负责人",
    "负责人:",
    "联系人:",
    "应到",
    "实到",
    "note:",
    "notes:",
];

/// What a row is whose first cell says something with the key `first`, if it is none of the table's own.
pub fn of(row: &SheetRow, first: &NameKey) -> Option<FooterRow> {
    let second = row.filled().nth(1).map(|(_, text)| NameKey::of(text));
    let sum = [Some(first), second.as_ref()].into_iter().flatten().find_map(sum);
    sum.or_else(|| (is_note(first) && row.filled().count() <= FEW).then_some(FooterRow::Note))
}

/// The sum that a word stands for.
fn sum(key: &NameKey) -> Option<FooterRow> {
    let word = key.as_str().trim_end_matches(':');
    match word {
        _ if TOTALS.contains(&word) => Some(FooterRow::Total),
        _ if AVERAGES.contains(&word) => Some(FooterRow::Average),
        _ if SUBTOTALS.contains(&word) => Some(FooterRow::Subtotal),
        _ => None,
    }
}

/// How many cells a note may have.
const FEW: usize = 4;

/// Whether a row begins like a note.
fn is_note(first: &NameKey) -> bool {
    NOTES.iter().any(|word| {
        first.as_str().strip_prefix(word).is_some_and(|rest| {
            word.ends_with(':')
                || rest.is_empty()
                || rest.starts_with([':', '(', '.', '1', '一', '、'])
                || *word == "应到"
                || *word == "实到"
        })
    })
}

/// The sums of the columns of rows, taken further as rows come.
#[derive(Debug, Default)]
pub struct Sums {
    /// The place of the first row.
    first: usize,
    /// How many rows were added up.
    rows: usize,
    /// The sum of each column that says something; none if it is not one of numbers alone.
    columns: BTreeMap<usize, Option<Decimal>>,
}

impl Sums {
    /// Nothing added up yet, from the row at that place on.
    pub fn after(first: usize) -> Self {
        Self { first, ..Self::default() }
    }

    /// Adds up the rows that are new.
    pub fn take(&mut self, rows: &[SheetRow]) {
        let start = self.first + self.rows;
        for row in rows.iter().skip(start) {
            self.rows += 1;
            for (column, cell) in row.cells.iter().enumerate() {
                let Some(text) = text(&cell.text) else { continue };
                let sum = self.columns.entry(column).or_insert(Some(Decimal::ZERO));
                *sum = sum.and_then(|sum| sum.checked_add(parse_number(text).ok()?));
            }
        }
    }
}

/// Compares the figures of a row of totals with the sums of the rows it stands for.
pub fn check(sheet: &DataTable, total: &SheetRow, sums: &Sums) -> (usize, Vec<Finding>) {
    let mut agreeing = 0;
    let mut found = Vec::new();
    for (column, text) in total.filled() {
        let Ok(stated) = parse_number(text) else { continue };
        let Some(sum) = sums.columns.get(&column).copied().flatten() else { continue };
        if stated
            .checked_sub(sum)
            .is_some_and(|gap| gap.abs() <= Decimal::new(5, 3) * Decimal::from(sums.rows.max(1)))
        {
            agreeing += 1;
        } else {
            let header = sheet.header.get(column).map_or("", String::as_str);
            let message = text!(
                "the total of `{header}` is {stated}, its {rows} rows add up to {sum}",
                "“{header}”的合计为 {stated}，其 {rows} 行之和为 {sum}",
                rows = sums.rows
            );
            found.push(
                Finding::new(&rule::TOTAL_MISMATCH, message, sheet.cell(total, column))
                    .help(text!("a row may be missing, hidden or counted twice", "可能有行缺失、隐藏或重复")),
            );
        }
    }
    (agreeing, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sheet::Cell;

    fn row(cells: &[&str]) -> SheetRow {
        SheetRow { number: 1, cells: cells.iter().map(|text| Cell::text(*text)).collect() }
    }

    #[test]
    fn totals_and_notes_are_told_from_enterprises() {
        let of = |cells: &[&str]| {
            let row = row(cells);
            let first = row.filled().next().map(|(_, text)| NameKey::of(text)).unwrap();
            of(&row, &first)
        };
        assert_eq!(of(&["", "合 计", "12"]), Some(FooterRow::Total));
        assert_eq!(of(&["1", "合计", "12"]), Some(FooterRow::Total));
        assert_eq!(of(&["小计：", "", "12"]), Some(FooterRow::Subtotal));
        assert_eq!(of(&["备注：本表一式两份"]), Some(FooterRow::Note));
        assert_eq!(of(&["注：1. 示例"]), Some(FooterRow::Note));
        assert_eq!(of(&["应到32人", "实到30人"]), Some(FooterRow::Note));
        assert_eq!(of(&["1", "示例合计科技有限公司"]), None);
        assert_eq!(of(&["说明书示例印刷厂", "花山镇"]), None);
    }
}
