//! `kunpeng import`

mod all;
mod argument;
mod remark;
mod show;
mod write;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

pub use argument::kinds;
use argument::{Mapped, choice, parse_map, parse_set, parse_word};

use crate::cli::failure::Failure;
use crate::cli::load::Loaded;
use crate::cli::named::edition_named;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::source::Source;
use crate::cli::write::Write;
use crate::import::columns::date_text::DateOrder;
use crate::import::columns::given::{Given, WordMap};
use crate::import::columns::kind::ImportKind;
use crate::import::columns::names::{ColumnNames, GivenColumns};
use crate::import::columns::saved_map;
use crate::import::plan::options::{Disposition, EnrolAs, Namesakes, OnConflict, Options};
use crate::import::plan::{Plan, Planner};
use crate::model::amount::{DecimalMark, Unit};
use crate::model::finding;
use crate::model::kind::Kind;
use crate::model::meter::Meter;
use crate::model::period::Period;
use crate::text;

/// Import tables from spreadsheets as they are, all or nothing ‖ 原样导入表格，要么全部成功，要么不作改动
///
/// Reads .xlsx, .xlsm, .xls, .ods, CSV, TSV, JSON and JSON lines, told apart by their first bytes. The header is
/// found under titles and unit lines, totals are checked and left out, notes end the table. Columns are known by
/// their ids and by the usual Chinese and English headers; a column the data has no field for is left out and named,
/// and one that is likely misspelt stops the import. Forecasts, targets and derived columns are left out. A code
/// finds the enterprise, and the name beside it must agree. Every row is shown as created, changed, unchanged,
/// duplicate or refused. One refused row means that nothing is written.
/// Blank cells change nothing. Importing a file again changes nothing.
/// ‖ 可读 .xlsx、.xlsm、.xls、.ods、CSV、TSV、JSON 和 JSON lines，按文件内容而非扩展名识别。自动在标题和单位行下找
/// 到表头；合计行核对后不导入；遇附注即表格结束。列按 id 或常用的中英文表头识别；没有对应字段的列不导入并逐一说明，疑似写错
/// 的表头会中止导入；预计数、目标数和推算列不作实际数。代码与名称并列时以代码查找、名称须相符。每行
/// 标明新增、变更、不变、重复或拒绝；有一行被拒绝则全部不写入。空白单元格不作改动；重复导入同一文件不产生变更。
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub struct Import {
    /// Kind of rows ‖ 表中各行的种类
    #[arg(value_parser = kinds(), required_unless_present = "all")]
    kind: Option<ImportKind>,
    /// Files; `-` is standard input ‖ 文件；`-` 为标准输入
    #[arg(required_unless_present = "all", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Import every kind from what `kunpeng export --all` wrote: its folder, or its workbook
    /// ‖ 导入 `kunpeng export --all` 写出的全部种类：其文件夹或工作簿
    #[arg(long, value_name = "FOLDER|FILE", conflicts_with_all = ["kind", "files", "edition", "map", "set", "activity", "period", "plan", "accept_valid", "sheet", "header"])]
    all: Option<PathBuf>,
    /// Edition of rows that do not name one ‖ 行内未注明期次时使用的期次
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// Add the enterprises to that edition as members or candidates ‖ 把企业列为该期的入选企业或申报企业
    #[arg(long = "as", value_name = "member|candidate", requires = "edition", value_parser = choice::<EnrolAs>())]
    role: Option<EnrolAs>,
    /// What to do where a row differs from the data: update, fill, skip or fail
    /// ‖ 与已有数据不一致时如何处理：update 更新、fill 只补空、skip 跳过、fail 报错
    #[arg(long, value_name = "WHAT", default_value = "update", value_parser = choice::<OnConflict>())]
    on_conflict: OnConflict,
    /// Read a column as a field, `-` to leave it out, `@NAME` for a saved map; repeatable
    /// ‖ 把某列读作某字段，`-` 表示不取，`@名称` 使用已保存的对应关系；可多次使用
    #[arg(long, value_name = "HEADER=FIELD|@NAME", value_parser = parse_map)]
    map: Vec<Mapped>,
    /// Save the mapping under this name in columns.toml of the data folder, and the words of --word for every table of
    /// this kind
    /// ‖ 把列的对应关系以此名称保存到数据文件夹的 columns.toml；--word 的词一并保存，以后这类表格均适用
    #[arg(long, value_name = "NAME")]
    save_map: Option<String>,
    /// Take a word of a list as this id, `-` to leave out its rows; repeatable
    /// ‖ 把某个词作为词表中的该标识，`-` 表示不导入含该词的行；可多次使用
    #[arg(long, value_name = "WORD=ID", value_parser = parse_word)]
    word: Vec<(String, String)>,
    /// Give a field the sheet does not have the same value in every row; repeatable
    /// ‖ 表中没有的字段，各行一律取该值；可多次使用
    #[arg(long, value_name = "FIELD=VALUE", value_parser = parse_set)]
    set: Vec<(String, String)>,
    /// Take a row without a code for the enterprise of its name, though town, industry or founding day differ
    /// ‖ 无代码的行按名称视为同一企业，即使镇街、产业或成立日期不同
    #[arg(long, conflicts_with = "new")]
    same: bool,
    /// Take such a row for another enterprise of the same name ‖ 把这样的行视为同名的另一家企业
    #[arg(long)]
    new: bool,
    /// Year of dates without one, where the title names none ‖ 日期未写年份且标题也未注明时使用的年份
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2200))]
    year: Option<i32>,
    /// Order of dates such as 12/07/2013: dmy or mdy ‖ 12/07/2013 这类日期的顺序：dmy 日月年，mdy 月日年
    #[arg(long, value_name = "dmy|mdy", value_parser = choice::<DateOrder>())]
    date_order: Option<DateOrder>,
    /// Mark before the decimals of numbers that are text: , or .
    /// ‖ 文本数字的小数点：, 逗号，. 点
    #[arg(long, value_name = ",|.", value_parser = choice::<DecimalMark>())]
    decimal: Option<DecimalMark>,
    /// Refuse columns that have no field instead of leaving them out ‖ 遇到没有对应字段的列即报错，而不是略去
    #[arg(long)]
    strict: bool,
    /// Unit of amounts whose header names none: 元, 千元, 万元, 亿元
    /// ‖ 表头未注明单位的金额所用单位：元、千元、万元、亿元
    #[arg(long, value_name = "UNIT", value_parser = |text: &str| text.parse::<Unit>().map_err(|fault| fault.message))]
    unit: Option<Unit>,
    /// Activity of a sign-in sheet that names no known one ‖ 签到表未注明已有活动时使用的活动
    #[arg(long, value_name = "ID")]
    activity: Option<String>,
    /// Keep the first person of each enterprise on a sign-in sheet as its contact, if it has none
    /// ‖ 企业尚无联系人时，以签到表上该企业的第一人为联系人
    #[arg(long)]
    with_contacts: bool,
    /// Period of figures whose row and header name none: 2023, 2023-H1, 2023-Q2
    /// ‖ 行和表头均未注明时期的指标所属时期：2023、2023-H1、2023-Q2
    #[arg(long, value_name = "PERIOD", value_parser = |text: &str| text.parse::<Period>().map_err(|fault| fault.message))]
    period: Option<Period>,
    #[command(flatten)]
    source: Source,
    /// Import the valid rows and write the refused ones, with reasons, to a file of the same format
    /// ‖ 导入合格的行，把被拒绝的行连同原因写入同格式的文件
    #[arg(long)]
    accept_valid: bool,
    /// Write refused rows, and those of no enterprise that is known, to this file [default: beside the input, `roster.refused.csv` for `roster.csv`]
    /// ‖ 把被拒绝的行和未匹配到企业的行写入该文件 [默认：与输入文件同处，`roster.csv` 对应 `roster.refused.csv`]
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Save the plan to a file instead of applying it; `kunpeng apply FILE` does that later
    /// ‖ 只把导入方案存入文件，以后用 `kunpeng apply 文件` 执行
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    write: Write,
}

impl Import {
    /// Runs the command.
    pub fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        match (self.kind, &self.all) {
            (Some(kind), _) => self.run_kind(session, kind),
            (None, Some(from)) => self.run_all(session, from),
            (None, None) => Ok(()),
        }
    }

    /// Imports the files of one kind.
    fn run_kind(&self, session: &Session<'_>, kind: ImportKind) -> Result<(), Failure> {
        if self.save_map.is_some() && self.map.is_empty() && self.word.is_empty() {
            return Err(Failure::Usage(text!(
                "`--save-map` saves what `--map` and `--word` say, and neither is given",
                "--save-map 保存的是 --map 和 --word 的内容，但两者都没有给出"
            )));
        }
        self.output.wanted()?;
        let found = Loaded::sound(session)?;
        let (headers, more) = self.headers(kind, &found)?;
        let tables = self.source.read(&self.files, &headers, session.ui)?;
        // Files may take long to read; nobody waits for that. What they say is planned against what is there then.
        let loaded = if self.plan.is_some() { found } else { self.write.load(session)? };
        let (options, meter) = (self.options(kind, &loaded, more.as_deref())?, Arc::default());
        show::recalled(session, &options, &tables);
        let records = loaded.records();
        let planner =
            Planner { records, tables: &tables, headers: &headers, options: &options, meter: &meter };
        let mut plan = self.plan(session, planner, &meter);
        self.show(session, &loaded, &plan, &tables)?;
        if !plan.findings.is_empty() {
            return Err(loaded.failure(std::mem::take(&mut plan.findings)));
        }
        // Whatever is still to be written for a person is on the disk before the change is made.
        let refused_rows = self.refused_rows(session, &plan, &tables)?;
        let map = self.with_saved_maps(kind, &headers, more.as_deref())?;
        self.carry_out(session, &loaded, &plan, &tables, map)?;
        self.finish(session, refused_rows)?;
        let refused = plan.count(Disposition::Refused);
        let is_refused = refused > 0 && refused == plan.rows.len();
        if session.stage.is_none() {
            // Nothing comes after: to give a hundred thousand rows back one by one would only take time.
            std::mem::forget(plan);
            std::mem::forget(tables);
        }
        if is_refused { Err(Failure::Found) } else { Ok(()) }
    }

    /// What becomes of every row.
    fn plan<'r>(&self, session: &Session<'_>, planner: Planner<'r>, meter: &Arc<Meter>) -> Plan<'r> {
        let _progress = session.ui.progress(&text!("planning", "正在核对"), meter);
        let mut plan = if self.accept_valid { planner.plan_valid() } else { planner.plan() };
        plan.findings = finding::joined(plan.findings);
        plan
    }

    /// What the command line says of cells, and what was settled before.
    fn given(&self, kind: ImportKind, more: Option<&str>) -> Result<Given, Failure> {
        let saved = saved_map::find(more.unwrap_or_default(), saved_map::WORD_MAPS, kind.id());
        let saved = saved.map_err(unreadable_list)?.unwrap_or_default();
        Ok(Given {
            unit: self.unit,
            year: self.year,
            date_order: self.date_order,
            decimal: self.decimal,
            words: WordMap::new(self.word.iter().cloned()).and_saved(saved),
        })
    }

    fn options(&self, kind: ImportKind, loaded: &Loaded, more: Option<&str>) -> Result<Options, Failure> {
        let edition =
            self.edition.as_deref().map(|text| edition_named(loaded.records(), text)).transpose()?;
        let activity = self
            .activity
            .as_deref()
            .map(|text| loaded.records().resolve(Kind::Activity, text))
            .transpose()?;
        Ok(Options {
            activity,
            with_contacts: self.with_contacts,
            kind,
            edition,
            role: self.role,
            on_conflict: self.on_conflict,
            given: self.given(kind, more)?,
            namesakes: match (self.same, self.new) {
                (true, _) => Namesakes::Same,
                (_, true) => Namesakes::New,
                _ => Namesakes::Ask,
            },
            period: self.period,
        })
    }

    /// The names of columns that are known here, and the user's own list of them.
    fn headers(&self, kind: ImportKind, loaded: &Loaded) -> Result<(ColumnNames, Option<String>), Failure> {
        let more = loaded.store.columns()?;
        let mut map = Vec::new();
        for mapped in &self.map {
            match mapped {
                Mapped::Header(header, field) => map.push((header.clone(), field.clone())),
                Mapped::Saved(name) => {
                    let saved =
                        saved_map::find(more.as_deref().unwrap_or_default(), saved_map::HEADER_MAPS, name)
                            .map_err(unreadable_list)?;
                    map.extend(saved.ok_or_else(|| {
                        Failure::undone(
                            text!("no map is saved as `{name}`", "没有名为“{name}”的列对应"),
                            text!("save one with `--save-map NAME`", "可用 --save-map 名称 保存"),
                        )
                    })?);
                }
            }
        }
        let given = GivenColumns {
            map,
            set: self.set.clone(),
            is_strict: self.strict,
            words: WordMap::new(self.word.iter().cloned()),
            period: self.period,
        };
        let headers =
            ColumnNames::of(kind, loaded.records(), more.as_deref(), given).map_err(unreadable_list)?;
        Ok((headers, more))
    }
}

fn unreadable_list(error: impl std::fmt::Display) -> Failure {
    Failure::undone(
        text!("columns.toml cannot be read: {error}", "无法读取 columns.toml：{error}"),
        text!("correct it in an editor", "请在编辑器中更正"),
    )
}
