//! `kunpeng check`

use clap::Args;

use super::failure::{Failure, Traced};
use super::load::{Loaded, tell};
use super::outfile::Access;
use super::output::Output;
use super::seal;
use super::session::Session;
use crate::model::check;
use crate::model::finding::{Finding, capped};
use crate::model::lang::Lang;
use crate::model::nearest::did_you_mean;
use crate::model::rule::{self, Severity};
use crate::render::{self, Format};
use crate::report::expect::{self, Unmet};
use crate::report::table::{Cell, Kind, Table};
use crate::store::writer::Writer;
use crate::text;

/// Check the whole data folder and list every finding ‖ 检查全部数据，列出所有问题
///
/// Errors make figures wrong: other commands refuse to go on until they are put right. Warnings ask somebody to
/// look. The exit code is 3 if there are errors.
/// ‖ 错误会使数字出错，改正之前其他命令不予执行；警告请人核看。有错误时退出码为 3。
#[derive(Debug, Args)]
pub struct Check {
    /// Explain a rule; without a name, list all rules ‖ 解释一条规则；不给名称则列出全部规则
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
    /// Repair first what needs no guessing: unfinished changes, leftovers, modes of personal data, HEAD
    /// ‖ 先修复无须推断的问题：未完成的变更、残留文件、联系人文件权限、HEAD
    #[arg(long, conflicts_with = "explain")]
    repair: bool,
    #[command(flatten)]
    output: Output,
}

impl Check {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self.explain.as_deref() {
            Some("") => self.output.print(session, &[catalogue(session.ui.lang())]),
            Some(name) => explain(session, name),
            None => {
                if self.repair {
                    repair(session)?;
                }
                self.findings(session)
            }
        }
    }

    fn findings(&self, session: &Session<'_>) -> Result<(), Failure> {
        let mut loaded = Loaded::any(session)?;
        session.lang(loaded.records());
        let mut found = std::mem::take(&mut loaded.snapshot.findings);
        found.extend(check::warnings(loaded.records(), session.environment.today));
        found.extend(seal::damaged(&loaded));
        found.extend(seal::closed_another_day(&loaded));
        if !found.iter().any(Finding::is_error) {
            found.extend(expect::unmet(&session.view(loaded.records())).iter().map(Unmet::finding));
        }
        found.extend(loaded.store.inspect(&session.environment.now)?);
        let found = capped(found);
        let fails = found.iter().any(Finding::is_error);
        let traced = loaded.traced(found);
        if self.output.wanted()? != Format::Table {
            self.output.print(session, &[findings_table(&traced, session.ui.lang())])?;
        } else if traced.is_empty() {
            session.ui.say(&text!(
                "no findings in {folder}",
                "{folder} 中没有发现问题",
                folder = loaded.store.root().display()
            ));
        } else {
            let text = render::finding::findings(&traced, &session.ui.screen());
            let summary = render::finding::summary(&traced, session.ui.lang());
            self.output.deliver(session, format!("{text}\n{summary}\n").as_bytes(), Access::Shared)?;
        }
        if fails { Err(Failure::Found) } else { Ok(()) }
    }
}

fn repair(session: &Session<'_>) -> Result<(), Failure> {
    let store = session.store()?;
    let (writer, is_rebuilt) =
        Writer::repairing(&store, &session.lock_options(&|text| session.ui.say(text)))?;
    if is_rebuilt {
        session.ui.say(&text!("rebuilt `.kunpeng/HEAD` from history", "已根据变更记录重建 .kunpeng/HEAD"));
    }
    tell(session, &writer);
    for line in writer.repair()? {
        session.ui.say(&line);
    }
    Ok(())
}

fn findings_table(traced: &[Traced], lang: Lang) -> Table {
    let mut table = Table::new("findings", lang.pick("Findings", "检查结果"), lang, "")
        .column("severity", lang.pick("Severity", "级别"), Kind::Coded)
        .column("rule", lang.pick("Rule", "规则"), Kind::Id)
        .column("message", lang.pick("Message", "问题"), Kind::Text)
        .column("file", lang.pick("File", "文件"), Kind::Text)
        .column("line", lang.pick("Line", "行"), Kind::Count)
        .column("column", lang.pick("Column", "列"), Kind::Count)
        .column("help", lang.pick("Help", "办法"), Kind::Text);
    for (finding, places) in traced {
        let place = places.first().and_then(Option::as_ref);
        let position = place.and_then(|place| place.position);
        table.row(vec![
            severity(finding.rule.severity, lang),
            Cell::Text(finding.rule.name.to_owned()),
            Cell::Text(finding.message.of(lang).to_owned()),
            Cell::text(place.map(|place| &place.file)),
            position.map_or(Cell::Missing, |(line, _)| Cell::count(line)),
            position.map_or(Cell::Missing, |(_, column)| Cell::count(column)),
            Cell::text(finding.help.as_ref().map(|help| help.of(lang))),
        ]);
    }
    table
}

fn catalogue(lang: Lang) -> Table {
    let mut table = Table::new("rules", lang.pick("Rules", "规则"), lang, "")
        .column("rule", lang.pick("Rule", "规则"), Kind::Id)
        .column("severity", lang.pick("Severity", "级别"), Kind::Coded)
        .column("asks", lang.pick("Asks that", "要求"), Kind::Text);
    for rule in rule::ALL {
        table.row(vec![
            Cell::Text(rule.name.to_owned()),
            severity(rule.severity, lang),
            Cell::Text(rule.asks.of(lang).to_owned()),
        ]);
    }
    table
}

fn severity(severity: Severity, lang: Lang) -> Cell {
    Cell::coded(severity.id(), severity.label(lang))
}

fn explain(session: &Session<'_>, name: &str) -> Result<(), Failure> {
    let Some(rule) = rule::named(name) else {
        let names: Vec<&str> = rule::ALL.iter().map(|rule| rule.name).collect();
        let help = did_you_mean(name, names).map_or_else(
            || text!("`kunpeng check --explain` lists them all", "kunpeng check --explain 可列出全部规则"),
            Into::into,
        );
        return Err(Failure::undone(text!("no rule is called `{name}`", "没有名为“{name}”的规则"), help));
    };
    let lang = session.ui.lang();
    let (name, severity, asks, why) =
        (rule.name, rule.severity.label(lang), rule.asks.of(lang), rule.why.of(lang));
    let text = lang.pick(
        format!("{name} ({severity})\n\nAsks that {asks}.\n\n{why}\n"),
        format!("{name}（{severity}）\n\n要求：{asks}。\n\n{why}\n"),
    );
    session.ui.result(text.as_bytes())
}
