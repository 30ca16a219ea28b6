//! What a cell says, by the rules of the field: blanks are missing, amounts have a unit.

use crate::model::amount::{Amount, Unit, parse_number};
use crate::model::nfkc::nfkc;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar};
use crate::model::value::Value;

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
pub fn said(cell: &str) -> Option<&str> {
    let text = cell.trim();
    let blank = matches!(
        text,
        "" | "/" | "／" | "\\" | "－" | "-" | "--" | "—" | "——" | "–" | "无" | "暂无" | "N/A" | "n/a" | "NA"
    );
    (!blank).then_some(text)
}

/// An amount of money in the main unit. The unit stands in the cell, in the header, or was said by the user.
pub fn money(text: &str, header: Option<Unit>, said: Option<Unit>) -> Result<Value, Misread> {
    let text = nfkc(text);
    let (digits, own) = Unit::ending(text.trim());
    let outer = header.or(said);
    if let (Some(own), Some(outer)) = (own, outer)
        && own != outer
    {
        return Err(Misread::new(&rule::BAD_UNIT, format!("`{text}` has a unit other than its column"))
            .help("write all cells of the column in one unit"));
    }
    let unit = own.or(outer).unwrap_or(Unit::One);
    Amount::new(unit.times(parse_number(digits)?)?).map(|amount| amount.to_value())
}

/// A phone number, which a spreadsheet may have turned into a decimal.
pub fn phone(text: &str) -> &str {
    text.strip_suffix(".0").filter(|digits| digits.chars().all(|c| c.is_ascii_digit())).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_missing_and_only_zero_is_zero() {
        for text in ["", " ", "/", "-", "—", "无", "暂无", "N/A"] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(said(" 0 "), Some("0"));
    }

    #[test]
    fn the_unit_of_an_amount_stands_in_the_cell_or_in_the_header() {
        let amount = |text, header| money(text, header, None).map(|value| value.to_string());
        assert_eq!(amount("1,234.5", Some(Unit::TenThousand)), Ok("12345000".to_owned()));
        assert_eq!(amount("300万", None), Ok("3000000".to_owned()));
        assert_eq!(amount("300万元", Some(Unit::TenThousand)), Ok("3000000".to_owned()));
        assert!(amount("300万", Some(Unit::One)).is_err());
    }

    #[test]
    fn a_name_like_a_formula_is_guarded_and_read_back() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("-5"), "-5");
        for name in ["=1+1", "@示例", "'=1+1", "示例"] {
            assert_eq!(unguarded(&guarded(name)), name);
        }
    }

    #[test]
    fn a_phone_number_that_became_a_decimal_is_read() {
        assert_eq!(phone("13800000001.0"), "13800000001");
        assert_eq!(phone("020-8000.0"), "020-8000.0");
    }
}
