//! The fields without which no row of a kind of table can be placed; where one has no column, the column it is likely
//! in, by what its cells say.

use crate::import::columns::Columns;
use crate::import::columns::kind::{Becomes, ImportKind};
use crate::import::layout::table::DataTable;
use crate::import::plan::options::Options;
use crate::import::read::blank;
use crate::import::rows::index::EnterpriseIndex;
use crate::model::finding::Finding;
use crate::model::label::FieldName;
use crate::model::rule;
use crate::text;

/// How many cells of a column are looked at.
const LOOKED_AT: usize = 50;

/// The fields that every row needs and no column has.
pub fn missing(
    table: &DataTable,
    columns: &Columns,
    options: &Options,
    index: &EnterpriseIndex<'_>,
) -> Vec<Finding> {
    if !columns.marks.is_empty() {
        return Vec::new();
    }
    let missing = needed(options.kind).iter().filter(|field| !columns.has(field));
    let finding = |field: &&'static str| {
        let message = text!(
            "there is no column `{field}`, which every row needs",
            "没有“{field}”列，而每一行都需要它",
            field = FieldName::of(options.kind.id(), field)
        );
        let help = match likely(table, columns, &|text| reads(options.kind, field, text, index)) {
            Some(header) => text!(
                "most cells below `{header}` have such values: `--map \"{header}={field}\"`",
                "“{header}”列的内容大多符合该字段：请用 --map \"{header}={field}\" 指明"
            ),
            None => text!(
                "map its column with `--map HEADER={field}`, or give it with `--set {field}=VALUE`",
                "请用 --map 表头={field} 指明是哪一列，或用 --set {field}=值 给出"
            ),
        };
        Finding::new(&rule::MISSING_CELL, message, table.row(table.header_row)).help(help)
    };
    missing.map(finding).collect()
}

fn needed(kind: ImportKind) -> &'static [&'static str] {
    match kind {
        ImportKind::Recognitions => &["enterprise", "title"],
        ImportKind::Platforms => &["enterprise", "kind"],
        ImportKind::Projects => &["enterprise", "scheme", "state"],
        ImportKind::Needs => &["enterprise", "category", "received"],
        ImportKind::Attendance | ImportKind::Candidates | ImportKind::Members | ImportKind::Indicators => {
            &["enterprise"]
        }
        ImportKind::Industries | ImportKind::Editions | ImportKind::Enterprises | ImportKind::Activities => {
            &[]
        }
    }
}

/// Whether a text is a value of a field.
fn reads(kind: ImportKind, field: &str, text: &str, index: &EnterpriseIndex<'_>) -> bool {
    match kind.becomes() {
        _ if field == "enterprise" => index.enterprise(text).is_ok(),
        Becomes::Entry(kind) => (kind.parse)(&[field], text, index).is_ok(),
        _ => false,
    }
}

/// A text that is no value of any field but those that take every text.
const ANY: &str = "〇";

/// The one column that is not read and in which most cells say a value of the field.
fn likely<'t>(table: &'t DataTable, columns: &Columns, reads: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    if reads(ANY) {
        return None;
    }
    let read: Vec<usize> = columns.all().map(|column| column.index).collect();
    let is_likely = |at: &usize| {
        let texts = table.rows.iter().filter_map(|row| blank::text(&row.cells.get(*at)?.text));
        let values: Vec<bool> = texts.take(LOOKED_AT).map(reads).collect();
        !read.contains(at) && values.iter().filter(|is_value| **is_value).count() * 2 > values.len()
    };
    let mut all = (0..table.header.len()).filter(is_likely);
    let first = all.next().filter(|_| all.next().is_none())?;
    Some(table.header[first].trim()).filter(|header| !header.is_empty())
}
