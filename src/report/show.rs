//! All that is known of one record.

use super::entries;
use super::label;
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::contact::masked;
use crate::model::finding::RecordRef;
use crate::model::kind::Kind as Of;
use crate::model::value::{self, Value};
use crate::model::word::MetricKind;

/// A record's fields, then a table for each of its lists and tables.
pub fn record(view: &View, record: &RecordRef) -> Vec<Table> {
    let Some(Value::Table(fields)) = view.records.get(record) else { return Vec::new() };
    let mut head = pairs(view, record.kind.id(), view.label(record.kind, &record.id));
    head.row(vec![named(view, "id"), Cell::Text(record.id.to_string())]);
    let mut tables = Vec::new();
    for (key, value) in fields.iter() {
        match value {
            Value::Table(inner) => tables.push(of_table(view, key, inner)),
            Value::List(list) if list.iter().all(|it| matches!(it, Value::Table(_))) => {
                tables.push(of_entries(view, key, list));
            }
            value => head.row(vec![named(view, key), cell(view, key, value)]),
        }
    }
    if record.kind == Of::Enterprise {
        tables.extend(contact(view, &record.id));
    }
    std::iter::once(head).chain(tables).collect()
}

fn pairs(view: &View, id: &str, title: impl Into<String>) -> Table {
    let mut table = view.table("record", &[("field", Kind::Coded), ("value", Kind::Mixed)]);
    id.clone_into(&mut table.id);
    table.title = title.into();
    table
}

fn named(view: &View, key: &str) -> Cell {
    Cell::coded(key, label::field(key, view.lang))
}

/// A value as people read it: coded values by their label.
fn cell(view: &View, key: &str, value: &Value) -> Cell {
    let kind = match key {
        "industry" | "industries" => Of::Industry,
        "aspect" | "aspects" => Of::Aspect,
        "excused" | "absent" => Of::Enterprise,
        _ => return entries::cell(view, key, Some(value)),
    };
    match value {
        Value::List(list) => {
            let ids: Vec<String> = list.iter().map(ToString::to_string).collect();
            view.labels(kind, ids.iter().map(String::as_str))
        }
        value => view.coded(kind, &value.to_string()),
    }
}

/// Entries of a list, with a column for each key that occurs.
fn of_entries(view: &View, list: &str, entries: &[Value]) -> Table {
    let tables = || entries.iter().filter_map(|it| if let Value::Table(it) = it { Some(it) } else { None });
    let mut columns = vec![("no", Kind::Count)];
    for (key, _) in tables().flat_map(value::Table::iter) {
        if !columns.iter().any(|(known, _)| *known == key) {
            columns.push((key, entries::holds(key)));
        }
    }
    let mut table = view.table(&format!("{list}-list"), &columns);
    list.clone_into(&mut table.id);
    label::field(list, view.lang).clone_into(&mut table.title);
    for column in table.columns.iter_mut().filter(|column| column.label == column.id) {
        label::field(&column.id, view.lang).clone_into(&mut column.label);
    }
    for (index, entry) in tables().enumerate() {
        let cells = columns[1..].iter().map(|(key, _)| entries::cell(view, key, entry.get(key)));
        table.row(std::iter::once(Cell::count(index + 1)).chain(cells).collect());
    }
    table
}

/// Named values; those of periods one line a figure.
fn of_table(view: &View, key: &str, inner: &value::Table) -> Table {
    let mut table = pairs(view, key, label::field(key, view.lang));
    for (name, value) in inner.iter() {
        match value {
            Value::Table(figures) => {
                for (figure, value) in figures.iter() {
                    let field = format!("{name} {}", label_of(view, key, figure));
                    table.row(vec![
                        Cell::coded(format!("{name}.{figure}"), field),
                        of_figure(view, figure, value),
                    ]);
                }
            }
            value => {
                table.row(vec![Cell::coded(name, label_of(view, key, name)), cell(view, name, value)]);
            }
        }
    }
    table
}

/// What a key of a table means to people.
fn label_of(view: &View, table: &str, key: &str) -> String {
    match table {
        "present" => view.label(Of::Enterprise, key),
        "indicators" => view.label(Of::Metric, key),
        "targets" => match key.parse::<crate::model::figure::Figure>() {
            Ok(figure) => figure.label(view.lang, |title| view.label(Of::Title, title.as_str())),
            Err(_) => key.to_owned(),
        },
        _ => label::field(key, view.lang).to_owned(),
    }
}

fn of_figure(view: &View, metric: &str, value: &Value) -> Cell {
    let is_money = view.records.programme.metrics.get(metric).is_some_and(|it| it.kind == MetricKind::Amount);
    match value {
        Value::Number(number) if is_money => Cell::Amount(*number),
        value => cell(view, metric, value),
    }
}

/// The persons of an enterprise, masked.
fn contact(view: &View, id: &str) -> Option<Table> {
    let Some(Value::Table(fields)) = view.records.get(&RecordRef::new(Of::Contact, id)) else { return None };
    let mut table = pairs(view, "contact", Of::Contact.label(view.lang));
    for (key, value) in fields.iter() {
        table.row(vec![named(view, key), Cell::Text(masked(&value.to_string()))]);
    }
    table.note("masked; the file in `contacts/` has them in clear", "已脱敏；原文见 contacts/ 下的文件");
    Some(table)
}
