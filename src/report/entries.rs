//! The lists inside enterprises' files, as one table a kind: one piece of code for all of them, from the plain
//! data of the entries.

use super::cohort::Cohort;
use super::filter::Filter;
use super::own_field;
use super::table::{Cell, Kind as Holds, Table};
use super::view::{View, number};
use crate::model::candidacy::Decision;
use crate::model::enterprise::Enterprise;
use crate::model::entry::{CANDIDATE, EntryKind, MEMBER};
use crate::model::id::{EditionId, EnterpriseId};
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::membership::Outcome;
use crate::model::project::State;
use crate::model::recognition::Action;
use crate::model::shape::Shape;
use crate::model::value::Value;

/// The members of a filter's edition, those among the enterprises it leaves.
pub fn members(view: &View, filter: &Filter) -> Table {
    of_edition(view, "members", &MEMBER, filter)
}

/// The candidates of a filter's edition, those among the enterprises it leaves.
pub fn candidates(view: &View, filter: &Filter) -> Table {
    of_edition(view, "candidates", &CANDIDATE, filter)
}

fn of_edition(view: &View, id: &str, kind: &EntryKind, filter: &Filter) -> Table {
    let fields: Vec<&'static str> = kind.fields.iter().copied().filter(|field| *field != "edition").collect();
    let mut columns = vec![("enterprise", Holds::Id), ("name", Holds::Name)];
    columns.extend(fields.iter().map(|field| (*field, holds(field))));
    let mut table = view.table(id, &columns);
    own_field::add_columns(view, kind.owner, &mut table);
    for Entry { id, enterprise, value: entry, .. } in stored(view, kind, filter) {
        let name = view.name(&enterprise.name, enterprise.name_en.as_ref());
        let mut row = vec![Cell::Text(id.to_string()), name];
        row.extend(fields.iter().map(|field| cell(view, field, entry.get(field))));
        row.extend(own_field::cells(view, kind.owner, |field| entry.get("more")?.get(field)));
        table.row(row);
    }
    table
}

/// One entry with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'r> {
    /// The enterprise.
    pub id: &'r EnterpriseId,
    /// The enterprise's record.
    pub enterprise: &'r Enterprise,
    /// The position in its list, counted from 1: what `set` and `remove` name.
    pub number: usize,
    /// The entry as it is stored.
    pub value: Value,
}

/// All entries of a kind. With an edition: the entries of its members, or, of kinds that name an edition
/// themselves, those that name it.
pub fn stored<'r>(view: &View<'r>, kind: &EntryKind, filter: &Filter) -> Vec<Entry<'r>> {
    let names_edition = kind.fields.contains(&"edition");
    let of_members = filter.edition.clone().filter(|_| !names_edition);
    let enterprises = Filter { edition: of_members, ..filter.clone() };
    let wanted = filter.edition.as_ref().filter(|_| names_edition);
    let mut found = Vec::new();
    for member in Cohort::filtered(view, &enterprises).members {
        for (index, value) in values(member.enterprise, kind).into_iter().enumerate() {
            if wanted.is_none_or(|edition| is_of(&value, edition)) {
                found.push(Entry { id: member.id, enterprise: member.enterprise, number: index + 1, value });
            }
        }
    }
    found
}

/// All entries of a kind as a table.
pub fn entries(view: &View, kind: &EntryKind, filter: &Filter) -> Table {
    let mut columns = vec![("enterprise", Holds::Coded), ("no", Holds::Count)];
    columns.extend(kind.fields.iter().map(|field| (*field, holds(field))));
    let mut table = view.table(&format!("{}-list", kind.list), &columns);
    own_field::add_columns(view, kind.owner, &mut table);
    for entry in stored(view, kind, filter) {
        let name =
            crate::model::word::label(&entry.enterprise.name, entry.enterprise.name_en.as_ref(), view.lang);
        let mut row = vec![Cell::coded(entry.id, name), Cell::count(entry.number)];
        row.extend(kind.fields.iter().map(|field| cell(view, field, entry.value.get(field))));
        row.extend(own_field::cells(view, kind.owner, |field| entry.value.get("more")?.get(field)));
        table.row(row);
    }
    table
}

/// The plain data of a list.
fn values(enterprise: &Enterprise, kind: &EntryKind) -> Vec<Value> {
    fn all<T: Shape>(list: &[T]) -> Vec<Value> {
        list.iter().filter_map(T::write).collect()
    }
    match kind.list {
        "candidacies" => all(&enterprise.candidacies),
        "memberships" => all(&enterprise.memberships),
        "recognitions" => all(&enterprise.recognitions),
        "platforms" => all(&enterprise.platforms),
        "projects" => all(&enterprise.projects),
        "needs" => all(&enterprise.needs),
        _ => Vec::new(),
    }
}

fn is_of(entry: &Value, edition: &EditionId) -> bool {
    matches!(entry.get("edition"), Some(Value::Text(id)) if id == edition.as_str())
}

/// The kind of thing a field refers to.
fn refers(field: &str) -> Option<Kind> {
    match field {
        "edition" => Some(Kind::Edition),
        "title" => Some(Kind::Title),
        "level" => Some(Kind::Level),
        "kind" => Some(Kind::PlatformKind),
        "category" => Some(Kind::Category),
        "reason" => Some(Kind::ExitReason),
        "modules" => Some(Kind::Module),
        _ => None,
    }
}

/// The label of a word of a closed list.
fn word(field: &str, id: &str, lang: Lang) -> Option<&'static str> {
    match field {
        "action" => id.parse().ok().map(|it: Action| it.label(lang)),
        "state" => id.parse().ok().map(|it: State| it.label(lang)),
        "outcome" => id.parse().ok().map(|it: Outcome| it.label(lang)),
        "decision" => id.parse().ok().map(|it: Decision| it.label(lang)),
        _ => None,
    }
}

/// What the column of a field holds.
pub fn holds(field: &str) -> Holds {
    match field {
        "edition" | "title" | "level" | "kind" | "category" | "reason" | "action" | "state" | "outcome"
        | "decision" => Holds::Coded,
        "recognised" | "expires" | "let_go" | "submitted" | "decided" | "received" | "closed" | "applied"
        | "joined" | "left" => Holds::Date,
        "requested" | "granted" => Holds::Amount,
        "scores" => Holds::Count,
        _ => Holds::Text,
    }
}

/// A field as people read it.
pub fn cell(view: &View, field: &str, value: Option<&Value>) -> Cell {
    let Some(value) = value else {
        return if field == "scores" { Cell::Count(0) } else { Cell::Missing };
    };
    match (holds(field), value) {
        (Holds::Date, value) => {
            value.to_string().parse().map_or_else(|_| Cell::Text(value.to_string()), Cell::Date)
        }
        (Holds::Amount, Value::Number(amount)) => Cell::Amount(*amount),
        (Holds::Count, Value::List(list)) => Cell::count(list.len()),
        (Holds::Coded, Value::Text(id)) => match (refers(field), word(field, id, view.lang)) {
            (Some(kind), _) => view.coded(kind, id),
            (None, Some(label)) => Cell::coded(id, label),
            (None, None) => Cell::Text(id.clone()),
        },
        (_, Value::List(list)) => {
            let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
            match refers(field) {
                Some(kind) => view.labels(kind, texts.iter().map(String::as_str)),
                None => view.joined(texts),
            }
        }
        (_, Value::Number(value)) => number(*value),
        (_, value) => Cell::Text(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::{PLATFORM, PROJECT, RECOGNITION};
    use crate::report::fixture::{Store, rows};

    fn of_edition(id: &str) -> Filter {
        Filter::edition(&id.parse().unwrap())
    }

    #[test]
    fn the_number_of_an_entry_is_its_place_in_the_list_of_its_enterprise() {
        let store = Store::rich();
        assert_eq!(
            rows(&entries(&store.view(), &PLATFORM, &Filter::default())),
            ["a 1 centre city – 2022-07-01 –", "a 2 laboratory – – 2022-08-01 –"]
        );
        // The second membership keeps its number where the first is not shown.
        let table = entries(&store.view(), &MEMBER, &of_edition("3"));
        assert_eq!(rows(&table), ["a 2 3 – – – – –", "c 1 3 – – – – –"]);
    }

    #[test]
    fn fields_are_shown_as_what_they_are() {
        let store = Store::rich();
        let table = entries(&store.view(), &RECOGNITION, &of_edition("2"));
        assert_eq!(rows(&table), ["a 1 srdi province – 2022-06-01 – – –", "a 2 hnte – – 2021 – – –"]);
        assert!(matches!(&table.rows[0][2], Cell::Coded { label, .. } if label == "SRDI"));
        assert!(matches!(&table.rows[1][5], Cell::Date(_)));
        let table = entries(&store.view(), &PROJECT, &Filter::default());
        assert!(matches!(&table.rows[0][4], Cell::Coded { id, .. } if id == "approved"));
        assert!(matches!(table.rows[0][7], Cell::Amount(_)));
    }

    #[test]
    fn members_and_candidates_are_those_of_the_edition() {
        let store = Store::rich();
        assert_eq!(
            rows(&members(&store.view(), &of_edition("2"))),
            ["a a公司 – – graduated – SRDI, listing", "b b公司 2022-03 2022-12-31 withdrawn – SRDI"]
        );
        assert_eq!(rows(&candidates(&store.view(), &of_edition("2"))), ["b b公司 – – selected – 0"]);
    }
}
