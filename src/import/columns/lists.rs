//! Lists of headers as they stand in a file: the built-in one, and a store's own.

use toml::de::{DeTable, DeValue};

use crate::import::columns::composed::Composed;
use crate::import::columns::kind::ImportKind;
use crate::import::columns::spelling::{Groups, expanded};
use crate::model::name::NameKey;

/// The usual headers of each column, as data.
pub const SYNONYMS: &str = include_str!("columns.toml");

/// A list of headers as it stands in a file.
pub struct Lists<'t>(DeTable<'t>);

impl<'t> Lists<'t> {
    /// Reads a file.
    pub fn read(text: &'t str) -> Result<Self, String> {
        DeTable::parse(text).map(|lists| Self(lists.into_inner())).map_err(|error| error.message().to_owned())
    }

    /// The texts of a key of a section.
    pub fn texts(&self, section: &str, key: &str) -> Vec<String> {
        let section = self.section(section);
        let mut found = section.filter(|(id, _)| *id == key).map(|(_, texts)| texts);
        found.next().unwrap_or_default()
    }

    /// Every id of a section with its texts.
    pub fn section(&self, name: &str) -> impl Iterator<Item = (&str, Vec<String>)> {
        let table = match self.0.get(name).map(toml::Spanned::get_ref) {
            Some(DeValue::Table(table)) => Some(table),
            _ => None,
        };
        table.into_iter().flat_map(|table| table.iter()).map(|(id, texts)| {
            let texts = texts.get_ref().as_array().map(|texts| &texts[..]).unwrap_or_default();
            let texts = texts.iter().filter_map(|text| text.get_ref().as_str()).map(str::to_owned);
            (id.get_ref().as_ref(), texts.collect())
        })
    }

    /// The lists of words that patterns name.
    pub fn groups(&self) -> Groups {
        self.section("groups").map(|(name, words)| (name.to_owned(), words)).collect()
    }

    /// What headers of a kind of table are made of: those of all kinds first, which its own go before.
    pub fn composed(&self, kind: ImportKind, groups: &Groups) -> Result<Vec<Composed>, String> {
        let Some(DeValue::Table(kinds)) = self.0.get("parts").map(toml::Spanned::get_ref) else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        for part in ["all", kind.id()] {
            let Some(DeValue::Table(fields)) = kinds.get(part).map(toml::Spanned::get_ref) else { continue };
            for (id, lists) in fields {
                let mut lists = lists.get_ref().as_array().into_iter().flatten().map(|list| {
                    let patterns = list.get_ref().as_array().into_iter().flatten();
                    let patterns = patterns.filter_map(|text| text.get_ref().as_str());
                    let texts =
                        patterns.map(|pattern| expanded(pattern, groups)).collect::<Result<Vec<_>, _>>()?;
                    Ok::<_, String>(texts.concat())
                });
                if let (Some(stems), Some(ends)) = (lists.next(), lists.next()) {
                    all.push(Composed { id: id.get_ref().to_string(), stems: stems?, ends: ends? });
                }
            }
        }
        Ok(all)
    }

    /// The headers of a kind of table: those of all kinds first, which its own go before.
    pub fn headers(&self, kind: ImportKind, groups: &Groups) -> Result<Vec<(NameKey, String)>, String> {
        let mut headers = Vec::new();
        for section in ["all", kind.id()] {
            for (id, patterns) in self.section(section) {
                for pattern in patterns {
                    let spellings = expanded(&pattern, groups)?;
                    headers.extend(spellings.iter().map(|text| (NameKey::of(text), id.to_owned())));
                }
            }
        }
        Ok(headers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_headers_is_well_formed() {
        let lists = Lists::read(SYNONYMS).unwrap();
        for kind in ImportKind::ALL {
            assert!(lists.headers(*kind, &lists.groups()).is_ok_and(|headers| !headers.is_empty()));
        }
    }
}
