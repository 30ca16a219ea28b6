//! What people write into a cell to tick it, or to leave it unticked.

use crate::model::name::NameKey;

const YES: [&str; 19] = [
    "√",
    "✓",
    "✔",
    "☑",
    "✅",
    "v",
    "是",
    "有",
    "y",
    "yes",
    "true",
    "●",
    "★",
    "◆",
    "■",
    "已获",
    "已获得",
    "已认定",
    "已获评",
];
const NO: [&str; 14] =
    ["否", "×", "✗", "✘", "☒", "x", "n", "no", "false", "未", "没有", "未获", "未获得", "未认定"];

/// Whether a tick says yes or no; nothing where a text is none.
pub fn tick(text: &str) -> Option<bool> {
    let key = NameKey::of(text);
    let is = |list: &[&str]| list.iter().any(|word| NameKey::of(word) == key);
    match () {
        () if is(&YES) || text == "1" => Some(true),
        () if is(&NO) || text == "0" => Some(false),
        () => None,
    }
}
