//! Numbers as people read them: grouped, rounded half away from zero, with their unit. Nothing else rounds.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::lang::Lang;
use crate::model::share::Share;

/// What stands for a value that is missing.
pub const MISSING: &str = "–";

/// The most decimals shown of money and other numbers.
const DECIMALS: u32 = 2;

/// The decimals of quotients, which are not exact, in formats for programs.
pub const QUOTIENT_DECIMALS: u32 = 6;

/// Rounded to so many decimals, a half away from zero; zeros at the end are dropped and zero has no sign.
pub fn rounded(number: Decimal, decimals: u32) -> Decimal {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// With thousands separators and at most two decimals: `1,234,567.5`.
pub fn number(number: Decimal) -> String {
    grouped(&rounded(number, DECIMALS).to_string())
}

/// A whole number with thousands separators: `1,234,567`.
pub fn count(count: i64) -> String {
    grouped(&count.to_string())
}

/// Money in the main unit. In a Chinese table yuan are shown with their unit, `1,234.5万元` or `12.35亿元`;
/// otherwise the number stands in full and its unit in the head of the column.
pub fn amount(amount: Decimal, lang: Lang, currency: &str) -> String {
    if lang == Lang::Zh && currency == "CNY" { yuan(amount) } else { number(amount) }
}

/// The unit is chosen after rounding, so that 9,999.999 yuan are 1万元 and not 10,000元.
fn yuan(amount: Decimal) -> String {
    let units = [(1, "元"), (10_000, "万元"), (100_000_000, "亿元")];
    let last = units.len() - 1;
    units
        .into_iter()
        .enumerate()
        .find_map(|(at, (unit, word))| {
            let shown = rounded(amount.checked_div(Decimal::from(unit))?, DECIMALS);
            (at == last || shown.abs() < Decimal::from(10_000)).then(|| number(shown) + word)
        })
        .unwrap_or_default()
}

/// A share with both its parts: `29.8 % (31/104)`; of an empty whole only the parts.
pub fn share(share: Share) -> String {
    let quotient = share.value().map_or_else(|| MISSING.to_owned(), rate);
    format!("{quotient} ({}/{})", number(share.numerator), number(share.denominator))
}

/// A rate as a percentage with one decimal: `4.3 %`.
pub fn rate(rate: Decimal) -> String {
    format!("{} %", percent(rate))
}

/// The difference of two rates in percentage points, with one decimal: `-8.8 points` or `-8.8个百分点`.
pub fn points(points: Decimal, lang: Lang) -> String {
    format!("{}{}", percent(points), lang.pick(" points", "个百分点"))
}

fn percent(rate: Decimal) -> String {
    let kept = rounded(rate, 3);
    let percent = kept.checked_mul(Decimal::ONE_HUNDRED).map_or_else(
        // So large that it has no decimals to move.
        || format!("{}00", rounded(kept, 0)),
        |percent| percent.normalize().to_string(),
    );
    let point = if percent.contains('.') { "" } else { ".0" };
    format!("{}{point}", grouped(&percent))
}

/// The digits before the point in groups of three.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, decimals) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn numbers_are_grouped_and_rounded_half_away_from_zero() {
        for (exact, shown) in [
            ("0", "0"),
            ("-0.001", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("1234567.125", "1,234,567.13"),
            ("-1234567.125", "-1,234,567.13"),
            ("1.10", "1.1"),
            ("100", "100"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(number(decimal(exact)), shown);
        }
    }

    #[test]
    fn yuan_in_chinese_take_the_unit_that_fits_after_rounding() {
        for (exact, shown) in [
            ("0", "0元"),
            ("9800", "9,800元"),
            ("9999.994", "9,999.99元"),
            ("9999.995", "1万元"),
            ("12345000", "1,234.5万元"),
            ("99999949", "9,999.99万元"),
            ("99999950", "1亿元"),
            ("1235000000", "12.35亿元"),
            ("-1234567890", "-12.35亿元"),
            ("999999999999999", "10,000,000亿元"),
        ] {
            assert_eq!(amount(decimal(exact), Lang::Zh, "CNY"), shown, "{exact}");
        }
    }

    #[test]
    fn other_money_stands_in_full() {
        assert_eq!(amount(decimal("1235000000.5"), Lang::En, "CNY"), "1,235,000,000.5");
        assert_eq!(amount(decimal("1235000000.5"), Lang::Zh, "EUR"), "1,235,000,000.5");
    }

    #[test]
    fn shares_show_both_parts_and_an_empty_whole_has_no_quotient() {
        assert_eq!(share(Share::of(31, 104)), "29.8 % (31/104)");
        assert_eq!(share(Share::of(0, 104)), "0.0 % (0/104)");
        assert_eq!(share(Share::of(1204, 1204)), "100.0 % (1,204/1,204)");
        assert_eq!(share(Share::of(0, 0)), "– (0/0)");
    }

    #[test]
    fn rates_are_percentages_with_one_decimal() {
        for (exact, shown) in [
            ("0.043", "4.3 %"),
            ("0", "0.0 %"),
            ("-0.0005", "-0.1 %"),
            ("0.0004", "0.0 %"),
            ("12.3456", "1,234.6 %"),
            ("79228162514264337593543950335", "7,922,816,251,426,433,759,354,395,033,500.0 %"),
        ] {
            assert_eq!(rate(decimal(exact)), shown);
        }
    }
}
