//! Why a command ends without having done its work, and the exit code that says so.

use std::error::Error;
use std::fmt;
use std::io;

use crate::model::edition::Impossible;
use crate::model::finding::{Finding, Located, Place};
use crate::model::lang::Lang;
use crate::model::lookup::Miss;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::model::text::{Localized, Text};
use crate::report::query;
use crate::store::StoreError;
use crate::text;

/// A finding with the places it was traced to, one for each of its own.
pub type Traced = (Finding, Vec<Option<Located>>);

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// The work could not be done: exit code 1.
    Undone {
        /// What went wrong, with its causes.
        error: anyhow::Error,
        /// The way out.
        help: Option<Text>,
    },
    /// The command line is wrong in a way the parser of arguments cannot see: exit code 2.
    Usage(Text),
    /// A condition, an order or a column of the command line cannot be understood at some place: exit code 2.
    Question(query::Fault),
    /// The data, or a file being imported, have errors and nothing was changed: exit code 3.
    Unsound(Vec<Traced>),
    /// Findings were printed as a result: exit code 3, nothing more to say.
    Found,
    /// It is not known whether the change was made: exit code 4.
    Unknown {
        /// What went wrong, with its causes.
        error: anyhow::Error,
        /// The way out.
        help: Option<Text>,
    },
    /// Whoever read the output has gone: not an error.
    ClosedPipe,
}

/// An error with what was being done, in both languages.
#[derive(Debug)]
struct During {
    text: Text,
    cause: anyhow::Error,
}

impl fmt::Display for During {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl Error for During {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.cause.as_ref())
    }
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Undone { .. } => 1,
            Self::Usage(_) | Self::Question(_) => 2,
            Self::Unsound(_) | Self::Found => 3,
            Self::Unknown { .. } => 4,
        }
    }

    /// Work that could not be done, with a way out.
    pub fn undone(message: impl Into<Text>, help: impl Into<Text>) -> Self {
        Self::Undone { error: anyhow::Error::new(message.into()), help: Some(help.into()) }
    }

    /// Work that could not be done because of an error.
    pub fn because(message: Text, cause: impl Into<anyhow::Error>) -> Self {
        Self::Undone { error: during(message, cause.into()), help: None }
    }

    /// The same in a line of a batch.
    #[must_use]
    pub fn at_line(self, file: &str, line: usize, command: &str) -> Self {
        let context = text!(
            "line {line} of `{file}` failed, nothing was changed: {command}",
            "“{file}”第 {line} 行未能执行，没有改动任何记录：{command}"
        );
        match self {
            Self::Undone { error, help } => Self::Undone { error: during(context, error), help },
            Self::Usage(message) => Self::Usage(text!(
                "{context}: {message}",
                "{context}：{message}",
                context = context,
                message = message
            )),
            Self::Unsound(found) => {
                let named = |(finding, located): Traced| {
                    let message = text!(
                        "{message} (line {line} of `{file}`)",
                        "{message}（“{file}”第 {line} 行）",
                        message = finding.message
                    );
                    (Finding { message, ..finding }, located)
                };
                Self::Unsound(found.into_iter().map(named).collect())
            }
            other => other,
        }
    }

    /// A value of the command line that breaks a rule.
    pub fn argument(misread: Misread, argument: &str) -> Self {
        Self::findings(vec![Finding::of(misread, Place::Argument(argument.to_owned()))])
    }

    /// Findings that have no place in the store.
    pub fn findings(found: Vec<Finding>) -> Self {
        Self::Unsound(found.into_iter().map(|finding| (finding, Vec::new())).collect())
    }
}

fn during(text: Text, cause: anyhow::Error) -> anyhow::Error {
    anyhow::Error::new(During { text, cause })
}

/// The words of one error of a chain.
pub fn wording(error: &(dyn Error + 'static), lang: Lang) -> String {
    if let Some(during) = error.downcast_ref::<During>() {
        return during.text.of(lang).to_owned();
    }
    if let Some(text) = error.downcast_ref::<Text>() {
        return text.of(lang).to_owned();
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return error.text().into(lang);
    }
    if let Some(miss) = error.downcast_ref::<Miss>() {
        return miss.text().into(lang);
    }
    if let Some(impossible) = error.downcast_ref::<Impossible>() {
        return impossible.text().into(lang);
    }
    match error.downcast_ref::<io::Error>() {
        Some(error) => error.localized(lang),
        None => error.to_string(),
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let help = error.help();
        if let StoreError::NotAStore(root) | StoreError::NoneFound(root) | StoreError::NoFolder(root) = &error
        {
            let place = Place::Argument(format!("--data {}", root.display()));
            let finding = Finding { help, ..Finding::new(&rule::NO_STORE, error.text(), place) };
            return Self::findings(vec![finding]);
        }
        let is_unknown = matches!(error, StoreError::NotKnown { .. });
        let error = error.into();
        if is_unknown { Self::Unknown { error, help } } else { Self::Undone { error, help } }
    }
}

impl From<Miss> for Failure {
    fn from(miss: Miss) -> Self {
        let help = miss.help();
        Self::Undone { error: miss.into(), help }
    }
}

impl From<Impossible> for Failure {
    fn from(impossible: Impossible) -> Self {
        Self::Undone { error: impossible.into(), help: None }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::because(text!("cannot write the output", "无法写出结果"), error)
    }
}
