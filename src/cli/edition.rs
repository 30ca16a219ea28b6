//! `kunpeng edition`

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::member::edition_meant;
use super::record::{RecordCommand, put};
use super::session::{Session, Write};
use crate::model::edition::{Edition, Impossible};
use crate::model::finding::RecordRef;
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
    /// Close an open edition ‖ 结班：结束一期
    Close(Turn),
    /// Reopen a closed edition ‖ 重新开启已结班的一期
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
                let on = day.unwrap_or(session.environment.today);
                step(
                    session,
                    &edition,
                    &write,
                    &text!("closed on {on}", "已结束，日期 {on}"),
                    |edition| edition.close(on),
                )
            }
            Self::Reopen(Reopen { edition, write }) => {
                session.confirm(
                    &write,
                    &text!(
                        "Reopen edition `{edition}` and forget the day it closed?",
                        "重新开启期次“{edition}”，并清除其结束日期？"
                    ),
                )?;
                step(session, &edition, &write, &text!("is open again", "已重新开启"), Edition::reopen)
            }
        }
    }
}

fn step(
    session: &Session<'_>,
    edition: &str,
    write: &Write,
    done: &Text,
    step: impl FnOnce(Edition) -> Result<Edition, Impossible>,
) -> Result<(), Failure> {
    let loaded = session.writing(write)?;
    let id = edition_meant(loaded.records(), edition)?;
    let Some(edition) = loaded.records().editions.get(&id).cloned() else { return Ok(()) };
    let record = RecordRef::new(Kind::Edition, &id);
    let Some(value) = step(edition)?.write() else { return Ok(()) };
    let change = put(&loaded, &record, &value)?;
    session.carry_out(
        &loaded,
        &change,
        write,
        &text!("{record} {done}", "{record}{done}", record = record, done = done),
    )
}
