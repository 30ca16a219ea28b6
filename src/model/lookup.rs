//! Finding records by what people call them.

use std::collections::BTreeMap;

use super::code::Scheme;
use super::enterprise::Enterprise;
use super::id::EnterpriseId;
use super::kind::Kind;
use super::lang::Lang;
use super::name::NameKey;
use super::nearest::{did_you_mean, nearest};
use super::own_field::OwnFields;
use super::records::Records;
use super::rule;
use super::shape::{Misread, Words};
use super::text::Text;
use crate::text;

/// One way to tell whether an enterprise is meant.
type Test<'t> = &'t dyn Fn(&str, &Enterprise) -> bool;

/// Whether a kind is of words of a list of the programme, and not of records.
fn is_word(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Industry
            | Kind::Edition
            | Kind::Ruleset
            | Kind::Activity
            | Kind::Enterprise
            | Kind::Contact
            | Kind::Programme
    )
}

/// Why a text does not name one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Nothing of that id or name.
    Nothing {
        /// What was looked for.
        kind: Kind,
        /// What was given.
        text: String,
        /// What may have been meant.
        near: Option<Text>,
    },
    /// More than one.
    Several {
        /// What was looked for.
        kind: Kind,
        /// What was given.
        text: String,
        /// Id and name of each.
        candidates: Vec<(String, String)>,
    },
}

impl Miss {
    /// What was looked for in vain.
    pub fn text(&self) -> Text {
        match self {
            Self::Nothing { kind, text, .. } => {
                text!("no {kind} is called `{text}`", "没有名为“{text}”的{kind}", kind = kind)
            }
            Self::Several { kind, text, candidates } => {
                let (count, plural) = (candidates.len(), kind.plural());
                text!("`{text}` matches {count} {plural}", "“{text}”同时与 {count} 个{kind}相符", kind = kind)
            }
        }
    }

    /// The way out.
    pub fn help(&self) -> Option<Text> {
        match self {
            Self::Nothing { near: Some(near), .. } => Some(near.clone()),
            Self::Nothing { kind, .. } => {
                let command = kind.id();
                Some(text!(
                    "`kunpeng {command} list` shows what there is",
                    "可用 kunpeng {command} list 查看"
                ))
            }
            Self::Several { candidates, .. } => {
                let shown: Vec<String> =
                    candidates.iter().take(8).map(|(id, name)| format!("\n  {id}  {name}")).collect();
                let (shown, more) = (shown.concat(), candidates.len().saturating_sub(8));
                let rest = if more > 0 {
                    text!("\n  … and {more} more", "\n  ……另有 {more} 个")
                } else {
                    Text::default()
                };
                Some(text!(
                    "name one of them by its id:{shown}{rest}",
                    "请用编号指明其中一个：{shown}{rest}",
                    rest = rest
                ))
            }
        }
    }
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Miss {}

impl From<Miss> for Misread {
    fn from(miss: Miss) -> Self {
        Self::new(&rule::UNKNOWN_REFERENCE, miss.text()).help_if(miss.help())
    }
}

impl Records {
    /// The enterprise a person at a terminal means: by id, code, a unique prefix of either, or a unique part of
    /// any of its names.
    pub fn resolve_enterprise(&self, text: &str) -> Result<(&EnterpriseId, &Enterprise), Miss> {
        if let Some(found) = self.enterprises.get_key_value(text) {
            return Ok((found.0, found.1));
        }
        let upper = text.to_ascii_uppercase();
        let code_is = |enterprise: &Enterprise, test: &dyn Fn(&str) -> bool| {
            enterprise.codes().any(|code| test(code.as_str()))
        };
        let key = NameKey::of(text);
        let tests: [Test<'_>; 4] = [
            &|id, it| id.eq_ignore_ascii_case(text) || code_is(it, &|code| code == upper),
            &|_, it| !key.is_empty() && it.names().any(|name| name.key() == key),
            &|id, it| {
                id.to_ascii_uppercase().starts_with(&upper) || code_is(it, &|code| code.starts_with(&upper))
            },
            &|_, it| !key.is_empty() && it.names().any(|name| name.key().contains(&key)),
        ];
        // An exact id, code or name beats a prefix or a part; a prefix and a part are equally vague.
        for tests in [&tests[..1], &tests[1..2], &tests[2..]] {
            let found: Vec<_> = self
                .enterprises
                .iter()
                .filter(|(id, enterprise)| {
                    !text.is_empty() && tests.iter().any(|test| test(id.as_str(), enterprise))
                })
                .collect();
            match found[..] {
                [] => {}
                [(id, enterprise)] => return Ok((id, enterprise)),
                _ => {
                    let candidates =
                        found.iter().map(|(id, it)| (id.to_string(), it.name.to_string())).collect();
                    return Err(Miss::Several { kind: Kind::Enterprise, text: text.to_owned(), candidates });
                }
            }
        }
        Err(self.nothing(Kind::Enterprise, text))
    }

    /// The town a person asks for: by the programme's list, else as enterprises write it.
    pub fn resolve_town(&self, text: &str) -> Result<String, Miss> {
        let miss = match self.named(Kind::Town, text) {
            Ok(id) => return Ok(id),
            Err(miss) => miss,
        };
        let used = || self.enterprises.values().filter_map(|it| it.town.as_ref());
        let key = NameKey::of(text);
        if let Some(town) = used().find(|town| town.key() == key) {
            return Ok(town.to_string());
        }
        Err(match miss {
            Miss::Nothing { kind, text, near: None } => {
                let near = did_you_mean(&text, used().map(super::name::Name::as_str));
                Miss::Nothing { kind, text, near }
            }
            miss => miss,
        })
    }

    /// The record of a kind a person means: by id or name, else by a unique part of its name or beginning of its id.
    pub fn resolve(&self, kind: Kind, text: &str) -> Result<String, Miss> {
        if kind == Kind::Enterprise {
            return self.resolve_enterprise(text).map(|(id, _)| id.to_string());
        }
        let miss = match self.named(kind, text) {
            Err(miss @ Miss::Nothing { .. }) if !is_word(kind) && !text.trim().is_empty() => miss,
            found => return found,
        };
        let (key, lower) = (NameKey::of(text), text.to_lowercase());
        // 4 is no part of 40.
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let is_part = |id: &str, name: &str| {
            !is_number && id.to_lowercase().starts_with(&lower)
                || !is_number && !key.is_empty() && NameKey::of(name).contains(&key)
        };
        let names = self.names(kind).into_iter();
        let found: BTreeMap<String, String> = names
            .filter(|(id, name)| is_part(id, name))
            .map(|(id, name)| (id.to_owned(), name.to_owned()))
            .collect();
        match found.len() {
            0 => Err(miss),
            1 => Ok(found.into_keys().collect()),
            _ => Err(Miss::Several { kind, text: text.to_owned(), candidates: found.into_iter().collect() }),
        }
    }

    /// The record or word of a kind with exactly that id or name.
    pub fn named(&self, kind: Kind, text: &str) -> Result<String, Miss> {
        if self.has(kind, text) {
            return Ok(text.to_owned());
        }
        // Quotation marks and brackets tell names of records apart, and never words of a list.
        let key_of = if is_word(kind) { NameKey::word } else { NameKey::of };
        let key = key_of(text);
        let found: Vec<(String, String)> = self
            .names(kind)
            .into_iter()
            .filter(|(id, name)| id.eq_ignore_ascii_case(text) || key_of(name) == key)
            .map(|(id, name)| (id.to_owned(), name.to_owned()))
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect();
        match found.len() {
            0 => Err(self.nothing(kind, text)),
            1 => Ok(found.into_iter().map(|(id, _)| id).collect()),
            _ => Err(Miss::Several { kind, text: text.to_owned(), candidates: found }),
        }
    }

    /// Every way a thing of a kind is called, with its id.
    fn names(&self, kind: Kind) -> Vec<(&str, &str)> {
        macro_rules! both {
            ($map:expr) => {
                $map.iter()
                    .flat_map(|(id, it)| {
                        [Some(&it.name), it.name_en.as_ref()]
                            .into_iter()
                            .flatten()
                            .map(|name| (id.as_str(), name.as_str()))
                    })
                    .collect()
            };
        }
        match kind {
            Kind::Industry => both!(self.industries),
            Kind::Edition => both!(self.editions),
            Kind::Ruleset => both!(self.rulesets),
            Kind::Activity => {
                self.activities.iter().map(|(id, it)| (id.as_str(), it.title.as_str())).collect()
            }
            Kind::Enterprise => self
                .enterprises
                .iter()
                .flat_map(|(id, it)| {
                    let codes = it.codes().map(super::code::Code::as_str);
                    it.names().map(super::name::Name::as_str).chain(codes).map(|name| (id.as_str(), name))
                })
                .collect(),
            _ => self
                .programme
                .words(kind)
                .into_iter()
                .flat_map(|word| word.names().map(move |name| (word.id, name.as_str())))
                .collect(),
        }
    }

    /// All words of a list, after the nearest.
    fn words_of(&self, kind: Kind, near: Option<Text>) -> Option<Text> {
        let words = self.programme.words(kind);
        let label = |lang| {
            let one = |word: &super::programme::Named<'_>| with_id(&word.label(lang), word.id, lang);
            words.iter().map(one).collect::<Vec<_>>()
        };
        let known = text!(
            "known are {en}",
            "可用的词：{zh}",
            en = label(Lang::En).join(", "),
            zh = label(Lang::Zh).join("、")
        );
        match near {
            Some(near) if words.is_empty() => Some(near),
            Some(near) => Some(text!("{near} ({known})", "{near}（{known}）", near = near, known = known)),
            None => (!words.is_empty()).then_some(known),
        }
    }

    fn nothing(&self, kind: Kind, text: &str) -> Miss {
        let names = self.names(kind);
        let near = did_you_mean(text, self.ids(kind)).or_else(|| {
            nearest(text, names.iter().map(|(_, name)| *name))
                .map(|name| text!("the nearest name is `{name}`", "最接近的名称是“{name}”"))
        });
        if is_word(kind) {
            return Miss::Nothing { kind, text: text.to_owned(), near: self.words_of(kind, near) };
        }
        let known = || {
            let ids = self.ids(kind);
            let labels = |lang| -> Vec<String> {
                ids.iter().map(|id| with_id(&self.label(kind, id, lang), id, lang)).collect()
            };
            (!ids.is_empty() && ids.len() <= 16).then(|| {
                let (en, zh) = (labels(Lang::En).join(", "), labels(Lang::Zh).join("、"));
                text!("known are {en}", "可选：{zh}")
            })
        };
        Miss::Nothing { kind, text: text.to_owned(), near: near.or_else(known) }
    }
}

/// A name with the id behind it, in the brackets of a language; one of both where they are the same.
fn with_id(name: &str, id: &str, lang: Lang) -> String {
    if name == id { id.to_owned() } else { lang.pick(format!("{name} ({id})"), format!("{name}（{id}）")) }
}

impl Words for Records {
    fn find(&self, kind: Kind, text: &str) -> Result<String, Misread> {
        Ok(self.named(kind, text)?)
    }

    fn scheme(&self) -> Scheme {
        self.programme.identifier
    }

    fn own_fields(&self) -> Option<&OwnFields> {
        Some(&self.programme.fields)
    }
}

/// For values that refer to nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoWords;

impl Words for NoWords {
    fn find(&self, _: Kind, text: &str) -> Result<String, Misread> {
        Ok(text.to_owned())
    }

    fn scheme(&self) -> Scheme {
        Scheme::None
    }
}
