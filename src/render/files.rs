//! Several tables as a file each: csv with the notes beside it, in a folder or in one zip archive.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::csv::{self, Separator};
use super::sanitise;
use crate::report::document::Document;
use crate::report::table::Page;

/// A file: its name and its bytes.
pub type File = (String, Vec<u8>);

/// The files of a document: each table in its place, and what it says beside its figures.
pub fn files(document: &Document<'_>, separator: Separator) -> io::Result<Vec<File>> {
    let pages = document.pages();
    let digits = pages.len().to_string().len();
    let ending = if separator == Separator::Comma { "csv" } else { "tsv" };
    let mut files = Vec::new();
    for (number, page) in (1_usize..).zip(&pages) {
        let name = format!("{number:0digits$}-{}", plain(&page.table.id));
        let mut bytes = Vec::new();
        csv::write(std::slice::from_ref(page), &[], separator, &mut bytes)?;
        files.push((format!("{name}.{ending}"), bytes));
        files.push((format!("{name}.txt"), caption(page, document).into_bytes()));
    }
    Ok(files)
}

/// All of them in one archive, whose files have no time, so that the same document gives the same bytes.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files(document, Separator::Comma)? {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    out.write_all(&archive.finish()?.into_inner())
}

/// The title and the notes of a table, and what is said of all tables.
fn caption(page: &Page<'_>, document: &Document<'_>) -> String {
    let basis = document.basis_lines();
    let lines = std::iter::once(&page.table.title).chain(&page.table.notes).chain(&basis);
    lines.flat_map(|line| [sanitise::line(line), "\n".into()]).collect()
}

/// Without what a file's name had better not have.
fn plain(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;
    use crate::render::sample;

    #[test]
    fn each_table_is_a_file_with_its_notes_beside_it() {
        let tables = [sample::by_industry(Lang::Zh), sample::empty(Lang::Zh)];
        let pages = tables.each_ref().map(Page::of);
        let document = Document::of(&pages, "2024-03-01".parse().unwrap(), Lang::Zh);
        let files = files(&document, Separator::Tab).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["1-by-industry.tsv", "1-by-industry.txt", "2-needs.tsv", "2-needs.txt"]);
        assert_eq!(files[1].1, "按行业\n1家企业未填报营业收入\n".as_bytes());
        assert_eq!(files[2].1, "类别\t收到\n".as_bytes());
    }
}
