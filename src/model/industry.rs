//! A focus industry of the programme. Not the same as an enterprise's class of GB/T 4754.

use super::name::Name;
use super::shape::record;

record! {
    /// `industries/ID.toml`.
    pub struct Industry {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Anything worth saying.
        pub note: Option<String>,
    }
}
