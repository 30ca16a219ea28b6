//! A fault of a part of the command line as text: what is wrong, the part with a mark under what is meant, the way out.

use super::color::Ansi;
use super::{Screen, excerpt, sanitise};
use crate::model::finding::Excerpt;
use crate::model::text::Text;

/// The width excerpts are cut to where there is no terminal.
const WIDTH: usize = 100;

/// What is wrong with an argument.
pub fn fault(argument: &Excerpt, message: &Text, help: Option<&Text>, screen: &Screen) -> String {
    let lang = screen.lang;
    let (line, mark) = excerpt::with_carets(argument, screen.width.unwrap_or(WIDTH).saturating_sub(4));
    let severity = Ansi(screen.color).red(lang.pick("error", "错误"));
    let mut lines = vec![
        format!("{severity}{}{}", lang.pick(": ", "："), sanitise::line(message.of(lang))),
        "  |".to_owned(),
        format!("  | {line}").trim_end().to_owned(),
        format!("  | {mark}"),
    ];
    for (number, line) in help.iter().flat_map(|help| help.of(lang).lines()).enumerate() {
        let label = if number == 0 { lang.pick("  help: ", "  办法：") } else { "  " };
        lines.push(format!("{label}{}", sanitise::line(line)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}
