//! What the tool last saw of every record's file, so that edits made by hand are noticed without reading them all:
//! size and times as git uses them, and the checksum where those differ. Throw-away: without it, edits made since
//! the last command go unnoticed, nothing else.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::digest::{digest, sealed, unsealed};
use super::disk::{Access, Disk};
use super::history;
use super::image::{FileChange, Image};
use super::{StoreError, folder, on};
use crate::model::kind::Kind;

const SEEN: &str = ".kunpeng/seen";
const NEXT: &str = ".kunpeng/seen.new";

/// Times younger than this do not tell two states of a file apart on every file system.
const YOUNG: i128 = 2_000_000_000;

/// The stamp of a file that is to be read again whatever its times.
const UNTOLD: [i128; 3] = [-1; 3];

/// A file as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sight {
    stamp: [i128; 3],
    sum: String,
    /// The change since which it is so; 0 if history does not say.
    change: u64,
}

/// All files as they were last seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    files: BTreeMap<String, Sight>,
}

impl Seen {
    /// What was written last; none if there is nothing that can be relied on.
    pub fn read(disk: &dyn Disk) -> Option<Self> {
        let bytes = disk.read(SEEN).ok()??;
        let (text, _) = unsealed(&bytes)?;
        let files = text.lines().map(parse).collect::<Option<BTreeMap<_, _>>>()?;
        Some(Self { files })
    }

    /// Keeps it for the next command.
    pub fn write(&self, disk: &dyn Disk) -> io::Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_nanos());
        let now = i128::try_from(now).unwrap_or(i128::MAX);
        let line = |(path, sight): (&String, &Sight)| {
            let is_young = sight.stamp[1..].iter().any(|time| *time > now - YOUNG);
            let [size, modified, changed] = if is_young { UNTOLD } else { sight.stamp };
            format!("{size} {modified} {changed} {} {} {path}\n", sight.sum, sight.change)
        };
        let text = sealed(self.files.iter().map(line).collect());
        if disk.look(NEXT)?.is_some() {
            disk.remove(NEXT)?;
        }
        disk.create(NEXT, text.as_bytes(), Access::Private)?;
        disk.rename(NEXT, SEEN)
    }

    /// Takes note of the files of a change. They are too young to be told by their times.
    pub fn note(&mut self, change: u64, files: &[FileChange]) {
        // Only records are looked at again.
        for file in files.iter().filter(|file| folder::record_at(&file.path).is_some()) {
            match file.after.bytes() {
                Some(bytes) => {
                    let sight = Sight { stamp: UNTOLD, sum: digest(bytes), change };
                    self.files.insert(file.path.clone(), sight);
                }
                None => _ = self.files.remove(&file.path),
            }
        }
    }

    /// Looks at every file again, and gives those that are not as they were seen.
    pub fn look_again(&mut self, disk: &dyn Disk, root: &Path) -> Result<Vec<FileChange>, StoreError> {
        let mut left = std::mem::take(&mut self.files);
        let mut changed = Vec::new();
        for path in record_files(root)? {
            let seen = left.remove(&path);
            let Some(known) = disk.look(&path).map_err(on("look at", &path))? else { continue };
            if let Some(sight) = seen.as_ref().filter(|sight| sight.stamp == known.stamp) {
                self.files.insert(path, sight.clone());
                continue;
            }
            // What cannot be read is reported when the store is loaded.
            let Ok(Some(bytes)) = disk.read(&path) else { continue };
            let sum = digest(&bytes);
            let is_same = seen.as_ref().is_some_and(|sight| sight.sum == sum);
            let change = seen.as_ref().filter(|_| is_same).map_or(0, |sight| sight.change);
            self.files.insert(path.clone(), Sight { stamp: known.stamp, sum, change });
            if !is_same {
                let before = seen.map_or(Image::Absent, |sight| image_of(disk, &path, &sight));
                changed.push(FileChange::new(path, before, Image::Held(bytes)));
            }
        }
        for (path, sight) in left {
            let before = image_of(disk, &path, &sight);
            changed.push(FileChange::new(path, before, Image::Absent));
        }
        Ok(changed)
    }
}

/// What a file held when it was seen, as history has it.
fn image_of(disk: &dyn Disk, path: &str, sight: &Sight) -> Image {
    let entry = history::read(disk, sight.change).ok();
    let image = entry
        .and_then(|(entry, _)| entry.files.into_iter().find(|file| file.path == path))
        .map(|it| it.after);
    image
        .filter(|image| image.bytes().is_some_and(|bytes| digest(bytes) == sight.sum))
        .unwrap_or(Image::Unknown)
}

fn record_files(root: &Path) -> Result<Vec<String>, StoreError> {
    let mut paths: Vec<String> = folder::programme_file(root).into_iter().map(|file| file.path).collect();
    for kind in Kind::FOLDERS {
        let found = folder::files_of(root, *kind)?.into_iter();
        paths.extend(found.filter(|file| file.ordinary && file.form.is_some()).map(|file| file.path));
    }
    Ok(paths)
}

fn parse(line: &str) -> Option<(String, Sight)> {
    let mut words = line.splitn(6, ' ');
    let mut number = || words.next()?.parse::<i128>().ok();
    let stamp = [number()?, number()?, number()?];
    let sum = words.next()?.to_owned();
    let change = words.next()?.parse().ok()?;
    Some((words.next()?.to_owned(), Sight { stamp, sum, change }))
}
