//! Spellings of headers as patterns: `{认定|获批}{when}` stands for each word of the first list followed by each word
//! of the group `when`.

use std::collections::BTreeMap;

/// Lists of words that patterns name.
pub type Groups = BTreeMap<String, Vec<String>>;

/// Every text a pattern stands for; a brace that does not close, or a group nobody gave, is an error.
pub fn expanded(pattern: &str, groups: &Groups) -> Result<Vec<String>, String> {
    let mut texts = vec![String::new()];
    let mut rest = pattern;
    while let Some((plain, after)) = rest.split_once('{') {
        let (inside, tail) =
            after.split_once('}').ok_or_else(|| format!("`{pattern}` lacks a closing brace"))?;
        let mut words: Vec<&str> = Vec::new();
        for word in inside.split('|') {
            match groups.get(word) {
                Some(group) => words.extend(group.iter().map(String::as_str)),
                None if is_group_name(word) => {
                    return Err(format!("`{pattern}` names the group `{word}`, which does not exist"));
                }
                None => words.push(word),
            }
        }
        texts = texts
            .iter()
            .flat_map(|text| words.iter().map(move |word| format!("{text}{plain}{word}")))
            .collect();
        rest = tail;
    }
    for text in &mut texts {
        text.push_str(rest);
    }
    Ok(texts)
}

/// Groups are named in capitals, which no word in braces is.
fn is_group_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_every_combination() {
        let groups = Groups::from([("WHEN".to_owned(), vec!["日期".to_owned(), "时间".to_owned()])]);
        let all = |pattern: &str| expanded(pattern, &groups);
        assert_eq!(all("备注"), Ok(vec!["备注".into()]));
        assert_eq!(
            all("{认定|获批}{WHEN}"),
            Ok(vec!["认定日期".into(), "认定时间".into(), "获批日期".into(), "获批时间".into()])
        );
        assert_eq!(all("{|首次}认定"), Ok(vec!["认定".into(), "首次认定".into()]));
        assert!(all("{认定").is_err());
        assert!(all("{WHO}").is_err());
    }
}
