//! A row that becomes an entry of a list in an enterprise's file.

use chrono::Datelike;

use crate::import::columns::Column;
use crate::import::columns::kind::ImportKind;
use crate::import::columns::names::ENTERPRISE_CODE;
use crate::import::layout::header_text::LEVELS;
use crate::import::plan::mark::{self, Mark};
use crate::import::plan::options::{Disposition, weightier};
use crate::import::plan::overlay::{Changes, Merged, Overlay};
use crate::import::plan::own_fields;
use crate::import::rows::parts;
use crate::import::rows::row::{Cells, RowView};
use crate::import::rows::value;
use crate::model::candidacy::Candidacy;
use crate::model::change::{Difference, differences};
use crate::model::date::Date;
use crate::model::entry::{CANDIDATE, EntryKind, RECOGNITION};
use crate::model::finding::{Finding, RecordRef};
use crate::model::kind::Kind;
use crate::model::nfkc::nfkc;
use crate::model::rule;
use crate::model::shape::{Scalar, Shape};
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step, Table, Value};
use crate::text;

/// Plans a row.
pub fn plan(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    kind: &'static EntryKind,
) -> Result<Merged, Vec<Finding>> {
    if !row.columns.marks.is_empty() {
        return marked(overlay, row, kind);
    }
    let record = row.record(&overlay.index, "enterprise", Kind::Enterprise);
    let entry = cells(overlay, row, kind);
    let (record, entry) = match (record, entry) {
        (Ok(record), Ok(entry)) => (record, entry),
        (record, entry) => {
            let found = [record.err(), entry.err()].into_iter().flatten().flatten();
            return Err(found.collect());
        }
    };
    let marks = if std::ptr::eq(kind, &raw const CANDIDATE) { marks(overlay, row)? } else { None };
    let reviewer =
        marks.as_ref().map(|marks| reviewer_of(marks).map_or_else(String::new, ToString::to_string));
    overlay.reserve(row, &record, &what(kind, &Value::Table(entry.clone()), reviewer.as_deref()))?;
    let (disposition, differences) = merge(overlay, row, &record, kind, entry, marks)?;
    Ok(Merged { record, disposition, changes: Changes::Listed(differences) })
}

/// Plans a row of marks: a tick below a title says that the enterprise holds it, a date since when. A tick adds
/// nothing to a title that is recorded already.
fn marked(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    kind: &'static EntryKind,
) -> Result<Merged, Vec<Finding>> {
    let record = row.record(&overlay.index, "enterprise", Kind::Enterprise)?;
    let common = cells(overlay, row, kind)?;
    let mut whole = (Disposition::Unchanged, Vec::new());
    for (word, column) in &row.columns.marks {
        let mark = mark::read(row, column, &overlay.index).map_err(|finding| vec![finding])?;
        let Some(mark @ (Mark::Yes | Mark::Count(_) | Mark::Since(_))) = mark else { continue };
        let mut entry = common.clone();
        entry.insert(MARKED, Value::Text(word.clone()));
        let level = level_above(overlay, row, column, kind).filter(|_| entry.get("level").is_none());
        let what = format!("{word}{}", level.as_ref().map_or_else(String::new, |level| format!(" {level}")));
        if let Some(level) = level {
            entry.insert("level", level);
        }
        if let Mark::Since(date) = mark {
            entry.insert("recognised", date.to_value());
        }
        overlay.reserve(row, &record, &what)?;
        let (disposition, differences) = merge(overlay, row, &record, kind, entry, None)?;
        whole.0 = weightier(whole.0, disposition);
        whole.1.extend(differences);
    }
    Ok(Merged { record, disposition: whole.0, changes: Changes::Listed(whole.1) })
}

/// The level that stands above the word of a column of marks: `国家级／高企`.
fn level_above(overlay: &Overlay<'_>, row: &RowView<'_>, column: &Column, kind: &EntryKind) -> Option<Value> {
    let (above, _) = row.table.header.get(column.index)?.rsplit_once(LEVELS)?;
    above.split(LEVELS).find_map(|text| (kind.parse)(&["level"], text.trim(), &overlay.index).ok())
}

/// The field that the words above marks fill.
const MARKED: &str = "title";

/// The place of an entry in its list. A title whose day is not known on one side is the one that is known on the other,
/// and a day within a year or a month is that year or month.
/// Two rows of one table are two entries.
fn place_of(
    overlay: &Overlay<'_>,
    row: &RowView<'_>,
    (record, kind): (&RecordRef, &EntryKind),
    (list, entry): (&[Value], &Value),
) -> usize {
    let key = kind.key_of(entry);
    let is_recognition = std::ptr::eq(kind, &raw const RECOGNITION);
    // One title at two levels is two titles.
    let agree = |old: &Value| match (old.get("level"), entry.get("level")) {
        (Some(old), Some(new)) if is_recognition => old == new,
        _ => true,
    };
    let same = list.iter().position(|old| kind.key_of(old) == key && agree(old));
    let is_free = |old: &Value| {
        let earlier = overlay.reserved(record, &what(kind, old, None));
        earlier.is_none_or(|(table, _)| table != row.table_index)
    };
    let alike = || {
        is_recognition.then_some(())?;
        let is_it =
            |old: &Value| old.get(MARKED) == entry.get(MARKED) && agree(old) && may_be_one(old, entry);
        list.iter().position(|old| is_it(old) && is_free(old))
    };
    same.or_else(alike).unwrap_or(list.len())
}

/// What a row says something of, in words that tell it apart.
fn what(kind: &EntryKind, entry: &Value, reviewer: Option<&str>) -> String {
    format!("{:?} {reviewer:?}", kind.key_of(entry))
}

fn may_be_one(old: &Value, new: &Value) -> bool {
    let date = |entry: &Value| entry.get("recognised").cloned().and_then(|date| Date::from_value(date).ok());
    match (date(old), date(new)) {
        (Some(old), Some(new)) => old.first() >= new.first() && old.last() <= new.last(),
        _ => true,
    }
}

/// The fields whose words may name a level too.
const LEVELLED: [&str; 2] = ["kind", "title"];

/// The cells of an entry; the edition may be the one of the command line.
fn cells(overlay: &Overlay<'_>, row: &RowView<'_>, kind: &EntryKind) -> Result<Table, Vec<Finding>> {
    let mut cells = Cells::default();
    let mut lasting = Vec::new();
    let parse = |field: &str, text: &str| (kind.parse)(&[field], text, &overlay.index);
    let with_level = |field: &str, text: &str| {
        parts::with_level(text, &|text| parse(field, text), &|text| parse("level", text))
    };
    for field in kind.fields {
        if *field == "expires"
            && let Some(months) =
                row.text(field).and_then(|text| months(text).or_else(|| counted(row, field, text)))
        {
            lasting.push((*field, months));
            continue;
        }
        let parse = |text: &str| {
            if overlay.options.kind.is_money(field, overlay.records) {
                let (header, parsed) = row.unit(field);
                return value::money(text, header, parsed);
            }
            let word = parse(field, text);
            match word {
                Err(_) if LEVELLED.contains(field) => {
                    with_level(field, text).map_or(word, |(word, _)| Ok(word))
                }
                word => word,
            }
        };
        cells.read(row, field, field, parse);
    }
    for field in LEVELLED {
        let text = row.text(field).filter(|text| parse(field, text).is_err());
        if let Some((_, level)) = text.and_then(|text| with_level(field, text))
            && cells.table.get("level").is_none()
        {
            cells.table.insert("level", level);
        }
    }
    for (field, months) in lasting {
        let from = cells.table.get("recognised").cloned().and_then(|date| Date::from_value(date).ok());
        let last = from.and_then(|from| end_of(from, months));
        if let Some(last) = last {
            cells.table.insert(field, last.to_value());
        } else {
            let message =
                text!("how long it holds is given, but not from when", "只写了有效期长度，没有起始日期");
            cells.found.push(
                Finding::new(&rule::BAD_DATE, message, row.place(field))
                    .help(text!("write the last day it holds", "请写明有效期的最后一天")),
            );
        }
    }
    own_fields::read(&mut cells, row, (overlay.options.kind, overlay.records), &overlay.index, false);
    if kind.key.contains(&"edition") && row.text("edition").is_none() {
        match &overlay.options.edition {
            Some(edition) => cells.table.insert("edition", Value::Text(edition.to_string())),
            None => cells.missing(row, "edition"),
        }
    }
    cells.finish()
}

/// The end of a term, as far as its beginning is known.
fn end_of(from: Date, months: u32) -> Option<Date> {
    let last = from.end_of_months(months)?;
    let (first_day, last_day) = (from.first(), from.last());
    match () {
        () if from.exact().is_some() => Some(Date::day(last)),
        () if first_day.month() == last_day.month() => Date::month(last.year(), last.month()),
        () => Date::year(last.year()),
    }
}

/// Years are seldom more, in words.
const COUNTED: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// `3年`, `三年`, `有效期3年` and `36个月` as months.
fn months(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches("有效期").trim_start_matches("为").trim_end_matches('期');
    let (digits, times) = match text.strip_suffix('年') {
        Some(years) => (years.trim(), 12),
        None => (text.strip_suffix("个月")?.trim(), 1),
    };
    let counted = || (1..).zip(COUNTED).find(|(_, word)| *word == digits).map(|(number, _)| number);
    let number = if digits == "两" { Some(2) } else { digits.parse::<u32>().ok().or_else(counted) };
    number.filter(|number| *number <= 50 * 12 / times).map(|number| number * times)
}

/// A bare number below `有效期（年）` or `有效期（月）` as months.
fn counted(row: &RowView<'_>, field: &str, number: &str) -> Option<u32> {
    let header = row.table.header.get(row.columns.by_id.get(field)?.index)?;
    let unit = ["年", "个月", "月"].iter().find(|unit| {
        let header = nfkc(header);
        header.ends_with(&format!("({unit})"))
    })?;
    let number = number.strip_suffix(".0").unwrap_or(number);
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    months(&format!("{number}{}", if *unit == "年" { unit } else { "个月" }))
}

/// What there is to say of a row that lists an enterprise as a member that left: a list takes nobody back.
pub fn left_before(overlay: &Overlay<'_>, row: &RowView<'_>, record: &RecordRef) -> Option<Text> {
    let is_list = overlay.options.kind == ImportKind::Members || overlay.options.role.is_some();
    if !is_list || ["left", "outcome"].iter().any(|field| row.text(field).is_some()) {
        return None;
    }
    let edition = match row.text("edition") {
        Some(text) => overlay.records.resolve(Kind::Edition, text).ok()?,
        None => overlay.options.edition.as_ref()?.to_string(),
    };
    let enterprise = overlay.records.enterprises.get(record.id.as_str())?;
    let known = enterprise.memberships.iter().find(|it| it.edition.as_str() == edition)?;
    let id = record.id.as_str();
    known.is_left().then(|| {
        text!(
            "{left}; `kunpeng member add {edition} {id} --again` takes it back",
            "{left}；可用 kunpeng member add {edition} {id} --again 重新纳入",
            left = known.left_before(id)
        )
    })
}

/// Lays an entry upon the list it belongs to.
pub fn merge(
    overlay: &mut Overlay<'_>,
    row: &RowView<'_>,
    record: &RecordRef,
    kind: &'static EntryKind,
    entry: Table,
    marks: Option<Table>,
) -> Result<(Disposition, Vec<Difference>), Vec<Finding>> {
    let mut entry = entry;
    let list = overlay.value(row, record).list(kind.list).to_vec();
    let index = place_of(overlay, row, (record, kind), (&list, &Value::Table(entry.clone())));
    let old = list.get(index).cloned();
    if old.as_ref().is_some_and(|old| old.get("recognised").is_some() && kind.key.contains(&"recognised"))
        && entry.get("recognised") != old.as_ref().and_then(|old| old.get("recognised"))
    {
        // What is known more exactly already stays.
        entry.remove("recognised");
    }
    let path = KeyPath(vec![Step::Key(kind.list.into()), Step::Index(index)]);
    let (mut value, mut disposition) = overlay.merge(row, old.as_ref(), entry)?;
    if let Some(marks) = marks {
        let is_news = lay_marks(overlay, row, &mut value, &marks)?;
        if disposition == Disposition::Unchanged && is_news {
            disposition = Disposition::Changed;
        }
    }
    let differences = differences(path, old.as_ref(), Some(&value));
    overlay.value(row, record).set_entry(kind.list, index, value);
    Ok((disposition, differences))
}

/// The points of a candidate's row, with the reviewer.
fn marks(overlay: &Overlay<'_>, row: &RowView<'_>) -> Result<Option<Table>, Vec<Finding>> {
    let mut cells = Cells::default();
    let is_own =
        |id: &str| overlay.options.kind.own_fields(overlay.records).any(|(own, _)| own.as_str() == id);
    let fixed = ["enterprise", ENTERPRISE_CODE, "reviewer"];
    let is_fixed = |id: &str| fixed.contains(&id) || Candidacy::KEYS.contains(&id) || is_own(id);
    for column in row.fields().filter(|column| !is_fixed(&column.id)) {
        let parse = |text: &str| Candidacy::parse(&["scores", "marks", &column.id], text, &overlay.index);
        cells.read(row, &column.id, &column.id, parse);
    }
    let marks = cells.finish()?;
    let reviewer = row.text("reviewer");
    // A sheet that still waits for its points says nothing of its reviewer; an export says what is stored.
    if marks.is_empty() && !(row.table.is_export && reviewer.is_some()) {
        return Ok(None);
    }
    let mut score = Table::default();
    if let Some(reviewer) = reviewer {
        score.insert("reviewer", Value::Text(reviewer.to_owned()));
    }
    if !marks.is_empty() {
        score.insert("marks", Value::Table(marks));
    }
    Ok(Some(score))
}

fn reviewer_of(score: &Table) -> Option<&Value> {
    score.get("reviewer")
}

/// Lays the points of one reviewer upon a candidacy; gives whether they are news.
fn lay_marks(
    overlay: &Overlay<'_>,
    row: &RowView<'_>,
    candidacy: &mut Value,
    score: &Table,
) -> Result<bool, Vec<Finding>> {
    let mut scores = candidacy.list("scores").to_vec();
    let known = scores
        .iter()
        .position(|old| matches!(old, Value::Table(old) if reviewer_of(old) == reviewer_of(score)));
    let index = known.unwrap_or_else(|| {
        let mut empty = Table::default();
        if let Some(reviewer) = reviewer_of(score) {
            empty.insert("reviewer", reviewer.clone());
        }
        scores.push(Value::Table(empty));
        scores.len() - 1
    });
    let mut is_news = known.is_none();
    if let (Value::Table(old), Some(Value::Table(marks))) = (&mut scores[index], score.get("marks")) {
        let (value, disposition) = overlay.merge(row, old.get("marks"), marks.clone())?;
        old.insert("marks", value);
        is_news |= matches!(disposition, Disposition::Created | Disposition::Changed);
    }
    candidacy.set(&["scores"], Some(Value::List(scores)));
    Ok(is_news)
}
