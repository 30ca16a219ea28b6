//! Tables for slides and papers: enterprises under labels instead of their names, codes and ids.
//!
//! A label is the place of the enterprise among all of the store, so that it is the same in every table made of the
//! same records. Whatever stands between names is kept: who reads a free text may still guess whom it is about.

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
        let enterprises = &view.records.enterprises;
        let digits = enterprises.len().to_string().len().max(3);
        let mut labels = Vec::new();
        for (number, (id, enterprise)) in (1_usize..).zip(enterprises) {
            let label =
                view.lang.pick(format!("Enterprise {number:0digits$}"), format!("企业{number:0digits$}"));
            let former = enterprise.former_names.iter().map(|former| &former.name);
            let names = std::iter::once(&enterprise.name).chain(&enterprise.name_en).chain(former);
            let codes = enterprise.code.iter().chain(&enterprise.former_codes).map(ToString::to_string);
            let all = names.map(ToString::to_string).chain(codes).chain([id.to_string()]);
            labels.extend(all.map(|name| (name, label.clone())));
        }
        labels.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        labels.dedup_by(|(a, _), (b, _)| a == b);
        Self { labels, note: view.lang.pick(
            "redacted: enterprises stand under numbers, the same in every table made of the same records",
            "已隐去企业名称：以编号代替，同一批记录中编号一致",
        )
        .to_owned() }
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
            assert!(text.contains("Enterprise 001") && text.contains("Enterprise 002"), "{text}");
            for name in ["alpha-works", "Alpha Works", "beta"] {
                assert!(!text.contains(name), "{name} is in {text}");
            }
            assert!(redacted.notes.last().unwrap().starts_with("redacted"));
        }
        assert_eq!(
            redaction.text("a visit to 旧名公司 and Alpha Works"),
            "a visit to Enterprise 001 and Enterprise 001"
        );
    }

    #[test]
    fn a_table_without_names_is_as_it_was() {
        let store = Store::rich();
        let table = store.summary("needs");
        assert_eq!(Redaction::of(&store.view()).redacted(vec![table.clone()]), [table]);
    }
}
