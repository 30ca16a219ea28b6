//! `kunpeng import`

use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::member::edition_meant;
use super::session::{Loaded, Output, Session, Write};
use crate::import::column::LEFT_OUT;
use crate::import::kind::ImportKind;
use crate::import::plan::{As, Disposition, OnConflict, Options, Plan, plan};
use crate::import::read::read;
use crate::import::sheet::Sheet;
use crate::model::amount::Unit;
use crate::model::finding::Finding;
use crate::report::import::{Outcome, import_table};
use crate::store::image::Source;
use crate::store::writer::Sources;

/// Bring in a table from CSV, TSV, JSON or JSON lines, all or nothing
///
/// Columns are known by their ids and by the usual Chinese and English headers; any other column must be mapped or
/// left out. Every row is shown as created, changed, unchanged or refused; one refused row means that nothing is
/// written. Blank cells change nothing. The same file a second time changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// What the rows are
    #[arg(value_parser = kinds())]
    kind: ImportKind,
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The edition of rows that do not say one
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// Make the enterprises members or candidates of that edition
    #[arg(long = "as", value_name = "member|candidate", requires = "edition", value_parser = choice::<As>())]
    role: Option<As>,
    /// What happens where a row says something else than the store: update, fill, skip or fail
    #[arg(long, value_name = "WHAT", default_value = "update", value_parser = choice::<OnConflict>())]
    on_conflict: OnConflict,
    /// Read a column as a field, `-` to leave it out; may be given several times
    #[arg(long, value_name = "HEADER=FIELD", value_parser = parse_map)]
    map: Vec<(String, String)>,
    /// The headers of a file that has no header line, separated by commas
    #[arg(long, value_name = "HEADERS", value_delimiter = ',')]
    header: Option<Vec<String>>,
    /// The unit of amounts whose header does not say one: 元, 千元, 万元, 亿元
    #[arg(long, value_name = "UNIT", value_parser = |text: &str| text.parse::<Unit>().map_err(|fault| fault.message))]
    unit: Option<Unit>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    write: Write,
}

/// The kinds of tables, for the help and the completions.
pub fn kinds() -> impl clap::builder::TypedValueParser<Value = ImportKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let values = ImportKind::ALL.iter().map(|kind| kind.id());
    PossibleValuesParser::new(values)
        .try_map(|kind| kind.parse::<ImportKind>().map_err(|misread| misread.message))
}

/// A closed list of words as values of an option.
trait Words: Copy + Send + Sync + 'static {
    const ALL: &'static [Self];
    fn id(self) -> &'static str;
}

impl Words for As {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

impl Words for OnConflict {
    const ALL: &'static [Self] = Self::ALL;
    fn id(self) -> &'static str {
        self.id()
    }
}

fn choice<T: Words>() -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let values = T::ALL.iter().map(|word| word.id());
    PossibleValuesParser::new(values)
        .try_map(|text| T::ALL.iter().copied().find(|word| word.id() == text).ok_or("not known"))
}

fn parse_map(text: &str) -> Result<(String, String), String> {
    text.rsplit_once('=')
        .map(|(header, field)| (header.to_owned(), field.to_owned()))
        .ok_or_else(|| format!("write HEADER=FIELD, or HEADER={LEFT_OUT} to leave the column out"))
}

impl Import {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let format = self.output.wanted()?;
        let sheets = self.sheets()?;
        let loaded = session.writing(&self.write)?;
        let options = self.options(&loaded)?;
        let plan = plan(loaded.records(), &sheets, &options);
        let shown = self.write.dry_run || self.output.format.is_some() || self.output.output.is_some();
        if shown && (plan.findings.is_empty() || format != crate::render::Format::Table) {
            session
                .print(&[import_table(&session.view(loaded.records()), &outcomes(&plan))], &self.output)?;
        }
        if !plan.left_out.is_empty() {
            session.ui.say(&format!("left out: {}", plan.left_out.join(", ")));
        }
        session.ui.say(&summary_line(&plan));
        if !plan.findings.is_empty() {
            return Err(loaded.refused(plan.findings));
        }
        if plan.change.is_empty() {
            session.ui.say("nothing to change: the store says all of it already");
            return Ok(());
        }
        if self.write.dry_run {
            session.ui.say("dry run: nothing was written");
            return Ok(());
        }
        session.write(&loaded, &plan.change, &sources(&plan), &self.write)?;
        session.ui.say(&format!("wrote {} records", plan.change.edits.len()));
        Ok(())
    }

    fn options(&self, loaded: &Loaded) -> Result<Options, Failure> {
        let edition =
            self.edition.as_deref().map(|text| edition_meant(loaded.records(), text)).transpose()?;
        Ok(Options {
            kind: self.kind,
            edition,
            role: self.role,
            on_conflict: self.on_conflict,
            unit: self.unit,
            map: self.map.clone(),
        })
    }

    /// Every file as a sheet, or everything that is wrong with any of them.
    fn sheets(&self) -> Result<Vec<Sheet>, Failure> {
        let mut sheets = Vec::new();
        let mut found: Vec<Finding> = Vec::new();
        for path in &self.files {
            let name = path.display().to_string();
            let bytes = bytes_of(path).map_err(|error| Failure::Undone {
                error: anyhow::Error::new(error).context(format!("cannot read `{name}`")),
                help: None,
            })?;
            match read(&name, &bytes, self.header.as_deref()) {
                Ok(sheet) => sheets.push(sheet),
                Err(faults) => found.extend(faults),
            }
        }
        if found.is_empty() { Ok(sheets) } else { Err(Failure::findings(found)) }
    }
}

fn bytes_of(path: &std::path::Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path)
}

/// The rows that each record of the change comes from.
fn sources(plan: &Plan) -> Sources {
    let mut sources = Sources::new();
    for row in &plan.rows {
        if let Some(record) = row.record.as_ref().filter(|_| !row.differences.is_empty()) {
            let source = Source { file: row.file.clone(), row: row.row };
            sources.entry(record.clone()).or_default().push(source);
        }
    }
    sources
}

fn outcomes(plan: &Plan) -> Vec<Outcome<'_>> {
    plan.rows
        .iter()
        .map(|row| Outcome {
            file: &row.file,
            row: row.row,
            disposition: (
                row.disposition.id(),
                [
                    row.disposition.label(crate::model::lang::Lang::En),
                    row.disposition.label(crate::model::lang::Lang::Zh),
                ],
            ),
            record: row.record.as_ref(),
            differences: &row.differences,
        })
        .collect()
}

fn summary_line(plan: &Plan) -> String {
    let counts: Vec<String> = Disposition::ALL
        .iter()
        .map(|disposition| (plan.count(*disposition), disposition.id()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let rows = plan.rows.len();
    format!(
        "{rows} {}: {}",
        if rows == 1 { "row" } else { "rows" },
        if counts.is_empty() { "none read".to_owned() } else { counts.join(", ") }
    )
}
