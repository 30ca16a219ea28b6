//! The files of an import and how they are to be read.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use super::reader;
use super::ui::Ui;
use crate::import::columns::names::ColumnNames;
use crate::import::columns::select;
use crate::import::layout::table::DataTable;
use crate::import::read::decode;
use crate::import::read::limits::{Limits, MEGABYTE};
use crate::import::read::{ReadOptions, SheetChoice, sheets};
use crate::model::finding::{Finding, Place};
use crate::model::rule;
use crate::text;

/// Options for how files are read.
#[derive(Debug, Clone, Args)]
pub struct Source {
    /// Read this sheet of a workbook: its name, its number, or `all`
    /// ‖ 读取工作簿中的这张工作表：名称、序号或 `all`
    #[arg(long, value_name = "NAME|N|all")]
    pub sheet: Option<String>,
    /// Read text in this encoding [default: detected: UTF-8, GB18030 or UTF-16]
    /// ‖ 按该编码读取文本 [默认：自动识别 UTF-8、GB18030 或 UTF-16]
    #[arg(long, value_name = "ENCODING", value_parser = decode::named)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// Headers of a file without a header line, separated by commas ‖ 无表头文件的表头，用逗号分隔
    #[arg(long, value_name = "HEADERS", value_delimiter = ',')]
    header: Option<Vec<String>>,
    /// Refuse files of more than N megabytes, and archives that unpack to ten times as much
    /// ‖ 拒绝超过 N 兆字节的文件，以及解压后超过其十倍的压缩文件
    #[arg(long, value_name = "N", default_value_t = Limits::default().bytes / MEGABYTE)]
    max_mb: u64,
    /// Refuse files of more than N rows ‖ 拒绝超过 N 行的文件
    #[arg(long, value_name = "N", default_value_t = Limits::default().rows)]
    max_rows: usize,
    /// Refuse files of more than N cells ‖ 拒绝超过 N 个单元格的文件
    #[arg(long, value_name = "N", default_value_t = Limits::default().cells)]
    max_cells: usize,
    /// Give up on a workbook that takes more than N seconds to read ‖ 读取工作簿超过 N 秒即放弃
    #[arg(long, value_name = "N", default_value_t = Limits::default().seconds)]
    max_seconds: u64,
}

impl Source {
    /// How files are to be read.
    pub fn reading(&self) -> ReadOptions {
        let limits = Limits {
            bytes: self.max_mb.saturating_mul(MEGABYTE),
            unpacked: self.max_mb.saturating_mul(10 * MEGABYTE),
            rows: self.max_rows,
            cells: self.max_cells,
            seconds: self.max_seconds,
            ..Limits::default()
        };
        let wanted = match self.sheet.as_deref() {
            None => SheetChoice::Only,
            Some("all") => SheetChoice::All,
            Some(name) => SheetChoice::Named(name.to_owned()),
        };
        ReadOptions { encoding: self.encoding, header: self.header.clone(), wanted, limits }
    }

    /// Every file with its tables, or everything that is wrong with any of them.
    pub fn read(
        &self,
        paths: &[PathBuf],
        headers: &ColumnNames,
        ui: &Ui<'_>,
    ) -> Result<Vec<DataTable>, Failure> {
        let reading = self.reading();
        let mut tables = Vec::new();
        let mut found: Vec<Finding> = Vec::new();
        for path in paths {
            let name = path.display().to_string();
            let short = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let _progress = ui.progress(&text!("reading {short}", "正在读取 {short}"), &Arc::default());
            let bytes = match bytes_of(path, reading.limits.bytes) {
                Ok(bytes) => bytes,
                Err(error) => {
                    found.push(unreadable(&name, &error));
                    continue;
                }
            };
            let read_workbook = |bytes: &[u8], format| reader::sheets(bytes, format, &reading.limits);
            match sheets(&bytes, &reading, &read_workbook) {
                Ok(file) => match select::tables(&name, file, &reading, headers) {
                    Ok(read) => tables.extend(read),
                    Err(faults) => found.extend(faults),
                },
                Err(error) => found.push(error.of(&name)),
            }
        }
        if found.is_empty() { Ok(tables) } else { Err(Failure::findings(found)) }
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Finding {
    let place = Place::Argument(name.to_owned());
    Finding::new(
        &rule::UNREADABLE_TABLE,
        text!("`{name}` cannot be read: {error}", "无法读取“{name}”：{error}", name = name, error = error),
        place,
    )
    .help(text!("check its name and its permissions", "请检查文件名和权限"))
}

/// The bytes of a file, and no more than one beyond the limit: that one tells that it is too large.
fn bytes_of(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = limit.saturating_add(1);
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
