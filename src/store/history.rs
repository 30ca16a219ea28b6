//! The record of every change: an entry a file, sealed with a checksum and linked to the one before it. The last
//! entry is also the journal a change is finished from.
//!
//! Contents of `contacts/` are never in an entry: they lie in a file of the same number in `private/`, which only
//! the owner may read, and which nothing in the entry is derived from.

use std::collections::HashMap;

use memchr::memmem;
use serde_json::{Map, Value, json};

use super::digest::{sealed, unsealed};
use super::disk::Disk;
use super::image::{FileChange, Image};
use super::{StoreError, on};
use crate::text;

/// The folder of the entries.
pub const HISTORY: &str = ".kunpeng/history";
/// The folder of the images of personal data.
pub const PRIVATE: &str = ".kunpeng/private";

/// What kind of change it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The state in which history begins.
    Start,
    /// A command.
    Command,
    /// Somebody used an editor.
    ByHand,
    /// A change taken back, as far as nothing changed again what it did.
    Undo {
        /// The change.
        of: u64,
        /// Whether some of it was left.
        in_part: bool,
    },
    /// A change taken back made again.
    Redo(u64),
    /// Personal data erased.
    Erasure,
}

/// Who changed what, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The instant, by the clock of whoever did it: `2026-11-23T05:30:11+00:00`.
    pub time: String,
    /// The user.
    pub actor: String,
    /// The command line, personal values masked.
    pub command: String,
    /// Why, in the user's words.
    pub reason: Option<String>,
    /// What kind of change.
    pub kind: ChangeKind,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub id: u64,
    /// The checksum of the entry before it.
    pub parent: String,
    /// Who and why.
    pub note: Note,
    /// Every file.
    pub files: Vec<FileChange>,
}

impl Note {
    /// A note of nobody, for tests.
    #[cfg(test)]
    pub fn unsigned() -> Self {
        let text = |text: &str| text.to_owned();
        let time = text("2026-11-23T05:30:11+00:00");
        Self { time, actor: text("nobody"), command: text("test"), reason: None, kind: ChangeKind::Command }
    }
}

impl ChangeKind {
    fn write(self) -> Value {
        match self {
            Self::Start => "start".into(),
            Self::Command => "command".into(),
            Self::ByHand => "by-hand".into(),
            Self::Undo { of, in_part: false } => json!({ "undo": of }),
            Self::Undo { of, in_part: true } => json!({ "undo": of, "in_part": true }),
            Self::Redo(id) => json!({ "redo": id }),
            Self::Erasure => "erasure".into(),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(word) => match word.as_str() {
                "start" => Some(Self::Start),
                "command" => Some(Self::Command),
                "by-hand" => Some(Self::ByHand),
                "erasure" => Some(Self::Erasure),
                _ => None,
            },
            value => {
                let undo = |of| Self::Undo { of, in_part: value["in_part"] == true };
                value["undo"].as_u64().map(undo).or_else(|| value["redo"].as_u64().map(Self::Redo))
            }
        }
    }
}

/// The file of an entry.
pub fn file_of(id: u64) -> String {
    format!("{HISTORY}/{id:010}")
}

/// The file of an entry's personal data.
pub fn private_file_of(id: u64) -> String {
    format!("{PRIVATE}/{id:010}")
}

impl Entry {
    /// The entry as it is stored.
    pub fn write(&self) -> String {
        let Note { time, actor, command, reason, kind } = &self.note;
        let mut head = Map::new();
        head.insert("change".to_owned(), self.id.into());
        head.insert("parent".to_owned(), self.parent.as_str().into());
        head.insert("time".to_owned(), time.as_str().into());
        head.insert("actor".to_owned(), actor.as_str().into());
        head.insert("command".to_owned(), command.as_str().into());
        if let Some(reason) = reason {
            head.insert("reason".to_owned(), reason.as_str().into());
        }
        head.insert("act".to_owned(), kind.write());
        let mut text = format!("{}\n", Value::Object(head));
        for file in &self.files {
            text.push_str(&file.write(!file.is_private()));
            text.push('\n');
        }
        sealed(text)
    }

    /// Its personal data as they are stored; none if it has none.
    pub fn write_private(&self) -> Option<String> {
        let lines: String =
            self.files.iter().filter(|it| it.is_private()).map(|it| it.write(true) + "\n").collect();
        (!lines.is_empty()).then(|| sealed(lines))
    }

    /// Reads what [`Entry::write`] wrote, without its checksum.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head: Value = serde_json::from_str(lines.next()?).ok()?;
        let word = |key: &str| head[key].as_str().map(str::to_owned);
        let note = Note {
            time: word("time")?,
            actor: word("actor")?,
            command: word("command")?,
            reason: word("reason"),
            kind: ChangeKind::read(&head["act"])?,
        };
        let files = lines.map(FileChange::read).collect::<Option<Vec<_>>>()?;
        Some(Self { id: head["change"].as_u64()?, parent: word("parent")?, note, files })
    }

    /// Puts the images of personal data in their places, as [`Entry::write_private`] wrote them, without their
    /// checksum.
    pub fn join(&mut self, private: &str) -> Option<()> {
        let parsed = private.lines().map(FileChange::read).collect::<Option<Vec<_>>>()?;
        let mut images: HashMap<String, (Image, Image)> =
            parsed.into_iter().map(|file| (file.path, (file.before, file.after))).collect();
        for file in &mut self.files {
            if let Some((before, after)) = images.remove(&file.path) {
                (file.before, file.after) = (before, after);
            }
        }
        Some(())
    }
}

/// An entry with its checksum, personal data included where they can be read.
pub fn read(disk: &dyn Disk, id: u64) -> Result<(Entry, String), StoreError> {
    let path = file_of(id);
    let bytes = disk.read(&path).map_err(on("read", &path))?.ok_or(StoreError::NoSuchChange(id))?;
    let damaged = |path: &str, what| StoreError::Damaged { path: path.to_owned(), what };
    let (text, sum) = unsealed(&bytes)
        .ok_or_else(|| damaged(&path, text!("it does not have its checksum", "校验和不符")))?;
    let mut entry = Entry::parse(text)
        .ok_or_else(|| damaged(&path, text!("it is not an entry of history", "不是变更记录")))?;
    if entry.id != id {
        return Err(damaged(&path, text!("it is the entry of another change", "是另一次变更的记录")));
    }
    if entry.files.iter().any(FileChange::is_private) {
        let path = private_file_of(id);
        match disk.read(&path) {
            Ok(None) => {}
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {}
            Err(error) => return Err(on("read", &path)(error)),
            Ok(Some(bytes)) => {
                let (text, _) = unsealed(&bytes)
                    .ok_or_else(|| damaged(&path, text!("it does not have its checksum", "校验和不符")))?;
                entry
                    .join(text)
                    .ok_or_else(|| damaged(&path, text!("it holds no images", "其中没有内容")))?;
            }
        }
    }
    Ok((entry, sum.to_owned()))
}

/// Whether an entry may be of a file: a quick look, for whoever goes through all of history.
pub fn may_touch(disk: &dyn Disk, id: u64, path: &str) -> Result<bool, StoreError> {
    let entry = file_of(id);
    let bytes = disk.read(&entry).map_err(on("read", &entry))?.unwrap_or_default();
    let named = Value::from(path).to_string();
    Ok(std::str::from_utf8(&bytes).is_err() || memmem::find(&bytes, named.as_bytes()).is_some())
}

/// The numbers of all entries, the oldest first.
pub fn ids(disk: &dyn Disk) -> Result<Vec<u64>, StoreError> {
    let names = disk.list(HISTORY).map_err(on("list", HISTORY))?;
    Ok(names.iter().filter_map(|name| number_of(name)).collect())
}

/// The number a file name stands for.
pub fn number_of(name: &str) -> Option<u64> {
    (name.len() == 10 && name.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_back_and_holds_no_personal_data() {
        let file =
            |path: &str| FileChange::new(path, Image::Absent, Image::text("phone = \"13812345678\"\n"));
        let entry = Entry {
            id: 3,
            parent: "-".to_owned(),
            note: Note {
                time: "2026-11-23T05:30:11+00:00".to_owned(),
                actor: "me".to_owned(),
                command: "kunpeng import".to_owned(),
                reason: Some("spring".to_owned()),
                kind: ChangeKind::Undo { of: 2, in_part: true },
            },
            files: vec![file("contacts/a.toml"), file("enterprises/a.toml")],
        };
        let text = entry.write();
        let mut read = Entry::parse(unsealed(text.as_bytes()).unwrap().0).unwrap();
        assert_eq!(read.files[0].after, Image::Erased);
        let private = entry.write_private().unwrap();
        read.join(unsealed(private.as_bytes()).unwrap().0).unwrap();
        assert_eq!(read, entry);
        assert_eq!(text.matches("138").count(), 1);
    }
}
