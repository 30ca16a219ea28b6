//! The words of tables that people read, in both languages, each in one place.

use crate::model::label;
use crate::model::lang::Lang;

/// An id with its English and its Chinese label.
type Entry = (&'static str, &'static str, &'static str);

/// Columns. An id means the same in every table; where it cannot, `table.column` is the label of that one.
const COLUMNS: &[Entry] = &[
    ("actor", "By", "操作人"),
    ("change", "Change", "变更号"),
    ("command", "Command", "命令"),
    ("records", "Records", "记录数"),
    ("source", "From", "来源"),
    ("time", "Time", "时间"),
    ("absent", "Absent", "缺席"),
    ("achieved", "Achieved", "完成率"),
    ("action", "Action", "认定类别"),
    ("activities", "Activities", "活动场次"),
    ("let_go", "Let go", "放弃续期日期"),
    ("activities.title", "Title", "活动名称"),
    ("actual", "Actual", "完成数"),
    ("asserted", "Expected", "应有"),
    ("computed", "Counted", "实有"),
    ("list_with", "Lists the records", "列出记录"),
    ("applied", "Applied", "申报"),
    ("approved", "Approved", "获批"),
    ("aspect", "Aspect", "培育内容"),
    ("again", "Again", "再次入选"),
    ("attended", "Attended", "参加活动场次"),
    ("at_entry", "At entry", "入选时"),
    ("candidates.applied", "Applied", "申请日期"),
    ("candidacies-list.applied", "Applied", "申请日期"),
    ("brought_forward", "Brought forward", "结转"),
    ("category", "Category", "诉求类别"),
    ("class", "Class", "行业分类"),
    ("closed", "Closed", "办结"),
    ("code", "Code", "代码"),
    ("contributes", "Adds", "计入"),
    ("of", "Of", "基数"),
    ("remark", "Remark", "说明"),
    ("says", "Says", "记载"),
    ("column", "Column", "列"),
    ("live", "Today", "今日"),
    ("differences.row", "Row", "行"),
    ("sealed", "Sealed", "封存"),
    ("table", "Table", "表"),
    ("compared", "Compared", "对比期"),
    ("date", "Date", "日期"),
    ("days_since", "Days since", "距今天数"),
    ("decided", "Decided", "决定日期"),
    ("dropped", "Dropped", "舍去"),
    ("decision", "Decision", "遴选结果"),
    ("difference", "Difference", "差值"),
    ("document", "Document", "文号"),
    ("edition", "Edition", "期次"),
    ("editions", "Editions", "参加期次"),
    ("editions.closed", "Closed", "结束日期"),
    ("editions-compared.closed", "Closed", "结束日期"),
    ("editions-compared.left", "Left", "离开"),
    ("editions-compared.new", "New", "新入选"),
    ("engagement.rate", "Attendance rate", "出席率"),
    ("end", "End", "期末"),
    ("end_total", "Total at end", "期末合计"),
    ("enterprise", "Enterprise", "企业"),
    ("enterprises", "Enterprises", "企业数"),
    ("enterprises-by-industry.key", "Industry", "所属产业"),
    ("enterprises-by-module.key", "Module", "模块"),
    ("enterprises-by-size.key", "Size", "规模"),
    ("enterprises-by-town.key", "Town", "所属镇街"),
    ("ever", "Ever", "累计"),
    ("excused", "Excused", "请假"),
    ("expires", "Expires", "有效期至"),
    ("figure", "Figure", "指标项"),
    ("founded", "Founded", "成立日期"),
    ("gained", "Gained", "新增"),
    ("gone_on", "Gone on", "续培"),
    ("graduated", "Graduated", "结业"),
    ("granted", "Granted", "获批金额"),
    ("growth", "Growth", "增长率"),
    ("heads", "Heads", "人数"),
    ("held", "Held", "有效"),
    ("industries.held", "Holding a title", "持有资质企业数"),
    ("host", "Host", "主办单位"),
    ("hours", "Hours", "学时"),
    ("id", "Id", "编号"),
    ("industry", "Industry", "所属产业"),
    ("item", "Item", "项目"),
    ("joined", "Joined", "入选日期"),
    ("kept", "Kept", "保留"),
    ("kind", "Kind", "类型"),
    ("lapsed", "Lapsed", "失效"),
    ("last_activity", "Last activity", "最近参加活动"),
    ("left", "Left", "退出日期"),
    ("level", "Level", "级别"),
    ("matched", "Matched", "可比企业数"),
    ("median_of", "Median of", "中位数企业数"),
    ("median_growth", "Median growth", "增长率中位数"),
    ("members", "Members", "入选企业数"),
    ("metric", "Metric", "指标"),
    ("missing", "Missing", "缺项"),
    ("modules", "Modules", "模块"),
    ("name", "Name", "名称"),
    ("new", "New", "新值"),
    ("platforms.new", "New", "新增平台"),
    ("no", "No", "序号"),
    ("open", "Open", "在办"),
    ("opened", "Opened", "启动日期"),
    ("outcome", "Outcome", "结果"),
    ("pending", "Pending", "待定"),
    ("period", "Period", "报告期"),
    ("person_times", "Person-times", "参与人次"),
    ("place", "Place", "地点"),
    ("planned_end", "Planned end", "计划结束"),
    ("planned_start", "Planned start", "计划启动"),
    ("platforms", "Platforms", "研发平台数"),
    ("present", "Present", "出席"),
    ("attendance.rate", "Attendance rate", "出席率"),
    ("attendance-by-month.month", "Month", "月份"),
    ("attendance-by-month.rate", "Attendance rate", "出席率"),
    ("needs.rate", "Closing rate", "办结率"),
    ("needs-list.closed", "Closed", "办结日期"),
    ("reason", "Reason", "原因"),
    ("received", "Received", "收集"),
    ("needs-list.received", "Received", "收到日期"),
    ("recognised", "Recognised", "认定日期"),
    ("rejected", "Rejected", "未通过"),
    ("renewed", "Renewed", "续期"),
    ("reported_end", "Reported at end", "期末报送"),
    ("reported_start", "Reported at start", "期初报送"),
    ("requested", "Requested", "申请金额"),
    ("scheme", "Scheme", "申报项目"),
    ("scores", "Score sheets", "评分份数"),
    ("seats", "Seats", "名额"),
    ("share", "Share", "占比"),
    ("start", "Start", "期初"),
    ("start_total", "Total at start", "期初合计"),
    ("state", "State", "状态"),
    ("status", "Attendance", "参加情况"),
    ("submitted", "Submitted", "提交日期"),
    ("target", "Target", "目标数"),
    ("text", "Text", "诉求内容"),
    ("this", "This edition", "本期"),
    ("title", "Title", "资质"),
    ("titles", "Titles", "已有资质"),
    ("town", "Town", "所属镇街"),
    ("unit", "Unit", "单位"),
    ("value", "Value", "内容"),
    ("withdrawn", "Withdrawn", "撤回"),
    ("what", "What", "事项"),
    ("disposition", "Disposition", "处理结果"),
    ("field", "Field", "字段"),
    ("file", "File", "文件"),
    ("record", "Record", "记录"),
    ("old", "Old", "原值"),
    ("row", "Row", "行"),
    ("until", "Until", "截至"),
    ("import.reason", "Reason", "原因"),
    ("import.sheet", "Sheet", "工作表"),
    ("former_names-list.name", "Name", "名称"),
];

/// Tables.
const TITLES: &[Entry] = &[
    ("activities", "Activities", "活动台账"),
    ("activities-by-aspect", "Activities by aspect", "分内容活动情况"),
    ("attendance", "Attendance", "出席情况"),
    ("attendance-by-month", "Attendance by month", "逐月出席情况"),
    ("candidates", "Candidates", "候选企业"),
    ("change", "Change", "变更"),
    ("log", "History", "变更历史"),
    ("log-of", "History of a record", "变更记录"),
    ("import", "Import", "导入"),
    ("record", "Record", "记录"),
    ("comparison", "Comparison of two editions", "两期对比"),
    ("counts", "Records", "记录概况"),
    ("due", "Due", "近期事项"),
    ("dossier-figures", "In figures", "成效数据"),
    ("editions", "Editions", "期次"),
    ("editions-compared", "Editions side by side", "各期对比"),
    ("engagement", "Engagement", "参与情况"),
    ("expectations", "Expectations not met", "与应有数不符"),
    ("enterprises", "Enterprises", "企业名录"),
    ("growth", "Growth", "企业增长排名"),
    ("enterprises-by-industry", "Enterprises by industry", "分产业企业数"),
    ("enterprises-by-module", "Enterprises by module", "分模块企业数"),
    ("enterprises-by-size", "Enterprises by size", "分规模企业数"),
    ("enterprises-by-town", "Enterprises by town", "分镇街企业数"),
    ("differences", "What has changed since the edition was sealed", "封存之后的变化"),
    ("left-out", "Left out", "未计入"),
    ("why", "Why", "由来"),
    ("indicators", "Indicators", "指标变化"),
    ("indicators-list", "Indicators reported", "指标台账"),
    ("industries", "Industries", "产业"),
    ("members", "Members", "入选企业"),
    ("merge", "What both records say differently", "两条记录不一致之处"),
    ("memberships-list", "Memberships", "参加情况台账"),
    ("candidacies-list", "Candidacies", "候选台账"),
    ("missing", "What is missing", "资料缺项"),
    ("needs", "Needs", "诉求办理"),
    ("needs-list", "Needs recorded", "诉求台账"),
    ("overview", "Overview", "基本情况"),
    ("platforms", "New R&D platforms", "新增研发平台"),
    ("platforms-list", "R&D platforms recorded", "研发平台台账"),
    ("projects", "Projects", "项目申报"),
    ("projects-list", "Projects recorded", "项目申报台账"),
    ("recognitions", "Titles", "资质"),
    ("recognitions-list", "Titles recorded", "资质台账"),
    ("roster", "Roster", "花名册"),
    ("targets", "Targets", "目标完成情况"),
];

/// The items of tables that have one value a row, and other words in cells.
const ITEMS: &[Entry] = &[
    ("activities", "activities", "活动场次"),
    ("attendance_rate", "attendance rate", "出席率"),
    ("attendance", "attendance", "出席记录"),
    ("class", "class", "行业分类"),
    ("closed", "closed", "实际结束"),
    ("code", "code", "代码"),
    ("coverage", "coverage", "覆盖面"),
    ("editions", "editions", "期次"),
    ("enterprises", "enterprises", "企业"),
    ("enterprises_gained", "enterprises that gained a title", "新增资质企业"),
    ("findings", "findings of `check`", "检查发现的问题"),
    ("founded", "founded", "成立日期"),
    ("graduated", "graduated", "结业"),
    ("granted", "amount granted", "获批金额"),
    ("hours", "hours of activities", "活动学时"),
    ("in_cultivation", "in cultivation", "培育中"),
    ("indicators", "indicators", "指标"),
    ("indicators_start", "indicators of the first year", "期初指标"),
    ("industries", "industries", "重点产业"),
    ("industry", "industry", "所属产业"),
    ("members", "members", "入选企业"),
    ("name", "edition", "期次名称"),
    ("needs_closed", "needs closed", "办结诉求"),
    ("needs_rate", "share of needs closed", "诉求办结率"),
    ("needs_received", "needs received", "收集诉求"),
    ("new_platforms", "new R&D platforms", "新增研发平台"),
    ("open_needs", "needs open", "在办诉求"),
    ("opened", "opened", "实际启动"),
    ("organisers", "organisers", "主办单位"),
    ("outcome", "outcome", "结业结果"),
    ("person_times", "person-times", "参与人次"),
    ("planned_end", "planned end", "计划结束"),
    ("planned_start", "planned start", "计划启动"),
    ("programme", "programme", "计划名称"),
    ("projects_applied", "projects applied for", "申报项目"),
    ("projects_approved", "projects approved", "获批项目"),
    ("removed", "removed", "劝退"),
    ("requested", "amount requested", "申请金额"),
    ("rulesets", "rule sets", "规则集"),
    ("seats", "seats", "名额"),
    ("state", "state", "状态"),
    ("taken_away", "taken away", "删除"),
    ("by_hand", "edited by hand", "手工编辑"),
    ("start", "history begins", "历史开始"),
    ("title_ended", "title not renewed", "资质已到期未续"),
    ("title_expires", "title expires", "资质即将到期"),
    ("town", "town", "所属镇街"),
    ("transferred", "transferred", "转下一期"),
    ("undertaken_by", "undertaken by", "承办单位"),
    ("withdrawn", "withdrawn", "退出"),
];

fn find(entries: &[Entry], id: &str, lang: Lang) -> Option<&'static str> {
    entries.iter().find(|(known, ..)| *known == id).map(|(_, en, zh)| lang.pick(*en, *zh))
}

/// The label of a column; its id where it has none.
pub fn column<'c>(table: &str, column: &'c str, lang: Lang) -> &'c str {
    let own = COLUMNS
        .iter()
        .find(|(id, ..)| id.split_once('.').is_some_and(|(of, it)| of == table && it == column))
        .map(|(_, en, zh)| lang.pick(*en, *zh));
    own.or_else(|| find(COLUMNS, column, lang)).unwrap_or(column)
}

/// The label of a record's field; its key where it has none.
pub fn field(key: &str, lang: Lang) -> &str {
    let name = label::field(None, key, lang);
    if name == key { column("record", key, lang) } else { name }
}

/// A number of things, in English.
pub fn many(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// A number with the thousands of its whole part set apart.
pub fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (at, digit) in whole.char_indices() {
        if !text.is_empty() && !text.ends_with('-') && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// The title of a table; its id where it has none.
pub fn title(table: &str, lang: Lang) -> &str {
    find(TITLES, table, lang).unwrap_or(table)
}

/// The label of an item; its id where it has none.
pub fn item(id: &str, lang: Lang) -> &str {
    find(ITEMS, id, lang).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn thousands_are_set_apart_and_decimals_are_not() {
        for (plain, shown) in
            [("0", "0"), ("999", "999"), ("-100", "-100"), ("-1234567.8901", "-1,234,567.8901")]
        {
            assert_eq!(grouped(plain), shown);
        }
    }
    use crate::report::fixture::{Store, every_table, shown};

    #[test]
    fn no_id_has_two_labels_and_no_label_is_the_same_in_both_languages() {
        for entries in [COLUMNS, TITLES, ITEMS] {
            for (index, (id, en, zh)) in entries.iter().enumerate() {
                assert_ne!(en, zh, "{id}");
                assert!(entries[..index].iter().all(|(other, ..)| other != id), "{id}");
            }
        }
    }

    #[test]
    fn every_column_title_and_item_has_a_label() {
        let store = Store::rich();
        let programme = &store.records.programme;
        let is_word = |id: &str| programme.metrics.contains_key(id) || programme.aspects.contains_key(id);
        let (mut columns, mut titles, mut items) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for table in every_table(&store.view()) {
            titles.insert(table.id.clone());
            let fixed = table.columns.iter().filter(|column| !is_word(&column.id));
            columns.extend(fixed.map(|column| {
                let own = format!("{}.{}", table.id, column.id);
                if COLUMNS.iter().any(|(id, ..)| *id == own) { own } else { column.id.clone() }
            }));
            if let Some(item) = table.columns.iter().position(|column| column.id == "item") {
                items.extend(table.rows.iter().map(|row| shown(&row[item..=item])));
            }
        }
        let known =
            |entries: &[Entry]| entries.iter().map(|(id, ..)| (*id).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(columns.difference(&known(COLUMNS)).next(), None);
        assert_eq!(titles.difference(&known(TITLES)).next(), None);
        assert_eq!(items.difference(&known(ITEMS)).next(), None);
    }
}
