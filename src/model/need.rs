//! What an enterprise asked for, and whether it was dealt with.

use super::date::{self, Date};
use super::id::CategoryId;
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, record};

record! {
    /// Something an enterprise asked for.
    pub struct Need {
        /// What it is about.
        pub category: CategoryId,
        /// What was asked, in words.
        pub text: Option<String>,
        /// When it was received.
        pub received: Date,
        /// When it was dealt with.
        pub closed: Option<Date>,
        /// Values of the programme's own fields.
        pub more: More<Need>,
    }
    verify in_order
}

impl HasOwnFields for Need {
    const OWNER: FieldOwner = FieldOwner::Needs;
}

fn in_order(need: &Need, faults: &mut Faults) {
    date::in_order(faults, ("received", Some(need.received)), ("closed", need.closed));
}
