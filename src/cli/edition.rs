//! `kunpeng edition`

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::load::Loaded;
use super::named::edition_named;
use super::record::{RecordCommand, put};
use super::seal;
use super::session::Session;
use super::write::Write;
use crate::model::change::Change;
use crate::model::check::another_day;
use crate::model::edition::{Edition, Impossible};
use crate::model::finding::RecordRef;
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::shape::Shape;
use crate::model::text::Text;
use crate::text;

/// What can be done with editions.
#[derive(Debug, Subcommand)]
pub enum EditionCommand {
    #[command(flatten)]
    Record(RecordCommand),
    /// Open a planned edition ‖ 开班：开启筹备中的一期
    Open(Turn),
    /// Close an open edition and seal its summary ‖ 结班：结束一期并封存其汇总表
    ///
    /// What is still open is said first: members without an outcome or without figures, expectations that are not met.
    /// The tables are kept in `sealed/` of the data folder with a checksum of every record counted; `summary` prints
    /// them from then on, whatever is mended later.
    /// ‖ 先列出尚未了结的事项：没有结果或没有指标的企业、不相符的应有统计数。汇总表连同每个所计记录的校验和存入数据文件夹的
    /// `sealed/`；此后 `summary` 输出封存的数，不受日后更正影响。
    Close(Turn),
    /// Reopen a closed edition; its seal is put aside ‖ 重新开启已结班的一期，原封存另行保留
    Reopen(Reopen),
}

/// An edition and a day.
#[derive(Debug, Args)]
pub struct Turn {
    /// The edition ‖ 期次
    edition: String,
    /// The day [default: today] ‖ 日期 [默认：今天]
    #[arg(long = "on", value_name = "DATE")]
    day: Option<NaiveDate>,
    #[command(flatten)]
    write: Write,
}

/// An edition.
#[derive(Debug, Args)]
pub struct Reopen {
    /// The edition ‖ 期次
    edition: String,
    #[command(flatten)]
    write: Write,
}

impl EditionCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Record(command) => command.run(Kind::Edition, session),
            Self::Open(Turn { edition, day, write }) => {
                let on = day.unwrap_or(session.environment.today);
                step(
                    session,
                    &edition,
                    &write,
                    &text!("opened on {on}", "已启动，日期 {on}"),
                    |edition| edition.open(on),
                )
            }
            Self::Close(Turn { edition, day, write }) => {
                close(session, &edition, day.unwrap_or(session.environment.today), &write)
            }
            Self::Reopen(Reopen { edition, write }) => reopen(session, &edition, &write),
        }
    }
}

fn close(session: &Session<'_>, edition: &str, on: NaiveDate, write: &Write) -> Result<(), Failure> {
    let loaded = write.load_to_ask(session)?;
    let id = edition_named(loaded.records(), edition)?;
    let Some(change) = stepped(&loaded, &id, |edition| edition.close(on))? else { return Ok(()) };
    let mut after = loaded.records().clone();
    for edit in &change.edits {
        if let Some(value) = edit.after.clone() {
            after.put(&edit.record, value).map_err(|found| loaded.failure(found))?;
        }
    }
    let view = session.view(&after);
    if let Some(before) = loaded.store.closed_before(&id).filter(|before| *before != on.to_string()) {
        let found = another_day(&RecordRef::new(Kind::Edition, &id), &before, &on.to_string());
        session.ui.warn(&found.message);
    }
    seal::ask(session, write, &id, &seal::open_ends(&view, &id))?;
    let what = seal::make(&after, &id, loaded.snapshot.change, session.environment.today);
    let files = vec![loaded.store.sealing(&id, &what)];
    let record = RecordRef::new(Kind::Edition, &id);
    let done = text!(
        "{record} closed on {on}, its summary is sealed",
        "{record}已结束，日期 {on}，汇总表已封存",
        record = record
    );
    write.carry_out_with(session, &loaded, &change, files, &done)
}

fn reopen(session: &Session<'_>, edition: &str, write: &Write) -> Result<(), Failure> {
    let loaded = write.load_to_ask(session)?;
    let id = edition_named(loaded.records(), edition)?;
    let Some(change) = stepped(&loaded, &id, Edition::reopen)? else { return Ok(()) };
    if write.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Failure::undone(
            text!("a closed edition is not reopened without a reason", "重新开启已结束的期次须写明原因"),
            text!("give one with `--reason TEXT`; `log` keeps it", "请用 --reason 文本 写明，log 会保留"),
        ));
    }
    write.confirm(
        session,
        &text!(
            "Reopen edition `{id}` and forget the day it closed?",
            "重新开启期次“{id}”，并清除其结束日期？"
        ),
    )?;
    let files = loaded.store.unsealing(&id, loaded.snapshot.change + 1);
    let record = RecordRef::new(Kind::Edition, &id);
    let done = text!("{record} is open again", "{record}已重新开启", record = record);
    write.carry_out_with(session, &loaded, &change, files, &done)
}

/// The change of one step of an edition's life; none if there is no such edition.
fn stepped(
    loaded: &Loaded,
    id: &EditionId,
    step: impl FnOnce(Edition) -> Result<Edition, Impossible>,
) -> Result<Option<Change>, Failure> {
    let Some(edition) = loaded.records().editions.get(id).cloned() else { return Ok(None) };
    let Some(value) = step(edition)?.write() else { return Ok(None) };
    put(loaded, &RecordRef::new(Kind::Edition, id), &value).map(Some)
}

fn step(
    session: &Session<'_>,
    edition: &str,
    write: &Write,
    done: &Text,
    step: impl FnOnce(Edition) -> Result<Edition, Impossible>,
) -> Result<(), Failure> {
    let loaded = write.load(session)?;
    let id = edition_named(loaded.records(), edition)?;
    let record = RecordRef::new(Kind::Edition, &id);
    let Some(change) = stepped(&loaded, &id, step)? else { return Ok(()) };
    write.carry_out(
        session,
        &loaded,
        &change,
        &text!("{record} {done}", "{record}{done}", record = record, done = done),
    )
}
