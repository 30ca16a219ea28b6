//! `kunpeng recognition`, `platform`, `project` and `need`: the lists in an enterprise's file.

use clap::{Args, Subcommand};

use super::ask::Ask;
use super::assignment::{Assignment, apply_all};
use super::failure::Failure;
use super::load::Loaded;
use super::member::with_enterprise;
use super::named::record_named;
use super::output::Output;
use super::record::put;
use super::report::Narrow;
use super::session::Session;
use super::write::Write;
use crate::model::entry::EntryKind;
use crate::model::field;
use crate::model::finding::RecordRef;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::model::value::{Table, Value};
use crate::report::query::Answer;
use crate::report::{Filter, entries};
use crate::text;

/// What can be done with the entries of a list.
#[derive(Debug, Subcommand)]
pub enum EntryCommand {
    /// Add a record ‖ 新增一条记录
    Add(Add),
    /// List entries ‖ 列出条目
    List(List),
    /// Set or clear fields of an entry ‖ 修改或清除条目的字段
    Set(Set),
    /// Remove an entry ‖ 删除一条
    Remove(Remove),
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// The enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    enterprise: String,
    /// Fields ‖ 字段
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<Assignment>,
    #[command(flatten)]
    write: Write,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    output: Output,
}

/// Options of `set`.
#[derive(Debug, Args)]
pub struct Set {
    /// The enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    enterprise: String,
    /// Number of the entry, as `list` shows it ‖ 条目序号，见 `list`
    #[arg(value_name = "NO")]
    number: usize,
    /// Fields to set; `FIELD=` clears one ‖ 要修改的字段；`字段=` 表示清除
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<Assignment>,
    #[command(flatten)]
    write: Write,
}

/// Options of `remove`.
#[derive(Debug, Args)]
pub struct Remove {
    /// The enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    enterprise: String,
    /// Number of the entry, as `list` shows it ‖ 条目序号，见 `list`
    #[arg(value_name = "NO")]
    number: usize,
    #[command(flatten)]
    write: Write,
}

impl EntryCommand {
    /// Runs the command for a kind of entry.
    pub fn run(self, kind: &'static EntryKind, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Add(command) => command.run(kind, session),
            Self::List(command) => command.run(kind, session),
            Self::Set(command) => command.run(kind, session),
            Self::Remove(command) => command.run(kind, session),
        }
    }
}

/// The fields of an entry where they stand in it: those of one's own stand under `more`.
fn placed(fields: Vec<Assignment>, kind: &EntryKind, records: &Records) -> Vec<Assignment> {
    let place = |path: &[&str]| {
        let place = field::place(kind.owner, kind.fields, &records.programme.fields, path);
        place.into_iter().map(str::to_owned).collect()
    };
    fields.into_iter().map(|it| it.placed(place)).collect()
}

/// An enterprise's list while it is changed.
struct Entries {
    record: RecordRef,
    value: Value,
    list: Vec<Value>,
}

impl Entries {
    fn of(loaded: &Loaded, enterprise: &str, kind: &EntryKind) -> Result<Self, Failure> {
        let record = record_named(loaded.records(), Kind::Enterprise, enterprise)?;
        let value = loaded.records().get(&record).unwrap_or_else(|| Value::Table(Table::default()));
        let list = value.list(kind.list).to_vec();
        Ok(Self { record, value, list })
    }

    /// The place of the entry with a number.
    fn index(&self, number: usize, kind: &EntryKind) -> Result<usize, Failure> {
        let count = self.list.len();
        number.checked_sub(1).filter(|index| *index < count).ok_or_else(|| {
            let message = text!(
                "{record} has {count} in its list of {list}, there is no number {number}",
                "{record}的 {list} 共 {count} 条，没有第 {number} 条",
                record = self.record,
                list = kind.list
            );
            Failure::undone(
                message,
                text!(
                    "`kunpeng {name} list --enterprise {id}` shows them",
                    "可用 kunpeng {name} list --enterprise {id} 查看",
                    name = kind.name,
                    id = self.record.id
                ),
            )
        })
    }

    fn carry_out(
        mut self,
        session: &Session<'_>,
        loaded: &Loaded,
        kind: &EntryKind,
        write: &Write,
        done: &Text,
    ) -> Result<(), Failure> {
        let list = (!self.list.is_empty()).then_some(Value::List(self.list));
        self.value.set(&[kind.list], list);
        let change = put(loaded, &self.record, &self.value)?;
        write.carry_out(
            session,
            loaded,
            &change,
            &text!("{done} of {record}", "{record}：{done}", done = done, record = self.record),
        )
    }
}

impl Add {
    fn run(self, kind: &'static EntryKind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let mut list = Entries::of(&loaded, &self.enterprise, kind)?;
        let mut entry = Value::Table(Table::default());
        let fields = placed(self.fields, kind, loaded.records());
        apply_all(&fields, &mut entry, &|path, text| (kind.parse)(path, text, loaded.records()))?;
        list.list.push(entry);
        let done = text!(
            "added {name} {number}",
            "已添加 {name} 第 {number} 条",
            name = kind.name,
            number = list.list.len()
        );
        list.carry_out(session, &loaded, kind, &self.write, &done)
    }
}

impl List {
    fn run(self, kind: &'static EntryKind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::sound(session)?;
        let filter = self.narrow.filter(loaded.records())?;
        let view = session.view(loaded.records());
        let make = |filter: &Filter| entries::entries(&view, kind, filter);
        let stored = |answer: &Answer| {
            let all = entries::stored(&view, kind, &filter);
            let keys = answer.keys("enterprise").into_iter().zip(answer.keys("no"));
            let is_it = |entry: &entries::Entry<'_>, (id, no): &(String, String)| {
                entry.id.as_str() == id && entry.number.to_string() == *no
            };
            let chosen = keys.filter_map(|key| all.iter().find(|entry| is_it(entry, &key)));
            chosen.map(|entry| with_enterprise(entry.id, Some(entry.number), &entry.value)).collect()
        };
        self.ask.list(session, (&view, &filter), &self.output, &make, &stored)
    }
}

impl Set {
    fn run(self, kind: &'static EntryKind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let mut list = Entries::of(&loaded, &self.enterprise, kind)?;
        let index = list.index(self.number, kind)?;
        let parse = |path: &[&str], text: &str| (kind.parse)(path, text, loaded.records());
        let fields = placed(self.fields, kind, loaded.records());
        apply_all(&fields, &mut list.list[index], &parse)?;
        list.carry_out(
            session,
            &loaded,
            kind,
            &self.write,
            &text!(
                "changed {name} {number}",
                "已修改 {name} 第 {number} 条",
                name = kind.name,
                number = self.number
            ),
        )
    }
}

impl Remove {
    fn run(self, kind: &'static EntryKind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load_to_ask(session)?;
        let mut list = Entries::of(&loaded, &self.enterprise, kind)?;
        let index = list.index(self.number, kind)?;
        self.write.confirm(
            session,
            &text!(
                "Remove {name} {number} of {record}?",
                "删除{record}的 {name} 第 {number} 条？",
                name = kind.name,
                number = self.number,
                record = list.record
            ),
        )?;
        list.list.remove(index);
        list.carry_out(
            session,
            &loaded,
            kind,
            &self.write,
            &text!(
                "removed {name} {number}",
                "已删除 {name} 第 {number} 条",
                name = kind.name,
                number = self.number
            ),
        )
    }
}
