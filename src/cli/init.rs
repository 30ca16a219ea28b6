//! `kunpeng init`

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::session::Session;
use crate::store::Store;
use crate::text;

/// Start a new store with the standard word lists and rule sets
///
/// Writes programme.toml, with the standard aspects, modules, titles, levels, platform kinds, needs, metrics and
/// size classes in both languages, and the standard rule sets. All of it is data: change it to fit the programme.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder, empty or not there yet [default: the one of --data or KUNPENG_DATA, else ./data]
    dir: Option<PathBuf>,
}

impl Init {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let named =
            self.dir.or_else(|| session.global.data.clone()).or_else(|| session.environment.data.clone());
        let root = named.unwrap_or_else(|| session.environment.folder.join("data"));
        Store::init(&root, &session.patience(&|text| session.ui.say(text)), session.note(None))?;
        session.ui.say(&text!(
            "started a store in {folder}",
            "已在 {folder} 建立数据文件夹",
            folder = root.display()
        ));
        session.ui.say(&text!(
            "next: write the programme's name into programme.toml, then `kunpeng edition add id=1 name=NAME`",
            "下一步：在 programme.toml 中写上计划名称，再用 kunpeng edition add id=1 name=名称 添加期次"
        ));
        Ok(())
    }
}
