//! A line of a file with a mark under the marked text, cut around the mark where it is too long.
//!
//! `annotate-snippets` draws such lines too. It does not cut a mark that is longer than the screen, leaves zero-width
//! characters as they are, and ends every label with an ASCII colon; the last tests of this file hold what it cannot.

use super::{sanitise, wrap};
use crate::model::finding::Excerpt;

/// What a tab is shown as.
const TAB: &str = "    ";

/// The line as it can be shown in `room` columns, and below it blanks and carets under the marked text.
pub fn with_carets(excerpt: &Excerpt, room: usize) -> (String, String) {
    let (before, marked, after) = parts(excerpt);
    let mark = wrap::width(&marked).max(1);
    if wrap::width(&before) + mark + wrap::width(&after) <= room {
        let blanks = wrap::width(&before);
        return (format!("{before}{marked}{after}"), line_of(blanks, mark));
    }
    let marked = wrap::shortened(&marked, room * 2 / 3);
    let mark = wrap::width(&marked).max(1);
    let left = room.saturating_sub(mark);
    // What stands before is worth more than what follows: it has the key.
    let before = ending(&before, left.saturating_sub(wrap::width(&after).min(left / 3)));
    let after = wrap::shortened(&after, left.saturating_sub(wrap::width(&before)));
    let blanks = wrap::width(&before);
    (format!("{before}{marked}{after}"), line_of(blanks, mark))
}

fn line_of(blanks: usize, carets: usize) -> String {
    format!("{}{}", " ".repeat(blanks), "^".repeat(carets))
}

/// The line before, at and after what is marked, as it is shown.
fn parts(excerpt: &Excerpt) -> (String, String, String) {
    let at = |at: usize| excerpt.line.split_at_checked(at).unwrap_or((&excerpt.line, ""));
    let (before, rest) = at(excerpt.before.len());
    let (marked, after) = rest.split_at_checked(excerpt.marked.len()).unwrap_or((rest, ""));
    (plain(before), plain(marked), plain(after.trim_end()))
}

fn plain(text: &str) -> String {
    sanitise::line(&text.replace('\t', TAB)).into_owned()
}

/// The text, or as much of its end as leaves room for `…`.
fn ending(text: &str, limit: usize) -> String {
    if wrap::width(text) <= limit {
        return text.to_owned();
    }
    let tails = text.char_indices().rev().map(|(at, _)| &text[at..]);
    let kept = tails.take_while(|kept| wrap::width(kept) < limit).last();
    format!("…{}", kept.unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(line: &str, marked: &str, room: usize) -> String {
        let at = line.find(marked).unwrap();
        let excerpt = Excerpt { line: line.into(), before: line[..at].into(), marked: marked.into() };
        let (line, mark) = with_carets(&excerpt, room);
        format!("{line}\n{mark}")
    }

    #[test]
    fn the_mark_is_as_wide_as_what_is_meant() {
        assert_eq!(
            shown("\tname = \"示例\"  # 甲", "\"示例\"", 80),
            "    name = \"示例\"  # 甲\n           ^^^^^^"
        );
        assert_eq!(shown("示例 = e\u{301}a", "e\u{301}a", 80), "示例 = e\u{301}a\n       ^^");
        assert_eq!(shown("a = \u{202e}x", "\u{202e}x", 80), "a = \\u{202e}x\n    ^^^^^^^^^");
    }

    #[test]
    fn nothing_is_marked_by_one_caret() {
        let end = Excerpt { line: "key =".into(), before: "key =".into(), marked: String::new() };
        assert_eq!(with_carets(&end, 80), ("key =".into(), "     ^".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{} wrong {}", "a".repeat(60), "b".repeat(60));
        let expected = format!("…{} wrong {}…\n{}^^^^^", "a".repeat(15), "b".repeat(6), " ".repeat(17));
        assert_eq!(shown(&line, "wrong", 30), expected);
    }

    #[test]
    fn a_mark_longer_than_the_screen_is_cut_with_its_carets() {
        let line = format!("x = {} y", "示".repeat(60));
        let expected = format!("x = {}… y\n    {}", "示".repeat(12), "^".repeat(25));
        assert_eq!(shown(&line, &"示".repeat(60), 40), expected);
    }

    #[test]
    fn what_has_no_width_is_shown_and_marked() {
        assert_eq!(
            shown("a = x\u{200b}\u{e0041} b", "x\u{200b}\u{e0041}", 80),
            "a = x\\u{200b}\\u{e0041} b\n    ^^^^^^^^^^^^^^^^^^"
        );
    }

    proptest! {
        #[test]
        fn line_and_mark_stay_within_the_room(
            before in "[ -~\t示]{0,80}", marked in "[ -~示]{0,80}", after in "[ -~示]{0,80}", room in 12_usize..60
        ) {
            let excerpt = Excerpt { line: format!("{before}{marked}{after}"), before, marked };
            let (line, mark) = with_carets(&excerpt, room);
            prop_assert!(wrap::width(&line) <= room, "{line}");
            prop_assert!(wrap::width(&mark) <= room + 1, "{mark}");
            prop_assert!(mark.contains('^'));
        }
    }
}
