//! Which column of a table is which field: ids, the usual Chinese and English headers, and the user's own word.

pub mod cell_type;
mod composed;
mod date_parts;
pub mod date_text;
mod fault;
pub mod given;
mod header_words;
mod held;
pub mod kind;
pub mod left_out;
mod lists;
mod long_form;
pub mod names;
mod nested;
pub mod number_style;
pub mod saved_map;
pub mod select;
mod spelling;
mod status_ticks;
pub mod tick;
mod vocabulary;

use std::collections::BTreeMap;

use crate::import::columns::cell_type::CellType;
use crate::import::columns::held::{holds_no_date, holds_numbers};
use crate::import::columns::left_out::{LeftOut, Why};
use crate::import::columns::names::{ColumnNames, ENTERPRISE_CODE, LEFT_OUT};
use crate::import::columns::number_style::NumberStyle;
use crate::import::layout::header_text::HeaderText;
use crate::import::layout::table::DataTable;
use crate::model::amount::{DecimalMark, Unit};
use crate::model::finding::{Finding, Place, column_letters};
use crate::model::nearest::did_you_mean;
use crate::model::period::Period;
use crate::model::programme::Programme;
use crate::model::rule;
use crate::text;

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in the table, counted from 0.
    pub index: usize,
    /// The field.
    pub id: String,
    /// What it holds.
    pub cell_type: CellType,
    /// The unit its header gives, or the line above the header.
    pub unit: Option<Unit>,
    /// Words that say nothing beside its words, if it holds words of a list.
    pub beside: Option<Vec<String>>,
    /// What every row has, where the user gave it and the table has no such column.
    pub constant: Option<String>,
}

/// The columns of a table by field.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Every column that is read, by its field.
    pub by_id: BTreeMap<String, Column>,
    /// The columns whose header names a period, with those that name none.
    pub by_period: BTreeMap<Period, Columns>,
    /// The columns of marks: each is headed by a word of a list, and a mark says that the row has it.
    pub marks: Vec<(String, Column)>,
    /// The columns that are not read.
    pub left_out: Vec<LeftOut>,
    /// The headers on no list that were understood, by their parts or by what they stand over, with their fields.
    pub understood: Vec<(String, String)>,
    /// How its numbers are written.
    pub numbers: NumberStyle,
}

/// What one header means.
enum Meaning {
    /// A field.
    Field { id: String, period: Option<Period>, unit: Option<Unit> },
    /// A field, by nothing but what groups its column with others.
    Grouped(String),
    /// A word whose marks stand below it.
    Mark(String),
    /// Running numbers, or the reasons of an earlier import.
    Nothing,
    /// It is not read.
    LeftOut(Why),
}

impl Columns {
    /// Finds the columns of a table. A column without a field is left out; where the user is strict, or its
    /// header is likely a misspelt known one, it is a fault.
    pub fn find(table: &DataTable, headers: &ColumnNames) -> Result<Self, Vec<Finding>> {
        let mut columns = Self { ..Self::default() };
        let mut found = fault::mistaken_maps(table, headers);
        let mut unknowns = Vec::new();
        let mut grouped: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let meanings: Vec<_> = table.header.iter().map(|header| meaning(table, headers, header)).collect();
        let gives_way: Vec<bool> =
            (0..meanings.len()).map(|index| gives_way(table, headers, &meanings, index)).collect();
        for (index, (meaning, gives_way)) in meanings.into_iter().zip(gives_way).enumerate() {
            match meaning {
                _ if gives_way => unknowns.push(index),
                // `专家A` above scores names nobody.
                Some(Meaning::Field { id, .. }) if id == "reviewer" && holds_numbers(table, index) => {
                    columns.leave_out(table, index, Why::Unplaced);
                }
                Some(Meaning::Nothing) => {}
                Some(Meaning::LeftOut(why)) => columns.leave_out(table, index, why),
                Some(Meaning::Mark(word)) => {
                    columns.marks.push((word, column(table, headers, index, "mark", None)));
                }
                Some(Meaning::Grouped(id)) => grouped.entry(id).or_default().push(index),
                Some(Meaning::Field { id, period, unit }) => {
                    found.extend(columns.put(table, headers, index, (&id, period, unit)));
                }
                None if table.is_blank(index) => {}
                None => unknowns.push(index),
            }
        }
        for (id, indexes) in grouped {
            match indexes[..] {
                [index] if !columns.has(&id) => {
                    let unit = HeaderText::of(&table.header[index]).unit;
                    found.extend(columns.put(table, headers, index, (&id, None, unit)));
                }
                _ => unknowns.extend(indexes.into_iter().filter(|index| !table.is_blank(*index))),
            }
        }
        unknowns.sort_unstable();
        found.extend(columns.take_composed(table, headers, &mut unknowns));
        columns.take_weak(table, headers, &mut unknowns);
        columns.take_firms(table, headers, &mut unknowns);
        let is_strange = columns.by_id.is_empty() && columns.by_period.is_empty() && columns.marks.is_empty();
        if is_strange && !unknowns.iter().any(|index| headers.near(&table.header[*index]).is_some()) {
            found.push(fault::no_header(table, headers));
        } else {
            for index in unknowns {
                let near = headers
                    .near(&table.header[index])
                    .filter(|id| !columns.has(id) && !headers.set().iter().any(|(set, _)| set == id));
                let has_words = ["title", "activity"].iter().any(|id| columns.has(id));
                let near_mark = if has_words { None } else { headers.near_mark(&table.header[index]) };
                if let Some(mark) = near_mark {
                    found.push(fault::unknown_mark(table, index, mark));
                } else if headers.is_strict() || near.is_some() {
                    found.push(fault::unknown(table, index, headers, near));
                } else {
                    columns.leave_out(table, index, Why::Unplaced);
                }
            }
        }
        columns.name_enterprise();
        found.extend(columns.set(table, headers));
        columns.share();
        if found.is_empty() { Ok(columns) } else { Err(found) }
    }

    /// Takes columns that mean a field only where no other does.
    fn take_weak(&mut self, table: &DataTable, headers: &ColumnNames, unknowns: &mut Vec<usize>) {
        unknowns.retain(|&index| {
            let parsed = HeaderText::of(&table.header[index]);
            let Some(id) = headers.weakly(&parsed.keys) else { return true };
            if self.has(id) || headers.set().iter().any(|(set, _)| set == id) {
                self.leave_out(table, index, Why::Second);
            } else {
                self.by_id.insert(id.to_owned(), column(table, headers, index, id, parsed.unit));
            }
            false
        });
    }

    /// Takes columns whose headers are read by their parts, where no other has their field. Of two for one field neither
    /// is the likelier.
    fn take_composed(
        &mut self,
        table: &DataTable,
        headers: &ColumnNames,
        unknowns: &mut Vec<usize>,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        unknowns.retain(|&index| {
            let parsed = HeaderText::of(&table.header[index]);
            let id = headers.composed(&parsed.keys).filter(|_| headers.weakly(&parsed.keys).is_none());
            let Some(id) = id else { return true };
            if let Some(first) = made.get(id) {
                found.push(fault::two_columns(table, id, *first, index));
            } else if self.has(id) || headers.set().iter().any(|(set, _)| set == id) {
                self.leave_out(table, index, Why::Second);
            } else {
                made.insert(id.to_owned(), index);
                self.understood.push((table.header[index].clone(), id.to_owned()));
                self.by_id.insert(id.to_owned(), column(table, headers, index, id, parsed.unit));
            }
            false
        });
        found
    }

    /// Takes the one column of firms of a table that names none: its header ends as such a header does, and its cells as
    /// firms do.
    fn take_firms(&mut self, table: &DataTable, headers: &ColumnNames, unknowns: &mut Vec<usize>) {
        let Some(id) = headers.firm() else { return };
        if self.has(id) || self.has(ENTERPRISE_CODE) || headers.set().iter().any(|(set, _)| set == id) {
            return;
        }
        let mut firms = unknowns.iter().filter(|index| headers.are_firms(table, **index));
        if let (Some(&index), None) = (firms.next(), firms.next()) {
            self.by_id.insert(id.to_owned(), column(table, headers, index, id, None));
            self.understood.push((table.header[index].clone(), id.to_owned()));
            unknowns.retain(|unknown| *unknown != index);
        }
    }

    /// Gives every row a word.
    pub fn give(&mut self, id: &str, word: &str) {
        let (cell_type, constant) = (CellType::of(id), Some(word.to_owned()));
        let column =
            Column { index: usize::MAX, id: id.to_owned(), cell_type, unit: None, beside: None, constant };
        self.by_id.insert(id.to_owned(), column);
    }

    /// Every column that is read, those of periods after the others.
    pub fn all(&self) -> impl Iterator<Item = &Column> {
        self.by_id.values().chain(self.by_period.values().flat_map(|columns| columns.by_id.values()))
    }

    /// Whether a column of that field is read.
    pub fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id) || self.by_period.values().any(|columns| columns.by_id.contains_key(id))
    }

    /// Whether a column says what each row is about.
    pub fn names_rows(&self) -> bool {
        ["enterprise", "name", "title", "id", "credit_code", "person"]
            .iter()
            .any(|id| self.by_id.contains_key(*id))
    }

    fn leave_out(&mut self, table: &DataTable, index: usize, why: Why) {
        let header = match table.header[index].trim() {
            "" => column_letters(index + 1),
            header => header.to_owned(),
        };
        self.left_out.push(LeftOut { header, why });
    }

    fn put(
        &mut self,
        table: &DataTable,
        headers: &ColumnNames,
        index: usize,
        (id, period, unit): (&str, Option<Period>, Option<Unit>),
    ) -> Option<Finding> {
        let is_money = headers.is_money(id);
        let unread = HeaderText::of(&table.header[index]).unread_unit;
        let conflict = unit.zip(table.unit_of(index)).filter(|(own, line)| is_money && own != line);
        let column = column(table, headers, index, id, unit);
        let column_type = column.cell_type;
        let by_id = match period {
            Some(period) => &mut self.by_period.entry(period).or_default().by_id,
            None => &mut self.by_id,
        };
        if let Some(first) = by_id.get(id).map(|first| first.index) {
            // Of two columns of which one says nothing the other is meant; a name in two languages is two fields.
            if table.is_blank(index) {
                return None;
            }
            let foreign = if table.header[index].is_ascii() { index } else { first };
            if id == "name"
                && !table.header[foreign].trim().eq_ignore_ascii_case(id)
                && headers.fields().iter().any(|id| id == "name_en")
                && table.header[foreign].is_ascii()
                && table.header[first].is_ascii() != table.header[index].is_ascii()
                && !by_id.contains_key("name_en")
            {
                let native = if foreign == index { first } else { index };
                by_id.insert("name".to_owned(), self::column(table, headers, native, "name", None));
                by_id.insert("name_en".to_owned(), self::column(table, headers, foreign, "name_en", None));
                return None;
            }
            // A column of times of day beside the dates is no second date.
            if column.cell_type == CellType::Date && holds_no_date(table, index) {
                self.leave_out(table, index, Why::Second);
                return None;
            }
            let is_date = column.cell_type == CellType::Date && holds_no_date(table, first);
            if is_date {
                self.left_out.push(LeftOut { header: table.header[first].clone(), why: Why::Second });
            } else if !table.is_blank(first) {
                return Some(fault::two_columns(table, id, first, index));
            }
        }
        by_id.insert(id.to_owned(), column);
        // `万人` is no measure word.
        let is_scaled = |text: &String| text.starts_with(['千', '万', '亿', '百']);
        let is_figure = column_type == CellType::Figure;
        if let Some(text) = unread.filter(|text| is_money || is_figure && is_scaled(text)) {
            let message = text!(
                "the unit `{text}` of `{header}` is not known",
                "无法识别“{header}”的单位“{text}”",
                header = table.header[index].as_str()
            );
            let finding = Finding::new(&rule::BAD_UNIT, message, table.head(index));
            if !is_money {
                return Some(
                    finding.help(text!("write the whole number", "请填写完整的数，不用万、千等单位")),
                );
            }
            return Some(finding.help(text!(
                "write 元, 千元, 万元, 百万元 or 亿元 in the header, in the programme's currency",
                "请在表头写明元、千元、万元、百万元或亿元，并使用本计划的币种"
            )));
        }
        conflict.map(|(own, line)| {
            let message = text!(
                "the header says {own}, the line above it {line}",
                "表头写的是{own}，其上一行写的是{line}",
                own = own.to_string(),
                line = line.to_string()
            );
            Finding::new(&rule::BAD_UNIT, message, table.head(index))
                .help(text!("make both say the same", "请使两处一致"))
        })
    }

    /// A code that stands alone names the enterprise; beside a name it finds it, and the name must agree.
    fn name_enterprise(&mut self) {
        if !self.by_id.contains_key("enterprise")
            && let Some(code) = self.by_id.remove(ENTERPRISE_CODE)
        {
            self.by_id.insert("enterprise".to_owned(), Column { id: "enterprise".to_owned(), ..code });
        }
    }

    /// What the user gave to every row.
    fn set(&mut self, table: &DataTable, headers: &ColumnNames) -> Vec<Finding> {
        let mut found = Vec::new();
        for (id, text) in headers.set() {
            let argument = Place::Argument(format!("--set {id}={text}"));
            if !headers.fields().contains(id) {
                let near = did_you_mean(id, headers.fields().iter().map(String::as_str));
                let message =
                    text!("`{id}` is not a field of this kind of table", "“{id}”不是这类表格的字段");
                let fields =
                    || text!("the fields are {fields}", "可用字段：{fields}", fields = headers.fields());
                found.push(
                    Finding::new(&rule::UNKNOWN_COLUMN, message, argument).help(near.unwrap_or_else(fields)),
                );
            } else if let Some(column) = self.by_id.get(id) {
                let message = text!(
                    "the sheet has `{id}` already, in the column `{header}`",
                    "表中已有字段 {id}：“{header}”列",
                    header = table.header.get(column.index).map_or("", String::as_str)
                );
                found.push(
                    Finding::new(&rule::DUPLICATE_COLUMN, message, argument)
                        .and(table.head(column.index))
                        .help(text!(
                            "leave the column out with `--map`, or leave `--set` out",
                            "请用 --map 略去该列，或去掉 --set"
                        )),
                );
            } else {
                let column = column(table, headers, usize::MAX, id, None);
                self.by_id
                    .insert(id.clone(), Column { constant: Some(text.clone()), beside: None, ..column });
            }
        }
        found
    }

    /// Finds out how its numbers are written.
    pub fn learn_numbers(&mut self, table: &DataTable, programme: &Programme, given: Option<DecimalMark>) {
        self.numbers = NumberStyle::of(table, self, programme, given);
        for columns in self.by_period.values_mut() {
            columns.numbers = self.numbers;
        }
    }

    /// Gives the columns of each period those of none.
    fn share(&mut self) {
        for columns in self.by_period.values_mut() {
            for (id, column) in &self.by_id {
                columns.by_id.entry(id.clone()).or_insert_with(|| column.clone());
            }
        }
    }
}

/// Whether another column has the field of this one, whose header can mean a second field: `机构名称` beside `依托单位`
/// names no enterprise.
fn gives_way(table: &DataTable, headers: &ColumnNames, meanings: &[Option<Meaning>], index: usize) -> bool {
    let field = |index: usize| match &meanings[index] {
        Some(Meaning::Field { id, .. }) => Some(id.as_str()),
        _ => None,
    };
    let has_second = |index: usize| {
        let header = &table.header[index];
        headers.mapped(header).is_none() && headers.weakly(&HeaderText::of(header).keys).is_some()
    };
    let is_other = |other: &usize| *other != index && field(*other) == field(index);
    field(index).is_some()
        && has_second(index)
        && (0..meanings.len()).filter(is_other).any(|other| !has_second(other) && !table.is_blank(other))
}

fn column(table: &DataTable, headers: &ColumnNames, index: usize, id: &str, unit: Option<Unit>) -> Column {
    let unit = unit.or(table.unit_of(index).filter(|_| headers.is_money(id)));
    Column {
        index,
        id: id.to_owned(),
        cell_type: headers.cell_type(id),
        unit,
        beside: headers.beside(id),
        constant: None,
    }
}

fn meaning(table: &DataTable, headers: &ColumnNames, header: &str) -> Option<Meaning> {
    let parsed = HeaderText::of(header);
    if let Some(id) = headers.mapped(header) {
        if id == LEFT_OUT {
            return Some(Meaning::LeftOut(Why::Asked));
        }
        let period = parsed.period.map(|(period, _)| period).filter(|_| headers.is_metric(id));
        return Some(Meaning::Field { id: id.to_owned(), period, unit: parsed.unit });
    }
    let not_actual = headers.not_actual(header, &parsed);
    if (headers.is_by_period() || parsed.period.is_some())
        && let Some(why) = not_actual
    {
        return Some(Meaning::LeftOut(why));
    }
    let dated = parsed.period.as_ref().and_then(|(period, keys)| {
        let id = headers.metric(keys)?;
        Some((id, Some(*period)))
    });
    if let Some(word) = headers.mark(&parsed.keys[..parsed.keys.len().min(parsed.deepest)])
        && headers.find(&parsed.keys[0]).is_none()
    {
        return Some(Meaning::Mark(word.to_owned()));
    }
    let dated = dated.or_else(|| part_of_year(table, headers, &parsed));
    let (own, upper) = parsed.keys.split_at(parsed.deepest.min(parsed.keys.len()));
    // `／` between levels is no `/` between alternatives.
    let named =
        headers.exactly(own).or_else(|| headers.alternatively(&own[usize::from(!upper.is_empty())..]));
    if dated.is_none() && named.is_none() {
        if headers.weakly(own).is_some() {
            return None;
        }
        // What stands above several columns names none of them.
        if headers.roughly(own).is_none() && !upper.is_empty() {
            if headers.composed(own).is_some() {
                return None;
            }
            let upper = headers.first_of(upper).or_else(|| headers.roughly(upper));
            if let Some(id) = upper.filter(|id| *id != LEFT_OUT) {
                return Some(Meaning::Grouped(id.to_owned()));
            }
        }
    }
    let named = named.or_else(|| headers.roughly(own));
    match dated.or_else(|| Some((named?, None))) {
        Some((LEFT_OUT, _)) => Some(Meaning::Nothing),
        Some((id, period)) => Some(Meaning::Field { id: id.to_owned(), period, unit: parsed.unit }),
        None => {
            let mark = headers.mark(&parsed.keys).map(|word| Meaning::Mark(word.to_owned()));
            mark.or(not_actual.map(Meaning::LeftOut))
        }
    }
}

/// `一季度营业收入` is of the period of the command line, or of the year of the title.
fn part_of_year<'h>(
    table: &DataTable,
    headers: &'h ColumnNames,
    parsed: &HeaderText,
) -> Option<(&'h str, Option<Period>)> {
    let (part, keys) = parsed.part.as_ref()?;
    let id = headers.metric(keys)?;
    match headers.period() {
        Some(period) if period.to_string().get(4..) == Some(part) => Some((id, None)),
        Some(_) => None,
        None => Some((id, Some(format!("{}{part}", table.year?).parse().ok()?))),
    }
}
