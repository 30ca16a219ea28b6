//! The index of record files: size and times of each, as in git's index, and its checksum, so that edits made by hand
//! are noticed without reading every file. It is a cache: it says after which change it was written, and history tells
//! what later changes did. Without it and with a history that has been shortened, edits by hand go unnoticed once.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::digest::{digest, sealed, unsealed};
use super::disk::{Access, Disk};
use super::history;
use super::image::{FileChange, Image};
use super::mutation::{self, Mutation};
use super::{StoreError, folder, on};
use crate::model::kind::Kind;

const INDEX: &str = ".kunpeng/index";
const NEXT: &str = ".kunpeng/index.new";

/// A file this young may change again without a new time, on some file systems.
const RACY_WINDOW: i128 = 2_000_000_000;

/// The stamp of a file that is to be read again whatever its times.
const UNKNOWN_STAMP: [i128; 3] = [-1; 3];

/// A file at the time of the last command.
#[derive(Debug, Clone, PartialEq, Eq)]
struct IndexEntry {
    stamp: [i128; 3],
    sum: String,
    /// The change since which it is so; 0 if history does not say.
    change: u64,
}

/// All record files as the last change left them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileIndex {
    /// The last change it knows of.
    change: u64,
    files: BTreeMap<String, IndexEntry>,
}

impl FileIndex {
    /// Reads the index; none if it is missing or damaged.
    pub fn read(disk: &dyn Disk) -> Option<Self> {
        let bytes = disk.read(INDEX).ok()??;
        let (text, _) = unsealed(&bytes)?;
        let mut lines = text.lines();
        let change = lines.next()?.strip_prefix("change ")?.parse().ok()?;
        let files = lines.map(parse).collect::<Option<BTreeMap<_, _>>>()?;
        Some(Self { change, files })
    }

    /// The index as the last change left the files, whether or not the command that made it could write the index;
    /// none if nothing tells.
    pub fn after(disk: &dyn Disk, last: u64) -> Option<Self> {
        let mut index = Self::read(disk).filter(|index| index.change <= last).unwrap_or_default();
        let first = if mutation::is_active(Mutation::StaleIndex) { last + 1 } else { index.change + 1 };
        for change in first..=last {
            let (entry, _) = history::read(disk, change).ok()?;
            index.record(change, &entry.files);
        }
        Some(index)
    }

    /// The paths of all record files.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    /// Stores the index for the next command.
    pub fn write(&self, disk: &dyn Disk) -> io::Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_nanos());
        let now = i128::try_from(now).unwrap_or(i128::MAX);
        let line = |(path, entry): (&String, &IndexEntry)| {
            let is_racy = entry.stamp[1..].iter().any(|time| *time > now - RACY_WINDOW);
            let [size, modified, changed] = if is_racy { UNKNOWN_STAMP } else { entry.stamp };
            format!("{size} {modified} {changed} {} {} {path}\n", entry.sum, entry.change)
        };
        let head = format!("change {}\n", self.change);
        let text = sealed(std::iter::once(head).chain(self.files.iter().map(line)).collect());
        if disk.stat(NEXT)?.is_some() {
            disk.remove(NEXT)?;
        }
        disk.create(NEXT, text.as_bytes(), Access::Private)?;
        disk.rename(NEXT, INDEX)
    }

    /// Enters the files of a change. They are too young for their times to be relied on.
    pub fn record(&mut self, change: u64, files: &[FileChange]) {
        self.change = change;
        // Only record files are scanned.
        for file in files.iter().filter(|file| folder::record_at(&file.path).is_some()) {
            match file.after.bytes() {
                Some(bytes) => {
                    let entry = IndexEntry { stamp: UNKNOWN_STAMP, sum: digest(bytes), change };
                    self.files.insert(file.path.clone(), entry);
                }
                None => _ = self.files.remove(&file.path),
            }
        }
    }

    /// Brings the index up to date with the files; gives those that changed since.
    pub fn scan(&mut self, disk: &dyn Disk, root: &Path) -> Result<Vec<FileChange>, StoreError> {
        let mut indexed = std::mem::take(&mut self.files);
        let mut changed = Vec::new();
        for path in record_files(root)? {
            let entry = indexed.remove(&path);
            let Some(stat) = disk.stat(&path).map_err(on("look at", &path))? else { continue };
            if let Some(entry) = entry.as_ref().filter(|entry| entry.stamp == stat.stamp) {
                self.files.insert(path, entry.clone());
                continue;
            }
            let Ok(Some(bytes)) = disk.read(&path) else {
                // What cannot be read is reported when the store is loaded; whether it was edited is for the next scan.
                self.files.extend(entry.map(|entry| (path, entry)));
                continue;
            };
            let sum = digest(&bytes);
            let is_same = entry.as_ref().is_some_and(|entry| entry.sum == sum);
            let change = entry.as_ref().filter(|_| is_same).map_or(0, |entry| entry.change);
            self.files.insert(path.clone(), IndexEntry { stamp: stat.stamp, sum, change });
            if !is_same {
                let before = entry.map_or(Image::Absent, |entry| indexed_image(disk, &path, &entry));
                changed.push(FileChange::new(path, before, Image::Held(bytes)));
            }
        }
        for (path, entry) in indexed {
            let before = indexed_image(disk, &path, &entry);
            changed.push(FileChange::new(path, before, Image::Absent));
        }
        Ok(changed)
    }
}

/// The contents of a file when it was indexed, from history.
fn indexed_image(disk: &dyn Disk, path: &str, indexed: &IndexEntry) -> Image {
    let entry = history::read(disk, indexed.change).ok();
    let image = entry
        .and_then(|(entry, _)| entry.files.into_iter().find(|file| file.path == path))
        .map(|it| it.after);
    image
        .filter(|image| image.bytes().is_some_and(|bytes| digest(bytes) == indexed.sum))
        .unwrap_or(Image::Unknown)
}

fn record_files(root: &Path) -> Result<Vec<String>, StoreError> {
    let mut paths: Vec<String> = folder::programme_file(root).into_iter().map(|file| file.path).collect();
    for kind in Kind::FOLDERS {
        let found = folder::files_of(root, *kind)?.into_iter();
        paths.extend(
            found.filter(|file| file.obstacle.is_none() && file.format.is_some()).map(|file| file.path),
        );
    }
    Ok(paths)
}

fn parse(line: &str) -> Option<(String, IndexEntry)> {
    let mut words = line.splitn(6, ' ');
    let mut number = || words.next()?.parse::<i128>().ok();
    let stamp = [number()?, number()?, number()?];
    let sum = words.next()?.to_owned();
    let change = words.next()?.parse().ok()?;
    Some((words.next()?.to_owned(), IndexEntry { stamp, sum, change }))
}
