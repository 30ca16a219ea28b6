//! Any texts as the parts of a workbook that say what it hides: its sheets, their places, the first sheet.
#![no_main]

use std::io::{Cursor, Write};

use kunpeng::import::read::format::FileFormat;
use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::workbook::archive;
use zip::write::SimpleFileOptions;

const PARTS: [&str; 3] = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"];

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(text.splitn(PARTS.len(), "\n---\n")) {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert_eq!(FileFormat::of(&bytes).ok(), Some(FileFormat::Xlsx));
    assert!(archive::look(&bytes, &Limits::default()).is_ok());
    for part in archive::parts(&bytes) {
        archive::layout(&bytes, &part, &mut |_| true);
    }
});
