//! The lines above the persons of a sign-in sheet: what the activity was, when and where.

use crate::import::layout::header_text::FILLED_IN;
use crate::import::read::sheet::SheetRow;

/// Words before a colon that say which activity it was.
const NAMES: [&str; 8] =
    ["活动名称", "活动主题", "会议名称", "会议主题", "培训名称", "名称", "主题", "activity"];
const OTHERS: [&str; 16] = [
    "培训时间",
    "培训地点",
    "举办时间",
    "举办地点",
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
    row.filled().next().is_some() && row.filled().all(|(_, text)| begins(text)) || has_labels(row)
}

/// Whether a row has labels and values in turn, without colons: `活动名称 | 开班式 | 活动时间 | 3月16日`.
pub fn has_labels(row: &SheetRow) -> bool {
    let texts: Vec<&str> = row.filled().map(|(_, text)| text).collect();
    let is_pairs = !texts.is_empty() && texts.len().is_multiple_of(2);
    let labels = texts.iter().step_by(2).filter(|text| is_label(text)).count();
    // A short word alone may be the name of a column.
    let is_sure = labels > 1 || texts.first().is_some_and(|text| text.chars().count() >= LONG_LABEL);
    is_pairs
        && is_sure
        && texts.first().is_some_and(|text| is_label(text))
        && !texts.iter().skip(1).step_by(2).any(|text| is_label(text))
}

/// From how many characters on a label is no name of a column of persons.
const LONG_LABEL: usize = 4;

fn is_label(text: &str) -> bool {
    NAMES.contains(&text) || OTHERS.contains(&text)
}

/// Words before a colon that say on which day it was.
const DAYS: [&str; 8] = ["活动时间", "会议时间", "培训时间", "举办时间", "时间", "日期", "date", "time"];

/// What lines above persons give as the day, as written.
pub fn days(lines: &[String]) -> Vec<String> {
    let mut days = Vec::new();
    for line in lines {
        let lower = line.to_lowercase();
        let is_own = |at: usize| !FILLED_IN.iter().any(|other| lower[..at].ends_with(other));
        let found = DAYS.iter().filter_map(|word| lower.find(word).map(|at| (at, word)));
        for (at, word) in found.filter(|(at, _)| is_own(*at)) {
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
        let plain = ["签到表", "签到册", "签到簿", "签到单", "签到"]
            .iter()
            .find_map(|word| line.trim().strip_suffix(word));
        titles.push(plain.unwrap_or(line.trim()).to_owned());
    }
    titles
}

/// What a row says, as one line.
pub fn line_of(row: &SheetRow) -> String {
    let is_labelled = has_labels(row);
    let mut line = String::new();
    for (index, (_, text)) in row.filled().enumerate() {
        let is_value = is_labelled && !index.is_multiple_of(2);
        line.push_str(match index {
            0 => "",
            _ if is_value => "：",
            _ => "  ",
        });
        line.push_str(text);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_need_no_colon() {
        let row = |texts: &[&str]| SheetRow {
            number: 1,
            cells: texts.iter().map(|text| crate::import::read::sheet::Cell::text(*text)).collect(),
        };
        let head = row(&["活动名称", "示例课程", "", "时间", "2023年11月16日"]);
        assert!(is_head(&head));
        assert_eq!(titles(&[line_of(&head)])[0], "示例课程");
        assert_eq!(days(&[line_of(&head)]), ["2023年11月16日"]);
        for texts in [
            &["名称", "时间"][..],
            &["名称", "示例厂"],
            &["活动名称", "活动时间", "地点", "主题"],
            &["活动名称"],
        ] {
            assert!(!is_head(&row(texts)), "{texts:?}");
        }
    }

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
