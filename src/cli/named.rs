//! What a command line names: a record of a kind, an edition, enterprises.

use super::failure::Failure;
use crate::model::finding::RecordRef;
use crate::model::id::{EditionId, EnterpriseId};
use crate::model::kind::Kind;
use crate::model::records::Records;

/// The record of a kind.
pub fn record_named(records: &Records, kind: Kind, text: &str) -> Result<RecordRef, Failure> {
    Ok(RecordRef::new(kind, records.resolve(kind, text)?))
}

/// The edition.
pub fn edition_named(records: &Records, text: &str) -> Result<EditionId, Failure> {
    let id = records.resolve(Kind::Edition, text)?;
    id.parse().map_err(|misread| Failure::argument(misread, text))
}

/// The enterprises.
pub fn enterprises_named(records: &Records, texts: &[String]) -> Result<Vec<EnterpriseId>, Failure> {
    texts.iter().map(|text| Ok(records.resolve_enterprise(text)?.0.clone())).collect()
}
