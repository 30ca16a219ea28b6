//! What is wrong with a value, found while its record is read.

use std::fmt::Display;

use crate::model::finding::Part;
use crate::model::nearest::{did_you_mean, nearest};
use crate::model::rule::{self, Rule};
use crate::model::text::Text;
use crate::model::value::{KeyPath, Step, Value};
use crate::text;

/// Why one value could not be read; the place is known to the caller.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.text())]
pub struct Misread {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// What was found and what was expected.
    pub message: Text,
    /// The way out.
    pub help: Option<Text>,
}

impl Misread {
    /// A misread without advice.
    pub fn new(rule: &'static Rule, message: impl Into<Text>) -> Self {
        Self { rule, message: message.into(), help: None }
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What is wrong and the way out, in one text.
    pub fn text(&self) -> Text {
        match &self.help {
            Some(help) => {
                text!("{message}: {help}", "{message}：{help}", message = self.message, help = help)
            }
            None => self.message.clone(),
        }
    }

    /// With a way out, if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<impl Into<Text>>) -> Self {
        self.help = help.map(Into::into);
        self
    }
}

/// A fault found while reading one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub misread: Misread,
    /// Where in the record, and other places that belong to it.
    pub paths: Vec<KeyPath>,
    /// Whether the key or the value is meant.
    pub part: Part,
}

/// Collects faults and knows where in the record the reader is.
#[derive(Debug, Default)]
pub struct Faults {
    path: KeyPath,
    found: Vec<Fault>,
    /// How many were found beyond those that are kept.
    more: usize,
}

/// So many findings of one file are listed; of the others only their number is said.
pub const MOST: usize = 100;

/// That a file has more findings than are listed.
pub fn too_many(count: usize) -> Misread {
    let message = text!(
        "this file has {count} findings; the first {MOST} are listed",
        "该文件共有 {count} 个问题，只列出前 {MOST} 个"
    );
    Misread::new(&rule::TOO_MANY, message)
        .help(text!("correct these first, then check again", "请先改正所列问题，再检查一次"))
}

impl Faults {
    /// Everything found.
    pub fn into_found(self) -> Vec<Fault> {
        let mut found = self.found;
        if self.more > 0 {
            let misread = too_many(found.len() + self.more);
            found.push(Fault { misread, paths: vec![KeyPath::default()], part: Part::Value });
        }
        found
    }

    fn push(&mut self, misread: Misread, paths: Vec<KeyPath>, part: Part) {
        if self.is_full() {
            self.more += 1;
        } else {
            self.found.push(Fault { misread, paths, part });
        }
    }

    /// Whether what is found from now on is only counted.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Runs `read` one step further down.
    pub fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(step);
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// Reports a fault of the value here.
    pub fn report(&mut self, misread: Misread) {
        self.push(misread, vec![self.path.clone()], Part::Value);
    }

    /// Reports a fault of the key here.
    pub fn report_key(&mut self, misread: Misread) {
        self.push(misread, vec![self.path.clone()], Part::Key);
    }

    /// Reports a disagreement between several fields below this place.
    pub fn report_fields(&mut self, misread: Misread, fields: &[&'static str]) {
        let paths = fields.iter().map(|field| self.path.then(Step::Key((*field).into()))).collect();
        self.push(misread, paths, Part::Value);
    }

    /// Reports a disagreement between places below this one.
    pub fn report_paths(&mut self, misread: Misread, below: Vec<KeyPath>) {
        let paths = below
            .into_iter()
            .map(|path| KeyPath(self.path.0.iter().cloned().chain(path.0).collect()))
            .collect();
        self.push(misread, paths, Part::Value);
    }
}

/// The fault of a value of the wrong type.
pub fn expected(what: &str, found: &Value) -> Misread {
    let message = text!(
        "expected {what}, found {found}",
        "应为{what}，实为{found}",
        what = type_name(what),
        found = type_name(found.describe())
    );
    Misread::new(&rule::WRONG_TYPE, message)
}

/// The name of a type of values, in both languages.
fn type_name(en: &str) -> Text {
    let zh = match en {
        "text" => "文本",
        "a number" => "数字",
        "a whole number" => "整数",
        "true or false" => "true 或 false",
        "a date" => "日期",
        "a list" => "列表",
        "a table" => "一组键值",
        "a single value" => "单个值",
        other => other,
    };
    Text::new(en, zh)
}

/// The fault of a key nobody knows.
pub fn unknown_key(key: &str, known: &[&str]) -> Misread {
    Misread::new(&rule::UNKNOWN_KEY, text!("`{key}` is not a known key", "“{key}”不是可用的键")).help(
        did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
            text!("known are {en}", "可用的键：{zh}", en = List(known).to_string(), zh = known.join("、"))
        }),
    )
}

/// Prints "`a`, `b` or `c`".
pub struct List<'l>(pub &'l [&'l str]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}`{item}`")?;
        }
        Ok(())
    }
}

/// The fault of a cell whose word is on no list: every accepted word by its names, and the nearest.
pub fn unknown_word<'w>(
    text: &str,
    known: impl Iterator<Item = (&'w str, &'w [&'w str])> + Clone,
) -> Misread {
    let named = || {
        let one = |(id, names): (&'w str, &'w [&'w str])| {
            format!("{}（{id}）", names.get(1).copied().unwrap_or(id))
        };
        known.clone().map(one).collect::<Vec<_>>()
    };
    let en: Vec<&str> = known.clone().map(|(id, _)| id).collect();
    let help = text!("known are {en}", "可用的词：{zh}", en = en.join(", "), zh = named().join("、"));
    let near = nearest(text, known.flat_map(|(id, names)| std::iter::once(id).chain(names.iter().copied())));
    let help = match near {
        Some(near) => text!("did you mean `{near}`? {help}", "是否想写“{near}”？{help}", help = help),
        None => help,
    };
    Misread::new(&rule::UNKNOWN_WORD, text!("`{text}` is not a word of the list", "“{text}”不在可用的词之内"))
        .help(help)
}

/// The fault of a word that a closed list does not have.
pub fn unknown_choice(text: &str, known: &[&str]) -> Misread {
    Misread::new(
        &rule::UNKNOWN_WORD,
        text!(
            "`{text}` is not one of {en}",
            "“{text}”不在可选范围内：{zh}",
            en = List(known).to_string(),
            zh = known.join("、")
        ),
    )
    .help_if(did_you_mean(text, known.iter().copied()))
}
