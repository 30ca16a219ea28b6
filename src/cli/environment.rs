//! What a command may know of its surroundings: handed in once, so that tests can hand in their own.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::model::lang::Lang;

/// The surroundings of a command.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The working directory.
    pub folder: PathBuf,
    /// `KUNPENG_DATA`.
    pub data: Option<PathBuf>,
    /// The day it is, or `KUNPENG_TODAY`.
    pub today: NaiveDate,
    /// The instant it is, as history notes it.
    pub now: String,
    /// Who works here: `KUNPENG_ACTOR`, else the user's name.
    pub actor: String,
    /// The locale of messages, such as `zh_CN.UTF-8`.
    pub locale: Option<String>,
    /// `NO_COLOR`.
    pub no_color: bool,
    /// `VISUAL` or `EDITOR`.
    pub editor: Option<String>,
    /// The folder for temporary files.
    pub scratch: PathBuf,
    /// The columns of the terminal that results go to; none if they go elsewhere.
    pub width: Option<usize>,
    /// The lines of that terminal.
    pub height: Option<usize>,
    /// `PAGER`.
    pub pager: Option<String>,
    /// Whether somebody is there to be asked.
    pub asks: bool,
    /// Whether messages go to a terminal.
    pub tells: bool,
}

impl Environment {
    /// The language of the locale, if it says one of ours.
    pub fn lang(&self) -> Option<Lang> {
        let locale = self.locale.as_deref()?.to_ascii_lowercase();
        match locale.get(..2) {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }
}
