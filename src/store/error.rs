//! Why the work on a data folder could not be done, in both languages.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::disk::LARGEST;
use super::head;
use crate::model::text::Text;
use crate::text;

/// Why the work on a data folder could not be done.
#[derive(Debug)]
pub enum StoreError {
    /// There is no store there.
    NotAStore(PathBuf),
    /// A newer version wrote the store.
    Newer(u32),
    /// An older version wrote the store.
    Older(u32),
    /// There is no folder there.
    NoFolder(PathBuf),
    /// There is none anywhere near.
    NoneFound(PathBuf),
    /// A new store would lie on an old one.
    AlreadyThere(PathBuf),
    /// A new store would lie among other files.
    NotEmpty(PathBuf),
    /// The system refused.
    Io {
        /// What was tried.
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file changed between reading and writing.
    ChangedMeanwhile(String),
    /// The store changed between reading and writing.
    Outdated,
    /// Something lies in the place of a record that is no file.
    NotOrdinary(PathBuf),
    /// A link or a file lies in the place of a folder.
    NotAFolder(String),
    /// A folder is on another file system than the rest.
    OtherDisk(PathBuf),
    /// Somebody else is writing.
    Busy {
        /// The lock.
        path: PathBuf,
        /// By whom.
        holder: String,
        /// How long.
        waited: Duration,
    },
    /// A file of the state folder is not as it was written.
    Damaged {
        /// Which.
        path: String,
        /// How that shows.
        what: Text,
    },
    /// There is history, but nothing says how far it goes.
    NoHead,
    /// The state folder has a newer format.
    NewerHistory,
    /// History does not have what would be needed.
    NotKept {
        /// The change.
        change: u64,
        /// The file.
        path: String,
    },
    /// A backup is not what it was.
    BadCopy(PathBuf),
    /// No such entry of history.
    NoSuchChange(u64),
    /// The disk failed at the instant of the change.
    NotKnown {
        /// The change.
        change: u64,
        /// The system's error.
        source: io::Error,
    },
    /// A file would not read back as planned.
    NotFaithful(String),
    /// A copy is not put back.
    RefusedCopy {
        /// The copy.
        path: PathBuf,
        /// Why.
        why: Text,
    },
    /// A name is not UTF-8.
    NotUtf8(PathBuf),
    /// A file would be larger than what is read.
    TooLarge {
        /// The file.
        path: String,
        /// Its bytes.
        size: usize,
    },
    /// Two files would stand for one record.
    TwoFiles(String, String),
}

impl StoreError {
    /// What went wrong, without its causes.
    pub fn text(&self) -> Text {
        match self {
            Self::NotAStore(root) => text!(
                "`{root}` is not a kunpeng data folder: it has no programme.toml",
                "“{root}”不是 kunpeng 数据文件夹：其中没有 programme.toml",
                root = root.display()
            ),
            Self::Newer(format) => text!(
                "the store has format {format}, newer than this version may write",
                "数据格式为 {format}，比本程序可写入的版本新"
            ),
            Self::Older(format) => text!(
                "the store has format {format}, older than this version writes",
                "数据格式为 {format}，比本程序写入的版本旧"
            ),
            Self::NoFolder(root) => {
                text!("there is no folder `{root}`", "没有文件夹“{root}”", root = root.display())
            }
            Self::NoneFound(root) => text!(
                "no data folder found in `{root}` or above it",
                "在“{root}”及其上级文件夹中没有找到数据文件夹",
                root = root.display()
            ),
            Self::AlreadyThere(root) => {
                text!("`{root}` is a data folder already", "“{root}”已是数据文件夹", root = root.display())
            }
            Self::NotEmpty(root) => {
                text!("`{root}` is not empty", "“{root}”不是空文件夹", root = root.display())
            }
            Self::Io { verb, path, .. } => text!(
                "cannot {verb} `{path}`",
                "无法{verb}“{path}”",
                verb = in_both(verb),
                path = path.display()
            ),
            Self::ChangedMeanwhile(path) => text!(
                "`{path}` was changed by somebody else in the meantime; nothing was written",
                "“{path}”期间已被他人修改，没有写入任何内容"
            ),
            Self::Outdated => text!(
                "the store was changed by somebody else in the meantime; nothing was written",
                "数据期间已被他人修改，没有写入任何内容"
            ),
            Self::NotOrdinary(path) => text!(
                "`{path}` is not an ordinary file; nothing was written",
                "“{path}”不是普通文件，没有写入任何内容",
                path = path.display()
            ),
            Self::NotAFolder(path) => text!(
                "`{path}` is not a folder of the store itself, and is not followed; nothing was written",
                "“{path}”不是数据文件夹自身的目录，不予进入，没有写入任何内容"
            ),
            Self::OtherDisk(path) => text!(
                "`{path}` lies on another file system than the data folder; nothing was written",
                "“{path}”与数据文件夹不在同一文件系统，没有写入任何内容",
                path = path.display()
            ),
            Self::Busy { path, holder, waited } => text!(
                "`{path}` is held by {holder}; waited {seconds} s, nothing was written",
                "“{path}”正被 {holder} 占用；已等待 {seconds} 秒，没有写入任何内容",
                path = path.display(),
                seconds = waited.as_secs()
            ),
            Self::Damaged { path, what } => {
                text!("`{path}` is damaged: {what}", "“{path}”已损坏：{what}", what = what)
            }
            Self::NoHead => text!(
                "`.kunpeng/HEAD` is missing, but there is history",
                "缺少 .kunpeng/HEAD，但存在变更记录"
            ),
            Self::NewerHistory => text!(
                "`.kunpeng` was written by a newer version; the store can be read, not written",
                ".kunpeng 由更新的版本写入；数据可读，不可写"
            ),
            Self::NotKept { change, path } => text!(
                "history does not have what `{path}` was before or after change {change}",
                "变更记录中没有“{path}”在变更 {change} 前后的内容"
            ),
            Self::NoSuchChange(id) => text!("there is no change {id}", "没有变更 {id}"),
            Self::NotKnown { change, .. } => text!(
                "the disk failed at the instant of the change: it is not known whether change {change} was made",
                "变更的一刻磁盘出错：无法确定变更 {change} 是否已完成"
            ),
            refused => refused.refusal(),
        }
    }

    /// What a file, a name or a copy is refused for.
    fn refusal(&self) -> Text {
        match self {
            Self::BadCopy(path) => text!(
                "`{path}` is not a whole copy of a store: a checksum does not agree",
                "“{path}”不是完整的备份：校验和不一致",
                path = path.display()
            ),
            Self::RefusedCopy { path, why } => text!(
                "`{path}` was not restored: {why}",
                "“{path}”未恢复：{why}",
                path = path.display(),
                why = why
            ),
            Self::NotUtf8(path) => text!(
                "the name `{path}` is not UTF-8",
                "文件名“{path}”不是 UTF-8 编码",
                path = path.display()
            ),
            Self::TooLarge { path, size } => text!(
                "`{path}` would have {size} bytes, a record has {LARGEST} at most; nothing was written",
                "“{path}”将有 {size} 字节，记录最多 {LARGEST} 字节，没有写入任何内容"
            ),
            Self::TwoFiles(first, second) => text!(
                "`{first}` and `{second}` would both stand for one record; nothing was written",
                "“{first}”和“{second}”将对应同一记录，没有写入任何内容"
            ),
            Self::NotFaithful(path) => text!(
                "`{path}` could not be edited without changing more than was planned; nothing was written",
                "“{path}”无法只做计划内的修改，没有写入任何内容"
            ),
            // All others are worded above.
            _ => Text::default(),
        }
    }

    /// The way out.
    pub fn help(&self) -> Option<Text> {
        Some(match self {
            Self::NotAStore(_) | Self::NoneFound(_) | Self::NoFolder(_) => text!(
                "name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`",
                "请用 --data 文件夹 或 KUNPENG_DATA 指明，或用 kunpeng init 文件夹 新建"
            ),
            Self::AlreadyThere(_) | Self::NotEmpty(_) => {
                text!("give a new folder: `kunpeng init DIR`", "请指定一个新文件夹：kunpeng init 文件夹")
            }
            Self::ChangedMeanwhile(_) | Self::Outdated => text!("run the command again", "请重新执行该命令"),
            Self::NotOrdinary(_) | Self::NotAFolder(_) => {
                text!("put it right, then run the command again", "请更正后重新执行该命令")
            }
            Self::OtherDisk(_) => {
                text!("keep the whole data folder on one file system", "请将整个数据文件夹放在同一文件系统")
            }
            Self::Busy { .. } => text!(
                "try again later, or wait longer with `--wait SECONDS`",
                "请稍后再试，或用 --wait 秒数 延长等待"
            ),
            Self::Damaged { .. } | Self::NoHead => {
                text!("`kunpeng check` says more", "可用 kunpeng check 查看详情")
            }
            Self::Newer(_) | Self::NewerHistory => newer_program(),
            Self::Older(_) => text!(
                "`kunpeng migrate` brings it up to date; `kunpeng undo` takes that back",
                "可用 kunpeng migrate 升级；kunpeng undo 可撤销升级"
            ),
            Self::NotKept { .. } => text!(
                "it was there before history began, or has been erased on purpose",
                "该内容早于变更记录，或已被有意清除"
            ),
            Self::NotUtf8(_) => text!("rename it", "请改名"),
            Self::BadCopy(_) | Self::RefusedCopy { .. } => text!(
                "take another copy; nothing was restored from this one",
                "请换一份备份；没有从这份备份恢复任何内容"
            ),
            Self::NoSuchChange(_) => text!("`kunpeng log` lists them", "可用 kunpeng log 查看变更记录"),
            Self::NotKnown { .. } => text!(
                "`kunpeng status` tells, once the disk works again",
                "磁盘恢复后，用 kunpeng status 查看"
            ),
            Self::NotFaithful(_) => text!(
                "change the file in an editor: `kunpeng … edit ID`",
                "请在编辑器中修改该文件：kunpeng … edit 编号"
            ),
            Self::TooLarge { .. } => text!("shorten its values", "请缩短其中的内容"),
            Self::TwoFiles(..) => text!("give one of them another id", "请给其中一个换一个编号"),
            Self::Io { .. } => return None,
        })
    }

    /// The error with its causes, in one line.
    pub(super) fn chain(&self) -> Text {
        let mut chain = self.text();
        let mut cause = self.source();
        while let Some(error) = cause {
            let words = match error.downcast_ref::<io::Error>() {
                Some(error) => text!("{error}", "{error}", error = error),
                None => Text::same(error.to_string()),
            };
            chain = text!("{chain}: {words}", "{chain}：{words}", chain = chain, words = words);
            cause = error.source();
        }
        chain
    }

    /// The same once more, for somebody who only says so.
    pub(super) fn duplicate(&self) -> Self {
        match self {
            Self::Damaged { path, what } => Self::Damaged { path: path.clone(), what: what.clone() },
            Self::NoSuchChange(id) => Self::NoSuchChange(*id),
            Self::NewerHistory => Self::NewerHistory,
            other => {
                Self::Io { verb: "read", path: head::HEAD.into(), source: io::Error::other(other.chain()) }
            }
        }
    }
}

/// The way out where a newer version has been at work.
pub fn newer_program() -> Text {
    text!("use the kunpeng that wrote it, or a newer one", "请使用写入该数据的 kunpeng 版本或更新的版本")
}

/// What was tried, in both languages.
fn in_both(verb: &str) -> Text {
    let zh = match verb {
        "change the mode of" => "修改权限：",
        "copy" => "复制",
        "restore" => "恢复",
        "keep" => "保留",
        "list" => "列出",
        "lock" => "锁定",
        "look at" => "查看",
        "make" => "创建",
        "open" => "打开",
        "put in place" => "放入",
        "read" => "读取",
        "remove" => "删除",
        "sync" => "同步到磁盘：",
        "write" | "write to" => "写入",
        other => other,
    };
    Text::new(verb, zh)
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::NotKnown { source, .. } => Some(source),
            _ => None,
        }
    }
}
