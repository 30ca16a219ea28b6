//! Fields a programme adds to the built-in ones: `[fields.KIND.ID]` of `programme.toml` declares them, and `more` of a
//! record or entry holds their values.

use std::marker::PhantomData;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::amount::{Amount, parse_number};
use super::date::Date;
use super::id::WordKey;
use super::lang::Lang;
use super::name::{Name, NameKey};
use super::nearest::did_you_mean;
use super::nfkc::nfkc;
use super::rule;
use super::separated;
use super::shape::{Fault, Faults, MapKey, Misread, Scalar, Shape, Visit, Words, choice, expected, record};
use super::value::{KeyPath, Step, Table, Value};
use super::word::{Word, label, names};
use crate::text;

choice! {
    /// What can have fields of one's own: the kinds of records and of entries, called as their tables are.
    pub enum FieldOwner {
        /// Focus industries.
        Industries = "industries", "industries", "产业";
        /// Editions.
        Editions = "editions", "editions", "期次";
        /// Enterprises.
        Enterprises = "enterprises", "enterprises", "企业";
        /// Activities.
        Activities = "activities", "activities", "活动";
        /// Candidacies.
        Candidates = "candidates", "candidates", "候选企业";
        /// Memberships.
        Members = "members", "members", "入选企业";
        /// Titles.
        Recognitions = "recognitions", "recognitions", "资质";
        /// R&D platforms.
        Platforms = "platforms", "platforms", "研发平台";
        /// Applications for schemes.
        Projects = "projects", "projects", "项目";
        /// Needs.
        Needs = "needs", "needs", "诉求";
    }
}

impl MapKey for FieldOwner {}

choice! {
    /// What a field of one's own holds.
    pub enum FieldType {
        /// Any text.
        Text = "text", "text", "文本";
        /// Words of the list the field declares.
        Words = "words", "words of a list", "词表";
        /// A whole number of things.
        Count = "count", "a whole number", "数量";
        /// Any number.
        Number = "number", "a number", "数值";
        /// Money in the currency's main unit.
        Amount = "amount", "an amount of money", "金额";
        /// A part of a whole: 0.05 is 5 %.
        Share = "share", "a share", "比例";
        /// A date, as far as it is known.
        Date = "date", "a date", "日期";
        /// Yes or no.
        YesNo = "yes-no", "yes or no", "是否";
    }
}

record! {
    /// `[fields.KIND.ID]`: a field of one's own.
    pub struct OwnField {
        /// The name in the programme's language.
        pub name: Name,
        /// The English name.
        pub name_en: Option<Name>,
        /// Other ways it is written in spreadsheets.
        pub also: Vec<Name>,
        /// What it holds.
        pub kind: FieldType,
        /// The words it may hold, where it holds words.
        pub words: IndexMap<WordKey, Word>,
        /// Whether it is personal: kept with the contacts and masked.
        pub personal: Option<bool>,
    }
    verify words_where_they_belong
}

fn words_where_they_belong(field: &OwnField, faults: &mut Faults) {
    let takes_words = field.kind == FieldType::Words;
    if takes_words == field.words.is_empty() {
        let message = if takes_words {
            text!("the field holds words, and lists none", "字段类型为词表，但没有列出任何词")
        } else {
            text!("the field lists words, and its kind is not `words`", "字段列出了词表，但类型不是 words")
        };
        let help =
            text!("`kind = \"words\"` goes with a table `words`", "kind = \"words\" 与 words 表要同时出现");
        faults.report_fields(Misread::new(&rule::BAD_OWN_FIELD, message).help(help), &["kind"]);
    }
}

impl OwnField {
    /// The name in a language.
    pub fn label(&self, lang: Lang) -> String {
        label(&self.name, self.name_en.as_ref(), lang)
    }

    /// Every name it has.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        names(&self.name, self.name_en.as_ref(), &self.also)
    }

    /// Whether it is kept with the contacts.
    pub fn is_personal(&self) -> bool {
        self.personal == Some(true)
    }

    /// Reads the text of a cell or a command line.
    pub fn parse(&self, text: &str, words: &dyn Words) -> Result<Value, Misread> {
        match self.kind {
            FieldType::Text => String::from_cell(text, words).map(|it| it.to_value()),
            FieldType::Words => self.parse_words(text),
            FieldType::Count => u32::from_cell(text, words).map(|it| it.to_value()),
            FieldType::Number => parse_number(text).map(Value::Number),
            FieldType::Amount => Amount::from_cell(text, words).map(|it| it.to_value()),
            FieldType::Share => parse_share(text).map(Value::Number),
            FieldType::Date => Date::from_cell(text, words).map(|it| it.to_value()),
            FieldType::YesNo => bool::from_cell(text, words).map(|it| it.to_value()),
        }
    }

    fn parse_words(&self, text: &str) -> Result<Value, Misread> {
        if let Ok(whole) = self.word(text.trim()) {
            return Ok(Value::List(vec![Value::Text(whole)]));
        }
        separated::words(text)
            .map(|part| self.word(part).map(Value::Text))
            .collect::<Result<_, _>>()
            .map(Value::List)
    }

    /// The id of the word a text stands for.
    pub fn word(&self, text: &str) -> Result<String, Misread> {
        let key = NameKey::of(text);
        let is_it = |(id, word): &(&WordKey, &Word)| {
            let mut names = names(&word.name, word.name_en.as_ref(), &word.also);
            id.as_str() == text || names.any(|name| name.key() == key)
        };
        let found = self.words.iter().find(is_it).map(|(id, _)| id.to_string());
        found.ok_or_else(|| {
            let known: Vec<&str> = self.words.keys().map(WordKey::as_str).collect();
            super::shape::unknown_choice(text, &known)
        })
    }

    /// Whether a value of a file is what the field holds.
    fn check(&self, value: &Value) -> Result<(), Misread> {
        let value = value.clone();
        match self.kind {
            FieldType::Text => String::from_value(value).map(drop),
            FieldType::Words => self.check_words(&value),
            FieldType::Count => u32::from_value(value).map(drop),
            FieldType::Number => match value {
                Value::Number(_) => Ok(()),
                other => Err(expected("a number", &other)),
            },
            FieldType::Amount => Amount::from_value(value).map(drop),
            FieldType::Share => match value {
                Value::Number(share) => within_whole(share, &share.to_string()).map(drop),
                other => Err(expected("a number", &other)),
            },
            FieldType::Date => Date::from_value(value).map(drop),
            FieldType::YesNo => bool::from_value(value).map(drop),
        }
    }

    fn check_words(&self, value: &Value) -> Result<(), Misread> {
        let Value::List(list) = value else { return Err(expected("a list", value)) };
        let known: Vec<&str> = self.words.keys().map(WordKey::as_str).collect();
        list.iter().try_for_each(|item| match item {
            Value::Text(id) if known.contains(&id.as_str()) => Ok(()),
            Value::Text(id) => Err(super::shape::unknown_choice(id, &known)),
            other => Err(expected("text", other)),
        })
    }

    /// A value as people read it: words by their names.
    pub fn shown(&self, value: &Value, lang: Lang) -> String {
        let name = |id: &str| {
            self.words
                .get(id)
                .map_or_else(|| id.to_owned(), |word| label(&word.name, word.name_en.as_ref(), lang))
        };
        match value {
            Value::List(list) => {
                let names: Vec<String> = list.iter().map(|item| name(&item.to_string())).collect();
                names.join(lang.pick(", ", "、"))
            }
            Value::Flag(flag) => lang.pick(["no", "yes"], ["否", "是"])[usize::from(*flag)].to_owned(),
            other => other.to_string(),
        }
    }
}

/// A part of a whole as people write it: `5.23%` and `0.0523` are the same, and `5.23` could be either.
fn parse_share(text: &str) -> Result<Decimal, Misread> {
    let plain = nfkc(text.trim());
    match plain.strip_suffix('%') {
        Some(percent) => {
            let share = parse_number(percent)?.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
            within_whole(share.normalize(), text)
        }
        None => within_whole(parse_number(&plain)?, text),
    }
}

fn within_whole(share: Decimal, text: &str) -> Result<Decimal, Misread> {
    if (Decimal::ZERO..=Decimal::ONE).contains(&share) {
        return Ok(share);
    }
    let message = text!("`{text}` is not a share between 0 and 1", "“{text}”不是 0 到 1 之间的比例");
    Err(Misread::new(&rule::BAD_SHARE, message)
        .help(text!("write `5.23%` or `0.0523`", "请写成 5.23% 或 0.0523")))
}

/// The fields of one's own that a programme declares, by what has them.
pub type OwnFields = IndexMap<FieldOwner, IndexMap<WordKey, OwnField>>;

/// A kind of record or entry that can have fields of one's own.
pub trait HasOwnFields {
    /// What it is called in `[fields.KIND]`.
    const OWNER: FieldOwner;
    /// Whether it holds the personal ones of its owner, or the others.
    const PERSONAL: bool = false;
}

/// The values of one's own fields of one record or entry, as they stand in its file; `check` holds them to what the
/// programme declares.
pub struct More<O> {
    values: Vec<(SmolStr, Value)>,
    owner: PhantomData<fn() -> O>,
}

impl<O> More<O> {
    /// The value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.values.iter().find(|(id, _)| id == field).map(|(_, value)| value)
    }

    /// All values, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(id, value)| (id.as_str(), value))
    }
}

impl<O> Default for More<O> {
    fn default() -> Self {
        Self { values: Vec::new(), owner: PhantomData }
    }
}

impl<O> Clone for More<O> {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), owner: PhantomData }
    }
}

impl<O> std::fmt::Debug for More<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.values.fmt(f)
    }
}

/// Equal whatever the order, as tables of files are.
impl<O> PartialEq for More<O> {
    fn eq(&self, other: &Self) -> bool {
        self.values.len() == other.values.len()
            && self.iter().all(|(id, value)| other.get(id).is_some_and(|it| it == value))
    }
}

impl<O: HasOwnFields> More<O> {
    /// Every value the programme does not declare so.
    pub fn faults(&self, declared: &OwnFields) -> Vec<Fault> {
        let mut faults = Faults::default();
        let fields = declared.get(&O::OWNER);
        for (id, value) in self.iter() {
            faults.within(Step::Key(id.to_owned().into()), |faults| {
                match fields.and_then(|fields| fields.get(id)) {
                    None => faults.report_key(undeclared(O::OWNER, id, fields)),
                    Some(field) if field.is_personal() != O::PERSONAL => {
                        faults.report_key(misplaced(id, field));
                    }
                    Some(field) => {
                        field.check(value).unwrap_or_else(|misread| faults.report(misread));
                    }
                }
            });
        }
        faults.into_found()
    }
}

/// The fault of a personal field outside the contacts, or of another one among them.
fn misplaced(id: &str, field: &OwnField) -> Misread {
    let message = if field.is_personal() {
        text!(
            "`{id}` is personal, and stands outside the contacts",
            "“{id}”是个人信息字段，不能放在联系信息之外"
        )
    } else {
        text!(
            "`{id}` is not personal, and stands among the contacts",
            "“{id}”不是个人信息字段，不能放在联系信息中"
        )
    };
    let help = if field.is_personal() {
        text!("move it to `more` of the file in `contacts/`", "请移到 contacts/ 中该企业文件的 more 下")
    } else {
        text!("move it to `more` of the file in `enterprises/`", "请移到 enterprises/ 中该企业文件的 more 下")
    };
    Misread::new(&rule::UNKNOWN_KEY, message).help(help)
}

/// The fault of a field that nobody declared.
pub fn undeclared(owner: FieldOwner, id: &str, fields: Option<&IndexMap<WordKey, OwnField>>) -> Misread {
    let known = fields.into_iter().flat_map(IndexMap::keys).map(WordKey::as_str);
    let message = text!(
        "`{id}` is not declared in `[fields.{owner}]` of programme.toml",
        "programme.toml 的 [fields.{owner}] 中没有声明字段“{id}”"
    );
    let declare = text!("declare it as `[fields.{owner}.{id}]`", "请用 [fields.{owner}.{id}] 声明它");
    Misread::new(&rule::UNKNOWN_KEY, message).help(did_you_mean(id, known).map_or(declare, Into::into))
}

impl<O: HasOwnFields> Shape for More<O> {
    fn read(value: Value, faults: &mut Faults) -> Option<Self> {
        let Value::Table(table) = value else {
            faults.report(expected("a table", &value));
            return None;
        };
        let mut more = Self::default();
        let mut whole = true;
        for (id, value) in table {
            faults.within(Step::Key(id.clone()), |faults| {
                if let Err(misread) = id.parse::<WordKey>() {
                    faults.report_key(misread);
                    whole = false;
                }
                if matches!(value, Value::Table(_)) {
                    faults.report(expected("a single value", &value));
                    whole = false;
                }
            });
            more.values.push((SmolStr::new(&id), value));
        }
        whole.then_some(more)
    }

    fn write(&self) -> Option<Value> {
        let table: Table = self.iter().map(|(id, value)| (id.to_owned(), value.clone())).collect();
        (!table.is_empty()).then_some(Value::Table(table))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn parse(path: &[&str], text: &str, words: &dyn Words) -> Result<Value, Misread> {
        match path {
            [id] => {
                let fields = words.own_fields().and_then(|all| all.get(&O::OWNER));
                let field = fields.and_then(|fields| fields.get(*id));
                field.ok_or_else(|| undeclared(O::OWNER, id, fields))?.parse(text, words)
            }
            _ => {
                Err(Misread::new(&rule::UNKNOWN_KEY, text!("`more` holds several values", "more 中有多个值"))
                    .help(text!("name one of them: `more.FIELD=VALUE`", "请写明其中一个：more.字段=值")))
            }
        }
    }

    fn references(&self, _: &mut KeyPath, _: Visit<'_>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Sample {}

    impl HasOwnFields for Sample {
        const OWNER: FieldOwner = FieldOwner::Enterprises;
    }

    fn field(kind: FieldType) -> OwnField {
        let name: Name = "示例".parse().unwrap();
        OwnField { name, name_en: None, also: Vec::new(), kind, words: IndexMap::new(), personal: None }
    }

    #[test]
    fn a_cell_is_read_as_what_the_field_holds() {
        use super::super::lookup::NoWords;
        let read = |kind, text: &str| {
            field(kind).parse(text, &NoWords).map(|it| it.to_string()).map_err(|it| it.rule.name)
        };
        assert_eq!(read(FieldType::Amount, "500万"), Ok("5000000".into()));
        assert_eq!(read(FieldType::Share, "5.23%"), Ok("0.0523".into()));
        assert_eq!(read(FieldType::Share, "0.0523"), Ok("0.0523".into()));
        assert_eq!(read(FieldType::Share, "5.23"), Err("bad-share"));
        assert_eq!(read(FieldType::Count, "12"), Ok("12".into()));
        assert_eq!(read(FieldType::Count, "12.5"), Err("wrong-type"));
        assert_eq!(read(FieldType::Number, "-1,234.50"), Ok("-1234.50".into()));
        assert_eq!(read(FieldType::Date, "2023年5月"), Ok("2023-05".into()));
        assert_eq!(read(FieldType::YesNo, "是"), Ok("true".into()));
        assert_eq!(read(FieldType::Text, " 张教授 "), Ok("张教授".into()));
    }

    #[test]
    fn a_value_that_is_not_declared_or_not_of_its_kind_is_a_fault() {
        let fields = IndexMap::from([("capital".parse().unwrap(), field(FieldType::Amount))]);
        let declared = OwnFields::from([(FieldOwner::Enterprises, fields)]);
        let more = |id: &str, value| {
            let table: Table = [(id.to_owned(), value)].into_iter().collect();
            More::<Sample>::read(Value::Table(table), &mut Faults::default()).unwrap()
        };
        let rules = |more: More<Sample>| -> Vec<&str> {
            more.faults(&declared).iter().map(|fault| fault.misread.rule.name).collect()
        };
        assert_eq!(rules(more("capital", Value::Number(5.into()))), [""; 0]);
        assert_eq!(rules(more("capital", Value::Flag(true))), ["wrong-type"]);
        assert_eq!(rules(more("capitol", Value::Number(5.into()))), ["unknown-key"]);
    }
}
