//! An R&D platform of an enterprise. Two platforms of one enterprise are two platforms and one enterprise.

use super::date::{self, Date};
use super::expiry::Expiry;
use super::id::{LevelId, PlatformKindId};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, record};

record! {
    /// An R&D platform.
    pub struct Platform {
        /// The kind.
        pub kind: PlatformKindId,
        /// The level that recognised it.
        pub level: Option<LevelId>,
        /// The number of the notice or certificate.
        pub document: Option<String>,
        /// When it was recognised or set up.
        pub recognised: Option<Date>,
        /// The last day of the recognition.
        pub expires: Option<Expiry>,
        /// Values of the programme's own fields.
        pub more: More<Platform>,
    }
    verify in_order
}

impl HasOwnFields for Platform {
    const OWNER: FieldOwner = FieldOwner::Platforms;
}

fn in_order(platform: &Platform, faults: &mut Faults) {
    date::in_order(
        faults,
        ("recognised", platform.recognised),
        ("expires", platform.expires.and_then(Expiry::date)),
    );
}
