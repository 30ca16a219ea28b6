//! The store while rows are merged upon it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use foldhash::HashMap;

use crate::import::columns::{Column, Columns};
use crate::import::layout::table::DataTable;
use crate::import::plan::disagreement;
use crate::import::plan::options::{Disposition, OnConflict, Options};
use crate::import::rows::index::EnterpriseIndex;
use crate::import::rows::row::{RowKey, RowView};
use crate::model::change::{Difference, Draft};
use crate::model::contact::{Contact, masked};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::kind::Kind;
use crate::model::label::FieldName;
use crate::model::name::NameKey;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::text::Text;
use crate::model::value::{Table, Value};
use crate::text;

/// The store while rows are merged upon it.
pub struct Overlay<'r> {
    /// The store as it was.
    pub records: &'r Records,
    /// How the import is to be done.
    pub options: &'r Options,
    /// What cells refer to.
    pub index: EnterpriseIndex<'r>,
    tables: &'r [DataTable],
    draft: Draft<'r>,
    open: BTreeMap<RecordRef, Pending>,
    /// The columns of each table, by its place among all.
    columns: BTreeMap<usize, Columns>,
    reserved: HashMap<(RecordRef, String), RowKey>,
    /// How many blank cells stand where the store has a value, and where the first is.
    emptied: Emptied,
    /// Industries and editions of earlier rows by their names.
    named: HashMap<(Kind, NameKey), String>,
    found: Vec<Finding>,
}

/// A record that rows are being merged upon, and those that were. It goes into the draft with all others that are open
/// when there are too many.
struct Pending {
    value: Value,
    rows: Vec<RowKey>,
}

/// How many records may be open.
const MAX_PENDING: usize = 4096;

/// What a row became.
#[derive(Debug)]
pub struct Merged {
    /// The record.
    pub record: RecordRef,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Every value that changes.
    pub changes: Changes,
}

/// The values that a row changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Changes {
    /// All that changes in the record and in its contact: no other row touches them.
    Whole,
    /// These.
    Listed(Vec<Difference>),
}

impl<'r> Overlay<'r> {
    /// Nothing merged yet.
    pub fn of(records: &'r Records, tables: &'r [DataTable], options: &'r Options) -> Self {
        Self {
            records,
            options,
            index: EnterpriseIndex::of(records),
            tables,
            draft: Draft::of(records),
            open: BTreeMap::new(),
            columns: BTreeMap::new(),
            emptied: Emptied::default(),
            reserved: HashMap::default(),
            named: HashMap::default(),
            found: Vec::new(),
        }
    }

    /// A record as it stands after the rows so far, for another row to be merged upon it; an empty table if it is new.
    pub fn value(&mut self, row: &RowView<'_>, record: &RecordRef) -> &mut Value {
        if self.open.len() >= MAX_PENDING && !self.open.contains_key(record) {
            self.close();
        }
        let draft = &self.draft;
        let open = self.open.entry(record.clone()).or_insert_with(|| {
            let value = draft.records().get(record);
            let value = value.unwrap_or_else(|| Value::Table(Table::default()));
            Pending { value, rows: Vec::new() }
        });
        if open.rows.last() != Some(&row.key()) {
            open.rows.push(row.key());
        }
        &mut open.value
    }

    /// The records of a kind that rows are being merged upon.
    pub fn pending(&self, kind: Kind) -> impl Iterator<Item = (&str, &Value)> {
        self.open
            .iter()
            .filter(move |(record, _)| record.kind == kind)
            .map(|(record, open)| (record.id.as_str(), &open.value))
    }

    /// A record as it stands after the rows so far, if it is there.
    pub fn current(&self, record: &RecordRef) -> Option<Value> {
        match self.open.get(record) {
            Some(open) => Some(open.value.clone()),
            None => self.draft.records().get(record),
        }
    }

    /// The industry or edition of that name that an earlier row made or changed.
    pub fn named(&self, kind: Kind, name: &str) -> Option<String> {
        self.named.get(&(kind, NameKey::of(name))).cloned()
    }

    /// What a row makes of a record, as a whole.
    pub fn set(&mut self, row: &RowView<'_>, record: &RecordRef, value: Value) {
        if matches!(record.kind, Kind::Industry | Kind::Edition)
            && let Some(name) = value.get("name")
        {
            self.named.insert((record.kind, NameKey::of(&name.to_string())), record.id.to_string());
        }
        self.open.insert(record.clone(), Pending { value, rows: vec![row.key()] });
    }

    /// Puts a record into the draft that no other row will be merged upon.
    pub fn flush(&mut self, record: &RecordRef) {
        if let Some((record, open)) = self.open.remove_entry(record) {
            self.put(&record, open.value, &open.rows);
        }
    }

    fn close(&mut self) {
        for (record, open) in std::mem::take(&mut self.open) {
            self.put(&record, open.value, &open.rows);
        }
    }

    /// Puts what rows make of a record into the draft.
    pub fn put(&mut self, record: &RecordRef, value: Value, rows: &[RowKey]) {
        let Err(faults) = self.draft.put(record.clone(), value) else { return };
        let places: Vec<Place> = rows.iter().map(|row| self.place(*row)).collect();
        self.found.extend(faults.into_iter().map(|finding| Finding {
            message: text!(
                "{record}: {message}",
                "{record}：{message}",
                record = record,
                message = finding.message
            ),
            places: places.clone(),
            ..finding
        }));
    }

    /// Whether a record is in the store or was made by an earlier row.
    pub fn exists(&self, record: &RecordRef) -> bool {
        self.open.contains_key(record) || self.draft.records().has(record.kind, &record.id)
    }

    fn place(&self, (table, row): RowKey) -> Place {
        self.tables[table].row(row)
    }

    /// Notes that a row belongs to a record, and refuses a second row for the same thing.
    pub fn reserve(&mut self, row: &RowView<'_>, record: &RecordRef, what: &str) -> Result<(), Vec<Finding>> {
        let key = row.key();
        let Some(first) = self.reserved.insert((record.clone(), what.to_owned()), key) else { return Ok(()) };
        if first == key {
            // One row says several things of it.
            return Ok(());
        }
        let differing = disagreement::of(self.tables, &self.columns, first, key);
        let message = disagreement::message(self.tables, (first, key), record, &differing);
        let finding = Finding::new(&rule::DUPLICATE_ROW, message, self.place(first)).and(self.place(key));
        Err(vec![
            finding
                .help(text!("none of them is taken: keep the right one", "两行均不导入：请只保留正确的一行")),
        ])
    }

    /// Notes the columns of a table before its rows are planned.
    pub fn know(&mut self, table: usize, columns: &Columns) {
        self.columns.insert(table, columns.clone());
    }

    /// Notes the blank cells of a row that stand where the store has a value: they clear nothing.
    fn note_emptied(&self, row: &RowView<'_>, old: &Value, new: &Table) {
        let Value::Table(old) = old else { return };
        let is_emptied = |column: &&Column| {
            column.constant.is_none()
                && new.get(&column.id).is_none()
                && old.get(&column.id).is_some()
                && row.is_blank(column)
        };
        for column in row.fields().filter(is_emptied) {
            self.emptied.count.set(self.emptied.count.get() + 1);
            let place = || (row.table.title(), row.sheet_row.number, column.id.clone());
            self.emptied.first.borrow_mut().get_or_insert_with(place);
        }
    }

    /// The row that something of a record belongs to.
    pub fn reserved(&self, record: &RecordRef, what: &str) -> Option<RowKey> {
        self.reserved.get(&(record.clone(), what.to_owned())).copied()
    }

    /// Lays `new` upon a table of a record, by the rule for conflicts.
    pub fn merge(
        &self,
        row: &RowView<'_>,
        old: Option<&Value>,
        new: Table,
    ) -> Result<(Value, Disposition), Vec<Finding>> {
        let Some(old) = old else { return Ok((Value::Table(new), Disposition::Created)) };
        self.note_emptied(row, old, &new);
        let mut value = old.clone();
        let Value::Table(table) = &mut value else { return Ok((value, Disposition::Unchanged)) };
        let mut disposition = Disposition::Unchanged;
        let mut is_passed_over = false;
        for (key, new) in new {
            if let (Some(old @ Value::Table(_)), Value::Table(inner)) = (table.get(&key).cloned(), &new) {
                let (value, part) = self.merge(row, Some(&old), inner.clone())?;
                is_passed_over |= part == Disposition::Skipped;
                if part == Disposition::Changed {
                    table.insert(&key, value);
                    disposition = Disposition::Changed;
                }
                continue;
            }
            match (table.get(&key), self.options.on_conflict) {
                (Some(before), _) if *before == new => continue,
                (None, _) | (Some(_), OnConflict::Update) => {}
                (Some(_), OnConflict::Fill) => {
                    is_passed_over = true;
                    continue;
                }
                (Some(_), OnConflict::Skip) => return Ok((old.clone(), Disposition::Skipped)),
                (Some(before), OnConflict::Fail) => return Err(vec![conflict(row, &key, before, &new)]),
            }
            table.insert(&key, new);
            disposition = Disposition::Changed;
        }
        if disposition == Disposition::Unchanged && is_passed_over {
            disposition = Disposition::Skipped;
        }
        Ok((value, disposition))
    }

    /// The store as it would be, and the rows that it could not take.
    pub fn finish(mut self) -> (Draft<'r>, Vec<Finding>, Option<Text>) {
        self.close();
        let emptied = self.emptied.said();
        (self.draft, self.found, emptied)
    }
}

/// Blank cells that stand where the store has a value.
#[derive(Default)]
struct Emptied {
    count: Cell<usize>,
    first: RefCell<Option<(Text, usize, String)>>,
}

impl Emptied {
    /// That they clear nothing, and what does.
    fn said(&self) -> Option<Text> {
        let (title, row, field) = self.first.borrow().clone()?;
        let count = self.count.get();
        let (cells, clear) = if count == 1 { ("cell stands", "clears") } else { ("cells stand", "clear") };
        Some(text!(
            "{count} blank {cells} where the store has a value, the first in row {row} of {title}, and {clear} nothing; `kunpeng … set ID {field}=` clears",
            "有 {count} 个空白单元格在数据中已有值（首个在{title}第 {row} 行），空白不会清除数据；要清除请用 kunpeng … set 标识 {field}=",
            title = title
        ))
    }
}

fn conflict(row: &RowView<'_>, key: &str, old: &Value, new: &Value) -> Finding {
    // What the store holds of a person is not shown to whoever only has the table.
    let old = if Contact::KEYS.contains(&key) { masked(&old.to_string()) } else { old.to_string() };
    let message = text!(
        "`{key}` is `{old}` in the store and `{new}` here",
        "{key}在数据中为“{old}”，在表格中为“{new}”",
        key = FieldName::new(key),
        old = old,
        new = new.to_string()
    );
    Finding::new(&rule::CONFLICT, message, row.place(key)).help(text!(
        "`--on-conflict update` takes the row, `fill` only what is missing, `skip` keeps the store",
        "--on-conflict update 以表格为准，fill 只补缺，skip 以数据为准"
    ))
}
