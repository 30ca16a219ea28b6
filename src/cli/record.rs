//! `list`, `show`, `add`, `set`, `edit` and `remove` for every kind of record.

use clap::{Args, Subcommand};

use super::ask::Ask;
use super::assignment::Assignment;
use super::failure::Failure;
use super::fields;
use super::load::Loaded;
use super::merge::Rename;
use super::named::record_named;
use super::output::Output;
use super::report::Narrow;
use super::session::Session;
use super::write::Write;
use crate::model::change::Draft;
use crate::model::enterprise::{keep_former_code, keep_former_name};
use crate::model::field;
use crate::model::finding::{Finding, Place, RecordRef};
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::model::value::{Table as Keys, Value};
use crate::render::Format;
use crate::report::{Filter, list, show};
use crate::store::document;
use crate::text;

/// What can be done with every kind of record.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// List all records ‖ 列出全部记录
    List(List),
    /// Show everything about a record ‖ 显示一条记录的全部内容
    Show(Show),
    /// Add a record ‖ 新增一条记录
    Add(Add),
    /// Set or clear fields of a record, keeping comments and order in its file
    /// ‖ 修改或清除记录的字段，保留文件中的注释和顺序
    Set(Set),
    /// Edit a record's file in $EDITOR, checked before it is saved ‖ 用 $EDITOR 编辑记录文件，检查无误后保存
    Edit(Edit),
    /// Rename a record, with every reference to it ‖ 更改记录的 id，并更新所有引用
    Rename(Rename),
    /// Remove a record that nothing refers to ‖ 删除没有被引用的记录
    Remove(Remove),
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

/// Options of `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id; for an enterprise also its code, a unique prefix of either, or a unique part of any of its names
    /// ‖ 记录 id；企业还可用统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    id: String,
    #[command(flatten)]
    output: Output,
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Fields; `id=ID` sets the id, otherwise the code or the name does
    /// ‖ 字段；`id=ID` 指定 id，否则取自代码或名称
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<Assignment>,
    #[command(flatten)]
    write: Write,
}

/// Options of `set`.
#[derive(Debug, Args)]
pub struct Set {
    /// Its id; for an enterprise also its code, a unique prefix of either, or a unique part of any of its names
    /// ‖ 记录 id；企业还可用统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    id: String,
    /// Fields to set; `FIELD=` clears one ‖ 要修改的字段；`字段=` 表示清除
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<Assignment>,
    /// Correct a misspelt name of an enterprise: do not keep the old one among its former names
    /// ‖ 更正企业名称的笔误：不把原名称记入曾用名
    #[arg(long)]
    correction: bool,
    #[command(flatten)]
    write: Write,
}

/// Options of `edit`.
#[derive(Debug, Args)]
pub struct Edit {
    /// Its id; for an enterprise also its code, a unique prefix of either, or a unique part of any of its names
    /// ‖ 记录 id；企业还可用统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    id: String,
    /// Record why; `log` shows it ‖ 记下缘由，`log` 可查
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Options of `remove`.
#[derive(Debug, Args)]
pub struct Remove {
    /// Its id; for an enterprise also its code, a unique prefix of either, or a unique part of any of its names
    /// ‖ 记录 id；企业还可用统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    id: String,
    #[command(flatten)]
    write: Write,
}

impl RecordCommand {
    /// Runs the command for a kind of record.
    pub fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(kind, session),
            Self::Show(command) => command.run(kind, session),
            Self::Add(command) => command.run(kind, session),
            Self::Set(command) => command.run(kind, session),
            Self::Edit(command) => super::edit::run(kind, &command.id, command.reason.as_deref(), session),
            Self::Rename(command) => command.run(kind, session),
            Self::Remove(command) => command.run(kind, session),
        }
    }
}

/// A record as it is stored, with its id.
fn stored(records: &Records, record: &RecordRef) -> serde_json::Value {
    let mut object = serde_json::Map::new();
    object.insert("id".to_owned(), record.id.as_str().into());
    let value = records.get(record).map(|value| document::to_json(&value));
    if let Some(serde_json::Value::Object(fields)) = value {
        object.extend(fields);
    }
    object.into()
}

impl List {
    fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::sound(session)?;
        let records = loaded.records();
        let view = session.view(records);
        let filter = self.narrow.filter(records)?;
        let make = match kind {
            Kind::Industry => list::industries,
            Kind::Edition => list::editions,
            Kind::Activity => list::activities,
            _ => list::enterprises,
        };
        let make = |filter: &Filter| make(&view, filter);
        self.ask.list(session, (&view, &filter), &self.output, &make, &|answer| {
            answer.keys("id").iter().map(|id| stored(records, &RecordRef::new(kind, id))).collect()
        })
    }
}

impl Show {
    fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let format = self.output.wanted()?;
        let loaded = Loaded::sound(session)?;
        let record = record_named(loaded.records(), kind, &self.id)?;
        if format == Format::Json {
            return self.output.print_stored(session, &stored(loaded.records(), &record));
        }
        self.output.print(session, &show::record(&session.view(loaded.records()), &record))
    }
}

impl Add {
    fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let (ids, fields): (Vec<_>, Vec<_>) = self.fields.into_iter().partition(|it| it.path == ["id"]);
        let (persons, fields) = fields::parted(kind, fields);
        let mut value = Value::Table(Keys::default());
        fields::set(records, kind, &fields, &mut value)?;
        let record = RecordRef::new(kind, new_id(records, kind, ids.last(), &value)?);
        let mut draft = Draft::of(records);
        draft.put(record.clone(), value).map_err(|found| incomplete(found, kind))?;
        fields::set_persons(&loaded, &mut draft, &record.id, &persons)?;
        let change = draft.finish().map_err(|found| loaded.failure(found))?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!("added {record}", "已添加{record}", record = record),
        )
    }
}

/// The id of a new record: as given, or made, and not taken whatever its case.
fn new_id(
    records: &Records,
    kind: Kind,
    given: Option<&Assignment>,
    value: &Value,
) -> Result<String, Failure> {
    let taken = |id: &str| records.ids(kind).iter().any(|known| known.eq_ignore_ascii_case(id));
    let id = match (given, value) {
        (Some(given), _) => {
            let argument = format!("id={}", given.text);
            field::valid_id(&given.text).map_err(|misread| Failure::argument(misread, &argument))?;
            given.text.clone()
        }
        (None, Value::Table(fields)) => field::new_id(kind, fields, taken),
        (None, _) => String::new(),
    };
    if taken(&id) { Err(already(kind, &id)) } else { Ok(id) }
}

fn already(kind: Kind, id: &str) -> Failure {
    let misread = Misread::new(
        &rule::DUPLICATE_RECORD,
        text!("{kind} `{id}` exists already", "{kind}“{id}”已存在", kind = kind),
    )
    .help(text!(
        "`kunpeng {kind} set {id} FIELD=VALUE` changes it",
        "可用 kunpeng {kind} set {id} 字段=值 修改"
    ));
    Failure::argument(misread, &format!("id={id}"))
}

/// A new record has no file yet: its faults are those of the command line.
fn incomplete(found: Vec<Finding>, kind: Kind) -> Failure {
    let found = found.into_iter().map(|finding| {
        let missing = finding.rule == &rule::MISSING_KEY;
        let names = field::known(kind);
        let help = if missing {
            Some(text!(
                "give `FIELD=VALUE`; fields of {kind}: {names}",
                "请写 字段=值；{kind}的字段：{names}",
                kind = kind,
                names = names
            ))
        } else {
            finding.help
        };
        Finding { places: vec![Place::Argument(format!("{kind} add"))], help, ..finding }
    });
    Failure::findings(found.collect())
}

impl Set {
    fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let record = record_named(records, kind, &self.id)?;
        let mut value = records.get(&record).unwrap_or_else(|| Value::Table(Keys::default()));
        let before = value.clone();
        let (persons, fields) = fields::parted(kind, self.fields);
        fields::set(records, kind, &fields, &mut value)?;
        if kind == Kind::Enterprise {
            keep_former_code(&before, &mut value);
        }
        if kind == Kind::Enterprise && !self.correction {
            keep_former_name(&before, &mut value);
        }
        let refused = |found: Vec<Finding>| loaded.failure(as_planned(found, &record, &value));
        let mut draft = Draft::of(records);
        draft.put(record.clone(), value.clone()).map_err(refused)?;
        fields::set_persons(&loaded, &mut draft, &record.id, &persons)?;
        let change = draft.finish().map_err(refused)?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!("changed {record}", "已修改{record}", record = record),
        )
    }
}

/// The change that gives a record a new value, if the store is sound with it.
pub fn put(
    loaded: &Loaded,
    record: &RecordRef,
    value: &Value,
) -> Result<crate::model::change::Change, Failure> {
    let refused = |found: Vec<Finding>| loaded.failure(as_planned(found, record, value));
    let mut draft = Draft::of(loaded.records());
    draft.put(record.clone(), value.clone()).map_err(refused)?;
    draft.finish().map_err(refused)
}

/// What is wrong with a value that is not in the file yet is shown as it was given, not where the file has
/// something else.
fn as_planned(found: Vec<Finding>, record: &RecordRef, value: &Value) -> Vec<Finding> {
    let planned = |place: Place| match &place {
        Place::Field { record: of, path, .. } if of == record => match value.at(path) {
            Some(value) if !path.0.is_empty() => Place::Argument(format!("{path} = {value}")),
            _ => place,
        },
        _ => place,
    };
    let shown =
        |finding: Finding| Finding { places: finding.places.into_iter().map(planned).collect(), ..finding };
    found.into_iter().map(shown).collect()
}

impl Remove {
    fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load_to_ask(session)?;
        let record = record_named(loaded.records(), kind, &self.id)?;
        let found = referring(&loaded, &record);
        if !found.is_empty() {
            return Err(loaded.failure(found));
        }
        self.write.confirm(
            session,
            &text!(
                "Remove {record} and all that is recorded of it?",
                "删除{record}及其全部记录？",
                record = record
            ),
        )?;
        let mut draft = Draft::of(loaded.records());
        draft.remove(record.clone());
        if kind == Kind::Enterprise {
            draft.remove(RecordRef::new(Kind::Contact, &record.id));
        }
        let change = draft.finish().map_err(|found| loaded.failure(found))?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!("removed {record}", "已删除{record}", record = record),
        )
    }
}

/// Whatever still names a record; its own contacts go with it.
fn referring(loaded: &Loaded, record: &RecordRef) -> Vec<Finding> {
    let mut found = Vec::new();
    loaded.records().references(&mut |by, path, kind, id| {
        if kind == record.kind && id == record.id && by.kind != Kind::Contact {
            let place = Place::Field {
                record: by.clone(),
                path: path.clone(),
                part: crate::model::finding::Part::Value,
            };
            found.push(
                Finding::new(
                    &rule::STILL_NAMED,
                    text!("{by} still names {record}", "{by}仍引用{record}", by = by, record = record),
                    place,
                )
                .help(text!("remove that reference first", "请先删除该引用")),
            );
        }
    });
    found
}
