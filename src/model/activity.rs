//! An activity of an edition and who was there. Excused is not absent, and not recorded is a third thing.

use std::collections::{BTreeMap, BTreeSet};

use super::amount::Amount;
use super::date::Date;
use super::id::{AspectId, EditionId, EnterpriseId};
use super::name::Name;
use super::own_field::{FieldOwner, HasOwnFields, More};
use super::rule;
use super::shape::{Faults, Misread, choice, record};
use super::value::{KeyPath, Step};
use crate::text;

choice! {
    /// Whether an enterprise was there.
    pub enum Status {
        /// It was there.
        Present = "present", "present", "出席", "已出席", "到课", "已到课", "到会", "已到会", "到场", "已到", "到", "实到", "参会", "已参会", "参加", "已参加", "签到", "已签到", "出勤", "正常", "是", "√", "✓", "✔", "yes", "y", "attended", "1";
        /// It gave notice.
        Excused = "excused", "excused", "请假", "请", "已请假", "事假", "病假", "公假", "因公请假", "假", "apologies", "on leave";
        /// It stayed away.
        Absent = "absent", "absent", "缺席", "缺课", "缺", "未到", "未到会", "未出席", "未参加", "未参会", "未签到", "缺勤", "旷课", "无故缺席", "否", "×", "✗", "x", "no", "n", "no-show", "no show", "missed", "0";
    }
}

record! {
    /// `activities/ID.toml`.
    pub struct Activity {
        /// The edition it belongs to.
        pub edition: EditionId,
        /// The kind of help.
        pub aspect: AspectId,
        /// What it is called.
        pub title: Name,
        /// When it was.
        pub date: Date,
        /// The last day, of several.
        pub end: Option<Date>,
        /// How long it took.
        pub hours: Option<Amount>,
        /// Where it was.
        pub place: Option<String>,
        /// Who held it.
        pub host: Option<String>,
        /// Anything worth saying.
        pub note: Option<String>,
        /// Values of the programme's own fields.
        pub more: More<Activity>,
        /// Enterprises that gave notice.
        pub excused: Vec<EnterpriseId>,
        /// Enterprises that stayed away.
        pub absent: Vec<EnterpriseId>,
        /// Enterprises that were there, with how many heads.
        pub present: BTreeMap<EnterpriseId, u32>,
    }
    verify once_each
}

impl HasOwnFields for Activity {
    const OWNER: FieldOwner = FieldOwner::Activities;
}

fn once_each(activity: &Activity, faults: &mut Faults) {
    let mut seen: BTreeSet<&EnterpriseId> = BTreeSet::new();
    let listed = activity.excused.iter().chain(&activity.absent);
    for id in listed.filter(|id| activity.present.contains_key(*id) || !seen.insert(*id)) {
        let message = text!("`{id}` stands twice in the attendance", "“{id}”在参加情况中出现两次", id = id);
        faults.report_paths(Misread::new(&rule::ATTENDANCE_TWICE, message), places(activity, id));
    }
}

/// Every place an enterprise has in the attendance.
fn places(activity: &Activity, id: &EnterpriseId) -> Vec<KeyPath> {
    let present = activity
        .present
        .contains_key(id)
        .then(|| KeyPath::key("present").then(Step::Key(id.to_string().into())));
    let listed =
        [("excused", &activity.excused), ("absent", &activity.absent)].into_iter().flat_map(|(key, list)| {
            let of_it = list.iter().enumerate().filter(|(_, other)| *other == id);
            of_it.map(move |(index, _)| KeyPath::key(key).then(Step::Index(index)))
        });
    present.into_iter().chain(listed).collect()
}

impl Activity {
    /// What is recorded of an enterprise.
    pub fn status(&self, enterprise: &EnterpriseId) -> Option<Status> {
        if self.present.contains_key(enterprise) {
            Some(Status::Present)
        } else if self.excused.contains(enterprise) {
            Some(Status::Excused)
        } else if self.absent.contains(enterprise) {
            Some(Status::Absent)
        } else {
            None
        }
    }

    /// Everything recorded: the enterprise, its status, its heads.
    pub fn attendance(&self) -> impl Iterator<Item = (&EnterpriseId, Status, u32)> {
        self.present
            .iter()
            .map(|(id, heads)| (id, Status::Present, *heads))
            .chain(self.excused.iter().map(|id| (id, Status::Excused, 0)))
            .chain(self.absent.iter().map(|id| (id, Status::Absent, 0)))
    }

    /// Takes away what is recorded of an enterprise.
    pub fn forget(&mut self, enterprise: &EnterpriseId) {
        self.present.remove(enterprise);
        self.excused.retain(|id| id != enterprise);
        self.absent.retain(|id| id != enterprise);
    }

    /// Replaces what is recorded of an enterprise.
    pub fn record(&mut self, enterprise: EnterpriseId, status: Status, heads: u32) {
        self.forget(&enterprise);
        match status {
            Status::Present => drop(self.present.insert(enterprise, heads)),
            Status::Excused => self.excused.push(enterprise),
            Status::Absent => self.absent.push(enterprise),
        }
    }
}
