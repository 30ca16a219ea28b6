//! Everything a person reads is there in English and in Chinese: no text of the source lacks one of them, and what
//! the program prints in Chinese has no sentence in English.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kunpeng::model::rule;

use crate::check;
use crate::sandbox::{Outcome, repository};

/// The string literals that follow one another from here on, as far as a text made of both languages has them.
fn literals(mut source: &str) -> Vec<String> {
    let mut found = Vec::new();
    while found.len() < 2 {
        source = source.trim_start_matches(|c: char| c.is_whitespace() || c == '&' || c == ',');
        source = source.strip_prefix("format!(").unwrap_or(source);
        let Some(inner) = source.strip_prefix('"') else { break };
        let mut text = String::new();
        let mut characters = inner.char_indices();
        let Some(end) = (loop {
            match characters.next() {
                Some((at, '"')) => break Some(at),
                Some((_, '\\')) => {
                    characters.next();
                }
                Some((_, c)) => text.push(c),
                None => break None,
            }
        }) else {
            break;
        };
        found.push(text);
        source = inner[end + 1..].trim_start_matches(')');
    }
    found
}

fn without_captures(text: &str) -> String {
    text.split('{')
        .enumerate()
        .map(|(at, it)| if at == 0 { it } else { it.split_once('}').map_or("", |it| it.1) })
        .collect()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| {
        ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c) || "“”…".contains(c)
    })
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_text_of_the_source_is_in_both_languages() {
    /// What makes a text of two literals.
    const MADE_BY: [&str; 6] = ["text!(", "Text::new(", ".note(", ".pick(", "text!{", "Wording {"];
    let mut files = Vec::new();
    sources(&repository().join("src"), &mut files);
    let (mut texts, mut wrong) = (0, Vec::new());
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        for (at, made_by) in MADE_BY.iter().flat_map(|made_by| source.match_indices(made_by)) {
            let pair = literals(&source[at + made_by.len()..]);
            let [en, zh] = &pair[..] else { continue };
            texts += 1;
            let (plain_en, plain_zh) = (without_captures(en), without_captures(zh));
            let has_words = |text: &str| {
                let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
                words.any(|word| word.len() > 2)
            };
            // Values and marks, names of formats and of commands read the same in both.
            let is_same = plain_zh == plain_en && !plain_en.contains(' ');
            // An English sentence may name 万元 or another word of a table; it has less Chinese than its twin.
            let chinese = |text: &str| text.chars().filter(|c| is_chinese(&c.to_string())).count();
            let is_english = chinese(&plain_zh) == 0 || chinese(&plain_en) < chinese(&plain_zh);
            let is_translated = chinese(&plain_zh) > 0 || !has_words(&plain_en);
            if !(is_same || is_english && is_translated) {
                wrong.push(format!("{}: {en} ‖ {zh}", file.display()));
            }
        }
    }
    assert!(texts > 1000, "only {texts} texts were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of an output that are sentences of the program: findings with their help, and what is said beside results.
fn sentences(outcome: &Outcome) -> Vec<&str> {
    let is_told = |line: &&str| {
        ["error: ", "warning: ", "  help: ", "错误：", "警告：", "  办法："]
            .iter()
            .any(|word| line.starts_with(word))
    };
    let is_aside = |line: &&str| !line.is_empty() && !line.starts_with(' ') && !is_told(line);
    let found = outcome.stdout.lines().chain(outcome.stderr.lines()).filter(is_told);
    found.chain(outcome.stderr.lines().filter(is_aside)).collect()
}

/// Words that an English sentence has, and neither an id nor a command.
const GRAMMAR: [&str; 27] = [
    "a", "an", "and", "are", "be", "been", "cannot", "expected", "for", "has", "have", "in", "is", "it",
    "its", "no", "not", "of", "than", "that", "the", "there", "to", "was", "which", "with", "without",
];

/// Such words of sentences outside what they quote.
fn words(sentences: &str, quotes: [char; 2]) -> BTreeSet<String> {
    let mut plain = String::new();
    let mut is_quoted = false;
    for c in sentences.chars() {
        is_quoted = if quotes[0] == quotes[1] && c == quotes[0] {
            !is_quoted
        } else {
            c == quotes[0] || is_quoted && c != quotes[1]
        };
        plain.push(if is_quoted { ' ' } else { c });
    }
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    words.filter(|word| GRAMMAR.contains(word)).map(str::to_owned).collect()
}

#[test]
fn what_breaks_a_rule_is_said_in_chinese_without_a_word_of_the_english() {
    let mut wrong = Vec::new();
    for rule in rule::ALL {
        let [en, zh] = ["en", "zh_CN.UTF-8"].map(|locale| check::broken(rule, locale));
        // The case of this one is shown through another program.
        if rule.name == "too-many-findings" {
            continue;
        }
        let (told, said) = (sentences(&en), sentences(&zh));
        assert_eq!(told.len(), said.len(), "{}\n{}", rule.name, zh.text());
        if said.is_empty() || !said.iter().all(|line| is_chinese(line)) {
            wrong.push(format!("{}\n{}", rule.name, said.join("\n")));
        }
        assert!(!words(&told.join("\n"), ['`', '`']).is_empty(), "{}", rule.name);
        let english = words(&said.join("\n"), ['“', '”']);
        if !english.is_empty() {
            wrong.push(format!("{}: {english:?}\n{}", rule.name, said.join("\n")));
        }
        for text in [rule.asks, rule.why] {
            assert!(
                is_chinese(text.zh) && !is_chinese(&text.en.replace(['元', '千', '万', '“', '”'], "")),
                "{}: {text:?}",
                rule.name
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
