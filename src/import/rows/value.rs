//! Values of cells by the rules of the field: amounts have a unit, phone numbers no decimals.

use crate::model::amount::{Amount, Unit, parse_number};
use crate::model::nfkc::nfkc;
use crate::model::rule;
use crate::model::shape::{Misread, Scalar};
use crate::model::value::Value;
use crate::text;

/// An amount of money in the main unit. The unit stands in the cell, in the header, or was given by the user.
pub fn money(text: &str, header: Option<Unit>, parsed: Option<Unit>) -> Result<Value, Misread> {
    let text = nfkc(text);
    let (digits, own) = Unit::ending(text.trim());
    let outer = header.or(parsed);
    if let (Some(own), Some(outer)) = (own, outer)
        && own != outer
    {
        return Err(Misread::new(
            &rule::BAD_UNIT,
            text!("`{text}` has a unit other than its column", "“{text}”的单位与本列不同"),
        )
        .help(text!("write all cells of the column in one unit", "请使整列使用同一单位")));
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
    fn the_unit_of_an_amount_stands_in_the_cell_or_in_the_header() {
        let amount = |text, header| money(text, header, None).map(|value| value.to_string());
        assert_eq!(amount("1,234.5", Some(Unit::TenThousand)), Ok("12345000".to_owned()));
        assert_eq!(amount("300万", None), Ok("3000000".to_owned()));
        assert_eq!(amount("300万元", Some(Unit::TenThousand)), Ok("3000000".to_owned()));
        assert!(amount("300万", Some(Unit::One)).is_err());
    }

    #[test]
    fn a_phone_number_that_became_a_decimal_is_read() {
        assert_eq!(phone("13800000001.0"), "13800000001");
        assert_eq!(phone("020-8000.0"), "020-8000.0");
    }
}
