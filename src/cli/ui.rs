//! The only writer to stdout and stderr: results to the one, all else to the other. Nothing that was read or typed
//! reaches a terminal without the sanitiser.

use std::cell::Cell;
use std::io::{self, BufRead, BufWriter, Write};
use std::sync::Arc;

use indicatif::ProgressDrawTarget;

use super::environment::Environment;
use super::failure::{Failure, wording};
use super::help;
use super::pager;
use super::progress::{Progress, Work};
use super::usage;
use crate::model::lang::Lang;
use crate::model::meter::Meter;
use crate::model::text::Text;
use crate::render::{self, Screen};
use crate::text;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set ‖ 在终端中使用，设置了 `NO_COLOR` 时除外
    #[default]
    Auto,
    /// Always ‖ 总是使用
    Always,
    /// Never ‖ 从不使用
    Never,
}

/// How the terminal is to be used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// When to use colour.
    pub color: Color,
    /// Whether to say nothing of what was done.
    pub quiet: bool,
    /// Whether long results go through a pager.
    pub pages: bool,
}

/// The terminal, or what stands in for it.
#[derive(Debug)]
pub struct Ui<'e> {
    environment: &'e Environment,
    style: Style,
    lang: Cell<Lang>,
}

impl<'e> Ui<'e> {
    /// For the given surroundings and options; `lang` until the store says another.
    pub fn new(environment: &'e Environment, style: Style, lang: Lang) -> Self {
        Self { environment, style, lang: Cell::new(lang) }
    }

    /// The language people are spoken to in.
    pub fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// Speaks another language from now on.
    pub fn speak(&self, lang: Lang) {
        self.lang.set(lang);
    }

    /// The columns there are for a help.
    pub fn width(&self) -> usize {
        self.environment.width.unwrap_or(100)
    }

    /// Prints a help; where none was asked for, as a message.
    #[expect(clippy::unused_self, reason = "whoever writes must hold the terminal")]
    pub fn help(&self, text: &str, is_message: bool) {
        let shown: String =
            text.lines().map(|line| render::sanitise::line(line).into_owned() + "\n").collect();
        // A closed pipe is no failure.
        let _ = if is_message {
            io::stderr().lock().write_all(shown.as_bytes())
        } else {
            io::stdout().lock().write_all(shown.as_bytes())
        };
    }

    /// Says what is wrong with the command line.
    pub fn misread(&self, error: &clap::Error) {
        let lang = self.lang();
        let (message, way_out) = usage::fault(error);
        let mut lines = vec![format!("{}{}", lang.pick("error: ", "错误："), message.of(lang))];
        lines.extend(way_out.map(|help| format!("  {}{}", lang.pick("help: ", "办法："), help.of(lang))));
        let synopsis = help::synopsis(&usage::synopsis(error), lang);
        if !synopsis.is_empty() {
            lines.extend([String::new(), format!("{}{synopsis}", lang.pick("Usage: ", "用法："))]);
        }
        lines.push(String::new());
        lines.push(lang.pick("For more information, try '--help'.", "详见 --help。").to_owned());
        tell(&lines.join("\n"));
    }

    fn colors(&self, is_terminal: bool) -> bool {
        match self.style.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.environment.no_color,
        }
    }

    /// How results look on stdout.
    pub fn screen(&self) -> Screen {
        let width = self.environment.width;
        Screen { width, color: self.colors(width.is_some()), lang: self.lang() }
    }

    /// How messages look on stderr.
    pub fn message_screen(&self) -> Screen {
        let width = Some(self.environment.width.unwrap_or(100));
        Screen { width, color: self.colors(self.environment.tells), lang: self.lang() }
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

    /// Writes a result, through the pager where it is longer than the screen.
    pub fn page(&self, bytes: &[u8]) -> Result<(), Failure> {
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        let is_long = self.environment.height.is_some_and(|height| lines + 1 > height);
        if !(self.style.pages && is_long) {
            return self.result(bytes);
        }
        let pager = self.environment.pager.as_deref().unwrap_or(pager::DEFAULT);
        match pager::show(pager, bytes) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.result(bytes)?;
                self.say(&text!(
                    "the pager `{pager}` cannot be started ({error}); set PAGER, or give `--no-pager`",
                    "无法启动分页程序“{pager}”（{error}）；请设置 PAGER，或使用 --no-pager",
                    pager = pager,
                    error = error
                ));
                Ok(())
            }
        }
    }

    /// Says what has happened, unless told to be quiet.
    pub fn say(&self, message: &Text) {
        if !self.style.quiet {
            tell(message.of(self.lang()));
        }
    }

    /// Whether only what must not be missed is said.
    pub fn is_quiet(&self) -> bool {
        self.style.quiet
    }

    /// Shows findings that do not stop the work.
    pub fn say_findings(&self, found: &[render::finding::Found]) {
        if !self.style.quiet {
            let text = render::finding::findings(found, &self.message_screen());
            // Nobody is left to be told of a failure to write to stderr.
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
    }

    /// Says what must not be missed, whether quiet or not.
    pub fn warn(&self, message: &Text) {
        tell(message.of(self.lang()));
    }

    /// Tells somebody at a terminal what is being done and how far it has come, where it takes long, until the outcome
    /// is dropped.
    pub fn progress(&self, what: &Text, meter: &Arc<Meter>) -> Progress {
        if self.style.quiet || !self.environment.tells {
            return Progress::silent();
        }
        let name = render::sanitise::line(what.of(self.lang())).chars().take(LONGEST).collect();
        let work = Work { name, lang: self.lang(), meter: Arc::clone(meter) };
        Progress::started(work, ProgressDrawTarget::stderr())
    }

    /// Asks a question that is answered with yes or no. Without anybody to ask, the command must have been
    /// given `--yes`.
    pub fn confirm(&self, question: &Text) -> Result<(), Failure> {
        if !self.environment.asks {
            return Err(Failure::undone(
                text!("confirmation is needed: {question}", "需要确认：{question}", question = question),
                text!(
                    "confirm with `--yes`, or look first with `--dry-run`",
                    "请用 --yes 确认，或先用 --dry-run 查看"
                ),
            ));
        }
        if self.ask(&text!("{question} [y/N] ", "{question} [y/N] ", question = question))? {
            Ok(())
        } else {
            Err(Failure::undone(
                text!("not confirmed", "未确认"),
                text!("nothing was changed", "没有改动任何记录"),
            ))
        }
    }

    /// Asks, and tells whether the answer was yes.
    pub fn ask(&self, question: &Text) -> Result<bool, Failure> {
        write!(io::stderr().lock(), "{}", render::sanitise::line(question.of(self.lang())))?;
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
        let screen = self.message_screen();
        let lang = screen.lang;
        let text = match failure {
            Failure::ClosedPipe | Failure::Found => return,
            Failure::Usage(message) => format!(
                "{}{}\n\n{}\n",
                lang.pick("error: ", "错误："),
                render::sanitise::line(message.of(lang)),
                lang.pick("For more information, try '--help'.", "详见 --help。")
            ),
            Failure::Question(fault) => {
                render::argument::fault(&fault.excerpt(), &fault.message, fault.help.as_ref(), &screen)
            }
            Failure::Unsound(found) => {
                let shown = &found[..found.len().min(SHOWN)];
                let findings = render::finding::findings(shown, &screen);
                let more = match found.len() - shown.len() {
                    0 => String::new(),
                    more => {
                        lang.pick(format!("\n{more} more are not shown\n"), format!("\n另有{more}项未列出\n"))
                    }
                };
                let unchanged = lang.pick("; nothing was changed", "；没有改动任何记录");
                format!("{findings}{more}\n{}{unchanged}\n", render::finding::summary(found, lang))
            }
            Failure::Undone { error, help } | Failure::Unknown { error, help } => {
                undone(error, help.as_ref(), lang)
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

fn undone(error: &anyhow::Error, help: Option<&Text>, lang: Lang) -> String {
    let mut lines = Vec::new();
    for (depth, cause) in error.chain().enumerate() {
        let label = match depth {
            0 => lang.pick("error: ", "错误："),
            _ => lang.pick("  caused by: ", "  原因："),
        };
        lines.push(format!("{label}{}", render::sanitise::line(&wording(cause, lang))));
    }
    for (number, line) in help.map_or("", |help| help.of(lang)).lines().enumerate() {
        let label = if number == 0 { lang.pick("  help: ", "  办法：") } else { "  " };
        lines.push(format!("{label}{}", render::sanitise::line(line)));
    }
    lines.join("\n") + "\n"
}
