//! `kunpeng migrate`

use clap::Args;

use super::failure::Failure;
use super::load::{Loaded, judged, take};
use super::session::Session;
use super::undo::{Deed, carry_out};
use super::write::{Write, wrote};
use crate::model::migration;
use crate::model::programme::FORMAT;
use crate::store::StoreError;
use crate::store::history::ChangeKind;
use crate::text;

/// Upgrade a data folder of an older format ‖ 把旧格式的数据文件夹升级到当前格式
///
/// An older store can be read as it is, but not written. This makes it one of the present format, as one change
/// that `undo` takes back; comments in its files stay.
/// ‖ 旧格式的数据可以读取，但不能写入。本命令以一次变更将其升级，`undo` 可撤销；文件中的注释保留。
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    write: Write,
}

impl Migrate {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        // A store that is up to date is only read.
        let mut loaded = Loaded::any(session)?;
        if loaded.snapshot.format < FORMAT {
            loaded = self::loaded(session, &self.write)?;
        }
        let format = loaded.snapshot.format;
        if format > FORMAT {
            return Err(StoreError::Newer(format).into());
        }
        if format == FORMAT {
            session.ui.say(&text!(
                "nothing to do: the store has format {FORMAT}, the newest",
                "无需升级：数据已是最新格式 {FORMAT}"
            ));
            return Ok(());
        }
        let files = loaded.store.migration(&loaded.snapshot)?;
        let done = text!(
            "brought the store from format {format} to {FORMAT}: {written}",
            "数据已从格式 {format} 升级到 {FORMAT}：{written}",
            written = wrote(files.len())
        );
        carry_out(session, &loaded, files, &self.write, &Deed { kind: ChangeKind::Command, done })?;
        for step in migration::steps(format) {
            session.ui.say(&text!(
                "format {from} to {to}: {does}",
                "格式 {from} 到 {to}：{does}",
                from = step.from,
                to = step.from + 1,
                does = Text::new(step.does.en, step.does.zh)
            ));
        }
        Ok(())
    }
}

/// Reads a store of any format; what is wrong with it is put right first.
fn loaded(session: &Session<'_>, write: &Write) -> Result<Loaded, Failure> {
    if write.dry_run {
        return Loaded::sound(session);
    }
    let store = session.store()?;
    let writer = take(session, &store)?;
    judged(Loaded { snapshot: store.load()?, store, writer: Some(writer) })
}
