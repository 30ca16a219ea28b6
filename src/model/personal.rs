//! Personal data in free text: telephone numbers in their usual writings, e-mail addresses, identity numbers.

use std::ops::Range;

/// What stands in the place of what is hidden.
const HIDDEN: &str = "***";

/// So many groups of digits may make up one number.
const GROUPS: usize = 6;

/// Words after which a short number is a telephone number too.
const BEFORE_NUMBERS: [&str; 9] = ["电话", "手机", "联系", "微信", "tel", "phone", "mobile", "wechat", "qq"];

/// A text with what is somebody's hidden.
pub fn hide(text: &str) -> String {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut spans = addresses(text, &chars);
    spans.extend(numbers(text, &chars));
    spans.sort_by_key(|span| span.start);
    let mut hidden = String::new();
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            hidden += text.get(at..span.start).unwrap_or_default();
            hidden += HIDDEN;
        }
        at = at.max(span.end);
    }
    hidden + text.get(at..).unwrap_or_default()
}

/// Whether a person's number, address or name stands in a text, however a number is written there.
pub fn stands_in(value: &str, text: &str) -> bool {
    let number = digits_of(value);
    if number.len() < 7 {
        let value = value.trim();
        return value.chars().count() > 1 && text.contains(value);
    }
    // The country may be left out.
    let own =
        number.strip_prefix("0086").or_else(|| number.strip_prefix("86").filter(|rest| rest.len() >= 10));
    let own = own.unwrap_or(&number).trim_start_matches('0');
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut joined = String::new();
    for group in groups(&chars) {
        if !group.is_joined {
            joined.push('\n');
        }
        joined += &group.digits;
    }
    joined.contains(own)
}

fn digits_of(text: &str) -> String {
    text.chars().filter_map(digit_of).collect()
}

/// The byte behind a character.
fn end_of((at, c): (usize, char)) -> usize {
    at + c.len_utf8()
}

/// E-mail addresses.
fn addresses(text: &str, chars: &[(usize, char)]) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || "._%+-．".contains(c);
    let signs = chars.iter().enumerate().filter(|(_, (_, c))| matches!(c, '@' | '＠'));
    signs
        .filter_map(|(index, _)| {
            let before = chars[..index].iter().rev().take_while(|(_, c)| is_part(*c)).last()?;
            let after = chars[index + 1..].iter().take_while(|(_, c)| is_part(*c)).last()?;
            let host = text.get(end_of(chars[index])..end_of(*after))?;
            host.contains(['.', '．']).then(|| before.0..end_of(*after))
        })
        .collect()
}

fn digit_of(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// What people write between the digits of one number.
fn is_between(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{3000}' | '-' | '–' | '—' | '－' | '‐' | '.' | '·' | '(' | ')' | '（' | '）'
    )
}

/// Digits without anything between them.
struct Group {
    bytes: Range<usize>,
    digits: String,
    /// Whether it follows the group before it as part of one number may.
    is_joined: bool,
    /// Whether a plus stands before it.
    has_plus: bool,
}

fn groups(chars: &[(usize, char)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut is_joined, mut has_plus, mut is_open) = (false, false, false);
    for (at, c) in chars {
        // An identity number may end in X.
        let check = (is_open && matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')).then_some('X');
        if let Some(digit) = digit_of(*c).or(check) {
            match groups.last_mut().filter(|_| is_open) {
                Some(group) => group.bytes.end = end_of((*at, *c)),
                None => groups.push(Group {
                    bytes: *at..end_of((*at, *c)),
                    digits: String::new(),
                    is_joined,
                    has_plus,
                }),
            }
            if let Some(group) = groups.last_mut() {
                group.digits.push(digit);
            }
            (is_open, is_joined, has_plus) = (check.is_none(), true, false);
        } else {
            let is_plus = matches!(c, '+' | '＋');
            (is_open, has_plus) = (false, is_plus || has_plus && is_between(*c));
            is_joined = is_joined && is_between(*c);
        }
    }
    groups
}

/// Telephone and identity numbers.
fn numbers(text: &str, chars: &[(usize, char)]) -> Vec<Range<usize>> {
    let groups = groups(chars);
    let mut spans = Vec::new();
    let mut first = 0;
    while let Some(group) = groups.get(first) {
        let joined = groups[first + 1..].iter().take_while(|next| next.is_joined).count().min(GROUPS - 1);
        let longest = (0..=joined).rev().find(|more| {
            let digits: String = groups[first..=first + more].iter().map(|it| it.digits.as_str()).collect();
            is_personal(&digits, group.has_plus)
        });
        let is_announced = || group.digits.len() >= 5 && is_after_a_word(text.get(..group.bytes.start));
        match longest.or_else(|| is_announced().then_some(0)) {
            Some(more) => {
                spans.push(group.bytes.start..groups[first + more].bytes.end);
                first += more + 1;
            }
            None => first += 1,
        }
    }
    spans
}

fn is_after_a_word(before: Option<&str>) -> bool {
    let before =
        before.unwrap_or_default().trim_end_matches([':', '：', ' ', '号', '码', '=', '人']).to_lowercase();
    BEFORE_NUMBERS.iter().any(|word| before.ends_with(word))
}

fn is_personal(digits: &str, has_plus: bool) -> bool {
    let national =
        ["0086", "86"].iter().find_map(|code| digits.strip_prefix(code).filter(|rest| rest.len() >= 10));
    is_telephone(digits)
        || national.is_some_and(|rest| is_telephone(rest) || is_telephone(&format!("0{rest}")))
        || has_plus && (8..=15).contains(&digits.len())
        || is_identity(digits)
}

/// A mobile number, a land line with its area code, or a service line.
fn is_telephone(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    match (bytes, bytes.len()) {
        ([b'1', b'3'..=b'9', ..], 11)
        | ([b'0', b'1'..=b'9', ..], 10..=12)
        | ([b'4' | b'8', b'0', b'0', ..], 10) => bytes.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// An identity number of 18 characters, or of 15 as they were: both have the day of birth in them.
fn is_identity(digits: &str) -> bool {
    let number = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let (month, day) = match digits.len() {
        18 if number(6..10).is_some_and(|year| (1880..=2100).contains(&year)) => {
            (number(10..12), number(12..14))
        }
        15 if !digits.ends_with('X') => (number(8..10), number(10..12)),
        _ => return false,
    };
    number(0..6).is_some_and(|area| area >= 110_000)
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_writing_of_a_number_or_an_address_is_hidden() {
        for personal in [
            "13800001234",
            "138 0000 1234",
            "138-0000-1234",
            "138 00 00 12 34",
            "+86 13800001234",
            "+86-138-0000-1234",
            "0086 138 0000 1234",
            "8613800001234",
            "(+86) 138 0000 1234",
            "１３８００００１２３４",
            "＋８６　１３８　００００　１２３４",
            "138.0000.1234",
            "0755-12345678",
            "(0755) 1234 5678",
            "（0755）12345678",
            "+86 755 1234 5678",
            "075512345678",
            "020-8123 4567",
            "400-123-4567",
            "+44 20 7946 0958",
            "sample@example.org",
            "s.a+b@mail.example.com.cn",
            "sample＠example.org",
            "示例@example.org",
            "440106199001011234",
            "44010619900101123X",
            "44010619900101123x",
            "440106 19900101 1234",
            "440106900101123",
            "４４０１０６１９９００１０１１２３４",
        ] {
            for text in [
                personal.to_owned(),
                format!("请联系{personal}。"),
                format!("call {personal}, now"),
                format!("x={personal}"),
            ] {
                let hidden = hide(&text);
                let left = hidden.chars().filter(|c| digit_of(*c).is_some()).count();
                assert!(
                    hidden.contains(HIDDEN) && left == 0 && !hidden.contains(['@', '＠']),
                    "{text}: {hidden}"
                );
            }
        }
        assert_eq!(hide("电话：8123456"), "电话：***");
        assert_eq!(hide("13800001234 13900001234"), "*** ***");
        assert_eq!(hide("call 138-1234-5678 or a@b.cn\nnow"), "call *** or ***\nnow");
    }

    #[test]
    fn a_number_is_found_in_every_writing_and_nowhere_else() {
        for text in ["138 0000 1234", "+86-138-0000-1234", "（电话１３８００００１２３４）", "a 13800001234b"]
        {
            assert!(stands_in("13800001234", text) && stands_in("+86 138 0000 1234", text), "{text}");
            assert!(!stands_in("13800001235", text), "{text}");
        }
        assert!(stands_in("0755-81112222", "call (0755) 8111 2222"));
        assert!(!stands_in("13800001234", "1380000, 1234"));
        assert!(stands_in("示例人", "请联系示例人。") && !stands_in("人", "人人"));
        assert!(stands_in("sample@example.org", "to sample@example.org"));
    }

    #[test]
    fn codes_dates_amounts_and_versions_are_not() {
        for text in [
            "91440114DEM000012X",
            "2023-11-16",
            "2023-11-16 10:30",
            "revenue=12345678.90",
            "1,234,567,890",
            "edition 3 of 2024",
            "import members 2024-05.csv",
            "§ 63 (2022)",
            "a@b",
            "@home",
            "穗工信〔2023〕12号",
            "20231116",
            "12000000000",
        ] {
            assert_eq!(hide(text), text);
        }
    }
}
