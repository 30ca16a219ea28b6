//! What every command does: find the store, load it, print tables, carry out a change.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::batch::Stage;
use super::command_line;
use super::environment::Environment;
use super::failure::{Failure, Traced};
use super::ui::{Color, Ui};
use crate::model::change::Change;
use crate::model::finding::Finding;
use crate::model::lang::Lang;
use crate::model::programme::Language;
use crate::model::records::Records;
use crate::render::{self, Format, Look, Page};
use crate::report::change::change_table;
use crate::report::table::Table;
use crate::report::view::View;
use crate::store::history::{Act, Note};
use crate::store::load::Snapshot;
use crate::store::lock::Patience;
use crate::store::writer::{Sources, Writer};
use crate::store::{Store, StoreError};

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
    /// Wait so long for another command that writes
    #[arg(
        long,
        value_name = "SECONDS",
        global = true,
        help_heading = "Global options",
        default_value = "60"
    )]
    pub wait: u64,
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
    /// Say why; `log` shows it
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
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
    /// The command line.
    pub arguments: &'e [OsString],
    /// What stands in for the store while a batch is carried out.
    pub stage: Option<&'e Stage>,
}

/// A store that has been read.
#[derive(Debug)]
pub struct Loaded {
    /// Where it lies.
    pub store: Store,
    /// What was read.
    pub snapshot: Snapshot,
    /// The permission to change it; none if it was only read.
    pub writer: Option<Writer>,
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
        Ok(Loaded { store, snapshot, writer: None })
    }

    /// Reads the store and refuses to go on if figures would be wrong.
    pub fn sound(&self) -> Result<Loaded, Failure> {
        judged(self.load()?)
    }

    /// Reads the store as it was after a change, or as it is.
    pub fn sound_at(&self, change: Option<u64>) -> Result<Loaded, Failure> {
        let Some(change) = change else { return self.sound() };
        let store = self.store()?;
        let snapshot = store.load_at(change)?;
        judged(Loaded { store, snapshot, writer: None })
    }

    /// Reads the store to change it: nobody else does until the outcome is dropped.
    pub fn writing(&self, write: &Write) -> Result<Loaded, Failure> {
        if write.dry_run || self.stage.is_some() {
            return for_writing(self.sound()?);
        }
        let store = self.store()?;
        let writer = self.take(&store)?;
        let snapshot = writer.load()?;
        judged(Loaded { store, snapshot, writer: Some(writer) })
    }

    /// Reads the store to change it once somebody has said yes: nobody is kept waiting for the answer.
    pub fn asking(&self, write: &Write) -> Result<Loaded, Failure> {
        if write.yes { self.writing(write) } else { for_writing(self.sound()?) }
    }

    /// Waits for the permission to write, and says what was found to put in order.
    pub fn take(&self, store: &Store) -> Result<Writer, Failure> {
        let writer = Writer::take(store, &self.patience(&|text| self.ui.say(text)))?;
        self.tell(&writer);
        Ok(writer)
    }

    /// Says what a writer has to tell.
    pub fn tell(&self, writer: &Writer) {
        for report in writer.reports() {
            self.ui.say(&report.to_string());
        }
    }

    /// How long to wait for others.
    pub fn patience<'p>(&self, tell: &'p dyn Fn(&str)) -> Patience<'p> {
        let holder = format!("`{}` of {}", command_line::masked(self.arguments), self.environment.actor);
        Patience { wait: Duration::from_secs(self.global.wait), holder, tell }
    }

    /// What history notes of this command.
    pub fn note(&self, reason: Option<&str>) -> Note {
        Note {
            time: self.environment.now.clone(),
            actor: self.environment.actor.clone(),
            command: command_line::masked(self.arguments),
            reason: reason.map(command_line::text).filter(|reason| !reason.trim().is_empty()),
            act: Act::Command,
        }
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
        self.print_pages(&tables.iter().map(Page::of).collect::<Vec<_>>(), output)
    }

    /// Prints tables that may have more rows than memory holds.
    pub fn print_pages(&self, pages: &[Page<'_>], output: &Output) -> Result<(), Failure> {
        let format = output.wanted()?;
        let look = if output.output.is_some() { Look::default() } else { self.ui.look() };
        let shortened = match &output.output {
            Some(path) => self.write_pages(pages, format, path)?,
            None if look.width.is_some() && matches!(format, Format::Csv | Format::Tsv) => {
                let mut bytes = Vec::new();
                render::write(pages, format, &look, &mut bytes)?;
                self.ui.result(&render::sanitise::for_terminal(&bytes))?;
                Vec::new()
            }
            None => self.ui.results(|out| render::write(pages, format, &look, out))?,
        };
        if !shortened.is_empty() {
            self.ui.say(&format!(
                "shortened to fit the terminal: {}; a wider one, `--format csv` or `-o FILE` shows all",
                shortened.join(", ")
            ));
        }
        Ok(())
    }

    fn write_pages(&self, pages: &[Page<'_>], format: Format, path: &Path) -> Result<Vec<String>, Failure> {
        let file = File::create(path).map_err(unwritten(path))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let shortened = render::write(pages, format, &Look::default(), &mut out);
        let shortened = shortened.and_then(|found| out.flush().map(|()| found)).map_err(unwritten(path))?;
        self.ui.say(&format!("wrote {}", path.display()));
        Ok(shortened)
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
        self.write(loaded, change, &Sources::new(), write)?;
        // Within a batch nothing is done before all of it is.
        if self.stage.is_none() {
            self.ui.say(done);
        }
        Ok(())
    }

    /// Makes a change, with the rows of imported files it comes from.
    pub fn write(
        &self,
        loaded: &Loaded,
        change: &Change,
        sources: &Sources,
        write: &Write,
    ) -> Result<(), Failure> {
        if let Some(stage) = self.stage {
            return stage.take(change);
        }
        let note = self.note(write.reason.as_deref());
        if let Some(writer) = &loaded.writer {
            let told = self.ui.progress("writing");
            writer.apply(&loaded.snapshot, change, sources, note)?;
            drop(told);
            self.tell(writer);
            return Ok(());
        }
        let writer = self.take(&loaded.store)?;
        let snapshot = writer.load()?;
        if snapshot.records != loaded.snapshot.records {
            return Err(StoreError::Outdated.into());
        }
        writer.apply(&snapshot, change, sources, note)?;
        self.tell(&writer);
        Ok(())
    }

    /// Asks before something that is hard to put back.
    pub fn confirm(&self, write: &Write, question: &str) -> Result<(), Failure> {
        if write.yes || write.dry_run { Ok(()) } else { self.ui.confirm(question) }
    }
}

/// Refuses to go on if the store has another format than this version writes.
pub fn for_writing(loaded: Loaded) -> Result<Loaded, Failure> {
    Ok(Loaded { snapshot: loaded.snapshot.of_this_format()?, ..loaded })
}

/// Refuses to go on if figures would be wrong.
pub fn judged(mut loaded: Loaded) -> Result<Loaded, Failure> {
    if loaded.snapshot.is_sound() {
        return Ok(loaded);
    }
    let found = std::mem::take(&mut loaded.snapshot.findings);
    Err(loaded.refused(found.into_iter().filter(Finding::is_error).collect()))
}

/// A number of records, in words.
pub fn records(count: usize) -> String {
    format!("{count} {}", if count == 1 { "record" } else { "records" })
}

/// Writes a file that the user named.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(unwritten(path))
}

/// Why a file that the user named could not be written.
pub fn unwritten(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::Undone {
        error: anyhow::Error::new(error).context(format!("cannot write `{}`", path.display())),
        help: None,
    }
}
