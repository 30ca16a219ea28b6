//! What is kept from those who read what is handed over: `--redact`, `--suppress-below`.

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::render::Format;
use crate::report::View;
use crate::report::counted::Counted;
use crate::report::redact::Redaction;
use crate::report::suppress::Suppression;
use crate::report::table::Table;
use crate::text;

/// Options of commands whose tables are shown to others.
#[derive(Debug, Clone, Default, Args)]
pub struct Disclosure {
    /// Put labels in place of the names, codes and ids of enterprises: the same label for the same enterprise in every
    /// table, today and next year ‖ 以代号代替企业的名称、代码和 id：同一企业在各表、各次输出中代号不变
    #[arg(long, conflicts_with = "why")]
    pub redact: bool,
    /// Withhold figures that rest on fewer than N enterprises, and those from which such a figure could be worked out;
    /// rows of single enterprises and notes with figures are not shown
    /// ‖ 隐去所涉企业不足 N 家的数，以及可据以推算出这样的数的其他数；逐家企业的行和含数字的附注不列出
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..), conflicts_with = "why")]
    pub suppress_below: Option<u16>,
    /// Leave out of an html page the records that its figures are made of; they are never in one whose names are
    /// redacted or whose figures are withheld
    /// ‖ html 页面中不附各数的追溯记录；隐去企业名称或数字的页面一律不附
    #[arg(long)]
    pub without_reasons: bool,
}

impl Disclosure {
    /// Whether what is printed carries the reasons of its figures.
    pub fn tells_reasons(&self, output: &Output) -> Result<bool, Failure> {
        let is_kept = self.without_reasons || self.redact || self.suppress_below.is_some();
        Ok(!is_kept && output.columns.is_empty() && output.wanted()? == Format::Html)
    }

    /// The tables without what is to be kept; `counted` makes them again, with what their figures are made of.
    pub fn applied<'r>(
        &self,
        session: &Session<'_>,
        view: &View<'r>,
        tables: Vec<Table>,
        counted: impl FnOnce() -> Vec<Counted<'r>>,
    ) -> Vec<Table> {
        let tables = match self.suppress_below {
            Some(least) => Suppression::of(&counted(), usize::from(least)).applied(tables),
            None => tables,
        };
        if self.redact { self.redacted(session, view, tables) } else { tables }
    }

    /// The tables with labels for names.
    pub fn redacted(&self, session: &Session<'_>, view: &View<'_>, tables: Vec<Table>) -> Vec<Table> {
        if !self.redact {
            return tables;
        }
        if view.records.programme.redaction_key.is_none() {
            session.ui.say(&text!(
                "who knows all ids can find out whose label is whose by trying; a `redaction_key` of your own in `programme.toml` prevents that",
                "知道全部企业 id 的人可以逐个试出代号；在 programme.toml 中设一个自定的 redaction_key 即可避免"
            ));
        }
        Redaction::of(view).redacted(tables)
    }
}
