//! Tables as csv and tsv: plain exact numbers, ISO dates, empty where a value is missing.
//!
//! A share takes three columns, its quotient and both its parts. Text that a spreadsheet would run as a formula
//! is preceded by `'`. csv begins with a byte order mark, without which Excel takes Chinese for another
//! encoding; tsv does not.

use std::io::{self, Write};

use ::csv::WriterBuilder;
use rust_decimal::Decimal;

use super::{Page, cell, number};
use crate::report::table::{Cell, Column, Table, WITHHELD};

/// What stands between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A comma.
    Comma,
    /// A tab.
    Tab,
}

/// One table as it is; of several each below its title, a blank line between them, and last what is said of all.
pub fn write(
    pages: &[Page<'_>],
    basis: &[String],
    separator: Separator,
    out: &mut dyn Write,
) -> io::Result<()> {
    if separator == Separator::Comma {
        out.write_all("\u{feff}".as_bytes())?;
    }
    for (at, page) in pages.iter().enumerate() {
        if at > 0 {
            out.write_all(b"\n")?;
        }
        one(page, pages.len() > 1, separator, out)?;
    }
    // One table is for programs, which know what the rows of its columns are.
    if pages.len() > 1 && !basis.is_empty() {
        out.write_all(b"\n")?;
        let mut writer = writer(separator, out);
        basis.iter().try_for_each(|line| writer.write_record([guarded(line)]))?;
        writer.flush()?;
    }
    Ok(())
}

fn writer<W: Write>(separator: Separator, out: W) -> ::csv::Writer<W> {
    let delimiter = if separator == Separator::Comma { b',' } else { b'\t' };
    WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(out)
}

fn one(page: &Page<'_>, is_titled: bool, separator: Separator, out: &mut dyn Write) -> io::Result<()> {
    let table = page.table;
    let mut writer = writer(separator, out);
    if is_titled {
        writer.write_record([guarded(&table.title)])?;
    }
    let spread =
        (0..table.columns.len()).map(|at| cell::spreads(at, page)).collect::<io::Result<Vec<_>>>()?;
    writer.write_record(head(table, &spread))?;
    page.rows.each(&mut |row| Ok(writer.write_record(record(row, &spread))?))?;
    if let Some(total) = &table.total {
        writer.write_record(total_record(total, &spread, table))?;
    }
    writer.flush()
}

fn head(table: &Table, spread: &[bool]) -> Vec<String> {
    let labels = |(column, spread): (&Column, &bool)| {
        let label = guarded(&column.label);
        let part = |en, zh| format!("{label}{}", cell::bracketed(table.lang.pick(en, zh), table.lang));
        if *spread {
            vec![label.clone(), part("numerator", "分子"), part("denominator", "分母")]
        } else {
            vec![label]
        }
    };
    table.columns.iter().zip(spread).flat_map(labels).collect()
}

fn record(row: &[Cell], spread: &[bool]) -> Vec<String> {
    row.iter().zip(spread).flat_map(|(cell, spread)| fields(cell, *spread)).collect()
}

fn total_record(total: &[Cell], spread: &[bool], table: &Table) -> Vec<String> {
    let mut record = record(total, spread);
    if let (Some(Cell::Missing), Some(first)) = (total.first(), record.first_mut()) {
        first.push_str(cell::total_label(table.lang));
    }
    record
}

fn fields(cell: &Cell, spread: bool) -> Vec<String> {
    let mut fields = vec![field(cell)];
    if let (Cell::Share(share), true) = (cell, spread) {
        fields.extend([share.numerator, share.denominator].map(plain));
    }
    fields.resize(if spread { 3 } else { 1 }, String::new());
    fields
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Withheld => WITHHELD.to_owned(),
        Cell::Text(text)
        | Cell::Time(text)
        | Cell::Coded { label: text, .. }
        | Cell::Codes { label: text, .. } => guarded(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) | Cell::Amount(number) => plain(*number),
        Cell::Share(share) => share.value().map(quotient).unwrap_or_default(),
        Cell::Rate(rate) | Cell::Points(rate) => quotient(*rate),
        Cell::Date(date) => date.to_string(),
    }
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

fn quotient(value: Decimal) -> String {
    number::rounded(value, number::QUOTIENT_DECIMALS).to_string()
}

/// The text, made harmless for a spreadsheet.
fn guarded(text: &str) -> String {
    let acts = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    let is_number = || Decimal::from_str_exact(text.strip_prefix('+').unwrap_or(text)).is_ok();
    if acts && !is_number() { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::lang::Lang;
    use crate::model::share::Share;
    use crate::report::table::Kind;
    use proptest::prelude::*;

    fn tables(tables: &[Table], separator: Separator) -> String {
        sample::written(tables, |pages, out| write(pages, &[], separator, out))
    }

    #[test]
    fn one_table_is_its_labels_its_rows_and_its_total() {
        let expected = "\
\u{feff}Industry,Enterprises,Share,Share (numerator),Share (denominator),Revenue
Automobile,31,0.02808,31,1104,1235000000
AI,1073,0.97192,1073,1104,-9800.5
Other,0,0,0,1104,0
New,0,0,0,1104,
Total,1104,1,1104,1104,1234990199.5
";
        assert_eq!(tables(&[sample::by_industry(Lang::En)], Separator::Comma), expected);
    }

    #[test]
    fn several_tables_stand_below_their_titles() {
        let expected = "\
按行业
行业\t企业数\t占比\t占比（分子）\t占比（分母）\t营业收入
汽车\t31\t0.02808\t31\t1104\t1235000000
人工智能\t1073\t0.97192\t1073\t1104\t-9800.5
其他\t0\t0\t0\t1104\t0
新材料\t0\t0\t0\t1104\t
合计\t1104\t1\t1104\t1104\t1234990199.5

需求
类别\t收到
";
        assert_eq!(
            tables(&[sample::by_industry(Lang::Zh), sample::empty(Lang::Zh)], Separator::Tab),
            expected
        );
    }

    #[test]
    fn names_are_kept_exactly_but_start_no_formula() {
        let expected = "\
\u{feff}编号,企业名称,镇街,成立日期,入库时达成率,入库时达成率（分子）,入库时达成率（分母）,增长率中位数
a1,\"'=HYPERLINK(\"\"x\"\")\",Town,2015,0.333333,1,3,0.0425
a2,示例\u{1b}[31m红色\u{1b}[0m公司,西镇,2015-06,0,0,5,0
a3,ＡＢ（示例）\u{202e}股份有限公司,西镇,2015-06-01,,0,0,
a4,\"e\u{301}te\u{301} | two
lines\",a|b,2015,1,3,3,-1.5
";
        assert_eq!(tables(&[sample::roster(Lang::Zh)], Separator::Comma), expected);
    }

    #[test]
    fn only_what_a_spreadsheet_would_run_is_guarded() {
        for text in ["=1+1", "+86 20", "-", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "-5", "+5", "-5.25", "+8620", "a=b", "'=1", "（示例）"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn a_share_among_other_figures_keeps_its_parts() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("value", "Value", Kind::Mixed);
        table.row(vec![Cell::Share(Share::of(1, 4))]);
        table.row(vec![Cell::Count(3)]);
        let expected = "Value\tValue (numerator)\tValue (denominator)\n0.25\t1\t4\n3\t\t\n";
        assert_eq!(tables(&[table], Separator::Tab), expected);
    }

    proptest! {
        #[test]
        fn any_text_reads_back(texts in prop::collection::vec(any::<String>(), 1..4)) {
            let mut table = Table::new("t", "T", Lang::En, "CNY");
            for label in &texts {
                table = table.column(label, label, Kind::Text);
            }
            table.row(texts.iter().map(|text| Cell::text(Some(text))).collect());
            for (separator, delimiter) in [(Separator::Comma, b','), (Separator::Tab, b'\t')] {
                let text = tables(&[table.clone()], separator);
                let text = if separator == Separator::Comma { &text['\u{feff}'.len_utf8()..] } else { &text };
                let mut reader = ::csv::ReaderBuilder::new()
                    .has_headers(false)
                    .delimiter(delimiter)
                    .from_reader(text.as_bytes());
                for record in reader.records() {
                    let fields: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
                    let expected: Vec<String> = texts.iter().map(|text| guarded(text)).collect();
                    prop_assert_eq!(fields, expected);
                }
            }
        }
    }
}
