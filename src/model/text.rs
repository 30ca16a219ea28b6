//! A sentence in both languages: made where it is known what happened, read where the language is known.

use std::fmt;
use std::io::{self, ErrorKind};

use super::lang::Lang;

/// A text people read, in English and in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text {
    en: Box<str>,
    zh: Box<str>,
}

impl Text {
    /// Both wordings of one text; [`text!`](crate::text) formats them.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into().into(), zh: zh.into().into() }
    }

    /// What reads the same in every language: a name, a code, what a person typed.
    pub fn same(text: impl Into<String>) -> Self {
        let text: Box<str> = text.into().into();
        Self { zh: text.clone(), en: text }
    }

    /// The wording in one language.
    pub fn of(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }

    /// The wording in one language, by value.
    pub fn into(self, lang: Lang) -> String {
        lang.pick(self.en, self.zh).into()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty()
    }

    /// Texts one after the other; `en` and `zh` stand between them.
    pub fn join<'t>(texts: impl IntoIterator<Item = &'t Self>, en: &str, zh: &str) -> Self {
        let mut joined = (String::new(), String::new());
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                joined.0 += en;
                joined.1 += zh;
            }
            joined.0 += &text.en;
            joined.1 += &text.zh;
        }
        Self::new(joined.0, joined.1)
    }

    /// Followed by another text.
    #[must_use]
    pub fn then(&self, more: &Self) -> Self {
        Self::join([self, more], "", "")
    }
}

/// English: for logs, tests and whoever asks for no language. People are shown [`Text::of`] their language.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl std::error::Error for Text {}

/// What is worded differently in each language.
pub trait Localized {
    /// The wording in one language.
    fn localized(&self, lang: Lang) -> String;
}

impl Localized for Text {
    fn localized(&self, lang: Lang) -> String {
        self.of(lang).to_owned()
    }
}

/// What reads the same in every language.
macro_rules! same_in_every_language {
    ($($Type:ty),+ $(,)?) => { $(
        impl Localized for $Type {
            fn localized(&self, _: Lang) -> String {
                self.to_string()
            }
        }
    )+ };
}

same_in_every_language!(
    str,
    String,
    char,
    u16,
    u32,
    u64,
    usize,
    i32,
    i64,
    std::path::Display<'_>,
    smol_str::SmolStr,
    chrono::NaiveDate,
    rust_decimal::Decimal,
    std::borrow::Cow<'_, str>,
);

/// What the system says, in Chinese where it is one of the usual things; the number is the system's own. A [`Text`] that
/// an error was made of is read in its language.
impl Localized for io::Error {
    fn localized(&self, lang: Lang) -> String {
        if let Some(text) = self.get_ref().and_then(|inner| inner.downcast_ref::<Text>()) {
            return text.of(lang).to_owned();
        }
        let words = match self.kind() {
            _ if lang == Lang::En => return self.to_string(),
            ErrorKind::NotFound => "文件或文件夹不存在",
            ErrorKind::PermissionDenied => "没有权限",
            ErrorKind::AlreadyExists => "已存在",
            ErrorKind::IsADirectory => "这是一个文件夹",
            ErrorKind::NotADirectory => "不是文件夹",
            ErrorKind::StorageFull => "磁盘已满",
            ErrorKind::QuotaExceeded => "超出磁盘配额",
            ErrorKind::FileTooLarge => "文件过大",
            ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
            ErrorKind::InvalidData => "内容无法识别",
            ErrorKind::InvalidInput => "名称或参数无效",
            ErrorKind::BrokenPipe => "输出管道已关闭",
            ErrorKind::TimedOut => "超时",
            _ => return self.to_string(),
        };
        self.raw_os_error().map_or_else(|| words.to_owned(), |number| format!("{words}（系统错误 {number}）"))
    }
}

impl Localized for super::date::Date {
    fn localized(&self, _: Lang) -> String {
        self.to_string()
    }
}

impl<K> Localized for super::id::Id<K> {
    fn localized(&self, _: Lang) -> String {
        self.to_string()
    }
}

impl<T: Localized> Localized for Option<T> {
    fn localized(&self, lang: Lang) -> String {
        self.as_ref().map(|text| text.localized(lang)).unwrap_or_default()
    }
}

/// A list: its parts with what each language puts between them.
impl<T: Localized> Localized for [T] {
    fn localized(&self, lang: Lang) -> String {
        self.iter().map(|part| part.localized(lang)).collect::<Vec<_>>().join(lang.pick(", ", "、"))
    }
}

impl<T: Localized> Localized for Vec<T> {
    fn localized(&self, lang: Lang) -> String {
        self[..].localized(lang)
    }
}

impl<T: Localized + ?Sized> Localized for &T {
    fn localized(&self, lang: Lang) -> String {
        (*self).localized(lang)
    }
}

/// A [`Text`](crate::model::text::Text) from two format strings. Both capture variables of the caller; what is worded
/// differently in each language ([`Localized`](crate::model::text::Localized)) is passed by name after them:
/// `text!("no {kind} is called `{name}`", "没有名为“{name}”的{kind}", kind = kind)`. Any other expression may be passed
/// so too.
#[macro_export]
macro_rules! text {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::model::text::Text::new(format!($en), format!($zh))
    };
    ($en:literal, $zh:literal $(, $name:ident = $value:expr)+ $(,)?) => {{
        use $crate::model::lang::Lang;
        use $crate::model::text::{Localized as _, Text};
        #[allow(unused_variables, reason = "a part may be of one language only")]
        match ($(&$value,)+) {
            ($($name,)+) => Text::new(
                { let ($($name,)+) = ($($name.localized(Lang::En),)+); format!($en) },
                { let ($($name,)+) = ($($name.localized(Lang::Zh),)+); format!($zh) },
            ),
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_wordings_capture_plain_values_and_localize_the_others() {
        let name = "示例";
        let what = Text::new("enterprise", "企业");
        let text = text!("no {what} is called `{name}`", "没有名为“{name}”的{what}", what = what);
        assert_eq!(text.of(Lang::En), "no enterprise is called `示例`");
        assert_eq!(text.of(Lang::Zh), "没有名为“示例”的企业");
        assert_eq!(text.to_string(), text.into(Lang::En));
    }

    #[test]
    fn what_the_system_says_is_read_in_both_languages() {
        let error = io::Error::new(ErrorKind::InvalidData, text!("it is not UTF-8 text", "不是 UTF-8 文本"));
        let message = text!("not read: {error}", "未读取：{error}", error = error);
        assert_eq!(
            (message.of(Lang::En), message.of(Lang::Zh)),
            ("not read: it is not UTF-8 text", "未读取：不是 UTF-8 文本")
        );
        assert_eq!(io::Error::from(ErrorKind::NotFound).localized(Lang::Zh), "文件或文件夹不存在");
    }

    #[test]
    fn texts_are_joined_with_what_each_language_puts_between_them() {
        let texts = [Text::new("one", "一"), Text::new("two", "二")];
        let joined = Text::join(&texts, ", ", "、").then(&Text::same("!"));
        assert_eq!((joined.of(Lang::En), joined.of(Lang::Zh)), ("one, two!", "一、二!"));
    }
}
