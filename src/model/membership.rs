//! An enterprise in one edition.

use super::date::{self, Date};
use super::id::{EditionId, ExitReasonId, ModuleId};
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::shape::{Faults, choice, record};
use super::text::Text;
use crate::text;

choice! {
    /// How a membership ended.
    pub enum Outcome {
        /// Stayed to the end.
        Graduated = "graduated", "graduated", "结业", "已结业", "毕业", "已毕业", "完成培育", "培育完成", "合格", "考核合格", "优秀", "良好", "completed", "finished", "alumni";
        /// Left of its own will.
        Withdrawn = "withdrawn", "withdrawn", "退出", "已退出", "主动退出", "自愿退出", "中途退出", "申请退出", "迁出", "已迁出", "外迁", "放弃", "left", "dropped out";
        /// Was asked to leave.
        Removed = "removed", "removed", "劝退", "清退", "清出", "除名", "取消资格", "移出", "已移出", "移出名单", "excluded", "expelled", "terminated";
        /// Went on to another edition.
        Transferred = "transferred", "transferred", "转下一期", "转入下一期", "延期", "结转", "结转下期", "moved on", "next cohort";
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
    /// Whether the enterprise left before the end.
    pub fn is_left(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Withdrawn | Outcome::Removed | Outcome::Transferred))
            || self.outcome.is_none() && self.left.is_some()
    }

    /// That an enterprise left, and how.
    pub fn left_before(&self, id: &str) -> Text {
        let edition = &self.edition;
        let outcome = self.outcome.map_or_else(
            || text!("left", "已退出"),
            |outcome| text!("{outcome}", "{outcome}", outcome = outcome),
        );
        let on = self.left.map_or_else(Text::default, |left| text!(" on {left}", "于 {left} "));
        text!(
            "`{id}` left edition `{edition}`{on}: {outcome}",
            "“{id}”已{on}离开期次“{edition}”：{outcome}",
            on = on,
            outcome = outcome
        )
    }

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
