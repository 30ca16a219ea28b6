//! What is no text of a cell: the ways people write that there is nothing, and the apostrophe that guards a formula.

use crate::model::amount::parse_number;

/// What a spreadsheet program takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

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

/// A cell of separated text without the apostrophe that guards it.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with('\'') || rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// The text of a cell; none if it is one of the ways people write that there is nothing.
pub fn text(cell: &str) -> Option<&str> {
    let text = cell.trim();
    let blank = matches!(
        text,
        "" | "/" | "／" | "\\" | "－" | "-" | "--" | "—" | "——" | "–" | "无" | "暂无" | "N/A" | "n/a" | "NA"
    );
    (!blank).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_missing_and_only_zero_is_zero() {
        for blank in ["", " ", "/", "-", "—", "无", "暂无", "N/A"] {
            assert_eq!(text(blank), None, "{blank}");
        }
        assert_eq!(text(" 0 "), Some("0"));
    }

    #[test]
    fn a_name_like_a_formula_is_guarded_and_read_back() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("-5"), "-5");
        for name in ["=1+1", "@示例", "'=1+1", "示例"] {
            assert_eq!(unguarded(&guarded(name)), name);
        }
    }
}
