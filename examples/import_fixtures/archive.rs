//! Archives written by hand: an open document, and things that are no workbook or a hostile one.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Part<'p> = (&'p str, String);

fn archive(parts: &[Part<'_>]) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A workbook of one sheet with the given XML inside `worksheet`.
fn workbook(sheet: &str, strings: &str) -> anyhow::Result<Vec<u8>> {
    workbook_with("", sheet, strings)
}

fn workbook_with(properties: &str, sheet: &str, strings: &str) -> anyhow::Result<Vec<u8>> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let rels = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{DOC}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{DOC}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let top = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{DOC}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        ("_rels/.rels", top),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\">{properties}<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", rels),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>")),
    ])
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(number: usize, cells: &[&str]) -> String {
    let cells: String = ["A", "B", "C"]
        .iter()
        .zip(cells)
        .map(|(column, text)| cell(&format!("{column}{number}"), text))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn ods() -> anyhow::Result<Vec<u8>> {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2015-03-01\"><text:p>2015/3/1</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row>{}{}{date}</table:table-row>",
        cell("企业名称"),
        cell("所属镇街"),
        cell("成立日期"),
        cell("示例一厂"),
        cell("花山镇"),
    );
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"名册\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest.to_owned()),
    ])
}

/// Compound files that hold something else than a workbook.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

/// Every archive with its name.
pub fn files() -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let table = format!("{}{}", row(1, &["企业名称", "所属镇街"]), row(2, &["示例一厂", "花山镇"]));
    let far = format!("<sheetData>{table}<row r=\"1048576\">{}</row></sheetData>", cell("XFD1048576", "远"));
    let low = format!("<sheetData>{table}{}</sheetData>", row(1_048_576, &["示例二厂", "花东镇"]));
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><sst count=\"1\" uniqueCount=\"1\"><si><t>&b;&b;</t></si></sst>";
    let many = "<sst count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>企业名称</t></si></sst>";
    let serial = format!(
        "<sheetData>{}<row r=\"2\">{}<c r=\"B2\"><v>43784</v></c></row></sheetData>",
        row(1, &["企业名称", "成立日期"]),
        cell("A2", "示例甲厂")
    );
    let shared = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>".to_owned();
    Ok(vec![
        ("open-document.ods", ods()?),
        ("zip-of-text.xlsx", archive(&[("notes.txt", "no workbook".to_owned())])?),
        ("word.xlsx", archive(&[("word/document.xml", "<w/>".to_owned())])?),
        ("binary-workbook.xlsb", archive(&[("xl/workbook.bin", String::new())])?),
        ("last-cell-of-all.xlsx", workbook(&far, "<sst/>")?),
        ("last-row-of-all.xlsx", workbook(&low, "<sst/>")?),
        ("entities.xlsx", workbook(&shared, entities)?),
        ("claims-four-thousand-million-strings.xlsx", workbook(&shared, many)?),
        ("zip-bomb.xlsx", workbook(&format!("<sheetData>{}</sheetData>", " ".repeat(20_000_000)), "<sst/>")?),
        ("sheet-cut-short.xlsx", workbook(&format!("<sheetData>{table}<row r=\"3\"><c r=\"A3\""), "<sst/>")?),
        ("serial-dates-1904.xlsx", workbook_with("<workbookPr date1904=\"1\"/>", &serial, "<sst/>")?),
        ("password.xlsx", compound("EncryptedPackage")),
        ("word-97.xls", compound("WordDocument")),
    ])
}
