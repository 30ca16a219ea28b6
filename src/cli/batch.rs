//! `kunpeng batch`

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::infile;
use super::session::Session;
use super::stage::Stage;
use super::write::{Write, wrote};
use crate::text;

/// Run commands from a file as one change ‖ 批量执行命令，合为一次变更
///
/// A line is a command without `kunpeng` before it, quoted as in a shell; what follows `#` is a comment. The
/// store is read once; each command sees what those before it did; nothing is written unless all of them succeed.
/// ‖ 每行一条命令，不写 `kunpeng`，引号用法同 shell，`#` 之后为注释。数据只读取一次，后面的命令能看到前面命令的结果；
/// 全部成功才写入。
#[derive(Debug, Args)]
pub struct Batch {
    /// File of commands; standard input if absent or `-` ‖ 命令文件；缺省或 `-` 为标准输入
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    write: Write,
}

/// The largest file of commands, in bytes.
const LARGEST: u64 = 64 << 20;

/// Carries out one command line.
pub type RunLine<'r> = &'r dyn Fn(&[String], &Session<'_>) -> Result<(), Failure>;

impl Batch {
    /// Runs the command. `run` carries out one command line.
    pub fn run(self, session: &Session<'_>, run: RunLine<'_>) -> Result<(), Failure> {
        let file = self.file.as_deref().unwrap_or(Path::new("-"));
        let name = file.display().to_string();
        let text = infile::text(file, LARGEST, text!("divide it into several", "请分成几个文件"))?;
        let lines = lines(&text).map_err(|line| {
            Failure::undone(
                text!(
                    "line {line} of `{name}` has a quote that is not closed",
                    "“{name}”第 {line} 行的引号没有成对"
                ),
                text!("nothing was changed", "没有改动任何记录"),
            )
        })?;
        let loaded = self.write.load(session)?;
        let stage = Stage::of(&loaded.store, &loaded.snapshot);
        for (number, words) in &lines {
            if is_apart(words) {
                let what = words.iter().take(2).cloned().collect::<Vec<_>>().join(" ");
                let failure =
                    Failure::Usage(text!("`{what}` cannot be part of a batch", "{what} 不能用在批处理中"));
                return Err(failure.at_line(&name, *number, &words.join(" ")));
            }
            let staged = Session { stage: Some(&stage), ..*session };
            run(words, &staged).map_err(|failure| failure.at_line(&name, *number, &words.join(" ")))?;
        }
        let change = stage.change(loaded.records()).map_err(|found| loaded.failure(found))?;
        let done = text!(
            "carried out {count} commands: {written}",
            "已执行 {count} 条命令：{written}",
            count = lines.len(),
            written = wrote(change.edits.len())
        );
        self.write.carry_out(session, &loaded, &change, &done)
    }
}

/// Whether a command does more than change records, or asks somebody.
fn is_apart(words: &[String]) -> bool {
    let is =
        |index: usize, known: &[&str]| words.get(index).is_some_and(|word| known.contains(&word.as_str()));
    is(0, &["backup", "batch", "history", "init", "migrate", "redo", "restore", "undo"])
        || is(1, &["edit", "erase-contacts"])
        || (is(0, &["edition"]) && is(1, &["close", "reopen"]))
        || words.iter().any(|word| word.starts_with("--save-map") || word.starts_with("--data"))
}

/// The words of every line that has some; or the number of a line whose quote is not closed.
fn lines(text: &str) -> Result<Vec<(usize, Vec<String>)>, usize> {
    let mut lines = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut words = words(line).ok_or(index + 1)?;
        if words.first().is_some_and(|word| word == "kunpeng") {
            words.remove(0);
        }
        if !words.is_empty() {
            lines.push((index + 1, words));
        }
    }
    Ok(lines)
}

/// The words of a line, quoted as in a shell; none if a quote is not closed.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_divided_as_a_shell_does() {
        let words = |line: &str| words(line).map(|words| words.join("|"));
        assert_eq!(words("a  'b c' \"d \\\" e\" f\\ g # no"), Some("a|b c|d \" e|f g".to_owned()));
        assert_eq!(words("name=x#1 ''"), Some("name=x#1|".to_owned()));
        assert_eq!(words("# only"), Some(String::new()));
        assert_eq!(words("'open"), None);
    }

    #[test]
    fn lines_keep_their_numbers() {
        let found = lines("\n# first\nkunpeng status\n\nenterprise list\n");
        let numbers: Vec<usize> = found.unwrap().into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(lines("a\n'b\n"), Err(2));
    }
}
