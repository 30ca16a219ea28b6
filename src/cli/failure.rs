//! Why a command ends without having done its work, and the exit code that says so.

use crate::model::edition::Impossible;
use crate::model::finding::{Finding, Located, Place};
use crate::model::lookup::Miss;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::store::StoreError;

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
        help: Option<String>,
    },
    /// The command line is wrong in a way the parser of arguments cannot see: exit code 2.
    Usage(String),
    /// The data, or a file being imported, have errors and nothing was changed: exit code 3.
    Unsound(Vec<Traced>),
    /// Findings were printed as a result: exit code 3, nothing more to say.
    Found,
    /// It is not known whether the change was made: exit code 4.
    Unknown {
        /// What went wrong, with its causes.
        error: anyhow::Error,
        /// The way out.
        help: Option<String>,
    },
    /// Whoever read the output has gone: not an error.
    ClosedPipe,
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Undone { .. } => 1,
            Self::Usage(_) => 2,
            Self::Unsound(_) | Self::Found => 3,
            Self::Unknown { .. } => 4,
        }
    }

    /// Work that could not be done, with a way out.
    pub fn undone(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Undone { error: anyhow::Error::msg(message.into()), help: Some(help.into()) }
    }

    /// The same in a line of a batch.
    #[must_use]
    pub fn at_line(self, file: &str, line: usize, command: &str) -> Self {
        let context = format!("line {line} of `{file}` failed, nothing was changed: {command}");
        match self {
            Self::Undone { error, help } => Self::Undone { error: error.context(context), help },
            Self::Usage(message) => Self::Usage(format!("{context}: {message}")),
            Self::Unsound(found) => {
                let named = |(finding, located): Traced| {
                    let message = format!("{} (line {line} of `{file}`)", finding.message);
                    (Finding { message: message.into(), ..finding }, located)
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

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let help = error.help().map(str::to_owned);
        if let StoreError::NotAStore(root) | StoreError::NoneFound(root) | StoreError::NoFolder(root) = &error
        {
            let place = Place::Argument(format!("--data {}", root.display()));
            let finding = Finding {
                help: help.map(Into::into),
                ..Finding::new(&rule::NO_STORE, error.to_string(), place)
            };
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

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::Undone { error: anyhow::Error::new(error).context("cannot write the output"), help: None }
    }
}
