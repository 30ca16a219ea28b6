//! An enterprise: one file that holds all that is known of it, persons excepted.

use std::collections::{BTreeMap, HashMap};

use super::amount::Amount;
use super::candidacy::Candidacy;
use super::class::Class;
use super::code::Code;
use super::date::Date;
use super::entry::{self, EntryKind};
use super::id::{EditionId, EnterpriseId, IndustryId, MetricId};
use super::label::{self, FieldName};
use super::membership::Membership;
use super::name::{Name, NameKey};
use super::need::Need;
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::period::Period;
use super::platform::Platform;
use super::project::Project;
use super::recognition::Recognition;
use super::rule;
use super::shape::{Faults, Misread, Shape, Visit, Words, record};
use super::value::{KeyPath, Step, Table, Value};
use crate::text;

record! {
    /// A name an enterprise had before.
    pub struct FormerName {
        /// The name.
        pub name: Name,
        /// When it was given up.
        pub until: Option<Date>,
    }
}

record! {
    /// `enterprises/ID.toml`.
    pub struct Enterprise {
        /// The name, as written.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// The registry code.
        pub code: Option<Code>,
        /// The focus industry.
        pub industry: Option<IndustryId>,
        /// The class of GB/T 4754.
        pub class: Option<Class>,
        /// The town.
        pub town: Option<Name>,
        /// When it was founded.
        pub founded: Option<Date>,
        /// Anything worth saying.
        pub note: Option<String>,
        /// Names it had before.
        pub former_names: Vec<FormerName>,
        /// Registry codes it had before.
        pub former_codes: Vec<Code>,
        /// Enterprises that look like it and are others.
        pub not_same: Vec<EnterpriseId>,
        /// Values of the programme's own fields.
        pub more: More<Enterprise>,
        /// Its applications to editions.
        pub candidacies: Vec<Candidacy>,
        /// The editions it takes part in.
        pub memberships: Vec<Membership>,
        /// Its titles.
        pub recognitions: Vec<Recognition>,
        /// Its R&D platforms.
        pub platforms: Vec<Platform>,
        /// Its applications for schemes.
        pub projects: Vec<Project>,
        /// What it asked for.
        pub needs: Vec<Need>,
        /// Its figures, by period and metric.
        pub indicators: BTreeMap<Period, BTreeMap<MetricId, Amount>>,
    }
    verify no_entry_twice
}

impl HasOwnFields for Enterprise {
    const OWNER: FieldOwner = FieldOwner::Enterprises;
}

// A node of a map holds eleven records, half of them at worst: what it holds is to be small.
impl Shape for Box<Enterprise> {
    fn read(value: Value, faults: &mut Faults) -> Option<Self> {
        Enterprise::read(value, faults).map(Self::new)
    }

    fn write(&self) -> Option<Value> {
        Enterprise::write(self)
    }

    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
        Enterprise::parse(path, text, words)
    }

    fn references(&self, path: &mut KeyPath, visit: Visit<'_>) {
        Enterprise::references(self, path, visit);
    }
}

fn no_entry_twice(enterprise: &Enterprise, faults: &mut Faults) {
    twice(&enterprise.candidacies, &entry::CANDIDATE, faults);
    twice(&enterprise.memberships, &entry::MEMBER, faults);
    twice(&enterprise.recognitions, &entry::RECOGNITION, faults);
    twice(&enterprise.platforms, &entry::PLATFORM, faults);
    twice(&enterprise.projects, &entry::PROJECT, faults);
    twice(&enterprise.needs, &entry::NEED, faults);
}

/// Reports entries of a list that agree in all that tells entries of this kind apart.
fn twice<T: Shape>(list: &[T], kind: &EntryKind, faults: &mut Faults) {
    if list.len() < 2 {
        return;
    }
    // Keys are dates, codes and texts: what is written the same is the same.
    let mut first_with: HashMap<String, usize> = HashMap::new();
    let keys = list.iter().filter_map(T::write).map(|value| format!("{:?}", kind.key_of(&value)));
    for (index, key) in keys.enumerate() {
        let first = *first_with.entry(key).or_insert(index);
        if first < index {
            let place = |index| KeyPath(vec![Step::Key(kind.list.into()), Step::Index(index)]);
            let message = text!(
                "two entries of `{list}` have the same {en}",
                "{list}中有两条的{zh}相同",
                list = FieldName::new(kind.list),
                en = kind.key.join(" and "),
                zh = kind
                    .key
                    .iter()
                    .map(|key| label::field(Some(kind.list), key, Lang::Zh))
                    .collect::<Vec<_>>()
                    .join("、")
            );
            let misread = Misread::new(&rule::DUPLICATE_ENTRY, message)
                .help(text!("keep one of them in the file", "请在文件中保留其中一条"));
            faults.report_paths(misread, vec![place(first), place(index)]);
        }
    }
}

/// Keeps the code an enterprise had before as a former one, where a new one takes its place.
pub fn keep_former_code(old: &Value, new: &mut Value) {
    let (Some(before), Some(after)) = (old.get("code"), new.get("code")) else { return };
    if before == after {
        return;
    }
    let (before, after) = (before.clone(), after.clone());
    let mut former: Vec<Value> =
        new.list("former_codes").iter().filter(|it| **it != after).cloned().collect();
    if !former.contains(&before) {
        former.push(before);
    }
    new.set(&["former_codes"], Some(Value::List(former)));
}

impl Enterprise {
    /// The codes it has and had.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.code.iter().chain(&self.former_codes)
    }

    /// Its membership in an edition.
    pub fn membership(&self, edition: &EditionId) -> Option<&Membership> {
        self.memberships.iter().find(|membership| membership.edition == *edition)
    }

    /// Every name it has or had.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        [Some(&self.name), self.name_en.as_ref()]
            .into_iter()
            .flatten()
            .chain(self.former_names.iter().map(|former| &former.name))
    }

    /// Whether it no longer exists: an edition ended because it was deregistered, by the standard word for that.
    pub fn is_gone(&self) -> bool {
        let reasons = self.memberships.iter().filter_map(|membership| membership.reason.as_ref());
        reasons.into_iter().any(|reason| reason.as_str() == "deregistered")
    }

    /// A figure of a full year.
    pub fn yearly(&self, year: i32, metric: &str) -> Option<Amount> {
        self.indicators.get(&Period::year(year))?.get(metric).copied()
    }
}
/// Keeps the name an enterprise had, where it is given another one: an old list then still finds it. Another way of
/// writing the same name is no other name.
pub fn keep_former_name(before: &Value, after: &mut Value) {
    let name = |value: &Value| value.get("name").map(ToString::to_string);
    let (Some(old), Some(new)) = (name(before), name(after)) else { return };
    let (old_key, new_key) = (NameKey::of(&old), NameKey::of(&new));
    if old_key == new_key {
        return;
    }
    let is_called =
        |former: &Value, key: &NameKey| name(former).is_some_and(|name| NameKey::of(&name) == *key);
    let mut former = after.list("former_names").to_vec();
    former.retain(|former| !is_called(former, &new_key));
    if !former.iter().any(|former| is_called(former, &old_key)) {
        let mut entry = Table::default();
        entry.insert("name", Value::Text(old));
        former.push(Value::Table(entry));
    }
    after.set(&["former_names"], (!former.is_empty()).then_some(Value::List(former)));
}

#[cfg(test)]
mod renaming {
    use super::*;

    fn named(name: &str, former: &[&str]) -> Value {
        let mut table = Table::default();
        table.insert("name", Value::Text(name.to_owned()));
        let mut value = Value::Table(table);
        for old in former {
            let before = named(old, &[]);
            keep_former_name(&before, &mut value);
        }
        value
    }

    fn former(value: &Value) -> Vec<String> {
        let names = value.list("former_names").iter();
        names.filter_map(|former| former.get("name").map(ToString::to_string)).collect()
    }

    #[test]
    fn a_name_that_was_is_kept_once_and_leaves_when_it_comes_back() {
        let renamed = named("示例新厂", &["示例旧厂"]);
        assert_eq!(former(&renamed), ["示例旧厂"]);
        let mut back = renamed.clone();
        back.set(&["name"], Some(Value::Text("示例旧厂".to_owned())));
        keep_former_name(&renamed, &mut back);
        assert_eq!(former(&back), ["示例新厂"]);
        let mut respelt = renamed.clone();
        respelt.set(&["name"], Some(Value::Text("示例 新厂".to_owned())));
        keep_former_name(&renamed, &mut respelt);
        assert_eq!(former(&respelt), ["示例旧厂"]);
    }
}
