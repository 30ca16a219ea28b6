//! Notices: what the user should know although nothing has failed.

use crate::model::text::Text;
use crate::text;

/// Something the user should know; nothing has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A change that was interrupted has been finished.
    Finished(u64),
    /// Somebody wrote a file at the moment of a change.
    Kept {
        /// The file.
        path: String,
        /// Where what they wrote lies now.
        kept: String,
    },
    /// A change is made, but not all its files could be put in place yet.
    Pending {
        /// The change.
        change: u64,
        /// Why.
        cause: Text,
    },
    /// Edits by hand have been recorded.
    ByHand {
        /// As which change.
        change: u64,
        /// Of how many records.
        files: usize,
    },
}

impl Notice {
    /// The notice in words.
    pub fn text(&self) -> Text {
        match self {
            Self::Finished(change) => {
                text!("finished change {change}, which had been interrupted", "已完成上次中断的变更 {change}")
            }
            Self::Kept { path, kept } => text!(
                "warning: `{path}` was edited by hand at the same moment; what was written there is kept in `{kept}`",
                "警告：“{path}”同时被手工修改；手工写入的内容保留在“{kept}”"
            ),
            Self::Pending { change, cause } => text!(
                "warning: change {change} is made, but some files are not in place yet ({cause}); every command sees \
                 the new state, and the next one that writes puts them in place",
                "警告：变更 {change} 已完成，但部分文件尚未就位（{cause}）；各命令已按新状态读取，下一个写入命令会将其就位",
                cause = cause
            ),
            Self::ByHand { change, files } => {
                let en = if *files == 1 { "record" } else { "records" };
                text!(
                    "recorded the edits made by hand in {files} {en} as change {change}",
                    "已将 {files} 个记录的手工修改登记为变更 {change}"
                )
            }
        }
    }
}
