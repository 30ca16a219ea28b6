//! Saved maps: what a user once given of the headers of a form, under a name, in the store's `columns.toml`.

use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, Table};

/// The map of a name; none if there is no such map.
pub fn named(text: &str, name: &str) -> Result<Option<Vec<(String, String)>>, String> {
    let document = DeTable::parse(text).map_err(|error| error.message().to_owned())?.into_inner();
    let Some(DeValue::Table(maps)) = document.get("maps").map(toml::Spanned::get_ref) else {
        return Ok(None);
    };
    let Some(DeValue::Table(map)) = maps.get(name).map(toml::Spanned::get_ref) else { return Ok(None) };
    let pairs = map.iter().filter_map(|(header, field)| {
        Some((header.get_ref().to_string(), field.get_ref().as_str()?.to_owned()))
    });
    Ok(Some(pairs.collect()))
}

/// The text with a map saved under a name; one of that name is replaced.
pub fn with(text: &str, name: &str, map: &[(String, String)]) -> Result<String, String> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let maps = document.entry("maps").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let maps = maps.as_table_mut().ok_or("`maps` is not a table")?;
    let mut table = Table::new();
    for (header, field) in map {
        table.insert(header, toml_edit::value(field));
    }
    maps.insert(name, Item::Table(table));
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_map_is_found_again_and_comments_stay() {
        let map = vec![("营业收入（万元）".to_owned(), "revenue".to_owned())];
        let text = with("# ours\n[all]\nenterprise = [\"厂名\"]\n", "towns", &map).unwrap();
        assert!(text.starts_with("# ours\n"));
        assert_eq!(named(&text, "towns"), Ok(Some(map)));
        assert_eq!(named(&text, "others"), Ok(None));
        assert!(named("=", "towns").is_err());
    }
}
