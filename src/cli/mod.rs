//! The terminal: one file a command. A command loads, calls, renders and writes; it decides nothing of the field.

pub mod environment;
pub mod progress;
pub mod reader;

mod apply;
mod ask;
mod assignment;
mod attend;
mod backup;
mod batch;
mod candidate;
mod check;
mod command_line;
mod completions;
mod disclosure;
mod edit;
mod edition;
mod entry;
mod example;
mod export;
mod failure;
mod field_help;
mod fields;
mod help;
mod history;
mod import;
mod in_use;
mod indicator;
mod infile;
mod init;
mod language;
mod load;
mod log;
mod member;
mod merge;
mod migrate;
mod named;
mod outfile;
mod output;
mod pager;
mod record;
mod report;
mod seal;
mod session;
mod source;
mod stage;
mod status;
mod summary;
mod ui;
mod undo;
mod usage;
mod why;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::model::kind::Kind;
use crate::model::lang::Lang;
use environment::Environment;
use failure::Failure;
use session::{Global, Session};
use ui::{Style, Ui};

/// Run an enterprise-cultivation programme from a folder of plain files ‖ 用一个纯文本文件夹管理企业培育计划
///
/// kunpeng keeps one plain file per enterprise, industry, activity and edition, takes in the spreadsheets as they
/// are, and prints the closing tables: who is in, what was done for them, what came of it.
/// ‖ 每家企业、每个产业、每场活动、每一期各存一个纯文本文件；表格拿来即可导入；期末汇总表直接输出：谁在培育、做了什
/// 么、成效如何。
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
    /// Create a data folder with the standard word lists and rule sets ‖ 新建数据文件夹，附标准词表和规则集
    Init(init::Init),
    /// Show editions, what is due and what `check` finds ‖ 一屏显示各期概况、到期事项和检查结果
    Status(status::Status),
    /// Manage focus industries ‖ 管理重点产业
    #[command(subcommand)]
    Industry(record::RecordCommand),
    /// Manage editions: planned, open, closed ‖ 管理期次：筹备、开班、结班
    #[command(subcommand)]
    Edition(edition::EditionCommand),
    /// Manage enterprises ‖ 管理企业
    #[command(subcommand)]
    Enterprise(history::EnterpriseCommand),
    /// Manage activities and attendance ‖ 管理活动和出席记录
    #[command(subcommand)]
    Activity(attend::ActivityCommand),
    /// Manage the candidates of an edition ‖ 管理各期申报企业
    #[command(subcommand)]
    Candidate(candidate::CandidateCommand),
    /// Manage the members of an edition ‖ 管理各期入选企业
    #[command(subcommand)]
    Member(member::MemberCommand),
    /// Manage the figures enterprises report ‖ 管理企业上报的指标
    #[command(subcommand)]
    Indicator(indicator::IndicatorCommand),
    /// Manage recognitions ‖ 管理企业资质
    #[command(subcommand)]
    Recognition(entry::EntryCommand),
    /// Manage R&D platforms ‖ 管理企业研发平台
    #[command(subcommand)]
    Platform(entry::EntryCommand),
    /// Manage project applications ‖ 管理企业项目申报
    #[command(subcommand)]
    Project(entry::EntryCommand),
    /// Manage the needs enterprises raise ‖ 管理企业诉求
    #[command(subcommand)]
    Need(entry::EntryCommand),
    /// Import tables from spreadsheets as they are, all or nothing ‖ 原样导入表格，要么全部成功，要么不作改动
    Import(Box<import::Import>),
    /// Apply a plan that `import --plan` saved ‖ 执行 `import --plan` 保存的导入方案
    Apply(apply::Apply),
    /// Run commands from a file as one change ‖ 批量执行命令，合为一次变更
    Batch(batch::Batch),
    /// Export records as a table that `import` reads back ‖ 导出记录，导出的表可再次导入
    Export(export::Export),
    /// Print a report ‖ 输出一张报表
    Report(report::Report),
    /// Print the summary tables of an edition ‖ 输出一期的汇总表
    Summary(summary::Summary),
    /// Check the whole data folder and list every finding ‖ 检查全部数据，列出所有问题
    Check(check::Check),
    /// Show who changed what, when and why ‖ 显示变更记录：何人、何时、为何改了什么
    Log(log::Log),
    /// Undo a change ‖ 撤销一次变更
    Undo(undo::Undo),
    /// Redo a change that was undone ‖ 重做一次已撤销的变更
    Redo(undo::Redo),
    /// Manage the history of changes ‖ 管理变更记录
    #[command(subcommand)]
    History(history::HistoryCommand),
    /// Upgrade a data folder of an older format ‖ 把旧格式的数据文件夹升级到当前格式
    Migrate(migrate::Migrate),
    /// Back up the data folder with its history, even while others write
    /// ‖ 备份数据文件夹和变更记录，备份期间不影响他人写入
    Backup(backup::Backup),
    /// Restore a backup into a new folder, if every checksum agrees ‖ 校验无误后，把备份恢复到新文件夹
    Restore(backup::Restore),
    /// Print shell completions ‖ 输出命令行补全脚本
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
    let lang = language::spoken(&arguments, environment);
    let cli = command().try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) => return misread(&error, &arguments, environment, lang),
    };
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

/// Prints the help or the version that was asked for, or what is wrong with the command line.
fn misread(error: &clap::Error, arguments: &[OsString], environment: &Environment, lang: Lang) -> ExitCode {
    let ui = Ui::new(environment, Style::default(), lang);
    if error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        ui.misread(error);
        return ExitCode::from(2);
    }
    // The same once more, in the language that is spoken.
    let records = language::records(arguments, environment);
    let parsed = help::localized(field_help::mark(command()), lang).try_get_matches_from(arguments);
    let text = parsed.map_or_else(|error| error.to_string(), |_| error.to_string());
    let text = field_help::filled(&text, records.as_ref(), lang);
    let text =
        if error.kind() == ErrorKind::DisplayVersion { text } else { help::shown(&text, lang, ui.width()) };
    ui.help(&text, error.use_stderr());
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
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
        .map_err(|error| Failure::Usage(usage::fault(&error).0))?;
    dispatch(parsed.command, session)
}
