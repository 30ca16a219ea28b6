//! What fields of records are called by people who do not know their keys.

use std::fmt::Write;

use super::candidacy::Decision;
use super::kind::Kind;
use super::lang::Lang;
use super::membership::Outcome;
use super::project::State;
use super::recognition::Action;
use super::records::Records;
use super::text::Localized;
use super::value::{KeyPath, Step};

/// Keys with their English and their Chinese label. A key means the same in every record; where it cannot,
/// `list.key` is the label of the one in entries of that list.
const FIELDS: &[(&str, &str, &str)] = &[
    ("absent", "Absent", "缺席"),
    ("activity", "Activity", "活动"),
    ("applied", "Applied", "申请日期"),
    ("aspect", "Aspect", "培育内容"),
    ("aspects", "Aspects", "培育内容"),
    ("candidacies", "Candidacies", "申请情况"),
    ("candidacies.modules", "Modules", "申报模块"),
    ("category", "Category", "诉求类别"),
    ("class", "Class (GB/T 4754)", "行业分类"),
    ("closed", "Closed", "结束日期"),
    ("code", "Code", "代码"),
    ("contact", "Contact", "联系人"),
    ("credit_code", "Code", "代码"),
    ("date", "Date", "日期"),
    ("decided", "Decided", "决定日期"),
    ("decision", "Decision", "遴选结果"),
    ("document", "Document", "文号"),
    ("edition", "Edition", "期次"),
    ("email", "E-mail", "邮箱"),
    ("end", "End", "结束日期"),
    ("enterprise", "Enterprise", "企业"),
    ("excused", "Excused", "请假"),
    ("expect", "Expected figures", "应有的统计数"),
    ("expires", "Expires", "有效期至"),
    ("former_codes", "Former codes", "曾用代码"),
    ("former_names", "Former names", "曾用名"),
    ("founded", "Founded", "成立日期"),
    ("granted", "Granted", "获批金额"),
    ("heads", "Heads", "人数"),
    ("host", "Host", "主办单位"),
    ("hours", "Hours", "学时"),
    ("id", "Id", "编号"),
    ("indicator_years", "Years compared", "对比年度"),
    ("indicators", "Indicators", "指标"),
    ("industries", "Focus industries", "重点产业"),
    ("industry", "Industry", "所属产业"),
    ("joined", "Joined", "入选日期"),
    ("kind", "Kind", "类型"),
    ("left", "Left", "退出日期"),
    ("legal_representative", "Legal representative", "法定代表人"),
    ("level", "Level", "级别"),
    ("memberships", "Memberships", "参加期次"),
    ("modules", "Modules", "模块"),
    ("name", "Name", "名称"),
    ("name_en", "English name", "英文名称"),
    ("needs", "Needs", "诉求"),
    ("needs.closed", "Closed", "办结日期"),
    ("not_same", "Not the same as", "并非同一企业"),
    ("note", "Note", "备注"),
    ("opened", "Opened", "启动日期"),
    ("organisers", "Organisers", "主办单位"),
    ("outcome", "Outcome", "结果"),
    ("period", "Period", "报告期"),
    ("phone", "Phone", "电话"),
    ("place", "Place", "地点"),
    ("planned_end", "Planned end", "计划结束"),
    ("planned_start", "Planned start", "计划启动"),
    ("platforms", "R&D platforms", "研发平台"),
    ("post", "Post", "职务"),
    ("present", "Present", "出席"),
    ("projects", "Projects", "项目申报"),
    ("reason", "Reason", "原因"),
    ("received", "Received", "收到日期"),
    ("recognised", "Recognised", "认定日期"),
    ("recognitions", "Titles", "资质"),
    ("recognitions.title", "Title", "资质"),
    ("redaction_key", "Redaction key", "代号密钥"),
    ("requested", "Requested", "申请金额"),
    ("rubric", "Rubric", "评分标准"),
    ("scheme", "Scheme", "申报项目"),
    ("seats", "Seats", "名额"),
    ("state", "State", "状态"),
    ("status", "Attendance", "参加情况"),
    ("submitted", "Submitted", "提交日期"),
    ("targets", "Targets", "目标"),
    ("text", "Text", "诉求内容"),
    ("title", "Title", "名称"),
    ("town", "Town", "所属镇街"),
    ("undertaken_by", "Undertaken by", "承办单位"),
];

/// The label of a field, perhaps of an entry of a list; its key where it has none.
pub fn field<'k>(list: Option<&str>, key: &'k str, lang: Lang) -> &'k str {
    let of_list = |id: &str| id.split_once('.').is_some_and(|(of, it)| Some(of) == list && it == key);
    let own = FIELDS.iter().find(|(id, ..)| of_list(id));
    own.or_else(|| FIELDS.iter().find(|(id, ..)| *id == key)).map_or(key, |(_, en, zh)| lang.pick(en, zh))
}

/// What the values of a field are ids of, where they are: of words of the programme, or of records.
pub fn named_by(key: &str) -> Option<Kind> {
    Some(match key {
        "industry" | "industries" => Kind::Industry,
        "edition" => Kind::Edition,
        "town" => Kind::Town,
        "aspect" | "aspects" => Kind::Aspect,
        "modules" => Kind::Module,
        "title" => Kind::Title,
        "level" => Kind::Level,
        "kind" => Kind::PlatformKind,
        "category" => Kind::Category,
        "reason" => Kind::ExitReason,
        _ => return None,
    })
}

/// What people call a value of a field that is an id; none where it is a text of its own.
pub fn value(records: &Records, path: &KeyPath, id: &str, lang: Lang) -> Option<String> {
    let mut keys = keys(&path.0);
    let first = keys.next().filter(|key| *key != OWN)?;
    let key = keys.next_back().unwrap_or(first);
    let label = match key {
        "state" => id.parse().ok().map(|word: State| word.label(lang)),
        "outcome" => id.parse().ok().map(|word: Outcome| word.label(lang)),
        "decision" => id.parse().ok().map(|word: Decision| word.label(lang)),
        "action" => id.parse().ok().map(|word: Action| word.label(lang)),
        _ => None,
    };
    let named = || named_by(key).map(|kind| records.label(kind, id, lang));
    label.map(str::to_owned).or_else(named).filter(|label| label != id)
}

/// The keys among some steps.
fn keys(steps: &[Step]) -> impl DoubleEndedIterator<Item = &str> {
    steps.iter().filter_map(|step| match step {
        Step::Key(key) => Some(&**key),
        Step::Index(_) => None,
    })
}

/// A field in a message, perhaps of an entry of a list: its key in English, which is a word, its label in Chinese.
#[derive(Debug, Clone, Copy)]
pub struct FieldName<'k> {
    list: Option<&'k str>,
    key: &'k str,
}

impl<'k> FieldName<'k> {
    /// A field of an entry of a list.
    pub fn of(list: &'k str, key: &'k str) -> Self {
        Self { list: Some(list), key }
    }

    /// A field of a record.
    pub fn new(key: &'k str) -> Self {
        Self { list: None, key }
    }
}

impl Localized for FieldName<'_> {
    fn localized(&self, lang: Lang) -> String {
        lang.pick(self.key, field(self.list, self.key, Lang::Zh)).to_owned()
    }
}

impl Localized for KeyPath {
    fn localized(&self, lang: Lang) -> String {
        lang.pick(self.to_string(), phrase(self, &|list, key| field(list, key, Lang::Zh).to_owned()))
    }
}

/// A path as people read it: as it is in English, whose keys are words; as a phrase of labels in Chinese, with the words
/// of the programme.
pub fn path(records: &Records, path: &KeyPath, lang: Lang) -> String {
    if lang == Lang::En {
        return path.to_string();
    }
    match &path.0[..] {
        [Step::Key(list), Step::Key(period), Step::Key(metric)] if &**list == "indicators" => {
            let of = if period.len() == 4 { "年" } else { " " };
            format!("{period}{of}{}", records.label(Kind::Metric, metric, lang))
        }
        _ => phrase(path, &|list, key| label_of(records, list, key, lang)),
    }
}

fn phrase(path: &KeyPath, label: &dyn Fn(Option<&str>, &str) -> String) -> String {
    let mut text = String::new();
    let mut list = None;
    for step in &path.0 {
        match step {
            Step::Key(key) => {
                // A field of one's own is a field as others are.
                if &**key != OWN {
                    text += if text.is_empty() { "" } else { "的" };
                    text += &label(list, key);
                }
                list = Some(&**key);
            }
            Step::Index(index) => _ = write!(text, "第 {} 条", index + 1),
        }
    }
    text
}

/// Where the fields of one's own stand.
const OWN: &str = "more";

/// The label of a field of any kind.
fn label_of(records: &Records, list: Option<&str>, key: &str, lang: Lang) -> String {
    let mut own = records.programme.fields.values().flatten().filter(|_| list == Some(OWN));
    match own.find(|(id, _)| id.as_str() == key) {
        Some((_, own)) => own.label(lang),
        None => field(list, key, lang).to_owned(),
    }
}

/// A path as people read it after one of the same entry: the entry is named once.
pub fn within(records: &Records, path: &KeyPath, entry: &mut KeyPath, lang: Lang) -> String {
    let Some((Step::Key(key), before)) = path.0.split_last() else { return self::path(records, path, lang) };
    let (of, list) = match before {
        [of @ .., Step::Key(own)] if &**own == OWN => (of, Some(OWN)),
        of => (of, keys(of).next_back()),
    };
    if of.is_empty() || of != entry.0 || keys(of).next() == Some("indicators") {
        *entry = KeyPath(of.to_vec());
        return self::path(records, path, lang);
    }
    label_of(records, list, key, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_a_phrase_in_chinese() {
        let path = KeyPath(vec![Step::Key("needs".into()), Step::Index(1), Step::Key("closed".into())]);
        assert_eq!(path.localized(Lang::En), "needs[2].closed");
        assert_eq!(path.localized(Lang::Zh), "诉求第 2 条的办结日期");
        assert_eq!(KeyPath::key("closed").localized(Lang::Zh), "结束日期");
        assert_eq!(FieldName::new("employees").localized(Lang::Zh), "employees");
    }

    #[test]
    fn no_key_has_two_labels_and_no_label_is_the_same_in_both_languages() {
        for (index, (id, en, zh)) in FIELDS.iter().enumerate() {
            assert_ne!(en, zh, "{id}");
            assert!(FIELDS[..index].iter().all(|(other, ..)| other != id), "{id}");
        }
    }
}
