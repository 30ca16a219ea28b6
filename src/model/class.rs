//! Industrial classification, GB/T 4754-2017: a section letter with the division and class below it.

use std::fmt;
use std::str::FromStr;

use smol_str::{SmolStr, format_smolstr};

use super::rule;
use super::shape::{Misread, text_scalar};
use crate::text;

/// A class such as `C`, `C36` or `C3660`; a code typed without its letter is completed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(SmolStr);

/// The sections with their first and last division.
const SECTIONS: [(char, u32, u32); 20] = [
    ('A', 1, 5),
    ('B', 6, 12),
    ('C', 13, 43),
    ('D', 44, 46),
    ('E', 47, 50),
    ('F', 51, 52),
    ('G', 53, 60),
    ('H', 61, 62),
    ('I', 63, 65),
    ('J', 66, 69),
    ('K', 70, 70),
    ('L', 71, 72),
    ('M', 73, 75),
    ('N', 76, 79),
    ('O', 80, 82),
    ('P', 83, 83),
    ('Q', 84, 85),
    ('R', 86, 90),
    ('S', 91, 96),
    ('T', 97, 97),
];

impl Class {
    /// Whether this class lies in `wider`: `C3660` in `C36` and in `C`.
    pub fn is_within(&self, wider: &Self) -> bool {
        self.0.starts_with(&*wider.0)
    }
}

impl FromStr for Class {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        let wrong = || {
            Misread::new(
                &rule::BAD_CLASS,
                text!("`{text}` is not a class of GB/T 4754", "“{text}”不是 GB/T 4754 的行业分类"),
            )
            .help(text!(
                "write a section, division or class: `C`, `C36`, `C3660`",
                "请写门类、大类或小类：C、C36、C3660"
            ))
        };
        let code: String =
            text.trim().to_ascii_uppercase().chars().take_while(char::is_ascii_alphanumeric).collect();
        let digits = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = &code[..code.len() - digits.len()];
        if letters.len() > 1 || digits.len() == 1 || digits.len() > 4 || code.is_empty() {
            return Err(wrong());
        }
        let section = if digits.is_empty() {
            SECTIONS.iter().find(|(letter, ..)| letters.starts_with(*letter))
        } else {
            let division: u32 = digits[..2].parse().map_err(|_| wrong())?;
            SECTIONS.iter().find(|(_, first, last)| (*first..=*last).contains(&division))
        };
        let (letter, ..) = section.ok_or_else(wrong)?;
        if !letters.is_empty() && !letters.starts_with(*letter) {
            return Err(wrong().help(text!(
                "division {division} is of section {letter}",
                "大类 {division} 属于门类 {letter}",
                division = &digits[..2]
            )));
        }
        Ok(Self(format_smolstr!("{letter}{digits}")))
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_scalar!(Class);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_a_class_is_written() {
        for (text, class) in [
            ("C", "C"),
            ("C36", "C36"),
            ("3660", "C3660"),
            ("C3660 汽车零部件及配件制造", "C3660"),
            ("i65", "I65"),
        ] {
            assert_eq!(text.parse::<Class>().map(|class| class.to_string()), Ok(class.to_owned()));
        }
        for text in ["", "Z", "C65", "98", "C3", "CC36", "36601"] {
            assert!(text.parse::<Class>().is_err(), "{text}");
        }
    }
}
