//! `kunpeng log`

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::load::Loaded;
use super::named::record_named;
use super::outfile::Access;
use super::output::Output;
use super::session::Session;
use crate::model::change::Difference;
use crate::model::field::known;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::shape::unknown_key;
use crate::report::change::change_table;
use crate::report::diff::diff;
use crate::report::log::{Line, Step, What, log, origin};
use crate::store::history::{ChangeKind, Entry};
use crate::store::image::{FileChange, Image};
use crate::store::replay::edit_of;

/// Show who changed what, when and why ‖ 显示变更记录：何人、何时、为何改了什么
///
/// The latest change comes first. Edits made by hand are noticed by the next command that writes, and stand here
/// under its time.
/// ‖ 最近的变更在前。手工编辑由下一条写入命令发现，按那时的时间列出。
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Log {
    #[command(subcommand)]
    command: Option<LogCommand>,
    /// Show at most this many changes ‖ 最多显示的变更数
    #[arg(short, value_name = "N", default_value = "20")]
    number: usize,
    /// Show where an enterprise's values come from, oldest first ‖ 显示企业各项数据的来历，由旧到新
    #[arg(long, value_name = "ENTERPRISE")]
    enterprise: Option<String>,
    /// Show only this field, such as indicators.2023.revenue ‖ 只显示该字段，如 indicators.2023.revenue
    #[arg(long, value_name = "FIELD", requires = "enterprise")]
    field: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// What can be asked of one change.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Show a change: every value, old and new ‖ 显示一次变更的全部新旧值
    Show(Show),
}

/// Options of `log show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Number of the change ‖ 变更编号
    change: u64,
    /// Show changed lines of files instead ‖ 改为逐行显示文件差异
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    output: Output,
}

impl Log {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        if let Some(LogCommand::Show(show)) = self.command {
            return show.run(session);
        }
        let loaded = Loaded::any(session)?;
        let view = session.view(loaded.records());
        let changes = loaded.store.changes()?;
        if let Some(enterprise) = &self.enterprise {
            let steps = steps(&loaded, &changes, enterprise, self.field.as_deref())?;
            return self.output.print(session, &[origin(&view, &steps)]);
        }
        let latest = changes.iter().rev().take(self.number);
        let lines =
            latest.map(|id| Ok(line(&loaded.store.entry(*id)?))).collect::<Result<Vec<_>, Failure>>()?;
        self.output.print(session, &[log(&view, &lines)])
    }
}

fn line(entry: &Entry) -> Line {
    let note = entry.note.clone();
    let what = match note.kind {
        ChangeKind::Start => What::Start,
        ChangeKind::ByHand => What::ByHand,
        _ => What::Command(note.command),
    };
    Line {
        change: entry.id,
        time: note.time,
        actor: note.actor,
        what,
        reason: note.reason,
        records: entry.files.len(),
    }
}

/// Every value of an enterprise and its contacts that a change touched.
fn steps(
    loaded: &Loaded,
    changes: &[u64],
    enterprise: &str,
    field: Option<&str>,
) -> Result<Vec<Step>, Failure> {
    // One that has been removed is known by its id alone.
    let id = record_named(loaded.records(), Kind::Enterprise, enterprise)
        .map_or(enterprise.to_owned(), |it| it.id.to_string());
    if let Some(field) = field {
        has_field(field)?;
    }
    let mut steps = Vec::new();
    for change in changes {
        let entry = loaded.store.entry(*change)?;
        for file in &entry.files {
            let Some(edit) = edit_of(file).filter(|edit| {
                edit.record.id == id && matches!(edit.record.kind, Kind::Enterprise | Kind::Contact)
            }) else {
                continue;
            };
            let wanted = |it: &Difference| field.is_none_or(|field| is_within(&it.path.to_string(), field));
            steps.extend(edit.differences().into_iter().filter(wanted).map(|difference| Step {
                line: line(&entry),
                edit: edit.clone(),
                difference,
                source: source(file),
            }));
        }
    }
    Ok(steps)
}

/// Refuses a field that neither enterprises nor their persons have.
fn has_field(field: &str) -> Result<(), Failure> {
    let first = field.split(['.', '[']).next().unwrap_or_default();
    let all = [known(Kind::Enterprise), known(Kind::Contact)].concat();
    if all.contains(&first) {
        return Ok(());
    }
    Err(Failure::argument(unknown_key(first, &all), &format!("--field {field}")))
}

fn is_within(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn source(file: &FileChange) -> Option<String> {
    let rows = file.sources.iter().map(|source| format!("{}:{}", source.file, source.row));
    let rows: Vec<String> = rows.collect();
    (!rows.is_empty()).then(|| rows.join(", "))
}

impl Show {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::any(session)?;
        let entry = loaded.store.entry(self.change)?;
        if self.diff {
            let lang = session.lang(loaded.records());
            let text: String = entry.files.iter().map(|file| file_diff(file, lang)).collect();
            let text = if session.ui.screen().width.is_some() {
                String::from_utf8_lossy(&crate::render::sanitise::for_terminal(text.as_bytes())).into_owned()
            } else {
                text
            };
            return self.output.deliver(session, text.as_bytes(), Access::Shared);
        }
        let view = session.view(loaded.records());
        self.output.print(session, &[log(&view, &[line(&entry)]), change_table(&view, &entry.change())])
    }
}

fn file_diff(file: &FileChange, lang: Lang) -> String {
    if file.is_private() {
        return format!("{}{}\n", file.path, lang.pick(": personal data, not shown", "：个人信息，不予显示"));
    }
    match (&file.before, &file.after) {
        (Image::Unknown, _) => {
            format!("{}{}\n", file.path, lang.pick(": older than the history", "：早于变更记录"))
        }
        (before, after) => {
            let text = |image: &Image| image.bytes().map(|it| String::from_utf8_lossy(it).into_owned());
            diff(&file.path, text(before).as_deref(), text(after).as_deref())
        }
    }
}
