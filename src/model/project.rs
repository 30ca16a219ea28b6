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
        Intended = "intended", "intended", "意向", "拟申报", "有意向", "意向申报", "计划申报", "planned";
        /// It is being written.
        Preparing = "preparing", "preparing", "准备", "准备中", "材料准备", "材料准备中", "筹备中", "待申报", "待提交", "编制中", "draft", "in preparation";
        /// It is handed in.
        Submitted = "submitted", "submitted", "已提交", "已申报", "申报中", "已上报", "已受理", "受理中", "评审中", "论证中", "专家论证", "专家论证中", "正在评审", "正在审核", "正在审批", "正在受理", "正在办理", "待审批", "专家评审", "审核中", "审批中", "在审", "待评审", "待审核", "待批复", "待公布", "已报送", "已递交", "公布中", "under review", "pending", "in review", "applied", "filed";
        /// It is recommended to a higher level.
        Recommended = "recommended", "recommended", "推荐", "已推荐", "推荐上报", "已推荐上报", "区级推荐", "初审通过", "shortlisted";
        /// It is announced for objections.
        Announced = "announced", "announced", "公示", "公示中", "已公示", "拟立项", "拟认定";
        /// It is granted.
        Approved = "approved", "approved", "获批", "已获批", "立项", "已立项", "认定", "已认定", "通过", "已通过", "评审通过", "审核通过", "获评", "已获评", "批准", "已批准", "已批复", "批复", "成功", "入选", "已公布", "已发证", "已到账", "已拨付", "granted", "awarded", "accepted", "successful", "won", "funded";
        /// It is refused.
        Rejected = "rejected", "rejected", "未通过", "不通过", "未获批", "未立项", "未认定", "未获评", "不予立项", "不予认定", "落选", "落榜", "未入选", "驳回", "退回", "失败", "未成功", "declined", "unsuccessful", "refused", "turned down", "not approved", "lost";
        /// The enterprise took it back.
        Withdrawn = "withdrawn", "withdrawn", "撤回", "已撤回", "放弃", "已放弃", "撤销", "终止", "主动放弃", "cancelled", "dropped";
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
