//! What was printed when an edition was closed: `sealed/ID.json`, with its own checksum as the last line.

use std::fs;
use std::io::ErrorKind;

use serde_json::Value as Json;

use super::digest::digest;
use super::disk::read_record;
use super::document;
use super::image::{FileChange, Image};
use super::{Store, StoreError, failed};
use crate::model::id::EditionId;
use crate::model::programme::RecordFormat;
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

/// The checksum of a record, whatever the format and the comments of its file.
pub fn sum_of(record: &Value) -> String {
    digest(document::write(RecordFormat::Json, record).as_bytes())
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

    /// The day an edition was closed on before it was reopened, as the last seal that was put aside says.
    pub fn closed_before(&self, edition: &EditionId) -> Option<String> {
        let prefix = format!("{edition}.reopened-");
        let names = fs::read_dir(self.root().join(FOLDER)).ok()?.filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let number: u64 = name.strip_prefix(&prefix)?.strip_suffix(".json")?.parse().ok()?;
            Some((number, name))
        });
        let (_, last) = names.max()?;
        let text = read_record(&self.root().join(FOLDER).join(last)).ok()?;
        let seal = unsealed(std::str::from_utf8(&text).ok()?)?;
        seal["closed"].as_str().map(str::to_owned)
    }

    /// Every seal there is, those put aside too, as `change` makes it; under another name if its edition has one.
    pub fn resealing(
        &self,
        renamed: Option<(&str, &str)>,
        change: &dyn Fn(&mut Json),
    ) -> Result<Vec<FileChange>, StoreError> {
        let folder = self.root().join(FOLDER);
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let name = entry.map_err(failed("list", &folder))?.file_name();
            let is_seal = |name: &&str| name.strip_suffix(".json").is_some();
            names.extend(name.to_str().filter(is_seal).map(str::to_owned));
        }
        names.sort();
        let mut files = Vec::new();
        for name in names {
            let path = format!("{FOLDER}/{name}");
            let whole = self.root().join(&path);
            let text = read_record(&whole).map_err(failed("read", &whole))?;
            let Ok(text) = String::from_utf8(text) else { continue };
            // What is damaged stays as it is: `check` tells of it.
            let Some(mut seal) = unsealed(&text) else { continue };
            change(&mut seal);
            let to = renamed.and_then(|(old, new)| {
                let rest = name.strip_prefix(old).filter(|rest| is_ending(rest))?;
                Some(format!("{FOLDER}/{new}{rest}"))
            });
            if let Some(object) = seal.as_object_mut() {
                object.shift_remove("sha256");
            }
            let (before, after) = (Image::text(text.clone()), Image::text(sealed(&seal)));
            match to {
                Some(to) => {
                    files.push(FileChange::new(path, before, Image::Absent));
                    files.push(FileChange::new(to, Image::Absent, after));
                }
                None if before != after => files.push(FileChange::new(path, before, after)),
                None => {}
            }
        }
        Ok(files)
    }

    fn seal_image(&self, edition: &EditionId) -> Image {
        Image::of(read_record(&self.root().join(path_of(edition))).ok())
    }
}

/// Whether what follows an edition in the name of a file is all but the edition.
fn is_ending(rest: &str) -> bool {
    let aside = rest.strip_prefix(".reopened-").and_then(|rest| rest.strip_suffix(".json"));
    rest == ".json" || aside.is_some_and(|change| change.bytes().all(|byte| byte.is_ascii_digit()))
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
