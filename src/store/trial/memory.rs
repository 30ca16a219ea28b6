//! A disk in memory that knows what was synced and what would be lost with the power.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use crate::store::disk::{Access, Disk, Look, Shape};
use crate::store::place::parent;

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
struct World {
    files: Vec<File>,
    folders: BTreeMap<String, Names>,
}

/// What becomes of what was not synced.
#[derive(Debug, Clone, Copy)]
pub enum Luck {
    /// All of it is lost.
    Lost,
    /// All of it is kept.
    Kept,
    /// Each name and each file by a throw of its own.
    Thrown(u64),
}

/// The disk.
#[derive(Debug, Clone)]
pub struct Memory {
    world: RefCell<World>,
}

/// A small stream of throws.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % sides
    }
}

impl Memory {
    /// An empty data folder.
    pub fn new() -> Self {
        let mut world = World::default();
        world.folders.insert(String::new(), Names::default());
        Self { world: RefCell::new(world) }
    }

    /// The disk after the power came back.
    pub fn after_power_cut(&self, luck: Luck) -> Self {
        let mut dice = Dice::new(if let Luck::Thrown(seed) = luck { seed } else { 0 });
        let mut world = self.world.borrow().clone();
        for names in world.folders.values_mut() {
            let mut left = names.durable.clone();
            let all: Vec<String> = names.now.keys().chain(names.durable.keys()).cloned().collect();
            for name in all {
                if is_kept(luck, &mut dice) {
                    match names.now.get(&name) {
                        Some(file) => _ = left.insert(name, *file),
                        None => _ = left.remove(&name),
                    }
                }
            }
            *names = Names { now: left.clone(), durable: left };
        }
        for file in &mut world.files {
            if !is_kept(luck, &mut dice) {
                file.bytes.clone_from(&file.durable);
            }
            file.durable.clone_from(&file.bytes);
        }
        Self { world: RefCell::new(world) }
    }

    /// Writes a file where it lies, as some editors do.
    pub fn overwrite(&self, number: usize, bytes: &[u8]) {
        self.world.borrow_mut().files[number].bytes = bytes.to_vec();
    }

    /// Which file lies at a path.
    pub fn number(&self, path: &str) -> Option<usize> {
        self.world.borrow().folders.get(parent(path))?.now.get(path).copied()
    }

    /// Every file outside of the tool's own folder.
    pub fn records(&self) -> BTreeMap<String, Vec<u8>> {
        let world = self.world.borrow();
        let all = world.folders.values().flat_map(|names| &names.now);
        all.filter(|(path, _)| !path.starts_with(".kunpeng"))
            .map(|(path, file)| (path.clone(), world.files[*file].bytes.clone()))
            .collect()
    }

    fn change<T>(
        &self,
        path: &str,
        change: impl FnOnce(&mut World, &mut BTreeMap<String, usize>) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut world = self.world.borrow_mut();
        let Some(names) = world.folders.get_mut(parent(path)) else { return Err(absent()) };
        let mut now = std::mem::take(&mut names.now);
        let result = change(&mut world, &mut now);
        world.folders.entry(parent(path).to_owned()).or_default().now = now;
        result
    }

    fn lay(&self, path: &str, file: usize) -> io::Result<()> {
        self.change(path, |_, names| {
            names.insert(path.to_owned(), file);
            Ok(())
        })
    }
}

fn is_kept(luck: Luck, dice: &mut Dice) -> bool {
    match luck {
        Luck::Lost => false,
        Luck::Kept => true,
        Luck::Thrown(_) => dice.throw(2) == 0,
    }
}

fn absent() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk for Memory {
    fn look(&self, path: &str) -> io::Result<Option<Look>> {
        let world = self.world.borrow();
        let look = |shape, mode, size: usize| {
            Some(Look { shape, mode, device: 1, stamp: [i128::try_from(size).unwrap(), 0, 0] })
        };
        if world.folders.contains_key(path) {
            return Ok(look(Shape::Folder, 0o755, 0));
        }
        let number = world.folders.get(parent(path)).and_then(|names| names.now.get(path));
        let file = number.map(|number| &world.files[*number]);
        Ok(file.and_then(|file| look(Shape::File, file.mode, file.bytes.len())))
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let number = self.number(path);
        Ok(number.map(|number| self.world.borrow().files[number].bytes.clone()))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let world = self.world.borrow();
        let names = world.folders.get(folder).map(|names| names.now.keys());
        Ok(names.into_iter().flatten().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect())
    }

    fn may_write(&self, _folder: &str) -> io::Result<()> {
        Ok(())
    }

    fn make_folder(&self, path: &str, _access: Access) -> io::Result<()> {
        self.world.borrow_mut().folders.entry(path.to_owned()).or_default();
        Ok(())
    }

    fn create(&self, path: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        let mode = match access {
            Access::Shared => 0o644,
            Access::Private => 0o600,
            Access::Like(mode) => mode,
        };
        self.change(path, |world, names| {
            if names.contains_key(path) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            names.insert(path.to_owned(), world.files.len());
            world.files.push(File { bytes: bytes.to_vec(), durable: Vec::new(), mode });
            Ok(())
        })
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        let number = self.number(path);
        let mut world = self.world.borrow_mut();
        if let Some(number) = number {
            let file = &mut world.files[number];
            file.durable.clone_from(&file.bytes);
        } else {
            let names = world.folders.get_mut(path).ok_or_else(absent)?;
            names.durable.clone_from(&names.now);
        }
        Ok(())
    }

    fn sync_all(&self) -> io::Result<()> {
        let mut world = self.world.borrow_mut();
        world.files.iter_mut().for_each(|file| file.durable.clone_from(&file.bytes));
        world.folders.values_mut().for_each(|names| names.durable.clone_from(&names.now));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let number = self.change(from, |_, names| names.remove(from).ok_or_else(absent))?;
        self.lay(to, number)
    }

    fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        match self.number(to) {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => self.rename(from, to),
        }
    }

    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        let (first, second) = (self.number(one).ok_or_else(absent)?, self.number(other).ok_or_else(absent)?);
        self.lay(one, second)?;
        self.lay(other, first)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.change(path, |_, names| names.remove(path).map(|_| ()).ok_or_else(absent))
    }

    fn make_private(&self, _path: &str) -> io::Result<()> {
        Ok(())
    }
}
