//! What is wrong with the headers of a table, and the way out.

use crate::import::columns::names::{ColumnNames, LEFT_OUT};
use crate::import::layout::header_text::HeaderText;
use crate::import::layout::table::DataTable;
use crate::model::finding::{Finding, Place, column_letters};
use crate::model::name::NameKey;
use crate::model::nearest::{did_you_mean, nearest};
use crate::model::rule;
use crate::text;

/// What the user mapped and the file or the kind of table does not have.
pub fn mistaken_maps(table: &DataTable, headers: &ColumnNames) -> Vec<Finding> {
    let argument = |from: &str, to: &str| Place::Argument(format!("--map {from}={to}"));
    let mut found = Vec::new();
    for (from, to) in headers.map() {
        if !table.header.iter().chain(&table.replaced).any(|header| NameKey::of(header) == NameKey::of(from))
        {
            let near = did_you_mean(from, table.header.iter().map(String::as_str)).unwrap_or_else(|| {
                text!("the headers are {headers}", "表头有：{headers}", headers = table.header)
            });
            let message = text!(
                "`{file}` has no column `{from}`",
                "“{file}”没有“{from}”列",
                file = table.file.as_str()
            );
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
        if to != LEFT_OUT && !headers.fields().contains(to) {
            let near = did_you_mean(to, headers.fields().iter().map(String::as_str)).unwrap_or_else(|| {
                text!("the fields are {fields}", "可用字段：{fields}", fields = headers.fields())
            });
            let message = text!("`{to}` is not a field of this kind of table", "“{to}”不是这类表格的字段");
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
    }
    found
}

/// Two columns that mean the same field.
pub fn two_columns(table: &DataTable, id: &str, first: usize, second: usize) -> Finding {
    let message = text!(
        "`{one}` and `{two}` both mean `{id}`",
        "“{one}”和“{two}”都对应字段 {id}",
        one = table.header[first].as_str(),
        two = table.header[second].as_str()
    );
    let help = if NameKey::of(&table.header[first]) == NameKey::of(&table.header[second]) {
        text!("give one of them another header in the file", "请在文件中为其中一列改个表头")
    } else {
        text!(
            "leave one out: `--map \"{header}=-\"`",
            "请略去其中一列：--map \"{header}=-\"",
            header = table.header[second].as_str()
        )
    };
    Finding::new(&rule::DUPLICATE_COLUMN, message, table.head(first)).and(table.head(second)).help(help)
}

/// A table of whose columns none is known.
pub fn no_header(table: &DataTable, headers: &ColumnNames) -> Finding {
    let shown: Vec<&str> =
        table.header.iter().map(String::as_str).filter(|text| !text.is_empty()).take(6).collect();
    let message = text!(
        "no row names a column that is known; row {row} has {shown}",
        "没有找到可识别的表头；第 {row} 行是：{shown}",
        row = table.header_row,
        shown = shown
    );
    Finding::new(&rule::NO_HEADER, message, table.row(table.header_row)).help(text!(
        "give the names of the columns with `--header`, or map each with `--map HEADER=FIELD`; fields: {fields}",
        "请用 --header 给出列名，或用 --map 表头=字段 逐列对应；字段：{fields}",
        fields = headers.fields()
    ))
}

/// A column that is not known, with the nearest field.
pub fn unknown(table: &DataTable, index: usize, headers: &ColumnNames, near: Option<&str>) -> Finding {
    let header = &table.header[index];
    if header.trim().is_empty() {
        let message = text!(
            "column {letters} has no header, and cells below it have values",
            "{letters} 列没有表头，但其下有内容",
            letters = column_letters(index + 1)
        );
        return Finding::new(&rule::UNKNOWN_COLUMN, message, table.head(index))
            .help(text!("give it a header, or clear its cells", "请加上表头，或清空该列"));
    }
    let near = near.map(|id| {
        text!(
            "did you mean `{id}`? say so with `--map \"{header}={id}\"`",
            "是否对应字段 {id}？请用 --map \"{header}={id}\" 指明"
        )
    });
    let help = near.unwrap_or_else(|| {
        text!(
            "map it with `--map \"{header}=FIELD\"`, or leave it out with `--map \"{header}=-\"`; fields: {fields}",
            "请用 --map \"{header}=字段\" 指明，或用 --map \"{header}=-\" 略去；字段：{fields}",
            header = header.as_str(),
            fields = headers.fields()
        )
    });
    Finding::new(
        &rule::UNKNOWN_COLUMN,
        text!("the column `{header}` is not known", "无法识别“{header}”列"),
        table.head(index),
    )
    .help(help)
}

/// A column of marks whose header is likely misspelt.
pub fn unknown_mark(table: &DataTable, index: usize, near: &str) -> Finding {
    let message = text!(
        "the column `{header}` is not known",
        "无法识别“{header}”列",
        header = table.header[index].as_str()
    );
    Finding::new(&rule::UNKNOWN_COLUMN, message, table.head(index)).help(text!(
        "correct it in the file if it is `{near}`, or leave the column out with `--map \"{header}=-\"`",
        "若为“{near}”，请在文件中更正；否则请用 --map \"{header}=-\" 略去该列",
        near = near,
        header = table.header[index].as_str()
    ))
}

/// Whether two headers in Chinese begin and end with the same character: what differs there is another thing and no
/// misspelling (走访内容, 参访内容; 培育专题, 培育专班).
fn begin_alike(one: &str, other: &str) -> bool {
    let is_same = |one: Option<char>, other: Option<char>| {
        one == other
            || one.zip(other).is_some_and(|(one, other)| {
                LOOKALIKES.iter().any(|pair| pair.contains(&one) && pair.contains(&other))
            })
    };
    one.is_ascii()
        || is_same(one.chars().next(), other.chars().next())
            && is_same(one.chars().next_back(), other.chars().next_back())
}

/// Characters that are taken for one another.
const LOOKALIKES: [[char; 2]; 8] = [
    ['入', '人'],
    ['己', '已'],
    ['未', '末'],
    ['日', '曰'],
    ['帐', '账'],
    ['候', '侯'],
    ['微', '徽'],
    ['拨', '拔'],
];

/// How short a header may be to be taken for a misspelling: two characters are near to too much.
const SHORTEST: usize = 3;

impl ColumnNames {
    /// The title or activity that a header of marks likely names, where it is misspelt.
    pub fn near_mark(&self, header: &str) -> Option<&str> {
        let parsed = HeaderText::of(header);
        let key = parsed.keys[..parsed.deepest.min(parsed.keys.len())].last()?;
        let alike = self.mark_names().filter(|name| begin_alike(key.as_str(), name));
        nearest(key.as_str(), alike).filter(|_| key.as_str().chars().count() > SHORTEST)
    }

    /// The field whose name is nearest to a header that is likely misspelt.
    pub fn near(&self, header: &str) -> Option<&str> {
        let parsed = HeaderText::of(header);
        if self.speaks_of_others(header, &parsed) {
            return None;
        }
        let keys = &parsed.keys[..parsed.deepest.min(parsed.keys.len())];
        let key = keys.last().filter(|key| key.as_str().chars().count() >= SHORTEST)?;
        let names: Vec<(&str, &str)> = self.names().filter(|(_, id)| *id != LEFT_OUT).collect();
        let alike = names.iter().map(|(name, _)| *name).filter(|name| begin_alike(key.as_str(), name));
        let near = nearest(key.as_str(), alike)?;
        names.iter().find(|(name, _)| *name == near).map(|(_, id)| *id)
    }
}
