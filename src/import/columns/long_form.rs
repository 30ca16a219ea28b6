//! Figures one below another: `企业 | 指标 | 计量单位 | 2022年 | 2023年`. The rows of an enterprise become one, with a column
//! for every metric, as most tables of figures have it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::columns::kind::{LONG_FORM, METRIC, UNIT, VALUE};
use crate::import::columns::names::{ColumnNames, ENTERPRISE_CODE};
use crate::import::layout::header_text::{HeaderText, LEVELS, take_period, unit_of};
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::import::read::sheet::{Cell, SheetRow};
use crate::model::amount::Unit;
use crate::model::finding::{Finding, Place};
use crate::model::label::FieldName;
use crate::model::rule;
use crate::text;

/// What the columns of such a table are.
struct Shape {
    metric: usize,
    unit: Option<usize>,
    /// The columns of figures.
    values: Vec<usize>,
    /// The columns that say whose figures they are, and of when.
    keys: Vec<usize>,
}

impl Shape {
    /// The columns that become others.
    fn made(&self) -> impl Iterator<Item = usize> {
        self.values.iter().copied().chain([self.metric]).chain(self.unit)
    }

    fn clear(&self, row: &mut SheetRow) {
        for column in self.made() {
            row.cells[column] = Cell::empty();
        }
    }
}

/// Makes one row of the rows of an enterprise, where metrics stand in rows.
pub fn widen(table: &mut DataTable, headers: &ColumnNames) {
    let Some(shape) = shape(table, headers) else { return };
    table.taken.push(text!(
        "metrics stand in rows, under `{name}`",
        "指标逐行列出（“{name}”列）",
        name = table.header[shape.metric].as_str()
    ));
    let mut wide = Wide::default();
    for row in std::mem::take(&mut table.rows) {
        wide.take(table, headers, &shape, row);
    }
    let Wide { header, rows, unknown, .. } = wide;
    for column in shape.made() {
        let header = std::mem::take(&mut table.header[column]);
        table.replaced.push(header);
    }
    table.header.extend(header);
    table.rows = rows;
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.into_iter().take(MOST).collect();
        table.drop(text!(
            "rows of other figures are not read: {names}",
            "以下指标的行未读取：{names}",
            names = names
        ));
    }
    let cells = table.header.iter().map(|text| Cell::text(text.as_str())).collect();
    table.top.pop();
    table.top.push(SheetRow { number: table.header_row, cells });
}

/// How many figures that are not known are named.
const MOST: usize = 20;

/// The columns of a table of metrics in rows, if it is one.
fn shape(table: &DataTable, headers: &ColumnNames) -> Option<Shape> {
    if !headers.is_by_period() || table.header.iter().any(|header| header.contains(LEVELS)) {
        return None;
    }
    let field = |index: usize| {
        let header = &table.header[index];
        headers.mapped(header).or_else(|| headers.first_of(&HeaderText::of(header).keys))
    };
    let all = 0..table.header.len();
    let of = |id: &str| all.clone().find(|index| field(*index) == Some(id));
    let metric = of(METRIC)?;
    let is_period = |header: &str| take_period(header).is_some_and(|(_, rest)| rest.is_empty());
    let is_value = |index: &usize| field(*index) == Some(VALUE) || is_period(&table.header[*index]);
    let keys =
        |index: &usize| ["enterprise", ENTERPRISE_CODE, "period"].iter().any(|id| field(*index) == Some(id));
    let (values, keys): (Vec<usize>, Vec<usize>) =
        (all.clone().filter(is_value).collect(), all.clone().filter(keys).collect());
    let unit = of(UNIT).or_else(|| all.clone().find(|index| is_of_units(table, *index)));
    let keys: Vec<usize> = keys.into_iter().filter(|index| Some(*index) != unit).collect();
    (!values.is_empty() && !keys.is_empty()).then_some(Shape { metric, unit, values, keys })
}

/// Whether a column headed `单位` is of units and not of firms.
fn is_of_units(table: &DataTable, index: usize) -> bool {
    let mut cells = table.filled(index).peekable();
    table.header[index].trim() == "单位"
        && cells.peek().is_some()
        && cells.all(|cell| cell.text.chars().count() <= LONGEST_UNIT)
}

/// How many characters a unit has at most; firms have more.
const LONGEST_UNIT: usize = 4;

/// The rows that are made.
#[derive(Default)]
struct Wide {
    header: Vec<String>,
    /// The column of each header that was made.
    columns: HashMap<String, usize>,
    rows: Vec<SheetRow>,
    /// The row of each enterprise.
    places: HashMap<Vec<String>, usize>,
    /// Whose figures the last row had.
    last: Vec<Cell>,
    unknown: BTreeSet<String>,
    /// What cells name, so that each text is looked up once.
    named: BTreeMap<String, Named>,
}

/// What a cell below the name of metrics says.
#[derive(Clone)]
enum Named {
    Metric(String),
    /// Likely a metric that is misspelt.
    Near(String),
    Other,
}

/// So many texts that name no metric are compared with those that do.
const COMPARED: usize = 100;

impl Wide {
    fn take(&mut self, table: &mut DataTable, headers: &ColumnNames, shape: &Shape, mut row: SheetRow) {
        row.cells.resize_with(row.cells.len().max(table.header.len()), Cell::empty);
        let text = row.cells[shape.metric].text.trim().to_owned();
        self.carry(shape, &mut row);
        let key: Vec<String> = shape.keys.iter().map(|column| row.cells[*column].text.to_string()).collect();
        let is_money = match self.named(headers, &text) {
            Named::Metric(id) => headers.is_money(&id),
            Named::Near(id) => {
                table.faults.insert(row.number, no_metric(table, &row, shape.metric, &id));
                shape.clear(&mut row);
                self.rows.push(row);
                for &column in &shape.values {
                    self.column(table, column, &id);
                }
                return;
            }
            Named::Other => {
                self.unknown.insert(text);
                return;
            }
        };
        let at = *self.places.entry(key).or_insert(self.rows.len());
        if at == self.rows.len() {
            let mut first = row.clone();
            shape.clear(&mut first);
            self.rows.push(first);
        }
        if let Some(fault) = unknown_unit(table, &row, shape, is_money) {
            table.faults.entry(self.rows[at].number).or_insert(fault);
        }
        for &column in &shape.values {
            if blank::text(&row.cells[column].text).is_some() {
                let figure = figure(&row, shape, column, is_money);
                self.put(table, at, (&row, column), &text, figure);
            }
        }
    }

    /// What a cell names.
    fn named(&mut self, headers: &ColumnNames, text: &str) -> Named {
        if let Some(named) = self.named.get(text) {
            return named.clone();
        }
        let is_compared = self.named.len() < COMPARED;
        let near = || is_compared.then(|| headers.near(text)).flatten();
        let named = match (metric(headers, text), near) {
            (Some(id), _) => Named::Metric(id),
            (None, near) => near().map_or(Named::Other, |id| Named::Near(id.to_owned())),
        };
        self.named.insert(text.to_owned(), named.clone());
        named
    }

    /// What a file without merges leaves out below the first row of an enterprise.
    fn carry(&mut self, shape: &Shape, row: &mut SheetRow) {
        if shape.keys.iter().all(|column| row.cells[*column].is_blank())
            && self.last.len() == shape.keys.len()
        {
            for (column, cell) in shape.keys.iter().zip(&self.last) {
                row.cells[*column] = cell.clone();
            }
        }
        self.last = shape.keys.iter().map(|column| row.cells[*column].clone()).collect();
    }

    /// The column of a metric, for the figures of a column.
    fn column(&mut self, table: &DataTable, column: usize, metric: &str) -> usize {
        let period = take_period(&table.header[column]).is_some_and(|(_, rest)| rest.is_empty());
        let header =
            if period { format!("{}{LEVELS}{metric}", table.header[column]) } else { metric.to_owned() };
        let new = table.header.len() + self.header.len();
        *self.columns.entry(header.clone()).or_insert_with(|| {
            self.header.push(header);
            new
        })
    }

    fn put(
        &mut self,
        table: &mut DataTable,
        at: usize,
        (row, column): (&SheetRow, usize),
        metric: &str,
        figure: Cell,
    ) {
        let to = self.column(table, column, metric);
        let wide = &mut self.rows[at];
        wide.cells.resize_with(wide.cells.len().max(to + 1), Cell::empty);
        let number = wide.number;
        if wide.cells[to].is_blank() {
            wide.cells[to] = figure;
            table.moved.insert((number, to), (row.number, column));
        } else {
            let first = table.cell(&self.rows[at], to);
            let fault = twice(metric, first, table.cell(row, column));
            table.faults.entry(number).or_insert(fault);
        }
    }
}

/// The metric that a cell names.
fn metric(headers: &ColumnNames, text: &str) -> Option<String> {
    let parsed = HeaderText::of(text);
    if headers.not_actual(text, &parsed).is_some() {
        return None;
    }
    let id = headers.first_of(&parsed.keys).or_else(|| headers.roughly(&parsed.keys))?;
    (headers.is_metric(id) && !LONG_FORM.contains(&id)).then(|| id.to_owned())
}

/// A figure with its unit, where it is money: the rows of a column may have several.
fn figure(row: &SheetRow, shape: &Shape, column: usize, is_money: bool) -> Cell {
    let cell = &row.cells[column];
    let unit = shape.unit.and_then(|unit| unit_of(&plain(&row.cells[unit].text)));
    match unit.filter(|_| is_money && Unit::ending(&cell.text).1.is_none()) {
        Some(unit) => Cell::text(format!("{}{unit}", cell.text.trim())),
        None => cell.clone(),
    }
}

/// A unit without white space.
fn plain(unit: &str) -> String {
    unit.split_whitespace().collect()
}

/// A unit of money that is not known, or a scale of what is counted.
fn unknown_unit(table: &DataTable, row: &SheetRow, shape: &Shape, is_money: bool) -> Option<Finding> {
    let column = shape.unit?;
    let unit = plain(blank::text(&row.cells[column].text)?);
    let is_known = if is_money {
        unit_of(&unit).is_some()
    } else {
        !unit.starts_with(['十', '百', '千', '万', '亿'])
    };
    (!is_known).then(|| {
        let message = text!("the unit `{unit}` is not known", "无法识别单位“{unit}”");
        Finding::new(&rule::BAD_UNIT, message, table.cell(row, column)).help(text!(
            "write 元, 千元, 万元, 百万元 or 亿元, and what is counted in whole numbers",
            "金额请用元、千元、万元、百万元或亿元，计数请填完整的数"
        ))
    })
}

fn no_metric(table: &DataTable, row: &SheetRow, column: usize, near: &str) -> Finding {
    let text = row.cells[column].text.as_str();
    let message = text!("no metric is called `{text}`", "没有名为“{text}”的指标");
    Finding::new(&rule::UNKNOWN_WORD, message, table.cell(row, column)).help(text!(
        "correct it in the file; did you mean `{near}`?",
        "请在文件中更正；是否应为“{near}”？",
        near = FieldName::of("indicators", near)
    ))
}

fn twice(metric: &str, first: Place, second: Place) -> Finding {
    let message = text!("`{metric}` stands twice for one enterprise", "同一企业的“{metric}”出现两次");
    Finding::new(&rule::DUPLICATE_ROW, message, first).and(second).help(text!(
        "keep one of the two rows, or give each its enterprise",
        "请只保留一行，或为每行写明企业"
    ))
}
