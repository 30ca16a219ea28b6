//! The help in both languages. The doc comments of commands and options hold them side by side, `English ‖ 中文` in
//! each paragraph; what the parser of arguments adds of its own is worded here.

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction, Command};

use crate::model::lang::Lang;
use crate::render::wrap;

/// What stands between the two languages of a paragraph.
const SEPARATOR: char = '‖';

/// The widest help.
const WIDEST: usize = 100;

/// What the parser of arguments calls the parts of a help.
const HEADINGS: [(&str, &str); 9] = [
    ("Usage: ", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Global options:", "全局选项："),
    ("Fields:", "字段："),
    ("Metrics:", "指标："),
    ("Words:", "可填的词："),
    ("Examples:", "示例："),
];

/// The command line with every text in one language: for printing, not for taking values from.
pub fn localized(mut command: Command, lang: Lang) -> Command {
    command.build();
    in_language(command, lang)
}

fn in_language(command: Command, lang: Lang) -> Command {
    let about = match command.get_name() {
        "help" => Some(lang.pick("Show the help of a command", "显示命令的帮助").to_owned()),
        _ => command.get_about().map(|text| picked(text, lang)),
    };
    let long_about = command.get_long_about().map(|text| picked(text, lang));
    let is_long = is_long(&command);
    let mut command = command
        .mut_args(|arg| argument(arg, lang, is_long))
        .mut_subcommands(|command| in_language(command, lang));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    command
}

/// Whether the help of a command says more than a line of anything.
fn is_long(command: &Command) -> bool {
    let shows = |value: &PossibleValue| value.get_help().is_some();
    command.get_long_about().is_some()
        || command.get_arguments().any(|arg| {
            arg.get_long_help().is_some()
                || (!arg.is_hide_possible_values_set() && arg.get_possible_values().iter().any(shows))
        })
}

/// The text of a doc comment in one language.
fn picked(text: &StyledStr, lang: Lang) -> String {
    of(&text.to_string(), lang)
}

/// The paragraphs of a text in one language; one that has no second language is the same in both.
pub fn of(text: &str, lang: Lang) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let (en, zh) = paragraph.split_once(SEPARATOR).unwrap_or((paragraph, paragraph));
        match lang {
            Lang::En => en.trim().to_owned(),
            Lang::Zh => joined(zh.trim()),
        }
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Chinese as it is read: where a comment went on in a new line, no space is meant.
fn joined(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_wide = |at: Option<usize>| {
        at.and_then(|at| chars.get(at)).is_some_and(|c| wrap::width(c.encode_utf8(&mut [0; 4])) == 2)
    };
    let kept =
        |at: &usize| !(chars.get(*at) == Some(&' ') && is_wide(at.checked_sub(1)) && is_wide(Some(at + 1)));
    (0..chars.len()).filter(kept).filter_map(|at| chars.get(at)).collect()
}

fn argument(arg: Arg, lang: Lang, is_long: bool) -> Arg {
    let own = match (arg.get_id().as_str(), arg.get_action()) {
        ("help", _) => Some(lang.pick("Print help", "显示帮助")),
        (_, ArgAction::Version) => Some(lang.pick("Print version", "显示版本")),
        (_, ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong) => {
            Some(lang.pick("Print help", "显示帮助"))
        }
        _ => None,
    };
    let help = own.map(str::to_owned).or_else(|| arg.get_help().map(|text| picked(text, lang)));
    let long_help = own.map(str::to_owned).or_else(|| arg.get_long_help().map(|text| picked(text, lang)));
    let values = arg.get_possible_values();
    match (lang, own) {
        (_, Some(_)) => set_help(arg, help, long_help),
        (Lang::En, None) => {
            let values = values.iter().map(|value| value_in(value, lang)).collect::<Vec<_>>();
            let arg =
                if values.is_empty() { arg } else { arg.value_parser(PossibleValuesParser::new(values)) };
            set_help(arg, help, long_help)
        }
        (Lang::Zh, None) => {
            let added = added(&arg, &values, is_long);
            let help = help.map(|help| help + &added);
            let long_help = long_help.map(|help| help + &added);
            set_help(arg.hide_possible_values(true).hide_default_value(true), help, long_help)
        }
    }
}

fn set_help(arg: Arg, help: Option<String>, long_help: Option<String>) -> Arg {
    let arg = match help {
        Some(help) => arg.help(help),
        None => arg,
    };
    match long_help {
        Some(help) => arg.long_help(help),
        None => arg,
    }
}

fn value_in(value: &PossibleValue, lang: Lang) -> PossibleValue {
    match value.get_help() {
        Some(help) => value.clone().help(picked(help, lang)),
        None => value.clone(),
    }
}

/// What follows the help of an argument in Chinese: the default and the values it may have.
fn added(arg: &Arg, values: &[PossibleValue], is_long: bool) -> String {
    let mut added = String::new();
    let takes_values = arg.get_action().takes_values();
    let defaults: Vec<_> =
        arg.get_default_values().iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if takes_values && !defaults.is_empty() && !arg.is_hide_default_value_set() {
        added.extend([" [默认：", &defaults.join("、"), "]"]);
    }
    let shown: Vec<&PossibleValue> = values.iter().filter(|value| !value.is_hide_set()).collect();
    if !takes_values || shown.is_empty() || arg.is_hide_possible_values_set() {
        return added;
    }
    if is_long && shown.iter().any(|value| value.get_help().is_some()) {
        let longest = shown.iter().map(|value| wrap::width(value.get_name())).max().unwrap_or_default();
        added += "\n\n可选值：";
        for value in shown {
            let help = value.get_help().map(|help| picked(help, Lang::Zh)).unwrap_or_default();
            let space = " ".repeat(longest.saturating_sub(wrap::width(value.get_name())));
            added.extend(["\n- ", value.get_name(), &space, "  ", &help]);
        }
    } else {
        let names: Vec<&str> = shown.iter().map(|value| value.get_name()).collect();
        added.extend([" [可选值：", &names.join("、"), "]"]);
    }
    added
}

/// A help in one language, no wider than a terminal. The parser breaks lines at spaces only, and Chinese has none.
pub fn shown(help: &str, lang: Lang, width: usize) -> String {
    let width = width.min(WIDEST);
    let mut lines = Vec::new();
    for line in help.lines() {
        let line = match lang {
            Lang::En => line.to_owned(),
            Lang::Zh => renamed(line),
        };
        let (first, rest) = line.split_at(hanging(&line));
        let room = width.saturating_sub(wrap::width(first)).max(20);
        let space = " ".repeat(wrap::width(first));
        for (number, piece) in wrap::lines(rest, room).iter().enumerate() {
            let before = if number == 0 { first } else { space.as_str() };
            lines.push(format!("{before}{piece}").trim_end().to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// A line of a help with the parser's own words in Chinese.
fn renamed(line: &str) -> String {
    let heading = HEADINGS.iter().find_map(|(en, zh)| Some((zh, line.strip_prefix(en)?)));
    match heading {
        Some((zh, usage)) => format!("{zh}{}", synopsis(usage, Lang::Zh)),
        None => line.to_owned(),
    }
}

/// How a command is used, with the parser's own placeholders in one language.
pub fn synopsis(usage: &str, lang: Lang) -> String {
    match lang {
        Lang::En => usage.to_owned(),
        Lang::Zh => {
            usage.replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>").replace("[COMMAND]", "[命令]")
        }
    }
}

/// Where the text of a line begins, after its indent and the name that stands before it.
fn hanging(line: &str) -> usize {
    let start = line.len() - line.trim_start().len();
    let gap = line[start..].find("  ").map(|gap| start + gap);
    let text = gap.and_then(|gap| line[gap..].find(|c| c != ' ').map(|at| gap + at));
    match text {
        Some(text) if start > 0 => text,
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_is_read_in_one_language() {
        let text = "Show it ‖ 显示\n\nAll of it ‖ 全部\n显示 `--all`";
        assert_eq!(of(text, Lang::En), "Show it\n\nAll of it");
        assert_eq!(of("a ‖ 第一行 第二行，见 `--all` 选项", Lang::Zh), "第一行第二行，见 `--all` 选项");
        assert_eq!(of("kunpeng", Lang::Zh), "kunpeng");
    }

    #[test]
    fn a_long_line_goes_on_under_its_text() {
        let help = "  init  新建一个数据文件夹，附标准词表\n";
        assert_eq!(shown(help, Lang::En, 30), "  init  新建一个数据文件夹，附\n        标准词表\n");
    }
}
