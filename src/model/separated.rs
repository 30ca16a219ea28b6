//! Several words in one text.

/// What may stand between them.
pub const SEPARATORS: [char; 9] = [',', ';', '、', '，', '；', '/', '|', '┋', '\n'];

/// The words of a text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS).map(str::trim).filter(|word| !word.is_empty())
}
