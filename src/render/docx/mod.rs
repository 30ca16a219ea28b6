//! A document for Word, WPS and `LibreOffice`: title page, contents, numbered headings, tables with captions and notes,
//! charts the program draws itself from a workbook inside.
//!
//! The package is written from templates: a document is a handful of XML files in a zip archive, and both are
//! at hand. `block` puts the document in order, `chart` draws.

mod block;
mod chart;
mod package;

use std::io::{self, Write};

use crate::report::document::Document;

/// The whole document.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&package::package(document, &block::blocks(document)?)?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::model::lang::Lang;
    use crate::render::sample;
    use crate::report::table::{Cell, Kind, Page, Table};

    fn made(tables: &[Table], lang: Lang) -> Vec<u8> {
        let pages: Vec<Page<'_>> = tables.iter().map(Page::of).collect();
        let mut bytes = Vec::new();
        write(&Document::of(&pages, "2024-03-01".parse().unwrap(), lang), &mut bytes).unwrap();
        bytes
    }

    /// A file of the archive, which must be XML.
    fn file(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        text
    }

    #[test]
    fn a_table_has_a_caption_a_head_that_repeats_a_total_and_notes() {
        let tables = [sample::by_industry(Lang::Zh), sample::empty(Lang::Zh)];
        let bytes = made(&tables, Lang::Zh);
        assert!(bytes == made(&tables, Lang::Zh));
        let body = file(&bytes, "word/document.xml");
        for part in [
            "<w:instrText",
            "SEQ 表 \\* ARABIC",
            "<w:tblHeader/>",
            "97.2 % (1,073/1,104)",
            "合计",
            "注1：1家企业未填报营业收入",
            "暂无数据",
        ] {
            // Without facts there is neither a title page nor a table of contents.
            assert_eq!(body.contains(part), part != "<w:instrText", "{part}");
        }
    }

    #[test]
    fn names_that_try_everything_leave_the_files_well_formed() {
        let mut table = sample::roster(Lang::En);
        table.title = "<&>\"' ]]> \u{0}\u{b}\u{fffe}".to_owned();
        table.rows[0][1] = Cell::Text("<w:p/>&amp;\u{1b}\u{ffff}".to_owned());
        let body = file(&made(&[table], Lang::En), "word/document.xml");
        assert!(body.contains("&#60;w:p/&#62;&#38;amp;␛"), "{body}");
        assert!(!body.contains(['\u{0}', '\u{b}', '\u{1b}', '\u{fffe}', '\u{ffff}']));
    }

    #[test]
    fn five_thousand_rows_are_all_there() {
        let mut table = Table::new("t", "T", Lang::En, "CNY").column("id", "Id", Kind::Id).column(
            "count",
            "Count",
            Kind::Count,
        );
        for at in 0..5_000 {
            table.row(vec![Cell::Text(format!("row-{at}")), Cell::count(at)]);
        }
        let body = file(&made(&[table], Lang::En), "word/document.xml");
        assert_eq!(body.matches(">row-").count(), 5_000);
        assert!(body.contains(">row-4999<"));
    }
}
