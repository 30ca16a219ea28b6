//! Tables for the tests of the formats.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::Page;
use crate::model::lang::Lang;
use crate::model::share::Share;
use crate::report::table::{Cell, Kind, Table};

/// What is written of tables.
pub fn written<T>(
    tables: &[Table],
    write: impl FnOnce(&[Page<'_>], &mut dyn Write) -> io::Result<T>,
) -> String {
    let pages: Vec<Page<'_>> = tables.iter().map(Page::of).collect();
    let mut bytes = Vec::new();
    write(&pages, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Money, exactly as written.
pub fn amount(text: &str) -> Cell {
    Cell::Amount(Decimal::from_str_exact(text).unwrap())
}

/// Enterprises by industry: counts, shares, amounts that are huge, zero and missing, a total, a note.
pub fn by_industry(lang: Lang) -> Table {
    let mut table = Table::new("by-industry", lang.pick("By industry", "按行业"), lang, "CNY")
        .column("industry", lang.pick("Industry", "行业"), Kind::Coded)
        .column("enterprises", lang.pick("Enterprises", "企业数"), Kind::Count)
        .column("share", lang.pick("Share", "占比"), Kind::Share)
        .column("revenue", lang.pick("Revenue", "营业收入"), Kind::Amount);
    let rows = [
        ("automobile", lang.pick("Automobile", "汽车"), 31, amount("1235000000")),
        ("ai", lang.pick("AI", "人工智能"), 1073, amount("-9800.5")),
        ("none", lang.pick("Other", "其他"), 0, amount("0")),
        ("new", lang.pick("New", "新材料"), 0, Cell::Missing),
    ];
    for (id, label, count, revenue) in rows {
        table.row(vec![
            Cell::coded(id, label),
            Cell::count(count),
            Cell::Share(Share::of(count, 1104)),
            revenue,
        ]);
    }
    table.total = Some(vec![
        Cell::Missing,
        Cell::Count(1104),
        Cell::Share(Share::of(1104, 1104)),
        amount("1234990199.5"),
    ]);
    table.note("1 enterprise reported no revenue", "1家企业未填报营业收入");
    table
}

/// Enterprises whose names try everything: a formula, an escape sequence, a turned direction, a new line, a
/// pipe, full-width and combining characters.
pub fn roster(lang: Lang) -> Table {
    let mut table = Table::new("roster", lang.pick("Roster", "企业名单"), lang, "CNY")
        .column("enterprise", lang.pick("Id", "编号"), Kind::Id)
        .column("name", lang.pick("Name", "企业名称"), Kind::Name)
        .column("town", lang.pick("Town", "镇街"), Kind::Coded)
        .column("founded", lang.pick("Founded", "成立日期"), Kind::Date)
        .column("achieved", lang.pick("Achieved at entry", "入库时达成率"), Kind::Share)
        .column("growth", lang.pick("Median growth", "增长率中位数"), Kind::Rate);
    let rows = [
        ("a1", "=HYPERLINK(\"x\")", "Town", "2015", Share::of(1, 3), Some("0.0425")),
        ("a2", "示例\u{1b}[31m红色\u{1b}[0m公司", "西镇", "2015-06", Share::of(0, 5), Some("0")),
        ("a3", "ＡＢ（示例）\u{202e}股份有限公司", "西镇", "2015-06-01", Share::of(0, 0), None),
        ("a4", "e\u{301}te\u{301} | two\nlines", "a|b", "2015", Share::of(3, 3), Some("-1.5")),
    ];
    for (id, name, town, founded, achieved, growth) in rows {
        table.row(vec![
            Cell::text(Some(id)),
            Cell::text(Some(name)),
            Cell::coded("t", town),
            Cell::date(founded.parse().ok()),
            Cell::Share(achieved),
            growth.map_or(Cell::Missing, |rate| Cell::Rate(Decimal::from_str_exact(rate).unwrap())),
        ]);
    }
    table
}

/// A table without rows.
pub fn empty(lang: Lang) -> Table {
    let mut table = Table::new("needs", lang.pick("Needs", "需求"), lang, "CNY")
        .column("category", lang.pick("Category", "类别"), Kind::Coded)
        .column("received", lang.pick("Received", "收到"), Kind::Count);
    table.note("needs received while a member", "仅统计在库期间的需求");
    table
}
