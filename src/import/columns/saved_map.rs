//! Maps that a user saved in the store's `columns.toml`: header maps under a name of their own, word maps under the kind
//! of table they are for.

use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, Table};

/// The part of `columns.toml` with the header maps: for each header its field.
pub const HEADER_MAPS: &str = "maps";

/// The part with the word maps: for each word of a cell the id it stands for.
pub const WORD_MAPS: &str = "words";

/// The map that is saved in a part under a name; none if there is none of that name.
pub fn find(text: &str, part: &str, name: &str) -> Result<Option<Vec<(String, String)>>, String> {
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

/// The text of the file with a map saved in a part under a name. A header map of that name is replaced, a word map added
/// to.
pub fn put(text: &str, (part, name): (&str, &str), pairs: &[(String, String)]) -> Result<String, String> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let maps = document.entry(part).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let maps = maps.as_table_mut().ok_or_else(|| format!("`{part}` is not a table"))?;
    if part == HEADER_MAPS {
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
        let text = put("# ours\n[all]\nenterprise = [\"厂名\"]\n", (HEADER_MAPS, "towns"), &map).unwrap();
        assert!(text.starts_with("# ours\n"));
        assert_eq!(find(&text, HEADER_MAPS, "towns"), Ok(Some(map)));
        assert_eq!(find(&text, HEADER_MAPS, "others"), Ok(None));
        let word = |word: &str, id: &str| vec![(word.to_owned(), id.to_owned())];
        let text = put(&text, (WORD_MAPS, "projects"), &word("立项", "approved")).unwrap();
        let text = put(&text, (WORD_MAPS, "projects"), &word("瞪羚", "-")).unwrap();
        let words = find(&text, WORD_MAPS, "projects").unwrap().unwrap();
        assert_eq!(words, [word("立项", "approved"), word("瞪羚", "-")].concat());
        assert!(find("=", HEADER_MAPS, "towns").is_err());
    }
}
