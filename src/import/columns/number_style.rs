//! Numbers as texts of cells write them: with a decimal point or a decimal comma, with the sign of the currency or a
//! measure word. What could be a point or a comma is refused where anything speaks of commas; `--decimal` decides it.

use std::borrow::Cow;

use crate::import::columns::Columns;
use crate::import::columns::cell_type::CellType;
use crate::import::layout::table::DataTable;
use crate::import::read::sheet::{CellKind, SourceFormat};
use crate::model::amount::{DecimalMark, Unit, parse_number};
use crate::model::nfkc::nfkc;
use crate::model::programme::Programme;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::text;

/// How the numbers of a table are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberStyle {
    /// The mark that the user gave.
    given: Option<DecimalMark>,
    /// The mark that the programme says its tables have.
    usual: Option<DecimalMark>,
    /// Whether something speaks of commas, and nothing in the table of points.
    has_commas: bool,
    /// The signs of the programme's currency.
    signs: &'static [&'static str],
}

/// What marks a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// None, or something that is no number.
    None,
    /// It can only have a decimal point.
    Point,
    /// It can only have a decimal comma.
    Comma,
    /// Thousands, or three decimals.
    Either,
}

/// The signs of currencies, the longest first.
const SIGNS: [(&str, &[&str]); 7] = [
    ("CNY", &["RMB¥", "CN¥", "RMB", "CNY", "人民币", "¥"]),
    ("EUR", &["EUR", "€"]),
    ("USD", &["US$", "USD", "$"]),
    ("GBP", &["GBP", "£"]),
    ("JPY", &["JPY", "円", "¥"]),
    ("HKD", &["HK$", "HKD", "$"]),
    ("KRW", &["KRW", "₩"]),
];

/// Measure words after what is counted, the longest first.
const MEASURES: [&str; 20] = [
    "人次", "小时", "学时", "课时", "人", "名", "位", "家", "个", "项", "件", "次", "户", "分", "台", "套",
    "persons", "people", "hours", "h",
];

/// Currencies of places where a comma parts the decimals.
const COMMA_CURRENCIES: [&str; 14] =
    ["EUR", "PLN", "CZK", "DKK", "SEK", "NOK", "HUF", "RON", "BRL", "TRY", "RUB", "UAH", "IDR", "VND"];

impl NumberStyle {
    /// What a table, the programme and the user say.
    pub fn of(
        table: &DataTable,
        columns: &Columns,
        programme: &Programme,
        given: Option<DecimalMark>,
    ) -> Self {
        let usual = programme.decimal;
        let signs =
            SIGNS.iter().find(|(currency, _)| *currency == programme.currency).map_or(&[][..], |it| it.1);
        if given.is_some() {
            return Self { given, usual, signs, has_commas: false };
        }
        let hint = usual == Some(DecimalMark::Comma)
            || usual.is_none() && COMMA_CURRENCIES.contains(&programme.currency.as_str())
            || matches!(table.source_format, SourceFormat::Separated { separator: b';', .. });
        let (mut has_commas, mut has_points) = (hint, false);
        let all = columns.all();
        for column in all.filter(|column| column.cell_type.is_figure()) {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(column.index));
            for cell in
                cells.filter(|cell| cell.kind == CellKind::Text && cell.text.contains(['.', ',', '，']))
            {
                match marks(core(&nfkc(&cell.text))) {
                    Marks::Comma => has_commas = true,
                    Marks::Point => has_points = true,
                    Marks::Either | Marks::None => {}
                }
            }
        }
        Self { given, usual, signs, has_commas: has_commas && !has_points }
    }

    /// A number as every column of its type reads it: with a decimal point, without what says nothing there. What could
    /// be two numbers is refused.
    pub fn plain(self, text: Cow<'_, str>, cell_type: CellType) -> Result<Cow<'_, str>, Misread> {
        let text = self.bare(text, cell_type);
        if !text.contains(['.', ',', '，', '．']) {
            return Ok(text);
        }
        let wide = nfkc(&text);
        let number = core(&wide);
        let with_commas =
            || Ok(Cow::Owned(wide.replacen(number, &number.replace('.', "").replace(',', "."), 1)));
        match (marks(number), self.given.or(self.usual)) {
            (Marks::Comma, Some(DecimalMark::Comma)) => with_commas(),
            (Marks::Either, _) if self.given == Some(DecimalMark::Comma) => with_commas(),
            (Marks::Either, _) if self.given.is_none() && self.has_commas => Err(ambiguous(&text, number)),
            (Marks::Comma, _) => Err(misread(&text)),
            _ => Ok(text),
        }
    }
}

impl NumberStyle {
    /// Money without the sign of the programme's currency, another number without a measure word.
    fn bare(self, text: Cow<'_, str>, cell_type: CellType) -> Cow<'_, str> {
        if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-')) {
            return text;
        }
        let wide = nfkc(&text);
        let plain = wide.trim();
        let bare = if cell_type == CellType::Money {
            // Books of accounts have what is below zero in brackets.
            let inside = plain.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            let inside =
                inside.filter(|digits| parse_number(digits).is_ok() && !digits.starts_with(['-', '+']));
            let negative = inside.map(|digits| format!("-{digits}"));
            let plain = negative.as_deref().unwrap_or(plain);
            let plain = plain.strip_suffix(['整', '正']).filter(|text| text.ends_with('元')).unwrap_or(plain);
            let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
            let bare =
                self.signs.iter().find_map(|mark| digits.strip_prefix(mark).or(digits.strip_suffix(mark)));
            bare.map(|bare| format!("{sign}{}", bare.trim())).or_else(|| negative.clone())
        } else {
            let bare = MEASURES.iter().find_map(|word| plain.strip_suffix(word));
            let bare = bare.map(str::trim_end).filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit()));
            bare.map(str::to_owned)
        };
        bare.map_or(text, Cow::Owned)
    }
}

/// The digits of a number with the marks between them, without its sign, its currency and its unit.
fn core(text: &str) -> &str {
    let (text, _) = Unit::ending(text.trim());
    text.trim_matches(|c: char| !c.is_ascii_digit())
}

/// What marks a number has.
fn marks(number: &str) -> Marks {
    let is_sound = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || c.is_whitespace());
    let last = number.rfind(['.', ',']).filter(|_| is_sound);
    let Some(last) = last else { return Marks::None };
    let (whole, fraction) = (&number[..last], &number[last + 1..]);
    let mark = &number[last..=last];
    let (own, other) = if mark == "." { (Marks::Point, Marks::Comma) } else { (Marks::Comma, Marks::Point) };
    let groups = |mark: char| {
        let mut groups = whole.split(mark);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let (this, that) = if mark == "." { ('.', ',') } else { (',', '.') };
    if whole.contains(this) {
        // The same mark twice parts thousands.
        return if fraction.len() == 3 && groups(this) && !whole.contains(that) {
            other
        } else {
            Marks::None
        };
    }
    if whole.contains(that) {
        return if groups(that) { own } else { Marks::None };
    }
    let may_be_thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if may_be_thousands { Marks::Either } else { own }
}

fn ambiguous(text: &str, number: &str) -> Misread {
    let bare: String = number.chars().filter(char::is_ascii_digit).collect();
    let (whole, fraction) = bare.split_at(bare.len().saturating_sub(3));
    let message = text!(
        "`{text}` may be {bare} or {whole}.{fraction}: something speaks of decimal commas here",
        "“{text}”可能是 {bare}，也可能是 {whole}.{fraction}：此处有以逗号作小数点的迹象"
    );
    Misread::new(&rule::BAD_AMOUNT, message).help(way_out())
}

fn misread(text: &str) -> Misread {
    let message = text!(
        "`{text}` has a comma before its decimals, or is no number",
        "“{text}”以逗号作小数点，或不是数字"
    );
    Misread::new(&rule::BAD_AMOUNT, message).help(way_out())
}

fn way_out() -> crate::model::text::Text {
    text!(
        "say which mark stands before decimals: `--decimal ,` or `--decimal .`",
        "请用 --decimal , 或 --decimal . 指明小数点的写法"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_three_decimals_look_alike() {
        for (number, found) in [
            ("1.000", Marks::Either),
            ("1,000", Marks::Either),
            ("12.5", Marks::Point),
            ("12,5", Marks::Comma),
            ("0.125", Marks::Point),
            ("0,125", Marks::Comma),
            ("1234.567", Marks::Point),
            ("1234,567", Marks::Comma),
            ("1.234,5", Marks::Comma),
            ("1,234.5", Marks::Point),
            ("1.234.567", Marks::Comma),
            ("1,234,567", Marks::Point),
            ("1.2.3", Marks::None),
            ("1,23,456", Marks::None),
            ("12", Marks::None),
        ] {
            assert_eq!(marks(number), found, "{number}");
        }
    }

    #[test]
    fn a_number_is_read_by_the_mark_that_is_known() {
        let read = |decimals: NumberStyle, text: &'static str| {
            decimals
                .plain(Cow::Borrowed(text), CellType::Money)
                .map(Cow::into_owned)
                .map_err(|misread| misread.message.to_string())
        };
        let given = |mark| NumberStyle { given: Some(mark), ..NumberStyle::default() };
        let comma = given(DecimalMark::Comma);
        assert_eq!(read(comma, "-3.000"), Ok("-3000".to_owned()));
        assert_eq!(read(comma, "1.234,5万元"), Ok("1234.5万元".to_owned()));
        assert_eq!(read(comma, "0,125"), Ok("0.125".to_owned()));
        assert_eq!(read(comma, "12.5"), Ok("12.5".to_owned()));
        assert_eq!(read(given(DecimalMark::Point), "1.000"), Ok("1.000".to_owned()));
        assert!(read(given(DecimalMark::Point), "0,125").is_err());
        let hinted = NumberStyle { has_commas: true, ..NumberStyle::default() };
        assert_eq!(
            read(hinted, "-3.000"),
            Err("`-3.000` may be 3000 or 3.000: something speaks of decimal commas here".to_owned())
        );
        assert_eq!(read(NumberStyle::default(), "1,000"), Ok("1,000".to_owned()));
        assert!(read(NumberStyle::default(), "0,125").is_err());
        let usual =
            NumberStyle { usual: Some(DecimalMark::Comma), has_commas: true, ..NumberStyle::default() };
        assert_eq!(read(usual, "12,5"), Ok("12.5".to_owned()));
        assert!(read(usual, "1.000").is_err());
    }

    #[test]
    fn a_sign_of_the_currency_and_a_measure_word_say_nothing() {
        let signs = SIGNS[0].1;
        let style = NumberStyle { signs, ..NumberStyle::default() };
        let read =
            |text: &'static str, cell_type| style.plain(Cow::Borrowed(text), cell_type).unwrap().into_owned();
        assert_eq!(read("￥1,234.50", CellType::Money), "1,234.50");
        assert_eq!(read("-¥ 12万", CellType::Money), "-12万");
        assert_eq!(read("€12", CellType::Money), "€12");
        assert_eq!(read("12 人", CellType::Figure), "12");
        assert_eq!(read("人", CellType::Figure), "人");
    }
}
