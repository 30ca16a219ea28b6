//! What is no text of a cell: the ways people write that there is nothing, and the apostrophe that guards a formula.

use std::sync::OnceLock;

use foldhash::HashSet;

use crate::model::amount::parse_number;
use crate::model::name::is_invisible;
use crate::model::nfkc::nfkc;

/// What a spreadsheet program takes for the beginning of a formula.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// A text that a spreadsheet program will not take for a formula: an apostrophe goes before it. [`unguarded`]
/// takes the apostrophe away again.
pub fn guarded(text: &str) -> String {
    let is_number = parse_number(text).is_ok();
    if text.starts_with(['\'']) || text.starts_with(FORMULA) && !is_number {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A cell of separated text without the apostrophe that guards it, or without the formula that keeps it a text:
/// `="0012"`.
pub fn unguarded(cell: &str) -> &str {
    let kept = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = kept.filter(|text| !text.contains('"')) {
        return text;
    }
    cell.strip_prefix('\'').filter(|rest| rest.starts_with('\'') || rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// How tables write that there is nothing, as data.
const MISSING: &str = include_str!("missing.txt");

/// The longest of them, in bytes.
const LONGEST: usize = 24;

fn missing() -> &'static HashSet<String> {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| MISSING.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
}

/// A text of a record that a cell would not keep: one of the ways people write that there is nothing. An apostrophe
/// goes before it, which [`text`] takes away again.
pub fn kept(text: &str) -> Option<String> {
    let bare = text.trim_start_matches('\'').trim();
    (!bare.is_empty() && is_missing(bare)).then(|| format!("'{text}"))
}

/// The text of a cell; none if it is one of the ways people write that there is nothing.
pub fn text(cell: &str) -> Option<&str> {
    let text = cell.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if let Some(rest) = text.strip_prefix('\'')
        && kept(rest).is_some()
    {
        return Some(rest);
    }
    (!text.is_empty() && !is_missing(text)).then_some(text)
}

fn is_missing(text: &str) -> bool {
    // Most cells are longer, or a number.
    let is_short = text.len() <= LONGEST && !text.starts_with(|c: char| c.is_ascii_digit());
    let is_plain = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_ascii_lowercase();
    let varies = || !text.chars().all(is_plain);
    is_short && (missing().contains(text) || varies() && missing().contains(&nfkc(text).to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_missing_and_only_zero_is_zero() {
        for blank in [
            "",
            " ",
            "\u{200b}",
            "/",
            "-",
            "—",
            "无",
            "暂无",
            "N/A",
            "NaN",
            "None",
            "NULL",
            "待定",
            "暂未统计",
        ] {
            assert_eq!(text(blank), None, "{blank}");
        }
        assert_eq!(text(" 0 "), Some("0"));
    }

    #[test]
    fn a_text_that_says_there_is_nothing_is_kept_where_a_record_has_it() {
        for note in ["-", "无", "N/A", "'-", "''无"] {
            let cell = guarded(&kept(note).unwrap());
            assert_eq!(text(unguarded(&cell)), Some(note), "{cell}");
        }
        assert_eq!(kept("示例"), None);
        assert_eq!((kept("'"), text("'")), (None, Some("'")));
    }

    #[test]
    fn a_formula_that_keeps_a_text_is_that_text() {
        assert_eq!(unguarded("=\"0012\""), "0012");
        assert_eq!(unguarded("=\"a\"&\"b\""), "=\"a\"&\"b\"");
    }

    #[test]
    fn a_name_like_a_formula_is_guarded_and_read_back() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("-5"), "-5");
        for name in ["=1+1", "@示例", "＝1+1", "＠示例", "'=1+1", "示例"] {
            assert_eq!(unguarded(&guarded(name)), name);
        }
    }
}
