//! The names of columns that are known for one kind of table: ids, the usual headers as data, the words of the
//! programme, and what the user added.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::import::columns::cell_type::CellType;
use crate::import::columns::composed::{self, Composed};
use crate::import::columns::given::WordMap;
use crate::import::columns::header_words::{HeaderWords, has_word};
use crate::import::columns::kind::ImportKind;
use crate::import::columns::left_out::Why;
use crate::import::columns::lists::{Lists, SYNONYMS};
use crate::import::columns::spelling::Groups;
use crate::import::columns::vocabulary;
use crate::import::layout::find::KnownHeaders;
use crate::import::layout::header_text::HeaderText;
use crate::import::layout::table::DataTable;
use crate::model::id::WordKey;
use crate::model::name::NameKey;
use crate::model::own_field::{FieldType, OwnField};
use crate::model::period::Period;
use crate::model::records::Records;

/// The header of the reason; a column of that name is left out when the file is imported again.
pub const REASON: &str = "拒绝原因";

/// In `--map HEADER=-`: the column is left out on purpose.
pub const LEFT_OUT: &str = "-";

/// The code of an enterprise that a row of another kind of table names; a column of it is the column `enterprise`, or
/// stands beside it.
pub const ENTERPRISE_CODE: &str = "enterprise_code";

/// The end of the id of a list of headers that mean a field only where no other column does.
const WEAK: char = '?';

/// Before a word of a list that heads marks: `是否高企`.
const WHETHER: &str = "是否";

/// The built-in fields that hold words of a list.
const OF_LISTS: [&str; 16] = [
    "industry", "class", "town", "edition", "aspect", "modules", "status", "outcome", "reason", "decision",
    "title", "kind", "level", "state", "category", "action",
];

/// What each header stands for.
#[derive(Debug)]
pub struct ColumnNames {
    by_key: HashMap<NameKey, String>,
    /// Headers that mean a field only where no other column does.
    weak: HashMap<NameKey, String>,
    /// What a form of an enterprise says of it, whatever is read from it.
    labels: HashSet<NameKey>,
    /// Words of a list that may head a column of marks.
    marks: HashMap<NameKey, String>,
    /// What other headers are made of.
    composed: Vec<Composed>,
    words: HeaderWords,
    fields: Vec<String>,
    money: Vec<String>,
    dates: Vec<String>,
    /// Numbers that are no money.
    figures: Vec<String>,
    is_by_period: bool,
    own_words: Vec<String>,
    /// The names of metrics, which a list of enterprises may have by year.
    metrics: HashMap<NameKey, String>,
    /// The columns of an export, and whether each may be lacking.
    exported: Vec<(String, bool)>,
    given: GivenColumns,
}

/// What the user says of columns.
#[derive(Debug, Clone, Default)]
pub struct GivenColumns {
    /// Headers and the fields they mean.
    pub map: Vec<(String, String)>,
    /// Fields and what every row has in them.
    pub set: Vec<(String, String)>,
    /// Whether a column without a field is a fault.
    pub is_strict: bool,
    /// Words that were settled.
    pub words: WordMap,
    /// The period of figures that name none.
    pub period: Option<Period>,
}

/// How many cells tell what a column holds.
const LOOKED_AT: usize = 50;

/// The key of a column's id, for which `credit_code`, `credit code` and `Credit-Code` are one.
fn id_key(text: &str) -> NameKey {
    NameKey::of(&text.replace(['_', '-'], " "))
}

impl ColumnNames {
    /// What is known for a kind of table. `more` is the text of a store's own list; `given` is what the user says.
    pub fn of(
        kind: ImportKind,
        records: &Records,
        more: Option<&str>,
        given: GivenColumns,
    ) -> Result<Self, String> {
        let mut fields = kind.columns(records);
        let exported = fields
            .iter()
            .map(|id| (id.clone(), kind.is_personal(id, records) || kind.is_elsewhere(id)))
            .collect();
        if kind == ImportKind::Attendance {
            fields.extend(super::kind::SIGN_IN.map(str::to_owned));
        }
        if kind == ImportKind::Activities {
            fields.extend(super::kind::LEDGER.map(str::to_owned));
        }
        if kind == ImportKind::Indicators {
            fields.extend(super::kind::LONG_FORM.map(str::to_owned));
        }
        let mut by_key = HashMap::new();
        let mut weak = HashMap::new();
        let mut labels = HashSet::new();
        let mut composed = Vec::new();
        let mut groups = Groups::new();
        let mut words = HeaderWords::default();
        for text in [Some(SYNONYMS), more].into_iter().flatten() {
            let lists = Lists::read(text)?;
            groups.extend(lists.groups());
            words.extend(&lists);
            for new in lists.composed(kind, &groups)? {
                composed.retain(|old: &Composed| old.id != new.id);
                composed.push(new);
            }
            labels.extend(lists.headers(ImportKind::Enterprises, &groups)?.into_iter().map(|(key, _)| key));
            for (key, id) in lists.headers(kind, &groups)? {
                match id.strip_suffix(WEAK) {
                    Some(id) => _ = weak.insert(key, id.to_owned()),
                    None => _ = by_key.insert(key, id),
                }
            }
        }
        by_key.extend(vocabulary::words(kind, records));
        by_key.extend(vocabulary::own_fields(kind, records));
        by_key.extend(fields.iter().map(|id| (id_key(id), id.clone())));
        let has_enterprise = fields.iter().any(|id| id == "enterprise");
        by_key
            .retain(|_, id| fields.contains(id) || id == LEFT_OUT || has_enterprise && id == ENTERPRISE_CODE);
        let with_metrics =
            fields.iter().cloned().chain(records.programme.metrics.keys().map(ToString::to_string));
        let money = with_metrics.filter(|field| kind.is_money(field, records)).collect();
        let figures = fields.iter().filter(|field| kind.is_figure(field, records)).cloned();
        let figures = figures.chain(records.programme.metrics.keys().map(ToString::to_string)).collect();
        let dates = fields.iter().filter(|field| kind.is_own_date(field, records)).cloned().collect();
        weak.retain(|key, id| fields.contains(id) && by_key.get(key) != Some(id));
        composed.retain(|composed| fields.contains(&composed.id));
        let marks = vocabulary::marks(kind, records);
        let is_by_period = kind == ImportKind::Indicators;
        let has_words = |(_, field): &(&WordKey, &OwnField)| field.kind == FieldType::Words;
        let own_words = kind.own_fields(records).filter(has_words).map(|(id, _)| id.to_string()).collect();
        let metrics = vocabulary::metrics(kind, records);
        Ok(Self {
            by_key,
            weak,
            labels,
            marks,
            composed,
            words,
            fields,
            money,
            dates,
            figures,
            is_by_period,
            own_words,
            metrics,
            exported,
            given,
        })
    }

    /// The field of a key.
    pub fn find(&self, key: &NameKey) -> Option<&str> {
        self.by_key.get(key).or_else(|| self.by_key.get(&id_key(key.as_str()))).map(String::as_str)
    }

    /// The field that one of several keys names, the most exact first: as it stands, else one of its alternatives
    /// (`主讲人/负责人`).
    pub fn first_of(&self, keys: &[NameKey]) -> Option<&str> {
        self.exactly(keys).or_else(|| self.alternatively(keys))
    }

    /// The field that one of several keys names as it stands.
    pub fn exactly(&self, keys: &[NameKey]) -> Option<&str> {
        keys.iter().find_map(|key| self.find(key))
    }

    /// The field that one of the alternatives of a key names.
    pub fn alternatively(&self, keys: &[NameKey]) -> Option<&str> {
        keys.iter().find_map(|key| self.alternative(key))
    }

    /// The field that one of several keys names, without words that say nothing.
    pub fn roughly(&self, keys: &[NameKey]) -> Option<&str> {
        keys.iter().find_map(|key| self.without_fillers(key))
    }

    /// The field that a header is made for, by all of its parts.
    pub fn composed(&self, keys: &[NameKey]) -> Option<&str> {
        keys.iter().find_map(|key| composed::field(&self.composed, key.as_str()))
    }

    /// The field that names the enterprise of each row.
    pub fn firm(&self) -> Option<&'static str> {
        let has = |id: &str| self.fields.iter().any(|field| field == id);
        match () {
            // There it is a firm among others: who held it, who helped.
            () if has("host") => None,
            () if has("enterprise") => Some("enterprise"),
            () if has("credit_code") => Some("name"),
            () => None,
        }
    }

    /// Whether a column is of firms, by its header and by what it holds.
    pub fn are_firms(&self, table: &DataTable, index: usize) -> bool {
        let heading = HeaderText::of(&table.header[index]);
        let ends =
            |list: &[String], key: &NameKey| list.iter().any(|end| key.as_str().ends_with(end.as_str()));
        let cells = table.rows.iter().filter_map(|row| row.cells.get(index)).filter(|cell| !cell.is_blank());
        let (mut all, mut firms) = (0, 0);
        for cell in cells.take(LOOKED_AT) {
            all += 1;
            firms += usize::from(ends(&self.words.firm_cells, &NameKey::of(&cell.text)));
        }
        heading.keys.iter().any(|key| ends(&self.words.firm_headers, key)) && all > 0 && firms * 5 >= all * 4
    }

    /// The one field that the parts of `A/B` name.
    fn alternative(&self, key: &NameKey) -> Option<&str> {
        if !key.as_str().contains(['/', '、', '或']) {
            return None;
        }
        let parts = key.as_str().split(['/', '、', '或']).map(NameKey::of);
        let mut found = parts.filter_map(|part| self.find(&part).filter(|id| *id != LEFT_OUT));
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    fn without_fillers(&self, key: &NameKey) -> Option<&str> {
        let text = key.as_str();
        let fronts = self.words.before.iter().filter_map(|word| text.strip_prefix(word.as_str()));
        let fronts: Vec<&str> = std::iter::once(text).chain(fronts).collect();
        let counts = self.words.counts.iter().filter(|_| self.is_by_period);
        let after: Vec<&String> = self.words.after.iter().chain(counts).collect();
        fronts.iter().find_map(|front| {
            let backs = after.iter().filter_map(|word| front.strip_suffix(word.as_str()));
            std::iter::once(*front)
                .chain(backs)
                .filter(|bare| *bare != text && bare.chars().count() >= 2)
                .find_map(|bare| self.find(&NameKey::of(bare)).filter(|id| *id != LEFT_OUT))
        })
    }

    /// What may head a column of marks, in order.
    pub fn mark_names(&self) -> impl Iterator<Item = &str> {
        self.marks.keys().map(NameKey::as_str).collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    /// The word of a list that a header is, where columns of marks can have one.
    pub fn mark(&self, keys: &[NameKey]) -> Option<&str> {
        let bare = |key: &NameKey| key.as_str().strip_prefix(WHETHER).map(NameKey::of);
        let word = |key: &NameKey| self.marks.get(key).or_else(|| self.marks.get(&bare(key)?));
        keys.iter().find_map(word).map(String::as_str)
    }

    /// Whether a key is what stands before a value in a form of an enterprise.
    pub fn is_label(&self, key: &NameKey) -> bool {
        self.labels.contains(key)
    }

    /// The field that one of several keys means where no other column does, or where another has the field it means
    /// else.
    pub fn weakly(&self, keys: &[NameKey]) -> Option<&str> {
        keys.iter().find_map(|key| self.weak.get(key)).map(String::as_str)
    }

    /// Why a header is of no actual figures, unless it is the very name of a field.
    pub fn not_actual(&self, text: &str, header: &HeaderText) -> Option<Why> {
        if header.keys.first().is_some_and(|whole| self.find(whole).is_some()) {
            return None;
        }
        let has = |list: &[String]| has_word(list, text);
        if has(&self.words.forecast) {
            return Some(Why::Forecast);
        }
        if self.is_by_period && header.period.is_none() && has(&self.words.other_period) {
            return Some(Why::OtherPeriod);
        }
        let has_figures = self.is_by_period || header.period.is_some();
        (has_figures && self.is_derived(text, header)).then_some(Why::Derived)
    }

    fn is_derived(&self, text: &str, header: &HeaderText) -> bool {
        let ends = |end: &String| header.keys.iter().any(|key| key.as_str().ends_with(end.as_str()));
        has_word(&self.words.derived, text) || self.words.derived_end.iter().any(ends)
    }

    /// Whether a header speaks of figures that are no actual ones, whatever the table: it is no misspelling of a field.
    pub fn speaks_of_others(&self, text: &str, header: &HeaderText) -> bool {
        has_word(&self.words.forecast, text)
            || has_word(&self.words.other_period, text)
            || self.is_derived(text, header)
    }

    /// What the user said a header means.
    pub fn mapped(&self, header: &str) -> Option<&str> {
        let key = NameKey::of(header);
        self.given.map.iter().find(|(from, _)| NameKey::of(from) == key).map(|(_, to)| to.as_str())
    }

    /// What the user mapped.
    pub fn map(&self) -> &[(String, String)] {
        &self.given.map
    }

    /// What the user gave to every row, by field.
    pub fn set(&self) -> &[(String, String)] {
        &self.given.set
    }

    /// The period of figures that name none.
    pub fn period(&self) -> Option<Period> {
        self.given.period
    }

    /// Whether a column without a field is a fault.
    pub fn is_strict(&self) -> bool {
        self.given.is_strict
    }

    /// Words that say nothing beside the words of a field, if it holds words of a list.
    pub fn beside(&self, id: &str) -> Option<Vec<String>> {
        let holds_words = OF_LISTS.contains(&id) || self.own_words.iter().any(|own| own == id);
        let words = ["all", id].into_iter().filter_map(|key| self.words.beside.get(key));
        holds_words.then(|| words.flatten().cloned().collect())
    }

    /// The fields of this kind of table.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Whether a field holds money.
    pub fn is_money(&self, id: &str) -> bool {
        self.money.iter().any(|it| it == id)
    }

    /// What the column of a field holds.
    pub fn cell_type(&self, id: &str) -> CellType {
        let is_in = |fields: &[String]| fields.iter().any(|it| it == id);
        match () {
            () if is_in(&self.dates) => CellType::Date,
            () if self.is_money(id) => CellType::Money,
            () if is_in(&self.figures) => CellType::Figure,
            () => CellType::of(id),
        }
    }

    /// The metric that keys name where a header gives a period.
    pub fn metric(&self, keys: &[NameKey]) -> Option<&str> {
        if self.is_by_period {
            let found = self.first_of(keys).or_else(|| self.roughly(keys));
            return found.filter(|id| self.is_metric(id));
        }
        keys.iter().find_map(|key| self.metrics.get(key)).map(String::as_str)
    }

    /// Whether a field is reported by period.
    pub fn is_metric(&self, id: &str) -> bool {
        if !self.is_by_period {
            return self.metrics.values().any(|metric| metric == id);
        }
        !["enterprise", ENTERPRISE_CODE, "period", LEFT_OUT].contains(&id)
            && !super::kind::LONG_FORM.contains(&id)
    }

    /// Whether figures of this kind of table belong to a period.
    pub fn is_by_period(&self) -> bool {
        self.is_by_period
    }

    /// Every name with its field, in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let sorted: BTreeMap<&str, &str> =
            self.by_key.iter().map(|(key, id)| (key.as_str(), id.as_str())).collect();
        sorted.into_iter()
    }

    fn value(&self, text: &str) -> Option<&str> {
        let parsed = HeaderText::of(text);
        let dated = parsed.period.into_iter().flat_map(|(_, keys)| keys);
        self.mapped(text)
            .or_else(|| self.first_of(&parsed.keys))
            .or_else(|| self.weakly(&parsed.keys))
            .or_else(|| self.roughly(&parsed.keys))
            .or_else(|| self.composed(&parsed.keys))
            .or_else(|| self.mark(&parsed.keys))
            .or_else(|| self.metric(&dated.collect::<Vec<_>>()))
    }
}

impl KnownHeaders for ColumnNames {
    fn labels(&self, text: &str) -> bool {
        self.knows(text) || HeaderText::of(text).keys.iter().any(|key| self.is_label(key))
    }

    fn knows(&self, text: &str) -> bool {
        let is_figure = text.contains(char::is_numeric) && !text.contains(char::is_alphabetic);
        (!is_figure || self.mapped(text).is_some()) && self.value(text).is_some()
    }

    fn is_export(&self, header: &[&str]) -> bool {
        let mut rest = header.iter();
        let mut next = rest.next();
        for (id, may_lack) in &self.exported {
            if next == Some(&id.as_str()) {
                next = rest.next();
            } else if !may_lack {
                return false;
            }
        }
        next.is_none()
    }

    fn is_number(&self, text: &str) -> bool {
        self.value(text) == Some(LEFT_OUT)
            && self.mapped(text).is_none()
            && NameKey::of(text) != NameKey::of(REASON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programme::Programme;
    use crate::model::shape::{Faults, Shape};
    use crate::model::value::{Table, Value};

    fn field(kind: ImportKind, header: &str) -> Option<String> {
        let mut programme = Table::default();
        programme.insert("format", Value::Number(1.into()));
        programme.insert("name", Value::Text("示例计划".to_owned()));
        programme.insert("currency", Value::Text("CNY".to_owned()));
        programme.insert("language", Value::Text("zh".to_owned()));
        programme.insert("identifier", Value::Text("uscc".to_owned()));
        let records = Records::new(Programme::read(Value::Table(programme), &mut Faults::default()).unwrap());
        let names = ColumnNames::of(kind, &records, None, GivenColumns::default()).unwrap();
        let keys = HeaderText::of(header).keys;
        names.first_of(&keys).or_else(|| names.roughly(&keys)).map(str::to_owned)
    }

    #[test]
    fn a_header_is_known_by_its_parts() {
        for (kind, header, id) in [
            (ImportKind::Recognitions, "获评时间", Some("recognised")),
            (ImportKind::Recognitions, "资质认定日期（年月）", Some("recognised")),
            (ImportKind::Activities, "主办/承办单位", Some("host")),
            (ImportKind::Members, "社会信用代码", Some(ENTERPRISE_CODE)),
            (ImportKind::Enterprises, "联系人／手机号码", Some("phone")),
            (ImportKind::Enterprises, "企业所在镇街", Some("town")),
            (ImportKind::Projects, "项目申报时间", Some("submitted")),
            (ImportKind::Enterprises, "反映问题", None),
        ] {
            assert_eq!(field(kind, header).as_deref(), id, "{header}");
        }
    }
}
