//! Checksums: SHA-256 in hexadecimal, which `sha256sum` can check without this program.

use super::mutation::{self, Mutation};
use sha2::{Digest, Sha256};

/// The checksum of bytes.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Bytes from hexadecimal.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Text with its checksum as the last line.
pub fn sealed(mut text: String) -> String {
    let sum = digest(text.as_bytes());
    text.push_str("sha256 ");
    text.push_str(&sum);
    text.push('\n');
    text
}

/// The checksum that [`sealed`] put at the end of a text.
pub fn seal_of(text: &str) -> &str {
    text.trim_end().rsplit(' ').next().unwrap_or_default()
}

/// What was sealed, and its checksum; none if a single byte differs.
pub fn unsealed(bytes: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let start = text.rfind('\n').map_or(0, |newline| newline + 1);
    let sum = text[start..].strip_prefix("sha256 ")?;
    (digest(&bytes[..start]) == sum || mutation::is_active(Mutation::NoEntrySum))
        .then_some((&text[..start], sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_broken_by_any_flipped_byte() {
        let text = sealed("one\ntwo\n".to_owned());
        assert_eq!(unsealed(text.as_bytes()), Some(("one\ntwo\n", seal_of(&text))));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(unsealed(&bytes), None, "{at}");
            assert_eq!(unsealed(&text.as_bytes()[..at]), None, "{at}");
        }
    }

    #[test]
    fn hexadecimal_reads_back() {
        assert_eq!(unhex(&hex(&[0, 1, 254, 255])), Some(vec![0, 1, 254, 255]));
        assert_eq!(unhex("0"), None);
    }
}
