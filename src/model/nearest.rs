//! The nearest known word to one that is not known.

use super::text::Text;
use crate::text;

/// The word that was most likely meant, the first of those equally near; none where nothing is near.
pub fn nearest<'w>(text: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let allowed = (text.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&text.to_lowercase(), &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Whether two texts are one letter apart, or two exchanged.
pub fn is_near(one: &str, other: &str) -> bool {
    strsim::damerau_levenshtein(one, other) <= 1
}

/// "did you mean `word`?", where a word is near.
pub fn did_you_mean<'w>(text: &str, known: impl IntoIterator<Item = &'w str>) -> Option<Text> {
    nearest(text, known).map(|word| text!("did you mean `{word}`?", "是否想写“{word}”？"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_word_with_swapped_letters_and_gives_up_on_a_far_one() {
        assert_eq!(nearest("industyr", ["town", "industry"]), Some("industry"));
        assert_eq!(nearest("colour", ["town", "industry"]), None);
    }
}
