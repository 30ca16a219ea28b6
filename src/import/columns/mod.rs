//! Which column of a sheet is which field: ids, the usual Chinese and English headers, and the user's own word.

pub mod cell_type;
pub mod kind;
pub mod names;
pub mod saved_map;
pub mod select;

use std::collections::BTreeMap;

use crate::import::columns::cell_type::CellType;
use crate::import::columns::names::{ColumnNames, LEFT_OUT};
use crate::import::layout::header_text::HeaderText;
use crate::import::layout::table::DataTable;
use crate::model::amount::Unit;
use crate::model::finding::{Finding, Place, column_letters};
use crate::model::name::NameKey;
use crate::model::nearest::{did_you_mean, nearest};
use crate::model::period::Period;
use crate::model::rule;
use crate::text;

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in the sheet, counted from 0.
    pub index: usize,
    /// The field.
    pub id: String,
    /// What it holds.
    pub role: CellType,
    /// The unit its header gives, or the line above the header.
    pub unit: Option<Unit>,
}

/// The columns of a sheet by field.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Every column that is read, by its field.
    pub by_id: BTreeMap<String, Column>,
    /// The columns whose header names a period, with those that name none.
    pub by_period: BTreeMap<Period, Columns>,
    /// The headers that are left out on purpose.
    pub left_out: Vec<String>,
}

/// What one header means.
struct Meaning {
    id: String,
    period: Option<Period>,
    unit: Option<Unit>,
}

impl Columns {
    /// Finds the columns of a sheet.
    pub fn find(sheet: &DataTable, headers: &ColumnNames) -> Result<Self, Vec<Finding>> {
        let mut columns = Self::default();
        let mut found = mistaken_maps(sheet, headers);
        let mut unknowns = Vec::new();
        for (index, header) in sheet.header.iter().enumerate() {
            match meaning(headers, header) {
                Some(meaning) if meaning.id == LEFT_OUT => columns.left_out.push(header.clone()),
                Some(meaning) => found.extend(columns.put(sheet, headers, index, meaning)),
                None if header.trim().is_empty() && sheet.is_blank(index) => {}
                None => unknowns.push(index),
            }
        }
        let is_strange =
            columns.by_id.is_empty() && columns.by_period.is_empty() && columns.left_out.is_empty();
        if is_strange && !unknowns.iter().any(|index| headers.near(&sheet.header[*index]).is_some()) {
            found.push(no_header(sheet, headers));
        } else {
            found.extend(unknowns.into_iter().map(|index| unknown(sheet, index, headers)));
        }
        found.extend(columns.share());
        if found.is_empty() { Ok(columns) } else { Err(found) }
    }

    fn put(
        &mut self,
        sheet: &DataTable,
        headers: &ColumnNames,
        index: usize,
        meaning: Meaning,
    ) -> Option<Finding> {
        let Meaning { id, period, unit } = meaning;
        let is_money = headers.is_money(&id);
        let conflict = unit.zip(sheet.unit).filter(|(own, line)| is_money && own != line);
        let unit = unit.or(sheet.unit.filter(|_| is_money));
        let column = Column { index, id: id.clone(), role: CellType::of(&id), unit };
        let by_id = match period {
            Some(period) => &mut self.by_period.entry(period).or_default().by_id,
            None => &mut self.by_id,
        };
        if let Some(first) = by_id.insert(id.clone(), column) {
            return Some(two_columns(sheet, &id, first.index, index));
        }
        conflict.map(|(own, line)| {
            let message = text!(
                "the header says {own}, the line above it {line}",
                "表头写的是{own}，其上一行写的是{line}",
                own = own.to_string(),
                line = line.to_string()
            );
            Finding::new(&rule::BAD_UNIT, message, sheet.head(index))
                .help(text!("make both say the same", "请使两处一致"))
        })
    }

    /// Gives the columns of each period those of none. A column `period` beside them would say it twice.
    fn share(&mut self) -> Option<Finding> {
        for columns in self.by_period.values_mut() {
            for (id, column) in &self.by_id {
                columns.by_id.entry(id.clone()).or_insert_with(|| column.clone());
            }
        }
        None
    }
}

fn meaning(headers: &ColumnNames, header: &str) -> Option<Meaning> {
    let heading = HeaderText::of(header);
    if let Some(id) = headers.mapped(header) {
        let period = heading.period.map(|(period, _)| period).filter(|_| headers.is_metric(id));
        return Some(Meaning { id: id.to_owned(), period, unit: heading.unit });
    }
    let dated = heading.period.as_ref().and_then(|(period, keys)| {
        let id = keys.iter().find_map(|key| headers.find(key)).filter(|id| headers.is_metric(id))?;
        Some((id, Some(*period)))
    });
    let (id, period) =
        dated.or_else(|| Some((heading.keys.iter().find_map(|key| headers.find(key))?, None)))?;
    Some(Meaning { id: id.to_owned(), period, unit: heading.unit })
}

/// What the user mapped and the file or the kind of table does not have.
fn mistaken_maps(sheet: &DataTable, headers: &ColumnNames) -> Vec<Finding> {
    let argument = |from: &str, to: &str| Place::Argument(format!("--map {from}={to}"));
    let mut found = Vec::new();
    for (from, to) in headers.map() {
        if !sheet.header.iter().any(|header| NameKey::of(header) == NameKey::of(from)) {
            let near = did_you_mean(from, sheet.header.iter().map(String::as_str)).unwrap_or_else(|| {
                text!(
                    "the headers are {en}",
                    "表头有：{zh}",
                    en = sheet.header.join(", "),
                    zh = sheet.header.join("、")
                )
            });
            let message = text!(
                "`{file}` has no column `{from}`",
                "“{file}”没有“{from}”列",
                file = sheet.file.as_str()
            );
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
        if to != LEFT_OUT && !headers.fields().contains(to) {
            let near = did_you_mean(to, headers.fields().iter().map(String::as_str)).unwrap_or_else(|| {
                text!("the fields are {fields}", "可用字段：{fields}", fields = headers.fields().join(", "))
            });
            let message = text!("`{to}` is not a field of this kind of table", "“{to}”不是这类表格的字段");
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
    }
    found
}

fn two_columns(sheet: &DataTable, id: &str, first: usize, second: usize) -> Finding {
    let message = text!(
        "`{one}` and `{two}` both mean `{id}`",
        "“{one}”和“{two}”都对应字段 {id}",
        one = sheet.header[first].as_str(),
        two = sheet.header[second].as_str()
    );
    let help = if NameKey::of(&sheet.header[first]) == NameKey::of(&sheet.header[second]) {
        text!("give one of them another header in the file", "请在文件中为其中一列改个表头")
    } else {
        text!(
            "leave one out: `--map \"{header}=-\"`",
            "请略去其中一列：--map \"{header}=-\"",
            header = sheet.header[second].as_str()
        )
    };
    Finding::new(&rule::DUPLICATE_COLUMN, message, sheet.head(first)).and(sheet.head(second)).help(help)
}

fn no_header(sheet: &DataTable, headers: &ColumnNames) -> Finding {
    let shown: Vec<&str> =
        sheet.header.iter().map(String::as_str).filter(|text| !text.is_empty()).take(6).collect();
    let message = text!(
        "no row names a column that is known; row {row} has {shown}",
        "没有找到可识别的表头；第 {row} 行是：{shown}",
        row = sheet.header_row,
        shown = shown.join(", ")
    );
    Finding::new(&rule::NO_HEADER, message, sheet.row(sheet.header_row)).help(text!(
        "give the names of the columns with `--header`, or map each with `--map HEADER=FIELD`; fields: {fields}",
        "请用 --header 给出列名，或用 --map 表头=字段 逐列对应；字段：{fields}",
        fields = headers.fields().join(", ")
    ))
}

fn unknown(sheet: &DataTable, index: usize, headers: &ColumnNames) -> Finding {
    let header = &sheet.header[index];
    if header.trim().is_empty() {
        let message = text!(
            "column {letters} has no header, and cells below it have values",
            "{letters} 列没有表头，但其下有内容",
            letters = column_letters(index + 1)
        );
        return Finding::new(&rule::UNKNOWN_COLUMN, message, sheet.head(index))
            .help(text!("give it a header, or clear its cells", "请加上表头，或清空该列"));
    }
    let near = headers.near(header).map(|id| {
        text!(
            "did you mean `{id}`? say so with `--map \"{header}={id}\"`",
            "是否对应字段 {id}？请用 --map \"{header}={id}\" 指明"
        )
    });
    let help = near.unwrap_or_else(|| {
        text!(
            "map it with `--map \"{header}=FIELD\"`, or leave it out with `--map \"{header}=-\"`; fields: {fields}",
            "请用 --map \"{header}=字段\" 指明，或用 --map \"{header}=-\" 略去；字段：{fields}",
            fields = headers.fields().join(", ")
        )
    });
    Finding::new(
        &rule::UNKNOWN_COLUMN,
        text!("the column `{header}` is not known", "无法识别“{header}”列"),
        sheet.head(index),
    )
    .help(help)
}

impl ColumnNames {
    /// The field whose name is nearest to a header.
    fn near(&self, header: &str) -> Option<&str> {
        let keys = HeaderText::of(header).keys;
        let key = keys.last()?;
        let names: Vec<(&str, &str)> = self.names().collect();
        let near = nearest(key.as_str(), names.iter().map(|(name, _)| *name))?;
        names.iter().find(|(name, _)| *name == near).map(|(_, id)| *id)
    }
}
