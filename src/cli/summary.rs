//! `kunpeng summary`

use chrono::NaiveDate;
use clap::Args;

use super::disclosure::Disclosure;
use super::failure::Failure;
use super::load::Loaded;
use super::named::edition_named;
use super::output::Output;
use super::report::years;
use super::seal::{self, Sealed};
use super::session::Session;
use super::why::{self, no_such};
use crate::model::figure::CellPath;
use crate::model::id::EditionId;
use crate::report::as_of::as_of;
use crate::report::basis::Basis;
use crate::report::counted::{Counted, NoSuch};
use crate::report::document::Document;
use crate::report::label::many;
use crate::report::outline::outline;
use crate::report::query::narrowed;
use crate::report::sealed::differences;
use crate::report::summary::{Summary as Counting, TABLES, compare, compared};
use crate::report::table::{Cell, Table};
use crate::report::{Filter, View};
use crate::text;

/// Print the summary tables of an edition ‖ 输出一期的汇总表
///
/// Thirteen tables, each with its counting rule under it: overview, enterprises by industry, town, size and
/// module, targets, activities by aspect, attendance, recognitions, platforms, indicators, projects, needs.
/// Figures of an open edition are counted up to today; those of a closed one are the ones that were sealed when it
/// was closed, and it is said when today's would differ.
/// ‖ 共十三张表，表下注明统计口径：总览，按产业、镇街、规模、模块的企业数，目标完成，按培育内容的活动，出席，资质，
/// 平台，指标，项目，诉求。未结班的期次统计到今天；已结班的期次输出结班时封存的数，今日统计与之不同时会
/// 说明。
#[derive(Debug, Args)]
pub struct Summary {
    /// The edition ‖ 期次
    edition: String,
    /// Compare with another edition ‖ 与另一期对比
    #[arg(long, value_name = "EDITION")]
    compare: Option<String>,
    /// Use the data as of a change; `kunpeng log` lists them ‖ 按某次变更之后的数据统计，编号见 `kunpeng log`
    #[arg(long, value_name = "CHANGE", alias = "at")]
    rev: Option<u64>,
    /// Count as of a day: what happened after it is left out ‖ 按某日统计，其后发生的不计
    #[arg(long, value_name = "DATE", conflicts_with = "rev")]
    on: Option<NaiveDate>,
    /// Count the records as they are, whatever was sealed ‖ 按现有记录统计，不用封存的数
    #[arg(long)]
    live: bool,
    /// List the figures that have changed since the edition was sealed ‖ 列出封存之后有变化的数
    #[arg(long, conflicts_with_all = ["live", "rev", "on", "compare", "why", "years", "redact", "suppress_below"])]
    diff: bool,
    /// Show the records behind one figure: what each adds, where it stands, what was left out
    /// ‖ 列出一个数背后的记录：各计入多少、出自何处、哪些未计入
    #[arg(long, value_name = "TABLE/ROW/COLUMN", value_parser = why::cell, conflicts_with = "compare")]
    why: Option<CellPath>,
    /// Count only the enterprises that meet this condition, such as `industry = 新能源` or `holds srdi`; repeat it for
    /// several ‖ 只统计符合条件的企业，如 `industry = 新能源`、`holds srdi`；可重复，须同时符合
    #[arg(long = "where", value_name = "CONDITION", conflicts_with_all = ["diff", "compare"])]
    conditions: Vec<String>,
    /// Compare the indicators of these two years ‖ 对比这两个年度的指标
    #[arg(long, value_name = "YEAR..YEAR", value_parser = years)]
    years: Option<(i32, i32)>,
    #[command(flatten)]
    disclosure: Disclosure,
    #[command(flatten)]
    output: Output,
}

impl Summary {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        self.output.wanted()?;
        let loaded = Loaded::sound_at(session, self.rev)?;
        let past = self.on.map(|day| as_of(loaded.records(), day));
        let records = past.as_ref().unwrap_or(loaded.records());
        let view = View { today: self.today(session, &loaded)?, ..session.view(records) };
        let edition = edition_named(records, &self.edition)?;
        let sealed = if self.asks_for_live() { None } else { seal::read(&loaded, &edition, view.lang)? };
        let filter = Filter { years: self.years, ..Filter::edition(&edition) };
        let (filter, mut said) = match self.conditions.as_slice() {
            [] => (filter, Vec::new()),
            conditions => narrowed(&view, &filter, conditions).map_err(Failure::Question)?,
        };
        if !self.conditions.is_empty() {
            let conditions = self.conditions.join("; ");
            said.insert(
                0,
                text!("only enterprises where {conditions}", "只统计符合条件的企业：{conditions}"),
            );
        }
        let counted = Counting::of(&view, &filter);
        if let Some(at) = &self.why {
            let unknown = || no_such(&NoSuch::Table(at.table.clone(), TABLES.map(str::to_owned).to_vec()));
            let table = counted.counted(&at.table, true).ok_or_else(unknown)?;
            if !self.counts_otherwise() {
                tell_if_sealed_otherwise(session, &loaded, &view, &edition, (&table, at))?;
            }
            let basis = Basis::live(&view, loaded.snapshot.change).saying(said);
            return why::print(session, &loaded, &view, (&table, at), basis, &self.output);
        }
        let other = self.compare.as_deref().map(|other| edition_named(records, other)).transpose()?;
        let live = match &other {
            None => counted.tables(),
            Some(other) => compare(&view, &[edition.clone(), other.clone()]),
        };
        if self.diff {
            return self.print_differences(
                session,
                &view,
                (&edition, loaded.snapshot.change),
                sealed.as_ref(),
                &live,
            );
        }
        let (tables, basis) = match sealed {
            Some(sealed) => {
                tell_if_changed(session, &view, &edition, &sealed, &live);
                let basis = sealed.basis();
                (sealed.tables, basis)
            }
            None => (live, Basis::live(&view, loaded.snapshot.change)),
        };
        let drawn = counted.drawn(&tables);
        let all = || {
            let tables = match &other {
                None => TABLES.iter().filter_map(|id| counted.counted(id, true)).collect(),
                Some(other) => compared(&view, &[edition.clone(), other.clone()], true),
            };
            tables.into_iter().chain([counted.attendance_by_month(true)]).collect::<Vec<_>>()
        };
        let printed = tables.len();
        let tables = tables.into_iter().chain(drawn).collect();
        let mut tables = self.disclosure.applied(session, &view, tables, all);
        let drawn = tables.split_off(printed);
        let mut document = Document { basis: Some(basis.saying(said)), ..outline(&view, &edition, &tables) };
        for table in &drawn {
            document.draw(table, "attendance");
        }
        if self.disclosure.tells_reasons(&self.output)? {
            document.reasons = why::reasons(&loaded, &view, &all(), &tables);
        }
        self.output.print_document(session, &document)
    }

    /// Whether the records are to be counted whatever was sealed.
    fn asks_for_live(&self) -> bool {
        self.counts_otherwise() || self.compare.is_some() || self.why.is_some()
    }

    /// Whether other records, days, years or enterprises are to be counted than those that are sealed.
    fn counts_otherwise(&self) -> bool {
        let is_past = self.rev.is_some() || self.on.is_some();
        self.live || is_past || self.years.is_some() || !self.conditions.is_empty()
    }

    /// The day that counts as today: of an earlier change, the day it was made.
    fn today(&self, session: &Session<'_>, loaded: &Loaded) -> Result<NaiveDate, Failure> {
        let Some(rev) = self.rev else { return Ok(self.on.unwrap_or(session.environment.today)) };
        let time = loaded.store.entry(rev)?.note.time;
        let day = time.get(..10).and_then(|day| day.parse().ok());
        Ok(day.unwrap_or(session.environment.today))
    }

    fn print_differences(
        &self,
        session: &Session<'_>,
        view: &View<'_>,
        (edition, change): (&EditionId, u64),
        sealed: Option<&Sealed>,
        live: &[Table],
    ) -> Result<(), Failure> {
        let Some(sealed) = sealed else {
            return Err(Failure::undone(
                text!("edition `{edition}` has no seal", "期次“{edition}”没有封存"),
                text!(
                    "`kunpeng edition close {edition}` makes one",
                    "kunpeng edition close {edition} 结束期次时封存"
                ),
            ));
        };
        let table = differences(view, &sealed.tables, live);
        let basis = Basis::live(view, change).saying(sealed.basis().texts().collect());
        self.output.print_counted(session, view, &[table], basis)
    }
}

/// Says so if the figure that was sealed is another one than the records give now.
fn tell_if_sealed_otherwise(
    session: &Session<'_>,
    loaded: &Loaded,
    view: &View<'_>,
    edition: &EditionId,
    (counted, at): (&Counted, &CellPath),
) -> Result<(), Failure> {
    let Some(sealed) = seal::read(loaded, edition, view.lang)? else { return Ok(()) };
    let changed = differences(view, &sealed.tables, std::slice::from_ref(&counted.table));
    let is_id = |cell: &Cell, wanted: &str| matches!(cell, Cell::Coded { id, .. } if id == wanted);
    if changed.rows.iter().any(|row| is_id(&row[1], &at.row) && is_id(&row[2], &at.column)) {
        session.ui.say(&text!(
            "these are the records as they are; when the edition closed another figure was sealed: `kunpeng summary {edition} --diff`",
            "以下按现有记录列出，与结班时封存的数不同：kunpeng summary {edition} --diff 逐项列出"
        ));
    }
    Ok(())
}

/// Says how many figures have changed since an edition was sealed.
fn tell_if_changed(
    session: &Session<'_>,
    view: &View<'_>,
    edition: &EditionId,
    sealed: &Sealed,
    live: &[Table],
) {
    let changed = differences(view, &sealed.tables, live).rows.len();
    if changed > 0 {
        let en = many(changed, "figure", "figures");
        session.ui.say(&text!(
            "counted today, {en} would differ: `kunpeng summary {edition} --diff` lists them, `--live` prints all",
            "按现有记录统计，有 {changed} 个数与封存的不同：kunpeng summary {edition} --diff 逐项列出，--live 按现有记录输出",
            en = en,
            changed = changed,
            edition = edition
        ));
    }
}
