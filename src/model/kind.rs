//! The kinds of things that have an id: records with a file of their own, and the word lists of a programme.

use super::lang::Lang;
use super::text::Localized;

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The programme itself: one file.
    Programme,
    /// A focus industry of the programme.
    Industry,
    /// An edition of the programme.
    Edition,
    /// An enterprise.
    Enterprise,
    /// An activity.
    Activity,
    /// The personal data that belong to an enterprise, kept apart.
    Contact,
    /// A set of rules for one title.
    Ruleset,
    /// What kind of help.
    Aspect,
    /// A track of cultivation.
    Module,
    /// A title an enterprise can be given.
    Title,
    /// A kind of R&D platform.
    PlatformKind,
    /// The level of a title or platform.
    Level,
    /// What a need is about.
    Category,
    /// A figure enterprises report.
    Metric,
    /// Why an enterprise left.
    ExitReason,
    /// A town or street of the district.
    Town,
}

impl Kind {
    /// The kinds that have a folder of files.
    pub const FOLDERS: &'static [Self] =
        &[Self::Industry, Self::Edition, Self::Enterprise, Self::Activity, Self::Contact, Self::Ruleset];

    /// One of it, in words: also its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Industry => "industry",
            Self::Edition => "edition",
            Self::Enterprise => "enterprise",
            Self::Activity => "activity",
            Self::Contact => "contact",
            Self::Ruleset => "ruleset",
            Self::Aspect => "aspect",
            Self::Module => "module",
            Self::Title => "title",
            Self::PlatformKind => "platform kind",
            Self::Level => "level",
            Self::Category => "category",
            Self::Metric => "metric",
            Self::ExitReason => "exit reason",
            Self::Town => "town",
        }
    }

    /// Many of it; for records, their folder.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Programme => "programmes",
            Self::Industry => "industries",
            Self::Edition => "editions",
            Self::Enterprise => "enterprises",
            Self::Activity => "activities",
            Self::Contact => "contacts",
            Self::Ruleset => "rulesets",
            Self::Aspect => "aspects",
            Self::Module => "modules",
            Self::Title => "recognitions",
            Self::PlatformKind => "platform_kinds",
            Self::Level => "levels",
            Self::Category => "needs",
            Self::Metric => "metrics",
            Self::ExitReason => "exit_reasons",
            Self::Town => "towns",
        }
    }

    /// Where one of it would be added, for advice.
    pub fn home(self) -> String {
        if Self::FOLDERS.contains(&self) {
            format!("`{}/`", self.plural())
        } else {
            format!("`[{}]` of programme.toml", self.plural())
        }
    }

    /// The label people read.
    pub fn label(self, lang: Lang) -> &'static str {
        let zh = match self {
            Self::Programme => "计划",
            Self::Industry => "产业",
            Self::Edition => "期次",
            Self::Enterprise => "企业",
            Self::Activity => "活动",
            Self::Contact => "联系信息",
            Self::Ruleset => "规则集",
            Self::Aspect => "培育内容",
            Self::Module => "模块",
            Self::Title => "资质",
            Self::PlatformKind => "平台类型",
            Self::Level => "级别",
            Self::Category => "诉求类别",
            Self::Metric => "指标",
            Self::ExitReason => "退出原因",
            Self::Town => "镇街",
        };
        lang.pick(self.id(), zh)
    }
}

impl Localized for Kind {
    fn localized(&self, lang: Lang) -> String {
        self.label(lang).to_owned()
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
