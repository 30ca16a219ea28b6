//! What a question is asked of: the records, the language of the answer, and the day it is asked.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::label;
use super::table::{Cell, Column, Kind as Holds, Table};
use crate::model::edition::Edition;
use crate::model::enterprise::Enterprise;
use crate::model::id::{EditionId, EnterpriseId};
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::name::Name;
use crate::model::records::Records;
use crate::model::word::{Metric, MetricKind};
use crate::text;

/// The records as they are seen on one day in one language.
#[derive(Debug, Clone, Copy)]
pub struct View<'r> {
    /// The records.
    pub records: &'r Records,
    /// The language of labels and notes.
    pub lang: Lang,
    /// The day that counts as today.
    pub today: NaiveDate,
}

/// Tables that count no records.
const UNCOUNTED: [&str; 5] = ["change", "log", "log-of", "import", "merge"];

impl<'r> View<'r> {
    /// An empty table with its title and the labels of its columns.
    pub fn table(&self, id: &str, columns: &[(&str, Holds)]) -> Table {
        let title = label::title(id, self.lang);
        let mut table = Table::new(id, title, self.lang, &self.records.programme.currency);
        table.columns = columns
            .iter()
            .map(|(column, kind)| Column {
                id: (*column).to_owned(),
                label: label::column(id, column, self.lang).to_owned(),
                kind: *kind,
                unit: (*kind == Holds::Amount).then(|| self.money_unit()),
            })
            .collect();
        if !UNCOUNTED.contains(&id) {
            self.note_left_out(&mut table);
        }
        table
    }

    /// Notes the records that cannot be read, and so are in no count.
    fn note_left_out(&self, table: &mut Table) {
        let broken = &self.records.broken;
        if broken.is_empty() {
            return;
        }
        let named = |lang: Lang| {
            let names = broken
                .iter()
                .map(|record| text!("{record}", "{record}", record = record).of(lang).to_owned());
            names.collect::<Vec<_>>().join(lang.pick(", ", "、"))
        };
        table.note(
            format!("left out, because their files cannot be read: {}", named(Lang::En)),
            format!("以下记录的文件无法读取，未计入：{}", named(Lang::Zh)),
        );
    }

    /// An edition, if it is there.
    pub fn edition(&self, id: &str) -> Option<&'r Edition> {
        self.records.editions.get(id)
    }

    /// How long a title holds, in months, where its certificate does not say.
    pub fn valid_months(&self, title: &str) -> Option<u32> {
        self.records.programme.recognitions.get(title)?.valid_months
    }

    /// The name of a record or word.
    pub fn label(&self, kind: Kind, id: impl AsRef<str>) -> String {
        self.records.label(kind, id.as_ref(), self.lang)
    }

    /// A record or word as a cell.
    pub fn coded(&self, kind: Kind, id: &str) -> Cell {
        Cell::coded(id, self.label(kind, id))
    }

    /// A record or word as a cell, or missing.
    pub fn coded_if(&self, kind: Kind, id: Option<&str>) -> Cell {
        id.map_or(Cell::Missing, |id| self.coded(kind, id))
    }

    /// Several records or words in one cell; missing where there are none.
    pub fn labels<'i>(&self, kind: Kind, ids: impl IntoIterator<Item = &'i str>) -> Cell {
        let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        if ids.is_empty() {
            return Cell::Missing;
        }
        let labels: Vec<String> = ids.iter().map(|id| self.label(kind, id)).collect();
        Cell::Codes { ids, label: self.list(&labels) }
    }

    /// Several texts in one cell; missing where there are none.
    pub fn joined(&self, texts: impl IntoIterator<Item = String>) -> Cell {
        let texts: Vec<String> = texts.into_iter().collect();
        if texts.is_empty() { Cell::Missing } else { Cell::Text(self.list(&texts)) }
    }

    fn list(&self, texts: &[String]) -> String {
        texts.join(self.lang.pick(", ", "、"))
    }

    /// A town as it is written, or by the name the programme's list has for it in this language.
    pub fn town(&self, town: Option<&Name>) -> Cell {
        town.map_or(Cell::Missing, |town| {
            let id = self.records.named(Kind::Town, town.as_str());
            Cell::Text(id.map_or_else(|_| town.to_string(), |id| self.label(Kind::Town, id)))
        })
    }

    /// A name in the language of the view.
    pub fn name(&self, name: &Name, name_en: Option<&Name>) -> Cell {
        Cell::Text(crate::model::word::label(name, name_en, self.lang))
    }

    /// An enterprise as a cell.
    pub fn enterprise(&self, id: &EnterpriseId, enterprise: &Enterprise) -> Cell {
        Cell::coded(id, crate::model::word::label(&enterprise.name, enterprise.name_en.as_ref(), self.lang))
    }

    /// The main unit of money.
    pub fn money_unit(&self) -> String {
        match self.records.programme.currency.as_str() {
            "CNY" => self.lang.pick("yuan", "元").to_owned(),
            other => other.to_owned(),
        }
    }

    /// What an amount in a column of several kinds is called: with its unit, where the amount is printed without.
    pub fn with_unit(&self, label: &str) -> String {
        match (self.lang, self.records.programme.currency.as_str()) {
            (Lang::Zh, "CNY") => label.to_owned(),
            _ => format!("{label} ({})", self.money_unit()),
        }
    }

    /// The unit of a metric.
    pub fn unit(&self, metric: &Metric) -> Option<String> {
        let own = match self.lang {
            Lang::En => metric.unit_en.as_ref().or(metric.unit.as_ref()),
            Lang::Zh => metric.unit.as_ref(),
        };
        match metric.kind {
            MetricKind::Amount => Some(self.money_unit()),
            MetricKind::Count => own.map(ToString::to_string),
        }
    }

    /// The last day that counts for an edition: the day it closed, else today.
    pub fn closing_day(&self, edition: &EditionId) -> NaiveDate {
        self.edition(edition.as_str())
            .and_then(|edition| edition.closed)
            .map_or(self.today, crate::model::date::Date::last)
    }
}

/// A whole number as a count, any other as it is.
pub fn number(number: Decimal) -> Cell {
    match number.to_i64() {
        Some(count) if number.is_integer() => Cell::Count(count),
        _ => Cell::Number(number),
    }
}
