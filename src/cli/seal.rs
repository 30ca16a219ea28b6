//! The seal of an edition: what is open when it is closed, what was printed then, and what has changed since.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::failure::Failure;
use super::load::Loaded;
use super::session::Session;
use super::write::Write;
use crate::model::change::{Change, Edit};
use crate::model::check::another_day;
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::text::Text;
use crate::report::basis::Basis;
use crate::report::cohort::Cohort;
use crate::report::summary::rule::VERSION;
use crate::report::summary::{Summary, last_full_year};
use crate::report::table::Table;
use crate::report::view::View;
use crate::report::{Filter, expect, sealed};
use crate::store::image::FileChange;
use crate::store::seal::{path_of, sum_of};
use crate::text;

/// What was sealed.
#[derive(Debug)]
pub struct Sealed {
    /// The tables, in the language that was asked for.
    pub tables: Vec<Table>,
    /// The day the edition closed.
    pub closed: String,
    /// The last change before it was closed.
    pub change: u64,
}

impl Sealed {
    /// What its figures rest on.
    pub fn basis(&self) -> Basis {
        Basis { day: self.closed.clone(), change: self.change, is_sealed: true, said: Vec::new() }
    }
}

/// What is still open when an edition is closed: each as a sentence.
pub fn open_ends(view: &View, id: &EditionId) -> Vec<Text> {
    let cohort = Cohort::of(view, id);
    let mut open = Vec::new();
    let members = cohort.len();
    let without =
        cohort.members.iter().filter(|it| it.membership.is_some_and(|it| it.outcome.is_none())).count();
    if without > 0 {
        open.push(text!(
            "{without} of {members} members have no outcome; `kunpeng member graduate {id} --all`",
            "{members} 家入选企业中有 {without} 家没有结果；可用 kunpeng member graduate {id} --all"
        ));
    }
    let year = last_full_year(view.closing_day(id));
    let reported = |it: &&crate::report::cohort::Member| {
        it.enterprise
            .indicators
            .iter()
            .any(|(period, figures)| period.full_year() == Some(year) && !figures.is_empty())
    };
    let silent = members - cohort.members.iter().filter(reported).count();
    if silent > 0 {
        open.push(text!(
            "{silent} of {members} members have no figures for {year}; `kunpeng report missing --edition {id}`",
            "{members} 家入选企业中有 {silent} 家没有 {year} 年的指标；可用 kunpeng report missing --edition {id}"
        ));
    }
    if let Some(edition) = view.edition(id.as_str()) {
        open.extend(expect::unmet_of(view, id, edition).into_iter().map(|unmet| {
            text!("{message}; {help}", "{message}；{help}", message = unmet.message(), help = unmet.help())
        }));
    }
    open
}

/// What is sealed of an edition that closes: its tables in both languages and a checksum of every record counted.
pub fn make(records: &Records, id: &EditionId, change: u64, today: NaiveDate) -> Json {
    let tables = |lang: Lang| -> Json {
        let view = View { records, lang, today };
        Summary::of(&view, &Filter::edition(id)).tables().iter().map(sealed::write).collect()
    };
    let closed = records.editions.get(id).and_then(|edition| edition.closed);
    let sums: Map<String, Json> = counted(records, id)
        .into_iter()
        .filter_map(|record| {
            let name = format!("{}/{}", record.kind.plural(), record.id);
            let name = if record.kind == Kind::Programme { "programme".to_owned() } else { name };
            Some((name, sum_of(&records.get(&record)?).into()))
        })
        .collect();
    json!({
        "edition": id.as_str(),
        "closed": closed.map(|closed| closed.to_string()),
        "change": change,
        "program": env!("CARGO_PKG_VERSION"),
        "rules": VERSION,
        "records": sums,
        "tables": { "en": tables(Lang::En), "zh": tables(Lang::Zh) },
    })
}

/// Every record the tables of an edition are counted from.
fn counted(records: &Records, id: &EditionId) -> Vec<RecordRef> {
    let activities = records.activities.iter().filter(|(_, activity)| activity.edition == *id);
    let members = records.enterprises.iter().filter(|(_, enterprise)| enterprise.membership(id).is_some());
    [RecordRef::programme(), RecordRef::new(Kind::Edition, id)]
        .into_iter()
        .chain(records.industries.keys().map(|id| RecordRef::new(Kind::Industry, id)))
        .chain(members.map(|(id, _)| RecordRef::new(Kind::Enterprise, id)))
        .chain(activities.map(|(id, _)| RecordRef::new(Kind::Activity, id)))
        .collect()
}

/// The seals in which a record has another id now, as files of the change that gives it one. What was counted and did
/// not change otherwise counts as unchanged.
pub fn renamed(
    loaded: &Loaded,
    change: &Change,
    (old, new): (&RecordRef, &RecordRef),
) -> Result<Vec<FileChange>, Failure> {
    let name = |record: &RecordRef| format!("{}/{}", record.kind.plural(), record.id);
    let before =
        |edit: &Edit| if edit.record == *new { loaded.records().get(old) } else { edit.before.clone() };
    let sums: Vec<(String, String, String)> = change
        .edits
        .iter()
        .filter_map(|edit| {
            let sums = (sum_of(&before(edit)?), sum_of(edit.after.as_ref()?));
            Some((name(&edit.record), sums.0, sums.1))
        })
        .collect();
    let reseal = |seal: &mut Json| {
        if old.kind == Kind::Edition && seal["edition"] == *old.id {
            seal["edition"] = new.id.as_str().into();
        }
        if let Some(records) = seal["records"].as_object_mut() {
            let moved = records.shift_remove(&name(old));
            if let Some(sum) = moved {
                records.entry(name(new)).or_insert(sum);
            }
            for (record, before, after) in &sums {
                if let Some(sum) = records.get_mut(record).filter(|sum| **sum == **before) {
                    *sum = after.as_str().into();
                }
            }
        }
        for tables in seal["tables"].as_object_mut().into_iter().flat_map(|tables| tables.values_mut()) {
            for table in tables.as_array_mut().into_iter().flatten() {
                sealed::rename(table, old.kind, &old.id, &new.id);
            }
        }
    };
    let edition = (old.kind == Kind::Edition).then_some((old.id.as_str(), new.id.as_str()));
    Ok(loaded.store.resealing(edition, &reseal)?)
}

/// What was sealed when an edition was closed; none if it is open, or was closed without a seal.
pub fn read(loaded: &Loaded, id: &EditionId, lang: Lang) -> Result<Option<Sealed>, Failure> {
    if loaded.records().editions.get(id).is_none_or(|edition| edition.closed.is_none()) {
        return Ok(None);
    }
    let Some(seal) = loaded.store.seal(id)? else { return Ok(None) };
    let tables = seal["tables"][lang.pick("en", "zh")].as_array();
    let tables: Option<Vec<Table>> =
        tables.and_then(|tables| tables.iter().map(|table| sealed::read(table, lang)).collect());
    let tables = tables.ok_or_else(|| {
        Failure::undone(
            text!("the seal of edition `{id}` cannot be read", "无法读取期次“{id}”的封存文件"),
            text!("`--live` counts the records as they are now", "可用 --live 按现有记录统计"),
        )
    })?;
    Ok(Some(Sealed {
        tables,
        closed: seal["closed"].as_str().unwrap_or_default().to_owned(),
        change: seal["change"].as_u64().unwrap_or_default(),
    }))
}

/// The seals that are not as they were written.
pub fn damaged(loaded: &Loaded) -> Vec<Finding> {
    let finding = |id: &EditionId| {
        let why = loaded.store.seal(id).err()?.text();
        let place = Place::File { path: path_of(id), bytes: None };
        let message = text!(
            "the seal of edition `{id}` cannot be used: {why}",
            "期次“{id}”的封存文件不能使用：{why}",
            id = id,
            why = why
        );
        Some(Finding::new(&rule::DAMAGED_SEAL, message, place).help(text!(
            "restore it from a backup; `kunpeng summary {id} --live` counts the records as they are now",
            "请从备份恢复；kunpeng summary {id} --live 按现有记录统计"
        )))
    };
    loaded.records().editions.keys().filter_map(finding).collect()
}

/// The editions that are closed on another day than their seal says.
pub fn closed_another_day(loaded: &Loaded) -> Vec<Finding> {
    let finding = |(id, edition): (&EditionId, &crate::model::edition::Edition)| {
        let closed = edition.closed?.to_string();
        let seal = loaded.store.seal(id).ok()??;
        let sealed = seal["closed"].as_str().filter(|sealed| *sealed != closed)?;
        Some(another_day(&RecordRef::new(Kind::Edition, id), sealed, &closed))
    };
    loaded.records().editions.iter().filter_map(finding).collect()
}

/// Says what is open, and asks whether to close all the same.
pub fn ask(session: &Session<'_>, write: &Write, id: &EditionId, open: &[Text]) -> Result<(), Failure> {
    for text in open {
        session.ui.say(text);
    }
    if open.is_empty() {
        return Ok(());
    }
    write.confirm(session, &text!("Close edition `{id}` all the same?", "仍要结束期次“{id}”？"))
}
