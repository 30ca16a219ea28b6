//! Inspecting the state folder and the files as files: what `check` finds there, and what can be put right
//! without guessing.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{Disk, FileType, Folder};
use super::folder::STATE_DIR;
use super::head::{self, Fault, Head};
use super::history::{self, HISTORY, PRIVATE};
use super::install::{CONFLICTS, STAGE};
use super::writer::Writer;
use super::{Store, StoreError, folder, on, recover};
use crate::model::finding::{Finding, Place};
use crate::model::kind::Kind;
use crate::model::rule::{self, Rule};
use crate::model::text::Text;
use crate::text;

/// Names that some systems keep for devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

fn finding(rule: &'static Rule, path: &str, message: Text) -> Finding {
    Finding::new(rule, message, Place::File { path: path.to_owned(), bytes: None })
}

impl Store {
    /// Everything wrong with the files as files; all of it warnings.
    pub fn inspect(&self, now: &str) -> Result<Vec<Finding>, StoreError> {
        let disk = Folder::at(self.root());
        let mut found = names(self.root())?;
        // Anything else in its place is found when the store is read.
        if disk
            .stat(STATE_DIR)
            .map_err(on("look at", STATE_DIR))?
            .is_none_or(|known| known.file_type != FileType::Folder)
        {
            return Ok(found);
        }
        // What HEAD itself has is found when the store is read.
        if let Ok(Some(head)) = head::read(&disk) {
            found.extend(entries(&disk, &head, now)?);
        }
        found.extend(leftovers(&disk)?);
        for path in too_open(&disk, self.root())? {
            let message =
                text!("`{path}` can be read by others than its owner", "“{path}”可被所有者以外的人读取");
            let help = text!(
                "`kunpeng check --repair` gives it to its owner alone",
                "可用 kunpeng check --repair 设为仅所有者可读"
            );
            found.push(finding(&rule::OPEN_CONTACTS, &path, message).help(help));
        }
        Ok(found)
    }
}

/// Ids that are no file names elsewhere.
fn names(root: &Path) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    for kind in Kind::FOLDERS {
        for file in folder::files_of(root, *kind)?.into_iter().filter(|file| file.format.is_some()) {
            let first = file.stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
            if DEVICES.contains(&first.as_str()) || file.stem.ends_with('.') {
                let message = text!(
                    "`{stem}` cannot be a file name on every system",
                    "“{stem}”在某些系统上不能用作文件名",
                    stem = file.stem.as_str()
                );
                found.push(
                    finding(&rule::NOT_PORTABLE, &file.path, message)
                        .help(text!("give it another id", "请换一个编号")),
                );
            }
        }
    }
    Ok(found)
}

/// Damage to history, gaps in it, and clocks that went backwards.
fn entries(disk: &dyn Disk, head: &Head, now: &str) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    let damaged = |id: u64, message: Text| finding(&rule::DAMAGED_ENTRY, &history::file_of(id), message);
    let mut before: Option<(u64, String, String)> = None;
    for id in history::ids(disk)?.into_iter().filter(|id| *id <= head.change) {
        let (entry, sum) = match history::read(disk, id) {
            Ok(read) => read,
            Err(error) => {
                found.push(damaged(id, error.chain()));
                before = None;
                continue;
            }
        };
        if let Some((last, last_sum, last_time)) = &before {
            if *last + 1 != id {
                found.push(damaged(
                    id,
                    text!(
                        "the changes between {last} and {id} are missing",
                        "缺少变更 {last} 与 {id} 之间的记录"
                    ),
                ));
            } else if *last_sum != entry.parent {
                found.push(damaged(
                    id,
                    text!(
                        "change {id} does not continue the change before it",
                        "变更 {id} 与前一次变更不衔接"
                    ),
                ));
            }
            if is_later(last_time, &entry.note.time) {
                let message = text!(
                    "change {id} is dated before change {last}: a clock went backwards",
                    "变更 {id} 的时间早于变更 {last}：时钟曾被回拨"
                );
                found.push(finding(&rule::CLOCK, &history::file_of(id), message));
            }
        }
        if is_later(&entry.note.time, now) {
            let message = text!("change {id} is dated in the future", "变更 {id} 的时间在未来");
            found.push(finding(&rule::CLOCK, &history::file_of(id), message));
        }
        before = Some((id, sum, entry.note.time));
    }
    if head.change > 0 && before.is_none_or(|(id, sum, _)| id != head.change || sum != head.entry) {
        found.push(damaged(
            head.change,
            text!("the last change is not the one that HEAD means", "最后一次变更不是 HEAD 所指的变更"),
        ));
    }
    Ok(found)
}

fn is_later(one: &str, other: &str) -> bool {
    let instant = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    matches!((instant(one), instant(other)), (Some(one), Some(other)) if one > other)
}

/// What a person has to look at: contents that were displaced by a change.
fn leftovers(disk: &dyn Disk) -> Result<Vec<Finding>, StoreError> {
    let kept = disk.list(CONFLICTS).map_err(on("list", CONFLICTS))?;
    let found = kept.into_iter().map(|name| {
        let path = format!("{CONFLICTS}/{name}");
        let message = text!(
            "`{path}` holds what was typed at the moment of a change",
            "“{path}”保存着变更一刻手工输入的内容"
        );
        finding(&rule::KEPT_EDIT, &path, message)
            .help(text!("compare it with the record, then delete it", "请与记录比对后删除"))
    });
    Ok(found.collect())
}

/// Files and folders of personal data that others than the owner may read.
fn too_open(disk: &dyn Disk, root: &Path) -> Result<BTreeSet<String>, StoreError> {
    let contacts = folder::files_of(root, Kind::Contact)?.into_iter().filter(|file| file.obstacle.is_none());
    let mut paths: Vec<String> = contacts.map(|file| file.path).collect();
    paths.extend([Kind::Contact.plural(), HISTORY, PRIVATE, STAGE, CONFLICTS].map(str::to_owned));
    for name in disk.list(PRIVATE).map_err(on("list", PRIVATE))? {
        paths.push(format!("{PRIVATE}/{name}"));
    }
    let mut open = BTreeSet::new();
    for path in paths {
        let known = disk.stat(&path).map_err(on("look at", &path))?;
        if known.is_some_and(|known| known.mode & 0o077 != 0 && known.file_type != FileType::Link) {
            open.insert(path);
        }
    }
    Ok(open)
}

impl Store {
    /// Gives personal data of a folder without history, a clone or a copy, back to their owner alone. Whoever is not
    /// the owner cannot, and `check` tells the owner.
    pub(super) fn tighten_clone(&self) -> Result<(), StoreError> {
        let disk = Folder::at(self.root());
        if disk.stat(head::HEAD).map_err(on("look at", head::HEAD))?.is_none() {
            for path in too_open(&disk, self.root())? {
                let _ = disk.make_private(&path);
            }
        }
        Ok(())
    }
}

impl Writer {
    /// Puts right what needs no guessing; says what.
    pub fn repair(&self) -> Result<Vec<Text>, StoreError> {
        let mut done = Vec::new();
        for path in too_open(self.disk(), self.root())? {
            self.disk().make_private(&path).map_err(on("change the mode of", &path))?;
            done.push(text!("gave `{path}` to its owner alone", "已将“{path}”设为仅所有者可读"));
        }
        Ok(done)
    }
}

/// Makes a new HEAD from history where HEAD is damaged or missing and only one content is possible:
/// the last entry is whole, and every file is as that entry left it. Gives whether it did.
pub(super) fn rebuild_head(disk: &dyn Disk) -> Result<bool, StoreError> {
    match head::read(disk) {
        Ok(Some(_)) => return Ok(false),
        Err(StoreError::NewerHistory) => return Err(StoreError::NewerHistory),
        _ => {}
    }
    let Some(last) = history::ids(disk)?.last().copied() else { return Ok(false) };
    let (entry, sum) = history::read(disk, last)?;
    for file in &entry.files {
        if !super::install::is_in(disk, &file.path, &[&file.after]).map_err(on("read", &file.path))? {
            return Err(StoreError::Damaged {
                path: head::HEAD.to_owned(),
                what: text!(
                    "the records are not as the last change left them, so it cannot be rebuilt",
                    "记录与最后一次变更的结果不一致，无法重建"
                ),
            });
        }
    }
    let head = Head { change: last, entry: sum, applying: false };
    head::write(disk, None, &head).map_err(Fault::error)?;
    recover::recover(disk)?;
    Ok(true)
}
