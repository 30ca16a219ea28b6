//! `HEAD`: one line that says which change was the last, and whether its files are all in place. Writing it is
//! the instant at which a change is made.

use std::io;

use super::digest::digest;
use super::disk::{Access, Disk};
use super::folder::STATE_DIR;
use super::mutation::{self, Mutation};
use super::{StoreError, on};
use crate::text;

/// Where it lies.
pub const HEAD: &str = ".kunpeng/HEAD";
const NEXT: &str = ".kunpeng/HEAD.new";

/// The version of the state folder.
const VERSION: &str = "1";

/// The last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 before the first.
    pub change: u64,
    /// The checksum of its history entry, `-` before the first.
    pub entry: String,
    /// Whether its files may still have to be put in place.
    pub applying: bool,
}

/// Why HEAD could not be written.
#[derive(Debug)]
pub enum Fault {
    /// It is as it was.
    NotDone(io::Error),
    /// Nobody can say what the disk holds.
    NotKnown(io::Error),
    /// It is not what it was expected to be: another writer has replaced it.
    Outdated,
}

impl Fault {
    /// The error where it does not matter which of the two it is.
    pub fn error(self) -> StoreError {
        match self {
            Self::NotDone(error) | Self::NotKnown(error) => on("write", HEAD)(error),
            Self::Outdated => StoreError::Outdated,
        }
    }
}

impl Head {
    /// Before the first change.
    pub fn start() -> Self {
        Self { change: 0, entry: "-".to_owned(), applying: false }
    }

    /// The line, with its checksum.
    pub fn line(&self) -> String {
        let state = if self.applying { "applying" } else { "clean" };
        let line = format!("kunpeng {VERSION} {state} {} {}", self.change, self.entry);
        let sum = digest(line.as_bytes());
        format!("{line} {sum}\n")
    }

    /// Reads the line; none if its checksum or anything else is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let (line, sum) = text.strip_suffix('\n')?.rsplit_once(' ')?;
        let mut words = line.split(' ');
        let mut next = || words.next();
        let is_whole = digest(line.as_bytes()) == sum || mutation::is_active(Mutation::NoHeadSum);
        (next()? == "kunpeng" && next()? == VERSION && is_whole).then_some(())?;
        let applying = match next()? {
            "applying" => true,
            "clean" => false,
            _ => return None,
        };
        let (change, entry) = (next()?.parse().ok()?, next()?.to_owned());
        next().is_none().then_some(Self { change, entry, applying })
    }
}

/// Reads HEAD; none if the folder has none.
pub fn read(disk: &dyn Disk) -> Result<Option<Head>, StoreError> {
    let Some(bytes) = disk.read(HEAD).map_err(on("read", HEAD))? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    if let Some(head) = Head::parse(&text) {
        return Ok(Some(head));
    }
    let version = text.strip_prefix("kunpeng ").and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
    if version.is_some_and(|version| version > 1) {
        return Err(StoreError::NewerHistory);
    }
    Err(StoreError::Damaged {
        path: HEAD.to_owned(),
        what: text!("it does not have its checksum", "校验和不符"),
    })
}

/// The line of a HEAD that a newer version wrote, if it says that the files of the last change are all in place: every
/// version begins it with its name, its number and `clean` or another word.
pub fn newer_at_rest(disk: &dyn Disk) -> Option<Vec<u8>> {
    let line = disk.read(HEAD).ok()??;
    let state = std::str::from_utf8(&line).ok()?.strip_prefix("kunpeng ")?.split(' ').nth(1)?;
    (state == "clean").then_some(line)
}

/// Replaces HEAD, durably, if it is still as expected; without an expectation, whatever it is.
pub fn write(disk: &dyn Disk, expected: Option<&Head>, head: &Head) -> Result<(), Fault> {
    prepare(disk, head).map_err(Fault::NotDone)?;
    if let Some(expected) = expected.filter(|_| !mutation::is_active(Mutation::NoSecondTurn)) {
        match read(disk) {
            Ok(Some(found)) if found == *expected => {}
            Err(StoreError::Io { source, .. }) => return Err(Fault::NotDone(source)),
            _ => return Err(Fault::Outdated),
        }
    }
    if let Err(error) = disk.rename(NEXT, HEAD) {
        let is_there = !matches!(read(disk), Ok(found) if found.as_ref() != Some(head));
        return Err(if is_there { Fault::NotKnown(error) } else { Fault::NotDone(error) });
    }
    if mutation::is_active(Mutation::NoHeadSync) || mutation::is_active(Mutation::NoFolderSync) {
        return Ok(());
    }
    disk.sync(STATE_DIR).map_err(Fault::NotKnown)
}

fn prepare(disk: &dyn Disk, head: &Head) -> io::Result<()> {
    if disk.stat(NEXT)?.is_some() {
        disk.remove(NEXT)?;
    }
    disk.create(NEXT, head.line().as_bytes(), Access::Shared)?;
    if mutation::is_active(Mutation::NoHeadSync) { Ok(()) } else { disk.sync(NEXT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes_and_nothing_else() {
        let head = Head { change: 12, entry: "ab".to_owned(), applying: true };
        assert_eq!(Head::parse(&head.line()), Some(head.clone()));
        assert_eq!(Head::parse(&head.line().replace("12", "13")), None);
        assert_eq!(Head::parse(""), None);
        assert_eq!(Head::parse(&head.line()[1..]), None);
    }
}
