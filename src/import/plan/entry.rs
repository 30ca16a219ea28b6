//! A row that becomes an entry of a list in an enterprise's file.

use crate::import::plan::options::Disposition;
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::model::candidacy::Candidacy;
use crate::model::change::{Difference, differences};
use crate::model::entry::{CANDIDATE, EntryKind};
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::shape::Shape;
use crate::model::value::{KeyPath, Step, Table, Value};

/// Plans a row.
pub fn plan(
    overlay: &mut Overlay<'_>,
    line: &RowView<'_>,
    kind: &'static EntryKind,
) -> Result<Merged, Vec<Finding>> {
    let record = line.record(&overlay.book, "enterprise", Kind::Enterprise);
    let entry = cells(overlay, line, kind);
    let (record, entry) = match (record, entry) {
        (Ok(record), Ok(entry)) => (record, entry),
        (record, entry) => {
            let found = [record.err(), entry.err()].into_iter().flatten().flatten();
            return Err(found.collect());
        }
    };
    let marks = if std::ptr::eq(kind, &raw const CANDIDATE) { marks(overlay, line)? } else { None };
    let reviewer =
        marks.as_ref().map(|marks| reviewer_of(marks).map_or_else(String::new, ToString::to_string));
    let key = format!("{:?} {reviewer:?}", kind.key_of(&Value::Table(entry.clone())));
    overlay.reserve(line, &record, &key)?;
    let (disposition, differences) = merge(overlay, line, &record, kind, entry, marks)?;
    Ok(Merged { record, disposition, changes: Changes::Listed(differences) })
}

/// The cells of an entry; the edition may be the one of the command line.
fn cells(overlay: &Overlay<'_>, line: &RowView<'_>, kind: &EntryKind) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    for field in kind.fields {
        let parse = |text: &str| {
            if overlay.options.kind.is_money(field, overlay.records) {
                let (header, parsed) = line.unit(field);
                value::money(text, header, parsed)
            } else {
                (kind.parse)(&[field], text, &overlay.book)
            }
        };
        cells.read(line, field, field, parse);
    }
    if kind.key.contains(&"edition") && line.text("edition").is_none() {
        match &overlay.options.edition {
            Some(edition) => cells.table.insert("edition", Value::Text(edition.to_string())),
            None => cells.missing(line, "edition"),
        }
    }
    cells.finish()
}

/// Lays an entry upon the list it belongs to.
pub fn merge(
    overlay: &mut Overlay<'_>,
    line: &RowView<'_>,
    record: &RecordRef,
    kind: &'static EntryKind,
    entry: Table,
    marks: Option<Table>,
) -> Result<(Disposition, Vec<Difference>), Vec<Finding>> {
    let key = kind.key_of(&Value::Table(entry.clone()));
    let list = overlay.value(line, record).list(kind.list);
    let index = list.iter().position(|old| kind.key_of(old) == key).unwrap_or(list.len());
    let old = list.get(index).cloned();
    let path = KeyPath(vec![Step::Key(kind.list.into()), Step::Index(index)]);
    let (mut value, mut disposition) = overlay.merge(line, old.as_ref(), entry)?;
    if let Some(marks) = marks {
        let is_news = lay_marks(overlay, line, &mut value, &marks)?;
        if disposition == Disposition::Unchanged && is_news {
            disposition = Disposition::Changed;
        }
    }
    let differences = differences(path, old.as_ref(), Some(&value));
    overlay.value(line, record).set_entry(kind.list, index, value);
    Ok((disposition, differences))
}

/// The points of a candidate's row, with the reviewer.
fn marks(overlay: &Overlay<'_>, line: &RowView<'_>) -> Result<Option<Table>, Vec<Finding>> {
    let mut cells = Cells::default();
    let fixed = ["enterprise", "reviewer"];
    for column in line
        .fields()
        .filter(|it| !fixed.contains(&it.id.as_str()) && !Candidacy::KEYS.contains(&it.id.as_str()))
    {
        let parse = |text: &str| Candidacy::parse(&["scores", "marks", &column.id], text, &overlay.book);
        cells.read(line, &column.id, &column.id, parse);
    }
    let marks = cells.finish()?;
    if marks.is_empty() {
        return Ok(None);
    }
    let mut score = Table::default();
    if let Some(reviewer) = line.text("reviewer") {
        score.insert("reviewer", Value::Text(reviewer.to_owned()));
    }
    score.insert("marks", Value::Table(marks));
    Ok(Some(score))
}

fn reviewer_of(score: &Table) -> Option<&Value> {
    score.get("reviewer")
}

/// Lays the points of one reviewer upon a candidacy; gives whether they are news.
fn lay_marks(
    overlay: &Overlay<'_>,
    line: &RowView<'_>,
    candidacy: &mut Value,
    score: &Table,
) -> Result<bool, Vec<Finding>> {
    let mut scores = candidacy.list("scores").to_vec();
    let index = scores
        .iter()
        .position(|old| matches!(old, Value::Table(old) if reviewer_of(old) == reviewer_of(score)))
        .unwrap_or_else(|| {
            let mut empty = Table::default();
            if let Some(reviewer) = reviewer_of(score) {
                empty.insert("reviewer", reviewer.clone());
            }
            scores.push(Value::Table(empty));
            scores.len() - 1
        });
    let (Value::Table(old), Some(Value::Table(marks))) = (&mut scores[index], score.get("marks")) else {
        return Ok(false);
    };
    let (value, disposition) = overlay.merge(line, old.get("marks"), marks.clone())?;
    old.insert("marks", value);
    candidacy.set(&["scores"], Some(Value::List(scores)));
    Ok(matches!(disposition, Disposition::Created | Disposition::Changed))
}
