//! Finding what a cell refers to, quickly and exactly: by id, code or the key of a name, never by a guess.

use foldhash::HashMap;
use smol_str::SmolStr;

use crate::import::rows::suggestion::{Suggester, Suggestion};
use crate::import::rows::vocabulary::Vocabulary;
use crate::model::code::{Code, Scheme};
use crate::model::enterprise::Enterprise;
use crate::model::kind::Kind;
use crate::model::lookup::Miss;
use crate::model::name::NameKey;
use crate::model::own_field::OwnFields;
use crate::model::records::Records;
use crate::model::shape::{Misread, Words};
use crate::model::text::Text;
use crate::text;

/// An index of a store, and of the enterprises that an import adds to it.
pub struct EnterpriseIndex<'r> {
    records: &'r Records,
    /// Every id. The maps have its place.
    ids: Vec<SmolStr>,
    by_id: HashMap<SmolStr, u32>,
    by_code: HashMap<SmolStr, u32>,
    by_name: HashMap<NameKey, u32>,
    /// Those whose name another had before them in `by_name`.
    namesakes: HashMap<NameKey, Vec<u32>>,
    near: Suggester,
    others: Vocabulary<'r>,
}

impl<'r> EnterpriseIndex<'r> {
    /// The index of a store.
    pub fn of(records: &'r Records) -> Self {
        let mut index = Self {
            records,
            ids: Vec::new(),
            by_id: HashMap::default(),
            by_code: HashMap::default(),
            by_name: HashMap::default(),
            namesakes: HashMap::default(),
            near: Suggester::default(),
            others: Vocabulary::of(records),
        };
        for (id, enterprise) in &records.enterprises {
            index.add(id.as_str(), enterprise);
        }
        index
    }

    fn add(&mut self, id: &str, enterprise: &Enterprise) {
        let code = enterprise.code.as_ref().map(|code| code.as_str().to_owned());
        self.add_named(id, code, enterprise.names().map(crate::model::name::Name::key));
        // What a code meant before it means still, unless another enterprise has it now.
        for former in &enterprise.former_codes {
            let place = self.place(id);
            self.by_code.entry(former.as_str().into()).or_insert(place);
        }
    }

    /// Adds an enterprise that the import makes, or what it makes of one.
    pub fn add_named(&mut self, id: &str, code: Option<String>, names: impl IntoIterator<Item = NameKey>) {
        self.near.forget();
        let place = self.place(id);
        if let Some(code) = code {
            self.by_code.insert(code.into(), place);
        }
        for name in names {
            match &self.with_key(&name)[..] {
                [] => _ = self.by_name.insert(name, place),
                theirs if theirs.contains(&id) => {}
                _ => self.namesakes.entry(name).or_default().push(place),
            }
        }
    }

    /// The place of an id among all, a new one for a new id. Of ids that differ in case alone the last is found.
    fn place(&mut self, id: &str) -> u32 {
        let lower = lower(id);
        match self.by_id.get(&lower) {
            Some(place) if self.id(*place) == Some(id) => *place,
            _ => {
                let place = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
                self.ids.push(id.into());
                self.by_id.insert(lower, place);
                place
            }
        }
    }

    fn id(&self, place: u32) -> Option<&str> {
        self.ids.get(usize::try_from(place).ok()?).map(SmolStr::as_str)
    }

    /// Whether an id is taken, whatever its case.
    pub fn has_id(&self, id: &str) -> bool {
        self.by_id.contains_key(&lower(id))
    }

    /// The enterprise with that id.
    pub fn with_id(&self, id: &str) -> Option<&str> {
        self.id(*self.by_id.get(&lower(id))?)
    }

    /// The enterprise with that code.
    pub fn with_code(&self, code: &str) -> Option<&str> {
        self.id(*self.by_code.get(code)?)
    }

    /// Whether the enterprise of an id has a registry code.
    pub fn has_code(&self, id: &str) -> bool {
        let known = self.records.enterprises.get(id).map(|it| it.code.is_some());
        known.unwrap_or_else(|| self.by_code.values().any(|place| self.id(*place) == Some(id)))
    }

    /// The enterprises with that name, now or formerly.
    pub fn with_name(&self, name: &str) -> Vec<&str> {
        self.with_key(&NameKey::of(name))
    }

    fn with_key(&self, key: &NameKey) -> Vec<&str> {
        let others = self.namesakes.get(key).into_iter().flatten();
        self.by_name.get(key).into_iter().chain(others).filter_map(|place| self.id(*place)).collect()
    }

    /// The one enterprise that an id, a code or an exact name stands for.
    pub fn enterprise(&self, text: &str) -> Result<String, Miss> {
        let by_code = || self.with_code(&Code::letters(text));
        if let Some(id) = self.with_id(text.trim()).or_else(by_code) {
            return Ok(id.to_owned());
        }
        match &self.with_name(text)[..] {
            [id] => Ok((*id).to_owned()),
            [] => {
                let near = self.near.to(&NameKey::of(text), self.by_name.keys());
                let near = near.map(|suggestion| self.suggested(&suggestion));
                Err(Miss::Nothing { kind: Kind::Enterprise, text: text.to_owned(), near })
            }
            several => {
                let candidates = several.iter().map(|id| ((*id).to_owned(), self.name_of(id))).collect();
                Err(Miss::Several { kind: Kind::Enterprise, text: text.to_owned(), candidates })
            }
        }
    }

    /// What may have been meant, as a way out.
    fn suggested(&self, suggestion: &Suggestion) -> Text {
        let shown = |key: &NameKey| {
            let one =
                |id: &&str| text!("`{name}` (`{id}`)", "“{name}”（{id}）", name = self.name_of(id), id = *id);
            self.with_key(key).iter().map(one).collect::<Vec<Text>>()
        };
        match suggestion {
            Suggestion::Like(key) => text!(
                "the nearest name is {names}; a name must be the same",
                "最接近的名称是{names}；名称必须一致",
                names = shown(key)
            ),
            Suggestion::Part(keys) => {
                let names: Vec<Text> = keys.iter().flat_map(shown).collect();
                text!(
                    "it is a part of {names}; a name must be the same",
                    "它是{names}的一部分；名称必须一致",
                    names = names
                )
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

impl Words for EnterpriseIndex<'_> {
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread> {
        match kind {
            Kind::Enterprise => Ok(self.enterprise(text)?),
            kind => self.others.find(kind, text),
        }
    }

    fn own_fields(&self) -> Option<&OwnFields> {
        Some(&self.records.programme.fields)
    }

    fn scheme(&self) -> Scheme {
        self.others.scheme()
    }
}

/// Ids are told apart whatever their case.
fn lower(id: &str) -> SmolStr {
    id.to_ascii_lowercase().into()
}
