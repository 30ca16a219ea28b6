//! Words that are on no list as they stand, read by their parts: `融资问题` is `融资` and a word that says nothing,
//! `获批立项` is one word twice. Nothing is guessed: every part is accounted for, and all lead to the same word.

use std::collections::BTreeSet;

use crate::model::nfkc::nfkc;
use crate::model::rule;
use crate::model::separated;
use crate::model::shape::Misread;
use crate::model::value::Value;

/// Longer texts are sentences. In characters.
const LONGEST: usize = 20;

/// Stands for the number of an option.
const SEPARATOR: char = ';';

/// So many words that say nothing may stand in a text.
const FILLERS: usize = 3;

/// Reads the text of a cell.
pub type Parse<'p> = &'p dyn Fn(&str) -> Result<Value, Misread>;

/// Whether a text is no word of its list.
pub fn is_unknown(misread: &Misread) -> bool {
    [&rule::UNKNOWN_WORD, &rule::UNKNOWN_REFERENCE].iter().any(|rule| std::ptr::eq(*rule, misread.rule))
}

/// What a text stands for by its parts, if all of them agree. Of several words in one cell each is read so.
pub fn read(text: &str, fillers: &[String], parse: Parse<'_>) -> Option<Value> {
    let text: String = text.chars().map(|c| if matches!(c, '①'..='⑳') { SEPARATOR } else { c }).collect();
    let text = undated(&nfkc(&text));
    let known = |word: &str| {
        let word = unlettered(word);
        parse(word).ok().or_else(|| one(word, fillers, parse))
    };
    let words: Vec<&str> = separated::words(&text).flat_map(|words| words.split('+')).collect();
    if words.len() < 2 {
        return known(&text);
    }
    let (mut list, mut is_list) = (Vec::new(), false);
    for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
        match known(word)? {
            Value::List(values) => {
                is_list = true;
                list.extend(values);
            }
            // Several spellings of one word, as in `贷款/融资`.
            value => list.push(value),
        }
    }
    list.dedup();
    if is_list {
        return Some(Value::List(list));
    }
    list.pop().filter(|_| list.is_empty())
}

/// An answer of a form without the letter of its option: `A.专精特新`.
fn unlettered(word: &str) -> &str {
    let word = word.trim();
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some('A'..='Z'), Some('.' | ':' | ')')) => chars.as_str().trim(),
        _ => word,
    }
}

/// A text without the year it names: `（2024年入库）` and `2023年度`, but no other brackets.
fn undated(text: &str) -> String {
    let is_dated = |inside: &str| {
        let digits = inside.chars().filter(char::is_ascii_digit).count();
        digits >= 4 && inside.contains('年')
    };
    let bracket = text.find('(').zip(text.rfind(')')).filter(|(open, close)| open < close);
    let text = match bracket {
        Some((open, close)) if is_dated(&text[open..close]) => [&text[..open], &text[close + 1..]].concat(),
        _ => text.to_owned(),
    };
    let year = text.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    let rest = text.get(4..).and_then(|rest| rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')));
    rest.filter(|_| year).unwrap_or(&text).to_owned()
}

/// A word with the level that gives it: `省级企业技术中心`, `重点实验室（市级）`, `某省工程技术研究中心`.
pub fn with_level(text: &str, word: Parse<'_>, level: Parse<'_>) -> Option<(Value, Value)> {
    const BRACKETS: [char; 3] = ['(', ')', ' '];
    let text = nfkc(text);
    let both = |of_word: &str, of_level: &str| {
        let trim = |text: &str| text.trim_matches(BRACKETS).to_owned();
        Some((word(&trim(of_word)).ok()?, level(&trim(of_level)).ok()?))
    };
    text.char_indices().skip(1).find_map(|(at, _)| {
        let (head, tail) = text.split_at(at);
        both(tail, head).or_else(|| both(head, tail)).or_else(|| both(tail, &head[giver(head)?..]))
    })
}

/// Where the last letter of the name of a province, a city or a district stands.
fn giver(name: &str) -> Option<usize> {
    let (at, last) = name.char_indices().next_back()?;
    (['省', '市', '区', '县'].contains(&last) && (3..=6).contains(&name.chars().count())).then_some(at)
}

/// One word: without ever more words that say nothing, until what is left is known.
fn one(text: &str, fillers: &[String], parse: Parse<'_>) -> Option<Value> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut texts = BTreeSet::from([text.to_owned()]);
    for _ in 0..=FILLERS {
        let mut found: Vec<Value> = Vec::new();
        for value in texts.iter().filter_map(|text| parse(text).ok().or_else(|| twice(text, parse))) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
        if !found.is_empty() {
            return found.pop().filter(|_| found.is_empty());
        }
        texts = texts.iter().flat_map(|text| without_one(text, fillers)).collect();
    }
    None
}

/// The word that both halves of a text are.
fn twice(text: &str, parse: Parse<'_>) -> Option<Value> {
    text.char_indices().skip(1).find_map(|(at, _)| {
        let (head, tail) = text.split_at(at);
        let value = parse(head).ok()?;
        (parse(tail).ok()? == value).then_some(value)
    })
}

/// A text without one of the words that say nothing, wherever it stands.
fn without_one<'t>(text: &'t str, fillers: &'t [String]) -> impl Iterator<Item = String> + 't {
    fillers.iter().flat_map(move |filler| {
        text.match_indices(filler.as_str()).filter_map(move |(at, filler)| {
            let rest = [&text[..at], &text[at + filler.len()..]].concat();
            let rest = rest.trim().to_owned();
            (!rest.is_empty()).then_some(rest)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lookup::NoWords;
    use crate::model::project::State;
    use crate::model::shape::{Scalar, Shape};
    use crate::model::text::Text;

    fn state(text: &str) -> Option<String> {
        let fillers = ["获", "主动", "已", "情况"].map(str::to_owned);
        let value =
            read(text, &fillers, &|text| State::from_cell(text, &NoWords).map(|state| state.to_value()));
        assert!(!matches!(value, Some(Value::List(_))), "one word is no list");
        value.map(|value| value.to_string())
    }

    #[test]
    fn every_part_of_a_text_leads_to_the_same_word() {
        assert_eq!(state("获批立项").as_deref(), Some("approved"));
        assert_eq!(state("未获立项").as_deref(), Some("rejected"));
        assert_eq!(state("已主动撤回").as_deref(), Some("withdrawn"));
        assert_eq!(state("立项／获批").as_deref(), Some("approved"));
        assert_eq!(state("获批情况、立项").as_deref(), Some("approved"));
    }

    #[test]
    fn what_has_a_part_of_its_own_is_not_read() {
        assert_eq!(state("暂未立项"), None);
        assert_eq!(state("立项撤回"), None);
        assert_eq!(state("获批、撤回"), None);
        assert_eq!(state("情况"), None);
    }

    #[test]
    fn a_year_beside_a_word_says_nothing() {
        assert_eq!(state("获批（2024年公布）").as_deref(), Some("approved"));
        assert_eq!(state("2023年度获批").as_deref(), Some("approved"));
        assert_eq!(state("获批（拟）"), None);
    }

    #[test]
    fn a_level_stands_before_or_behind_the_word() {
        let parse = |known: &'static [&'static str]| {
            move |text: &str| {
                let is_known = known.contains(&text);
                is_known
                    .then(|| Value::Text(text.to_owned()))
                    .ok_or_else(|| Misread::new(&rule::UNKNOWN_WORD, Text::default()))
            }
        };
        let read = |text: &str| {
            with_level(text, &parse(&["重点实验室"]), &parse(&["省级", "省", "区"]))
                .map(|(word, level)| format!("{word} {level}"))
        };
        assert_eq!(read("省级重点实验室").as_deref(), Some("重点实验室 省级"));
        assert_eq!(read("重点实验室（省级）").as_deref(), Some("重点实验室 省级"));
        assert_eq!(read("样本省重点实验室").as_deref(), Some("重点实验室 省"));
        assert_eq!(read("样本开发区重点实验室").as_deref(), Some("重点实验室 区"));
        assert_eq!(read("村级重点实验室"), None);
        assert_eq!(read("重点实验室"), None);
    }

    #[test]
    fn of_several_words_each_is_read() {
        let fillers = ["建设".to_owned()];
        let states = |text: &str| {
            read(text, &fillers, &|text| Vec::<State>::parse(&[], text, &NoWords))
                .map(|value| value.to_string())
        };
        assert_eq!(states("立项建设、撤回"), Some("approved, withdrawn".to_owned()));
        assert_eq!(states("A.立项;C.撤回"), Some("approved, withdrawn".to_owned()));
        assert_eq!(states("①立项②撤回"), Some("approved, withdrawn".to_owned()));
        assert_eq!(states("B.立项"), Some("approved".to_owned()));
        assert_eq!(states("B.长征"), None);
    }
}
