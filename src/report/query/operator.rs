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
const SYMBOLS: &[(&str, Operator)] = &[
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

/// Operators written as words between blanks.
const WORDS: &[(Operator, &[&str])] = &[
    (Operator::IsThere, &["is not missing", "is not empty", "不为空", "已填", "不缺失"]),
    (Operator::IsMissing, &["is missing", "is empty", "为空", "未填", "缺失"]),
    (Operator::Has, &["has", "含", "含有", "包括"]),
    (Operator::Lacks, &["lacks", "不含", "不含有", "不包括"]),
    (Operator::Contains, &["contains", "包含"]),
    (Operator::Is, &["是", "等于"]),
    (Operator::IsNot, &["不是", "不等于"]),
    (Operator::Less, &["小于", "低于", "少于", "不足", "早于"]),
    (Operator::AtMost, &["不大于", "不高于", "不超过", "不晚于", "至多"]),
    (Operator::More, &["大于", "高于", "多于", "超过", "晚于"]),
    (Operator::AtLeast, &["不小于", "不低于", "不少于", "不早于", "至少"]),
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
        if let Some((sign, operator)) = symbol {
            return Some((*operator, sign.len()));
        }
        let words =
            WORDS.iter().flat_map(|(operator, words)| words.iter().map(move |word| (*operator, *word)));
        words.filter(|_| is_word_start).find_map(|(operator, word)| {
            let is_it = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                && text[word.len()..].chars().next().is_none_or(char::is_whitespace);
            is_it.then_some((operator, word.len()))
        })
    }
}
