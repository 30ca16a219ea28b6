//! The arguments of an import that are more than a word.

use crate::import::columns::date_text::DateOrder;
use crate::import::columns::kind::ImportKind;
use crate::import::columns::names::LEFT_OUT;
use crate::import::plan::options::{EnrolAs, OnConflict};
use crate::model::amount::DecimalMark;
use crate::model::text::Text;
use crate::text;

/// The kinds of tables, for the help and the completions.
pub fn kinds() -> impl clap::builder::TypedValueParser<Value = ImportKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let values = ImportKind::ALL.iter().map(|kind| kind.id());
    PossibleValuesParser::new(values)
        .try_map(|kind| kind.parse::<ImportKind>().map_err(|misread| misread.message))
}

/// A closed list of words as values of an option.
pub trait Words: Copy + Send + Sync + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// The word.
    fn id(self) -> &'static str;
}

impl Words for EnrolAs {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

impl Words for OnConflict {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

impl Words for DateOrder {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

impl Words for DecimalMark {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

/// One word of a closed list.
pub fn choice<T: Words>() -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let values = T::ALL.iter().map(|word| word.id());
    PossibleValuesParser::new(values)
        .try_map(|text| T::ALL.iter().copied().find(|word| word.id() == text).ok_or("not known"))
}

/// What `--map` was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// One header.
    Header(String, String),
    /// A saved map.
    Saved(String),
}

/// `HEADER=FIELD` or `@NAME`.
pub fn parse_map(text: &str) -> Result<Mapped, Text> {
    if let Some(name) = text.strip_prefix('@') {
        return Ok(Mapped::Saved(name.to_owned()));
    }
    text.rsplit_once('=')
        .map(|(header, field)| Mapped::Header(header.to_owned(), field.to_owned()))
        .ok_or_else(|| {
            text!(
                "write HEADER=FIELD, HEADER={LEFT_OUT} to leave the column out, or @NAME",
                "请写成“表头=字段”；“表头={LEFT_OUT}”表示不取该列；“@名称”使用已保存的对应关系"
            )
        })
}

/// `WORD=ID`.
pub fn parse_word(text: &str) -> Result<(String, String), Text> {
    let pair = text.rsplit_once('=').filter(|(word, id)| !word.trim().is_empty() && !id.trim().is_empty());
    pair.map(|(word, id)| (word.to_owned(), id.trim().to_owned())).ok_or_else(|| {
        text!(
            "write WORD=ID, or WORD=- to leave out the rows with it",
            "请写成“词=标识”；“词=-”表示不导入含该词的行"
        )
    })
}

/// `FIELD=VALUE`.
pub fn parse_set(text: &str) -> Result<(String, String), Text> {
    let pair = text.split_once('=').filter(|(field, value)| !field.is_empty() && !value.trim().is_empty());
    pair.map(|(field, value)| (field.to_owned(), value.trim().to_owned()))
        .ok_or_else(|| text!("write FIELD=VALUE", "请写成“字段=值”"))
}
