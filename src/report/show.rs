//! All that is known of one record.

use super::entries;
use super::label;
use super::own_field;
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::contact::masked;
use crate::model::entry::{self as entry_kind, EntryKind};
use crate::model::field;
use crate::model::finding::RecordRef;
use crate::model::id::WordKey;
use crate::model::kind::Kind as Of;
use crate::model::own_field::OwnField;
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
            Value::Table(more) if key == "more" => {
                for (id, value) in more.iter() {
                    head.row(own(view, record.kind, id, value));
                }
            }
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

/// A field of one's own and its value.
fn own(view: &View, kind: Of, id: &str, value: &Value) -> Vec<Cell> {
    let declared = field::owner(kind).and_then(|owner| view.records.programme.fields.get(&owner));
    match declared.and_then(|fields| fields.get(id)) {
        Some(field) => {
            vec![Cell::coded(id, field.label(view.lang)), own_field::cell(view, field, Some(value))]
        }
        None => vec![Cell::coded(id, id), Cell::Text(value.to_string())],
    }
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
pub fn cell(view: &View, key: &str, value: &Value) -> Cell {
    let kind = match key {
        "industry" | "industries" => Of::Industry,
        "aspect" | "aspects" => Of::Aspect,
        "excused" | "absent" => Of::Enterprise,
        "town" => return view.town(value.to_string().parse().ok().as_ref()),
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
    let kind = entry_kind::ALL.into_iter().find(|kind| kind.list == list);
    for (key, _) in tables().flat_map(value::Table::iter).filter(|(key, _)| *key != "more") {
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
    let own = occurring(view, kind, &tables());
    table.columns.extend(own.iter().map(|(id, field)| own_field::column(view, id, field)));
    for (index, entry) in tables().enumerate() {
        let cells = columns[1..].iter().map(|(key, _)| entries::cell(view, key, entry.get(key)));
        let more = own.iter().map(|(id, field)| {
            own_field::cell(view, field, entry.get("more").and_then(|more| more.get(id.as_str())))
        });
        table.row(std::iter::once(Cell::count(index + 1)).chain(cells).chain(more).collect());
    }
    table
}

/// The fields of one's own that occur in the entries of a list.
fn occurring<'r, 'e>(
    view: &View<'r>,
    kind: Option<&EntryKind>,
    entries: &(impl Iterator<Item = &'e value::Table> + Clone),
) -> Vec<(&'r WordKey, &'r OwnField)> {
    let has = |id: &WordKey| {
        entries.clone().any(|entry| entry.get("more").is_some_and(|more| more.get(id.as_str()).is_some()))
    };
    let declared = kind.map(|kind| own_field::listed(view, kind.owner));
    declared.into_iter().flatten().filter(|(id, _)| has(id)).collect()
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
        match value {
            Value::Table(more) => {
                for (id, value) in more.iter() {
                    let label = own(view, Of::Contact, id, value).swap_remove(0);
                    table.row(vec![label, Cell::Text(masked(&value.to_string()))]);
                }
            }
            value => table.row(vec![named(view, key), Cell::Text(masked(&value.to_string()))]),
        }
    }
    table.note("masked; the file in `contacts/` has them in clear", "已脱敏；原文见 contacts/ 下的文件");
    Some(table)
}
