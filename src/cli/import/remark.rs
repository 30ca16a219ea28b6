//! What an import says of tables and columns, as rows beside those of the table: for the formats that have no notes.

use std::io;

use crate::import::columns::left_out::Why;
use crate::import::layout::table::DataTable;
use crate::import::plan::Plan;
use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::report::import::{Outcome, Visit};

/// Something said of a table or a column.
pub struct Remark<'p> {
    table: &'p DataTable,
    /// What it is, as a row has a disposition: the id, in English, in Chinese.
    kind: (&'static str, [&'static str; 2]),
    /// The header it is about.
    column: Option<&'p str>,
    what: Text,
}

/// A column that is not imported.
const LEFT_OUT: (&str, [&str; 2]) = ("column-left-out", ["column left out", "未导入的列"]);

/// How a table was read.
const TAKEN: (&str, [&str; 2]) = ("taken", ["taken as", "读取说明"]);

/// A header that stands on no list, and the field it was taken for.
const UNDERSTOOD: (&str, [&str; 2]) = ("header-understood", ["header understood", "按词义识别的表头"]);

/// Everything that is said of the tables: how each was read, which headers were understood, which columns left out.
pub fn all<'p>(plan: &'p Plan<'_>, tables: &'p [DataTable]) -> Vec<Remark<'p>> {
    let taken = tables.iter().flat_map(|table| {
        table.taken.iter().map(move |what| Remark { table, kind: TAKEN, column: None, what: what.clone() })
    });
    let left_out = plan.left_out.iter().filter_map(|(at, column)| {
        let what = why(column.why);
        Some(Remark { table: tables.get(*at)?, kind: LEFT_OUT, column: Some(&column.header), what })
    });
    let understood = plan.understood.iter().filter_map(|(at, header, field)| {
        let what = Text::same(field.as_str());
        Some(Remark { table: tables.get(*at)?, kind: UNDERSTOOD, column: Some(header), what })
    });
    taken.chain(understood).chain(left_out).collect()
}

fn why(why: Why) -> Text {
    Text::new(why.label(Lang::En), why.label(Lang::Zh))
}

impl Remark<'_> {
    /// Shows it as a row.
    pub fn visit(&self, visit: &mut Visit<'_>) -> io::Result<()> {
        visit(&Outcome {
            file: &self.table.file,
            sheet: self.table.name.as_deref(),
            row: self.table.header_row,
            disposition: self.kind,
            is_new: false,
            record: None,
            column: self.column,
            reason: Some(&self.what),
            differences: &|_| {},
        })
    }
}
