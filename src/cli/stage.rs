//! What stands in for the store while a batch is carried out.

use std::cell::RefCell;

use super::failure::Failure;
use crate::model::change::{Change, Draft};
use crate::model::finding::{Finding, RecordRef};
use crate::model::records::Records;
use crate::store::Store;
use crate::store::load::Snapshot;

/// What the commands of a batch have done so far.
#[derive(Debug)]
pub struct Stage {
    store: Store,
    snapshot: RefCell<Snapshot>,
    touched: RefCell<Vec<RecordRef>>,
}

impl Stage {
    /// Nothing yet.
    pub fn of(store: &Store, snapshot: &Snapshot) -> Self {
        Self { store: store.clone(), snapshot: RefCell::new(snapshot.clone()), touched: RefCell::default() }
    }

    /// The store as it is after the commands so far.
    pub fn read(&self) -> (Store, Snapshot) {
        (self.store.clone(), self.snapshot.borrow().clone())
    }

    /// Takes a change in place of the store.
    pub fn take(&self, change: &Change) -> Result<(), Failure> {
        let records = &mut self.snapshot.borrow_mut().records;
        for edit in &change.edits {
            match &edit.after {
                Some(after) => records.put(&edit.record, after.clone()).map_err(Failure::findings)?,
                None => records.remove(&edit.record),
            }
            self.touched.borrow_mut().push(edit.record.clone());
        }
        Ok(())
    }

    /// Everything that was done, as one change of what was there before.
    pub fn change(self, before: &Records) -> Result<Change, Vec<Finding>> {
        let after = self.snapshot.into_inner().records;
        let mut draft = Draft::of(before);
        let mut touched = self.touched.into_inner();
        touched.sort();
        touched.dedup();
        for record in touched {
            match after.get(&record) {
                Some(value) => draft.put(record, value)?,
                None => draft.remove(record),
            }
        }
        draft.finish()
    }
}
