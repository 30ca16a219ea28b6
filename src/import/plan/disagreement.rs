//! Rows that are of the same thing and do not say the same: none of them is taken, and what differs is said.

use std::collections::BTreeMap;

use crate::import::columns::Columns;
use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::layout::table::DataTable;
use crate::import::read::blank;
use crate::import::rows::row::RowKey;
use crate::model::contact::Contact;
use crate::model::finding::RecordRef;
use crate::model::label::FieldName;
use crate::model::text::Text;
use crate::text;

/// A field in which two rows differ, and what each says.
pub struct Differing {
    field: String,
    one: String,
    other: String,
}

/// How many fields are said.
const SAID: usize = 3;

/// Fields that only say what a row is about.
const NAMING: [&str; 3] = ["enterprise", ENTERPRISE_CODE, "activity"];

/// The fields in which two rows differ: those in which both say something, or else those of which one says nothing.
pub fn of(
    tables: &[DataTable],
    columns: &BTreeMap<usize, Columns>,
    first: RowKey,
    second: RowKey,
) -> Vec<Differing> {
    let (first, second) = (texts(tables, columns, first), texts(tables, columns, second));
    let fields = first.keys().chain(second.keys().filter(|field| !first.contains_key(*field)));
    let text = |texts: &BTreeMap<String, String>, field: &str| texts.get(field).cloned().unwrap_or_default();
    let all = fields.map(|field| Differing {
        field: field.clone(),
        one: text(&first, field),
        other: text(&second, field),
    });
    let mut all: Vec<Differing> = all.filter(|it| it.one != it.other).collect();
    let both = |it: &Differing| !it.one.is_empty() && !it.other.is_empty();
    let telling = |it: &Differing| !NAMING.contains(&it.field.as_str());
    if !first.contains_key(ENTERPRISE_CODE) {
        // One calls it by its name, the other by its code.
        all.retain(telling);
    }
    // What two rows say differently tells more than what one leaves out.
    all.sort_by_key(|it| (!telling(it), !both(it)));
    let weight = all.first().map(|it| (telling(it), both(it)));
    all.retain(|it| Some((telling(it), both(it))) == weight);
    all
}

/// What a row says in each field; in the fields of a period with it.
fn texts(
    tables: &[DataTable],
    columns: &BTreeMap<usize, Columns>,
    (table, row): RowKey,
) -> BTreeMap<String, String> {
    let Some((table, columns)) = tables.get(table).zip(columns.get(&table)) else { return BTreeMap::new() };
    let Ok(at) = table.rows.binary_search_by_key(&row, |row| row.number) else { return BTreeMap::new() };
    let cell = |index: usize| {
        let text = table.rows[at].cells.get(index).and_then(|cell| blank::text(&cell.text));
        text.unwrap_or_default().to_owned()
    };
    let plain = columns.by_id.iter().map(|(id, column)| (id.clone(), cell(column.index)));
    let dated = columns.by_period.iter().flat_map(|(period, columns)| {
        columns.by_id.iter().map(move |(id, column)| (format!("{period} {id}"), column.index))
    });
    let marks = columns.marks.iter().map(|(word, column)| (word.clone(), cell(column.index)));
    let dated = dated.map(|(id, index)| (id, cell(index)));
    plain.chain(marks).chain(dated).collect()
}

/// That two rows disagree, and in what.
pub fn message(
    tables: &[DataTable],
    (first, second): (RowKey, RowKey),
    record: &RecordRef,
    differing: &[Differing],
) -> Text {
    let rows = if first.0 == second.0 {
        text!("rows {one} and {other}", "第 {one} 行与第 {other} 行", one = first.1, other = second.1)
    } else {
        let title = |key: RowKey| tables.get(key.0).map(DataTable::title);
        text!(
            "row {one} of {first} and row {other} of {second}",
            "{first}第 {one} 行与{second}第 {other} 行",
            one = first.1,
            other = second.1,
            first = title(first),
            second = title(second)
        )
    };
    if differing.is_empty() {
        return text!(
            "{rows} say the same thing of {record}",
            "{rows}是{record}的同一事项",
            rows = rows,
            record = record
        );
    }
    let fields: Vec<Text> = differing.iter().take(SAID).map(Differing::said).collect();
    text!(
        "{rows} disagree on {record}: {fields}",
        "{rows}对{record}的说法不一：{fields}",
        rows = rows,
        record = record,
        fields = Text::join(&fields, "; ", "；")
    )
}

impl Differing {
    fn said(&self) -> Text {
        let Self { field, one, other } = self;
        if Contact::KEYS.contains(&field.as_str()) {
            return text!("`{field}` differs", "{field}不同", field = FieldName::new(field));
        }
        match (one.as_str(), other.as_str()) {
            ("", said) | (said, "") => {
                text!(
                    "`{field}` is `{said}` in one and blank in the other",
                    "{field}一处为“{said}”，另一处为空",
                    field = FieldName::new(field),
                    said = said
                )
            }
            _ => text!(
                "`{field}` is `{one}` and `{other}`",
                "{field}分别为“{one}”和“{other}”",
                field = FieldName::new(field),
                one = one,
                other = other
            ),
        }
    }
}
