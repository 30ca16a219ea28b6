//! Finding what a cell refers to, quickly and exactly: by id, code or the key of a name, never by a guess.

use std::cell::RefCell;
use std::collections::HashMap;

use super::near::{Meant, Near};
use crate::model::code::Scheme;
use crate::model::enterprise::Enterprise;
use crate::model::kind::Kind;
use crate::model::lookup::Miss;
use crate::model::name::NameKey;
use crate::model::records::Records;
use crate::model::shape::{Misread, Words};

/// An index of a store, and of the enterprises that an import adds to it.
pub struct Book<'r> {
    records: &'r Records,
    by_id: HashMap<String, String>,
    by_code: HashMap<String, String>,
    by_name: HashMap<NameKey, Vec<String>>,
    near: Near,
    others: RefCell<HashMap<(Kind, String), Result<String, Misread>>>,
}

impl<'r> Book<'r> {
    /// The index of a store.
    pub fn of(records: &'r Records) -> Self {
        let mut book = Self {
            records,
            by_id: HashMap::new(),
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            near: Near::default(),
            others: RefCell::new(HashMap::new()),
        };
        for (id, enterprise) in &records.enterprises {
            book.add(id.as_str(), enterprise);
        }
        book
    }

    fn add(&mut self, id: &str, enterprise: &Enterprise) {
        let code = enterprise.code.as_ref().map(|code| code.as_str().to_owned());
        self.add_named(id, code, enterprise.names().map(crate::model::name::Name::key));
    }

    /// Adds an enterprise that the import makes.
    pub fn add_named(&mut self, id: &str, code: Option<String>, names: impl IntoIterator<Item = NameKey>) {
        self.near.forget();
        self.by_id.insert(id.to_ascii_lowercase(), id.to_owned());
        if let Some(code) = code {
            self.by_code.insert(code, id.to_owned());
        }
        for name in names {
            let ids = self.by_name.entry(name).or_default();
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }

    /// Whether an id is taken, whatever its case.
    pub fn has_id(&self, id: &str) -> bool {
        self.by_id.contains_key(&id.to_ascii_lowercase())
    }

    /// The enterprise with that id.
    pub fn with_id(&self, id: &str) -> Option<&str> {
        self.by_id.get(&id.to_ascii_lowercase()).map(String::as_str)
    }

    /// The enterprise with that code.
    pub fn with_code(&self, code: &str) -> Option<&str> {
        self.by_code.get(code).map(String::as_str)
    }

    /// The enterprises with that name, now or formerly.
    pub fn with_name(&self, name: &str) -> &[String] {
        self.by_name.get(&NameKey::of(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The one enterprise that an id, a code or an exact name stands for.
    pub fn enterprise(&self, text: &str) -> Result<String, Miss> {
        let code = text.trim().to_ascii_uppercase();
        if let Some(id) = self.with_id(text.trim()).or_else(|| self.with_code(&code)) {
            return Ok(id.to_owned());
        }
        match self.with_name(text) {
            [id] => Ok(id.clone()),
            [] => {
                let near = self.near.to(&NameKey::of(text), self.by_name.keys());
                let near = near.map(|meant| self.suggested(&meant));
                Err(Miss::Nothing { kind: Kind::Enterprise, text: text.to_owned(), near })
            }
            several => {
                let candidates = several.iter().map(|id| (id.clone(), self.name_of(id))).collect();
                Err(Miss::Several { kind: Kind::Enterprise, text: text.to_owned(), candidates })
            }
        }
    }

    /// What may have been meant, as a way out.
    fn suggested(&self, meant: &Meant) -> String {
        let shown = |key: &NameKey| {
            let ids = self.by_name.get(key).map(Vec::as_slice).unwrap_or_default();
            ids.iter().map(|id| format!("`{}` (`{id}`)", self.name_of(id))).collect::<Vec<_>>().join(", ")
        };
        match meant {
            Meant::Like(key) => format!("the nearest name is {}; a name must be the same", shown(key)),
            Meant::Part(keys) => {
                let names: Vec<String> = keys.iter().map(shown).collect();
                format!("it is a part of {}; a name must be the same", names.join(", "))
            }
        }
    }

    fn name_of(&self, id: &str) -> String {
        self.records
            .enterprises
            .get(id)
            .map_or_else(|| id.to_owned(), |enterprise| enterprise.name.to_string())
    }
}

impl Words for Book<'_> {
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread> {
        if kind == Kind::Enterprise {
            return Ok(self.enterprise(text)?);
        }
        // The same few words stand in thousands of rows.
        let mut others = self.others.borrow_mut();
        others.entry((kind, text.to_owned())).or_insert_with(|| Ok(self.records.named(kind, text)?)).clone()
    }

    fn scheme(&self) -> Scheme {
        self.records.programme.identifier
    }
}
