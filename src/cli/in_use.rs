//! Whether somebody has a file open, by the mark that office programs leave beside it.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::infile::up_to_of_file;
use crate::text;

/// The most of a mark that is read.
const LONGEST: u64 = 4096;

/// Refuses to replace a file that somebody has open: what was typed there would take the place of what is written, or
/// the other way round.
pub fn refuse_in_use(path: &Path, target: &Path) -> Result<(), Failure> {
    if !target.is_file() {
        return Ok(());
    }
    let Some(mark) = marks(target).into_iter().find(|mark| mark.symlink_metadata().is_ok()) else {
        return Ok(());
    };
    let by = holder(&mark);
    let (en, zh) = match &by {
        Some((who, host, since)) => {
            (format!(" (by {who} on {host}, since {since})"), format!("（{who}，主机 {host}，自 {since}）"))
        }
        None => Default::default(),
    };
    let message = text!(
        "`{path}` is open in another program{en}; it was not written",
        "“{path}”正被其他程序打开{zh}，没有写入",
        path = path.display(),
        en = en,
        zh = zh
    );
    let help = text!(
        "close it there, or write to another file; if nobody has it open any more, remove `{mark}`",
        "请先在该程序中关闭，或改用其他文件名；如确已无人打开，可删除“{mark}”",
        mark = path.with_file_name(mark.file_name().unwrap_or_default()).display()
    );
    Err(Failure::undone(message, help))
}

/// The marks a file may have: `LibreOffice`'s, Excel's and Word's, WPS's. Word takes two letters off a long name.
fn marks(target: &Path) -> Vec<PathBuf> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let stem = target.file_stem().unwrap_or_default().to_string_lossy().chars().count();
    let is_word = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
    let taken_off = if is_word { stem.saturating_sub(6).min(2) } else { 0 };
    let rest: String = name.chars().skip(taken_off).collect();
    let names = [format!(".~lock.{name}#"), format!("~${rest}"), format!(".~{name}")];
    names.into_iter().map(|name| target.with_file_name(name)).collect()
}

/// Who left a mark of `LibreOffice`, on which machine and when: the name a person gave the program, else the account.
fn holder(mark: &Path) -> Option<(String, String, String)> {
    if !mark.file_name()?.to_string_lossy().starts_with(".~lock.") {
        return None;
    }
    let text = String::from_utf8(up_to_of_file(mark, LONGEST).ok()??).ok()?;
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let [name, account, host, since, ..] = fields[..] else { return None };
    let who = if name.is_empty() { account } else { name };
    Some((who.to_owned(), host.to_owned(), since.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_takes_up_to_two_letters_off_a_name() {
        let names = |name: &str| {
            let marks = marks(&Path::new("out").join(name));
            marks.iter().map(|mark| mark.to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            names("closing.xlsx"),
            ["out/.~lock.closing.xlsx#", "out/~$closing.xlsx", "out/.~closing.xlsx"]
        );
        assert_eq!(names("document.docx")[1], "out/~$cument.docx");
        assert_eq!(names("closing.docx")[1], "out/~$losing.docx");
        assert_eq!(names("第二期汇总.docx")[1], "out/~$第二期汇总.docx");
    }
}
