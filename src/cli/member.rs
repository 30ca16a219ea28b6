//! `kunpeng member`

use clap::{Args, Subcommand};

use super::ask::Ask;
use super::failure::Failure;
use super::load::Loaded;
use super::named::{edition_named, enterprises_named};
use super::output::Output;
use super::report::Enterprises;
use super::session::Session;
use super::write::Write;
use crate::model::change::Draft;
use crate::model::date::Date;
use crate::model::edition::{Edition, Life};
use crate::model::enterprise::Enterprise;
use crate::model::finding::RecordRef;
use crate::model::id::{EditionId, EnterpriseId, ExitReasonId, ModuleId};
use crate::model::kind::Kind;
use crate::model::membership::{Membership, Outcome};
use crate::model::records::Records;
use crate::model::rule;
use crate::model::shape::{Misread, Shape};
use crate::model::text::Text;
use crate::model::value::Value;
use crate::report::{Filter, entries};
use crate::store::document;
use crate::text;

/// What can be done with memberships.
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Add enterprises to an edition ‖ 把企业纳入一期
    Add(Add),
    /// List the members of an edition ‖ 列出一期的入选企业
    List(List),
    /// Graduate members of an edition ‖ 为一期的企业办理结业
    Graduate(Graduate),
    /// Record that members left before the end ‖ 登记企业中途退出
    Withdraw(Withdraw),
    /// Move members to another edition ‖ 把企业转入另一期
    Transfer(Transfer),
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// The edition ‖ 期次
    edition: String,
    /// Enterprises ‖ 企业
    #[arg(required = true)]
    enterprises: Vec<String>,
    /// Day they joined [default: the day the edition opened] ‖ 入选日期 [默认：开班日期]
    #[arg(long, value_name = "DATE")]
    joined: Option<Date>,
    /// Modules they are on, separated by commas ‖ 所属模块，用逗号分隔
    #[arg(long, value_name = "MODULES", value_delimiter = ',')]
    modules: Vec<String>,
    /// Take back enterprises that left the edition: they count as if they had stayed
    /// ‖ 重新纳入已退出本期的企业，视同未曾退出
    #[arg(long, conflicts_with = "joined")]
    again: bool,
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

/// Options of `graduate`.
#[derive(Debug, Args)]
pub struct Graduate {
    /// The edition ‖ 期次
    edition: String,
    /// Enterprises ‖ 企业
    #[arg(required_unless_present = "all")]
    enterprises: Vec<String>,
    /// All members without an outcome ‖ 所有尚无培育结果的企业
    #[arg(long, conflicts_with = "enterprises")]
    all: bool,
    #[command(flatten)]
    write: Write,
}

/// Options of `withdraw`.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// The edition ‖ 期次
    edition: String,
    /// Enterprises ‖ 企业
    #[arg(required = true)]
    enterprises: Vec<String>,
    /// Day they left [default: today] ‖ 退出日期 [默认：今天]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Reason they left: one of the programme's exit reasons ‖ 退出原因，取自培育计划的退出原因表
    #[arg(long, value_name = "REASON")]
    because: Option<String>,
    /// Record them as removed, not withdrawn ‖ 登记为除名，而非主动退出
    #[arg(long)]
    removed: bool,
    #[command(flatten)]
    write: Write,
}

/// Options of `transfer`.
#[derive(Debug, Args)]
pub struct Transfer {
    /// Edition they leave ‖ 转出的期次
    edition: String,
    /// Enterprises ‖ 企业
    #[arg(required = true)]
    enterprises: Vec<String>,
    /// Edition they join ‖ 转入的期次
    #[arg(long, value_name = "EDITION")]
    to: String,
    /// Day of the transfer [default: today] ‖ 转期日期 [默认：今天]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    write: Write,
}

impl MemberCommand {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Add(command) => command.run(session),
            Self::List(command) => command.run(session),
            Self::Graduate(command) => command.run(session),
            Self::Withdraw(command) => command.run(session),
            Self::Transfer(command) => command.run(session),
        }
    }
}

/// Of an edition that is closed only a day of it can be recorded, and whoever does so is told that its figures change.
fn within_closed(
    session: &Session<'_>,
    records: &Records,
    edition: &EditionId,
    option: &str,
    on: Option<Date>,
) -> Result<(), Failure> {
    let Some(Life::Closed { opened, closed }) = records.editions.get(edition).map(Edition::life) else {
        return Ok(());
    };
    let is_within = |on: Date| !on.is_before(opened) && !closed.is_before(on);
    if !on.is_some_and(is_within) {
        return Err(Failure::undone(
            text!(
                "edition `{edition}` is closed since {closed}",
                "期次“{edition}”已于 {closed} 结束",
                edition = edition
            ),
            text!(
                "give a day from {opened} to {closed} with `{option}`",
                "请用 {option} 写明 {opened} 至 {closed} 之间的日期"
            ),
        ));
    }
    warn_if_closed(session, records, edition);
    Ok(())
}

/// Says that what changes is part of an edition that is closed.
fn warn_if_closed(session: &Session<'_>, records: &Records, edition: &EditionId) {
    if let Some(Life::Closed { closed, .. }) = records.editions.get(edition).map(Edition::life) {
        session.ui.warn(&text!(
            "edition `{edition}` is closed since {closed}: its figures change",
            "期次“{edition}”已于 {closed} 结束，其统计数据将随之改变",
            edition = edition
        ));
    }
}

/// Edits enterprises one by one and carries the change out.
pub fn edit_enterprises(
    session: &Session<'_>,
    loaded: &Loaded,
    ids: &[EnterpriseId],
    write: &Write,
    done: &Text,
    mut edit: impl FnMut(&EnterpriseId, &mut Enterprise) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut draft = Draft::of(loaded.records());
    for id in ids {
        let Some(mut enterprise) = draft.records().enterprises.get(id).cloned() else { continue };
        edit(id, &mut enterprise)?;
        if let Some(value) = enterprise.write() {
            draft.put(RecordRef::new(Kind::Enterprise, id), value).map_err(|found| loaded.failure(found))?;
        }
    }
    let change = draft.finish().map_err(|found| loaded.failure(found))?;
    write.carry_out(session, loaded, &change, done)
}

/// "1 enterprise" or "n enterprises".
pub fn counted(ids: &[EnterpriseId]) -> Text {
    match ids {
        [one] => text!("enterprise `{one}`", "企业“{one}”"),
        more => text!("{count} enterprises", "{count}家企业", count = more.len()),
    }
}

/// The membership of an enterprise that is about to be ended.
fn current<'e>(
    enterprise: &'e mut Enterprise,
    id: &EnterpriseId,
    edition: &EditionId,
) -> Result<&'e mut Membership, Failure> {
    let found = enterprise.memberships.iter_mut().find(|membership| membership.edition == *edition);
    let membership = found.ok_or_else(|| {
        Failure::undone(
            text!("`{id}` is not a member of edition `{edition}`", "“{id}”不是期次“{edition}”的入选企业"),
            text!(
                "`kunpeng member list {edition}` shows who is",
                "可用 kunpeng member list {edition} 查看入选企业"
            ),
        )
    })?;
    if let Some(outcome) = membership.outcome {
        let message = text!(
            "the membership of `{id}` in edition `{edition}` has ended: {outcome}",
            "“{id}”在期次“{edition}”的培育已结束：{outcome}",
            outcome = outcome
        );
        return Err(Failure::undone(
            message,
            text!("correct it with `kunpeng enterprise edit`", "可用 kunpeng enterprise edit 更正"),
        ));
    }
    Ok(membership)
}

impl Add {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let edition = edition_named(records, &self.edition)?;
        let ids = enterprises_named(records, &self.enterprises)?;
        let modules = modules_named(records, &self.modules)?;
        if self.again {
            warn_if_closed(session, records, &edition);
        } else {
            within_closed(session, records, &edition, "--joined", self.joined)?;
        }
        let who = counted(&ids);
        let done = if self.again {
            text!("took {who} back into edition `{edition}`", "已将{who}重新纳入期次“{edition}”", who = who)
        } else {
            text!("added {who} to edition `{edition}`", "已将{who}列入期次“{edition}”", who = who)
        };
        edit_enterprises(session, &loaded, &ids, &self.write, &done, |id, enterprise| {
            let known = enterprise.memberships.iter_mut().find(|it| it.edition == edition);
            match known {
                Some(known) if !known.is_left() => {
                    return Err(twice(id, &edition, &text!("member", "入选企业")));
                }
                Some(known) if self.again => {
                    (known.left, known.outcome, known.reason) = (None, None, None);
                    if !modules.is_empty() {
                        known.modules.clone_from(&modules);
                    }
                    return Ok(());
                }
                Some(known) => return Err(left_before(id, known)),
                None => {}
            }
            enterprise.memberships.push(Membership {
                joined: self.joined,
                modules: modules.clone(),
                ..Membership::of(edition.clone())
            });
            Ok(())
        })
    }
}

/// The failure to add an enterprise that left, with the way to take it back.
fn left_before(id: &EnterpriseId, known: &Membership) -> Failure {
    let edition = &known.edition;
    Failure::undone(
        known.left_before(id.as_str()),
        text!(
            "`kunpeng member add {edition} {id} --again` takes it back; `kunpeng log --enterprise {id}` shows when it left",
            "可用 kunpeng member add {edition} {id} --again 重新纳入；kunpeng log --enterprise {id} 可查退出经过"
        ),
    )
}

/// The failure to add a second membership or candidacy.
pub fn twice(id: &EnterpriseId, edition: &EditionId, what: &Text) -> Failure {
    let misread = Misread::new(
        &rule::DUPLICATE_ENTRY,
        text!(
            "`{id}` is a {what} of edition `{edition}` already",
            "“{id}”已是期次“{edition}”的{what}",
            what = what
        ),
    )
    .help(text!("`kunpeng enterprise show {id}` shows it", "可用 kunpeng enterprise show {id} 查看"));
    Failure::argument(misread, id.as_str())
}

/// The modules that texts stand for.
pub fn modules_named(records: &Records, texts: &[String]) -> Result<Vec<ModuleId>, Failure> {
    let module = |text: &String| {
        records.named(Kind::Module, text)?.parse().map_err(|misread| Failure::argument(misread, text))
    };
    texts.iter().map(module).collect()
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
            Some(with_enterprise(id, None, &it.membership(&edition)?.write()?))
        };
        let make = |filter: &Filter| entries::members(&view, filter);
        self.ask.list(session, (&view, &filter), &self.output, &make, &|answer| {
            answer.keys("enterprise").into_iter().filter_map(of_edition).collect()
        })
    }
}

/// An entry as it is stored, with the enterprise it belongs to and its place in the list.
pub fn with_enterprise(id: &EnterpriseId, number: Option<usize>, entry: &Value) -> serde_json::Value {
    let mut object = serde_json::Map::new();
    object.insert("enterprise".to_owned(), id.as_str().into());
    if let Some(number) = number {
        object.insert("no".to_owned(), number.into());
    }
    if let serde_json::Value::Object(fields) = document::to_json(entry) {
        object.extend(fields);
    }
    object.into()
}

impl Graduate {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let edition = edition_named(records, &self.edition)?;
        let ids = if self.all {
            let open = |it: &Enterprise| it.membership(&edition).is_some_and(|it| it.outcome.is_none());
            records.enterprises.iter().filter(|(_, it)| open(it)).map(|(id, _)| id.clone()).collect()
        } else {
            enterprises_named(records, &self.enterprises)?
        };
        warn_if_closed(session, records, &edition);
        let done = text!(
            "graduated {who} from edition `{edition}`",
            "已登记{who}从期次“{edition}”结业",
            who = counted(&ids)
        );
        edit_enterprises(session, &loaded, &ids, &self.write, &done, |id, enterprise| {
            current(enterprise, id, &edition)?.outcome = Some(Outcome::Graduated);
            Ok(())
        })
    }
}

impl Withdraw {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let edition = edition_named(records, &self.edition)?;
        let ids = enterprises_named(records, &self.enterprises)?;
        within_closed(session, records, &edition, "--on", self.on)?;
        let reason = self.because.as_deref().map(|text| exit_reason(records, text)).transpose()?;
        let on = self.on.unwrap_or_else(|| Date::day(session.environment.today));
        let outcome = if self.removed { Outcome::Removed } else { Outcome::Withdrawn };
        let done = text!(
            "recorded that {who} left edition `{edition}` on {on}",
            "已登记{who}于 {on} 退出期次“{edition}”",
            who = counted(&ids)
        );
        edit_enterprises(session, &loaded, &ids, &self.write, &done, |id, enterprise| {
            let membership = current(enterprise, id, &edition)?;
            membership.left = Some(on);
            membership.outcome = Some(outcome);
            membership.reason.clone_from(&reason);
            Ok(())
        })
    }
}

fn exit_reason(records: &Records, text: &str) -> Result<ExitReasonId, Failure> {
    records.named(Kind::ExitReason, text)?.parse().map_err(|misread| Failure::argument(misread, text))
}

impl Transfer {
    fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = self.write.load(session)?;
        let records = loaded.records();
        let edition = edition_named(records, &self.edition)?;
        let to = edition_named(records, &self.to)?;
        if to == edition {
            return Err(Failure::Usage(text!(
                "edition `{to}` cannot be transferred to itself",
                "不能从期次“{to}”转入期次“{to}”"
            )));
        }
        let ids = enterprises_named(records, &self.enterprises)?;
        within_closed(session, records, &edition, "--on", self.on)?;
        let on = self.on.unwrap_or_else(|| Date::day(session.environment.today));
        let done = text!(
            "moved {who} from edition `{edition}` to `{to}`",
            "已将{who}从期次“{edition}”转入期次“{to}”",
            who = counted(&ids)
        );
        edit_enterprises(session, &loaded, &ids, &self.write, &done, |id, enterprise| {
            if enterprise.membership(&to).is_some() {
                return Err(twice(id, &to, &text!("member", "入选企业")));
            }
            let membership = current(enterprise, id, &edition)?;
            membership.left = Some(on);
            membership.outcome = Some(Outcome::Transferred);
            let modules = membership.modules.clone();
            enterprise.memberships.push(Membership {
                joined: Some(on),
                modules,
                ..Membership::of(to.clone())
            });
            Ok(())
        })
    }
}
