//! How an import is to be done.

use crate::import::columns::given::Given;
use crate::import::columns::kind::ImportKind;
use crate::model::id::EditionId;
use crate::model::period::Period;
use crate::model::shape::choice;

choice! {
    /// What happens where a row says something else than the store.
    pub enum OnConflict {
        /// The row wins; blank cells change nothing.
        Update = "update", "update", "更新";
        /// Only what is missing is filled in.
        Fill = "fill", "fill", "补充";
        /// The row is passed over.
        Skip = "skip", "skip", "跳过";
        /// The import is refused.
        Fail = "fail", "fail", "拒绝";
    }
}

choice! {
    /// What an imported enterprise becomes in an edition.
    pub enum EnrolAs {
        /// A member.
        Member = "member", "member", "入选企业";
        /// A candidate.
        Candidate = "candidate", "candidate", "候选企业";
    }
}

choice! {
    /// What becomes of a row.
    pub enum Disposition {
        /// Something new.
        Created = "created", "created", "新增";
        /// Something that is there changes.
        Changed = "changed", "changed", "变更";
        /// The store says the same.
        Unchanged = "unchanged", "unchanged", "未变";
        /// The store says something else and is left as it is.
        Skipped = "skipped", "skipped", "跳过";
        /// An earlier row says the same.
        Duplicate = "duplicate", "duplicate", "重复";
        /// A person of an enterprise whose first person stands for all.
        Counted = "counted", "counted", "已计入";
        /// A person of no enterprise that is known.
        Unlinked = "unlinked", "unlinked", "未匹配";
        /// The row has a fault.
        Refused = "refused", "refused", "拒绝";
    }
}

/// What becomes of a row that says several things: whatever is new or changes counts.
pub fn weightier(one: Disposition, other: Disposition) -> Disposition {
    let weight = |disposition| match disposition {
        Disposition::Changed => 3,
        Disposition::Created => 2,
        Disposition::Skipped => 1,
        _ => 0,
    };
    if weight(other) > weight(one) { other } else { one }
}

/// What a row without a code is that has the name of an enterprise without one, and says otherwise where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Namesakes {
    /// Nobody said.
    #[default]
    Ask,
    /// That enterprise.
    Same,
    /// Another one.
    New,
}

/// How an import is to be done.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the rows are.
    pub kind: ImportKind,
    /// The edition of rows that do not say one.
    pub edition: Option<EditionId>,
    /// What enterprises become in that edition.
    pub role: Option<EnrolAs>,
    /// What happens on a conflict.
    pub on_conflict: OnConflict,
    /// What is said of cells.
    pub given: Given,
    /// What rows are that may be of a namesake.
    pub namesakes: Namesakes,
    /// The activity of a sign-in sheet.
    pub activity: Option<String>,
    /// Whether the persons of a sign-in sheet are kept as contacts.
    pub with_contacts: bool,
    /// The period of figures whose row and header do not say one.
    pub period: Option<Period>,
}
