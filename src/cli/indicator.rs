//! `kunpeng indicator`

use clap::{Args, Subcommand};

use super::ask::Ask;
use super::assignment::{Assignment, apply_all};
use super::failure::Failure;
use super::load::Loaded;
use super::member::with_enterprise;
use super::named::record_named;
use super::output::Output;
use super::record::put;
use super::report::Narrow;
use super::session::Session;
use super::write::Write;
use crate::model::field;
use crate::model::kind::Kind;
use crate::model::period::Period;
use crate::model::records::Records;
use crate::model::shape::Shape;
use crate::model::value::{KeyPath, Step, Table, Value};
use crate::report::query::Answer;
use crate::report::{Filter, list};
use crate::text;

/// What can be done with the figures of enterprises.
#[derive(Debug, Subcommand)]
pub enum IndicatorCommand {
    /// Add an enterprise's figures for a new period ‖ 为企业新增一个时期的指标
    Add(Change),
    /// List figures ‖ 列出指标
    List(List),
    /// Set or clear figures of a period ‖ 修改或清除一个时期的指标
    Set(Change),
    /// Remove figures of a period ‖ 删除一个时期的指标
    Remove(Remove),
}

/// Options of `add` and `set`.
#[derive(Debug, Args)]
pub struct Change {
    /// The enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    enterprise: String,
    /// Year, half-year or quarter: 2023, 2023-H1, 2023-Q2 ‖ 年度、半年度或季度：2023、2023-H1、2023-Q2
    period: Period,
    /// Figures, in the main unit or with one: `revenue=1200万` ‖ 指标，以元为单位或自带单位：`revenue=1200万`
    #[arg(value_name = "METRIC=VALUE", required = true)]
    figures: Vec<Assignment>,
    #[command(flatten)]
    write: Write,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    output: Output,
}

/// Options of `remove`.
#[derive(Debug, Args)]
pub struct Remove {
    /// The enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    enterprise: String,
    /// Year, half-year or quarter: 2023, 2023-H1, 2023-Q2 ‖ 年度、半年度或季度：2023、2023-H1、2023-Q2
    period: Period,
    /// Metrics to remove [default: all of the period] ‖ 要删除的指标 [默认：该时期全部]
    metrics: Vec<String>,
    #[command(flatten)]
    write: Write,
}

impl IndicatorCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Add(command) => command.run(session, true),
            Self::Set(command) => command.run(session, false),
            Self::List(command) => command.run(session),
            Self::Remove(command) => command.run(session),
        }
    }
}

fn place(period: Period) -> KeyPath {
    KeyPath::key("indicators").then(Step::Key(period.to_string().into()))
}

impl Change {
    fn run(self, session: &Session<'_>, is_new: bool) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let record = record_named(records, Kind::Enterprise, &self.enterprise)?;
        let mut value = records.get(&record).unwrap_or_else(|| Value::Table(Table::default()));
        if is_new && value.at(&place(self.period)).is_some() {
            return Err(Failure::undone(
                text!(
                    "{record} has figures for {period} already",
                    "{record}已有 {period} 的指标",
                    record = record,
                    period = self.period.to_string()
                ),
                text!(
                    "`kunpeng indicator set {id} {period} METRIC=VALUE` changes them",
                    "可用 kunpeng indicator set {id} {period} 指标=数值 修改",
                    id = record.id,
                    period = self.period.to_string()
                ),
            ));
        }
        let period = self.period.to_string();
        for figure in self.figures {
            let assignment = figure.placed(|path| {
                ["indicators", &period].into_iter().chain(path.iter().copied()).map(str::to_owned).collect()
            });
            apply_all(&[assignment], &mut value, &|path, text| field::figure(records, path, text, records))?;
        }
        let change = put(&loaded, &record, &value)?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!(
                "set the figures of {record} for {period}",
                "已登记{record} {period} 的指标",
                record = record
            ),
        )
    }
}

impl List {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::sound(session)?;
        let records = loaded.records();
        let filter = self.narrow.filter(records)?;
        let view = session.view(records);
        let make = |filter: &Filter| list::indicators(&view, filter);
        self.ask.list(session, (&view, &filter), &self.output, &make, &|answer| {
            periods(answer).into_iter().filter_map(|(id, periods)| figures(records, &id, &periods)).collect()
        })
    }
}

/// The periods of each enterprise that are wanted, in the order of the rows.
fn periods(answer: &Answer) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (id, period) in answer.keys("enterprise").into_iter().zip(answer.keys("period")) {
        match found.iter_mut().find(|(known, _)| *known == id) {
            Some((_, periods)) => periods.push(period),
            None => found.push((id, vec![period])),
        }
    }
    found
}

/// The figures of an enterprise as they are stored, those of some periods.
fn figures(records: &Records, id: &str, periods: &[String]) -> Option<serde_json::Value> {
    let (id, enterprise) = records.enterprises.get_key_value(id)?;
    let all = enterprise.indicators.write()?;
    let of = |period: &String| Some((period.clone(), all.get(period)?.clone()));
    Some(with_enterprise(id, None, &Value::Table(periods.iter().filter_map(of).collect())))
}

impl Remove {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load_to_ask(session)?;
        let records = loaded.records();
        let record = record_named(records, Kind::Enterprise, &self.enterprise)?;
        let mut value = records.get(&record).unwrap_or_else(|| Value::Table(Table::default()));
        let period = self.period.to_string();
        let figures =
            if self.metrics.is_empty() { vec![None] } else { self.metrics.iter().map(Some).collect() };
        for metric in figures {
            let mut path = place(self.period);
            let mut keys = vec!["indicators", &period];
            if let Some(metric) = metric {
                path = path.then(Step::Key(metric.clone().into()));
                keys.push(metric);
            }
            if value.at(&path).is_none() {
                return Err(Failure::undone(
                    text!("{record} has no {path}", "{record}没有 {path}", record = record),
                    text!(
                        "`kunpeng indicator list --enterprise {id}` shows what it has",
                        "可用 kunpeng indicator list --enterprise {id} 查看",
                        id = record.id
                    ),
                ));
            }
            value.set(&keys, None);
        }
        self.write.confirm(
            session,
            &text!(
                "Remove figures of {record} for {period}?",
                "删除{record} {period} 的指标？",
                record = record
            ),
        )?;
        let change = put(&loaded, &record, &value)?;
        self.write.carry_out(
            session,
            &loaded,
            &change,
            &text!(
                "removed figures of {record} for {period}",
                "已删除{record} {period} 的指标",
                record = record
            ),
        )
    }
}
