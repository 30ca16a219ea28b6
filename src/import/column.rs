//! Which column of a sheet is which field: ids, the usual Chinese and English headers, and the user's own word.

use std::collections::{BTreeMap, HashMap};

use toml::de::{DeTable, DeValue};

use super::kind::ImportKind;
use super::sheet::Sheet;
use crate::model::amount::Unit;
use crate::model::finding::Finding;
use crate::model::kind::Kind;
use crate::model::name::NameKey;
use crate::model::nearest::did_you_mean;
use crate::model::records::Records;
use crate::model::rule;

/// The usual headers of each column, as data.
const SYNONYMS: &str = include_str!("columns.toml");

/// In `--map HEADER=-`: the column is left out on purpose.
pub const LEFT_OUT: &str = "-";

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in the sheet, counted from 0.
    pub index: usize,
    /// The field.
    pub id: String,
    /// The unit its header gives.
    pub unit: Option<Unit>,
}

/// The columns of a sheet by field.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Every column that is read, by its field.
    pub by_id: BTreeMap<String, Column>,
    /// The headers that are left out on purpose.
    pub left_out: Vec<String>,
}

/// A header without white space, asterisks and brackets at its end, and the unit that stood in them.
fn plain(header: &str) -> (NameKey, Option<Unit>) {
    let trimmed = header.trim().trim_start_matches('*').trim_end_matches('*').trim();
    let bracket = trimmed.char_indices().rev().find(|(_, c)| matches!(c, '(' | '（')).map(|(at, _)| at);
    match bracket.filter(|at| *at > 0 && trimmed.ends_with([')', '）'])) {
        Some(at) => {
            let inside = trimmed[at..].trim_matches(['(', '（', ')', '）']);
            let (rest, unit) =
                Unit::ending(inside.trim_start_matches("单位").trim_start_matches([':', '：']));
            (NameKey::of(&trimmed[..at]), unit.filter(|_| rest.is_empty()))
        }
        None => (NameKey::of(trimmed), None),
    }
}

/// The key of a column's id, for which `credit_code`, `credit code` and `Credit-Code` are one.
fn id_key(text: &str) -> NameKey {
    NameKey::of(&text.replace(['_', '-'], " "))
}

/// What each header key stands for.
struct Headers(HashMap<NameKey, String>);

impl Headers {
    fn of(kind: ImportKind, known: &[String], records: &Records) -> Self {
        let mut headers = HashMap::new();
        let synonyms = DeTable::parse(SYNONYMS).map(toml::Spanned::into_inner).unwrap_or_default();
        for section in ["all", kind.id()] {
            let Some(DeValue::Table(columns)) = synonyms.get(section).map(toml::Spanned::get_ref) else {
                continue;
            };
            for (id, list) in columns {
                let list = list.get_ref().as_array().map(|list| &list[..]).unwrap_or_default();
                for header in list.iter().filter_map(|header| header.get_ref().as_str()) {
                    headers.insert(NameKey::of(header), id.get_ref().to_string());
                }
            }
        }
        if kind == ImportKind::Indicators {
            for word in records.programme.words(Kind::Metric) {
                let names = [Some(word.name), word.name_en].into_iter().flatten().chain(word.also);
                headers.extend(names.map(|name| (name.key(), word.id.to_owned())));
            }
        }
        if kind == ImportKind::Candidates {
            for (id, criterion) in records.editions.values().flat_map(|edition| &edition.rubric) {
                let names = [Some(&criterion.name), criterion.name_en.as_ref()].into_iter().flatten();
                headers.extend(names.map(|name| (name.key(), id.to_string())));
            }
        }
        headers.extend(known.iter().map(|id| (id_key(id), id.clone())));
        headers.retain(|_, id| known.contains(id) || id == LEFT_OUT);
        Self(headers)
    }

    fn find(&self, key: &NameKey) -> Option<&String> {
        self.0.get(key).or_else(|| self.0.get(&id_key(key.as_str())))
    }
}

impl Columns {
    /// Finds the columns of a sheet. `map` holds what the user said: header to field, or to [`LEFT_OUT`].
    pub fn find(
        kind: ImportKind,
        sheet: &Sheet,
        map: &[(String, String)],
        records: &Records,
    ) -> Result<Self, Vec<Finding>> {
        let known = kind.columns(records);
        let headers = Headers::of(kind, &known, records);
        let mut columns = Self::default();
        let mut found = mistaken_maps(sheet, map, &known);
        for (index, header) in sheet.header.iter().enumerate() {
            let (key, unit) = plain(header);
            let told = map.iter().find(|(from, _)| NameKey::of(from) == NameKey::of(header));
            let id = told.map(|(_, to)| to).or_else(|| headers.find(&key));
            match id {
                Some(id) if id == LEFT_OUT => columns.left_out.push(header.clone()),
                Some(id) => {
                    let column = Column { index, id: id.clone(), unit };
                    if let Some(first) = columns.by_id.insert(id.clone(), column) {
                        found.push(two_columns(sheet, id, first.index, index));
                    }
                }
                None if key.is_empty() && sheet.rows.iter().all(|row| is_blank_at(&row.cells, index)) => {}
                None => found.push(unknown(sheet, index, &known, &headers)),
            }
        }
        if found.is_empty() { Ok(columns) } else { Err(found) }
    }
}

fn is_blank_at(cells: &[String], index: usize) -> bool {
    cells.get(index).is_none_or(|cell| cell.trim().is_empty())
}

/// What the user mapped and the file or the kind of table does not have.
fn mistaken_maps(sheet: &Sheet, map: &[(String, String)], known: &[String]) -> Vec<Finding> {
    let argument =
        |from: &str, to: &str| crate::model::finding::Place::Argument(format!("--map {from}={to}"));
    let mut found = Vec::new();
    for (from, to) in map {
        if !sheet.header.iter().any(|header| NameKey::of(header) == NameKey::of(from)) {
            let near = did_you_mean(from, sheet.header.iter().map(String::as_str))
                .unwrap_or_else(|| format!("the headers are {}", sheet.header.join(", ")));
            let message = format!("`{}` has no column `{from}`", sheet.file);
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
        if to != LEFT_OUT && !known.contains(to) {
            let near = did_you_mean(to, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("the fields are {}", known.join(", ")));
            let message = format!("`{to}` is not a field of this kind of table");
            found.push(Finding::new(&rule::UNKNOWN_COLUMN, message, argument(from, to)).help(near));
        }
    }
    found
}

fn two_columns(sheet: &Sheet, id: &str, first: usize, second: usize) -> Finding {
    let message = format!("`{}` and `{}` both mean `{id}`", sheet.header[first], sheet.header[second]);
    Finding::new(&rule::DUPLICATE_COLUMN, message, sheet.head(first))
        .and(sheet.head(second))
        .help(format!("leave one out: `--map \"{}=-\"`", sheet.header[second]))
}

fn unknown(sheet: &Sheet, index: usize, known: &[String], headers: &Headers) -> Finding {
    let header = &sheet.header[index];
    let (key, _) = plain(header);
    let mut candidates: Vec<(&str, &str)> =
        headers.0.iter().map(|(key, id)| (key.as_str(), id.as_str())).collect();
    candidates.sort_unstable();
    let near = crate::model::nearest::nearest(key.as_str(), candidates.iter().map(|(key, _)| *key))
        .and_then(|near| candidates.iter().find(|(key, _)| *key == near))
        .map(|(_, id)| format!("did you mean `{id}`? say so with `--map \"{header}={id}\"`"));
    let help = near.unwrap_or_else(|| {
        format!(
            "map it with `--map \"{header}=FIELD\"`, or leave it out with `--map \"{header}=-\"`; fields: {}",
            known.join(", ")
        )
    });
    Finding::new(&rule::UNKNOWN_COLUMN, format!("the column `{header}` is not known"), sheet.head(index))
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_gives_up_its_unit_and_its_ornaments() {
        assert_eq!(plain("*营业收入\n（万元）"), (NameKey::of("营业收入"), Some(Unit::TenThousand)));
        assert_eq!(plain("资产总额（单位：元）"), (NameKey::of("资产总额"), Some(Unit::One)));
        assert_eq!(plain("从业人员(人)"), (NameKey::of("从业人员"), None));
        assert_eq!(plain("Credit code"), (NameKey::of("credit code"), None));
    }

    #[test]
    fn the_list_of_headers_is_well_formed() {
        assert!(DeTable::parse(SYNONYMS).is_ok());
    }
}
