//! `kunpeng apply`

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::infile;
use super::outfile::{self, Access};
use super::session::Session;
use super::write::{Write, wrote};
use crate::import::plan::file::{self, Codec, PlanError};
use crate::model::change::Change;
use crate::model::programme::RecordFormat;
use crate::model::text::Text;
use crate::store::document;
use crate::text;

/// The largest plan that is saved or read, in bytes: that of an import of all the rows a file may have.
const LARGEST: u64 = 256 << 20;

/// How records are written in plans: as in the files of a store.
const CODEC: Codec =
    Codec { write: document::to_json, read: |text| document::parse(RecordFormat::Json, text).ok() };

/// Apply a plan that `import --plan` saved ‖ 执行 `import --plan` 保存的导入方案
///
/// The records it touches must still be as they were when the plan was made; else nothing is written and those
/// that are not are named.
/// ‖ 方案涉及的记录须与制定方案时一致，否则不写入，并列出有出入的记录。
#[derive(Debug, Args)]
pub struct Apply {
    /// Plan file ‖ 方案文件
    #[arg(value_name = "FILE")]
    plan: PathBuf,
    #[command(flatten)]
    write: Write,
}

impl Apply {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let name = self.plan.display().to_string();
        let saved = infile::text(&self.plan, LARGEST, in_parts())?;
        let loaded = self.write.load(session)?;
        let change = match file::change(&saved, loaded.records(), CODEC) {
            Ok(change) => change,
            Err(PlanError::Unsound(found)) => return Err(loaded.failure(found)),
            Err(PlanError::NotAPlan(why)) => {
                return Err(Failure::undone(
                    text!("`{name}` is not a plan: {why}", "“{name}”不是导入方案：{why}", why = why),
                    text!(
                        "save one with `kunpeng import … --plan FILE`",
                        "可用 kunpeng import … --plan 文件 保存方案"
                    ),
                ));
            }
            Err(PlanError::Outdated(records)) => {
                return Err(Failure::undone(
                    text!(
                        "changed since the plan was made: {records}",
                        "生成方案之后已有变动：{records}",
                        records = records
                    ),
                    text!("make the plan again", "请重新生成方案"),
                ));
            }
        };
        let done = wrote(change.edits.len());
        self.write.carry_out(session, &loaded, &change, &done)
    }
}

/// What to do instead of a plan that is too large.
fn in_parts() -> Text {
    text!("import the table in parts", "请分批导入")
}

/// Saves a plan. It may hold personal data: only the owner may read it.
pub fn save(change: &Change, path: &Path) -> Result<(), Failure> {
    let text = file::text(change, CODEC);
    if u64::try_from(text.len()).is_ok_and(|length| length > LARGEST) {
        let message = text!(
            "the plan would have more than {megabytes} MB; it was not saved",
            "导入方案将超过 {megabytes} MB，没有保存",
            megabytes = LARGEST >> 20
        );
        return Err(Failure::undone(message, in_parts()));
    }
    outfile::write(path, text.as_bytes(), Access::Private)
}
