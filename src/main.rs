//! Arguments in, exit code out. Everything that is not in the arguments (clock, locale, environment, terminal) is
//! read here, once.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::Local;
use kunpeng::cli::{self, environment::Environment};
use kunpeng::model::date::Date;

/// Imports make and free millions of small texts, in two threads: they take a quarter less time than with the
/// system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let today = text("KUNPENG_TODAY").and_then(|day| day.parse::<Date>().ok()).and_then(Date::exact);
    let width = || {
        let columns = text("COLUMNS").and_then(|columns| columns.parse().ok());
        columns
            .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
            .unwrap_or(80)
    };
    let height = || {
        let lines = text("LINES").and_then(|lines| lines.parse().ok());
        lines.or_else(|| terminal_size::terminal_size().map(|(_, height)| usize::from(height.0)))
    };
    let environment = Environment {
        folder: std::env::current_dir().unwrap_or_default(),
        data: text("KUNPENG_DATA").map(PathBuf::from),
        today: today.unwrap_or_else(|| Local::now().date_naive()),
        now: text("KUNPENG_NOW")
            .unwrap_or_else(|| Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)),
        actor: ["KUNPENG_ACTOR", "USER", "LOGNAME"]
            .into_iter()
            .find_map(text)
            .unwrap_or_else(|| "unknown".to_owned()),
        locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(text),
        no_color: text("NO_COLOR").is_some(),
        editor: text("VISUAL").or_else(|| text("EDITOR")),
        scratch: std::env::temp_dir(),
        width: std::io::stdout().is_terminal().then(width),
        height: std::io::stdout().is_terminal().then(height).flatten(),
        pager: text("PAGER"),
        asks: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
        tells: std::io::stderr().is_terminal(),
    };
    cli::run(std::env::args_os(), &environment)
}
