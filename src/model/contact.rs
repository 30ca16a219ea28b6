//! The persons that belong to an enterprise: kept apart, masked wherever they are shown.

use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::record;

record! {
    /// `contacts/ID.toml`, with the id of the enterprise.
    pub struct Contact {
        /// The legal representative.
        pub legal_representative: Option<String>,
        /// The person to talk to.
        pub contact: Option<String>,
        /// Their post.
        pub post: Option<String>,
        /// Their phone.
        pub phone: Option<String>,
        /// Their e-mail.
        pub email: Option<String>,
        /// Values of the programme's own fields.
        pub more: More<Contact>,
    }
}

impl HasOwnFields for Contact {
    const OWNER: FieldOwner = FieldOwner::Enterprises;
    const PERSONAL: bool = true;
}

/// Personal data with all but a little hidden: `138****5678`, `张*`, `z***@example.org`.
pub fn masked(text: &str) -> String {
    if let Some((user, host)) = text.split_once('@') {
        return [up_to(user, 1), "***@", host].concat();
    }
    let characters = text.chars().count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 7 && digits * 2 > characters {
        return [up_to(text, 3), "****", &text[up_to(text, characters - 4).len()..]].concat();
    }
    let first = up_to(text, 1);
    let stars = if first.is_empty() { 0 } else { (characters - 1).clamp(1, 3) };
    [first, &"***"[..stars]].concat()
}

/// The first characters of a text.
fn up_to(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_little_enough_of_a_person() {
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked("张三"), "张*");
        assert_eq!(masked("sample@example.org"), "s***@example.org");
        assert_eq!(masked("@example.org"), "***@example.org");
        assert_eq!(masked("示例1234567号码"), "示例1****67号码");
        assert_eq!(masked("示例一二三"), "示***");
        assert_eq!(masked("示"), "示*");
        assert_eq!(masked(""), "");
    }
}
