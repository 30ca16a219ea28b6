//! What is wrong with a command line, in both languages.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::model::shape::Misread;
use crate::model::text::Text;
use crate::text;

/// The fault the parser of arguments found, and the way out where it knows one.
pub fn fault(error: &clap::Error) -> (Text, Option<Text>) {
    let arg = one(error, ContextKind::InvalidArg);
    let value = one(error, ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => text!("unexpected argument `{arg}`", "多余的参数或未知选项：`{arg}`"),
        ErrorKind::InvalidSubcommand => {
            let name = one(error, ContextKind::InvalidSubcommand);
            text!("there is no command `{name}`", "没有名为 `{name}` 的命令")
        }
        ErrorKind::InvalidValue if value.is_empty() => text!("`{arg}` needs a value", "`{arg}` 缺少取值"),
        ErrorKind::InvalidValue => {
            text!("`{value}` is not a value of `{arg}`", "`{value}` 不是 `{arg}` 的可选值")
        }
        ErrorKind::ValueValidation => {
            let (why, _) = cause(error);
            text!(
                "invalid value `{value}` for `{arg}`: {why}",
                "`{arg}` 的值 `{value}` 无效：{why}",
                why = why
            )
        }
        ErrorKind::MissingRequiredArgument => {
            let (en, zh) =
                (listed(error, ContextKind::InvalidArg, ", "), listed(error, ContextKind::InvalidArg, "、"));
            text!("missing: {en}", "缺少参数：{zh}")
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            text!("a command is missing", "缺少命令")
        }
        ErrorKind::ArgumentConflict => {
            let other = listed(error, ContextKind::PriorArg, ", ");
            text!("`{arg}` cannot be used with `{other}`", "`{arg}` 不能与 `{other}` 同时使用")
        }
        ErrorKind::NoEquals => text!("`{arg}` needs `=` before its value", "`{arg}` 与取值之间须用等号"),
        ErrorKind::TooManyValues => {
            text!("`{value}` is one value too many for `{arg}`", "`{arg}` 的取值过多：`{value}`")
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            text!("`{arg}` needs another number of values", "`{arg}` 的取值个数不对")
        }
        ErrorKind::InvalidUtf8 => text!("an argument is not UTF-8", "有参数不是 UTF-8 文本"),
        _ => text!("the command line cannot be read", "无法识别命令行"),
    };
    (message, help(error))
}

/// The way out.
fn help(error: &clap::Error) -> Option<Text> {
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| one(error, kind))
        .find(|near| !near.is_empty());
    if let Some(near) = near {
        return Some(text!("did you mean `{near}`?", "是否想写 `{near}`？"));
    }
    let values = ContextKind::ValidValue;
    let commands = ContextKind::ValidSubcommand;
    let known = if error.get(values).is_some() { values } else { commands };
    let (en, zh) = (listed(error, known, ", "), listed(error, known, "、"));
    if !en.is_empty() {
        return Some(text!("known are {en}", "可用的有：{zh}"));
    }
    cause(error).1
}

/// Why a value could not be read, and what could be.
fn cause(error: &clap::Error) -> (Text, Option<Text>) {
    let Some(cause) = error.source() else { return (Text::default(), None) };
    if let Some(misread) = cause.downcast_ref::<Misread>() {
        return (misread.message.clone(), misread.help.clone());
    }
    if let Some(text) = cause.downcast_ref::<Text>() {
        return (text.clone(), None);
    }
    if cause.is::<std::num::ParseIntError>() {
        return (text!("not a whole number", "不是整数"), None);
    }
    if cause.is::<chrono::ParseError>() {
        return (text!("not a day such as 2024-03-01", "不是 2024-03-01 这样的日期"), None);
    }
    (Text::same(cause.to_string()), None)
}

/// How the command is used; empty where the parser does not say.
pub fn synopsis(error: &clap::Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    usage.trim_start_matches("Usage:").trim().to_owned()
}

fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

fn one(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn listed(error: &clap::Error, kind: ContextKind, between: &str) -> String {
    all(error, kind).join(between)
}
