//! Registry codes of enterprises, by the scheme the programme uses.
//!
//! `uscc`: Unified Social Credit Code, GB 32100-2015 (18 characters, check digit modulo 31). `siren`: 9 digits
//! with a Luhn check. `none`: enterprises have no registry code, any id-like text is accepted.

use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

use super::nfkc::nfkc;
use super::rule;
use super::shape::{Misread, Scalar, Words, choice, expected};
use super::value::Value;
use crate::text;

choice! {
    /// How enterprises are identified.
    pub enum Scheme {
        /// Unified Social Credit Code, GB 32100-2015.
        Uscc = "uscc", "unified social credit code", "统一社会信用代码";
        /// SIREN, 9 digits.
        Siren = "siren", "SIREN", "SIREN";
        /// No registry code.
        None = "none", "none", "无";
    }
}

/// A registry code in upper-case ASCII. Whether it fits the programme's scheme is asked with [`Scheme::verify`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(SmolStr);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
            return Self::sound(text, text.to_owned());
        }
        Self::sound(text, Self::letters(text))
    }
}

impl Code {
    /// What is written of a code, without blanks between its groups, in upper case.
    pub fn letters(text: &str) -> String {
        let plain = nfkc(text);
        let letters = plain.chars().filter(|c| !c.is_whitespace() && *c != '\'');
        letters.map(|c| c.to_ascii_uppercase()).collect()
    }

    /// A code from its letters and digits; `text` is what was written.
    fn sound(text: &str, code: String) -> Result<Self, Misread> {
        if is_scientific(&code) {
            return Err(Misread::new(
                &rule::DAMAGED_CODE,
                text!("`{text}` is a code that has lost digits", "“{text}”是丢失了末位数字的代码"),
            )
            .help(text!(
                "a spreadsheet turned it into a number; take the code from its source and keep it as text",
                "电子表格已将其变为数字；请从原始资料取得代码，并以文本格式保存"
            )));
        }
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(Misread::new(
                &rule::BAD_CODE,
                text!("`{text}` is not a registry code", "“{text}”不是登记代码"),
            )
            .help(text!("a code has only letters and digits", "代码只含字母和数字")));
        }
        Ok(Self(code.into()))
    }
}

/// Whether a text looks like a number that a spreadsheet has shortened: `9.14E+17`.
fn is_scientific(text: &str) -> bool {
    text.split_once('E').is_some_and(|(mantissa, exponent)| {
        mantissa.contains('.')
            && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.')
            && exponent.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit())
    })
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Code {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) => text.parse(),
            other => Err(expected("text", &other).help(text!("write a code in quotes", "代码要加引号"))),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.0.to_string())
    }

    fn from_cell(text: &str, words: &dyn Words) -> Result<Self, Misread> {
        let code: Self = text.parse()?;
        words.scheme().verify(&code)?;
        Ok(code)
    }
}

impl Scheme {
    /// Whether `code` can be a code of this scheme.
    pub fn verify(self, code: &Code) -> Result<(), Misread> {
        match self {
            Self::Uscc => verify_uscc(code.as_str()),
            Self::Siren => verify_siren(code.as_str()),
            Self::None => Ok(()),
        }
    }
}

const USCC_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// The check character for the first 17 characters, if they are of the alphabet.
pub fn uscc_check(first: &str) -> Option<char> {
    let mut sum = 0;
    for (c, weight) in first.bytes().zip(USCC_WEIGHTS) {
        sum += uscc_value(c)? * weight;
    }
    Some(char::from(USCC_ALPHABET[(31 - sum % 31) % 31]))
}

/// What a character of the alphabet counts.
fn uscc_value(c: u8) -> Option<usize> {
    USCC_ALPHABET.iter().position(|it| *it == c)
}

fn verify_uscc(code: &str) -> Result<(), Misread> {
    let length = code.chars().count();
    if length != 18 {
        return Err(Misread::new(
            &rule::BAD_CODE,
            text!(
                "the code `{code}` has {length} characters, not 18",
                "代码“{code}”有 {length} 位，应为 18 位",
                code = code.to_string()
            ),
        )
        .help(text!(
            "leave the code out and give an id where an enterprise has none",
            "企业没有代码的，代码栏请留空，另填编号"
        )));
    }
    if let Some(c) = code.chars().find(|c| !USCC_ALPHABET.iter().any(|it| char::from(*it) == *c)) {
        return Err(Misread::new(
            &rule::BAD_CODE,
            text!(
                "`{c}` cannot be in a credit code (`{code}`)",
                "统一社会信用代码中不会有“{c}”（“{code}”）",
                code = code.to_string()
            ),
        )
        .help(text!(
            "the letters I, O, S, V and Z are not used; check for 1, 0, 5",
            "不使用字母 I、O、S、V、Z；请检查是否应为 1、0、5"
        )));
    }
    match uscc_check(&code[..17]) {
        Some(check) if code.ends_with(check) => Ok(()),
        Some(check) => Err(Misread::new(
            &rule::WRONG_CHECK_DIGIT,
            text!(
                "the check character of `{code}` is `{found}`, expected `{check}`",
                "“{code}”的校验位是“{found}”，应为“{check}”",
                code = code.to_string(),
                found = &code[17..]
            ),
        )
        .help(text!(
            "one of the 18 characters is mistyped; compare with the business licence",
            "18 位中有一位录入有误；请与营业执照核对"
        ))),
        None => Err(Misread::new(
            &rule::BAD_CODE,
            text!("`{code}` is not a credit code", "“{code}”不是统一社会信用代码", code = code.to_string()),
        )),
    }
}

fn verify_siren(code: &str) -> Result<(), Misread> {
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 9 || code.chars().count() != 9 {
        return Err(Misread::new(
            &rule::BAD_CODE,
            text!(
                "`{code}` is not a SIREN number of 9 digits",
                "“{code}”不是 9 位的 SIREN 号",
                code = code.to_string()
            ),
        ));
    }
    let luhn = |digits: &[u32]| -> u32 {
        digits
            .iter()
            .rev()
            .enumerate()
            .map(|(place, digit)| if place % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
            .sum()
    };
    if luhn(&digits) % 10 == 0 {
        return Ok(());
    }
    let expected = (10 - (luhn(&[&digits[..8], &[0]].concat()) % 10)) % 10;
    Err(Misread::new(
        &rule::WRONG_CHECK_DIGIT,
        text!(
            "the check digit of `{code}` is `{found}`, expected `{expected}`",
            "“{code}”的校验位是“{found}”，应为“{expected}”",
            code = code.to_string(),
            found = digits[8].to_string(),
            expected = expected.to_string()
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uscc(text: &str) -> Result<(), Misread> {
        Scheme::Uscc.verify(&text.parse()?)
    }

    #[test]
    fn accepts_the_worked_example_in_any_width_and_case() {
        assert_eq!(uscc("91440114MA5D7K3P4M"), Ok(()));
        assert_eq!(uscc("91440114ma5d7k3p4m"), Ok(()));
        assert_eq!(uscc("９１４４０１１４ＭＡ５Ｄ７Ｋ３Ｐ４Ｍ"), Ok(()));
    }

    #[test]
    fn names_the_expected_check_character() {
        let fault = uscc("91440114MA5D7K3P4N").unwrap_err();
        assert_eq!(fault.rule, &rule::WRONG_CHECK_DIGIT);
        assert_eq!(
            fault.message.to_string(),
            "the check character of `91440114MA5D7K3P4N` is `N`, expected `M`"
        );
    }

    #[test]
    fn refuses_every_change_of_one_character() {
        let code = "91440114MA5D7K3P4M";
        for place in 0..18 {
            for c in USCC_ALPHABET.iter().map(|c| char::from(*c)).filter(|c| !code[place..].starts_with(*c)) {
                let changed = format!("{}{c}{}", &code[..place], &code[place + 1..]);
                assert!(uscc(&changed).is_err(), "{changed}");
            }
        }
    }

    #[test]
    fn a_code_typed_as_a_number_is_damaged_and_never_repaired() {
        for text in ["9.14E+17", "9.144030019220383e17"] {
            assert_eq!(text.parse::<Code>().unwrap_err().rule, &rule::DAMAGED_CODE);
        }
    }

    #[test]
    fn checks_a_siren_number() {
        assert_eq!(Scheme::Siren.verify(&"732829320".parse().unwrap()), Ok(()));
        let fault = Scheme::Siren.verify(&"732829321".parse().unwrap()).unwrap_err();
        assert_eq!(fault.message.to_string(), "the check digit of `732829321` is `1`, expected `0`");
    }
}
