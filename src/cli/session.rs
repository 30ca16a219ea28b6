//! What every command does: find the store, load it, print tables, carry out a change.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::batch::Stage;
use super::environment::Environment;
use super::failure::{Failure, Traced};
use super::ui::{Color, Ui};
use crate::model::change::Change;
use crate::model::finding::Finding;
use crate::model::lang::Lang;
use crate::model::programme::Language;
use crate::model::records::Records;
use crate::render::{self, Format, Look};
use crate::report::change::change_table;
use crate::report::table::Table;
use crate::report::view::View;
use crate::store::Store;
use crate::store::load::Snapshot;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Use this data folder [default: KUNPENG_DATA, else ./data, else the nearest one upward]
    #[arg(long, value_name = "DIR", global = true, help_heading = "Global options")]
    pub data: Option<PathBuf>,
    /// Show labels in this language [default: the locale's, else the programme's]
    #[arg(long, value_name = "en|zh", global = true, help_heading = "Global options", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Use colour
    #[arg(long, value_name = "WHEN", global = true, help_heading = "Global options", default_value = "auto")]
    pub color: Color,
    /// Say nothing of what was done
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    match text {
        "en" => Ok(Lang::En),
        "zh" => Ok(Lang::Zh),
        _ => Err("known are en and zh".to_owned()),
    }
}

/// Options of every command that prints tables.
#[derive(Debug, Clone, Default, Args)]
pub struct Output {
    /// Print in this format: table, csv, tsv, json or md
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write to a file, in the format its ending says
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Output {
    /// The format that is wanted.
    pub fn wanted(&self) -> Result<Format, Failure> {
        match (self.format, &self.output) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) => {
                Format::from_path(path).map_err(|unknown| Failure::Usage(unknown.to_string()))
            }
            (None, None) => Ok(Format::Table),
        }
    }
}

/// Options of every command that writes.
#[derive(Debug, Clone, Default, Args)]
pub struct Write {
    /// Show the exact change and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before something that is hard to put back
    #[arg(long)]
    pub yes: bool,
}

/// A command at work.
#[derive(Debug, Clone, Copy)]
pub struct Session<'e> {
    /// The surroundings.
    pub environment: &'e Environment,
    /// The options of every command.
    pub global: &'e Global,
    /// The terminal.
    pub ui: Ui<'e>,
    /// What stands in for the store while a batch is carried out.
    pub stage: Option<&'e Stage>,
}

/// A store that has been read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Where it lies.
    pub store: Store,
    /// What was read.
    pub snapshot: Snapshot,
}

impl Loaded {
    /// The records.
    pub fn records(&self) -> &Records {
        &self.snapshot.records
    }

    /// Findings with the lines they are about.
    pub fn traced(&self, found: Vec<Finding>) -> Vec<Traced> {
        found
            .into_iter()
            .map(|finding| {
                let places =
                    finding.places.iter().map(|place| self.store.locate(&self.snapshot, place)).collect();
                (finding, places)
            })
            .collect()
    }

    /// A refusal because of findings.
    pub fn refused(&self, found: Vec<Finding>) -> Failure {
        Failure::Unsound(self.traced(found))
    }
}

impl Session<'_> {
    /// The store that is meant.
    pub fn store(&self) -> Result<Store, Failure> {
        match self.global.data.as_ref().or(self.environment.data.as_ref()) {
            Some(root) => Ok(Store::open(root)?),
            None => Ok(Store::find(&self.environment.folder)?),
        }
    }

    /// Reads the store, whatever is wrong with it.
    pub fn load(&self) -> Result<Loaded, Failure> {
        if let Some(stage) = self.stage {
            return Ok(stage.loaded());
        }
        let store = self.store()?;
        let snapshot = store.load()?;
        Ok(Loaded { store, snapshot })
    }

    /// Reads the store and refuses to go on if figures would be wrong.
    pub fn sound(&self) -> Result<Loaded, Failure> {
        let mut loaded = self.load()?;
        if loaded.snapshot.is_sound() {
            return Ok(loaded);
        }
        let found = std::mem::take(&mut loaded.snapshot.findings);
        Err(loaded.refused(found.into_iter().filter(Finding::is_error).collect()))
    }

    /// The language of labels.
    pub fn lang(&self, records: &Records) -> Lang {
        let programme = match records.programme.language {
            Language::En => Lang::En,
            Language::Zh => Lang::Zh,
        };
        self.global.lang.or_else(|| self.environment.lang()).unwrap_or(programme)
    }

    /// The records as reports see them.
    pub fn view<'r>(&self, records: &'r Records) -> View<'r> {
        View { records, lang: self.lang(records), today: self.environment.today }
    }

    /// Prints tables where they are wanted.
    pub fn print(&self, tables: &[Table], output: &Output) -> Result<(), Failure> {
        let format = output.wanted()?;
        let look = if output.output.is_some() { Look::default() } else { self.ui.look() };
        let rendered = render::tables(tables, format, &look);
        self.deliver(&rendered.bytes, output)?;
        if !rendered.shortened.is_empty() {
            self.ui.say(&format!(
                "shortened to fit the terminal: {}; a wider one, `--format csv` or `-o FILE` shows all",
                rendered.shortened.join(", ")
            ));
        }
        Ok(())
    }

    /// Writes finished output to the file that is wanted, else to stdout.
    pub fn deliver(&self, bytes: &[u8], output: &Output) -> Result<(), Failure> {
        match &output.output {
            Some(path) => {
                write_file(path, bytes)?;
                self.ui.say(&format!("wrote {}", path.display()));
                Ok(())
            }
            None => self.ui.result(bytes),
        }
    }

    /// Carries out a change, or shows it. `done` says in the past tense what was done.
    pub fn carry_out(
        &self,
        loaded: &Loaded,
        change: &Change,
        write: &Write,
        done: &str,
    ) -> Result<(), Failure> {
        if change.is_empty() {
            self.ui.say("nothing to change");
            return Ok(());
        }
        if write.dry_run {
            self.print(&[change_table(&self.view(loaded.records()), change)], &Output::default())?;
            self.ui.say("dry run: nothing was written");
            return Ok(());
        }
        self.write(loaded, change)?;
        // Within a batch nothing is done before all of it is.
        if self.stage.is_none() {
            self.ui.say(done);
        }
        Ok(())
    }

    /// Writes a change to the store, or to what stands in for it.
    pub fn write(&self, loaded: &Loaded, change: &Change) -> Result<(), Failure> {
        match self.stage {
            Some(stage) => stage.take(change),
            None => Ok(loaded.store.apply(&loaded.snapshot, change)?),
        }
    }

    /// Asks before something that is hard to put back.
    pub fn confirm(&self, write: &Write, question: &str) -> Result<(), Failure> {
        if write.yes || write.dry_run { Ok(()) } else { self.ui.confirm(question) }
    }
}

/// Writes a file that the user named.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::Undone {
        error: anyhow::Error::new(error).context(format!("cannot write `{}`", path.display())),
        help: None,
    })
}
