//! Tables and findings, turned into bytes. Knows tables, not enterprises; touches neither terminal nor files.
//!
//! One module a format: [`text`] for terminals, [`csv`] (and tsv), [`json`], [`md`], [`html`], [`xlsx`],
//! [`docx`]; [`finding`] prints findings, [`argument`] what is wrong with a part of the command line.
//! What formats for eyes share stands in [`cell`] (a cell as people read it), [`number`] (grouping, rounding,
//! units) and [`sanitise`] (nothing that is printed may steer a terminal); [`wrap`] and `layout` fit text
//! and columns to a width. Figures are rounded here and nowhere else.

pub mod argument;
pub mod bars;
pub mod cell;
mod color;
pub mod csv;
pub mod docx;
mod excerpt;
pub mod files;
pub mod finding;
pub mod html;
pub mod json;
mod layout;
pub mod md;
pub mod number;
pub mod picture;
#[cfg(test)]
mod sample;
pub mod sanitise;
pub mod svg;
pub mod text;
pub mod wrap;
pub mod xlsx;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::report::document::Document;
pub use crate::report::table::Page;
use crate::text;

/// A format that tables are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned text, for a terminal.
    Table,
    /// Values separated by commas, as spreadsheets open them.
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// Exact values and ids, for programs.
    Json,
    /// Markdown.
    Md,
    /// A page of its own.
    Html,
    /// A workbook.
    Xlsx,
    /// A document to go on writing in.
    Docx,
    /// An archive of csv, a file a table.
    Zip,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Md,
        Self::Html,
        Self::Xlsx,
        Self::Docx,
        Self::Zip,
    ];

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Md => "md",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Zip => "zip",
        }
    }

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Table => ".txt",
            Self::Csv => ".csv",
            Self::Tsv => ".tsv",
            Self::Json => ".json",
            Self::Md => ".md",
            Self::Html => ".html",
            Self::Xlsx => ".xlsx",
            Self::Docx => ".docx",
            Self::Zip => ".zip",
        }
    }

    /// Whether it is text, which a terminal can show.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx | Self::Docx | Self::Zip)
    }

    /// The format a file's ending asks for, whatever its case.
    pub fn from_path(path: &Path) -> Result<Self, Text> {
        let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
        Self::ALL
            .into_iter()
            .find(|format| ending.as_ref().is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending())))
            .ok_or_else(|| {
                let (path, known) = (path.display(), Self::known(Self::ending));
                text!(
                    "the ending of `{path}` names no format; known are {known}",
                    "无法由“{path}”的扩展名判断格式；可用的有 {known}"
                )
            })
    }

    fn known(word: fn(Self) -> &'static str) -> String {
        Self::ALL.map(word).join(", ")
    }
}

impl FromStr for Format {
    type Err = Text;

    fn from_str(name: &str) -> Result<Self, Text> {
        Self::ALL.into_iter().find(|format| format.id() == name).ok_or_else(|| {
            let known = Self::known(Self::id);
            text!("`{name}` is not a format; known are {known}", "没有“{name}”这种格式；可用的有 {known}")
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What output is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// The columns of the terminal; none where output is piped, and nothing is shortened then.
    pub width: Option<usize>,
    /// Whether escape sequences may set words off.
    pub color: bool,
    /// The language of what the tables do not say themselves.
    pub lang: Lang,
}

/// Writes a document in a format; gives the labels of the columns in which something was cut short to fit the width. Only
/// [`Format::Table`] looks at `look`.
pub fn write(
    document: &Document<'_>,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let (pages, basis) = (document.pages(), document.basis_lines());
    match format {
        Format::Table => {
            let parts: Vec<_> = document.parts().cloned().collect();
            return text::write(&parts, &basis, screen, out);
        }
        Format::Csv => csv::write(&pages, &basis, csv::Separator::Comma, out)?,
        Format::Tsv => csv::write(&pages, &basis, csv::Separator::Tab, out)?,
        Format::Json => json::write(document, out)?,
        Format::Md => md::write(document, out)?,
        Format::Html => html::write(document, out)?,
        Format::Xlsx => xlsx::write(document, out)?,
        Format::Docx => docx::write(document, out)?,
        Format::Zip => files::write(document, out)?,
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use rust_decimal::Decimal;

    use super::*;
    use crate::report::table::{Cell, Kind, Table};

    #[test]
    fn a_format_is_named_or_found_by_the_ending_of_a_file() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
            assert_eq!(Format::from_path(Path::new(&format!("out{}", format.ending()))), Ok(format));
        }
        assert_eq!(Format::from_path(Path::new("汇总.CSV")), Ok(Format::Csv));
    }

    #[test]
    fn an_unknown_format_is_answered_with_those_that_are_known() {
        let named = "yaml".parse::<Format>().unwrap_err();
        assert_eq!(
            named.to_string(),
            "`yaml` is not a format; known are table, csv, tsv, json, md, html, xlsx, docx, zip"
        );
        let ended = Format::from_path(Path::new("out.pdf")).unwrap_err();
        let message = "the ending of `out.pdf` names no format; known are .txt, .csv, .tsv, .json, .md, .html, .xlsx, .docx, .zip";
        assert_eq!(ended.to_string(), message);
        assert!(Format::from_path(Path::new("csv")).is_err());
    }

    /// The cells of a line, without separators of thousands and emphasis.
    fn cells(line: &str, gap: &str) -> Vec<String> {
        let cells = line.trim_matches('|').split(gap).map(|cell| cell.trim().replace([',', '*'], ""));
        cells.filter(|cell| !cell.is_empty()).collect()
    }

    fn lines(table: &Table, format: Format) -> Vec<String> {
        let day = "2024-03-01".parse().unwrap();
        let write = |pages: &[Page<'_>], out: &mut dyn Write| {
            super::write(&Document::of(pages, day, Lang::En), format, &Screen::default(), out)
        };
        sample::written(std::slice::from_ref(table), write).lines().map(str::to_owned).collect()
    }

    /// A table of more rows, columns, letters and signs than anybody should hand over, with a chart.
    fn odd(lang: Lang) -> Table {
        let mut table = Table::new("growth", "Growth <&> \"'\u{7}", lang, "CNY")
            .column("no", "No", Kind::Count)
            .column("enterprise", "Enterprise", Kind::Name)
            .column("growth", "Growth", Kind::Rate);
        for at in 0..15 {
            table = table.column(format!("more{at}"), format!("More & more {at}"), Kind::Text);
        }
        let wide = "名称很长的企业".repeat(9);
        let names =
            ["=1+1", "+cmd|' /C calc'!A0", "<b>&amp;</b> ]]>", "a\u{0}\u{b}\u{1b}[31m\u{202e}b", &wide];
        for at in 0..5_000_i64 {
            let name = format!("{}·{at}", names[usize::try_from(at % 5).unwrap()]);
            let mut row = vec![Cell::Count(at), Cell::Text(name), Cell::Rate(Decimal::new(at % 7 - 4, 1))];
            row.extend((0..15).map(|_| Cell::Text("x".to_owned())));
            table.row(row);
        }
        table
    }

    /// The texts of an archive; XML must be well-formed.
    fn texts(bytes: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let mut all = String::new();
        for at in 0..archive.len() {
            let mut text = String::new();
            if archive.by_index(at).unwrap().read_to_string(&mut text).is_ok() {
                let mut reader = quick_xml::Reader::from_str(&text);
                let mut is_open = text.starts_with("<?xml");
                while is_open {
                    is_open = reader.read_event().unwrap() != quick_xml::events::Event::Eof;
                }
                all += &text;
            }
        }
        all
    }

    #[test]
    fn nothing_is_lost_of_what_is_long_wide_and_odd() {
        let (table, day) = (odd(Lang::Zh), "2024-03-01".parse().unwrap());
        let document = Document::of(&[Page::of(&table)], day, Lang::Zh);
        assert_eq!(document.parts().map(|part| part.charts.len()).sum::<usize>(), 1);
        for format in Format::ALL {
            let mut bytes = Vec::new();
            write(&document, format, &Screen::default(), &mut bytes).unwrap();
            let text = if format.is_text() { String::from_utf8(bytes).unwrap() } else { texts(&bytes) };
            // Values are exact for programs, which read csv.
            let is_exact = matches!(format, Format::Csv | Format::Tsv | Format::Zip);
            let control = |c: &char| c.is_control() && !"\n\r\t".contains(*c) || *c == '\u{202e}';
            assert_eq!(text.chars().find(control).filter(|_| !is_exact), None, "{format}");
            let mut rest = text.as_str();
            for at in 0..5_000 {
                let found = rest.find(&format!("·{at}"));
                assert!(found.is_some(), "{format} has no row {at}");
                rest = &rest[found.unwrap()..];
            }
        }
    }

    #[test]
    fn every_format_gives_the_same_figures() {
        let table = sample::by_industry(Lang::En);
        let [aligned, csv, tsv, json, md] =
            [Format::Table, Format::Csv, Format::Tsv, Format::Json, Format::Md]
                .map(|format| lines(&table, format));
        let json: serde_json::Value = serde_json::from_str(&json.join("\n")).unwrap();
        for (at, row) in json["tables"][0]["rows"].as_array().unwrap().iter().enumerate() {
            let text = cells(&aligned[3 + at], "  ");
            let fields: Vec<&str> = csv[1 + at].split(',').collect();
            assert_eq!(text, cells(&md[4 + at], " | "));
            assert_eq!(fields, tsv[1 + at].split('\t').collect::<Vec<_>>());
            assert_eq!(text[1], fields[1]);
            assert!(text[2].ends_with(&format!("({}/{})", fields[3], fields[4])), "{text:?}");
            assert_eq!(text[3].replace('–', ""), fields[5]);
            assert_eq!(row["enterprises"].to_string(), fields[1]);
            assert_eq!(row["share"]["value"].to_string(), fields[2]);
            assert_eq!(row["revenue"].to_string().replace("null", ""), fields[5]);
        }
    }
}
