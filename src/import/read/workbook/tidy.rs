//! Workbooks that spreadsheet programs open and the reader of workbooks does not: XML in UTF-16, XML that is indented.
//! They are written anew, in memory, before they are read.

use std::io::{self, BufReader, Cursor, Read, Write};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use quick_xml::events::Event as Xml;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The archive with its XML in UTF-8; nothing where it is so already.
pub fn in_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let is_xml = |name: &str| {
        let ending = name.rsplit('.').next().unwrap_or_default();
        ["xml", "rels"].iter().any(|it| ending.eq_ignore_ascii_case(it))
    };
    let wide: Vec<(usize, &'static Encoding)> = (0..archive.len())
        .filter_map(|index| {
            let mut file = archive.by_index(index).ok()?;
            if !is_xml(&file.name().ok()?) {
                return None;
            }
            let mut start = [0; 4];
            file.read_exact(&mut start).ok()?;
            Some((index, wide(start)?))
        })
        .collect();
    if wide.is_empty() {
        return None;
    }
    rewritten(&mut archive, |index, text| {
        let Some((_, encoding)) = wide.iter().find(|(it, _)| *it == index) else { return Ok(None) };
        let text = encoding.decode_with_bom_removal(&text()?).0.into_owned();
        let (head, body) = text.split_at(text.find('>').unwrap_or(0));
        let head = head.replace("UTF-16LE", "UTF-8").replace("UTF-16", "UTF-8").replace("utf-16", "UTF-8");
        Ok(Some(format!("{head}{body}").into_bytes()))
    })
    .ok()
}

/// The encoding of XML that begins so, if it is UTF-16.
fn wide(start: [u8; 4]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] | [b'<', 0, _, 0] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', 0, _] => Some(UTF_16BE),
        _ => None,
    }
}

/// An `.ods` without the white space between the elements of its contents.
pub fn without_indents(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let contents = archive.index_for_name("content.xml")?;
    rewritten(&mut archive, |index, text| {
        if index != contents {
            return Ok(None);
        }
        unindented(&text()?).map(Some)
    })
    .ok()
}

/// XML without white space outside paragraphs.
fn unindented(text: &[u8]) -> io::Result<Vec<u8>> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(text));
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(text.len()));
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(io::Error::other)?;
        match &event {
            Xml::Eof => return Ok(writer.into_inner()),
            Xml::Start(tag) if matches!(tag.local_name().as_ref(), "p" | "h") => depth += 1,
            Xml::End(tag) if matches!(tag.local_name().as_ref(), "p" | "h") => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        let is_indent = depth == 0 && matches!(&event, Xml::Text(text) if text.trim_ascii().is_empty());
        if !is_indent {
            writer.write_event(event)?;
        }
        buffer.clear();
    }
}

/// What is in a part of an archive.
type Part<'p> = &'p mut dyn FnMut() -> io::Result<Vec<u8>>;

/// An archive with the parts that `change` gives in place of its own.
fn rewritten(
    archive: &mut Archive<'_>,
    change: impl Fn(usize, Part<'_>) -> io::Result<Option<Vec<u8>>>,
) -> io::Result<Vec<u8>> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut text = || {
            let file = archive.by_index(index).map_err(io::Error::other)?;
            let size = file.size();
            let mut text = Vec::new();
            file.take(size).read_to_end(&mut text)?;
            Ok(text)
        };
        let changed = change(index, &mut text)?;
        let file = archive.by_index_raw(index).map_err(io::Error::other)?;
        match changed {
            Some(text) => {
                let name = file.name().map_err(io::Error::other)?.into_owned();
                to.start_file(name, options).map_err(io::Error::other)?;
                to.write_all(&text)?;
            }
            None => to.raw_copy_file(file).map_err(io::Error::other)?,
        }
    }
    Ok(to.finish().map_err(io::Error::other)?.into_inner())
}
