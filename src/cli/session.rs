//! What a command was given: the surroundings, the options of every command, the terminal.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::command_line;
use super::environment::Environment;
use super::failure::Failure;
use super::stage::Stage;
use super::ui::{Color, Ui};
use crate::model::lang::Lang;
use crate::model::personal::hide;
use crate::model::programme::Language;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::report::view::View;
use crate::store::Store;
use crate::store::history::{ChangeKind, Note};
use crate::store::lock::LockOptions;
use crate::text;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Use this data folder [default: `KUNPENG_DATA`, else ./data, else the nearest one upward]
    /// ‖ 使用该数据文件夹 [默认：`KUNPENG_DATA`，其次 ./data，再次逐级向上查找]
    #[arg(long, value_name = "DIR", global = true, help_heading = "Global options")]
    pub data: Option<PathBuf>,
    /// Speak this language [default: the locale's, else the programme's]
    /// ‖ 使用该语言 [默认：系统语言，其次培育计划的语言]
    #[arg(long, value_name = "en|zh", global = true, help_heading = "Global options", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Use color ‖ 是否使用颜色
    #[arg(long, value_name = "WHEN", global = true, help_heading = "Global options", default_value = "auto")]
    pub color: Color,
    /// Do not use a pager ‖ 不使用分页程序
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_pager: bool,
    /// Do not print status messages ‖ 不显示状态信息
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Wait at most this long for other commands that write ‖ 等待其他写入命令的最长秒数
    #[arg(
        long,
        value_name = "SECONDS",
        global = true,
        help_heading = "Global options",
        default_value = "60"
    )]
    pub wait: u64,
}

fn parse_lang(name: &str) -> Result<Lang, Text> {
    super::language::named(name).ok_or_else(|| text!("known are en and zh", "可选 en 或 zh"))
}

/// A command at work.
#[derive(Debug, Clone, Copy)]
pub struct Session<'e> {
    /// The surroundings.
    pub environment: &'e Environment,
    /// The options of every command.
    pub global: &'e Global,
    /// The terminal.
    pub ui: &'e Ui<'e>,
    /// The command line.
    pub arguments: &'e [OsString],
    /// What stands in for the store while a batch is carried out.
    pub stage: Option<&'e Stage>,
}

impl Session<'_> {
    /// The store that is meant.
    pub fn store(&self) -> Result<Store, Failure> {
        match self.global.data.as_ref().or(self.environment.data.as_ref()) {
            Some(root) => Ok(Store::open(root)?),
            None => Ok(Store::find(&self.environment.folder)?),
        }
    }

    /// How long to wait for others.
    pub fn lock_options<'p>(&self, tell: &'p dyn Fn(&Text)) -> LockOptions<'p> {
        let holder = format!("`{}` of {}", command_line::masked(self.arguments), self.environment.actor);
        LockOptions { wait: Duration::from_secs(self.global.wait), holder, tell }
    }

    /// What history notes of this command.
    pub fn note(&self, reason: Option<&str>) -> Note {
        Note {
            time: self.environment.now.clone(),
            actor: self.environment.actor.clone(),
            command: command_line::masked(self.arguments),
            reason: reason.map(hide).filter(|reason| !reason.trim().is_empty()),
            kind: ChangeKind::Command,
        }
    }

    /// The language of labels; everything said from now on is in it too.
    pub fn lang(&self, records: &Records) -> Lang {
        let programme = match records.programme.language {
            Language::En => Lang::En,
            Language::Zh => Lang::Zh,
        };
        let lang = self.global.lang.or_else(|| self.environment.lang()).unwrap_or(programme);
        self.ui.speak(lang);
        lang
    }

    /// The records as reports see them.
    pub fn view<'r>(&self, records: &'r Records) -> View<'r> {
        View { records, lang: self.lang(records), today: self.environment.today }
    }
}
