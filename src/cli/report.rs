//! `kunpeng report`

use clap::Args;

use super::ask::Ask;
use super::disclosure::Disclosure;
use super::failure::Failure;
use super::load::Loaded;
use super::named::edition_named;
use super::output::Output;
use super::session::Session;
use super::why::{self, no_such};
use crate::model::figure::CellPath;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::report::basis::Basis;
use crate::report::counted::NoSuch;
use crate::report::document::Document;
use crate::report::dossier::dossier;
use crate::report::named::counted;
use crate::report::query::days;
use crate::report::table::Page;
use crate::report::{Filter, ReportName, View, report};
use crate::text;

/// Print a report ‖ 输出一张报表
#[derive(Debug, Args)]
pub struct Report {
    /// Report ‖ 报表
    #[arg(value_name = "NAME", value_parser = names())]
    name: String,
    /// The enterprise of a dossier, as for `--enterprise` ‖ 一企一档的企业，写法同 `--enterprise`
    #[arg(value_name = "ENTERPRISE")]
    of: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    /// Of `due`: how many days ahead [default: 90d] ‖ 用于 `due`：提前的天数 [默认：90d]
    #[arg(long, value_name = "DAYS", value_parser = ahead)]
    within: Option<u32>,
    /// Of `growth`: the metric that is ranked [default: the programme's first]
    /// ‖ 用于 `growth`：排名的指标 [默认：培育计划的第一项指标]
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,
    /// Show the records behind one figure: what each adds, where it stands, what was left out
    /// ‖ 列出一个数背后的记录：各计入多少、出自何处、哪些未计入
    #[arg(long, value_name = "TABLE/ROW/COLUMN", value_parser = why::cell, conflicts_with_all = ["conditions", "sort", "limit"])]
    why: Option<CellPath>,
    #[command(flatten)]
    disclosure: Disclosure,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    output: Output,
}

/// What has several tables, all of one enterprise.
const DOSSIER: &str = "dossier";

/// The reports with what each shows, for the help and the completions.
fn names() -> clap::builder::PossibleValuesParser {
    use clap::builder::PossibleValue;
    let value = |id, en: &str, zh: &str| PossibleValue::new(id).help(format!("{en} ‖ {zh}"));
    let reports = ReportName::ALL.iter();
    let values = reports.map(|name| value(name.id(), name.label(Lang::En), name.label(Lang::Zh)));
    let dossier =
        value(DOSSIER, "all about one enterprise, activities and amounts included", "一企一档，含活动与金额");
    values.chain([dossier]).collect::<Vec<_>>().into()
}

/// A number of days: `90d`, `90`.
fn ahead(text: &str) -> Result<u32, Text> {
    days(text).ok_or_else(|| text!("write a number of days: 90d", "请写天数，如 90d"))
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
        let edition = self.edition.as_deref().map(|text| edition_named(records, text)).transpose()?;
        Ok(Filter { edition, years: self.years, ..self.enterprises.filter(records)? })
    }
}

impl Enterprises {
    /// Which are meant, in this store.
    pub fn filter(&self, records: &Records) -> Result<Filter, Failure> {
        let wrong = |misread| Failure::argument(misread, "");
        let industry =
            self.industry.as_deref().map(|text| records.resolve(Kind::Industry, text)).transpose()?;
        let enterprise =
            self.enterprise.as_deref().map(|text| records.resolve_enterprise(text)).transpose()?;
        let town = self.town.as_deref().map(|text| records.resolve_town(text)).transpose()?;
        Ok(Filter {
            industry: industry.map(|id| id.parse()).transpose().map_err(wrong)?,
            town,
            enterprise: enterprise.map(|(id, _)| id.clone()),
            ..Filter::default()
        })
    }

    /// Those of an edition.
    pub fn of_edition(&self, records: &Records, edition: &str) -> Result<Filter, Failure> {
        let edition = Some(edition_named(records, edition)?);
        Ok(Filter { edition, ..self.filter(records)? })
    }
}

impl Report {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        self.output.wanted()?;
        self.fits()?;
        let loaded = Loaded::sound(session)?;
        let records = loaded.records();
        let metric = self.metric.as_deref().map(|text| records.named(Kind::Metric, text)).transpose()?;
        let filter = Filter { metric, within: self.within, ..self.narrow.filter(records)? };
        let view = session.view(records);
        let basis = Basis::live(&view, loaded.snapshot.change);
        let Ok(name) = self.name.parse::<ReportName>() else { return self.dossier(session, &view, basis) };
        if let Some(at) = &self.why {
            return why_of(session, &loaded, name, (&filter, at), basis, &self.output);
        }
        if self.disclosure.suppress_below.is_some() {
            return self.print_suppressed(session, &view, name, &filter, basis);
        }
        let answer = self.ask.answer(&view, &filter, &self.output, &|filter| report(name, &view, filter))?;
        let tables = vec![answer.table];
        let tables = self.disclosure.redacted(session, &view, tables);
        let pages: Vec<Page<'_>> = tables.iter().map(Page::of).collect();
        let mut document = Document { basis: Some(basis), ..Document::of(&pages, view.today, view.lang) };
        if self.disclosure.tells_reasons(&self.output)? && !self.asks() {
            let counted = counted(name, &view, &filter, true);
            document.reasons = why::reasons(&loaded, &view, counted.as_slice(), &tables);
        }
        self.output.whole().print_document(session, &document)
    }

    /// Prints a report without what tells of too few enterprises.
    fn print_suppressed(
        &self,
        session: &Session<'_>,
        view: &View<'_>,
        name: ReportName,
        filter: &Filter,
        basis: Basis,
    ) -> Result<(), Failure> {
        let counted = counted(name, view, filter, true).ok_or_else(|| {
            Failure::Usage(text!(
                "the report `{name}` lists records, of which `--suppress-below` would leave nothing",
                "报表 {name} 逐条列出记录，使用 --suppress-below 后无可列出",
                name = name.id()
            ))
        })?;
        let tables = vec![counted.table.clone()];
        let tables = self.disclosure.applied(session, view, tables, || vec![counted]);
        self.output.print_counted(session, view, &tables, basis)
    }

    /// Whether only some rows are wanted, or in another order.
    fn asks(&self) -> bool {
        !self.ask.conditions.is_empty() || !self.ask.sort.is_empty() || self.ask.limit.is_some()
    }

    /// Refuses options that belong to another report.
    fn fits(&self) -> Result<(), Failure> {
        let is = |name: &str| self.name == name;
        let asks = self.asks();
        let wrong = [
            ("--within", "due", self.within.is_some() && !is("due")),
            ("--metric", "growth", self.metric.is_some() && !is("growth")),
            ("ENTERPRISE", DOSSIER, self.of.is_some() && !is(DOSSIER)),
        ];
        if let Some((option, of, _)) = wrong.into_iter().find(|(.., is_wrong)| *is_wrong) {
            let name = &self.name;
            return Err(Failure::Usage(text!(
                "`{option}` belongs to the report `{of}`, not to `{name}`",
                "{option} 用于报表 {of}，不用于 {name}"
            )));
        }
        if self.disclosure.suppress_below.is_some() && (asks || is(DOSSIER)) {
            return Err(Failure::Usage(text!(
                "`--suppress-below` is for figures over all rows: it goes with neither a dossier nor `--where`, `--sort` or `--limit`",
                "--suppress-below 用于全部行的统计数，不能与一企一档或 --where、--sort、--limit 同用"
            )));
        }
        if asks && is(DOSSIER) {
            return Err(Failure::Usage(text!(
                "a dossier is printed whole: it takes no `--where`, `--sort` or `--limit`",
                "一企一档整份输出，不能使用 --where、--sort 或 --limit"
            )));
        }
        Ok(())
    }

    fn dossier(&self, session: &Session<'_>, view: &View<'_>, basis: Basis) -> Result<(), Failure> {
        let named = self.of.as_ref().or(self.narrow.enterprises.enterprise.as_ref());
        let named = named.ok_or_else(|| {
            Failure::Usage(text!(
                "a dossier is of one enterprise: `kunpeng report dossier ENTERPRISE`",
                "一企一档需指明企业：kunpeng report dossier 企业"
            ))
        })?;
        let (id, _) = view.records.resolve_enterprise(named)?;
        let tables = dossier(view, id);
        let tables = self.disclosure.redacted(session, view, tables);
        self.output.print_counted(session, view, &tables, basis)
    }
}

/// Prints what a figure of a report is made of.
fn why_of(
    session: &Session<'_>,
    loaded: &Loaded,
    name: ReportName,
    (filter, at): (&Filter, &CellPath),
    basis: Basis,
    output: &Output,
) -> Result<(), Failure> {
    let view = session.view(loaded.records());
    match counted(name, &view, filter, true) {
        Some(table) if [table.table.id.as_str(), name.id()].contains(&at.table.as_str()) => {
            why::print(session, loaded, &view, (&table, at), basis, output)
        }
        Some(_) => Err(no_such(&NoSuch::Table(at.table.clone(), vec![name.id().to_owned()]))),
        None => Err(Failure::undone(
            text!(
                "the report `{name}` lists records and counts nothing, `--why` has no answer for it",
                "报表“{name}”只列记录、不作统计，不能用 --why 追溯",
                name = name.id()
            ),
            text!(
                "`kunpeng enterprise show ENTERPRISE` shows the record of a row; indicators are counted with `--edition`",
                "各行的记录可用 kunpeng enterprise show 查看；indicators 加 --edition 后才作统计"
            ),
        )),
    }
}
