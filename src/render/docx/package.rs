//! The files of the archive.

use std::io::{self, Cursor, Write};

use askama::Template;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::block::{Block, Blocks};
use super::chart;
use crate::model::lang::Lang;
use crate::render::sanitise;
use crate::report::document::Document;

#[derive(Template)]
#[template(path = "docx/content_types.xml")]
struct ContentTypes {
    charts: Vec<usize>,
}

#[derive(Template)]
#[template(path = "docx/package.rels")]
struct PackageRelations;

#[derive(Template)]
#[template(path = "docx/document.rels")]
struct Relations {
    charts: Vec<usize>,
}

#[derive(Template)]
#[template(path = "docx/core.xml")]
struct Core {
    title: String,
    day: String,
}

#[derive(Template)]
#[template(path = "docx/settings.xml")]
struct Settings;

#[derive(Template)]
#[template(path = "docx/fonts.xml")]
struct Fonts;

#[derive(Template)]
#[template(path = "docx/theme.xml")]
struct Theme;

#[derive(Template)]
#[template(path = "docx/footer.xml")]
struct Footer;

#[derive(Template)]
#[template(path = "docx/numbering.xml")]
struct Numbering {
    is_zh: bool,
}

#[derive(Template)]
#[template(path = "docx/styles.xml")]
struct Styles {
    is_zh: bool,
    /// The size of the text, in half points.
    body: u32,
}

#[derive(Template)]
#[template(path = "docx/document.xml")]
struct Body<'b> {
    blocks: &'b [Block],
    colon: &'static str,
    note: &'static str,
    has_title_page: bool,
    is_landscape: bool,
}

/// The archive of a document.
pub fn package(document: &Document<'_>, whole: &Blocks<'_>) -> io::Result<Vec<u8>> {
    let Blocks { all: blocks, charts, is_landscape } = whole;
    let (lang, numbers) = (document.lang, (1..=charts.len()).collect::<Vec<_>>());
    let is_zh = lang == Lang::Zh;
    let mut archive = Archive(ZipWriter::new(Cursor::new(Vec::new())));
    archive.template("[Content_Types].xml", &ContentTypes { charts: numbers.clone() })?;
    archive.template("_rels/.rels", &PackageRelations)?;
    let title = sanitise::line(&document.title).into_owned();
    archive.template("docProps/core.xml", &Core { title, day: document.day.to_string() })?;
    archive.template("word/styles.xml", &Styles { is_zh, body: lang.pick(22, 28) })?;
    archive.template("word/numbering.xml", &Numbering { is_zh })?;
    archive.template("word/settings.xml", &Settings)?;
    archive.template("word/footer1.xml", &Footer)?;
    archive.template("word/fontTable.xml", &Fonts)?;
    archive.template("word/theme/theme1.xml", &Theme)?;
    archive.template("word/_rels/document.xml.rels", &Relations { charts: numbers })?;
    let body = Body {
        blocks,
        colon: lang.pick(": ", "："),
        note: lang.pick("Note ", "注"),
        has_title_page: !document.facts.is_empty(),
        is_landscape: *is_landscape,
    };
    archive.template("word/document.xml", &body)?;
    for (number, chart) in (1..).zip(charts) {
        archive.template(&format!("word/charts/chart{number}.xml"), &chart::Xml::of(chart))?;
        archive
            .template(&format!("word/charts/_rels/chart{number}.xml.rels"), &chart::Relations { number })?;
        let workbook = chart::workbook(chart, document.day)?;
        archive.file(&format!("word/embeddings/chart{number}.xlsx"), &workbook)?;
    }
    Ok(archive.0.finish()?.into_inner())
}

/// An archive whose files have no time, so that the same document gives the same bytes.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn template(&mut self, name: &str, template: &impl Template) -> io::Result<()> {
        self.file(name, template.render().map_err(io::Error::other)?.as_bytes())
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.0.start_file(name, options)?;
        self.0.write_all(bytes)
    }
}
