//! Starting a new store, with the standard word lists and rule sets.

use std::fs;
use std::path::Path;

use super::disk::Access;
use super::draft::Draft;
use super::history::Note;
use super::image::{FileChange, Image};
use super::lock::LockOptions;
use super::writer::Writer;
use super::{Store, StoreError, failed, folder, on};

/// The standard programme, and the standard rule sets by their ids.
const PROGRAMME: &str = include_str!("standard/programme.toml");
const RULESETS: [(&str, &str); 6] = [
    ("innovative-sme-63-2022", include_str!("standard/rulesets/innovative-sme-63-2022.toml")),
    ("srdi-63-2022", include_str!("standard/rulesets/srdi-63-2022.toml")),
    ("srdi-2-2026", include_str!("standard/rulesets/srdi-2-2026.toml")),
    ("little-giant-63-2022", include_str!("standard/rulesets/little-giant-63-2022.toml")),
    ("little-giant-2-2026", include_str!("standard/rulesets/little-giant-2-2026.toml")),
    ("hnte-2016-32", include_str!("standard/rulesets/hnte-2016-32.toml")),
];

/// For a data folder that is kept in a repository: what is private or of this machine alone stays out, and records are
/// merged line by line.
const FOR_GIT: [(&str, &str); 2] = [
    (
        ".gitignore",
        "# Personal data, and the state of this copy: its history, lock and cache.\n/contacts/\n/.kunpeng/\n*.refused.*\n",
    ),
    (
        ".gitattributes",
        "# Records are merged line by line; `kunpeng check` finds conflicts that are left.\n*.toml text eol=lf merge=text\n*.json text eol=lf merge=text\n",
    ),
];

/// What may lie in the folder of a new store: the state of an earlier start that was interrupted, and what git needs.
const ALLOWED: [&str; 4] = [folder::STATE_DIR, ".git", ".gitignore", ".gitattributes"];

/// The files of a new store.
pub fn standard_files() -> Vec<(String, &'static str)> {
    let rulesets = RULESETS.iter().map(|(id, text)| (format!("rulesets/{id}.toml"), *text));
    [("programme.toml".to_owned(), PROGRAMME)].into_iter().chain(rulesets).collect()
}

impl Store {
    /// Starts a store in a folder that is empty or not there yet: the whole of it, or nothing.
    pub fn init(root: &Path, options: &LockOptions<'_>, note: Note) -> Result<Self, StoreError> {
        if fs::symlink_metadata(root).is_ok() {
            return Self::init_within(root, options, note);
        }
        let draft = Draft::beside(root)?;
        fs::create_dir(&draft.path).map_err(failed("make", root))?;
        Self::at(draft.path.clone()).fill(options, note)?;
        draft.finish()?;
        Ok(Self::at(root.to_owned()))
    }

    /// The same in a folder that is there.
    fn init_within(root: &Path, options: &LockOptions<'_>, note: Note) -> Result<Self, StoreError> {
        if folder::programme_file(root).is_some() {
            return Err(StoreError::AlreadyThere(root.to_owned()));
        }
        let mut there = Vec::new();
        for entry in fs::read_dir(root).map_err(failed("list", root))? {
            let name = entry.map_err(failed("list", root))?.file_name();
            if ALLOWED.iter().all(|allowed| name != *allowed) {
                return Err(StoreError::NotEmpty(root.to_owned()));
            }
            there.push(name);
        }
        let store = Self::at(root.to_owned());
        store.fill(options, note).inspect_err(|error| {
            let is_known = !matches!(error, StoreError::NotKnown { .. } | StoreError::Busy { .. });
            if is_known && folder::programme_file(root).is_none() {
                for name in [FOR_GIT[0].0, FOR_GIT[1].0, folder::STATE_DIR]
                    .iter()
                    .filter(|it| !there.iter().any(|name| name == **it))
                {
                    let _ = fs::remove_file(root.join(name));
                    let _ = fs::remove_dir_all(root.join(name));
                }
            }
        })?;
        Ok(store)
    }

    fn fill(&self, options: &LockOptions<'_>, note: Note) -> Result<(), StoreError> {
        let files = standard_files()
            .into_iter()
            .map(|(path, text)| FileChange::new(path, Image::Absent, Image::text(text)));
        let writer = Writer::take(self, options)?;
        for (path, text) in FOR_GIT {
            if writer.disk().stat(path).map_err(on("look at", path))?.is_none() {
                writer.disk().create(path, text.as_bytes(), Access::Shared).map_err(on("write", path))?;
            }
        }
        writer.replace(files.collect(), note)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check;
    use crate::model::class::Class;
    use crate::model::kind::Kind;
    use crate::model::records::Records;
    use crate::model::word::SizeRule;

    /// The word lists of the design, in its order.
    const WORDS: [(Kind, &str); 8] = [
        (Kind::Aspect, "courses visits projects brand ecosystem"),
        (Kind::Module, "srdi platforms listing"),
        (Kind::Title, "innovative-sme tech-sme hnte srdi little-giant single-champion"),
        (Kind::Level, "self-built district city province national"),
        (
            Kind::PlatformKind,
            "enterprise-technology-centre engineering-research-centre key-laboratory industrial-design-centre \
             new-rd-institution postdoctoral-workstation",
        ),
        (Kind::Category, "finance land labour subsidies regulation utilities construction facilities other"),
        (
            Kind::Metric,
            "revenue main_revenue profit net_profit assets liabilities rd_expense tax employees rd_staff \
             invention_patents utility_models software_copyrights equity_raised exports",
        ),
        (
            Kind::ExitReason,
            "moved-away deregistered irregular-operation repeated-absence no-data own-wish listed-or-acquired",
        ),
    ];

    fn new_store() -> Records {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::init(&folder.path().join("data"), &LockOptions::none(), Note::unsigned()).unwrap();
        let snapshot = store.load().unwrap();
        assert_eq!(snapshot.findings, []);
        snapshot.records
    }

    #[test]
    fn a_new_store_has_exactly_the_words_of_the_design_and_every_rule_set() {
        let records = new_store();
        for (kind, ids) in WORDS {
            let known: Vec<&str> = records.programme.words(kind).iter().map(|word| word.id).collect();
            assert_eq!(known.join(" "), ids, "{kind}");
        }
        assert!(records.programme.towns.is_empty());
        let mut rulesets: Vec<&str> = RULESETS.iter().map(|(id, _)| *id).collect();
        rulesets.sort_unstable();
        assert_eq!(records.ids(Kind::Ruleset), rulesets);
    }

    #[test]
    fn the_store_of_the_sources_has_nothing_to_be_found_and_knows_its_members() {
        let store = Store::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
        let snapshot = store.load().unwrap();
        assert_eq!(snapshot.findings, []);
        let records = snapshot.records;
        assert_eq!(check::warnings(&records, "2026-11-23".parse().unwrap()), []);
        for (edition, members) in [("1", 110), ("2", 103), ("3", 104)] {
            let edition = edition.parse().unwrap();
            let found = records.enterprises.values().filter(|it| it.membership(&edition).is_some()).count();
            assert_eq!(found, members, "{edition}");
        }
    }

    #[test]
    fn every_spelling_of_a_standard_word_stands_for_that_word_alone() {
        let records = new_store();
        for (kind, _) in WORDS {
            for word in records.programme.words(kind) {
                for name in [word.name].into_iter().chain(word.name_en).chain(word.also) {
                    assert_eq!(records.named(kind, name.as_str()).as_deref(), Ok(word.id), "{kind} {name}");
                }
            }
        }
    }

    #[test]
    fn every_size_rule_has_three_falling_limits_and_no_class_has_two_rules() {
        let sizes = new_store().programme.sizes;
        for limits in sizes.iter().flat_map(|rule| rule.limits.values()) {
            assert!(limits.len() == 3 && limits.is_sorted_by(|a, b| a > b), "{limits:?}");
        }
        let of = |class: &str| -> Vec<&SizeRule> {
            let class: Class = class.parse().unwrap();
            sizes
                .iter()
                .filter(|rule| rule.classes.iter().any(|wider: &Class| class.is_within(wider)))
                .collect()
        };
        for (class, rules) in [("C3660", 1), ("F51", 1), ("G57", 1), ("L72", 1), ("Q85", 1), ("J66", 0)] {
            assert_eq!(of(class).len(), rules, "{class}");
        }
    }
}
