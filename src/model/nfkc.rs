//! Compatibility normalisation (NFKC): full-width digits and letters become ASCII. Most text of the field is ASCII or
//! Chinese characters that it leaves as they are, and is passed on untouched.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Whether a character is normal whatever stands beside it: ASCII, or one of the unified ideographs.
fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The normal form of a text.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_plain_character_is_its_own_normal_form() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c}");
        }
    }

    proptest! {
        #[test]
        fn plain_text_is_normal(text in "[ -~一-鿿]{0,20}") {
            prop_assert_eq!(text.nfkc().collect::<String>(), text);
        }
    }
}
