//! A disk on which one operation goes wrong, and one on which somebody else writes between two operations.

use std::cell::Cell;
use std::io;

use crate::store::disk::{Access, Disk, Stat};

/// How an operation goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It is not done and says so: the disk is broken.
    Broken,
    /// It is not done and says so: the disk is full. Files are made, but short.
    Full,
    /// It is done and says that it is not.
    FalseError,
    /// Neither it nor any later one is done, and all say so: the disk is gone.
    Gone,
    /// The same, and no result is reported: the process is killed.
    Killed,
    /// The same, but a file is made, and short.
    KilledMidWrite,
}

impl FaultKind {
    pub const ALL: [Self; 6] =
        [Self::Broken, Self::Full, Self::FalseError, Self::Gone, Self::Killed, Self::KilledMidWrite];
}

/// A disk with a fault at one operation.
#[derive(Debug)]
pub struct FaultyDisk<'d, D> {
    disk: &'d D,
    at: usize,
    wrong: FaultKind,
    count: Cell<usize>,
}

impl<'d, D: Disk> FaultyDisk<'d, D> {
    /// The operation number `at`, counted from 0, goes wrong.
    pub fn new(disk: &'d D, at: usize, wrong: FaultKind) -> Self {
        Self { disk, at, wrong, count: Cell::new(0) }
    }

    /// How many operations there were.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    fn step<T>(&self, work: impl FnOnce(bool) -> io::Result<T>) -> io::Result<T> {
        let number = self.count.replace(self.count.get() + 1);
        let is_dead = matches!(self.wrong, FaultKind::Gone | FaultKind::Killed | FaultKind::KilledMidWrite);
        if number < self.at || (number > self.at && !is_dead) {
            return work(false);
        }
        if number == self.at {
            match self.wrong {
                FaultKind::FalseError => _ = work(false),
                FaultKind::Full | FaultKind::KilledMidWrite => _ = work(true),
                FaultKind::Broken | FaultKind::Gone | FaultKind::Killed => {}
            }
        }
        let kind =
            if self.wrong == FaultKind::Full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
        Err(io::Error::new(kind, "as planned"))
    }

    /// An operation that is done whole or not at all.
    fn whole<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.step(|is_short| if is_short { Err(io::ErrorKind::Other.into()) } else { work() })
    }
}

impl<D: Disk> Disk for FaultyDisk<'_, D> {
    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        self.whole(|| self.disk.stat(path))
    }
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.whole(|| self.disk.read(path))
    }
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.whole(|| self.disk.list(folder))
    }
    fn may_write(&self, folder: &str) -> io::Result<()> {
        self.whole(|| self.disk.may_write(folder))
    }
    fn make_folder(&self, path: &str, access: Access) -> io::Result<()> {
        self.whole(|| self.disk.make_folder(path, access))
    }
    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        self.step(|is_short| {
            let length = if is_short { bytes.len() / 2 } else { bytes.len() };
            self.disk.create(path, &bytes[..length], access)
        })
    }
    fn sync(&self, path: &str) -> io::Result<()> {
        self.whole(|| self.disk.sync(path))
    }
    fn sync_all(&self) -> io::Result<()> {
        self.whole(|| self.disk.sync_all())
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.whole(|| self.disk.rename(from, to))
    }
    fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        self.whole(|| self.disk.rename_new(from, to))
    }
    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        self.whole(|| self.disk.exchange(one, other))
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.whole(|| self.disk.remove(path))
    }
    fn make_private(&self, path: &str) -> io::Result<()> {
        self.whole(|| self.disk.make_private(path))
    }
}

/// A disk on which something else happens just before one operation.
pub struct InterleavedDisk<'d, D> {
    disk: &'d D,
    at: usize,
    count: Cell<usize>,
    act: &'d dyn Fn(),
}

impl<D> std::fmt::Debug for InterleavedDisk<'_, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InterleavedDisk")
    }
}

impl<'d, D: Disk> InterleavedDisk<'d, D> {
    pub fn new(disk: &'d D, at: usize, act: &'d dyn Fn()) -> Self {
        Self { disk, at, count: Cell::new(0), act }
    }

    fn tick(&self) -> &D {
        if self.count.replace(self.count.get() + 1) == self.at {
            (self.act)();
        }
        self.disk
    }
}

impl<D: Disk> Disk for InterleavedDisk<'_, D> {
    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        self.tick().stat(path)
    }
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.tick().read(path)
    }
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.tick().list(folder)
    }
    fn may_write(&self, folder: &str) -> io::Result<()> {
        self.tick().may_write(folder)
    }
    fn make_folder(&self, path: &str, access: Access) -> io::Result<()> {
        self.tick().make_folder(path, access)
    }
    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        self.tick().create(path, bytes, access)
    }
    fn sync(&self, path: &str) -> io::Result<()> {
        self.tick().sync(path)
    }
    fn sync_all(&self) -> io::Result<()> {
        self.tick().sync_all()
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.tick().rename(from, to)
    }
    fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        self.tick().rename_new(from, to)
    }
    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        self.tick().exchange(one, other)
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.tick().remove(path)
    }
    fn make_private(&self, path: &str) -> io::Result<()> {
        self.tick().make_private(path)
    }
}
