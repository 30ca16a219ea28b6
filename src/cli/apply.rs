//! `kunpeng apply`

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::session::{Session, Write, records};
use crate::import::plan::file::{Codec, PlanError, change, text};
use crate::model::change::Change;
use crate::model::programme::Form;
use crate::store::document;

/// How records are written in plans: as in the files of a store.
const CODEC: Codec = Codec { write: document::to_json, read: |text| document::parse(Form::Json, text).ok() };

/// Apply a plan that `import --plan` saved
///
/// The records it touches must still be as they were when the plan was made; else nothing is written and those that
/// are not are named.
#[derive(Debug, Args)]
pub struct Apply {
    /// The plan
    #[arg(value_name = "FILE")]
    plan: PathBuf,
    #[command(flatten)]
    write: Write,
}

impl Apply {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let name = self.plan.display().to_string();
        let saved = std::fs::read_to_string(&self.plan).map_err(|error| Failure::Undone {
            error: anyhow::Error::new(error).context(format!("cannot read `{name}`")),
            help: None,
        })?;
        let loaded = session.writing(&self.write)?;
        let change = match change(&saved, loaded.records(), CODEC) {
            Ok(change) => change,
            Err(PlanError::Unsound(found)) => return Err(loaded.refused(found)),
            Err(PlanError::NotAPlan(why)) => {
                return Err(Failure::undone(
                    format!("`{name}` is not a plan: {why}"),
                    "save one with `kunpeng import … --plan FILE`",
                ));
            }
            Err(PlanError::Outdated(records)) => {
                let records: Vec<String> = records.iter().map(ToString::to_string).collect();
                return Err(Failure::undone(
                    format!("not as they were when the plan was made: {}", records.join(", ")),
                    "make the plan again",
                ));
            }
        };
        let done = format!("wrote {}", records(change.edits.len()));
        session.carry_out(&loaded, &change, &self.write, &done)
    }
}

/// Saves a plan. It may hold personal data: only the owner may read it.
pub fn save(change: &Change, path: &Path) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text(change, CODEC).as_bytes())
}
