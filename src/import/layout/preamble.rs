//! The lines above the persons of a sign-in sheet: what the activity was, when and where.

use crate::import::read::sheet::SheetRow;

/// Words before a colon that say which activity it was.
const NAMES: [&str; 6] = ["活动名称", "活动主题", "会议名称", "名称", "主题", "activity"];
const OTHERS: [&str; 12] = [
    "活动时间",
    "会议时间",
    "时间",
    "日期",
    "活动地点",
    "会议地点",
    "地点",
    "主办单位",
    "承办单位",
    "date",
    "time",
    "place",
];

/// Whether a line says what, when or where it was and is no row of persons.
pub fn is_head(row: &SheetRow) -> bool {
    let begins = |text: &str| {
        NAMES.iter().chain(&OTHERS).any(|word| {
            text.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(['：', ':']))
        })
    };
    row.filled().next().is_some() && row.filled().all(|(_, text)| begins(text))
}

/// Words before a colon that say on which day it was.
const DAYS: [&str; 8] = ["活动时间", "会议时间", "培训时间", "举办时间", "时间", "日期", "date", "time"];

/// What lines above persons give as the day, as written.
pub fn days(lines: &[String]) -> Vec<String> {
    let mut days = Vec::new();
    for line in lines {
        let lower = line.to_lowercase();
        for (at, word) in DAYS.iter().filter_map(|word| lower.find(word).map(|at| (at, word))) {
            let Some(value) =
                line.get(at + word.len()..).unwrap_or_default().trim_start().strip_prefix(['：', ':'])
            else {
                continue;
            };
            let end = value.find("  ").unwrap_or(value.len());
            days.push(value[..end].trim().to_owned());
        }
        days.dedup();
    }
    days
}

/// The names of activities that lines above persons give: after `活动名称：`, or a title as it stands.
pub fn titles(lines: &[String]) -> Vec<String> {
    let mut titles = Vec::new();
    for line in lines {
        for (at, word) in NAMES.iter().filter_map(|word| line.find(word).map(|at| (at, word))) {
            let Some(value) = line[at + word.len()..].trim_start().strip_prefix(['：', ':']) else {
                continue;
            };
            let end = value.find("  ").unwrap_or(value.len());
            titles.push(value[..end].trim().to_owned());
        }
        let plain = ["签到表", "签到册", "签到"].iter().find_map(|word| line.trim().strip_suffix(word));
        titles.push(plain.unwrap_or(line.trim()).to_owned());
    }
    titles
}

/// What a row says, as one line.
pub fn line_of(row: &SheetRow) -> String {
    row.filled().map(|(_, text)| text).collect::<Vec<_>>().join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_activity_is_named_above_the_persons() {
        let lines = [
            "示例开班仪式签到表".to_owned(),
            "活动名称：示例课程  时间：2023年11月16日  地点：示例厅".to_owned(),
        ];
        let titles = titles(&lines);
        assert!(titles.contains(&"示例开班仪式".to_owned()));
        assert!(titles.contains(&"示例课程".to_owned()));
    }
}
