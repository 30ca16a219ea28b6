//! What was printed when an edition was closed: `sealed/ID.json`, with its own checksum as the last line.

use std::io::ErrorKind;

use serde_json::Value as Json;

use super::digest::digest;
use super::disk::read_record;
use super::document;
use super::image::{FileChange, Image};
use super::{Store, StoreError, failed};
use crate::model::id::EditionId;
use crate::model::programme::Form;
use crate::model::value::Value;
use crate::text;

/// The folder of seals.
const FOLDER: &str = "sealed";

/// The format of seals this version writes.
const FORMAT: u64 = 1;

/// Where the seal of an edition lies.
pub fn path_of(edition: &EditionId) -> String {
    format!("{FOLDER}/{edition}.json")
}

/// The checksum of a record, whatever the form and the comments of its file.
pub fn sum_of(record: &Value) -> String {
    digest(document::write(Form::Json, record).as_bytes())
}

/// The text of a seal.
fn sealed(what: &Json) -> String {
    let mut body = what.clone();
    body["format"] = FORMAT.into();
    let body = serde_json::to_string_pretty(&body).unwrap_or_default();
    let body = body.trim_end_matches(['}', '\n']).to_owned() + ",\n";
    let sum = digest(body.as_bytes());
    body + &tail(&sum)
}

fn tail(sum: &str) -> String {
    format!("  \"sha256\": \"{sum}\"\n}}\n")
}

/// What was sealed, if not a byte is another one.
fn unsealed(text: &str) -> Option<Json> {
    let start = text.rfind("  \"sha256\": \"")?;
    let (body, end) = text.split_at(start);
    (end == tail(&digest(body.as_bytes()))).then(|| serde_json::from_str(text).ok()).flatten()
}

impl Store {
    /// What was sealed when an edition was closed; none if nothing was.
    pub fn seal(&self, edition: &EditionId) -> Result<Option<Json>, StoreError> {
        let path = path_of(edition);
        let whole = self.root().join(&path);
        let text = match read_record(&whole) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(failed("read", &whole))?,
        };
        let broken = |what| StoreError::Damaged { path: path.clone(), what };
        let seal = std::str::from_utf8(&text)
            .ok()
            .and_then(unsealed)
            .ok_or_else(|| broken(text!("it is not as it was written", "其内容与写入时不同")))?;
        if seal.get("format").and_then(Json::as_u64) == Some(FORMAT) {
            Ok(Some(seal))
        } else {
            Err(broken(text!("a newer version of kunpeng wrote it", "它由更新的版本写入")))
        }
    }

    /// The file that seals an edition, in the place of what may lie there.
    pub fn sealing(&self, edition: &EditionId, what: &Json) -> FileChange {
        FileChange::new(path_of(edition), self.seal_image(edition), Image::text(sealed(what)))
    }

    /// The files that put a seal aside, under the number of the change it was of.
    pub fn unsealing(&self, edition: &EditionId, change: u64) -> Vec<FileChange> {
        let seal = self.seal_image(edition);
        if seal == Image::Absent {
            return Vec::new();
        }
        let aside = format!("{FOLDER}/{edition}.reopened-{change}.json");
        vec![
            FileChange::new(path_of(edition), seal.clone(), Image::Absent),
            FileChange::new(aside, Image::Absent, seal),
        ]
    }

    fn seal_image(&self, edition: &EditionId) -> Image {
        Image::of(read_record(&self.root().join(path_of(edition))).ok())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_seal_with_one_byte_changed_or_cut_short_is_none() {
        let text = sealed(&json!({ "edition": "2", "tables": { "en": [] } }));
        assert_eq!(unsealed(&text).unwrap()["edition"], "2");
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(std::str::from_utf8(&bytes).ok().and_then(unsealed).is_none(), "{at}");
            assert!(unsealed(&text[..at]).is_none(), "{at}");
        }
    }
}
