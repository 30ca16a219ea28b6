//! What an import writes: the records or the plan of it, the refused rows, the map of its columns.

use std::path::{Path, PathBuf};

use super::{Import, unreadable_list};
use crate::cli::apply::save;
use crate::cli::failure::Failure;
use crate::cli::load::{Loaded, take};
use crate::cli::outfile::{self, Access, Outfile};
use crate::cli::session::Session;
use crate::cli::write::{WARNED, dry_run, nothing_to_change, warn_of, wrote};
use crate::import::columns::kind::ImportKind;
use crate::import::columns::names::ColumnNames;
use crate::import::columns::saved_map;
use crate::import::layout::table::DataTable;
use crate::import::plan::Plan;
use crate::import::plan::options::{Disposition, OnConflict};
use crate::import::plan::refused_rows;
use crate::model::finding::Finding;
use crate::model::rule;
use crate::model::text::Text;
use crate::store::image;
use crate::store::writer::Sources;
use crate::text;

impl Import {
    /// Writes the records, or the plan of it.
    pub(super) fn carry_out(
        &self,
        session: &Session<'_>,
        loaded: &Loaded,
        plan: &Plan<'_>,
        tables: &[DataTable],
        map: Option<String>,
    ) -> Result<(), Failure> {
        let is_empty = plan.is_empty() && self.plan.is_none();
        if let Some(text) = map.as_ref().filter(|_| is_empty || self.plan.is_some()) {
            // There is no other change that it could be part of.
            let note = session.note(self.write.reason.as_deref());
            match &loaded.writer {
                Some(writer) => writer.write_columns(text.clone(), note)?,
                None => take(session, &loaded.store)?.write_columns(text.clone(), note)?,
            }
        }
        if is_empty {
            session.ui.say(&self.why_nothing(plan));
        } else if self.write.dry_run {
            session.ui.say(&dry_run());
        } else if let Some(path) = &self.plan {
            save(&plan.change(), path)?;
            let path = path.display();
            session.ui.say(&text!(
                "saved the plan to {path}: `kunpeng apply {path}` carries it out",
                "方案已保存到 {path}：用 kunpeng apply {path} 执行"
            ));
        } else {
            let change = plan.change();
            let files = map.map(|text| loaded.store.columns_change(text)).transpose()?.into_iter().collect();
            self.write.apply(session, loaded, &change, &sources(plan, tables), files)?;
            if session.stage.is_none() {
                session.ui.say(&wrote(change.edits.len()));
            }
        }
        if session.stage.is_none() && self.plan.is_none() {
            // Outliers are shown with their rows.
            let others = |finding: &Finding| finding.rule != &rule::INDICATOR_JUMP;
            let edits = plan.edits().filter(|edit| edit.before != edit.after);
            warn_of(session, loaded.records(), &edits.take(WARNED + 1).collect::<Vec<_>>(), others);
        }
        Ok(())
    }

    /// Why an import changes nothing.
    fn why_nothing(&self, plan: &Plan<'_>) -> Text {
        let is_kept = matches!(self.on_conflict, OnConflict::Fill | OnConflict::Skip);
        match (plan.rows.len(), plan.count(Disposition::Refused)) {
            (0, _) => text!(
                "nothing to change: there is no row below the header",
                "没有需要改动的内容：表头下没有数据行"
            ),
            (_, 0) if is_kept => nothing_to_change(),
            (_, 0) => text!(
                "nothing to change: the store says all of it already",
                "没有需要改动的内容：数据已与表格一致"
            ),
            (all, refused) if all == refused => {
                text!("nothing to change: every row is refused", "没有需要改动的内容：全部行都被拒绝")
            }
            _ => text!(
                "nothing to change: the store says all that is not refused already",
                "没有需要改动的内容：未被拒绝的行已与数据一致"
            ),
        }
    }

    /// The refused rows of each file as a file of the same format, on the disk and not yet in its place.
    pub(super) fn refused_rows(
        &self,
        session: &Session<'_>,
        plan: &Plan<'_>,
        tables: &[DataTable],
    ) -> Result<Vec<(PathBuf, Outfile)>, Failure> {
        let mut files = Vec::new();
        for input in self.files.iter().filter(|_| !self.write.dry_run) {
            let name = input.display().to_string();
            let Some(file) = refused_rows::file(plan, tables, &name, session.ui.lang()) else { continue };
            let (bytes, ending) = file.map_err(|why| {
                Failure::undone(why, text!("take the rows from the input", "请从原文件中取出这些行"))
            })?;
            let path = self.refused.clone().unwrap_or_else(|| beside(input, ending));
            let taken: Vec<&Path> = files.iter().map(|(path, _): &(PathBuf, _)| path.as_path()).collect();
            let path = outfile::unused(&path, &taken);
            files.push(outfile::settled(&path, &bytes, Access::Private)?);
        }
        Ok(files)
    }

    /// The text of `columns.toml` with the maps of the command line saved, if they are to be.
    pub(super) fn with_saved_maps(
        &self,
        kind: ImportKind,
        headers: &ColumnNames,
        more: Option<&str>,
    ) -> Result<Option<String>, Failure> {
        let Some(name) = self.save_map.as_ref().filter(|_| !self.write.dry_run) else { return Ok(None) };
        let mut text = more.unwrap_or_default().to_owned();
        for (part, name, pairs) in [
            (saved_map::HEADER_MAPS, name.as_str(), headers.map()),
            (saved_map::WORD_MAPS, kind.id(), &self.word),
        ] {
            if !pairs.is_empty() {
                text = saved_map::put(&text, (part, name), pairs).map_err(unreadable_list)?;
            }
        }
        Ok(Some(text))
    }

    /// Puts the refused rows in their places, and says what was written besides records.
    pub(super) fn finish(
        &self,
        session: &Session<'_>,
        refused: Vec<(PathBuf, Outfile)>,
    ) -> Result<(), Failure> {
        for (path, file) in refused {
            file.finish().map_err(outfile::unwritten(&path))?;
            session.ui.say(&text!(
                "wrote the refused rows to {path}",
                "被拒绝的行已写入 {path}",
                path = path.display()
            ));
        }
        let saved = self.save_map.as_ref().filter(|_| !self.write.dry_run);
        if saved.is_some() && !self.word.is_empty() {
            session.ui.say(&text!(
                "saved the words of `--word`: tables of this kind are read by them from now on",
                "已保存 --word 的词：以后导入这类表格时自动适用"
            ));
        }
        if let Some(name) = saved.filter(|_| !self.map.is_empty()) {
            session.ui.say(&text!(
                "saved the map `{name}`: use it with `--map @{name}`",
                "已保存列对应“{name}”：用 --map @{name} 调用"
            ));
        }
        Ok(())
    }
}

/// Where the refused rows of a file go: `roster.refused.csv` beside `roster.csv`.
fn beside(input: &Path, ending: &str) -> PathBuf {
    if input.as_os_str() == "-" {
        return PathBuf::from(format!("refused.{ending}"));
    }
    let has_ending = input.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    let stem = input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = if has_ending {
        input.extension().unwrap_or_default().to_string_lossy().into_owned()
    } else {
        ending.to_owned()
    };
    input.with_file_name(format!("{stem}.refused.{ending}"))
}

/// The rows that each record of the change comes from.
fn sources(plan: &Plan<'_>, tables: &[DataTable]) -> Sources {
    let mut sources = Sources::new();
    for row in &plan.rows {
        let is_news = matches!(row.disposition, Disposition::Created | Disposition::Changed);
        if let Some(record) = row.record.as_ref().filter(|_| is_news) {
            let file = tables.get(row.table).map(|table| table.title().to_string()).unwrap_or_default();
            let source = image::Source { file, row: row.number };
            sources.entry(record.clone()).or_default().push(source);
        }
    }
    sources
}
