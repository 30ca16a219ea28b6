//! What is kept from those who read what is handed over: `--redact`.

use clap::Args;

use super::session::Session;
use crate::report::View;
use crate::report::redact::Redaction;
use crate::report::table::Table;
use crate::text;

/// Options of commands whose tables are shown to others.
#[derive(Debug, Clone, Default, Args)]
pub struct Disclosure {
    /// Put labels in place of the names, codes and ids of enterprises: the same label for the same enterprise in every
    /// table, today and next year ‖ 以代号代替企业的名称、代码和 id：同一企业在各表、各次输出中代号不变
    #[arg(long, conflicts_with = "why")]
    pub redact: bool,
}

impl Disclosure {
    /// The tables without what is to be kept.
    pub fn applied(&self, session: &Session<'_>, view: &View<'_>, tables: Vec<Table>) -> Vec<Table> {
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
