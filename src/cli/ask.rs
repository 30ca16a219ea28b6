//! `--where`, `--sort` and `--limit` of every list and report; with `--columns`, one small language.

use clap::Args;
use serde_json::Value as Json;

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::render::Format;
use crate::report::query::{Answer, Query, answer};
use crate::report::table::Table;
use crate::report::{Filter, View};

/// Which rows are wanted, and in which order.
#[derive(Debug, Clone, Default, Args)]
pub struct Ask {
    /// Only what meets this condition, such as `industry = 汽车`, `revenue >= 5000万` or `holds srdi`; repeat it for
    /// several ‖ 只列符合条件的，如 `industry = 汽车`、`revenue >= 5000万`、`holds srdi`；可重复，须同时符合
    ///
    /// A condition is FIELD OPERATOR VALUE. Operators: = != < <= > >=, has, lacks (one of several), contains (part of a
    /// text), is missing, is not missing; `not` in front turns one round. Fields: the columns of the table, and of
    /// enterprises all their fields, your own ones, size, editions (how many), holds TITLE [on DATE], revenue and any
    /// other metric (last full year), revenue.2022, growth.revenue, attended ASPECT, attended ASPECT.2024,
    /// attendance.rate, last activity, days since last activity. Values: ids or labels in either language, 5000万,
    /// 1.2亿, 15%, 2024-05, this year, today+90d.
    /// ‖ 条件由字段、运算符、值三部分组成。运算符：= != < <= > >=、has、lacks（含、不含某词）、contains（包含文字）、
    /// is missing、is not missing；前加 not 表示相反。字段：表中各列；企业的全部字段、自定义字段、size（规模）、editions
    /// （参加期数）、holds 资质 [on 日期]、revenue 等指标（最近完整年度）、revenue.2022、growth.revenue、
    /// attended 培育内容、attended 培育内容.2024、attendance.rate、last activity、days since last activity，也可写中文名称，
    /// 如 营业收入.去年、未持有高企、未参加走访.今年。值：id 或中英文名称、5000万、1.2亿、15%、2024-05、今年、今天+90天。
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// Sort by these fields; `FIELD:desc` puts the largest first ‖ 按这些字段排序；`字段:desc` 为从大到小
    #[arg(long, value_name = "FIELD[:desc]", value_delimiter = ',')]
    pub sort: Vec<String>,
    /// At most so many rows ‖ 最多列出的行数
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

impl Ask {
    /// The table that `make` makes, as it is asked for.
    pub fn answer(
        &self,
        view: &View,
        filter: &Filter,
        output: &Output,
        make: &dyn Fn(&Filter) -> Table,
    ) -> Result<Answer, Failure> {
        let query = Query {
            conditions: self.conditions.clone(),
            columns: output.columns.clone(),
            sort: self.sort.clone(),
            limit: self.limit,
        };
        answer(view, filter, &query, make).map_err(Failure::Question)
    }

    /// Prints a list as it is asked for; as json, unless columns are chosen, the records that `stored` finds for it.
    pub fn list(
        &self,
        session: &Session<'_>,
        (view, filter): (&View<'_>, &Filter),
        output: &Output,
        make: &dyn Fn(&Filter) -> Table,
        stored: &dyn Fn(&Answer) -> Json,
    ) -> Result<(), Failure> {
        let answer = self.answer(view, filter, output, make)?;
        if output.wanted()? == Format::Json && output.columns.is_empty() {
            return output.print_stored(session, &stored(&answer));
        }
        output.whole().print(session, &[answer.table])
    }
}
