//! Tables brought in and taken out.

mod as_seen;
mod bad_input;
mod commands;
mod files;
mod forms;
mod identity;
mod layout;
mod many_faults;
mod offices;
mod refusals;
pub mod round_trip;
mod rows;
mod shown;
mod systems;

use std::fs;

use kunpeng::store::Store;
use kunpeng::store::history::{ChangeKind, Note};
use kunpeng::store::lock::LockOptions;

use crate::sandbox::Sandbox;

/// A store with an edition and two firms with codes.
fn two_firms() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.done("kunpeng edition add id=1 name=第一期 opened=2023-03-16");
    sandbox.done("kunpeng enterprise add code=91440114DEM000014D name=示例一厂");
    sandbox.done("kunpeng enterprise add code=91440114DEM0000228 name=示例二厂");
    sandbox
}

/// A new store in a folder, with more of a programme, and a file for each enterprise.
fn store_of<'f>(
    folder: &tempfile::TempDir,
    programme: &str,
    enterprises: impl IntoIterator<Item = (String, &'f str)>,
) -> Store {
    let text = String::new;
    let note = Note { time: text(), actor: text(), command: text(), reason: None, kind: ChangeKind::Command };
    let store = Store::init(&folder.path().join("data"), &LockOptions::none(), note).unwrap();
    let path = store.root().join("programme.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text + programme).unwrap();
    let folder = store.root().join("enterprises");
    fs::create_dir_all(&folder).unwrap();
    for (id, name) in enterprises {
        fs::write(folder.join(format!("{id}.toml")), format!("name = \"{name}\"\n")).unwrap();
    }
    store
}
