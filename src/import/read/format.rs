//! What a file is, by its first bytes and not by its ending.

use crate::import::read::error::ReadError;
use crate::model::rule;
use crate::model::text::Text;
use crate::text;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// A workbook of Excel since 2007, or WPS: `.xlsx`, `.xlsm`.
    Xlsx,
    /// A workbook of Excel 97 to 2003: `.xls`.
    Xls,
    /// A workbook of the open format: `.ods`.
    Ods,
    /// Text.
    Text,
}

/// Beginnings of files that are no tables, and what they are.
const OTHERS: [(&[u8], &str, &str); 9] = [
    (b"%PDF", "is a PDF document", "是 PDF 文档"),
    (b"{\\rtf", "is an RTF document", "是 RTF 文档"),
    (b"\x1f\x8b", "is a gzip archive", "是 gzip 压缩文件"),
    (b"Rar!", "is a RAR archive", "是 RAR 压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "是 7z 压缩文件"),
    (b"\x89PNG", "is a picture", "是图片"),
    (b"\xff\xd8\xff", "is a picture", "是图片"),
    (b"\x09\x08\x08\0", "is a workbook older than Excel 97", "是早于 Excel 97 的工作簿"),
    (b"\x09\x04\x06\0", "is a workbook older than Excel 97", "是早于 Excel 97 的工作簿"),
];

impl FileFormat {
    /// Looks at the bytes.
    pub fn of(bytes: &[u8]) -> Result<Self, ReadError> {
        let unreadable = |what: Text| ReadError::new(&rule::UNREADABLE_TABLE, what, save_as());
        if let Some((_, en, zh)) = OTHERS.iter().find(|(start, ..)| bytes.starts_with(start)) {
            return Err(unreadable(Text::new(*en, *zh)));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return ole(bytes);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return crate::import::read::workbook::archive::format_of(bytes);
        }
        match markup(bytes) {
            Some(what) => Err(unreadable(what)),
            None => Ok(Self::Text),
        }
    }
}

/// The way out where a spreadsheet program may still open it.
fn save_as() -> Text {
    text!("open it in a spreadsheet program and save it as .xlsx", "请用电子表格软件打开，另存为 .xlsx")
}

/// A compound file: an old workbook, a protected new one, or another document.
fn ole(bytes: &[u8]) -> Result<FileFormat, ReadError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        return Err(protected());
    }
    if has("WordDocument") || has("PowerPoint Document") {
        return Err(ReadError::new(
            &rule::UNREADABLE_TABLE,
            text!("is a document and not a workbook", "是文档，不是工作簿"),
            save_as(),
        ));
    }
    Ok(FileFormat::Xls)
}

/// A workbook behind a password.
pub fn protected() -> ReadError {
    ReadError::new(
        &rule::UNREADABLE_TABLE,
        text!("is protected by a password", "有密码保护"),
        text!("open it, remove the password and save it again", "请打开后取消密码，重新保存"),
    )
}

/// Markup: systems of the web write HTML pages and call them `.xls`.
fn markup(bytes: &[u8]) -> Option<Text> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let head = bytes[start..].iter().take(512).map(u8::to_ascii_lowercase).collect::<Vec<_>>();
    let head = String::from_utf8_lossy(&head).into_owned();
    if !head.starts_with('<') {
        return None;
    }
    let is_page =
        ["<html", "<!doctype html", "<table", "<head", "<meta"].iter().any(|tag| head.contains(tag));
    Some(if is_page {
        text!("is an HTML page and not a workbook", "是网页，不是工作簿")
    } else {
        text!("is an XML document and not a workbook", "是 XML 文档，不是工作簿")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let parsed = |bytes: &[u8]| FileFormat::of(bytes).map_err(|error| error.message.to_string());
        assert_eq!(parsed(b"a,b\n"), Ok(FileFormat::Text));
        assert_eq!(parsed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Ok(FileFormat::Xls));
        assert_eq!(parsed(b" <HTML><table>"), Err("is an HTML page and not a workbook".to_owned()));
        assert_eq!(
            parsed(b"<?xml version=\"1.0\"?>"),
            Err("is an XML document and not a workbook".to_owned())
        );
        assert_eq!(parsed(b"%PDF-1.4"), Err("is a PDF document".to_owned()));
    }
}
