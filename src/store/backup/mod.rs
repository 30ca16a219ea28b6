//! Copies of a whole store: taken in one state while others write, with a checksum for every file, and put back only
//! if all of them agree.
//!
//! A copy is a folder, or the same as `.tar.zst`. Its `SHA256SUMS` is what `sha256sum -c` reads. It holds personal
//! data in clear, so it is its owner's alone. [`capture`] reads a store file by file into a [`target`]; [`source`] reads
//! a copy file by file; [`restore`] makes a store of it. Nothing holds more than one file in memory.

mod capture;
mod frames;
mod restore;
mod source;
mod target;

use std::collections::BTreeMap;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::digest::hex;
use super::folder;
use super::history::{HISTORY, PRIVATE};
use super::install::CONFLICTS;
use super::state_dir;
use crate::model::meter::Meter;

pub use capture::Backup;
pub use restore::{Unpacked, unpack};
pub use target::BackupFormat;

/// The list of checksums in a copy.
const SUMS: &str = "SHA256SUMS";

/// The folders of the program's state that are copied.
const STATE_FOLDERS: [&str; 3] = [HISTORY, PRIVATE, CONFLICTS];

/// The hidden files that are copied.
const FOR_GIT: [&str; 2] = [".gitignore", ".gitattributes"];

/// The checksum of every file by its path.
type Sums = BTreeMap<String, String>;

/// The list of checksums as a text.
fn text_of(sums: &Sums) -> String {
    sums.iter().flat_map(|(path, sum)| [sum, "  ", path, "\n"]).collect()
}

/// Whether a file of a copy is its owner's alone.
fn is_private(path: &str) -> bool {
    folder::is_private_path(path) || state_dir::is_private_path(path)
}

/// Reads on, counts what was read and keeps its checksum.
struct Hashing<'m, R> {
    inner: R,
    meter: &'m Meter,
    hasher: Sha256,
}

impl<'m, R: Read> Hashing<'m, R> {
    fn new(inner: R, meter: &'m Meter) -> Self {
        Self { inner, meter, hasher: Sha256::new() }
    }

    fn sum(self) -> String {
        hex(&self.hasher.finalize())
    }
}

impl<R: Read> Read for Hashing<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..count).unwrap_or_default());
        self.meter.add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}
