//! Columns that are not imported, and why.

use std::collections::BTreeMap;

use crate::model::shape::choice;
use crate::model::text::Text;
use crate::text;

choice! {
    /// Why a column is not imported.
    pub enum Why {
        /// The user said so.
        Asked = "asked", "as asked", "按要求不导入";
        /// The store has no field for it.
        Unplaced = "unplaced", "no field for it", "没有对应字段";
        /// It holds forecasts, targets or plans, which are no actual figures.
        Forecast = "forecast", "forecasts and targets are no actual figures", "预计数、目标数不是实际数";
        /// It is computed from other figures.
        Derived = "derived", "computed from other figures", "由其他数据算出";
        /// It is of another period than the table.
        OtherPeriod = "other-period", "of another period", "属于其他时期";
        /// Another column is taken for the field.
        Second = "second", "another column is taken for its field", "该字段已取自另一列";
        /// It is of persons, who are not kept.
        Personal = "personal", "personal data is not kept", "个人信息不保存";
    }
}

/// A column that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its header, or its letters where it has none.
    pub header: String,
    /// Why it is not imported.
    pub why: Why,
}

/// What was left out, each header once, by reason; nothing where nothing was.
pub fn summary<'l>(left_out: impl IntoIterator<Item = &'l LeftOut>) -> Option<Text> {
    let mut by_reason: BTreeMap<Why, Vec<&str>> = BTreeMap::new();
    for LeftOut { header, why } in left_out {
        let headers = by_reason.entry(*why).or_default();
        if !headers.contains(&header.as_str()) {
            headers.push(header);
        }
    }
    let parts = by_reason.into_iter().map(|(why, headers)| {
        text!("{en} ({why})", "{zh}（{why}）", en = headers.join(", "), zh = headers.join("、"), why = why)
    });
    let parts: Vec<Text> = parts.collect();
    let all = Text::join(&parts, "; ", "；");
    (!parts.is_empty()).then(|| text!("columns left out: {all}", "未导入的列：{all}", all = all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;

    #[test]
    fn what_is_left_out_is_said_once_by_reason() {
        let column = |header: &str, why| LeftOut { header: header.to_owned(), why };
        let all = [
            column("走访人员", Why::Unplaced),
            column("同比", Why::Derived),
            column("反映问题", Why::Unplaced),
            column("走访人员", Why::Unplaced),
        ];
        let summary = summary(&all).unwrap();
        assert_eq!(
            summary.of(Lang::Zh),
            "未导入的列：走访人员、反映问题（没有对应字段）；同比（由其他数据算出）"
        );
        assert_eq!(
            summary.of(Lang::En),
            "columns left out: 走访人员, 反映问题 (no field for it); 同比 (computed from other figures)"
        );
        assert_eq!(super::summary([]), None);
    }
}
