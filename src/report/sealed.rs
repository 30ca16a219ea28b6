//! Tables kept word for word, and what has changed in them since.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::table::{Cell, Column, Kind, TOTAL, Table};
use super::view::View;
use crate::model::date::Date;
use crate::model::figure::kind_of_rows;
use crate::model::kind::Kind as Records;
use crate::model::lang::Lang;
use crate::model::rename::renamed;
use crate::model::share::Share;

const KINDS: [Kind; 11] = [
    Kind::Id,
    Kind::Name,
    Kind::Coded,
    Kind::Text,
    Kind::Count,
    Kind::Number,
    Kind::Amount,
    Kind::Share,
    Kind::Rate,
    Kind::Date,
    Kind::Mixed,
];

/// A table with all that is printed of it.
pub fn write(table: &Table) -> Value {
    let columns = table
        .columns
        .iter()
        .map(|it| json!({ "id": it.id, "label": it.label, "kind": it.kind.id(), "unit": it.unit }));
    let row = |cells: &Vec<Cell>| cells.iter().map(cell).collect::<Value>();
    json!({
        "id": table.id,
        "title": table.title,
        "currency": table.currency,
        "columns": columns.collect::<Value>(),
        "rows": table.rows.iter().map(row).collect::<Value>(),
        "total": table.total.as_ref().map(row),
        "notes": table.notes,
    })
}

fn cell(cell: &Cell) -> Value {
    let one = |kind: &str, value: String| json!({ kind: value });
    match cell {
        Cell::Missing | Cell::Withheld => Value::Null,
        Cell::Text(text) | Cell::Time(text) => one("text", text.clone()),
        Cell::Coded { id, label } => json!({ "id": id, "label": label }),
        Cell::Codes { ids, label } => json!({ "ids": ids, "label": label }),
        Cell::Count(count) => json!({ "count": count }),
        Cell::Number(number) => one("number", number.to_string()),
        Cell::Amount(number) => one("amount", number.to_string()),
        Cell::Share(share) => {
            json!({ "share": [share.numerator.to_string(), share.denominator.to_string()] })
        }
        Cell::Rate(number) => one("rate", number.to_string()),
        Cell::Points(number) => one("points", number.to_string()),
        Cell::Date(date) => one("date", date.to_string()),
    }
}

/// Gives a record that has another id now its new one in what [`write`] wrote.
pub fn rename(table: &mut Value, kind: Records, old: &str, new: &str) {
    let of_rows = table["id"].as_str().and_then(kind_of_rows);
    let rows = table["rows"].as_array_mut().into_iter().flatten().filter_map(Value::as_array_mut);
    for row in rows {
        let is_industries = row.first().is_some_and(|item| item["id"] == "industries");
        for (at, cell) in row.iter_mut().enumerate() {
            let is_key = at == 0 && of_rows == Some(kind);
            for part in ["id", "text"] {
                let Some(text) = cell.get(part).and_then(Value::as_str) else { continue };
                let is_figure = text.contains('/');
                let Some(word) = renamed(kind, text, old, new).filter(|_| is_key || is_figure) else {
                    continue;
                };
                cell[part] = word.into();
                // The label of a figure names the row it is of.
                if let Some(label) = cell.get("label").and_then(Value::as_str).filter(|_| is_figure) {
                    cell["label"] = label.replace(old, new).into();
                }
            }
            let ids = cell.get_mut("ids").and_then(Value::as_array_mut).into_iter().flatten();
            for id in ids.filter(|id| is_industries && kind == Records::Industry && **id == *old) {
                *id = new.into();
            }
        }
    }
}

/// Reads what [`write`] wrote; none if it is something else.
pub fn read(value: &Value, lang: Lang) -> Option<Table> {
    let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let columns = value.get("columns")?.as_array()?.iter().map(read_column).collect::<Option<Vec<_>>>()?;
    let row = |row: &Value| row.as_array()?.iter().map(read_cell).collect::<Option<Vec<_>>>();
    let rows = value.get("rows")?.as_array()?.iter().map(row).collect::<Option<Vec<_>>>()?;
    let total = match value.get("total")? {
        Value::Null => None,
        total => Some(row(total)?),
    };
    let is_whole = rows.iter().chain(&total).all(|row| row.len() == columns.len());
    let notes = value.get("notes")?.as_array()?.iter().map(|it| Some(it.as_str()?.to_owned()));
    let notes = notes.collect::<Option<Vec<_>>>()?;
    let currency = text("currency")?;
    is_whole.then_some(Table {
        id: text("id")?,
        title: text("title")?,
        columns,
        rows,
        total,
        notes,
        lang,
        currency,
    })
}

fn read_column(value: &Value) -> Option<Column> {
    let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let kind = KINDS.into_iter().find(|kind| value.get("kind").and_then(Value::as_str) == Some(kind.id()))?;
    Some(Column { id: text("id")?, label: text("label")?, kind, unit: text("unit") })
}

fn read_cell(value: &Value) -> Option<Cell> {
    let Value::Object(object) = value else { return value.is_null().then_some(Cell::Missing) };
    let text = |key: &str| Some(object.get(key)?.as_str()?.to_owned());
    let number = |key: &str| Decimal::from_str(object.get(key)?.as_str()?).ok();
    if let Some(label) = text("label") {
        let ids = object.get("ids").and_then(Value::as_array);
        let ids = ids.map(|ids| ids.iter().filter_map(|id| Some(id.as_str()?.to_owned())).collect());
        return match ids {
            Some(ids) => Some(Cell::Codes { ids, label }),
            None => Some(Cell::Coded { id: text("id")?, label }),
        };
    }
    let (key, _) = object.iter().next()?;
    Some(match key.as_str() {
        "text" => Cell::Text(text("text")?),
        "count" => Cell::Count(object.get("count")?.as_i64()?),
        "number" => Cell::Number(number("number")?),
        "amount" => Cell::Amount(number("amount")?),
        "rate" => Cell::Rate(number("rate")?),
        "points" => Cell::Points(number("points")?),
        "share" => read_share(object)?,
        "date" => Cell::Date(text("date")?.parse::<Date>().ok()?),
        _ => return None,
    })
}

fn read_share(object: &Map<String, Value>) -> Option<Cell> {
    let [numerator, denominator] = object.get("share")?.as_array()?.as_slice() else { return None };
    let number = |value: &Value| Decimal::from_str(value.as_str()?).ok();
    Some(Cell::Share(Share { numerator: number(numerator)?, denominator: number(denominator)? }))
}

/// Every cell that is not what it was, by table, row and column.
pub fn differences(view: &View, sealed: &[Table], live: &[Table]) -> Table {
    let columns = [
        ("table", Kind::Coded),
        ("row", Kind::Coded),
        ("column", Kind::Coded),
        ("sealed", Kind::Mixed),
        ("live", Kind::Mixed),
        ("difference", Kind::Mixed),
    ];
    let mut table = view.table("differences", &columns);
    for now in live {
        let before = sealed.iter().find(|it| it.id == now.id);
        for (key, label) in keys(before.into_iter().chain([now])) {
            for column in &now.columns {
                let cell = |table: Option<&Table>| cell_at(table?, &key, &column.id);
                let (old, new) =
                    (cell(before).unwrap_or(Cell::Missing), cell(Some(now)).unwrap_or(Cell::Missing));
                if !is_same(&old, &new) {
                    let difference =
                        new.number().zip(old.number()).and_then(|(new, old)| new.checked_sub(old));
                    table.row(vec![
                        Cell::coded(&now.id, now.title.as_str()),
                        Cell::coded(&key, label.as_str()),
                        Cell::coded(&column.id, column.label.as_str()),
                        old.clone(),
                        new.clone(),
                        difference.map_or(Cell::Missing, |it| as_difference(&new, it)),
                    ]);
                }
            }
        }
    }
    table
}

fn as_difference(like: &Cell, difference: Decimal) -> Cell {
    match like {
        Cell::Share(_) | Cell::Rate(_) => Cell::Points(difference),
        Cell::Amount(_) => Cell::Amount(difference),
        _ => super::view::number(difference),
    }
}

/// Whether two cells say the same, wordings aside.
fn is_same(old: &Cell, new: &Cell) -> bool {
    match (old, new) {
        (Cell::Coded { id: old, .. }, Cell::Coded { id: new, .. }) => old == new,
        (Cell::Codes { ids: old, .. }, Cell::Codes { ids: new, .. }) => old == new,
        _ => old == new,
    }
}

/// The rows of tables, each once, with what people read.
fn keys<'t>(tables: impl Iterator<Item = &'t Table>) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for table in tables {
        let total = table.total.as_ref().map(|_| (TOTAL.to_owned(), table.total_label().to_owned()));
        let rows = table.rows.iter().map(|row| (table.key(row), table.row_label(row)));
        for (key, label) in rows.chain(total) {
            if !keys.iter().any(|(known, _)| *known == key) {
                keys.push((key, label));
            }
        }
    }
    keys
}

fn cell_at(table: &Table, key: &str, column: &str) -> Option<Cell> {
    let at = table.columns.iter().position(|it| it.id == column)?;
    let row = match key {
        TOTAL => table.total.as_ref()?,
        _ => table.rows.iter().find(|row| table.key(row) == key)?,
    };
    row.get(at).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Kind as RecordKind;
    use crate::report::fixture::{Store, every_table, rows};
    use crate::report::summary::summary;

    #[test]
    fn every_table_reads_back_as_it_was_printed() {
        let store = Store::rich();
        for table in every_table(&store.view()) {
            let text = write(&table).to_string();
            assert_eq!(
                read(&serde_json::from_str(&text).unwrap(), table.lang).as_ref(),
                Some(&table),
                "{text}"
            );
        }
    }

    #[test]
    fn each_cell_that_has_changed_is_named_and_no_other() {
        let two = "2".parse().unwrap();
        let store = Store::rich();
        let sealed = summary(&store.view(), &two);
        assert!(differences(&store.view(), &sealed, &sealed).rows.is_empty());
        let late = "name = \"b\"\nneeds = [{ category = \"land\", received = 2022-05-01, closed = 2022-06-01 }]\nmemberships = [{ edition = \"2\", modules = [\"srdi\"], joined = \"2022-03\", left = 2022-12-31, outcome = \"withdrawn\" }]";
        let store = store.put(RecordKind::Enterprise, "b", late);
        let found = rows(&differences(&store.view(), &sealed, &summary(&store.view(), &two)));
        assert!(found.contains(&"overview needs_closed value 1 2 1".to_owned()), "{found:?}");
        assert!(found.contains(&"needs land open 1 0 -1".to_owned()), "{found:?}");
        assert!(found.contains(&"needs total rate 1/2 2/2 0.5".to_owned()), "{found:?}");
    }
}
