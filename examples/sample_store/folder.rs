//! Writing a new data folder, plainly: nobody else knows it yet.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kunpeng::model::programme::RecordFormat;
use kunpeng::model::shape::Shape;
use kunpeng::store::document;

/// A data folder in the making.
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Makes the folder; one that holds anything is left alone.
    pub fn make(root: &Path) -> Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot make `{}`", root.display()))?;
        if fs::read_dir(root)?.next().is_some() {
            bail!("`{}` is not empty", root.display());
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Writes a record in the canonical way.
    pub fn record(&self, path: &str, record: &impl Shape) -> Result<()> {
        self.write(path, &text_of(record))
    }

    /// Writes a record that only the owner may read.
    pub fn private_record(&self, path: &str, record: &impl Shape) -> Result<()> {
        self.put(path, &text_of(record), 0o700, 0o600)
    }

    /// Writes a text.
    pub fn write(&self, path: &str, text: &str) -> Result<()> {
        self.put(path, text, 0o777, 0o666)
    }

    fn put(&self, path: &str, text: &str, folder_mode: u32, file_mode: u32) -> Result<()> {
        let path = self.root.join(path);
        make_folder(path.parent().unwrap_or(&self.root), folder_mode)?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(file_mode)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write `{}`", path.display()))
    }
}

fn make_folder(folder: &Path, mode: u32) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(folder)
        .with_context(|| format!("cannot make `{}`", folder.display()))
}

fn text_of(record: &impl Shape) -> String {
    record.write().map_or_else(String::new, |value| document::write(RecordFormat::Toml, &value))
}
