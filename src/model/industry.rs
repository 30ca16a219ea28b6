//! A focus industry of the programme. Not the same as an enterprise's class of GB/T 4754.

use super::name::Name;
use super::own_field::{FieldOwner, HasOwnFields, More};
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
        /// Values of the programme's own fields.
        pub more: More<Industry>,
    }
}

impl HasOwnFields for Industry {
    const OWNER: FieldOwner = FieldOwner::Industries;
}
