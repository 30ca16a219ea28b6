//! `kunpeng summary`

use clap::Args;

use super::failure::Failure;
use super::member::edition_meant;
use super::output::Output;
use super::report::years;
use super::session::Session;
use super::why::{self, no_such};
use crate::model::figure::CellPath;
use crate::report::Filter;
use crate::report::counted::NoSuch;
use crate::report::outline::outline;
use crate::report::summary::{Summary as Counting, TABLES, compare};

/// Print the summary tables of an edition ‖ 输出一期的汇总表
///
/// Thirteen tables, each with its counting rule under it: overview, enterprises by industry, town, size and
/// module, targets, activities by aspect, attendance, recognitions, platforms, indicators, projects, needs.
/// Figures of an open edition are counted up to today.
/// ‖ 共十三张表，表下注明统计口径：总览，按产业、镇街、规模、模块的企业数，目标完成，按培育内容的活动，出席，资质，
/// 平台，指标，项目，诉求。未结班的期次统计到今天。
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
    /// Show the records behind one figure: what each adds, where it stands, what was left out
    /// ‖ 列出一个数背后的记录：各计入多少、出自何处、哪些未计入
    #[arg(long, value_name = "TABLE/ROW/COLUMN", value_parser = why::cell, conflicts_with = "compare")]
    why: Option<CellPath>,
    /// Compare the indicators of these two years ‖ 对比这两个年度的指标
    #[arg(long, value_name = "YEAR..YEAR", value_parser = years)]
    years: Option<(i32, i32)>,
    #[command(flatten)]
    output: Output,
}

impl Summary {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        self.output.wanted()?;
        let loaded = session.sound_at(self.rev)?;
        let records = loaded.records();
        let view = session.view(records);
        let edition = edition_meant(records, &self.edition)?;
        let counted = Counting::of(&view, &Filter { years: self.years, ..Filter::edition(&edition) });
        if let Some(at) = &self.why {
            let unknown = || no_such(NoSuch::Table(at.table.clone(), TABLES.map(str::to_owned).to_vec()));
            let table = counted.counted(&at.table, true).ok_or_else(unknown)?;
            return why::print(session, &loaded, &view, &table, at, &self.output);
        }
        let tables = match &self.compare {
            None => counted.tables(),
            Some(other) => compare(&view, &[edition.clone(), edition_meant(records, other)?]),
        };
        session.print_document(&outline(&view, &edition, &tables), &self.output)
    }
}
