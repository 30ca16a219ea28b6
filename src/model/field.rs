//! Fields of records by their keys: what a cell or a command line sets, and the ids of new records.

use super::activity::Activity;
use super::contact::Contact;
use super::edition::Edition;
use super::enterprise::Enterprise;
use super::id::{Free, Id, slug};
use super::industry::Industry;
use super::kind::Kind;
use super::own_field::{FieldOwner, OwnFields};
use super::programme::Programme;
use super::records::Records;
use super::rule;
use super::ruleset::Ruleset;

use super::shape::{Misread, Shape, Words};
use super::value::{Table, Value};
use super::word::MetricKind;
use crate::text;

/// Reads a text for the field at `path` of a record.
pub fn parse(kind: Kind, path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
    let read = match kind {
        Kind::Industry => Industry::parse,
        Kind::Edition => Edition::parse,
        Kind::Enterprise => Enterprise::parse,
        Kind::Activity => Activity::parse,
        Kind::Contact => Contact::parse,
        Kind::Ruleset => Ruleset::parse,
        _ => Programme::parse,
    };
    read(path, text, words)
}

/// Reads a text for a figure: one that counts people or things has no decimals.
pub fn figure(records: &Records, path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
    let value = Enterprise::parse(path, text, words)?;
    let [_, _, metric] = path else { return Ok(value) };
    let counts = records.programme.metrics.get(*metric).is_some_and(|it| it.kind == MetricKind::Count);
    match value {
        Value::Number(number) if counts && !number.is_integer() => Err(Misread::new(
            &rule::WRONG_TYPE,
            text!(
                "`{text}` is not a whole number, and `{metric}` counts",
                "“{text}”不是整数，而“{metric}”是计数指标",
                metric = records.metric(metric)
            ),
        )
        .help(text!(
            "write what was counted; an average over a year is another figure",
            "请填写实际数；全年平均数是另一指标"
        ))),
        value => Ok(value),
    }
}

/// The fields of a record, in order.
pub fn known(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Industry => Industry::KEYS,
        Kind::Edition => Edition::KEYS,
        Kind::Enterprise => Enterprise::KEYS,
        Kind::Activity => Activity::KEYS,
        Kind::Contact => Contact::KEYS,
        Kind::Ruleset => Ruleset::KEYS,
        _ => Programme::KEYS,
    }
}

/// Where the value of a field stands in its record or entry: a field of one's own stands under `more`.
pub fn place<'p>(owner: FieldOwner, known: &[&str], declared: &OwnFields, path: &[&'p str]) -> Vec<&'p str> {
    let is_own = |id: &str| declared.get(&owner).is_some_and(|fields| fields.contains_key(id));
    match path {
        [id] if !known.contains(id) && is_own(id) => vec!["more", id],
        path => path.to_vec(),
    }
}

/// What the fields of one's own of a kind of record are declared for.
pub fn owner(kind: Kind) -> Option<FieldOwner> {
    match kind {
        Kind::Industry => Some(FieldOwner::Industries),
        Kind::Edition => Some(FieldOwner::Editions),
        Kind::Enterprise | Kind::Contact => Some(FieldOwner::Enterprises),
        Kind::Activity => Some(FieldOwner::Activities),
        _ => None,
    }
}

/// The town a text means, by the programme's list; any other text is a town too, and `check` looks at it.
pub fn town(records: &Records, words: &dyn Words, text: &str) -> String {
    let known = words.find(Kind::Town, text).ok();
    known
        .and_then(|id| records.programme.towns.get(id.as_str()))
        .map_or_else(|| text.trim().to_owned(), |town| town.name.to_string())
}

/// Whether a text can be an id.
pub fn valid_id(text: &str) -> Result<(), Misread> {
    text.parse::<Id<Free>>().map(|_| ())
}

/// An id for a new record: its code, else a word from its name; for an activity its date and a short word. Where
/// that is taken, or nothing of a name can be in an id, a number follows.
pub fn new_id(kind: Kind, fields: &Table, is_taken: impl Fn(&str) -> bool) -> String {
    let text = |key: &str| fields.get(key).map(ToString::to_string);
    let base = match kind {
        Kind::Enterprise if text("code").is_some() => return text("code").unwrap_or_default(),
        Kind::Activity => {
            let word: Id<Free> = slug(&text("title").unwrap_or_default(), "activity");
            let day = text("date").map_or_else(String::new, |day| format!("{day}-"));
            format!("{day}{}", short(word.as_str()))
        }
        _ => {
            let name = text("name_en").or_else(|| text("name")).unwrap_or_default();
            slug::<Free>(&name, kind.id()).as_str().to_owned()
        }
    };
    let mut id = base.clone();
    let mut number = 2;
    while is_taken(&id) {
        id = format!("{base}-{number}");
        number += 1;
    }
    id
}

/// The first words of an id, up to 24 letters.
fn short(slug: &str) -> String {
    let mut short = String::new();
    for word in slug.split('-') {
        if !short.is_empty() && short.len() + word.len() >= 24 {
            break;
        }
        short.push_str(if short.is_empty() { "" } else { "-" });
        short.extend(word.chars().take(24));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(entries: &[(&str, &str)]) -> Table {
        entries.iter().map(|(key, text)| ((*key).to_owned(), Value::Text((*text).to_owned()))).collect()
    }

    #[test]
    fn a_new_id_is_the_code_or_comes_from_the_name() {
        let free = |_: &str| false;
        let code = fields(&[("name", "示例"), ("code", "91440114DEM000012X")]);
        assert_eq!(new_id(Kind::Enterprise, &code, free), "91440114DEM000012X");
        assert_eq!(new_id(Kind::Enterprise, &fields(&[("name", "Alice & Bob")]), free), "alice-bob");
        let taken = |id: &str| id == "shili-yichang";
        assert_eq!(new_id(Kind::Enterprise, &fields(&[("name", "示例一厂")]), taken), "shili-yichang-2");
        let opening = fields(&[("title", "Opening day"), ("date", "2023-11-16")]);
        assert_eq!(new_id(Kind::Activity, &opening, free), "2023-11-16-opening-day");
        let opening = fields(&[("title", "启动仪式"), ("date", "2023-03-16")]);
        assert_eq!(new_id(Kind::Activity, &opening, free), "2023-03-16-qidong-yishi");
    }
}
