//! A change of a record taken back although others came after it: value by value, so that nothing stays but what
//! changed again.

use super::activity::Status;
use super::alignment::{alignment, is_mostly, keyed_alignment};
use super::entry::{self, EntryKind};
use super::finding::RecordRef;
use super::kind::Kind;
use super::value::{KeyPath, Step, Table, Value};

/// A state of something: its number among those of the record, and what it was.
type State<'v> = (usize, Option<&'v Value>);

/// A value that changed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The way to it.
    pub path: KeyPath,
    /// The states that are not as the one before them.
    pub states: Vec<usize>,
}

/// A record with a change taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenBack {
    /// What it is to be.
    pub value: Value,
    /// What changed again and stays.
    pub again: Vec<Again>,
}

/// Takes back a change of a record. `states` is what the change left, then each later state, the last the one that is
/// now; `wanted` is what was before the change. None if the record was not there, or is not now.
pub fn take_back(record: &RecordRef, states: &[Option<Value>], wanted: &Value) -> Option<TakenBack> {
    let folded: Vec<Option<Value>> =
        states.iter().map(|state| state.as_ref().map(|it| folded(record, it))).collect();
    let chain: Vec<State<'_>> = folded.iter().map(Option::as_ref).enumerate().collect();
    let now = states.last()?.as_ref()?;
    let mut work = Work { path: KeyPath::default(), again: Vec::new() };
    let value = work.value(&chain, Some(&self::folded(record, wanted)))?;
    let is_same = folded.last()?.as_ref() == Some(&value);
    let value = if is_same { now.clone() } else { unfolded(record, value) };
    Some(TakenBack { value, again: work.again })
}

struct Work {
    path: KeyPath,
    again: Vec<Again>,
}

impl Work {
    /// What a value becomes; none if it goes.
    fn value(&mut self, chain: &[State<'_>], wanted: Option<&Value>) -> Option<Value> {
        let (Some((_, left)), Some((_, now))) = (chain.first(), chain.last()) else { return None };
        if *left == wanted || *now == wanted {
            return now.cloned();
        }
        if now == left {
            return wanted.cloned();
        }
        let is_top = self.path.0.is_empty();
        let tables = (table(*left, is_top), table(*now, is_top), table(wanted, is_top));
        if let (Some(_), Some(_), Some(wanted)) = tables {
            let tables: Vec<(usize, &Table)> =
                chain.iter().filter_map(|(at, it)| Some((*at, table(*it, is_top)?))).collect();
            let merged = self.table(&tables, wanted);
            return (is_top || !merged.is_empty()).then_some(Value::Table(merged));
        }
        if let (Some(_), Some(_), Some(wanted)) = (list(*left), list(*now), list(wanted)) {
            let lists: Vec<(usize, &[Value])> =
                chain.iter().filter_map(|(at, it)| Some((*at, list(*it)?))).collect();
            let merged = self.list(&lists, wanted);
            return (!merged.is_empty()).then_some(Value::List(merged));
        }
        self.keep(chain);
        now.cloned()
    }

    /// Notes that what lies here changed again.
    fn keep(&mut self, chain: &[State<'_>]) {
        let states = chain.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1].0);
        self.again.push(Again { path: self.path.clone(), states: states.collect() });
    }

    fn table(&mut self, chain: &[(usize, &Table)], wanted: &Table) -> Table {
        let (Some((_, left)), Some((_, now))) = (chain.first(), chain.last()) else {
            return Table::default();
        };
        let mut merged = (*now).clone();
        let new = wanted.iter().filter(|(key, _)| left.get(key).is_none());
        for key in left.iter().chain(new).map(|(key, _)| key) {
            let below: Vec<State<'_>> = chain.iter().map(|(at, it)| (*at, it.get(key))).collect();
            self.path.0.push(Step::Key(key.to_owned().into()));
            match self.value(&below, wanted.get(key)) {
                Some(value) => merged.insert(key, value),
                None => merged.remove(key),
            }
            self.path.0.pop();
        }
        merged
    }

    /// A list of entries, each of which is followed from state to state.
    fn list(&mut self, chain: &[(usize, &[Value])], wanted: &[Value]) -> Vec<Value> {
        let (Some((_, left)), Some((_, now))) = (chain.first(), chain.last()) else { return Vec::new() };
        let kind = entry::ALL.into_iter().find(|kind| self.path == KeyPath::key(kind.list));
        let ways = followed(kind, chain);
        let before = continued(kind, left, wanted);
        let mut slots: Vec<Slot> =
            now.iter().map(|it| Slot { wanted: None, value: Some(it.clone()) }).collect();
        for (index, entry) in left.iter().enumerate() {
            let way = &ways[index];
            let place = before.iter().position(|it| *it == Some(index));
            let want = place.map(|at| &wanted[at]);
            let states: Vec<State<'_>> = chain
                .iter()
                .zip(way)
                .map(|((number, list), at)| (*number, at.and_then(|at| list.get(at))))
                .collect();
            let at = way.last().copied().flatten();
            if let Some(at) = at {
                slots[at].wanted = place;
            }
            if want == Some(entry) {
                continue;
            }
            self.path.0.push(Step::Index(at.unwrap_or(index)));
            match (at, want) {
                (Some(at), Some(_)) => slots[at].value = self.value(&states, want),
                (Some(at), None) if now[at] == *entry => slots[at].value = None,
                (None, None) => {}
                _ => self.keep(&states),
            }
            self.path.0.pop();
        }
        for (at, entry) in wanted.iter().enumerate().filter(|(at, _)| before[*at].is_none()) {
            self.restore(&mut slots, (at, entry), chain, kind);
        }
        slots.into_iter().filter_map(|slot| slot.value).collect()
    }

    /// Puts an entry that the change took away behind the one it stood behind.
    fn restore(
        &mut self,
        slots: &mut Vec<Slot>,
        (wanted, entry): (usize, &Value),
        chain: &[(usize, &[Value])],
        kind: Option<&EntryKind>,
    ) {
        let key = |entry: &Value| kind.map(|kind| kind.key_of(entry));
        let is_it = |slot: &Slot| {
            slot.value.as_ref().is_some_and(|it| it == entry || key(it).is_some() && key(it) == key(entry))
        };
        if let Some(there) = slots.iter().position(is_it) {
            if slots[there].value.as_ref() != Some(entry) {
                let has = |list: &[Value]| list.iter().any(|it| key(it) == key(entry));
                let states = chain.windows(2).filter(|pair| has(pair[0].1) != has(pair[1].1));
                let path = self.path.then(Step::Index(there));
                self.again.push(Again { path, states: states.map(|pair| pair[1].0).collect() });
            }
            return;
        }
        let behind = slots.iter().rposition(|slot| slot.wanted.is_some_and(|it| it < wanted));
        let slot = Slot { wanted: Some(wanted), value: Some(entry.clone()) };
        slots.insert(behind.map_or(0, |at| at + 1), slot);
    }
}

/// An entry of the list that is now, and which one of the wanted list it is.
struct Slot {
    wanted: Option<usize>,
    value: Option<Value>,
}

/// Which entry of the old list each of the new one continues.
fn continued(kind: Option<&EntryKind>, old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    match kind {
        Some(kind) => keyed_alignment(old, new, |entry| kind.key_of(entry)),
        None => alignment(old, new),
    }
}

/// Where each entry of the first list is in each of the lists. One that was taken away and comes back under its key is
/// the same one.
fn followed(kind: Option<&EntryKind>, chain: &[(usize, &[Value])]) -> Vec<Vec<Option<usize>>> {
    let Some((_, first)) = chain.first() else { return Vec::new() };
    let mut ways: Vec<Vec<Option<usize>>> = (0..first.len()).map(|index| vec![Some(index)]).collect();
    let mut known: Vec<&Value> = first.iter().collect();
    for pair in chain.windows(2) {
        let (old, new) = (pair[0].1, pair[1].1);
        let continued = continued(kind, old, new);
        for (way, known) in ways.iter_mut().zip(&mut known) {
            let last = way.last().copied().flatten();
            let is_back = |entry: &Value| {
                let same = |kind: &EntryKind| kind.key_of(entry) == kind.key_of(known);
                kind.is_some_and(same) || is_mostly(known, entry)
            };
            let is_it =
                |(at, entry): &(usize, &Value)| continued[*at] == last && (last.is_some() || is_back(entry));
            let found = new.iter().enumerate().find(is_it);
            if let Some((_, entry)) = found {
                *known = entry;
            }
            way.push(found.map(|(at, _)| at));
        }
    }
    ways
}

/// A table; of those inside a record, one that is not there has nothing in it.
fn table(value: Option<&Value>, is_top: bool) -> Option<&Table> {
    static EMPTY: Table = Table::EMPTY;
    match value {
        Some(Value::Table(table)) => Some(table),
        None if !is_top => Some(&EMPTY),
        _ => None,
    }
}

/// A list of entries; one that is not there has none.
fn list(value: Option<&Value>) -> Option<&[Value]> {
    match value {
        Some(Value::List(list)) if list.iter().all(|it| matches!(it, Value::Table(_))) => Some(list),
        None => Some(&[]),
        _ => None,
    }
}

/// What is recorded of an enterprise at an activity is one value, in whichever of the three lists it stands.
const ATTENDANCE: &str = "attendance";

fn folded(record: &RecordRef, value: &Value) -> Value {
    let Value::Table(table) = value else { return value.clone() };
    if record.kind != Kind::Activity {
        return value.clone();
    }
    let mut rest = table.clone();
    let mut all = Table::default();
    if let Some(Value::Table(present)) = table.get(Status::Present.id()) {
        for (id, heads) in present.iter() {
            all.insert(id, heads.clone());
        }
    }
    for status in [Status::Excused, Status::Absent] {
        for id in value.list(status.id()) {
            all.insert(&id.to_string(), Value::Text(status.id().to_owned()));
        }
    }
    for status in [Status::Present, Status::Excused, Status::Absent] {
        rest.remove(status.id());
    }
    rest.insert(ATTENDANCE, Value::Table(all));
    Value::Table(rest)
}

fn unfolded(record: &RecordRef, mut value: Value) -> Value {
    let Some(Value::Table(all)) = value.get(ATTENDANCE).filter(|_| record.kind == Kind::Activity).cloned()
    else {
        return value;
    };
    value.set(&[ATTENDANCE], None);
    for status in [Status::Excused, Status::Absent] {
        let named = all.iter().filter(|(_, it)| **it == Value::Text(status.id().to_owned()));
        let ids: Vec<Value> = named.map(|(id, _)| Value::Text(id.to_owned())).collect();
        value.set(&[status.id()], (!ids.is_empty()).then_some(Value::List(ids)));
    }
    let present: Table = all
        .iter()
        .filter(|(_, it)| matches!(it, Value::Number(_)))
        .map(|(id, heads)| (id.to_owned(), heads.clone()))
        .collect();
    value.set(&[Status::Present.id()], (!present.is_empty()).then_some(Value::Table(present)));
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::RecordRef;
    use crate::store::document::parse;

    fn check(kind: Kind, states: &[&str], wanted: &str, expected: &str, again: &[&str]) {
        let value = |text: &str| parse(crate::model::programme::RecordFormat::Toml, text).unwrap();
        let states: Vec<Option<Value>> = states.iter().map(|text| Some(value(text))).collect();
        let taken = take_back(&RecordRef::new(kind, "a"), &states, &value(wanted)).unwrap();
        assert_eq!(taken.value, value(expected));
        let found: Vec<String> =
            taken.again.iter().map(|it| format!("{} {:?}", it.path, it.states)).collect();
        assert_eq!(found, again);
    }

    #[test]
    fn what_changed_again_stays_and_the_rest_is_taken_back() {
        let left = "name = 'a'\ntown = 'x'\nclass = 'C'\n";
        let then = "name = 'a'\ntown = 'y'\nclass = 'C'\n";
        let now = "name = 'b'\ntown = 'y'\nclass = 'C'\n";
        check(
            Kind::Enterprise,
            &[left, then, now],
            "name = 'a'\n",
            "name = 'b'\ntown = 'y'\n",
            &["town [1]"],
        );
        check(Kind::Enterprise, &[left, left], "name = 'a'\n", "name = 'a'\n", &[]);
    }

    #[test]
    fn an_entry_is_followed_to_where_it_stands_now_even_under_another_key() {
        let entry = |title, day, more| {
            format!("[[recognitions]]\ntitle = '{title}'\nrecognised = '{day}'\nlevel = 'city'\n{more}")
        };
        let first = entry("srdi", "2022", "");
        let (wrong, right) = (entry("hnte", "2021", ""), entry("hnte", "2020", ""));
        let later = entry("hnte", "2021", "expires = '2025'\n");
        check(
            Kind::Enterprise,
            &[&wrong, &format!("{first}{wrong}"), &format!("{first}{later}")],
            &right,
            &format!("{first}{}", entry("hnte", "2020", "expires = '2025'\n")),
            &[],
        );
        // An entry the change made goes whole, or stays whole.
        check(Kind::Enterprise, &[&wrong, &format!("{wrong}{first}")], "", &first, &[]);
        check(
            Kind::Enterprise,
            &[&wrong, &format!("{first}{later}")],
            "",
            &format!("{first}{later}"),
            &["recognitions[2] [1]"],
        );
        // One it took away comes back, if it has not come back already.
        check(Kind::Enterprise, &["", &first], &right, &format!("{right}{first}"), &[]);
        check(Kind::Enterprise, &["", &later], &wrong, &later, &["recognitions[1] [1]"]);
    }

    #[test]
    fn the_attendance_of_each_enterprise_is_a_value_of_its_own() {
        let now = "absent = ['b', 'c']\n[present]\na = 2\n";
        check(Kind::Activity, &["absent = ['b']\n", now], "", "absent = ['c']\n[present]\na = 2\n", &[]);
        check(Kind::Activity, &["[present]\na = 1\n", now], "excused = ['a']\n", now, &["attendance.a [1]"]);
    }

    #[test]
    fn figures_of_one_period_are_values_of_their_own() {
        check(
            Kind::Enterprise,
            &["[indicators.2023]\nrevenue = 1\n", "[indicators.2023]\nrevenue = 1\nprofit = 2\n"],
            "",
            "[indicators.2023]\nprofit = 2\n",
            &[],
        );
    }
}
