//! The names of columns that are known for one kind of table: ids, the usual headers as data, the words of the
//! programme, and what the user added.

use std::collections::{BTreeMap, HashMap};

use toml::de::{DeTable, DeValue};

use crate::import::columns::kind::ImportKind;
use crate::import::layout::find::KnownHeaders;
use crate::import::layout::header_text::HeaderText;
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::records::Records;

/// The usual headers of each column, as data.
const SYNONYMS: &str = include_str!("columns.toml");

/// The header of the reason; a column of that name is left out when the file is imported again.
pub const REASON: &str = "拒绝原因";

/// In `--map HEADER=-`: the column is left out on purpose.
pub const LEFT_OUT: &str = "-";

/// What each header stands for.
#[derive(Debug)]
pub struct ColumnNames {
    by_key: HashMap<NameKey, String>,
    fields: Vec<String>,
    money: Vec<String>,
    is_by_period: bool,
    map: Vec<(String, String)>,
}

/// The key of a column's id, for which `credit_code`, `credit code` and `Credit-Code` are one.
fn id_key(text: &str) -> NameKey {
    NameKey::of(&text.replace(['_', '-'], " "))
}

impl ColumnNames {
    /// What is known for a kind of table. `more` is the text of a store's own list; `map` is what the user given.
    pub fn of(
        kind: ImportKind,
        records: &Records,
        more: Option<&str>,
        map: &[(String, String)],
    ) -> Result<Self, String> {
        let mut fields = kind.columns(records);
        if kind == ImportKind::Attendance {
            fields.extend(super::kind::SIGN_IN.map(str::to_owned));
        }
        let mut by_key = HashMap::new();
        for text in [Some(SYNONYMS), more].into_iter().flatten() {
            by_key.extend(listed(text, kind)?);
        }
        by_key.extend(words(kind, records));
        by_key.extend(fields.iter().map(|id| (id_key(id), id.clone())));
        by_key.retain(|_, id| fields.contains(id) || id == LEFT_OUT);
        let money = fields.iter().filter(|field| kind.is_money(field, records)).cloned().collect();
        Ok(Self { by_key, fields, money, is_by_period: kind == ImportKind::Indicators, map: map.to_vec() })
    }

    /// The field of a key.
    pub fn find(&self, key: &NameKey) -> Option<&str> {
        self.by_key.get(key).or_else(|| self.by_key.get(&id_key(key.as_str()))).map(String::as_str)
    }

    /// What the user given a header means.
    pub fn mapped(&self, header: &str) -> Option<&str> {
        let key = NameKey::of(header);
        self.map.iter().find(|(from, _)| NameKey::of(from) == key).map(|(_, to)| to.as_str())
    }

    /// What the user given.
    pub fn map(&self) -> &[(String, String)] {
        &self.map
    }

    /// The fields of this kind of table.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Whether a field holds money.
    pub fn is_money(&self, id: &str) -> bool {
        self.money.iter().any(|it| it == id)
    }

    /// Whether a field is reported by period.
    pub fn is_metric(&self, id: &str) -> bool {
        self.is_by_period && !["enterprise", "period", LEFT_OUT].contains(&id)
    }

    /// Every name with its field, in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let sorted: BTreeMap<&str, &str> =
            self.by_key.iter().map(|(key, id)| (key.as_str(), id.as_str())).collect();
        sorted.into_iter()
    }

    fn value(&self, text: &str) -> Option<&str> {
        let heading = HeaderText::of(text);
        let dated = heading.period.into_iter().flat_map(|(_, keys)| keys).filter(|_| self.is_by_period);
        self.mapped(text)
            .or_else(|| heading.keys.iter().find_map(|key| self.find(key)))
            .or_else(|| dated.collect::<Vec<_>>().iter().find_map(|key| self.find(key)))
    }
}

impl KnownHeaders for ColumnNames {
    fn knows(&self, text: &str) -> bool {
        self.value(text).is_some()
    }

    fn is_number(&self, text: &str) -> bool {
        self.value(text) == Some(LEFT_OUT)
            && self.mapped(text).is_none()
            && NameKey::of(text) != NameKey::of(REASON)
    }
}

/// The headers of a list for a kind of table: those of all kinds first.
fn listed(text: &str, kind: ImportKind) -> Result<Vec<(NameKey, String)>, String> {
    let lists = DeTable::parse(text).map_err(|error| error.message().to_owned())?.into_inner();
    let mut listed = Vec::new();
    for section in ["all", kind.id()] {
        let Some(DeValue::Table(columns)) = lists.get(section).map(toml::Spanned::get_ref) else { continue };
        for (id, names) in columns {
            let names = names.get_ref().as_array().map(|names| &names[..]).unwrap_or_default();
            let names = names.iter().filter_map(|name| name.get_ref().as_str());
            listed.extend(names.map(|name| (NameKey::of(name), id.get_ref().to_string())));
        }
    }
    Ok(listed)
}

/// The names of metrics and criteria.
fn words(kind: ImportKind, records: &Records) -> Vec<(NameKey, String)> {
    let mut words = Vec::new();
    if kind == ImportKind::Indicators {
        for word in records.programme.words(Kind::Metric) {
            let names = [Some(word.name), word.name_en].into_iter().flatten().chain(word.also);
            words.extend(names.map(|name| (name.key(), word.id.to_owned())));
        }
    }
    if kind == ImportKind::Candidates {
        for (id, criterion) in records.editions.values().flat_map(|edition| &edition.rubric) {
            let names = [Some(&criterion.name), criterion.name_en.as_ref()].into_iter().flatten();
            words.extend(names.map(|name| (name.key(), id.to_string())));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_headers_is_well_formed() {
        for kind in ImportKind::ALL {
            assert!(listed(SYNONYMS, *kind).is_ok_and(|listed| !listed.is_empty()));
        }
    }
}
