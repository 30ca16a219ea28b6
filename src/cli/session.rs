//! What every command does: find the store, load it, print tables, carry out a change.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::batch::Stage;
use super::command_line;
use super::environment::Environment;
use super::failure::{Failure, Traced};
use super::output::Output;
use super::ui::{Color, SHOWN, Ui};
use crate::model::change::{Change, Edit};
use crate::model::check;
use crate::model::finding::Finding;
use crate::model::lang::Lang;
use crate::model::personal::hide;
use crate::model::programme::Language;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::report::change::change_table;
use crate::report::view::View;
use crate::store::history::{ChangeKind, Note};
use crate::store::image::FileChange;
use crate::store::load::Snapshot;
use crate::store::lock::LockOptions;
use crate::store::writer::{Sources, Writer};
use crate::store::{Store, StoreError};
use crate::text;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Use this data folder [default: `KUNPENG_DATA`, else ./data, else the nearest one upward]
    /// ‖ 使用该数据文件夹 [默认：`KUNPENG_DATA`，其次 ./data，再次逐级向上查找]
    #[arg(long, value_name = "DIR", global = true, help_heading = "Global options")]
    pub data: Option<PathBuf>,
    /// Speak this language [default: the locale's, else the programme's]
    /// ‖ 使用该语言 [默认：系统语言，其次培育计划的语言]
    #[arg(long, value_name = "en|zh", global = true, help_heading = "Global options", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Use color ‖ 是否使用颜色
    #[arg(long, value_name = "WHEN", global = true, help_heading = "Global options", default_value = "auto")]
    pub color: Color,
    /// Do not use a pager ‖ 不使用分页程序
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_pager: bool,
    /// Do not print status messages ‖ 不显示状态信息
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Wait at most this long for other commands that write ‖ 等待其他写入命令的最长秒数
    #[arg(
        long,
        value_name = "SECONDS",
        global = true,
        help_heading = "Global options",
        default_value = "60"
    )]
    pub wait: u64,
}

fn parse_lang(name: &str) -> Result<Lang, Text> {
    super::language::named(name).ok_or_else(|| text!("known are en and zh", "可选 en 或 zh"))
}

/// Options of every command that writes.
#[derive(Debug, Clone, Default, Args)]
pub struct Write {
    /// Show the exact change and write nothing ‖ 显示将作的改动，不写入
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask for confirmation ‖ 不再询问确认
    #[arg(long)]
    pub yes: bool,
    /// Record why; `log` shows it ‖ 记下缘由，`log` 可查
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
    pub ui: &'e Ui<'e>,
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

    /// Whether the files may say something else by now.
    pub fn is_past(&self) -> bool {
        self.store.last_change().is_ok_and(|last| last != self.snapshot.change)
    }

    /// Findings with the lines they are about.
    pub fn traced(&self, found: Vec<Finding>) -> Vec<Traced> {
        let mut located =
            self.store.locate(&self.snapshot, found.iter().flat_map(|finding| &finding.places)).into_iter();
        let mut traced = Vec::new();
        for finding in found {
            let places = located.by_ref().take(finding.places.len()).collect();
            traced.push((finding, places));
        }
        traced
    }

    /// A refusal because of findings.
    pub fn refused(&self, found: Vec<Finding>) -> Failure {
        Failure::Unsound(self.traced(found))
    }
}

/// Of larger changes `check` tells what is to be looked at: their command would take twice as long.
const WARNED: usize = 5000;

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
        let snapshot = self.read(&store, || store.load())?;
        Ok(Loaded { store, snapshot, writer: None })
    }

    fn read(
        &self,
        store: &Store,
        read: impl FnOnce() -> Result<Snapshot, StoreError>,
    ) -> Result<Snapshot, Failure> {
        let _progress = self.ui.progress(&text!("reading the data", "正在读取数据"), &store.meter());
        Ok(read()?)
    }

    /// Reads the store and refuses to go on if figures would be wrong.
    pub fn sound(&self) -> Result<Loaded, Failure> {
        judged(self.load()?)
    }

    /// Reads the store as it was after a change, or as it is.
    pub fn sound_at(&self, change: Option<u64>) -> Result<Loaded, Failure> {
        let Some(change) = change else { return self.sound() };
        let store = self.store()?;
        let snapshot = self.read(&store, || store.load_at(change))?;
        judged(Loaded { store, snapshot, writer: None })
    }

    /// Reads the store to change it: nobody else does until the outcome is dropped.
    pub fn writing(&self, write: &Write) -> Result<Loaded, Failure> {
        if write.dry_run || self.stage.is_some() {
            return for_writing(self.sound()?);
        }
        let store = self.store()?;
        let writer = self.take(&store)?;
        let snapshot = self.read(&store, || writer.load())?;
        judged(Loaded { store, snapshot, writer: Some(writer) })
    }

    /// Reads the store to change it once somebody has said yes: nobody is kept waiting for the answer.
    pub fn asking(&self, write: &Write) -> Result<Loaded, Failure> {
        if write.yes { self.writing(write) } else { for_writing(self.sound()?) }
    }

    /// Waits for the permission to write, and says what was found to put in order.
    pub fn take(&self, store: &Store) -> Result<Writer, Failure> {
        let writer = Writer::take(store, &self.lock_options(&|text| self.ui.say(text)))?;
        self.tell(&writer);
        Ok(writer)
    }

    /// Says what a writer has to tell.
    pub fn tell(&self, writer: &Writer) {
        for notice in writer.notices() {
            self.ui.say(&notice.text());
        }
    }

    /// How long to wait for others.
    pub fn lock_options<'p>(&self, tell: &'p dyn Fn(&Text)) -> LockOptions<'p> {
        let holder = format!("`{}` of {}", command_line::masked(self.arguments), self.environment.actor);
        LockOptions { wait: Duration::from_secs(self.global.wait), holder, tell }
    }

    /// What history notes of this command.
    pub fn note(&self, reason: Option<&str>) -> Note {
        Note {
            time: self.environment.now.clone(),
            actor: self.environment.actor.clone(),
            command: command_line::masked(self.arguments),
            reason: reason.map(hide).filter(|reason| !reason.trim().is_empty()),
            kind: ChangeKind::Command,
        }
    }

    /// The language of labels; everything said from now on is in it too.
    pub fn lang(&self, records: &Records) -> Lang {
        let programme = match records.programme.language {
            Language::En => Lang::En,
            Language::Zh => Lang::Zh,
        };
        let lang = self.global.lang.or_else(|| self.environment.lang()).unwrap_or(programme);
        self.ui.speak(lang);
        lang
    }

    /// The records as reports see them.
    pub fn view<'r>(&self, records: &'r Records) -> View<'r> {
        View { records, lang: self.lang(records), today: self.environment.today }
    }

    /// Carries out a change, or shows it. `done` says in the past tense what was done.
    pub fn carry_out(
        &self,
        loaded: &Loaded,
        change: &Change,
        write: &Write,
        done: &Text,
    ) -> Result<(), Failure> {
        self.carry_out_with(loaded, change, Vec::new(), write, done)
    }

    /// The same, with files that are no records as part of the change.
    pub fn carry_out_with(
        &self,
        loaded: &Loaded,
        change: &Change,
        files: Vec<FileChange>,
        write: &Write,
        done: &Text,
    ) -> Result<(), Failure> {
        if change.is_empty() {
            self.ui.say(&nothing_to_change());
            return Ok(());
        }
        if write.dry_run {
            self.print(&[change_table(&self.view(loaded.records()), change)], &Output::default())?;
            self.warn_of(loaded.records(), &change.edits, |_| true);
            self.ui.say(&dry_run());
            return Ok(());
        }
        self.write_with(loaded, change, &Sources::new(), files, write)?;
        // Within a batch nothing is done before all of it is.
        if self.stage.is_none() {
            self.ui.say(done);
            self.warn_of(loaded.records(), &change.edits, |_| true);
        }
        Ok(())
    }

    /// Says what somebody should look at because of a change, and did not have to before; `is_told` leaves out what is
    /// said elsewhere.
    pub fn warn_of(&self, before: &Records, edits: &[Edit], is_told: impl Fn(&Finding) -> bool) {
        if edits.len() > WARNED {
            return;
        }
        let mut after = before.clone();
        for edit in edits {
            match &edit.after {
                // What is written has been read already.
                Some(value) => drop(after.put(&edit.record, value.clone())),
                None => after.remove(&edit.record),
            }
        }
        let today = self.environment.today;
        let known = check::warnings(before, today);
        let new = check::warnings(&after, today).into_iter();
        let new: Vec<Traced> = new
            .filter(|finding| is_told(finding) && !known.contains(finding))
            .take(SHOWN)
            .map(|finding| (finding, Vec::new()))
            .collect();
        if !new.is_empty() {
            self.ui.say_findings(&new);
        }
    }

    /// Makes a change, with the rows of imported files it comes from.
    pub fn write(
        &self,
        loaded: &Loaded,
        change: &Change,
        sources: &Sources,
        write: &Write,
    ) -> Result<(), Failure> {
        self.write_with(loaded, change, sources, Vec::new(), write)
    }

    fn write_with(
        &self,
        loaded: &Loaded,
        change: &Change,
        sources: &Sources,
        files: Vec<FileChange>,
        write: &Write,
    ) -> Result<(), Failure> {
        if let Some(stage) = self.stage {
            return stage.take(change);
        }
        let note = self.note(write.reason.as_deref());
        if let Some(writer) = &loaded.writer {
            let progress = self.ui.progress(&text!("writing", "正在写入"), &loaded.store.meter());
            writer.apply_with(&loaded.snapshot, change, sources, files, note)?;
            drop(progress);
            self.tell(writer);
            return Ok(());
        }
        let writer = self.take(&loaded.store)?;
        let snapshot = writer.load()?;
        if snapshot.records != loaded.snapshot.records {
            return Err(StoreError::Outdated.into());
        }
        writer.apply_with(&snapshot, change, sources, files, note)?;
        self.tell(&writer);
        Ok(())
    }

    /// Asks before something that is hard to put back.
    pub fn confirm(&self, write: &Write, question: &Text) -> Result<(), Failure> {
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
pub fn records(count: usize) -> Text {
    let en = if count == 1 { "record" } else { "records" };
    text!("{count} {en}", "{count} 个记录")
}

/// That so many records were written.
pub fn wrote(count: usize) -> Text {
    text!("wrote {records}", "已写入 {records}", records = records(count))
}

/// That there is no difference to be written.
pub fn nothing_to_change() -> Text {
    text!("nothing to change", "没有需要改动的内容")
}

/// That what was shown was not written.
pub fn dry_run() -> Text {
    text!("dry run: nothing was written", "试运行：没有写入任何内容")
}
