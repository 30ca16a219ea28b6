//! Text fitted to a width: broken into lines, or cut short. Widths are columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns a text takes.
pub fn width(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| text.width())
}

/// The columns that a text of nothing but printable ASCII and unified ideographs takes: most of what is printed, told
/// from its bytes alone.
pub fn plain_width(text: &str) -> Option<usize> {
    let mut width = 0;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        width += match byte {
            b' '..=b'~' => 1,
            0xe4..=0xe9 => {
                let (second, _) = (bytes.next()?, bytes.next()?);
                // The ideographs begin at U+4E00, which is E4 B8 80.
                if byte == 0xe4 && second < 0xb8 {
                    return None;
                }
                2
            }
            _ => return None,
        }
    }
    Some(width)
}

/// The lines of a text, none wider than `limit` unless a single word is. Lines end at spaces, and anywhere
/// between characters two columns wide, but not before a closing or after an opening mark.
pub fn lines(text: &str, limit: usize) -> Vec<String> {
    if width(text) <= limit {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        match lines.last_mut() {
            Some(line) if line.is_empty() || width(line) + width(piece.trim_end()) <= limit => {
                line.push_str(piece);
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The width of the widest piece that [`lines`] does not break.
pub fn narrowest(text: &str) -> usize {
    pieces(text).into_iter().map(|piece| width(piece.trim_end())).max().unwrap_or(0)
}

/// The text, or as much of its beginning as leaves room for `…`.
pub fn shortened(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let kept = ends.map(|end| &text[..end]).take_while(|kept| width(kept) < limit).last().unwrap_or("");
    format!("{}…", kept.trim_end())
}

/// The pieces of a text between which a line may end, each with the spaces behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, next) in text.char_indices().skip(1) {
        if text[..at].chars().next_back().is_some_and(|before| may_break(before, next)) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, next: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    if next.is_whitespace() || next.width() == Some(0) {
        return false;
    }
    before.is_whitespace()
        || (is_wide(before) || is_wide(next))
            && !"（《“‘【〔「([".contains(before)
            && !"）》”’】〕」，。、；：！？％)],.;:!?%".contains(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_end_at_spaces_and_between_wide_characters() {
        assert_eq!(lines("members at entry", 9), ["members", "at entry"]);
        assert_eq!(lines("营业收入（万元）", 8), ["营业收入", "（万元）"]);
        assert_eq!(lines("营业收入（万元）", 10), ["营业收入", "（万元）"]);
        assert_eq!(lines("出席，请假", 4), ["出", "席，", "请假"]);
        assert_eq!(lines("Ａ股GDP增长", 5), ["Ａ股", "GDP增", "长"]);
        assert_eq!(lines("indivisible words", 5), ["indivisible", "words"]);
        assert_eq!(lines("", 5), [""]);
    }

    #[test]
    fn a_combining_mark_stays_with_its_letter() {
        assert_eq!(shortened("e\u{301}te\u{301}s", 3), "e\u{301}t…");
        assert_eq!(lines("示\u{301}例", 2), ["示\u{301}", "例"]);
    }

    #[test]
    fn a_text_is_cut_only_where_it_is_too_wide() {
        assert_eq!(shortened("示例公司", 8), "示例公司");
        assert_eq!(shortened("示例公司", 7), "示例公…");
        assert_eq!(shortened("示例公司", 6), "示例…");
        assert_eq!(shortened("Acme Works", 6), "Acme…");
        assert_eq!(narrowest("average 营业 (yuan)"), 7);
    }

    proptest! {
        #[test]
        fn plain_text_is_as_wide_as_the_tables_say(text in "[ -~一-鿿]{0,20}") {
            prop_assert_eq!(plain_width(&text), Some(text.width()));
        }

        #[test]
        fn no_other_text_is_plain(text in any::<String>()) {
            let is_plain = text.chars().all(|c| matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}'));
            prop_assert_eq!(plain_width(&text).is_some(), is_plain);
        }

        #[test]
        fn cut_text_fits(text in "[a-z \u{301}示例（）Ａ]{0,30}", limit in 1_usize..20) {
            prop_assert!(width(&shortened(&text, limit)) <= limit);
        }

        #[test]
        fn only_single_pieces_are_too_wide(text in "[a-z 示例（）]{0,30}", limit in 1_usize..20) {
            for line in lines(&text, limit) {
                prop_assert!(width(&line) <= limit.max(narrowest(&text)), "{line}");
            }
        }
    }
}
