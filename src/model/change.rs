//! A change of records, planned before anything is written: what a dry run shows and what the store carries out.

use super::check;
use super::finding::{Finding, RecordRef};
use super::records::Records;
use super::value::{KeyPath, Step, Value};

/// One record before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The record.
    pub record: RecordRef,
    /// What it was; none if it is new.
    pub before: Option<Value>,
    /// What it will be; none if it is taken away.
    pub after: Option<Value>,
}

/// One value of a record before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The way to the value.
    pub path: KeyPath,
    /// What it was.
    pub old: Option<Value>,
    /// What it will be.
    pub new: Option<Value>,
}

/// Edits that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// One edit a record, in the order they were planned.
    pub edits: Vec<Edit>,
}

impl Change {
    /// The difference between two states of a store, for the records named.
    pub fn between<'r>(
        before: &Records,
        after: &Records,
        records: impl IntoIterator<Item = &'r RecordRef>,
    ) -> Self {
        let edits = records
            .into_iter()
            .map(|record| Edit {
                record: record.clone(),
                before: before.get(record),
                after: after.get(record),
            })
            .filter(|edit| edit.before != edit.after)
            .collect();
        Self { edits }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

/// What is done with each value that differs: the way to it, what it was, what it will be.
pub type Visit<'v> = dyn FnMut(&KeyPath, Option<&Value>, Option<&Value>) + 'v;

impl Edit {
    /// Every value that differs, in order.
    pub fn differences(&self) -> Vec<Difference> {
        differences(KeyPath::default(), self.before.as_ref(), self.after.as_ref())
    }
}

/// Every value that differs between two states of what lies at `path`, in order.
pub fn differences(path: KeyPath, old: Option<&Value>, new: Option<&Value>) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut path = path;
    compare(&mut path, old, new, &mut |path, old, new| {
        found.push(Difference { path: path.clone(), old: old.cloned(), new: new.cloned() });
    });
    found
}

/// The same, one by one. `path` is as it was afterwards.
pub fn compare(path: &mut KeyPath, old: Option<&Value>, new: Option<&Value>, visit: &mut Visit<'_>) {
    match (old, new) {
        (old, new) if old == new => {}
        (Some(Value::Table(old)), Some(Value::Table(new))) => {
            for (key, value) in old.entries() {
                compare_below(path, Step::Key(key.clone()), (Some(value), new.get(key)), visit);
            }
            for (key, value) in new.entries().iter().filter(|(key, _)| old.get(key).is_none()) {
                compare_below(path, Step::Key(key.clone()), (None, Some(value)), visit);
            }
        }
        (Some(Value::List(old)), Some(Value::List(new))) if is_of_tables(old) && is_of_tables(new) => {
            for index in 0..old.len().max(new.len()) {
                compare_below(path, Step::Index(index), (old.get(index), new.get(index)), visit);
            }
        }
        (None, Some(Value::Table(new))) => {
            for (key, value) in new.entries() {
                compare_below(path, Step::Key(key.clone()), (None, Some(value)), visit);
            }
        }
        (None, Some(Value::List(new))) if is_of_tables(new) => {
            for (index, value) in new.iter().enumerate() {
                compare_below(path, Step::Index(index), (None, Some(value)), visit);
            }
        }
        (old, new) => visit(path, old, new),
    }
}

fn compare_below(
    path: &mut KeyPath,
    step: Step,
    (old, new): (Option<&Value>, Option<&Value>),
    visit: &mut Visit<'_>,
) {
    path.0.push(step);
    compare(path, old, new, visit);
    path.0.pop();
}

fn is_of_tables(list: &[Value]) -> bool {
    list.iter().all(|value| matches!(value, Value::Table(_)))
}

/// A store being changed: records are edited here, and the outcome is either a [`Change`] or findings.
#[derive(Debug)]
pub struct Draft<'r> {
    before: &'r Records,
    after: Records,
    touched: Vec<RecordRef>,
}

impl<'r> Draft<'r> {
    /// Starts from what is there.
    pub fn of(before: &'r Records) -> Self {
        Self { before, after: before.clone(), touched: Vec::new() }
    }

    /// The state so far.
    pub fn records(&self) -> &Records {
        &self.after
    }

    /// Replaces a record.
    pub fn put(&mut self, record: RecordRef, value: Value) -> Result<(), Vec<Finding>> {
        self.after.put(&record, value)?;
        self.touch(record);
        Ok(())
    }

    /// Takes a record away.
    pub fn remove(&mut self, record: RecordRef) {
        self.after.remove(&record);
        self.touch(record);
    }

    fn touch(&mut self, record: RecordRef) {
        // Imports touch thousands of records, mostly the same one several times in a row.
        if self.touched.last() != Some(&record) {
            self.touched.push(record);
        }
    }

    /// The change, if the store is sound with it.
    pub fn finish(self) -> Result<Change, Vec<Finding>> {
        let errors = self.errors();
        if errors.is_empty() { Ok(self.drafted().change()) } else { Err(errors) }
    }

    /// What makes the store unsound so far.
    pub fn errors(&self) -> Vec<Finding> {
        let is_new = |record: &&RecordRef| !self.before.has(record.kind, &record.id);
        let mut found = check::errors(&self.after);
        check::ids::same_ids(&self.after, &self.touched.iter().filter(is_new).collect(), &mut found);
        found
    }

    /// The change before its edits are made, sound or not.
    pub fn drafted(mut self) -> Drafted<'r> {
        self.touched.sort_unstable();
        self.touched.dedup();
        Drafted { before: self.before, after: self.after, touched: self.touched }
    }
}

/// A store before and after a change. Its edits are made one by one: a change of a hundred thousand records takes
/// little more memory than the records.
#[derive(Debug)]
pub struct Drafted<'r> {
    before: &'r Records,
    after: Records,
    touched: Vec<RecordRef>,
}

impl Drafted<'_> {
    /// What a record was.
    pub fn before(&self, record: &RecordRef) -> Option<Value> {
        self.before.get(record)
    }

    /// What it will be.
    pub fn after(&self, record: &RecordRef) -> Option<Value> {
        self.after.get(record)
    }

    /// What becomes of each record that was touched.
    pub fn edits(&self) -> impl Iterator<Item = Edit> {
        self.touched.iter().map(|record| Edit {
            record: record.clone(),
            before: self.before(record),
            after: self.after(record),
        })
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.touched.iter().all(|record| self.before.get(record) == self.after.get(record))
    }

    /// The change.
    pub fn change(&self) -> Change {
        Change::between(self.before, &self.after, &self.touched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Table;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn table(entries: &[(&str, Value)]) -> Value {
        Value::Table(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Table>())
    }

    #[test]
    fn shows_each_value_that_differs_with_its_way() {
        let before = table(&[("name", text("a")), ("list", Value::List(vec![table(&[("x", text("1"))])]))]);
        let after = table(&[
            ("name", text("b")),
            ("list", Value::List(vec![table(&[("x", text("1"))]), table(&[("x", text("2"))])])),
        ]);
        let edit = Edit { record: RecordRef::programme(), before: Some(before), after: Some(after) };
        let shown: Vec<String> = edit.differences().iter().map(|it| it.path.to_string()).collect();
        assert_eq!(shown, ["name", "list[2].x"]);
    }
}
