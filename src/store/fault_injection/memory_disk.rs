//! A disk in memory that knows what was synced and what would be lost with the power.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use crate::store::disk::{Access, Disk, FileType, Stat};
use crate::store::install::parent;

#[derive(Debug, Clone)]
struct File {
    bytes: Vec<u8>,
    durable: Vec<u8>,
    mode: u32,
}

#[derive(Debug, Clone, Default)]
struct Names {
    now: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, Default)]
struct State {
    files: Vec<File>,
    folders: BTreeMap<String, Names>,
}

/// What becomes of what was not synced.
#[derive(Debug, Clone, Copy)]
pub enum Unsynced {
    /// All of it is lost.
    Lost,
    /// All of it is kept.
    Kept,
    /// Each name and each file at random.
    Random(u64),
}

/// The disk.
#[derive(Debug, Clone)]
pub struct MemoryDisk {
    state: RefCell<State>,
}

/// A small generator of random numbers.
pub struct Xorshift(u64);

impl Xorshift {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % sides
    }
}

impl MemoryDisk {
    /// An empty data folder.
    pub fn new() -> Self {
        let mut state = State::default();
        state.folders.insert(String::new(), Names::default());
        Self { state: RefCell::new(state) }
    }

    /// The disk after the power came back.
    pub fn after_power_cut(&self, unsynced: Unsynced) -> Self {
        let mut rng = Xorshift::new(if let Unsynced::Random(seed) = unsynced { seed } else { 0 });
        let mut state = self.state.borrow().clone();
        for names in state.folders.values_mut() {
            let mut left = names.durable.clone();
            let all: Vec<String> = names.now.keys().chain(names.durable.keys()).cloned().collect();
            for name in all {
                if is_kept(unsynced, &mut rng) {
                    match names.now.get(&name) {
                        Some(file) => _ = left.insert(name, *file),
                        None => _ = left.remove(&name),
                    }
                }
            }
            *names = Names { now: left.clone(), durable: left };
        }
        for file in &mut state.files {
            if !is_kept(unsynced, &mut rng) {
                file.bytes.clone_from(&file.durable);
            }
            file.durable.clone_from(&file.bytes);
        }
        Self { state: RefCell::new(state) }
    }

    /// Writes a file where it lies, as some editors do.
    pub fn overwrite(&self, number: usize, bytes: &[u8]) {
        self.state.borrow_mut().files[number].bytes = bytes.to_vec();
    }

    /// Which file lies at a path.
    pub fn number(&self, path: &str) -> Option<usize> {
        self.state.borrow().folders.get(parent(path))?.now.get(path).copied()
    }

    /// Every file outside of the state folder.
    pub fn records(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state.borrow();
        let all = state.folders.values().flat_map(|names| &names.now);
        all.filter(|(path, _)| !path.starts_with(".kunpeng"))
            .map(|(path, file)| (path.clone(), state.files[*file].bytes.clone()))
            .collect()
    }

    fn change<T>(
        &self,
        path: &str,
        change: impl FnOnce(&mut State, &mut BTreeMap<String, usize>) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut state = self.state.borrow_mut();
        let Some(names) = state.folders.get_mut(parent(path)) else { return Err(absent()) };
        let mut now = std::mem::take(&mut names.now);
        let result = change(&mut state, &mut now);
        state.folders.entry(parent(path).to_owned()).or_default().now = now;
        result
    }

    fn link(&self, path: &str, file: usize) -> io::Result<()> {
        self.change(path, |_, names| {
            names.insert(path.to_owned(), file);
            Ok(())
        })
    }
}

fn is_kept(unsynced: Unsynced, rng: &mut Xorshift) -> bool {
    match unsynced {
        Unsynced::Lost => false,
        Unsynced::Kept => true,
        Unsynced::Random(_) => rng.below(2) == 0,
    }
}

fn absent() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk for MemoryDisk {
    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        let state = self.state.borrow();
        let look = |file_type, mode, size: usize| {
            Some(Stat { file_type, mode, device: 1, stamp: [i128::try_from(size).unwrap(), 0, 0] })
        };
        if state.folders.contains_key(path) {
            return Ok(look(FileType::Folder, 0o755, 0));
        }
        let number = state.folders.get(parent(path)).and_then(|names| names.now.get(path));
        let file = number.map(|number| &state.files[*number]);
        Ok(file.and_then(|file| look(FileType::File, file.mode, file.bytes.len())))
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let number = self.number(path);
        Ok(number.map(|number| self.state.borrow().files[number].bytes.clone()))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let state = self.state.borrow();
        let names = state.folders.get(folder).map(|names| names.now.keys());
        Ok(names.into_iter().flatten().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect())
    }

    fn may_write(&self, _folder: &str) -> io::Result<()> {
        Ok(())
    }

    fn make_folder(&self, path: &str, _access: Access) -> io::Result<()> {
        self.state.borrow_mut().folders.entry(path.to_owned()).or_default();
        Ok(())
    }

    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        let mode = match access {
            Access::Shared => 0o644,
            Access::Private => 0o600,
            Access::Like(mode) => mode,
        };
        self.change(path, |state, names| {
            if names.contains_key(path) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            names.insert(path.to_owned(), state.files.len());
            state.files.push(File { bytes: bytes.to_vec(), durable: Vec::new(), mode });
            Ok(())
        })
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        let number = self.number(path);
        let mut state = self.state.borrow_mut();
        if let Some(number) = number {
            let file = &mut state.files[number];
            file.durable.clone_from(&file.bytes);
        } else {
            let names = state.folders.get_mut(path).ok_or_else(absent)?;
            names.durable.clone_from(&names.now);
        }
        Ok(())
    }

    fn sync_all(&self) -> io::Result<()> {
        let mut state = self.state.borrow_mut();
        state.files.iter_mut().for_each(|file| file.durable.clone_from(&file.bytes));
        state.folders.values_mut().for_each(|names| names.durable.clone_from(&names.now));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let number = self.change(from, |_, names| names.remove(from).ok_or_else(absent))?;
        self.link(to, number)
    }

    fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        match self.number(to) {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => self.rename(from, to),
        }
    }

    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        let (first, second) = (self.number(one).ok_or_else(absent)?, self.number(other).ok_or_else(absent)?);
        self.link(one, second)?;
        self.link(other, first)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.change(path, |_, names| names.remove(path).map(|_| ()).ok_or_else(absent))
    }

    fn make_private(&self, _path: &str) -> io::Result<()> {
        Ok(())
    }
}
