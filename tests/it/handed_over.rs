//! What is handed over: every report in every format, equal bytes when made twice, figures that are figures.

use std::fmt::Write;
use std::fs;

use calamine::{Data, DataType, Reader, Xlsx};
use kunpeng::report::named::ReportName;

use crate::sandbox::Sandbox;

/// Every report, and the summary.
const MADE: [&str; 17] = [
    "report roster --edition 1",
    "report industries --edition 1",
    "report activities --edition 1",
    "report attendance --edition 1",
    "report indicators --edition 1",
    "report recognitions --edition 1",
    "report platforms --edition 1",
    "report projects --edition 1",
    "report needs --edition 1",
    "report due",
    "report missing --edition 1",
    "report growth --edition 1",
    "report engagement --edition 1",
    "report editions",
    "report dossier alpha",
    "summary 1 --compare 1",
    "summary 1 --suppress-below 3 --redact",
];

/// The endings of what is handed over.
const ENDINGS: [&str; 9] = ["xlsx", "html", "docx", "zip", "md", "csv", "tsv", "json", "txt"];

fn book(sandbox: &Sandbox, file: &str) -> Xlsx<std::io::BufReader<fs::File>> {
    calamine::open_workbook(sandbox.path(file)).unwrap()
}

#[test]
fn everything_is_made_twice_with_equal_bytes_in_every_format_and_language() {
    let (small, shipped) = (Sandbox::small(), Sandbox::shipped());
    for report in ReportName::ALL {
        let is_made = |made: &&str| made.split(' ').nth(1) == Some(report.id());
        assert!(MADE.iter().any(is_made), "{} is not made", report.id());
    }
    let made = MADE.iter().map(|made| (&small, *made));
    let made: Vec<_> = made.chain([(&shipped, "summary 2 --compare 1")]).collect();
    for (sandbox, made) in &made {
        for lang in ["en", "zh"] {
            let one = |out: &str, ending: &str| {
                format!("kunpeng {made} --lang {lang} -q -o {out}.{ending} 2>>said || exit 1")
            };
            let lines = ENDINGS.map(|ending| format!("{}\n{}", one("one", ending), one("two", ending)));
            let outcome = sandbox.run(&lines.join("\n"));
            assert_eq!(outcome.code, Some(0), "{made}\n{}", outcome.text());
            for ending in ENDINGS {
                let [one, two] =
                    ["one", "two"].map(|out| fs::read(sandbox.path(&format!("{out}.{ending}"))).unwrap());
                assert!(one == two && !one.is_empty(), "{made} as {ending} differs");
            }
        }
        // Nothing is said: no library speaks up.
        let said = sandbox.read("said");
        let own = |line: &str| line.starts_with("who knows all ids") || line.starts_with("知道全部企业");
        assert!(said.lines().all(own), "{made}\n{said}");
    }
}

/// The files of an archive that people would look into, one after the other.
pub fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        if file.read_to_string(&mut text).is_ok() {
            writeln!(all, "==== {name}\n{}", text.replace("><", ">\n<")).unwrap();
        }
    }
    all
}

#[test]
fn one_of_each_format_is_what_it_was() {
    let sandbox = Sandbox::small();
    for ending in ENDINGS {
        sandbox.done(&format!("kunpeng report industries --edition 1 -q -o made.{ending}"));
        let bytes = fs::read(sandbox.path(&format!("made.{ending}"))).unwrap();
        let text = match ending {
            "xlsx" | "docx" | "zip" => unpacked(&bytes),
            _ => String::from_utf8(bytes).unwrap(),
        };
        let file = format!("tests/it/snapshots/handed_over/industries.{ending}.txt");
        let golden = snapbox::Data::read_from(&crate::sandbox::repository().join(file), None);
        snapbox::assert_data_eq!(text, golden.raw());
    }
}

#[test]
fn a_workbook_holds_numbers_dates_and_percentages_and_not_their_texts() {
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng summary 2 -o closing.xlsx -q");
    let mut book = book(&sandbox, "closing.xlsx");
    let names = book.sheet_names();
    assert_eq!(names[..3], ["Contents", "Overview", "Overview chart"]);
    let sheet = book.worksheet_range("Enterprises by industry").unwrap();
    let row = |at: usize| sheet.rows().nth(at).unwrap().to_vec();
    assert_eq!(row(0)[0], Data::String("Enterprises by industry".to_owned()));
    let head: Vec<String> = row(2).iter().map(ToString::to_string).collect();
    assert_eq!(head, ["Industry", "Enterprises", "Share", "part", "whole"]);
    let [Data::Float(count), Data::Float(share), Data::Float(part), Data::Float(whole)] = row(3)[1..] else {
        panic!("{:?}", row(3))
    };
    assert!((part / whole - share).abs() < 1e-12 && (count - part).abs() < 1e-12, "{:?}", row(3));
    let overview = book.worksheet_range("Overview").unwrap();
    let opened = overview.rows().find(|row| row[0] == Data::String("opened".to_owned())).unwrap();
    assert!(matches!(opened[1], Data::DateTime(_)), "{opened:?}");
}

#[test]
fn attendance_through_the_edition_is_drawn_and_its_figures_can_be_read() {
    let sandbox = Sandbox::shipped();
    sandbox.done("for f in xlsx html docx; do kunpeng summary 2 --without-reasons -q -o closing.$f; done");
    let sheet = book(&sandbox, "closing.xlsx").worksheet_range("Attendance by month").unwrap();
    let rows: Vec<_> = sheet.rows().collect();
    let labels: Vec<String> = rows[2].iter().map(ToString::to_string).collect();
    let expected =
        ["Month", "Present", "Excused", "Absent", "Attendance rate", "part", "whole", "Person-times"];
    assert_eq!(labels, expected);
    let total = rows.iter().find(|row| row[0] == Data::String("Total".to_owned())).unwrap();
    let months: Vec<i64> =
        rows[3..].iter().take_while(|row| row[0] != total[0]).map(|row| row[7].as_i64().unwrap()).collect();
    assert_eq!((months.len(), Some(months.iter().sum())), (23, total[7].as_i64()));
    // The alternative text of the picture says every month.
    let page = sandbox.read("closing.html");
    assert!(page.contains("Person-times, month by month. Person-times: 2022-01 "), "no picture in the page");
    let document = unpacked(&fs::read(sandbox.path("closing.docx")).unwrap());
    assert!(document.contains("Attendance rate, month by month"), "no picture in the document");
    let shown = sandbox.terminal("kunpeng --no-pager summary 2", (100, 24), &[]);
    assert!(shown.contains("2022-01 … 2023-11"), "{shown}");
    // Thirteen tables stay thirteen.
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.done("kunpeng summary 2 --format json")).unwrap();
    assert_eq!(json["tables"].as_array().unwrap().len(), 13);
}

#[test]
fn what_is_exported_as_a_workbook_is_imported_without_a_change() {
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng export --all --with-contacts -o all.xlsx -q");
    for kind in book(&sandbox, "all.xlsx").sheet_names() {
        sandbox.done(&format!("kunpeng export {kind} -o {kind}.xlsx -q"));
        for source in [format!("{kind}.xlsx"), format!("all.xlsx --sheet {kind}")] {
            let text = sandbox.run(&format!("kunpeng import {kind} {source}")).text();
            assert!(text.contains("nothing to change"), "{kind}\n{text}");
        }
    }
}

#[test]
fn a_name_that_tries_everything_is_kept_in_every_format() {
    let sandbox = Sandbox::small();
    let name = "=HYPERLINK(1) <b>&amp; ]]> \"'|*_";
    sandbox.done(&format!("kunpeng enterprise set alpha 'name={}'", name.replace('\'', "'\\''")));
    sandbox.done("kunpeng report roster --edition 1 -o roster.xlsx -q");
    let sheet = book(&sandbox, "roster.xlsx").worksheet_range("Roster").unwrap();
    assert!(sheet.used_cells().any(|(.., cell)| *cell == Data::String(name.to_owned())));
    sandbox.done("kunpeng export enterprises -o enterprises.xlsx -q");
    let text = sandbox.run("kunpeng import enterprises enterprises.xlsx").text();
    assert!(text.contains("nothing to change"), "{text}");
}

#[test]
fn a_workbook_is_not_thrown_at_a_terminal_nor_written_where_it_must_not_be() {
    let sandbox = Sandbox::small();
    assert!(sandbox.run("kunpeng report roster --format xlsx | head -c 2").stdout == "PK");
    let shown = sandbox.run("script -qec 'kunpeng report roster --format xlsx' /dev/null </dev/null");
    assert!(shown.text().contains("xlsx is not text that a terminal can show"), "{}", shown.text());
    let inside = sandbox.run("kunpeng report roster -o data/roster.xlsx");
    assert_eq!(inside.code, Some(1), "{}", inside.text());
    assert!(!sandbox.path("data/roster.xlsx").exists());
    fs::create_dir(sandbox.path("taken.xlsx")).unwrap();
    let taken = sandbox.run("kunpeng report roster -o taken.xlsx");
    assert_eq!(taken.code, Some(1), "{}", taken.text());
    assert!(taken.stderr.contains("cannot write `taken.xlsx`"), "{}", taken.text());
    let unknown = sandbox.run("kunpeng report roster -o roster.pdf");
    assert_eq!(unknown.code, Some(2), "{}", unknown.text());
    assert!(unknown.stderr.contains("names no format; known are"), "{}", unknown.text());
}

#[test]
fn a_file_that_somebody_has_open_is_left_as_it_is() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng report roster -o roster.docx -q");
    let before = fs::read(sandbox.path("roster.docx")).unwrap();
    let marks = [
        (".~lock.roster.docx#", "王一,wang,office-3,29.11.2026 23:40,file:///home/wang;", "王一 on office-3"),
        ("~$roster.docx", "\u{4}Wang", "is open in another program;"),
        (".~roster.docx", "", "is open in another program;"),
    ];
    for (mark, text, says) in marks {
        sandbox.write(mark, text);
        for command in ["summary 1", "report due", "export enterprises --format csv"] {
            let outcome = sandbox.run(&format!("kunpeng {command} -o roster.docx"));
            assert_eq!(outcome.code, Some(1), "{mark} {command}\n{}", outcome.text());
            assert!(outcome.stderr.contains(says), "{}", outcome.text());
            assert!(outcome.stderr.contains(&format!("remove `{mark}`")), "{}", outcome.text());
        }
        assert!(fs::read(sandbox.path("roster.docx")).unwrap() == before, "{mark}");
        fs::remove_file(sandbox.path(mark)).unwrap();
    }
    sandbox.done("kunpeng summary 1 -o roster.docx -q");
    // A mark without its file is nobody's.
    sandbox.write(".~lock.new.xlsx#", "");
    sandbox.done("kunpeng summary 1 -o new.xlsx -q");
}

#[test]
fn several_tables_as_csv_are_a_folder_of_files_with_their_notes_beside_them() {
    let sandbox = Sandbox::small();
    let outcome = sandbox.run("kunpeng summary 1 -o tables/");
    assert_eq!(outcome.text(), "--- stderr\nwrote 26 files to tables/\n");
    let files = sandbox.files("tables");
    assert_eq!(files.keys().take(2).collect::<Vec<_>>(), ["01-overview.csv", "01-overview.txt"]);
    let notes = sandbox.read("tables/01-overview.txt");
    assert!(notes.starts_with("Overview\na member is an enterprise"), "{notes}");
    assert_eq!(sandbox.run("kunpeng summary 1 -o tables --format tsv").code, Some(0));
    assert_eq!(sandbox.files("tables").len(), 39);
    assert_eq!(sandbox.run("kunpeng summary 1 -o tables/ --format xlsx").code, Some(2));
    assert_eq!(sandbox.run("kunpeng summary 1 -o data/tables/").code, Some(1));
}

#[test]
fn a_redacted_summary_names_no_enterprise() {
    let sandbox = Sandbox::shipped();
    for lang in ["en", "zh"] {
        let text = sandbox.done(&format!("kunpeng summary 2 --redact --lang {lang} --format csv"));
        let label = if lang == "en" { "Enterprise 2KL6Z" } else { "企业2KL6Z" };
        assert!(text.contains(label), "{text}");
        assert!(!text.contains("DEM0") && !text.contains("Co., Ltd") && !text.contains("有限公司"), "{text}");
    }
}
