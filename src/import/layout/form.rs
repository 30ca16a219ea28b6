//! A form of one enterprise: labels and values side by side instead of a header above rows.

use crate::import::layout::header_text::{unit_of_line, unit_of_title};
use crate::import::read::sheet::{Cell, Sheet, SheetRow};
use crate::model::amount::Unit;

/// A form as one row under its labels.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The labels, as written.
    pub labels: Vec<String>,
    /// The value of each.
    pub values: Vec<Cell>,
    /// Where each value stands: its row, counted from 1, and its column, counted from 0.
    pub places: Vec<(usize, usize)>,
    /// The unit of the section each stands in, where its title has one.
    pub units: Vec<Option<Unit>>,
}

/// How many known labels of a form have a value, in two rows at least.
const FEWEST: usize = 3;

/// How many rows a form has at most.
const MOST: usize = 80;

/// The form of a sheet, if it is one: most of its rows begin with a known label and go on with a value.
pub fn of(sheet: &Sheet, knows: &dyn Fn(&str) -> bool) -> Option<Form> {
    let mut unit = None;
    let in_section = |row| {
        let is_pair = SheetRow::filled(row).nth(1).is_some() || has_colon(row);
        if let (false, Some((_, title))) = (is_pair, row.filled().next()) {
            unit = unit_of_line(title).or_else(|| unit_of_title(title));
        }
        is_pair.then_some((row, unit))
    };
    let rows: Vec<(&SheetRow, Option<Unit>)> =
        sheet.rows.iter().filter_map(in_section).take(MOST + 1).collect();
    if rows.len() > MOST {
        return None;
    }
    let mut form = Form::default();
    let (mut labels, mut labelled, mut below_title, mut others) = (0, 0, 0, 0);
    let mut figures = None;
    for (index, (row, unit)) in rows.iter().enumerate() {
        let heads_years = || rows.get(index + 1).is_some_and(|(next, _)| year_of(next).is_some());
        if is_header(row, knows) || labels >= FEWEST && heads_years() && year_of(row).is_none() {
            // What stands above the header of a table may be labels too, and is seldom more than two rows of them.
            if labels < FEWEST || labelled < FEWEST && !heads_years() {
                return None;
            }
            figures = Some(*row);
        } else if !figures.is_some_and(|header| form.take_year(header, row)) {
            figures = None;
            let (first, more) = form.take(row, knows);
            labels += more;
            labelled += usize::from(first.is_some());
            below_title += usize::from(first == Some(1));
            others += usize::from(first.is_none() && !row.filled().any(|(_, text)| knows(text)));
        }
        let of_figures = figures.and_then(|header| unit_of_figures(header, row));
        form.units.resize(form.labels.len(), of_figures.or(*unit));
    }
    // The title of a section is merged over its rows; what every row begins with is a record.
    let begins_with_labels = below_title * 2 <= labelled;
    (labels >= FEWEST && labelled >= 2 && labelled > others && begins_with_labels).then_some(form)
}

/// Three known names in a row are a header, of the sheet or of the figures of a form by year; elsewhere in a form a
/// value stands between them.
fn is_header(row: &SheetRow, knows: &dyn Fn(&str) -> bool) -> bool {
    let names: Vec<bool> = row.filled().map(|(_, text)| knows(text)).collect();
    names.windows(3).any(|three| three.iter().all(|is_name| *is_name))
}

fn has_colon(row: &SheetRow) -> bool {
    row.filled().all(|(_, text)| text.contains(['：', ':']))
}

impl Form {
    /// Takes the labels and values of a row; gives the place of the first cell that is a known label, 1 where the title
    /// of a section stands before it, and how many known labels have a value.
    fn take(&mut self, row: &SheetRow, knows: &dyn Fn(&str) -> bool) -> (Option<usize>, usize) {
        let cells: Vec<(usize, &str)> = row.filled().collect();
        let (mut first, mut labels) = (None, 0);
        let mut at = 0;
        while at < cells.len() {
            let (column, text) = cells[at];
            let text = text.trim_end_matches(['：', ':']);
            let next = cells.get(at + 1);
            if let Some((label, value)) = in_one_cell(text, knows) {
                if self.labels.is_empty() && cells.len() == 1 && label.ends_with(['期', '间']) {
                    // The day the form was filled in.
                    return (None, 0);
                }
                self.put(label, Cell::text(value), (row.number, column));
                first = first.or(Some(at));
                labels += 1;
                at += 1;
            } else if knows(text) {
                let value = next.filter(|(_, next)| !knows(next.trim_end_matches(['：', ':'])));
                first = first.or(Some(at).filter(|at| *at <= 1 && value.is_some()));
                labels += usize::from(value.is_some());
                let (value_at, cell) =
                    value.map_or((column, Cell::empty()), |(at, _)| (*at, row.cells[*at].clone()));
                self.put(text, cell, (row.number, value_at));
                at += 1 + usize::from(value.is_some());
            } else if let Some((column, _)) =
                next.filter(|(_, next)| !knows(next) && (cells.len() - at).is_multiple_of(2))
            {
                self.put(text, row.cells[*column].clone(), (row.number, *column));
                at += 2;
            } else {
                at += 1;
            }
        }
        (first, labels)
    }

    /// Takes a row of figures that begins with a year, below their names; false if it is none.
    fn take_year(&mut self, header: &SheetRow, row: &SheetRow) -> bool {
        let Some((first, year)) = year_of(row) else { return false };
        for (column, figure) in header.filled().filter(|(column, _)| *column > first) {
            if let Some(cell) = row.cells.get(column) {
                let year = year.trim_end_matches(['年', '度', '末']);
                self.put(&format!("{year}年{figure}"), cell.clone(), (row.number, column));
            }
        }
        true
    }

    fn put(&mut self, label: &str, value: Cell, place: (usize, usize)) {
        self.labels.push(label.to_owned());
        self.values.push(value);
        self.places.push(place);
    }
}

/// The unit that stands beside the names of figures by year, in the cells that are no names: `年度（万元）`.
fn unit_of_figures(header: &SheetRow, row: &SheetRow) -> Option<Unit> {
    let (years, _) = year_of(row)?;
    let beside = header.filled().take_while(|(column, _)| *column <= years);
    beside.into_iter().find_map(|(_, text)| unit_of_title(text))
}

/// The year that a row of figures begins with, with its column: `2022`, `2022年`, `2022年度`.
fn year_of(row: &SheetRow) -> Option<(usize, &str)> {
    let is_year = |text: &str| {
        let year = text.trim_end_matches(['年', '度', '末']);
        let is_number = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        is_number && (year.starts_with("19") || year.starts_with("20"))
    };
    row.filled().take(2).find(|(_, text)| is_year(text))
}

/// `企业名称：示例公司` in one cell.
fn in_one_cell<'t>(text: &'t str, knows: &dyn Fn(&str) -> bool) -> Option<(&'t str, &'t str)> {
    let (label, value) = text.split_once(['：', ':'])?;
    (knows(label.trim()) && !value.trim().is_empty()).then(|| (label.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let row = |(index, cells): (usize, &&[&str])| SheetRow {
            number: index + 1,
            cells: cells.iter().map(|text| Cell::text(*text)).collect(),
        };
        Sheet { rows: rows.iter().enumerate().map(row).collect(), ..Sheet::default() }
    }

    fn knows(text: &str) -> bool {
        ["企业名称", "信用代码", "成立时间", "所属镇街", "联系人"].contains(&text)
    }

    #[test]
    fn labels_and_values_side_by_side_are_a_form() {
        let form = of(
            &sheet(&[
                &["申报表"],
                &["企业名称", "示例公司", "信用代码", "91X"],
                &["成立时间", "2019年", "所属镇街", "东桥镇"],
                &["企业简介", "示例"],
                &["联系人：", "示例"],
            ]),
            &knows,
        )
        .unwrap();
        assert_eq!(form.labels, ["企业名称", "信用代码", "成立时间", "所属镇街", "企业简介", "联系人"]);
        assert_eq!(form.places[3], (3, 3));
    }

    #[test]
    fn figures_by_year_within_a_form_are_labelled_with_their_year() {
        let form = of(
            &sheet(&[
                &["企业名称", "示例公司", "信用代码", "91X"],
                &["成立时间", "2019年", "所属镇街", "东桥镇"],
                &["联系人", "示例"],
                &["经济指标", "年度", "营业收入", "纳税"],
                &["", "2022年", "10", "1"],
                &["", "2023年度", "20", "2"],
                &["联系人", "示例"],
            ]),
            &|text| knows(text) || ["营业收入", "纳税"].contains(&text),
        )
        .unwrap();
        assert_eq!(form.labels[5..9], ["2022年营业收入", "2022年纳税", "2023年营业收入", "2023年纳税"]);
        assert_eq!(form.values[7].text, "20");
        assert_eq!(form.places[7], (6, 2));
        assert_eq!(form.labels[9], "联系人");
    }

    #[test]
    fn a_section_has_the_unit_of_its_title() {
        let rows: [&[&str]; 9] = [
            &["企业名称", "示例公司", "信用代码", "91X"],
            &["成立时间", "2019年", "所属镇街", "东桥镇"],
            &["联系人", "示例"],
            &["二、经营指标（万元）"],
            &["年度", "营业收入", "纳税"],
            &["2022年", "10", "1"],
            &["三、其他"],
            &["经济指标（单位：千元）", "年度", "营业收入", "纳税"],
            &["", "2023年", "20", "2"],
        ];
        let form =
            of(&sheet(&rows), &|text| knows(text) || ["年度", "营业收入", "纳税"].contains(&text)).unwrap();
        let unit = |label: &str| form.units[form.labels.iter().position(|it| it == label).unwrap()];
        assert_eq!(unit("企业名称"), None);
        assert_eq!(unit("2022年纳税"), Some(Unit::TenThousand));
        assert_eq!(unit("2023年营业收入"), Some(Unit::Thousand));
    }

    #[test]
    fn a_table_is_no_form() {
        let table = sheet(&[
            &["企业名称", "信用代码", "所属镇街"],
            &["示例甲公司", "91X", "东桥镇"],
            &["示例乙公司", "91Y", "西河镇"],
        ]);
        assert_eq!(of(&table, &knows), None);
        let below_labels = sheet(&[
            &["企业名称：示例公司", "信用代码：91X"],
            &["联系人：示例"],
            &["企业名称", "信用代码", "所属镇街"],
            &["示例甲公司", "91X", "东桥镇"],
        ]);
        assert_eq!(of(&below_labels, &knows), None);
        // Nor is one in which words that head columns elsewhere are what the rows say.
        let titles = sheet(&[
            &["企业名称", "所处梯队", "成立时间"],
            &["示例甲公司", "高新技术企业", "2021年"],
            &["示例乙公司", "专精特新中小企业", "2022年"],
        ]);
        let knows = |text: &str| knows(text) || ["高新技术企业", "专精特新中小企业"].contains(&text);
        assert_eq!(of(&titles, &knows), None);
    }
}
