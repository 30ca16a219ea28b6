//! `edit`: a record's file in an editor. What was typed is never lost, even when it cannot be put back.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::failure::{Failure, Traced};
use super::infile;
use super::load::{Loaded, for_writing, take, tell};
use super::named::record_named;
use super::session::Session;
use super::write::warn_of;
use crate::model::change::Edit;
use crate::model::check;
use crate::model::finding::{Finding, Place, RecordRef, capped};
use crate::model::kind::Kind;
use crate::model::programme::RecordFormat;
use crate::model::text::Text;
use crate::store::{LARGEST, StoreError};

use crate::store::image::{FileChange, Image};
use crate::store::locate::SourceText;
use crate::text;

/// Runs the command.
pub fn run(kind: Kind, id: &str, reason: Option<&str>, session: &Session<'_>) -> Result<(), Failure> {
    let loaded = for_writing(Loaded::any(session)?)?;
    let named = RecordRef::new(kind, id);
    // A file that cannot be read as a record is just what an editor is for.
    let record =
        if loaded.snapshot.has_file(&named) { named } else { record_named(loaded.records(), kind, id)? };
    let before = loaded.store.text(&loaded.snapshot, &record)?;
    with_a_terminal(session, &record)?;
    let copy = Copy::of(session, &record, &before, loaded.snapshot.file_of(&record).format)?;
    loop {
        copy.open(session)?;
        let after = copy.text()?;
        if after == before {
            copy.discard();
            session.ui.say(&text!("nothing changed", "没有改动"));
            return Ok(());
        }
        let found = faults(&loaded, &record, &copy, &after);
        if found.is_empty() {
            put_back(session, &record, &copy, [&before, &after], reason)?;
            copy.discard();
            session.ui.say(&text!("changed {record}", "已修改{record}", record = record));
            return Ok(());
        }
        session.ui.fail(&Failure::Unsound(found));
        if !(session.ui.can_ask() && session.ui.ask(&text!("Edit again? [y/N] ", "再次编辑？[y/N] "))?) {
            session.ui.say(&text!(
                "what you typed is kept in {path}",
                "您输入的内容保留在 {path}",
                path = copy.path.display()
            ));
            return Err(Failure::Found);
        }
    }
}

/// Editors that draw on a terminal.
const ON_A_TERMINAL: [&str; 10] =
    ["vi", "vim", "nvim", "nano", "pico", "emacs", "micro", "hx", "joe", "mcedit"];

/// Refuses an editor that would wait for keys nobody can press.
fn with_a_terminal(session: &Session<'_>, record: &RecordRef) -> Result<(), Failure> {
    let editor = session.environment.editor.as_deref().unwrap_or("vi");
    let program = editor.split_whitespace().next().and_then(|word| Path::new(word).file_name());
    let draws = program.is_some_and(|program| ON_A_TERMINAL.iter().any(|it| program == *it));
    if session.environment.asks || !draws {
        return Ok(());
    }
    let (kind, id) = (record.kind.id(), &record.id);
    Err(Failure::undone(
        text!(
            "`{editor}` needs a terminal, and there is none",
            "“{editor}”需要终端，而当前没有终端",
            editor = editor
        ),
        text!(
            "`kunpeng {kind} set {id} FIELD=VALUE` changes fields without an editor",
            "可用 kunpeng {kind} set {id} 字段=值 直接修改",
            id = id
        ),
    ))
}

/// Puts the edited text in the place of the old one, which must not have changed since.
fn put_back(
    session: &Session<'_>,
    record: &RecordRef,
    copy: &Copy,
    [before, after]: [&str; 2],
    reason: Option<&str>,
) -> Result<(), Failure> {
    let kept =
        || text!("what you typed is kept in {path}", "您输入的内容保留在 {path}", path = copy.path.display());
    let store = session.store()?;
    let writer = take(session, &store)?;
    let loaded = Loaded { snapshot: writer.load()?, store, writer: None };
    let path = loaded.snapshot.file_of(record).path;
    if loaded.store.text(&loaded.snapshot, record).ok().as_deref() != Some(before) {
        return Err(Failure::undone(StoreError::ChangedMeanwhile(path).text(), kept()));
    }
    let found = faults(&loaded, record, copy, after);
    if !found.is_empty() {
        session.ui.say(&kept());
        return Err(Failure::Unsound(found));
    }
    let file = FileChange::new(path, Image::text(before), Image::text(after));
    writer.replace(vec![file], session.note(reason)).inspect_err(|_| session.ui.say(&kept()))?;
    tell(session, &writer);
    let value = loaded.snapshot.reread(record, copy.format, after).ok();
    let edit = Edit { record: record.clone(), before: loaded.records().get(record), after: value };
    warn_of(session, loaded.records(), &[edit], |_| true);
    Ok(())
}

/// A private copy of a record's file.
struct Copy {
    path: PathBuf,
    format: RecordFormat,
}

impl Copy {
    fn of(
        session: &Session<'_>,
        record: &RecordRef,
        text: &str,
        format: RecordFormat,
    ) -> Result<Self, Failure> {
        let name = format!("kunpeng-{}-{}-{}.{format}", record.kind, record.id, std::process::id());
        let path = session.environment.scratch.join(name);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let unmade = |error| about(error, &text!("create", "创建"), &path);
        let written = made.map_err(unmade)?.write_all(text.as_bytes());
        let copy = Self { path: path.clone(), format };
        written.map_err(unmade).inspect_err(|_| copy.discard())?;
        Ok(copy)
    }

    fn open(&self, session: &Session<'_>) -> Result<(), Failure> {
        let editor = session.environment.editor.as_deref().unwrap_or("vi");
        // An editor may be set with options: `code --wait`.
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or("vi");
        let status = Command::new(program).args(words).arg(&self.path).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(self.gave_up(text!(
                "the editor `{editor}` ended with {status}",
                "编辑器“{editor}”异常退出：{status}"
            ))),
            Err(error) => Err(self.gave_up(text!(
                "cannot start the editor `{editor}`: {error}",
                "无法启动编辑器“{editor}”：{error}",
                editor = editor.to_string(),
                error = error
            ))),
        }
    }

    fn gave_up(&self, message: Text) -> Failure {
        Failure::undone(
            message,
            text!(
                "set EDITOR; the copy is kept in {path}",
                "请设置 EDITOR；副本保留在 {path}",
                path = self.path.display()
            ),
        )
    }

    fn text(&self) -> Result<String, Failure> {
        infile::text(&self.path, LARGEST, text!("shorten its values", "请缩短其中的内容"))
    }

    fn discard(&self) {
        // A copy that cannot be taken away is private all the same.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn about(error: std::io::Error, verb: &Text, path: &Path) -> Failure {
    Failure::because(
        text!("cannot {verb} `{path}`", "无法{verb}“{path}”", verb = verb, path = path.display()),
        error,
    )
}

/// What would be wrong with the edited text in the place of the old one, and was not wrong before.
fn faults(loaded: &Loaded, record: &RecordRef, copy: &Copy, text: &str) -> Vec<Traced> {
    let mut records = loaded.records().clone();
    let found = match loaded.snapshot.reread(record, copy.format, text) {
        Err(found) => found,
        Ok(value) => records.put(record, value).err().unwrap_or_else(|| {
            let before = check::errors(loaded.records());
            check::errors(&records).into_iter().filter(|finding| !before.contains(finding)).collect()
        }),
    };
    trace(loaded, record, &SourceText::of(copy.path.display().to_string(), record, copy.format, text), found)
}

/// Findings with the lines of the edited text, or of other files, that they are about.
fn trace(loaded: &Loaded, record: &RecordRef, edited: &SourceText<'_>, found: Vec<Finding>) -> Vec<Traced> {
    let file = loaded.snapshot.file_of(record).path;
    let in_edited = |place: &Place| match place {
        Place::Field { record: other, path, part } if other == record => Some(edited.field(path, *part)),
        Place::File { path, bytes: Some(bytes) } if *path == file => {
            Some(edited.bytes(bytes.start..bytes.end))
        }
        _ => None,
    };
    let traced = loaded.traced(capped(found)).into_iter().map(|(finding, mut located)| {
        for (place, located) in finding.places.iter().zip(&mut located) {
            *located = in_edited(place).or(located.take());
        }
        (finding, located)
    });
    traced.collect()
}
