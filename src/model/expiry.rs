//! Until when a certificate holds: to a date, or without end.

use std::fmt;

use super::date::Date;
use super::name::NameKey;
use super::shape::{Misread, Scalar, Words};
use super::value::Value;

/// The last day something holds, where it has one. Written as a date, or `never`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// It holds to this date and no longer.
    On(Date),
    /// It holds without end.
    Never,
}

/// How a file writes that there is no end.
const NEVER: &str = "never";

/// How tables write that there is no end.
const ALSO: [&str; 8] = [NEVER, "长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限", "permanent"];

impl Expiry {
    /// The date, where there is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Never => None,
        }
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Never => f.write_str(NEVER),
        }
    }
}

impl Scalar for Expiry {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) if text == NEVER => Ok(Self::Never),
            value => Date::from_value(value).map(Self::On),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::On(date) => date.to_value(),
            Self::Never => Value::Text(NEVER.to_owned()),
        }
    }

    fn from_cell(text: &str, words: &dyn Words) -> Result<Self, Misread> {
        let key = NameKey::of(text);
        if ALSO.iter().any(|word| key.as_str() == *word) {
            return Ok(Self::Never);
        }
        Date::from_cell(text, words).map(Self::On)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lookup::NoWords;

    #[test]
    fn what_has_no_end_is_no_date() {
        let read = |text: &str| Expiry::from_cell(text, &NoWords).map(|expiry| expiry.to_string()).ok();
        assert_eq!(read("长期 有效"), Some("never".into()));
        assert_eq!(read("Never"), Some("never".into()));
        assert_eq!(read("2026-12-27"), Some("2026-12-27".into()));
        assert_eq!(read("不详"), None);
        let back = Expiry::from_value(Expiry::Never.to_value()).ok();
        assert_eq!(back, Some(Expiry::Never));
    }
}
