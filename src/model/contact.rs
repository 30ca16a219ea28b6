//! The persons that belong to an enterprise: kept apart, masked wherever they are shown.

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
    }
}

/// Personal data with all but a little hidden: `138****5678`, `张*`, `z***@example.org`.
pub fn masked(text: &str) -> String {
    if let Some((user, host)) = text.split_once('@') {
        return format!("{}***@{host}", user.chars().take(1).collect::<String>());
    }
    let chars: Vec<char> = text.chars().collect();
    let digits = chars.iter().filter(|c| c.is_ascii_digit()).count();
    if digits >= 7 && digits * 2 > chars.len() {
        let (head, tail) = (&chars[..3], &chars[chars.len() - 4..]);
        return format!("{}****{}", head.iter().collect::<String>(), tail.iter().collect::<String>());
    }
    let stars = "*".repeat(chars.len().saturating_sub(1).clamp(1, 3));
    chars.first().map_or_else(String::new, |first| format!("{first}{stars}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_little_enough_of_a_person() {
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked("张三"), "张*");
        assert_eq!(masked("sample@example.org"), "s***@example.org");
    }
}
