//! `kunpeng check`

use clap::Args;

use super::failure::{Failure, Traced};
use super::session::{Output, Session};
use crate::model::check;
use crate::model::finding::Finding;
use crate::model::nearest::did_you_mean;
use crate::model::rule::{self, Severity};
use crate::render::{self, Format};
use crate::report::table::{Cell, Kind, Table};
use crate::store::writer::Writer;

/// Look over the whole store and list every finding
///
/// Errors make figures wrong: other commands refuse to go on until they are put right. Warnings ask somebody to
/// look. The exit code is 3 if there are errors.
#[derive(Debug, Args)]
pub struct Check {
    /// Explain a rule instead; without a name, list them all
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
    /// Put right first what needs no guessing: unfinished changes, leftovers, modes of personal data, HEAD
    #[arg(long, conflicts_with = "explain")]
    repair: bool,
    #[command(flatten)]
    output: Output,
}

impl Check {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match self.explain.as_deref() {
            Some("") => session.print(&[catalogue()], &self.output),
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
        let mut loaded = session.load()?;
        let mut found = std::mem::take(&mut loaded.snapshot.findings);
        found.extend(check::warnings(loaded.records(), session.environment.today));
        found.extend(loaded.store.inspect(&session.environment.now)?);
        let fails = found.iter().any(Finding::is_error);
        let traced = loaded.traced(found);
        if self.output.wanted()? != Format::Table {
            session.print(&[findings_table(&traced)], &self.output)?;
        } else if traced.is_empty() {
            session.ui.say(&format!("no findings in {}", loaded.store.root().display()));
        } else {
            let text = render::finding::findings(&traced, &session.ui.look());
            session.deliver(
                format!("{text}\n{}\n", render::finding::summary(&traced)).as_bytes(),
                &self.output,
            )?;
        }
        if fails { Err(Failure::Found) } else { Ok(()) }
    }
}

fn repair(session: &Session<'_>) -> Result<(), Failure> {
    let store = session.store()?;
    let (writer, is_rebuilt) = Writer::repairing(&store, &session.patience(&|text| session.ui.say(text)))?;
    if is_rebuilt {
        session.ui.say("made `.kunpeng/HEAD` anew from history");
    }
    session.tell(&writer);
    for line in writer.repair()? {
        session.ui.say(&line);
    }
    Ok(())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn findings_table(traced: &[Traced]) -> Table {
    let mut table = plain("findings", "Findings")
        .column("severity", "Severity", Kind::Text)
        .column("rule", "Rule", Kind::Id)
        .column("message", "Message", Kind::Text)
        .column("file", "File", Kind::Text)
        .column("line", "Line", Kind::Count)
        .column("column", "Column", Kind::Count)
        .column("help", "Help", Kind::Text);
    for (finding, places) in traced {
        let place = places.first().and_then(Option::as_ref);
        let position = place.and_then(|place| place.position);
        table.row(vec![
            Cell::Text(severity(finding.rule.severity).to_owned()),
            Cell::Text(finding.rule.name.to_owned()),
            Cell::Text(finding.message.to_string()),
            Cell::text(place.map(|place| &place.file)),
            position.map_or(Cell::Missing, |(line, _)| Cell::count(line)),
            position.map_or(Cell::Missing, |(_, column)| Cell::count(column)),
            Cell::text(finding.help.as_ref()),
        ]);
    }
    table
}

fn catalogue() -> Table {
    let mut table = plain("rules", "Rules")
        .column("rule", "Rule", Kind::Id)
        .column("severity", "Severity", Kind::Text)
        .column("asks", "Asks that", Kind::Text);
    for rule in rule::ALL {
        let cells = [rule.name, severity(rule.severity), rule.asks];
        table.row(cells.map(|text| Cell::Text(text.to_owned())).to_vec());
    }
    table
}

fn plain(id: &str, title: &str) -> Table {
    Table::new(id, title, crate::model::lang::Lang::En, "")
}

fn explain(session: &Session<'_>, name: &str) -> Result<(), Failure> {
    let Some(rule) = rule::named(name) else {
        let names: Vec<&str> = rule::ALL.iter().map(|rule| rule.name).collect();
        let help = did_you_mean(name, names)
            .unwrap_or_else(|| "`kunpeng check --explain` lists them all".to_owned());
        return Err(Failure::undone(format!("no rule is called `{name}`"), help));
    };
    let text =
        format!("{} ({})\n\nAsks that {}.\n\n{}\n", rule.name, severity(rule.severity), rule.asks, rule.why);
    session.ui.result(text.as_bytes())
}
