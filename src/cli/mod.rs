//! The terminal: one file a command. A command loads, calls, renders and writes; it decides nothing of the field.

pub mod environment;
pub mod progress;
pub mod reader;

mod apply;
mod assignment;
mod attend;
mod backup;
mod batch;
mod candidate;
mod check;
mod command_line;
mod completions;
mod edit;
mod edition;
mod entry;
mod example;
mod export;
mod failure;
mod history;
mod import;
mod indicator;
mod init;
mod log;
mod member;
mod migrate;
mod outfile;
mod output;
mod pager;
mod record;
mod report;
mod session;
mod source;
mod status;
mod summary;
mod ui;
mod undo;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::model::kind::Kind;
use environment::Environment;
use failure::Failure;
use session::{Global, Session};
use ui::{Style, Ui};

/// Run an enterprise-cultivation programme from a folder of plain files
///
/// kunpeng keeps one plain file per enterprise, industry, activity and edition, takes in the spreadsheets as they
/// are, and prints the closing tables: who is in, what was done for them, what came of it.
#[derive(Debug, Parser)]
#[command(name = "kunpeng", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a new store with the standard word lists and rule sets
    Init(init::Init),
    /// Show on one screen the editions, what is due and what `check` finds
    Status(status::Status),
    /// Keep the programme's focus industries
    #[command(subcommand)]
    Industry(record::RecordCommand),
    /// Keep the editions and their life: planned, open, closed
    #[command(subcommand)]
    Edition(edition::EditionCommand),
    /// Keep the enterprises
    #[command(subcommand)]
    Enterprise(history::EnterpriseCommand),
    /// Keep the activities and who was there
    #[command(subcommand)]
    Activity(attend::ActivityCommand),
    /// Keep who applies to an edition
    #[command(subcommand)]
    Candidate(candidate::CandidateCommand),
    /// Keep who is in an edition
    #[command(subcommand)]
    Member(member::MemberCommand),
    /// Keep the figures enterprises report
    #[command(subcommand)]
    Indicator(indicator::IndicatorCommand),
    /// Keep the titles of enterprises
    #[command(subcommand)]
    Recognition(entry::EntryCommand),
    /// Keep the R&D platforms of enterprises
    #[command(subcommand)]
    Platform(entry::EntryCommand),
    /// Keep the applications of enterprises for schemes
    #[command(subcommand)]
    Project(entry::EntryCommand),
    /// Keep what enterprises ask for
    #[command(subcommand)]
    Need(entry::EntryCommand),
    /// Bring in tables from spreadsheets as they are, all or nothing
    Import(import::Import),
    /// Apply a plan that `import --plan` saved
    Apply(apply::Apply),
    /// Run many commands, one a line, as one change
    Batch(batch::Batch),
    /// Take out records as a table that `import` reads back
    Export(export::Export),
    /// Print a report
    Report(report::Report),
    /// Print the closing tables of an edition
    Summary(summary::Summary),
    /// Look over the whole store and list every finding
    Check(check::Check),
    /// Show who changed what, when and why
    Log(log::Log),
    /// Take a change back
    Undo(undo::Undo),
    /// Make again a change that was taken back
    Redo(undo::Redo),
    /// Make history shorter
    #[command(subcommand)]
    History(history::HistoryCommand),
    /// Bring a store of an older format up to date
    Migrate(migrate::Migrate),
    /// Copy the whole store with its history, in one state, while others write
    Backup(backup::Backup),
    /// Put a copy back into a new folder, if every checksum agrees
    Restore(backup::Restore),
    /// Print the completions for a shell
    Completions(completions::Completions),
}

/// The whole command line, with the examples at the end of every help.
pub fn command() -> clap::Command {
    example::attach(Cli::command())
}

/// Runs a command line.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|word| word == reader::COMMAND) {
        return reader::run(&arguments[2..]);
    }
    let cli = command().try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to stdout and is no failure; a closed pipe is none either.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let lang = cli.global.lang.or_else(|| environment.lang()).unwrap_or_default();
    let style = Style { color: cli.global.color, quiet: cli.global.quiet, pages: !cli.global.no_pager };
    let ui = Ui::new(environment, style, lang);
    let session = Session { environment, global: &cli.global, ui: &ui, arguments: &arguments, stage: None };
    match dispatch(cli.command, &session) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            ui.fail(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn dispatch(command: Command, session: &Session<'_>) -> Result<(), Failure> {
    use crate::model::entry::{NEED, PLATFORM, PROJECT, RECOGNITION};
    match command {
        Command::Init(command) => command.run(session),
        Command::Status(command) => command.run(session),
        Command::Industry(command) => command.run(Kind::Industry, session),
        Command::Edition(command) => command.run(session),
        Command::Enterprise(command) => command.run(session),
        Command::Activity(command) => command.run(session),
        Command::Candidate(command) => command.run(session),
        Command::Member(command) => command.run(session),
        Command::Indicator(command) => command.run(session),
        Command::Recognition(command) => command.run(&RECOGNITION, session),
        Command::Platform(command) => command.run(&PLATFORM, session),
        Command::Project(command) => command.run(&PROJECT, session),
        Command::Need(command) => command.run(&NEED, session),
        Command::Import(command) => command.run(session),
        Command::Apply(command) => command.run(session),
        Command::Batch(command) => command.run(session, &line),
        Command::Export(command) => command.run(session),
        Command::Report(command) => command.run(session),
        Command::Summary(command) => command.run(session),
        Command::Check(command) => command.run(session),
        Command::Log(command) => command.run(session),
        Command::Undo(command) => command.run(session),
        Command::Redo(command) => command.run(session),
        Command::History(command) => command.run(session),
        Command::Migrate(command) => command.run(session),
        Command::Backup(command) => command.run(session),
        Command::Restore(command) => command.run(session),
        Command::Completions(command) => command.run(session),
    }
}

/// Carries out a line of a batch: a command line without the name of the program.
fn line(words: &[String], session: &Session<'_>) -> Result<(), Failure> {
    let arguments = std::iter::once("kunpeng").chain(words.iter().map(String::as_str));
    let parsed = command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| Failure::Usage(error.to_string().lines().next().unwrap_or_default().into()))?;
    dispatch(parsed.command, session)
}
