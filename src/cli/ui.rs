//! The only writer to stdout and stderr: results to the one, all else to the other.

use std::io::{self, BufRead, BufWriter, Write};

use super::environment::Environment;
use super::failure::Failure;
use super::progress::Progress;
use crate::model::lang::Lang;
use crate::render::{self, Look};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The terminal, or what stands in for it.
#[derive(Debug, Clone, Copy)]
pub struct Ui<'e> {
    environment: &'e Environment,
    color: Color,
    quiet: bool,
    lang: Lang,
}

impl<'e> Ui<'e> {
    /// For the given surroundings and options.
    pub fn new(environment: &'e Environment, color: Color, quiet: bool, lang: Lang) -> Self {
        Self { environment, color, quiet, lang }
    }

    fn colors(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.environment.no_color,
        }
    }

    /// How results look on stdout.
    pub fn look(&self) -> Look {
        let width = self.environment.width;
        Look { width, color: self.colors(width.is_some()), lang: self.lang }
    }

    /// Writes a result.
    pub fn result(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.results(|out| out.write_all(bytes))
    }

    /// Writes a result piece by piece.
    #[expect(clippy::unused_self, reason = "whoever writes must hold the terminal")]
    pub fn results<T>(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, Failure> {
        let mut stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        let result = write(&mut stdout)?;
        stdout.flush()?;
        Ok(result)
    }

    /// Says what has happened, unless told to be quiet.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            tell(message);
        }
    }

    /// Tells somebody at a terminal what is being done, where it takes long, until the outcome is dropped.
    pub fn progress(&self, what: &str) -> Progress {
        if self.quiet || !self.environment.tells {
            return Progress::silent();
        }
        let what = render::sanitise::line(what).chars().take(LONGEST).collect();
        Progress::started(what, io::stderr())
    }

    /// Asks a question that is answered with yes or no. Without anybody to ask, the command must have been
    /// given `--yes`.
    pub fn confirm(&self, question: &str) -> Result<(), Failure> {
        if !self.environment.asks {
            return Err(Failure::undone(
                format!("nobody is there to be asked: {question}"),
                "say so with `--yes`, or look first with `--dry-run`",
            ));
        }
        if self.ask(&format!("{question} [y/N] "))? {
            Ok(())
        } else {
            Err(Failure::undone("left as it was", "nothing was changed"))
        }
    }

    /// Asks, and tells whether the answer was yes.
    #[expect(clippy::unused_self, reason = "whoever asks must hold the terminal")]
    pub fn ask(&self, question: &str) -> Result<bool, Failure> {
        write!(io::stderr().lock(), "{}", render::sanitise::line(question))?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "是"))
    }

    /// Whether somebody can be asked.
    pub fn can_ask(&self) -> bool {
        self.environment.asks
    }

    /// Says why a command ended early.
    pub fn fail(&self, failure: &Failure) {
        let look = Look {
            width: Some(self.environment.width.unwrap_or(100)),
            color: self.colors(self.environment.tells),
            lang: self.lang,
        };
        let text = match failure {
            Failure::ClosedPipe | Failure::Found => return,
            Failure::Usage(message) => format!("error: {message}\n\nFor more information, try '--help'.\n"),
            Failure::Unsound(found) => {
                let shown = &found[..found.len().min(SHOWN)];
                let findings = render::finding::findings(shown, &look);
                let more = match found.len() - shown.len() {
                    0 => String::new(),
                    more => format!("\n{more} more are not shown\n"),
                };
                format!("{findings}{more}\n{}; nothing was changed\n", render::finding::summary(found))
            }
            Failure::Undone { error, help } | Failure::Unknown { error, help } => {
                undone(error, help.as_deref())
            }
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// The letters of work that is told of: a line that wraps could not be wiped away.
const LONGEST: usize = 30;

/// How many findings are shown when a command is refused: whoever has read so many knows what is wrong.
pub const SHOWN: usize = 100;

/// Standard output as a pipe between two processes of this program.
pub fn pipe() -> impl Write {
    io::stdout().lock()
}

fn tell(message: &str) {
    let shown: Vec<_> = message.lines().map(render::sanitise::line).collect();
    // Nobody is left to be told of a failure to write to stderr.
    let _ = writeln!(io::stderr().lock(), "{}", shown.join("\n"));
}

fn undone(error: &anyhow::Error, help: Option<&str>) -> String {
    let mut lines = Vec::new();
    for (depth, cause) in error.chain().enumerate() {
        let label = if depth == 0 { "error" } else { "  caused by" };
        lines.push(format!("{label}: {}", render::sanitise::line(&cause.to_string())));
    }
    for (number, line) in help.unwrap_or_default().lines().enumerate() {
        let label = if number == 0 { "  help: " } else { "  " };
        lines.push(format!("{label}{}", render::sanitise::line(line)));
    }
    lines.join("\n") + "\n"
}
