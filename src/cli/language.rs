//! The language people are spoken to in, known before the command line is parsed: help and complaints about the
//! command line are in it too.

use std::ffi::OsString;
use std::path::Path;

use super::environment::Environment;
use crate::model::lang::Lang;
use crate::model::programme::Language;
use crate::model::records::Records;
use crate::store::Store;

/// `--lang`, else the locale, else the programme's language, else English. A `--lang` that is none is left to the
/// parser of arguments.
pub fn spoken(arguments: &[OsString], environment: &Environment) -> Lang {
    let asked = option(arguments, "--lang").as_deref().and_then(named);
    asked.or_else(|| environment.lang()).or_else(|| of_programme(arguments, environment)).unwrap_or_default()
}

/// The language with a name.
pub fn named(name: &str) -> Option<Lang> {
    match name {
        "en" => Some(Lang::En),
        "zh" => Some(Lang::Zh),
        _ => None,
    }
}

fn of_programme(arguments: &[OsString], environment: &Environment) -> Option<Lang> {
    match store(arguments, environment)?.language()? {
        Language::En => Some(Lang::En),
        Language::Zh => Some(Lang::Zh),
    }
}

fn store(arguments: &[OsString], environment: &Environment) -> Option<Store> {
    let folder =
        option(arguments, "--data").or_else(|| environment.data.as_ref()?.to_str().map(str::to_owned));
    match folder {
        Some(folder) => Store::open(Path::new(&folder)).ok(),
        None => Store::find(&environment.folder).ok(),
    }
}

/// The records, for helps that name their words; read only where such a help is asked for.
pub fn records(arguments: &[OsString], environment: &Environment) -> Option<Records> {
    if !arguments.iter().any(|word| word.to_str().is_some_and(super::field_help::is_filled)) {
        return None;
    }
    Some(store(arguments, environment)?.load().ok()?.records)
}

/// The value of an option, as it stands in the arguments.
fn option(arguments: &[OsString], name: &str) -> Option<String> {
    let mut words = arguments.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--"));
    while let Some(word) = words.next() {
        match word.strip_prefix(name) {
            Some("") => return words.next().map(str::to_owned),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_found_before_the_command_line_is_parsed() {
        let found = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            option(&words, "--lang")
        };
        assert_eq!(found("kunpeng --lang zh --help").as_deref(), Some("zh"));
        assert_eq!(found("kunpeng import --lang=en").as_deref(), Some("en"));
        assert_eq!(found("kunpeng import -- --lang zh"), None);
        assert_eq!(found("kunpeng import --language zh"), None);
    }
}
