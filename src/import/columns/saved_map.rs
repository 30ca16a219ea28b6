//! What a user once said of a form, in the store's `columns.toml`: its headers, under a name; its words, by the kind of
//! table they stand in.

use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, Table};

/// The part of the maps.
pub const MAPS: &str = "maps";

/// The part of the words.
pub const WORDS: &str = "words";

/// What is saved in a part under a name; none if there is nothing of that name.
pub fn named(text: &str, part: &str, name: &str) -> Result<Option<Vec<(String, String)>>, String> {
    let document = DeTable::parse(text).map_err(|error| error.message().to_owned())?.into_inner();
    let Some(DeValue::Table(maps)) = document.get(part).map(toml::Spanned::get_ref) else {
        return Ok(None);
    };
    let Some(DeValue::Table(map)) = maps.get(name).map(toml::Spanned::get_ref) else { return Ok(None) };
    let pairs = map.iter().filter_map(|(header, field)| {
        Some((header.get_ref().to_string(), field.get_ref().as_str()?.to_owned()))
    });
    Ok(Some(pairs.collect()))
}

/// The text with pairs saved in a part under a name. A map of that name is replaced; words are added to those that are
/// there.
pub fn with(text: &str, (part, name): (&str, &str), pairs: &[(String, String)]) -> Result<String, String> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let maps = document.entry(part).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let maps = maps.as_table_mut().ok_or_else(|| format!("`{part}` is not a table"))?;
    if part == MAPS {
        maps.remove(name);
    }
    let table = maps.entry(name).or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_mut().ok_or_else(|| format!("`{part}.{name}` is not a table"))?;
    for (from, to) in pairs {
        table.insert(from, toml_edit::value(to));
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_map_is_found_again_and_comments_stay() {
        let map = vec![("营业收入（万元）".to_owned(), "revenue".to_owned())];
        let text = with("# ours\n[all]\nenterprise = [\"厂名\"]\n", (MAPS, "towns"), &map).unwrap();
        assert!(text.starts_with("# ours\n"));
        assert_eq!(named(&text, MAPS, "towns"), Ok(Some(map)));
        assert_eq!(named(&text, MAPS, "others"), Ok(None));
        let word = |word: &str, id: &str| vec![(word.to_owned(), id.to_owned())];
        let text = with(&text, (WORDS, "projects"), &word("立项", "approved")).unwrap();
        let text = with(&text, (WORDS, "projects"), &word("瞪羚", "-")).unwrap();
        let words = named(&text, WORDS, "projects").unwrap().unwrap();
        assert_eq!(words, [word("立项", "approved"), word("瞪羚", "-")].concat());
        assert!(named("=", MAPS, "towns").is_err());
    }
}
