//! The one sanitiser of what people see: no text from a record or a sheet can move the cursor, hide itself,
//! turn the reading direction or start a new line.

use std::borrow::Cow;
use std::fmt::Write;

use super::wrap::plain_width;

/// The text with every character that acts instead of being seen replaced by something harmless and visible:
/// `␛` and the like for C0 controls, `\u{202e}` and the like for the rest.
pub fn line(text: &str) -> Cow<'_, str> {
    if plain_width(text).is_none() && text.chars().any(is_unseen) {
        Cow::Owned(text.chars().fold(String::new(), push))
    } else {
        text.into()
    }
}

/// Separated text, which keeps texts exactly as they are, made harmless where it goes to a terminal after all:
/// separators and line ends stay. Other formats are harmless anywhere.
pub fn for_terminal(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let cell = |text: &str| text.split('\t').map(line).collect::<Vec<_>>().join("\t");
    let lines = text.trim_start_matches('\u{feff}').split('\n').map(cell);
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

/// Whether a character acts on the terminal or cannot be seen: controls, line separators, zero-width and
/// bidirectional marks, fillers and tags. Combining marks are seen.
pub fn is_unseen(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn push(mut shown: String, c: char) -> String {
    match picture(c) {
        Some(picture) => shown.push(picture),
        // Writing to a string cannot fail.
        None if is_unseen(c) => _ = write!(shown, "\\u{{{:x}}}", u32::from(c)),
        None => shown.push(c),
    }
    shown
}

/// The character that stands for a control character of ASCII.
fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separated_text_is_harmless_on_a_terminal_only() {
        let shown = for_terminal("\u{feff}a,\u{1b}[31m\nb,c\n".as_bytes());
        assert_eq!(String::from_utf8(shown).unwrap(), "a,␛[31m\nb,c\n");
    }
    use proptest::prelude::*;

    #[test]
    fn controls_are_shown_and_act_no_more() {
        assert_eq!(line("示例\u{1b}[31m\r\n\tA\u{7f}"), "示例␛[31m␍␊␉A␡");
        assert_eq!(line("a\u{9b}31m"), "a\\u{9b}31m");
        assert_eq!(line("abc\u{202e}fdp.exe\u{2069}"), "abc\\u{202e}fdp.exe\\u{2069}");
        assert_eq!(line("示\u{200b}例\u{feff}"), "示\\u{200b}例\\u{feff}");
        assert_eq!(line("a\u{2028}b\u{e0041}"), "a\\u{2028}b\\u{e0041}");
    }

    #[test]
    fn what_can_be_seen_stays_as_it_is() {
        for text in ["", "广州（示例）ＡＢ 公司", "e\u{301}té", "l'usine ☕", "　"] {
            assert!(matches!(line(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text in any::<String>()) {
            prop_assert!(!line(&text).chars().any(is_unseen));
        }
    }
}
