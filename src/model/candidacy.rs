//! An enterprise applying to one edition. Rejected candidates keep their record: they are the only group the
//! selected can be compared with.

use std::collections::BTreeMap;

use super::amount::Amount;
use super::date::{self, Date};
use super::id::{EditionId, ModuleId, WordKey};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};

choice! {
    /// What was decided of a candidacy.
    pub enum Decision {
        /// Taken.
        Selected = "selected", "selected", "入选", "已入选", "拟入选", "录取", "通过", "入围", "是", "确定入选", "accepted", "admitted", "yes";
        /// Next in line.
        Reserve = "reserve", "reserve", "候补", "备选", "待定", "候选", "waitlist", "waiting list";
        /// Not taken.
        Rejected = "rejected", "rejected", "落选", "未入选", "不予入选", "不予入营", "不予入库", "未入营", "未入库", "未通过", "不通过", "淘汰", "否", "未录取", "declined", "not selected", "no";
    }
}

record! {
    /// What one reviewer gave.
    pub struct Score {
        /// Who scored.
        pub reviewer: Option<String>,
        /// Points by criterion of the edition's rubric.
        pub marks: BTreeMap<WordKey, Amount>,
    }
}

record! {
    /// An enterprise applying to one edition.
    pub struct Candidacy {
        /// The edition.
        pub edition: EditionId,
        /// When it applied.
        pub applied: Option<Date>,
        /// The tracks it applies for.
        pub modules: Vec<ModuleId>,
        /// What was decided.
        pub decision: Option<Decision>,
        /// When it was decided.
        pub decided: Option<Date>,
        /// The scores it was given.
        pub scores: Vec<Score>,
        /// Values of the programme's own fields.
        pub more: More<Candidacy>,
    }
    verify in_order
}

impl HasOwnFields for Candidacy {
    const OWNER: FieldOwner = FieldOwner::Candidates;
}

fn in_order(candidacy: &Candidacy, faults: &mut Faults) {
    date::in_order(faults, ("applied", candidacy.applied), ("decided", candidacy.decided));
}
