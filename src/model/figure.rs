//! The figures an edition can set a target for.

use std::fmt;
use std::str::FromStr;

use super::id::TitleId;
use super::kind::Kind;
use super::lang::Lang;
use super::shape::{MapKey, Misread, choice};
use crate::text;

choice! {
    /// A figure that needs no more to be said.
    pub enum Plain {
        /// Enterprises with a membership.
        Members = "members", "members", "入选企业";
        /// Members that graduated.
        Graduated = "graduated", "graduated", "结业企业";
        /// Activities.
        Activities = "activities", "activities", "活动场次";
        /// Hours of all activities.
        Hours = "hours", "hours of activities", "活动学时";
        /// Heads at all activities.
        PersonTimes = "person-times", "person-times", "参与人次";
        /// New R&D platforms.
        NewPlatforms = "new-platforms", "new R&D platforms", "新增研发平台";
        /// Projects approved.
        ProjectsApproved = "projects-approved", "projects approved", "获批项目";
        /// Money granted to projects.
        Granted = "granted", "amount granted", "获批金额";
        /// Needs closed.
        NeedsClosed = "needs-closed", "needs closed", "办结诉求";
    }
}

/// A figure of the summary that a target can be set for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// A figure of its own.
    Plain(Plain),
    /// Enterprises that gained a title, written `gained-TITLE`.
    Gained(TitleId),
    /// Enterprises that hold a title at the end, written `held-TITLE`.
    Held(TitleId),
}

impl FromStr for Figure {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        if let Some(title) = text.strip_prefix("gained-") {
            return title.parse().map(Self::Gained);
        }
        if let Some(title) = text.strip_prefix("held-") {
            return title.parse().map(Self::Held);
        }
        text.parse().map(Self::Plain).map_err(|misread: Misread| {
            let help = misread
                .help
                .unwrap_or_else(|| text!("or `gained-TITLE`, `held-TITLE`", "也可写 gained-资质、held-资质"));
            Misread { help: Some(help), ..misread }
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(plain) => plain.fmt(f),
            Self::Gained(title) => write!(f, "gained-{title}"),
            Self::Held(title) => write!(f, "held-{title}"),
        }
    }
}

impl MapKey for Figure {
    fn refers(&self) -> Option<(Kind, &str)> {
        match self {
            Self::Plain(_) => None,
            Self::Gained(title) | Self::Held(title) => Some((Kind::Title, title.as_str())),
        }
    }
}

impl Figure {
    /// The label people read; `title` names a title.
    pub fn label(&self, lang: Lang, title: impl Fn(&TitleId) -> String) -> String {
        match self {
            Self::Plain(plain) => plain.label(lang).to_owned(),
            Self::Gained(id) => lang.pick(format!("gained: {}", title(id)), format!("新增：{}", title(id))),
            Self::Held(id) => lang.pick(format!("held: {}", title(id)), format!("有效：{}", title(id))),
        }
    }
}
