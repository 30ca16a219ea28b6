//! What an `.ods` says that its cells show, beside what they store.

use rust_decimal::Decimal;

use crate::import::read::sheet::{CellKind, ShownAs};
use crate::import::read::workbook::number_format::Shown;
use crate::model::nfkc::nfkc;

/// The powers of ten that figures are shown divided by, the usual ones first.
const SCALES: [u32; 10] = [0, 3, 4, 6, 8, 1, 2, 5, 7, 9];

/// What is shown of a number, where that is not the number itself or the number rounded.
pub fn number(stored: &str, shown: &str) -> Option<Shown> {
    let value = Decimal::from_str_exact(stored).or_else(|_| Decimal::from_scientific(stored)).ok()?;
    let wide = nfkc(shown);
    let shown = wide.trim();
    let text = |text: String, how| Some(Shown { kind: CellKind::Text, text, how });
    let is_digit = |c: char| c.is_ascii_digit();
    let Some((first, last)) = shown.find(is_digit).zip(shown.rfind(is_digit)) else {
        let is_same = shown.is_empty() || value.is_zero() && ["-", "–", "—"].contains(&shown);
        return if is_same { None } else { text(shown.to_owned(), ShownAs::Written) };
    };
    let (before, digits, after) = (&shown[..first], &shown[first..=last], &shown[last + 1..]);
    if digits.contains(['E', 'e', '/']) {
        return None;
    }
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '\'') && !c.is_whitespace()).collect();
    let Ok(number) = Decimal::from_str_exact(&plain) else { return text(shown.to_owned(), ShownAs::Written) };
    let is_near = |exact: Decimal| {
        let half = Decimal::new(5, number.scale() + 1);
        exact.checked_sub(number).is_some_and(|gap| gap.abs() <= half)
    };
    let around = |exact: Decimal| format!("{before}{}{after}", exact.normalize());
    if after.starts_with('%') {
        let exact = value.abs().checked_mul(Decimal::ONE_HUNDRED)?;
        return text(if is_near(exact) { around(exact) } else { shown.to_owned() }, ShownAs::Written);
    }
    let scaled = |power: u32| value.abs().checked_div(Decimal::from(10_u64.checked_pow(power)?));
    let found = SCALES.into_iter().find_map(|power| Some((power, scaled(power).filter(|it| is_near(*it))?)));
    let is_bare = |text: &str| text.chars().all(|c| matches!(c, '-' | '(' | ')') || c.is_whitespace());
    let is_alone = is_bare(before) && is_bare(after);
    let is_padded = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    match found {
        Some((0, _)) if is_alone && !is_padded => None,
        Some((0, _)) if is_padded => text(shown.to_owned(), ShownAs::Written),
        Some((0, exact)) => text(around(exact), ShownAs::Written),
        Some((power, exact)) => {
            let kind = if is_alone { CellKind::Number } else { CellKind::Text };
            let sign = if is_alone && value.is_sign_negative() { "-" } else { "" };
            let shown = if is_alone { format!("{sign}{}", exact.normalize()) } else { around(exact) };
            Some(Shown { kind, text: shown, how: ShownAs::Scaled(power) })
        }
        None => Some(Shown { kind: CellKind::Number, text: stored.to_owned(), how: ShownAs::Unclear }),
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What is shown of a day, `2023-05-01`, where a part of it is not shown.
pub fn day(stored: &str, shown: &str) -> Option<Shown> {
    let mut parts = stored.get(..10)?.split('-');
    let mut part = || parts.next()?.parse::<u32>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let wide = nfkc(shown).to_lowercase();
    // What follows a colon is a time of day.
    let clock = wide
        .find(':')
        .map_or(wide.len(), |colon| wide[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let date = wide[..clock].trim();
    let mut numbers: Vec<u32> =
        date.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let mut take = |is: &dyn Fn(u32) -> bool| {
        let place = numbers.iter().position(|number| is(*number));
        place.map(|place| numbers.remove(place)).is_some()
    };
    let has_name =
        MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?).is_some_and(|name| date.contains(name));
    let has_year = take(&|number| number == year);
    let has_month = has_name || take(&|number| number == month);
    let has_day = take(&|number| number == day);
    let has_year = has_year || take(&|number| number == year % 100);
    let text = |text: String, how| Some(Shown { kind: CellKind::Text, text, how });
    match (has_year, has_month, has_day) {
        (true, true, true) => None,
        (true, true, false) => text(format!("{year:04}-{month:02}"), ShownAs::Written),
        (true, false, false) => text(format!("{year:04}"), ShownAs::Written),
        (false, true, true) => {
            text(format!("{month}月{day}日"), ShownAs::Yearless(i32::try_from(year).unwrap_or_default()))
        }
        (false, true, false) => {
            text(format!("{month}月"), ShownAs::Yearless(i32::try_from(year).unwrap_or_default()))
        }
        (false, false, false) if clock < wide.len() => {
            text(wide[clock..].trim().to_owned(), ShownAs::Written)
        }
        _ if shown.trim().is_empty() => None,
        _ => text(stored.to_owned(), ShownAs::Unclear),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(shown: Option<Shown>) -> String {
        shown.map_or_else(|| "=".to_owned(), |shown| format!("{} {:?}", shown.text, shown.how))
    }

    #[test]
    fn a_number_is_what_is_shown_unless_that_is_the_number_rounded() {
        for (stored, text, found) in [
            ("1234.567", "1,234.57", "="),
            ("-5", "(5)", "="),
            ("0", "-", "="),
            ("12345678", "1234.6", "1234.5678 Scaled(4)"),
            ("12345678", "1234.6万", "1234.5678万 Scaled(4)"),
            ("12345678", "12,346", "12345.678 Scaled(3)"),
            ("0.0523", "5.2%", "5.23% Written"),
            ("12", "12人", "12人 Written"),
            ("1234.5", "￥1,234.50", "¥1234.5 Written"),
            ("12", "00000012", "00000012 Written"),
            ("12", "KP012", "KP012 Written"),
            ("1", "是", "是 Written"),
            ("7", "999", "7 Unclear"),
        ] {
            assert_eq!(said(number(stored, text)), found, "{stored} {text}");
        }
    }

    #[test]
    fn a_day_is_as_exact_as_what_is_shown() {
        for (text, found) in [
            ("2023-05-01", "="),
            ("01/05/23", "="),
            ("May 1, 2023", "="),
            ("2023年5月1日 09:30", "="),
            ("2023年5月", "2023-05 Written"),
            ("May 23", "2023-05 Written"),
            ("2023", "2023 Written"),
            ("5月1日", "5月1日 Yearless(2023)"),
            ("09:30", "09:30 Written"),
        ] {
            assert_eq!(said(day("2023-05-01", text)), found, "{text}");
        }
    }
}
