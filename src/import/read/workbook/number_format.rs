//! What a spreadsheet program shows of a value by its number format, where that is not the value as it is stored:
//! scaled, with words around it, padded, as a percentage, as a part of a date. Digits that are only rounded away are
//! kept.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use rust_decimal::Decimal;

use super::format_code::{Comparison, GENERAL, Section, Token, built_in, sections};
use crate::import::read::sheet::{CellKind, ShownAs};
use crate::model::amount::parse_number;

/// A number format.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    sections: Vec<Section>,
    /// Whether every value is shown as it is stored.
    is_plain: bool,
}

/// What is shown of a value in place of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it looks like.
    pub kind: CellKind,
    /// The text; empty where nothing is shown.
    pub text: String,
    /// How it differs from what is stored.
    pub how: ShownAs,
}

impl NumberFormat {
    /// The format of a cell's style.
    pub fn of_style(style: &calamine::Style) -> Self {
        let Some(format) = &style.number_format else { return Self::of(GENERAL[0]) };
        let code = Some(format.format_code.as_str()).filter(|code| *code != GENERAL[0]);
        match format.format_id {
            Some(id) => Self::of_id(id, code),
            None => Self::of(code.unwrap_or(GENERAL[0])),
        }
    }

    /// The format of a number, and what the book says that it is.
    pub fn of_id(id: u32, code: Option<&str>) -> Self {
        let code = code.or_else(|| built_in(id)).unwrap_or(GENERAL[0]);
        // The sign of the accounting formats is that of the system.
        let is_of_system = (41..=44).contains(&id) && code.starts_with("_($");
        Self::of(if is_of_system { GENERAL[0] } else { code })
    }

    /// Reads a format.
    pub fn of(code: &str) -> Self {
        let mut format = Self { sections: sections(code), is_plain: false };
        let is_conditional = format.sections.iter().any(|section| section.condition.is_some());
        let is_partial = format.sections.iter().any(|section| section.is_date() && !section.is_day());
        let numbers = ["0", "1.5", "-1.5", "1234567.25"].map(|number| number.parse().unwrap_or_default());
        format.is_plain = !is_conditional
            && !is_partial
            && format.text("x").is_none()
            && numbers.into_iter().all(|number| format.decimal(number).is_none());
        format
    }

    /// Whether every value is shown as it is stored.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// What is shown of a number; nothing where it is the number itself, or a whole day.
    pub fn number(&self, stored: &str, serial: f64, is_1904: bool) -> Option<Shown> {
        let number = Decimal::from_str_exact(stored).ok()?;
        let section = self.section(number)?;
        if section.is_date() {
            return section.date(serial, is_1904);
        }
        self.decimal(number)
    }

    fn decimal(&self, number: Decimal) -> Option<Shown> {
        let section = self.section(number)?;
        if section.is_date() || section.tokens.contains(&Token::Same) {
            return None;
        }
        let unclear =
            || Shown { kind: CellKind::Number, text: number.normalize().to_string(), how: ShownAs::Unclear };
        let has_sign_of_its_own = number.is_sign_negative() && self.is_negative(section);
        let Some(mut text) = section.render(number) else { return Some(unclear()) };
        if number.is_zero() && ["-", "–", "—"].contains(&text.as_str()) {
            // Accountants write a dash for zero.
            return None;
        }
        if has_sign_of_its_own {
            match signed(&text, section.is_red) {
                Some(negative) => text = negative,
                None => return Some(unclear()),
            }
        } else if number.is_sign_negative() {
            text.insert(0, '-');
        }
        if text.is_empty() && !number.is_zero() {
            return Some(unclear());
        }
        let is_padded = text.trim_start_matches('-').starts_with('0')
            && text.trim_start_matches('-').len() > 1
            && !text.trim_start_matches('-').starts_with("0.");
        let read = parse_number(&text).ok().filter(|_| !is_padded);
        if read == Some(number) {
            return None;
        }
        let kind = if read.is_some() { CellKind::Number } else { CellKind::Text };
        let how = if section.scale > 0 { ShownAs::Scaled(section.scale) } else { ShownAs::Written };
        Some(Shown { kind, text, how })
    }

    /// What is shown of a text; nothing where it is the text itself.
    pub fn text(&self, stored: &str) -> Option<Shown> {
        let is_text = |section: &&Section| section.tokens.contains(&Token::Text);
        let section = match &self.sections[..] {
            [_, _, _, section, ..] => section,
            sections => sections.last().filter(is_text)?,
        };
        let mut text = String::new();
        for token in &section.tokens {
            match token {
                Token::Literal(literal) => text.push_str(literal),
                Token::Text => text.push_str(stored),
                _ => return None,
            }
        }
        let text = text.trim().to_owned();
        let how = if text.is_empty() { ShownAs::Unclear } else { ShownAs::Written };
        let shown = if text.is_empty() { stored.to_owned() } else { text };
        (shown != stored.trim() || how == ShownAs::Unclear).then_some(Shown {
            kind: CellKind::Text,
            text: shown,
            how,
        })
    }

    /// The section a number is shown by.
    fn section(&self, number: Decimal) -> Option<&Section> {
        let numeric = &self.sections[..self.sections.len().min(3)];
        if numeric.iter().any(|section| section.condition.is_some()) {
            let meets =
                |section: &&Section| section.condition.is_none_or(|(how, than)| how.holds(number, than));
            return numeric.iter().find(meets);
        }
        let place = match numeric.len() {
            0 => return None,
            1 => 0,
            2 => usize::from(number.is_sign_negative() && !number.is_zero()),
            _ if number.is_zero() => 2,
            _ => usize::from(number.is_sign_negative()),
        };
        // A second section that is for texts is none for negative numbers.
        let section = numeric.get(place)?;
        Some(if place == 1 && section.tokens == [Token::Text] { &numeric[0] } else { section })
    }

    /// Whether a section is the one for negative numbers, which writes their sign itself.
    fn is_negative(&self, section: &Section) -> bool {
        section.condition.is_none() && self.sections.get(1).is_some_and(|it| std::ptr::eq(it, section))
    }
}

impl Comparison {
    fn holds(self, number: Decimal, than: Decimal) -> bool {
        match self {
            Self::Less => number < than,
            Self::AtMost => number <= than,
            Self::Equal => number == than,
            Self::Unequal => number != than,
            Self::AtLeast => number >= than,
            Self::More => number > than,
        }
    }
}

/// A negative number as a section of its own writes it: with a sign, in brackets, in red.
fn signed(text: &str, is_red: bool) -> Option<String> {
    if text.starts_with('-') {
        return Some(text.to_owned());
    }
    for (open, close) in [('(', ')'), ('（', '）')] {
        if let Some((before, rest)) = text.split_once(open)
            && let Some((inside, after)) = rest.split_once(close)
        {
            return Some(format!("-{before}{inside}{after}"));
        }
    }
    let bare = ["−", "－", "负", "▲", "△", "▼"].iter().find_map(|sign| text.strip_prefix(sign));
    bare.or(is_red.then_some(text)).map(|bare| format!("-{bare}"))
}

impl Section {
    /// Whether it shows a day or a time.
    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed))
    }

    fn has(&self, letter: char) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(it, _) if *it == letter))
    }

    /// Whether a whole day is shown.
    fn is_day(&self) -> bool {
        self.has('y') && self.has('m') && self.has('d')
    }

    /// A number without its sign; nothing where nothing is shown.
    fn render(&self, number: Decimal) -> Option<String> {
        let mut number = number.abs();
        if self.tokens.contains(&Token::Percent) {
            number = number.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        if self.scale > 0 {
            number = number.checked_div(Decimal::from(10_u64.checked_pow(self.scale)?))?;
        }
        let number = number.normalize();
        let digits = number.trunc().to_string();
        let fraction =
            number.fract().to_string().split_once('.').map_or_else(String::new, |(_, it)| it.to_owned());
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        let is_place = |token: &&Token| matches!(token, Token::Digit(_));
        let places = self.tokens.iter().take(point.unwrap_or(self.tokens.len())).filter(is_place).count();
        let zeros = self.tokens.iter().skip(point.unwrap_or(self.tokens.len()));
        let zeros = zeros.filter(|token| **token == Token::Digit(true)).count();
        let mut text = String::new();
        let mut place = 0;
        for token in &self.tokens {
            match token {
                Token::Literal(literal) => text.push_str(literal),
                Token::Percent => text.push('%'),
                Token::General | Token::Text => text.push_str(&number.to_string()),
                Token::Digit(is_zero) if place < places => {
                    text.push_str(&digits_at(&digits, place, places, *is_zero));
                    place += 1;
                    if place == places && point.is_none() && !fraction.is_empty() {
                        text.push('.');
                        text.push_str(&fraction);
                    }
                }
                Token::Point => {
                    if !text.ends_with(|c: char| c.is_ascii_digit()) {
                        text.push('0');
                    }
                    if zeros > 0 || !fraction.is_empty() {
                        text.push('.');
                        text.push_str(&fraction);
                        text.extend(std::iter::repeat_n('0', zeros.saturating_sub(fraction.len())));
                    }
                }
                _ => {}
            }
        }
        Some(text.trim().to_owned())
    }

    /// A part of a date; nothing where the whole day is shown.
    fn date(&self, serial: f64, is_1904: bool) -> Option<Shown> {
        if self.is_day() {
            return None;
        }
        let time = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
        let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
        let shown = |text: String, how| Some(Shown { kind: CellKind::Text, text, how });
        let written = |text| shown(text, ShownAs::Written);
        match (self.has('y'), self.has('m'), self.has('d')) {
            (true, true, _) => written(format!("{year:04}-{month:02}")),
            (true, false, _) => written(format!("{year:04}")),
            (false, true, true) => shown(format!("{month}月{day}日"), ShownAs::Yearless(i32::from(year))),
            (false, true, false) => shown(format!("{month}月"), ShownAs::Yearless(i32::from(year))),
            (false, false, true) => shown(format!("{day}日"), ShownAs::Unclear),
            _ if self.tokens.contains(&Token::Elapsed) || self.has('h') || self.has('s') => {
                written(format!("{hour:02}:{minute:02}"))
            }
            // A day of the week.
            _ => shown(format!("{year:04}-{month:02}-{day:02}"), ShownAs::Unclear),
        }
    }
}

/// What stands at a place of the whole part: the first place has all digits that have no place of their own.
fn digits_at(digits: &str, place: usize, places: usize, is_zero: bool) -> String {
    let digits = if digits == "0" { "" } else { digits };
    let missing = places.saturating_sub(digits.len());
    if place < missing {
        return if is_zero { "0".to_owned() } else { String::new() };
    }
    let excess = digits.len().saturating_sub(places);
    let end = place + 1 - missing + excess;
    let start = if place == 0 { 0 } else { end - 1 };
    digits.get(start..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, stored: &str) -> String {
        let shown = NumberFormat::of(code).number(stored, stored.parse().unwrap(), false);
        shown.map_or_else(|| "=".to_owned(), |shown| format!("{} {:?}", shown.text, shown.how))
    }

    #[test]
    fn what_is_shown_as_it_is_stored_is_plain() {
        for code in [
            "General",
            "0",
            "0.00",
            "#,##0.00",
            "#,##0;(#,##0)",
            "#,##0.00_ ;[Red]-#,##0.00 ",
            "@",
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "0.00E+00",
            "# ?/?",
            "yyyy-mm-dd",
            "yyyy/m/d;@",
            "[$-F800]dddd, mmmm dd, yyyy",
            "yyyy\"年\"m\"月\"d\"日\" h:mm",
            "0_);[Red](0)",
            "#,##0.00;[Red]#,##0.00",
            "[DBNum2][$-804]General",
            "mm-dd-yy",
        ] {
            assert!(NumberFormat::of(code).is_plain(), "{code}");
        }
        for code in [
            "0!.0,",
            "#,##0,",
            "0\"人\"",
            "0%",
            "00000000",
            "yyyy\"年\"m\"月\"",
            "yyyy",
            "m/d",
            "h:mm",
            ";;;",
            "@\"公司\"",
            "[>9999]0!.0,\"万\";0",
            "\"KP\"000",
            "0;0",
            "$#,##0",
            "[h]:mm",
            "aaaa",
            "0;-0;",
        ] {
            assert!(!NumberFormat::of(code).is_plain(), "{code}");
        }
    }

    #[test]
    fn a_number_is_shown_as_its_format_says() {
        for (code, stored, text) in [
            ("0!.0,", "12345678", "1234.5678 Scaled(4)"),
            ("0!.0,\"万\"", "12345678", "1234.5678万 Scaled(4)"),
            ("0\\.0,", "45000", "4.5 Scaled(4)"),
            ("0\".\"0000", "45000", "4.5000 Scaled(4)"),
            ("#,##0,", "12345678", "12345.678 Scaled(3)"),
            ("#,##0.00,,", "12345678", "12.345678 Scaled(6)"),
            ("0.00,,\"百万\"", "12000000", "12.00百万 Scaled(6)"),
            ("#,##0,.0", "12345", "12.345 Scaled(3)"),
            ("0!.00,,", "123456789", "1.23456789 Scaled(8)"),
            ("0\"人\"", "12", "12人 Written"),
            ("General\"元\"", "12.5", "12.5元 Written"),
            ("0.00%", "0.0523", "5.23% Written"),
            ("0%", "1", "100% Written"),
            ("00000000", "1234", "00001234 Written"),
            ("\"KP\"000", "12", "KP012 Written"),
            ("\"KP\"000", "1234", "KP1234 Written"),
            ("000-0000-0000", "13800000001", "138-0000-0001 Written"),
            ("0000\"年\"00\"月\"", "202305", "2023年05月 Written"),
            ("[$€-407]#,##0.00", "1234.5", "€1234.50 Written"),
            ("#,##0;(#,##0)", "-5", "="),
            ("#,##0;[Red]#,##0", "-5", "="),
            ("0;0", "-5", "-5 Unclear"),
            ("0\"人\";-0\"人\"", "-5", "-5人 Written"),
            (";;;", "5", "5 Unclear"),
            ("0;-0;", "0", " Written"),
            ("0;-0;\"-\"", "0", "="),
            ("#,###", "0", " Written"),
            ("#,###", "1200", "="),
            ("[>=10000]0!.0,\"万\";0", "9999", "="),
            ("[>=10000]0!.0,\"万\";0", "12000", "1.2万 Scaled(4)"),
            ("[=1]\"是\";[=0]\"否\";General", "1", "是 Written"),
            ("[=1]\"是\";[=0]\"否\";General", "0", "否 Written"),
            ("[=1]\"是\";[=0]\"否\";General", "7", "="),
            ("0", "12.5", "="),
            ("0.0", "0.30000000000000004", "="),
        ] {
            assert_eq!(shown(code, stored), text, "{code} {stored}");
        }
    }

    #[test]
    fn a_part_of_a_date_is_what_is_shown_of_it() {
        for (code, text) in [
            ("yyyy-mm-dd", "="),
            ("yyyy\"年\"m\"月\"", "2023-11 Written"),
            ("mmm-yy", "2023-11 Written"),
            ("yyyy", "2023 Written"),
            ("m\"月\"d\"日\"", "11月16日 Yearless(2023)"),
            ("d-mmm", "11月16日 Yearless(2023)"),
            ("mmmm", "11月 Yearless(2023)"),
            ("[$-804]aaaa;@", "2023-11-16 Unclear"),
            ("h:mm", "18:00 Written"),
            ("mm:ss", "18:00 Written"),
        ] {
            assert_eq!(shown(code, "45246.75"), text, "{code}");
        }
    }

    #[test]
    fn a_text_may_have_words_around_it() {
        let shown = |code: &str| NumberFormat::of(code).text("示例").map(|shown| shown.text);
        assert_eq!(shown("@\"有限公司\""), Some("示例有限公司".to_owned()));
        assert_eq!(shown("0;-0;0;\"广州\"@"), Some("广州示例".to_owned()));
        assert_eq!(shown("0\"人\""), None);
        assert_eq!(shown("General"), None);
    }
}
