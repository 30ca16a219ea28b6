//! `kunpeng report`

use clap::Args;

use super::ask::Ask;
use super::failure::Failure;
use super::member::edition_meant;
use super::output::Output;
use super::session::Session;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::report::{Filter, ReportName, report};
use crate::text;

/// Print a report ‖ 输出一张报表
#[derive(Debug, Args)]
pub struct Report {
    /// Report ‖ 报表
    #[arg(value_name = "NAME", value_parser = names())]
    name: ReportName,
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    output: Output,
}

/// The reports with what each shows, for the help and the completions.
fn names() -> impl clap::builder::TypedValueParser<Value = ReportName> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let value = |name: &ReportName| {
        PossibleValue::new(name.id()).help(format!("{} ‖ {}", name.label(Lang::En), name.label(Lang::Zh)))
    };
    let values = ReportName::ALL.iter().map(value);
    PossibleValuesParser::new(values)
        .try_map(|name| name.parse::<ReportName>().map_err(|misread| misread.message))
}

/// What a question is narrowed to.
#[derive(Debug, Clone, Default, Args)]
pub struct Narrow {
    /// Only this edition ‖ 只统计该期
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    #[command(flatten)]
    pub enterprises: Enterprises,
    /// Compare the indicators of these two years ‖ 对比这两个年度的指标
    #[arg(long, value_name = "YEAR..YEAR", value_parser = years)]
    pub years: Option<(i32, i32)>,
}

/// Which enterprises count.
#[derive(Debug, Clone, Default, Args)]
pub struct Enterprises {
    /// Only enterprises of this industry ‖ 只统计该产业的企业
    #[arg(long, value_name = "INDUSTRY")]
    pub industry: Option<String>,
    /// Only enterprises of this town ‖ 只统计该镇街的企业
    #[arg(long, value_name = "TOWN")]
    pub town: Option<String>,
    /// Only this enterprise: an id, a code, a unique prefix of either, or a unique part of a name
    /// ‖ 只统计该企业：id、统一社会信用代码、二者的唯一前缀，或名称中唯一的一段
    #[arg(long, value_name = "ENTERPRISE")]
    pub enterprise: Option<String>,
}

/// Two years, the earlier first.
pub fn years(text: &str) -> Result<(i32, i32), Text> {
    let year = |text: &str| text.parse().ok().filter(|year| (1900..=2200).contains(year));
    text.split_once("..")
        .and_then(|(start, end)| year(start).zip(year(end)))
        .filter(|(start, end)| start < end)
        .ok_or_else(|| {
            text!("write two years, the earlier first: 2022..2023", "请写先后两个年份，如 2022..2023")
        })
}

impl Narrow {
    /// What is meant, in this store.
    pub fn filter(&self, records: &Records) -> Result<Filter, Failure> {
        let edition = self.edition.as_deref().map(|text| edition_meant(records, text)).transpose()?;
        Ok(Filter { edition, years: self.years, ..self.enterprises.filter(records)? })
    }
}

impl Enterprises {
    /// Which are meant, in this store.
    pub fn filter(&self, records: &Records) -> Result<Filter, Failure> {
        let wrong = |misread| Failure::argument(misread, "");
        let industry =
            self.industry.as_deref().map(|text| records.named(Kind::Industry, text)).transpose()?;
        let enterprise = self.enterprise.as_deref().map(|text| records.enterprise_meant(text)).transpose()?;
        let town = self.town.as_deref().map(|text| records.town_meant(text)).transpose()?;
        Ok(Filter {
            industry: industry.map(|id| id.parse()).transpose().map_err(wrong)?,
            town,
            enterprise: enterprise.map(|(id, _)| id.clone()),
            ..Filter::default()
        })
    }

    /// Those of an edition.
    pub fn of_edition(&self, records: &Records, edition: &str) -> Result<Filter, Failure> {
        let edition = Some(edition_meant(records, edition)?);
        Ok(Filter { edition, ..self.filter(records)? })
    }
}

impl Report {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        self.output.wanted()?;
        let loaded = session.sound()?;
        let filter = self.narrow.filter(loaded.records())?;
        let view = session.view(loaded.records());
        let answer =
            self.ask.answer(&view, &filter, &self.output, &|filter| report(self.name, &view, filter))?;
        session.print(&[answer.table], &self.output.whole())
    }
}
