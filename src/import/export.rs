//! Records as rows under the columns an import reads: what is written here is read back unchanged.

use crate::import::columns::kind::{Becomes, ImportKind};
use crate::import::read::blank::kept;
use crate::model::entry::{CANDIDATE, EntryKind};
use crate::model::finding::RecordRef;
use crate::model::json::to_json;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::shape::Shape;
use crate::model::value::{Table, Value};

/// A row: a value, or nothing, for each column.
pub type Row = Vec<Option<Value>>;

/// The columns and rows of a kind of table. Persons are left out unless `with_contacts`.
pub fn rows(records: &Records, kind: ImportKind, with_contacts: bool) -> (Vec<String>, Vec<Row>) {
    let columns: Vec<String> = kind
        .columns(records)
        .into_iter()
        .filter(|column| with_contacts || !kind.is_personal(column, records))
        .filter(|column| !kind.is_elsewhere(column))
        .collect();
    let tables = match kind.becomes() {
        Becomes::Record(kind) => record_tables(records, kind),
        Becomes::Entry(kind) => entry_tables(records, kind),
        Becomes::Attendance => attendance_tables(records),
        Becomes::Indicators => indicator_tables(records),
    };
    let value = |value: &Value| match value {
        Value::Text(text) => kept(text).map_or_else(|| value.clone(), Value::Text),
        value => value.clone(),
    };
    let rows =
        tables.into_iter().map(|table| columns.iter().map(|column| table.get(column).map(value)).collect());
    (columns.clone(), rows.collect())
}

/// The same for tables whose cells hold one text each: what is nested stands there as JSON.
pub fn as_cells(mut rows: Vec<Row>) -> Vec<Row> {
    for value in rows.iter_mut().flatten().flatten() {
        let is_plain = match &*value {
            Value::List(list) => list.iter().all(|item| match item {
                Value::Text(text) => !text.contains(','),
                item => !matches!(item, Value::List(_) | Value::Table(_)),
            }),
            value => !matches!(value, Value::Table(_)),
        };
        if !is_plain {
            *value = Value::Text(to_json(value).to_string());
        }
    }
    rows
}

fn table_of(value: Option<Value>) -> Table {
    match value {
        Some(Value::Table(table)) => table,
        _ => Table::default(),
    }
}

/// The same with the values of one's own fields beside the others.
fn flat(mut table: Table) -> Table {
    for (id, value) in table_of(table.take("more")) {
        table.insert(&id, value);
    }
    table
}

fn text(text: impl std::fmt::Display) -> Value {
    Value::Text(text.to_string())
}

fn record_tables(records: &Records, kind: Kind) -> Vec<Table> {
    let ids = records.ids(kind).into_iter();
    ids.map(|id| {
        let mut table = flat(table_of(records.get(&RecordRef::new(kind, id))));
        if kind == Kind::Enterprise {
            for (key, value) in flat(table_of(records.get(&RecordRef::new(Kind::Contact, id)))) {
                table.insert(&key, value);
            }
            if let Some(code) = table.take("code") {
                table.insert("credit_code", code);
            }
        }
        table.insert("id", text(id));
        table
    })
    .collect()
}

fn entry_tables(records: &Records, kind: &'static EntryKind) -> Vec<Table> {
    let mut tables = Vec::new();
    for id in records.ids(Kind::Enterprise) {
        let record = table_of(records.get(&RecordRef::new(Kind::Enterprise, id)));
        let Some(Value::List(entries)) = record.get(kind.list) else { continue };
        for entry in entries {
            let mut table = flat(table_of(Some(entry.clone())));
            table.insert("enterprise", text(id));
            if std::ptr::eq(kind, &raw const CANDIDATE) {
                tables.extend(scored(&table));
            } else {
                tables.push(table);
            }
        }
    }
    tables
}

/// A candidacy as one row a reviewer, or one without scores.
fn scored(candidacy: &Table) -> Vec<Table> {
    let scores = match candidacy.get("scores") {
        Some(Value::List(scores)) if !scores.is_empty() => scores,
        _ => return vec![candidacy.clone()],
    };
    let rows = scores.iter().map(|score| {
        let mut row = candidacy.clone();
        let score = table_of(Some(score.clone()));
        if let Some(reviewer) = score.get("reviewer") {
            row.insert("reviewer", reviewer.clone());
        }
        for (criterion, points) in table_of(score.get("marks").cloned()) {
            row.insert(&criterion, points);
        }
        row
    });
    rows.collect()
}

fn attendance_tables(records: &Records) -> Vec<Table> {
    let mut tables = Vec::new();
    for (id, activity) in &records.activities {
        for (enterprise, status, heads) in activity.attendance() {
            let mut table = Table::default();
            table.insert("activity", text(id));
            table.insert("enterprise", text(enterprise));
            table.insert("status", text(status));
            if heads > 0 {
                table.insert("heads", Value::Number(heads.into()));
            }
            tables.push(table);
        }
    }
    tables
}

fn indicator_tables(records: &Records) -> Vec<Table> {
    let mut tables = Vec::new();
    for (id, enterprise) in &records.enterprises {
        for (period, figures) in &enterprise.indicators {
            let mut table = table_of(figures.write());
            table.insert("enterprise", text(id));
            table.insert("period", text(period));
            tables.push(table);
        }
    }
    tables
}
