//! `kunpeng enterprise merge` and `kunpeng KIND rename`

use clap::Args;

use super::failure::Failure;
use super::load::Loaded;
use super::named::record_named;
use super::output::Output;
use super::seal;
use super::session::Session;
use super::write::Write;
use crate::model::change::{Change, Draft};
use crate::model::field;
use crate::model::finding::RecordRef;
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::merge::{Clash, merge};
use crate::model::rename::referring;
use crate::model::shape::Shape;
use crate::model::text::Text;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;
use crate::text;

/// Options of `enterprise merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// The record that stays: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 保留的记录：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    kept: String,
    /// The record that goes into it ‖ 并入的记录
    other: String,
    /// They are two enterprises: remember that, and do not propose it again ‖ 确为两家企业：记下并不再提示
    #[arg(long)]
    not_same: bool,
    #[command(flatten)]
    write: Write,
}

/// Options of `rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// Its id; for an enterprise also its code, a unique prefix of either, or a unique part of any of its names
    /// ‖ 记录 id；企业还可用统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    old: String,
    /// The new id ‖ 新的 id
    new: String,
    #[command(flatten)]
    write: Write,
}

impl Merge {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load_to_ask(session)?;
        let records = loaded.records();
        let (first, kept) = records.resolve_enterprise(&self.kept)?;
        let (second, other) = records.resolve_enterprise(&self.other)?;
        if first == second {
            return Err(Failure::Usage(text!(
                "`{first}` cannot be merged with itself",
                "“{first}”不能与自身合并"
            )));
        }
        if self.not_same {
            return self.remember(session, &loaded, first, second);
        }
        if let (Some(one), Some(two)) = (&kept.code, &other.code)
            && one != two
        {
            return Err(Failure::undone(
                text!(
                    "`{first}` and `{second}` have different codes, {one} and {two}: they are two enterprises",
                    "“{first}”与“{second}”的代码不同（{one}、{two}），是两家企业"
                ),
                text!(
                    "if it is one firm under a new code, clear the code of the old record first: `kunpeng enterprise set {second} code= former_codes={two}`",
                    "如为同一企业更换了代码，请先处理旧记录：kunpeng enterprise set {second} code= former_codes={two}"
                ),
            ));
        }
        let merged = merge(records, first, second).map_err(|found| loaded.failure(found))?;
        if !merged.clashes.is_empty() {
            let table = clashes(&session.view(records), &merged.clashes);
            Output::default().print(session, &[table])?;
        }
        self.write.confirm(
            session,
            &text!(
                "Merge `{second}` into `{first}`, keeping what `{first}` says where they differ?",
                "将“{second}”并入“{first}”，不一致处以“{first}”为准？"
            ),
        )?;
        let change = merged.draft.finish().map_err(|found| loaded.failure(found))?;
        let done = text!("merged `{second}` into `{first}`", "已将“{second}”并入“{first}”");
        let of = |id| RecordRef::new(Kind::Enterprise, id);
        carry_out(session, &loaded, &change, (&of(second), &of(first)), &self.write, &done)
    }

    fn remember(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        first: &EnterpriseId,
        second: &EnterpriseId,
    ) -> Result<(), Failure> {
        let done =
            text!("`{first}` and `{second}` are two enterprises", "已记下：“{first}”与“{second}”是两家企业");
        let ids = std::slice::from_ref(first);
        super::member::edit_enterprises(session, loaded, ids, &self.write, &done, |_, enterprise| {
            if !enterprise.not_same.contains(second) {
                enterprise.not_same.push(second.clone());
            }
            Ok(())
        })
    }
}

/// What both records say differently, side by side.
fn clashes(view: &View<'_>, clashes: &[Clash]) -> Table {
    let columns = [("field", Holds::Text), ("kept", Holds::Text), ("dropped", Holds::Text)];
    let mut table = view.table("merge", &columns);
    for clash in clashes {
        let cells = [clash.field.clone(), clash.kept.to_string(), clash.dropped.to_string()];
        table.row(cells.map(Cell::Text).to_vec());
    }
    table
}

impl Rename {
    /// Runs the command for a kind of record.
    pub fn run(self, kind: Kind, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let old = record_named(records, kind, &self.old)?;
        field::valid_id(&self.new).map_err(|misread| Failure::argument(misread, &self.new))?;
        let new = RecordRef::new(kind, &self.new);
        let is_taken = |id: &&str| id.eq_ignore_ascii_case(&self.new) && *id != old.id;
        if let Some(taken) = records.ids(kind).into_iter().find(is_taken) {
            return Err(Failure::undone(
                text!("{kind} `{taken}` exists already", "{kind}“{taken}”已存在", kind = kind),
                text!("choose another id", "请另选一个 id"),
            ));
        }
        let mut draft = Draft::of(records);
        for (record, value) in referring(records, kind, &old.id, &self.new) {
            let record = if record == old { new.clone() } else { record };
            draft.put(record, value).map_err(|found| loaded.failure(found))?;
        }
        let contact = RecordRef::new(Kind::Contact, &old.id);
        if kind == Kind::Enterprise
            && let Some(value) = records.contacts.get(old.id.as_str()).and_then(Shape::write)
        {
            draft
                .put(RecordRef::new(Kind::Contact, &self.new), value)
                .map_err(|found| loaded.failure(found))?;
            draft.remove(contact);
        }
        if let Some(value) = records.get(&old).filter(|_| draft.records().get(&new).is_none()) {
            draft.put(new.clone(), value).map_err(|found| loaded.failure(found))?;
        }
        if old != new {
            draft.remove(old.clone());
        }
        let change = draft.finish().map_err(|found| loaded.failure(found))?;
        let done = text!("renamed {old} to `{id}`", "已将{old}改名为“{id}”", old = old, id = new.id);
        carry_out(session, &loaded, &change, (&old, &new), &self.write, &done)
    }
}

/// Carries out a change that gives a record another id, in the seals too.
fn carry_out(
    session: &Session<'_>,
    loaded: &Loaded,
    change: &Change,
    ids: (&RecordRef, &RecordRef),
    write: &Write,
    done: &Text,
) -> Result<(), Failure> {
    let files = seal::renamed(loaded, change, ids)?;
    if session.stage.is_some() && !files.is_empty() {
        return Err(Failure::Usage(text!(
            "{old} stands in a seal, and a seal is not rewritten in a batch",
            "{old}已写入封存文件，批处理中不能改写封存文件",
            old = ids.0
        )));
    }
    write.carry_out_with(session, loaded, change, files, done)
}
