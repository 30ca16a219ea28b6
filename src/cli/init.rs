//! `kunpeng init`

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::session::Session;
use crate::store::Store;
use crate::text;

/// Create a data folder with the standard word lists and rule sets ‖ 新建数据文件夹，附标准词表和规则集
///
/// Writes programme.toml, with the standard aspects, modules, titles, levels, platform kinds, needs, metrics and
/// size classes in both languages, and the standard rule sets. All of it is data: change it to fit the programme.
/// ‖ 写入 programme.toml，含中英文的标准培育内容、模块、资质、级别、平台类型、诉求类别、指标和规模划分，并附标准规
/// 则集。以上都是数据，可按本计划修改。
#[derive(Debug, Args)]
pub struct Init {
    /// Folder, empty or new [default: --data, else `KUNPENG_DATA`, else ./data]
    /// ‖ 文件夹，须为空或尚不存在 [默认：--data，其次 `KUNPENG_DATA`，再次 ./data]
    dir: Option<PathBuf>,
}

impl Init {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let named =
            self.dir.or_else(|| session.global.data.clone()).or_else(|| session.environment.data.clone());
        let root = named.unwrap_or_else(|| session.environment.folder.join("data"));
        Store::init(&root, &session.lock_options(&|text| session.ui.say(text)), session.note(None))?;
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
