//! Finding what a cell refers to, quickly and exactly: by id, code or the key of a name, never by a guess.

use std::cell::RefCell;
use std::collections::HashMap;

use smol_str::SmolStr;

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
    by_id: HashMap<SmolStr, SmolStr>,
    by_code: HashMap<SmolStr, SmolStr>,
    by_name: HashMap<NameKey, SmolStr>,
    /// Those whose name another had before them in `by_name`.
    namesakes: HashMap<NameKey, Vec<SmolStr>>,
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
            namesakes: HashMap::new(),
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
        let id = SmolStr::new(id);
        self.by_id.insert(id.to_ascii_lowercase().into(), id.clone());
        if let Some(code) = code {
            self.by_code.insert(code.into(), id.clone());
        }
        for name in names {
            let first = self.by_name.get(&name);
            if first.is_some_and(|first| *first != id) {
                let others = self.namesakes.entry(name).or_default();
                others.extend((!others.contains(&id)).then(|| id.clone()));
            } else if first.is_none() {
                self.by_name.insert(name, id.clone());
            }
        }
    }

    /// Whether an id is taken, whatever its case.
    pub fn has_id(&self, id: &str) -> bool {
        self.by_id.contains_key(&*id.to_ascii_lowercase())
    }

    /// The enterprise with that id.
    pub fn with_id(&self, id: &str) -> Option<&str> {
        self.by_id.get(&*id.to_ascii_lowercase()).map(SmolStr::as_str)
    }

    /// The enterprise with that code.
    pub fn with_code(&self, code: &str) -> Option<&str> {
        self.by_code.get(code).map(SmolStr::as_str)
    }

    /// The enterprises with that name, now or formerly.
    pub fn with_name(&self, name: &str) -> Vec<&str> {
        self.with_key(&NameKey::of(name))
    }

    fn with_key(&self, key: &NameKey) -> Vec<&str> {
        let others = self.namesakes.get(key).into_iter().flatten();
        self.by_name.get(key).into_iter().chain(others).map(SmolStr::as_str).collect()
    }

    /// The one enterprise that an id, a code or an exact name stands for.
    pub fn enterprise(&self, text: &str) -> Result<String, Miss> {
        let code = text.trim().to_ascii_uppercase();
        if let Some(id) = self.with_id(text.trim()).or_else(|| self.with_code(&code)) {
            return Ok(id.to_owned());
        }
        match &self.with_name(text)[..] {
            [id] => Ok((*id).to_owned()),
            [] => {
                let near = self.near.to(&NameKey::of(text), self.by_name.keys());
                let near = near.map(|meant| self.suggested(&meant));
                Err(Miss::Nothing { kind: Kind::Enterprise, text: text.to_owned(), near })
            }
            several => {
                let candidates = several.iter().map(|id| ((*id).to_owned(), self.name_of(id))).collect();
                Err(Miss::Several { kind: Kind::Enterprise, text: text.to_owned(), candidates })
            }
        }
    }

    /// What may have been meant, as a way out.
    fn suggested(&self, meant: &Meant) -> String {
        let shown = |key: &NameKey| {
            self.with_key(key)
                .iter()
                .map(|id| format!("`{}` (`{id}`)", self.name_of(id)))
                .collect::<Vec<_>>()
                .join(", ")
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
