//! From bytes to text: a byte order mark, then strict UTF-8, then GB18030; or what the user given.

use std::borrow::Cow;

use encoding_rs::{BIG5, DecoderResult, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use crate::import::read::error::ReadError;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// A text and the encoding it was in.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text, without the byte order mark.
    pub text: Cow<'b, str>,
    /// The name of the encoding.
    pub encoding: &'static Encoding,
    /// Whether it began with a byte order mark.
    pub has_mark: bool,
}

/// The encoding of a name such as `gbk` or `utf-16le`.
pub fn named(name: &str) -> Result<&'static Encoding, Text> {
    let alias = if name.eq_ignore_ascii_case("utf16") { "utf-16le" } else { name };
    Encoding::for_label(alias.as_bytes()).ok_or_else(|| {
        text!(
            "`{name}` is not a known encoding; known are utf-8, gb18030, gbk, big5, utf-16le and others",
            "没有“{name}”这种编码；可用的有 utf-8、gb18030、gbk、big5、utf-16le 等"
        )
    })
}

/// Decodes a file, strictly: a byte that is not of the encoding is an error.
pub fn decode<'b>(bytes: &'b [u8], given: Option<&'static Encoding>) -> Result<Decoded<'b>, ReadError> {
    let marked = Encoding::for_bom(bytes);
    let (encoding, rest) = match (given, marked) {
        (Some(given), Some((marked, length))) if given == marked => (Some(given), &bytes[length..]),
        (Some(given), _) => (Some(given), bytes),
        (None, Some((marked, length))) => (Some(marked), &bytes[length..]),
        (None, None) => (None, bytes),
    };
    let has_mark = rest.len() < bytes.len();
    let is_wide = encoding.is_some_and(|it| it.name().starts_with("UTF-16"));
    if !is_wide && looks_wide(rest) {
        return Err(nul(rest));
    }
    let tried: &[&'static Encoding] = match &encoding {
        Some(encoding) => &[encoding],
        None => &[UTF_8, GB18030],
    };
    let decoded = tried
        .iter()
        .find_map(|encoding| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest)?;
            Some(Decoded { text, encoding, has_mark })
        })
        .ok_or_else(|| undecoded(rest, tried))?;
    let is_guessed = encoding.is_none() && decoded.encoding == GB18030;
    if is_guessed && !is_readable(rest) { Err(unreadable(rest)) } else { Ok(decoded) }
}

/// Whether bytes that can be read as GB18030 are Chinese as people write it: nearly all of it is among the characters of
/// GB 2312, whose second bytes are high.
fn is_readable(bytes: &[u8]) -> bool {
    let (mut common, mut rare) = (0_usize, 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        match (bytes[at], bytes.get(at + 1)) {
            // Characters in daily use, and the marks between them.
            (0xa1..=0xa3 | 0xb0..=0xf7, Some(0xa1..=0xfe)) => common += 1,
            // Four bytes are of GB18030 alone.
            (_, Some(0x30..=0x39)) => at += 2,
            _ => rare += 1,
        }
        at += 2;
    }
    rare * 4 <= common
}

/// Encodings that a text may have which is no readable GB18030.
fn others() -> [&'static Encoding; 4] {
    [BIG5, SHIFT_JIS, EUC_KR, WINDOWS_1252]
}

/// Which encodings a text may have, with how it begins in each.
fn unreadable(bytes: &[u8]) -> ReadError {
    let begins = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let start: String = text.lines().find(|line| !line.is_ascii())?.chars().take(SHOWN).collect();
        Some(format!("{}: {start}", encoding.name().to_lowercase()))
    };
    let all: Vec<String> = others().into_iter().filter_map(begins).collect();
    let message = text!(
        "is not UTF-8, and as GB18030 it has few readable words",
        "不是 UTF-8，按 GB18030 读取又几乎没有可读的文字"
    );
    let help = text!(
        "say which it is with `--encoding`: {en}",
        "请用 --encoding 指明编码，各编码的读法为：{zh}",
        en = all.join("; "),
        zh = all.join("；")
    );
    ReadError::new(&rule::NOT_TEXT, message, help)
}

/// How many characters of a text are shown.
const SHOWN: usize = 16;

/// Whether there are so many zero bytes that it is no text, or UTF-16 without a mark. A few are damage of single cells.
fn looks_wide(bytes: &[u8]) -> bool {
    let mut places = bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(place, _)| place);
    let Some(first) = places.next() else { return false };
    let (mut count, mut alike) = (1_usize, 1_usize);
    for place in places {
        count += 1;
        alike += usize::from(place % 2 == first % 2);
    }
    count * 10 > bytes.len() || count > 2 && alike == count
}

/// A zero byte stands in no text: the file is damaged, or it is UTF-16 without a mark.
fn nul(bytes: &[u8]) -> ReadError {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
    ReadError::new(
        &rule::NOT_TEXT,
        text!("has a NUL byte, which no text has", "含有 NUL 字节，不是文本"),
        text!(
            "if it is UTF-16 without a mark, give `--encoding utf-16le`",
            "如果是没有标记的 UTF-16，请用 --encoding utf-16le 指明"
        ),
    )
    .at(line_of(bytes, at))
}

fn undecoded(bytes: &[u8], tried: &[&'static Encoding]) -> ReadError {
    let names: Vec<&str> = tried.iter().map(|encoding| encoding.name()).collect();
    let at = tried.iter().map(|encoding| sound_bytes(encoding, bytes)).max().unwrap_or_default();
    let message = if names == ["UTF-8", "gb18030"] {
        text!("is neither UTF-8 nor GB18030 text", "既不是 UTF-8 文本，也不是 GB18030 文本")
    } else {
        text!("is not {en} text", "不是 {zh} 文本", en = names.join(", "), zh = names.join("、"))
    };
    ReadError::new(
        &rule::NOT_TEXT,
        message,
        text!(
            "give its encoding with `--encoding`, or save it as “CSV UTF-8”",
            "请用 --encoding 指明编码，或另存为“CSV UTF-8”"
        ),
    )
    .at(line_of(bytes, at))
}

/// How many bytes can be read before the first that cannot.
fn sound_bytes(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = [0_u8; 4096];
    let mut read = 0;
    loop {
        let (result, taken, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut scratch, true);
        read += taken;
        match result {
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => return read,
            DecoderResult::Malformed(bad, after) => {
                return read.saturating_sub(usize::from(bad) + usize::from(after));
            }
        }
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at.min(bytes.len())].split(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, &'static str), usize> {
        decode(bytes, None)
            .map(|decoded| (decoded.text.into_owned(), decoded.encoding.name()))
            .map_err(|error| error.row.unwrap_or_default())
    }

    #[test]
    fn a_mark_beats_utf_8_which_beats_gb18030() {
        let parsed = |encoding| Ok(("示例".to_owned(), encoding));
        assert_eq!(read("示例".as_bytes()), parsed("UTF-8"));
        assert_eq!(read("\u{feff}示例".as_bytes()), parsed("UTF-8"));
        assert_eq!(read(b"\xca\xbe\xc0\xfd"), parsed("gb18030"));
        assert_eq!(read(b"\xff\xfe\x3a\x79\x8b\x4f"), parsed("UTF-16LE"));
        assert_eq!(read(b"\xfe\xff\x79\x3a\x4f\x8b"), parsed("UTF-16BE"));
    }

    #[test]
    fn a_byte_of_no_encoding_is_refused_with_its_line() {
        assert_eq!(read(b"a\nb\n\xff\n"), Err(3));
        assert_eq!(read(b"a\n\0"), Err(2));
    }

    #[test]
    fn an_encoding_that_was_guessed_is_asked_for_where_few_words_can_be_read() {
        for encoding in [BIG5, SHIFT_JIS, WINDOWS_1252] {
            let text = match encoding.name() {
                "Big5" => "企業名稱,鎮街\n示例股份有限公司,新界\n",
                "Shift_JIS" => "企業名,住所\nサンプル株式会社,東京都\n",
                _ => "nom,ville\nSociété Générale,Besançon\n",
            };
            let bytes = encoding.encode(text).0;
            let error = decode(&bytes, None).unwrap_err();
            let help = error.help.unwrap().to_string();
            let start: String =
                text.lines().find(|line| !line.is_ascii()).unwrap().chars().take(SHOWN).collect();
            // What cannot be read as GB18030 at all is refused for its byte.
            let is_readable = GB18030.decode_without_bom_handling_and_without_replacement(&bytes).is_some();
            let reading = format!("{}: {start}", encoding.name().to_lowercase());
            assert!(help.contains("--encoding") && (!is_readable || help.contains(&reading)), "{help}");
            assert_eq!(decode(&bytes, Some(encoding)).unwrap().text, text);
        }
        let chinese = GB18030.encode("企业名称,镇街\n广州示例（花都）科技有限公司,花山镇\n“喆”示例厂,\n").0;
        assert!(decode(&chinese, None).is_ok());
    }

    #[test]
    fn what_the_user_says_is_what_is_read() {
        let given = decode(b"\xe9", named("latin1").ok()).map(|decoded| decoded.text.into_owned());
        assert_eq!(given, Ok("é".to_owned()));
        assert!(named("klingon").is_err());
    }
}
