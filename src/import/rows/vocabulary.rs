//! The words of a store by what cells call them, each looked up once.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::code::Scheme;
use crate::model::kind::Kind;
use crate::model::own_field::OwnFields;
use crate::model::records::Records;
use crate::model::shape::{Misread, Words};

/// The words of a store. The same few stand in thousands of rows.
pub struct Vocabulary<'r> {
    /// The store.
    pub records: &'r Records,
    found: RefCell<HashMap<Kind, Found>>,
}

/// What texts stand for, or why for nothing.
type Found = foldhash::HashMap<String, Result<String, Misread>>;

impl<'r> Vocabulary<'r> {
    /// Nothing looked up yet.
    pub fn of(records: &'r Records) -> Self {
        Self { records, found: RefCell::default() }
    }
}

impl Words for Vocabulary<'_> {
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread> {
        let mut found = self.found.borrow_mut();
        let known = found.entry(kind).or_default();
        if let Some(known) = known.get(text) {
            return known.clone();
        }
        let new = self.records.named(kind, text).map_err(Misread::from);
        known.insert(text.to_owned(), new.clone());
        new
    }

    fn own_fields(&self) -> Option<&OwnFields> {
        Some(&self.records.programme.fields)
    }

    fn scheme(&self) -> Scheme {
        self.records.programme.identifier
    }
}
