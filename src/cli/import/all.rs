//! `kunpeng import --all`: what `kunpeng export --all` wrote, as one change.

use std::fs;
use std::path::{Path, PathBuf};

use super::Import;
use crate::cli::export::{ExportFormat, SETTINGS};
use crate::cli::failure::Failure;
use crate::cli::infile;
use crate::cli::load::Loaded;
use crate::cli::session::Session;
use crate::cli::stage::Stage;
use crate::cli::write::{Write, wrote};
use crate::import::columns::kind::ImportKind;
use crate::model::change::Draft;
use crate::model::finding::RecordRef;
use crate::model::json;
use crate::model::kind::Kind;
use crate::model::records::Records;
use crate::model::value::Value;
use crate::store::LARGEST;
use crate::store::image::FileChange;
use crate::text;

/// The table of a kind: its file, and the sheet of a workbook.
struct Part {
    kind: ImportKind,
    file: PathBuf,
    sheet: Option<String>,
}

impl Import {
    /// Imports every kind in the order in which one refers to another.
    pub(super) fn run_all(&self, session: &Session<'_>, from: &Path) -> Result<(), Failure> {
        let parts = parts(from)?;
        let loaded = self.write.load(session)?;
        let stage = Stage::of(&loaded.store, &loaded.snapshot);
        let staged = Session { stage: Some(&stage), ..*session };
        let files = settings(session, &loaded, &stage, from)?;
        for Part { kind, file, sheet } in parts {
            session.ui.say(&text!("{kind}:", "{kind}：", kind = kind));
            let mut part = self.clone();
            part.all = None;
            part.kind = Some(kind);
            part.files = vec![file];
            part.source.sheet = sheet;
            part.write = Write::default();
            part.run_kind(&staged, kind)?;
        }
        let mut change = stage.change(loaded.records()).map_err(|found| loaded.failure(found))?;
        if !files.is_empty() {
            // Its file is written anew, in the order it had where it comes from.
            change.edits.retain(|edit| edit.record.kind != Kind::Programme);
        }
        self.write.carry_out_with(session, &loaded, &change, files, &wrote(change.edits.len()))
    }
}

/// The tables that are there, those without a row left out.
fn parts(from: &Path) -> Result<Vec<Part>, Failure> {
    if ExportFormat::of_path(from) == Some(ExportFormat::Xlsx) && from.is_file() {
        let part = |kind: &ImportKind| Part {
            kind: *kind,
            file: from.to_owned(),
            sheet: Some(kind.id().to_owned()),
        };
        return Ok(ImportKind::ALL.iter().map(part).collect());
    }
    let part = |kind: &ImportKind| {
        let files =
            ExportFormat::ALL.iter().map(|format| (format, from.join(format!("{kind}.{}", format.ending()))));
        let (format, file) = files.into_iter().find(|(_, file)| file.is_file())?;
        Some((Part { kind: *kind, file, sheet: None }, *format))
    };
    let parts: Vec<(Part, ExportFormat)> = ImportKind::ALL.iter().filter_map(part).collect();
    if from.is_file() {
        return Err(Failure::undone(
            text!(
                "`{from}` is a file, and no workbook of `export --all`",
                "“{from}”是文件，但不是 export --all 写出的工作簿",
                from = from.display()
            ),
            text!(
                "unpack an archive and name the folder; a table of one kind is imported with `kunpeng import KIND FILE`",
                "压缩文件请先解压，再指明其文件夹；单张表格请用 kunpeng import 种类 文件 导入"
            ),
        ));
    }
    if parts.is_empty() {
        return Err(Failure::undone(
            text!(
                "there is no table of `export --all` in `{from}`",
                "“{from}”中没有 export --all 写出的表格",
                from = from.display()
            ),
            text!(
                "name the folder with enterprises.csv and the others, or the workbook",
                "请指明含有 enterprises.csv 等文件的文件夹，或该工作簿"
            ),
        ));
    }
    Ok(parts
        .into_iter()
        .filter(|(part, format)| has_rows(&part.file, *format))
        .map(|(part, _)| part)
        .collect())
}

/// Whether a table says anything below its header. What cannot be read is told by the import.
fn has_rows(file: &Path, format: ExportFormat) -> bool {
    if fs::metadata(file).is_ok_and(|known| known.len() > 1 << 16) {
        return true;
    }
    let Ok(text) = fs::read_to_string(file) else { return true };
    match format {
        ExportFormat::Csv | ExportFormat::Tsv => text.trim_end().contains('\n'),
        ExportFormat::Json | ExportFormat::Jsonl => !matches!(text.trim(), "" | "[]"),
        ExportFormat::Xlsx => true,
    }
}

/// The programme, its rule sets and its list of columns: a store without records takes them over, any other keeps its
/// own.
fn settings(
    session: &Session<'_>,
    loaded: &Loaded,
    stage: &Stage,
    from: &Path,
) -> Result<Vec<FileChange>, Failure> {
    let file = from.join(SETTINGS);
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text =
        infile::text(&file, LARGEST, text!("export it again, or remove it", "请重新导出，或删除该文件"))?;
    let settings = json::parse(&text).ok_or_else(|| {
        Failure::undone(
            text!("{file} is not well-formed JSON", "{file} 不是格式正确的 JSON", file = file.display()),
            text!("export it again, or remove it", "请重新导出，或删除该文件"),
        )
    })?;
    let records = loaded.records();
    let programme = settings.get("programme").map(|it| (RecordRef::new(Kind::Programme, "programme"), it));
    let rulesets = match settings.get("rulesets") {
        Some(Value::Table(rulesets)) => rulesets.entries(),
        _ => &[],
    };
    let rulesets = rulesets.iter().map(|(id, it)| (RecordRef::new(Kind::Ruleset, &**id), it));
    let is_other = |(record, value): &(RecordRef, &Value)| {
        records.get(record).as_ref().map(json::to_json) != Some(json::to_json(value))
    };
    let others: Vec<_> = programme.into_iter().chain(rulesets).filter(is_other).collect();
    if others.is_empty() {
        return Ok(Vec::new());
    }
    if !is_fresh(records) {
        session.ui.warn(&text!(
            "the programme and the rule sets of this data folder stay as they are; those of {file} differ",
            "{file} 中的计划设置或规则集与本数据文件夹不同，未导入，保持现状",
            file = file.display()
        ));
        return Ok(Vec::new());
    }
    let mut draft = Draft::of(records);
    for (record, value) in others {
        draft.put(record, value.clone()).map_err(Failure::findings)?;
    }
    stage.take(&draft.finish().map_err(|found| loaded.failure(found))?)?;
    let mut files = Vec::new();
    files.extend(settings.get("programme").map(|it| loaded.store.programme_change(it)).transpose()?);
    if let Some(Value::Text(text)) = settings.get("columns") {
        files.push(loaded.store.columns_change(text.clone())?);
    }
    Ok(files)
}

/// Whether nothing was entered yet.
fn is_fresh(records: &Records) -> bool {
    [Kind::Industry, Kind::Edition, Kind::Enterprise, Kind::Activity]
        .iter()
        .all(|kind| records.ids(*kind).is_empty())
}
