//! `kunpeng activity`

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::named::record_named;
use super::record::{RecordCommand, put};
use super::session::Session;
use super::write::Write;
use crate::model::activity::Status;
use crate::model::id::EnterpriseId;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::{Misread, Shape};
use crate::text;

/// What can be done with activities.
#[derive(Debug, Subcommand)]
pub enum ActivityCommand {
    #[command(flatten)]
    Record(RecordCommand),
    /// Record attendance at an activity ‖ 登记活动出席情况
    Attend(Attend),
}

/// Options of `attend`.
#[derive(Debug, Args)]
pub struct Attend {
    /// Activity ‖ 活动
    activity: String,
    /// Enterprises present, with their number of persons [default: 1] ‖ 出席企业及人数 [默认：1]
    #[arg(value_name = "ENTERPRISE[=HEADS]")]
    present: Vec<String>,
    /// Enterprises excused ‖ 请假企业
    #[arg(long, value_name = "ENTERPRISE", num_args = 1..)]
    excused: Vec<String>,
    /// Enterprises absent ‖ 缺席企业
    #[arg(long, value_name = "ENTERPRISE", num_args = 1..)]
    absent: Vec<String>,
    #[command(flatten)]
    write: Write,
}

impl ActivityCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Record(command) => command.run(Kind::Activity, session),
            Self::Attend(command) => command.run(session),
        }
    }
}

impl Attend {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let record = record_named(records, Kind::Activity, &self.activity)?;
        let Some(mut activity) = records.activities.get(record.id.as_str()).cloned() else { return Ok(()) };
        let attendances = self.attendances(records)?;
        if attendances.is_empty() {
            return Err(Failure::Usage(text!("name at least one enterprise", "请至少写明一家企业")));
        }
        let count = attendances.len();
        for (id, status, heads) in attendances {
            activity.record(id, status, heads);
        }
        let Some(value) = activity.write() else { return Ok(()) };
        let change = put(&loaded, &record, &value)?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!(
                "recorded {count} at {record}",
                "已登记 {count} 的参加情况：{record}",
                count = count,
                record = record
            ),
        )
    }

    /// Every enterprise that is named, once, with what is said of it.
    fn attendances(&self, records: &Records) -> Result<Vec<(EnterpriseId, Status, u32)>, Failure> {
        let mut attendances: Vec<(EnterpriseId, Status, u32)> = Vec::new();
        let lists = [
            (Status::Present, &self.present),
            (Status::Excused, &self.excused),
            (Status::Absent, &self.absent),
        ];
        for (status, list) in lists {
            for text in list {
                let (name, heads) = heads(text, status)?;
                let id = records.resolve_enterprise(name)?.0.clone();
                if attendances.iter().any(|(known, ..)| *known == id) {
                    let misread = Misread::new(
                        &rule::ATTENDANCE_TWICE,
                        text!("`{id}` is named twice", "“{id}”写了两次", id = id),
                    );
                    return Err(Failure::argument(misread, text));
                }
                attendances.push((id, status, heads));
            }
        }
        Ok(attendances)
    }
}

fn heads(text: &str, status: Status) -> Result<(&str, u32), Failure> {
    match (status, text.rsplit_once('=')) {
        (Status::Present, None) => Ok((text, 1)),
        (Status::Present, Some((name, heads))) => match heads.parse() {
            Ok(heads) if heads > 0 => Ok((name, heads)),
            _ => {
                let message = text!("`{heads}` is not a number of persons", "“{heads}”不是人数");
                let misread = Misread::new(&rule::BAD_ATTENDANCE, message)
                    .help(text!("write ENTERPRISE=HEADS, from 1 on", "请写 企业=人数，人数从1起"));
                Err(Failure::argument(misread, text))
            }
        },
        (Status::Excused | Status::Absent, _) => Ok((text, 0)),
    }
}
