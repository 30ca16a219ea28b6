//! Fields of one's own are declared so that they can be read, and hold what they are declared to hold.

use super::at;
use crate::model::activity::Activity;
use crate::model::contact::Contact;
use crate::model::edition::Edition;
use crate::model::enterprise::Enterprise;
use crate::model::entry::{self, EntryKind};
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::id::WordKey;
use crate::model::industry::Industry;
use crate::model::kind::Kind;
use crate::model::own_field::{FieldOwner, HasOwnFields, More, OwnField};
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::model::value::{KeyPath, Step};
use crate::text;

/// The keys that a field of one's own cannot have, because the kind has them already.
fn built_in(owner: FieldOwner) -> Vec<&'static str> {
    let of_entry = |kind: &EntryKind| [&["enterprise"], kind.fields].concat();
    match owner {
        FieldOwner::Industries => [&["id"], Industry::KEYS].concat(),
        FieldOwner::Editions => [&["id"], Edition::KEYS].concat(),
        FieldOwner::Enterprises => {
            [&["id", "credit_code", "modules"], Enterprise::KEYS, Contact::KEYS].concat()
        }
        FieldOwner::Activities => [&["id", "enterprise", "heads"], Activity::KEYS].concat(),
        FieldOwner::Candidates => of_entry(&entry::CANDIDATE),
        FieldOwner::Members => of_entry(&entry::MEMBER),
        FieldOwner::Recognitions => of_entry(&entry::RECOGNITION),
        FieldOwner::Platforms => of_entry(&entry::PLATFORM),
        FieldOwner::Projects => of_entry(&entry::PROJECT),
        FieldOwner::Needs => of_entry(&entry::NEED),
    }
}

/// `bad-own-field`
pub fn declared(records: &Records, found: &mut Vec<Finding>) {
    for (owner, fields) in &records.programme.fields {
        let built_in = built_in(*owner);
        for (id, field) in fields {
            let path = KeyPath(
                ["fields".to_owned(), owner.to_string(), id.to_string()]
                    .map(|key| Step::Key(key.into()))
                    .to_vec(),
            );
            let place = at(&RecordRef::programme(), path);
            found
                .extend(misdeclared(*owner, id, field, &built_in).map(|misread| Finding::of(misread, place)));
        }
    }
}

fn misdeclared(owner: FieldOwner, id: &WordKey, field: &OwnField, built_in: &[&str]) -> Option<Misread> {
    if built_in.contains(&id.as_str()) {
        let message = text!(
            "`{id}` is a built-in field of {owner}",
            "“{id}”是{owner}的内置字段，不能另行声明",
            owner = owner
        );
        return Some(
            Misread::new(&rule::BAD_OWN_FIELD, message).help(text!("choose another id", "请换一个标识")),
        );
    }
    if field.is_personal() && owner != FieldOwner::Enterprises {
        let message = text!(
            "`{id}` is personal, and only enterprises have personal fields",
            "“{id}”声明为个人信息字段，而只有企业可以有个人信息字段"
        );
        let help = text!(
            "declare it under `[fields.enterprises]`, or take `personal` away",
            "请在 [fields.enterprises] 下声明，或去掉 personal"
        );
        return Some(Misread::new(&rule::BAD_OWN_FIELD, message).help(help));
    }
    None
}

/// `unknown-key`, `wrong-type` and the like, of values of one's own fields
pub fn values(records: &Records, found: &mut Vec<Finding>) {
    let mut check = Values { records, found };
    for (id, it) in &records.industries {
        check.record(Kind::Industry, id.as_str(), &it.more);
    }
    for (id, it) in &records.editions {
        check.record(Kind::Edition, id.as_str(), &it.more);
    }
    for (id, it) in &records.activities {
        check.record(Kind::Activity, id.as_str(), &it.more);
    }
    for (id, it) in &records.contacts {
        check.record(Kind::Contact, id.as_str(), &it.more);
    }
    for (id, it) in &records.enterprises {
        check.record(Kind::Enterprise, id.as_str(), &it.more);
        check.list(id.as_str(), entry::CANDIDATE.list, it.candidacies.iter().map(|entry| &entry.more));
        check.list(id.as_str(), entry::MEMBER.list, it.memberships.iter().map(|entry| &entry.more));
        check.list(id.as_str(), entry::RECOGNITION.list, it.recognitions.iter().map(|entry| &entry.more));
        check.list(id.as_str(), entry::PLATFORM.list, it.platforms.iter().map(|entry| &entry.more));
        check.list(id.as_str(), entry::PROJECT.list, it.projects.iter().map(|entry| &entry.more));
        check.list(id.as_str(), entry::NEED.list, it.needs.iter().map(|entry| &entry.more));
    }
}

struct Values<'r, 'f> {
    records: &'r Records,
    found: &'f mut Vec<Finding>,
}

impl Values<'_, '_> {
    fn record<O: HasOwnFields>(&mut self, kind: Kind, id: &str, more: &More<O>) {
        self.values(kind, id, &[], more);
    }

    fn list<'m, O: HasOwnFields + 'm>(
        &mut self,
        id: &str,
        list: &'static str,
        entries: impl Iterator<Item = &'m More<O>>,
    ) {
        for (index, more) in entries.enumerate() {
            self.values(Kind::Enterprise, id, &[Step::Key(list.into()), Step::Index(index)], more);
        }
    }

    fn values<O: HasOwnFields>(&mut self, kind: Kind, id: &str, above: &[Step], more: &More<O>) {
        if more.iter().next().is_none() {
            return;
        }
        let record = RecordRef::new(kind, id);
        for fault in more.faults(&self.records.programme.fields) {
            let place = |path: &KeyPath| {
                let steps = above.iter().cloned().chain([Step::Key("more".into())]);
                let path = KeyPath(steps.chain(path.0.iter().cloned()).collect());
                Place::Field { record: record.clone(), path, part: fault.part }
            };
            let places = fault.paths.iter().map(place).collect();
            let misread = fault.misread.clone();
            self.found.push(Finding {
                rule: misread.rule,
                message: misread.message,
                places,
                help: misread.help,
            });
        }
    }
}
