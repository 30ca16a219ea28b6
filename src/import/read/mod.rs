//! From the bytes of a file to its sheets.
//!
//! [`format`] tells by the first bytes what a file is; [`decode`] makes text of bytes; [`delimited`], [`json`] and
//! [`workbook`] read the sheets within [`limits`]; [`error`] says why a file cannot be read.

pub mod blank;
pub mod decode;
pub mod delimited;
pub mod error;
pub mod format;
pub mod json;
pub mod limits;
pub mod sheet;
pub mod workbook;

use encoding_rs::Encoding;

use crate::import::read::decode::decode;
use crate::import::read::error::ReadError;
use crate::import::read::format::FileFormat;
use crate::import::read::limits::{Limits, MEGABYTE};
use crate::import::read::sheet::{Sheet, SourceFormat};
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// Which sheets of a workbook are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetChoice {
    /// The one that has something, or all if they are alike.
    Only,
    /// The one of that name, or of that number counted from 1.
    Named(String),
    /// Every one that has something.
    All,
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The encoding, where the user says it.
    pub encoding: Option<&'static Encoding>,
    /// The headers of a file without any.
    pub header: Option<Vec<String>>,
    /// Which sheets.
    pub wanted: SheetChoice,
    /// The limits.
    pub limits: Limits,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { encoding: None, header: None, wanted: SheetChoice::Only, limits: Limits::default() }
    }
}

/// A file that was read, before its tables are looked for.
#[derive(Debug, Default)]
pub struct File {
    /// Its sheets; one where it is text.
    pub sheets: Vec<Sheet>,
    /// How it was read, where that is not the usual way.
    pub taken: Vec<Text>,
}

/// Reads a workbook, here or elsewhere.
pub type ReadWorkbook<'w> = &'w dyn Fn(&[u8], FileFormat) -> Result<Vec<Sheet>, ReadError>;

/// The sheets of a file.
pub fn sheets(
    bytes: &[u8],
    reading: &ReadOptions,
    read_workbook: ReadWorkbook<'_>,
) -> Result<File, ReadError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > reading.limits.bytes {
        let message = text!(
            "has more than {megabytes} MB",
            "超过 {megabytes} MB",
            megabytes = reading.limits.bytes / MEGABYTE
        );
        return Err(ReadError::new(
            &rule::TOO_LARGE,
            message,
            text!("divide it, or allow more with `--max-mb`", "请拆分文件，或用 --max-mb 放宽"),
        ));
    }
    match FileFormat::of(bytes)? {
        FileFormat::Text => text(bytes, reading),
        format => Ok(File { sheets: read_workbook(bytes, format)?, ..File::default() }),
    }
}

fn text(bytes: &[u8], reading: &ReadOptions) -> Result<File, ReadError> {
    let decoded = decode(bytes, reading.encoding)?;
    let start = decoded.text.trim_start();
    let limits = &reading.limits;
    let mut file = File::default();
    if decoded.encoding != encoding_rs::UTF_8 {
        let name = decoded.encoding.name().to_uppercase();
        file.taken.push(text!("read as {name}", "按 {name} 编码读取"));
    }
    let (sheet, source_format) = if is_json_list(start) || json::is_around_rows(&decoded.text) {
        (json::list(&decoded.text, limits)?, SourceFormat::Json)
    } else if start.starts_with('{') {
        let lines = json::lines(&decoded.text, limits);
        (
            lines.or_else(|fault| json::list(&decoded.text, limits).map_err(|_| fault))?,
            SourceFormat::JsonLines,
        )
    } else {
        let separator = delimited::separator_of(&decoded.text);
        match separator {
            b'\t' => file.taken.push(text!("separated by tabs", "以制表符分列")),
            b';' => file.taken.push(text!("separated by `;`", "以分号分列")),
            _ => {}
        }
        let source_format =
            SourceFormat::Separated { encoding: decoded.encoding, has_mark: decoded.has_mark, separator };
        (delimited::read(&decoded.text, separator, limits)?, source_format)
    };
    file.sheets.push(Sheet {
        header: sheet.header.or_else(|| reading.header.clone()),
        source_format,
        ..sheet
    });
    Ok(file)
}

/// `[` begins a list of JSON when an object or the end of the list follows, not a header in brackets.
fn is_json_list(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| {
        rest.trim_start().starts_with(['{', ']', '[', '"'])
            || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    })
}
