//! The programme: its name, its word lists, its settings. Nothing in the code is specific to one programme.

use indexmap::IndexMap;

use super::amount::DecimalMark;
use super::code::Scheme;
use super::id::WordKey;
use super::kind::Kind;
use super::lang::Lang;
use super::name::Name;
use super::own_field::OwnFields;
use super::shape::{choice, record};
use super::word::{Metric, SizeRule, Title, Word, label, names};

/// The format of stores this version reads and writes.
pub const FORMAT: u32 = 1;

choice! {
    /// The format new record files are written in.
    pub enum RecordFormat {
        /// TOML.
        Toml = "toml", "TOML", "TOML";
        /// JSON.
        Json = "json", "JSON", "JSON";
    }
}

choice! {
    /// The language of names in the store.
    pub enum Language {
        /// English.
        En = "en", "English", "英语";
        /// Chinese.
        Zh = "zh", "Chinese", "中文";
    }
}

record! {
    /// An organisation that takes part in running the programme.
    pub struct Organiser {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
    }
}

record! {
    /// `programme.toml`.
    pub struct Programme {
        /// The format of the store.
        pub format: u32,
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Who runs it.
        pub organisers: Vec<Organiser>,
        /// Three letters, ISO 4217.
        pub currency: String,
        /// The language of `name`.
        pub language: Language,
        /// What stands before the decimals of numbers in its tables, where they are text.
        pub decimal: Option<DecimalMark>,
        /// How enterprises are identified.
        pub identifier: Scheme,
        /// The format of new record files.
        pub records: Option<RecordFormat>,
        /// What labels of redacted enterprises are made with, so that nobody finds them out by trying known codes.
        pub redaction_key: Option<String>,
        /// Where the facts are from, what is sample.
        pub note: Option<String>,
        /// Kinds of help.
        pub aspects: IndexMap<WordKey, Word>,
        /// Tracks.
        pub modules: IndexMap<WordKey, Word>,
        /// Titles.
        pub recognitions: IndexMap<WordKey, Title>,
        /// Levels, lowest first.
        pub levels: IndexMap<WordKey, Word>,
        /// Kinds of R&D platforms.
        pub platform_kinds: IndexMap<WordKey, Word>,
        /// What needs are about.
        pub needs: IndexMap<WordKey, Word>,
        /// Figures enterprises report.
        pub metrics: IndexMap<WordKey, Metric>,
        /// Why enterprises leave.
        pub exit_reasons: IndexMap<WordKey, Word>,
        /// Towns; where there are none, any text is a town.
        pub towns: IndexMap<WordKey, Word>,
        /// Fields of one's own, by what has them.
        pub fields: OwnFields,
        /// Limits of size, by class of industry.
        pub sizes: Vec<SizeRule>,
    }
}

/// A word of any list: its names, whatever else belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'p> {
    /// The id.
    pub id: &'p str,
    /// The name in the programme's language.
    pub name: &'p Name,
    /// The English name.
    pub name_en: Option<&'p Name>,
    /// Other ways it is written.
    pub also: &'p [Name],
}

impl<'p> Named<'p> {
    /// Every name it has.
    pub fn names(&self) -> impl Iterator<Item = &'p Name> + use<'p> {
        names(self.name, self.name_en, self.also)
    }

    /// The name in a language.
    pub fn label(&self, lang: Lang) -> String {
        label(self.name, self.name_en, lang)
    }
}

macro_rules! named {
    ($list:expr) => {
        $list
            .iter()
            .map(|(id, word)| Named {
                id: id.as_str(),
                name: &word.name,
                name_en: word.name_en.as_ref(),
                also: &word.also,
            })
            .collect()
    };
}

impl Programme {
    /// The word list of a kind, in its order; empty for kinds that have files.
    pub fn words(&self, kind: Kind) -> Vec<Named<'_>> {
        match kind {
            Kind::Aspect => named!(self.aspects),
            Kind::Module => named!(self.modules),
            Kind::Title => named!(self.recognitions),
            Kind::Level => named!(self.levels),
            Kind::PlatformKind => named!(self.platform_kinds),
            Kind::Category => named!(self.needs),
            Kind::Metric => named!(self.metrics),
            Kind::ExitReason => named!(self.exit_reasons),
            Kind::Town => named!(self.towns),
            Kind::Programme
            | Kind::Industry
            | Kind::Edition
            | Kind::Enterprise
            | Kind::Activity
            | Kind::Contact
            | Kind::Ruleset => Vec::new(),
        }
    }

    /// Whether a word list has `id`.
    pub fn has_word(&self, kind: Kind, id: &str) -> bool {
        match kind {
            Kind::Aspect => self.aspects.contains_key(id),
            Kind::Module => self.modules.contains_key(id),
            Kind::Title => self.recognitions.contains_key(id),
            Kind::Level => self.levels.contains_key(id),
            Kind::PlatformKind => self.platform_kinds.contains_key(id),
            Kind::Category => self.needs.contains_key(id),
            Kind::Metric => self.metrics.contains_key(id),
            Kind::ExitReason => self.exit_reasons.contains_key(id),
            Kind::Town => self.towns.contains_key(id),
            _ => false,
        }
    }
}
