//! From the bytes of a file to its grids, and from its grids to the tables that are meant.

use encoding_rs::Encoding;

use super::column::Columns;
use super::decode::decode;
use super::form::Form;
use super::grid::{Grid, Layout};
use super::known::Headers;
use super::limits::{Limits, MEGABYTE};
use super::refusal::Refusal;
use super::sheet::Sheet;
use super::table;
use super::{json, separated};
use crate::model::finding::{Finding, Place};
use crate::model::name::NameKey;
use crate::model::rule;

/// Which sheets of a workbook are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The one that has something, or all if they are alike.
    Only,
    /// The one of that name, or of that number counted from 1.
    Named(String),
    /// Every one that has something.
    All,
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The encoding, where the user says it.
    pub encoding: Option<&'static Encoding>,
    /// The headers of a file without any.
    pub header: Option<Vec<String>>,
    /// Which sheets.
    pub wanted: Wanted,
    /// The limits.
    pub limits: Limits,
}

impl Default for Reading {
    fn default() -> Self {
        Self { encoding: None, header: None, wanted: Wanted::Only, limits: Limits::default() }
    }
}

/// A file that was read, before its tables are looked for.
#[derive(Debug, Default)]
pub struct File {
    /// Its sheets; one where it is text.
    pub grids: Vec<Grid>,
    /// How it was read, where that is not the usual way.
    pub taken: Vec<String>,
}

/// Reads a workbook, here or elsewhere.
pub type Workbook<'w> = &'w dyn Fn(&[u8], Form) -> Result<Vec<Grid>, Refusal>;

/// The grids of a file.
pub fn grids(bytes: &[u8], reading: &Reading, workbook: Workbook<'_>) -> Result<File, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > reading.limits.bytes {
        let message = format!("has more than {} MB", reading.limits.bytes / MEGABYTE);
        return Err(Refusal::new(&rule::TOO_LARGE, message, "divide it, or allow more with `--max-mb`"));
    }
    match Form::of(bytes)? {
        Form::Text => text(bytes, reading),
        form => Ok(File { grids: workbook(bytes, form)?, ..File::default() }),
    }
}

fn text(bytes: &[u8], reading: &Reading) -> Result<File, Refusal> {
    let decoded = decode(bytes, reading.encoding)?;
    let start = decoded.text.trim_start();
    let limits = &reading.limits;
    let mut file = File::default();
    if decoded.encoding != encoding_rs::UTF_8 {
        file.taken.push(format!("read as {}", decoded.encoding.name().to_uppercase()));
    }
    let (grid, layout) = if is_json_list(start) {
        (json::list(&decoded.text, limits)?, Layout::Json)
    } else if start.starts_with('{') {
        let lines = json::lines(&decoded.text, limits);
        (lines.or_else(|fault| json::list(&decoded.text, limits).map_err(|_| fault))?, Layout::JsonLines)
    } else {
        let separator = separated::separator_of(&decoded.text);
        match separator {
            b'\t' => file.taken.push("separated by tabs".to_owned()),
            b';' => file.taken.push("separated by `;`".to_owned()),
            _ => {}
        }
        let layout = Layout::Separated { encoding: decoded.encoding, has_mark: decoded.has_mark, separator };
        (separated::read(&decoded.text, separator, limits)?, layout)
    };
    file.grids.push(Grid { header: grid.header.or_else(|| reading.header.clone()), layout, ..grid });
    Ok(file)
}

/// `[` begins a list of JSON when an object or the end of the list follows, not a header in brackets.
fn is_json_list(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| {
        rest.trim_start().starts_with(['{', ']', '[', '"'])
            || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    })
}

/// The tables of a file.
pub fn tables(
    name: &str,
    file: File,
    reading: &Reading,
    headers: &Headers,
) -> Result<Vec<Sheet>, Vec<Finding>> {
    let whole = |rule, message: String| {
        let place =
            Place::Cell { file: name.to_owned(), sheet: None, row: 0, column: None, text: String::new() };
        Finding::new(rule, message, place)
    };
    let names: Vec<String> = file.grids.iter().filter_map(|grid| grid.name.clone()).collect();
    let is_workbook = !names.is_empty();
    let grids = chosen(file.grids, &reading.wanted).ok_or_else(|| {
        vec![
            whole(&rule::SEVERAL_SHEETS, format!("`{name}` has no such sheet"))
                .help(format!("its sheets are {}", names.join(", "))),
        ]
    })?;
    let has_header = |grid: &Grid| grid.header.is_some();
    if grids.iter().all(|grid| grid.is_empty() && !has_header(grid)) {
        return Err(vec![
            whole(&rule::EMPTY_FILE, format!("`{name}` is empty")).help("nothing was imported from it"),
        ]);
    }
    let mut sheets = Vec::new();
    let mut found = Vec::new();
    for mut grid in grids.into_iter().filter(|grid| !grid.is_empty()) {
        if is_workbook {
            grid.header = grid.header.or_else(|| reading.header.clone());
        }
        match table::find(name, grid, headers) {
            Ok(sheet) => sheets.push(sheet),
            Err(faults) => found.extend(faults),
        }
    }
    if reading.wanted == Wanted::Only {
        sheets = alike(name, sheets, headers, &mut found);
    }
    for sheet in &mut sheets {
        sheet.taken.splice(0..0, file.taken.iter().cloned());
    }
    if found.is_empty() { Ok(sheets) } else { Err(found) }
}

/// The grids that are meant; none if there is no such sheet.
fn chosen(grids: Vec<Grid>, wanted: &Wanted) -> Option<Vec<Grid>> {
    match wanted {
        Wanted::Only | Wanted::All => {
            let all = grids.len();
            let seen: Vec<Grid> = grids.into_iter().filter(|grid| !grid.is_hidden || all == 1).collect();
            Some(seen)
        }
        Wanted::Named(text) => {
            let key = NameKey::of(text);
            let by_name = grids
                .iter()
                .position(|grid| grid.name.as_deref().is_some_and(|name| NameKey::of(name) == key));
            let by_number = || text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let index = by_name.or_else(by_number)?;
            grids.into_iter().nth(index).map(|grid| vec![grid])
        }
    }
}

/// Several sheets are taken together only if they are alike. Sheets that are no tables at all are passed over
/// where another is one.
fn alike(name: &str, sheets: Vec<Sheet>, headers: &Headers, found: &mut Vec<Finding>) -> Vec<Sheet> {
    use table::Known;
    if sheets.len() < 2 {
        return sheets;
    }
    let is_table = |sheet: &Sheet| {
        sheet.header.iter().filter(|text| !text.is_empty()).count() > 2
            || sheet.header.iter().any(|text| headers.knows(text))
    };
    let (mut tables, others): (Vec<Sheet>, Vec<Sheet>) = sheets.into_iter().partition(is_table);
    if tables.is_empty() {
        return others;
    }
    let columns = |sheet: &Sheet| {
        Columns::find(sheet, headers).ok().map(|columns| columns.by_id.into_keys().collect::<Vec<_>>())
    };
    let keys = |sheet: &Sheet| sheet.header.iter().map(|text| NameKey::of(text)).collect::<Vec<_>>();
    let first = &tables[0];
    let same = tables.iter().all(|sheet| {
        keys(sheet) == keys(first) || columns(sheet).is_some() && columns(sheet) == columns(first)
    });
    if !same {
        let names: Vec<&str> = tables.iter().filter_map(|sheet| sheet.name.as_deref()).collect();
        let message = format!("`{name}` has several sheets with different headers: {}", names.join(", "));
        found.push(
            Finding::new(
                &rule::SEVERAL_SHEETS,
                message,
                Place::Cell { file: name.to_owned(), sheet: None, row: 0, column: None, text: String::new() },
            )
            .help("say which is meant with `--sheet NAME`, or take them all with `--sheet all`"),
        );
        return Vec::new();
    }
    let skipped = others.iter().filter_map(|sheet| sheet.name.clone());
    let skipped: Vec<String> =
        skipped.map(|name| format!("sheet `{name}` has no table and is not read")).collect();
    tables.iter_mut().take(1).for_each(|sheet| sheet.taken.extend(skipped.iter().cloned()));
    tables
}
