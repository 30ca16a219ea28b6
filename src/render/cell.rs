//! A cell and the head of a column as people read them, the same in every format for eyes.

use std::borrow::Cow;
use std::io;

use super::{Page, number, sanitise};
use crate::model::lang::Lang;
use crate::report::document::{Document, Piece, Section};
use crate::report::table::{Cell, Column, Kind, Table, WITHHELD};

/// A cell as text, sanitised.
pub fn cell<'c>(cell: &'c Cell, table: &Table) -> Cow<'c, str> {
    let number = match cell {
        Cell::Missing => return number::MISSING.into(),
        Cell::Withheld => return WITHHELD.into(),
        Cell::Text(text) | Cell::Coded { label: text, .. } | Cell::Codes { label: text, .. } => {
            return sanitise::line(text);
        }
        Cell::Time(time) => minute(time),
        Cell::Count(count) => number::count(*count),
        Cell::Number(number) => number::number(*number),
        Cell::Amount(amount) => number::amount(*amount, table.lang, &table.currency),
        Cell::Share(share) => number::share(*share),
        Cell::Rate(rate) => number::rate(*rate),
        Cell::Points(points) => number::points(*points, table.lang),
        Cell::Date(date) => date.to_string(),
    };
    number.into()
}

/// The day and the minute of an instant.
fn minute(time: &str) -> String {
    sanitise::line(time.get(..16).unwrap_or(time)).replace('T', " ")
}

/// What the title page of a document says, as labels and texts.
pub fn facts(document: &Document<'_>) -> Vec<(String, String)> {
    let plain = Table::new("", "", document.lang, "");
    let fact = |(label, value): &(String, Cell)| {
        (sanitise::line(label).into_owned(), cell(value, &plain).into_owned())
    };
    document.facts.iter().map(fact).collect()
}

/// The sentence that opens a section.
pub fn sentence(section: &Section<'_>) -> String {
    let Some(part) = section.parts.first() else { return String::new() };
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => sanitise::line(text).into_owned(),
        Piece::Figure(figure) => cell(figure, part.page.table).into_owned(),
    };
    section.lead.iter().map(piece).collect()
}

/// The cells of the last row as text: what cannot be summed is blank, and the first cell says what the row is.
pub fn total(cells: &[Cell], table: &Table) -> Vec<String> {
    let text = |(at, one): (usize, &Cell)| match one {
        Cell::Missing if at == 0 => total_label(table.lang).to_owned(),
        Cell::Missing => String::new(),
        one => cell(one, table).into_owned(),
    };
    cells.iter().enumerate().map(text).collect()
}

/// What the last row is called.
pub fn total_label(lang: Lang) -> &'static str {
    lang.pick("Total", "合计")
}

/// What stands for rows where there are none.
pub fn no_rows(lang: Lang) -> &'static str {
    lang.pick("no rows", "暂无数据")
}

/// The label of a column, with the unit where cells do not carry it.
pub fn head(column: &Column, table: &Table) -> String {
    let label = sanitise::line(&column.label);
    match unit(column, table) {
        Some(unit) => format!("{label}{}", bracketed(&sanitise::line(unit), table.lang)),
        None => label.into_owned(),
    }
}

/// The unit that stands behind an amount which is printed in full among other figures; none where a label has it.
pub fn unit_of_amounts(table: &Table) -> Option<&'static str> {
    (table.lang == Lang::Zh && table.currency == "CNY").then_some("元")
}

/// The label of a column whose numbers stand in full, with their unit.
pub fn head_with_unit(column: &Column, table: &Table) -> String {
    let label = sanitise::line(&column.label);
    let unit = match (currency_or_unit(column, table), table.lang) {
        (Some("CNY"), lang) if column.kind == Kind::Amount => Some(lang.pick("yuan", "元")),
        (unit, _) => unit,
    };
    match unit.filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{label}{}", bracketed(&sanitise::line(unit), table.lang)),
        None => label.into_owned(),
    }
}

fn unit<'a>(column: &'a Column, table: &'a Table) -> Option<&'a str> {
    match (column.kind, currency_or_unit(column, table)?, table.lang) {
        (Kind::Amount, "CNY", Lang::Zh) => None,
        (Kind::Amount, "CNY", Lang::En) => Some("yuan"),
        (_, unit, _) => Some(unit),
    }
}

/// The unit of a column's numbers; amounts are in the table's currency unless they say otherwise.
pub fn currency_or_unit<'a>(column: &'a Column, table: &'a Table) -> Option<&'a str> {
    column.unit.as_deref().or_else(|| (column.kind == Kind::Amount).then_some(table.currency.as_str()))
}

/// A word in the brackets of a language, to be put behind a label.
pub fn bracketed(word: &str, lang: Lang) -> String {
    lang.pick(format!(" ({word})"), format!("（{word}）"))
}

/// Whether a cell is a number.
pub fn is_number(cell: &Cell) -> bool {
    use Cell::{Amount, Count, Number, Points, Rate, Share};
    matches!(cell, Count(_) | Number(_) | Amount(_) | Share(_) | Rate(_) | Points(_))
}

/// Whether a column takes three where a share stands beside its parts: it holds shares, or one of its mixed cells is
/// one.
pub fn spreads(at: usize, page: &Page<'_>) -> io::Result<bool> {
    let is_share = |row: &[Cell]| matches!(row.get(at), Some(Cell::Share(_)));
    match page.table.columns[at].kind {
        Kind::Share => Ok(true),
        Kind::Mixed => {
            let mut found = page.table.total.as_deref().is_some_and(is_share);
            page.rows.each(&mut |row| {
                found |= is_share(row);
                Ok(())
            })?;
            Ok(found)
        }
        _ => Ok(false),
    }
}

/// How many rows a table has.
pub fn count_rows(page: &Page<'_>) -> usize {
    let mut count = 0;
    // Counting fails only where rows cannot be made; writing them will say so.
    let _ = page.rows.each(&mut |_| {
        count += 1;
        Ok(())
    });
    count
}

/// Which columns stand to the right: their kind says so, or every cell of a mixed column is a number.
pub fn are_right(page: &Page<'_>) -> io::Result<Vec<bool>> {
    let columns = &page.table.columns;
    let mut is_right: Vec<bool> = columns.iter().map(|column| column.kind.is_numeric()).collect();
    for at in (0..columns.len()).filter(|at| columns[*at].kind == Kind::Mixed) {
        let (mut numbers, mut others) = (false, false);
        page.rows.each(&mut |row| {
            match row.get(at) {
                None | Some(Cell::Missing | Cell::Withheld) => {}
                Some(cell) if is_number(cell) => numbers = true,
                Some(_) => others = true,
            }
            Ok(())
        })?;
        is_right[at] = numbers && !others;
    }
    Ok(is_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_an_amount_names_the_unit_unless_its_cells_do() {
        for (lang, currency, head_text) in [
            (Lang::En, "CNY", "Revenue (yuan)"),
            (Lang::Zh, "CNY", "Revenue"),
            (Lang::En, "EUR", "Revenue (EUR)"),
            (Lang::Zh, "EUR", "Revenue（EUR）"),
        ] {
            let table = Table::new("t", "T", lang, currency).column("revenue", "Revenue", Kind::Amount);
            assert_eq!(head(&table.columns[0], &table), head_text);
        }
    }

    #[test]
    fn a_unit_of_other_numbers_stands_in_the_head() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("hours", "Time", Kind::Number);
        table.columns[0].unit = Some("h".to_owned());
        assert_eq!(head(&table.columns[0], &table), "Time (h)");
    }

    #[test]
    fn a_mixed_column_of_numbers_stands_to_the_right() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("start", "Start", Kind::Mixed);
        let is_right = |table: &Table| are_right(&Page::of(table)).unwrap()[0];
        assert!(!is_right(&table));
        table.row(vec![Cell::Count(3)]);
        table.row(vec![Cell::Missing]);
        assert!(is_right(&table));
        table.row(vec![Cell::text(Some("three"))]);
        assert!(!is_right(&table));
    }
}
