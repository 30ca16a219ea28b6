//! An enterprise in one edition.

use super::date::{self, Date};
use super::id::{EditionId, ExitReasonId, ModuleId};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};

choice! {
    /// How a membership ended.
    pub enum Outcome {
        /// Stayed to the end.
        Graduated = "graduated", "graduated", "结业";
        /// Left of its own will.
        Withdrawn = "withdrawn", "withdrawn", "退出";
        /// Was asked to leave.
        Removed = "removed", "removed", "劝退";
        /// Went on to another edition.
        Transferred = "transferred", "transferred", "转下一期";
    }
}

record! {
    /// An enterprise in one edition.
    pub struct Membership {
        /// The edition.
        pub edition: EditionId,
        /// The day it joined; without, the day the edition opened.
        pub joined: Option<Date>,
        /// The day it left; without, the day the edition closed.
        pub left: Option<Date>,
        /// How it ended.
        pub outcome: Option<Outcome>,
        /// Why it left.
        pub reason: Option<ExitReasonId>,
        /// The tracks it is on.
        pub modules: Vec<ModuleId>,
        /// Values of the programme's own fields.
        pub more: More<Membership>,
    }
    verify in_order
}

impl HasOwnFields for Membership {
    const OWNER: FieldOwner = FieldOwner::Members;
}

fn in_order(membership: &Membership, faults: &mut Faults) {
    date::in_order(faults, ("joined", membership.joined), ("left", membership.left));
}

impl Membership {
    /// A membership of which only the edition is known.
    pub fn of(edition: EditionId) -> Self {
        Self {
            edition,
            joined: None,
            left: None,
            outcome: None,
            reason: None,
            modules: Vec::new(),
            more: More::default(),
        }
    }
}
