//! Tables for slides and papers: enterprises under labels instead of their names, codes and ids.
//!
//! A label is made of the id of the enterprise and the programme's `redaction_key` alone, so it is the same in every
//! table, on every day, and after records were added. Whatever stands between names is kept: who reads a free text
//! may still guess whom it is about.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::table::{Cell, Table};
use super::view::View;

/// What is put in place of a name.
#[derive(Debug)]
pub struct Redaction {
    /// Names, codes and ids with their labels; what contains another comes first.
    labels: Vec<(String, String)>,
    note: String,
}

impl Redaction {
    /// Every enterprise of the records.
    pub fn of(view: &View) -> Self {
        let key = view.records.programme.redaction_key.as_deref().unwrap_or_default();
        let mut taken = BTreeSet::new();
        let mut labels = Vec::new();
        for (id, enterprise) in &view.records.enterprises {
            let sign = free_sign(key, id.as_str(), &mut taken);
            let label = view.lang.pick(format!("Enterprise {sign}"), format!("企业{sign}"));
            let former = enterprise.former_names.iter().map(|former| &former.name);
            let names = std::iter::once(&enterprise.name).chain(&enterprise.name_en).chain(former);
            let codes = enterprise.code.iter().chain(&enterprise.former_codes).map(ToString::to_string);
            let all = names.map(ToString::to_string).chain(codes).chain([id.to_string()]);
            labels.extend(all.map(|name| (name, label.clone())));
        }
        labels.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        labels.dedup_by(|(a, _), (b, _)| a == b);
        let note = view.lang.pick(
            "redacted: enterprises stand under labels, the same in every table and on every day",
            "已隐去企业名称：以代号代替，各表、各次输出中代号一致",
        );
        Self { labels, note: note.to_owned() }
    }

    /// The tables with labels for names.
    pub fn redacted(&self, tables: Vec<Table>) -> Vec<Table> {
        tables.into_iter().map(|table| self.table(table)).collect()
    }

    fn table(&self, mut table: Table) -> Table {
        let before = table.clone();
        for row in table.rows.iter_mut().chain(&mut table.total) {
            for cell in row {
                self.cell(cell);
            }
        }
        for note in &mut table.notes {
            *note = self.text(note);
        }
        if table != before {
            table.notes.push(self.note.clone());
            reorder(&before, &mut table);
        }
        table
    }

    fn cell(&self, cell: &mut Cell) {
        match cell {
            Cell::Text(text) => *text = self.text(text),
            Cell::Coded { id, label } => {
                *id = self.text(id);
                *label = self.text(label);
            }
            Cell::Codes { ids, label } => {
                for id in ids {
                    *id = self.text(id);
                }
                *label = self.text(label);
            }
            _ => {}
        }
    }

    /// A whole text that is a name becomes its label, and so does every name within one; ids so short that they stand
    /// in words are taken only where they are the whole text.
    fn text(&self, text: &str) -> String {
        if let Some((_, label)) = self.labels.iter().find(|(name, _)| name == text) {
            return label.clone();
        }
        let mut text = text.to_owned();
        for (name, label) in &self.labels {
            let is_telling = name.chars().count() >= SHORTEST || !name.is_ascii();
            if is_telling && text.contains(name.as_str()) {
                text = text.replace(name.as_str(), label);
            }
        }
        text
    }
}

/// A shorter name of Latin letters may be part of a word.
const SHORTEST: usize = 6;

/// The signs of a label: digits and capitals that nobody takes for each other.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The sign of an enterprise; of two that would have the same one, the later takes another.
fn free_sign(key: &str, id: &str, taken: &mut BTreeSet<String>) -> String {
    (0..=u32::MAX)
        .map(|round| sign(key, id, round))
        .find(|sign| taken.insert(sign.clone()))
        .unwrap_or_default()
}

fn sign(key: &str, id: &str, round: u32) -> String {
    let digest = Sha256::digest(format!("{key}\n{id}\n{round}"));
    digest.iter().take(5).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
}

/// Rows that stood in the order of ids stand in the order of labels: their places told the ids' order.
fn reorder(before: &Table, table: &mut Table) {
    let id = |cells: &Vec<Cell>| match cells.first() {
        Some(Cell::Coded { id, .. } | Cell::Text(id)) => Some(id.clone()),
        _ => None,
    };
    let is_redacted = before.rows.iter().zip(&table.rows).any(|(was, is)| id(was) != id(is));
    if is_redacted && before.rows.is_sorted_by_key(id) {
        table.rows.sort_by_key(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Filter;
    use crate::report::fixture::{Store, rows};
    use crate::report::named::{ReportName, report};

    #[test]
    fn no_name_code_or_id_is_left_and_the_labels_are_the_same_in_every_table() {
        let store = Store::closed()
            .member("alpha-works", "name_en = \"Alpha Works\"\nformer_names = [{ name = \"旧名公司\" }]")
            .member("beta", "");
        let view = store.view();
        let redaction = Redaction::of(&view);
        for name in [ReportName::Roster, ReportName::Attendance] {
            let table = report(name, &view, &Filter::edition(&"2".parse().unwrap()));
            let redacted = redaction.redacted(vec![table]).remove(0);
            let text = rows(&redacted).join("\n");
            assert_eq!(text.matches("Enterprise ").count(), redacted.rows.len() * 2, "{text}");
            for name in ["alpha-works", "Alpha Works", "beta"] {
                assert!(!text.contains(name), "{name} is in {text}");
            }
            assert!(redacted.notes.last().unwrap().starts_with("redacted"));
        }
        let alpha = redaction.text("alpha-works");
        assert_eq!(
            redaction.text("a visit to 旧名公司 and Alpha Works"),
            format!("a visit to {alpha} and {alpha}")
        );
    }

    #[test]
    fn a_label_stays_when_records_are_added_and_changes_with_the_key() {
        let store = Store::closed().member("b", "").member("d", "");
        let labels = |store: &Store| {
            let redaction = Redaction::of(&store.view());
            ["b", "d"].map(|id| redaction.text(id))
        };
        let before = labels(&store);
        let store = store.member("a", "").member("c", "");
        assert_eq!(labels(&store), before);
        let mut keyed = store;
        keyed.records.programme.redaction_key = Some("天王盖地虎".to_owned());
        assert_ne!(labels(&keyed), before);
    }

    #[test]
    fn no_two_enterprises_share_a_label_and_rows_do_not_tell_the_order_of_ids() {
        let mut taken = BTreeSet::new();
        taken.insert(sign("", "a", 0));
        assert_eq!(free_sign("", "a", &mut taken), sign("", "a", 1));
        let store = (0..9).fold(Store::closed(), |store, at| store.member(&format!("member-{at}"), ""));
        let table = report(ReportName::Attendance, &store.view(), &Filter::edition(&"2".parse().unwrap()));
        let redacted = Redaction::of(&store.view()).redacted(vec![table]).remove(0);
        assert!(rows(&redacted).is_sorted());
    }

    #[test]
    fn a_table_without_names_is_as_it_was() {
        let store = Store::rich();
        let table = store.summary("needs");
        assert_eq!(Redaction::of(&store.view()).redacted(vec![table.clone()]), [table]);
    }
}
