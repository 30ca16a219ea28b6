//! Closed lists of words, and values that are read from and written as text.

/// Declares a closed list of words with their ids and labels, and the synonyms that cells may hold.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident { $( $(#[$variant_meta:meta])* $Variant:ident = $id:literal, $en:literal, $zh:literal $(, $synonym:literal)*; )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $( $(#[$variant_meta])* $Variant ),+ }

        impl $Name {
            /// Every word of the list.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The id: what files and json hold.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$Variant => $id ),+ }
            }

            /// The label people read.
            pub const fn label(self, lang: $crate::model::lang::Lang) -> &'static str {
                match (self, lang) { $(
                    (Self::$Variant, $crate::model::lang::Lang::En) => $en,
                    (Self::$Variant, $crate::model::lang::Lang::Zh) => $zh,
                )+ }
            }
        }

        impl $crate::model::text::Localized for $Name {
            fn localized(&self, lang: $crate::model::lang::Lang) -> String {
                self.label(lang).to_owned()
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.id())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = $crate::model::shape::Misread;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| text == word.id()).ok_or_else(|| {
                    let ids: Vec<_> = Self::ALL.iter().map(|word| word.id()).collect();
                    $crate::model::shape::unknown_choice(text, &ids)
                })
            }
        }

        impl $crate::model::shape::Scalar for $Name {
            fn from_value(value: $crate::model::value::Value) -> Result<Self, $crate::model::shape::Misread> {
                match value {
                    $crate::model::value::Value::Text(text) => text.parse(),
                    other => Err($crate::model::shape::expected("text", &other)),
                }
            }

            fn to_value(&self) -> $crate::model::value::Value {
                $crate::model::value::Value::Text(self.id().to_owned())
            }

            fn from_cell(
                text: &str,
                _: &dyn $crate::model::shape::Words,
            ) -> Result<Self, $crate::model::shape::Misread> {
                let names = |word: &Self| -> &'static [&'static str] {
                    match word { $( Self::$Variant => &[$en, $zh $(, $synonym)*] ),+ }
                };
                // Most cells hold a word as it is listed.
                let is_listed = |word: &Self| {
                    text == word.id() || names(word).iter().any(|name| name.eq_ignore_ascii_case(text))
                };
                if let Some(word) = Self::ALL.iter().copied().find(is_listed) {
                    return Ok(word);
                }
                let key = $crate::model::name::NameKey::word(text);
                let is_it = |name: &str| $crate::model::name::NameKey::word(name) == key;
                let matches = |word: &Self| names(word).iter().copied().any(is_it);
                Self::ALL.iter().copied().find(matches).ok_or_else(|| {
                    let known = Self::ALL.iter().map(|word| (word.id(), names(word)));
                    $crate::model::shape::unknown_word(text, known)
                })
            }
        }
    };
}
pub(crate) use choice;

/// A [`Scalar`] for a type that is read from text and written as text.
macro_rules! text_scalar {
    ($Type:ty) => {
        impl $crate::model::shape::Scalar for $Type {
            fn from_value(value: $crate::model::value::Value) -> Result<Self, $crate::model::shape::Misread> {
                match value {
                    $crate::model::value::Value::Text(text) => text.parse(),
                    other => Err($crate::model::shape::expected("text", &other)),
                }
            }

            fn to_value(&self) -> $crate::model::value::Value {
                $crate::model::value::Value::Text(self.to_string())
            }

            fn from_cell(
                text: &str,
                _: &dyn $crate::model::shape::Words,
            ) -> Result<Self, $crate::model::shape::Misread> {
                text.parse()
            }
        }
    };
}
pub(crate) use text_scalar;
