//! What a name in a question means: a column of the table, else a field of the enterprise a row is about.

use super::field::{self, Field};
use super::nature::Nature;
use crate::model::lang::Lang;
use crate::model::name::NameKey;
use crate::model::nearest::did_you_mean;
use crate::model::rule;
use crate::model::shape::Misread;
use crate::report::label;
use crate::report::table::{Cell, Table};
use crate::report::view::View;
use crate::text;

/// What is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Target<'r> {
    /// A column, by its place.
    Column(usize),
    /// A field of the enterprise.
    Field(Field<'r>),
}

impl<'r> Target<'r> {
    /// What a condition is about. An enterprise is known by any of its names, whichever one a row shows.
    pub fn tested(view: &View<'r>, table: &Table, text: &str) -> Result<Self, Misread> {
        match column(table, text) {
            Some(at) if table.columns[at].id == "name" && enterprise_column(table).is_some() => {
                Ok(Self::Field(Field::Plain("name")))
            }
            Some(at) => Ok(Self::Column(at)),
            None => field(view, table, text).map(Self::Field),
        }
    }

    /// What each row has a value of.
    pub fn shown(view: &View<'r>, table: &Table, text: &str) -> Result<Self, Misread> {
        if let Some(at) = column(table, text) {
            return Ok(Self::Column(at));
        }
        let found = field(view, table, text)?;
        if enterprise_column(table).is_some() {
            return Ok(Self::Field(found));
        }
        let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
        let (en, zh) = (columns.join(", "), columns.join("、"));
        let message = text!(
            "`{text}` is a field of enterprises, and the rows are not about one each",
            "“{text}”是企业的字段，而此表每行并非一家企业"
        );
        Err(Misread::new(&rule::UNKNOWN_KEY, message).help(text!("the columns are {en}", "可选的列：{zh}")))
    }

    /// What it holds.
    pub fn nature(&self, view: &View<'r>, table: &Table) -> Nature<'r> {
        match self {
            Self::Column(at) => Nature::of_column(view, table, &table.columns[*at]),
            Self::Field(field) => field.nature(view),
        }
    }
}

/// The place of the column a text means: by its id or its label, in either language.
fn column(table: &Table, text: &str) -> Option<usize> {
    let key = NameKey::of(text);
    let by_id = table.columns.iter().position(|column| column.id == text);
    by_id.or_else(|| {
        table.columns.iter().position(|column| {
            let labels = Lang::ALL.map(|lang| label::column(&table.id, &column.id, lang));
            labels.iter().copied().chain([column.label.as_str()]).any(|label| NameKey::of(label) == key)
        })
    })
}

fn field<'r>(view: &View<'r>, table: &Table, text: &str) -> Result<Field<'r>, Misread> {
    Field::parse(view, text).map_err(|misread| {
        if misread.rule != &rule::UNKNOWN_KEY || misread.help.is_some() {
            return misread;
        }
        let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
        let labels = table.columns.iter().map(|column| column.label.as_str());
        let fields = field::known(view);
        let known = columns.iter().copied().chain(labels).chain(fields.iter().map(String::as_str));
        let (en, zh) = (columns.join(", "), columns.join("、"));
        let help = did_you_mean(text, known).unwrap_or_else(|| {
            text!(
                "the columns are {en}; of enterprises also size, revenue, growth.revenue, holds TITLE, attended ASPECT, last activity …",
                "可用的列：{zh}；企业字段另有 size、revenue、growth.revenue、holds 资质、attended 内容、last activity 等"
            )
        });
        misread.help(help)
    })
}

/// The place of the column that names the enterprise of a row.
fn enterprise_column(table: &Table) -> Option<usize> {
    let is_it = |id: &str| id == "enterprise" || (id == "id" && table.id == "enterprises");
    table.columns.iter().position(|column| is_it(&column.id))
}

/// The id of the enterprise a row is about.
pub fn enterprise_of<'c>(table: &Table, row: &'c [Cell]) -> Option<&'c str> {
    match row.get(enterprise_column(table)?)? {
        Cell::Text(id) | Cell::Coded { id, .. } => Some(id),
        _ => None,
    }
}
