//! The lists inside an enterprise's file, as data: what they are called, what tells two entries apart, how a
//! cell of a column is read. Imports, exports and commands work for every list through this one table.

use super::candidacy::Candidacy;
use super::membership::Membership;
use super::need::Need;
use super::own_field::FieldOwner;
use super::platform::Platform;
use super::project::Project;
use super::recognition::Recognition;
use super::shape::{Misread, Shape, Words};
use super::value::Value;

/// One kind of entry.
#[derive(Debug)]
pub struct EntryKind {
    /// One of it: the command's name.
    pub name: &'static str,
    /// The key of the list in the enterprise's file.
    pub list: &'static str,
    /// The fields that tell entries apart.
    pub key: &'static [&'static str],
    /// The built-in fields, in order.
    pub fields: &'static [&'static str],
    /// What its fields of one's own are declared for.
    pub owner: FieldOwner,
    /// Reads a cell for a field.
    pub parse: fn(&[&str], &str, &dyn Words) -> Result<Value, Misread>,
}

impl EntryKind {
    /// What tells `entry` apart from others of its list.
    pub fn key_of(&self, entry: &Value) -> Vec<Option<Value>> {
        let Value::Table(table) = entry else { return Vec::new() };
        self.key.iter().map(|field| table.get(field).cloned()).collect()
    }
}

/// The keys of an entry without its last one, `more`.
const fn built_in(keys: &'static [&'static str]) -> &'static [&'static str] {
    match keys {
        [fields @ .., _] => fields,
        [] => keys,
    }
}

/// Candidacies.
pub static CANDIDATE: EntryKind = EntryKind {
    name: "candidate",
    list: "candidacies",
    key: &["edition"],
    fields: built_in(Candidacy::KEYS),
    owner: FieldOwner::Candidates,
    parse: Candidacy::parse,
};

/// Memberships.
pub static MEMBER: EntryKind = EntryKind {
    name: "member",
    list: "memberships",
    key: &["edition"],
    fields: built_in(Membership::KEYS),
    owner: FieldOwner::Members,
    parse: Membership::parse,
};

/// Titles.
pub static RECOGNITION: EntryKind = EntryKind {
    name: "recognition",
    list: "recognitions",
    key: &["title", "recognised"],
    fields: built_in(Recognition::KEYS),
    owner: FieldOwner::Recognitions,
    parse: Recognition::parse,
};

/// R&D platforms.
pub static PLATFORM: EntryKind = EntryKind {
    name: "platform",
    list: "platforms",
    key: &["kind", "level", "document", "recognised"],
    fields: built_in(Platform::KEYS),
    owner: FieldOwner::Platforms,
    parse: Platform::parse,
};

/// Applications for schemes.
pub static PROJECT: EntryKind = EntryKind {
    name: "project",
    list: "projects",
    key: &["scheme", "level", "submitted"],
    fields: built_in(Project::KEYS),
    owner: FieldOwner::Projects,
    parse: Project::parse,
};

/// Needs.
pub static NEED: EntryKind = EntryKind {
    name: "need",
    list: "needs",
    key: &["category", "text", "received"],
    fields: built_in(Need::KEYS),
    owner: FieldOwner::Needs,
    parse: Need::parse,
};

/// Every kind of entry, in the order of an enterprise's file.
pub static ALL: [&EntryKind; 6] = [&CANDIDATE, &MEMBER, &RECOGNITION, &PLATFORM, &PROJECT, &NEED];
