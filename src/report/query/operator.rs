//! The operators of a condition, and how they are written.

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `=`
    Is,
    /// `!=`
    IsNot,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `has`: one of several
    Has,
    /// `lacks`: none of several
    Lacks,
    /// `contains`: a part of a text
    Contains,
    /// `is missing`
    IsMissing,
    /// `is not missing`
    IsThere,
}

/// Operators written with symbols, longer ones first: what is read first is meant.
const SYMBOLS: [(&str, Operator); 14] = [
    ("!=", Operator::IsNot),
    ("<>", Operator::IsNot),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("==", Operator::Is),
    ("=", Operator::Is),
    ("<", Operator::Less),
    (">", Operator::More),
    ("≠", Operator::IsNot),
    ("≤", Operator::AtMost),
    ("≥", Operator::AtLeast),
    ("＝", Operator::Is),
    ("＜", Operator::Less),
    ("＞", Operator::More),
];

/// Operators written as words between blanks, longer ones first.
const WORDS: [(&str, Operator); 9] = [
    ("is not missing", Operator::IsThere),
    ("is missing", Operator::IsMissing),
    ("has", Operator::Has),
    ("lacks", Operator::Lacks),
    ("contains", Operator::Contains),
    ("不为空", Operator::IsThere),
    ("为空", Operator::IsMissing),
    ("不含", Operator::Lacks),
    ("包含", Operator::Contains),
];

impl Operator {
    /// Those that a value follows.
    pub const WITH_VALUE: [Self; 9] = [
        Self::Is,
        Self::IsNot,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::Has,
        Self::Lacks,
        Self::Contains,
    ];

    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::IsNot => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Has => "has",
            Self::Lacks => "lacks",
            Self::Contains => "contains",
            Self::IsMissing => "is missing",
            Self::IsThere => "is not missing",
        }
    }

    /// Whether a value follows.
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::IsMissing | Self::IsThere)
    }

    /// The operator at the start of a text, and how many bytes it takes; a word only where `is_word_start`.
    pub fn starting(text: &str, is_word_start: bool) -> Option<(Self, usize)> {
        let symbol = SYMBOLS.iter().find(|(sign, _)| text.starts_with(sign));
        let word = || {
            WORDS.iter().filter(|_| is_word_start).find(|(word, _)| {
                text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                    && text[word.len()..].chars().next().is_none_or(char::is_whitespace)
            })
        };
        symbol.or_else(word).map(|(written, operator)| (*operator, written.len()))
    }
}
