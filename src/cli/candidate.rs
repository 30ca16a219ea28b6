//! `kunpeng candidate`

use clap::{Args, Subcommand};

use super::ask::Ask;
use super::failure::Failure;
use super::load::Loaded;
use super::member::{counted, edit_enterprises, modules_named, twice, with_enterprise};
use super::named::{edition_named, enterprises_named};
use super::output::Output;
use super::report::Enterprises;
use super::session::Session;
use super::write::Write;
use crate::model::candidacy::Candidacy;
use crate::model::date::Date;
use crate::model::own_field::More;
use crate::model::shape::Shape;
use crate::report::{Filter, entries};
use crate::text;

/// What can be done with candidacies.
#[derive(Debug, Subcommand)]
pub enum CandidateCommand {
    /// Record that enterprises apply to an edition ‖ 登记企业申报一期
    Add(Add),
    /// List the candidates of an edition ‖ 列出一期的申报企业
    List(List),
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// The edition ‖ 期次
    edition: String,
    /// Enterprises ‖ 企业
    #[arg(required = true)]
    enterprises: Vec<String>,
    /// Day they applied [default: today] ‖ 申报日期 [默认：今天]
    #[arg(long, value_name = "DATE")]
    applied: Option<Date>,
    /// Modules they apply for, separated by commas ‖ 申报的模块，用逗号分隔
    #[arg(long, value_name = "MODULE", value_delimiter = ',')]
    modules: Vec<String>,
    #[command(flatten)]
    write: Write,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct List {
    /// The edition ‖ 期次
    edition: String,
    #[command(flatten)]
    narrow: Enterprises,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    output: Output,
}

impl CandidateCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Add(command) => command.run(session),
            Self::List(command) => command.run(session),
        }
    }
}

impl Add {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let edition = edition_named(loaded.records(), &self.edition)?;
        let ids = enterprises_named(loaded.records(), &self.enterprises)?;
        let applied = self.applied.unwrap_or_else(|| Date::day(session.environment.today));
        let modules = modules_named(loaded.records(), &self.modules)?;
        let done = text!(
            "recorded that {who} applied to edition `{edition}`",
            "已登记{who}申请期次“{edition}”",
            who = counted(&ids)
        );
        edit_enterprises(session, &loaded, &ids, &self.write, &done, |id, enterprise| {
            if enterprise.candidacies.iter().any(|candidacy| candidacy.edition == edition) {
                return Err(twice(id, &edition, &text!("candidate", "候选企业")));
            }
            enterprise.candidacies.push(Candidacy {
                edition: edition.clone(),
                applied: Some(applied),
                modules: modules.clone(),
                decision: None,
                decided: None,
                scores: Vec::new(),
                more: More::default(),
            });
            Ok(())
        })
    }
}

impl List {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::sound(session)?;
        let records = loaded.records();
        let filter = self.narrow.of_edition(records, &self.edition)?;
        let view = session.view(records);
        let edition = edition_named(records, &self.edition)?;
        let of_edition = |id: String| {
            let (id, it) = records.enterprises.get_key_value(id.as_str())?;
            let candidacy = it.candidacies.iter().find(|it| it.edition == edition)?;
            Some(with_enterprise(id, None, &candidacy.write()?))
        };
        let make = |filter: &Filter| entries::candidates(&view, filter);
        self.ask.list(session, (&view, &filter), &self.output, &make, &|answer| {
            answer.keys("enterprise").into_iter().filter_map(of_edition).collect()
        })
    }
}
