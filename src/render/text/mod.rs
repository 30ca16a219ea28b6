//! Tables as aligned text for a terminal: a title, labels over a line, rows, the total under a line, notes.
//!
//! Numbers, dates and ids are never broken or cut. On a narrow terminal shares stand without their parts, labels take
//! more lines, then names end in `…`, then other text; then columns are left out, those of details first, which a note
//! says; where too few would be left, each row is a block of lines. `layout` decides, comfy-table draws, and nothing
//! reaches it that was not sanitised.

mod body;
mod drawing;

use std::io::{self, Write};

use self::body::Body;
use super::color::Ansi;
use super::layout::{Layout, has_room, layout};
use super::{Screen, bars, cell, sanitise, wrap};
use crate::report::chart::Chart;
use crate::report::document::Part;

/// What stands before a note.
const NOTE: &str = "· ";

/// Tables one below the other, a blank line between them, and last what is said of all; gives the labels of the columns
/// in which something was cut short.
pub fn write(
    parts: &[Part<'_>],
    basis: &[String],
    screen: &Screen,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let mut shortened = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        one(part, screen, &mut shortened, out)?;
    }
    if parts.len() > 1 && !basis.is_empty() {
        writeln!(out)?;
    }
    noted(basis, screen, out)?;
    Ok(shortened)
}

fn one(part: &Part<'_>, screen: &Screen, shortened: &mut Vec<String>, out: &mut dyn Write) -> io::Result<()> {
    let paint = Ansi(screen.color);
    let Part { page, charts } = part;
    let table = page.table;
    for line in prose(&table.title, screen) {
        writeln!(out, "{}", paint.bold(&line))?;
    }
    let mut notes = table.notes.clone();
    if table.columns.is_empty() || page.is_empty() {
        writeln!(out, "{}", paint.dim(cell::no_rows(table.lang)))?;
    } else {
        let mut body = Body::of(page, screen)?;
        body.is_brief = !has_room(&body.needs(table), screen.width);
        match layout(&body.needs(table), screen.width) {
            Layout::Columns(shown) => {
                body.columns(table, &shown, paint, shortened, out)?;
                notes.extend(body.left_out(table, &shown));
            }
            Layout::Blocks => {
                body.is_brief = false;
                body.blocks(table, screen, paint, out)?;
            }
        }
    }
    noted(&notes, screen, out)?;
    drawn(charts, screen, out)
}

fn noted(notes: &[String], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = notes.iter().flat_map(|note| note_lines(note, screen));
    lines.try_for_each(|line| writeln!(out, "{}", Ansi(screen.color).dim(&line)))
}

/// Charts, on a terminal that has room for them.
fn drawn(charts: &[Chart], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let Some(width) = screen.width.filter(|width| *width >= bars::NARROWEST) else { return Ok(()) };
    for chart in charts {
        writeln!(out)?;
        bars::lines(chart, width).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

/// A note on its lines, all but the first indented.
fn note_lines(note: &str, screen: &Screen) -> Vec<String> {
    let room = Screen { width: screen.width.map(|width| width.saturating_sub(wrap::width(NOTE))), ..*screen };
    let lines = prose(note, &room).into_iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}", if at == 0 { NOTE } else { "  " })).collect()
}

fn prose(text: &str, screen: &Screen) -> Vec<String> {
    wrap::lines(&sanitise::line(text), screen.width.unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::lang::Lang;
    use crate::report::table::{Cell, Kind, Table};
    use proptest::prelude::*;

    fn tables(tables: &[Table], screen: &Screen) -> (String, Vec<String>) {
        let mut shortened = Vec::new();
        let text = sample::written(tables, |pages, out| {
            let parts: Vec<Part<'_>> = pages.iter().copied().map(Part::of).collect();
            shortened = write(&parts, &[], screen, out)?;
            Ok(())
        });
        (text, shortened)
    }

    fn shown(table: Table, width: Option<usize>) -> (String, Vec<String>) {
        tables(&[table], &Screen { width, ..Screen::default() })
    }

    #[test]
    fn numbers_stand_to_the_right_and_missing_is_not_zero() {
        let expected = "\
By industry
Industry    Enterprises                  Share   Revenue (yuan)
───────────────────────────────────────────────────────────────
Automobile           31       2.8 % (31/1,104)    1,235,000,000
AI                1,073   97.2 % (1,073/1,104)         -9,800.5
Other                 0        0.0 % (0/1,104)                0
New                   0        0.0 % (0/1,104)                –
───────────────────────────────────────────────────────────────
Total             1,104  100.0 % (1,104/1,104)  1,234,990,199.5
· 1 enterprise reported no revenue
";
        assert_eq!(shown(sample::by_industry(Lang::En), None), (expected.to_owned(), vec![]));
        assert_eq!(shown(sample::by_industry(Lang::En), Some(80)), (expected.to_owned(), vec![]));
    }

    #[test]
    fn chinese_is_aligned_by_the_columns_it_takes() {
        let expected = "\
按行业
行业      企业数                   占比    营业收入
───────────────────────────────────────────────────
汽车          31       2.8 % (31/1,104)   12.35亿元
人工智能   1,073   97.2 % (1,073/1,104)  -9,800.5元
其他           0        0.0 % (0/1,104)         0元
新材料         0        0.0 % (0/1,104)           –
───────────────────────────────────────────────────
合计       1,104  100.0 % (1,104/1,104)   12.35亿元
· 1家企业未填报营业收入
";
        assert_eq!(shown(sample::by_industry(Lang::Zh), None).0, expected);
    }

    #[test]
    fn at_80_columns_labels_break_and_then_names_are_cut() {
        let expected = "\
企业名单
编号  企业名称                         镇街  成立日期     入库时达成率  增长率中
                                                                            位数
────────────────────────────────────────────────────────────────────────────────
a1    =HYPERLINK(\"x\")                  Town  2015         33.3 % (1/3)     4.3 %
a2    示例␛[31m红色␛[0m公司            西镇  2015-06       0.0 % (0/5)     0.0 %
a3    ＡＢ（示例）\\u{202e}股份有限公…  西镇  2015-06-01        – (0/0)         –
a4    e\u{301}te\u{301} | two␊lines                  a|b   2015        100.0 % (3/3)  -150.0 %
";
        let cut = vec!["企业名称".to_owned()];
        assert_eq!(shown(sample::roster(Lang::Zh), Some(80)), (expected.to_owned(), cut));
    }

    #[test]
    fn at_40_columns_what_finds_no_room_is_named() {
        let expected = "\
Roster
Id  Name                  Town  Achieved
                                at entry
────────────────────────────────────────
a1  =HYPERLINK(\"x\")       Town    33.3 %
a2  示例␛[31m红色␛[0m公…  西镇     0.0 %
a3  ＡＢ（示例）\\u{202e…  西镇   – (0/0)
a4  e\u{301}te\u{301} | two␊lines       a|b    100.0 %
· no room for Founded, the numbers
  behind Achieved at entry, Median
  growth; choose columns with
  `--columns`
";
        assert_eq!(shown(sample::roster(Lang::En), Some(40)), (expected.to_owned(), vec!["Name".to_owned()]));
    }

    #[test]
    fn where_too_few_columns_fit_each_row_is_a_block() {
        let mut table = Table::new("t", "企业名单", Lang::Zh, "CNY")
            .column("id", "编号", Kind::Id)
            .column("name", "企业名称", Kind::Name)
            .column("share", "出席率", Kind::Share);
        for name in ["示例汽车零部件制造有限公司", "示例二"] {
            let share = crate::model::share::Share::of(11, 12);
            table.row(vec![
                Cell::text(Some("91440114DEM000012X")),
                Cell::text(Some(name)),
                Cell::Share(share),
            ]);
        }
        let expected = "\
企业名单
编号      91440114DEM000012X
企业名称  示例汽车零部件制造
          有限公司
出席率    91.7 % (11/12)

编号      91440114DEM000012X
企业名称  示例二
出席率    91.7 % (11/12)
";
        assert_eq!(shown(table, Some(28)), (expected.to_owned(), vec![]));
    }

    #[test]
    fn a_code_that_is_the_id_takes_no_column_of_its_own() {
        let table = |code: &str| {
            let mut table = Table::new("t", "T", Lang::En, "CNY")
                .column("id", "Id", Kind::Id)
                .column("code", "Code", Kind::Id)
                .column("name", "Name", Kind::Name);
            table.row(vec![Cell::text(Some("x1")), Cell::text(Some(code)), Cell::text(Some("示例"))]);
            table
        };
        assert_eq!(shown(table("x1"), Some(80)).0, "T\nId  Name\n────────\nx1  示例\n");
        assert!(shown(table("x1"), None).0.contains("Code"));
        assert!(shown(table("x2"), Some(80)).0.contains("Code"));
    }

    #[test]
    fn piped_output_is_never_shortened() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("name", "Name", Kind::Name);
        let name = "长".repeat(300);
        table.row(vec![Cell::text(Some(&name))]);
        let (text, shortened) = shown(table, None);
        assert!(text.contains(&name) && shortened.is_empty());
    }

    #[test]
    fn labels_may_be_empty_and_a_total_may_be_short() {
        let mut table =
            Table::new("t", "T", Lang::En, "CNY").column("a", "", Kind::Text).column("b", "", Kind::Count);
        table.row(vec![Cell::text(Some("x")), Cell::Count(1)]);
        table.total = Some(vec![Cell::Missing]);
        assert_eq!(shown(table, None).0, "T\n\n────────\nx      1\n────────\nTotal\n");
    }

    #[test]
    fn an_empty_table_says_so_and_notes_are_wrapped() {
        assert_eq!(shown(sample::empty(Lang::Zh), None).0, "需求\n暂无数据\n· 仅统计在库期间的需求\n");
        let narrow = "Needs\nno rows\n· needs received\n  while a member\n";
        assert_eq!(shown(sample::empty(Lang::En), Some(18)).0, narrow);
    }

    #[test]
    fn several_tables_are_parted_by_a_blank_line() {
        let pair = [sample::empty(Lang::En), sample::empty(Lang::Zh)];
        let (text, _) = tables(&pair, &Screen::default());
        let expected =
            "Needs\nno rows\n· needs received while a member\n\n需求\n暂无数据\n· 仅统计在库期间的需求\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn titles_and_labels_are_bold_and_notes_are_dim() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("count", "Count", Kind::Count);
        table.row(vec![Cell::Missing]);
        table.notes.push("note".to_owned());
        let (text, _) = tables(&[table], &Screen { width: Some(80), color: true, ..Screen::default() });
        let expected = "\
\u{1b}[1mT\u{1b}[0m
\u{1b}[1mCount\u{1b}[0m
─────
    –
\u{1b}[2m· note\u{1b}[0m
";
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn lines_stay_within_the_width_and_hold_no_control_characters(
            names in prop::collection::vec(any::<String>(), 1..6), width in 40_usize..100
        ) {
            let mut table = Table::new("t", "示例 title", Lang::En, "CNY")
                .column("id", "Id", Kind::Id)
                .column("name", "Name of the enterprise", Kind::Name)
                .column("town", "镇街名称", Kind::Text)
                .column("count", "Members at entry", Kind::Count);
            for (at, name) in names.iter().enumerate() {
                let cells = [Cell::text(Some(at)), Cell::text(Some(name)), Cell::text(Some(name)), Cell::count(at)];
                table.row(cells.to_vec());
            }
            let (text, _) = shown(table, Some(width));
            for line in text.lines() {
                prop_assert!(wrap::width(line) <= width, "{line}");
                prop_assert!(!line.chars().any(sanitise::is_unseen), "{line}");
            }
        }
    }
}
