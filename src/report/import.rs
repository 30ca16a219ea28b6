//! What an import does, row by row.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::ops::Range;

use super::change::{cell, field, is_person, record};
use super::label::grouped;
use super::table::{self, Cell, Kind, Rows, Table};
use super::view::View;
use crate::model::change;
use crate::model::contact::masked;
use crate::model::finding::RecordRef;
use crate::model::label;
use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::model::value::{KeyPath, Value};

/// What becomes of one row.
#[derive(Clone, Copy)]
pub struct Outcome<'p> {
    /// The file.
    pub file: &'p str,
    /// The sheet of a workbook.
    pub sheet: Option<&'p str>,
    /// The line.
    pub row: usize,
    /// The id of what becomes of it, and its labels in English and Chinese.
    pub disposition: (&'static str, [&'static str; 2]),
    /// Whether it is something that was not there before.
    pub is_new: bool,
    /// The record it belongs to.
    pub record: Option<&'p RecordRef>,
    /// The column it is about, where it is about one.
    pub column: Option<&'p str>,
    /// The row it repeats, or what is wrong with it.
    pub reason: Option<&'p Text>,
    /// Goes through every value that changes.
    pub differences: &'p dyn Fn(&mut change::Visit<'_>),
}

/// What is done with each row.
pub type Visit<'v> = dyn FnMut(&Outcome<'_>) -> io::Result<()> + 'v;

/// Goes through some rows of an import, the same ones each time.
pub type Outcomes<'o> = dyn Fn(Range<usize>, &mut Visit<'_>) -> io::Result<()> + Sync + 'o;

/// Who reads a line: one says values by their labels, the other by their ids.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Person,
    Program,
}

/// How many rows of a disposition a digest shows: of what somebody has to look at, and of what goes well.
const LOOKED_AT: usize = 100;
const SAMPLES: usize = 20;

/// The rows of an import as a table: a line for what is new, with all it says, a line for each value that changes,
/// and a line for every other row.
pub struct ImportTable<'o> {
    table: Table,
    view: &'o View<'o>,
    outcomes: &'o Outcomes<'o>,
    count: usize,
    has_sheets: bool,
    has_reasons: bool,
}

impl<'o> ImportTable<'o> {
    /// Looks at so many rows once, for the columns they need.
    pub fn of(view: &'o View<'o>, count: usize, outcomes: &'o Outcomes<'o>) -> Self {
        let (mut has_sheets, mut has_reasons) = (false, false);
        // The visit below has no error to end with.
        let _ = outcomes(0..count, &mut |outcome| {
            has_sheets |= outcome.sheet.is_some();
            has_reasons |= outcome.reason.is_some();
            Ok(())
        });
        let columns = [
            ("file", Kind::Name),
            ("sheet", Kind::Text),
            ("row", Kind::Count),
            ("disposition", Kind::Coded),
            ("record", Kind::Text),
            ("field", Kind::Id),
            ("old", Kind::Text),
            ("new", Kind::Text),
            ("reason", Kind::Text),
        ];
        let is_needed = |(id, _): &(&str, Kind)| match *id {
            "sheet" => has_sheets,
            "reason" => has_reasons,
            _ => true,
        };
        let columns: Vec<_> = columns.into_iter().filter(is_needed).collect();
        Self { table: view.table("import", &columns), view, outcomes, count, has_sheets, has_reasons }
    }

    /// Everything but the rows.
    pub fn head(&self) -> &Table {
        &self.table
    }

    /// What somebody at a terminal reads of it: the first rows that were refused, left aside or repeated, samples of what
    /// is created and changed, how many there are beside them, and the remarks. A column that says nothing is not shown.
    pub fn digest(&self, remarks: &[Text]) -> Table {
        let lang = self.view.lang;
        let mut digest = self.table.clone();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        // The visits below have no error to end with.
        let _ = (self.outcomes)(0..self.count, &mut |outcome| {
            let most = match outcome.disposition.0 {
                "unchanged" | "counted" => 0,
                "created" | "changed" => SAMPLES,
                _ => LOOKED_AT,
            };
            let (id, [en, zh]) = outcome.disposition;
            let count = counts.entry(id).or_default();
            *count += 1;
            if *count > most {
                if most > 0 {
                    *left.entry(lang.pick(en, zh)).or_default() += 1;
                }
                return Ok(());
            }
            self.lines(outcome, Reader::Person, &mut |row| {
                digest.row(row.to_vec());
                Ok(())
            })
        });
        if !left.is_empty() {
            let all = grouped(&left.values().sum::<usize>().to_string());
            let more: Vec<String> = left
                .into_iter()
                .map(|(label, count)| {
                    let count = grouped(&count.to_string());
                    lang.pick(format!("{count} {label}"), format!("{label} {count} 行"))
                })
                .collect();
            digest.note(
                format!("… {all} more: {}; `--format csv` lists every row", more.join(", ")),
                format!("……另有 {all} 行：{}；--format csv 可列出全部行", more.join("、")),
            );
        }
        digest.notes.extend(remarks.iter().map(|remark| remark.of(lang).to_owned()));
        without_empty_columns(digest)
    }

    fn line(&self, outcome: &Outcome<'_>, change: [Cell; 3]) -> Vec<Cell> {
        let text = |text: Option<&str>| text.map_or(Cell::Missing, |text| Cell::Text(text.to_owned()));
        let (id, [en, zh]) = outcome.disposition;
        let mut line = vec![Cell::Text(outcome.file.to_owned())];
        line.extend(self.has_sheets.then(|| text(outcome.sheet)));
        line.push(Cell::count(outcome.row));
        line.push(Cell::coded(id, self.view.lang.pick(en, zh)));
        line.push(outcome.record.map_or(Cell::Missing, |it| record(self.view, it)));
        line.extend(change);
        line.extend(
            self.has_reasons.then(|| Cell::text(outcome.reason.map(|reason| reason.of(self.view.lang)))),
        );
        line
    }

    fn lines(&self, outcome: &Outcome<'_>, reader: Reader, visit: &mut table::Visit<'_>) -> io::Result<()> {
        let changes = match outcome.record {
            Some(record) if outcome.is_new => self.everything(record, reader, outcome.differences),
            Some(record) => self.one_by_one(record, outcome.differences),
            None => Vec::new(),
        };
        if changes.is_empty() {
            let column = Cell::text(outcome.column);
            return visit(&self.line(outcome, [column, Cell::Missing, Cell::Missing]));
        }
        changes.into_iter().try_for_each(|change| visit(&self.line(outcome, change)))
    }

    /// The field, the old and the new value of each change.
    fn one_by_one(&self, record: &RecordRef, differences: &dyn Fn(&mut change::Visit<'_>)) -> Vec<[Cell; 3]> {
        let mut found = Vec::new();
        differences(&mut |path, old, new| {
            let [old, new] = [old, new].map(|value| cell(self.view, record, path, value));
            found.push([field(self.view, path), old, new]);
        });
        found
    }

    /// Every value of what is new, as `FIELD = VALUE`.
    fn everything(
        &self,
        record: &RecordRef,
        reader: Reader,
        differences: &dyn Fn(&mut change::Visit<'_>),
    ) -> Vec<[Cell; 3]> {
        let lang = self.view.lang;
        let is_phrase = reader == Reader::Person && lang == Lang::Zh;
        let (gap, is) = if is_phrase { ("；", "：") } else { (", ", " = ") };
        let mut line = String::new();
        let mut entry = KeyPath::default();
        differences(&mut |path, _, new| {
            let Some(new) = new else { return };
            line.push_str(if line.is_empty() { "" } else { gap });
            // Writing to a string cannot fail.
            _ = if is_phrase {
                line.write_str(&label::within(self.view.records, path, &mut entry, lang))
            } else {
                path.write(&mut line)
            };
            line.push_str(is);
            match new {
                Value::Text(text) if is_person(record, path) => line.push_str(&masked(text)),
                value if is_person(record, path) => line.push_str(&masked(&value.to_string())),
                Value::Text(text) if reader == Reader::Person => {
                    line.push_str(&label::value(self.view.records, path, text, lang).unwrap_or(text.clone()));
                }
                Value::Text(text) => line.push_str(text),
                value => _ = write!(line, "{value}"),
            }
        });
        if line.is_empty() { Vec::new() } else { vec![[Cell::Missing, Cell::Missing, Cell::Text(line)]] }
    }
}

impl Rows for ImportTable<'_> {
    fn each(&self, visit: &mut table::Visit<'_>) -> io::Result<()> {
        (self.outcomes)(0..self.count, &mut |outcome| self.lines(outcome, Reader::Program, visit))
    }
}

/// The table without the columns in which no row says anything; the file is named by the remarks where it is but one.
fn without_empty_columns(mut table: Table) -> Table {
    let says = |at: usize| {
        let mut cells = table.rows.iter().map(|row| &row[at]);
        match table.columns[at].id.as_str() {
            "file" => cells.next().is_some_and(|first| cells.any(|cell| cell != first)),
            "sheet" | "field" | "old" | "new" | "reason" => cells.any(|cell| *cell != Cell::Missing),
            _ => true,
        }
    };
    let kept: Vec<bool> = (0..table.columns.len()).map(says).collect();
    let keep = |at: usize| kept.get(at).copied().unwrap_or(true);
    let mut at = 0;
    table.columns.retain(|_| {
        at += 1;
        keep(at - 1)
    });
    for row in &mut table.rows {
        let mut at = 0;
        row.retain(|_| {
            at += 1;
            keep(at - 1)
        });
    }
    table
}
