//! Rows of a table that are no records: totals, which are checked and left out, titles of sections, rows that say
//! how to fill in the form, and notes, which end it.

use crate::import::read::sheet::{Merge, SheetRow};
use crate::model::amount::parse_number;
use crate::model::name::NameKey;

/// What a row below the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FooterRow {
    /// The sum of the rows since the last sum of parts.
    Subtotal,
    /// The sum of all rows.
    Total,
    /// Averages of the rows, or other figures drawn from them.
    Average,
    /// The title of a section: of the rows below it.
    SectionTitle,
    /// The same by its last word alone, which a firm may have too.
    LikelyTitle,
    /// What to write in each column, or an example of it.
    Template,
    /// A note; the table ends before it, unless rows go on below.
    Note,
}

/// What is known of a table while its rows are gone through.
pub struct Shape<'s> {
    /// Which columns have running numbers.
    pub numbers: &'s [bool],
    /// Cells shown as one.
    pub merges: &'s [Merge],
    /// How many cells most rows fill.
    pub usual: usize,
}

const TOTALS: [&str; 19] = [
    "合计",
    "总计",
    "共计",
    "累计",
    "总和",
    "汇总",
    "总数",
    "合计数",
    "总计数",
    "全区合计",
    "全县合计",
    "全市合计",
    "合计金额",
    "total",
    "totals",
    "grandtotal",
    "sum",
    "overall",
    "alltotal",
];
const AVERAGES: [&str; 13] = [
    "平均",
    "平均值",
    "平均数",
    "均值",
    "中位数",
    "最大值",
    "最小值",
    "人均",
    "average",
    "averages",
    "mean",
    "median",
    "avg",
];
const SUBTOTALS: [&str; 6] = ["小计", "本页小计", "本页合计", "本类小计", "subtotal", "subtotals"];

/// How notes begin; something that ends the word must follow, or the name of a firm begins like it.
const NOTES: [&str; 45] = [
    "备注",
    "注",
    "附注",
    "注释",
    "说明",
    "附",
    "附件",
    "填表说明",
    "填报说明",
    "填写说明",
    "填表要求",
    "填报要求",
    "填表须知",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "制表日期",
    "填表日期",
    "填报日期",
    "打印日期",
    "审核人",
    "审核",
    "复核",
    "复核人",
    "审批人",
    "单位负责人",
    "负责人",
    "分管领导",
    "经办人",
    "联系人",
    "联系电话",
    "填报单位",
    "单位",
    "数据来源",
    "资料来源",
    "来源",
    "统计口径",
    "note",
    "notes",
    "remark",
    "remarks",
    "source",
    "sources",
    "preparedby",
];

/// Notes that need a colon: alone they may be a word of a list, or a name.
const WITH_COLON: [&str; 14] = [
    "注",
    "附",
    "附件",
    "审核",
    "复核",
    "单位",
    "负责人",
    "联系人",
    "联系电话",
    "来源",
    "note",
    "source",
    "sources",
    "remark",
];

/// How many were there.
const ATTENDED: [&str; 6] = ["应到", "实到", "缺席", "请假", "应到人数", "实到人数"];

/// How a note of one cell begins, whatever follows.
const REMARKS: [&str; 8] = ["以上", "以下", "续表", "接上", "(续", "(接", "※", "上接"];

/// How titles of sections end, where rows below have more cells.
const SECTION_TITLES: [&str; 18] = [
    "街道",
    "镇",
    "乡",
    "街",
    "园区",
    "开发区",
    "片区",
    "新区",
    "社区",
    "产业",
    "行业",
    "类",
    "组",
    "批",
    "批次",
    "名单",
    "部分",
    "领域",
];

/// What a form says of a column in place of a value.
const FILL_IN: [&str; 16] = [
    "必填",
    "选填",
    "必填项",
    "选填项",
    "非必填",
    "可不填",
    "必须填写",
    "自动生成",
    "下拉选择",
    "请选择",
    "文本",
    "数字",
    "日期",
    "required",
    "optional",
    "mandatory",
];

/// What stands before an example.
const EXAMPLES: [&str; 9] =
    ["示例:", "例:", "例如:", "如:", "样例:", "举例:", "填写示例:", "example:", "e.g."];

/// What stands in the place of a number before an example.
const EXAMPLE_ROWS: [&str; 8] = ["示例", "例", "样例", "填写示例", "示例行", "填报示例", "example", "e.g."];

/// How many rows below the header may say how to fill in the form.
const TEMPLATE_ROWS: usize = 3;

/// What a row is whose first cell says something with the key `first`, if it is none of the table's own. `index` is
/// its place below the header.
pub fn of(row: &SheetRow, first: &NameKey, index: usize, shape: &Shape<'_>) -> Option<FooterRow> {
    let second = row.filled().nth(1).map(|(_, text)| NameKey::of(text));
    if let Some(sum) = [Some(first), second.as_ref()].into_iter().flatten().find_map(sum) {
        return Some(sum);
    }
    if index < TEMPLATE_ROWS && is_template(row, shape) {
        return Some(FooterRow::Template);
    }
    if is_note(first) && row.filled().count() <= FEW {
        return Some(FooterRow::Note);
    }
    let mut cells = row.filled();
    let (Some((column, text)), None) = (cells.next(), cells.next()) else { return None };
    alone(row, column, text, first, shape)
}

/// What a row of one cell is.
fn alone(row: &SheetRow, column: usize, text: &str, key: &NameKey, shape: &Shape<'_>) -> Option<FooterRow> {
    if shape.usual < 2 {
        return None;
    }
    let key = key.as_str();
    if REMARKS.iter().any(|word| key.starts_with(word)) || text.contains('。') {
        return Some(FooterRow::Note);
    }
    let is_merged = |merge: &&Merge| {
        merge.columns.0 < merge.columns.1
            && merge.rows == (row.number - 1, row.number - 1)
            && merge.columns.0 == column
    };
    let is_no_number = shape.numbers.get(column) == Some(&true) && parse_number(text).is_err();
    let bare = without_count(key);
    let ends = shape.usual > 2 && SECTION_TITLES.iter().any(|word| bare.ends_with(word));
    let is_title = shape.merges.iter().any(|merge| is_merged(&merge))
        || is_no_number
        || is_outlined(key)
        || bare.len() < key.len() && shape.usual > 2
        || key.ends_with(':');
    if is_title { Some(FooterRow::SectionTitle) } else { ends.then_some(FooterRow::LikelyTitle) }
}

/// Without `(12家)` or `12家` at the end.
fn without_count(key: &str) -> &str {
    let inside = key.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    if let Some((before, inside)) = inside {
        let has_digit = inside.contains(|c: char| c.is_ascii_digit());
        return if has_digit && inside.ends_with(COUNTED) { before } else { key };
    }
    let before = key.trim_end_matches(COUNTED);
    let bare = before.trim_end_matches(|c: char| c.is_ascii_digit());
    if before.len() < key.len() && bare.len() < before.len() { bare.trim_end_matches('共') } else { key }
}

const COUNTED: [char; 6] = ['家', '户', '个', '人', '项', '名'];

/// `一、新华街道`, `(二)汽车`, `第三批`.
fn is_outlined(key: &str) -> bool {
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let rest = key.strip_prefix('(').unwrap_or(key);
    let after = rest.trim_start_matches(is_numeral);
    let is_numbered = after.len() < rest.len() && after.starts_with(['、', '.', ')']);
    let part =
        key.strip_prefix('第').map(|rest| rest.trim_start_matches(|c| is_numeral(c) || c.is_ascii_digit()));
    is_numbered || part.is_some_and(|rest| rest.starts_with(['批', '类', '组', '章', '部', '期']))
}

/// Whether a row says what to write in its columns, or gives an example.
fn is_template(row: &SheetRow, shape: &Shape<'_>) -> bool {
    let mut cells = 0_usize;
    let mut words = 0_usize;
    let is_code = |text: &str| text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_code = row.filled().any(|(_, text)| is_code(text));
    for (place, (column, text)) in row.filled().enumerate() {
        let key = NameKey::of(text);
        let key = key.as_str();
        // What stands in the place of a name; a text of a record may begin so too.
        if place < 2 && !has_code && EXAMPLES.iter().any(|word| key.starts_with(word))
            || shape.numbers.get(column) == Some(&true) && EXAMPLE_ROWS.contains(&key.trim_end_matches(':'))
        {
            return true;
        }
        cells += 1;
        let bare = key.trim_matches(['(', ')', '*']);
        words +=
            usize::from(FILL_IN.iter().any(|word| bare == *word || bare.starts_with(&format!("{word}("))));
    }
    words * 2 >= cells && words > 0
}

/// Whether a word stands for a sum.
pub fn is_sum(key: &NameKey) -> bool {
    sum(key).is_some()
}

/// The sum that a word stands for, with how many it is of.
fn sum(key: &NameKey) -> Option<FooterRow> {
    let text = key.as_str();
    let word = text.split(['(', ':']).next().unwrap_or(text);
    let word = word.trim_end_matches(COUNTED).trim_end_matches(|c: char| c.is_ascii_digit());
    let is_count = word == "共" && text.contains(|c: char| c.is_ascii_digit());
    match word {
        _ if TOTALS.contains(&word) || is_count => Some(FooterRow::Total),
        _ if AVERAGES.contains(&word) => Some(FooterRow::Average),
        _ if SUBTOTALS.contains(&word) => Some(FooterRow::Subtotal),
        _ => None,
    }
}

/// How many cells a note may have.
const FEW: usize = 4;

/// Whether a row begins like a note.
pub fn is_note(first: &NameKey) -> bool {
    let text = first.as_str();
    let rest_of = |word: &&str| text.strip_prefix(*word);
    let is_count = |rest: &str| {
        let after = rest.trim_start_matches(':').trim_start_matches(|c: char| c.is_ascii_digit());
        after.is_empty()
            || after.len() < rest.len() && after.starts_with(['人', '家', '个', '名', '/', ',', '、', ';'])
    };
    ATTENDED.iter().filter_map(rest_of).any(is_count)
        || NOTES.iter().any(|word| text.strip_prefix(word).is_some_and(|rest| ends_word(rest, word)))
}

/// Whether what follows a word ends it: nothing, a colon, a number, something in brackets and then one of these.
fn ends_word(rest: &str, word: &str) -> bool {
    if WITH_COLON.contains(&word) && rest.is_empty() {
        return false;
    }
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let after = rest.trim_start_matches(is_numeral);
    if after.len() < rest.len() {
        return after.is_empty() || after.starts_with([':', '.', '、', ')']);
    }
    match rest.strip_prefix('(').map(|inside| inside.split_once(')').unwrap_or((inside, ""))) {
        Some((_, after)) => after.is_empty() || after.starts_with([':', '.', '、']),
        None => rest.is_empty() || rest.starts_with([':', '、', '.']),
    }
}

/// `甲 乙 1 2 3` under the header of a statistical form: numbers of columns, where other rows have texts in some of
/// them. What could be a record is one.
pub fn is_numbering(rows: &[SheetRow], shape: &Shape<'_>) -> bool {
    let Some((row, others)) = rows.split_first() else { return false };
    let plain = |text: &str| text.trim_matches(['(', ')', '（', '）', '栏']).to_owned();
    let texts: Vec<(usize, String)> = row.filled().map(|(column, text)| (column, plain(text))).collect();
    let is_letter = |text: &str| ["甲", "乙", "丙", "丁", "戊", "A", "B", "C"].contains(&text);
    let numbers: Vec<&(usize, String)> = texts.iter().filter(|(_, text)| !is_letter(text)).collect();
    let counts = numbers.iter().enumerate().all(|(index, (_, text))| text.parse() == Ok(index + 1));
    let has_texts = |column: usize| {
        let cells = || {
            others.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(column)).filter(|it| !it.is_blank())
        };
        cells().count() > 0 && cells().all(|cell| parse_number(&cell.text).is_err())
    };
    let cannot_be =
        || numbers.iter().any(|(column, _)| shape.numbers.get(*column) != Some(&true) && has_texts(*column));
    counts && texts.len() >= 3 && (numbers.len() < texts.len() || cannot_be())
}

/// How many rows tell what a column holds.
const LOOKED_AT: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sheet::Cell;

    fn row(number: usize, cells: &[&str]) -> SheetRow {
        SheetRow { number, cells: cells.iter().map(|text| Cell::text(*text)).collect() }
    }

    fn of(cells: &[&str]) -> Option<FooterRow> {
        let row = row(1, cells);
        let first = row.filled().next().map(|(_, text)| NameKey::of(text)).unwrap();
        super::of(&row, &first, 0, &Shape { numbers: &[true, false, false], merges: &[], usual: 3 })
    }

    #[test]
    fn totals_and_notes_are_told_from_enterprises() {
        for cells in [
            &["", "合 计", "12"][..],
            &["1", "合计", "12"],
            &["合计（12家）", "", "3"],
            &["汇总"],
            &["共12家"],
            &["Totals", "", "3"],
        ] {
            assert_eq!(of(cells), Some(FooterRow::Total), "{cells:?}");
        }
        for cells in [&["平均", "", "12"][..], &["平均值：", "3"], &["Average", "3"]] {
            assert_eq!(of(cells), Some(FooterRow::Average), "{cells:?}");
        }
        assert_eq!(of(&["小计：", "", "12"]), Some(FooterRow::Subtotal));
        for cells in [
            &["备注：本表一式两份"][..],
            &["注：1. 示例"],
            &["应到32人", "实到30人"],
            &["说明（必读）：一式两份"],
            &["注1、示例"],
            &["填表人：示例", "日期：2023年"],
            &["实到30人"],
            &["以上数据由各镇街填报"],
            &["实到：30"],
        ] {
            assert_eq!(of(cells), Some(FooterRow::Note), "{cells:?}");
        }
        for name in [
            "示例合计科技有限公司",
            "汇总科技有限公司",
            "说明书示例印刷厂",
            "说明（广州）科技有限公司",
            "实到科技有限公司",
            "应到人工智能有限公司",
            "备注一百商贸有限公司",
            "平均律音乐有限公司",
            "注1号示例店",
            "共创12科技有限公司",
        ] {
            assert_eq!(of(&["1", name, "花山镇"]), None, "{name}");
            assert_eq!(of(&["", name, "花山镇"]), None, "{name}");
        }
    }

    #[test]
    fn titles_and_rows_of_a_form_are_no_enterprises() {
        for cells in [
            &["一、新华街道"][..],
            &["", "（二）汽车产业"],
            &["", "花山镇（12家）"],
            &["花东镇"],
            &["", "第三批"],
        ] {
            assert_eq!(of(cells), Some(FooterRow::SectionTitle), "{cells:?}");
        }
        for cells in [&["", "新材料产业"][..], &["", "花东镇"]] {
            assert_eq!(of(cells), Some(FooterRow::LikelyTitle), "{cells:?}");
        }
        for cells in [
            &["必填", "必填", "选填"][..],
            &["1", "示例：某某有限公司", "花山镇"],
            &["例", "某某公司"],
            &["", "（必填）", "（选填）"],
        ] {
            assert_eq!(of(cells), Some(FooterRow::Template), "{cells:?}");
        }
        assert_eq!(of(&["", "示例甲有限公司"]), None);
        assert_eq!(of(&["示例甲有限公司", "融资", "示例：希望对接贷款"]), None);
    }

    #[test]
    fn a_row_that_counts_is_data_unless_it_cannot_be() {
        let shape = Shape { numbers: &[true, false, false], merges: &[], usual: 3 };
        let is = |rows: &[&[&str]]| {
            let rows: Vec<SheetRow> = rows.iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect();
            is_numbering(&rows, &shape)
        };
        assert!(!is(&[&["1", "2", "3"]]));
        assert!(!is(&[&["1", "2", "3"], &["2", "5", "7"]]));
        assert!(is(&[&["1", "2", "3"], &["1", "示例公司", "7"]]));
        assert!(is(&[&["甲", "乙", "1"], &["1", "示例公司", "7"]]));
    }
}
