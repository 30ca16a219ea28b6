//! An application of an enterprise for a scheme.

use super::amount::Amount;
use super::date::{self, Date};
use super::id::LevelId;
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};

choice! {
    /// How far an application has come.
    pub enum State {
        /// The enterprise means to apply.
        Intended = "intended", "intended", "意向";
        /// It is being written.
        Preparing = "preparing", "preparing", "准备";
        /// It is handed in.
        Submitted = "submitted", "submitted", "已提交";
        /// It is recommended to a higher level.
        Recommended = "recommended", "recommended", "推荐";
        /// It is announced for objections.
        Announced = "announced", "announced", "公示";
        /// It is granted.
        Approved = "approved", "approved", "获批", "立项", "认定";
        /// It is refused.
        Rejected = "rejected", "rejected", "未通过";
        /// The enterprise took it back.
        Withdrawn = "withdrawn", "withdrawn", "撤回";
    }
}

record! {
    /// An application for a scheme.
    pub struct Project {
        /// The scheme.
        pub scheme: String,
        /// The level that decides.
        pub level: Option<LevelId>,
        /// How far it has come.
        pub state: State,
        /// When it was handed in.
        pub submitted: Option<Date>,
        /// When it was decided.
        pub decided: Option<Date>,
        /// What was asked for, in the main unit.
        pub requested: Option<Amount>,
        /// What was granted, in the main unit.
        pub granted: Option<Amount>,
        /// Values of the programme's own fields.
        pub more: More<Project>,
    }
    verify in_order
}

impl HasOwnFields for Project {
    const OWNER: FieldOwner = FieldOwner::Projects;
}

fn in_order(project: &Project, faults: &mut Faults) {
    date::in_order(faults, ("submitted", project.submitted), ("decided", project.decided));
}
