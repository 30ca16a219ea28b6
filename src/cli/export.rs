//! `kunpeng export`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::import::kinds;
use super::load::Loaded;
use super::outfile::{self, Access};
use super::output::Output;
use super::output::refuse_on_screen;
use super::session::Session;
use crate::import::columns::kind::ImportKind;
use crate::import::export::{Row, as_cells, rows};
use crate::import::read::blank::guarded;
use crate::model::finding::RecordRef;
use crate::model::json::to_json;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::value::Value;
use crate::render::xlsx::records::{self, Sheet};
use crate::text;

/// Export records as a table that `import` reads back ‖ 导出记录，导出的表可再次导入
///
/// Columns are the ids `import` knows, coded values are ids, amounts are in the main unit. Persons are left out
/// unless they are asked for.
/// ‖ 列名为 `import` 认识的列 id，编码值用 id，金额以元为单位。联系人默认不导出。
#[derive(Debug, Args)]
pub struct Export {
    /// Kind of records ‖ 记录种类
    #[arg(value_parser = kinds(), required_unless_present = "all")]
    kind: Option<ImportKind>,
    /// Export every kind, each to a file in the folder given with -o, or all to one workbook where that ends in .xlsx
    /// ‖ 导出全部种类，各存一个文件，放在 -o 指定的文件夹；-o 以 .xlsx 结尾时存入同一工作簿
    #[arg(long, conflicts_with = "kind", requires = "output")]
    all: bool,
    /// Format: csv, tsv, json, jsonl or xlsx [default: the ending of -o, else csv]
    /// ‖ 格式：csv、tsv、json、jsonl 或 xlsx [默认：由 -o 的扩展名决定，否则 csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<ExportFormat>,
    /// Write to a file, or with --all to a folder ‖ 写入文件；与 --all 同用时为文件夹
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Use the data as of a change; `kunpeng log` lists them ‖ 按某次变更之后的数据导出，编号见 `kunpeng log`
    #[arg(long, value_name = "CHANGE", alias = "rev")]
    at: Option<u64>,
    /// Include contacts, in clear ‖ 一并导出联系人（明文）
    #[arg(long)]
    with_contacts: bool,
}

/// The format of an exported table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Separated by commas ‖ 逗号分隔
    Csv,
    /// Separated by tabs ‖ 制表符分隔
    Tsv,
    /// A list of objects ‖ 对象列表
    Json,
    /// An object a line ‖ 每行一个对象
    Jsonl,
    /// A workbook ‖ 工作簿
    Xlsx,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Tsv, Self::Json, Self::Jsonl, Self::Xlsx];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format that the ending of a file names.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

impl Export {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let loaded = Loaded::sound_at(session, self.at)?;
        let Some(kind) = self.kind else { return self.run_all(session, &loaded) };
        let format = self.format()?;
        let output = Output { output: self.output.clone(), ..Output::default() };
        if format == ExportFormat::Xlsx && output.file().is_none() {
            refuse_on_screen(session, format.ending())?;
        }
        let bytes = self.table(session, loaded.records(), kind, format)?;
        output.deliver(session, &bytes, self.access())
    }

    /// The format that is asked for, or that the ending of the file names.
    fn format(&self) -> Result<ExportFormat, Failure> {
        match (self.format, self.output.as_deref().filter(|path| path.as_os_str() != "-")) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(ExportFormat::Csv),
            (None, Some(path)) => ExportFormat::of_path(path).ok_or_else(|| {
                Failure::Usage(text!(
                    "the ending of `{path}` names no format; known are .csv, .tsv, .json, .jsonl and .xlsx",
                    "“{path}”的扩展名不是可导出的格式；可用 .csv、.tsv、.json、.jsonl、.xlsx",
                    path = path.display()
                ))
            }),
        }
    }

    fn access(&self) -> Access {
        if self.with_contacts { Access::Private } else { Access::Shared }
    }

    fn run_all(&self, session: &Session<'_>, loaded: &Loaded) -> Result<(), Failure> {
        let records = loaded.records();
        if let Some(path) =
            self.output.as_deref().filter(|path| ExportFormat::of_path(path) == Some(ExportFormat::Xlsx))
        {
            let bytes = self.workbook(session, records, ImportKind::ALL)?;
            outfile::write(path, &bytes, self.access())?;
            session.ui.say(&text!("wrote {path}", "已写入 {path}", path = path.display()));
            return Ok(());
        }
        let folder = self.output.as_deref().unwrap_or(Path::new("."));
        if folder.as_os_str() == "-" || ExportFormat::of_path(folder).is_some() {
            return Err(Failure::Usage(text!(
                "`--all` writes several tables: `{folder}` would have to be a folder or a file ending in .xlsx",
                "--all 会写出多张表：“{folder}”须为文件夹，或以 .xlsx 结尾的文件",
                folder = folder.display()
            )));
        }
        let format = self.format.unwrap_or(ExportFormat::Csv);
        let table = |kind: &ImportKind| {
            Ok((format!("{kind}.{}", format.ending()), self.table(session, records, *kind, format)?))
        };
        let mut files = ImportKind::ALL.iter().map(table).collect::<Result<Vec<_>, Failure>>()?;
        files.push((SETTINGS.to_owned(), settings(loaded)?.into_bytes()));
        outfile::write_into(folder, &files, self.access())?;
        session.ui.say(&text!(
            "wrote {count} files to {folder}",
            "已写入 {count} 个文件到 {folder}",
            count = ImportKind::ALL.len() + 1,
            folder = folder.display()
        ));
        Ok(())
    }

    fn table(
        &self,
        session: &Session<'_>,
        records: &Records,
        kind: ImportKind,
        format: ExportFormat,
    ) -> Result<Vec<u8>, Failure> {
        let (columns, mut rows) = rows(records, kind, self.with_contacts);
        if matches!(format, ExportFormat::Csv | ExportFormat::Tsv) {
            rows = as_cells(rows);
        }
        match format {
            // The mark tells a spreadsheet program that this is UTF-8.
            ExportFormat::Csv => separated(&columns, &rows, b',', "\u{feff}"),
            ExportFormat::Tsv => separated(&columns, &rows, b'\t', ""),
            ExportFormat::Json => {
                let all: serde_json::Value = rows.iter().map(|row| object(&columns, row)).collect();
                Ok(format!("{all:#}\n").into_bytes())
            }
            ExportFormat::Jsonl => {
                let lines = rows.iter().map(|row| format!("{}\n", object(&columns, row)));
                Ok(lines.collect::<String>().into_bytes())
            }
            ExportFormat::Xlsx => self.workbook(session, records, &[kind]),
        }
    }

    /// A workbook with a sheet a kind.
    fn workbook(
        &self,
        session: &Session<'_>,
        records: &Records,
        kinds: &[ImportKind],
    ) -> Result<Vec<u8>, Failure> {
        let tables: Vec<_> = kinds
            .iter()
            .map(|kind| rows(records, *kind, self.with_contacts))
            .map(|(columns, rows)| (columns, as_cells(rows)))
            .collect();
        let sheets: Vec<Sheet<'_>> = kinds
            .iter()
            .zip(&tables)
            .map(|(kind, (columns, rows))| Sheet { name: kind.id(), columns, rows })
            .collect();
        records::workbook(&sheets, session.environment.today)
            .map_err(|error| Failure::because(text!("cannot write the table", "无法写出表格"), error))
    }
}

/// What the tables of an exported folder are read by: the word lists and own fields of the programme, its rule sets,
/// its list of columns.
pub const SETTINGS: &str = "settings.json";

fn settings(loaded: &Loaded) -> Result<String, Failure> {
    let records = loaded.records();
    let read = |kind, id: &str| records.get(&RecordRef::new(kind, id)).as_ref().map(to_json);
    let rulesets = records.ids(Kind::Ruleset).into_iter();
    let rulesets: serde_json::Map<_, _> =
        rulesets.filter_map(|id| Some((id.to_owned(), read(Kind::Ruleset, id)?))).collect();
    let mut settings = serde_json::json!({
        "programme": read(Kind::Programme, "programme"),
        "rulesets": rulesets,
    });
    if let Some(columns) = loaded.store.columns()? {
        settings["columns"] = columns.into();
    }
    Ok(format!("{settings:#}\n"))
}

fn separated(columns: &[String], rows: &[Row], separator: u8, mark: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = mark.as_bytes().to_vec();
    let mut writer = ::csv::WriterBuilder::new().delimiter(separator).from_writer(&mut bytes);
    let mut write = |cells: Vec<String>| {
        writer
            .write_record(cells)
            .map_err(|error| Failure::because(text!("cannot write the table", "无法写出表格"), error))
    };
    write(columns.to_vec())?;
    for row in rows {
        write(row.iter().map(|value| cell(value.as_ref())).collect())?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::List(list)) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        Some(Value::Text(text)) => guarded(text),
        Some(value) => value.to_string(),
    }
}

fn object(columns: &[String], row: &Row) -> serde_json::Value {
    let fields = columns
        .iter()
        .zip(row)
        .filter_map(|(column, value)| Some((column.clone(), to_json(value.as_ref()?))));
    serde_json::Value::Object(fields.collect())
}
